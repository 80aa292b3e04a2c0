//! Stream lines: curves that follow a vector field, evenly spread over the plane.

use super::axis::checked_range;
use super::{ColorMap, Figure};

/// A curve that a state follows, with the speed of the state at each of its points.
#[derive(Debug, Clone, PartialEq)]
pub struct StreamLine {
    /// The horizontal coordinates, in the direction of the field.
    pub x: Vec<f64>,
    /// The vertical coordinates.
    pub y: Vec<f64>,
    /// The length of the field's vector at each point.
    pub speed: Vec<f64>,
}

// All of these are shares of the plane's width and height, and the first two are those of matplotlib.
const SHORTEST: f64 = 0.1;
const LONGEST: f64 = 2.0;
/// The cells along a side at density 1.
const CELLS: f64 = 30.0;

/// Stream lines of a field `(dx/dt, dy/dt) = field(x, y)`.
///
/// Their density follows the rule of matplotlib's `streamplot`: the plane is a grid of
/// `30 density` by `30 density` cells, and a line that comes to a cell through which another one
/// goes, or it itself has gone, ends there. Lines start in free cells, from the border inwards, and
/// are followed both ways; those shorter than a tenth of the plane are left out. A line also ends at
/// the border, at a fixed point, and where the field is not finite.
///
/// ```
/// use neurobook::figure::stream_lines;
/// let lines = stream_lines(|x, y| (-y, x), (-1.0, 1.0), (-1.0, 1.0), 1.0);
/// let radius = |k: usize| lines[0].x[k].hypot(lines[0].y[k]);
/// assert!((radius(0) - radius(9)).abs() < 1e-4, "rotation keeps the distance from the middle");
/// ```
///
/// # Panics
/// Unless the ranges are finite and go up, and the density is between 0.1 and 10.
#[track_caller]
#[doc(alias = "streamplot")]
pub fn stream_lines(
    field: impl Fn(f64, f64) -> (f64, f64),
    x: (f64, f64),
    y: (f64, f64),
    density: f64,
) -> Vec<StreamLine> {
    // A thin shell: what is generic is compiled again in each of the learner's cells.
    lines_of(&field, checked_range("x", x.0, x.1), checked_range("y", y.0, y.1), density)
}

/// A stream plot of a field: [`stream_lines`] of density 2, coloured by `2 ln(1 + speed)`.
///
/// ```
/// use neurobook::streamplot;
/// let pendulum = streamplot(|angle, speed| (speed, -angle.sin()), (-6.0, 6.0), (-3.0, 3.0));
/// assert!(pendulum.x_label("Angle (rad)").y_label("Angular velocity (rad/s)").svg().len() < 300_000);
/// ```
///
/// # Panics
/// Unless both ranges are finite and go up.
#[track_caller]
pub fn streamplot(field: impl Fn(f64, f64) -> (f64, f64), x: (f64, f64), y: (f64, f64)) -> Figure {
    plane_of(&field, checked_range("x", x.0, x.1), checked_range("y", y.0, y.1))
}

#[track_caller]
pub(super) fn plane_of(field: &dyn Fn(f64, f64) -> (f64, f64), x: (f64, f64), y: (f64, f64)) -> Figure {
    let lines = lines_of(field, x, y, 2.0);
    Figure::new().x_range(x.0, x.1).y_range(y.0, y.1).stream_lines(&lines).color_bar("2 ln(1 + speed)")
}

impl Figure {
    /// Adds stream lines as one series, coloured by `2 ln(1 + speed)`, with arrow heads. Between two
    /// lines is a NaN.
    pub fn stream_lines(self, lines: &[StreamLine]) -> Figure {
        let joined = |part: fn(&StreamLine) -> &Vec<f64>| -> Vec<f64> {
            lines.iter().flat_map(|line| part(line).iter().copied().chain([f64::NAN])).collect()
        };
        let shade = joined(|line| &line.speed).into_iter().map(|speed| 2.0 * speed.ln_1p());
        self.line(joined(|line| &line.x), joined(|line| &line.y))
            .colored_by(shade.collect::<Vec<f64>>())
            .color_map(ColorMap::Cividis)
            .arrow_heads()
            .width(1.4)
    }
}

/// A place in the plane, both coordinates from 0 to 1.
type Place = (f64, f64);

#[track_caller]
fn lines_of(field: &dyn Fn(f64, f64) -> (f64, f64), x: (f64, f64), y: (f64, f64), density: f64) -> Vec<StreamLine> {
    assert!((0.1..=10.0).contains(&density), "the density of stream lines is from 0.1 to 10, not {density}");
    let cells = (CELLS * density).round() as usize;
    let mut plane = Plane { field, x, y, cells, taken: vec![false; cells * cells] };
    spiral(cells).into_iter().filter_map(|start| plane.line_from(start)).collect()
}

struct Plane<'a> {
    field: &'a dyn Fn(f64, f64) -> (f64, f64),
    x: (f64, f64),
    y: (f64, f64),
    cells: usize,
    /// The cells through which a line goes, row by row.
    taken: Vec<bool>,
}

impl Plane<'_> {
    /// The line through the middle of this cell; `None` if the cell is taken or the line is short.
    fn line_from(&mut self, (column, row): (usize, usize)) -> Option<StreamLine> {
        let last = (self.cells - 1) as f64;
        let start = (column as f64 / last, row as f64 / last);
        let cell = self.cell(start);
        if self.taken[cell] {
            return None;
        }
        self.taken[cell] = true;
        let mut passed = vec![cell];
        let (mut places, before) = self.follow(start, -1.0, &mut passed);
        places.reverse();
        places.push(start);
        let (after, behind) = self.follow(start, 1.0, &mut passed);
        places.extend(after);
        if before + behind <= SHORTEST {
            passed.into_iter().for_each(|cell| self.taken[cell] = false);
            return None;
        }
        let mut line = StreamLine { x: Vec::new(), y: Vec::new(), speed: Vec::new() };
        for place in places {
            let (x, y) = self.at(place);
            let (dx, dy) = (self.field)(x, y);
            line.x.push(x);
            line.y.push(y);
            line.speed.push(dx.hypot(dy));
        }
        Some(line)
    }

    /// From a place with or against the field to where the line ends; its length.
    fn follow(&mut self, start: Place, sign: f64, passed: &mut Vec<usize>) -> (Vec<Place>, f64) {
        let longest_step = 0.5 / self.cells as f64;
        let (mut places, mut length, mut here) = (Vec::new(), 0.0, start);
        let mut cell = self.cell(start);
        let mut step = longest_step;
        while length < LONGEST {
            let Some((next, turned)) = self.step(here, sign * step) else {
                break;
            };
            // Beside a fixed point the field turns within a step: shorter ones, and at last an end.
            if turned {
                step *= 0.5;
                if step < longest_step / 50.0 {
                    break;
                }
                continue;
            }
            let (next, share) = clip_to_plane(here, next);
            let there = self.cell(next);
            if there != cell {
                if self.taken[there] {
                    break;
                }
                self.taken[there] = true;
                passed.push(there);
                cell = there;
            }
            length += step * share;
            if share > 0.0 {
                places.push(next);
            }
            if share < 1.0 {
                break;
            }
            here = next;
            step = (1.5 * step).min(longest_step);
        }
        (places, length)
    }

    /// One step of the classical Runge-Kutta method along the directions of the field, and whether
    /// they turned by more than 25 degrees on the way. `None` where there is no direction.
    fn step(&self, here: Place, length: f64) -> Option<(Place, bool)> {
        let ahead = |way: Place, by: f64| (here.0 + by * way.0, here.1 + by * way.1);
        let first = self.direction(here)?;
        let second = self.direction(ahead(first, 0.5 * length))?;
        let third = self.direction(ahead(second, 0.5 * length))?;
        let fourth = self.direction(ahead(third, length))?;
        let mean = (
            (first.0 + 2.0 * second.0 + 2.0 * third.0 + fourth.0) / 6.0,
            (first.1 + 2.0 * second.1 + 2.0 * third.1 + fourth.1) / 6.0,
        );
        let least =
            [second, third, fourth].iter().map(|way| way.0 * first.0 + way.1 * first.1).fold(f64::INFINITY, f64::min);
        Some((ahead(mean, length), least < 0.9))
    }

    /// The direction of the field as it is seen in the picture, of length 1.
    fn direction(&self, place: Place) -> Option<Place> {
        let (x, y) = self.at(place);
        let (dx, dy) = (self.field)(x, y);
        let (across, up) = (dx / (self.x.1 - self.x.0), dy / (self.y.1 - self.y.0));
        let length = across.hypot(up);
        (length > 0.0 && length.is_finite()).then(|| (across / length, up / length))
    }

    fn at(&self, (across, up): Place) -> (f64, f64) {
        (self.x.0 + across * (self.x.1 - self.x.0), self.y.0 + up * (self.y.1 - self.y.0))
    }

    /// The cell whose middle is nearest.
    fn cell(&self, (across, up): Place) -> usize {
        let last = (self.cells - 1) as f64;
        let index = |share: f64| (share * last).round().clamp(0.0, last) as usize;
        index(up) * self.cells + index(across)
    }
}

/// Where the way to `next` ends within the plane, and the share of the way up to there.
fn clip_to_plane(here: Place, next: Place) -> (Place, f64) {
    let mut share: f64 = 1.0;
    for (from, to) in [(here.0, next.0), (here.1, next.1)] {
        if to < 0.0 {
            share = share.min(from / (from - to));
        } else if to > 1.0 {
            share = share.min((1.0 - from) / (to - from));
        }
    }
    if share == 1.0 {
        return (next, share);
    }
    let at = |from: f64, to: f64| (from + share * (to - from)).clamp(0.0, 1.0);
    ((at(here.0, next.0), at(here.1, next.1)), share)
}

/// All cells from the border inwards: lines that start at the border divide the plane best.
fn spiral(cells: usize) -> Vec<(usize, usize)> {
    let mut order: Vec<(usize, usize)> = Vec::with_capacity(cells * cells);
    for ring in 0..cells.div_ceil(2) {
        let (first, last) = (ring, cells - 1 - ring);
        order.extend((first..=last).map(|k| (k, first)));
        order.extend((first + 1..=last).map(|k| (last, k)));
        if last > first {
            order.extend((first..last).rev().map(|k| (k, last)));
            order.extend((first + 1..last).rev().map(|k| (first, k)));
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_may_start_in_every_cell_once_and_on_the_border_first() {
        for cells in [1, 2, 3, 6, 7] {
            let order = spiral(cells);
            let mut sorted = order.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!((order.len(), sorted.len()), (cells * cells, cells * cells));
            let border =
                |&(column, row): &(usize, usize)| column == 0 || row == 0 || column == cells - 1 || row == cells - 1;
            assert!(order.iter().take_while(|cell| border(cell)).count() >= (4 * cells - 4).max(1));
        }
    }
}
