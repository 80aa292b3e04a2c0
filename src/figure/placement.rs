//! Where data goes on the page, and rectangles of it.

/// Points in tenths of a pixel, before they are rounded.
pub(super) type PointF = (f64, f64);

/// Where data goes on the page: one straight map for each axis, in tenths of a pixel.
#[derive(Debug, Clone, Copy)]
pub(super) struct Map {
    pub x: (f64, f64),
    pub y: (f64, f64),
}

impl Map {
    /// The map that takes `data` to `page` (from, to).
    pub fn axis(data: (f64, f64), page: (i32, i32)) -> (f64, f64) {
        let factor = f64::from(page.1 - page.0) / (data.1 - data.0);
        (factor, f64::from(page.0) - factor * data.0)
    }

    pub fn place(&self, x: f64, y: f64) -> PointF {
        (self.x.0 * x + self.x.1, self.y.0 * y + self.y.1)
    }
}

/// A rectangle of the page in tenths of a pixel.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

impl Area {
    /// The part of the segment inside, as shares of its length.
    pub fn part(&self, from: PointF, to: PointF) -> Option<(f64, f64)> {
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        let sides = [
            (from.0 - to.0, from.0 - f64::from(self.left)),
            (to.0 - from.0, f64::from(self.right) - from.0),
            (from.1 - to.1, from.1 - f64::from(self.top)),
            (to.1 - from.1, f64::from(self.bottom) - from.1),
        ];
        for (out, room) in sides {
            if out == 0.0 {
                if room < 0.0 {
                    return None;
                }
            } else if out < 0.0 {
                enter = enter.max(room / out);
            } else {
                leave = leave.min(room / out);
            }
        }
        (enter <= leave).then_some((enter, leave))
    }

    /// The smallest area with both corners.
    pub fn around(one: PointF, other: PointF) -> Area {
        let (x, y) = ((one.0.round() as i32, other.0.round() as i32), (one.1.round() as i32, other.1.round() as i32));
        Area { left: x.0.min(x.1), right: x.0.max(x.1), top: y.0.min(y.1), bottom: y.0.max(y.1) }
    }

    pub fn width(&self) -> i32 {
        self.right - self.left
    }

    pub fn height(&self) -> i32 {
        self.bottom - self.top
    }

    /// Whether some of the area is inside the other one.
    pub fn meets(&self, other: Area) -> bool {
        let common = self.intersection(other);
        common.left < common.right && common.top < common.bottom
    }

    /// What is inside both.
    pub fn intersection(&self, other: Area) -> Area {
        Area {
            left: self.left.max(other.left),
            right: self.right.min(other.right),
            top: self.top.max(other.top),
            bottom: self.bottom.min(other.bottom),
        }
    }

    pub fn inflate(&self, by: i32) -> Area {
        Area { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    pub fn contains(&self, (x, y): PointF) -> bool {
        (f64::from(self.left)..=f64::from(self.right)).contains(&x)
            && (f64::from(self.top)..=f64::from(self.bottom)).contains(&y)
    }
}
