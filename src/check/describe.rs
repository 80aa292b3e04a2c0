//! Named values in a line: `a = -0.2 + 3i, x0 = 1, t: 51 values from 0 to 5`.

use super::compare::with_digits;
use super::value::{Value, Values};
use num_complex::Complex64;

/// Longer lists are told by their ends.
const SHOWN: usize = 8;

/// All values in one line.
pub fn describe(values: &Values) -> String {
    let each: Vec<String> = values.iter().map(|(name, value)| one(name, value)).collect();
    each.join(", ")
}

fn one(name: &str, value: &Value) -> String {
    match value {
        Value::Number(number) => format!("{name} = {}", short(number)),
        Value::Text(text) => format!("{name} = {text:?}"),
        Value::Texts(texts) if texts.len() <= SHOWN => format!("{name} = {texts:?}"),
        Value::Texts(texts) => format!("{name}: {} words", texts.len()),
        Value::Numbers { shape, values } => match shape[..] {
            [rows, columns] if columns > 0 && rows * columns <= SHOWN => {
                let rows: Vec<String> = values.chunks_exact(columns).map(list).collect();
                format!("{name} = [{}]", rows.join(", "))
            }
            [rows, columns] => format!("{name}: {rows} × {columns} values"),
            _ if values.len() <= SHOWN => format!("{name} = {}", list(values)),
            _ => {
                let (first, last) = (short(&values[0]), short(&values[values.len() - 1]));
                format!("{name}: {} values, from {first} to {last}", values.len())
            }
        },
    }
}

fn list(values: &[Complex64]) -> String {
    let values: Vec<String> = values.iter().map(short).collect();
    format!("[{}]", values.join(", "))
}

fn short(number: &Complex64) -> String {
    with_digits(*number, 6)
}
