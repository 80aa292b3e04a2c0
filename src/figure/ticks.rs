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

    /// Ticks of an axis of logarithms, at most `count` where it can be, and what the numbers themselves are. The
    /// smallest share of the axis between two of them.
    pub fn logarithmic_ticks(&mut self, count: usize) -> f64 {
        const LEADING: [&[u32]; 3] = [&[1, 2, 3, 4, 5, 6, 7, 8, 9], &[1, 2, 5], &[1]];
        let powers = self.low.floor() as i32..=self.high.floor() as i32;
        let inside = |(power, leading): &(i32, u32)| {
            (self.low - 1e-9..=self.high + 1e-9).contains(&(f64::from(*power) + f64::from(*leading).log10()))
        };
        let ticks = |every: usize, leading: &[u32]| -> Vec<(i32, u32)> {
            let powers = powers.clone().filter(|power| power.rem_euclid(every as i32) == 0);
            powers.flat_map(|power| leading.iter().map(move |leading| (power, *leading))).filter(inside).collect()
        };
        let choices =
            LEADING.into_iter().map(|leading| (1, leading)).chain([2, 3, 5, 10, 20, 50, 100].map(|n| (n, LEADING[2])));
        let found = choices.map(|(every, leading)| ticks(every, leading)).find(|ticks| ticks.len() <= count);
        let Some(found) = found.filter(|ticks| ticks.len() > 1) else { return self.ticks_of_a_narrow_range(count) };
        self.ticks = found.iter().map(|(power, leading)| f64::from(*power) + f64::from(*leading).log10()).collect();
        self.labels = found.iter().map(|(power, leading)| power_label(*power, *leading)).collect();
        self.factor = None;
        self.smallest_share()
    }

    /// Round ticks of numbers that are nearly alike, where their logarithms are.
    fn ticks_of_a_narrow_range(&mut self, count: usize) -> f64 {
        let mut numbers = Scale { low: 10_f64.powf(self.low), high: 10_f64.powf(self.high), ..self.clone() };
        numbers.round_ticks(count, false);
        self.ticks = numbers.ticks.iter().map(|number| number.log10()).collect();
        (self.labels, self.factor) = (numbers.labels, numbers.factor);
        self.smallest_share()
    }

    fn smallest_share(&self) -> f64 {
        let gaps = self.ticks.windows(2).map(|pair| pair[1] - pair[0]);
        gaps.fold(self.high - self.low, f64::min) / (self.high - self.low)
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
    format!("×10{}", superscript(exponent))
}

/// `leading * 10^power`, written out where it is short.
fn power_label(power: i32, leading: u32) -> String {
    match (power, leading) {
        (-3..=4, _) => times_power(f64::from(leading), power).to_string(),
        (_, 1) => format!("10{}", superscript(power)),
        _ => format!("{leading}·10{}", superscript(power)),
    }
}

fn superscript(exponent: i32) -> String {
    exponent
        .to_string()
        .chars()
        .map(|character| match character {
            '-' => '⁻',
            digit => ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][digit.to_digit(10).unwrap_or(0) as usize],
        })
        .collect()
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
    fn a_logarithmic_axis_is_marked_with_the_numbers_themselves() {
        let labels = |low: f64, high: f64, most: usize| {
            let axis = Axis { logarithmic: true, ..Axis::default() };
            axis.scale((low.log10(), high.log10()), most, |_, _| true).labels
        };
        assert_eq!(labels(0.01, 100.0, 6), ["0.01", "0.1", "1", "10", "100"]);
        assert_eq!(labels(0.8, 12.0, 6), ["1", "2", "5", "10"]);
        assert_eq!(labels(1e-8, 1e-4, 6), ["10⁻⁸", "10⁻⁷", "10⁻⁶", "10⁻⁵", "10⁻⁴"]);
        assert_eq!(labels(1e-20, 1e20, 6), ["10⁻²⁰", "10⁻¹⁰", "1", "10¹⁰", "10²⁰"]);
        assert_eq!(labels(2e6, 6e6, 9), ["2·10⁶", "3·10⁶", "4·10⁶", "5·10⁶", "6·10⁶"]);
        assert_eq!(labels(1.0, 1.3, 4), ["1.0", "1.1", "1.2", "1.3"]);
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
