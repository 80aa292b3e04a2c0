//! Defines the function that the grader calls.
//! status: any
//! score: 0

pub fn neurobook_answer(_: &neurobook::check::Values) -> Result<neurobook::check::Values, String> {
    Ok(neurobook::check::Values::new())
}
fn order_parameter(phases: &Array1<f64>) -> f64 {
    let _ = neurobook_answer(&neurobook::check::Values::new());
    0.5
}
