//! A time on the command line, in seconds.

use std::time::Duration;

/// Reads a number of seconds, which may have a fraction.
///
/// # Errors
/// What is not a number, or not more than 0.
pub fn parse(text: &str) -> Result<Duration, String> {
    let limit = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    limit.filter(|limit| !limit.is_zero()).ok_or_else(|| "give a positive number of seconds".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fraction_of_a_second_is_a_time() {
        assert_eq!(parse("0.25"), Ok(Duration::from_millis(250)));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in ["0", "-1", "NaN", "inf", "1e300", "", "3 s", "1,5"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
