//! What the files are called that a project is saved as.

/// The name of a head file that fits a project.
pub fn head_file_name(project: &str) -> String {
    safe_file_name(project, ".head.safetensors")
}

/// A file name that fits a project: its letters, digits, dashes and underscores, the rest as dashes.
pub fn safe_file_name(project: &str, ending: &str) -> String {
    /// Characters, so that the name fits every file system.
    const LONGEST: usize = 60;
    let keep = |c: char| if c.is_alphanumeric() || c == '_' { c } else { '-' };
    let name: String = project.trim().chars().take(LONGEST).map(keep).collect();
    let name = name.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    format!("{}{ending}", if name.is_empty() { "headstart" } else { &name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_fit_every_system() {
        assert_eq!(head_file_name("My fruit / 2"), "My-fruit-2.head.safetensors");
        assert_eq!(head_file_name("  "), "headstart.head.safetensors");
        assert_eq!(head_file_name("../../Äpfel"), "Äpfel.head.safetensors");
        assert!(head_file_name(&"x".repeat(500)).len() < 100);
        assert_eq!(
            head_file_name("a\u{202e}gnp.exe\u{2066}b"),
            "a-gnp-exe-b.head.safetensors",
            "nothing that turns a name around"
        );
    }
}
