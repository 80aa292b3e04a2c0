//! From a series to the path that shows it: placed, clipped, and reduced to what can be seen.

use super::placement::{Area, Map, PointF};
use super::scene::Point;
use super::simplify::{merge_columns, simplified};

/// The line through the points, in as few points as show it; broken where a point is not finite and
/// where it leaves the clip area.
pub(super) fn line(x: &[f64], y: &[f64], map: Map, clip: Option<Area>) -> Vec<Vec<Point>> {
    let mut runs = merge_columns(x, y, map);
    if let Some(area) = clip {
        runs = runs.iter().flat_map(|run| clipped(run, area)).collect();
    }
    runs.iter().map(|run| rounded(&simplified(run))).collect()
}

/// The closed shapes with these corners, cut off at the clip area; what is not finite ends one and begins the next.
pub(super) fn filled(x: &[f64], y: &[f64], map: Map, clip: Option<Area>) -> Vec<Vec<Point>> {
    let corners: Vec<PointF> = x.iter().zip(y).map(|(x, y)| map.place(*x, *y)).collect();
    let finite = |corner: &PointF| corner.0.is_finite() && corner.1.is_finite();
    corners
        .split(|corner| !finite(corner))
        .map(|shape| clip.map_or_else(|| shape.to_vec(), |area| cut_off(shape, area)))
        .map(|shape| rounded(&shape))
        .filter(|shape| shape.len() > 2)
        .collect()
}

/// The part of a closed shape inside the area: one side of it after the other cuts off what is beyond (Sutherland and
/// Hodgman, 1974).
fn cut_off(shape: &[PointF], area: Area) -> Vec<PointF> {
    let room = |corner: PointF| {
        let [left, top, right, bottom] = [area.left, area.top, area.right, area.bottom].map(f64::from);
        [corner.0 - left, right - corner.0, corner.1 - top, bottom - corner.1]
    };
    let mut shape = shape.to_vec();
    for side in 0..4 {
        let mut inside = Vec::with_capacity(shape.len());
        let before = shape.last().copied().into_iter().chain(shape.iter().copied());
        for (from, to) in before.zip(shape.iter().copied()) {
            let (one, other) = (room(from)[side], room(to)[side]);
            if (one < 0.0) != (other < 0.0) {
                let share = one / (one - other);
                inside.push((from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1)));
            }
            if other >= 0.0 {
                inside.push(to);
            }
        }
        shape = inside;
    }
    shape
}

/// The points that can be seen apart, for markers.
pub(super) fn dots(x: &[f64], y: &[f64], map: Map, clip: Option<Area>) -> Vec<Vec<Point>> {
    let mut taken = std::collections::HashSet::new();
    x.iter()
        .zip(y)
        .filter(|(x, y)| x.is_finite() && y.is_finite())
        .map(|(&x, &y)| map.place(x, y))
        .filter(|&point| clip.is_none_or(|area| area.contains(point)))
        .map(|(x, y)| (x.round() as i32, y.round() as i32))
        .filter(|(x, y)| taken.insert((x / 2, y / 2)))
        .map(|point| vec![point])
        .collect()
}

/// The parts of a run inside the area.
fn clipped(run: &[PointF], area: Area) -> Vec<Vec<PointF>> {
    let mut parts: Vec<Vec<PointF>> = Vec::new();
    let mut open = false;
    if let [point] = run {
        return if area.contains(*point) { vec![run.to_vec()] } else { Vec::new() };
    }
    for pair in run.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let Some((enter, leave)) = area.part(from, to) else {
            open = false;
            continue;
        };
        let at = |share: f64| match share {
            0.0 => from,
            1.0 => to,
            _ => (from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1)),
        };
        match parts.last_mut() {
            Some(part) if open && enter == 0.0 => part.push(at(leave)),
            _ => parts.push(vec![at(enter), at(leave)]),
        }
        open = leave == 1.0;
    }
    parts
}

/// The runs in two halves: what is outside the area and what is inside.
pub(super) fn split(runs: &[Vec<Point>], area: Area) -> (Vec<Vec<Point>>, Vec<Vec<Point>>) {
    let precise = |&(x, y): &Point| (f64::from(x), f64::from(y));
    let (mut outside, mut inside) = (Vec::new(), Vec::new());
    for run in runs {
        let run: Vec<PointF> = run.iter().map(precise).collect();
        inside.extend(clipped(&run, area).iter().map(|part| rounded(part)));
        outside.extend(runs_outside(&run, area).iter().map(|part| rounded(part)));
    }
    (outside, inside)
}

/// The parts of a run outside the area.
fn runs_outside(run: &[PointF], area: Area) -> Vec<Vec<PointF>> {
    if let [point] = run {
        return if area.contains(*point) { Vec::new() } else { vec![run.to_vec()] };
    }
    let mut parts: Vec<Vec<PointF>> = vec![vec![run[0]]];
    for pair in run.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let at = |share: f64| (from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1));
        let (enter, leave) = area.part(from, to).filter(|(enter, leave)| enter < leave).unwrap_or((1.0, 1.0));
        if let Some(part) = parts.last_mut().filter(|_| enter > 0.0) {
            part.push(at(enter));
        }
        if enter < leave {
            parts.push(vec![at(leave)]);
        }
        if leave < 1.0
            && let Some(part) = parts.last_mut()
        {
            part.push(to);
        }
    }
    parts.retain(|part| part.len() > 1);
    parts
}

fn rounded(run: &[PointF]) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::with_capacity(run.len());
    for &(x, y) in run {
        let point = (x.round() as i32, y.round() as i32);
        if points.last() != Some(&point) {
            points.push(point);
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Map = Map { x: (1.0, 0.0), y: (1.0, 0.0) };

    #[test]
    fn what_is_not_finite_breaks_the_line_and_a_lone_point_stays() {
        let y = [1.0, 2.0, f64::NAN, 40.0, f64::INFINITY, 60.0, 70.0];
        let x = [0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0];
        let runs = line(&x, &y, PAGE, None);
        assert_eq!(runs, [vec![(0, 1), (10, 2)], vec![(30, 40)], vec![(50, 60), (60, 70)]]);
    }

    #[test]
    fn a_line_beyond_the_axes_ends_at_their_edge_and_comes_back_at_the_right_place() {
        let area = Area { left: 0, top: 0, right: 100, bottom: 100 };
        let runs = line(&[0.0, 50.0, 100.0], &[50.0, 1e9, 50.0], PAGE, Some(area));
        assert_eq!(runs, [vec![(0, 50), (0, 100)], vec![(100, 100), (100, 50)]]);
        assert!(line(&[200.0, 300.0], &[10.0, 20.0], PAGE, Some(area)).is_empty());
    }

    #[test]
    fn an_area_beyond_the_axes_is_cut_off_at_their_edge() {
        let area = Area { left: 0, top: 0, right: 100, bottom: 100 };
        let mut cut = filled(&[-50.0, 50.0, 50.0, -50.0], &[20.0, 20.0, 80.0, 80.0], PAGE, Some(area));
        cut[0].sort_unstable();
        assert_eq!(cut, [vec![(0, 20), (0, 80), (50, 20), (50, 80)]]);
        assert!(filled(&[200.0, 300.0, 300.0], &[0.0, 0.0, 50.0], PAGE, Some(area)).is_empty());
    }

    #[test]
    fn a_gap_between_corners_makes_two_shapes_of_an_area() {
        let x = [0.0, 10.0, 10.0, f64::NAN, 20.0, 30.0, 30.0];
        let y = [0.0, 0.0, 10.0, 0.0, 0.0, 0.0, 10.0];
        assert_eq!(filled(&x, &y, PAGE, None), [vec![(0, 0), (10, 0), (10, 10)], vec![(20, 0), (30, 0), (30, 10)]]);
    }

    #[test]
    fn markers_that_cannot_be_told_apart_are_drawn_once() {
        let x: Vec<f64> = (0..1000).map(|k| f64::from(k) * 0.01).collect();
        assert!(dots(&x, &x, PAGE, None).len() <= 6);
    }
}
