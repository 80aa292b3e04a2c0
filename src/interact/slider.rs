//! One slider: its values and how they are written.

use crate::figure::scene::escape;
use crate::figure::{minus, power_of_ten};

/// A slider: a name, a range, a step, and where it starts.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "FloatSlider")]
pub struct Slider {
    name: String,
    minimum: f64,
    maximum: f64,
    step: Option<f64>,
    start: Option<f64>,
    unit: String,
    frames_per_second: Option<f64>,
}

impl Slider {
    /// A slider from `minimum` to `maximum`, in about forty round steps, that starts in the middle.
    pub fn new(name: impl Into<String>, minimum: f64, maximum: f64) -> Slider {
        Slider {
            name: name.into(),
            minimum,
            maximum,
            step: None,
            start: None,
            unit: String::new(),
            frames_per_second: None,
        }
    }

    /// From one position to the next.
    pub fn step(mut self, step: f64) -> Slider {
        self.step = Some(step);
        self
    }

    /// Where it is at first. A value between two positions becomes a position of its own.
    #[doc(alias = "value")]
    pub fn start(mut self, start: f64) -> Slider {
        self.start = Some(start);
        self
    }

    /// The unit that is shown behind the value.
    pub fn unit(mut self, unit: impl Into<String>) -> Slider {
        self.unit = unit.into();
        self
    }

    /// Makes the slider a film: a button, or the space bar, plays its positions at 30 a second, from the
    /// first one on. Nothing plays by itself. For a reader who asks for reduced motion one picture a second is shown,
    /// at the film's own pace.
    ///
    /// ```
    /// use neurobook::{Figure, Slider, interact};
    /// let time = Slider::new("t", 0.0, 4.0).step(1.0 / 30.0).unit("s").play();
    /// let film = interact([time], |[t]| {
    ///     Figure::new().x_range(-1.5, 1.5).y_range(-1.5, 1.5).points([t.cos()], [t.sin()])
    /// });
    /// assert_eq!(film.positions(), 121);
    /// ```
    #[doc(alias = "Play")]
    #[doc(alias = "FuncAnimation")]
    pub fn play(self) -> Slider {
        self.play_at(30.0)
    }

    /// Like [`Slider::play`], with a pace of its own, in positions per second.
    ///
    /// # Panics
    /// Unless the pace is more than 0 and at most 60.
    #[track_caller]
    pub fn play_at(mut self, frames_per_second: f64) -> Slider {
        assert!(
            frames_per_second > 0.0 && frames_per_second <= 60.0,
            "the slider `{}` plays {frames_per_second} positions per second: give more than 0 and at most 60",
            self.name
        );
        self.frames_per_second = Some(frames_per_second);
        self
    }

    pub(super) fn frames_per_second(&self) -> Option<f64> {
        self.frames_per_second
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Every value in order.
    ///
    /// # Panics
    /// When there are none; the message names the slider and the way out.
    #[track_caller]
    pub(super) fn positions(&self) -> Vec<f64> {
        let Slider { name, minimum, maximum, .. } = self;
        assert!(
            minimum.is_finite() && maximum.is_finite(),
            "the slider `{name}` goes from {minimum} to {maximum}: both must be numbers"
        );
        assert!(
            minimum <= maximum,
            "the slider `{name}` goes from {minimum} down to {maximum}: give the smaller number first"
        );
        let step = self.step_size();
        assert!(step.is_finite() && step > 0.0, "the slider `{name}` has a step of {step}: a step is larger than 0");
        let steps = ((maximum - minimum) / step + 1e-9).floor();
        assert!(
            steps < super::MOST_POSITIONS as f64,
            "the slider `{name}` has {} positions, and at most {} can be computed: make its step larger",
            steps + 1.0,
            super::MOST_POSITIONS
        );
        let mut values: Vec<f64> = (0..=steps as u32).map(|k| self.clean(minimum + f64::from(k) * step)).collect();
        if let Some(start) = self.start {
            assert!(
                (*minimum..=*maximum).contains(&start),
                "the slider `{name}` starts at {start}, outside its range from {minimum} to {maximum}"
            );
            if nearest(&values, start).1 > 1e-9 * step {
                values.insert(values.partition_point(|value| *value < start), start);
            }
        }
        values
    }

    /// Which of its values it starts at.
    pub(super) fn start_index(&self, values: &[f64]) -> usize {
        // A film begins at its beginning.
        let usual = if self.frames_per_second.is_some() { self.minimum } else { 0.5 * (self.minimum + self.maximum) };
        nearest(values, self.start.unwrap_or(usual)).0
    }

    fn step_size(&self) -> f64 {
        self.step.unwrap_or_else(|| {
            let rough = (self.maximum - self.minimum) / 40.0;
            if rough <= 0.0 {
                return 1.0;
            }
            let power = 10f64.powf(rough.log10().floor());
            [1.0, 2.0, 5.0, 10.0]
                .into_iter()
                .map(|leading| leading * power)
                .find(|step| *step >= rough)
                .unwrap_or(rough)
        })
    }

    /// The value without the last digits that binary fractions add: 0.3 and not 0.30000000000000004.
    fn clean(&self, value: f64) -> f64 {
        let decimals = decimals(self.minimum).max(decimals(self.step_size()));
        if decimals > 12 { value } else { format!("{value:.decimals$}").parse().unwrap_or(value) }
    }

    /// The values with the unit, as the page shows them: no two of them alike.
    pub(super) fn written(&self, values: &[f64]) -> Vec<String> {
        let largest = values.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
        // Numbers that need many digits share a power of ten.
        let short = self.decimals(1.0) <= MOST_DECIMALS && largest < LARGEST_WRITTEN_OUT;
        let power = if short { 0 } else { exponent(largest) };
        let (scale, factor) = (10f64.powi(power), if short { String::new() } else { power_of_ten(power) });
        let decimals = self.decimals(scale);
        let unit = if self.unit.is_empty() { String::new() } else { format!("\u{a0}{}", self.unit) };
        let write = |(index, value): (usize, &f64)| {
            let neighbours = [index.checked_sub(1), Some(index + 1)].map(|index| values.get(index?));
            let text = |value: f64, decimals: usize| format!("{:.decimals$}", value / scale);
            // A start between two steps may need more digits than they do.
            let tells = |decimals: &usize| {
                let own = text(*value, *decimals);
                let shown: f64 = own.parse().unwrap_or(f64::NAN);
                let apart = neighbours.iter().flatten().all(|other| text(**other, *decimals) != own);
                apart && (shown - value / scale).abs() < 0.01 * self.step_size() / scale
            };
            let text = text(*value, (decimals..=17).find(tells).unwrap_or(17));
            let text = if text.trim_matches(['-', '0', '.']).is_empty() { text.replace('-', "") } else { text };
            let factor = if *value == 0.0 { "" } else { &factor };
            escape(&format!("{}{factor}{unit}", minus(&text)))
        };
        values.iter().enumerate().map(write).collect()
    }

    /// How many decimals it takes to write the positions in units of `scale`, so that nobody sees a difference.
    fn decimals(&self, scale: f64) -> usize {
        let step = self.step_size() / scale;
        let exact = |decimals: &usize| {
            let rounded = |value: f64| format!("{value:.decimals$}").parse().unwrap_or(f64::NAN);
            [self.minimum / scale, step].iter().all(|value| f64::abs(rounded(*value) - value) < 1e-3 * step)
        };
        (0..=17).find(exact).unwrap_or(17)
    }
}

/// Numbers with more decimals than this get a power of ten,
const MOST_DECIMALS: usize = 6;
/// and so do numbers from this one on.
const LARGEST_WRITTEN_OUT: f64 = 1e7;

/// The power of ten of a number's first digit.
fn exponent(value: f64) -> i32 {
    let text = format!("{value:.6e}");
    text.split_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or(0)
}

/// How many decimals it takes to write the value.
fn decimals(value: f64) -> usize {
    value.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

/// The nearest of the values, and how far it is.
fn nearest(values: &[f64], wanted: f64) -> (usize, f64) {
    let mut best = (0, f64::INFINITY);
    for (index, value) in values.iter().enumerate() {
        let distance = (value - wanted).abs();
        if distance < best.1 {
            best = (index, distance);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(slider: &Slider) -> Vec<String> {
        slider.written(&slider.positions())
    }

    #[test]
    fn no_two_positions_of_a_slider_are_written_alike() {
        let sliders = [
            Slider::new("k", 0.0, 1e-5),
            Slider::new("sigma", 0.0, 0.001),
            Slider::new("tiny", -3e-14, 2e-14),
            Slider::new("large", 1e9, 1e9 + 1.0),
            Slider::new("huge", 0.0, 7e22),
            Slider::new("third", 0.0, 1.0).step(1.0 / 3.0),
            Slider::new("between", 0.0, 1.0).step(0.1).start(0.123_456_7),
            Slider::new("close", 0.0, 1.0).step(0.1).start(0.100_001),
            Slider::new("far apart", 1e-9, 1.0),
        ];
        for slider in sliders {
            let mut all = written(&slider);
            let count = all.len();
            all.sort();
            all.dedup();
            assert_eq!(all.len(), count, "{}: {all:?}", slider.name);
        }
    }

    #[test]
    fn small_and_large_numbers_share_a_power_of_ten() {
        let small = written(&Slider::new("k", 0.0, 1e-5));
        assert_eq!([&small[0], &small[1], &small[20]], ["0.00", "0.05×10⁻⁵", "1.00×10⁻⁵"]);
        assert_eq!(written(&Slider::new("a", -1.0, 1.0).step(0.5)), ["−1.0", "−0.5", "0.0", "0.5", "1.0"]);
        assert_eq!(written(&Slider::new("sigma", 0.0, 0.001).step(0.000_25))[1], "0.00025");
    }
}
