//! Names that people, their cameras and their systems give: any text at all, shown beside the page's own.

/// Longest name of a class or project, in characters.
const LONGEST: usize = 200;

/// A text without characters that are not seen and change how others are: controls, and those that turn the direction of
/// writing. With one of these a name could make a sentence around it read backwards. Letters that are written from right to
/// left turn nothing but themselves, and stay.
pub fn plain(text: &str) -> String {
    let turns =
        |c| matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|&c| !c.is_control() && !turns(c)).collect()
}

/// A text as the name of something: plain, without blanks around it, and not too long.
pub fn name(text: &str) -> String {
    let plain = plain(text);
    let cut: String = plain.trim().chars().take(LONGEST).collect();
    cut.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_letters_and_lose_what_turns_others() {
        assert_eq!(plain("photo\u{202e}gpj.exe"), "photogpj.exe");
        assert_eq!(plain("\u{2066}a\u{2069}\u{200f}\u{0}\t\u{7f}b\n"), "ab");
        let fine = ["<b>bold</b>", "שלום עולם", "مرحبا", "👩‍👩‍👧‍👦 família", "a  b", "{{ name }}"];
        assert_eq!(fine.map(plain), fine);
        assert_eq!(name("  oak \u{202e} "), "oak");
        assert_eq!(name(&"x".repeat(10_000)).len(), LONGEST);
        assert_eq!(name(&name(&format!("{} y", "x".repeat(199)))), "x".repeat(199), "the same when it is done again");
        assert_eq!(name(" \u{202e} "), "");
    }
}
