//! What axes cannot show: values that are not numbers any more, or beyond all bounds. A figure of them is empty or a single
//! step, and says so.

use super::Figure;
use super::series::{Kind, Series};
use super::ticks::power_of_ten;
use super::words::spoken;

/// No quantity of this course comes near.
const LARGEST: f64 = 1e100;

impl Figure {
    /// What is to be said of values that cannot be seen; nothing where all can, or where single ones are left out.
    pub(super) fn beyond(&self) -> Option<String> {
        let drawn = self.panels.iter().flat_map(|panel| &panel.series).filter(|series| series.kind != Kind::HeatMap);
        let mut said = drawn.filter_map(of_series);
        let first = said.next()?;
        Some(match said.count() {
            0 => first,
            1 => format!("{first} So it is with one more series."),
            more => format!("{first} So it is with {more} more series."),
        })
    }
}

fn of_series(series: &Series) -> Option<String> {
    // Where the place is not a number either, somebody has lifted the pen.
    let places = series.x.iter().zip(&series.y).filter(|(place, _)| !place.is_nan());
    let values: Vec<f64> = places.map(|(_, value)| *value).collect();
    let name = series.label.as_deref().map_or("the line".to_owned(), |label| format!("“{}”", spoken(label)));
    let from = values.iter().rposition(|value| value.is_finite()).map_or(0, |last| last + 1);
    // A gap between numbers is a gap that somebody wanted.
    if let Some(value) = values.get(from) {
        let (what, why) = match (value.is_nan(), from) {
            (true, 0) => {
                ("not a number (NaN)", "Measured values are missing there, or something like 0/0 was computed.")
            }
            (true, _) => (
                "not a number (NaN)",
                "Measured values are missing there, or something like 0/0 was computed, or the numbers grew beyond all bounds before.",
            ),
            (false, _) => ("infinite", "The numbers grew beyond all bounds."),
        };
        return Some(match from {
            0 => format!("Nothing of {name} can be shown: from its first value on it is {what}. {why}"),
            _ => format!("From value {} of {} on, {name} is {what} and is not shown. {why}", from + 1, values.len()),
        });
    }
    let largest = values.iter().filter(|value| value.is_finite()).fold(0.0_f64, |most, value| most.max(value.abs()));
    (largest >= LARGEST).then(|| {
        let power = power_of_ten(largest.log10().floor() as i32);
        let power = power.trim_start_matches([' ', '×', '\u{a0}', '\u{202f}']);
        format!(
            "The numbers of {name} grow to {power}, beyond all bounds: beside them, all that came before looks like 0."
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(values: &[f64]) -> Option<String> {
        let times: Vec<f64> = (0..values.len()).map(|k| k as f64).collect();
        Figure::new().line(times, values.to_vec()).label("x").beyond()
    }

    #[test]
    fn a_line_that_ends_in_no_numbers_says_from_where() {
        let nan = said(&[1.0, 2.0, f64::NAN, f64::NAN]).unwrap();
        assert!(nan.starts_with("From value 3 of 4 on, “x” is not a number (NaN)"), "{nan}");
        assert!(nan.contains("Measured values are missing there, or") && nan.contains("0/0"), "{nan}");
        let all = said(&[f64::NAN; 3]).unwrap();
        assert!(all.starts_with("Nothing of “x” can be shown"), "{all}");
        assert!(all.contains("Measured values are missing there, or") && !all.contains("before"), "{all}");
        let infinite = said(&[1.0, f64::INFINITY]).unwrap();
        assert!(infinite.contains("is infinite"), "{infinite}");
        let huge = said(&[1.0, -2e300]).unwrap();
        assert!(huge.contains("grow to 10³⁰⁰"), "{huge}");
    }

    #[test]
    fn a_pen_that_is_lifted_needs_no_word() {
        let lifted = [0.0, 1.0, f64::NAN];
        assert_eq!(Figure::new().line(lifted, lifted).beyond(), None);
    }

    #[test]
    fn numbers_and_gaps_between_them_need_no_word() {
        assert_eq!(said(&[1.0, f64::NAN, 2.0]), None);
        assert_eq!(said(&[1e99, 0.0]), None);
        assert_eq!(said(&[]), None);
        assert_eq!(Figure::new().heat_map(&ndarray::array![[0.0, f64::NAN]]).beyond(), None);
    }

    #[test]
    fn the_word_stands_below_the_picture_and_is_part_of_the_text() {
        let output = Figure::new().line([0.0, 1.0], [0.0, f64::NAN]).output();
        assert!(output.html.ends_with("before.</p>") && output.text.ends_with("before."), "{}", output.text);
    }
}
