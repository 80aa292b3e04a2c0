//! The other half of a reference program, which `neurobook` makes of a chapter's own solutions: it runs them
//! and their known mistakes on the public and the hidden inputs, and writes what they give.
//!
//! Rows of CSV on stdout: `exercise, ID`, then for each case `case, public | hidden, NAME`, `input, …` for each
//! argument, and for the solution and each form of a mistake `gives, WHICH` with `value, …`, or `stops, WHICH, message`.

use super::answer::{Answer, outcome};
use super::random::Random;
use super::value::Values;
use super::value_csv;
use std::io::{self, Write};

/// Makes the inputs of a case.
pub type Inputs = dyn Fn(&mut Random) -> Values;

/// One exercise of a chapter, as the program has it.
pub struct Source<'a> {
    /// The exercise's name in its chapter.
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
        let (mut public, mut hidden) = (Vec::new(), Vec::new());
        for (name, inputs) in &source.public {
            // A public case is always the same.
            let inputs = inputs(&mut Random::new(0, source.id, 0));
            case(&mut writer, source, "public", name, &inputs)?;
            public.push(inputs);
        }
        for (times, inputs) in &source.hidden {
            for _ in 0..*times {
                let Some(seed) = seed else { continue };
                let number = hidden.len() as u64 + 1;
                let inputs = drawn(inputs, (seed, source.id, number), &public, &hidden);
                case(&mut writer, source, "hidden", &format!("hidden {number}"), &inputs)?;
                hidden.push(inputs);
            }
        }
    }
    writer.flush()
}

/// More draws than this are not tried.
const MOST_DRAWS: u64 = 200;

/// The inputs of a hidden case: unlike those of all other cases, or at least of all hidden ones, as far as there are any.
/// Where they are chosen among a few words, the same ones come up again and again.
fn drawn(
    inputs: &dyn Fn(&mut Random) -> Values,
    (seed, id, number): (u64, &str, u64),
    public: &[Values],
    hidden: &[Values],
) -> Values {
    let draw = |attempt: u64| inputs(&mut Random::new(seed, id, number | attempt << 32));
    let first = draw(0);
    if !hidden.contains(&first) && !public.contains(&first) {
        return first;
    }
    let others: Vec<Values> = (1..MOST_DRAWS).map(draw).filter(|values| !hidden.contains(values)).collect();
    let new = others.iter().find(|values| !public.contains(values)).or(others.first());
    match new {
        Some(new) if hidden.contains(&first) || !public.contains(new) => new.clone(),
        _ => first,
    }
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
    row.extend(value_csv::fields(name, value));
    Ok(writer.write_record(row)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::value::Value;

    fn word(from: &'static [&'static str]) -> impl Fn(&mut Random) -> Values {
        move |random| one(random.choose(from))
    }

    fn one(word: &str) -> Values {
        let mut values = Values::new();
        values.insert("word", Value::Text(word.to_owned()));
        values
    }

    #[test]
    fn a_choice_among_a_few_words_gives_each_of_them_once() {
        for seed in 0..50 {
            let inputs = word(&["a", "b", "c", "d", "e"]);
            let (public, mut hidden) = (vec![one("e")], Vec::new());
            for number in 1..=4 {
                let values = drawn(&inputs, (seed, "x", number), &public, &hidden);
                assert!(!hidden.contains(&values) && !public.contains(&values), "{values:?}");
                hidden.push(values);
            }
            // Now the public one is left, and then nothing.
            assert_eq!(drawn(&inputs, (seed, "x", 5), &public, &hidden), one("e"));
            hidden.push(one("e"));
            assert!(hidden.contains(&drawn(&inputs, (seed, "x", 6), &public, &hidden)));
        }
    }
}
