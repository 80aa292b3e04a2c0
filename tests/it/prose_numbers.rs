//! No number in a chapter's prose changes unnoticed. Most are computed: a test states the phrase, a formula is worked out here, a list or a
//! time is counted. A number may be an input, and are in the code of the same part. What is left (a definition, a citation, what was
//! agreed) no test can compute: `tests/golden/prose` keeps it in the words around it, as somebody has read it and found it right.

mod phrases;
mod sums;

use crate::prose::{Text, source};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;
use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Header,
    Prose,
    Code,
}

#[derive(PartialEq)]
enum Guard {
    /// A test computes it, or this one does.
    Computed,
    /// It is in the code, too, where a reader may change it.
    Input,
    /// Nothing but its neighbours in `tests/golden/prose`.
    Read,
}

/// A chapter's text, and what each of its lines is.
struct Chapter {
    text: Text,
    kinds: Vec<Kind>,
}

impl Chapter {
    fn new(source: &str) -> Chapter {
        let mut kind = Kind::Code;
        let kinds = source.lines().map(|line| match line.trim().strip_prefix("// %%") {
            Some(header) => {
                kind = if header.contains("[markdown]") { Kind::Prose } else { Kind::Code };
                Kind::Header
            }
            None => kind,
        });
        Chapter { kinds: kinds.collect(), text: Text::new(source) }
    }

    fn lines(&self, kind: Kind) -> impl DoubleEndedIterator<Item = (usize, &str)> {
        let lines = self.text.lines.iter().enumerate().filter(move |(line, _)| self.kinds[*line] == kind);
        lines.map(|(line, place)| (line, &self.text.joined[place.clone()]))
    }

    /// The numbers in the prose: no part of a name, nor of an address.
    fn numbers(&self) -> Vec<Range<usize>> {
        let addresses: Vec<Range<usize>> = ["](", "[doi:", "https://"]
            .into_iter()
            .flat_map(|opening| self.text.joined.match_indices(opening))
            .map(|(at, _)| at..at + self.text.joined[at + 2..].find([')', ']', ' ']).unwrap_or(0) + 2)
            .collect();
        let mut numbers = numbers(&self.text.joined);
        numbers.retain(|number| {
            self.kinds[self.text.line(number.start) - 1] == Kind::Prose
                && !addresses.iter().any(|address| address.contains(&number.start))
        });
        numbers
    }

    /// The numbers of the prose, each with what guards it.
    fn guarded(&self, phrases: &[phrases::Phrase]) -> Vec<(Range<usize>, Guard)> {
        let stated: Vec<Range<usize>> = phrases.iter().flat_map(|phrase| phrase.places(&self.text.joined)).collect();
        let sums: Vec<Range<usize>> = sums::of(&self.text.joined).into_iter().map(|sum| sum.place).collect();
        let counted = self.counted();
        let inputs = self.inputs();
        let guard = |number: &Range<usize>| {
            let is_in = |places: &[Range<usize>]| places.iter().any(|place| place.contains(&number.start));
            let (line, plain) = (self.text.line(number.start) - 1, plain(&self.text.joined[number.clone()]));
            let part = inputs.iter().rev().find(|(heading, _)| *heading <= line);
            if is_in(&stated) || is_in(&sums) || counted.contains(&number.start) {
                Guard::Computed
            } else if plain.len() > 1 && part.is_some_and(|(_, inputs)| inputs.contains(&plain)) {
                Guard::Input
            } else {
                Guard::Read
            }
        };
        self.numbers().into_iter().map(|number| (number.clone(), guard(&number))).collect()
    }

    /// The numbers in the code of each part, whose heading's line is named.
    fn inputs(&self) -> Vec<(usize, BTreeSet<String>)> {
        let mut parts = vec![(0, BTreeSet::new())];
        for (line, place) in self.text.lines.iter().enumerate() {
            let text = &self.text.joined[place.clone()];
            match self.kinds[line] {
                Kind::Prose if text.starts_with("## ") => parts.push((line, BTreeSet::new())),
                Kind::Code => {
                    let text = text.replace('_', "");
                    let found = numbers(&text).into_iter().map(|number| plain(&text[number]));
                    parts.last_mut().unwrap().1.extend(found);
                }
                _ => {}
            }
        }
        parts
    }

    /// Where numbers are that follow from what is before or below them: of parts, exercises, blanks and items of a list, and minutes.
    fn counted(&self) -> BTreeSet<usize> {
        let mut counted = BTreeSet::new();
        let (mut parts, mut exercises, mut blanks, mut rows, mut has_minutes) = (0, 0, 0, 0, false);
        let mut items: Vec<(u32, usize)> = Vec::new();
        let mut close = |items: &mut Vec<(u32, usize)>| {
            if items.len() > 1 && items.iter().zip(1..).all(|((number, _), count)| *number == count) {
                counted.extend(items.iter().map(|(_, at)| *at));
            }
            items.clear();
        };
        let mut found = Vec::new();
        for (line, place) in self.text.lines.iter().enumerate() {
            let text = &self.text.joined[place.clone()];
            let after = |opening: &str| {
                let rest = text.strip_prefix(opening)?;
                let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
                Some((rest[..digits].parse::<u32>().ok()?, &rest[digits..], place.start + opening.len()))
            };
            if self.kinds[line] == Kind::Header {
                close(&mut items);
                if !text.contains("hint") {
                    blanks = 0;
                }
            }
            if self.kinds[line] != Kind::Prose {
                continue;
            }
            if let Some((number, rest, at)) = after("").filter(|(_, rest, _)| rest.starts_with(". ")) {
                let _ = rest;
                if number == 1 {
                    close(&mut items);
                }
                items.push((number, at));
            }
            for (opening, count) in
                [("## Part ", &mut parts), ("### Exercise ", &mut exercises), ("Blank ", &mut blanks)]
            {
                if let Some((number, rest, at)) = after(opening) {
                    // Exercises 6a and 6b have one number.
                    let is_next = number == *count + 1 || (number == *count && !rest.starts_with([':', ' ']));
                    if is_next {
                        found.push(at);
                    }
                    *count = number;
                }
            }
            if text.starts_with('|') {
                has_minutes |= text.contains("| Minutes |");
                if has_minutes {
                    rows += 1;
                    found.extend(after("| ").filter(|(number, ..)| number + 2 == rows).map(|(_, _, at)| at));
                    // `the_minutes_add_up` has the last column.
                    let last = text.trim_end_matches(" |").rfind("| ").map_or(0, |at| at + 2);
                    found.push(place.start + last);
                }
            } else {
                (rows, has_minutes) = (0, false);
            }
            if let Some((number, _, at)) = after("*").filter(|(_, rest, _)| rest.starts_with(" minutes")) {
                let below = self.lines(Kind::Header).find(|(header, text)| *header > line && !text.contains("hint"));
                let minutes = below.and_then(|(_, text)| text.split_once("minutes=")?.1.trim().parse().ok());
                found.extend((minutes == Some(number)).then_some(at));
            }
        }
        close(&mut items);
        counted.extend(found);
        counted
    }

    /// The words around each number that nothing computes, two to each side, and the line that they are in.
    fn read(&self, phrases: &[phrases::Phrase]) -> Vec<(usize, String)> {
        let guarded = self.guarded(phrases);
        let is_read = |word: &Range<usize>| {
            let mut inside = guarded.iter().filter(|(number, _)| word.contains(&number.start));
            inside.any(|(_, guard)| *guard == Guard::Read)
        };
        let mut read = Vec::new();
        let paragraphs = self.paragraphs();
        for words in paragraphs.iter().filter(|words| words.iter().any(is_read)) {
            let wanted: Vec<usize> = (0..words.len()).filter(|at| is_read(&words[*at])).collect();
            for group in wanted.chunk_by(|a, b| b - a <= 5) {
                let (first, last) = (group[0].saturating_sub(2), (group[group.len() - 1] + 2).min(words.len() - 1));
                let excerpt = &self.text.joined[words[first].start..words[last].end];
                read.push((self.text.line(words[group[0]].start), excerpt.to_owned()));
            }
        }
        read
    }

    /// The words of each paragraph of the prose.
    fn paragraphs(&self) -> Vec<Vec<Range<usize>>> {
        let mut paragraphs = vec![Vec::new()];
        for (line, place) in self.text.lines.iter().enumerate() {
            let text = &self.text.joined[place.clone()];
            if self.kinds[line] != Kind::Prose || text.is_empty() || text.starts_with(['|', '#']) {
                paragraphs.push(Vec::new());
            }
            if self.kinds[line] == Kind::Prose {
                let words = text.split_whitespace().map(|word| {
                    let start = place.start + (word.as_ptr() as usize - text.as_ptr() as usize);
                    start..start + word.len()
                });
                paragraphs.last_mut().unwrap().extend(words);
            }
        }
        paragraphs
    }
}

/// Where numbers are in a text: `3`, `0.5`, `50,000`, and not the `64` of `f64`.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is_name = |at: usize| bytes[at].is_ascii_alphanumeric() || bytes[at] == b'_';
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        at += 1;
        if is_name(start) && !is_digit(start) {
            while at < bytes.len() && is_name(at) {
                at += 1;
            }
        } else if is_digit(start) {
            while is_digit(at) || (at < bytes.len() && matches!(bytes[at], b'.' | b',') && is_digit(at + 1)) {
                at += 1;
            }
            numbers.push(start..at);
        }
    }
    numbers
}

/// A number as code writes it.
fn plain(number: &str) -> String {
    let number = number.replace(',', "");
    number.strip_suffix(".0").unwrap_or(&number).to_owned()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/prose")
}

fn chapters() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("notebooks");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let sources = paths.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    let mut names: Vec<String> = sources.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    assert!(names.len() > 10, "{names:?}");
    names
}

/// What is not as it should be in a chapter's source, each with its line.
fn complaints(name: &str, source: &str, phrases: &[phrases::Phrase]) -> Vec<String> {
    let chapter = Chapter::new(source);
    let place = |line: usize| format!("notebooks/{name}.rs:{line}");
    let mut complaints = Vec::new();
    for sum in sums::of(&chapter.text.joined).into_iter().filter(|sum| !sum.holds) {
        let line = chapter.text.line(sum.place.start);
        complaints.push(format!("{}: this does not add up: {}", place(line), &chapter.text.joined[sum.place]));
    }
    complaints
        .extend(minutes_that_do_not_add_up(&chapter).map(|line| format!("{}: the minutes do not add up", place(line))));
    let kept = fs::read_to_string(folder().join(format!("{name}.txt"))).unwrap_or_default();
    let read = chapter.read(phrases);
    let (old, new): (Vec<&str>, Vec<&str>) =
        (kept.lines().collect(), read.iter().map(|(_, words)| words.as_str()).collect());
    if old != new {
        let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
        let line = read.get(same).map_or(source.lines().count(), |(line, _)| *line);
        complaints.push(format!(
            "{}: not as in tests/golden/prose/{name}.txt\n  now:    {}\n  before: {}",
            place(line),
            new.get(same).unwrap_or(&"-"),
            old.get(same).unwrap_or(&"-")
        ));
    }
    complaints
}

/// The line of the table of minutes, where their sum is not what the chapter says.
fn minutes_that_do_not_add_up(chapter: &Chapter) -> Option<usize> {
    let (heading, _) = chapter.lines(Kind::Prose).find(|(_, text)| text.contains("| Minutes |"))?;
    let rows = chapter.lines(Kind::Prose).filter(|(line, _)| *line > heading).map(|(_, text)| text);
    let rows = rows.take_while(|text| text.starts_with('|'));
    let sum: u32 =
        rows.filter_map(|row| row.trim_end_matches(" |").rsplit("| ").next()?.trim().parse::<u32>().ok()).sum();
    (!chapter.text.joined.contains(&format!("That is {sum} minutes"))).then_some(heading + 1)
}

#[test]
fn every_number_in_prose_is_computed_or_has_been_read() {
    let accept = std::env::var_os("NEUROBOOK_ACCEPT").is_some();
    let mut all = Vec::new();
    for name in chapters() {
        let (source, phrases) = (source(&name), phrases::of(&name));
        if accept {
            let read = Chapter::new(&source).read(&phrases);
            let lines: String = read.into_iter().map(|(_, words)| words + "\n").collect();
            fs::create_dir_all(folder()).unwrap();
            fs::write(folder().join(format!("{name}.txt")), lines).unwrap();
        }
        all.extend(complaints(&name, &source, &phrases));
    }
    assert!(
        all.is_empty(),
        "{}\nLet a test state it (CONTRIBUTING.md). Where none can, read it once more, and then:\n\
         NEUROBOOK_ACCEPT=1 cargo test -p neurobook --test it prose_numbers",
        all.join("\n")
    );
}

/// A hundred of all numbers get another digit, one at a time. `NEUROBOOK_SEED` takes other ones.
#[test]
fn a_number_of_the_prose_does_not_change_unnoticed() {
    let seed = std::env::var("NEUROBOOK_SEED").map_or(1, |seed| seed.parse().unwrap());
    let mut draws = Pcg64::seed_from_u64(seed);
    let chapters: Vec<_> = chapters().into_iter().map(|name| (source(&name), phrases::of(&name), name)).collect();
    let guarded: Vec<_> = chapters.iter().map(|(source, phrases, _)| Chapter::new(source).guarded(phrases)).collect();
    let numbers: Vec<_> =
        guarded.iter().enumerate().flat_map(|(k, numbers)| numbers.iter().map(move |one| (k, one))).collect();
    let mut unnoticed = Vec::new();
    for _ in 0..100 {
        let (k, (number, guard)) = numbers[draws.random_range(0..numbers.len())];
        let (source, phrases, name) = &chapters[k];
        let at = number.start + draws.random_range(0..number.len());
        let (changed, line) = with_another_digit(source, at, draws.random_range(1..10));
        // A phrase that a test states is looked for by that test, and not here.
        let is_stated = phrases
            .iter()
            .any(|phrase| phrase.places(&Text::new(source).joined).iter().any(|place| place.contains(&number.start)));
        if !is_stated && *guard != Guard::Input && complaints(name, &changed, phrases).is_empty() {
            unnoticed.push(format!("notebooks/{name}.rs:{line}: {}", changed.lines().nth(line - 1).unwrap().trim()));
        }
    }
    assert!(unnoticed.is_empty(), "nobody notices these numbers:\n{}", unnoticed.join("\n"));
}

/// The source with another digit at this place of the joined text, or after it if there is a point; and the line.
fn with_another_digit(source: &str, at: usize, by: u32) -> (String, usize) {
    let text = Text::new(source);
    let line = text.line(at);
    let place = text.lines[line - 1].clone();
    let before = text.joined[place.start..at].chars().count();
    let lines = source.lines().enumerate().map(|(index, written)| {
        if index + 1 != line {
            return written.to_owned();
        }
        let shown = written.trim().trim_start_matches('/').trim();
        let start = written.find(shown).unwrap();
        let (mut left, mut done) = (before, false);
        let changed = written[start..].chars().map(|letter| {
            let is_it = left == 0 && !done;
            left = left.saturating_sub(1);
            match letter.to_digit(10).filter(|_| is_it) {
                Some(digit) => {
                    done = true;
                    char::from_digit((digit + by) % 10, 10).unwrap()
                }
                None => letter,
            }
        });
        written[..start].to_owned() + &changed.collect::<String>()
    });
    (lines.collect::<Vec<_>>().join("\n"), line)
}
