//! Signals of regions: spectra, BOLD, connectivity.

use ndarray::ArrayRef2;

use super::alt_text::three_digits;
use super::{Color, ColorMap, Figure, plot_matrix, plot_traces};
use crate::Trajectory;
use crate::analysis::Spectrum;

/// A power spectrum; the frequency with the most power is named. `frequency` is the words along the axis, such as
/// `Frequency (Hz)`.
#[doc(alias = "psd")]
pub fn plot_spectrum(spectrum: &Spectrum, frequency: &str) -> Figure {
    let figure = Figure::new()
        .size(6.0, 3.8)
        .x_label(frequency)
        .y_label("Power density")
        .line(&spectrum.frequencies, &spectrum.power);
    let peak = if spectrum.frequencies.len() < 2 { f64::NAN } else { spectrum.peak() };
    if peak.is_nan() {
        return figure;
    }
    let at = spectrum.frequencies.iter().zip(&spectrum.power).find(|(frequency, _)| **frequency == peak);
    let power = at.map_or(0.0, |(_, power)| *power);
    figure
        .points([peak], [power])
        .color(Color::Orange)
        .marker_size(9.0)
        .label(format!("peak at {}", three_digits(peak)))
}

/// BOLD signals over time in s, in per cent. Up to six regions are lines on one axis, more are above each other.
pub fn plot_bold(bold: &Trajectory) -> Figure {
    let percent = 100.0 * &bold.states;
    if percent.nrows() > Color::CYCLE.len() {
        return plot_traces(&bold.times, &percent).x_label("Time (s)").y_label("Region");
    }
    let figure = Figure::new().size(7.0, 3.4).x_label("Time (s)").y_label("BOLD signal (%)");
    percent.rows().into_iter().enumerate().fold(figure, |figure, (region, row)| {
        figure.line(&bold.times, row).width(1.8).label(format!("region {region}"))
    })
}

/// A functional connectivity matrix: blue where regions go apart, orange where they go together. The colours are
/// those of -1 to 1 whatever is in it: two matrices side by side can be compared, and correlations from 0.88 to 1
/// do not look like the whole range.
#[doc(alias = "imshow")]
pub fn plot_connectivity(connectivity: &ArrayRef2<f64>) -> Figure {
    plot_matrix(connectivity, "Correlation").color_map(ColorMap::BlueOrange).value_range(-1.0, 1.0)
}
