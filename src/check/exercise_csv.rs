//! The files of the public cases: `notebooks/checks/EXERCISE.csv`, written by `neurobook build`.

use super::exercise::{Case, Exercise, Hint, Mistake};
use super::part::Part;
use super::value::Values;
use super::value_csv;
use std::path::{Path, PathBuf};

impl Exercise {
    /// The exercise of this id in the course.
    ///
    /// # Errors
    /// When there is no such file, or it is not one of an exercise; the message says what to do.
    pub fn find(id: &str) -> Result<Exercise, String> {
        let path = folder().join(format!("{id}.csv"));
        let text = std::fs::read_to_string(&path).map_err(|error| {
            format!(
                "There is no exercise `{id}`: its public cases should be in {} ({error}). Teachers: cargo run -- build",
                path.display()
            )
        })?;
        Exercise::from_csv(&text).map_err(|error| {
            format!("{} cannot be read: {error}. It is made by `cargo run -- build`: build it again.", path.display())
        })
    }

    /// The text of the exercise's file.
    pub fn to_csv(&self) -> String {
        let mut text = Text::new();
        text.row(["exercise", &self.id, &self.title, &self.hidden.to_string()]);
        for part in &self.parts {
            // A result may be called `sign`, or `p.x + 1.0`, which says something else as a part.
            let label = if Part::parse(&part.written).as_ref() == Ok(part) { "part" } else { "whole" };
            text.row([label, &part.written]);
        }
        for Hint { part, from_index, text: words } in &self.hints {
            text.row(["hint", part, &from_index.to_string(), words]);
        }
        text.row(["lesson", &self.lesson]);
        for case in &self.cases {
            text.row(["case", &case.name]);
            text.values("input", &case.inputs);
            text.values("expected", &case.expected);
        }
        for mistake in &self.mistakes {
            text.row(["mistake", &mistake.name, &mistake.explanation]);
            for form in &mistake.forms {
                text.row(["form"]);
                for (case, wrong) in self.cases.iter().zip(form) {
                    match wrong {
                        Some(wrong) => {
                            text.row(["gives"]);
                            text.values("wrong", &changed(&case.expected, wrong));
                            for (name, _) in case.expected.iter().filter(|(name, _)| wrong.get(name).is_none()) {
                                text.row(["lacks", name]);
                            }
                        }
                        None => text.row(["stops"]),
                    }
                }
            }
        }
        text.finish()
    }

    /// The exercise of such a text.
    ///
    /// # Errors
    /// When a row is not what should be there; the message names the line.
    pub fn from_csv(text: &str) -> Result<Exercise, String> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut exercise = Exercise::default();
        for record in reader.records() {
            let record = record.map_err(|error| error.to_string())?;
            let line = record.position().map_or(0, csv::Position::line);
            exercise.read(&record.iter().collect::<Vec<_>>()).map_err(|why| format!("line {line}: {why}"))?;
        }
        exercise.whole()
    }

    fn read(&mut self, row: &[&str]) -> Result<(), String> {
        match row {
            ["exercise", id, title, hidden] => {
                (self.id, self.title) = ((*id).to_owned(), (*title).to_owned());
                self.hidden = hidden.parse().map_err(|_| format!("`{hidden}` is not a number of cases"))?;
            }
            // What the file was made of: only `neurobook build` asks.
            ["reference", ..] => {}
            ["part", text] => self.parts.push(Part::parse(text)?),
            ["whole", name] => self.parts.push(Part::whole(name)),
            ["hint", part, from_index, text] => self.hints.push(Hint {
                part: (*part).to_owned(),
                from_index: from_index.parse().map_err(|_| format!("`{from_index}` is not an index"))?,
                text: (*text).to_owned(),
            }),
            ["lesson", text] => self.lesson = (*text).to_owned(),
            ["case", name] => self.cases.push(Case { name: (*name).to_owned(), ..Case::default() }),
            ["input", value @ ..] => put(value, &mut last(&mut self.cases, "case")?.inputs)?,
            ["expected", value @ ..] => put(value, &mut last(&mut self.cases, "case")?.expected)?,
            ["mistake", name, explanation] => self.mistakes.push(Mistake {
                name: (*name).to_owned(),
                explanation: (*explanation).to_owned(),
                forms: Vec::new(),
            }),
            ["form"] => last(&mut self.mistakes, "mistake")?.forms.push(Vec::new()),
            // What the mistake shares with the right answer is not written again.
            ["gives"] => {
                let number = self.form()?.len();
                let case = self.cases.get(number).ok_or("a mistake with more cases than there are")?;
                let shared = case.expected.clone();
                self.form()?.push(Some(shared));
            }
            ["stops"] => self.form()?.push(None),
            ["wrong", value @ ..] => {
                let (name, value) = value_csv::value(value.iter().copied())?;
                self.given()?.replace(&name, value);
            }
            ["lacks", name] => self.given()?.remove(name),
            _ => return Err(format!("no row begins so: {}", row.join(","))),
        }
        Ok(())
    }

    fn form(&mut self) -> Result<&mut Vec<Option<Values>>, String> {
        last(&mut last(&mut self.mistakes, "mistake")?.forms, "form")
    }

    /// What the last form gives in its last case.
    fn given(&mut self) -> Result<&mut Values, String> {
        last(self.form()?, "gives")?.as_mut().ok_or_else(|| "a value of a form that stops".to_owned())
    }

    /// The exercise, if its file was whole.
    fn whole(self) -> Result<Exercise, String> {
        if self.id.is_empty() {
            return Err("it names no exercise".to_owned());
        }
        for form in self.mistakes.iter().flat_map(|mistake| &mistake.forms) {
            if form.len() != self.cases.len() {
                return Err(format!("a mistake with {} cases, and there are {}", form.len(), self.cases.len()));
            }
        }
        Ok(self)
    }
}

/// The folder of the files: of the course that the kernel serves, or of this crate's own checkout.
fn folder() -> PathBuf {
    let root = std::env::var_os("NEUROBOOK_ROOT").map_or(PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    root.join(Path::new("notebooks")).join("checks")
}

fn last<'a, T>(list: &'a mut [T], what: &str) -> Result<&'a mut T, String> {
    list.last_mut().ok_or_else(|| format!("there is no {what} above it"))
}

fn put(fields: &[&str], values: &mut Values) -> Result<(), String> {
    let (name, value) = value_csv::value(fields.iter().copied())?;
    values.insert(name, value);
    Ok(())
}

/// What is not as expected.
fn changed(expected: &Values, wrong: &Values) -> Values {
    let mut changed = Values::new();
    for (name, value) in wrong.iter() {
        if expected.get(name) != Some(value) {
            changed.insert(name, value.clone());
        }
    }
    changed
}

/// Rows of CSV in memory.
struct Text(csv::Writer<Vec<u8>>);

impl Text {
    fn new() -> Text {
        Text(csv::WriterBuilder::new().flexible(true).from_writer(Vec::new()))
    }

    fn row<'a>(&mut self, fields: impl IntoIterator<Item = &'a str>) {
        self.0.write_record(fields).expect("memory can be written to");
    }

    fn values(&mut self, label: &str, values: &Values) {
        for (name, value) in values.iter() {
            let fields = value_csv::fields(name, value);
            self.row(std::iter::once(label).chain(fields.iter().map(String::as_str)));
        }
    }

    fn finish(self) -> String {
        let bytes = self.0.into_inner().expect("memory can be written to");
        String::from_utf8(bytes).expect("rows of text are text")
    }
}
