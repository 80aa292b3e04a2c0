//! What was found, by person.

use std::collections::{BTreeMap, BTreeSet};

use super::archive::MOST_UNPACKED;
use super::name::{Given, Name};
use super::{Found, Source, Submissions};
use crate::support::plain_text;

/// More notebooks than anybody hands in.
pub const MOST_IN_ONE: usize = 50;
/// A longer name is cut where it is told.
const LONGEST_NAME: usize = 100;
/// So many names of other files are told, and so many people that have them.
const MOST_NAMES: usize = 3;
/// Files in which answers in words are handed in beside a notebook: texts, and photos of them.
const DOCUMENT_ENDINGS: [&str; 17] = [
    "pdf", "doc", "docx", "odt", "rtf", "pages", "txt", "md", "tex", "html", "htm", "jpg", "jpeg", "png", "heic",
    "heif", "webp",
];

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

/// Files that are not notebooks. Somebody's ten thousand are counted, and a few named.
#[derive(Default)]
struct Others {
    count: usize,
    names: BTreeSet<String>,
    first: Option<String>,
    /// Those of them that may hold answers in words.
    documents: BTreeSet<String>,
}

/// A file, or a folder or zip file in which there is none.
pub enum Kind {
    /// A notebook, or what should be one.
    Notebook(Source),
    /// A file of this name.
    Other(String),
    Empty,
    /// For a reason, nothing of this person can be marked.
    Stopped(String),
}

impl Group {
    pub fn put(&mut self, origin: String, kind: Kind) {
        match kind {
            Kind::Notebook(source) => self.notebooks.push((origin, source)),
            Kind::Other(name) => {
                let name = plain_text::cut(&name, LONGEST_NAME).into_owned();
                let documents = is_document(&name).then(|| name.clone()).into_iter().collect();
                self.others.join(Others { count: 1, names: BTreeSet::from([name]), first: Some(origin), documents });
            }
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
        let names: Vec<_> = self.others.documents.iter().map(|name| plain_text::line(name)).collect();
        (!self.notebooks.is_empty() && !names.is_empty()).then(|| names.join(", "))
    }
}

/// Whether a file may hold what somebody wrote by hand or in another program.
fn is_document(name: &str) -> bool {
    let name = name.to_lowercase();
    // Blackboard writes such a file about each attempt.
    let is_platforms = name.contains("_attempt_") && name.ends_with(".txt");
    let is_of_the_course = name.starts_with("readme");
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    DOCUMENT_ENDINGS.contains(&ending) && !is_platforms && !is_of_the_course
}

impl Others {
    fn join(&mut self, other: Others) {
        self.count += other.count;
        for (own, others) in [(&mut self.names, other.names), (&mut self.documents, other.documents)] {
            own.extend(others);
            while own.len() > MOST_NAMES {
                own.pop_last();
            }
        }
        self.first = self.first.take().or(other.first);
    }

    fn told(&self) -> String {
        let names = self.names.iter().map(|name| plain_text::line(name)).collect::<Vec<_>>().join(", ");
        match self.count.saturating_sub(self.names.len()) {
            0 => names,
            more => format!("{names} and {more} more"),
        }
    }
}

/// Gives each its name. Whoever handed in something has an entry, whatever it was.
pub fn submissions(given: Vec<(Given, Groups)>, chapters: &[String], are_persons: bool) -> Submissions {
    let mut people: BTreeMap<String, (String, Group)> = BTreeMap::new();
    let (mut skipped, mut notes) = (Others::default(), Vec::new());
    for (given, groups) in given {
        let keys: Vec<&[String]> = groups.keys().map(Vec::as_slice).collect();
        let names = given.names(&keys, chapters, are_persons);
        for (mut group, Name { id, is_persons, is_inside }) in groups.into_values().zip(names) {
            // A list of marks in the folder of a class is nobody's work; nor is the class's own folder.
            if !is_persons {
                skipped.join(std::mem::take(&mut group.others));
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
            "all {} notebooks are called {id}: if they are of several people, unpack the zip file and name the folder {id}, in which each \
             person has a file or a folder of their name",
            notebooks.len()
        ));
    }
    let mut found: Vec<Found> = people.into_values().flat_map(|(id, group)| group.found(&id)).collect();
    found.sort_by(|a, b| (&a.id, &a.origin).cmp(&(&b.id, &b.origin)));
    Submissions { found, notes }
}

/// Who handed in documents beside a notebook, which nobody reads but the teacher.
fn beside(people: &BTreeMap<String, (String, Group)>) -> Option<String> {
    let all: Vec<String> =
        people.values().filter_map(|(id, group)| Some(format!("{id} ({})", group.beside()?))).collect();
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
