//! A line in as few points as show it: what no pixel can tell apart is left out.

use super::placement::{Map, PointF};

/// How far, in tenths of a pixel, a drawn line may be from the data.
const TOLERANCE: f64 = 1.0;

/// Points this close together in x, in tenths of a pixel, are drawn as their extremes.
const COLUMN: f64 = 2.0;

/// Points this close to the one before, in tenths of a pixel, are not worth a second look.
const CLOSE: f64 = 0.4;

/// A path of more points than this is noise that fills the page, and whole pixels show it as well.
const MANY: usize = 4000;

/// The run in as few points as show it.
pub(super) fn simplified(run: &[PointF]) -> Vec<PointF> {
    let few = simplify(run);
    if few.len() > MANY { coarser(&few) } else { few }
}

/// The first, lowest, highest and last point of each stretch of the line within one narrow column.
/// One pass; a curve that turns back starts new stretches.
pub(super) fn merge_columns(x: &[f64], y: &[f64], map: Map) -> Vec<Vec<PointF>> {
    let count = x.len().min(y.len());
    let (x, y) = (&x[..count], &y[..count]);
    let mut runs = Vec::new();
    let mut run = Vec::new();
    let mut index = 0;
    while index < count {
        let first = map.place(x[index], y[index]);
        if !(first.0.is_finite() && first.1.is_finite()) {
            if !run.is_empty() {
                runs.push(std::mem::take(&mut run));
            }
            index += 1;
            continue;
        }
        let left = (first.0 / COLUMN).floor() * COLUMN;
        let column = left..left + COLUMN;
        let (mut low, mut high, mut last) = (first, first, first);
        let mut low_is_first = true;
        index += 1;
        while index < count {
            let point = map.place(x[index], y[index]);
            if !(column.contains(&point.0) && point.1.is_finite()) {
                break;
            }
            if point.1 < low.1 {
                (low, low_is_first) = (point, false);
            } else if point.1 > high.1 {
                (high, low_is_first) = (point, true);
            }
            last = point;
            index += 1;
        }
        let (one, other) = if low_is_first { (low, high) } else { (high, low) };
        for point in [first, one, other] {
            if run.last().is_none_or(|before| apart(*before, point)) {
                run.push(point);
            }
        }
        if run.last() != Some(&last) {
            run.push(last);
        }
    }
    if !run.is_empty() {
        runs.push(run);
    }
    runs
}

/// Whether it takes both points to show the line.
fn apart(one: PointF, other: PointF) -> bool {
    (one.0 - other.0).abs() + (one.1 - other.1).abs() > CLOSE
}

/// For more points than a screen has pixels: columns of a whole pixel, where the line only goes on
/// to the right.
fn coarser(run: &[PointF]) -> Vec<PointF> {
    if run.windows(2).any(|pair| pair[1].0 < pair[0].0) {
        return run.to_vec();
    }
    let (x, y): (Vec<f64>, Vec<f64>) = run.iter().map(|&(x, y)| (x * COLUMN / 10.0, y)).unzip();
    let map = Map { x: (1.0, 0.0), y: (1.0, 0.0) };
    merge_columns(&x, &y, map).into_iter().flatten().map(|(x, y)| (x * 10.0 / COLUMN, y)).collect()
}

/// Drops each point that the straight line between its kept neighbours passes within the tolerance.
///
/// One pass with a wedge: from the last kept point, all directions that pass close enough by every
/// point since. A point outside the wedge, or one that turns back, ends the segment before it.
fn simplify(run: &[PointF]) -> Vec<PointF> {
    let Some((&first, rest)) = run.split_first() else {
        return Vec::new();
    };
    let mut kept = vec![first];
    let mut anchor = first;
    let mut last = first;
    let mut wedge: Option<Wedge> = None;
    for &point in rest {
        let fits = wedge.as_ref().is_none_or(|wedge| wedge.holds(anchor, point));
        if !fits {
            kept.push(last);
            anchor = last;
            wedge = None;
        }
        wedge = Wedge::narrowed(wedge, anchor, point);
        last = point;
    }
    if kept.last() != Some(&last) {
        kept.push(last);
    }
    kept
}

struct Wedge {
    right: PointF,
    left: PointF,
    reach: f64,
    /// The square of the distance below which a point counts as turned back.
    least_squared: f64,
}

impl Wedge {
    fn holds(&self, anchor: PointF, point: PointF) -> bool {
        let way = (point.0 - anchor.0, point.1 - anchor.1);
        cross(self.right, way) >= 0.0
            && cross(way, self.left) >= 0.0
            && way.0 * way.0 + way.1 * way.1 >= self.least_squared
    }

    fn narrowed(wedge: Option<Wedge>, anchor: PointF, point: PointF) -> Option<Wedge> {
        let way = (point.0 - anchor.0, point.1 - anchor.1);
        let reach = (way.0 * way.0 + way.1 * way.1).sqrt();
        if reach <= TOLERANCE {
            return wedge;
        }
        let (aside, ahead) = ((-way.1 * TOLERANCE / reach, way.0 * TOLERANCE / reach), way);
        let right = (ahead.0 - aside.0, ahead.1 - aside.1);
        let left = (ahead.0 + aside.0, ahead.1 + aside.1);
        let mut wedge = wedge.unwrap_or(Wedge { right, left, reach: 0.0, least_squared: 0.0 });
        if cross(wedge.right, right) > 0.0 {
            wedge.right = right;
        }
        if cross(left, wedge.left) > 0.0 {
            wedge.left = left;
        }
        if reach > wedge.reach {
            let least = (reach - 0.5 * TOLERANCE).max(0.0);
            (wedge.reach, wedge.least_squared) = (reach, least * least);
        }
        Some(wedge)
    }
}

fn cross(one: PointF, other: PointF) -> f64 {
    one.0 * other.1 - one.1 * other.0
}

#[cfg(test)]
mod tests {
    use super::super::path::line;
    use super::super::scene::Point;
    use super::*;

    const PAGE: Map = Map { x: (1.0, 0.0), y: (1.0, 0.0) };

    /// How far the point is from the nearest of the segments, in tenths of a pixel.
    fn distance(point: PointF, runs: &[Vec<Point>]) -> f64 {
        let mut least = f64::INFINITY;
        for pair in runs.iter().flat_map(|run| run.windows(2)) {
            let (from, to) = (pair[0], pair[1]);
            let way = (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
            let to_point = (point.0 - f64::from(from.0), point.1 - f64::from(from.1));
            let length = way.0 * way.0 + way.1 * way.1;
            let share = if length == 0.0 { 0.0 } else { (to_point.0 * way.0 + to_point.1 * way.1) / length };
            let share = share.clamp(0.0, 1.0);
            least = least.min((to_point.0 - share * way.0).hypot(to_point.1 - share * way.1));
        }
        least
    }

    fn farthest(x: &[f64], y: &[f64], runs: &[Vec<Point>]) -> f64 {
        x.iter().zip(y).step_by(7).map(|(x, y)| distance((*x, *y), runs)).fold(0.0, f64::max)
    }

    #[test]
    fn a_smooth_curve_of_50_000_points_becomes_a_hundred_that_pass_within_a_fifth_of_a_pixel() {
        let x: Vec<f64> = (0..50_000).map(|k| f64::from(k) * 0.09).collect();
        let y: Vec<f64> = x.iter().map(|x| 2000.0 + 1800.0 * (x / 300.0).cos()).collect();
        let runs = line(&x, &y, PAGE, None);
        assert!(runs[0].len() < 250, "{} points are left", runs[0].len());
        assert!(farthest(&x, &y, &runs) <= 2.0);
    }

    #[test]
    fn a_spiral_of_the_phase_plane_keeps_its_shape() {
        let turn: Vec<f64> = (0..50_000).map(|k| f64::from(k) * 0.002).collect();
        let x: Vec<f64> = turn.iter().map(|t| 2000.0 + 18.0 * t * t.cos()).collect();
        let y: Vec<f64> = turn.iter().map(|t| 2000.0 + 18.0 * t * t.sin()).collect();
        let runs = line(&x, &y, PAGE, None);
        assert!(runs[0].len() < 2000, "{} points are left", runs[0].len());
        assert!(farthest(&x, &y, &runs) <= 2.5);
    }

    #[test]
    fn one_spike_among_50_000_points_keeps_its_height() {
        let x: Vec<f64> = (0..50_000).map(|k| f64::from(k) * 0.09).collect();
        let mut y = vec![1000.0; x.len()];
        (y[23_456], y[40_000]) = (3000.4, 7.3);
        let run = &line(&x, &y, PAGE, None)[0];
        assert_eq!(run.iter().map(|point| point.1).max(), Some(3000));
        assert_eq!(run.iter().map(|point| point.1).min(), Some(7));
    }

    #[test]
    fn noise_keeps_its_extremes_and_no_more_points_than_pixels_can_show() {
        let x: Vec<f64> = (0..50_000).map(|k| f64::from(k) * 0.09).collect();
        let y: Vec<f64> = (0..50_000_u64).map(|k| (k * k * 48_271 % 4001) as f64).collect();
        let highest = y.iter().fold(0.0, |high: f64, y| high.max(*y)) as i32;
        let run = &line(&x, &y, PAGE, None)[0];
        assert!(run.len() <= 4 * 450 + 4, "{} points are left", run.len());
        assert_eq!(run.iter().map(|point| point.1).max(), Some(highest));
        assert_eq!(run.iter().map(|point| point.1).min(), Some(0));
    }

    #[test]
    fn a_line_back_and_forth_on_itself_keeps_its_ends() {
        let x = vec![100.0; 9];
        let y = [0.0, 500.0, 20.0, 900.0, 10.0, 950.0, 5.0, 940.0, 500.0];
        let run = &line(&x, &y, PAGE, None)[0];
        assert_eq!((run.iter().map(|p| p.1).min(), run.iter().map(|p| p.1).max()), (Some(0), Some(950)));
    }
}
