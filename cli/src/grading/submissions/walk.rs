//! The way through files, folders and zip files.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::archive::{Archive, Entry, Limits, MOST_UNPACKED, Place};
use super::name;
use super::name::Given;
use super::people::{Groups, Kind, MOST_IN_ONE, submissions};
use super::{Machine, Source, Submissions};
use crate::support::plain_text;

/// A longer place is cut where it is told.
const LONGEST_ORIGIN: usize = 300;
/// More zip files than anybody puts into one.
const MOST_ZIPS_IN_ONE: usize = 20;

/// What is left for one person.
struct Budget {
    /// Files and folders in zip files. Those on a disk are counted by nobody: a home may have a hundred thousand.
    entries: usize,
    zips: usize,
    /// Of what has to be unpacked.
    bytes: u64,
    /// Whether it was said that there are too many zip files.
    is_told: bool,
}

impl Budget {
    const WHOLE: Budget =
        Budget { entries: Limits::PERSON.entries, zips: MOST_ZIPS_IN_ONE, bytes: MOST_UNPACKED, is_told: false };
}

/// Whose it is what was given.
enum Owner {
    /// One person's, as a whole.
    Person,
    /// The name at this place of each path is a person's.
    Class(usize),
}

/// What has been found so far, by what was given.
pub struct Walk<'a> {
    chapters: &'a [String],
    /// Whether each zip file that was given is one person's.
    are_persons: bool,
    given: Vec<(Given, Groups)>,
    owner: Owner,
    seen: HashSet<PathBuf>,
    budgets: BTreeMap<String, Budget>,
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
    pub fn new(given: &[PathBuf], chapters: &'a [String]) -> Walk<'a> {
        // One archive is a class's. Several are one person's each, unless a platform made them all of classes. It is known
        // before they are read, since a person's may hold less.
        let archives: Vec<&PathBuf> =
            given.iter().filter(|path| name::is_zip(&last_name(path)) && path.is_file()).collect();
        let are_persons = archives.len() > 1 && !archives.into_iter().all(|path| is_platforms(path));
        let (given, owner) = (Vec::new(), Owner::Class(0));
        Walk { chapters, are_persons, given, owner, seen: HashSet::new(), budgets: BTreeMap::new() }
    }

    /// Takes what is on the command line.
    pub fn given(&mut self, path: &Path) -> Result<()> {
        let about = fs::metadata(path).with_context(|| format!("cannot find {}", path.display()))?;
        let own = last_name(path);
        let here = Position { inside: Vec::new(), origin: path.display().to_string() };
        if about.is_dir() {
            // `.` has a name, too.
            let own = if own.is_empty() { fs::canonicalize(path).map_or(own, |path| last_name(&path)) } else { own };
            self.begin(Given::folder(&own));
            return self.folder(path, &here);
        }
        if about.is_file() && name::is_zip(&own) {
            self.begin(Given::archive(&own));
            return self.archive(path, &here);
        }
        let folder = path.parent().map(last_name).unwrap_or_default();
        self.begin(Given::file(&folder));
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

    fn begin(&mut self, given: Given) {
        let is_persons = self.are_persons && given.is_archive() || given.of_platform().is_some();
        self.owner = if is_persons { Owner::Person } else { Owner::Class(0) };
        self.budgets.clear();
        self.given.push((given, Groups::new()));
    }

    /// Says what is directly in what was given: all of it may be in one folder of the same name.
    fn begins_with<'b>(&mut self, mut first: impl Iterator<Item = &'b str>) {
        let is_wrapped = self.given.last().is_some_and(|(given, _)| given.is_wrapped(&mut first));
        if let (Owner::Class(at), true) = (&mut self.owner, is_wrapped) {
            *at = 1;
        }
    }

    /// What is left for the person whose it is; nothing limits a class.
    fn budget(&mut self, here: &Position) -> Option<&mut Budget> {
        let person = match self.owner {
            Owner::Person => String::new(),
            Owner::Class(at) => here.inside.get(at)?.clone(),
        };
        Some(self.budgets.entry(person).or_insert(Budget::WHOLE))
    }

    /// Takes so many files and folders from what is left.
    fn take(&mut self, count: usize, here: &Position) -> Result<()> {
        let Some(budget) = self.budget(here) else { return Ok(()) };
        let most = Limits::PERSON.entries;
        ensure!(count <= budget.entries, "more than {most} files and folders, the limit: hand in the notebook alone");
        budget.entries -= count;
        Ok(())
    }

    fn folder(&mut self, folder: &Path, here: &Position) -> Result<()> {
        let unreadable = |error| Machine::fault(&format!("cannot read the folder {}", folder.display()), error);
        let most = self.budget(here).map_or(usize::MAX, |budget| budget.entries.saturating_add(1));
        let entries = fs::read_dir(folder).and_then(|entries| entries.take(most).collect::<Result<Vec<_>, _>>());
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
        if here.inside.is_empty() {
            let names: Vec<String> =
                entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
            self.begins_with(names.iter().map(String::as_str));
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
                let size = entry.metadata().map_or(0, |data| data.len());
                self.put(&below, Kind::Other(own, size));
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
        let limits = self.limits(here);
        let listed = Archive::open(path, limits).and_then(|archive| self.inside(archive, path, &[], here));
        self.or_nothing(listed, here)
    }

    fn limits(&mut self, here: &Position) -> Limits {
        if self.budget(here).is_some() { Limits::PERSON } else { Limits::CLASS }
    }

    /// The entries of a zip file in another one, as far as its owner's are neither too many nor too large.
    fn nested(&mut self, archive: &mut Archive, index: usize, place: &Place, here: &Position) -> Result<()> {
        let limits = self.limits(here);
        let mut whole = Budget::WHOLE;
        let budget = self.budget(here).unwrap_or(&mut whole);
        if budget.zips == 0 && std::mem::replace(&mut budget.is_told, true) {
            return Ok(());
        }
        ensure!(budget.zips > 0, "more than {MOST_ZIPS_IN_ONE} zip files in one");
        budget.zips -= 1;
        let nested = archive.nested(index, limits, &mut budget.bytes)?;
        self.inside(nested, &place.archive, &place.entries, here)
    }

    /// The entries of an open zip file.
    fn inside(&mut self, mut archive: Archive, path: &Path, outer: &[usize], here: &Position) -> Result<()> {
        self.take(archive.len(), here)?;
        let entries = archive.entries()?;
        if here.inside.is_empty() {
            self.begins_with(entries.iter().map(|entry| entry.parts().next().unwrap_or_default()));
        }
        let is_class = self.budget(here).is_none();
        let is_notebook = |entry: &Entry| !entry.is_folder && name::is_notebook(entry.name());
        let notebooks = entries.iter().filter(|entry| is_notebook(entry)).count();
        if !is_class && notebooks > MOST_IN_ONE {
            anyhow::bail!("{notebooks} notebooks in one zip file, more than {MOST_IN_ONE}");
        }
        if entries.is_empty() {
            self.put(here, Kind::Empty);
        }
        for entry in entries {
            let parts: Vec<String> = entry.parts().map(str::to_owned).collect();
            let below = here.below(&parts);
            if let (true, Err(error)) = (is_class, self.take(1, &below)) {
                self.put(&below, Kind::Stopped(error.to_string()));
                continue;
            }
            let is_work = is_notebook(&entry) || name::is_zip(entry.name());
            let cost = archive.cost.saturating_add(entry.size);
            let place = Place { archive: path.to_owned(), entries: [outer, &[entry.index]].concat(), cost };
            if entry.is_folder {
                self.put(&below, Kind::Empty);
            } else if entry.is_doubled && is_work {
                // Of the files of one name only the last can be read, and it is not known which one counts.
                let why = format!(
                    "the zip file holds several files under one name, and none is marked before it is clear which one counts \
                     and whose it is: {}. Take away or rename the others",
                    origin(&below)
                );
                self.put(&below, Kind::Stopped(why));
            } else if name::is_zip(entry.name()) && entry.refused.is_none() {
                let listed = self.nested(&mut archive, entry.index, &place, &below);
                self.or_nothing(listed, &below)?;
            } else if !is_work || name::is_zip(entry.name()) {
                self.put(&below, Kind::Other(entry.name().to_owned(), entry.size));
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
        if let Some((given, groups)) = self.given.last_mut() {
            groups.entry(given.key(&here.inside)).or_default().put(origin(here), kind);
        }
    }

    /// Gives each its name.
    pub fn finish(self) -> Submissions {
        submissions(self.given, self.chapters, self.are_persons)
    }
}

/// Whether a zip file is called inside as a platform calls what it makes of a class.
fn is_platforms(path: &Path) -> bool {
    let given = Given::archive(&last_name(path));
    let Ok(entries) = Archive::open(path, Limits::CLASS).and_then(|mut archive| archive.entries()) else {
        return false;
    };
    let key = |entry: Entry| given.key(&entry.parts().map(str::to_owned).collect::<Vec<_>>());
    let keys: BTreeSet<Vec<String>> = entries.into_iter().map(key).collect();
    given.is_platforms(&keys.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

fn origin(here: &Position) -> String {
    plain_text::line(&plain_text::cut(&here.origin, LONGEST_ORIGIN))
}

fn last_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
