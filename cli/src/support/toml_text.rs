//! Text as TOML writes it, which is not as Rust does: Rust's `\u{301}` is no TOML.

use std::path::Path;

use anyhow::{Context, Result};

/// A path in quotes, for a value in a file of TOML.
pub fn toml_path(path: &Path) -> Result<String> {
    let text = path
        .to_str()
        .with_context(|| format!("the folder {} has a name that is not Unicode: rename it", path.display()))?;
    Ok(toml_string(text))
}

/// A string in quotes. JSON's strings are TOML's as well, but for one character that TOML wants escaped.
pub fn toml_string(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn umlauts_viramas_vowel_signs_and_joined_emoji_are_written_as_they_are() {
        for name in ["U\u{308}bung", "हिन्दी\u{94d}", "عَرَبِيّ", "a\u{a0}b", "👩\u{200d}🔬", "a\u{301}"]
        {
            assert_eq!(toml_string(name), format!("\"{name}\""));
        }
        assert_eq!(toml_string("a\"b\\c\n\u{1}\u{7f}"), r#""a\"b\\c\n\u0001\u007f""#);
    }

    proptest! {
        #[test]
        fn every_text_is_read_back_as_it_was(text in "\\PC*|(?s).*") {
            let written = toml_string(&text);
            // The control characters are all that TOML forbids and that could be there.
            prop_assert!(!written.chars().any(|character| character.is_ascii_control()));
            prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }
    }
}
