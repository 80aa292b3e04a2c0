//! What was found, by person.

use std::collections::BTreeMap;

use super::archive::MOST_UNPACKED;
use super::name::{self, Given, Name};
use super::others::Others;
use super::{Found, Source, Submissions};

/// More notebooks than anybody hands in.
pub const MOST_IN_ONE: usize = 50;
/// Of so many documents among the notebooks of a class it is asked whose they are.
const MOST_FLAT: usize = 2_000;
/// So many people are named.
const MOST_NAMES: usize = 3;
/// What was found in one thing that was given, by as much of the names as the ids follow from.
pub type Groups = BTreeMap<Vec<String>, Group>;

/// All that is called by one name.
#[derive(Default)]
pub struct Group {
    notebooks: Vec<(String, Source)>,
    others: Others,
    /// Where a folder or zip file is empty.
    empty: Option<String>,
    /// Where it was found, and why none of this can be marked.
    stopped: Option<(String, String)>,
}

/// A file, or a folder or zip file in which there is none.
pub enum Kind {
    /// A notebook, or what should be one.
    Notebook(Source),
    /// A file of this name and so many bytes.
    Other(String, u64),
    Empty,
    /// For a reason, nothing of this person can be marked.
    Stopped(String),
}

impl Group {
    pub fn put(&mut self, origin: String, kind: Kind) {
        match kind {
            Kind::Notebook(source) => self.notebooks.push((origin, source)),
            Kind::Other(name, size) => self.others.put(&name, size, origin),
            Kind::Empty => _ = self.empty.get_or_insert(origin),
            Kind::Stopped(why) => _ = self.stopped.get_or_insert((origin, why)),
        }
    }

    fn join(&mut self, other: Group) {
        self.notebooks.extend(other.notebooks);
        self.others.join(other.others);
        self.empty = self.empty.take().or(other.empty);
        self.stopped = self.stopped.take().or(other.stopped);
    }

    fn is_empty(&self) -> bool {
        self.notebooks.is_empty() && self.others.count == 0 && self.empty.is_none() && self.stopped.is_none()
    }

    fn found(self, id: &str) -> Vec<Found> {
        let beside = self.beside();
        let Group { mut notebooks, others, empty, stopped } = self;
        if let Some((origin, why)) = stopped {
            notebooks = vec![(origin, Source::Nothing(why))];
        } else if let Some(why) = too_much(&notebooks) {
            let origin = std::mem::take(&mut notebooks[0].0);
            notebooks = vec![(origin, Source::Nothing(why))];
        } else if notebooks.is_empty() && others.count > 0 {
            let some = others.told();
            notebooks.push((some.clone(), Source::Nothing(format!("no notebook was handed in, only {some}"))));
        } else if let (true, Some(origin)) = (notebooks.is_empty(), empty) {
            let why = "nothing was handed in: the folder or zip file is empty".to_owned();
            notebooks.push((origin, Source::Nothing(why)));
        }
        let found = |(origin, source)| Found { id: id.to_owned(), origin, source, beside: beside.clone() };
        notebooks.into_iter().map(found).collect()
    }

    /// The documents beside a notebook, as they are told.
    fn beside(&self) -> Option<String> {
        (!self.notebooks.is_empty()).then(|| self.others.documents.told())?
    }
}

/// Gives each its name. Whoever handed in something has an entry, whatever it was.
pub fn submissions(given: Vec<(Given, Groups)>, chapters: &[String], are_persons: bool) -> Submissions {
    let mut people: BTreeMap<String, (String, Group)> = BTreeMap::new();
    let (mut skipped, mut notes, mut flat) = (Others::default(), Vec::new(), Vec::new());
    for (given, groups) in given {
        let keys: Vec<&[String]> = groups.keys().map(Vec::as_slice).collect();
        let names = given.names(&keys, chapters, are_persons);
        for (mut group, Name { id, is_persons, is_inside }) in groups.into_values().zip(names) {
            // A list of marks in the folder of a class is nobody's work; nor is the class's own folder.
            if !is_persons {
                let others = std::mem::take(&mut group.others);
                let room = MOST_FLAT.saturating_sub(flat.len());
                flat.extend(others.documents.some.iter().take(room).map(|(name, size)| (name.clone(), *size)));
                skipped.join(others);
            }
            group.empty = group.empty.filter(|_| is_inside);
            if group.is_empty() {
                continue;
            }
            let (known, all) = people.entry(id.to_lowercase()).or_insert_with(|| (id.clone(), Group::default()));
            *known = std::mem::take(known).min(id);
            all.join(group);
        }
    }
    for (document, size) in flat {
        if let Some(owner) = owner(&document, &people, chapters) {
            people.entry(owner).and_modify(|(_, group)| group.others.put(&document, size, document.clone()));
        }
    }
    notes.extend(beside(&people));
    if let Some(first) = skipped.first {
        let more = skipped.count - 1;
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        notes.push(format!("skipped, not a notebook: {first}{more}"));
    }
    let mut all = people.values();
    if let (Some((id, Group { notebooks, .. })), None) = (all.next(), all.next())
        && notebooks.len() > 1
    {
        notes.push(format!(
            "all {} notebooks are called {id}: if they are of several people, give each person a file or a folder of their own name, and \
             where a zip file holds the class's folder, unpack it and name that",
            notebooks.len()
        ));
    }
    let mut found: Vec<Found> = people.into_values().flat_map(|(id, group)| group.found(&id)).collect();
    found.sort_by(|a, b| (&a.id, &a.origin).cmp(&(&b.id, &b.origin)));
    Submissions { found, notes }
}

/// Whose a document is that lies among the notebooks of a class: the only one whose name it begins with, behind a chapter's.
fn owner(document: &str, people: &BTreeMap<String, (String, Group)>, chapters: &[String]) -> Option<String> {
    let name = name::safe(document).to_lowercase();
    let behind = chapters.iter().find_map(|chapter| name.strip_prefix(chapter.as_str()));
    let name = behind.unwrap_or(&name).trim_start_matches(|start: char| !start.is_alphanumeric());
    let is_owner = |id: &&String| {
        let rest = name.strip_prefix(id.as_str()).filter(|_| !id.is_empty());
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    // `Anna Ek.pdf` is of `Anna Ek`, and not of `Anna`.
    let owners: Vec<&String> = people.keys().filter(is_owner).collect();
    owners.into_iter().max_by_key(|id| id.len()).cloned()
}

/// Who handed in documents beside a notebook, which nobody reads but the teacher.
fn beside(people: &BTreeMap<String, (String, Group)>) -> Option<String> {
    let all: Vec<String> =
        people.values().filter_map(|(id, group)| Some(format!("{id}: {}", group.beside()?))).collect();
    let told = all[..all.len().min(MOST_NAMES)].join("; ");
    let more = match all.len().saturating_sub(MOST_NAMES) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    (!all.is_empty()).then(|| {
        format!("beside a notebook, for you to look at where it leaves a question in words open: {told}{more}")
    })
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
