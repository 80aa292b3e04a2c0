//! Sliders: a figure for every position, computed at once, that answers in the browser alone.

mod curves;
mod number;
mod page;
mod slider;
mod stream;

use std::sync::OnceLock;

pub use slider::Slider;

use crate::display::{self, Output};
use crate::figure::output;
use crate::figure::scene::Scene;
use crate::{Figure, parallel};

/// A figure with sliders: every position is computed, and the page needs no kernel to show them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interactive {
    output: Output,
    name: String,
    positions: usize,
}

/// No more positions than this are computed.
const MOST_POSITIONS: usize = 100_000;

/// Draws a figure for every position of the sliders, on all cores, and lets the reader move them.
///
/// `draw` gets one value for each slider. Each position has its own axes unless the figure sets
/// their ranges. What `draw` shows on its way, by `.show()` or a check, is left out, and a sentence says so.
///
/// ```
/// use neurobook::{Figure, Slider, interact};
/// let rate = Slider::new("a", -1.0, 1.0).step(0.5).start(-0.5).unit("1/s");
/// let decay = interact([rate], |[a]| {
///     let time: Vec<f64> = (0..100).map(|k| 0.05 * f64::from(k)).collect();
///     Figure::new().line(&time, time.iter().map(|t| (a * t).exp()))
/// });
/// assert_eq!(decay.positions(), 5);
/// ```
///
/// # Panics
/// When a slider has no positions (its name is in the message), when there are too many positions,
/// and when `draw` panics.
#[track_caller]
pub fn interact<const N: usize>(sliders: [Slider; N], draw: impl Fn([f64; N]) -> Figure + Sync) -> Interactive {
    // A thin shell: what is generic is compiled again in each of the learner's cells.
    compute(&sliders, &|position| draw(std::array::from_fn(|slider| position[slider])))
}

#[track_caller]
fn compute(sliders: &[Slider], draw: &(dyn Fn(&[f64]) -> Figure + Sync)) -> Interactive {
    let mut values: Vec<Vec<f64>> = Vec::new();
    for slider in sliders {
        values.push(slider.positions());
    }
    let counts: Vec<usize> = values.iter().map(Vec::len).collect();
    let all = counts.iter().try_fold(1_usize, |all, count| all.checked_mul(*count));
    let Some(positions) = all.filter(|all| *all <= MOST_POSITIONS) else { too_many(sliders, &counts) };

    let start: Vec<usize> = sliders.iter().zip(&values).map(|(slider, values)| slider.start_index(values)).collect();
    let start = counts.iter().zip(&start).fold(0, |index, (count, at)| index * count + at);
    let at = |mut index: usize| {
        let mut position = vec![0.0; sliders.len()];
        for slider in (0..sliders.len()).rev() {
            position[slider] = values[slider][index % counts[slider]];
            index /= counts[slider];
        }
        position
    };
    // First the one that the reader sees first, here: a mistake in `draw` then shows once.
    let (first, mut shown) = display::held_back(|| draw(&at(start)));
    let (name, still) = (first.name(), first.image());
    let mut output = first.output();
    output.text = format!("Sliders: {}. {}", page::spoken_start(sliders, &values, start), output.text);
    let first = first.scene_and_note();
    let scenes: Vec<OnceLock<Scene>> = (0..positions).map(|_| OnceLock::new()).collect();
    let shown_elsewhere = parallel::for_each(positions, &|index| {
        let scene = if index == start { first.clone() } else { draw(&at(index)).scene_and_note() };
        scenes[index].set(scene).is_ok()
    });
    let scenes: Vec<Scene> = scenes.into_iter().filter_map(OnceLock::into_inner).collect();
    let packed = stream::pack(&scenes, &counts);
    shown.extend(shown_elsewhere);
    output.html = page::page(sliders, &values, start, &still, &packed, !shown.is_empty());
    Interactive { output, name, positions }
}

#[track_caller]
fn too_many(sliders: &[Slider], counts: &[usize]) -> ! {
    let each: Vec<String> =
        sliders.iter().zip(counts).map(|(slider, count)| format!("{} has {count}", slider.name())).collect();
    let all: f64 = counts.iter().map(|count| *count as f64).product();
    panic!(
        "these sliders have {all} positions together ({}), and at most {MOST_POSITIONS} can be computed: make a \
         step larger or a range smaller",
        each.join(", ")
    );
}

impl Interactive {
    /// Shows figure and sliders below the cell; outside a notebook, writes a page to
    /// `target/figures/` and says where.
    pub fn show(&self) {
        if display::in_notebook() {
            display::show(self.output.clone());
        } else {
            output::report(&self.name, "html", &page::document(&self.name, &self.output.html));
        }
    }

    /// The figure and its sliders as one piece of HTML that needs nothing else.
    pub fn html(&self) -> String {
        self.output.html.clone()
    }

    /// How many positions were computed.
    pub fn positions(&self) -> usize {
        self.positions
    }

    /// Shows the figure where it is the last line of a cell.
    pub fn evcxr_display(&self) {
        self.show();
    }
}
