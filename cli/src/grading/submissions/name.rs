//! What a submission is called: always by what the teacher or the platform wrote, never by what is inside a learner's own
//! folder or archive.
//!
//! | where it is | its id |
//! |---|---|
//! | Moodle: `Anna Ek_123_assignsubmission_file_/x.ipynb` | `Anna Ek_123`, the folder up to `_assignsubmission` |
//! | Canvas: `ekanna_LATE_12_345_x.ipynb` | `ekanna_12`, name and number |
//! | Blackboard: `Chapter 2_aek_attempt_2026-11-29-10-00-00_x.ipynb` | `Chapter 2_aek`, what is before the attempt |
//! | `class/anna.ipynb` | `anna`, the file |
//! | `class/anna/any/x.ipynb`, `class/anna.zip` | `anna`, what is directly in the folder or zip file |
//! | `anna/02_single_node_dynamics.ipynb` | `anna`: a chapter's own name tells nobody apart |
//! | `class.zip`, all of it in a folder `class` | as if that folder were not there |
//! | `anna.zip` beside `bo.zip` on the command line | `anna`: several archives are one each |

use unicode_normalization::UnicodeNormalization;

use crate::support::plain_text::is_unseen;

/// The endings under which browsers and mail programs save notebooks.
const NOTEBOOK_ENDINGS: [&str; 3] = [".ipynb", ".ipynb.txt", ".ipynb.json"];
/// With `.json` behind it and a number for a second one, this fits any file system.
const MOST_NAME_BYTES: usize = 150;
/// No platform has as many people.
const MOST_DIGITS: usize = 20;

/// The name of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    pub id: String,
    /// Whether it is somebody's, whatever is in it.
    pub is_persons: bool,
    /// Whether it is in what was given, and not that itself.
    pub is_inside: bool,
}

/// What is on the command line.
#[derive(Debug, Clone)]
pub struct Given {
    /// The name of the folder or zip file; of a file, that of its folder.
    own: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Folder,
    Archive,
    File,
}

impl Given {
    pub fn folder(own: &str) -> Given {
        Given { own: own.to_owned(), kind: Kind::Folder }
    }

    pub fn archive(own: &str) -> Given {
        Given { own: own.to_owned(), kind: Kind::Archive }
    }

    pub fn file(folder: &str) -> Given {
        Given { own: folder.to_owned(), kind: Kind::File }
    }

    pub fn is_archive(&self) -> bool {
        self.kind == Kind::Archive
    }

    /// Whether all in it is called as a platform calls what it makes of a class.
    pub fn is_platforms(&self, entries: &[&[String]]) -> bool {
        let is_platforms = |entry: &&[String]| {
            moodle_entry(entry).or_else(|| blackboard_file(entry)).or_else(|| canvas_file(entry)).is_some()
        };
        !entries.is_empty() && entries.iter().all(is_platforms)
    }

    /// The names of all entries, which are known by their names from here on. Of several archives each may be one
    /// person's; `are_persons` says so.
    pub fn names(&self, entries: &[&[String]], chapters: &[String], are_persons: bool) -> Vec<Name> {
        let persons = |id: String| Name { id, is_persons: true, is_inside: true };
        // What a platform made for one person, and was given by itself.
        let of_platform = match self.kind {
            Kind::Folder => moodle(&self.own, true),
            Kind::Archive => moodle(&self.own, false).or_else(|| canvas(&self.own)),
            Kind::File => None,
        };
        if let Some(id) = of_platform {
            return entries.iter().map(|_| persons(id.clone())).collect();
        }
        let first = |entry: &[String]| entry.first().cloned().unwrap_or_default();
        if self.is_archive() && are_persons {
            return entries.iter().map(|_| persons(safe(stem(&self.own)))).collect();
        }
        if self.is_archive() && matches!(entries, [only] if only.is_empty()) {
            return vec![persons(safe(stem(&self.own)))];
        }
        // `class.zip` with all of it in `class`.
        let own = stem(&self.own);
        let is_wrapped = !entries.is_empty()
            && entries.iter().all(|entry| first(entry) == own)
            && entries.iter().any(|entry| entry.len() > 1);
        let entries: Vec<&[String]> =
            entries.iter().map(|entry| if is_wrapped { &entry[1..] } else { *entry }).collect();
        let is_canvas = is_canvas(&entries);
        entries.iter().map(|entry| self.name(entry, chapters, is_canvas)).collect()
    }

    fn name(&self, entry: &[String], chapters: &[String], is_canvas: bool) -> Name {
        let own = stem(&self.own);
        let Some(first) = entry.first() else {
            return Name { id: safe(own), is_persons: false, is_inside: false };
        };
        let of_platform = moodle_entry(&entry).or_else(|| blackboard_file(&entry));
        let of_platform = of_platform.or_else(|| canvas_file(&entry).filter(|_| is_canvas));
        if let Some(id) = of_platform {
            return Name { id, is_persons: true, is_inside: true };
        }
        let name = stem(first);
        let nobodys = entry.len() == 1 && chapters.iter().any(|chapter| name.starts_with(chapter.as_str()));
        let id = safe(if nobodys && !own.is_empty() { own } else { name });
        Name { id, is_persons: entry.len() > 1 || is_zip(first), is_inside: true }
    }
}

/// Whether Canvas made these files: it numbers each of them, and people who number theirs write dates.
fn is_canvas(entries: &[&[String]]) -> bool {
    let numbers: Vec<(String, String)> = entries.iter().filter_map(|entry| canvas_numbers(entry.first()?)).collect();
    let distinct: std::collections::BTreeSet<&String> = numbers.iter().map(|(_, file)| file).collect();
    let files: std::collections::BTreeSet<&String> = entries.iter().filter_map(|entry| entry.first()).collect();
    let of_canvas = files.iter().filter(|file| canvas_numbers(file).is_some()).count();
    let is_date = |(year, month): &(String, String)| {
        let within = |text: &str, from: u64, to: u64| text.parse().is_ok_and(|number| (from..=to).contains(&number));
        within(year, 1990, 2100) && within(month, 1, 12)
    };
    !numbers.is_empty() && distinct.len() == of_canvas && !numbers.iter().all(is_date)
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
pub fn is_junk_file(part: &str) -> bool {
    part.starts_with('.') || part == "__MACOSX" || part.ends_with('~')
}

fn moodle_entry(entry: &&[String]) -> Option<String> {
    moodle(entry.first()?, entry.len() > 1 && !is_zip(&entry[0]))
}

/// Both what is before the words of a folder's name, its owner's, and what is behind those of a file's, may hold
/// such words, too.
fn moodle(part: &str, is_folder: bool) -> Option<String> {
    let words = "_assignsubmission_";
    let (who, _) = if is_folder { part.rsplit_once(words)? } else { part.split_once(words)? };
    // Moodle writes the participant's number before them.
    let (who, number) = who.rsplit_once('_')?;
    is_number(number).then(|| numbered(who, number))
}

/// Of an entry that is a file of Blackboard, or in a zip file of Blackboard. What a learner has called the file is behind
/// the first attempt.
fn blackboard_file(entry: &&[String]) -> Option<String> {
    let first = entry.first().filter(|first| entry.len() == 1 || is_zip(first))?;
    let words = "_attempt_";
    let is_attempt = |at: &usize| begins_with_time(&first[at + words.len()..]);
    let at = first.match_indices(words).map(|(at, _)| at).find(is_attempt)?;
    (at > 0).then(|| safe(&first[..at]))
}

/// `2026-11-29-10-00-00`, and no digit behind it.
fn begins_with_time(text: &str) -> bool {
    const FORM: &str = "dddd-dd-dd-dd-dd-dd";
    let fits = |(letter, form): (u8, u8)| if form == b'd' { letter.is_ascii_digit() } else { letter == form };
    text.len() >= FORM.len()
        && text.bytes().zip(FORM.bytes()).all(fits)
        && !text[FORM.len()..].starts_with(|next: char| next.is_ascii_digit())
}

/// Of an entry that is a file of Canvas, or in a zip file of Canvas.
fn canvas_file(entry: &&[String]) -> Option<String> {
    let first = entry.first()?;
    canvas(first).filter(|_| entry.len() == 1 || is_zip(first))
}

fn canvas(part: &str) -> Option<String> {
    let (number, _) = canvas_numbers(part)?;
    let who = &part[..part.find(&format!("_{number}_"))?];
    let who = who.strip_suffix("_LATE").or_else(|| who.strip_suffix("_late")).unwrap_or(who);
    Some(numbered(who, &number))
}

/// The numbers of person and file.
fn canvas_numbers(part: &str) -> Option<(String, String)> {
    let parts: Vec<&str> = part.split('_').collect();
    let at = (1..parts.len().saturating_sub(2)).find(|&at| is_number(parts[at]) && is_number(parts[at + 1]))?;
    Some((parts[at].to_owned(), parts[at + 1].to_owned()))
}

fn is_number(text: &str) -> bool {
    (1..=MOST_DIGITS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A file's name without the ending of a notebook or zip file, or both: `anna.ipynb.zip`.
fn stem(file: &str) -> &str {
    let inner = cut_ending(file, &[".zip"]).unwrap_or(file);
    cut_ending(inner, &NOTEBOOK_ENDINGS).unwrap_or(inner)
}

fn cut_ending<'a>(file: &'a str, endings: &[&str]) -> Option<&'a str> {
    let lower = file.to_lowercase();
    let ending = endings.iter().find(|ending| lower.ends_with(**ending))?;
    // The endings are ASCII, but a name's lower case may be of another length: a cut is looked for, not made.
    file.get(..file.len().checked_sub(ending.len())?)
}

/// A name that every file system takes, and that no terminal, page or command line takes for something else.
pub fn safe(name: &str) -> String {
    let harmless = |character: char| match character {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
        // What turns the direction of a line, or is not seen.
        character if is_unseen(character) => '_',
        // The many widths of a blank look alike.
        character if character.is_whitespace() => ' ',
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

/// A safe name that ends in a platform's number. A long name is cut before the number, which says whose it is.
pub fn numbered(who: &str, number: &str) -> String {
    let who: String = who.nfc().collect();
    safe(&format!("{}_{number}", &who[..floor(&who, MOST_NAME_BYTES.saturating_sub(number.len() + 1))]))
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

    fn ids(given: &Given, entries: &[&[&str]], are_persons: bool) -> Vec<String> {
        let entries: Vec<Vec<String>> =
            entries.iter().map(|parts| parts.iter().map(|part| (*part).to_owned()).collect()).collect();
        let entries: Vec<&[String]> = entries.iter().map(Vec::as_slice).collect();
        let names = given.names(&entries, &["02_single_node_dynamics".to_owned()], are_persons);
        names.into_iter().map(|name| name.id).collect()
    }

    #[test]
    fn a_submission_is_called_as_the_table_says() {
        for (given, inside, id) in [
            (Given::archive("class.zip"), vec!["Anna Ek_123_assignsubmission_file_", "x.ipynb"], "Anna Ek_123"),
            (Given::folder("Anna Ek_123_assignsubmission_file_"), vec!["x.ipynb"], "Anna Ek_123"),
            (Given::folder("class"), vec!["ekanna_LATE_12_345_x.ipynb"], "ekanna_12"),
            (Given::folder("class"), vec!["ekanna_12_345_work.zip", "a", "x.ipynb"], "ekanna_12"),
            (Given::archive("g.zip"), vec!["HW_2_1234567_attempt_2026-11-29-10-00-00_x.ipynb"], "HW_2_1234567"),
            (Given::archive("g.zip"), vec!["HW_aek_attempt_2026-11-29-10-00-00_x.zip", "x.ipynb"], "HW_aek"),
            (Given::folder("class"), vec!["my_attempt_2.ipynb"], "my_attempt_2"),
            (Given::folder("class"), vec!["anna.ipynb"], "anna"),
            (Given::folder("class"), vec!["ANNA.IPYNB"], "ANNA"),
            (Given::folder("class"), vec!["anna", "any", "x.ipynb"], "anna"),
            (Given::folder("class"), vec!["anna.zip", "x.ipynb"], "anna"),
            (Given::folder("class"), vec!["anna.ipynb.zip", "anna.ipynb"], "anna"),
            (Given::folder("anna"), vec!["02_single_node_dynamics.ipynb"], "anna"),
            (Given::archive("anna.zip"), vec!["02_single_node_dynamics (1).ipynb"], "anna"),
            (Given::file(""), vec!["02_single_node_dynamics.ipynb"], "02_single_node_dynamics"),
            (Given::archive("class.zip"), vec!["class", "anna.ipynb"], "anna"),
            (Given::folder("class"), vec!["anna_2_3.ipynb"], "anna_2_3"),
            (Given::folder("neuro_2026_11_work"), vec!["anna.ipynb"], "anna"),
            (Given::folder("class"), vec!["anna_2026_11_23", "x.ipynb"], "anna_2026_11_23"),
            (Given::folder("class"), vec!["neuro_2026_11_anna.ipynb"], "neuro_2026_11_anna"),
        ] {
            assert_eq!(ids(&given, &[&inside], false), [id], "{given:?} {inside:?}");
        }
    }

    #[test]
    fn no_name_is_taken_from_inside_a_learners_own_folder_or_archive() {
        let hostile: [&[&str]; 4] = [
            &["bo", "anna_1_assignsubmission_file_", "x.ipynb"],
            &["bo.zip", "anna_1_assignsubmission_file_", "x.ipynb"],
            &["bo.zip", "anna_12_345_x.ipynb"],
            &["bo.zip", "class", "anna.ipynb"],
        ];
        for inside in hostile {
            assert_eq!(ids(&Given::folder("class"), &[inside, &["cy.ipynb"]], false), ["bo", "cy"], "{inside:?}");
        }
        let platform = ["Bo_2_assignsubmission_file_", "Anna_1_assignsubmission_file_", "x.ipynb"];
        assert_eq!(ids(&Given::archive("class.zip"), &[&platform], false), ["Bo_2"]);
        let own: [&[&str]; 2] = [&["anna_1_assignsubmission_file_", "x.ipynb"], &["mine.ipynb"]];
        assert_eq!(ids(&Given::archive("bo.zip"), &own, true), ["bo", "bo"], "several archives are one each");
    }

    #[test]
    fn the_platforms_number_is_kept_whatever_name_somebody_gave_themselves() {
        // Cut at the limit, the name ends in the number of another person.
        let long = format!("{}_77 and more", "x".repeat(MOST_NAME_BYTES - 3));
        for (entry, end) in [
            (vec![format!("{long}_123_assignsubmission_file_"), "x.ipynb".to_owned()], "_123"),
            (vec![format!("{long}_123_assignsubmission_file_x.ipynb")], "_123"),
            (vec![format!("{long}_12_345_x.ipynb").replace(' ', "")], "_12"),
            (vec!["Bo_5_assignsubmission_file__123_assignsubmission_file_".to_owned(), "x.ipynb".to_owned()], "_123"),
            (vec!["Bo_2_assignsubmission_file_anna_1_assignsubmission_file_.ipynb".to_owned()], "_2"),
        ] {
            let inside: Vec<&str> = entry.iter().map(String::as_str).collect();
            let id = ids(&Given::folder("class"), &[&inside], false).remove(0);
            assert!(id.ends_with(end) && id.len() <= MOST_NAME_BYTES, "{entry:?}: {id}");
        }
        let many = format!("{}_assignsubmission_file_", "1".repeat(MOST_NAME_BYTES));
        assert_eq!(moodle(&format!("bo_{many}"), true), None);
    }

    #[test]
    fn the_attempts_of_blackboard_are_one_persons_each_whatever_the_file_is_called() {
        let files: [&[&str]; 5] = [
            &["HW_2_1234567_attempt_2026-11-29-10-00-00_x.ipynb"],
            &["HW_2_2234567_attempt_2026-11-29-10-01-00_HW_2_1234567_attempt_2026-11-29-10-00-00_x.ipynb"],
            &["HW_2_3234567_attempt_2026-11-28-10-00-00_x.ipynb"],
            &["HW_2_3234567_attempt_2026-11-29-10-00-00_y.ipynb"],
            &["HW_2_3234567_attempt_2026-11-29-10-00-00.txt"],
        ];
        let ids = ids(&Given::archive("gradebook.zip"), &files, false);
        assert_eq!(ids, ["HW_2_1234567", "HW_2_2234567", "HW_2_3234567", "HW_2_3234567", "HW_2_3234567"]);
    }

    #[test]
    fn files_that_share_a_number_are_not_canvas() {
        let names = ids(&Given::folder("class"), &[&["week_3_1_anna.ipynb"], &["week_3_1_bo.ipynb"]], false);
        assert_eq!(names, ["week_3_1_anna", "week_3_1_bo"]);
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
            ("anna\u{ad}", "anna_"),
            ("anna\u{a0}ek", "anna ek"),
            ("\u{61c}an\u{3164}na\u{e0041}", "_an_na_"),
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
