//! Chapter 6: a patient. What a lesion does to the rest, how a seizure spreads, and which virtual operation stops it.
//!
//! The notebooks are made from this file: edit it, then `cargo run -- build`.

fn main() -> neurobook::Result<()> {
    // %% [markdown]
    // # A patient
    //
    // Chapter 6. What can a model of a brain say about an operation, and what not?
    //
    // After this chapter you can:
    //
    // - compare a lesion's effect on functional connectivity with what chance does;
    // - write down a node with two answers, rest and seizure, and say why it jumps and why it does not jump back;
    // - read off a run when each region is drawn into a seizure;
    // - try every operation on a model, and compare the best one with the obvious one;
    // - say when a stimulus ends a seizure, and when it starts one;
    // - say what of all this may be concluded for a real patient.
    //
    // You need [chapter 3](03_network.ipynb), and the first three parts of [chapter 4](04_fitting.ipynb). The brain is the one of chapter 4: it is made up, and so
    // is the patient.

    // %% [markdown]
    // ## The chapter
    //
    // | Part | What | Minutes |
    // |---|---|---|
    // | 1 | The question, and your prediction | 5 |
    // | 2 | A lesion, and what it does elsewhere: exercise A | 12 |
    // | 3 | A node with two answers: exercises B and C | 12 |
    // | 4 | A seizure spreads: exercise D | 8 |
    // | 5 | A virtual resection: exercise E | 13 |
    // | 6 | Stimulation: exercise F | 8 |
    // | 7 | What may be concluded | 8 |
    //
    // That is 66 minutes. A good place for a pause is after part 3.

    // %%
    // :dep neurobook = { path = "../.." }
    use neurobook::prelude::*;

    // %% [markdown]
    // ## Part 1: the question
    //
    // A patient has seizures that no drug stops. Electrodes in the brain have shown where they begin: in region L7. From there they spread, and some two seconds later the
    // whole brain takes part. L7 is the **seizure onset zone**. But it cannot be taken out: the patient speaks with it.
    //
    // Would it help to take out **another** region, so that a seizure stays where it begins?
    //
    // Here are the sixteen regions and their connections, seen from above. The stronger a region is connected, the lighter it is.

    // %% folded
    // Picture: the sixteen regions by name, and how strongly each is connected
    fn region_name(region: usize) -> String {
        if region < 8 { format!("L{}", region + 1) } else { format!("R{}", region - 7) }
    }
    /// The regions seen from above, coloured by these values, each with its name.
    fn named_map(weights: &Array2<f64>, values: &Array1<f64>) -> Figure {
        let positions = data::small_positions();
        let map = plot_connectome(&positions, weights).colored_by(values).size(6.2, 5.4);
        (0..16).fold(map, |map, region| {
            let (right, front) = (positions[[region, 0]], positions[[region, 1]]);
            map.text(right + 5.0, front + 4.0, region_name(region))
        })
    }
    fn rank(values: &Array1<f64>) -> Vec<usize> {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|one, other| values[*other].total_cmp(&values[*one]));
        order
    }
    let weights = data::small_connectome().weights;
    let strengths = network::strengths(&weights);
    named_map(&weights, &strengths)
        .color_bar("Strength: sum of the weights")
        .title("Sixteen regions, seen from above")
        .show();
    for region in rank(&strengths) {
        let links = weights.row(region).to_owned();
        let strongest = rank(&links)[0];
        println!(
            "{}: strength {:.3}, {} connections, the strongest to {} ({:.3})",
            region_name(region),
            strengths[region],
            links.iter().filter(|weight| **weight > 0.0).count(),
            region_name(strongest),
            links[strongest]
        );
    }

    // %% [markdown] text id=predict_operation points=1 minutes=4
    // **Predict, before you compute anything.** You may take out one region, but not the one in which the seizures begin.
    //
    // 1. Seizures begin in **L7**. Which region would you take out?
    // 2. In another patient with the same brain they begin in **L2**. Which one there?
    // 3. What will it cost: how much of the functional connectivity (FC) among the other regions will change?
    //
    // SOLUTION
    // Any honest prediction is a good one here. Most people name R2, the most strongly connected region of all: surely seizures pass through it. Some name a
    // neighbour of the onset zone. For 3, many say: the stronger the region, the more.
    // STUB
    // 1. For L7:
    // 2. For L2:
    // 3. The cost:
    // END

    // %% [markdown] hint
    // In chapter 3 a hub was the only way from one module to the other. Is there such a region here?

    // %% [markdown] hint
    // Look at the row of L7 and at the row of L2: where does their strongest connection lead?

    // %% [markdown]
    // ## Part 2: a lesion, and what it does elsewhere
    //
    // First the cost. The regions of a patient between two seizures behave as chapter 4's fit says: Hopf nodes, $a = 0.06$, $K = 0.8$, with delays. We take out one region, that is, all its connections,
    // and compare the FC of the others before and after.
    //
    // In chapter 3 you computed such a change (`change_elsewhere`). It left one question open: **would FC have changed without an operation as well?** It would. Each recording has noise of its own. So a change
    // means little until it is compared with what chance does.
    //
    // The next cell makes ten recordings of ten seconds before the operation, and ten after it, each with a seed of its own.

    // %%
    fn disconnect(weights: &Array2<f64>, region: usize) -> Array2<f64> {
        let mut cut = weights.clone();
        cut.row_mut(region).fill(0.0);
        cut.column_mut(region).fill(0.0);
        cut
    }
    /// FC of ten recordings of ten seconds, with seeds from this one on.
    fn ten_recordings(weights: &Array2<f64>, first_seed: u64) -> Vec<Array2<f64>> {
        let seeds: Vec<f64> = (0..10).map(|k| (first_seed + k) as f64).collect();
        sweep(&seeds, |seed| {
            let model = HopfNetwork {
                weights: weights.clone(),
                seed: seed as u64,
                ..data::model_d(0.06, 0.8)
            };
            let run =
                model.simulate(10_500.0).expect("the weights are numbers").after(500.0);
            let x = run.every(5).nodes("x").expect("a Hopf node has an x");
            analysis::functional_connectivity(&x)
        })
    }
    let before = ten_recordings(&weights, 1);
    let without_r2 = ten_recordings(&disconnect(&weights, 9), 101);
    for (name, fcs) in [("before", &before), ("without R2", &without_r2)] {
        let one_pair: Vec<String> =
            fcs.iter().map(|fc| format!("{:.2}", fc[[1, 3]])).collect();
        println!("FC of L2 and L4, {name}: {}", one_pair.join(" "));
    }

    // %% [markdown]
    // L2 and L4 differ from recording to recording, and they differ before and after. Is the one more than the other?
    //
    // ### Exercise A: a change beside chance
    //
    // *6 minutes.* Divide the change of the mean by its **standard error**. For $n$ values with the variance $s^2$, the mean is uncertain by $\sqrt{s^2/n}$, and the uncertainties of two means
    // add up in their squares:
    //
    // $$t = \frac{\bar a - \bar b}{\sqrt{s_b^2/n_b + s_a^2/n_a}}$$
    //
    // with $b$ before and $a$ after. (This is **Welch's t**.) Complete the function. `before.var(1.0)` is the variance $s^2$ of the values, with $n - 1$ below the line, and
    // `before.len() as f64` their number.

    // %% exercise id=change_beside_chance points=3 minutes=6
    /// The change of the mean, in standard errors.
    fn change_beside_chance(before: &Array1<f64>, after: &Array1<f64>) -> f64 {
        let mean_before: f64 = before.sum() / before.len() as f64;
        let mean_after: f64 = after.sum() / after.len() as f64;
        // SOLUTION
        let of_before: f64 = before.var(1.0) / before.len() as f64;
        let of_after: f64 = after.var(1.0) / after.len() as f64;
        let standard_error: f64 = (of_before + of_after).sqrt();
        (mean_after - mean_before) / standard_error
        // STUB
        // let of_before: f64 = blank!("(1) the variance of before, over their number");
        // let of_after: f64 = blank!("(2) the same for after");
        // let standard_error: f64 = blank!("(3) the root of the sum of the two");
        // blank!("(4) the change of the mean, over its standard error")
        // END
    }

    // %% check
    check!(change_beside_chance(&before, &after) -> t);
    // TITLE Exercise A: change_beside_chance
    // CASES
    // a clear rise: array![0.1, 0.2, 0.3], array![0.5, 0.6, 0.7]
    // a fall: array![0.5, 0.7, 0.6, 0.8], array![0.3, 0.1, 0.2, 0.0]
    // nothing but chance: array![0.3, 0.1, 0.5], array![0.2, 0.6, 0.1]
    // more recordings after: array![0.0, 0.4], array![0.5, 0.7, 0.6, 0.9, 0.8]
    // one is much less certain: array![0.2, 0.21, 0.19, 0.2], array![-0.5, 0.9, 0.4, 0.1]
    // HIDDEN 10
    // Array1::from_shape_fn(random.integer(3, 8) as usize, |_| random.uniform(-0.5, 0.9)),
    //   Array1::from_shape_fn(random.integer(3, 8) as usize, |_| random.uniform(-0.5, 0.9))
    // HINTS
    // t: In the first case both variances are 0.01, so each mean has 0.01/3, the standard error is 0.0816, and the change of 0.4 is 4.9 of those.
    // LESSON
    // A change is large or small only beside something. Here it is beside what another recording of the same brain would change.
    // MISTAKES
    // before minus after: `mean_after - mean_before` => `mean_before - mean_after`
    //   A rise has to be positive: after minus before.
    // the change alone: `(mean_after - mean_before) / standard_error` => `mean_after - mean_before`
    //   Divide the change by its standard error.
    // the spread of single recordings: `before.var(1.0) / before.len() as f64` => `before.var(1.0)` and `after.var(1.0) / after.len() as f64` => `after.var(1.0)`
    //   That is how much one recording varies. A mean of n is surer: divide each variance by n.
    // no root: `(of_before + of_after).sqrt()` => `(of_before + of_after)`
    //   The sum is that of squares. Take its root.
    // the errors are added, not their squares: `(of_before + of_after).sqrt()` => `(of_before.sqrt() + of_after.sqrt())`
    //   Uncertainties add up in their squares: the root comes last.
    // before alone: `(of_before + of_after).sqrt()` => `of_before.sqrt()`
    //   Both means are uncertain, the one after the operation, too.
    // n below the line of the variance: `before.var(1.0)` => `before.var(0.0)` and `after.var(1.0)` => `after.var(0.0)`
    //   var(0.0) divides by n. From few values that is too small: take var(1.0).
    // the sign is lost: `(mean_after - mean_before) / standard_error` => `(mean_after - mean_before).abs() / standard_error`
    //   Keep the sign: a lesion can raise FC as well as lower it.
    // standard deviations in place of variances: `before.var(1.0)` => `before.std(1.0)` and `after.var(1.0)` => `after.std(1.0)`
    //   The formula has the squares: var, not std.
    // relative to what was there: `/ standard_error` => `/ mean_before`
    //   That is the relative change. Chance does not come into it.
    // END

    // %% [markdown] hint
    // Blank 1 is `before.var(1.0)` divided by `before.len() as f64`. Blank 2 is the same of the other list.

    // %% [markdown] hint
    // Blank 3: add both in brackets, then `.sqrt()`. Blank 4: `(mean_after - mean_before)` over blank 3.

    // %% [markdown]
    // Beyond 2 or below −2, chance alone is unlikely: it happens to one pair in 16, with ten recordings each. But 15 regions have 105 pairs, and one in 16 of those is six or seven. So we also need a **control**: twice ten
    // recordings of the *same* brain, with other seeds. How many pairs change there?

    // %% folded
    // Numbers and picture: what changes without R2, without R6, and without any operation
    /// For the pairs without this region: t and the change of the mean.
    fn changes(
        before: &[Array2<f64>],
        after: &[Array2<f64>],
        region: usize,
    ) -> Vec<[f64; 2]> {
        let mut all = Vec::new();
        for n in (0..16).filter(|n| *n != region) {
            for m in (n + 1..16).filter(|m| *m != region) {
                let one: Array1<f64> = before.iter().map(|fc| fc[[n, m]]).collect();
                let other: Array1<f64> = after.iter().map(|fc| fc[[n, m]]).collect();
                let change =
                    other.sum() / other.len() as f64 - one.sum() / one.len() as f64;
                all.push([change_beside_chance(&one, &other), change]);
            }
        }
        all
    }
    fn tell_changes(name: &str, changes: &[[f64; 2]]) {
        let beyond = changes.iter().filter(|[t, _]| t.abs() > 2.0);
        let up = beyond.clone().filter(|[t, _]| *t > 0.0).count();
        let size = changes.iter().map(|[_, change]| change.abs()).sum::<f64>();
        println!(
            "{name:<14} {:>3} of {} pairs beyond ±2 ({up} of them rise), mean size of a change {:.3}",
            beyond.count(),
            changes.len(),
            size / changes.len() as f64
        );
    }
    /// The change of the mean; what was taken out is hatched.
    fn change_matrix(
        before: &[Array2<f64>],
        after: &[Array2<f64>],
        region: usize,
    ) -> Array2<f64> {
        let mean = |fcs: &[Array2<f64>], n: usize, m: usize| {
            fcs.iter().map(|fc| fc[[n, m]]).sum::<f64>() / fcs.len() as f64
        };
        Array2::from_shape_fn((16, 16), |(n, m)| {
            if n == region || m == region {
                f64::NAN
            } else {
                mean(after, n, m) - mean(before, n, m)
            }
        })
    }
    let again = ten_recordings(&weights, 201);
    let without_r6 = ten_recordings(&disconnect(&weights, 13), 301);
    tell_changes("without R2", &changes(&before, &without_r2, 9));
    tell_changes("without R6", &changes(&before, &without_r6, 13));
    tell_changes("no operation", &changes(&before, &again, 9));
    Figure::row(
        [
            ("Without R2", &without_r2, 9),
            ("Without R6", &without_r6, 13),
            ("No operation", &again, 16),
        ]
        .map(|(title, after, region)| {
            plot_matrix(&change_matrix(&before, after, region), "Change of FC")
                .color_map(ColorMap::BlueOrange)
                .value_range(-0.5, 0.5)
                .title(title)
        }),
    )
    .size(11.0, 3.4)
    .show();

    // %% [markdown] text id=lesion_answer points=2 minutes=4
    // **What does each lesion do?** (1) Which numbers are an effect, and which is the noise that you compare with? (2) Do correlations only fall? (3) Somebody with **one** recording before and one after reports
    // the five pairs that changed most. What would you ask?
    //
    // SOLUTION
    // 1. Without R2, 64 of the 105 pairs are beyond ±2, and the mean size of a change is 0.076. Without R6, one of the weakest regions, it is still 34 pairs and 0.028. Without any operation it is **6 pairs and 0.017**: that is the
    //    noise, and just what one in 16 lets expect. So both lesions have an effect on pairs to which the region does not belong, R2 the larger one. Of the 34 pairs some six are chance, and nobody can say which.
    // 2. No: 36 of the 64 rise. A lesion also takes something off its neighbours that held them back: each connection damps (chapter 4), and it ties a region to one that goes its own way.
    // 3. How much would the same five pairs have changed without an operation? With one recording each there is nothing to divide by. From recording to recording of ten seconds, FC of L2 and L4 varies with a standard deviation of
    //    0.045, with no change in the brain. And among 105 pairs the five that changed most always look impressive: that is the problem of **multiple comparisons**, and they have to be corrected for (for instance by the false discovery rate).
    // STUB
    // 1. Effect and noise:
    // 2. Only falls:
    // 3. The five pairs:
    // END

    // %% [markdown] hint
    // The third line of the table is a lesion that never was. What would be an effect of nothing?

    // %% [markdown] hint
    // With one recording before and one after, what stands below the line of $t$?

    // %% [markdown]
    // ## Part 3: a node with two answers
    //
    // Model D has no seizures, whatever you cut. It needs another node. In a seizure a region oscillates, large and regular, and it begins **all at once**: a moment ago there was rest. The Hopf node cannot do
    // that. Its rhythm begins small and grows with $a$.
    //
    // Two changes of its equation are enough. The cubic term gets a **plus**: an oscillation that has begun feeds itself. And because it would then run away, a term of order five holds it in the end:
    //
    // $$\dot z = (a + i\,\omega)\,z + b\,|z|^2 z - |z|^4 z .$$
    //
    // This is the normal form of a **subcritical Hopf bifurcation**, with $b = 0.4$ here. We take $\omega = 0.04$, that is 6.4 cycles a second. With $r = |z|$, the **size** of the oscillation, the equation says that $r$ grows at the rate
    //
    // $$g(r) = a + b\,r^2 - r^4 .$$

    // %% [markdown]
    // ### Exercise B: does it grow?
    //
    // *2 minutes.* Write $g$ as a function, with $b = 0.4$. `size.powi(2)` is the square.

    // %% exercise id=growth_of_size points=1 minutes=2
    /// The rate at which an oscillation of this size grows, per ms.
    fn growth_of_size(a: f64, size: f64) -> f64 {
        // SOLUTION
        a + 0.4 * size.powi(2) - size.powi(4)
        // STUB
        // blank!("a, plus 0.4 times the square, minus the fourth power")
        // END
    }

    // %% check
    check!(growth_of_size(a, size) -> rate);
    // TITLE Exercise B: growth_of_size
    // CASES
    // at rest: -0.02, 0.0
    // a small oscillation: -0.02, 0.1
    // a middle one: -0.02, 0.4
    // a large one: -0.02, 0.8
    // above the bifurcation: 0.01, 0.2
    // far below it: -0.08, 0.5
    // HIDDEN 10
    // random.uniform(-0.1, 0.05), random.uniform(0.0, 1.0)
    // HINTS
    // rate: At rest the size is 0, and only a is left: -0.02. At 0.4 it is -0.02 + 0.064 - 0.0256 = 0.0184 per ms.
    // LESSON
    // Small ones shrink, middle ones grow, large ones shrink again. So there have to be two sizes at which nothing changes.
    // MISTAKES
    // the cubic term brakes: `a + 0.4 * size.powi(2)` => `a - 0.4 * size.powi(2)`
    //   That is the node of chapter 3, whose rhythm begins small. Here the middle term has a plus.
    // the last term feeds: `- size.powi(4)` => `+ size.powi(4)`
    //   Then nothing holds a large oscillation: minus the fourth power.
    // the powers of the equation of z: `size.powi(2) - size.powi(4)` => `size.powi(3) - size.powi(5)`
    //   The rate of r itself is g times r. g alone has the powers 2 and 4.
    // times the size: `a + 0.4 * size.powi(2) - size.powi(4)` => `(a + 0.4 * size.powi(2) - size.powi(4)) * size`
    //   This is how much r changes in a ms. Wanted is the rate g, which multiplies r.
    // b at both: `- size.powi(4)` => `- 0.4 * size.powi(4)`
    //   b stands at the square alone.
    // b is missing: `0.4 * size.powi(2)` => `size.powi(2)`
    //   The square is multiplied by 0.4.
    // a is missing: `a + 0.4 * size.powi(2)` => `0.4 * size.powi(2)`
    //   a is what is left when the size is 0.
    // not squared: `0.4 * size.powi(2)` => `0.4 * size`
    //   It is the square of the size that is multiplied by 0.4.
    // END

    // %% [markdown] hint
    // Three parts, as in the formula: `a + … - …`.

    // %% [markdown] hint
    // The last part is `size.powi(4)`.

    // %%
    let sizes_shown: Array1<f64> = Array1::linspace(0.0, 0.8, 161);
    let growth_figure = Figure::new()
        .size(6.6, 4.2)
        .title("How fast an oscillation of each size grows")
        .x_label("Size r")
        .y_label("Growth g (1/ms)")
        .y_range(-0.08, 0.06)
        .grid(true);
    [-0.06, -0.02, 0.01]
        .into_iter()
        .fold(growth_figure, |figure, a| {
            figure
                .line(&sizes_shown, sizes_shown.mapv(|size| growth_of_size(a, size)))
                .label(format!("a = {a}"))
        })
        .show();

    // %% [markdown]
    // Above the line of 0 a size grows, below it shrinks. At $a = -0.06$ everything shrinks: there is only rest. At 0.01 even the smallest oscillation grows. In between, at $-0.02$, the curve crosses 0 **twice**. Where it comes from below, a size on the left of the crossing
    // shrinks to rest, and one on the right grows: that is a **threshold**. Where it comes from above, both sides lead to it: that is the size of the seizure. Rest and seizure are both stable. Which of the two you see is a matter of history.

    // %% [markdown]
    // ### Exercise C: the two sizes
    //
    // *5 minutes.* Find both. With $s = r^2$ the condition $g = 0$ is a quadratic equation, $s^2 - 0.4\,s - a = 0$, and its solutions are
    //
    // $$s = \frac{0.4 \pm \sqrt{0.4^2 + 4a}}{2} .$$
    //
    // The sizes are the roots of the two. Complete the function, for $a$ between $-0.04$ and 0.

    // %% exercise id=two_sizes points=3 minutes=5
    /// The threshold and the size of the seizure, for a between -0.04 and 0.
    fn two_sizes(a: f64) -> [f64; 2] {
        // SOLUTION
        let root: f64 = (0.4 * 0.4 + 4.0 * a).sqrt();
        let threshold: f64 = ((0.4 - root) / 2.0).sqrt();
        let seizure: f64 = ((0.4 + root) / 2.0).sqrt();
        // STUB
        // let root: f64 = blank!("(1) the root in the formula");
        // let threshold: f64 = blank!("(2) the smaller size: a root again");
        // let seizure: f64 = blank!("(3) the larger one");
        // END
        [threshold, seizure]
    }

    // %% check
    check!(two_sizes(a) -> sizes);
    // TITLE Exercise C: two_sizes
    // CASES
    // in the middle: -0.02
    // nearly no threshold: -0.001
    // they have nearly met: -0.0399
    // another one: -0.03
    // HIDDEN 10
    // random.uniform(-0.0399, -0.0005)
    // HINTS
    // sizes: At a = -0.03 the inner root is 0.2. So s is 0.1 and 0.3, and the sizes are 0.316 and 0.548.
    // sizes[1]: The threshold is right. The seizure is the same with a plus.
    // LESSON
    // At a = -0.04 the two meet and are gone: a fold of cycles. At a = 0 the threshold is 0: nothing protects the rest any more.
    // MISTAKES
    // the squares: `((0.4 - root) / 2.0).sqrt()` => `((0.4 - root) / 2.0)` and `((0.4 + root) / 2.0).sqrt()` => `((0.4 + root) / 2.0)`
    //   That is s, the square of the size. Take the root of it.
    // they have changed places: `[threshold, seizure]` => `[seizure, threshold]`
    // or `(0.4 - root)` => `(0.4 + root)` and `let seizure: f64 = ((0.4 + root)` => `let seizure: f64 = ((0.4 - root)`
    //   The smaller one is the threshold. It comes first.
    // a is subtracted: `+ 4.0 * a` => `- 4.0 * a`
    //   The constant of the quadratic equation is -a, so inside the root there is plus 4a.
    // the 4 is missing: `+ 4.0 * a` => `+ a`
    //   Inside the root is 4 times a.
    // not divided by 2: `(0.4 - root) / 2.0` => `(0.4 - root)` and `(0.4 + root) / 2.0` => `(0.4 + root)`
    //   Both solutions are divided by 2.
    // divided too late: `((0.4 - root) / 2.0).sqrt()` => `(0.4 - root).sqrt() / 2.0` and `((0.4 + root) / 2.0).sqrt()` => `(0.4 + root).sqrt() / 2.0`
    //   First divide by 2, then take the root: mind the brackets.
    // the inner root is missing: `(0.4 * 0.4 + 4.0 * a).sqrt()` => `(0.4 * 0.4 + 4.0 * a)`
    //   The solution of a quadratic equation has a root of its own.
    // not squared: `0.4 * 0.4 + 4.0 * a` => `0.4 + 4.0 * a`
    //   Inside the root is the square of 0.4.
    // END

    // %% [markdown] hint
    // Blank 1 is `(0.4 * 0.4 + 4.0 * a).sqrt()`. The brackets are needed: `.sqrt()` belongs to all that stands in them.

    // %% [markdown] hint
    // Blank 2 is `((0.4 - root) / 2.0).sqrt()`: the inner brackets are the solution $s$, and the outer root makes a size of it.

    // %% [markdown]
    // Now drag. $a$ says how **excitable** the region is, the other slider how large its oscillation is at the start. Left: your two sizes for all $a$, and where this run begins (blue) and ends (orange). Right: the run.

    // %% folded
    // Slider: excitability, and where the run starts
    /// The two sizes over a: the seizure solid, the threshold dashed, and rest.
    fn two_answers() -> Figure {
        let between: Array1<f64> = Array1::linspace(-0.03999, -0.00001, 160);
        let above: Array1<f64> = Array1::linspace(0.0, 0.02, 41);
        let large =
            above.mapv(|a| SubcriticalHopf { a, ..SubcriticalHopf::default() }.radius());
        Figure::new()
            .x_label("Excitability a (1/ms)")
            .y_label("Size r")
            .x_range(-0.062, 0.022)
            .y_range(-0.03, 0.85)
            .line(&between, between.mapv(|a| two_sizes(a)[1]))
            .color(Color::Black)
            .label("seizure")
            .line(&above, &large)
            .color(Color::Black)
            .line(&between, between.mapv(|a| two_sizes(a)[0]))
            .color(Color::Black)
            .dashed()
            .label("threshold")
            .line([-0.062, 0.0], [0.0, 0.0])
            .color(Color::Gray)
            .width(3.0)
            .label("rest")
    }
    interact(
        [
            Slider::new("Excitability a", -0.06, 0.02)
                .step(0.005)
                .start(-0.02)
                .unit("1/ms"),
            Slider::new("Size at the start", 0.02, 0.8).step(0.06).start(0.2),
        ],
        |[a, start]| {
            let node = SubcriticalHopf { a, ..SubcriticalHopf::default() };
            let run = node.simulate([start, 0.0], Rk4::new(2.0), 1000.0).expect("numbers");
            let end = run.last_state();
            let course = Figure::new()
                .x_label("Time (ms)")
                .y_label("x")
                .y_range(-0.85, 0.85)
                .line(&run.times, run.row(0))
                .width(1.5);
            let plane = two_answers()
                .points([a], [start])
                .color(Color::Blue)
                .marker_size(9.0)
                .points([a], [end[0].hypot(end[1])])
                .color(Color::Orange)
                .marker_size(9.0);
            Figure::row([plane, course]).size(10.0, 4.2)
        },
    )
    .show();

    // %% [markdown]
    // So much for a region whose excitability stays the same. Now it changes, slowly: over 20 seconds $a$ rises from $-0.06$ to 0.02, and then it falls back, with a little noise. Before you press the triangle: at which $a$ will the seizure begin, and at which will it end?

    // %% folded
    // Film: excitability rises, and falls again
    fn ramp(t: f64) -> f64 {
        -0.06 + 0.08 * (1.0 - (t / 20_000.0 - 1.0).abs())
    }
    let drifting = simulate(
        |t, s| SubcriticalHopf { a: ramp(t), ..SubcriticalHopf::default() }.rate(t, s),
        [0.0, 0.0],
        EulerMaruyama::new(1.0, 0.002, noise::generator(1, 0)),
        40_000.0,
    )?
    .every(20);
    let drift_a: Array1<f64> = drifting.times.mapv(ramp);
    let drift_size: Array1<f64> =
        (0..drifting.len()).map(|k| drifting.row(0)[k].hypot(drifting.row(1)[k])).collect();
    interact(
        [Slider::new("Time", 0.0, 40.0).step(0.4).unit("s").play_at(12.0)],
        |[time]| {
            let now = (50.0 * time) as usize;
            two_answers()
                .title(if time <= 20.0 { "a rises" } else { "a falls" })
                .line(drift_a.slice(s![..=now]), drift_size.slice(s![..=now]))
                .color(Color::Orange)
                .width(1.5)
                .points(drift_a.slice(s![now..=now]), drift_size.slice(s![now..=now]))
                .color(Color::Orange)
                .marker_size(10.0)
                .size(6.6, 4.6)
        },
    )
    .show();

    // %% [markdown] text id=two_answers_words points=2 minutes=3
    // **Two answers.** (1) At which $a$ does the seizure begin, at which does it end, and why not at the same? (2) The patient's drug lowers $a$ by 0.01. The region rests at $a = -0.005$, a seizure starts, and *then* the drug is given. What happens?
    //
    // SOLUTION
    // 1. It begins near 0, where the threshold has come down to the rest, and ends near $-0.04$, where threshold and seizure meet and are gone (a **fold of cycles**). In between both answers are stable, and the node stays with the one that it has.
    //    That is **hysteresis**: more is needed to end a seizure than to prevent it.
    // 2. The seizure goes on. At $-0.015$ it is still stable: $a$ would have to fall below $-0.04$. Given *before*, the drug would have helped: the threshold is 0.20 in place of 0.11, so noise crosses it less often.
    //
    // In this node only something from outside ends a seizure. Nearly every real one ends by itself. The Epileptor of Jirsa and others has a slow variable for that, which drifts until the seizure is lost.
    // STUB
    // 1. Begins and ends:
    // 2. The drug:
    // END

    // %% [markdown] hint
    // Which of the two stable answers disappears at $a = 0$, and which at $a = -0.04$?

    // %% [markdown] hint
    // With the drug $a$ is $-0.015$. Which answers are there at that place?

    // %% [markdown]
    // ## Part 4: a seizure spreads
    //
    // Sixteen such nodes on the connectome. All of them are at $a = -0.02$: they rest, and *can* have a seizure. The onset zone is more excitable, $a = 0.01$, and each run begins with a seizure there.
    //
    // $$\dot z_n = \ldots + K \sum_m w_{nm}\,(z_m - z_n) + \text{noise}$$
    //
    // Both variables are coupled, without delays: a cycle takes 157 ms, and a signal 12 ms on average. (The noise is white here, 0.004.) The difference does two things. A region in a seizure pushes its resting neighbours. And its resting neighbours **hold it down**: to a region
    // whose neighbours rest, each connection takes $K w$ off $a$.

    // %%
    /// A seizure that begins in one region.
    fn seizure(
        weights: &Array2<f64>,
        onset: usize,
        coupling: f64,
        seed: u64,
    ) -> SubcriticalHopfNetwork {
        let mut nodes =
            vec![SubcriticalHopf { a: -0.02, ..SubcriticalHopf::default() }; 16];
        nodes[onset].a = 0.01;
        let mut states: Array2<f64> = Array2::zeros((2, 16));
        states[[0, onset]] = 0.58;
        SubcriticalHopfNetwork {
            nodes,
            weights: weights.clone(),
            coupling,
            coupled: CoupledVariables::Both,
            noise: 0.004,
            noise_time: 0.0,
            initial_states: Some(states),
            dt: 1.0,
            seed,
            ..SubcriticalHopfNetwork::default()
        }
    }
    /// The size of each region's oscillation: a row per region, a column per time.
    fn sizes_of(run: &Trajectory) -> Array2<f64> {
        Array2::from_shape_fn((16, run.len()), |(region, k)| {
            run.states[[region, k]].hypot(run.states[[16 + region, k]])
        })
    }
    let run = seizure(&weights, 6, 0.25, 1).simulate(2500.0)?;
    let sizes = sizes_of(&run);
    plot_traces(&run.times, &run.nodes("x")?)
        .size(8.0, 4.2)
        .title("A seizure that begins in L7 (row 6), K = 0.25")
        .x_label("Time (ms)")
        .y_label("Region")
        .show();

    // %% [markdown]
    // The same as a film: the lighter a region, the larger its oscillation. In which order are the regions drawn in?

    // %% folded
    // Film: the size of the oscillation in each region
    interact(
        [Slider::new("Time", 0.0, 2400.0).step(20.0).unit("ms").play_at(15.0)],
        |[time]| {
            let now: Array1<f64> = sizes.column(time as usize).to_owned();
            named_map(&weights, &now)
                .value_range(0.0, 0.7)
                .color_bar("Size r")
                .alternative_text(format!(
                    "Sixteen regions at {time} ms: {} of them are in the seizure.",
                    now.iter().filter(|size| **size > 0.45).count()
                ))
        },
    )
    .show();

    // %% [markdown]
    // ### Exercise D: when is a region drawn in?
    //
    // *5 minutes.* We say that a region is **recruited** when its size is above 0.45 for the first time. (The smallest seizure of a single node, at $a = -0.04$, has the size 0.447.) Complete the function. It goes through the times and gives the first one at which the size is above the level. If there is
    // none, it gives `f64::INFINITY`: never.

    // %% exercise id=recruited_at points=3 minutes=5
    /// The first time at which the size is above the level; infinite if there is none.
    fn recruited_at(times: &Array1<f64>, size: &Array1<f64>, level: f64) -> f64 {
        for k in 0..times.len() {
            // SOLUTION
            if size[k] > level {
                return times[k];
            }
            // STUB
            // blank!("(1) if the size at k is above the level, return the time at k");
            // END
        }
        // SOLUTION
        f64::INFINITY
        // STUB
        // blank!("(2) never")
        // END
    }

    // %% check
    check!(recruited_at(&times, &size, level) -> time);
    // TITLE Exercise D: recruited_at
    // CASES
    // in the middle: array![0.0, 10.0, 20.0, 30.0], array![0.1, 0.3, 0.5, 0.6], 0.45
    // from the start: array![0.0, 10.0, 20.0], array![0.58, 0.57, 0.6], 0.45
    // never: array![0.0, 10.0, 20.0], array![0.1, 0.2, 0.1], 0.45
    // it comes and goes: array![0.0, 5.0, 10.0, 15.0, 20.0], array![0.0, 0.5, 0.2, 0.1, 0.7], 0.45
    // at the end alone: array![0.0, 2.0, 4.0, 6.0], array![0.1, 0.1, 0.2, 0.6], 0.45
    // another level: array![0.0, 10.0, 20.0, 30.0], array![0.1, 0.3, 0.5, 0.6], 0.2
    // just at the level: array![0.0, 10.0, 20.0], array![0.1, 0.45, 0.5], 0.45
    // HIDDEN 10
    // Array1::from_shape_fn(8, |k| 3.0 * k as f64), Array1::from_shape_fn(8, |_| random.uniform(0.0, 0.6)), random.uniform(0.2, 0.6)
    // Array1::from_shape_fn(8, |k| 5.0 * k as f64), Array1::from_shape_fn(8, |_| random.integer(0, 6) as f64 / 8.0), random.integer(3, 6) as f64 / 8.0
    // HINTS
    // time: In the first case the sizes are above 0.45 from the third on, at 20 ms.
    // LESSON
    // An order in time is a result that can be held against a recording: the electrodes see it, too.
    // MISTAKES
    // the index, not the time: `return times[k];` => `return k as f64;`
    //   That is the number of the sample. Give the time at it.
    // the size, not the time: `return times[k];` => `return size[k];`
    //   That is how large it is then. Wanted is when.
    // below the level: `size[k] > level` => `size[k] < level`
    //   A region is recruited when its size is above the level.
    // the level counts, too: `size[k] > level` => `size[k] >= level`
    //   Above the level means more than it.
    // the last time, not the first: `return times[k];` => `if size.iter().skip(k + 1).all(|later| *later <= level) { return times[k]; }`
    //   Return at the first time above the level, not at the last.
    // never is the end: `f64::INFINITY` => `times[times.len() - 1]`
    //   A region that is never recruited would look like one that is recruited at the end.
    // never is 0: `f64::INFINITY` => `0.0`
    //   0 is the start: the onset zone has that. Never is f64::INFINITY.
    // the level is built in: `size[k] > level` => `size[k] > 0.45`
    //   The level is an argument: use its name.
    // only at the start: `return times[k];` => `return times[0];`
    //   Give the time at k, where the size is above the level.
    // END

    // %% [markdown] hint
    // An `if` with a comparison of `size[k]` and `level`, and in its braces `return times[k];`.

    // %% [markdown] hint
    // `return` ends the function at once, so what stands below the loop is reached only if no size was above the level.

    // %%
    let recruited: Array1<f64> =
        (0..16).map(|n| recruited_at(&run.times, &sizes.row(n).to_owned(), 0.45)).collect();
    for region in rank(&recruited).into_iter().rev() {
        println!("{} after {:>4} ms", region_name(region), recruited[region]);
    }
    println!("\n   K   regions in the seizure after 3 s, with seeds 1 to 5");
    for coupling in [0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 1.5] {
        let seeds = [1.0, 2.0, 3.0, 4.0, 5.0];
        let counts = sweep(&seeds, |seed| {
            let run = seizure(&weights, 6, coupling, seed as u64).simulate(3000.0);
            let end = sizes_of(&run.expect("numbers").after(3000.0));
            end.iter().filter(|size| **size > 0.45).count()
        });
        println!("{coupling:>5} {counts:?}");
    }

    // %% [markdown] text id=spread_words points=1 minutes=2
    // **Why does nothing spread at a small $K$, and nothing at a large one?**
    //
    // SOLUTION
    // - **Small:** the push of $K w$ times the neighbour's size is too weak to carry a resting region across its threshold. (At 0.2 it is enough for R7, and for no other.)
    // - **Large:** the resting neighbours hold the onset zone down before it has recruited them. At $K = 1.5$ the connections of L7 take 0.17 off its $a$ of 0.01: that is far below $-0.04$, where there is no seizure at all.
    // STUB
    // - Small:
    // - Large:
    // END

    // %% [markdown] hint
    // A connection does two things. Which one is too weak at a small $K$, and which one is too strong at a large one?

    // %% [markdown] hint
    // At $K = 1.5$ the connections of L7 take $1.5 \times 0.114$ off its $a$ of 0.01, as long as its neighbours rest. Where is that on your slider?

    // %% [markdown]
    // ## Part 5: a virtual resection
    //
    // Now the operation. We take out each region in turn, all but the onset zone, and count how many regions are in the seizure after 3 s, over five seeds each. The onset zone is one of them.

    // %%
    /// How many regions are in the seizure after 3 s: the mean of five seeds.
    fn in_seizure(weights: &Array2<f64>, onset: usize, coupling: f64) -> f64 {
        let counts = (1..=5).map(|seed| {
            let run = seizure(weights, onset, coupling, seed).simulate(3000.0);
            let end = run.expect("the weights are numbers").last_state();
            (0..16).filter(|n| end[*n].hypot(end[16 + n]) > 0.45).count() as f64
        });
        counts.sum::<f64>() / 5.0
    }
    /// The same after each region is taken out, one at a time.
    fn after_each(weights: &Array2<f64>, onset: usize, coupling: f64) -> Array1<f64> {
        let regions: Vec<f64> = (0..16).map(f64::from).collect();
        let counts = sweep(&regions, |region| {
            in_seizure(&disconnect(weights, region as usize), onset, coupling)
        });
        Array1::from_vec(counts)
    }

    // %% [markdown]
    // ### Exercise E: the best operation
    //
    // *4 minutes.* `left[region]` says how many regions are in the seizure when `region` is taken out. Complete the function: which region leaves the fewest? The onset zone may not be taken out, so leave it out of the search. Of two that are equally good, take the first.

    // %% exercise id=best_resection points=2 minutes=4
    /// The region whose resection leaves the fewest in the seizure; not the onset zone.
    fn best_resection(left: &Array1<f64>, onset: usize) -> usize {
        let mut best: usize = if onset == 0 { 1 } else { 0 };
        for region in 0..left.len() {
            // SOLUTION
            if region != onset && left[region] < left[best] {
                best = region;
            }
            // STUB
            // blank!("if the region is not the onset zone, and leaves fewer than the best so far: it is the best now");
            // END
        }
        best
    }

    // %% check
    check!(best_resection(&left, onset) -> region);
    // TITLE Exercise E: best_resection
    // CASES
    // the middle one: array![16.0, 3.0, 15.0, 16.0], 0
    // the onset zone would be best: array![1.0, 15.0, 4.0, 16.0], 0
    // the last one: array![15.0, 15.0, 15.0, 0.0, 2.0], 3
    // two are equally good: array![15.0, 2.0, 16.0, 2.0], 2
    // the first one: array![1.0, 15.0, 15.0], 2
    // all the same: array![15.0, 15.0, 15.0, 15.0], 0
    // HIDDEN 10
    // Array1::from_shape_fn(8, |_| random.integer(0, 16) as f64), random.integer(0, 7) as usize
    // { let few = random.integer(0, 7) as usize; Array1::from_shape_fn(8, |region| if region == few { 2.0 } else { random.integer(3, 8) as f64 }) },
    //   left.iter().position(|count| *count == 2.0).unwrap()
    // HINTS
    // region: In the second case the smallest number is the onset zone's own. Of the others region 2 leaves the fewest, 4.
    // LESSON
    // The best of a list, with a condition. That the condition is a patient's speech is not in the list.
    // MISTAKES
    // the onset zone is taken out: `region != onset && left[region] < left[best]` => `left[region] < left[best]`
    //   The patient speaks with the onset zone. It is not to be chosen.
    // the worst one: `left[region] < left[best]` => `left[region] > left[best]`
    //   Fewer regions in the seizure are better.
    // the last of equals: `left[region] < left[best]` => `left[region] <= left[best]`
    //   Of two that are equally good the first is asked for: less, not less or equal.
    // one of the two is enough: `&&` => `||`
    //   Both have to be true: it is another region, and it leaves fewer.
    // only the onset zone: `region != onset` => `region == onset`
    //   The condition is turned round.
    // the number that is left: `best = region;` => `best = left[region] as usize;`
    //   That is how many are left. Wanted is which region it is.
    // END

    // %% [markdown] hint
    // Two conditions with `&&` between them: `region != onset`, and a comparison of `left[region]` with `left[best]`.

    // %% [markdown] hint
    // In the braces stands `best = region;`.

    // %% folded
    // Picture: each operation for two onset zones
    fn operations(weights: &Array2<f64>, onset: usize, coupling: f64) -> Figure {
        let (strengths, left) =
            (network::strengths(weights), after_each(weights, onset, coupling));
        let others: Vec<usize> = (0..16).filter(|region| *region != onset).collect();
        let best = best_resection(&left, onset);
        let figure = Figure::new()
            .title(format!("Seizures begin in {}", region_name(onset)))
            .x_label("Strength of the region that is taken out")
            .y_label("Regions in the seizure")
            .x_range(0.0, 0.36)
            .y_range(-0.5, 17.0)
            .points(others.iter().map(|n| strengths[*n]), others.iter().map(|n| left[*n]))
            .marker_size(7.0);
        println!(
            "{}: {:.1} regions without an operation, {:.1} without R2, and {:.1} at best, without {}",
            region_name(onset),
            in_seizure(weights, onset, coupling),
            left[9],
            left[best],
            region_name(best)
        );
        let named = others.into_iter().filter(|n| left[*n] < 10.0 || *n == 9);
        named.fold(figure, |figure, n| {
            figure.text(strengths[n] + 0.006, left[n] + 0.3, region_name(n))
        })
    }
    Figure::row([operations(&weights, 6, 0.25), operations(&weights, 1, 0.25)])
        .size(10.0, 4.2)
        .show();

    // %% [markdown] text id=revise_operation points=2 minutes=3
    // **Was your prediction right?** What have the two best regions in common? Does the strength tell which one it is?
    //
    // SOLUTION
    // - Without an operation all 16 regions are in the seizure, from L7 as from L2. For L7 the best is **R7**: 1 region is left, the onset zone itself. For L2 it is **R2**: 1 as well.
    // - In common: each is the neighbour to which the onset zone has its strongest connection, and which is recruited first (R7 after 408 ms; the next one only after 1744 ms).
    // - The strength does not tell: R2 is the strongest of all, R7 is the tenth. For L7, taking out R2 does nothing: all of the other 15 are in the seizure.
    // STUB
    // - My prediction:
    // - In common:
    // - The strength:
    // END

    // %% [markdown] hint
    // Look at your list of exercise D: who was recruited first after L7?

    // %% [markdown] hint
    // In the list of part 1, look up the strongest connection of L7, and that of L2.

    // %% [markdown]
    // That looks like a rule: *take out the neighbour with the strongest connection*. Does it hold? The next cell lets seizures begin in each of the sixteen regions. It also takes out less: single connections. And it asks what happens if the coupling was 0.20 in place of 0.25.

    // %% folded
    // Numbers: all onset zones, single connections, another coupling
    let [mut spreading, mut by_hub, mut by_neighbour, mut by_best] = [0, 0, 0, 0];
    println!("begins in | no operation | hub | strongest neighbour | best");
    for onset in 0..16 {
        let none = in_seizure(&weights, onset, 0.25);
        if none <= 8.0 {
            println!("{:>9} | {none:>12.1} | not to most regions", region_name(onset));
            continue;
        }
        let left = after_each(&weights, onset, 0.25);
        let hub = if onset == 9 { 11 } else { 9 };
        let neighbour = rank(&weights.row(onset).to_owned())[0];
        let best = best_resection(&left, onset);
        println!(
            "{:>9} | {none:>12.1} | {:>3.1} | {:>14.1} ({}) | {:>4.1} ({})",
            region_name(onset),
            left[hub],
            left[neighbour],
            region_name(neighbour),
            left[best],
            region_name(best)
        );
        spreading += 1;
        by_hub += usize::from(left[hub] <= 2.0);
        by_neighbour += usize::from(left[neighbour] <= 2.0);
        by_best += usize::from(left[best] <= 2.0);
    }
    println!(
        "Of {spreading} zones from which seizures spread: 2 regions or fewer are left"
    );
    println!(
        "in {by_hub} without the hub, in {by_neighbour} without the strongest neighbour, in {by_best} at best"
    );
    println!("\nL7, one connection is cut:");
    for other in
        rank(&weights.row(6).to_owned()).into_iter().filter(|m| weights[[6, *m]] > 0.0)
    {
        let mut cut = weights.clone();
        (cut[[6, other]], cut[[other, 6]]) = (0.0, 0.0);
        println!(
            "  L7 and {} ({:.3}): {:.1} regions",
            region_name(other),
            weights[[6, other]],
            in_seizure(&cut, 6, 0.25)
        );
    }
    println!("\nL7, at K = 0.20:");
    println!("  no operation: {:.1} regions", in_seizure(&weights, 6, 0.2));
    for region in [14, 9] {
        println!(
            "  without {}: {:.1} regions",
            region_name(region),
            in_seizure(&disconnect(&weights, region), 6, 0.2)
        );
    }

    // %% [markdown] text id=rule_of_operations points=2 minutes=3
    // **A rule?** (1) How often does each of the two rules work? (2) Is a whole region needed for L7? (3) What does taking out R2 do at $K = 0.20$, and why?
    //
    // SOLUTION
    // 1. Seizures spread from 12 of the 16 zones. Taking out the hub stops them in 1 of these, taking out the strongest neighbour in 4, and the best region in 4. So the second rule is better, and it fails more often than it works. **In most zones no single region is enough.**
    //    (With other seeds it is 3 or 4 of 12 or 13.)
    // 2. No. To cut the connection of L7 and R7 is as good: 1 region. The FC of the others would pay less for that. (Without the connection to L5, or to L4, it comes to R7 and no further in these 3 s.)
    // 3. At $K = 0.20$ the seizure stays in 2 regions by itself. **Without R2 it spreads to 15.** R2 rests, and holds its neighbours down, through all of its connections. Without it they are easier to recruit: the hub was a brake. With a coupling that is known to
    //    within a fifth, one cannot say whether taking out R2 does nothing or does harm. R7 is the right answer at both.
    // STUB
    // 1. How often:
    // 2. A whole region:
    // 3. At K = 0.20:
    // END

    // %% [markdown] hint
    // For 3: what does a resting neighbour do to a region, according to part 4?

    // %% [markdown] hint
    // Compare "no operation" at 0.20 with the line below it, and with 0.25.

    // %% [markdown]
    // ## Part 6: stimulation
    //
    // Taking out is for ever. A **stimulus** is not: devices are implanted that record, notice a seizure, and stimulate at its beginning. In our node a short pulse moves $x$ by some amount. Both answers stay what they are; the pulse only carries the state across the threshold. Or it does not.
    //
    // ### Exercise F: does the pulse end it?
    //
    // *3 minutes.* The region is at the state $(x, y)$. A pulse adds `pulse` to $x$ and leaves $y$ alone. Is the size below the threshold then? `a.hypot(b)` is $\sqrt{a^2 + b^2}$; a comparison with `<` gives `true` or `false`.

    // %% exercise id=pulse_ends points=2 minutes=3
    /// Whether a pulse in x carries the state below the threshold.
    fn pulse_ends(x: f64, y: f64, pulse: f64, threshold: f64) -> bool {
        // SOLUTION
        let size: f64 = (x + pulse).hypot(y);
        size < threshold
        // STUB
        // let size: f64 = blank!("(1) the size after the pulse");
        // blank!("(2) is it below the threshold?")
        // END
    }

    // %% check
    check!(pulse_ends(x, y, pulse, threshold) -> ends);
    // TITLE Exercise F: pulse_ends
    // CASES
    // against it: -0.58, 0.0, 0.5, 0.24
    // with it: 0.58, 0.0, 0.5, 0.24
    // too weak: -0.58, 0.0, 0.3, 0.24
    // too strong: -0.58, 0.0, 0.9, 0.24
    // at the wrong moment: 0.0, 0.58, 0.5, 0.24
    // a little beside: -0.57, 0.1, 0.5, 0.24
    // a negative pulse: 0.57, -0.1, -0.5, 0.24
    // a region at rest: 0.0, 0.0, 0.3, 0.24
    // a region at rest, and a weak pulse: 0.0, 0.0, 0.1, 0.24
    // a lower threshold: -0.57, 0.15, 0.5, 0.1
    // nearly over: -0.3, -0.05, 0.4, 0.2
    // HIDDEN 16
    // random.uniform(-0.6, 0.6), random.uniform(-0.3, 0.3), random.uniform(-0.7, 0.7), random.uniform(0.1, 0.4)
    // random.uniform(-0.6, 0.6), random.uniform(-0.3, 0.3), random.uniform(-0.7, 0.7), (x + pulse).hypot(y) * random.uniform(0.97, 1.03)
    // HINTS
    // ends: In the first case x becomes -0.08 and y stays 0: the size is 0.08, which is below 0.24.
    // LESSON
    // Size and moment decide together. The same pulse a quarter of a cycle later does nothing, and one to a region at rest can start a seizure.
    // MISTAKES
    // the pulse is subtracted: `(x + pulse)` => `(x - pulse)`
    //   The pulse is added to x.
    // y is forgotten: `(x + pulse).hypot(y)` => `(x + pulse).abs()`
    //   The size has two parts: x with the pulse, and y.
    // the pulse is added to the size: `(x + pulse).hypot(y)` => `x.hypot(y) + pulse`
    //   The pulse moves x, not the size. In which direction that goes depends on the moment.
    // above the threshold: `size < threshold` => `size > threshold`
    //   Below the threshold the region comes to rest.
    // y is moved: `hypot(y)` => `hypot(y + pulse)`
    // or `(x + pulse).hypot(y)` => `x.hypot(y + pulse)`
    //   The pulse acts on x, and on x alone.
    // the square: `(x + pulse).hypot(y)` => `(x + pulse).powi(2) + y.powi(2)`
    //   That is the square of the size. Take its root, or hypot.
    // END

    // %% [markdown] hint
    // After the pulse the state is $(x + \text{pulse},\ y)$.

    // %% [markdown] hint
    // Blank 1 is `(x + pulse).hypot(y)`. Blank 2 compares it with `threshold`.

    // %% folded
    // Slider and map: a pulse to a region in a seizure
    let node = SubcriticalHopf::default();
    let [threshold, large] = two_sizes(-0.02);
    let turn: Array1<f64> = Array1::linspace(0.0, 2.0 * PI, 121);
    interact(
        [
            Slider::new("Moment of the pulse", 0.0, 345.0).step(15.0).start(90.0).unit("°"),
            Slider::new("Pulse", -0.9, 0.9).step(0.1).start(0.5),
        ],
        |[degrees, pulse]| {
            let (x, y) =
                (large * degrees.to_radians().cos(), large * degrees.to_radians().sin());
            // Far beyond the seizure the brake is strong: short steps.
            let run =
                node.simulate([x + pulse, y], Rk4::new(0.25), 400.0).expect("numbers");
            let run = run.every(8);
            let ends = pulse_ends(x, y, pulse, threshold);
            let plane = Figure::new()
                .equal_aspect()
                .x_label("x")
                .y_label("y")
                .x_range(-1.6, 1.6)
                .y_range(-1.1, 1.1)
                .line(turn.mapv(|t| large * t.cos()), turn.mapv(|t| large * t.sin()))
                .color(Color::Black)
                .label("seizure")
                .line(
                    turn.mapv(|t| threshold * t.cos()),
                    turn.mapv(|t| threshold * t.sin()),
                )
                .color(Color::Black)
                .dashed()
                .label("threshold")
                .line(run.row(0), run.row(1))
                .color(Color::Blue)
                .width(1.5)
                .arrow((x, y), (x + pulse, y))
                .color(Color::Orange)
                .width(3.0);
            let course = Figure::new()
                .title(if ends { "It ends" } else { "It goes on" })
                .x_label("Time after the pulse (ms)")
                .y_label("x")
                .y_range(-1.3, 1.3)
                .line(&run.times, run.row(0))
                .width(1.5);
            Figure::row([plane, course]).size(10.0, 4.2)
        },
    )
    .show();
    let pulses: Array1<f64> = Array1::linspace(-1.0, 1.0, 81);
    let degrees: Array1<f64> = Array1::linspace(0.0, 360.0, 91);
    let map = Array2::from_shape_fn((81, 91), |(row, column)| {
        let angle = degrees[column].to_radians();
        let ends =
            pulse_ends(large * angle.cos(), large * angle.sin(), pulses[row], threshold);
        f64::from(u8::from(ends))
    });
    let share = 100.0 * map.sum() / map.len() as f64;
    Figure::new()
        .size(6.4, 4.0)
        .heat_map_over(&degrees, &pulses, &map)
        .color_bar("1: it ends")
        .title("Pulses that end the seizure")
        .x_label("Moment of the pulse (°)")
        .y_label("Pulse")
        .show();
    println!("{share:.0} % of all pulses on the map end it");

    // %% [markdown]
    // Now in the network. The seizure begins in L7, and a device there gives the perfect pulse: at the right moment, of the right size, so that L7 is at rest at once. It does so 50, 200, 400, 800 or 1500 ms after the beginning. The last column is a pulse to all regions at the same time, each of them brought to rest.

    // %% folded
    // Numbers: a perfect pulse, early and late
    /// How many regions are in the seizure 3 s after a pulse that brings these regions to rest.
    fn after_pulse(
        weights: &Array2<f64>,
        time: f64,
        targets: &[usize],
        seed: u64,
    ) -> usize {
        let model = seizure(weights, 6, 0.25, seed);
        let state = model.simulate(time).expect("numbers").last_state();
        let states = Array2::from_shape_fn((2, 16), |(variable, region)| {
            if targets.contains(&region) { 0.0 } else { state[16 * variable + region] }
        });
        let later = SubcriticalHopfNetwork {
            initial_states: Some(states),
            seed: seed + 1000,
            ..model
        };
        let end = later.simulate(3000.0).expect("numbers").last_state();
        (0..16).filter(|n| end[*n].hypot(end[16 + n]) > 0.45).count()
    }
    let all: Vec<usize> = (0..16).collect();
    println!("pulse after | regions in the seizure 3 s later, seeds 1 to 5");
    println!("            | pulse to L7          pulse to all");
    for time in [50.0, 200.0, 400.0, 800.0, 1500.0] {
        let counts = |targets: &[usize]| -> Vec<usize> {
            (1..=5).map(|seed| after_pulse(&weights, time, targets, seed)).collect()
        };
        println!("{time:>8} ms | {:<20} {:?}", format!("{:?}", counts(&[6])), counts(&all));
    }

    // %% [markdown] text id=stimulation_words points=2 minutes=4
    // **When does a stimulus help?** (1) Which moment and which size does it need in a single region? (2) Until when does a pulse to L7 end the seizure, and why not later? (3) How can a stimulus *start* one?
    //
    // SOLUTION
    // 1. The moment: it has to be against the oscillation, at about 0° a negative pulse and at about 180° a positive one. The size: about that of the seizure, 0.58, less or more by the threshold, 0.24. Less does not reach the rest, more goes beyond it.
    // 2. For some 200 to 400 ms. Then R7 is in the seizure as well, and brings L7 back: at 800 ms the pulse has failed in all five runs. A pulse to all regions works at any time. So a device has to be early, or to act at more than one place.
    // 3. At rest any pulse larger than the threshold starts a seizure, at any moment. In L7 with its resting neighbours the threshold is lower than in the others: a stimulus that is to help can do harm there.
    //
    // (Real devices do not aim at a phase in this way, their effect grows over months, and how they help is not understood. The node shows what a pulse *can* do.)
    // STUB
    // 1. Moment and size:
    // 2. Until when:
    // 3. To start one:
    // END

    // %% [markdown] hint
    // For 2, look at your list of exercise D. What has happened after 400 ms?

    // %% [markdown] hint
    // For 3, begin with a region at rest: $x = y = 0$. Which pulses carry it across the threshold?

    // %% [markdown]
    // ## Part 7: what may be concluded

    // %% [markdown] text id=conclude_patient points=4 minutes=6
    // **A letter to the patient's neurologist,** ten sentences at most. (1) What does the model predict? (2) Which of its assumptions would change the prediction, and which of them can be measured in this patient? (3) How could one find out whether the prediction is right *before* an operation? (4) What else decides?
    //
    // SOLUTION
    // 1. In this model a seizure that begins in L7 stays there if R7 is taken out, or the connection of the two alone, in all runs. Taking out R2, the strongest region, does not help. This is a **hypothesis** about one patient, made by one model.
    // 2. The coupling: at 0.20 in place of 0.25 taking out R2 makes it worse. In chapter 4 the coupling came out wrong by up to a fifth, because $\omega$ was wrong by 2.5 %. Several sets of parameters explain the same recordings (**identifiability**), so one predicts with all of them and reports where they agree: here they agree
    //    about R7. (With delays, or with coupling in $x$ alone at twice the $K$, R7 stops the seizure as well, and R2 does not.) Further: that all regions but L7 are equally excitable; that regions hear each other by differences, which makes resting ones a brake; that a seizure begins as in this node, which is not the most frequent way, and has no end. The connections can be measured, with false and missing ones and without a direction; the
    //    order of recruitment too, where there are electrodes. Coupling and excitability are only inferred.
    // 3. On recordings that were not used for the fit: is R7 the next one in the patient's other seizures? Does a stimulus to L7 appear in R7? And in patients who *were* operated: blind to the result, does the model tell who is free of seizures, and better than the clinic does without it?
    // 4. What R7 is for; what an MRI shows; what can be reached; other treatments; what the patient wants. What has to be taken out to end seizures, the **epileptogenic zone**, is known only afterwards, and is not the same as the onset zone. Nobody takes out a healthy region because a
    //    model says so: such a result is a reason to look again, in a conference of people.
    //
    // One point each for: the prediction with its conditions; an assumption that turns it round, and why its value is not known; a test on data that were not used; two reasons from outside the model.
    // STUB
    // 1. The prediction:
    // 2. Assumptions:
    // 3. A test:
    // 4. What else decides:
    // END

    // %% [markdown] hint
    // For 2: how well did chapter 4 know the coupling? And what did 0.20 in place of 0.25 do here?

    // %% [markdown] hint
    // For 3: the order in which regions are recruited can be recorded. So can what a stimulus does.

    // %% [markdown]
    // ## What you have now
    //
    // | | |
    // |---|---|
    // | lesion | its effect beside that of another seed: Welch's t, and a control without a lesion |
    // | node with two answers | rest and seizure between $a = -0.04$ and 0; the threshold between them |
    // | hysteresis | begins at 0, ends at $-0.04$ |
    // | spread | a push to resting neighbours, and their hold; too little coupling and too much stop it |
    // | virtual resection | try them all; the hub is rarely the answer, and can be the brake |
    // | stimulation | size, moment, and how early |
    // | conclusion | a prediction is a hypothesis about one patient |
    //
    // ## Five papers to read
    //
    // In this order. Their full names are below.
    //
    // - Rosenow & Lüders 2001. The words of a team before an operation, and why the zone that counts is known only afterwards.
    // - Jirsa 2014. How seizures begin and end, and a model of five variables that does both by itself, as this chapter's node cannot.
    // - Goodfellow 2016. Virtual resections in the networks of patients whose outcome is known.
    // - Sinha 2017. The same question by another group: what did the surgeon take out, and what would the model have?
    // - Jirsa 2017. One patient's brain as a model, from the scan to the seizure.
    //
    // ## Sources and credits
    //
    // - The normal form: Kuznetsov, Y. A. *Elements of Applied Bifurcation Theory*, section 8.3. Springer. As a seizure: Kalitzin, S. N., Velis, D. N. & Lopes da Silva, F. H. (2010). Stimulation-based anticipation and control of state
    //   transitions in the epileptic brain. *Epilepsy & Behavior* 17, 310–323; on networks: Benjamin, O. et al. (2012). A phenomenological model of seizure initiation suggests network structure may explain seizure frequency in idiopathic generalised epilepsy.
    //   *Journal of Mathematical Neuroscience* 2, 1. [doi:10.1186/2190-8567-2-1](https://doi.org/10.1186/2190-8567-2-1)
    // - How seizures begin and end: Jirsa, V. K. et al. (2014). On the nature of seizure dynamics. *Brain* 137, 2210–2230. [doi:10.1093/brain/awu133](https://doi.org/10.1093/brain/awu133). Saggio, M. L. et al. (2020). *eLife* 9, e55632.
    //   [doi:10.7554/eLife.55632](https://doi.org/10.7554/eLife.55632). Most begin otherwise than ours.
    // - Virtual resections in patients' networks: Goodfellow, M. et al. (2016). *Scientific Reports* 6, 29215. Sinha, N. et al. (2017). *Brain* 140, 319–332. Lopes, M. A. et al. (2017). *PLoS Computational Biology* 13, e1005637. Patients' own models: Jirsa, V. K. et al. (2017). The Virtual
    //   Epileptic Patient. *NeuroImage* 145, 377–388.
    // - Devices that stimulate when they notice a seizure: Morrell, M. J. (2011). *Neurology* 77, 1295–1304.
    // - What is meant by the zones of an epilepsy: Rosenow, F. & Lüders, H. (2001). Presurgical evaluation of epilepsy. *Brain* 124, 1683–1700.
    Ok(())
}
