//! The other end of a grader's pipes: a learner's functions as a program from arguments to results.
//!
//! On stdin: `mark, WORD`, then for each case `case, EXERCISE`, `value, name, kind, …` and `end`. On stdout,
//! among whatever the functions print, rows that begin with WORD: `WORD, value, name, kind, …`, `WORD, stopped, message`,
//! `WORD, blank, hint` and `WORD, end`. The program knows no expected value: there is nothing in it to find.

use super::answer::{Answer, outcome};
use super::panics::StopReason;
use super::value::Values;
use super::value_csv;
use std::io::{self, Write};

/// Answers every case on stdin with the function of its exercise.
///
/// # Errors
/// When stdin is not what a grader writes, or stdout is closed.
pub fn serve(answers: &[(&str, &Answer)]) -> io::Result<()> {
    // All of it first: an answer that reads the keyboard finds the end of the input, neither waits nor takes a case away.
    let input = io::read_to_string(io::stdin())?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(input.as_bytes());
    let mut mark = String::new();
    let mut exercise = String::new();
    let mut inputs = Values::new();
    for record in reader.records() {
        let record = record.map_err(io::Error::other)?;
        match &record.iter().collect::<Vec<_>>()[..] {
            ["mark", word] => mark = (*word).to_owned(),
            ["case", id] => {
                exercise = (*id).to_owned();
                inputs = Values::new();
            }
            ["value", fields @ ..] => {
                let (name, value) = value_csv::value(fields.iter().copied()).map_err(io::Error::other)?;
                inputs.insert(name, value);
            }
            ["end"] => {
                let answer = answers.iter().find(|(id, _)| *id == exercise).map(|(_, answer)| *answer);
                let answer = answer.ok_or_else(|| io::Error::other(format!("no exercise {exercise}")))?;
                reply(&mark, outcome(answer, &inputs))?;
            }
            row => return Err(io::Error::other(format!("no row begins so: {}", row.join(",")))),
        }
    }
    Ok(())
}

/// Writes an outcome in one piece, on lines of its own.
fn reply(mark: &str, outcome: Result<Values, StopReason>) -> io::Result<()> {
    let mut rows = vec![];
    match outcome {
        Ok(values) => rows.extend(values.iter().map(|(name, value)| {
            let mut row = vec![mark.to_owned(), "value".to_owned()];
            row.extend(value_csv::fields(name, value));
            row
        })),
        Err(StopReason::AtBlank(hint)) => rows.push(vec![mark.to_owned(), "blank".to_owned(), hint]),
        Err(StopReason::Panicked(message) | StopReason::Ended(message) | StopReason::AtLimit(message)) => {
            rows.push(vec![mark.to_owned(), "stopped".to_owned(), message])
        }
    }
    rows.push(vec![mark.to_owned(), "end".to_owned()]);
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(b"\n".to_vec());
    for row in rows {
        writer.write_record(row).map_err(io::Error::other)?;
    }
    let bytes = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    let mut stdout = io::stdout().lock();
    stdout.write_all(&bytes)?;
    stdout.flush()
}
