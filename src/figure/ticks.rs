//! Where an axis has its ticks, and what they say.

use std::f64::consts::PI;

use super::axis::Scale;

impl Scale {
    /// Ticks in steps of 1, 2 or 5 times a power of ten, at most `count`, and whole numbers if so
    /// wanted. The share of a step.
    pub fn round_ticks(&mut self, count: usize, whole: bool) -> f64 {
        let span = self.high - self.low;
        let mut power = (span / count as f64).log10().floor() as i32;
        let mut leading = 1;
        while span / times_power(f64::from(leading), power) > count as f64 {
            (leading, power) = match leading {
                1 => (2, power),
                2 => (5, power),
                _ => (1, power + 1),
            };
        }
        if whole && power < 0 {
            (leading, power) = (1, 0);
        }
        let step = times_power(f64::from(leading), power);
        // The ticks are whole multiples of the step, and so are their labels: nothing is summed up.
        let first = (self.low / step - 1e-9).ceil();
        let multiples: Vec<f64> = (0..=count)
            .map(|k| first + k as f64)
            .filter(|multiple| multiple * step <= self.high + 1e-9 * step)
            .collect();
        self.ticks = multiples.iter().map(|k| times_power(k * f64::from(leading), power)).collect();
        (self.labels, self.factor) = round_labels(&multiples, leading, power);
        step / span
    }

    /// Ticks at multiples of π; `None` where the axis is too narrow or too wide for them.
    pub fn pi_ticks(&mut self, count: usize) -> Option<f64> {
        const STEPS: [(i64, i64); 13] = [
            (1, 8),
            (1, 4),
            (1, 2),
            (1, 1),
            (2, 1),
            (5, 1),
            (10, 1),
            (20, 1),
            (50, 1),
            (100, 1),
            (200, 1),
            (500, 1),
            (1000, 1),
        ];
        let span = self.high - self.low;
        let (over, under) =
            STEPS.into_iter().find(|&(over, under)| span / PI * under as f64 <= (count * over as usize) as f64)?;
        let step = PI * over as f64 / under as f64;
        let first = (self.low / step - 1e-9).ceil() as i64;
        let last = (self.high / step + 1e-9).floor() as i64;
        if last <= first {
            return None;
        }
        self.ticks = (first..=last).map(|k| step * k as f64).collect();
        self.labels = (first..=last).map(|k| pi_label(k * over, under)).collect();
        self.factor = None;
        Some(step / span)
    }
}

/// `value * 10^power`, rounded once: 3 * 10^-1 is 0.3 and not 0.30000000000000004.
fn times_power(value: f64, power: i32) -> f64 {
    match power {
        0.. => value * 10f64.powi(power),
        -300..0 => value / 10f64.powi(-power),
        _ => value / 1e300 / 10f64.powi(-power - 300),
    }
}

/// Labels for these multiples of `leading * 10^power`, and the factor or summand that keeps them short.
fn round_labels(multiples: &[f64], leading: i32, power: i32) -> (Vec<String>, Option<String>) {
    let numbers: Vec<f64> = multiples.iter().map(|k| k * f64::from(leading)).collect();
    let largest = numbers.iter().fold(0.0_f64, |largest, number| largest.max(number.abs()));
    if largest == 0.0 {
        return (vec!["0".into(); numbers.len()], None);
    }
    let digits = largest.log10().floor() as i32 + 1;
    if digits > 6 {
        // Many digits to tell neighbours apart: say what they share only once.
        let round = 10f64.powi(numbers.len().ilog10() as i32 + 2);
        let base = (numbers[0] / round).floor() * round;
        let labels = numbers.iter().map(|number| decimal(number - base, power)).collect();
        let sign = if base < 0.0 { "" } else { "+" };
        let shared = decimal(base, power);
        let shared = if shared.contains('.') { shared.trim_end_matches('0').trim_end_matches('.') } else { &shared };
        return (labels, Some(format!("{sign}{shared}")));
    }
    let exponent = digits + power - 1;
    if (-3..5).contains(&exponent) {
        return (numbers.iter().map(|&number| decimal(number, power)).collect(), None);
    }
    let labels = numbers.iter().map(|&number| decimal(number, power - exponent)).collect();
    (labels, Some(power_of_ten(exponent)))
}

/// A whole number times a power of ten, written out.
fn decimal(number: f64, power: i32) -> String {
    if !(-15..=15).contains(&power) {
        return minus(&format!("{:e}", times_power(number, power)));
    }
    let decimals = usize::try_from(-power).unwrap_or(0);
    let text = format!("{:.decimals$}", times_power(number, power));
    minus(if number == 0.0 { text.trim_start_matches('-') } else { &text })
}

/// The typographer's minus for the programmer's.
pub(crate) fn minus(text: &str) -> String {
    text.replace('-', "−")
}

/// `×10⁻³`.
pub(crate) fn power_of_ten(exponent: i32) -> String {
    let digits = exponent.to_string();
    let raised = digits.chars().map(|character| match character {
        '-' => '⁻',
        digit => ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][digit.to_digit(10).unwrap_or(0) as usize],
    });
    format!("×10{}", raised.collect::<String>())
}

/// `over / under` times π in lowest terms.
fn pi_label(over: i64, under: i64) -> String {
    if over == 0 {
        return "0".into();
    }
    let shared = (1..=under).rev().find(|divisor| over % divisor == 0 && under % divisor == 0).unwrap_or(1);
    let (over, under) = (over / shared, under / shared);
    let sign = if over < 0 { "−" } else { "" };
    let times = if over.abs() == 1 { String::new() } else { over.abs().to_string() };
    let part = if under == 1 { String::new() } else { format!("/{under}") };
    format!("{sign}{times}π{part}")
}

#[cfg(test)]
mod tests {
    use super::super::axis::Axis;
    use super::*;

    fn labels(low: f64, high: f64) -> (Vec<String>, Option<String>) {
        let scale = Axis::default().scale((low, high), 6, |_, _| true);
        (scale.labels, scale.factor)
    }

    fn pi_labels(low: f64, high: f64) -> Vec<String> {
        let axis = Axis { pi_ticks: true, ..Axis::default() };
        axis.scale((low, high), 9, |_, _| true).labels
    }

    #[test]
    fn ticks_are_round_and_say_so() {
        assert_eq!(labels(0.0, 1.0).0, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(labels(-1.1, 1.1).0, ["−1.0", "−0.5", "0.0", "0.5", "1.0"]);
        assert_eq!(labels(0.05, 0.35).0, ["0.05", "0.10", "0.15", "0.20", "0.25", "0.30", "0.35"]);
        assert_eq!(labels(-20_500.0, 9000.0).0, ["−20000", "−15000", "−10000", "−5000", "0", "5000"]);
    }

    #[test]
    fn large_and_small_numbers_share_a_power_of_ten() {
        assert_eq!(
            labels(0.0, 1e7),
            (["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"].map(String::from).to_vec(), Some("×10⁷".into()))
        );
        assert_eq!(labels(0.0, 3e-9).1, Some("×10⁻⁹".into()));
        assert_eq!(labels(-1e300, 1e300).1, Some("×10³⁰⁰".into()));
        assert_eq!(labels(1e-299, 9e-299).1, Some("×10⁻²⁹⁹".into()));
    }

    #[test]
    fn neighbours_far_from_zero_are_told_apart() {
        let (labels, factor) = labels(1e9, 1e9 + 1.0);
        assert_eq!(labels, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(factor.as_deref(), Some("+1000000000"));
    }

    #[test]
    fn a_phase_is_marked_in_multiples_of_pi() {
        assert_eq!(pi_labels(0.0, 2.0 * PI), ["0", "π/2", "π", "3π/2", "2π"]);
        assert_eq!(pi_labels(-PI, PI), ["−π", "−π/2", "0", "π/2", "π"]);
        assert_eq!(pi_labels(0.0, PI), ["0", "π/4", "π/2", "3π/4", "π"]);
        assert_eq!(pi_labels(0.0, 20.0 * PI), ["0", "5π", "10π", "15π", "20π"]);
        assert_eq!(pi_labels(1.0, 1.1)[0], "1.00", "too narrow for multiples of π");
    }
}
