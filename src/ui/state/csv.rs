//! The answers as a table that spreadsheets and scripts read.

use super::Predictions;
use std::fmt::Write;

/// The columns. Scripts rely on them: new ones come behind these.
const COLUMNS: &str = "file,answer,probability,unknown,second,second_probability,folder,agrees";

impl Predictions {
    /// The answers as comma-separated values (RFC 4180), a header and one line an answer, in UTF-8.
    pub fn csv(&self) -> String {
        let mut csv = format!("{COLUMNS}\r\n");
        for answer in self.answers() {
            let mut best =
                answer.ranking.iter().map(|ranked| (cell(&ranked.name), format!("{:.4}", ranked.probability)));
            let [(first, probability), (second, second_probability)] =
                [(); 2].map(|()| best.next().unwrap_or_default());
            let (file, unknown) = (cell(&answer.name), answer.unknown);
            let folder = answer.label.as_deref().map(cell).unwrap_or_default();
            let agrees = answer.agrees().map(|agrees| agrees.to_string()).unwrap_or_default();
            let _ = write!(
                csv,
                "{file},{first},{probability},{unknown},{second},{second_probability},{folder},{agrees}\r\n"
            ); // text takes everything
        }
        csv
    }
}

/// A name as one cell. One that a spreadsheet would take for a formula gets an apostrophe before it.
fn cell(name: &str) -> String {
    let name = if name.starts_with(['=', '+', '-', '@', '\t']) { format!("'{name}") } else { name.to_owned() };
    if name.contains([',', '"', '\r', '\n']) { format!("\"{}\"", name.replace('"', "\"\"")) } else { name }
}
