/// A blank that the learner fills in. It has any type, so the cell around it compiles; running it
/// stops with the hint.
///
/// ```should_panic
/// # use neurobook::blank;
/// let rate: f64 = blank!("the right-hand side of the equation");
/// # let _ = rate;
/// ```
#[macro_export]
macro_rules! blank {
    ($hint:literal) => {
        ::std::panic!("{}{}", $crate::display::BLANK, $hint)
    };
    // Code in the place of the hint.
    ($($code:tt)*) => {
        ::std::compile_error!("code goes in place of the whole blank: leave out the word blank! and its brackets")
    };
}
