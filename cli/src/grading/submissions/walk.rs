//! The way through files, folders and zip files.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::archive;
use super::archive::Place;
use super::name;
use super::name::Name;
use super::{Found, Source, Submissions};

/// More notebooks than anybody hands in.
const MOST_IN_ONE: usize = 50;

/// What has been found so far.
pub struct Walk<'a> {
    chapters: &'a [String],
    found: Vec<Candidate>,
    /// Files that are no notebooks, by the submission that they belong to.
    others: BTreeMap<String, Vec<String>>,
    /// Files that are no notebooks and belong to nobody.
    skipped: Vec<String>,
    seen: HashSet<PathBuf>,
}

struct Candidate {
    name: Name,
    origin: String,
    source: Source,
}

/// Where the walk is.
#[derive(Clone)]
struct Here<'a> {
    /// The name of the folder or zip file that was given.
    given: &'a str,
    /// From there on.
    inside: Vec<String>,
    /// For people.
    origin: String,
}

impl Here<'_> {
    fn below(&self, parts: &[String]) -> Self {
        let inside = [&self.inside[..], parts].concat();
        Here { given: self.given, inside, origin: format!("{}/{}", self.origin, parts.join("/")) }
    }
}

impl<'a> Walk<'a> {
    pub fn new(chapters: &'a [String]) -> Walk<'a> {
        let (found, others, skipped, seen) = Default::default();
        Walk { chapters, found, others, skipped, seen }
    }

    /// Takes what stands on the command line.
    pub fn given(&mut self, path: &Path) -> Result<()> {
        let about = fs::metadata(path).with_context(|| format!("cannot find {}", path.display()))?;
        let own = last_name(path);
        let origin = path.display().to_string();
        if about.is_dir() {
            // `.` has a name, too.
            let own = if own.is_empty() { fs::canonicalize(path).map_or(own, |path| last_name(&path)) } else { own };
            return self.folder(path, &Here { given: &own, inside: Vec::new(), origin });
        }
        if name::is_zip(&own) {
            self.archive(path, &[], &Here { given: &own, inside: Vec::new(), origin });
            return Ok(());
        }
        let given = path.parent().map(last_name).unwrap_or_default();
        let here = Here { given: &given, inside: vec![own.clone()], origin };
        if name::is_notebook(&own) {
            self.file(path, &here);
        } else {
            self.add(&here, Source::Nothing("not a notebook: its name does not end in .ipynb".to_owned()));
        }
        Ok(())
    }

    fn folder(&mut self, folder: &Path, here: &Here) -> Result<()> {
        let entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let mut entries = entries.with_context(|| format!("cannot read the folder {}", folder.display()))?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let own = entry.file_name().to_string_lossy().into_owned();
            if name::is_litter(&own) {
                continue;
            }
            let (path, below) = (entry.path(), here.below(std::slice::from_ref(&own)));
            let kind = entry.file_type().with_context(|| format!("cannot read {}", path.display()))?;
            if kind.is_dir() {
                self.folder(&path, &below)?;
            } else if name::is_zip(&own) && kind.is_file() {
                self.archive(&path, &[], &below);
            } else if !name::is_notebook(&own) {
                self.other(&below);
            } else if kind.is_file() {
                self.file(&path, &below);
            } else {
                // A link in what a learner has handed in may lead to any file of this machine.
                self.add(&below, Source::Nothing("it is a symbolic link or a device, not a file".to_owned()));
            }
        }
        Ok(())
    }

    fn archive(&mut self, archive: &Path, outer: &[usize], here: &Here) {
        let entries = match archive::list(archive, outer) {
            Ok(entries) => entries,
            Err(error) => return self.add(here, Source::Nothing(format!("{error:#}"))),
        };
        let wanted: Vec<_> =
            entries.into_iter().filter(|entry| !entry.path.iter().any(|part| name::is_litter(part))).collect();
        let called = |entry: &archive::Entry, is: fn(&str) -> bool| entry.path.last().is_some_and(|name| is(name));
        let notebooks = wanted.iter().filter(|entry| called(entry, name::is_notebook)).count();
        if !here.inside.is_empty() && notebooks > MOST_IN_ONE {
            let why = format!("{notebooks} notebooks in one zip file, more than {MOST_IN_ONE}");
            return self.add(here, Source::Nothing(why));
        }
        for entry in wanted {
            let below = here.below(&entry.path);
            let entries = [outer, &[entry.index]].concat();
            if called(&entry, name::is_zip) && entry.refused.is_none() {
                self.archive(archive, &entries, &below);
            } else if !called(&entry, name::is_notebook) {
                self.other(&below);
            } else if let Some(why) = entry.refused {
                self.add(&below, Source::Nothing(why.to_owned()));
            } else {
                self.add(&below, Source::Zipped(Place { archive: archive.to_owned(), entries }));
            }
        }
    }

    fn file(&mut self, path: &Path, here: &Here) {
        // A notebook that was given twice, by itself and in its folder, is one submission.
        if self.seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())) {
            self.add(here, Source::File(path.to_owned()));
        }
    }

    fn add(&mut self, here: &Here, source: Source) {
        let name = name::name(here.given, &here.inside, self.chapters);
        self.found.push(Candidate { name, origin: here.origin.clone(), source });
    }

    fn other(&mut self, here: &Here) {
        let name = name::name(here.given, &here.inside, self.chapters);
        let file = here.inside.last().cloned().unwrap_or_default();
        if name.from_platform || here.inside.len() > 1 {
            self.others.entry(name.short).or_default().push(file);
        } else {
            self.skipped.push(here.origin.clone());
        }
    }

    /// Somebody who handed in other files only is not forgotten; ids are made distinct.
    pub fn finish(mut self) -> Submissions {
        let mut notes = Vec::new();
        if let [first, rest @ ..] = &self.skipped[..] {
            let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
            notes.push(format!("skipped, not a notebook: {first}{more}"));
        }
        let with_notebook: BTreeSet<&str> = self.found.iter().map(|found| found.name.short.as_str()).collect();
        let without: Vec<Candidate> = self
            .others
            .iter()
            .filter(|(short, _)| !with_notebook.contains(short.as_str()))
            .map(|(short, files)| {
                let why = format!("no notebook was handed in, only {}", some(files));
                let name = Name { short: short.clone(), long: None, from_platform: true };
                Candidate { name, origin: some(files), source: Source::Nothing(why) }
            })
            .collect();
        self.found.extend(without);
        Submissions { found: distinct(self.found, &mut notes), notes }
    }
}

/// Gives each its own id. Which one a namesake gets depends on nothing but the list.
fn distinct(mut candidates: Vec<Candidate>, notes: &mut Vec<String>) -> Vec<Found> {
    let mut bearers: BTreeMap<String, usize> = BTreeMap::new();
    for candidate in &candidates {
        *bearers.entry(folded(&candidate.name.short)).or_default() += 1;
    }
    for Candidate { name, .. } in &mut candidates {
        if let (Some(long), true) = (name.long.take(), bearers[&folded(&name.short)] > 1) {
            name.short = long;
        }
    }
    candidates.sort_by(|a, b| (&a.name.short, &a.origin).cmp(&(&b.name.short, &b.origin)));
    // A name that somebody bears is not given to another one.
    let mut taken: HashSet<String> = HashSet::new();
    let borne: HashSet<String> = candidates.iter().map(|candidate| folded(&candidate.name.short)).collect();
    let mut found = Vec::new();
    for Candidate { name, origin, source } in candidates {
        let mut id = name.short.clone();
        if !taken.insert(folded(&id)) {
            let mut numbered = (2..).map(|number| format!("{}-{number}", name.short));
            id = numbered
                .find(|id| !borne.contains(&folded(id)) && taken.insert(folded(id)))
                .expect("there are more numbers than submissions");
            notes.push(format!("two submissions are called {}: {origin} is {id}", name.short));
        }
        found.push(Found { id, origin, source });
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found
}

/// Some file systems take names for the same that differ in case.
fn folded(id: &str) -> String {
    id.to_lowercase()
}

fn some(files: &[String]) -> String {
    match files {
        [first, second, third, rest @ ..] if !rest.is_empty() => {
            format!("{first}, {second}, {third} and {} more", rest.len())
        }
        _ => files.join(", "),
    }
}

fn last_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
