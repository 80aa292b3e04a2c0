//! Second preparation for chapter 4: how sure a fit is, by rejection sampling, and whether what it says of itself holds.
//!
//! The notebooks are made from this file: edit it, then `cargo run -- build`.

fn main() -> neurobook::Result<()> {
    // %% [markdown]
    // # How sure is a fit?
    //
    // Second preparation for chapter 4. A search finds a best value. How far from it may the truth be?
    //
    // In the [first preparation](04_prep_recovery.ipynb) a program found one parameter of one recording. Here there are many recordings, and two
    // parameters that can stand in for each other. You write a method that gives not a best value but **all values that fit**. It takes
    // about twenty lines. After this preparation you can:
    //
    // - test a fit on **virtual subjects** whose parameters you know (**parameter recovery**);
    // - recognise a **ridge**, and say which parameters the data do not decide (**identifiability**);
    // - write **rejection sampling**, the simplest form of **approximate Bayesian computation**;
    // - read an **interval** off the values that are kept;
    // - find out whether intervals hold what they promise (**coverage**), and mend them when they do not.
    //
    // | Part | What | Minutes |
    // |---|---|---|
    // | 1 | Fifty virtual subjects | 8 |
    // | 2 | A ridge | 5 |
    // | 3 | Keep what fits: exercises 1 and 2 | 17 |
    // | 4 | An interval: exercise 3 | 7 |
    // | 5 | Does it hold the truth? Exercise 4 | 7 |
    // | 6 | Near is not equal: exercise 5 | 10 |
    // | 7 | A promise that is broken | 8 |
    //
    // That is 62 minutes, alone, before the meeting. A good place for a pause is after part 3.

    // %%
    // :dep neurobook = { path = "../.." }
    use neurobook::prelude::*;

    // %% [markdown]
    // ## Part 1: fifty virtual subjects
    //
    // The brain of this preparation is as small as can be: two Hopf nodes of 10 Hz, coupled, with weak noise and $a < 0$. So each
    // of them rests, and the noise makes it ring, like a bell that is tapped again and again. Two parameters are withheld:
    //
    // - $a$, from −0.03 to −0.005 per ms: the nearer to 0, the longer a node rings;
    // - the coupling $K$, from 0 to 0.03 per ms. (It acts on both variables of a node, so that it damps all phases of the cycle alike.)
    //
    // Nobody's seed is known, so curves are not compared. Of each recording we keep two numbers, its **summaries**: the functional
    // connectivity of the two nodes (FC), which is the correlation of their activity, and the **size** of the activity, its standard deviation.

    // %%
    /// The activity of two coupled nodes: a row per node, without the first two seconds.
    fn recording(a: f64, coupling: f64, seconds: f64, dt: f64, seed: u64) -> Array2<f64> {
        let model = HopfNetwork {
            nodes: vec![Hopf { a, omega: 0.02 * PI }],
            coupling,
            coupled: CoupledVariables::Both,
            weights: network::all_to_all(2),
            noise: 0.0005,
            noise_time: 0.0,
            dt,
            seed,
            ..HopfNetwork::default()
        };
        let run = model.simulate(2000.0 + 1000.0 * seconds);
        run.and_then(|run| run.after(2000.0).nodes("x")).expect("the run is fine")
    }
    /// The FC of the two nodes, and the size of their activity.
    fn summaries(x: &Array2<f64>) -> [f64; 2] {
        let fc = analysis::correlation(&x.row(0).to_owned(), &x.row(1).to_owned());
        [fc.expect("both are as long"), x.std(0.0)]
    }
    for coupling in [0.0, 0.01, 0.03] {
        let [fc, size] = summaries(&recording(-0.01, coupling, 20.0, 0.5, 1));
        println!("a = -0.01, K = {coupling:.2}: FC {fc:>5.2}, size {size:.5}");
    }

    // %% [markdown]
    // More coupling makes a higher FC. So a search can find $K$ from the FC, as the first preparation did. How well? **One** subject does not tell. So
    // make fifty, each with a $K$ of its own that you know, and search for all of them. They are recorded for 20 s, in steps of 0.25 ms; the model's runs
    // are longer, and in steps of 0.5 ms. (Data and fit with the same steps would share an error that then nobody sees.)
    //
    // On the left everybody has $a = -0.01$, and the search knows it. On the right everybody has an $a$ of their own as well, and the search takes the pair $a$, $K$
    // whose FC is nearest. A perfect search would put all points on the dashed line.

    // %% folded
    // Picture: what the search finds of fifty subjects
    /// Pairs of a and K, each number drawn evenly from its range and independently of all others.
    fn drawn_pairs(count: usize, seed: u64) -> (Array1<f64>, Array1<f64>) {
        // The next seed for K: with the same one, K would follow from a.
        let a: Array1<f64> = noise::uniform(count, -0.03, -0.005, seed);
        let k: Array1<f64> = noise::uniform(count, 0.0, 0.03, seed + 1);
        (a, k)
    }
    /// The summaries of such pairs, a row each, recorded for that many seconds; each with a seed of its own.
    fn recorded(
        (a, k): (&Array1<f64>, &Array1<f64>),
        seconds: f64,
        dt: f64,
        first_seed: u64,
    ) -> Array2<f64> {
        let numbers: Vec<f64> = (0..a.len()).map(|n| n as f64).collect();
        let of_one = |number: f64| {
            let n = number as usize;
            summaries(&recording(a[n], k[n], seconds, dt, first_seed + n as u64))
        };
        Array2::from(sweep(&numbers, of_one))
    }
    fn scatter(truth: &Array1<f64>, found: &Array1<f64>, title: &str) -> Figure {
        Figure::new()
            .title(title)
            .x_label("True K (1/ms)")
            .y_label("Found K (1/ms)")
            .x_range(-0.001, 0.031)
            .y_range(-0.001, 0.031)
            .line([0.0, 0.03], [0.0, 0.03])
            .color(Color::Gray)
            .dashed()
            .points(truth, found)
            .color(Color::Blue)
    }
    fn rmse(one: &Array1<f64>, other: &Array1<f64>) -> f64 {
        let gap = one - other;
        ((&gap * &gap).sum() / gap.len() as f64).sqrt()
    }
    let (a_true, k_true) = drawn_pairs(50, 11);
    let a_known: Array1<f64> = Array1::from_elem(50, -0.01);
    let a_grid: Array1<f64> = Array1::linspace(-0.03, -0.005, 21);
    let k_grid: Array1<f64> = Array1::linspace(0.0, 0.03, 21);
    let grid_fc: Array2<f64> = sweep_grid(&a_grid.to_vec(), &k_grid.to_vec(), |a, k| {
        summaries(&recording(a, k, 30.0, 0.5, 1))[0]
    });
    /// The place in the grid whose FC is nearest.
    fn nearest_pair(grid_fc: &Array2<f64>, fc: f64) -> (usize, usize) {
        let mut best = (0, 0);
        for (place, value) in grid_fc.indexed_iter() {
            if (value - fc).abs() < (grid_fc[best] - fc).abs() {
                best = place;
            }
        }
        best
    }
    // Row 16 of the grid is a = -0.01.
    let known_row: Array2<f64> = grid_fc.slice(s![16..17, ..]).to_owned();
    let fc_known: Array1<f64> =
        recorded((&a_known, &k_true), 20.0, 0.25, 1_000_000).column(0).to_owned();
    let fc_fifty: Array1<f64> =
        recorded((&a_true, &k_true), 20.0, 0.25, 1_000_000).column(0).to_owned();
    let found_known: Array1<f64> =
        fc_known.mapv(|fc| k_grid[nearest_pair(&known_row, fc).1]);
    let found_fifty: Array1<f64> = fc_fifty.mapv(|fc| k_grid[nearest_pair(&grid_fc, fc).1]);
    Figure::row([
        scatter(&k_true, &found_known, "a is known"),
        scatter(&k_true, &found_fifty, "a is sought as well"),
    ])
    .size(9.6, 4.4)
    .show();
    println!(
        "how far K is off, as RMSE, if a is known:  {:.4}",
        rmse(&found_known, &k_true)
    );
    println!(
        "how far K is off, as RMSE, if a is sought: {:.4}",
        rmse(&found_fifty, &k_true)
    );

    // %% [markdown] text id=read_recovery points=2 minutes=3
    // **Read the two pictures.** (1) On the left, the search is right and the model is the true one. Why are the points not on the line? (2) What is
    // different on the right? Look at one true $K$, and at all values that are found for it. (3) Would a single subject have told you?
    //
    // SOLUTION
    // 1. Chance: 20 s of a noisy rhythm are a sample, and another 20 s of the same person have another FC. A longer recording would bring
    //    the points nearer to the line.
    // 2. The points are more than twice as far off: for about the same true $K$, one search finds half of it and another one much more. More chance is not the
    //    reason, for the recordings are as long. A second unknown is.
    // 3. No. One subject is one point. It may lie on the line by luck, and nobody sees how far the others spread.
    // STUB
    // 1. On the left:
    // 2. On the right:
    // 3. A single subject:
    // END

    // %% [markdown] hint
    // For 1: would the same person have the same FC in the next 20 s?

    // %% [markdown] hint
    // For 2: could two different pairs of $a$ and $K$ make the same FC?

    // %% [markdown]
    // ## Part 2: a ridge
    //
    // Why is $K$ lost? Two coupled nodes have two ways to ring: together and against each other. Together, each sees no difference to the other, and the coupling does
    // nothing: they ring for about $1/|a|$. Against each other, the difference is twice the activity, and the coupling damps it: they ring for about $1/(|a| + 2K)$.
    // What rings longer becomes larger. The variances $S$ of the first way and $D$ of the second are as those two times, and the FC is
    //
    // $$r = \frac{S - D}{S + D} = \frac{K}{K + |a|} .$$
    //
    // (Runs of 25 minutes agree with it to about 0.01.) Make $K$ and $|a|$ twice as large: $r$ stays the same. The FC knows the **ratio** of the two and nothing else. Here is one subject, $a = -0.01$ and
    // $K = 0.01$, beside the whole grid. The mark is the pair that the search takes.

    // %%
    let subject: [f64; 2] = summaries(&recording(-0.01, 0.01, 20.0, 0.25, 2_000_000));
    println!("the subject has FC {:.3} and size {:.5}", subject[0], subject[1]);
    println!("the formula gives FC {:.3}", 0.01 / (0.01 + 0.01));
    let map = neurobook::sweep::GridScan {
        rows: a_grid.clone(),
        columns: k_grid.clone(),
        scores: grid_fc.mapv(|fc| -(fc - subject[0]).abs()),
    };
    plot_scan_grid(&map, "a (1/ms)", "K (1/ms)", "minus distance of the FC").show();

    // %% [markdown]
    // The bright band is a **ridge**: along it all pairs fit about equally well, and chance alone decides which one is the best. A best value says nothing of it. What
    // would? All the pairs on the band. That is what we compute now.
    //
    // ## Part 3: keep what fits
    //
    // The recipe is short:
    //
    // 1. **Draw** many pairs of parameters at random, from all that you hold possible before you have seen the data. That is the **prior**.
    // 2. **Simulate** a recording with each pair, as long as the subject's, each with a seed of its own.
    // 3. **Compare** its summaries with those of the subject: a distance.
    // 4. **Keep** the nearest, reject the rest. The pairs that are kept are a sample of what the data leave possible, the **posterior**.
    //
    // That is **rejection sampling**, the simplest form of **approximate Bayesian computation** (ABC). *Approximate*, because the nearest runs are near and not equal.
    //
    // Steps 1 and 2 are the next cell: 2000 pairs, $a$ drawn evenly from −0.03 to −0.005 and $K$ from 0 to 0.03, with the seeds 1 and 2, as the subjects' pairs were drawn. Why
    // two seeds? With one, $K$ would follow from $a$, and all pairs would lie on a line. That is 12 hours of two nodes, and takes half a minute or less.

    // %%
    let (a_drawn, k_drawn) = drawn_pairs(2000, 1);
    let begin = std::time::Instant::now();
    let drawn: Array2<f64> = recorded((&a_drawn, &k_drawn), 20.0, 0.5, 1);
    println!("{} runs in {:.1} s", drawn.nrows(), begin.elapsed().as_secs_f64());
    for n in 0..3 {
        println!(
            "a = {:.4}, K = {:.4}: FC {:>5.2}, size {:.5}",
            a_drawn[n],
            k_drawn[n],
            drawn[[n, 0]],
            drawn[[n, 1]]
        );
    }

    // %% [markdown]
    // ### Exercise 1: how far is each run from the subject?
    //
    // *5 minutes.* The two summaries differ by unlike amounts: an FC by tenths, a size by thousandths. So divide each gap by the **spread** of
    // its summary, the standard deviation over all runs. Then square, add up and take the root:
    //
    // $$d = \sqrt{\sum_j \left(\frac{\text{run}_j - \text{subject}_j}{\text{spread}_j}\right)^2} .$$
    //
    // Each row of `runs` is a run, each column a summary. `&runs.column(j) - 0.5` takes 0.5 from each number of the column `j`, `.std(0.0)` is the standard
    // deviation of a column, and `&gaps * &gaps` squares each. The root is there already.

    // %% exercise id=distances points=3 minutes=5
    /// How far the summaries of each run are from those of the subject, in spreads.
    fn distances(runs: &Array2<f64>, subject: &Array1<f64>) -> Array1<f64> {
        let mut sums: Array1<f64> = Array1::zeros(runs.nrows());
        for j in 0..runs.ncols() {
            // SOLUTION
            let spread: f64 = runs.column(j).std(0.0);
            let gaps: Array1<f64> = (&runs.column(j) - subject[j]) / spread;
            let squares: Array1<f64> = &gaps * &gaps;
            // STUB
            // let spread: f64 = blank!("(1) the standard deviation of the column");
            // let gaps: Array1<f64> = blank!("(2) column less the subject's summary, over the spread");
            // let squares: Array1<f64> = blank!("(3) their squares");
            // END
            sums += &squares;
        }
        sums.mapv(f64::sqrt)
    }

    // %% check
    check!(distances(&runs, &subject) -> distances);
    // TITLE Exercise 1: distances
    // CASES
    // one summary: array![[0.2], [0.5], [0.9]], array![0.4]
    // two summaries: array![[0.2, 0.03], [0.5, 0.05], [0.8, 0.02]], array![0.4, 0.04]
    // the second in another unit: array![[0.2, 30.0], [0.5, 50.0], [0.8, 20.0]], array![0.4, 40.0]
    // a run that is the subject: array![[0.1, 0.02], [0.6, 0.03], [0.3, 0.05], [0.5, 0.01]], array![0.6, 0.03]
    // three summaries: array![[0.1, 2.0, -1.0], [0.6, 3.0, 0.5], [0.3, 5.0, 0.0]], array![0.5, 2.5, -0.5]
    // HIDDEN 8
    // Array2::from_shape_fn((6, 2), |(_, j)| random.uniform(0.0, 1.0 + j as f64)), Array1::from_shape_fn(2, |_| random.uniform(0.0, 1.0))
    // PARTS
    // distances, within 0.000000001
    // HINTS
    // distances: Compute the first case on paper. The spread of 0.2, 0.5 and 0.9 is 0.287, and the first gap is −0.2.
    // LESSON
    // Over its spread, no summary counts more because of its unit. (Chapter 4 divides by what chance alone does. Both are used.)
    // MISTAKES
    // the spread is missing: `(&runs.column(j) - subject[j]) / spread` => `&runs.column(j) - subject[j]`
    //   The summary with the larger numbers then decides alone. Divide by the spread.
    // divided by the variance: `std(0.0)` => `var(0.0)`
    //   That is the square of the spread. .std(0.0) is the standard deviation.
    // another divisor of the spread: `std(0.0)` => `std(1.0)`
    //   .std(1.0) divides by one less than the number of runs. Here it is .std(0.0).
    // sizes instead of squares: `&gaps * &gaps` => `gaps.mapv(f64::abs)`
    //   The gaps are to be squared.
    // the root is missing: `sums.mapv(f64::sqrt)` => `sums`
    //   That is the square of the distance.
    // always the first summary of the subject: `subject[j]` => `subject[0]`
    //   Each column has its own summary of the subject, subject[j].
    // the subject is forgotten: `(&runs.column(j) - subject[j]) / spread` => `&runs.column(j) / spread`
    //   That is how far each run is from 0.
    // only the last summary: `sums += &squares` => `sums = squares`
    //   All summaries count: add the squares to the sums.
    // divided by the mean: `runs.column(j).std(0.0)` => `runs.column(j).sum() / runs.nrows() as f64`
    //   That is the mean of the column. Its spread is the standard deviation.
    // END

    // %% [markdown] hint
    // Blank 1 is a column, a point, and a function of the text. In blank 2, put the subtraction into brackets before you divide.

    // %% [markdown] hint
    // The subject's summary that belongs to the column `j` is `subject[j]`. Blank 3 stands in the text.

    // %% [markdown]
    // ### Exercise 2: the nearest
    //
    // *6 minutes.* Which runs are the nearest? Return their **indices**, the nearest first, for an index leads to the parameters. So make a list of all indices, sort it by the
    // distances, and keep its beginning.
    //
    // `(0..5).collect()` makes a list of the numbers from 0 to 4. This sorts indices by the ages of people: `order.sort_by(|i, k| ages[*i].total_cmp(&ages[*k]))`.
    // And `order.truncate(3)` keeps the first three.

    // %% exercise id=nearest points=3 minutes=6
    /// The indices of the `count` smallest distances, the smallest first.
    fn nearest(distances: &Array1<f64>, count: usize) -> Vec<usize> {
        // SOLUTION
        let mut order: Vec<usize> = (0..distances.len()).collect();
        order.sort_by(|i, k| distances[*i].total_cmp(&distances[*k]));
        order.truncate(count);
        // STUB
        // let mut order: Vec<usize> = blank!("(1) a list of all indices");
        // blank!("(2) sort it by the distances");
        // blank!("(3) keep the first `count`");
        // END
        order
    }

    // %% check
    check!(nearest(&distances, count) -> indices);
    // TITLE Exercise 2: nearest
    // CASES
    // two of four: array![3.0, 0.5, 2.0, 1.0], 2
    // all of three: array![0.2, 0.1, 0.3], 3
    // the nearest: array![1.5, 0.9, 0.4, 2.0, 0.7], 1
    // in order already: array![0.1, 0.2, 0.3, 0.4], 3
    // twice the same: array![0.6, 0.3, 0.6, 0.1], /* not 3: which of two equal ones comes first is nowhere said */ 2
    // HIDDEN 10
    // (0..8).map(|_| random.uniform(0.0, 3.0)).collect::<Array1<f64>>(), random.integer(1, 6) as usize
    // HINTS
    // indices: Write the first case down. Under each distance write its index, 0 to 3. Which two indices belong to 0.5 and 1.0?
    // LESSON
    // Rejection is no more than that: sort, and keep the beginning. How many are kept decides how near they are.
    // MISTAKES
    // the farthest are kept: `distances[*i].total_cmp(&distances[*k])` => `distances[*k].total_cmp(&distances[*i])`
    //   The largest distances come first. Compare i with k, not k with i.
    // they are not sorted: `distances[*i].total_cmp(&distances[*k])` => `i.cmp(k)`
    //   Those are the first runs, whatever their distance. Sort by the distances.
    // none is rejected: `order.truncate(count);` => `order.truncate(distances.len());`
    //   All are still there. Keep the first `count`.
    // one too many: `truncate(count)` => `truncate(count + 1)`
    //   One too many is kept.
    // the end is kept: `order.truncate(count);` => `order = order.split_off(order.len() - count);`
    //   Those are the last of the sorted list, the farthest. Keep its beginning.
    // in the order of the runs: `order.truncate(count);` => `order.truncate(count); order.sort();`
    //   They are the right ones, in the order of the runs. The nearest is to come first.
    // counted from 1: `(0..distances.len()).collect()` => `(1..distances.len()).collect()`
    //   Indices count from 0: the first run is left out.
    // END

    // %% [markdown] hint
    // Blank 1: the list goes from 0 to the number of distances, `distances.len()`. Blank 3 stands in the text, with another number.

    // %% [markdown] hint
    // Blank 2 is the line of the text with `distances` in the place of `ages`.

    // %% [markdown]
    // That is all. Of 2000 runs, keep the 99 nearest, 5 %: once by the FC alone, once by both summaries.

    // %%
    /// The indices of the draws that fit somebody best, by all columns of the summaries.
    fn kept(runs: &Array2<f64>, subject: &[f64]) -> Vec<usize> {
        let subject: Array1<f64> = Array1::from_vec(subject.to_vec());
        nearest(&distances(runs, &subject), 99)
    }
    /// These entries of an array.
    fn picked(values: &Array1<f64>, indices: &[usize]) -> Array1<f64> {
        indices.iter().map(|n| values[*n]).collect()
    }
    fn cloud(title: &str, k: &Array1<f64>, a: &Array1<f64>) -> Figure {
        Figure::new()
            .title(title)
            .x_label("K (1/ms)")
            .y_label("a (1/ms)")
            .x_range(-0.00075, 0.03075)
            .y_range(-0.030625, -0.004375)
            .points(k, a)
            .color(Color::Blue)
            .marker_size(5.0)
            .label("kept")
            .points([0.01], [-0.01])
            .color(Color::Orange)
            .marker_size(11.0)
            .label("truth")
    }
    let drawn_fc: Array2<f64> = drawn.slice(s![.., ..1]).to_owned();

    // %%
    let by_fc: Vec<usize> = kept(&drawn_fc, &subject[..1]);
    let by_both: Vec<usize> = kept(&drawn, &subject);
    Figure::row([
        plot_scan_grid(&map, "a (1/ms)", "K (1/ms)", "minus distance")
            .title("The scan, by FC"),
        cloud("Kept by FC", &picked(&k_drawn, &by_fc), &picked(&a_drawn, &by_fc)),
        cloud(
            "Kept by FC and size",
            &picked(&k_drawn, &by_both),
            &picked(&a_drawn, &by_both),
        ),
    ])
    .size(13.0, 4.2)
    .show();

    // %% [markdown]
    // The cloud in the middle is the ridge. By both summaries it shrinks to a spot: the size of the activity knows how long the nodes
    // ring, and the FC then knows $K$. (In a real recording the size has a unit of its own, and the strength of the noise is unknown. Chapter 4 uses another
    // quantity, how fast the rhythm is.)

    // %% [markdown] text id=read_the_cloud points=2 minutes=3
    // **Read the clouds.** (1) The scan and the middle cloud show the same ridge. What can you do with the cloud that you cannot do with the map? (2) Where the cloud in the middle ends, has
    // the data decided, or you? (3) What would change if you kept 600 of the 2000, and what if you kept 4?
    //
    // SOLUTION
    // 1. Count. The pairs are a sample: the share of them with a $K$ above 0.02 is how probable that is, given data and prior. So you can read off a mean, an interval,
    //    how $a$ and $K$ go together. The colours of the map are distances, and which distance is still acceptable it does not say.
    // 2. At its two ends, you: it ends where the prior ends, at $a = -0.03$ or $K = 0.03$ and at $a = -0.005$. Across, the data.
    // 3. With 600, runs would count that are not near: the cloud becomes wider than it should be, and with all 2000 it is the prior. With 4, all are near, but four points
    //    say little of a cloud. More draws allow both, and take longer.
    // STUB
    // 1. The cloud can:
    // 2. It ends because of:
    // 3. 600, and 4:
    // END

    // %% [markdown] hint
    // For 2: the ridge is a straight line through $a = 0$, $K = 0$. Would it continue if the axes did?

    // %% [markdown] hint
    // For 3: think of the extreme. What is the cloud if you keep all 2000?

    // %% [markdown]
    // ## Part 4: an interval
    //
    // Few readers look at clouds. For one parameter an **interval** is shorter: between which two values are 90 % of what is possible?
    //
    // Think of the values that were kept as fences on the axis of $K$: 99 fences make 100 fields. If the truth comes from where they come from, it is in each
    // of the fields equally often. A twentieth of 100 is 5. So leave out the five lowest fields and the five highest, and 90 % remain. The interval
    // begins at the fifth fence and ends at the fifth from the top.
    //
    // ### Exercise 3: 90 % of what is possible
    //
    // *5 minutes.* Complete the function, for any number of values. They are sorted already. `out` is how many fields are left out at each end: a twentieth of all **fields**. A
    // division of two `usize` drops what is behind the point. `low` is the fence with which the interval begins, `high` the one with which it ends.

    // %% exercise id=interval points=3 minutes=5
    /// Between which two of the values that were kept the truth is, with 90 %.
    fn interval(kept: &Array1<f64>) -> (f64, f64) {
        let mut sorted: Vec<f64> = kept.to_vec();
        sorted.sort_by(f64::total_cmp);
        // SOLUTION
        let out: usize = (sorted.len() + 1) / 20;
        let low: f64 = sorted[out - 1];
        let high: f64 = sorted[sorted.len() - out];
        // STUB
        // let out: usize = blank!("(1) how many fields are left out at each end");
        // let low: f64 = blank!("(2) where the interval begins");
        // let high: f64 = blank!("(3) where it ends");
        // END
        (low, high)
    }

    // %% check
    check!(interval(&kept) -> (low, high));
    // TITLE Exercise 3: interval
    // CASES
    // 39 values: (0..39).map(|k| f64::from(k * 7 % 39)).collect::<Array1<f64>>()
    // 59, below and above 0: Array1::range(0.0, 59.0, 1.0).mapv(|k: f64| (k * k).sin())
    // 99, most are alike: Array1::range(0.0, 99.0, 1.0).mapv(|k: f64| if k < 60.0 { 1.0 } else { k })
    // 119 values: (0..119).map(|k| f64::from(k * k % 127)).collect::<Array1<f64>>()
    // HIDDEN 10
    // (0..79).map(|_| random.normal(0.0, 1.0)).collect::<Array1<f64>>()
    // HINTS
    // low: 39 values are 40 fields, so two are left out at each end. The interval begins at the second value. Which index has it?
    // high: low is right. 39 values have the indices 0 to 38. The interval ends at the second from the top.
    // LESSON
    // Such an interval is called a credible interval: given data, model and prior, the parameter is in it with 90 %.
    // MISTAKES
    // the smallest and the largest: `(sorted.len() + 1) / 20` => `1`
    // or `sorted[out - 1]` => `sorted[0]`
    //   The smallest of all begins it. The more draws there are, the wider that becomes.
    // a tenth at each end: `(sorted.len() + 1) / 20` => `(sorted.len() + 1) / 10`
    //   A tenth at each end leaves 80 %. For 90 % it is a twentieth at each end.
    // half of them stay: `(sorted.len() + 1) / 20` => `(sorted.len() + 1) / 4`
    //   That leaves out a quarter at each end, so that half of them stay.
    // values are counted and not fields: `(sorted.len() + 1) / 20` => `sorted.len() / 20`
    //   That is a twentieth of the values. There is one field more than there are values.
    // a field more is left out below: `sorted[out - 1]` => `sorted[out]`
    //   Indices count from 0: the third value has the index 2.
    // a field more is left out above: `sorted.len() - out` => `sorted.len() - 1 - out`
    //   The last value has the index length − 1, the third from the top the index length − 3.
    // nothing is left out above: `sorted.len() - out` => `sorted.len() - 1`
    //   Fields are left out at both ends.
    // not the sorted ones: `sorted[out - 1]` => `kept[out - 1]` and `sorted[sorted.len() - out]` => `kept[sorted.len() - out]`
    //   kept is in the order of the distances. Take the values of `sorted`.
    // low and high have changed places: `(low, high)` => `(high, low)`
    //   The lower end comes first.
    // END

    // %% [markdown] hint
    // Blank 1: there is one field more than there are values. If three fields are left out, the interval begins at the third value, and that has the index 2.

    // %% [markdown] hint
    // Blank 3: the first from the top has the index `sorted.len() - 1`, the second `sorted.len() - 2`. Which one has the one that you want?

    // %%
    println!("truth:          K 0.0100                 a -0.0100");
    for (name, runs, subject) in [
        ("by the FC alone", &drawn_fc, &subject[..1]),
        ("by FC and size ", &drawn, &subject[..]),
    ] {
        let indices = kept(runs, subject);
        let (k_low, k_high) = interval(&picked(&k_drawn, &indices));
        let (a_low, a_high) = interval(&picked(&a_drawn, &indices));
        println!("{name} K {k_low:.4} to {k_high:.4}       a {a_low:.4} to {a_high:.4}");
    }

    // %% [markdown]
    // By the FC alone the upper end of each interval is more than twice the lower one, in size. By both, $a$ is found more than three times as sharply, and $K$ more than one and a half
    // times. The width says how much these data know, and a little more; part 6 comes back to that.

    // %% [markdown]
    // ## Part 5: does it hold the truth?
    //
    // "90 %" is a promise: of a hundred such intervals, about ninety hold the true value. For a patient nobody can check it. For virtual subjects you can: make 200,
    // whose parameters are drawn from the prior, compute an interval for each, and count. The share that hold the truth is the **coverage**. (To count over subjects that are drawn from the
    // prior is called **simulation-based calibration**. Only over them is 90 % promised: with parameters of your choice the share may be another.)
    //
    // ### Exercise 4: coverage
    //
    // *4 minutes.* Complete the function. An end belongs to the interval, so a truth that is equal to it is inside. `&&` means *and*. With
    // `as f64` a count becomes a number with a point.

    // %% exercise id=coverage points=3 minutes=4
    /// The share of the intervals that hold the truth.
    fn coverage(lows: &Array1<f64>, highs: &Array1<f64>, truths: &Array1<f64>) -> f64 {
        let mut inside: usize = 0;
        for k in 0..truths.len() {
            // SOLUTION
            if lows[k] <= truths[k] && truths[k] <= highs[k] {
                inside += 1;
            }
            // STUB
            // blank!("(1) if the truth k is neither below its low nor above its high: one more is inside");
            // END
        }
        // SOLUTION
        inside as f64 / truths.len() as f64
        // STUB
        // blank!("(2) the share that are inside")
        // END
    }

    // %% check
    check!(coverage(&lows, &highs, &truths) -> share);
    // TITLE Exercise 4: coverage
    // CASES
    // two of four: array![0.0, 1.0, 2.0, 3.0], array![1.0, 2.0, 3.0, 4.0], array![0.5, 2.5, 2.5, 2.5]
    // one too low, one too high: array![0.0, 0.0, 0.0], array![1.0, 1.0, 1.0], array![-0.5, 0.5, 1.5]
    // all: array![-1.0, -2.0], array![1.0, 2.0], array![0.0, 1.9]
    // on the ends: array![0.0, 0.0, 0.0, 0.0], array![1.0, 1.0, 1.0, 1.0], array![0.0, 1.0, 2.0, 3.0]
    // none: array![0.0, 0.0], array![1.0, 1.0], array![2.0, -1.0]
    // HIDDEN 10
    // Array1::from_shape_fn(9, |_| random.uniform(-1.0, 0.0)), Array1::from_shape_fn(9, |_| random.uniform(0.0, 1.0)),
    //   Array1::from_shape_fn(9, |_| random.uniform(-1.5, 1.5))
    // Array1::from_shape_fn(9, |_| random.integer(-4, 0) as f64 / 4.0), Array1::from_shape_fn(9, |_| random.integer(0, 4) as f64 / 4.0),
    //   Array1::from_shape_fn(9, |_| random.integer(-6, 6) as f64 / 4.0)
    // PARTS
    // share, within 0.000000001
    // HINTS
    // share: In the first case, which of the four truths are inside? Two of four are 0.5.
    // LESSON
    // Coverage is the test that an interval has to pass before it meets a patient.
    // MISTAKES
    // one question is enough: `&&` => `||`
    //   Every number is above the low or below the high. Both must be so: &&.
    // only the upper end: `lows[k] <= truths[k] && truths[k] <= highs[k]` => `truths[k] <= highs[k]`
    //   A truth below the low is outside as well.
    // only the lower end: `lows[k] <= truths[k] && truths[k] <= highs[k]` => `lows[k] <= truths[k]`
    //   A truth above the high is outside as well.
    // the ends are outside: `lows[k] <= truths[k] && truths[k] <= highs[k]` => `lows[k] < truths[k] && truths[k] < highs[k]`
    //   A truth that is equal to an end is inside: <=.
    // the count: `inside as f64 / truths.len() as f64` => `inside as f64`
    //   That is how many. Asked is the share: divide by how many there are.
    // whole numbers are divided: `inside as f64 / truths.len() as f64` => `(inside / truths.len()) as f64`
    //   2 / 4 of whole numbers is 0. Make numbers with a point of both, then divide.
    // those outside: `inside as f64 / truths.len() as f64` => `1.0 - inside as f64 / truths.len() as f64`
    //   That is the share that miss the truth.
    // in percent: `inside as f64 / truths.len() as f64` => `100.0 * inside as f64 / truths.len() as f64`
    //   A share is between 0 and 1.
    // END

    // %% [markdown] hint
    // Blank 1 is an `if` with two questions and `&&` between them. In its block stands `inside += 1;`.

    // %% [markdown] hint
    // The two questions: `lows[k] <= truths[k]`, and the like with `highs[k]`. Blank 2: both counts `as f64`, one over the other.

    // %% [markdown]
    // Now 200 subjects. The 2000 runs serve all of them: only the distances are computed for each. The figure has the intervals of $a$ of the first fifty, in the order of
    // the true $a$, which is the black point. An interval that does not hold it is orange.

    // %% folded
    // Numbers: 200 subjects, and what is kept for each
    let (a_200, k_200) = drawn_pairs(200, 21);
    let recorded_200: Array2<f64> = recorded((&a_200, &k_200), 20.0, 0.25, 1_000_000);
    /// The lower and the upper ends of the intervals of all subjects, from the values that each leaves possible.
    fn intervals(
        subjects: &Array2<f64>,
        possible: impl Fn(&[f64]) -> Array1<f64>,
    ) -> (Array1<f64>, Array1<f64>) {
        let rows = subjects.rows().into_iter();
        let ends = rows.map(|subject| interval(&possible(&subject.to_vec())));
        let (lows, highs): (Vec<f64>, Vec<f64>) = ends.unzip();
        (Array1::from_vec(lows), Array1::from_vec(highs))
    }
    fn plot_intervals(
        title: &str,
        lows: &Array1<f64>,
        highs: &Array1<f64>,
        truths: &Array1<f64>,
    ) -> Figure {
        let mut order: Vec<usize> = (0..50).collect();
        order.sort_by(|i, k| truths[*i].total_cmp(&truths[*k]));
        let places: Vec<f64> = (1..=50).map(f64::from).collect();
        let mut figure = Figure::new()
            .size(8.6, 3.8)
            .title(title)
            .x_label("Subject, in the order of the true a")
            .y_label("a (1/ms)");
        for (x, n) in places.iter().zip(&order) {
            let holds = lows[*n] <= truths[*n] && truths[*n] <= highs[*n];
            figure = figure
                .line([x, x], [lows[*n], highs[*n]])
                .color(if holds { Color::Blue } else { Color::Orange })
                .width(2.5);
        }
        figure.points(&places, picked(truths, &order)).color(Color::Black).marker_size(4.0)
    }

    // %%
    let (lows, highs) =
        intervals(&recorded_200, |subject| picked(&k_drawn, &kept(&drawn, subject)));
    println!("K: coverage {:.3}", coverage(&lows, &highs, &k_200));
    let (lows, highs) =
        intervals(&recorded_200, |subject| picked(&a_drawn, &kept(&drawn, subject)));
    println!("a: coverage {:.3}", coverage(&lows, &highs, &a_200));
    plot_intervals("Fifty intervals of 90 %, as kept", &lows, &highs, &a_200).show();

    // %% [markdown]
    // Nearly everybody is held, more than was promised. (Of 200 subjects, chance alone moves such a share by about 0.02.) Is that a gift? No: these intervals are wider than the data make them,
    // and hide differences that the data show.
    //
    // ## Part 6: near is not equal
    //
    // Where does the width come from? "Near" is coarse. Among the 99 runs that are kept for one subject, the size differs more than chance makes it differ from one recording of
    // this subject to the next. And a run with a larger size has an $a$ nearer to 0. So the cloud is as wide as the neighbourhood, and not as wide as chance. With more draws the neighbourhood
    // would be smaller, but slowly: in two summaries, half as wide takes four times as many. There is a shorter way.

    // %% folded
    // Picture: what the gap of the size has to do with a
    /// How far a summary of the runs that were kept is from the subject's.
    fn gaps(
        runs: &Array2<f64>,
        subject: &[f64],
        j: usize,
        indices: &[usize],
    ) -> Array1<f64> {
        picked(&runs.column(j).to_owned(), indices) - subject[j]
    }
    fn slant(title: &str, gaps: &Array1<f64>, a: &Array1<f64>) -> Figure {
        Figure::new()
            .title(title)
            .x_label("Size of the run, less that of the subject")
            .y_label("a (1/ms)")
            .y_range(-0.016, -0.006)
            .points(gaps, a)
            .color(Color::Blue)
            .marker_size(5.0)
            .label("kept")
            .points([0.0], [-0.01])
            .color(Color::Orange)
            .marker_size(11.0)
            .label("truth")
    }

    // %%
    let indices: Vec<usize> = kept(&drawn, &subject);
    slant("As kept", &gaps(&drawn, &subject, 1, &indices), &picked(&a_drawn, &indices))
        .size(5.6, 4.2)
        .show();

    // %% [markdown]
    // The points are slanted. A straight line through them says what $a$ to expect at each gap. So **slide** every point along that line to a gap of 0: what $a$ would this
    // run have if its size were equal to that of the subject? That is **regression adjustment**. With the gap $g_i$ and the value $v_i$ of each run that is kept, and the mean gap $\bar g$, the slope
    // and the new values are
    //
    // $$b = \frac{\sum_i (g_i - \bar g)\, v_i}{\sum_i (g_i - \bar g)^2} , \qquad v_i' = v_i - b\, g_i .$$
    //
    // ### Exercise 5: slide to a gap of 0
    //
    // *5 minutes.* Complete the function. The first factor of both sums is there, as `from_mean`. `(&from_mean * values).sum()` multiplies two arrays entry by entry and adds up. `gaps * 2.0` is
    // an array, each gap twice, and `values - &other` takes an array from an array.

    // %% exercise id=adjusted points=3 minutes=5
    /// The values as they would be if each gap were 0, by the straight line through values over gaps.
    fn adjusted(values: &Array1<f64>, gaps: &Array1<f64>) -> Array1<f64> {
        let mean_gap: f64 = gaps.sum() / gaps.len() as f64;
        let from_mean: Array1<f64> = gaps - mean_gap;
        // SOLUTION
        let slope: f64 = (&from_mean * values).sum() / (&from_mean * &from_mean).sum();
        values - &(gaps * slope)
        // STUB
        // let slope: f64 = blank!("(1) the slope b");
        // blank!("(2) the values, each less the slope times its gap")
        // END
    }

    // %% check
    check!(adjusted(&values, &gaps) -> moved);
    // TITLE Exercise 5: adjusted
    // CASES
    // on a line: array![1.0, 3.0, 5.0], array![-1.0, 0.0, 1.0]
    // all gaps are above 0: array![2.0, 3.0, 5.0, 6.0], array![1.0, 2.0, 3.0, 4.0]
    // the higher the gap, the lower: array![0.3, 0.1, -0.2, -0.1], array![-2.0, 0.5, 1.0, 3.0]
    // no slant: array![1.0, -1.0, 1.0], array![-1.0, 0.0, 1.0]
    // small numbers: array![-0.011, -0.009, -0.012], array![0.0001, 0.0003, -0.0002]
    // HIDDEN 10
    // Array1::from_shape_fn(7, |_| random.uniform(-1.0, 2.0)), Array1::from_shape_fn(7, |_| random.uniform(-0.5, 1.0))
    // PARTS
    // moved, within 0.000000001
    // HINTS
    // moved: In the first case the values rise by 2 where the gap rises by 1. At a gap of 0 all three are 3.
    // LESSON
    // What a summary explains is taken out. What remains is what the data leave possible.
    // MISTAKES
    // pushed away: `values - &(gaps * slope)` => `values + &(gaps * slope)`
    //   That makes the slant twice as steep. Take the slope times the gap away.
    // to the mean gap: `gaps * slope` => `&from_mean * slope`
    //   That slides the points to the mean gap. The subject is at a gap of 0: take `gaps`.
    // the slope is forgotten: `gaps * slope` => `gaps * 1.0`
    //   Each gap counts as often as the slope says.
    // the line begins at 0: `(&from_mean * values).sum() / (&from_mean * &from_mean).sum()` => `(gaps * values).sum() / (gaps * gaps).sum()`
    //   That is a line through the origin. Both sums have the gap less its mean, `from_mean`.
    // the lower sum has the gaps themselves: `(&from_mean * &from_mean).sum()` => `(gaps * gaps).sum()`
    //   Below the line stands the square of the gap less its mean as well.
    // the slope is upside down: `(&from_mean * values).sum() / (&from_mean * &from_mean).sum()` => `(&from_mean * &from_mean).sum() / (&from_mean * values).sum()`
    //   The sum with the values stands above, the sum of squares below.
    // not divided: `(&from_mean * values).sum() / (&from_mean * &from_mean).sum()` => `(&from_mean * values).sum()`
    //   Divide by the sum of the squares.
    // the line itself: `values - &(gaps * slope)` => `gaps * slope`
    //   Those are the steps along the line. Take them from the values.
    // END

    // %% [markdown] hint
    // Blank 1 is one sum over another. The upper one is in the text; in the lower one `&from_mean` takes the place of `values`.

    // %% [markdown] hint
    // Blank 2 is `values - &(…)`, with the gaps times the slope between the brackets.

    // %% [markdown]
    // Two summaries have two gaps. Adjust for one, then for the other, and again, until nothing changes: ten rounds are more than enough. The result is that of a plane through the points
    // in place of a line.

    // %%
    /// The values of a parameter that are kept for a subject, each as if its run had the subject's summaries.
    fn posterior(drawn: &Array1<f64>, runs: &Array2<f64>, subject: &[f64]) -> Array1<f64> {
        let indices: Vec<usize> = kept(runs, subject);
        let mut values: Array1<f64> = picked(drawn, &indices);
        for _ in 0..10 {
            for j in 0..runs.ncols() {
                values = adjusted(&values, &gaps(runs, subject, j, &indices));
            }
        }
        values
    }
    let gap = gaps(&drawn, &subject, 1, &kept(&drawn, &subject));
    slant("Adjusted", &gap, &posterior(&a_drawn, &drawn, &subject)).size(5.6, 4.2).show();

    // %% [markdown]
    // Again the 200 subjects, as kept and adjusted.

    // %%
    println!("            coverage  mean width");
    for (name, drawn_values, truths) in [("K", &k_drawn, &k_200), ("a", &a_drawn, &a_200)] {
        let (lows, highs) = intervals(&recorded_200, |subject| {
            picked(drawn_values, &kept(&drawn, subject))
        });
        let width = (&highs - &lows).sum() / 200.0;
        println!("{name} as kept   {:.3}     {width:.4}", coverage(&lows, &highs, truths));
        let (lows, highs) =
            intervals(&recorded_200, |subject| posterior(drawn_values, &drawn, subject));
        let width = (&highs - &lows).sum() / 200.0;
        println!("{name} adjusted  {:.3}     {width:.4}", coverage(&lows, &highs, truths));
    }
    let (lows, highs) =
        intervals(&recorded_200, |subject| posterior(&a_drawn, &drawn, subject));
    plot_intervals("Fifty intervals of 90 %, adjusted", &lows, &highs, &a_200).show();

    // %% [markdown]
    // The intervals are about half as wide, and now the promise is kept as it was made. With five other sets of seeds, and once with finer steps, the shares are between 0.85 and 0.95: that is what
    // chance does to 200 subjects. Of all 1400 together it is 0.90 for both parameters.
    //
    // ## Part 7: a promise that is broken
    //
    // Next, a study. Its patients could lie still for 4 s only, not for 20. "Never mind," somebody says, "we take the same 2000 runs; the longer the model runs, the less chance is in it."
    // What do you expect of the coverage?

    // %%
    let recorded_short: Array2<f64> = recorded((&a_200, &k_200), 4.0, 0.25, 1_000_000);
    let drawn_short: Array2<f64> = recorded((&a_drawn, &k_drawn), 4.0, 0.5, 1);
    let fc_200: Array2<f64> = recorded_200.slice(s![.., ..1]).to_owned();

    // %%
    println!("subjects  model             coverage  mean width of K");
    for (name, runs, subjects) in [
        ("20 s      20 s            ", &drawn, &recorded_200),
        ("20 s      20 s, FC alone  ", &drawn_fc, &fc_200),
        ("4 s       20 s            ", &drawn, &recorded_short),
        ("4 s       4 s             ", &drawn_short, &recorded_short),
    ] {
        let (lows, highs) =
            intervals(subjects, |subject| posterior(&k_drawn, runs, subject));
        let width = (&highs - &lows).sum() / 200.0;
        println!("{name}  {:.2}      {width:.4}", coverage(&lows, &highs, &k_200));
    }

    // %% [markdown]
    // The first two rows keep their promise, as far as 200 subjects tell, and with both summaries the intervals are a quarter as wide. The third row breaks it: its intervals are about as narrow as those of the
    // first, and hold the truth in about 60 % of cases. The fourth keeps it again, at a price: from 4 s one knows less, and the intervals say so.

    // %% [markdown] text id=broken_promise points=3 minutes=5
    // **A fault.** (1) Intervals of 90 % that hold the truth in 60 % of cases are narrower than right ones. Why is that a fault and no gain? (2) Why are those of the
    // third row too narrow? (3) The second row keeps its promise as well. Is it a good result? (4) With patients nobody knows the truth. What can you check all the same, before
    // the first patient, and what can this check not show?
    //
    // SOLUTION
    // 1. The width says how sure a reader may be. Who reads "90 %" accepts to be wrong once in ten times, and is wrong four times in ten. A difference between two patients, or between before
    //    and after a drug, then looks certain and is chance. Narrow is good only as long as the promise is kept.
    // 2. The width of the cloud is the chance in the **runs**, that of 20 s. The subjects' own summaries are off by the chance of 4 s, about $\sqrt 5$ or 2.2 times as
    //    far. So the cloud is at the wrong place more often than its width admits. The remedy is the fourth row: simulate **what was recorded**, as long, and with the
    //    same filter and the same disturbances. Comparing with the mean of many runs is the same fault.
    // 3. It is honest, and says less than the first row, which makes the same promise with narrower intervals. Coverage alone is easily had: the middle 90 % of the prior itself, without any
    //    data, has it as well. First the promise, then the narrowest interval that keeps it.
    // 4. What was done here: virtual subjects, recorded as the patients will be, and their coverage. It cannot show that the **model** is right, for all of them were made by it. If the noise of the
    //    subjects is a tenth stronger than the model's, the coverage of $a$ falls to between 0.1 and 0.2.
    //    And 90 % is a mean over people who are as the prior says. Of people who all have $K = 0$, at the edge of the prior, only about 80 % are held.
    // STUB
    // 1. A fault, because:
    // 2. Too narrow, because:
    // 3. The second row:
    // 4. To check:
    // END

    // %% [markdown] hint
    // For 2: whose chance is in the cloud of what is kept, that of 20 s or that of 4 s?

    // %% [markdown] hint
    // For 4: all our subjects were made by the very model that is fitted. And who drew their parameters?

    // %% [markdown]
    // ## Recap
    //
    // 1. **One subject is no test.** Make fifty with known parameters, and look at all of them.
    // 2. **A ridge** is a set of pairs that fit alike. Another summary may cut across it.
    // 3. **Rejection:** draw, simulate, compare, keep. What is kept is a sample of what the data leave possible, too wide by the neighbourhood; a straight line takes most of that out.
    // 4. **An interval is a promise.** Count on virtual subjects how often it is kept, and simulate what was recorded.
    //
    // Of 2000 runs 99 are kept, and with each more parameter the share of near runs falls. So better methods draw where it is worth while, or have a network
    // learn from the runs what a recording says of the parameters (**simulation-based inference**). Whichever it is, its intervals are checked as yours were.
    //
    // Next: [chapter 4, fitting a whole brain](04_fitting.ipynb), where the ridge returns in 16 regions.

    // %% [markdown]
    // ## Sources and credits
    //
    // - Text, code and data are our own; the workshop whose plan the course follows has no such part.
    // - Rejection by simulation: Rubin, D. B. (1984). Bayesianly justifiable and relevant frequency calculations for the applied statistician. *The Annals of
    //   Statistics* 12, 1151–1172. Tavaré, S., Balding, D. J., Griffiths, R. C. & Donnelly, P. (1997). Inferring coalescence times from DNA sequence data. *Genetics* 145, 505–518.
    //   Regression adjustment, which weighs near runs more than ours does: Beaumont, M. A., Zhang, W. & Balding, D. J. (2002). Approximate Bayesian computation in population genetics.
    //   *Genetics* 162, 2025–2035. [doi:10.1093/genetics/162.4.2025](https://doi.org/10.1093/genetics/162.4.2025)
    // - Coverage as a test: Cook, S. R., Gelman, A. & Rubin, D. B. (2006). Validation of software for Bayesian models using posterior quantiles. *Journal of Computational and
    //   Graphical Statistics* 15, 675–692. Of methods that fail it: Hermans, J. and others (2022). A trust crisis in simulation-based inference? Your posterior approximations can be
    //   unfaithful. *Transactions on Machine Learning Research*. The name: Talts, S., Betancourt, M., Simpson, D., Vehtari, A. & Gelman, A. (2018). Validating Bayesian inference algorithms
    //   with simulation-based calibration. [arXiv:1804.06788](https://arxiv.org/abs/1804.06788)
    // - What came after: Cranmer, K., Brehmer, J. & Louppe, G. (2020). The frontier of simulation-based inference. *PNAS* 117, 30055–30062.
    //   [doi:10.1073/pnas.1912789117](https://doi.org/10.1073/pnas.1912789117). For models of neurons: Gonçalves, P. J. and others (2020). Training deep neural density estimators to identify
    //   mechanistic models of neural dynamics. *eLife* 9, e56261. [doi:10.7554/eLife.56261](https://doi.org/10.7554/eLife.56261)

    Ok(())
}
