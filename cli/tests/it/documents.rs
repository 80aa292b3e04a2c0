//! What the repository's documents say of files and of the chapters is so.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The folders whose documents people read.
const FOLDERS: [&str; 4] = ["", "docs", "notebooks", "data"];

fn documents() -> Vec<PathBuf> {
    let folders = FOLDERS.iter().map(|folder| Path::new(ROOT).join(folder));
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

fn events(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
}

/// The places in a document that an address may name, as GitHub calls them.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    let mut heading: Option<String> = None;
    for event in events(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(words) | Event::Code(words) => heading.iter_mut().for_each(|heading| heading.push_str(&words)),
            Event::End(TagEnd::Heading(_)) => {
                let letters = heading.take().unwrap_or_default().to_lowercase();
                let letters = letters.chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
                anchors.insert(letters.map(|letter| if letter == ' ' { '-' } else { letter }).collect());
            }
            _ => {}
        }
    }
    anchors
}

#[test]
fn every_link_of_a_document_leads_to_a_file_and_a_heading_that_are_there() {
    let mut dead = Vec::new();
    let mut count = 0;
    for document in documents() {
        let text = read(&document);
        for event in events(&text) {
            let (Event::Start(Tag::Link { dest_url: address, .. })
            | Event::Start(Tag::Image { dest_url: address, .. })) = event
            else {
                continue;
            };
            if address.contains("://") {
                continue;
            }
            count += 1;
            let (file, place) = address.split_once('#').unwrap_or((&address, ""));
            let target = if file.is_empty() { document.clone() } else { document.parent().unwrap().join(file) };
            if !target.exists() || (!place.is_empty() && !anchors(&read(&target)).contains(place)) {
                dead.push(format!("{}: {address}", document.display()));
            }
        }
    }
    assert!(dead.is_empty(), "these links lead nowhere:\n{}", dead.join("\n"));
    assert!(count > 20, "only {count} links were found");
}

/// The chapters, as the guides call them (`02 prep`), and the minutes that their first cells name.
fn chapters() -> Vec<(String, Option<String>)> {
    let sources = fs::read_dir(Path::new(ROOT).join("notebooks")).unwrap().map(|entry| entry.unwrap().path());
    let sources = sources.filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    let chapter = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let (number, rest) = name.split_once('_').unwrap();
        let name = if rest.starts_with("prep") { format!("{number} prep") } else { number.to_string() };
        (name, minutes(&path))
    };
    sources.map(chapter).collect()
}

/// The minutes that a chapter says of itself.
fn minutes(chapter: &Path) -> Option<String> {
    read(chapter).lines().find_map(|line| {
        let (_, after) = line.split_once("// That is ")?;
        let (minutes, _) = after.split_once(" minutes")?;
        Some(minutes.to_string())
    })
}

#[test]
fn the_guides_name_each_chapter_with_the_minutes_that_it_says_of_itself() {
    for guide in ["docs/teaching.md", "docs/self-study.md"] {
        let text = read(&Path::new(ROOT).join(guide));
        for (chapter, minutes) in chapters() {
            // Of two preparations each has a row, with a word behind the comma.
            let rows = text.lines().filter_map(|line| {
                let (name, rest) = line.strip_prefix("| ")?.split_once(" | ")?;
                let said = rest.split_once(" |")?.0;
                (name.split(", ").next() == Some(chapter.as_str())).then_some(said)
            });
            let rows: Vec<&str> = rows.collect();
            assert!(!rows.is_empty(), "{guide} has no row for chapter {chapter}");
            let minutes = minutes.unwrap_or_default();
            let says = |row: &&str| row.starts_with(&minutes);
            assert!(
                rows.iter().any(says),
                "{guide}: chapter {chapter} says {minutes} minutes, and its rows {rows:?}: write {minutes} there"
            );
        }
    }
}

#[test]
fn the_syllabus_names_each_chapter_with_the_minutes_that_it_says_of_itself() {
    let syllabus = read(&Path::new(ROOT).join("notebooks/README.md"));
    let rows = syllabus.lines().zip(1..).filter_map(|(row, line)| {
        let (file, _) = row.strip_prefix("| [")?.split_once("](")?.1.split_once(") |")?;
        Some((file, line, row.trim_end_matches(" |").rsplit("| ").next()?))
    });
    let rows: Vec<(&str, usize, &str)> = rows.collect();
    let mut count = 0;
    // A chapter of two parts has a row for each.
    for (file, line, said) in
        rows.iter().filter(|(file, ..)| rows.iter().filter(|(other, ..)| other == file).count() == 1)
    {
        let Some(minutes) = minutes(&Path::new(ROOT).join("notebooks").join(file)) else { continue };
        let number = said.split([',', ' ']).next();
        assert_eq!(
            number,
            Some(minutes.as_str()),
            "notebooks/README.md:{line}: {file} says {minutes} minutes: write {minutes} there"
        );
        count += 1;
    }
    assert!(count > 5, "{rows:?}");
}

#[test]
fn an_editor_checks_in_a_folder_of_its_own_and_leaves_the_kernel_out() {
    let settings: serde_json::Value =
        serde_json::from_str(&read(&Path::new(ROOT).join(".vscode/settings.json"))).unwrap();
    assert_eq!(settings["rust-analyzer.cargo.targetDir"], true);
    assert_eq!(settings["rust-analyzer.check.workspace"], false);
    let words = settings["rust-analyzer.cargo.buildScripts.overrideCommand"].as_array().unwrap();
    let words: Vec<&str> = words.iter().map(|word| word.as_str().unwrap()).collect();
    assert!(words.contains(&"--target-dir=target/rust-analyzer"), "{words:?}");
    let packages: Vec<&str> = words.iter().filter_map(|word| word.strip_prefix("--package=")).collect();
    assert_eq!(packages, ["neurobook", "neurobook-cli"]);
    assert!(read(&Path::new(ROOT).join("README.md")).contains("Blocking waiting for file lock"));
}

#[test]
fn what_an_older_cargo_says_of_this_repository_is_in_the_readme() {
    let manifest = read(&Path::new(ROOT).join("Cargo.toml"));
    let readme = read(&Path::new(ROOT).join("README.md"));
    // Cargo 1.65 knows no such edition, 1.75 to 1.84 know it as a feature of the nightly release, later ones know it
    // and compare versions.
    assert!(manifest.contains("edition = \"2024\"") && manifest.contains("rust-version = \"1.95\""));
    for words in [
        "older than the `2024` edition",
        "feature `edition2024` is required",
        "is not supported by the following packages",
    ] {
        assert!(readme.contains(words), "{words}");
    }
}
