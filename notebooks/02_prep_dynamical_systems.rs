//! Preparation for chapter 2: the words of dynamical systems, and a quiz on them.
//!
//! The notebooks are made from this file: edit it, then `cargo run -- build`.

fn main() -> neurobook::Result<()> {
    // %% [markdown]
    // # Dynamical systems, in short
    //
    // Preparation for chapter 2. Read it before the meeting; it takes about 45 minutes. There is nothing to program.
    //
    // After this you can:
    //
    // - say what a virtual brain is for;
    // - tell a state from a parameter, and a rate of change from both;
    // - say what Euler's method does, and when not to trust it;
    // - read a phase plane;
    // - use ten words that every paper on brain dynamics takes for granted.

    // %% [markdown]
    // ## How this notebook works
    //
    // Click into a cell and press Shift+Enter: it runs. Go from top to bottom. The first code cell takes a few seconds. Of
    // most cells with code you see the first line only: they draw, and need not be read. A click on that line opens one; you may change it.

    // %%
    // :dep neurobook = { path = "../.." }
    use neurobook::prelude::*;

    // %% [markdown]
    // ## Virtual brains
    //
    // *15 minutes.* Two videos show where this course leads. They need a network; nothing else here does.
    //
    // 1. [Virtual brains, first video](https://www.youtube.com/watch?v=DBI3t0wiFFw). Watch for the use: which decision about a patient
    //    could a model of that patient's brain help with?
    // 2. [Virtual brains, second video](https://www.youtube.com/watch?v=8G83r_SUDXE). Watch for the making: which measurements of a
    //    person go in, and what comes out?
    //
    // A **virtual brain** is a set of equations, one or a few for each region, linked as the regions of a measured brain are
    // linked. The platform of that name, [The Virtual Brain](https://www.thevirtualbrain.org), is one program that solves them.
    // This course builds small ones by hand.

    // %% [markdown]
    // ## What is a dynamical system?
    //
    // Anything that changes by a rule. It has three parts:
    //
    // | Part | Question that it answers | A neuron at rest, for example |
    // |---|---|---|
    // | **state** | What is the case now? | the voltage $v$ across its membrane, in mV |
    // | **rule** | How does that change? | back to the resting voltage, the faster the further it is away |
    // | **parameters** | Which numbers does the rule take as given? | the resting voltage, −70 mV, and a time constant, 10 ms |
    //
    // The state is all that one needs to know about the present. How the neuron came to −60 mV does not matter for what it does
    // next.

    // %% [markdown]
    // ## The rate of change
    //
    // The rule is mostly given as a **rate of change**: by how much does the state change in a unit of time, at this moment? The
    // sign for it is $\dfrac{dv}{dt}$, or $\dot v$ for short. The rule of our neuron is
    //
    // $$\dot v = -\frac{v + 70}{10} \quad \text{(in mV per ms)}.$$
    //
    // This is an **ordinary differential equation**, an ODE: an equation between a state and its own rate of change. In general
    // one writes $\dot x = f(x)$.
    //
    // Put in numbers. At $v = -50$ the rate is $-20/10 = -2$: the voltage falls by 2 mV per ms. At $v = -90$ it is $+2$. And
    // at $v = -70$?

    // %% folded
    // Picture: the rule of a neuron at rest, and what follows from it
    fn resting_neuron() -> Figure {
        let v: Array1<f64> = Array1::linspace(-95.0, -45.0, 51);
        let rule = Figure::new()
            .title("The rule")
            .x_label("Voltage v (mV)")
            .y_label("Rate of change (mV per ms)")
            .line(&v, v.iter().map(|v| -(v + 70.0) / 10.0))
            .line([-95.0, -45.0], [0.0, 0.0])
            .color(Color::Gray)
            .width(1.0)
            .points([-70.0], [0.0])
            .color(Color::Orange)
            .text(-68.5, 0.15, "fixed point");
        let t: Array1<f64> = Array1::linspace(0.0, 50.0, 201);
        let runs = Figure::new()
            .title("What it does")
            .x_label("Time (ms)")
            .y_label("Voltage v (mV)");
        let runs = [-50.0, -60.0, -70.0, -90.0].into_iter().fold(runs, |runs, start| {
            runs.line(&t, t.iter().map(|t| -70.0 + (start + 70.0) * f64::exp(-t / 10.0)))
                .label(format!("from −{} mV", -start))
        });
        Figure::row([rule, runs.y_range(-95.0, -45.0)]).size(9.5, 3.8)
    }
    resting_neuron().show();

    // %% [markdown]
    // Left: the rate for every voltage. Right: what follows from it, from four starts.
    //
    // - Where the rate is above 0 the voltage rises; where it is below 0, it falls.
    // - At −70 mV the rate is 0, and nothing changes any more. Such a state is a **fixed point**.
    // - From both sides the voltage comes back to it: the fixed point is **stable**.
    // - The value at $t = 0$ is the **initial condition**. One rule, four initial conditions, four curves.

    // %% [markdown]
    // ## On paper, or step by step?
    //
    // The curves on the right were drawn from a formula:
    //
    // $$v(t) = -70 + (v_0 + 70)\,e^{-t/10}.$$
    //
    // Its relative, $\dot x = a\,x$ with the solution $x_0\,e^{a t}$, opens chapter 2. A solution as a formula is called **analytical**.
    // Most equations of brain models have none. Then one computes a **numerical** solution, step by step.
    //
    // The simplest way is **Euler's method**: work out the rate, walk in that direction for a short time $dt$, and repeat.
    //
    // $$\text{new value} = \text{value before} + \text{rate of change before} \times dt$$
    //
    // From $v = -50$ with $dt = 1$ ms: the rate is −2 mV per ms, so the next value is $-50 - 2 \times 1 = -52$ mV. The formula says
    // −51.90 mV. Near, and not the same. In chapter 2 you program it.

    // %% [markdown]
    // **When does walking fail?** Euler's method believes that the rate stays as it is for a whole step. Two things break that:
    //
    // - **Sudden jumps.** A neuron that fires runs through its spike in 1 to 2 ms. With $dt = 1$ ms that is a step or two, and the
    //   spike comes out deformed, or not at all. Such models need a much smaller step.
    // - **Noise.** A random push has no rate of change: halve the step, and the pushes become wilder, not smoother. Methods for
    //   noise scale it with $\sqrt{dt}$ instead of $dt$. You write one in the preparation of chapter 3.

    // %% [markdown]
    // ## The phase plane
    //
    // Some states need two numbers. Think of a mass on a spring. Its position alone does not tell what comes next: it passes the
    // middle on its way to the right, and again on its way to the left. Position **and** velocity together do.
    //
    // Two numbers are a point in a plane: the **phase plane**. With more numbers it is called the **phase space**; each number
    // of the state is one of its dimensions.
    //
    // The mass swings once in 2 seconds, 1 cm to each side:
    //
    // $$x(t) = \cos(\pi t), \qquad \dot x(t) = -\pi \sin(\pi t).$$
    //
    // **Before you drag the slider:** where in the phase plane will the point be when the mass is at its rightmost position? And
    // when it rushes through the middle?

    // %% folded
    // Slider: a mass on a spring, over time and in the phase plane
    fn harmonic_motion(time: f64) -> Figure {
        let t: Array1<f64> = Array1::linspace(0.0, 4.0, 401);
        let position = |t: f64| (PI * t).cos();
        let velocity = |t: f64| -PI * (PI * t).sin();
        let (x, v) = (position(time), velocity(time));
        let over_time = |name: &str, at: f64, of: &dyn Fn(f64) -> f64| {
            Figure::new()
                .x_label("Time (s)")
                .y_label(name)
                .line(&t, t.iter().map(|t| of(*t)))
                .points([time], [at])
                .color(Color::Orange)
                .marker_size(9.0)
        };
        let plane = Figure::new()
            .title("Phase plane")
            .x_label("Position (cm)")
            .y_label("Velocity (cm/s)")
            .x_range(-2.2, 2.2)
            .y_range(-4.0, 4.0)
            .line([-2.2, 2.2], [0.0, 0.0])
            .color(Color::Gray)
            .width(1.0)
            .line([0.0, 0.0], [-4.0, 4.0])
            .color(Color::Gray)
            .width(1.0)
            .line(t.iter().map(|t| position(*t)), t.iter().map(|t| velocity(*t)))
            .color(Color::Blue)
            .points([x], [v])
            .color(Color::Orange)
            .marker_size(9.0);
        Figure::row([
            over_time("Position (cm)", x, &position).title("Position"),
            over_time("Velocity (cm/s)", v, &velocity).title("Velocity"),
            plane,
        ])
        .size(11.0, 3.8)
        .alternative_text(format!(
            "At {time:.2} s the mass is at {x:.2} cm and moves at {v:.2} cm/s: a point on an ellipse in the phase plane."
        ))
    }
    interact([Slider::new("Time", 0.0, 4.0).step(0.05).start(0.3).unit("s")], |[time]| {
        harmonic_motion(time)
    })
    .show();

    // %% [markdown]
    // Six things to see:
    //
    // 1. **Two axes, one state.** The position is on the horizontal axis, the velocity on the vertical one. Time is on neither: it
    //    is in the motion of the point.
    // 2. **The line that the point draws** is its **trajectory**. Here it is an ellipse, 1 cm to each side and 3.14 cm/s up and down.
    // 3. **Far out, it rests.** At the extremes of the position, at ±1 cm, the velocity is 0: the mass turns round.
    // 4. **In the middle, it is fastest.** At position 0 the velocity is at its extremes, ±3.14 cm/s.
    // 5. **It goes clockwise.** Above the horizontal axis the velocity is positive, so the position grows: the point moves to
    //    the right. Below, to the left.
    // 6. **The curve is closed.** After 2 seconds the state is the same as at first, and a state decides what follows. So all
    //    repeats: the motion is **periodic**.
    //
    // (Some figures draw the position upwards instead. Then the same point goes round the other way.)

    // %% [markdown]
    // ## When the picture changes
    //
    // The mass on a spring keeps whatever swing it is given: a larger start, a larger ellipse. Brain rhythms are not like that. A
    // disturbed rhythm comes back to its size. The simplest equation that does so is the node of a later chapter. Its state has
    // two numbers, $x$ and $y$, and one parameter, $a$, matters.
    //
    // The figure shows two trajectories, one from far outside and one from close to the middle. What happens when $a$ passes 0?

    // %% folded
    // Slider: the birth of a rhythm
    fn birth_of_a_rhythm(a: f64) -> Figure {
        let t: Array1<f64> = Array1::linspace(0.0, 30.0, 1501);
        // The distance from the origin, from the equation r' = (a - r²) r.
        let distance = |start: f64, t: f64| {
            let s = start * start;
            let growth =
                if a == 0.0 { t } else { (1.0 - f64::exp(-2.0 * a * t)) / (2.0 * a) };
            f64::sqrt(s / (f64::exp(-2.0 * a * t) + 2.0 * s * growth))
        };
        let figure = Figure::new()
            .size(5.2, 5.0)
            .title(if a > 0.0 {
                "A rhythm: a limit cycle"
            } else {
                "Rest: a stable fixed point"
            })
            .x_label("x")
            .y_label("y")
            .x_range(-1.6, 1.6)
            .y_range(-1.6, 1.6);
        [(1.5, "from outside"), (0.1, "from near the middle")].into_iter().fold(
            figure,
            |figure, (start, name)| {
                let x = t.iter().map(|t| distance(start, *t) * f64::cos(2.0 * t));
                let y = t.iter().map(|t| distance(start, *t) * f64::sin(2.0 * t));
                figure.line(x, y).label(name)
            },
        )
    }
    interact([Slider::new("a", -1.0, 1.0).step(0.1).start(-0.3)], |[a]| {
        birth_of_a_rhythm(a)
    })
    .show();

    // %% [markdown]
    // - For $a < 0$ both end at the origin: a stable fixed point. All activity dies out.
    // - For $a > 0$ both end on the same circle, of radius $\sqrt a$. A closed trajectory that its neighbours approach, or leave, is a **limit
    //   cycle**; this one draws them in. The origin is still a fixed point, but an unstable one: from next to it the state runs away.
    // - At $a = 0$ the picture changes in kind, not only in size. That is a **bifurcation**.
    //
    // Optional, 8 minutes or more: [a video introduction to dynamical systems](https://www.youtube.com/watch?v=-FvrON0OmYc), and
    // [one on the phase plane](https://www.youtube.com/watch?v=3_mSLo89df8).

    // %% [markdown]
    // ## Quiz: a small dictionary
    //
    // *10 minutes.* Five questions, and five more for the curious. Nobody counts. Every answer, right or wrong, gets a reply, so a
    // wrong one is worth giving.

    // %%
    quiz_dynamical_systems().show();

    // %% [markdown]
    // ## To keep
    //
    // | Word | In a sentence |
    // |---|---|
    // | state | the numbers that say all about the present |
    // | parameter | a number of the rule, fixed during a run |
    // | ordinary differential equation | it gives the rate of change for each state |
    // | initial condition | the state at the beginning |
    // | trajectory | the way of the state through the phase space |
    // | phase space | all possible states, one dimension for each number; with two it is the phase plane |
    // | fixed point | a state whose rate of change is 0 |
    // | stability | what happens after a small push: the state comes back (*asymptotically stable*), stays near (*neutral*, as the mass on its spring), or leaves |
    // | limit cycle | a closed trajectory that its neighbours approach (or leave) |
    // | bifurcation | a change in kind, when a parameter passes a value |
    //
    // Next: [chapter 2](02_single_node_dynamics.ipynb), where you program the first of these.

    // %% [markdown]
    // ## Sources and credits
    //
    // - The plan follows the preparation for notebook 02 of the workshop
    //   [computational-neurology/workshop2025](https://github.com/computational-neurology/workshop2025), which names the four videos. Text,
    //   figures, quiz and code are our own.
    // - Dynamical systems: Strogatz, S. H. *Nonlinear Dynamics and Chaos*, chapters 2, 5, 7 and 8. CRC Press.
    // - The same for neurons, with many phase planes: Izhikevich, E. M. (2007). *Dynamical Systems in Neuroscience*. MIT Press.
    // - The Virtual Brain: Sanz Leon, P. et al. (2013). The Virtual Brain: a simulator of primate brain network dynamics. *Frontiers in
    //   Neuroinformatics* 7, 10. [doi:10.3389/fninf.2013.00010](https://doi.org/10.3389/fninf.2013.00010)
    Ok(())
}
