//! What is after `// %%`.

use std::collections::BTreeMap;

use super::Exercise;

/// A cell's marker, read.
#[derive(Debug)]
pub struct CellHeader {
    pub role: Role,
    pub markdown: bool,
    /// Of an exercise or a text.
    pub exercise: Option<Exercise>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Plain,
    /// Code that a learner runs and need not read.
    Folded,
    Exercise,
    Text,
    Check,
    Hint,
}

const TAGS: [&str; 6] = ["[markdown]", "folded", "exercise", "text", "check", "hint"];
const ATTRIBUTES: [&str; 3] = ["id", "points", "minutes"];
/// The ids of generated cells end so.
const KEPT: [&str; 3] = ["-check", "-hint", "-solution"];
/// More would be a slip, and a cell's id has at most 64 characters.
const LONGEST_ID: usize = 40;

/// The words of a marker, when the line is one.
pub fn words(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix("//")?.trim_start().strip_prefix("%%")
}

/// Reads a marker's words, and says what is wrong with them.
pub fn read(words: &str) -> (CellHeader, Vec<String>) {
    let mut problems = Vec::new();
    let mut tags = Vec::new();
    let mut values = BTreeMap::new();
    for word in split(words, &mut problems) {
        match word.split_once('=') {
            None if TAGS.contains(&word.as_str()) => tags.push(word),
            None => problems.push(format!("unknown word `{word}` after %%{}", suggestion(&word, &TAGS))),
            Some((name, value)) if ATTRIBUTES.contains(&name) => {
                if values.insert(name.to_string(), value.to_string()).is_some() {
                    problems.push(format!("{name} is given twice: keep one"));
                }
            }
            Some((name, _)) => problems.push(format!("unknown attribute `{name}`{}", suggestion(name, &ATTRIBUTES))),
        }
    }
    let markdown = tags.iter().any(|tag| tag == "[markdown]");
    let roles: Vec<&str> = tags.iter().map(String::as_str).filter(|tag| *tag != "[markdown]").collect();
    if roles.len() > 1 {
        problems.push(format!("a cell cannot be {}: keep one of them", roles.join(" and ")));
    }
    let role = role(roles.first().copied(), markdown, &mut problems);
    // After a misspelt word it is not known what the cell was to be.
    let readable = problems.is_empty();
    let exercise = match role {
        Role::Exercise | Role::Text => {
            exercise(&values, if role == Role::Text { "text" } else { "exercise" }, &mut problems)
        }
        _ => {
            if let (true, Some(name)) = (readable, values.keys().next()) {
                problems.push(format!("{name} belongs to an exercise: write `exercise {name}=…`, or delete it here"));
            }
            None
        }
    };
    (CellHeader { role, markdown, exercise }, problems)
}

fn role(tag: Option<&str>, markdown: bool, problems: &mut Vec<String>) -> Role {
    let (role, mistake) = match (tag, markdown) {
        (Some("folded"), false) => (Role::Folded, None),
        (Some("folded"), true) => (Role::Plain, Some("what is folded is code: write `// %% folded`")),
        (Some("exercise"), false) => (Role::Exercise, None),
        (Some("exercise"), true) => (
            Role::Text,
            Some("an exercise is code: write `// %% exercise`, or `// %% [markdown] text` if it is answered in words"),
        ),
        (Some("text"), true) => (Role::Text, None),
        (Some("text"), false) => (Role::Text, Some("a text is markdown: write `// %% [markdown] text`")),
        (Some("check"), false) => (Role::Check, None),
        (Some("check"), true) => (Role::Check, Some("a check is code: write `// %% check`")),
        (Some("hint"), true) => (Role::Hint, None),
        (Some("hint"), false) => (Role::Hint, Some("a hint is markdown: write `// %% [markdown] hint`")),
        _ => (Role::Plain, None),
    };
    problems.extend(mistake.map(String::from));
    role
}

fn exercise(values: &BTreeMap<String, String>, what: &str, problems: &mut Vec<String>) -> Option<Exercise> {
    let id = match values.get("id") {
        None => {
            problems.push(format!("{what} without id: add id=name_of_the_exercise"));
            None
        }
        Some(id) => match id_mistake(id) {
            None => Some(id.clone()),
            Some(mistake) => {
                problems.push(mistake);
                None
            }
        },
    };
    if !values.contains_key("points") {
        problems.push(format!("{what} without points: add points=1 or more, or points=0 if it does not count"));
    }
    let points = number(values, "points", problems);
    let minutes = number(values, "minutes", problems);
    Some(Exercise { id: id?, points: points?, minutes })
}

fn number(values: &BTreeMap<String, String>, name: &str, problems: &mut Vec<String>) -> Option<u32> {
    let value = values.get(name)?;
    let number = value.parse().ok();
    if number.is_none() {
        problems.push(format!("{name}={value} is not a whole number: write for example {name}=4"));
    }
    number
}

fn id_mistake(id: &str) -> Option<String> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
    if id.is_empty() || id.len() > LONGEST_ID || !id.chars().all(allowed) {
        return Some(format!("the id `{id}` cannot name a cell: use 1 to {LONGEST_ID} of a-z, 0-9, _ and -"));
    }
    let kept = KEPT.iter().find(|kept| id.contains(*kept))?;
    Some(format!("the id `{id}` is like that of a generated cell: write it without `{kept}`"))
}

/// Splits at blanks outside quotes.
fn split(words: &str, problems: &mut Vec<String>) -> Vec<String> {
    let mut split = vec![String::new()];
    let mut quoted = false;
    for character in words.chars() {
        match character {
            '"' => quoted = !quoted,
            blank if blank.is_whitespace() && !quoted => split.push(String::new()),
            other => {
                if let Some(word) = split.last_mut() {
                    word.push(other);
                }
            }
        }
    }
    if quoted {
        problems.push("a quote is not closed: add \" after the value".to_string());
    }
    split.retain(|word| !word.is_empty());
    split
}

fn suggestion(word: &str, known: &[&str]) -> String {
    known
        .iter()
        .map(|known| (strsim::damerau_levenshtein(&word.to_lowercase(), known), known))
        .filter(|(distance, known)| *distance <= known.len().div_ceil(3))
        .min_by_key(|(distance, _)| *distance)
        .map_or_else(|| format!(": use one of {}", known.join(", ")), |(_, known)| format!(": did you mean `{known}`?"))
}
