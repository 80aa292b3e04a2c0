//! What a submission is called: always by what the teacher or the platform wrote, never by what is inside a learner's own
//! folder or archive.
//!
//! | where it is | its id |
//! |---|---|
//! | Moodle: `Anna Ek_123_assignsubmission_file_/x.ipynb` | `Anna Ek_123`, the folder up to `_assignsubmission` |
//! | Canvas: `ekanna_LATE_12_345_x.ipynb` | `ekanna_12`, name and number |
//! | Blackboard: `Chapter 2_aek_attempt_2026-11-29-10-00-00_x.ipynb` | `Chapter 2_aek`, what is before the attempt |
//! | `class/anna.ipynb`, `class/02_single_node_dynamics_anna.ipynb` | `anna`, the file, without the chapter in front |
//! | `class/anna/any/x.ipynb`, `class/anna.zip` | `anna`, what is directly in the folder or zip file |
//! | `anna/02_single_node_dynamics.ipynb` | `anna`: a chapter's own name tells nobody apart |
//! | `class.zip`, all of it in a folder `class` | as if that folder were not there |
//! | `anna.zip` beside `bo.zip` on the command line | `anna`: several archives are one each |

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::support::paths::short_hash;
use crate::support::plain_text::is_unseen;

#[cfg(test)]
mod tests;

/// The endings under which browsers and mail programs save notebooks.
const NOTEBOOK_ENDINGS: [&str; 3] = [".ipynb", ".ipynb.txt", ".ipynb.json"];
/// With `.json` behind it and a number for a second one, this fits any file system.
const MOST_NAME_BYTES: usize = 150;
/// The end of a longer name, which is kept, since platforms write there whose it is.
const END_BYTES: usize = 50;
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
        !entries.is_empty() && entries.iter().all(|entry| of_platform(entry, true).is_some())
    }

    /// Whose it is, if a platform made it for one person and it was given by itself.
    pub fn of_platform(&self) -> Option<String> {
        match self.kind {
            Kind::Folder => moodle(&self.own, true).map(|made| made.id),
            Kind::Archive => first_of([moodle(&self.own, false), canvas(&self.own)]),
            Kind::File => None,
        }
    }

    /// Whether all of these names are directly in a folder that is called like what was given: `class.zip` with all of it
    /// in `class`.
    pub fn is_wrapped<'a>(&self, mut first: impl Iterator<Item = &'a str>) -> bool {
        first.all(|first| first == stem(&self.own))
    }

    /// As much of an entry's names as its id follows from: with all of them, somebody's ten thousand files are kept in
    /// memory at their whole length.
    pub fn key(&self, entry: &[String]) -> Vec<String> {
        let is_wrapped = entry.first().is_some_and(|first| first == stem(&self.own));
        let kept = if is_wrapped { 2 } else { 1 };
        let mut key = entry[..entry.len().min(kept)].to_vec();
        key.extend((entry.len() > kept).then(String::new));
        key
    }

    /// The names of all entries, which are known by their names from here on. Of several archives each may be one
    /// person's; `are_persons` says so.
    pub fn names(&self, entries: &[&[String]], chapters: &[String], are_persons: bool) -> Vec<Name> {
        let persons = |id: String| Name { id, is_persons: true, is_inside: true };
        if let Some(id) = self.of_platform() {
            return entries.iter().map(|_| persons(id.clone())).collect();
        }
        if self.is_archive() && are_persons {
            return entries.iter().map(|_| persons(safe(stem(&self.own)))).collect();
        }
        if self.is_archive() && matches!(entries, [only] if only.is_empty()) {
            return vec![persons(safe(stem(&self.own)))];
        }
        let is_wrapped = entries.iter().any(|entry| entry.len() > 1)
            && self.is_wrapped(entries.iter().map(|entry| entry.first().map_or("", String::as_str)));
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
        if let Some(id) = of_platform(entry, is_canvas) {
            return Name { id, is_persons: true, is_inside: true };
        }
        let name = stem(first);
        let behind =
            chapters.iter().filter(|_| entry.len() == 1).find_map(|chapter| name.strip_prefix(chapter.as_str()));
        let id = match behind {
            None => safe(name),
            Some(behind) if tells_apart(behind) => safe(person(behind)),
            Some(_) => safe(if own.is_empty() { name } else { own }),
        };
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

/// What a platform has called something.
struct Made {
    id: String,
    /// Where the platform's own part of the name ends. What is behind it is as the learner has called the file, and may look like
    /// the name of any platform.
    end: usize,
}

/// Whose an entry is, if a platform made it.
fn of_platform(entry: &[String], is_canvas: bool) -> Option<String> {
    let first = entry.first()?;
    let is_file = entry.len() == 1 || is_zip(first);
    let moodle = moodle(first, !is_file);
    if !is_file {
        return moodle.map(|made| made.id);
    }
    first_of([moodle, blackboard(first), canvas(first).filter(|_| is_canvas)])
}

/// The one whose own part ends first. Where two end alike, what is behind it is of the earlier of these.
fn first_of(made: impl IntoIterator<Item = Option<Made>>) -> Option<String> {
    made.into_iter().flatten().min_by_key(|made| made.end).map(|made| made.id)
}

/// Both what is before the words of a folder's name, its owner's, and what is behind those of a file's, may hold
/// such words, too.
fn moodle(part: &str, is_folder: bool) -> Option<Made> {
    let words = "_assignsubmission_";
    let (before, _) = if is_folder { part.rsplit_once(words)? } else { part.split_once(words)? };
    // Moodle writes the participant's number before them.
    let (who, number) = before.rsplit_once('_')?;
    is_number(number).then(|| Made { id: numbered(who, number), end: before.len() })
}

/// Of a file, which may be a zip file. What a learner has called it is behind the first attempt.
fn blackboard(file: &str) -> Option<Made> {
    let words = "_attempt_";
    let is_attempt = |at: &usize| begins_with_time(&file[at + words.len()..]);
    let end = file.match_indices(words).map(|(at, _)| at).find(is_attempt)?;
    (end > 0).then(|| Made { id: safe(&file[..end]), end })
}

/// Whether Blackboard wrote a file, as it does about each attempt: `HW_aek_attempt_2026-11-29-10-00-00.txt`.
pub fn is_blackboards_own(file: &str) -> bool {
    let attempt = file.strip_suffix(".txt").and_then(|file| file.rsplit_once("_attempt_"));
    attempt.is_some_and(|(_, time)| time.len() == FORM.len() && begins_with_time(time))
}

/// How Blackboard writes when an attempt was made.
const FORM: &str = "dddd-dd-dd-dd-dd-dd";

/// `2026-11-29-10-00-00`, and no digit behind it.
fn begins_with_time(text: &str) -> bool {
    let fits = |(letter, form): (u8, u8)| if form == b'd' { letter.is_ascii_digit() } else { letter == form };
    text.len() >= FORM.len()
        && text.bytes().zip(FORM.bytes()).all(fits)
        && !text[FORM.len()..].starts_with(|next: char| next.is_ascii_digit())
}

/// Of a file, which may be a zip file.
fn canvas(file: &str) -> Option<Made> {
    let (number, of_file) = canvas_numbers(file)?;
    let numbers = format!("_{number}_{of_file}_");
    let at = file.find(&numbers)?;
    let who = &file[..at];
    let who = who.strip_suffix("_LATE").or_else(|| who.strip_suffix("_late")).unwrap_or(who);
    // Canvas writes people in small letters. `HW_2_1234567_Anna.ipynb` is of a class that counts its homework.
    if who != who.to_lowercase() {
        return None;
    }
    Some(Made { id: numbered(who, &number), end: at + numbers.len() - 1 })
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

/// Words that are behind the name of a copy, in some languages, or of a version.
const OF_COPIES: [&str; 17] = [
    "copy",
    "copie",
    "copia",
    "kopie",
    "kopia",
    "kopi",
    "kopio",
    "cópia",
    "checkpoint",
    "final",
    "done",
    "solution",
    "solutions",
    "student",
    "answers",
    "submission",
    "homework",
];
/// A longer number tells people apart, as that of a student.
const MOST_DIGITS_OF_A_COPY: usize = 2;

/// Whether what stands behind a chapter's name is more than the mark of a copy or a version, such as `-Copy1`, ` (2)` or `_v2`.
fn tells_apart(behind: &str) -> bool {
    let is_mark = |word: &str| {
        let word = word.to_lowercase();
        let plain = word.trim_end_matches(|end: char| end.is_ascii_digit());
        word.len() - plain.len() <= MOST_DIGITS_OF_A_COPY
            && (plain.is_empty() || plain == "v" && plain.len() < word.len() || OF_COPIES.contains(&plain))
    };
    behind.split(is_separator).filter(|word| !word.is_empty()).any(|word| !is_mark(word))
}

/// The name of a person behind a chapter's: `_Bo_Li`, ` (Bo Li)`.
fn person(behind: &str) -> &str {
    let name = behind.trim_start_matches(is_separator);
    if name.contains(['(', '[']) { name } else { name.trim_end_matches(is_separator) }
}

fn is_separator(character: char) -> bool {
    character.is_whitespace() || "_-–.,()[]".contains(character)
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
    let mut name = shortened(name, MOST_NAME_BYTES, END_BYTES).into_owned();
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

/// A safe name that ends in a platform's number, however long it is.
pub fn numbered(who: &str, number: &str) -> String {
    safe(&format!("{who}_{number}"))
}

/// A name of at most so many bytes. In place of what is cut out stands a short hash of the whole: two names that differ
/// stay different, also where they begin and end alike. As elsewhere, capital letters make no difference.
pub fn shortened(name: &str, most: usize, end: usize) -> Cow<'_, str> {
    if name.len() <= most {
        return Cow::Borrowed(name);
    }
    let hash = short_hash(name.to_lowercase().as_bytes());
    let end = &name[ceil(name, name.len() - end)..];
    let start = &name[..floor(name, most.saturating_sub(hash.len() + end.len() + 2))];
    Cow::Owned(format!("{}_{hash}_{}", start.trim_end(), end.trim_start()))
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

fn ceil(text: &str, least: usize) -> usize {
    (least..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}
