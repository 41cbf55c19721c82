//! The letters that do something wherever the focus is.

use headstart::ui::state::{Command, Keys};

#[test]
fn a_letter_does_its_command_until_letters_are_off() {
    let mut keys = Keys::default();
    assert_eq!(keys.command("t"), Some(Command::Train));
    assert_eq!(keys.command("T"), Some(Command::Train), "with the shift key too");
    assert_eq!(keys.command("?"), Some(Command::Help));
    assert_eq!(keys.command("Enter"), None);
    assert_eq!(keys.command("1"), None);
    keys.on = false;
    assert_eq!((keys.command("t"), keys.hint(Command::Train)), (None, None));
}

#[test]
fn a_letter_that_is_taken_changes_places() {
    let mut keys = Keys::default();
    assert!(keys.set(Command::Train, "C"));
    assert_eq!((keys.command("c"), keys.command("t")), (Some(Command::Train), Some(Command::Camera)));
    assert!(!keys.set(Command::Train, "1") && !keys.set(Command::Train, "Shift") && !keys.set(Command::Train, " "));
    assert!(keys.set(Command::Train, "ß") && keys.command("ß") == Some(Command::Train));
    for command in Command::ALL {
        assert_eq!(keys.command(&keys.letter(command).to_string()), Some(command));
    }
}

#[test]
fn what_is_kept_comes_back_and_rubbish_is_the_usual() {
    let mut keys = Keys::default();
    keys.set(Command::Gaze, "ü");
    keys.on = false;
    assert_eq!(Keys::of_text(&keys.to_text()), keys);
    for rubbish in ["", "+", "+ab", "+aabcdef", "-toolongbyfar", "💥"] {
        assert_eq!(Keys::of_text(rubbish), Keys::default(), "{rubbish}");
    }
}
