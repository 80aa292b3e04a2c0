//! The way through files, folders and zip files.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::archive::{Archive, MOST_UNPACKED, Place};
use super::name;
use super::name::{Given, Name};
use super::{Found, Machine, Source, Submissions};
use crate::support::plain_text;

/// More notebooks than anybody hands in.
const MOST_IN_ONE: usize = 50;
/// A longer place or name is cut where it is told.
const LONGEST_ORIGIN: usize = 300;
const LONGEST_NAME: usize = 100;
/// More zip files than anybody puts into one.
const MOST_ZIPS_IN_ONE: usize = 20;

/// What is left for the zip files of one person.
#[derive(Clone, Copy)]
struct Budget {
    zips: usize,
    bytes: u64,
}

impl Budget {
    const WHOLE: Budget = Budget { zips: MOST_ZIPS_IN_ONE, bytes: MOST_UNPACKED };
}

/// What has been found so far, by what was given.
pub struct Walk<'a> {
    chapters: &'a [String],
    given: Vec<(Given, Vec<Entry>)>,
    seen: HashSet<PathBuf>,
    /// By the names that are directly in what was given.
    budgets: BTreeMap<String, Budget>,
}

/// A file, or a folder or zip file in which there is none.
struct Entry {
    inside: Vec<String>,
    origin: String,
    kind: Kind,
}

enum Kind {
    /// A notebook, or what should be one.
    Notebook(Source),
    Other,
    Empty,
}

/// Where the walk is.
#[derive(Clone)]
struct Position {
    /// The names from what was given on.
    inside: Vec<String>,
    /// For people.
    origin: String,
}

impl Position {
    fn below(&self, parts: &[String]) -> Position {
        let inside = [&self.inside[..], parts].concat();
        Position { inside, origin: format!("{}/{}", self.origin, parts.join("/")) }
    }
}

impl<'a> Walk<'a> {
    pub fn new(chapters: &'a [String]) -> Walk<'a> {
        Walk { chapters, given: Vec::new(), seen: HashSet::new(), budgets: BTreeMap::new() }
    }

    /// Takes what is on the command line.
    pub fn given(&mut self, path: &Path) -> Result<()> {
        let about = fs::metadata(path).with_context(|| format!("cannot find {}", path.display()))?;
        self.budgets.clear();
        let own = last_name(path);
        let here = Position { inside: Vec::new(), origin: path.display().to_string() };
        if about.is_dir() {
            // `.` has a name, too.
            let own = if own.is_empty() { fs::canonicalize(path).map_or(own, |path| last_name(&path)) } else { own };
            self.given.push((Given::folder(&own), Vec::new()));
            return self.folder(path, &here);
        }
        if about.is_file() && name::is_zip(&own) {
            self.given.push((Given::archive(&own), Vec::new()));
            return self.archive(path, &here);
        }
        let folder = path.parent().map(last_name).unwrap_or_default();
        self.given.push((Given::file(&folder), Vec::new()));
        let here = Position { inside: vec![own.clone()], ..here };
        if !about.is_file() {
            // What a link of a learner's leads to may have no end.
            self.add(&here, Source::Nothing("it is a device or a pipe, not a file".to_owned()));
        } else if name::is_notebook(&own) {
            self.file(path, &here);
        } else {
            self.add(&here, Source::Nothing("not a notebook: its name does not end in .ipynb".to_owned()));
        }
        Ok(())
    }

    fn folder(&mut self, folder: &Path, here: &Position) -> Result<()> {
        let unreadable = |error| Machine::fault(&format!("cannot read the folder {}", folder.display()), error);
        let entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) if here.inside.is_empty() => return Err(unreadable(error)),
            // One that is locked or too deep, in what a learner has handed in, does not cost the others their marks.
            Err(error) => {
                self.add(here, Source::Unreadable(format!("{:#}", unreadable(error))));
                return Ok(());
            }
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        entries.retain(|entry| !name::is_junk_file(&entry.file_name().to_string_lossy()));
        if entries.is_empty() {
            self.put(here, Kind::Empty);
        }
        for entry in entries {
            let own = entry.file_name().to_string_lossy().into_owned();
            let (path, below) = (entry.path(), here.below(std::slice::from_ref(&own)));
            let kind = entry.file_type().map_err(unreadable)?;
            if kind.is_dir() {
                self.folder(&path, &below)?;
            } else if name::is_zip(&own) && kind.is_file() {
                self.archive(&path, &below)?;
            } else if !name::is_notebook(&own) {
                self.put(&below, Kind::Other);
            } else if kind.is_file() {
                self.file(&path, &below);
            } else {
                // A link in what a learner has handed in may lead to any file of this machine.
                self.add(&below, Source::Nothing("it is a symbolic link or a device, not a file".to_owned()));
            }
        }
        Ok(())
    }

    fn archive(&mut self, path: &Path, here: &Position) -> Result<()> {
        let listed = Archive::open(path).and_then(|archive| self.inside(archive, path, &[], here));
        self.or_nothing(listed, here)
    }

    /// The entries of a zip file in another one, as far as its owner's are neither too many nor too large.
    fn nested(&mut self, archive: &mut Archive, index: usize, place: &Place, here: &Position) -> Result<()> {
        let owner = here.inside.first().cloned().unwrap_or_default();
        let budget = self.budgets.entry(owner).or_insert(Budget::WHOLE);
        ensure!(budget.zips > 0, "more than {MOST_ZIPS_IN_ONE} zip files in one");
        budget.zips -= 1;
        let nested = archive.nested(index, &mut budget.bytes)?;
        self.inside(nested, &place.archive, &place.entries, here)
    }

    /// The entries of an open zip file.
    fn inside(&mut self, mut archive: Archive, path: &Path, outer: &[usize], here: &Position) -> Result<()> {
        let mut entries = archive.entries()?;
        entries.retain(|entry| !entry.path.iter().any(|part| name::is_junk_file(part)));
        let is_class = here.inside.is_empty();
        let called =
            |entry: &super::archive::Entry, is: fn(&str) -> bool| entry.path.last().is_some_and(|name| is(name));
        let notebooks = entries.iter().filter(|entry| !entry.is_folder && called(entry, name::is_notebook)).count();
        if !is_class && notebooks > MOST_IN_ONE {
            anyhow::bail!("{notebooks} notebooks in one zip file, more than {MOST_IN_ONE}");
        }
        if entries.is_empty() {
            self.put(here, Kind::Empty);
        }
        for entry in entries {
            let below = here.below(&entry.path);
            let cost = archive.cost.saturating_add(entry.size);
            let place = Place { archive: path.to_owned(), entries: [outer, &[entry.index]].concat(), cost };
            if entry.is_folder {
                self.put(&below, Kind::Empty);
            } else if called(&entry, name::is_zip) && entry.refused.is_none() {
                let listed = self.nested(&mut archive, entry.index, &place, &below);
                self.or_nothing(listed, &below)?;
            } else if !called(&entry, name::is_notebook) {
                self.put(&below, Kind::Other);
            } else if let Some(why) = entry.refused {
                self.add(&below, Source::Nothing(why.to_owned()));
            } else {
                self.add(&below, Source::Zipped(place));
            }
        }
        Ok(())
    }

    /// A zip file that cannot be read is its maker's; a machine that cannot read is nobody's, and to be tried again.
    fn or_nothing(&mut self, listed: Result<()>, here: &Position) -> Result<()> {
        match listed {
            Err(error) if error.is::<Machine>() && here.inside.is_empty() => Err(error),
            Err(error) if error.is::<Machine>() => {
                self.add(here, Source::Unreadable(format!("{error:#}")));
                Ok(())
            }
            Err(error) => {
                self.add(here, Source::Nothing(format!("{error:#}")));
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    fn file(&mut self, path: &Path, here: &Position) {
        // A notebook that was given twice, by itself and in its folder, is one submission.
        if self.seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())) {
            self.add(here, Source::File(path.to_owned()));
        }
    }

    fn add(&mut self, here: &Position, source: Source) {
        self.put(here, Kind::Notebook(source));
    }

    fn put(&mut self, here: &Position, kind: Kind) {
        let (inside, origin) = (here.inside.clone(), plain_text::line(&plain_text::cut(&here.origin, LONGEST_ORIGIN)));
        if let Some((_, entries)) = self.given.last_mut() {
            entries.push(Entry { inside, origin, kind });
        }
    }

    /// Gives each its name. Whoever handed in something has an entry, whatever it was.
    pub fn finish(self) -> Submissions {
        let mut people: BTreeMap<String, Person> = BTreeMap::new();
        let (mut skipped, mut notes) = (Vec::new(), Vec::new());
        let insides = |entries: &[Entry]| entries.iter().map(|entry| entry.inside.clone()).collect::<Vec<_>>();
        let mut archives = self.given.iter().filter(|(given, _)| given.is_archive());
        // One archive is a class's. Several are one person's each, unless a platform made them all of classes.
        let are_classes = archives.clone().count() < 2
            || archives.all(|(given, entries)| {
                let insides = insides(entries);
                given.is_platforms(&insides.iter().map(Vec::as_slice).collect::<Vec<_>>())
            });
        for (given, entries) in self.given {
            let insides: Vec<&[String]> = entries.iter().map(|entry| &entry.inside[..]).collect();
            let names = given.names(&insides, self.chapters, !are_classes);
            for (entry, Name { id, is_persons, is_inside }) in entries.into_iter().zip(names) {
                // A list of marks in the folder of a class is nobody's work; nor is the class's own folder.
                let is_work = match entry.kind {
                    Kind::Notebook(_) => true,
                    Kind::Other => is_persons,
                    Kind::Empty => is_inside,
                };
                if !is_work {
                    skipped.extend(matches!(entry.kind, Kind::Other).then_some(entry.origin));
                    continue;
                }
                let person =
                    people.entry(id.to_lowercase()).or_insert_with(|| Person { id: id.clone(), ..Person::default() });
                person.id = std::mem::take(&mut person.id).min(id);
                match entry.kind {
                    Kind::Notebook(source) => person.notebooks.push((entry.origin, source)),
                    Kind::Other => _ = person.others.insert(entry.inside.last().cloned().unwrap_or_default()),
                    Kind::Empty => _ = person.empty.get_or_insert(entry.origin),
                }
            }
        }
        if let [first, rest @ ..] = &skipped[..] {
            let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
            notes.push(format!("skipped, not a notebook: {first}{more}"));
        }
        let mut all = people.values();
        if let (Some(Person { id, notebooks, .. }), None) = (all.next(), all.next())
            && notebooks.len() > 1
        {
            notes.push(format!(
                "all {} notebooks are called {id}: if that is the class's own folder, unpack it and name it",
                notebooks.len()
            ));
        }
        let mut found: Vec<Found> = people.into_values().flat_map(Person::found).collect();
        found.sort_by(|a, b| (&a.id, &a.origin).cmp(&(&b.id, &b.origin)));
        Submissions { found, notes }
    }
}

/// All that is called by one name.
#[derive(Default)]
struct Person {
    id: String,
    notebooks: Vec<(String, Source)>,
    others: BTreeSet<String>,
    empty: Option<String>,
}

impl Person {
    fn found(self) -> Vec<Found> {
        let Person { id, mut notebooks, others, empty } = self;
        if let Some(why) = too_much(&notebooks) {
            let origin = std::mem::take(&mut notebooks[0].0);
            notebooks = vec![(origin, Source::Nothing(why))];
        }
        let nothing = match &others {
            _ if !notebooks.is_empty() => None,
            others if others.is_empty() => {
                empty.map(|origin| (origin, "nothing was handed in: the folder or zip file is empty".to_owned()))
            }
            others => {
                let names = others.iter().map(|name| plain_text::cut(name, LONGEST_NAME).into_owned());
                let some = plain_text::line(&some(&names.collect::<Vec<_>>()));
                Some((some.clone(), format!("no notebook was handed in, only {some}")))
            }
        };
        let nothing = nothing.map(|(origin, why)| (origin, Source::Nothing(why)));
        let all = notebooks.into_iter().chain(nothing);
        all.map(|(origin, source)| Found { id: id.clone(), origin, source }).collect()
    }
}

/// Why nobody looks for the one that counts among all these.
fn too_much(notebooks: &[(String, Source)]) -> Option<String> {
    let zipped =
        |(_, source): &(String, Source)| if let Source::Zipped(place) = source { Some(place.cost) } else { None };
    let costs: Vec<u64> = notebooks.iter().filter_map(zipped).collect();
    let (count, bytes) = (costs.len(), costs.iter().copied().fold(0, u64::saturating_add));
    if count > MOST_IN_ONE {
        return Some(format!("{count} notebooks in zip files, more than {MOST_IN_ONE}: hand in the one that counts"));
    }
    (count > 1 && bytes > MOST_UNPACKED).then(|| {
        let most = MOST_UNPACKED >> 20;
        format!("to read {count} notebooks, more than {most} MB would have to be unpacked: hand in the one that counts")
    })
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
