//! Chapter 1: functional connectivity, from a recording to a matrix and what may be read off it.
//!
//! The notebooks are made from this file: edit it, then `cargo run -- build`.

fn main() -> neurobook::Result<()> {
    // %% [markdown]
    // # Functional connectivity
    //
    // Chapter 1. Which regions of a brain rise and fall together, and what does that tell us?
    //
    // After this chapter you can:
    //
    // - say what is in a recording, and notice when its rows and columns have changed places;
    // - say what is done to a scan before anything is correlated, and why;
    // - compute Pearson's correlation of two regions, and the matrix of all pairs;
    // - read such a matrix, compare groups with it, and say what it does **not** show.
    //
    // All people and recordings in this chapter are **made up by a program**. They look like measured ones and say nothing about
    // real brains. Nobody was scanned for them.

    // %% [markdown]
    // ## The chapter
    //
    // | Part | What | Minutes |
    // |---|---|---|
    // | 1 | A recording | 10 |
    // | 2 | Before the correlation: preprocessing, a quiz | 15 |
    // | 3 | Two regions | 14 |
    // | 4 | All pairs, and how to read them | 20 |
    // | 5 | Few samples: shrinkage | 8 |
    // | 6 | Young and old | 18 |
    // | 7 | In time, in a direction, and without an atlas | 24 |
    //
    // That is 109 minutes. A good place for a pause is after part 4. The papers named in part 7 come on top.
    //
    // From [chapter 0](00_rust_for_neuroscientists.ipynb) you need functions, loops, arrays, `if`, and `?`. What is new is
    // explained where it is needed.

    // %%
    // :dep neurobook = { path = "../.." }
    use neurobook::prelude::*;

    // %% [markdown]
    // ## Part 1: a recording
    //
    // Functional magnetic resonance imaging (fMRI) measures the **BOLD signal**, everywhere in the brain, every two seconds or so. It is
    // weakened by **deoxyhaemoglobin**, the blood's pigment that has given its oxygen away. Where neurons are busy they take more oxygen, but much
    // more fresh blood flows in than they need. So deoxyhaemoglobin is washed out, and the signal **rises**. Its peak comes some five seconds late.
    //
    // Here is what is left of a scan when a toolbox has done its work: one series for each region. `data::bold` reads it from the
    // folder `data/`. `.states` is a matrix of numbers. What is in it?

    // %%
    let recording = data::bold("sub-01")?;
    let series: Array2<f64> = recording.states.clone();
    println!("{} rows and {} columns", series.nrows(), series.ncols());
    println!("the first regions: {:?}", &recording.names[..3]);
    println!("the first times: {:.0} s", recording.times.slice(s![..4]));

    // %% [markdown]
    // `&recording.names[..3]` lends the first three of a list. Of an array, `.slice(s![..4])` lends the first four.
    //
    // So each **row is a region** and each **column a time**. The time from one column to the next is the **repetition time**, TR.
    // Here it is 2 s.
    //
    // Careful: that is a custom, no law. Many toolboxes in Python, nilearn among them, give it the other way round: a row per time.
    // How do you know which you have? Nobody tells you. You know your scan: how many volumes were taken, and how many regions the
    // atlas has.

    // %%
    plot_traces(&recording.times, &series.slice(s![..20, ..]))
        .size(8.0, 5.0)
        .x_label("Time (s)")
        .y_label("Region")
        .title("The first 20 of 80 regions, one above the other")
        .show();

    // %% [markdown]
    // ### Exercise 1: what is in it?
    //
    // *4 minutes.* Complete the function. It gets a recording with a row per region, and the repetition time in seconds. It gives three
    // numbers: how many regions, how many times, and how many **minutes** the scan lasted. Each volume takes one repetition time.
    //
    // `.nrows()` and `.ncols()` count rows and columns. Both are a `usize`; `as f64` makes an `f64` of one.

    // %% exercise id=recording_facts points=2 minutes=4
    /// The number of regions, the number of times, and the minutes that the scan lasted.
    fn recording_facts(series: &Array2<f64>, repetition_time: f64) -> (usize, usize, f64) {
        // SOLUTION
        let regions: usize = series.nrows();
        let times: usize = series.ncols();
        let minutes: f64 = times as f64 * repetition_time / 60.0;
        // STUB
        // let regions: usize = blank!("(1) how many rows");
        // let times: usize = blank!("(2) how many columns");
        // let minutes: f64 = blank!("(3) times × repetition time, in minutes");
        // END
        (regions, times, minutes)
    }

    // %% check
    check!(recording_facts(&series, repetition_time) -> (regions, times, minutes));
    // TITLE Exercise 1: recording_facts
    // CASES
    // five regions, eight times: Array2::<f64>::zeros((5, 8)), 2.0
    // more regions than times: Array2::<f64>::zeros((9, 4)), 0.72
    // a square one: Array2::<f64>::zeros((6, 6)), 3.0
    // one region: Array2::<f64>::zeros((1, 30)), 1.5
    // HIDDEN 8
    // Array2::<f64>::zeros((random.integer(1, 20) as usize, random.integer(1, 40) as usize)), random.uniform(0.5, 3.0)
    // HINTS
    // regions: In this course a row is a region.
    // times: The regions are right. Each time has a column.
    // minutes: Regions and times are right. A scan of 30 volumes, 2 s each, lasts one minute.
    // LESSON
    // Before you compute anything, print the shape and compare it with what you know of the scan.
    // MISTAKES
    // rows and columns have changed places: `series.nrows()` => `series.dim().1` and `series.ncols()` => `series.dim().0`
    //   nilearn gives a row per time. Here a row is a region.
    // the duration is in seconds: `repetition_time / 60.0` => `repetition_time`
    //   That is in seconds. A minute has 60.
    // the repetition time is left out: `times as f64 * repetition_time / 60.0` => `times as f64 / 60.0`
    //   A volume takes one repetition time, not one second.
    // one interval too few: `times as f64 * repetition_time` => `(times as f64 - 1.0) * repetition_time`
    //   That is the time from the first volume to the last. The last one takes its time, too.
    // all numbers are counted: `series.ncols()` => `series.len()`
    //   .len() of a matrix counts all of its entries. Count the columns.
    // divided by the repetition time: `times as f64 * repetition_time` => `times as f64 / repetition_time`
    //   The longer a volume takes, the longer the scan lasts: multiply.
    // the regions take time: `times as f64 * repetition_time` => `regions as f64 * repetition_time`
    //   All regions are measured in the same volume. It is the times that add up.
    // END

    // %% [markdown] hint
    // Blanks 1 and 2 are in the cell that printed the shape.

    // %% [markdown] hint
    // Blank 3: `times as f64 * repetition_time` is the duration in seconds. How many seconds has a minute?

    // %%
    let (regions, times, minutes) = recording_facts(&series, 2.0);
    println!("{regions} regions, {times} times, {minutes:.2} minutes");

    // %% [markdown]
    // ## Part 2: before the correlation
    //
    // A scanner gives no series of regions. It gives a film of the head, with some hundred thousand small cubes, **voxels**, in each
    // picture. What happens in between is called **preprocessing**:
    //
    // | Step | What it does | Without it |
    // |---|---|---|
    // | correct the times and the shape | the slices of a volume are not taken at once, and the magnetic field bends the picture | the front of the brain is seconds earlier, and in the wrong place |
    // | align | every picture is moved on top of the first, onto the person's anatomy, then into a standard brain | a voxel is not the same place all the time |
    // | parcellate | an **atlas** says which voxels make a region; a region's series is their mean | a hundred thousand series, mostly noise |
    // | remove confounds | what head movements, white matter and fluid explain is subtracted (**regression**) | a nod correlates all with all |
    // | leave out bad volumes | where the head moved by more than about 0.5 mm from one volume to the next (**framewise displacement**): **scrubbing** | a jump is more than regression can take away |
    // | filter | slow drifts go, and what is faster than BOLD can be; often 0.009 to 0.08 Hz is kept | the warming scanner looks like connectivity |
    // | standardise | minus the mean, over the standard deviation | units that mean nothing |
    //
    // An atlas is a picture of numbers: 1 is the first region, 2 the second. **0 is what belongs to none**, the background. So a list
    // of names that begins with *Background* is one longer than the number of series. Many have searched for the lost region.
    //
    // None of these steps is innocent. The last row changes no correlation, the second to last changes many. Each confound that is subtracted and
    // each volume that is left out costs a **degree of freedom**: of 200 volumes with 36 confounds there is less left than it looks. And whether to
    // subtract the mean of the whole brain, the **global signal**, is debated to this day: it takes out movement and breathing, and
    // it moves all correlations down, some below 0. Say what you did.

    // %%
    quiz_preprocessing().show();

    // %% [markdown]
    // ## Part 3: two regions
    //
    // When do two regions "go together"? Put the first to the right and the second upwards, a dot for each time. If they rise and fall
    // together, the dots make a cloud that leans to the right.
    //
    // Rows 18 and 58 are **mirror regions**: the same place, left and right. Rows 18 and 37 are two regions of the left hemisphere.
    // `.row(k)` of a recording is the series of region `k`.

    // %%
    fn cloud(one: &Array1<f64>, other: &Array1<f64>, title: &str) -> Figure {
        Figure::new()
            .title(title)
            .x_label("The one region")
            .y_label("The other")
            .points(one, other)
    }
    let (left, right) = (recording.row(18), recording.row(58));
    let elsewhere = recording.row(37);
    Figure::row([
        cloud(&left, &right, "Mirror regions"),
        cloud(&left, &elsewhere, "Regions 18 and 37"),
    ])
    .size(9.0, 4.0)
    .show();

    // %% [markdown]
    // **Pearson's correlation** makes one number of such a cloud:
    //
    // $$r = \frac{\sum_t (x_t - \bar x)(y_t - \bar y)}{\sqrt{\sum_t (x_t - \bar x)^2 \; \sum_t (y_t - \bar y)^2}} .$$
    //
    // Read it in three steps.
    //
    // 1. **Deviations.** How far is each value from its own mean? $\bar x$ is the mean of $x$.
    // 2. **Together.** Multiply the two deviations at each time, and add up. Both above their mean, or both below: a positive
    //    contribution. One above, one below: a negative one.
    // 3. **Size.** Divide by what the sum could be at most. So $r$ lies between −1 and 1, whatever the units.
    //
    // On paper: $x$ = 1, 2, 3 and $y$ = 2, 1, 3. Both means are 2. The deviations are −1, 0, 1 and 0, −1, 1. Their products are
    // 0, 0 and 1, so step 2 gives 1. The sums of squares are 2 and 2, so step 3 divides by $\sqrt{2 \times 2} = 2$: $r = 0.5$.

    // %% [markdown]
    // In Rust, two arrays are multiplied value by value. `&` lends them, and so they can be used again:

    // %%
    let x = array![1.0, 2.0, 3.0];
    let y = array![2.0, 1.0, 3.0];
    println!("minus 2: {}", &x - 2.0);
    println!("value by value: {}", &x * &y);
    println!("its sum: {}", (&x * &y).sum());
    println!("the square root of 9: {}", 9.0_f64.sqrt());

    // %% [markdown]
    // ### Exercise 2: Pearson's correlation
    //
    // *7 minutes.* Complete the function. Four blanks.
    //
    // The means are there already. `x` and `y` are lent, so `x - mean_x` needs no `&`. Your own `dx` and `dy` do: `&dx * &dy`.

    // %% exercise id=pearson points=4 minutes=7
    /// Pearson's correlation of two series of equal length.
    fn pearson(x: &Array1<f64>, y: &Array1<f64>) -> f64 {
        let mean_x = x.sum() / x.len() as f64;
        let mean_y = y.sum() / y.len() as f64;
        // SOLUTION
        let dx: Array1<f64> = x - mean_x;
        let dy: Array1<f64> = y - mean_y;
        let together: f64 = (&dx * &dy).sum();
        let size: f64 = ((&dx * &dx).sum() * (&dy * &dy).sum()).sqrt();
        // STUB
        // let dx: Array1<f64> = blank!("(1) how far each x is from its mean");
        // let dy: Array1<f64> = blank!("(2) the same for y");
        // let together: f64 = blank!("(3) the sum of the products of dx and dy");
        // let size: f64 = blank!("(4) the root of: sum of dx² times sum of dy²");
        // END
        together / size
    }

    // %% check
    check!(pearson(&x, &y) -> r);
    // TITLE Exercise 2: pearson
    // CASES
    // the example on paper: array![1.0, 2.0, 3.0], array![2.0, 1.0, 3.0]
    // opposite: array![1.0, 2.0, 4.0, 3.0], array![-2.0, -4.0, -8.0, -6.0]
    // far from 0: array![101.0, 98.0, 103.0, 99.0, 97.0], array![51.0, 47.0, 50.0, 52.0, 46.0]
    // one twice as large: array![0.5, -1.0, 2.0, 0.0], array![1.0, -1.0, 3.0, 2.0]
    // nothing in common: array![1.0, -1.0, 1.0, -1.0], array![1.0, 1.0, -1.0, -1.0]
    // HIDDEN 10
    // (0..12).map(|_| random.uniform(-3.0, 9.0)).collect::<Array1<f64>>(),
    //   (0..12).map(|_| random.normal(4.0, 2.0)).collect::<Array1<f64>>()
    // PARTS
    // r, within 0.000000001
    // HINTS
    // r: Do the example on paper. Print dx, dy, together and size inside the function, and compare each with your sheet.
    // LESSON
    // Correlation asks whether deviations have the same sign at the same time. The means and the sizes of the series drop out.
    // MISTAKES
    // the means are not taken off: `x - mean_x` => `x.clone()` and `y - mean_y` => `y.clone()`
    //   Then two series far from 0 always seem to agree. Take each one's own mean off first.
    // one mean is not taken off: `y - mean_y` => `y.clone()`
    // or `x - mean_x` => `x.clone()`
    //   Both series need it: each minus its own mean.
    // the wrong mean: `y - mean_y` => `y - mean_x`
    //   From y its own mean is taken off, mean_y.
    // the root is missing: `.sum()).sqrt()` => `.sum())`
    //   The size is a square still. Take the root of the product.
    // the root of one sum only: `((&dx * &dx).sum() * (&dy * &dy).sum()).sqrt()` => `(&dx * &dx).sum() * (&dy * &dy).sum().sqrt()`
    // or `((&dx * &dx).sum() * (&dy * &dy).sum()).sqrt()` => `(&dx * &dx).sum().sqrt() * (&dy * &dy).sum()`
    //   The root is of the whole product: put brackets around it.
    // the sums are added: `(&dx * &dx).sum() * (&dy * &dy).sum()` => `(&dx * &dx).sum() + (&dy * &dy).sum()`
    //   The two sums of squares are multiplied, not added.
    // only one series gives the size: `((&dx * &dx).sum() * (&dy * &dy).sum()).sqrt()` => `(&dx * &dx).sum()`
    // or `((&dx * &dx).sum() * (&dy * &dy).sum()).sqrt()` => `(&dy * &dy).sum()`
    //   That is the slope of a line through the cloud. A correlation takes the size of both.
    // the covariance: `together / size` => `together / x.len() as f64`
    // or `together / size` => `together / (x.len() as f64 - 1.0)`
    //   That is the covariance, which has the units of x times y. Divide by the size instead.
    // the sum is not divided: `together / size` => `together`
    //   The sum of the products grows with every sample. Divide it by the size.
    // the mean of the products: `(&dx * &dy).sum()` => `(&dx * &dy).sum() / x.len() as f64`
    //   Above the line is a sum, because below it are sums. With a mean above, r is too small.
    // the sign is lost: `together / size` => `(together / size).abs()`
    //   Regions that go apart have a negative correlation. Keep the sign.
    // r squared: `together / size` => `(together / size) * (together / size)`
    //   That is the share of variance that is explained. Asked is r.
    // END

    // %% [markdown] hint
    // Blanks 1 and 2 look like `&x - 2.0` in the cell above, with the mean in place of 2. Blank 3 is a line of that cell, with
    // `dx` and `dy`.

    // %% [markdown] hint
    // Blank 4: a sum of squares is `(&dx * &dx).sum()`. Multiply two of them, put **brackets around all of it**, then `.sqrt()`.

    // %%
    println!("on paper: {}", pearson(&x, &y));
    println!("mirror regions: {:.3}", pearson(&left, &right));
    println!("regions 18 and 37: {:.3}", pearson(&left, &elsewhere));
    println!("the library's: {:.3}", analysis::correlation(&left, &right)?);

    // %% [markdown]
    // ## Part 4: all pairs
    //
    // The correlations of all pairs make a matrix: **functional connectivity**, FC. Row $i$, column $j$ holds the correlation of the
    // regions $i$ and $j$.
    //
    // ### Exercise 3: the matrix
    //
    // *6 minutes.* Complete the function with your own `pearson`. `series.row(i)` lends row `i`, and `.to_owned()` makes an array of
    // its own from it. `matrix[[i, j]] = …` writes one entry.

    // %% exercise id=connectivity points=3 minutes=6
    /// The correlation of each two regions. A row per region, a column per time.
    fn connectivity(series: &Array2<f64>) -> Array2<f64> {
        // SOLUTION
        let regions: usize = series.nrows();
        // STUB
        // let regions: usize = blank!("(1) how many regions");
        // END
        let mut matrix: Array2<f64> = Array2::zeros((regions, regions));
        for i in 0..regions {
            for j in 0..regions {
                // SOLUTION
                let one: Array1<f64> = series.row(i).to_owned();
                let other: Array1<f64> = series.row(j).to_owned();
                // STUB
                // let one: Array1<f64> = blank!("(2) the series of region i");
                // let other: Array1<f64> = blank!("(3) the series of region j");
                // END
                // SOLUTION
                matrix[[i, j]] = pearson(&one, &other);
                // STUB
                // matrix[[i, j]] = blank!("(4) the correlation of the two");
                // END
            }
        }
        matrix
    }

    // %% check
    check!(connectivity(&series) -> fc);
    // TITLE Exercise 3: connectivity
    // CASES
    // three regions: array![[1.0, 2.0, 3.0, 5.0], [2.0, 1.0, 3.0, 4.0], [0.0, -1.0, -2.0, 1.0]]
    // two regions: array![[0.5, 1.0, -1.0, 2.0, 0.0], [3.0, 1.0, 0.0, 2.0, 5.0]]
    // as many regions as times: array![[1.0, 0.0, 2.0], [0.0, 3.0, 1.0], [2.0, 2.5, -1.0]]
    // more regions than times: array![[1.0, 2.0, 4.0], [3.0, 1.0, 0.5], [0.0, 2.0, 1.0], [5.0, 4.0, 4.5]]
    // HIDDEN 8
    // Array2::from_shape_fn((random.integer(2, 6) as usize, 7), |_| random.normal(1.0, 2.0))
    // PARTS
    // fc, within 0.000000001
    // HINTS
    // fc: How many rows and columns should it have? Which entry is the first that differs, and of which two regions is it?
    // LESSON
    // A matrix of regions by regions: symmetric, with 1 on the diagonal. Look at its size before anything else.
    // MISTAKES
    // times are correlated instead of regions: `series.nrows()` => `series.ncols()` and `series.row(i)` => `series.column(i)` and `series.row(j)` => `series.column(j)`
    //   It has a row for each time. Regions are rows: take series.row, and count with nrows.
    // a region with itself: `series.row(j)` => `series.row(i)`
    // or `series.row(i)` => `series.row(j)`
    //   All is 1: each region is correlated with itself. The second series is that of region j.
    // always the first region: `series.row(i)` => `series.row(0)`
    // or `series.row(j)` => `series.row(0)`
    //   The loops go over i and j, but one series is always that of region 0.
    // only one side of the diagonal: `matrix[[i, j]] = pearson(&one, &other)` => `if i <= j { matrix[[i, j]] = pearson(&one, &other) }`
    // or `matrix[[i, j]] = pearson(&one, &other)` => `if i < j { matrix[[i, j]] = pearson(&one, &other) }`
    //   The other half is 0. The correlation of i and j is that of j and i: both entries have it.
    // a covariance: `pearson(&one, &other)` => `((&one - one.sum() / one.len() as f64) * (&other - other.sum() / other.len() as f64)).sum() / one.len() as f64`
    //   Those are covariances: the diagonal is not 1. Use pearson.
    // one region is left out: `series.nrows()` => `series.nrows() - 1`
    //   Loops stop before their end, so regions is the count itself.
    // END

    // %% [markdown] hint
    // A row is a region. So the count is `series.nrows()`, as in exercise 1, and the series of region `i` is
    // `series.row(i).to_owned()`.

    // %% [markdown] hint
    // Blank 4: `pearson` takes two lent series. They are called `one` and `other`.

    // %%
    let fc = connectivity(&series);
    let library = analysis::functional_connectivity(&series);
    let gap = &fc - &library;
    println!("{} rows and {} columns", fc.nrows(), fc.ncols());
    println!("as the library's: {}", gap.iter().all(|gap| gap.abs() < 1e-12));
    plot_connectivity(&fc).size(7.4, 6.4).title("Functional connectivity of sub-01").show();
    // The mean along each line parallel to the diagonal.
    let away: Array1<f64> = Array1::range(1.0, 70.0, 1.0);
    let along = away.mapv(|away| {
        let away = away as usize;
        (0..80 - away).map(|k| fc[[k, k + away]]).sum::<f64>() / (80 - away) as f64
    });
    Figure::new()
        .size(7.0, 3.2)
        .title("The mean along lines parallel to the diagonal")
        .x_label("Columns away from the diagonal")
        .y_label("Mean correlation")
        .y_range(0.0, 0.5)
        .line(&away, &along)
        .show();

    // %% [markdown]
    // `plot_connectivity` takes the same colours for every matrix: blue is −1, white 0, orange 1. A scale that fits itself to each
    // matrix would make 0.88 look like nothing and 0.93 like a lot.
    //
    // The order of the rows is the atlas's: 40 regions of the left hemisphere, then their 40 mirror regions.
    //
    // The second figure goes along each line that is parallel to the diagonal: the pairs that are one column away from it, two columns away,
    // and so on.

    // %% [markdown] text id=read_the_matrix points=3 minutes=6
    // **Describe the matrix.** (1) What is on the diagonal, and why? (2) Compare what is above it with what is below. (3) One line
    // parallel to the diagonal stands out. Which pairs are on it? (4) What else do you see, and what might it mean?
    //
    // SOLUTION
    // 1. **1 everywhere**: each region goes perfectly with itself. That says nothing about the brain. Leave the diagonal out of every
    //    mean.
    // 2. **They mirror each other.** The correlation of $i$ and $j$ is that of $j$ and $i$: $x$ and $y$ may change places in the
    //    formula. So only half of the matrix is news, $80 \times 79 / 2 = 3160$ numbers. It also means that a correlation has no
    //    direction.
    // 3. **Mirror regions**, left and right: 40 columns away from the diagonal, 0 with 40, 1 with 41, and so on. In the matrix they are a thin
    //    line, in the second figure a peak. Their mean is
    //    0.42, against 0.17 for all pairs. The corpus callosum links many of them in real brains.
    // 4. **Groups.** Rows that look alike belong to regions that go together: networks. They would be **blocks** if the order of the
    //    rows put them side by side. Most entries are above 0, 13 % are below. Nearly nothing is below −0.3. Whether
    //    correlations below 0 mean anything depends on the preprocessing: taking off the signal of the whole brain makes some.
    // STUB
    // 1. The diagonal:
    // 2. Above and below:
    // 3. The line:
    // 4. What else:
    // END

    // %% [markdown] hint
    // For 2: in Pearson's formula, let $x$ and $y$ change places. What happens?

    // %% [markdown] hint
    // For 3: in the second figure, how many columns away is the peak? Which region is so many columns to the right of region 3?

    // %% [markdown]
    // Numbers for what you saw. (A line with three dots is a folded cell, which you run and need not read. A click on the dots opens it.)

    // %% folded
    // Helper: the means of four kinds of pairs
    fn mean_of_pairs(fc: &Array2<f64>, keep: fn(usize, usize) -> bool) -> f64 {
        let n = fc.nrows();
        let kept: Array1<f64> = (0..n)
            .flat_map(|i| (i + 1..n).map(move |j| (i, j)))
            .filter(|(i, j)| keep(*i, *j))
            .map(|(i, j)| fc[[i, j]])
            .collect();
        kept.sum() / kept.len() as f64
    }
    let fc = connectivity(&series);
    println!("all pairs:               {:.2}", mean_of_pairs(&fc, |_, _| true));
    println!("mirror regions:          {:.2}", mean_of_pairs(&fc, |i, j| j == i + 40));
    println!("within a hemisphere:     {:.2}", mean_of_pairs(&fc, |i, j| i / 40 == j / 40));
    let across = mean_of_pairs(&fc, |i, j| i / 40 != j / 40 && j != i + 40);
    println!("other pairs left, right: {across:.2}");

    // %% [markdown]
    // ### The trap
    //
    // What if the rows had been times? `.t()` turns a matrix: rows become columns.

    // %%
    let turned = analysis::functional_connectivity(&series.t());
    println!("{} rows and {} columns", turned.nrows(), turned.ncols());
    plot_connectivity(&turned)
        .title("The wrong way round")
        .x_label("Volume")
        .y_label("Volume")
        .show();

    // %% [markdown]
    // No error, no warning. This matrix is symmetric, too, and has 1 on its diagonal. But it says which **moments** had similar
    // pictures of the whole brain: 200 by 200. Neighbouring moments do, because BOLD is slow, and so there is a band along the
    // diagonal.
    //
    // In NumPy, `corrcoef` takes rows for variables. nilearn's series have times as rows. Put the two together without a `.T`, and you
    // have this. The size alone gives it away.

    // %% [markdown]
    // Time for a pause.

    // %% [markdown]
    // ## Part 5: few samples
    //
    // How good is a correlation that was estimated from few samples? Take the first 20, 40 or 100 volumes, and compare with the
    // **rest** of the same recording.
    //
    // There is a remedy against wild estimates: **shrinkage**. The matrix of covariances is mixed with a plain one that has
    // nothing off the diagonal:
    //
    // $$\text{shrunk} = (1 - \delta)\;\text{measured} + \delta\;\text{plain} .$$
    //
    // So all correlations move towards 0, by a factor $1 - \delta$. Ledoit and Wolf found out how large $\delta$ should be, from the
    // data alone: large for few samples and many regions, small for many samples.

    // %% folded
    // Numbers: Pearson's correlation and the shrunk one, for few samples and for many
    fn root_mean_square(one: &Array2<f64>, other: &Array2<f64>) -> f64 {
        let gap = analysis::upper_triangle(one) - analysis::upper_triangle(other);
        ((&gap * &gap).sum() / gap.len() as f64).sqrt()
    }
    println!("volumes  delta  error of Pearson  error of shrunk");
    for volumes in [20, 40, 100] {
        let part = series.slice(s![.., ..volumes]);
        let rest = analysis::functional_connectivity(&series.slice(s![.., volumes..]));
        let pearson = analysis::functional_connectivity(&part);
        let shrunk = analysis::shrunk_connectivity(&part);
        let delta = 1.0 - shrunk[[0, 1]] / pearson[[0, 1]];
        println!(
            "{volumes:>7}  {delta:>5.2}  {:>16.3}  {:>15.3}",
            root_mean_square(&pearson, &rest),
            root_mean_square(&shrunk, &rest)
        );
    }
    println!("(80 regions)");

    // %% [markdown]
    // With 20 volumes a third is taken off each correlation, and the error falls from 0.32 to 0.24. With 100 the gain is small. (The rest is
    // an estimate, too: that is why the error does not go to 0.)
    //
    // Why tell you? Because toolboxes do it unasked: nilearn's correlation is the shrunk one. Of this whole recording of 200
    // volumes it takes off 10 %. If your numbers and a colleague's differ by such a factor everywhere, ask about this first. **Pearson or
    // shrunk: say which.** This course takes Pearson.
    //
    // (One grain of salt: the recipe for $\delta$ takes the samples for independent. Neighbouring volumes are not, so it shrinks less
    // than it should.)

    // %% [markdown]
    // ## Part 6: young and old
    //
    // Six of our people have series: three young, three old. Is their connectivity different? First, who are they? Real tables of
    // participants are never clean, and so ours is not.

    // %%
    fn describe_group(people: &[data::Participant], group: &str) {
        let members = people.iter().filter(|person| person.group == group);
        let ages: Vec<data::Age> =
            members.clone().filter_map(|person| person.age).collect();
        let told: Array1<f64> =
            ages.iter().filter(|age| !age.or_more).map(|age| age.years).collect();
        println!(
            "{group}: {} people; {} ages, mean {:.1}, and {} not told exactly",
            members.count(),
            told.len(),
            told.sum() / told.len() as f64,
            ages.len() - told.len()
        );
    }
    let people = data::participants();
    describe_group(&people, "young");
    describe_group(&people, "old");
    let no_sex = people.iter().filter(|person| person.sex.is_none()).count();
    let no_education = people.iter().filter(|person| person.education.is_none()).count();
    println!("sex not given: {no_sex}; years of education not given: {no_education}");
    println!("with series: {:?}", data::WITH_SERIES);

    // %% [markdown]
    // A value that may be missing has the type `Option` in Rust: `Some(value)`, or `None`. `.is_none()` asks. `filter_map` keeps what is
    // `Some`. Nothing can be forgotten by accident: a mean of `Option`s does not compile. (In the file these fields are empty. A table that
    // keeps the rules of **BIDS**, the usual order of imaging data, writes `n/a` there, for an empty field may be a slip.)
    //
    // The age that is not told exactly is `89+`. Very old people could be recognised by their age, so it is hidden. The mean above leaves
    // it out. Taken as 89, the mean of the old would be 78.6. Either is fine, if you say so.
    //
    // Now the recordings. One more surprise:

    // %%
    let last = data::bold("sub-27")?;
    for (region, name) in last.names.iter().enumerate() {
        if last.states[[region, 0]].is_nan() {
            println!("{name} (row {region}) has no number");
        }
    }
    let last_fc = analysis::functional_connectivity(&last.states);
    plot_connectivity(&last_fc).title("Functional connectivity of sub-27").show();

    // %% [markdown]
    // Two columns of the file are blank: the scan did not cover these regions. `NaN` means *not a number*. It is contagious: a sum with
    // one `NaN` in it is `NaN`. So is the mean of this matrix, if you take it as it is. `.is_nan()` asks whether a number is none.
    //
    // ### Exercise 4: the mean connectivity
    //
    // *6 minutes.* Complete the function: the mean over all **pairs of different regions**, each pair once, without those that are
    // `NaN`. `!` before a condition means *not*.

    // %% exercise id=mean_connectivity points=3 minutes=6
    /// The mean correlation of two different regions, over the pairs that have one.
    fn mean_connectivity(fc: &Array2<f64>) -> f64 {
        let mut total = 0.0;
        let mut count = 0.0;
        for i in 0..fc.nrows() {
            // SOLUTION
            let first: usize = i + 1;
            // STUB
            // let first: usize = blank!("(1) the first column to the right of the diagonal, in row i");
            // END
            for j in first..fc.ncols() {
                // SOLUTION
                if !fc[[i, j]].is_nan() {
                    total += fc[[i, j]];
                    count += 1.0;
                }
                // STUB
                // blank!("(2) if the entry is a number: add it to total, and 1.0 to count");
                // END
            }
        }
        total / count
    }

    // %% check
    check!(mean_connectivity(&fc) -> mean);
    // TITLE Exercise 4: mean_connectivity
    // CASES
    // three regions: array![[1.0, 0.5, 0.2], [0.5, 1.0, -0.1], [0.2, -0.1, 1.0]]
    // two regions: array![[1.0, -0.25], [-0.25, 1.0]]
    // a region without numbers: array![[1.0, f64::NAN, 0.4, 0.1], [f64::NAN, f64::NAN, f64::NAN, f64::NAN],
    //   [0.4, f64::NAN, 1.0, -0.3], [0.1, f64::NAN, -0.3, 1.0]]
    // mostly below 0: array![[1.0, -0.6, -0.2], [-0.6, 1.0, 0.3], [-0.2, 0.3, 1.0]]
    // HIDDEN 8
    // { let n = random.integer(3, 6) as usize; let values: Vec<f64> = (0..n * n).map(|_| random.uniform(-0.5, 0.9)).collect();
    //   Array2::from_shape_fn((n, n), |(i, j)| if i == j { 1.0 } else { values[n * i.min(j) + i.max(j)] }) }
    // HIDDEN 4
    // { let values: Vec<f64> = (0..25).map(|_| random.uniform(-0.5, 0.9)).collect(); let gap = random.integer(0, 4) as usize;
    //   Array2::from_shape_fn((5, 5), |(i, j)| if i == gap || j == gap { f64::NAN } else if i == j { 1.0 } else { values[5 * i.min(j) + i.max(j)] }) }
    // PARTS
    // mean, within 0.000000001
    // HINTS
    // mean: Three regions make three pairs: 0.5, 0.2 and −0.1. Which of them does your loop reach, and what else?
    // LESSON
    // Pairs above the diagonal, without what is not there. Say how many pairs a mean is of.
    // MISTAKES
    // the diagonal is counted: `i + 1` => `i`
    // or `i + 1` => `0`
    //   A region with itself has always 1. Begin one column to the right of the diagonal.
    // one column is lost: `i + 1` => `i + 2`
    //   Right of the diagonal is the column i + 1.
    // NaN is not left out: `!fc[[i, j]].is_nan()` => `fc.len() > 0`
    //   One NaN in a sum makes the sum NaN. Add an entry only if it is a number.
    // only what is not a number is kept: `!fc[[i, j]].is_nan()` => `fc[[i, j]].is_nan()`
    //   The condition is turned round: ! means not.
    // NaN counts as 0: `count += 1.0;` => `` and `total / count` => `total / (fc.nrows() * (fc.nrows() - 1) / 2) as f64`
    //   What is missing is not 0. Count an entry only where you add it.
    // the sign is lost: `total += fc[[i, j]]` => `total += fc[[i, j]].abs()`
    //   The mean of the sizes is another question. Keep the signs.
    // negative ones are left out: `!fc[[i, j]].is_nan()` => `fc[[i, j]] > 0.0`
    //   Correlations below 0 count, too. Leave out only what is NaN.
    // the sum alone: `total / count` => `total`
    //   Divide by how many there are.
    // END

    // %% [markdown] hint
    // Blank 1: the diagonal of row `i` is in column `i`. Which column is next?

    // %% [markdown] hint
    // Blank 2: `if !fc[[i, j]].is_nan() { … }`, and in its block two lines: one adds the entry to `total`, the other adds `1.0` to
    // `count`.

    // %%
    let mut means: Vec<f64> = Vec::new();
    for id in data::WITH_SERIES {
        let fc = analysis::functional_connectivity(&data::bold(id)?.states);
        means.push(mean_connectivity(&fc));
    }
    println!("young: {:.2?}", &means[..3]);
    println!("old:   {:.2?}", &means[3..]);
    Figure::new()
        .size(6.0, 3.6)
        .title("Mean connectivity of six made-up people")
        .x_label("Number of the participant")
        .y_label("Mean correlation")
        .x_range(0.0, 30.0)
        .y_range(0.0, 0.4)
        .points([1.0, 2.0, 3.0], &means[..3])
        .label("young")
        .points([25.0, 26.0, 27.0], &means[3..])
        .label("old")
        .show();

    // %% [markdown] text id=young_and_old points=3 minutes=7
    // **What would you report?** (1) Describe the two groups in two sentences, with all that is missing. (2) Describe the result. (3) Name
    // two reasons, other than neurons, why the connectivity of old people could come out higher. (4) How sure are you, with three
    // against three?
    //
    // SOLUTION
    // 1. Of 48 people (24 young, mean age 22.1; 24 old, mean age 78.2, without one who is 89 or older), six have series, three in
    //    each group. Of all 48, the sex is not given for one and the years of education for nine; in one recording two of 80
    //    regions are missing, so its mean is over 3003 pairs instead of 3160.
    // 2. The mean correlation is 0.17, 0.10 and 0.12 in the young (mean 0.13), and 0.26, 0.22 and 0.21 in the old (mean 0.23). (Papers
    //    often take the mean of $z = \operatorname{artanh} r$ instead, **Fisher's z**, whose spread does not depend on $r$, and turn it back. Here that hardly
    //    matters: sub-25 has 0.274 instead of 0.261. Near 1 it does.)
    // 3. **Head movement**: it moves all voxels at once and so correlates all with all, and groups differ in it. **Blood vessels and
    //    breathing**: BOLD is blood; stiff vessels and a slow common wave through the brain are no connections. In our data it is
    //    the recipe: the old have more of one signal that all regions share.
    // 4. Not at all sure. (The many volumes do not help: one is like the next, with a correlation of 0.70, so 200 volumes are worth about 70
    //    independent ones, **effective degrees of freedom**; and people count, not volumes.) That all three of one group lie above all three of the other happens by chance in 1 of 20 cases
    //    ($3!\,3!/6! = 1/20$), and in 2 of 20 if either direction would have pleased us. And why these six of 48? Who has series may not be
    //    like who has none.
    // STUB
    // 1. The groups:
    // 2. The result:
    // 3. Other reasons:
    // 4. How sure:
    // END

    // %% [markdown] hint
    // For 1, all numbers are printed above: who has an age, a sex, an education, a series, all regions?

    // %% [markdown] hint
    // For 4: if the groups did not differ, the six values would stand in any order. In how many of the orders are the three old ones
    // on top?

    // %% [markdown]
    // ## Part 7: in time, in a direction, without an atlas
    //
    // One matrix for 400 seconds says nothing about **when**. So cut the recording into windows, 30 volumes (60 s) long, each 5 volumes
    // after the one before; make a matrix of each; and ask how alike any two of these matrices are. That is **functional connectivity
    // dynamics**, FCD: a matrix of windows by windows.
    //
    // What do you expect, if the connectivity of a brain never changes?

    // %% folded
    // Picture: windows compared with windows
    let dynamics = analysis::functional_connectivity_dynamics(&series, 30, 5)?;
    plot_connectivity(&dynamics)
        .title("Windows compared with windows, sub-01")
        .x_label("Window")
        .y_label("Window")
        .show();
    let (mut sharing, mut apart) = (Vec::new(), Vec::new());
    for ((one, other), r) in dynamics.indexed_iter().filter(|((i, j), _)| i < j) {
        // Windows that are six or more steps apart have no volume in common.
        if other - one >= 6 {
            apart.push(*r);
        } else if other - one == 1 {
            sharing.push(*r);
        }
    }
    println!("{} windows", dynamics.nrows());
    println!(
        "next to each other: {:.2}",
        sharing.iter().sum::<f64>() / sharing.len() as f64
    );
    println!(
        "with nothing in common: {:.2}",
        apart.iter().sum::<f64>() / apart.len() as f64
    );

    // %% [markdown]
    // It looks as if connectivity came and went: neighbours are alike (0.84), windows far apart hardly are (0.14).
    //
    // But we know the recipe of these series, and **in it nothing changes with time**. Two things fool us. Neighbouring windows share
    // 25 of their 30 volumes, so they must be alike. And 30 volumes are few, so the matrices of windows that share none differ by
    // chance. A rule says how long a window has to be: one cycle at least of the slowest frequency that the filter has left. With 0.009 Hz that is
    // 111 s, and ours are 60 s long. Before you speak of dynamics, make series in which nothing changes (**surrogates**), and look how large it gets there.

    // %% [markdown] text id=dynamic_or_effective points=3 minutes=8
    // **Dynamic and effective connectivity.** In a group, one half takes *dynamic* connectivity, the other *effective* connectivity. Alone,
    // take both. (1) What does it add to the matrix of part 4? (2) Name a method. (3) Which question from your own field needs it? (4)
    // What can go wrong? Then each half tells the other, two minutes each.
    //
    // SOLUTION
    // **Dynamic functional connectivity**
    //
    // 1. When regions go together, and whether patterns come back. It has no direction.
    // 2. Sliding windows, as above; clusters of windows ("states"); hidden Markov models; phase coherence at each moment.
    // 3. For example: does the brain of someone with epilepsy leave its usual patterns before a seizure? Do patients in a coma visit
    //    fewer states?
    // 4. The length of the window decides what is seen; few samples make noise that looks like change; head movements come and go,
    //    too. A comparison with series in which nothing changes is needed.
    //
    // **Effective connectivity**
    //
    // 1. **Who acts on whom**: a direction, and a cause within a model. Correlation has neither. A third region that drives two others
    //    makes them correlate, though neither acts on the other.
    // 2. Dynamic causal modelling; Granger causality; models of the whole brain, as in chapters 3 and 4; stimulation with a magnet or a
    //    current, which is the most direct.
    // 3. For example: does the subthalamic nucleus drive the cortex in Parkinson's disease, or the other way round?
    // 4. The answer is only as good as the model: a region that was left out may be the cause. For Granger's method BOLD is slow, and
    //    slower in some regions than in others, so that an effect can seem to come before its cause.
    // STUB
    // 1. What it adds:
    // 2. A method:
    // 3. A question:
    // 4. What can go wrong:
    // END

    // %% [markdown] hint
    // Exchange $i$ and $j$ in the matrix of part 4. What stays the same? What can such a matrix therefore never tell?

    // %% [markdown] hint
    // *Dynamic* is about when. *Effective* is about who acts on whom. For each, think of a way to be fooled.

    // %% [markdown] text id=atlas_or_components points=2 minutes=10
    // **Regions or components?** We took regions from an atlas. The other common way is **independent component analysis**, ICA. Read about
    // both in Lv, H. et al. (2018), [doi:10.3174/ajnr.A5527](https://doi.org/10.3174/ajnr.A5527), or in another review. In two or three
    // sentences each: how does it work, and what speaks for and against it?
    //
    // SOLUTION
    // **Regions of interest (ROI).** Somebody decides beforehand where regions are, by an atlas or by one seed; then their series are
    // correlated. Simple, easy to repeat and to compare between people, and made for a hypothesis. But the result depends on that choice,
    // and what no region covers is not seen; a border that fits a person badly mixes two signals.
    //
    // **Independent component analysis (ICA).** The data themselves are taken apart into maps, each with a series, so that the maps are
    // as independent of each other as possible. No hypothesis is needed, and artefacts such as movement often get components of their own,
    // which can be thrown out. But somebody must choose how many components, and say which are brain and which are noise; and
    // components of different people have to be matched.
    //
    // They answer different questions, and many studies do both. A map from ICA can serve as the atlas.
    // STUB
    // - Regions:
    // - Components:
    // END

    // %% [markdown] hint
    // Who decides where a network is: the researcher, before the data, or the data?

    // %% [markdown] hint
    // For each, ask: what must be chosen by hand? Can two people, or two studies, be compared?

    // %% [markdown]
    // ## Recap
    //
    // 1. **Preprocess.** Align, parcellate, remove confounds, filter. Every step shows in the result.
    // 2. **Look at the shape.** A row per region or a row per time: nobody but the size tells.
    // 3. **Correlate.** Functional connectivity is Pearson's correlation of each two regions: symmetric, 1 on the diagonal, without
    //    direction and without a cause.
    // 4. **Say what you did**: Pearson or shrunk, which regions and people are missing, how many samples.
    // 5. **Ask what else could make it.** Movement, vessels, few samples, overlapping windows.
    //
    // What kind of machine makes such a matrix? Next: [the preparation of chapter 2](02_prep_dynamical_systems.ipynb), and from there to
    // models of the brain. In [chapter 4](04_fitting.ipynb) a model will be fitted to a matrix like this one.

    // %% [markdown]
    // ## Five papers to read
    //
    // In this order. Their full names are below.
    //
    // - Biswal 1995. The few pages with which it all began: two motor areas of people who do nothing go together.
    // - Lv 2018. From the scanner to the matrix, for people who do not want to become specialists.
    // - Power 2012. How a movement of half a millimetre makes a pattern that looks like a finding, even after the usual cleaning.
    // - Friston 2011. Structural, functional, effective: three words that are often mixed up, and why only one of them is about causes.
    // - Lurie 2020. Does connectivity change from minute to minute? Written together by people who disagree.

    // %% [markdown]
    // ## Sources and credits
    //
    // - The lesson follows the plan of the connectivity half of the workshop
    //   [computational-neurology/workshop2025](https://github.com/computational-neurology/workshop2025), notebook 01. Text, code and data here
    //   are our own. Where we teach something differently, the course's list of corrections says why.
    // - Functional connectivity at rest: Biswal, B. et al. (1995). Functional connectivity in the motor cortex of resting human brain using
    //   echo-planar MRI. *Magnetic Resonance in Medicine* 34, 537–541.
    //   [doi:10.1002/mrm.1910340409](https://doi.org/10.1002/mrm.1910340409)
    // - A review for newcomers: Lv, H. et al. (2018). Resting-state functional MRI: everything that nonexperts have always wanted to know.
    //   *American Journal of Neuroradiology* 39, 1390–1399. [doi:10.3174/ajnr.A5527](https://doi.org/10.3174/ajnr.A5527)
    // - Shrinkage: Ledoit, O. & Wolf, M. (2004). A well-conditioned estimator for large-dimensional covariance matrices. *Journal of
    //   Multivariate Analysis* 88, 365–411. [doi:10.1016/S0047-259X(03)00096-4](https://doi.org/10.1016/S0047-259X%2803%2900096-4)
    // - Windows: Hansen, E. C. A. et al. (2015). Functional connectivity dynamics: modeling the switching behavior of the resting state.
    //   *NeuroImage* 105, 525–535. [doi:10.1016/j.neuroimage.2014.11.001](https://doi.org/10.1016/j.neuroimage.2014.11.001)
    // - How long a window has to be: Leonardi, N. & Van De Ville, D. (2015). On spurious and real fluctuations of dynamic functional connectivity
    //   during rest. *NeuroImage* 104, 430–436. [doi:10.1016/j.neuroimage.2014.09.007](https://doi.org/10.1016/j.neuroimage.2014.09.007). What
    //   changes in time, and what does not: Laumann, T. O. et al. (2017). On the stability of BOLD fMRI correlations. *Cerebral Cortex* 27, 4719–4732.
    //   [doi:10.1093/cercor/bhw265](https://doi.org/10.1093/cercor/bhw265). Lurie, D. J. et al. (2020). Questions and controversies in the study of
    //   time-varying functional connectivity in resting fMRI. *Network Neuroscience* 4, 30–69.
    //   [doi:10.1162/netn_a_00116](https://doi.org/10.1162/netn_a_00116)
    // - Movement: Power, J. D. et al. (2012). Spurious but systematic correlations in functional connectivity MRI networks arise from subject motion.
    //   *NeuroImage* 59, 2142–2154. [doi:10.1016/j.neuroimage.2011.10.018](https://doi.org/10.1016/j.neuroimage.2011.10.018). Which remedies help: Ciric, R. et
    //   al. (2017). Benchmarking of participant-level confound regression strategies for the control of motion artifact in studies of functional
    //   connectivity. *NeuroImage* 154, 174–187. [doi:10.1016/j.neuroimage.2017.03.020](https://doi.org/10.1016/j.neuroimage.2017.03.020)
    // - Confounds that come back: Lindquist, M. A. et al. (2019). Modular preprocessing pipelines can reintroduce artifacts into fMRI data.
    //   *Human Brain Mapping* 40, 2358–2376. [doi:10.1002/hbm.24528](https://doi.org/10.1002/hbm.24528)
    // - Three kinds of connectivity: Friston, K. J. (2011). Functional and effective connectivity: a review. *Brain Connectivity* 1, 13–36.
    //   [doi:10.1089/brain.2011.0008](https://doi.org/10.1089/brain.2011.0008)

    Ok(())
}
