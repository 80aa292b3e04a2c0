//! Named values as rows of CSV: in the files of the public cases, and between the grader and an answer.
//!
//! A row is `name, kind, …`: `x, number, 0.5`; `a, complex, -0.2, 3`; `word, text, saddle`;
//! `t, numbers, 3, 0, 0.1, 0.2` with the shape before the numbers (`2x2` for a matrix); `x, complexes, 1, 0.5, -1`;
//! `names, texts, theta_0, theta_1`.

use super::value::Value;
use num_complex::Complex64;

/// The fields of a named value.
pub fn fields(name: &str, value: &Value) -> Vec<String> {
    let mut fields = vec![name.to_owned()];
    match value {
        Value::Number(number) if is_real(number) => fields.extend(["number".to_owned(), text(number.re)]),
        Value::Number(number) => fields.extend(["complex".to_owned(), text(number.re), text(number.im)]),
        Value::Text(word) => fields.extend(["text".to_owned(), word.clone()]),
        Value::Numbers { shape, values } => {
            let shape: Vec<String> = shape.iter().map(usize::to_string).collect();
            if values.iter().all(is_real) {
                fields.extend(["numbers".to_owned(), shape.join("x")]);
                fields.extend(values.iter().map(|number| text(number.re)));
            } else {
                fields.extend(["complexes".to_owned(), shape.join("x")]);
                fields.extend(values.iter().flat_map(|number| [text(number.re), text(number.im)]));
            }
        }
        Value::Texts(words) => {
            fields.push("texts".to_owned());
            fields.extend(words.iter().cloned());
        }
    }
    fields
}

/// The named value of such fields.
///
/// # Errors
/// When they are not those of a value; the message says why.
pub fn value<'a>(fields: impl IntoIterator<Item = &'a str>) -> Result<(String, Value), String> {
    let mut fields = fields.into_iter();
    let name = fields.next().ok_or("a value without a name")?.to_owned();
    let kind = fields.next().ok_or_else(|| format!("{name} has no kind"))?;
    let mut rest = fields;
    let value = match kind {
        "number" | "complex" => {
            let parts = numbers(&name, rest)?;
            match (kind, &parts[..]) {
                ("number", [re]) => Value::Number(Complex64::from(*re)),
                ("complex", [re, im]) => Value::Number(Complex64::new(*re, *im)),
                _ => return Err(format!("{name}: {} parts of a {kind}", parts.len())),
            }
        }
        "text" => Value::Text(rest.next().ok_or_else(|| format!("{name} has no text"))?.to_owned()),
        "texts" => Value::Texts(rest.map(str::to_owned).collect()),
        "numbers" | "complexes" => {
            let shape = rest.next().ok_or_else(|| format!("{name} has no shape"))?;
            let shape: Vec<usize> = shape
                .split('x')
                .map(|length| length.parse().map_err(|_| format!("{name}: `{shape}` is not a shape")))
                .collect::<Result<_, _>>()?;
            let parts = numbers(&name, rest)?;
            let values: Vec<Complex64> = match kind {
                "numbers" => parts.iter().map(|re| Complex64::from(*re)).collect(),
                _ if parts.len() % 2 == 1 => return Err(format!("{name}: half a complex number")),
                _ => parts.chunks_exact(2).map(|pair| Complex64::new(pair[0], pair[1])).collect(),
            };
            let count = shape.iter().try_fold(1, |count: usize, length| count.checked_mul(*length));
            if count != Some(values.len()) {
                return Err(format!("{name}: {} numbers for the shape {shape:?}", values.len()));
            }
            Value::Numbers { shape, values }
        }
        _ => return Err(format!("{name}: `{kind}` is not a kind of value")),
    };
    Ok((name, value))
}

fn is_real(number: &Complex64) -> bool {
    // An imaginary part of -0 is one of 0: no comparison can tell them apart.
    number.im == 0.0
}

/// As few digits as give the same number again.
fn text(number: f64) -> String {
    format!("{number:?}")
}

fn numbers<'a>(name: &str, fields: impl Iterator<Item = &'a str>) -> Result<Vec<f64>, String> {
    fields.map(|field| field.parse().map_err(|_| format!("{name}: `{field}` is not a number"))).collect()
}
