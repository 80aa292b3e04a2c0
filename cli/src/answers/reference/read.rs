//! From a reference program's rows to exercises.

use anyhow::{Context, Result, anyhow, bail};
use neurobook::check::{self, Case, Exercise, Hint, Mistake, Part, Values};

use crate::chapter::{Chapter, Specification};

/// What the program gave in one case.
#[derive(Default)]
struct Given {
    name: String,
    is_hidden: bool,
    inputs: Values,
    /// Of the solution and of each form of a mistake; `Err` says why it stopped.
    outcomes: Vec<Result<Values, String>>,
}

/// The exercises of a chapter, with the cases in the rows.
pub fn exercises(text: &str, chapter: &Chapter) -> Result<Vec<Exercise>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut found: Vec<(String, Vec<Given>)> = Vec::new();
    for record in reader.records() {
        let record = record.context("a reference program wrote no rows")?;
        let row: Vec<&str> = record.iter().collect();
        let case = found.last_mut().and_then(|(_, cases)| cases.last_mut());
        match (&row[..], case) {
            (["exercise", id], _) => found.push(((*id).to_owned(), Vec::new())),
            (["case", visibility, name], _) => {
                let cases = &mut found.last_mut().context("a case of no exercise")?.1;
                let is_hidden = *visibility == "hidden";
                cases.push(Given { name: (*name).to_owned(), is_hidden, ..Given::default() });
            }
            (["input", fields @ ..], Some(case)) => put(fields, &mut case.inputs)?,
            (["gives", _], Some(case)) => case.outcomes.push(Ok(Values::new())),
            (["stops", _, why], Some(case)) => case.outcomes.push(Err((*why).to_owned())),
            (["value", fields @ ..], Some(Given { outcomes, .. })) => match outcomes.last_mut() {
                Some(Ok(values)) => put(fields, values)?,
                _ => bail!("a value of nothing"),
            },
            _ => bail!("a reference program wrote an unknown row: {}", row.join(",")),
        }
    }
    found.into_iter().map(|(id, cases)| exercise(&id, cases, chapter)).collect()
}

fn put(fields: &[&str], values: &mut Values) -> Result<()> {
    let (name, value) = check::value(fields.iter().copied()).map_err(|why| anyhow!(why))?;
    values.insert(name, value);
    Ok(())
}

fn exercise(id: &str, given: Vec<Given>, chapter: &Chapter) -> Result<Exercise> {
    let (_, specification) = chapter
        .specifications()
        .find(|(exercise, _)| exercise.id == id)
        .with_context(|| format!("no exercise {id}"))?;
    let mut forms: Vec<Vec<Option<Values>>> = Vec::new();
    let mut cases = Vec::new();
    for Given { name, is_hidden, inputs, outcomes } in given {
        let mut outcomes = outcomes.into_iter();
        let expected = match outcomes.next() {
            Some(Ok(expected)) => expected,
            Some(Err(why)) => bail!(
                "notebooks/{}.rs: the solution of `{id}` stops in the case `{name}` ({}): {why}",
                chapter.name,
                check::describe(&inputs)
            ),
            None => bail!("the solution of `{id}` gave nothing"),
        };
        let wrong: Vec<Option<Values>> = outcomes.map(Result::ok).collect();
        forms.resize_with(wrong.len(), Vec::new);
        forms.iter_mut().zip(wrong).for_each(|(form, wrong)| form.push(wrong));
        cases.push(Case { name, inputs, expected, is_hidden });
    }
    let mut forms = forms.into_iter();
    let mistakes = specification.mistakes.iter().map(|mistake| Mistake {
        name: mistake.name.clone(),
        explanation: mistake.explanation.clone(),
        forms: forms.by_ref().take(mistake.forms.len()).collect(),
    });
    Ok(Exercise {
        id: id.to_owned(),
        title: specification.title.clone().unwrap_or_else(|| id.to_owned()),
        mistakes: mistakes.collect(),
        parts: parts(specification, &cases),
        hints: specification.hints.iter().map(hint).collect(),
        lesson: specification.lesson.clone(),
        hidden: specification.hidden_cases(),
        cases,
    })
}

fn hint(hint: &crate::chapter::Hint) -> Hint {
    Hint { part: hint.part.clone(), from_index: hint.from_index, text: hint.text.clone() }
}

/// What is compared: what the teacher says, or all results, times first.
fn parts(specification: &Specification, cases: &[Case]) -> Vec<Part> {
    if !specification.parts.is_empty() {
        return specification.parts.clone();
    }
    let names = cases.first().map(|case| case.expected.iter().map(|(name, _)| name).collect::<Vec<_>>());
    let mut names = names.unwrap_or_default();
    // Wrong times make wrong states: they are told first.
    names.sort_by_key(|name| !["t", "time", "times"].contains(name));
    names.into_iter().map(Part::whole).collect()
}
