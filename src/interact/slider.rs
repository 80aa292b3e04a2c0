//! One slider: its values and how they are written.

use crate::figure::minus;
use crate::figure::scene::escape;

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
}

impl Slider {
    /// A slider from `minimum` to `maximum`, in about forty round steps, that starts in the middle.
    pub fn new(name: impl Into<String>, minimum: f64, maximum: f64) -> Slider {
        Slider { name: name.into(), minimum, maximum, step: None, start: None, unit: String::new() }
    }

    /// From one position to the next.
    pub fn step(mut self, step: f64) -> Slider {
        self.step = Some(step);
        self
    }

    /// Where it stands at first. A value between two positions becomes a position of its own.
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
        nearest(values, self.start.unwrap_or(0.5 * (self.minimum + self.maximum))).0
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

    /// A value with its unit, as the page shows it.
    pub(super) fn written(&self, value: f64) -> String {
        let decimals = decimals(self.minimum).max(decimals(self.step_size())).min(4);
        let on_grid = format!("{value:.decimals$}");
        let text = match on_grid.parse::<f64>() {
            Ok(shown) if (shown - value).abs() < 1e-9 * self.step_size() => on_grid,
            _ => format!("{value:.4}"),
        };
        let unit = if self.unit.is_empty() { String::new() } else { format!("\u{a0}{}", self.unit) };
        escape(&format!("{}{unit}", minus(&text)))
    }
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
