//! Two hundred figures with random titles, labels, names and ranges, as SVG files in the folder that is named.

use std::path::Path;

use neurobook::figure::Figure;
use neurobook::ndarray::Array2;
use neurobook::rand::{RngExt, SeedableRng};
use neurobook::rand_pcg::Pcg64;
use neurobook::{Color, plot_connectivity, plot_matrix};

const COUNT: usize = 200;

const WORDS: [&str; 28] = [
    "Time",
    "of",
    "the",
    "oscillator",
    "(s)",
    "membrane",
    "potential",
    "(mV)",
    "W",
    "and",
    "coupling",
    "strength",
    "synchronisation",
    "mmmm",
    "order",
    "parameter",
    "R",
    "Größe",
    "λ₁",
    "−0.25",
    "±",
    "$\\theta_1$",
    "$\\dot{x}^2$",
    "≈",
    "Streamlines",
    "functional",
    "connectivity",
    "Donaudampfschifffahrt",
];

struct Author {
    random: Pcg64,
}

impl Author {
    fn up_to(&mut self, most: usize) -> usize {
        self.random.random_range(0..=most)
    }

    fn chance(&mut self, share: f64) -> bool {
        self.random.random_bool(share)
    }

    fn words(&mut self, most: usize) -> String {
        let mut text = String::new();
        for _ in 0..1 + self.up_to(most - 1) {
            let gap = if text.is_empty() {
                ""
            } else if self.chance(0.06) {
                "\n"
            } else {
                " "
            };
            text = format!("{text}{gap}{}", WORDS[self.up_to(WORDS.len() - 1)]);
        }
        text
    }

    /// From a lowest number to a highest one, of any size.
    fn range(&mut self) -> (f64, f64) {
        let size = 10_f64.powi(self.random.random_range(-12..=12));
        let low = if self.chance(0.5) { 0.0 } else { size * self.random.random_range(-5.0..5.0) };
        (low, low + size * self.random.random_range(0.5..9.0))
    }

    fn numbers(&mut self, count: usize, (low, high): (f64, f64)) -> Vec<f64> {
        (0..count).map(|_| self.random.random_range(low..=high)).collect()
    }

    fn size(&mut self, figure: Figure) -> Figure {
        if self.chance(0.5) {
            return figure;
        }
        figure.size(self.random.random_range(3.4..9.0), self.random.random_range(2.8..7.0))
    }

    fn labelled(&mut self, mut figure: Figure) -> Figure {
        if self.chance(0.9) {
            figure = figure.title(self.words(12));
        }
        if self.chance(0.9) {
            figure = figure.x_label(self.words(8));
        }
        if self.chance(0.9) {
            figure = figure.y_label(self.words(8));
        }
        figure.grid(self.chance(0.2))
    }

    fn lines(&mut self) -> Figure {
        let (x_range, y_range) = (self.range(), self.range());
        let count = if self.chance(0.3) { self.up_to(30) } else { 1 + self.up_to(4) };
        let mut figure = Figure::new();
        for _ in 0..count {
            let mut x = self.numbers(12, x_range);
            x.sort_by(f64::total_cmp);
            let y = self.numbers(12, y_range);
            figure = if self.chance(0.8) { figure.line(x, y) } else { figure.points(x, y) };
            if self.chance(0.9) {
                figure = figure.label(self.words(4));
            }
        }
        for _ in 0..self.up_to(2) {
            let (x, y) = (self.numbers(1, x_range)[0], self.numbers(1, y_range)[0]);
            figure = figure.text(x, y, self.words(4));
        }
        figure
    }

    fn map(&mut self) -> Figure {
        let (rows, columns) = (2 + self.up_to(12), 2 + self.up_to(12));
        let range = self.range();
        let mut values = self.numbers(rows * columns, range);
        if self.chance(0.2) {
            values[0] = f64::NAN;
        }
        let matrix = Array2::from_shape_vec((rows, columns), values).expect("as many values as cells");
        if self.chance(0.5) {
            return plot_matrix(&matrix, &self.words(5));
        }
        let steps = |(low, high): (f64, f64), count: usize| -> Vec<f64> {
            (0..count).map(|k| low + (high - low) * k as f64 / (count - 1) as f64).collect()
        };
        let (x, y) = (steps(self.range(), columns), steps(self.range(), rows));
        let (at, up) = (x[1], y[1]);
        let figure = Figure::new().heat_map_over(x, y, &matrix).color_bar(self.words(5));
        figure.points([at], [up]).color(Color::Orange).label(self.words(3))
    }

    fn figure(&mut self) -> Figure {
        match self.up_to(9) {
            0..=4 => {
                let figure = self.lines();
                let figure = self.labelled(figure);
                self.size(figure)
            }
            5..=6 => {
                let figure = self.map();
                self.labelled(figure)
            }
            7 => {
                let times: Vec<f64> = (0..60).map(|k| 0.1 * f64::from(k)).collect();
                let figure = Figure::new().phase(&times, times.iter().map(|t| 3.0 * t)).label(self.words(3));
                let figure = self.labelled(figure);
                self.size(figure)
            }
            8 => plot_connectivity(&Array2::from_elem((9, 9), 0.5)).title(self.words(9)),
            _ => {
                let panels: Vec<Figure> = (0..2 + self.up_to(2))
                    .map(|_| {
                        let figure = if self.chance(0.7) { self.lines() } else { self.map() };
                        self.labelled(figure)
                    })
                    .collect();
                Figure::tiled(2, panels).title(self.words(14)).size(10.0, 8.0)
            }
        }
    }
}

fn main() {
    let folder = std::env::args().nth(1).expect("the name of a folder");
    let mut author = Author { random: Pcg64::seed_from_u64(9) };
    for number in 0..COUNT {
        let file = Path::new(&folder).join(format!("{number:03}.svg"));
        author.figure().save(file).expect("a folder that can be written to");
    }
}
