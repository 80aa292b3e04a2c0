//! The line below an exercise: `check!(integrate_exponential(a, x0, dt, t_end) -> (x, t));`.

use super::exercise::Exercise;
use super::panics::{StopReason, catch_panic};
use super::value::Values;
use super::verdict::Verdict;

/// A learner's function, from named arguments to named results.
pub type Answer<'a> = dyn Fn(&Values) -> Result<Values, String> + 'a;

/// Checks a function on the public cases of its exercise, and says what is right and what is not.
///
/// The arguments and the results get names, which the messages use; a result of several parts is taken
/// apart, as in `-> (x, t)`. An argument that is borrowed has its `&`. A call of another form is
/// behind the exercise's name: `check!(length: |x, y| length(Point { x, y }) => l)`.
#[macro_export]
macro_rules! check {
    ($exercise:ident $($call:tt)+) => {
        $crate::check::check_answer(::std::stringify!($exercise), &$crate::answer!($exercise $($call)+))
    };
}

/// The function of a check, from named arguments to named results.
#[doc(hidden)]
#[macro_export]
macro_rules! answer {
    // The arguments, one by one; the collected ones are in brackets.
    (@call $arguments:ident $function:ident [$($done:tt)*] ()) => { $function($($done)*) };
    (@call $arguments:ident $function:ident [$($done:tt)*] (& $name:ident $(, $($rest:tt)*)?)) => {
        $crate::answer!(@call $arguments $function
            [$($done)* $crate::check::borrow_argument(&$crate::check::FromValues::take($arguments, ::std::stringify!($name))?),]
            ($($($rest)*)?))
    };
    (@call $arguments:ident $function:ident [$($done:tt)*] ($name:ident $(, $($rest:tt)*)?)) => {
        $crate::answer!(@call $arguments $function
            [$($done)* $crate::check::FromValues::take($arguments, ::std::stringify!($name))?,] ($($($rest)*)?))
    };
    (@results $result:ident ($($name:ident),+ $(,)?)) => {{
        let mut values = $crate::check::Values::new();
        let ($($name),+) = $result;
        $($crate::check::ToValues::put(&$name, ::std::stringify!($name), &mut values);)+
        values
    }};
    (@results $result:ident $name:ident) => {{
        let mut values = $crate::check::Values::new();
        $crate::check::ToValues::put(&$result, ::std::stringify!($name), &mut values);
        values
    }};
    // `=> p: p.x, p.y`, of a result that is a struct.
    (@results $result:ident $name:ident : $($part:expr),+) => {{
        let mut values = $crate::check::Values::new();
        let $name = $result;
        $($crate::check::ToValues::put(&$part, ::std::stringify!($part), &mut values);)+
        values
    }};
    // Without arguments the two bars are one token.
    ($exercise:ident : || $call:expr => $($results:tt)+) => { $crate::answer!($exercise: | | $call => $($results)+) };
    ($exercise:ident : |$($name:ident),* $(,)?| $call:expr => $($results:tt)+) => {
        |arguments: &$crate::check::Values| -> ::std::result::Result<$crate::check::Values, ::std::string::String> {
            let _ = arguments;
            $(let $name = $crate::check::FromValues::take(arguments, ::std::stringify!($name))?;)*
            let result = $call;
            ::std::result::Result::Ok($crate::answer!(@results result $($results)+))
        }
    };
    ($function:ident ($($argument:tt)*) -> $($results:tt)+) => {
        |arguments: &$crate::check::Values| -> ::std::result::Result<$crate::check::Values, ::std::string::String> {
            let _ = arguments;
            let result = $crate::answer!(@call arguments $function [] ($($argument)*));
            ::std::result::Result::Ok($crate::answer!(@results result $($results)+))
        }
    };
}

/// Runs the function on the public cases and shows the verdict. All of it but the function is compiled
/// with the crate, and not again in the learner's cell.
pub fn check_answer(exercise: &str, answer: &Answer) -> Verdict {
    let verdict = match Exercise::find(exercise) {
        Ok(exercise) => exercise.check(answer),
        Err(why) => Verdict::could_not_check(exercise, &why),
    };
    verdict.show();
    verdict
}

/// What the function gives for these arguments, or why it gives nothing.
pub fn outcome(answer: &Answer, inputs: &Values) -> Result<Values, StopReason> {
    match catch_panic(|| answer(inputs)) {
        Ok(Ok(values)) => Ok(values),
        Ok(Err(why)) => Err(StopReason::Panicked(why)),
        Err(stopped) => Err(stopped),
    }
}
