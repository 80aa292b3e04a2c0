//! Logarithmic axes: a panel is drawn with the common logarithms of its numbers in their place.

use super::{Figure, Kind, Panel, Series};

/// A factor this even, relative to itself, is meant to be even.
const EVEN: f64 = 1e-6;

/// The figure with logarithms on its logarithmic axes; `None` where it has no such axis.
pub(super) fn on_logarithms(figure: &Figure) -> Option<Figure> {
    figure.panels.iter().any(|panel| panel.x.logarithmic || panel.y.logarithmic).then(|| Figure {
        panels: figure.panels.iter().map(transformed).collect(),
        columns: figure.columns,
        title: figure.title.clone(),
        size: figure.size,
        alternative_text: None,
    })
}

fn transformed(panel: &Panel) -> Panel {
    let mut panel = panel.clone();
    let (mut left_out_x, mut left_out_y) = (0, 0);
    for series in &mut panel.series {
        if panel.x.logarithmic {
            left_out_x += take_logarithms(&mut series.x);
        }
        if panel.y.logarithmic {
            left_out_y += take_logarithms(&mut series.y);
        }
    }
    for note in &mut panel.notes {
        if panel.x.logarithmic {
            note.x = note.x.log10();
        }
        if panel.y.logarithmic {
            note.y = note.y.log10();
        }
    }
    for (axis, left_out) in [(&mut panel.x, left_out_x), (&mut panel.y, left_out_y)] {
        if !axis.logarithmic {
            continue;
        }
        axis.range = axis.range.filter(|(low, _)| *low > 0.0).map(|(low, high)| (low.log10(), high.log10()));
        if left_out > 0 {
            let values = if left_out == 1 { "value" } else { "values" };
            axis.label = format!("{} [{left_out} {values} ≤ 0 not shown]", axis.label).trim_start().into();
        }
    }
    panel
}

/// Puts logarithms in the place of numbers, and gaps in that of numbers that have none; how many these are.
fn take_logarithms(values: &mut [f64]) -> usize {
    let left_out = values.iter().filter(|value| **value <= 0.0).count();
    values.iter_mut().for_each(|value| *value = if *value > 0.0 { value.log10() } else { f64::NAN });
    left_out
}

/// Whether the numbers go up by an even factor.
pub(super) fn go_up_by_a_factor(values: &[f64]) -> bool {
    let (Some(first), Some(last)) = (values.first(), values.last()) else { return false };
    let factor = (last / first).powf(1.0 / (values.len().max(2) - 1) as f64);
    let even = |pair: &[f64]| pair[1] > pair[0] && (pair[1] / pair[0] - factor).abs() <= EVEN * factor;
    *first > 0.0 && values.windows(2).all(even)
}

/// Refuses a range that a logarithmic axis cannot show, and cells that would not be even on it.
#[track_caller]
pub(super) fn check(panel: &Panel) {
    type Middles = fn(&Series) -> &[f64];
    let axes: [(&str, _, Middles); 2] = [("x", &panel.x, |series| &series.x), ("y", &panel.y, |series| &series.y)];
    for (name, axis, middles) in axes.into_iter().filter(|(_, axis, _)| axis.logarithmic) {
        if let Some((low, _)) = axis.range {
            assert!(low > 0.0, "the {name} axis is logarithmic and its range begins at {low}: give one above 0");
        }
        for series in panel.series.iter().filter(|series| series.kind == Kind::HeatMap) {
            assert!(
                go_up_by_a_factor(middles(series)),
                "the {name} axis is logarithmic: there the {name} of a heat map has to go up by an even factor, as 1, 2, 4"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_even_factor_is_told_from_even_steps() {
        assert!(go_up_by_a_factor(&[0.01, 0.1, 1.0, 10.0]));
        assert!(go_up_by_a_factor(&[1.0, 2.0, 4.0]));
        for values in [&[1.0, 2.0, 3.0][..], &[0.0, 1.0, 2.0], &[-4.0, -2.0, -1.0], &[4.0, 2.0, 1.0], &[]] {
            assert!(!go_up_by_a_factor(values), "{values:?}");
        }
    }
}
