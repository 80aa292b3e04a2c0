//! The other half of a reference program, which `neurobook` makes of a chapter's own solutions: it runs them
//! and their known mistakes on the public and the hidden inputs, and writes what they give.
//!
//! Rows of CSV on stdout: `exercise, ID`, then for each case `case, public | hidden, NAME`, `input, …` for each
//! argument, and for the solution and each form of a mistake `gives, WHICH` with `value, …`, or `stops, WHICH, message`.

use super::answer::{Answer, outcome};
use super::random::Random;
use super::rows;
use super::value::Values;
use std::io::{self, Write};

/// Makes the inputs of a case.
pub type Inputs = dyn Fn(&mut Random) -> Values;

/// One exercise of a chapter, as the program has it.
pub struct Source<'a> {
    pub id: &'a str,
    /// The public cases by their names.
    pub public: Vec<(&'a str, &'a Inputs)>,
    /// How often each of these is tried.
    pub hidden: Vec<(usize, &'a Inputs)>,
    /// The solution first, then the forms of the mistakes.
    pub answers: Vec<(&'a str, &'a Answer<'a>)>,
}

/// Runs everything and writes the rows. On stdin is the seed of the hidden inputs; without it there are none.
///
/// # Errors
/// When stdin cannot be read or stdout cannot be written to.
pub fn refer(sources: &[Source]) -> io::Result<()> {
    let seed: Option<u64> = io::read_to_string(io::stdin())?.trim().parse().ok();
    let stdout = io::stdout().lock();
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(io::BufWriter::new(stdout));
    for source in sources {
        writer.write_record(["exercise", source.id])?;
        let mut number = 0;
        for (name, inputs) in &source.public {
            // A public case is always the same.
            let inputs = inputs(&mut Random::new(0, source.id, 0));
            case(&mut writer, source, "public", name, &inputs)?;
        }
        for (times, inputs) in source.hidden.iter().filter(|_| seed.is_some()) {
            for _ in 0..*times {
                number += 1;
                let inputs = inputs(&mut Random::new(seed.unwrap_or_default(), source.id, number));
                case(&mut writer, source, "hidden", &format!("hidden {number}"), &inputs)?;
            }
        }
    }
    writer.flush()
}

fn case<W: Write>(
    writer: &mut csv::Writer<W>,
    source: &Source,
    visibility: &str,
    name: &str,
    inputs: &Values,
) -> io::Result<()> {
    writer.write_record(["case", visibility, name])?;
    for (name, value) in inputs.iter() {
        values(writer, "input", name, value)?;
    }
    for (which, answer) in &source.answers {
        match outcome(*answer, inputs) {
            Ok(given) => {
                writer.write_record(["gives", which])?;
                for (name, value) in given.iter() {
                    values(writer, "value", name, value)?;
                }
            }
            Err(stopped) => writer.write_record(["stops", which, &stopped.in_plain_words()])?,
        }
    }
    Ok(())
}

fn values<W: Write>(
    writer: &mut csv::Writer<W>,
    label: &str,
    name: &str,
    value: &super::value::Value,
) -> io::Result<()> {
    let mut row = vec![label.to_owned()];
    row.extend(rows::fields(name, value));
    Ok(writer.write_record(row)?)
}
