//! Damaged files: whatever reads them ends with a value or a message, and never with a panic.
//!
//! `cargo test fuzz` tries the same few hundred each time; `NEUROBOOK_FUZZ_SECONDS=3600` others for an hour. A failure
//! names its seed, which `NEUROBOOK_FUZZ_SEED` gives again.

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use neurobook::check::{Exercise, Part};
use neurobook::rand::{RngExt, SeedableRng};
use neurobook::rand_pcg::Pcg64;

use crate::answers::compiler::Replies;
use crate::answers::extract;
use crate::answers::reference::Reference;
use crate::chapter::{Chapter, Variant};
use crate::notebook::from_chapter::notebook;
use crate::notebook::{Notebook, Outputs};

/// How many are tried where no time is named.
const COUNT: u64 = 300;

/// Words that mean something to one of the readers.
const WORDS: [&str; 40] = [
    "// %%",
    "// %% [markdown]",
    "// %% exercise id=a points=1",
    "// %% check",
    "// %% [markdown] hint",
    "// SOLUTION",
    "// STUB",
    "// END",
    "// CASES",
    "// HIDDEN 9",
    "// PARTS",
    "// MISTAKES",
    "// HINTS",
    "// GIVEN",
    "// TITLE",
    "a: `b` => `c`",
    "or `b` => `c` and `d` => `e`",
    "\"",
    "'",
    "/*",
    "*/",
    "r#\"",
    "{",
    "}",
    "(",
    "]",
    "\u{feff}",
    "\r\n",
    "\0",
    "\u{202e}ä😀",
    ",",
    "numbers,2x2,1,2,3",
    "complexes,1,NaN",
    "1e999",
    "\"cells\"",
    "\"metadata\": null",
    "[[[[[[",
    "-1",
    "18446744073709551616",
    "check!(a(&b, c) -> (d, e));",
];

fn files(folder: &str, ending: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join("notebooks").join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|found| found == ending));
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// One to some dozen changes: of bytes, words, lines, and of whole stretches.
fn damaged(random: &mut Pcg64, text: &[u8]) -> Vec<u8> {
    let mut text = text.to_vec();
    for _ in 0..random.random_range(1..24) {
        if text.is_empty() {
            text.push(b'x');
        }
        let at = random.random_range(0..text.len());
        let end = (at + random.random_range(1..200)).min(text.len());
        match random.random_range(0..8) {
            0 => text[at] = random.random(),
            1 => drop(text.drain(at..end)),
            2 => text.truncate(at),
            3 => {
                let stretch = text[at..end].to_vec();
                let to = random.random_range(0..text.len());
                text.splice(to..to, stretch);
            }
            4 => {
                let line = |from: usize| text[..from].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
                let start = line(at);
                drop(text.drain(start..at));
            }
            _ => {
                let word = WORDS[random.random_range(0..WORDS.len())];
                let new_line = random.random_range(0..2) == 0;
                let word = if new_line { format!("\n{word}\n") } else { word.to_owned() };
                text.splice(at..at, word.into_bytes());
            }
        }
    }
    text
}

/// Reads a text as whatever it may be.
fn read(kind: usize, bytes: &[u8], chapter: &Chapter) {
    let text = String::from_utf8_lossy(bytes);
    match kind {
        0 => {
            if let Ok(chapter) = Chapter::parse("notebooks/01_fuzz.rs", &text) {
                for variant in [Variant::Student, Variant::Graded, Variant::Solution] {
                    let json = notebook(&chapter, variant).to_json();
                    Notebook::parse("built", json.as_bytes(), Outputs::Keep).expect("what is built can be read");
                }
                let _ = Reference::of(&chapter);
            }
        }
        1 => {
            let _ = Notebook::parse("a.ipynb", bytes, Outputs::Keep).map(|notebook| notebook.to_json());
            if let Ok(notebook) = Notebook::parse_text("a.ipynb", bytes) {
                let _ = extract::answers(&notebook, chapter);
            }
        }
        2 => {
            let _ = Exercise::from_csv(&text).map(|exercise| exercise.to_csv());
            text.lines().for_each(|line| drop(Part::parse(line)));
        }
        _ => drop(Replies::read(bytes, "mark", [])),
    }
}

#[test]
fn fuzz_no_damaged_file_makes_a_reader_panic() {
    let number = |name: &str| env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let end = number("NEUROBOOK_FUZZ_SECONDS").map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let only = number("NEUROBOOK_FUZZ_SEED");
    let chapters = files("", "rs");
    let mut notebooks = files("solution", "ipynb");
    notebooks.extend(files("student", "ipynb"));
    let replies = b"printed\nmark,value,x,numbers,3,0,1,2\nmark,end\nmark,stopped,\"a\nb\"\nmark,end\n".to_vec();
    let kinds = [chapters, notebooks, files("checks", "csv"), vec![replies]];
    let chapter = Chapter::parse("notebooks/02_x.rs", &String::from_utf8_lossy(kinds[0].last().unwrap())).unwrap();
    let first = only.unwrap_or_else(|| end.map_or(0, |_| getrandom::u32().unwrap_or_default().into()));
    let count = if only.is_some() { 1 } else { COUNT };
    let mut tried = 0;
    for seed in first.. {
        let mut random = Pcg64::seed_from_u64(seed);
        let kind = random.random_range(0..kinds.len());
        let sources = &kinds[kind];
        let source = random.random_range(0..sources.len());
        let text = damaged(&mut random, &sources[source]);
        let outcome = catch_unwind(AssertUnwindSafe(|| read(kind, &text, &chapter)));
        assert!(outcome.is_ok(), "a reader of kind {kind} panicked: NEUROBOOK_FUZZ_SEED={seed} shows it again");
        tried += 1;
        if end.map_or(tried >= count, |end| only.is_some() || Instant::now() > end) {
            break;
        }
    }
    println!("{tried} damaged files read, from seed {first} on");
}
