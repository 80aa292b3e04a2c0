//! What learners of this course write, compiled, and the sentence that they read.

use std::fs;
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use super::words;
use crate::answers::compiler::AnswerCompiler;
use crate::caches;
use crate::jupyter::session::Sessions;
use crate::support::paths;

/// Compiles lines of a cell, which must be wrong, and gives the sentence about the first error that has one.
fn read_below(cell: &str) -> String {
    static KIT: OnceLock<AnswerCompiler> = OnceLock::new();
    let kit = KIT.get_or_init(|| {
        let folder = paths::sessions_in(&caches::cache(), &caches::root()).unwrap();
        AnswerCompiler::of(Sessions::within(caches::root(), folder).unwrap()).unwrap()
    });
    let folder = tempfile::tempdir().unwrap();
    let program = format!("#![allow(warnings)]\nuse neurobook::prelude::*;\nfn main() {{\n{cell}\n}}\n");
    fs::write(folder.path().join("main.rs"), program).unwrap();
    let done = Command::new(&kit.rustc)
        .args(kit.arguments(&folder.path().join("main.rs"), &folder.path().join("answers")))
        .output()
        .unwrap();
    assert!(!done.status.success(), "this compiles: {cell}");
    let said = String::from_utf8_lossy(&done.stderr);
    let errors = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let errors = errors.filter(|message| message["level"] == "error");
    errors
        .map(|error| words(&error))
        .find_map(|words| words)
        .map_or_else(|| format!("nothing, of {said}"), str::to_owned)
}

/// Each cell, and what must be in the sentence below it.
fn each_says(cells: &[(&str, &str)]) {
    let wrong = cells.iter().filter_map(|(cell, wanted)| {
        let read = read_below(cell);
        (!read.contains(wanted)).then(|| format!("{cell}\n  should say: {wanted}\n  but says:   {read}\n"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn whole_numbers_among_floats_are_explained() {
    each_says(&[
        ("let mut x: Array1<f64> = Array1::zeros(3); x[0] = 1;", "1.0, not 1"),
        ("let x: f64 = 1;", "1.0, not 1"),
        ("let z = Complex64::new(1, 2);", "1.0, not 1"),
        ("let x = Array1::linspace(0, 1, 10);", "1.0, not 1"),
        ("let x = if true { 1.0 } else { 2 };", "1.0, not 1"),
        ("let x: Vec<f64> = vec![0; 3];", "1.0, not 1"),
        ("let x: f64 = 3.0; let y = 2 * x;", "2.0 for 2"),
        ("let x: f64 = 3.0; let y = x / 2;", "2.0 for 2"),
        ("let x = PI / 2;", "2.0 for 2"),
        ("let z = 2 * Complex64::I;", "2.0 for 2"),
        ("let x = Array1::<f64>::zeros(3); let y = 2 * x;", "2.0 for 2"),
        ("let mut x = 1.0; x = x + 1;", "2.0 for 2"),
        ("let dt = 0.1; for k in 0..3 { let t = k * dt; }", "`k as f64`"),
        ("let x = Array1::<f64>::zeros(3); let dt = 1.0 / x.len();", "`k as f64`"),
        ("let n: usize = 3; let x: f64 = n;", "`k as f64`"),
        ("let x = 1.0; if x > 0 { }", "`x > 0.0`"),
        ("let x = 1.0; if x == 1 { }", "`x > 0.0`"),
        ("let v = 2.0.powi(2);", "`2.0_f64`"),
    ]);
}

#[test]
fn texts_where_numbers_belong_and_numbers_where_texts_belong_are_explained() {
    let number = "A number has no quotes";
    each_says(&[
        ("let x: f64 = \"a\";", number),
        ("let n: usize = \"3\";", number),
        ("let word = String::from(\"2.5\"); let x: f64 = word;", number),
        ("let x: f64 = '2';", number),
        ("let x = Array1::linspace(0.0, \"1\", 10);", number),
        ("let name: &str = 5;", "a text belongs here"),
        ("let name: String = 2.5;", "a text belongs here"),
        ("let x: f64 = 2.5; let name: &str = x;", "a text belongs here"),
        ("let name: &str = 'a';", "double quotes"),
        ("use ndarray::Zip;", "use neurobook::ndarray"),
        ("let x = ndarray::Axis(0);", "use neurobook::ndarray"),
        ("let x = array![[1.0]].sum_axis(Axis(0));", "use neurobook::ndarray::Axis"),
        ("let a: ArrayView1<f64>;", "use neurobook::ndarray::Axis"),
        ("```rust\nlet x = 1.0;\n```", "three backticks"),
        ("let y: f64 = 1.0; let x: f64 = &y;", "leave out the `&`"),
    ]);
}

#[test]
fn floats_where_whole_numbers_belong_are_explained() {
    each_says(&[
        ("let n = 3.0; for k in 0..n { }", "ends of a range"),
        ("let n: f64 = 3.0; for k in 0..n { }", "ends of a range"),
        ("let n = 3.0; for k in 0.0..n { }", "A range counts in whole numbers"),
        ("for k in 10 { }", "A loop runs over a range"),
        ("let x = vec![1.0, 2.0]; let k = 1.0; x[k];", "An index is a `usize`"),
        ("let x = Array1::<f64>::zeros(3); let k = 1.0; let y = x[k];", "An index is a `usize`"),
        ("let x = Array1::<f64>::zeros(3); let k: i32 = 1; let y = x[k];", "An index is a `usize`"),
        ("let x = Array1::linspace(0.0, 1.0, 10.0);", "A count or an index"),
        ("let n = 1.0 / 0.1; let x: Array1<f64> = Array1::zeros(n);", "no time"),
        ("let x: f64 = 3.0; let y = x.powi(2.0);", "`x.powf(0.5)`"),
        ("let x = vec![1.0, 2.0]; x[-1];", "counts from 0"),
        ("let x: Array1<f64> = Array1::zeros(3); x[-1];", "counts from 0"),
    ]);
}

#[test]
fn signs_and_words_of_other_languages_are_explained() {
    each_says(&[
        ("let x: f64 = 3.0; let y = x^2;", "`^` is not a power"),
        ("let x = 3.0; let y = x^2.0;", "`^` is not a power"),
        ("let x: f64 = 3.0; let y = x**2;", "`**` is not a power"),
        ("let x: f64 = 3.0; let y = x ** 2.0;", "`**` is not a power"),
        ("let x: f64 = 3.0; let y = pow(x, 2);", "A power is"),
        ("let x: f64 = 3.0; let y = x.pow(2);", "A power is"),
        ("let x: f64 = 3.0; if x = 3.0 { }", "compared by `==`"),
        ("x := 3.0;", "`:=` is not Rust"),
        ("let x := 3.0;", "`:=` is not Rust"),
        ("var x = 1.0;", "`let x = 1.0;`"),
        ("const x = 1.0;", "A constant names its type"),
        ("print(3.0);", "`println!(\"{x}\");`"),
        ("println(\"{}\", 3.0);", "with the `!`"),
        ("println!(3.0);", "between quotes"),
        ("println!(\"{} {}\", 3.0);", "one `{}` for each value"),
        ("let x = vec![1.0]; println!(\"{x}\");", "`{:?}` can"),
        ("let x = array(1.0, 2.0);", "ends in `!`"),
        ("def f(x): return x", "`fn name(x: f64) -> f64 { … }`"),
        ("def f(x):\n    return 2*x", "`fn name(x: f64) -> f64 { … }`"),
        ("let f = lambda x: x * 2;", "`|x| 2.0 * x`"),
        ("let t = True;", "small letters"),
        ("let x = np.zeros(3);", "That is Python's"),
        ("let x = np::zeros(3);", "That is Python's"),
        ("let x = math::sin(3.0);", "That is Python's"),
        ("import numpy as np", "neurobook::prelude"),
        ("let z = 1.0 + 2.0 * i;", "`Complex64::I`"),
        ("let z = 1.0 + 2.0i;", "`Complex64::I`"),
        ("let z = 1.0 + 2j;", "`Complex64::I`"),
        ("let y = 2.0dt;", "multiplication sign"),
        ("let dt = 0.1; let y = 2.0 dt;", "missing between these two"),
        ("let dt = 0.1; let y = dt(1.0 + 2.0);", "multiplication sign missing"),
        ("let x = 1,5;", "1.5, not 1,5"),
        ("let x = .5;", "0.5, not .5"),
        ("let x = 3.0 # comment\n;", "begins with `//`"),
        ("# comment\nlet x = 1.0;", "begins with `//`"),
        ("let x = 1.0; if x > 0.0 and x < 2.0 { }", "`&&`"),
        ("let x = 1.0; if not x > 0.0 { }", "`!(x > 0.0)`"),
        ("let x = 1.0; if x > 0.0: \n", "between braces"),
        ("for k in 0..3: { }", "between braces"),
        ("for k = 0..3 { }", "`for k in 0..n { … }`"),
        ("for (let k = 0; k < 3; k++) { }", "`for k in 0..n { … }`"),
        ("for k in range(3) { }", "`for k in 0..n`"),
        ("let mut k = 0; k++;", "`k += 1`"),
        ("let s = 'hello';", "double quotes"),
        ("println!('a text with {} values', 3);", "double quotes"),
        ("let x = 1.0; let s = f\"{x}\";", "`format!(\"{x}\")`"),
        ("let x: f64 = blank!(2.0 * 3.0);", "in place of the whole blank"),
        (
            "fn f() -> (Array1<Complex64>, Array1<f64>) { let x = Array1::<Complex64>::zeros(2); let t = Array1::<f64>::zeros(2); (t, x) }",
            "in the order",
        ),
        ("let x = 3.0 − 1.0;", "looks like a minus"),
        ("let x = 3.0; let y = x − 1.0;", "`x - 1.0`"),
        ("let x = 3.0; let y = 2.0 × x;", "`2.0 * x`, with a star"),
        ("let x = 3.0; let y = 2.0 · x;", "`2.0 * x`, with a star"),
        ("let x = 3.0; let y = x ÷ 2.0;", "`x / 2.0`"),
        ("let x = 3.0; if x ≤ 2.0 { }", "`<=` for ≤"),
        ("let x = 3.0; let y = x²;", "`x.powi(2)`"),
        ("let s = “text”;", "straight double quotes"),
        ("let x: float = 1.0;", "A real number is an `f64`"),
        ("let x: int = 1;", "A real number is an `f64`"),
    ]);
}

#[test]
fn what_is_missing_is_explained() {
    each_says(&[
        ("x = 3.0;", "begins with `let`"),
        ("let y = x;", "Is it spelt"),
        ("let x = 3.0; x = 4.0;", "keeps its first value"),
        ("let x = 3.0; x += 4.0;", "keeps its first value"),
        ("let x = Array1::<f64>::zeros(3); x[0] = 1.0;", "declared with `let mut`"),
        ("let x = vec![1.0]; x.push(1.0);", "declared with `let mut`"),
        ("let x = 3.0\nlet y = 4.0;", "ends in a semicolon"),
        ("let y = 4.0", "ends in a semicolon"),
        ("let dt = 0.1;\nlet x = 2.0\ndt", "ends in a semicolon"),
        ("let mut x = 1.0; let dt = 0.1;\nx = x + dt\nx = 2.0;", "ends in a semicolon"),
        ("let mut x = vec![1.0];\nx.push(2.0)\nx.push(3.0);", "ends in a semicolon"),
        ("let y = (4.0 * 2.0;", "Each bracket"),
        ("fn f(x: f64) -> f64 { 2.0 * x; }", "The last line of a function"),
        ("fn f(x: f64) -> f64 { let y = 2.0 * x; }", "The last line of a function"),
        ("fn f(x: f64) -> f64 { for k in 0..3 { x + 1.0 } }", "goes nowhere"),
        ("fn f(x: f64) { 2.0 * x }", "named in its first line"),
        ("fn f(x: f64) f64 { 2.0 * x }", "behind an arrow"),
        ("fn f(x) { 2.0 }", "Each argument of a function has a type"),
        ("fn f(x: f64) -> f64 { if x > 0.0 { 2.0 } }", "Without an `else`"),
        ("fn f(x: f64) -> f64 { x } f();", "exactly as many arguments"),
        ("let x = 1.0; if x { }", "A condition is a comparison"),
        ("let t = None;", "`let x: Option<f64> = None;`"),
        ("let x = Array1::zeros(3);", "cannot guess the type"),
        ("fn f(x: Array1) { }", "`Array1<f64>`"),
        ("struct P { a: f64, b: f64 } let p = P { a: 1.0 };", "all its fields"),
        ("struct P { a: f64 } let p = P { a = 1.0 };", "with a colon"),
        ("struct P { a: f64 } let p = P(1.0);", "in braces"),
        ("struct P { a: f64 } let p = P { a: 1.0 }; p.b;", "no such field"),
        ("let x = \"7\".parse::<f64>()?;", "`.unwrap()`"),
    ]);
}

#[test]
fn arrays_lists_and_complex_numbers_are_explained() {
    each_says(&[
        ("let a = Array2::<f64>::zeros((3, 3)); let b = a[0][1];", "`a[[i, j]]`"),
        ("let a = Array2::<f64>::zeros((3, 3)); let b = a[0, 1];", "`a[[i, j]]`"),
        ("let a = Array2::<f64>::zeros(3, 3);", "`Array2::zeros((rows, columns))`"),
        ("let x = Array1::<f64>::zeros(3); let n = x.len * 2;", "called with brackets"),
        ("let x = Array1::<f64>::zeros(3); let n = len(x);", "`x.len()`"),
        ("let x = Array1::<f64>::zeros(3); let n = x.size;", "`x.len()`"),
        ("let mut x: Array1<f64> = Array1::zeros(3); x.length();", "`x.len()`"),
        ("let x = zeros(3);", "made by its type"),
        ("let x: Array1<f64> = Array1.zeros(3);", "two colons"),
        ("let x = sin(3.0);", "stands behind it"),
        ("let x = 2.0 * pi;", "`PI`"),
        ("let x = max(1.0, 2.0);", "`a.max(b)`"),
        ("let x = Array1::<f64>::zeros(3); let y = x[1:2];", "`x.slice(s![1..3])`"),
        ("let x = Array1::<f64>::zeros(3); let y = x[1..2];", "`x.slice(s![1..3])`"),
        ("let x = vec![1.0, 2.0]; let y = x[1..2];", "`&x[1..3]`"),
        ("let x = vec![1.0, 2.0]; let y = 2.0 * x;", "Only arrays"),
        ("let x = [1.0, 2.0]; let y = 2.0 * x;", "Only arrays"),
        ("let x = vec![1.0, 2.0]; let y = x + x;", "Only arrays"),
        ("let x: Array1<f64> = vec![1.0, 2.0];", "`array![1.0, 2.0]`"),
        ("let x: Array1<f64> = [1.0, 2.0];", "`array![1.0, 2.0]`"),
        ("let x: Array1<f64> = Array1::zeros(3); let m = x.mean() * 2.0;", "`.unwrap()`"),
        ("let x: Array1<f64> = Array1::zeros(3); let m: f64 = x.mean();", "`.unwrap()`"),
        ("let z = Complex64(1.0, 2.0);", "`Complex64::new(re, im)`"),
        ("let z: Complex64 = 1.0;", "`Complex64::new(x, 0.0)`"),
        ("let x: f64 = Complex64::new(1.0, 2.0);", "`z.norm()`"),
        ("let z = Complex64::new(1.0, 2.0); let x = z.re();", "leave out the brackets"),
        ("let z = Complex64::new(1.0, 2.0); let x = z.real;", "`z.re` and `z.im`"),
        ("let z = Complex64::new(1.0, 2.0); let x = z.abs();", "`z.norm()`"),
        ("let x = 1.0; let n = \"a\" as f64;", "`as` converts one number"),
        ("let s = \"a\" + \"b\";", "`format!(\"{a}{b}\")`"),
    ]);
}

#[test]
fn lending_and_handing_over_are_explained() {
    let takes = "fn f(x: Array1<f64>) -> f64 { x[0] } let x = Array1::<f64>::zeros(3);";
    let borrows = "fn f(x: &Array1<f64>) -> f64 { x[0] } let x = Array1::<f64>::zeros(3);";
    each_says(&[
        ("let x = Array1::<f64>::zeros(3); let y = x; let z = &x + 1.0;", "handed over"),
        (&format!("{takes} f(x); f(x);"), "handed over"),
        ("let x = Array1::<f64>::zeros(3); let y = x + 1.0; let z = x + 1.0;", "`&x + 1.0`"),
        (&format!("{borrows} f(x);"), "write `&` before it"),
        (&format!("{takes} f(&x);"), "leave out the `&`"),
        ("fn f(x: f64) -> f64 { x } f(&3.0);", "leave out the `&`"),
        ("fn f(x: &Array1<f64>) { x[0] = 1.0; }", "may be read, not changed"),
        ("let mut x = vec![1.0]; let y = &x[0]; x.push(2.0); println!(\"{y}\");", "while it is lent"),
    ]);
}

#[test]
fn statements_of_other_languages_are_explained() {
    each_says(&[
        ("let x = 1.0; if x > 2.0 { } elif x > 0.0 { }", "`} else if x > 0.0"),
        ("class Brain { }", "`struct Name"),
        ("try:\n    let x = 1.0;", "Rust has no `try`"),
        ("with open(\"a\") as f:\n    let x = 1.0;", "no `with`"),
        ("print \"a\"", "`println!"),
        ("let x = vec![1.0]; let y = [2.0 * v for v in x];", ".collect::<Vec<f64>>()"),
        ("let x = 1.0; let y = 1.0 if x > 0.0 else 2.0;", "`let y = if x > 0.0"),
        ("let x = vec![1]; if 3 in x { }", "`list.contains(&x)`"),
        ("let x = vec![1]; if 3 not in x { }", "`list.contains(&x)`"),
        ("let x = 1.0; if x is None { }", "`x.is_nan()`"),
        ("let x = 1.0; if 0.0 < x < 2.0 { }", "joined by `&&`"),
        ("let x = 1.0; if x > 0.0 & x < 2.0 { }", "joined by `&&`"),
        ("let a, b = 1.0, 2.0;", "`let (a, b) = (1.0, 2.0);`"),
        ("let mut a = 1.0; let mut b = 2.0;\na, b = b, a;", "`let (a, b) = (1.0, 2.0);`"),
        ("let firing-rate = 1.0;", "`firing_rate`"),
        ("let d = {\"a\": 1.0, \"b\": 2.0};", "HashMap"),
        ("let dt = 0.1 ms;", "no unit in Rust"),
        ("let dt = 0.1ms;", "no unit in Rust"),
        ("let n = 7 // 2;\nlet m = n;", "`//` begins a remark"),
        ("let x = 2.5; println!(\"{x:.2f}\");", "`{x:.2}`"),
        ("let mut x = 2.5; x = None;", "f64::NAN"),
        ("let mut x = None;", "`let x: Option<f64> = None;`"),
        ("let x = 2.5; if x == None { }", "f64::NAN"),
    ]);
}

#[test]
fn functions_of_other_languages_are_explained() {
    each_says(&[
        ("let n = int(2.5);", "`x as i64`"),
        ("let x = float(2);", "`k as f64`"),
        ("let s = str(2.5);", "`format!(\"{x}\")`"),
        ("let x = vec![1.0]; let s = sum(x);", "`x.sum()`"),
        ("let x = vec![1.0]; let s = sorted(x);", "total_cmp"),
        ("let x = vec![1.0]; for (k, v) in enumerate(x) { }", ".enumerate()"),
        ("let x = vec![1.0]; for (k, v) in zip(x, x) { }", "one.iter().zip"),
        ("printf(\"a\");", "`println!"),
        ("let x = nan;", "`f64::NAN`"),
        ("let x = input();", "keyboard"),
        ("plot(1.0, 2.0);", "`Figure::new()"),
        ("let mut x = vec![1.0]; x.append(2.0);", "`list.push(x);`"),
        ("let x = vec![1.0]; x.mean();", "`Array1::from_vec(list)`"),
        ("let x = vec![1.0]; let s = x.sum();", "`list.iter().sum::<f64>()`"),
        ("let x = [1.0, 2.0]; let s = x.max();", "f64::max"),
        ("let x = array![1.0, 2.0]; let s = x.max();", "f64::max"),
        ("let x = vec![1.0]; let n = x.size();", "`x.len()`"),
        ("let a = Array2::<f64>::zeros((2, 2)); let b = a.T;", "`a.t()`"),
        ("let n: usize = 2; let r = n.sqrt();", "`(n as f64).sqrt()`"),
        ("let x = vec![1.0]; let y = x.sin();", "`x.mapv"),
        ("let s = \"{}\".format(2.5);", "`format!(\"{x}\")`"),
        ("let x = array![1.0, 2.0]; let y = x.mean().powi(2);", "`.unwrap()`"),
        ("let mut x = vec![2.0, 1.0]; x.sort();", "total_cmp"),
        ("let x = vec![2.0, 1.0]; let y = x.iter().max();", "f64::max"),
        ("let x = vec![1.0]; for v in x { } println!(\"{}\", x.len());", "`for x in &list`"),
        ("println!(\"{}\", 5 / 0);", "divided by zero"),
        ("let x = [1.0, 2.0]; println!(\"{}\", x[2]);", "not so many elements"),
        ("let n: usize = 3; println!(\"{}\", n - 5);", "never below 0"),
        ("fn name(x: f64) -> &str { \"a\" }", "`&'static str`"),
        ("struct P { a: f64 } impl P { fn f() -> f64 { self.a } }", "`&self`"),
    ]);
}
