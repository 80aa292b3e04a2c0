//! What goes into a function of an exercise and what comes out, as named values of a few kinds.

use num_complex::Complex64;

/// One value: a number, a word, or an array of them.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number; a real one has an imaginary part of 0.
    Number(Complex64),
    /// Words, or `true` and `false`.
    Text(String),
    /// A list or a matrix of numbers.
    Numbers {
        /// `[n]` for a list, `[rows, columns]` for a matrix.
        shape: Vec<usize>,
        /// The numbers, row by row.
        values: Vec<Complex64>,
    },
    /// Several words.
    Texts(Vec<String>),
}

/// Values by their names, in the order in which they were put in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Values(Vec<(String, Value)>);

impl Values {
    /// No value yet.
    pub fn new() -> Values {
        Values::default()
    }

    /// Adds a value.
    pub fn insert(&mut self, name: impl Into<String>, value: Value) {
        self.0.push((name.into(), value));
    }

    /// The value of this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value)
    }

    /// Puts a value in the place of the one of this name, or behind the others.
    pub(super) fn replace(&mut self, name: &str, value: Value) {
        match self.0.iter_mut().find(|(other, _)| other == name) {
            Some((_, present)) => *present = value,
            None => self.insert(name, value),
        }
    }

    /// Takes the value of this name out.
    pub(super) fn remove(&mut self, name: &str) {
        self.0.retain(|(other, _)| other != name);
    }

    /// All names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Value {
    /// The numbers of the value; none where it is words.
    pub fn numbers(&self) -> &[Complex64] {
        match self {
            Value::Number(number) => std::slice::from_ref(number),
            Value::Numbers { values, .. } => values,
            Value::Text(_) | Value::Texts(_) => &[],
        }
    }

    /// The words of the value; none where it is numbers.
    pub fn texts(&self) -> &[String] {
        match self {
            Value::Text(text) => std::slice::from_ref(text),
            Value::Texts(texts) => texts,
            Value::Number(_) | Value::Numbers { .. } => &[],
        }
    }

    /// The lengths along its axes: none for a single value.
    pub fn shape(&self) -> Vec<usize> {
        match self {
            Value::Number(_) | Value::Text(_) => Vec::new(),
            Value::Numbers { shape, .. } => shape.clone(),
            Value::Texts(texts) => vec![texts.len()],
        }
    }
}
