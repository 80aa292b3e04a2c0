//! One field of a table: a number, a gap, or something else.

/// The words for a value that is not there.
const MISSING: [&str; 12] = ["", "n/a", "na", "nan", "-nan", "+nan", "null", "none", "#n/a", "<na>", "nil", "."];

/// Whether a field says that there is no value: blank, or one of the words that BIDS, pandas, R, Excel and MATLAB have.
pub fn is_missing(text: &str) -> bool {
    text.len() <= 4 && MISSING.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// The number in a field, NaN where it is missing; none if it is something else.
pub fn parse(text: &str, decimal_comma: bool) -> Option<f64> {
    // Most fields are plain numbers.
    let starts_as_number = matches!(text.as_bytes().first(), Some(b'0'..=b'9' | b'-' | b'+' | b'.'));
    if starts_as_number && let Ok(number) = text.parse() {
        return Some(number);
    }
    if is_missing(text) {
        return Some(f64::NAN);
    }
    if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") {
        return Some(f64::from(u8::from(text.eq_ignore_ascii_case("true"))));
    }
    if decimal_comma && has_decimal_comma(text) {
        return text.replacen(',', ".", 1).parse().ok();
    }
    // "inf" and "Infinity".
    text.parse().ok()
}

/// Whether a field is a number that is written with a comma, such as 0,5.
pub fn has_decimal_comma(text: &str) -> bool {
    let Some((whole, fraction)) = text.split_once(',') else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = whole.trim_start_matches(['-', '+']);
    let fraction = fraction.split(['e', 'E']).next().unwrap_or_default();
    (whole.is_empty() || digits(whole)) && digits(fraction) && text.replacen(',', ".", 1).parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_gaps_and_truth_values_are_told_from_words() {
        for (text, value) in [
            ("1", 1.0),
            ("-.5e-3", -0.0005),
            ("+2.", 2.0),
            ("True", 1.0),
            ("FALSE", 0.0),
            ("1E+05", 1e5),
            ("-Inf", f64::NEG_INFINITY),
        ] {
            assert_eq!(parse(text, false), Some(value), "{text}");
        }
        for text in ["", "n/a", "NaN", "NA", "N/A", "null", "#N/A", "<NA>", "."] {
            assert!(parse(text, false).is_some_and(f64::is_nan), "{text}");
        }
        for text in ["left", "1,5", "1+2i", "5%", "89+", "1_000", "0x10", "1 000", "--1", "1d5", "1.234,5", "-"] {
            assert_eq!(parse(text, false), None, "{text}");
        }
        assert_eq!((parse("1,5", true), parse("-,5e1", true), parse("1.234,5", true)), (Some(1.5), Some(-5.0), None));
    }
}
