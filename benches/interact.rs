//! `cargo bench --bench interact`: the largest sliders of the course, every position of them. 21 x 111
//! positions of 50,000 complex Euler steps by a function as a learner writes it.

use std::time::{Duration, Instant};

use neurobook::prelude::*;

fn integrate_exponential(a: Complex64, x0: f64, dt: f64, t_end: f64) -> (Array1<Complex64>, Array1<f64>) {
    let t = Array1::range(0.0, t_end, dt);
    let mut x = Array1::<Complex64>::zeros(t.len());
    x[0] = Complex64::new(x0, 0.0);
    for k in 1..t.len() {
        let xdot = a * x[k - 1];
        x[k] = x[k - 1] + xdot * dt;
    }
    (x, t)
}

fn draw(real: f64, imaginary: f64) -> Figure {
    let (x, t) = integrate_exponential(Complex64::new(real, imaginary), 1.0, 0.0001, 5.0);
    let figure = Figure::new().size(5.0, 5.0).x_label("Time (s)").y_label("x").grid(true);
    figure.line(&t, x.iter().map(|x| x.re))
}

fn main() {
    println!("run  positions  seconds  HTML (kB)   of it a figure alone (ms, one thread)");
    for run in 1..=5 {
        let start = Instant::now();
        let widget = interact(
            [
                Slider::new("real part of a", -2.0, 2.0).step(0.2).start(0.0),
                Slider::new("imaginary part of a", -4.0, 7.0).step(0.1).start(1.0),
            ],
            |[real, imaginary]| draw(real, imaginary),
        );
        let seconds = start.elapsed().as_secs_f64();
        let kilobytes = widget.html().len() as f64 / 1000.0;
        let alone = figure_alone().as_secs_f64() * 1000.0;
        println!("{run:3}  {:9}  {seconds:7.2}  {kilobytes:9.0}   {alone:.2}", widget.positions());
    }
}

/// From 50,000 points to SVG, without the integration.
fn figure_alone() -> Duration {
    let t = Array1::linspace(0.0, 5.0, 50_000);
    let x = t.mapv(|t: f64| (7.0 * t).cos());
    let start = Instant::now();
    for _ in 0..100 {
        std::hint::black_box(Figure::new().line(&t, &x).svg());
    }
    start.elapsed() / 100
}
