//! Both ends of a program's pipes, as the grader sees them.

use neurobook::check::{self, Exercise, Outcome, Stopped, Values};

#[cfg(test)]
mod tests;

/// What is written to a program's stdin.
pub struct Cases(csv::Writer<Vec<u8>>);

impl Cases {
    /// No case yet. The mark tells the program's replies from whatever else it prints.
    pub fn new(mark: &str) -> Cases {
        let mut cases = Cases(csv::WriterBuilder::new().flexible(true).from_writer(Vec::new()));
        cases.row(&["mark".to_owned(), mark.to_owned()]);
        cases
    }

    /// Adds a case of an exercise.
    pub fn add(&mut self, exercise: &str, inputs: &Values) {
        self.row(&["case".to_owned(), exercise.to_owned()]);
        for (name, value) in inputs.iter() {
            let mut row = vec!["value".to_owned()];
            row.extend(check::fields(name, value));
            self.row(&row);
        }
        self.row(&["end".to_owned()]);
    }

    /// Adds the exercise's cases from this one on.
    pub fn add_all(&mut self, exercise: &Exercise, from: usize) {
        for case in &exercise.cases[from..] {
            self.add(&exercise.id, &case.inputs);
        }
    }

    /// The bytes for the program.
    pub fn finish(self) -> Vec<u8> {
        self.0.into_inner().expect("memory can be written to")
    }

    fn row(&mut self, fields: &[String]) {
        self.0.write_record(fields).expect("memory can be written to");
    }
}

/// What a program replied, case by case; fewer than there were cases where it stopped before.
pub struct Replies {
    pub outcomes: Vec<Outcome>,
    /// What else it printed, for whoever looks for the reason.
    pub printed: String,
}

impl Replies {
    /// Reads a program's stdout. Whatever is no reply in due form is taken for something printed.
    pub fn read(stdout: &[u8], mark: &str) -> Replies {
        let text = String::from_utf8_lossy(stdout);
        let mut replies = Replies { outcomes: Vec::new(), printed: String::new() };
        let begins = |line: &str| line.split(',').next() == Some(mark);
        let mut values = Values::new();
        let mut stopped = None;
        let mut lines = text.split_inclusive('\n');
        while let Some(line) = lines.next() {
            if !begins(line) {
                replies.printed.push_str(line);
                continue;
            }
            // A quoted field may go on over several lines.
            let mut row = line.to_owned();
            while row.matches('"').count() % 2 == 1 {
                let Some(more) = lines.next() else { break };
                row.push_str(more);
            }
            match &fields(&row)[1..] {
                [kind, fields @ ..] if kind == "value" => {
                    if let Ok((name, value)) = check::value(fields.iter().map(String::as_str)) {
                        values.insert(name, value);
                    }
                }
                [kind, hint] if kind == "blank" => stopped = Some(Stopped::AtBlank(hint.clone())),
                [kind, message] if kind == "stopped" => stopped = Some(Stopped::Panicked(message.clone())),
                [kind] if kind == "end" => {
                    let values = std::mem::take(&mut values);
                    replies.outcomes.push(stopped.take().map_or(Ok(values), Err));
                }
                _ => replies.printed.push_str(&row),
            }
        }
        replies
    }
}

fn fields(row: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(row.as_bytes());
    let record = reader.records().next().and_then(Result::ok).unwrap_or_default();
    let fields: Vec<String> = record.iter().map(str::to_owned).collect();
    // There is always the mark.
    if fields.is_empty() { vec![String::new()] } else { fields }
}
