//! Chapter 2, part 1: one node of a brain model, and how a computer moves it through time.
//!
//! The notebooks are made from this file: edit it, then `cargo run -- build`.

fn main() -> neurobook::Result<()> {
    // %% [markdown]
    // # Single-node dynamics
    //
    // Chapter 2, part 1. How does one piece of a brain model move through time?
    //
    // After this part you can:
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
    // | | Bonus: complex $a$ | if you are quick |
    // | | Pause | 15 |
    // | | Discussion of the exercises | 10 |
    // | Part 2 | A node of a network | 20 |
    // | End | Last remarks, group work | 10 |
    //
    // That is 115 minutes. This notebook holds part 1; part 2 comes with the next release.
    //
    // Alone at home? Skip the meeting slots, take the pause, and use the hints.

    // %% [markdown]
    // ## How this notebook works
    //
    // **Run a cell.** Click into it and press Shift+Enter. Run the cells from top to bottom: a cell knows only what ran before
    // it. `[*]` beside a cell means that it is working, a number that it is done. The first code cell takes a few seconds.
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
    // Rust reads a whole cell before it runs any of it. If something cannot be right, nothing runs, and you get a message, about
    // like this:
    //
    // ```text
    // error[E0384]: cannot assign twice to immutable variable `total`
    //   |
    // 1 | let total = 0.0;
    //   |     ----- first assignment to `total`
    // 2 | total += 1.0;
    //   | ^^^^^^^^^^^^ cannot assign twice to immutable variable
    //   |
    // help: consider making this binding mutable
    //   |
    // 1 | let mut total = 0.0;
    //   |     +++
    // ```
    //
    // Three things to read: **what** is wrong (the first line), **where** (the line with `^^^^`), and often **what to do**
    // (`help`, with `+++` below what is missing). Mend the first error first: later ones often follow from it. The five that you
    // will meet soonest:
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
    // The next cell draws the ladder of scales. You need not read its code yet.

    // %%
    fn scales_of_the_brain() -> Figure {
        let scales = [
            (1e-8, "ion channel, 10 nm"),
            (1e-6, "synapse, 1 µm"),
            (1e-5, "cell body of a neuron, 10 µm"),
            (5e-4, "cortical column, 0.5 mm"),
            (3e-2, "brain region, 3 cm"),
            (1.5e-1, "whole brain, 15 cm"),
        ];
        let size = scales.map(|(metres, _)| f64::log10(metres));
        let rung = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        let ladder = Figure::new()
            .title("Scales of the brain")
            .x_label("Size in metres, as a power of ten")
            .y_label("Rung of the ladder")
            .points(size, rung)
            .x_range(-9.0, 3.0)
            .y_range(0.5, 6.5)
            .alternative_text(
                "Six scales by size, from an ion channel, 10 nm, to the brain, 15 cm.",
            );
        (0..6).fold(ladder, |ladder, k| ladder.text(size[k] + 0.25, rung[k], scales[k].1))
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
    // What does a model keep at each scale?
    //
    // | Scale | One unit is | Its state is, for example | What is given up |
    // |---|---|---|---|
    // | micro | a neuron or a part of one | the voltage across the membrane | the rest of the brain |
    // | meso | a population of neurons | the mean firing rate | which neuron fired |
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
    // Today is step 3: one node, alone. The equation is the simplest that does anything at all.

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
    check_integrate_exponential(integrate_exponential);

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
    // *Double-click here and write your answer.*
    //
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
    // *Double-click here and write your prediction.*
    //
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
    // - black: Euler's step. It follows the **tangent**, the line with the slope $\dot x$ at $t = 1$;
    // - green, dotted: the **chord**, the line that would have reached the right value. Its slope is
    //   $\dfrac{x(1 + dt) - x(1)}{dt}$.
    //
    // Drag the slider. The gap at the right end is the error of one step.

    // %%
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
    // *Double-click here and write your answer.*
    //
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

    // %%
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

    // %%
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
    check_growing_oscillation(growing_oscillation);

    // %% [markdown] hint
    // Set the imaginary part to 3. Now move the real part from −2 to 2. Then put it to 0 and move the imaginary part.

    // %% [markdown] hint
    // In $e^{\alpha t}\,(\cos \omega t + i \sin \omega t)$, which letter makes the size grow? Which makes the turning?

    // %% [markdown]
    // **Question 2.** For which $a$ does $x$ oscillate at **0.5 Hz**, half a wave each second, without growing or decaying?

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
    check_half_hertz(half_hertz);

    // %% [markdown] hint
    // At 0.5 Hz, how long does one wave last? How many waves fit into the 5 seconds of the figure?

    // %% [markdown] hint
    // One wave is one full turn, by the angle $2\pi$. The angle after $t$ seconds is $\omega t$. So what must $\omega$ be if the turn
    // takes 2 s? In Rust, π is called `PI`.

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
    // *Double-click here and write your answer.*
    // END

    // %% [markdown] hint
    // Draw a circle, and at one point its tangent. Take one step along the tangent. Are you nearer to the centre, or further away?

    // %% [markdown] hint
    // One step multiplies $x$ by $1 + i\,\omega\,dt$. How long is that arrow, by Pythagoras?

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
    // - The **time step** is your choice, and your risk: the error of a run goes with $dt$; a decay is stable only for
    //   $dt < 2/|a|$; a pure oscillation never is.
    //
    // Part 2 puts this to work on a node that oscillates and never explodes.

    // %% [markdown]
    // ## Sources and credits
    //
    // - The lesson follows the plan of the workshop
    //   [computational-neurology/workshop2025](https://github.com/computational-neurology/workshop2025), notebook 02. Text and code here are
    //   our own. Where we teach something differently, the course's list of corrections says why.
    // - The integration exercise and the complex $a$ go back to
    //   [Neuromatch Academy](https://github.com/NeuromatchAcademy/course-content), *Linear Systems*, tutorial 1 (W2D2); the chord and
    //   the tangent to its *Calculus* day (W0D4). Neuromatch content is under
    //   [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/).
    // - About 86 billion neurons: Azevedo, F. A. C. et al. (2009). Equal numbers of neuronal and nonneuronal cells make the human brain
    //   an isometrically scaled-up primate brain. *Journal of Comparative Neurology* 513, 532–541.
    // - Stability of Euler's method: Hairer, E. & Wanner, G. *Solving Ordinary Differential Equations II*, section IV.2. Springer.
    Ok(())
}
