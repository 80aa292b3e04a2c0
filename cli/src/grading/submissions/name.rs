//! What a submission is called.
//!
//! | where it lies | its id |
//! |---|---|
//! | Moodle: `Anna Ek_123_assignsubmission_file_/x.ipynb` | `Anna Ek_123`, the folder up to `_assignsubmission` |
//! | Canvas: `ekanna_LATE_12_345_x.ipynb` | `ekanna`, up to the numbers; namesakes `ekanna_12` |
//! | `class/anna.ipynb` | `anna`, the file |
//! | `class/anna/any/x.ipynb`, `class/anna.zip` | `anna`, what lies directly in the folder or zip file |
//! | `anna/02_single_node_dynamics.ipynb` | `anna`: a chapter's own name tells nobody apart |
//! | `class.zip`, all of it in a folder `class` | as if that folder were not there |

use unicode_normalization::UnicodeNormalization;

/// The endings under which browsers and mail programs save notebooks.
const NOTEBOOK_ENDINGS: [&str; 3] = [".ipynb", ".ipynb.txt", ".ipynb.json"];
/// With `.json` behind it and a number for a second one, this fits any file system.
const MOST_NAME_BYTES: usize = 150;

/// A name before all are made distinct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The id, if nobody else has it.
    pub short: String,
    /// The id for namesakes.
    pub long: Option<String>,
    /// Whether a learning platform made it, so that the file is a submission whatever is in it.
    pub from_platform: bool,
}

/// The name of what lies at `inside` of the folder or zip file `given`.
pub fn name(given: &str, inside: &[String], chapters: &[String]) -> Name {
    let all = || std::iter::once(given).chain(inside.iter().map(String::as_str));
    // Canvas names files, and a folder may be called `2026_11_23_work` for other reasons.
    let files = inside.iter().enumerate().filter(|(place, part)| place + 1 == inside.len() || is_zip(part));
    if let Some(found) = all().find_map(moodle).or_else(|| files.map(|(_, part)| part).find_map(|part| canvas(part))) {
        return found;
    }
    let own = stem(given);
    let rest = if inside.len() > 1 && inside[0] == own { &inside[1..] } else { inside };
    let first = rest.first().map_or(own, |part| stem(part));
    let nobodys = rest.len() == 1 && chapters.iter().any(|chapter| first.starts_with(chapter.as_str()));
    let short = if nobodys && !own.is_empty() { own } else { first };
    Name { short: safe(short), long: None, from_platform: false }
}

/// Whether a file is called like a notebook.
pub fn is_notebook(file: &str) -> bool {
    let file = file.to_lowercase();
    NOTEBOOK_ENDINGS.iter().any(|ending| file.ends_with(ending))
}

/// Whether a file is called like a zip file.
pub fn is_zip(file: &str) -> bool {
    file.to_lowercase().ends_with(".zip")
}

/// Whether an operating system or Jupyter left this file or folder, and not the learner.
pub fn is_litter(part: &str) -> bool {
    part.starts_with('.') || part == "__MACOSX" || part.ends_with('~')
}

fn moodle(part: &str) -> Option<Name> {
    let (who, _) = part.split_once("_assignsubmission")?;
    Some(Name { short: safe(who), long: None, from_platform: true })
}

fn canvas(part: &str) -> Option<Name> {
    let parts: Vec<&str> = part.split('_').collect();
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let at = (1..parts.len().saturating_sub(2)).find(|&at| number(parts[at]) && number(parts[at + 1]))?;
    let who = parts[..at].join("_");
    let who = who.strip_suffix("_LATE").or_else(|| who.strip_suffix("_late")).unwrap_or(&who);
    Some(Name { short: safe(who), long: Some(safe(&format!("{who}_{}", parts[at]))), from_platform: true })
}

/// A file's name without the ending of a notebook or zip file.
fn stem(file: &str) -> &str {
    let lower = file.to_lowercase();
    let mut endings = NOTEBOOK_ENDINGS.iter().chain(&[".zip"]).filter(|ending| lower.ends_with(**ending));
    // The endings are ASCII, but a name's lower case may be of another length: a cut is looked for, not made.
    endings.next().and_then(|ending| file.get(..file.len().checked_sub(ending.len())?)).unwrap_or(file)
}

/// A name that every file system takes, and that no terminal, page or command line takes for something else.
fn safe(name: &str) -> String {
    let harmless = |character: char| match character {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
        // What turns the direction of a line, or is not seen.
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => '_',
        character if character.is_control() => '_',
        character => character,
    };
    // The same name, whichever way the file system writes an umlaut.
    let name: String = name.nfc().map(harmless).collect();
    let name = name.trim_matches(|end: char| end == '.' || end.is_whitespace());
    let mut name = name[..floor(name, MOST_NAME_BYTES)].trim_end().to_owned();
    if name.is_empty() {
        name.push_str("submission");
    }
    if name.starts_with('-') {
        name.replace_range(..1, "_");
    }
    if is_reserved(&name) {
        name.insert(0, '_');
    }
    name
}

/// Names that Windows keeps for devices, whatever the ending.
fn is_reserved(name: &str) -> bool {
    let base = name.split('.').next().unwrap_or(name).to_ascii_uppercase();
    let numbered = |word: &str| base.strip_prefix(word).is_some_and(|rest| rest.len() == 1 && rest != "0");
    matches!(base.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || (numbered("COM") || numbered("LPT")) && base.ends_with(|digit: char| digit.is_ascii_digit())
}

fn floor(text: &str, most: usize) -> usize {
    if text.len() <= most { text.len() } else { (0..=most).rfind(|&at| text.is_char_boundary(at)).unwrap_or(0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(given: &str, inside: &[&str]) -> String {
        let inside: Vec<String> = inside.iter().map(|part| (*part).to_owned()).collect();
        name(given, &inside, &["02_single_node_dynamics".to_owned()]).short
    }

    #[test]
    fn a_submission_is_called_as_the_table_says() {
        for (given, inside, id) in [
            ("class.zip", vec!["Anna Ek_123_assignsubmission_file_", "x.ipynb"], "Anna Ek_123"),
            ("Anna Ek_123_assignsubmission_file_", vec!["x.ipynb"], "Anna Ek_123"),
            ("class", vec!["ekanna_LATE_12_345_x.ipynb"], "ekanna"),
            ("class", vec!["ekanna_12_345_work.zip", "a", "x.ipynb"], "ekanna"),
            ("class", vec!["anna.ipynb"], "anna"),
            ("class", vec!["ANNA.IPYNB"], "ANNA"),
            ("class", vec!["anna", "any", "x.ipynb"], "anna"),
            ("class", vec!["anna.zip", "x.ipynb"], "anna"),
            ("anna", vec!["02_single_node_dynamics.ipynb"], "anna"),
            ("anna.zip", vec!["02_single_node_dynamics (1).ipynb"], "anna"),
            ("", vec!["02_single_node_dynamics.ipynb"], "02_single_node_dynamics"),
            ("class.zip", vec!["class", "anna.ipynb"], "anna"),
            ("class", vec!["anna_2_3.ipynb"], "anna_2_3"),
            ("neuro_2026_11_work", vec!["anna.ipynb"], "anna"),
            ("class", vec!["anna_2026_11_23", "x.ipynb"], "anna_2026_11_23"),
        ] {
            assert_eq!(short(given, &inside), id, "{given} {inside:?}");
        }
    }

    #[test]
    fn namesakes_of_canvas_are_told_apart_by_their_number() {
        let name = name("class", &["ekanna_12_345_x.ipynb".to_owned()], &[]);
        assert_eq!(name.long.as_deref(), Some("ekanna_12"));
    }

    #[test]
    fn an_id_is_a_safe_file_name_in_any_script() {
        for (name, id) in [
            ("../../etc/passwd", "_.._etc_passwd"),
            ("a\u{308}nne", "änne"),
            ("李明", "李明"),
            ("a\u{202e}bpyni", "a_bpyni"),
            ("con", "_con"),
            ("COM1.x", "_COM1.x"),
            ("company", "company"),
            ("-rf", "_rf"),
            ("...", "submission"),
            ("<script>alert(1)</script>", "_script_alert(1)__script_"),
            ("line\nend\0", "line_end_"),
        ] {
            assert_eq!(safe(name), id);
        }
        let long = safe(&"語".repeat(500));
        assert!(long.len() <= MOST_NAME_BYTES && long.chars().all(|character| character == '語'));
    }

    #[test]
    fn an_ending_is_cut_without_a_panic_in_any_script() {
        assert_eq!(stem("İ.ipynb"), "İ");
        assert_eq!(stem(".ipynb"), "");
    }
}
