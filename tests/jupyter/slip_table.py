"""Mistakes that somebody makes who knows a little Python: what is typed, what has to be read first, and what that leads to.

A slip in an exercise fills the blanks of its cell, in order; any other stands in a cell of one's own.
"""
from dataclasses import dataclass


@dataclass(frozen=True)
class Slip:
    """One mistake. Without a `line`, what is read is no error of the compiler, but a panic, a verdict or an output."""

    name: str
    typed: str | tuple
    reads: str
    right: str | tuple
    shows: str = ""
    line: int | None = 1
    exercise: str | None = None
    chapter: str = "00"
    # Cells that are run before, and go well.
    before: tuple = ()


def own(name, typed, reads, right, shows="", line=1, before=(), chapter="00"):
    """A slip in a cell of one's own."""
    return Slip(name, typed, reads, right, shows, line, None, chapter, before)


def blank(chapter, exercise, name, typed, reads, right, line):
    """A slip in an exercise, whose check passes in the end."""
    return Slip(name, typed, reads, right, "✓", line, exercise, chapter)


SYNTAX = [
    own("print as in Python", 'print("hello")', 'println!("{x}");', 'println!("hello");', "hello"),
    own("println without its sign", 'println("hello")', "with the `!`", 'println!("hello");', "hello"),
    own("text in single quotes", "println!('hello');", "double quotes", 'println!("hello");', "hello"),
    own("an f-string", 'let x = 2.5;\nprintln!(f"{x}");', "without an f", 'let x = 2.5;\nprintln!("{x}");', "2.5", line=2),
    own("a bare value printed", "let x = 2.5;\nprintln!(x);", "between quotes", 'let x = 2.5;\nprintln!("{x}");', "2.5", line=2),
    own("digits as Python has them", 'let x = 2.5;\nprintln!("{x:.2f}");', "`{x:.2}`", 'let x = 2.5;\nprintln!("{x:.2}");', "2.50", line=2),
    own("more braces than values", 'println!("{} and {}", 1.5);', "one `{}` for each value", 'println!("{} and {}", 1.5, 2.5);', "1.5 and 2.5"),
    own("no semicolon", 'let x = 2.5\nprintln!("{x}");', "ends in a semicolon", 'let x = 2.5;\nprintln!("{x}");', "2.5"),
    own("a variable without let", 'voltage = 2.5;\nprintln!("{voltage}");', "begins with `let`", 'let voltage = 2.5;\nprintln!("{voltage}");', "2.5"),
    own("a loop with range", "for k in range(3):\n    println!(\"{k}\");\n}", "`for k in 0..3 {`", 'for k in 0..3 {\n    println!("{k}");\n}', "2"),
    own("a loop with range and braces", 'for k in range(3) {\n    println!("{k}");\n}', "`for k in 0..n`", 'for k in 0..3 {\n    println!("{k}");\n}', "2"),
    own("a loop over a number", 'for k in 3 {\n    println!("{k}");\n}', "`for k in 0..n`", 'for k in 0..3 {\n    println!("{k}");\n}', "2"),
    own("if with a colon", 'let x = 2.5;\nif x > 0.0:\n    println!("up");', "`if x > 0.0 {`", 'let x = 2.5;\nif x > 0.0 {\n    println!("up");\n}', "up", line=2),
    own("elif", 'let x = 2.5;\nif x > 9.0 {\n    println!("a");\n} elif x > 0.0 {\n    println!("b");\n}', "`} else if x > 0.0", 'let x = 2.5;\nif x > 9.0 {\n    println!("a");\n} else if x > 0.0 {\n    println!("b");\n}', "b", line=4),
    own("and", 'let x = 2.5;\nif x > 0.0 and x < 9.0 {\n    println!("in");\n}', "`&&`", 'let x = 2.5;\nif x > 0.0 && x < 9.0 {\n    println!("in");\n}', "in", line=2),
    own("not", 'let x = 2.5;\nif not x > 9.0 {\n    println!("low");\n}', "`!(x > 0.0)`", 'let x = 2.5;\nif !(x > 9.0) {\n    println!("low");\n}', "low", line=2),
    own("a chain of comparisons", 'let x = 2.5;\nif 0.0 < x < 9.0 {\n    println!("in");\n}', "joined by `&&`", 'let x = 2.5;\nif 0.0 < x && x < 9.0 {\n    println!("in");\n}', "in", line=2),
    own("a condition behind its value", 'let x = 2.5;\nlet y = 1.0 if x > 0.0 else 2.0;', "`let y = if x > 0.0 { 1.0 } else { 2.0 };`", 'let x = 2.5;\nlet y = if x > 0.0 { 1.0 } else { 2.0 };\nprintln!("{y}");', "1", line=2),
    own("def", "def twice(x):\n    return 2 * x", "`fn twice(x: f64) -> f64 {`", "fn twice(x: f64) -> f64 {\n    2.0 * x\n}\nprintln!(\"{}\", twice(2.5));", "5"),
    own("a lambda", "let twice = lambda x: 2.0 * x;", "Rust has no `lambda`", 'fn twice(x: f64) -> f64 {\n    2.0 * x\n}\nprintln!("{}", twice(2.5));', "5"),
    own("a list comprehension", "let x = vec![1.0, 2.0];\nlet y = [2.0 * v for v in x];", ".collect::<Vec<f64>>()", 'let x = vec![1.0, 2.0];\nlet y = x.iter().map(|v| 2.0 * v).collect::<Vec<f64>>();\nprintln!("{y:?}");', "[2.0, 4.0]", line=2),
    own("import", "import numpy as np", "`use neurobook::prelude::*;`", "use neurobook::prelude::*;"),
    own("two values at once", 'let a, b = 1.5, 2.5;', "`let (a, b) = (1.0, 2.0);`", 'let (a, b) = (1.5, 2.5);\nprintln!("{b}");', "2.5"),
    own("a swap", "let mut a = 1.5;\nlet mut b = 2.5;\na, b = b, a;", "`let (a, b) = (1.0, 2.0);`", 'let a = 1.5;\nlet b = 2.5;\nlet (a, b) = (b, a);\nprintln!("{a} {b}");', "2.5 1.5", line=3),
    own("a remark with a hash", 'let x = 2.5; # mV', "begins with `//`", 'let x = 2.5; // mV\nprintln!("{x}");', "2.5"),
    own("a unit", "let dt = 0.1 ms;", "// ms", 'let dt = 0.1; // ms\nprintln!("{dt}");', "0.1"),
    own("a comma in a number", "let x = 1,5;", "1.5, not 1,5", 'let x = 1.5;\nprintln!("{x}");', "1.5"),
    own("a minus in a name", "let firing-rate = 2.5;", "`firing_rate`", 'let firing_rate = 2.5;\nprintln!("{firing_rate}");', "2.5"),
    own("whole division as Python has it", "let n = 7 // 2;\nprintln!(\"{n}\");", "`7 / 2` is 3", 'let n = 7 / 2;\nprintln!("{n}");', "3"),
    own("counting up", "let mut k = 0;\nk++;", "`k += 1`", 'let mut k = 0;\nk += 1;\nprintln!("{k}");', "1", line=2),
    own("a brace too few", 'for k in 0..3 {\n    println!("{k}");', "Each bracket", 'for k in 0..3 {\n    println!("{k}");\n}', "2"),
    own("True", 'let fired = True;', "small letters", 'let fired = true;\nprintln!("{fired}");', "true"),
    own("None", "let mut x = 2.5;\nx = None;", "f64::NAN", 'let mut x = 2.5;\nx = f64::NAN;\nprintln!("{x}");', "NaN", line=2),
]

NAMES = [
    own("len", "let x = vec![1.5, 2.5];\nlet n = len(x);", "`x.len()`", 'let x = vec![1.5, 2.5];\nlet n = x.len();\nprintln!("{n}");', "2", line=2),
    own("numpy", "let x = np.zeros(3);", "That is Python's", 'let x: Array1<f64> = Array1::zeros(3);\nprintln!("{x}");', "[0, 0, 0]"),
    own("sum", "let x = array![1.5, 2.5];\nlet s = sum(x);", "`x.sum()`", 'let x = array![1.5, 2.5];\nlet s = x.sum();\nprintln!("{s}");', "4", line=2),
    own("float of a count", "let n: usize = 5;\nlet x = float(n);", "`k as f64`", 'let n: usize = 5;\nlet x = n as f64;\nprintln!("{}", x / 2.0);', "2.5", line=2),
    own("str", "let x = 2.5;\nlet s = str(x);", '`format!("{x}")`', 'let x = 2.5;\nlet s = format!("{x}");\nprintln!("{s} mV");', "2.5 mV", line=2),
    own("append to a list", "let mut x = vec![1.5];\nx.append(2.5);", "`list.push(x);`", 'let mut x = vec![1.5];\nx.push(2.5);\nprintln!("{x:?}");', "[1.5, 2.5]", line=2),
    own("the mean of a list", "let x = vec![1.5, 2.5];\nlet m = x.mean();", "`Array1::from_vec(list)`", 'let x = Array1::from_vec(vec![1.5, 2.5]);\nlet m = x.mean().unwrap();\nprintln!("{m}");', "2", line=2),
    own("a value that may be missing", "let x = array![1.5, 2.5];\nlet y = 2.0 * x.mean();", "`.unwrap()`", 'let x = array![1.5, 2.5];\nlet y = 2.0 * x.mean().unwrap();\nprintln!("{y}");', "4", line=2),
    own("a method without brackets", "let x = array![1.5, 2.5];\nlet n = x.len / 2;", "with brackets", 'let x = array![1.5, 2.5];\nlet n = x.len() / 2;\nprintln!("{n}");', "1", line=2),
    own("a word spelt wrong", "let rate = 2.5;\nprintln!(\"{}\", raet);", "Is it spelt", 'let rate = 2.5;\nprintln!("{}", rate);', "2.5", line=2),
    own("a variable in a function", "let tau = 20.0;\nfn left(t: f64) -> f64 {\n    (-t / tau).exp()\n}", "one more argument", 'let tau = 20.0;\nfn left(t: f64, tau: f64) -> f64 {\n    (-t / tau).exp()\n}\nprintln!("{}", left(0.0, tau));', "1", line=3),
    own("a variable of another cell in a function", "fn left(t: f64) -> f64 {\n    (-t / tau).exp()\n}", "one more argument", 'fn left(t: f64, tau: f64) -> f64 {\n    (-t / tau).exp()\n}\nprintln!("{}", left(0.0, tau));', "1", line=2, before=("let tau = 20.0;",)),
    own("a variable that another cell took", 'println!("{volumes:?}");', "`volumes` is gone", 'let volumes = vec![1.5, 2.5];\nprintln!("{volumes:?}");', "[1.5, 2.5]", before=("let volumes = vec![1.5, 2.5];", "let taken = volumes;")),
]

TYPES = [
    own("a power with a roof", "let x = 2.5;\nlet y = x^2.0;", "`^` is not a power", 'let x: f64 = 2.5;\nlet y = x.powi(2);\nprintln!("{y}");', "6.25", line=2),
    own("a power with stars", "let x = 2.5;\nlet y = x ** 2;", "`**` is not a power", 'let x: f64 = 2.5;\nlet y = x.powi(2);\nprintln!("{y}");', "6.25", line=2),
    own("a whole number times a float", "let n: usize = 5;\nlet y = n * 0.5;", "`k as f64`", 'let n: usize = 5;\nlet y = n as f64 * 0.5;\nprintln!("{y}");', "2.5", line=2),
    own("a total that begins whole", "let mut total = 0;\ntotal += 1.5;", "2.0 for 2", 'let mut total = 0.0;\ntotal += 1.5;\nprintln!("{total}");', "1.5", line=2),
    own("a text plus a number", 'let x = 2.5;\nprintln!("rate: " + x);', "between quotes", 'let x = 2.5;\nprintln!("rate: {x}");', "rate: 2.5", line=2),
    own("a text for a number", 'let rate: f64 = "2.5";', "has no quotes", 'let rate: f64 = 2.5;\nprintln!("{rate}");', "2.5"),
    own("no mut", "let spikes = 2;\nspikes += 1;", "`let mut`", 'let mut spikes = 2;\nspikes += 1;\nprintln!("{spikes}");', "3", line=2),
    own("no mut before an array", "let x = array![1.5, 2.5];\nx[0] = 0.5;", "`let mut`", 'let mut x = array![1.5, 2.5];\nx[0] = 0.5;\nprintln!("{x}");', "[0.5, 2.5]", line=2),
    own("adding to a whole array", "let mut x = array![1.5, 2.5];\nx += 1;", "2.0 for 2", 'let mut x = array![1.5, 2.5];\nx += 1.0;\nprintln!("{x}");', "[2.5, 3.5]", line=2),
    own("calculating with a list", "let x = vec![1.5, 2.5];\nlet y = 2.0 * x;", "Only arrays", 'let x = array![1.5, 2.5];\nlet y = 2.0 * x;\nprintln!("{y}");', "[3, 5]", line=2),
    own("an index below zero", "let x = vec![1.5, 2.5];\nlet last = x[-1];", "`x[x.len() - 1]`", 'let x = vec![1.5, 2.5];\nlet last = x[x.len() - 1];\nprintln!("{last}");', "2.5", line=2),
    own("a part with a colon", "let x = array![1.5, 2.5, 3.5];\nlet y = x[0:2];", "`x.slice(s![1..3])`", 'let x = array![1.5, 2.5, 3.5];\nlet y = x.slice(s![0..2]).to_owned();\nprintln!("{y}");', "[1.5, 2.5]", line=2),
    own("two brackets for a matrix", "let a: Array2<f64> = Array2::zeros((2, 2));\nlet b = a[0][1];", "`a[[i, j]]`", 'let a: Array2<f64> = Array2::zeros((2, 2));\nlet b = a[[0, 1]];\nprintln!("{b}");', "0", line=2),
    own("a list that a loop used up", "let x = vec![1.5, 2.5];\nfor v in x {\n    println!(\"{v}\");\n}\nprintln!(\"{}\", x.len());", "`for x in &list`", 'let x = vec![1.5, 2.5];\nfor v in &x {\n    println!("{v}");\n}\nprintln!("{}", x.len());', "2", line=5),
    own("an argument that is handed over", "fn first(x: &[f64]) -> f64 {\n    x[0]\n}\nlet x = vec![1.5];\nprintln!(\"{}\", first(x));", "write `&` before it", 'fn first(x: &[f64]) -> f64 {\n    x[0]\n}\nlet x = vec![1.5];\nprintln!("{}", first(&x));', "1.5", line=5),
    own("one argument too few", "fn left(v: f64, t: f64) -> f64 {\n    v * (-t).exp()\n}\nprintln!(\"{}\", left(2.5));", "exactly as many arguments", 'fn left(v: f64, t: f64) -> f64 {\n    v * (-t).exp()\n}\nprintln!("{}", left(2.5, 0.0));', "2.5", line=4),
    own("no type of the result", "fn twice(x: f64) {\n    2.0 * x\n}", "named in its first line", 'fn twice(x: f64) -> f64 {\n    2.0 * x\n}\nprintln!("{}", twice(2.5));', "5", line=2),
    own("a type of Python", "fn twice(x: float) -> float {\n    2.0 * x\n}", "A real number is an `f64`", 'fn twice(x: f64) -> f64 {\n    2.0 * x\n}\nprintln!("{}", twice(2.5));', "5"),
    own("a row that is kept", "let a: Array2<f64> = Array2::zeros((2, 2));\nlet row = a.row(0);", "`.to_owned()`", 'let a: Array2<f64> = Array2::zeros((2, 2));\nlet row = a.row(0).to_owned();\nprintln!("{row}");', "[0, 0]", line=2),
    own("division of a whole number by zero", 'println!("{}", 5 / 0);', "divided by zero", 'println!("{}", 5.0 / 0.0);', "inf"),
    own("sorting numbers", "let mut x = vec![2.5, 1.5];\nx.sort();", "`list.sort_by(f64::total_cmp);`", 'let mut x = vec![2.5, 1.5];\nx.sort_by(f64::total_cmp);\nprintln!("{x:?}");', "[1.5, 2.5]", line=2),
]

RUNNING = [
    own("an index that is too large", "let x = array![1.5, 2.5];\nlet k = x.len();\nprintln!(\"{}\", x[k]);", "An index lies outside its array", 'let x = array![1.5, 2.5];\nlet k = x.len() - 1;\nprintln!("{}", x[k]);', "2.5", line=None),
    own("a loop one too far", "let x = vec![1.5, 2.5];\nfor k in 0..=x.len() {\n    println!(\"{}\", x[k]);\n}", "An index lies outside its array", 'let x = vec![1.5, 2.5];\nfor k in 0..x.len() {\n    println!("{}", x[k]);\n}', "2.5", line=None),
    own("a count below zero", "let x: Vec<f64> = Vec::new();\nprintln!(\"{}\", x.len() - 1);", "went below 0", 'let x: Vec<f64> = vec![1.5];\nprintln!("{}", x.len() - 1);', "0", line=None),
    own("arrays of two lengths", "let x = array![1.5, 2.5];\nlet y = array![1.5, 2.5, 3.5];\nprintln!(\"{}\", &x + &y);", "not of one shape", 'let x = array![1.5, 2.5];\nlet y = array![1.5, 2.5];\nprintln!("{}", &x + &y);', "[3, 5]", line=None),
    own("a text that is not a number", 'let x: f64 = "2,5".parse().unwrap();', "A number has a point and no comma", 'let x: f64 = "2.5".parse().unwrap();\nprintln!("{x}");', "2.5", line=None),
]

EXERCISES = [
    blank("00", "square", "a power with a roof in a blank", ("x^2.0",), "`^` is not a power", ("x.powi(2)",), 3),
    blank("00", "square", "a semicolon behind the result", ("x * x;",), "no semicolon", ("x * x",), 2),
    blank("00", "square", "code inside the blank", ('blank!(x * x)',), "in place of the whole blank", ("x * x",), 3),
    blank("00", "square", "twice instead of squared", ("2.0 * x",), "That is twice x", ("x * x",), None),
    blank("00", "mean", "a whole number among floats", ("values.iter().sum()", "values.len()"), "`k as f64`", ("values.iter().sum()", "values.len() as f64"), 4),
    blank("00", "mean", "the sum of a list", ("values.sum()", "values.len() as f64"), "`list.iter().sum::<f64>()`", ("values.iter().sum::<f64>()", "values.len() as f64"), 3),
    blank("00", "band", "a single equals sign", ('if frequency = 4.0 { "delta" } else { "theta" }',), "`==`", ('if frequency < 4.0 { "delta" } else if frequency < 8.0 { "theta" } else { "faster" }',), 3),
    blank("00", "one_to_ten", "an end that is left out", ("Array1::range(1.0, 10.0, 1.0)",), "10", ("Array1::range(1.0, 11.0, 1.0)",), None),
    blank("01", "recording_facts", "seconds for minutes", ("series.nrows()", "series.ncols()", "times as f64 * repetition_time"), "60", ("series.nrows()", "series.ncols()", "times as f64 * repetition_time / 60.0"), None),
    blank("01", "recording_facts", "the shape as in Python", ("series.shape[0]", "series.ncols()", "times as f64 * repetition_time / 60.0"), "with brackets", ("series.shape()[0]", "series.ncols()", "times as f64 * repetition_time / 60.0"), 3),
    blank("01", "pearson", "an array that is used up", ("x - mean_x", "y - mean_y", "(dx * dy).sum()", "((&dx * &dx).sum() * (&dy * &dy).sum()).sqrt()"), "`&x + 1.0`", ("x - mean_x", "y - mean_y", "(&dx * &dy).sum()", "((&dx * &dx).sum() * (&dy * &dy).sum()).sqrt()"), 8),
    blank("03", "coupling_input", "a matrix with two brackets", ("weights[node][m] * (x[m] - x[node])", "sum * coupling"), "`a[[i, j]]`", ("weights[[node, m]] * (x[m] - x[node])", "sum * coupling"), 10),
    blank("03", "coupling_input", "the wrong order of the difference", ("weights[[node, m]] * (x[node] - x[m])", "sum * coupling"), "", ("weights[[node, m]] * (x[m] - x[node])", "sum * coupling"), None),
    blank("04", "best_value", "an or as Python has it", ("values[best]", "best == 0 or best == values.len() - 1"), "“or” `||`", ("values[best]", "best == 0 || best == values.len() - 1"), 10),
]

SLIPS = SYNTAX + NAMES + TYPES + RUNNING + EXERCISES
