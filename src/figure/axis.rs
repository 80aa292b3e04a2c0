//! Axes: their range, their ticks, and what the ticks say.

use super::placement::Map;

/// What a figure's author says of an axis.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Axis {
    /// The words along it.
    pub label: String,
    /// What it shows; `None`: all the data and a little room.
    pub range: Option<(f64, f64)>,
    /// Whether equal lengths of it are equal factors.
    pub logarithmic: bool,
    /// Whether its ticks are multiples of π.
    pub pi_ticks: bool,
    /// Whether its ticks are whole numbers.
    pub integer_ticks: bool,
    /// Whether it has no ticks.
    pub hidden_ticks: bool,
    /// Whether it goes from the largest number to the smallest: the rows of a matrix do.
    pub reversed: bool,
}

/// Numbers beyond this are drawn as if they were this, so that no difference overflows.
const LARGEST: f64 = 1e300;

#[track_caller]
pub(super) fn checked_range(axis: &str, from: f64, to: f64) -> (f64, f64) {
    assert!(
        from < to && from.abs() <= LARGEST && to.abs() <= LARGEST,
        "`{axis}_range` goes from a smaller to a larger number, not from {from} to {to}"
    );
    assert!(
        to - from > 1e-12 * from.abs().max(to.abs()),
        "`{axis}_range` from {from} to {to} is too narrow to be told apart in a picture"
    );
    (from, to)
}

/// The smallest and the largest finite value.
pub(super) fn extent(values: &[f64]) -> Option<(f64, f64)> {
    let (low, high) = eightfold(values);
    if low.is_finite() && high.is_finite() {
        return Some((low, high));
    }
    let finite: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    (!finite.is_empty()).then(|| eightfold(&finite))
}

/// Eight minima and maxima side by side, as a processor likes it; a comparison with NaN is false.
fn eightfold(values: &[f64]) -> (f64, f64) {
    let (mut low, mut high) = ([f64::INFINITY; 8], [f64::NEG_INFINITY; 8]);
    let mut add = |lane: usize, value: f64| {
        low[lane] = if value < low[lane] { value } else { low[lane] };
        high[lane] = if value > high[lane] { value } else { high[lane] };
    };
    let eights = values.chunks_exact(8);
    eights.remainder().iter().for_each(|value| add(0, *value));
    for eight in eights {
        eight.iter().enumerate().for_each(|(lane, value)| add(lane, *value));
    }
    (low.into_iter().fold(f64::INFINITY, f64::min), high.into_iter().fold(f64::NEG_INFINITY, f64::max))
}

/// The smallest and the largest of several extents.
pub(super) fn union(extents: impl Iterator<Item = Option<(f64, f64)>>) -> Option<(f64, f64)> {
    extents.flatten().reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
}

/// An axis as it is drawn: its range and its ticks.
#[derive(Debug, Clone)]
pub(super) struct Scale {
    pub low: f64,
    pub high: f64,
    pub ticks: Vec<f64>,
    pub labels: Vec<String>,
    /// What every label is to be multiplied by or added to, at the axis' end.
    pub factor: Option<String>,
    /// Whether it goes from high to low.
    pub reversed: bool,
}

impl Axis {
    /// The range to draw, given the range of the data: as matplotlib does, a twentieth of room on
    /// either side.
    pub(super) fn limits(&self, data: Option<(f64, f64)>) -> (f64, f64) {
        if let Some(range) = self.range {
            return range;
        }
        let Some((low, high)) = data else {
            return (0.0, 1.0);
        };
        let (low, high) = (low.clamp(-LARGEST, LARGEST), high.clamp(-LARGEST, LARGEST));
        let largest = low.abs().max(high.abs());
        if largest < 1e-300 {
            (-1.0, 1.0)
        } else if high - low < 1e-12 * largest {
            (low - 0.5 * largest, high + 0.5 * largest)
        } else {
            let room = 0.05 * (high - low);
            (low - room, high + room)
        }
    }

    /// The axis with the most ticks, up to `most`, that `fits` accepts: it is given the labels and
    /// the share of the axis from one tick to the next.
    pub(super) fn scale(&self, (low, high): (f64, f64), most: usize, fits: impl Fn(&[String], f64) -> bool) -> Scale {
        let reversed = self.reversed;
        let mut scale = Scale { low, high, ticks: Vec::new(), labels: Vec::new(), factor: None, reversed };
        if self.hidden_ticks {
            return scale;
        }
        for count in (2..=most.max(2)).rev() {
            // Quarters of π come only where there is much room: halves are what one thinks in.
            let share = match self {
                Axis { logarithmic: true, .. } => Some(scale.logarithmic_ticks(count)),
                Axis { pi_ticks: true, .. } => scale.pi_ticks(count.div_ceil(2) + 1),
                _ => None,
            };
            let share = share.unwrap_or_else(|| scale.round_ticks(count, self.integer_ticks));
            if fits(&scale.labels, share) {
                break;
            }
        }
        scale
    }
}

impl Scale {
    /// The straight map from the axis to the page, where it goes from `from` to `to`.
    pub fn onto(&self, from: i32, to: i32) -> (f64, f64) {
        let (from, to) = if self.reversed { (to, from) } else { (from, to) };
        Map::axis((self.low, self.high), (from, to))
    }

    /// Each tick's place between the two ends of the page, and its label.
    pub fn marks(&self, from: i32, to: i32) -> impl Iterator<Item = (i32, &str)> {
        let (factor, start) = self.onto(from, to);
        let place = move |tick: &f64| (factor * tick + start).round() as i32;
        self.ticks.iter().map(place).zip(self.labels.iter().map(String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_range_has_room_and_is_never_empty() {
        let limits = |data| Axis::default().limits(data);
        assert_eq!(limits(Some((0.0, 100.0))), (-5.0, 105.0));
        assert_eq!(limits(Some((0.0, 0.0))), (-1.0, 1.0));
        assert_eq!(limits(Some((4.0, 4.0))), (2.0, 6.0));
        assert_eq!(limits(None), (0.0, 1.0));
        let (low, high) = limits(Some((-f64::MAX, f64::MAX)));
        assert!(low < high && (high - low).is_finite());
    }

    #[test]
    fn the_extent_of_data_skips_what_is_not_finite() {
        let mut values: Vec<f64> = (0..50).map(f64::from).collect();
        (values[7], values[20], values[33]) = (f64::NAN, f64::INFINITY, f64::NEG_INFINITY);
        assert_eq!(extent(&values), Some((0.0, 49.0)));
        assert_eq!(extent(&[f64::NAN; 9]), None);
        assert_eq!(extent(&[]), None);
    }
}
