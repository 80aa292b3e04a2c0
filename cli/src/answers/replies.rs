//! Both ends of a program's pipes, as the grader sees them.

use neurobook::check::{self, Case, Outcome, StopReason, Value, Values};

use crate::support::plain_text;

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

    /// Adds these cases of an answer.
    pub fn add_all(&mut self, answer: &str, cases: &[Case]) {
        cases.iter().for_each(|case| self.add(answer, &case.inputs));
    }

    /// The bytes for the program.
    pub fn finish(self) -> Vec<u8> {
        self.0.into_inner().expect("memory can be written to")
    }

    fn row(&mut self, fields: &[String]) {
        self.0.write_record(fields).expect("memory can be written to");
    }
}

/// More results than this are nobody's.
const MOST_VALUES: usize = 300;
/// A longer message is cut.
const LONGEST_MESSAGE: usize = 1_000;
/// What is given for a case may be so many times as large as what is expected, and this many bytes more. Dozens of answers are
/// read before the first is judged: all that they print would be gigabytes of values.
const MOST_TIMES: usize = 4;
const MOST_BYTES_MORE: usize = 32_768;
/// What a field of a row takes in memory beside its bytes.
const FIELD: usize = 56;
const TOO_MUCH: &str = "Your function gave far more values, or far longer words, than were asked for.";

/// What a program replied, case by case; fewer than there were cases where it stopped before.
pub struct Replies {
    pub outcomes: Vec<Outcome>,
    /// What else it printed, for whoever looks for the reason.
    pub printed: String,
}

impl Replies {
    /// Reads a program's stdout. Whatever is not a reply in due form is taken for something printed. What is far larger than what
    /// is expected of these cases is not kept.
    pub fn read<'a>(stdout: &[u8], mark: &str, cases: impl IntoIterator<Item = &'a Case>) -> Replies {
        let mut rooms = cases.into_iter().map(|case| room(&case.expected));
        let mut next_room = rooms.next();
        let text = String::from_utf8_lossy(stdout);
        let mut replies = Replies { outcomes: Vec::new(), printed: String::new() };
        let begins = |text: &str| text.strip_prefix(mark).is_some_and(|rest| rest.starts_with(','));
        let mut values = Values::new();
        let mut count = 0;
        let mut stopped = None;
        let mut rest = &*text;
        // What comes behind the last case is about none.
        while let Some(room) = &mut next_room
            && !rest.is_empty()
        {
            let (row, more) = rest.split_at(if begins(rest) { row_length(rest) } else { line_length(rest) });
            rest = more;
            if !begins(row) {
                replies.printed.push_str(row);
                continue;
            }
            // As many fields as the longest of the others has, and one more.
            let short = fields(row, 4);
            match &short[1..] {
                [kind, ..] if kind == "value" => {
                    if count == MOST_VALUES {
                        let why = format!("Your function gave more than {MOST_VALUES} results, the limit.");
                        stopped.get_or_insert(StopReason::AtLimit(why));
                    } else if let Some(less) = room.checked_sub(size_of_row(row)) {
                        *room = less;
                        if let Ok((name, value)) = check::value(fields(row, usize::MAX)[2..].iter().map(String::as_str))
                        {
                            values.insert(name, value);
                            count += 1;
                        }
                    } else {
                        stopped.get_or_insert_with(|| StopReason::AtLimit(TOO_MUCH.to_owned()));
                    }
                }
                [kind, hint] if kind == "blank" => stopped = Some(StopReason::AtBlank(message(hint))),
                [kind, what] if kind == "stopped" => stopped = Some(StopReason::Panicked(message(what))),
                [kind] if kind == "end" => {
                    let values = std::mem::take(&mut values);
                    count = 0;
                    next_room = rooms.next();
                    replies.outcomes.push(stopped.take().map_or(Ok(values), Err));
                }
                _ => replies.printed.push_str(row),
            }
        }
        replies
    }
}

/// The bytes that may be given for a case of which this is expected.
fn room(expected: &Values) -> usize {
    let bytes: usize = expected.iter().map(|(name, value)| name.len() + size(value)).sum();
    MOST_TIMES * bytes + MOST_BYTES_MORE
}

/// About as many bytes as a value takes, here or as a row.
fn size(value: &Value) -> usize {
    let words: usize = value.texts().iter().map(|word| FIELD + word.len()).sum();
    words + 2 * FIELD * value.numbers().len()
}

/// The same of a row that has not been taken apart.
fn size_of_row(row: &str) -> usize {
    row.len() + FIELD * row.bytes().filter(|byte| *byte == b',').count()
}

fn line_length(text: &str) -> usize {
    text.find('\n').map_or(text.len(), |end| end + 1)
}

/// The length of the row at the beginning of a text: a quoted field may go on over several lines.
fn row_length(text: &str) -> usize {
    let mut is_quoted = false;
    for (place, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' if !is_quoted => return place + 1,
            _ => {}
        }
    }
    text.len()
}

/// A learner's own last words, as far as a page has room for them.
fn message(text: &str) -> String {
    plain_text::visible(&plain_text::cut(text, LONGEST_MESSAGE)).into_owned()
}

/// The fields of a row of CSV, no more than so many; there is always one, the mark. A reader of the csv crate for each row would cost a
/// thousand times what a row does.
fn fields(row: &str, most: usize) -> Vec<String> {
    let mut rest = row.strip_suffix('\n').unwrap_or(row);
    let mut fields = Vec::new();
    loop {
        let mut field = String::new();
        if let Some(mut quoted) = rest.strip_prefix('"') {
            // A quote in a quoted field is written twice.
            loop {
                let end = quoted.find('"').unwrap_or(quoted.len());
                field += &quoted[..end];
                quoted = quoted.get(end + 1..).unwrap_or_default();
                let Some(more) = quoted.strip_prefix('"') else { break };
                field.push('"');
                quoted = more;
            }
            rest = quoted;
        }
        let end = rest.find(',');
        field += &rest[..end.unwrap_or(rest.len())];
        fields.push(field);
        match end {
            Some(end) if fields.len() < most => rest = &rest[end + 1..],
            _ => return fields,
        }
    }
}
