//! Chapter 0: the Rust that the course needs, from the first line to a table read from a file.
//!
//! The notebooks are made from this file: edit it, then `cargo run -- build`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // %% [markdown]
    // # Rust for neuroscientists
    //
    // Chapter 0. How do you tell a computer what to do with your data?
    //
    // You need no Rust to begin. If you know some Python, a table at the end says what is called what. If you have never written a
    // program, begin at the top and leave nothing out.
    //
    // After this chapter you can:
    //
    // - read a Rust program, and change it without fear;
    // - write small functions, and lists and arrays of numbers for them;
    // - draw a line and a matrix, with labels;
    // - read a table from a file, and say what to do when the file is not as it should be.
    //
    // The rates, voltages, volumes, ages and times in this chapter are **invented**. They are there to practise on, and say nothing
    // about brains.

    // %% [markdown]
    // ## The chapter
    //
    // | Part | What | Minutes |
    // |---|---|---|
    // | 1 | Values | 8 |
    // | 2 | Functions | 6 |
    // | 3 | Choices and loops | 12 |
    // | 4 | Lists, and who owns them | 12 |
    // | 5 | Iterators | 7 |
    // | 6 | Arrays | 9 |
    // | 7 | Figures | 13 |
    // | 8 | Structs | 7 |
    // | 9 | When something fails | 7 |
    // | 10 | A table from a file | 9 |
    //
    // That is 90 minutes with both bonus exercises, and 82 without. A good place for a pause is after part 5.

    // %% [markdown]
    // ## How this notebook works
    //
    // **Run a cell.** Click into it and press Shift+Enter. Run the cells from top to bottom: a cell knows only what ran before
    // it. `[*]` beside a cell means that it is working, a number that it is done. The first code cell takes a few seconds.
    //
    // **Ask.** Tab completes a name that you have begun; Shift+Tab tells what the name at the cursor is.
    //
    // **Change a cell.** Change anything, and run it again. You cannot break the course: `cargo run -- reset 00` brings the
    // chapter back as it was.
    //
    // **Fill a blank.** An exercise has blanks like `blank!("x times itself")`. Replace the whole of it, up to the closing
    // bracket, with your own code, and run the cell again.
    //
    // **Check yourself.** Below an exercise stands a check. It runs your code on several inputs and says what is right, where
    // the first wrong answer is, and often which mistake it was. It gives no marks. Run it as often as you like.
    //
    // **Get help.** Below a check are hints that unfold with a click. The first is small.
    //
    // **Stuck kernel?** Choose *Kernel → Restart Kernel…* in the menu, then run again from the top. Your text stays.

    // %% [markdown]
    // A cell like this one holds **text**. Click it once and press Enter to see how it is written: `#` begins a heading,
    // two stars make words **bold**, one star makes them *italic*, and square brackets with round ones make a
    // [link](https://en.wikipedia.org/wiki/Hippocampus). Shift+Enter shows it as text again.

    // %% [markdown] text id=favourite_region points=1 minutes=2
    // **Which brain region do you like best?** Write its name as a heading. Below it, write one sentence why, with one word bold,
    // one word italic, and one link.
    //
    // SOLUTION
    // ### Hippocampus
    //
    // Without it, **new** memories of events do not *last*: see the story of
    // [Henry Molaison](https://en.wikipedia.org/wiki/Henry_Molaison).
    // STUB
    // END

    // %% [markdown] hint
    // A heading stands on a line of its own: `#`, a space, the words. One `#` makes it large, three make it small. Leave an empty
    // line below it.

    // %% [markdown] hint
    // `**bold**`, `*italic*`, `[the words](the address)`.

    // %% [markdown]
    // ## Part 1: values
    //
    // The first code cell loads the course's library. Its first line is for the notebook, the second for Rust: make the library's
    // names known.

    // %%
    // :dep neurobook = { path = "../.." }
    use neurobook::prelude::*;

    // %% [markdown]
    // How does a program say something? With `println!`, which prints a line. Text stands in double quotes. `;` ends the statement.
    //
    // Change the words to your favourite region, and run the cell again.

    // %%
    println!("the whole brain");

    // %% [markdown]
    // What follows `//` is a **comment**: for people, not for Rust. Put `//` before the second `println!`, and its line is no
    // longer printed.

    // %%
    // This line is a comment.
    println!("spike"); // So is the end of this one.
    println!("silence");

    // %% [markdown]
    // `let` gives a value a **name**. A name in `{}` inside the text is replaced by its value. An empty `{}` takes what follows after
    // the text.

    // %%
    let n_brain_regions = 90;
    println!("{n_brain_regions} regions in all");
    println!("{} in each hemisphere", n_brain_regions / 2);

    // %% [markdown]
    // Every value has a **type**: what kind of value it is. After a name and `:` you can write the type. Often Rust finds it out
    // alone. These are the ones that you need first:
    //
    // | Type | Holds | For example |
    // |---|---|---|
    // | `usize` | a whole number, never below 0: for counting | `5` |
    // | `f64` | a number with a point: for measuring | `20.5` |
    // | `bool` | yes or no | `true`, `false` |
    // | `&str` | a text that is written in the program | `"Brain"` |
    //
    // A value keeps its type for ever.

    // %%
    let pauses: usize = 5;
    let recorded: f64 = 20.5;
    let subject: &str = "Brain";
    let finished: bool = false;
    println!("{subject}: {pauses} pauses, {recorded} s recorded, finished: {finished}");

    // %% [markdown]
    // What do you expect of `5 / 2`? And of `5.0 / 2.0`? Decide, then run.

    // %%
    println!("{} and {}", 5 / 2, 5.0 / 2.0);

    // %% [markdown]
    // Whole numbers stay whole: the rest is thrown away. Write the point when you measure.
    //
    // Rust does not mix the two kinds. If each of the 5 pauses took 2 seconds, how long was the session? `as f64` makes an `f64` of
    // the count.

    // %%
    println!("{} s", 2.0 * pauses as f64 + recorded);

    // %% [markdown]
    // Without `as f64` you would see this, and nothing would run:
    //
    // ```text
    // Line 1: Rust does not mix whole numbers and floats: write 2.0 for 2, and `k as f64` for
    // an index k.
    //
    // [E0277] Error: cannot multiply `{float}` by `usize`
    //    ╭─[ cell:1:22 ]
    //    │
    //  1 │ println!("{} s", 2.0 * pauses + recorded);
    //    │                      ┬
    //    │                      ╰── no implementation for `{float} * usize`
    // ───╯
    // ```
    //
    // Rust reads a whole cell before it runs any of it. Read three things in such a message: **how to mend it** (the first
    // sentence, with its line), **what** is wrong in Rust's own words (behind `Error`), and **where** (the line with a number, and
    // the mark below it). A `help` at the end shows how the line could be. Mend the first error first: later ones often follow from
    // it.

    // %% [markdown]
    // Can a value change? Only if you say so. `let mut` makes a name whose value may change. `spikes += 1` adds 1 to it, `-=`
    // subtracts, `*=` multiplies.

    // %%
    let mut spikes = 2;
    println!("first {spikes}");
    spikes += 1;
    println!("then {spikes}");

    // %% [markdown]
    // Take out `mut`, and run the cell again. The message says that you *cannot assign twice to immutable variable*, and the `help`
    // says what to add. Put `mut` back.
    //
    // Why so strict? In a long program, most values never change. Those that do are where mistakes hide. In Rust you see them at
    // once.

    // %% [markdown]
    // ## Part 2: functions
    //
    // How do you use the same formula twice, without writing it twice? Give it a name. A **function** takes arguments and gives back
    // a result.
    //
    // Here is one. A voltage across a membrane falls off after a push, with the **membrane time constant** $\tau$:
    //
    // $$V(t) = V_0\,e^{-t/\tau}.$$

    // %%
    /// The voltage in mV that is left of `start` after `time`. Both times are in ms.
    fn decayed(start: f64, time: f64, time_constant: f64) -> f64 {
        let exponent = -time / time_constant;
        start * exponent.exp()
    }
    println!("{:.2} mV", decayed(10.0, 20.0, 20.0));

    // %% [markdown]
    // Five things to see:
    //
    // - Each argument has a name and a type. `-> f64` is the type of the result.
    // - The function's lines stand between `{` and `}`.
    // - The **last line has no `;`**. Its value is the result.
    // - `exponent.exp()` is $e$ to the power of `exponent`: a function that belongs to a value is called with a point after it.
    // - `///` says what the function is for. `{:.2}` prints two digits after the point.
    //
    // After one time constant, 20 ms, 3.68 mV are left of 10 mV: 37 %. Change the 20 ms to 40 and 60. What do you expect?

    // %% [markdown]
    // ### Exercise 1: a square
    //
    // *2 minutes.* Complete the function. The square of 5 is 25.

    // %% exercise id=square points=1 minutes=2
    /// The square of a number.
    fn square(x: f64) -> f64 {
        // SOLUTION
        x * x
        // STUB
        // blank!("x times itself")
        // END
    }

    // %% check
    check!(square(x) -> y);
    // TITLE Exercise 1: square
    // CASES
    // five: 5.0
    // a negative number: -3.0
    // a fraction: 0.5
    // one: 1.0
    // zero: 0.0
    // HIDDEN 8
    // random.uniform(-20.0, 20.0)
    // HINTS
    // y: A square with sides of 5 has an area of 25. Which two numbers did you multiply?
    // LESSON
    // A function is a formula with a name. square(5.0) is 25, and nobody needs to know how.
    // MISTAKES
    // doubled: `x * x` => `2.0 * x`
    //   That is twice x. The square of 5 is 25, not 10.
    // x itself: `x * x` => `x`
    //   The function gives x back as it came. Multiply it by itself.
    // one x too many: `x * x` => `x * x * x`
    //   That is the cube. The square has two factors.
    // the square root: `x * x` => `x.sqrt()`
    //   sqrt is the way back: the root of 25 is 5. Here 5 comes in, and 25 goes out.
    // 2 is added: `x * x` => `x + 2.0`
    //   The 2 of a square is not added. It says how often x stands in the product.
    // the sign is kept: `x * x` => `x * x.abs()`
    //   Minus times minus is plus: the square of -3 is 9.
    // the power has changed places: `x * x` => `2.0_f64.powf(x)`
    //   That is 2 to the power of x. Wanted is x to the power of 2.
    // END

    // %% [markdown] hint
    // Multiplication is written `*`. What stands left of it, and what right?

    // %% [markdown] hint
    // Replace all of `blank!("x times itself")` with the formula, and put no `;` after it: the last line is the result. For twice
    // `x`, it would be `2.0 * x`.

    // %%
    println!("{}", square(5.0));

    // %% [markdown]
    // ## Part 3: choices and loops
    //
    // How does a program choose? With `if`, a condition, and `else`. Here, a neuron's voltage either stays below a threshold or
    // reaches it.

    // %%
    fn reaches_threshold(millivolts: f64) -> &'static str {
        if millivolts < -55.0 { "no" } else { "yes" }
    }
    println!("{}, then {}", reaches_threshold(-70.0), reaches_threshold(-50.0));

    // %% [markdown]
    // One of the two blocks runs, and what stands in it is the result. The result is a text from the program, and of such a result
    // Rust wants `&'static str` as its type. Read it as "text", for now.
    //
    // Conditions: `<` below, `<=` below or equal, `>` above, `>=` above or equal, `==` equal, `!=` not equal. A single `=` does not
    // compare, it gives a value to a name.
    //
    // More than two ways? `if … { } else if … { } else { }`. The first condition that is true wins.

    // %% [markdown]
    // ### Exercise 2: which band?
    //
    // *4 minutes.* The EEG's slow rhythms have names. From 0 Hz up to 4 Hz it is delta, from 4 Hz up to 8 Hz theta. All above is
    // simply called faster here.
    //
    // Complete the function. It gives `"delta"`, `"theta"` or `"faster"`. And what if the frequency is exactly 4 Hz? In our table
    // theta **begins** at 4 Hz, and what is faster begins at 8 Hz.

    // %% exercise id=band points=2 minutes=4
    /// The band of a rhythm. The frequency is in Hz.
    fn band(frequency: f64) -> &'static str {
        // SOLUTION
        if frequency < 4.0 {
            "delta"
        } else if frequency < 8.0 {
            "theta"
        } else {
            "faster"
        }
        // STUB
        // blank!("if … { \"delta\" } else if … { \"theta\" } else { \"faster\" }")
        // END
    }

    // %% check
    check!(band(frequency) -> name);
    // TITLE Exercise 2: band
    // CASES
    // deep sleep: 1.5
    // just below the border: 3.9
    // exactly 4 Hz: 4.0
    // between the borders: 6.0
    // below the second border: 7.5
    // exactly 8 Hz: 8.0
    // alpha: 10.0
    // HIDDEN 8
    // random.uniform(0.5, 12.0)
    // HIDDEN 4
    // random.choose(&[3.99, 4.0, 7.99, 8.0])
    // PARTS
    // name: words of name
    // HINTS
    // name: Take the frequency of this case and walk through your conditions from the top. Which is the first that is true?
    // LESSON
    // Borders are where programs go wrong. Always ask what happens exactly there, and try it.
    // MISTAKES
    // 4 Hz is counted as delta: `frequency < 4.0` => `frequency <= 4.0`
    //   <= takes the border with it. Theta begins at 4 Hz, so 4 Hz is not delta any more: write <.
    // 8 Hz is counted as theta: `frequency < 8.0` => `frequency <= 8.0`
    //   <= takes the border with it. At 8 Hz theta is over: write <.
    // both borders belong to the band below: `frequency < 4.0` => `frequency <= 4.0` and `frequency < 8.0` => `frequency <= 8.0`
    //   <= takes the border with it. Theta begins at 4 Hz and ends before 8 Hz: write < both times.
    // the comparison is turned round: `frequency < 4.0` => `frequency > 4.0`
    //   Delta is slow. A frequency is slow when it is below 4 Hz, not above.
    // both comparisons are turned round: `frequency < 4.0` => `frequency > 4.0` and `frequency < 8.0` => `frequency > 8.0`
    //   The slow bands are below their borders: frequency < 4.0, then frequency < 8.0.
    // delta and theta have changed places: `"theta"` => `"delta"` and `"delta"` => `"theta"`
    //   Delta is the slower of the two: below 4 Hz.
    // theta is never reached: `frequency < 8.0` => `frequency < 4.0`
    //   What is below 4 Hz is gone at the first condition. The second has to ask for 8 Hz.
    // there is no faster: `frequency < 8.0` => `frequency >= 4.0`
    //   All that is not delta comes out as theta. The second condition has to end at 8 Hz.
    // END

    // %% [markdown] hint
    // The cell above has the form that you need. It has one condition; you need two, and one more word.

    // %% [markdown] hint
    // When the second condition is asked, the first was false: the frequency is 4 Hz or more already. So it is enough to ask
    // whether it is below 8 Hz.

    // %% [markdown]
    // How do you do something five times? With a **loop**. `for k in 0..5` runs its block for `k` = 0, 1, 2, 3, 4. It begins at 0 and
    // stops **before** 5.

    // %%
    for k in 0..5 {
        println!("spike {k}");
    }
    println!("silence");

    // %% [markdown]
    // A loop often adds something up. The sum is a `let mut` **before** the loop, and grows inside. If the number `k` is not needed,
    // `_` stands in its place.

    // %%
    let mut potential = 0.0;
    for _ in 0..3 {
        potential += 0.5;
    }
    println!("after three inputs of 0.5 mV: {potential} mV");

    // %% [markdown]
    // ### Bonus exercise: a power
    //
    // *4 minutes.* The square is $x$ times $x$. The power $x^n$ is the product of $n$ factors $x$, so $5^3 = 5 \times 5 \times 5 =
    // 125$. Build it in a loop, one factor each turn.

    // %% exercise id=power points=2 minutes=4
    /// The product of `n` factors, each of them x.
    fn power(x: f64, n: usize) -> f64 {
        // SOLUTION
        let start: f64 = 1.0;
        // STUB
        // let start: f64 = blank!("(1) the product before the first turn, when there is no factor yet");
        // END
        let mut product = start;
        for _ in 0..n {
            // SOLUTION
            product *= x;
            // STUB
            // blank!("(2) multiply the product by the factor of this turn");
            // END
        }
        product
    }

    // %% check
    check!(power(x, n) -> y);
    // TITLE Bonus exercise: power
    // CASES
    // 5 to the power of 3: 5.0, 3
    // one factor: 7.0, 1
    // no factor: 4.0, 0
    // a negative number: -2.0, 5
    // a fraction: 0.5, 4
    // HIDDEN 5
    // random.uniform(-2.0, 2.0), random.integer(0, 8) as usize
    // random.uniform(-2.0, -0.5), 2 * random.integer(0, 3) as usize + 1
    // random.uniform(-2.0, -0.5), 2 * random.integer(0, 4) as usize
    // HINTS
    // y: Go through the loop on paper for x = 5 and n = 3. What is the product before the first turn, and after each?
    // LESSON
    // A sum begins at 0, a product at 1. Then adding, or multiplying, nothing leaves it as it is.
    // MISTAKES
    // the product begins at 0: `f64 = 1.0` => `f64 = 0.0`
    //   0 times anything is 0. Which number leaves a product as it is?
    // one factor too many: `f64 = 1.0` => `f64 = x`
    // or `0..n` => `0..=n`
    //   The loop over 0..n has n turns, and each brings one factor. Before the first turn there is none.
    // added instead of multiplied: `product *= x` => `product += x`
    // or `f64 = 1.0` => `f64 = 0.0` and `product *= x` => `product += x`
    //   With += it is x + x + x. A power is a product: *=.
    // n in place of x: `product *= x` => `product *= n as f64`
    //   The factor is x. n says how many there are, and the loop counts them already.
    // the product is written over: `product *= x` => `product = x`
    //   Each turn forgets the one before. *= multiplies what is there.
    // multiplied by itself: `product *= x` => `product *= product * x`
    //   The factor of each turn is x alone. The product so far is there already.
    // one turn too few: `0..n` => `1..n`
    //   1..n stops before n, so it has n - 1 turns. 0..n has n.
    // END

    // %% [markdown] hint
    // Blank 1: think of `n = 1`. After one turn the product must be `x`. So which number times `x` is `x`?

    // %% [markdown] hint
    // Blank 2: a loop that adds has `potential += 0.5;` in its block. Yours multiplies. Which factor comes in at each turn?

    // %% [markdown]
    // ## Part 4: lists, and who owns them
    //
    // Where do several values go? Into a list. In Rust it is called a **vector**, `Vec`, and `vec![…]` makes one.
    //
    // A list of regions needs texts that it can keep for itself. Such a text has the type `String`. `"Thalamus".to_string()` makes
    // one.

    // %%
    let mut regions: Vec<String> =
        vec!["Thalamus".to_string(), "Amygdala".to_string(), "Insula".to_string()];
    println!("{} regions; index 0 holds {}", regions.len(), regions[0]);
    regions.push("Cuneus".to_string());
    println!("after push: {regions:?}");
    let taken = regions.remove(1);
    println!("after remove: {regions:?}, and {taken} is out");

    // %% [markdown]
    // - `Vec<String>` is a list of `String`. All values in a list have the same type.
    // - The first value has the **index 0**. Four values have the indices 0, 1, 2 and 3.
    // - `.len()` is how many there are, so the last one is `regions[regions.len() - 1]`.
    // - `.push(…)` adds one at the end. `.remove(1)` takes the one with the index 1 out.
    // - `{:?}` prints a whole list; `{}` cannot.
    //
    // An index that is too large stops the cell: *index out of bounds: the len is 3 but the index is 7*.

    // %% [markdown]
    // ### Exercise 3: change a list
    //
    // *3 minutes.* Complete the function. It gets a list of two or more regions. It takes the **second** one out, adds
    // `"Hippocampus"` at the end, and gives the list back.
    //
    // `mut` before the argument says that the function may change it.

    // %% exercise id=update_regions points=2 minutes=3
    /// The list without its second region, and with one more at its end.
    fn update_regions(mut regions: Vec<String>) -> Vec<String> {
        // SOLUTION
        regions.remove(1);
        regions.push("Hippocampus".to_string());
        // STUB
        // blank!("take the second region out; then add \"Hippocampus\" at the end");
        // END
        regions
    }

    // %% check
    check!(update_regions(regions) -> list);
    // TITLE Exercise 3: update_regions
    // GIVEN
    // fn regions(names: &[&str]) -> Vec<String> {
    //     names.iter().map(|name| name.to_string()).collect()
    // }
    // CASES
    // three regions: regions(&["Thalamus", "Amygdala", "Insula"])
    // two regions: regions(&["Cuneus", "Precuneus"])
    // five regions: regions(&["Thalamus", "Insula", "Cuneus", "Putamen", "Pallidum"])
    // HIDDEN 8
    // /* No name twice: taking out by the name of the second is right. */
    //   (0..random.integer(2, 6)).map(|k| format!("region {}", 10 * random.integer(1, 999) + k)).collect::<Vec<String>>()
    // HINTS
    // list: Which index has the second region, if the first one has 0?
    // list[1]: The first region is right. Print your list with {:?}, and compare it place by place.
    // LESSON
    // A list counts from 0, so the second value has the index 1.
    // MISTAKES
    // the third is taken out: `remove(1)` => `remove(2)`
    //   Indices count from 0: the second region has the index 1.
    // the first is taken out: `remove(1)` => `remove(0)`
    //   The index 0 is the first region. The second has the index 1.
    // the last is taken out: `regions.remove(1);` => `regions.pop();`
    //   pop takes the last one. To take out the second, use remove with its index.
    // nothing is taken out: `regions.remove(1);` => ``
    //   The second region is still there.
    // nothing is added: `regions.push("Hippocampus".to_string());` => ``
    //   The list ends without the Hippocampus. push adds a value at the end.
    // added at the beginning: `regions.push("Hippocampus".to_string())` => `regions.insert(0, "Hippocampus".to_string())`
    //   It belongs at the end: push puts it there.
    // put in the place of the second: `regions.push("Hippocampus".to_string())` => `regions.insert(1, "Hippocampus".to_string())`
    //   It belongs at the end, not into the gap: push puts it there.
    // another spelling: `"Hippocampus".to_string()` => `"hippocampus".to_string()`
    // or `"Hippocampus".to_string()` => `"HIPPOCAMPUS".to_string()`
    //   Rust tells capital letters from small ones: "Hippocampus".
    // END

    // %% [markdown] hint
    // Two lines are needed, each ends with `;`, and the cell above has an example of both.

    // %% [markdown] hint
    // `regions.remove(…);` with the index of the second region. Then `regions.push(…);` with a `String`: `"Hippocampus"` alone is a
    // `&str`.

    // %% [markdown]
    // **Who owns a list?** In Python, two names can stand for the same list: change it through one, and the other has changed, too.
    // That has cost many hours of search.
    //
    // In Rust, every value has exactly **one owner**. You have three ways to pass a value on:
    //
    // | | You write | Afterwards |
    // |---|---|---|
    // | **lend** it | `&rates` | the other may look at it; it stays yours |
    // | **copy** it | `rates.clone()` | there are two lists, and each has its owner |
    // | **move** it | `rates` | it belongs to the other; your name is gone |
    //
    // A function that only looks takes `&[f64]`, a lent list of `f64`, or `&str`, a lent text.

    // %%
    fn first(rates: &[f64]) -> f64 {
        rates[0]
    }
    let rates = vec![12.0, 8.5, 30.0];
    println!("lent: the first is {}", first(&rates));
    let copy = rates.clone();
    let moved = rates;
    println!("copy {copy:?}, moved {moved:?}");

    // %% [markdown]
    // After the move, what if you use `rates` once more? Rust refuses. Add `println!("{rates:?}");` at the end of the cell, and it
    // says this, and a little more:
    //
    // ```text
    // Line 9: A value that was handed over is gone. Lend it with `&`, or hand over a copy with
    // `.clone()`.
    //
    // [E0382] Error: borrow of moved value: `rates`
    //    │
    //  7 │ let moved = rates;
    //    │             ──┬──
    //    │               ╰──── value moved here
    //    │
    //  9 │ println!("{rates:?}");
    //    │            ──┬──
    //    │              ╰──── value borrowed here after move
    // ───╯
    // ```
    //
    // (To borrow is the other side of to lend. In a later cell the message is that *`rates` is gone*.)
    //
    // So you meet a mistake when you make it, and not when the numbers are wrong. Numbers and `bool`s are the exception: they are
    // so small that they are copied without asking.

    // %% [markdown] text id=lend_or_move points=1 minutes=2
    // **Lend, copy or move?** You have a list with the voltages of a whole recording, an hour long. (1) A function computes the
    // mean. (2) A function removes outliers from the list that it gets, and you want to compare before and after. (3) A function
    // stores the list in an archive, and you are done with it.
    //
    // SOLUTION
    // 1. **Lend** it, `&voltages`: the function only looks. An hour of data is not copied for that.
    // 2. **Copy** it, `voltages.clone()`: there will be two different lists, before and after.
    // 3. **Move** it, `voltages`: it belongs to the archive now, and nobody can change it behind the archive's back.
    // STUB
    // 1. The mean:
    // 2. The outliers:
    // 3. The archive:
    // END

    // %% [markdown] hint
    // Ask for each: do I need the list afterwards? Does the function change it?

    // %% [markdown] hint
    // To look, lending is enough. Two different lists need a copy. What you no longer need may go.

    // %% [markdown]
    // A loop can go over a list. `for region in &regions` lends the list to the loop, value by value.
    //
    // `format!` makes a `String` as `println!` prints a line: `format!("{region}!")`.

    // %%
    for region in &regions {
        let loud = format!("{region}!");
        println!("{loud}");
    }
    println!("the list is still ours: {} regions", regions.len());

    // %% [markdown]
    // ### Exercise 4: one region is special
    //
    // *3 minutes.* Complete the function. For the text `Hippocampus` it gives
    //
    // `Hippocampus: new memories need it`
    //
    // and for any other, for instance `Insula`:
    //
    // `Insula: a region of the brain`

    // %% exercise id=announce points=2 minutes=3
    /// A line about a region.
    fn announce(region: &str) -> String {
        // SOLUTION
        if region == "Hippocampus" {
            "Hippocampus: new memories need it".to_string()
        } else {
            format!("{region}: a region of the brain")
        }
        // STUB
        // blank!("if the region is \"Hippocampus\" … else …")
        // END
    }

    // %% check
    check!(announce(&region) -> line);
    // TITLE Exercise 4: announce
    // CASES
    // the special one: "Hippocampus"
    // another one: "Insula"
    // one more: "Thalamus"
    // a name with a part of it: "Parahippocampal gyrus"
    // a name of as many letters: "Postcentral"
    // HIDDEN 6
    // random.choose(&["Cuneus", "Precuneus", "Putamen", "Paracentral", "Hippocampus", "Hippocampal fissure"])
    // PARTS
    // line: words of line
    // HINTS
    // line: Compare the two lines sign by sign. Which of your two branches made it?
    // LESSON
    // == compares texts sign by sign, and format! builds new ones.
    // MISTAKES
    // every region is special: `region == "Hippocampus"` => `region.len() < 100`
    //   Only the text Hippocampus gets the special line. Compare it: region == "Hippocampus".
    // no region is special: `region == "Hippocampus"` => `region == "hippocampus"`
    //   The special line never comes. Is the name in your condition spelt as in the case, with the same capital letters?
    // the condition is turned round: `region == "Hippocampus"` => `region != "Hippocampus"`
    //   The two lines have changed places. != means "not equal".
    // the name is not put in: `format!("{region}: a region of the brain")` => `"region: a region of the brain".to_string()`
    // or `format!("{region}: a region of the brain")` => `"{region}: a region of the brain".to_string()`
    //   {region} becomes the name only inside format!.
    // the name is missing: `format!("{region}: a region of the brain")` => `"a region of the brain".to_string()`
    // or `"Hippocampus: new memories need it".to_string()` => `"new memories need it".to_string()`
    //   Both lines begin with the region's name and a colon.
    // a part of the name is enough: `region == "Hippocampus"` => `region.to_lowercase().contains("hippocamp")`
    //   The Parahippocampal gyrus is another region. == wants the whole name.
    // END

    // %% [markdown] hint
    // Begin with `if region == "Hippocampus" {`. What does each of the two blocks give?

    // %% [markdown] hint
    // Both blocks must give a `String`. A fixed text becomes one with `.to_string()`, a text with a name in it with `format!`.

    // %%
    for region in ["Thalamus", "Insula", "Hippocampus", "Cuneus", "Putamen"] {
        println!("{}", announce(region));
    }
    println!("(five regions)");

    // %% [markdown]
    // **Two more shelves**, to know by sight. A **tuple** holds a few values of different types: `("Insula", 7.5)`. A **map** finds a
    // value by a name instead of a number; Python calls it a dictionary. `use` makes a name of Rust's own library known.

    // %%
    use std::collections::BTreeMap;
    let mut volumes = BTreeMap::from([("Thalamus", 7.0), ("Insula", 7.5)]);
    volumes.insert("Amygdala", 1.5);
    println!("the Insula has {} cm³; all: {volumes:?}", volumes["Insula"]);

    // %% [markdown]
    // A tuple cannot grow, and its parts keep their types. `BTreeMap` keeps its names in the order of the alphabet.

    // %% [markdown]
    // ## Part 5: iterators
    //
    // What if you want to do the same with every value of a list? You could write a loop. Often there is a shorter way, which reads
    // like the sentence: *take the rates, double each, collect them.*

    // %%
    let firing_rates = [4.0, 12.0, 30.0];
    let doubled: Vec<f64> = firing_rates.iter().map(|rate| 2.0 * rate).collect();
    let fast: Vec<f64> = firing_rates.iter().copied().filter(|rate| *rate > 10.0).collect();
    let total: f64 = firing_rates.iter().sum();
    println!("doubled {doubled:?}, above 10 Hz {fast:?}, sum {total}");

    // %% [markdown]
    // - `[4.0, 12.0, 30.0]` is a list of fixed length. You can use it as a `Vec`, but you cannot add to it.
    // - `.iter()` hands out the values one by one. They are lent.
    // - `|rate| 2.0 * rate` is a **closure**: a small function without a name. Its argument stands between the bars.
    // - `.map(…)` changes each value. `.filter(…)` keeps those for which the closure says yes.
    // - `.copied()` copies each value, so that `fast` has numbers of its own.
    // - `*rate` reads a lent number. `filter` only lends it, and Rust compares numbers with numbers.
    // - `.collect()` makes a list of them, `.sum()` a sum. Both want to be told a type: `Vec<f64>`, `f64`.

    // %% [markdown]
    // ### Exercise 5: a mean
    //
    // *4 minutes.* Complete the function. The mean is the sum over the count. The mean of 1, 5 and 7 is 4.333.

    // %% exercise id=mean points=2 minutes=4
    /// The mean of one or more values.
    fn mean(values: &[f64]) -> f64 {
        // SOLUTION
        let total: f64 = values.iter().sum();
        let count: f64 = values.len() as f64;
        // STUB
        // let total: f64 = blank!("(1) the sum of all values");
        // let count: f64 = blank!("(2) how many there are, as an f64");
        // END
        total / count
    }

    // %% check
    check!(mean(&values) -> mean);
    // TITLE Exercise 5: mean
    // CASES
    // 1, 5 and 7: [1.0, 5.0, 7.0]
    // one value: [8.0]
    // not in order: [10.0, 2.0, 9.0, 4.0]
    // negative values: [-70.0, -65.0, -52.0, -70.0, -61.0]
    // HIDDEN 8
    // (0..random.integer(2, 12)).map(|_| random.uniform(-80.0, 80.0)).collect::<Vec<f64>>()
    // HINTS
    // mean: Work it out on paper for 1, 5 and 7. What is the sum? By what do you divide it?
    // LESSON
    // Sum over count. The same two lines work for a list of three values and for one of a million.
    // MISTAKES
    // the sum alone: `total / count` => `total`
    // or `values.len() as f64` => `1.0`
    //   This is the sum. Divide it by how many there are.
    // the count is always 3: `values.len() as f64` => `3.0`
    //   The first case has three values, the others have not. values.len() counts them.
    // divided by one too few: `values.len() as f64` => `(values.len() as f64 - 1.0)`
    //   .len() is the count already. The last index is one less, but you divide by the count.
    // divided by one too many: `values.len() as f64` => `(values.len() as f64 + 1.0)`
    //   Indices begin at 0, but .len() is the count: three values have a length of 3.
    // the first and the last: `total / count` => `0.5 * (values[0] + values[values.len() - 1])`
    //   That is the mean of the first and the last value. All of them count.
    // the value in the middle: `total / count` => `{ let mut sorted = values.to_vec(); sorted.sort_by(f64::total_cmp); sorted[sorted.len() / 2] }`
    //   This is the median, the value in the middle. The mean is the sum over the count.
    // the largest: `values.iter().sum()` => `values.len() as f64 * values.iter().copied().fold(f64::MIN, f64::max)`
    //   This is the largest value, not the mean.
    // upside down: `total / count` => `count / total`
    //   The sum is divided by the count, not the count by the sum.
    // END

    // %% [markdown] hint
    // Blank 1 is a line of the cell above, with another name. `let total: f64 =` is there already.

    // %% [markdown] hint
    // Blank 2: `.len()` is a `usize`. Part 1 showed how to make an `f64` of a count.

    // %%
    println!("{:.3}", mean(&[1.0, 5.0, 7.0]));

    // %% [markdown]
    // Time for a pause.

    // %% [markdown]
    // ## Part 6: arrays
    //
    // A list does not know arithmetic. What does $x + 10$ mean for a whole recording? For that there are **arrays**, from the library
    // `ndarray`; in Python it is NumPy. `Array1<f64>` is a row of numbers, `Array2<f64>` a matrix. `array![…]` makes them.

    // %%
    let x: Array1<f64> = array![1.0, 2.0, 3.0, 4.0, 5.0];
    println!("plus 10: {}", &x + 10.0);
    println!("times 2: {}", &x * 2.0);
    println!("sum {}, mean {}", x.sum(), x.sum() / x.len() as f64);
    println!("standard deviation {:.2}", x.std(0.0));

    // %% [markdown]
    // `&x` lends the array to the sum, so you can use it again.
    //
    // Why `std(0.0)`? There are two standard deviations. `std(0.0)` divides by the count $n$, and gives 1.41 here. `std(1.0)` divides
    // by $n - 1$, and gives 1.58: the usual estimate from a sample. NumPy takes the first by default, pandas the second. Say which
    // one you report.

    // %% [markdown]
    // Single values change as in a list, if the array is `mut`. Two more ways to make arrays of evenly spaced numbers:
    //
    // - `Array1::range(start, end, step)` has a **step**, and stops **before** the end.
    // - `Array1::linspace(start, end, count)` has a **count**, and the end is **included**.
    //
    // `.mapv(…)` changes each value with a closure, like `.map(…)` of a list.

    // %%
    let mut voltages: Array1<f64> = array![-70.0, -65.0, -50.0];
    voltages[2] = 30.0;
    println!("{voltages}");
    let by_step: Array1<f64> = Array1::range(0.0, 1.0, 0.25);
    let by_count: Array1<f64> = Array1::linspace(0.0, 1.0, 5);
    println!("{by_step} and {by_count}");
    println!("{}", by_count.mapv(|value| value * value));

    // %% [markdown]
    // ### Exercise 6a: from 1 to 10
    //
    // *2 minutes.* Make the array 1, 2, 3, …, 10 of `f64`.

    // %% exercise id=one_to_ten points=1 minutes=2
    /// The numbers from 1 to 10.
    fn one_to_ten() -> Array1<f64> {
        // SOLUTION
        Array1::range(1.0, 11.0, 1.0)
        // STUB
        // blank!("Array1::range(…) or Array1::linspace(…)")
        // END
    }

    // %% check
    check!(one_to_ten() -> numbers);
    // TITLE Exercise 6a: one_to_ten
    // HINTS
    // numbers: Put your array into println!("{}", …), and count the values.
    // LESSON
    // range(1.0, 11.0, 1.0) stops before 11. linspace(1.0, 10.0, 10) includes the 10. Both are right.
    // MISTAKES
    // the 10 is missing: `1.0, 11.0` => `1.0, 10.0`
    //   range stops before the end. Where must it end, so that 10 is still in it?
    // it begins at 0: `1.0, 11.0` => `0.0, 11.0`
    //   The first number is 1.
    // it goes from 0 to 9: `1.0, 11.0` => `0.0, 10.0`
    //   The first number is 1, and the end is left out.
    // the count is not 10: `Array1::range(1.0, 11.0, 1.0)` => `Array1::linspace(1.0, 10.0, 9)`
    // or `Array1::range(1.0, 11.0, 1.0)` => `Array1::linspace(1.0, 10.0, 11)`
    // or `Array1::range(1.0, 11.0, 1.0)` => `Array1::linspace(1.0, 10.0, 5)`
    //   The third argument of linspace is the count. From 1 to 10 there are 10 numbers.
    // 11 is in it: `Array1::range(1.0, 11.0, 1.0)` => `Array1::linspace(1.0, 11.0, 11)`
    // or `Array1::range(1.0, 11.0, 1.0)` => `Array1::linspace(1.0, 11.0, 10)`
    //   linspace includes the end. The last number is 10.
    // END

    // %% [markdown] hint
    // With `range` you name the step, with `linspace` the count. Which of the two includes the end?

    // %% [markdown] hint
    // `Array1::range(0.0, 4.0, 1.0)` is 0, 1, 2, 3. `Array1::linspace(0.0, 3.0, 4)` is the same.

    // %% [markdown]
    // Now a matrix. A **functional connectivity** (FC) matrix says for each pair of brain regions how alike their activity is. Here
    // is a stand-in for one: 5 × 5 random numbers between 0 and 1. `noise::uniform` makes 25 of them. The **seed**, 136, decides which:
    // the same seed gives the same numbers.
    //
    // `Array2::from_shape_fn` asks a closure for each entry, by its row and column.

    // %%
    let random: Array1<f64> = noise::uniform(25, 0.0, 1.0, 136);
    let fc: Array2<f64> =
        Array2::from_shape_fn((5, 5), |(row, column)| random[5 * row + column]);
    println!("{fc:.2}");
    println!("row 0, column 3: {:.2}", fc[[0, 3]]);
    println!("{} rows, {} columns, {} entries", fc.nrows(), fc.ncols(), fc.len());

    // %% [markdown]
    // `fc[[0, 3]]` is one entry: row first, then column, both from 0. `.sum()`, `.std(0.0)` and `.len()` work as for a row of
    // numbers, over all entries.
    //
    // ### Exercise 6b: mean and standard deviation
    //
    // *3 minutes.* Complete the function. It gives both numbers, as a tuple: the mean of all entries, and their standard deviation
    // with $n$ (not $n - 1$) below the line.
    //
    // `&Array2<f64>` is a lent matrix.

    // %% exercise id=summary points=2 minutes=3
    /// The mean and the standard deviation of all entries.
    fn summary(matrix: &Array2<f64>) -> (f64, f64) {
        // SOLUTION
        let mean: f64 = matrix.sum() / matrix.len() as f64;
        let deviation: f64 = matrix.std(0.0);
        // STUB
        // let mean: f64 = blank!("(1) the sum over the count");
        // let deviation: f64 = blank!("(2) the standard deviation that divides by n");
        // END
        (mean, deviation)
    }

    // %% check
    check!(summary(&matrix) -> (mean, deviation));
    // TITLE Exercise 6b: summary
    // CASES
    // two by two: array![[1.0, 2.0], [3.0, 6.0]]
    // more rows than columns: array![[0.5, 0.25], [1.0, -0.5], [2.0, 0.125]]
    // a single row: array![[1.0, 2.0, 3.0, 4.0, 5.0]]
    // HIDDEN 8
    // Array2::from_shape_fn((random.integer(2, 6) as usize, 4), |_| random.uniform(-1.0, 1.0))
    // HINTS
    // mean: matrix.sum() adds up all entries. How many are there in a matrix of 2 rows and 2 columns?
    // deviation: The mean is right. The standard deviation has a method of its own, in the first cell of this part.
    // LESSON
    // The same methods work for a row and for a matrix. 25 uniform numbers should have a mean near 0.5 and a deviation near 0.29.
    // MISTAKES
    // divided by the rows: `matrix.len()` => `matrix.nrows()`
    //   nrows counts the rows. len counts the entries.
    // divided by the columns: `matrix.len()` => `matrix.ncols()`
    //   ncols counts the columns. len counts the entries.
    // the sum alone: `matrix.sum() / matrix.len() as f64` => `matrix.sum()`
    //   That is the sum of all entries. Divide it by how many there are.
    // divided by n - 1: `matrix.std(0.0)` => `matrix.std(1.0)`
    //   std(1.0) divides by n - 1. Asked is n: std(0.0).
    // the variance: `matrix.std(0.0)` => `matrix.var(0.0)`
    //   The variance is the square of the standard deviation.
    // mean and deviation have changed places: `(mean, deviation)` => `(deviation, mean)`
    //   The mean comes first.
    // END

    // %% [markdown] hint
    // In the first cell of this part, `x.sum() / x.len() as f64` is the mean of a row. What changes for `matrix`?

    // %% [markdown] hint
    // Blank 2: look at the last line of that cell. Leave the `{:.2}` away, it is for printing.

    // %%
    let (fc_mean, fc_deviation) = summary(&fc);
    println!("mean {fc_mean:.2}, standard deviation {fc_deviation:.2}");

    // %% [markdown]
    // Uniform numbers between 0 and 1 have a mean of 0.5 and a standard deviation of $1/\sqrt{12} = 0.29$. With 25 numbers you are
    // near that, not on it. Change the seed, and see.
    //
    // Is this matrix like a measured one? No. An FC matrix is made of correlations: the entry of regions 0 and 3 equals that of
    // regions 3 and 0, each region has 1 with itself, and entries can be negative. Ours has none of that. It is for practice.

    // %% [markdown] text id=vec_or_array points=1 minutes=2
    // **`Vec` or array?** Which would you take for (1) the names of the regions, (2) a recording that you filter and average, (3) spike
    // times that come in one after the other, and nobody knows how many?
    //
    // SOLUTION
    // 1. A `Vec<String>`: there is no arithmetic with names.
    // 2. An array, `Array1<f64>`, or `Array2<f64>` for several channels: arithmetic on all values at once.
    // 3. A `Vec<f64>`: it can grow with `push`. Once all spikes are there, `Array1::from_vec` makes an array of it.
    // STUB
    // 1. The names:
    // 2. The recording:
    // 3. The spike times:
    // END

    // %% [markdown] hint
    // Which of the two can grow? Which of the two can do arithmetic?

    // %% [markdown] hint
    // `push` belongs to the list. `+ 10.0` and `.std(0.0)` belong to the array.

    // %% [markdown]
    // ## Part 7: figures
    //
    // How do you see numbers? A figure is built step by step, each step with a point: an empty `Figure`, its words, its line. `.line`
    // takes what goes to the right, then what goes up. `.show()` shows it.

    // %%
    Figure::new()
        .title("Squares")
        .x_label("x")
        .y_label("x squared")
        .line([1.0, 2.0, 3.0, 4.0], [1.0, 4.0, 9.0, 16.0])
        .show();

    // %% [markdown]
    // A matrix is drawn by `.heat_map(&matrix)`: each entry is a coloured square. The bar beside it says which colour is which
    // number; `.color_bar("…")` writes what the number is.

    // %%
    Figure::new().title("25 random numbers").heat_map(&fc).color_bar("Value").show();

    // %% [markdown]
    // ### Exercise 7a: label everything
    //
    // *3 minutes.* A figure without labels is a riddle. Complete the function, so that the matrix is drawn with
    //
    // - the title `FC`,
    // - `Region index` along **both** axes,
    // - `Correlation` along the colour bar.

    // %% exercise id=fc_figure points=2 minutes=3
    /// A functional-connectivity matrix, with all its labels.
    fn fc_figure(matrix: &Array2<f64>) -> Figure {
        // SOLUTION
        Figure::new()
            .heat_map(matrix)
            .title("FC")
            .x_label("Region index")
            .y_label("Region index")
            .color_bar("Correlation")
        // STUB
        // blank!("Figure::new() with a heat map of `matrix`, a title and three labels")
        // END
    }

    // %% check
    check!(fc_figure(&matrix) -> figure);
    // TITLE Exercise 7a: fc_figure
    // CASES
    // three regions: array![[1.0, 0.5, 0.25], [0.5, 1.0, -0.125], [0.25, -0.125, 1.0]]
    // not a square: array![[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]
    // HIDDEN 5
    // Array2::from_shape_fn((random.integer(2, 5) as usize, 4), |_| random.uniform(-1.0, 1.0))
    // PARTS
    // matrix
    // title: words of title
    // horizontal label: words of horizontal_label
    // vertical label: words of vertical_label
    // colour bar: words of color_bar, r = correlation, pearson correlation = correlation
    // HINTS
    // matrix: .heat_map(…) draws a matrix. The matrix of this function is called matrix, and it is lent already.
    // title: The matrix is drawn. Which step writes above it?
    // horizontal label: The title is right. .x_label(…) writes below, .y_label(…) beside the figure.
    // vertical label: The horizontal axis has its label. Now the vertical one.
    // colour bar: Only the colour bar lacks its word.
    // LESSON
    // Title, both axes, colour bar: now somebody else can read it, and so can you, next year.
    // MISTAKES
    // nothing is drawn: `.heat_map(matrix)` => ``
    //   The figure has no matrix yet: .heat_map(matrix).
    // rows and columns have changed places: `.heat_map(matrix)` => `.heat_map(&matrix.t().to_owned())`
    //   The matrix is drawn as it is: .heat_map(matrix).
    // no title: `.title("FC")` => ``
    //   The title is missing: .title("FC").
    // the horizontal axis has no label: `.x_label("Region index")` => ``
    //   Both axes count regions. The horizontal one has no label yet.
    // the vertical axis has no label: `.y_label("Region index")` => ``
    //   Both axes count regions. The vertical one has no label yet.
    // the colour bar has no label: `.color_bar("Correlation")` => ``
    //   Nobody can know what the colours are: .color_bar("Correlation").
    // another figure's title: `.title("FC")` => `.title("25 random numbers")`
    //   The title is still that of the figure above.
    // another figure's colour bar: `.color_bar("Correlation")` => `.color_bar("Value")`
    //   The bar's label is still that of the figure above.
    // END

    // %% [markdown] hint
    // Begin with the cell above, without `.show()`: the function gives the figure back. `matrix` needs no `&` here, for it is lent
    // already.

    // %% [markdown] hint
    // Five steps after `Figure::new()`: `.heat_map`, `.title`, `.x_label`, `.y_label`, `.color_bar`. Their order does not matter.

    // %%
    fc_figure(&fc).show();

    // %% [markdown]
    // ### Exercise 7b: a sine
    //
    // *3 minutes.* Rhythms are made of sines. Complete the function: 100 points from 0 to 10 seconds, **both included**, and the sine
    // of each. The sine of a number `t` is `t.sin()`.

    // %% exercise id=sine_figure points=2 minutes=3
    /// The sine of 100 points from 0 to 10.
    fn sine_figure() -> Figure {
        // SOLUTION
        let t: Array1<f64> = Array1::linspace(0.0, 10.0, 100);
        let x: Array1<f64> = t.mapv(|t| t.sin());
        // STUB
        // let t: Array1<f64> = blank!("(1) 100 numbers from 0 to 10, both included");
        // let x: Array1<f64> = blank!("(2) the sine of each");
        // END
        Figure::new().title("A sine").x_label("Time (s)").y_label("x").line(&t, &x)
    }

    // %% check
    check!(sine_figure() -> figure);
    // TITLE Exercise 7b: sine_figure
    // PARTS
    // horizontal axis: horizontal_axis
    // vertical axis: vertical_axis
    // HINTS
    // horizontal axis: Which of range and linspace takes a count, and includes the end?
    // vertical axis: The times are right. .mapv(…) takes a closure: from a time to its sine.
    // LESSON
    // Make the times first, then what depends on them. Nearly every figure of this course begins like that.
    // MISTAKES
    // it begins at 1: `0.0, 10.0, 100` => `1.0, 10.0, 100`
    //   The first point is at 0.
    // 10 is left out: `Array1::linspace(0.0, 10.0, 100)` => `Array1::range(0.0, 10.0, 0.1)`
    //   These are 100 points, but they stop at 9.9. With linspace the end is included.
    // not 100 points: `0.0, 10.0, 100` => `0.0, 10.0, 101`
    // or `0.0, 10.0, 100` => `0.0, 10.0, 10`
    // or `0.0, 10.0, 100` => `0.0, 10.0, 1000`
    //   The third argument of linspace is the count of points: 100.
    // the cosine: `t.sin()` => `t.cos()`
    //   This curve begins at 1: it is a cosine. A sine begins at 0.
    // degrees: `t.sin()` => `t.to_radians().sin()`
    //   sin takes radians, and that is what is wanted here: simply t.sin().
    // the time again: `t.mapv(|t| t.sin())` => `t.clone()`
    //   The line goes straight up: both axes show the time.
    // END

    // %% [markdown] hint
    // Blank 1: part 6 has an array with a count and one with a step. You are given the count.

    // %% [markdown] hint
    // Blank 2: in part 6, `by_count.mapv(|value| value * value)` squares each value. Here the array is `t`, and the closure takes a
    // sine.

    // %%
    sine_figure().show();

    // %% [markdown]
    // ### Bonus exercise: a noisy signal
    //
    // *4 minutes.* Measured signals have noise. `noise::white(100, 9)` makes 100 random numbers, with the seed 9: their mean is 0 and their standard
    // deviation is 1, in the long run. Complete the function: the clean signal to the left, clean **plus** noise to the right.
    //
    // `Figure::row([left, right])` puts two figures side by side. Two lent arrays are added with `+`.

    // %% exercise id=noisy_figure points=2 minutes=4
    /// A clean signal, and beside it the same with noise.
    fn noisy_figure(
        time: &Array1<f64>,
        clean: &Array1<f64>,
        noise: &Array1<f64>,
    ) -> Figure {
        let left = Figure::new()
            .title("Clean")
            .x_label("Time (s)")
            .y_label("Amplitude")
            .line(time, clean);
        // SOLUTION
        let noisy: Array1<f64> = clean + noise;
        let right: Figure = Figure::new()
            .title("Noisy")
            .x_label("Time (s)")
            .y_label("Amplitude")
            .line(time, &noisy);
        // STUB
        // let noisy: Array1<f64> = blank!("(1) signal and noise, added");
        // let right: Figure = blank!("(2) as left, but with the title Noisy and the noisy signal, lent");
        // END
        Figure::row([left, right]).size(9.0, 4.0)
    }

    // %% check
    check!(noisy_figure(&time, &clean, &noise) -> figure);
    // TITLE Bonus exercise: noisy_figure
    // CASES
    // three points: array![0.0, 1.0, 2.0], array![1.0, 0.0, -1.0], array![0.25, -0.5, 0.125]
    // a flat signal: array![0.0, 0.5, 1.0, 1.5], array![2.0, 2.0, 2.0, 2.0], array![0.1, 0.2, -0.3, 0.4]
    // no noise: array![0.0, 1.0], array![3.0, 4.0], array![0.0, 0.0]
    // HIDDEN 6
    // Array1::linspace(0.0, 1.0, 20), Array1::from_shape_fn(20, |_| random.uniform(-1.0, 1.0)),
    //   Array1::from_shape_fn(20, |_| random.normal(0.0, 0.3))
    // PARTS
    // left time: horizontal_axis
    // left signal: vertical_axis
    // right time: horizontal_axis_of_panel_2
    // right signal: vertical_axis_of_panel_2
    // right title: words of title_of_panel_2
    // HINTS
    // left time: The left figure was complete. Is it still as it was?
    // left signal: The left figure shows the signal without noise. Is it still as it was?
    // right time: The right figure has the same times as the left one.
    // right signal: The right figure has its times. Its signal is the sum of two arrays.
    // right title: The title of the right figure is Noisy.
    // LESSON
    // Noise with a mean of 0 blurs a signal and does not shift it.
    // MISTAKES
    // noise alone: `clean + noise` => `noise.clone()`
    //   The right figure shows the noise without the signal. Add the two.
    // multiplied: `clean + noise` => `clean * noise`
    //   Here the noise is added to the signal, not multiplied with it.
    // subtracted: `clean + noise` => `clean - noise`
    //   Added, not subtracted. It looks alike, for the noise has both signs; the numbers differ.
    // twice the clean signal: `.line(time, &noisy)` => `.line(time, clean)`
    //   Both figures show the clean signal.
    // left and right have changed places: `[left, right]` => `[right, left]`
    //   The clean one stands to the left.
    // the signal to the right instead of the time: `.line(time, &noisy)` => `.line(&noisy, time)`
    // or `.line(time, &noisy)` => `.line(clean, &noisy)`
    //   What comes first in .line goes to the right, and that is the time.
    // the title is that of the left one: `"Noisy"` => `"Clean"`
    //   The right figure is still called Clean.
    // END

    // %% [markdown] hint
    // Blank 1 is a sum of two names that the function gets. They are lent already, so they need no `&`.

    // %% [markdown] hint
    // Blank 2: copy what stands right of `left =`. Change the title and what is drawn. `noisy` is your own, so lend it: `&noisy`.

    // %%
    let t: Array1<f64> = Array1::linspace(0.0, 10.0, 100);
    let clean: Array1<f64> = t.mapv(|t| t.sin());
    let hiss: Array1<f64> = 0.3 * noise::white(100, 9);
    noisy_figure(&t, &clean, &hiss).show();
    println!("the noise has a standard deviation of {:.2}", hiss.std(0.0));

    // %% [markdown]
    // ## Part 8: structs
    //
    // What belongs together should stay together. A **struct** puts values under one roof, each with a name of its own. With `impl`
    // you give it functions of its own: **methods**. `&self` is the struct itself, lent.

    // %%
    struct Participant {
        name: String,
        age: f64,
        score: f64,
    }

    impl Participant {
        fn introduce(&self) -> String {
            format!("{}, {} years, {} points", self.name, self.age, self.score)
        }
    }

    let someone = Participant { name: "P1".to_string(), age: 20.0, score: 85.0 };
    println!("{}", someone.introduce());
    println!("in ten years: {}", someone.age + 10.0);

    // %% [markdown]
    // - `struct` says which values there are. Braces with all of them make one.
    // - A point looks inside: `someone.age`, and within a method `self.age`.
    // - A method is called with a point, too: `someone.introduce()`.
    //
    // A table is then a list of structs, a row each. What you know of iterators does the rest.

    // %%
    fn participant(name: &str, age: f64, score: f64) -> Participant {
        Participant { name: name.to_string(), age, score }
    }
    let table = [
        participant("P1", 20.0, 85.0),
        participant("P2", 22.0, 89.0),
        participant("P3", 29.0, 93.0),
        participant("P4", 31.0, 92.0),
        participant("P5", 33.0, 96.0),
    ];
    for person in table.iter().filter(|person| person.age >= 30.0) {
        println!("30 or older: {}", person.introduce());
    }
    let ages: Array1<f64> = table.iter().map(|person| person.age).collect();
    let scores: Array1<f64> = table.iter().map(|person| person.score).collect();
    println!("age: mean {}, deviation {:.2}", ages.sum() / 5.0, ages.std(1.0));
    println!("score: mean {}, deviation {:.2}", scores.sum() / 5.0, scores.std(1.0));

    // %% [markdown]
    // Two small things: in the braces, `age` alone is short for `age: age`. And `collect` can make an array, too.
    //
    // The mean age is 27, the mean score 91. These deviations have $n - 1$ below the line, as pandas gives them.
    //
    // ### Exercise 8: a brain
    //
    // *4 minutes.* A list has a method that glues texts: `names.join(", ")` puts a comma and a space between them.
    //
    // Complete both methods. For the regions Thalamus and Insula, `count` gives 2 and `display_info` gives
    //
    // `2 regions: Thalamus, Insula`
    //
    // The function below them makes a brain of a list, and is complete.
    //
    // Why is the count not stored beside the list? Two values could contradict each other. One cannot.

    // %% exercise id=brain points=2 minutes=4
    /// A brain, as the list of its regions.
    struct Brain {
        regions: Vec<String>,
    }

    impl Brain {
        /// How many regions it has.
        fn count(&self) -> usize {
            // SOLUTION
            self.regions.len()
            // STUB
            // blank!("(1) the length of this brain's own list")
            // END
        }

        /// A line about it: the count, the word regions, a colon, the names.
        fn display_info(&self) -> String {
            // SOLUTION
            format!("{} regions: {}", self.count(), self.regions.join(", "))
            // STUB
            // blank!("(2) format!(…) with the count and the names")
            // END
        }
    }

    /// Makes a brain of a list.
    fn brain(regions: Vec<String>) -> Brain {
        Brain { regions }
    }

    // %% check
    check!(brain: |regions| brain(regions).display_info() => info);
    // TITLE Exercise 8: Brain
    // GIVEN
    // fn regions(names: &[&str]) -> Vec<String> {
    //     names.iter().map(|name| name.to_string()).collect()
    // }
    // CASES
    // two regions: regions(&["Thalamus", "Insula"])
    // four regions: regions(&["Cuneus", "Putamen", "Pallidum", "Amygdala"])
    // three regions: regions(&["Insula", "Cuneus", "Precuneus"])
    // HIDDEN 8
    // (0..random.integer(2, 6)).map(|_| format!("region {}", random.integer(1, 9999))).collect::<Vec<String>>()
    // PARTS
    // info: words of info
    // HINTS
    // info: Compare the two lines from the left. Is the count right? Are the signs between the names?
    // LESSON
    // What can be worked out from the list is a method, not one more value that may be out of date.
    // MISTAKES
    // one too few: `self.regions.len()` => `self.regions.len() - 1`
    //   The last index is one less than the length. Asked is the count.
    // one too many: `self.regions.len()` => `self.regions.len() + 1`
    //   .len() is the count already.
    // always 2: `self.regions.len()` => `2`
    //   The example has two regions, other brains have more. Take the length of the list.
    // nothing between the names: `join(", ")` => `join("")`
    //   The names run into each other. What stands between them is the argument of join.
    // only a space between the names: `join(", ")` => `join(" ")`
    //   Between two names stand a comma and a space.
    // only a comma between the names: `join(", ")` => `join(",")`
    //   Between two names stand a comma and a space.
    // the list is printed as a list: `{} regions: {}` => `{} regions: {:?}` and `self.regions.join(", ")` => `self.regions`
    //   {:?} prints brackets and quotes. join makes one text of the names.
    // the count is missing: `format!("{} regions: {}", self.count(), self.regions.join(", "))` => `format!("regions: {}", self.regions.join(", "))`
    //   The line begins with the count.
    // the names alone: `format!("{} regions: {}", self.count(), self.regions.join(", "))` => `self.regions.join(", ")`
    //   Before the names stand the count, the word regions and a colon.
    // the first name alone: `self.regions.join(", ")` => `self.regions[0]`
    //   All names are wanted: glue them with join.
    // END

    // %% [markdown] hint
    // Inside a method, the brain's own list is `self.regions`. You know how to ask a list for its length.

    // %% [markdown] hint
    // `format!("{} regions: {}", …, …)` has two places to fill: the count, for which you have just written a method
    // (`self.count()`), and the names, glued with `join`.

    // %% [markdown]
    // ## Part 9: when something fails
    //
    // Files are rarely what they should be. What is the age in `89+`? (Data sets hide high ages like that, so that nobody can be
    // recognised.) What is it in an empty cell?
    //
    // `text.parse::<u32>()` tries to read a whole number; `u32` is another type for counting. It cannot always succeed. So it does
    // not give a number, it gives a **`Result`**: either `Ok(number)` or `Err(reason)`.

    // %%
    println!("{:?}", "24".parse::<u32>());
    println!("{:?}", "89+".parse::<u32>());
    println!("{:?}", " 24 ".trim().parse::<u32>());

    // %% [markdown]
    // `.trim()` takes the spaces away from both ends of a text.
    //
    // You cannot use what is inside without saying what to do about an error. That is the point: Rust does not let you forget it.
    // `match` looks at both cases, and `if let` only at the one that you name.

    // %%
    match "89+".parse::<u32>() {
        Ok(age) => println!("{age} years"),
        Err(reason) => println!("no age: {reason}"),
    }
    if let Ok(age) = "24".parse::<u32>() {
        println!("{age} years");
    }
    println!("done");

    // %% [markdown]
    // Read `if let Ok(age) = …` as: *if this is an `Ok`, call what is inside `age`, and do this.*
    //
    // ### Exercise 9: known ages
    //
    // *4 minutes.* A column of ages holds texts like `24`, `89+`, `n/a`, nothing, or ` 31` with a space before it. Complete the
    // function: it collects the ages that can be read, and leaves the others out. Spaces around a number do no harm.
    //
    // `&[String]` is a lent list of texts. `Vec::new()` is an empty list.

    // %% exercise id=known_ages points=3 minutes=4
    /// The ages in these texts, without those that are no whole number.
    fn known_ages(texts: &[String]) -> Vec<u32> {
        let mut ages: Vec<u32> = Vec::new();
        for text in texts {
            // SOLUTION
            if let Ok(age) = text.trim().parse::<u32>() {
                ages.push(age);
            }
            // STUB
            // blank!("if the trimmed text is a whole number, push it into ages");
            // END
        }
        ages
    }

    // %% check
    check!(known_ages(&texts) -> ages);
    // TITLE Exercise 9: known_ages
    // GIVEN
    // fn texts(texts: &[&str]) -> Vec<String> {
    //     texts.iter().map(|text| text.to_string()).collect()
    // }
    // CASES
    // all can be read: texts(&["24", "31", "22"])
    // a hidden age: texts(&["76", "89+", "71"])
    // nothing and words: texts(&["", "n/a", "25", "unknown", "33"])
    // spaces around: texts(&[" 31", "40 ", "  28  "])
    // none can be read: texts(&["89+", ""])
    // numbers, but no whole ages: texts(&["-1", "3.5", "27"])
    // HIDDEN 8
    // (0..random.integer(3, 9)).map(|_| format!("{}{}{}", random.choose(&["", "", " ", "-"]), random.integer(18, 88),
    //   random.choose(&["", "", "", " ", "+", "?", ".5"]))).collect::<Vec<String>>()
    // HINTS
    // ages: Go through the texts of this case one by one. Which of them should be in the list?
    // LESSON
    // A Result makes you decide what to do with what cannot be read. Leaving it out is one way; say so when you report the mean.
    // MISTAKES
    // 0 in place of what cannot be read: `ages.push(age);` => `ages.push(age); } else { ages.push(0);`
    //   An unknown age is not 0 years. Zeros like these pull a mean down, and nobody sees why. Leave it out.
    // it stops at the first that cannot be read: `ages.push(age);` => `ages.push(age); } else { break;`
    //   After a text that cannot be read, others follow.
    // spaces are not taken away: `text.trim().parse` => `text.parse`
    //   " 31" is an age, with a space before it. .trim() takes the space away.
    // the + is dropped: `text.trim().parse` => `text.trim().trim_end_matches('+').parse`
    //   89+ means 89 or more. As 89 it would be made up: leave it out.
    // only the first: `ages.push(age);` => `ages.push(age); break;`
    //   The loop ends after the first age. Go on to the last text.
    // nothing is kept: `ages.push(age);` => ``
    //   The list stays empty: push each age into it.
    // turned round: `ages.push(age);` => `ages.insert(0, age);`
    //   The ages come out in the opposite order. push puts each one at the end.
    // the count of signs: `ages.push(age);` => `ages.push(text.len() as u32);`
    //   That is the length of the text. The age is what Ok holds.
    // END

    // %% [markdown] hint
    // The cell above has an `if let` with a fixed text. Here the text is called `text`, and what to do is to push.

    // %% [markdown] hint
    // `text.trim().parse::<u32>()` is the `Result`. In the block after `if let Ok(age) = …`, `age` is the number: `ages.push(age);`

    // %%
    let column = ["24", "89+", "", " 31", "n/a", "22"].map(|text| text.to_string());
    println!("{} texts, ages {:?}", column.len(), known_ages(&column));

    // %% [markdown]
    // **The short way.** In a program that cannot go on without the value, `?` after a `Result` means: *if it is an `Ok`, take what is
    // inside; if it is an `Err`, stop here and hand the reason on.* You will see it at every file.

    // %% [markdown]
    // ## Part 10: a table from a file
    //
    // Where does data come from? From files. The folder `data/` of the course has some. First a matrix: the strengths of the
    // connections between 80 regions, made up by a program. `data::file` finds the file, and `data::read_matrix` reads it. Both can
    // fail, so both have their `?`.

    // %%
    let weights: Array2<f64> = data::read_matrix(data::file("connectome_weights.csv")?)?;
    println!("{} rows and {} columns", weights.nrows(), weights.ncols());
    println!("the strongest connection: {}", weights.iter().copied().fold(0.0, f64::max));
    Figure::new()
        .title("A made-up connectome")
        .x_label("From region")
        .y_label("To region")
        .heat_map(&weights)
        .color_bar("Strength")
        .show();

    // %% [markdown]
    // (`.fold(0.0, f64::max)` begins with 0 and keeps the larger of two numbers, again and again: the largest is left.)
    //
    // And if there is no such file? Here the name is misspelt. The error says what happened and what to do.

    // %%
    match data::file("conectome.csv") {
        Ok(path) => println!("found: {}", path.display()),
        Err(reason) => println!("{reason}"),
    }
    println!("The program goes on.");

    // %% [markdown]
    // Now a table with words in it. `data/reaction_times.csv` is a **CSV** file: a row per line, commas between the values, names of
    // the columns in the first line. Three people pressed a key, once with each hand:
    //
    // ```text
    // participant,hand,reaction_time
    // 1,left,250
    // 1,right,280
    // …
    // ```
    //
    // The library `csv` knows the format, quotes and all. Each row becomes a struct.

    // %%
    use neurobook::csv;
    struct Trial {
        participant: String,
        hand: String,
        /// In ms.
        reaction_time: f64,
    }

    fn read_trials(name: &str) -> Result<Vec<Trial>, Box<dyn std::error::Error>> {
        let mut reader = csv::Reader::from_path(data::file(name)?)?;
        let mut trials = Vec::new();
        for record in reader.records() {
            let record = record?;
            trials.push(Trial {
                participant: record[0].to_string(),
                hand: record[1].to_string(),
                reaction_time: record[2].parse()?,
            });
        }
        Ok(trials)
    }

    // %% [markdown]
    // Read it from the top:
    //
    // - The result is a `Result`: a list of trials, or an error. `Box<dyn std::error::Error>` means "any kind of error".
    // - Four things can fail: to find the file, to open it, to read a line, to read a number. So there are four `?`.
    // - `record[0]` is the first value of a row, a lent text.
    // - The last line, `Ok(trials)`, says that all went well.

    // %%
    let trials = read_trials("reaction_times.csv")?;
    for trial in &trials {
        println!("{} {:>5} {} ms", trial.participant, trial.hand, trial.reaction_time);
    }
    let times: Vec<f64> = trials.iter().map(|trial| trial.reaction_time).collect();
    let hands: Vec<String> = trials.iter().map(|trial| trial.hand.clone()).collect();
    let people: Vec<String> =
        trials.iter().map(|trial| trial.participant.clone()).collect();

    // %% [markdown]
    // (`{:>5}` prints a text five signs wide. `.clone()` is needed because the trials keep their own texts.)
    //
    // The columns are lists now, and your own `mean` works on them. For the standard deviation we make an array of a copy.

    // %%
    println!("{} trials, mean {} ms", times.len(), mean(&times));
    println!("standard deviation {:.2} ms", Array1::from_vec(times.clone()).std(1.0));

    // %% [markdown]
    // ### Exercise 10: which hand is slower?
    //
    // *5 minutes.* Two lists go together here: each label has its time. `labels.iter().zip(times)` hands out pairs, the first with
    // the first, the second with the second. In the loop a pair is taken apart at once: `for (label, time) in …`.
    //
    // Complete the function: the mean of the times whose label is the one that is `wanted`. Both `label` and `wanted` are lent texts:
    // compare them with `==`. And `total += time` may add a lent number.

    // %% exercise id=mean_time points=3 minutes=5
    /// The mean of the times that have this label.
    fn mean_time(labels: &[String], times: &[f64], wanted: &str) -> f64 {
        let mut total = 0.0;
        let mut count = 0.0;
        for (label, time) in labels.iter().zip(times) {
            // SOLUTION
            if label == wanted {
                total += time;
                count += 1.0;
            }
            // STUB
            // blank!("if this is the wanted label: one more time in the total, one more in the count");
            // END
        }
        total / count
    }

    // %% check
    check!(mean_time(&labels, &times, &wanted) -> mean);
    // TITLE Exercise 10: mean_time
    // GIVEN
    // fn texts(texts: &[&str]) -> Vec<String> {
    //     texts.iter().map(|text| text.to_string()).collect()
    // }
    // CASES
    // the left hand: texts(&["left", "right", "left", "right", "left", "right"]), [250.0, 280.0, 235.0, 260.0, 270.0, 295.0], "left"
    // the right hand: texts(&["left", "right", "left", "right", "left", "right"]), [250.0, 280.0, 235.0, 260.0, 270.0, 295.0], "right"
    // a participant: texts(&["1", "1", "2", "2", "3", "3"]), [250.0, 280.0, 235.0, 260.0, 270.0, 295.0], "2"
    // a label that comes once: texts(&["a", "b", "a", "a"]), [300.0, 240.0, 260.0, 310.0], "b"
    // the wanted ones are the last: texts(&["rest", "task", "task"]), [500.0, 410.0, 450.0], "task"
    // labels that begin alike: texts(&["go", "go left", "stop", "go"]), [310.0, 405.0, 280.0, 330.0], "go"
    // HIDDEN 8
    // (0..9_usize).map(|row| ["go", "go left", "left"][row % 3].to_string()).collect::<Vec<String>>(),
    //   (0..9).map(|_| random.uniform(200.0, 400.0)).collect::<Vec<f64>>(), random.choose(&["go", "go left", "left"])
    // HINTS
    // mean: Go through the first case on paper: which three times have the label left? Add them, and divide by 3.
    // LESSON
    // Left 251.67 ms, right 278.33 ms. One function, and it groups by hand and by participant.
    // MISTAKES
    // all rows: `label == wanted` => `label.len() < 1000`
    //   This is the mean of all times. Count a row only if its label is the wanted one.
    // the other rows: `label == wanted` => `label != wanted`
    //   These are the rows whose label is another one. == means equal.
    // divided by all rows: `total / count` => `total / times.len() as f64`
    //   The total is right. But it is divided by the number of all rows, not of the wanted ones.
    // the sum alone: `total / count` => `total`
    //   This is the sum of the wanted times, not their mean.
    // the first only: `count += 1.0;` => `count += 1.0; break;`
    //   The loop ends at the first wanted row. Let it run to the end.
    // the last only: `total += time;` => `total = *time;` and `total / count` => `total`
    //   Each row writes over the one before. += adds to what is there.
    // the total is written over: `total += time;` => `total = *time;`
    //   Each row writes over the one before. += adds to what is there.
    // all times over the wanted count: `total += time;` => `` and `if label == wanted {` => `total += time; if label == wanted {`
    //   All times are in the total, the wanted ones alone in the count. Both belong into the block of the if.
    // upside down: `total / count` => `count / total`
    //   The total is divided by the count, not the count by the total.
    // END

    // %% [markdown] hint
    // An `if` with `==` comes first. Two lines stand in its block: one adds to `total`, the other to `count`.

    // %% [markdown] hint
    // `count` begins as `0.0`, so it is an `f64`: add `1.0` to it, not `1`.

    // %%
    for hand in ["left", "right"] {
        println!("{hand}: {:.2} ms", mean_time(&hands, &times, hand));
    }
    for person in ["1", "2", "3"] {
        println!("participant {person}: {:.1} ms", mean_time(&people, &times, person));
    }
    println!("(six invented trials)");

    // %% [markdown]
    // The right hand is slower by 26.67 ms on average, and in each of the three. They are invented, so it means nothing. With real
    // data you would ask how likely such a difference is by chance.

    // %% [markdown]
    // ## What you have now
    //
    // | | Python | Rust |
    // |---|---|---|
    // | a value | `n = 90` | `let n = 90;`, and `let mut` if it changes |
    // | print | `print(f"{n} regions")` | `println!("{n} regions");` |
    // | a function | `def square(x):` | `fn square(x: f64) -> f64 { … }` |
    // | a choice | `if x < 4:` | `if x < 4.0 { … } else { … }` |
    // | a loop | `for k in range(5):` | `for k in 0..5 { … }` |
    // | a list | `["a", "b"]`, `.append` | `vec!["a", "b"]`, `.push` |
    // | a dictionary | `{"a": 1.0}` | `BTreeMap::from([("a", 1.0)])` |
    // | each doubled | `[2 * x for x in xs]` | `xs.iter().map(\|x\| 2.0 * x).collect()` |
    // | an array | `np.arange`, `np.linspace` | `Array1::range`, `Array1::linspace` |
    // | a figure | `plt.plot`, `plt.imshow` | `.line`, `.heat_map` |
    // | a class | `class Brain:` | `struct Brain { … }` and `impl Brain { … }` |
    // | a failure | `try`, `except` | `Result`, `match`, `?` |
    // | a table | `pd.read_csv`, `.groupby` | `csv::Reader`, a loop or iterators |
    //
    // And what Python does not ask of you: every value has **one type** and **one owner**, and what can fail says so.
    //
    // Next: [chapter 1](01_connectivity.ipynb), where you compute which regions of a brain go together. Then
    // [the preparation of chapter 2](02_prep_dynamical_systems.ipynb) and [chapter 2](02_single_node_dynamics.ipynb). Each shows again what it
    // needs of all this, where it needs it.

    Ok(())
}
