//! The letters that do something wherever the focus is. A person may change each of them, or switch all of them off: who
//! speaks to a computer, or hits keys by chance, would start things with them (WCAG 2.1.4).

/// What a letter does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Trains.
    Train,
    /// Downloads the head.
    Download,
    /// Opens the camera.
    Camera,
    /// Shows where the head looks.
    Gaze,
    /// To the next finding of the photo doctor.
    Next,
    /// To the one before.
    Previous,
    /// Shows all keys.
    Help,
}

impl Command {
    /// All of them, in the order of the list that a person sees.
    pub const ALL: [Self; 7] =
        [Self::Train, Self::Camera, Self::Gaze, Self::Next, Self::Previous, Self::Download, Self::Help];
}

/// The letter of each command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    letters: [char; Command::ALL.len()],
    /// Whether they do anything.
    pub on: bool,
}

impl Default for Keys {
    fn default() -> Self {
        Self { letters: ['t', 'c', 'h', 'j', 'k', 's', '?'], on: true }
    }
}

impl Keys {
    /// The command of a key, as the browser names it; none while letters are off.
    pub fn command(&self, key: &str) -> Option<Command> {
        let letter = letter(key).filter(|_| self.on)?;
        self.letters.iter().position(|mine| *mine == letter).map(|at| Command::ALL[at])
    }

    /// The letter of a command.
    pub fn letter(&self, command: Command) -> char {
        self.letters[place(command)]
    }

    /// The letter as it stands on a key; none while letters are off.
    pub fn hint(&self, command: Command) -> Option<String> {
        self.on.then(|| self.letter(command).to_uppercase().to_string())
    }

    /// Gives a command another letter; one that another command has changes places with it. Whether the key is a letter that
    /// can be used: digits are classes, and others have a name of more than one letter.
    pub fn set(&mut self, command: Command, key: &str) -> bool {
        let Some(letter) = letter(key) else { return false };
        let (at, before) = (place(command), self.letter(command));
        if let Some(other) = self.letters.iter().position(|mine| *mine == letter) {
            self.letters[other] = before;
        }
        self.letters[at] = letter;
        true
    }

    /// As text, to be kept.
    pub fn to_text(&self) -> String {
        let letters: String = self.letters.iter().collect();
        format!("{}{letters}", if self.on { '+' } else { '-' })
    }

    /// From what was kept; the usual ones where that is something else.
    pub fn of_text(text: &str) -> Self {
        let mut given = text.chars();
        let on = given.next() != Some('-');
        let letters: Vec<char> = given.collect();
        let distinct = letters.iter().enumerate().all(|(at, letter)| !letters[..at].contains(letter));
        match letters.try_into() {
            Ok(letters) if distinct => Self { letters, on },
            _ => Self::default(),
        }
    }
}

fn place(command: Command) -> usize {
    Command::ALL.iter().position(|other| *other == command).unwrap_or(0)
}

/// A key that is one letter or sign, but no digit and no blank.
fn letter(key: &str) -> Option<char> {
    let mut letters = key.chars().flat_map(char::to_lowercase);
    let letter = letters.next().filter(|letter| !letter.is_whitespace() && !letter.is_numeric())?;
    letters.next().is_none().then_some(letter)
}
