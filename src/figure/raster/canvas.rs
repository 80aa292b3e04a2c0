//! Pixels, and how shapes cover them.

/// A point in pixels.
pub(super) type Spot = (f64, f64);

/// How a shape is painted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    pub color: [u8; 3],
    pub opacity: f64,
}

/// A white page, and the part of it that can be painted.
pub(super) struct Canvas {
    pub width: usize,
    pub pixels: Vec<[u8; 3]>,
    height: usize,
    /// Left, top, right, bottom.
    pub clip: [f64; 4],
}

/// How much of each pixel of a rectangle is covered.
struct Coverage {
    left: usize,
    top: usize,
    width: usize,
    cells: Vec<f32>,
}

/// A pixel is covered in this many steps: the fewer colours, the smaller the file.
const STEPS: f64 = 4.0;

impl Canvas {
    pub fn new(width: usize, height: usize) -> Canvas {
        let clip = [0.0, 0.0, width as f64, height as f64];
        Canvas { width, height, pixels: vec![[255; 3]; width * height], clip }
    }

    /// Fills closed shapes; where one runs the other way round it is a hole.
    pub fn fill(&mut self, shapes: &[Vec<Spot>], paint: Paint) {
        let Some(mut coverage) = self.around(shapes.iter().flatten(), 0.0) else { return };
        for shape in shapes {
            let next = shape.iter().skip(1).chain(shape.first());
            shape.iter().zip(next).for_each(|(from, to)| coverage.edge(*from, *to));
        }
        self.paint(&coverage, paint);
    }

    /// Draws lines of this width with round ends and corners; a line of one point is a dot.
    pub fn stroke(&mut self, lines: &[Vec<Spot>], width: f64, paint: Paint) {
        let reach = 0.5 * width + 1.0;
        let Some(mut coverage) = self.around(lines.iter().flatten(), reach) else { return };
        for line in lines {
            match line[..] {
                [only] => coverage.segment(only, only, width),
                _ => line.windows(2).for_each(|pair| coverage.segment(pair[0], pair[1], width)),
            }
        }
        self.paint(&coverage, paint);
    }

    /// Paints a rectangle in the colours of cells, row by row, `None` leaving what is there.
    pub fn image(&mut self, [left, top, right, bottom]: [f64; 4], columns: usize, cells: &[Option<[u8; 3]>]) {
        let rows = cells.len() / columns.max(1);
        let visible = |low: f64, high: f64, clip: (f64, f64)| {
            low.max(clip.0).round().max(0.0) as usize..high.min(clip.1).round().max(0.0) as usize
        };
        for y in visible(top, bottom, (self.clip[1], self.clip[3])) {
            for x in visible(left, right, (self.clip[0], self.clip[2])) {
                let cell = |at: usize, from: f64, to: f64, count: usize| {
                    (((at as f64 + 0.5 - from) / (to - from) * count as f64) as usize).min(count - 1)
                };
                let (row, column) = (cell(y, top, bottom, rows), cell(x, left, right, columns));
                if let Some(color) = cells[row * columns + column] {
                    self.pixels[y * self.width + x] = color;
                }
            }
        }
    }

    /// Nothing covered yet of the rectangle around these spots, as far as it can be painted.
    fn around<'a>(&self, spots: impl Iterator<Item = &'a Spot>, reach: f64) -> Option<Coverage> {
        let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for (x, y) in spots {
            bounds = [bounds[0].min(*x), bounds[1].min(*y), bounds[2].max(*x), bounds[3].max(*y)];
        }
        let [left, top] = [0, 1].map(|side| (bounds[side] - reach).max(self.clip[side]).floor().max(0.0) as usize);
        let right = ((bounds[2] + reach).min(self.clip[2]).ceil().max(0.0) as usize).min(self.width);
        let bottom = ((bounds[3] + reach).min(self.clip[3]).ceil().max(0.0) as usize).min(self.height);
        (left < right && top < bottom).then(|| {
            let width = right - left;
            Coverage { left, top, width, cells: vec![0.0; width * (bottom - top)] }
        })
    }

    fn paint(&mut self, coverage: &Coverage, Paint { color, opacity }: Paint) {
        for (row, cells) in coverage.cells.chunks(coverage.width).enumerate() {
            let start = (coverage.top + row) * self.width + coverage.left;
            for (pixel, covered) in self.pixels[start..start + coverage.width].iter_mut().zip(cells) {
                let share = opacity * (STEPS * f64::from(covered.abs().min(1.0))).round() / STEPS;
                if share > 0.0 {
                    for (part, paint) in pixel.iter_mut().zip(color) {
                        *part = (f64::from(*part) + share * (f64::from(paint) - f64::from(*part))).round() as u8;
                    }
                }
            }
        }
    }
}

impl Coverage {
    /// Covers what is nearer to the segment than half the width; a pixel at the edge in part.
    fn segment(&mut self, from: Spot, to: Spot, width: f64) {
        let (way, half) = ((to.0 - from.0, to.1 - from.1), 0.5 * width);
        let squared = way.0 * way.0 + way.1 * way.1;
        let rows = self.cells.len() / self.width;
        let range = |one: f64, other: f64, start: usize, count: usize| {
            let low = (one.min(other) - half - 1.0 - start as f64).max(0.0) as usize;
            let high = (one.max(other) + half + 2.0 - start as f64).max(0.0) as usize;
            low.min(count)..high.min(count)
        };
        // A thin line covers a part of a pixel at most.
        let most = width.min(1.0);
        for row in range(from.1, to.1, self.top, rows) {
            let y = (self.top + row) as f64 + 0.5;
            for column in range(from.0, to.0, self.left, self.width) {
                let x = (self.left + column) as f64 + 0.5;
                let share = if squared > 0.0 { ((x - from.0) * way.0 + (y - from.1) * way.1) / squared } else { 0.0 };
                let share = share.clamp(0.0, 1.0);
                let distance = (x - from.0 - share * way.0).hypot(y - from.1 - share * way.1);
                let covered = (half + 0.5 - distance).clamp(0.0, most) as f32;
                let cell = &mut self.cells[row * self.width + column];
                *cell = cell.max(covered);
            }
        }
    }

    /// Adds the area to the right of an edge to the pixels of each row that it crosses, or takes it away where the edge
    /// goes up: what is left is inside.
    fn edge(&mut self, from: Spot, to: Spot) {
        let shift = |(x, y): Spot| (x - self.left as f64, y - self.top as f64);
        let (from, to) = (shift(from), shift(to));
        if from.1 == to.1 {
            return;
        }
        let (sign, high, low) = if from.1 < to.1 { (1.0, from, to) } else { (-1.0, to, from) };
        let slope = (low.0 - high.0) / (low.1 - high.1);
        let rows = self.cells.len() / self.width;
        for row in high.1.max(0.0) as usize..(low.1.ceil().max(0.0) as usize).min(rows) {
            let (top, bottom) = (high.1.max(row as f64), low.1.min(row as f64 + 1.0));
            let ends = [top, bottom].map(|y| high.0 + (y - high.1) * slope);
            let (left, right) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
            let area = sign * (bottom - top);
            for column in left.max(0.0) as usize..self.width {
                let x = column as f64;
                let share = right_of_edge(x + 1.0, left, right) - right_of_edge(x, left, right);
                self.cells[row * self.width + column] += (area * share) as f32;
            }
        }
    }
}

/// The length between x and an edge on its left; the mean of an edge that goes from `left` to `right`.
fn right_of_edge(x: f64, left: f64, right: f64) -> f64 {
    if x <= left {
        0.0
    } else if x >= right {
        x - 0.5 * (left + right)
    } else {
        (x - left) * (x - left) / (2.0 * (right - left))
    }
}
