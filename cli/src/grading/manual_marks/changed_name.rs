//! What a spreadsheet makes of names that look like numbers or dates.

/// Whether a spreadsheet may have written this where there was a submission's name. Two people's answers may be the same, and
/// so may one's earlier answer and another's: that alone says nothing.
pub fn may_be_made_of(written: &str, id: &str) -> bool {
    let number = |text: &str| text.trim().replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
    match (number(written), number(id)) {
        // Of a long number a spreadsheet writes six digits.
        (Some(one), Some(other)) => (one - other).abs() <= 1e-4 * other.abs(),
        (None, _) => is_date(written) && is_read_as_date(id),
        (Some(_), None) => false,
    }
}

/// Whether a spreadsheet takes a name for a date: `MAR1`, `1-2`, `3.4.2026`. Day, month and year are its parts.
fn is_read_as_date(id: &str) -> bool {
    const MONTHS: &str = "jan feb fev mar mrz apr avr may mai jun jui jul aug aou sep oct okt nov dec dez";
    let kind = |letter: &u8| (letter.is_ascii_digit(), letter.is_ascii_alphabetic());
    let parts: Vec<&[u8]> = id.as_bytes().chunk_by(|one, next| kind(one) == kind(next)).collect();
    let (numbers, others): (Vec<&[u8]>, Vec<&[u8]>) = parts.into_iter().partition(|part| part[0].is_ascii_digit());
    let (words, signs): (Vec<&[u8]>, Vec<&[u8]>) = others.into_iter().partition(|part| part[0].is_ascii_alphabetic());
    let is_month = |word: &[u8]| {
        word.get(..3).is_some_and(|word| MONTHS.split(' ').any(|month| word.eq_ignore_ascii_case(month.as_bytes())))
    };
    !numbers.is_empty()
        && (2..=3).contains(&(numbers.len() + words.len()))
        && numbers.iter().all(|number| number.len() <= 4)
        && words.iter().all(|word| is_month(word))
        && signs.iter().all(|sign| matches!(sign, [b'.' | b'-' | b'/' | b' ' | b',', ..] if sign.len() <= 2))
}

/// `02.Mai`, `2-May`, `02.05.2026`.
pub fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['.', '-', '/', ' ']).filter(|part| !part.is_empty()).collect();
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    (2..=3).contains(&parts.len()) && parts.iter().any(is_number) && parts.iter().all(|part| part.len() <= 9)
}

#[cfg(test)]
mod tests {
    use super::is_read_as_date;

    #[test]
    fn names_that_a_spreadsheet_takes_for_dates_are_known() {
        for (id, is_date) in [
            ("MAR1", true),
            ("1-2", true),
            ("3.4.2026", true),
            ("02 May", true),
            ("sept-9", true),
            ("00123 0", false),
            ("970 00123 0", false),
            ("MAR1 25 7", false),
            ("=1+1 7", false),
            ("maria", false),
            ("anna 3", false),
            ("123", false),
        ] {
            assert_eq!(is_read_as_date(id), is_date, "{id}");
        }
    }
}
