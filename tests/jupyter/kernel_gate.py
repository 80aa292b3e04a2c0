"""Every notebook in the real kernel through a real Jupyter client, and how that kernel behaves.

Usage: cargo run -- python tests/jupyter/kernel_gate.py [TEST NAME...]
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import checkout
import every_notebook
import harness
from kernel import Kernel

IMPORT = "use neurobook::prelude::*;"
FIGURE = 'Figure::new().title("{0}").line([0.0, 1.0], [0.0, 1.0]).show();'
ENDLESS = "let mut turns: u64 = 0; loop { turns = turns.wrapping_add(1); }"


def two_notebooks_run_at_once():
    """Two kernels that start together, each with a variable of its own."""
    one, other = Kernel(), Kernel()
    with one, other:
        for kernel, number in [(one, 1), (other, 2)]:
            kernel.succeed(f"{IMPORT}\nlet mine: i32 = {number};")
        both = [kernel.send(ENDLESS.replace("loop", "while turns < 1_000_000")) for kernel in (one, other)]
        assert one.finish(both[0]).clean and other.finish(both[1]).clean
        assert [one.value("mine"), other.value("mine")] == ["1", "2"]


def a_restarted_kernel_has_forgotten_and_runs_again():
    """Restart, then the same cells once more."""
    with Kernel() as kernel:
        kernel.succeed("let kept: i32 = 5;")
        kernel.restart()
        ran = kernel.run("let z: Complex64 = Complex64::new(kept as f64, 0.0);")
        assert ran.errors[0]["evalue"].startswith("This kernel is new. Run the first code cell, then down to here."), ran.errors
        assert "cannot find" in ran.errors[0]["evalue"] and len(ran.traceback.splitlines()) == 2, ran.traceback
        kernel.succeed(f"{IMPORT}\nlet kept: i32 = 6;")
        assert kernel.value("kept") == "6"


def an_endless_loop_is_interrupted_and_the_next_cell_runs():
    """The interrupt ends the loop; after something is shown, a panic is friendly again."""
    with Kernel() as kernel:
        kernel.succeed(IMPORT)
        endless = kernel.send(ENDLESS)
        time.sleep(3)
        kernel.interrupt()
        ran = kernel.finish(endless, timeout=30)
        assert ran.status == "error", "the interrupted cell counts as a success"
        kernel.succeed(f"{IMPORT}\n{FIGURE.format('after the interrupt')}")
        assert "one, two" in kernel.run('panic!("one, two");').panic["message"]


def a_sweep_is_interrupted_and_the_next_cell_runs():
    """The interrupt ends all its threads; until then it says how far it is, and not any more afterwards."""
    with Kernel() as kernel:
        kernel.succeed(IMPORT)
        long = kernel.send("let runs = sweep(&vec![0.0; 1000], |value| { std::thread::sleep(std::time::Duration::from_millis(500)); value });")
        time.sleep(10)
        kernel.interrupt()
        ran = kernel.finish(long, timeout=30)
        assert ran.status == "error", "the interrupted cell counts as a success"
        assert " of 1000 runs, about " in ran.cleared, f"no progress is shown: {ran.stdout}"
        assert not ran.stdout, f"the progress is still there: {ran.stdout}"
        kernel.succeed(f"{IMPORT}\nassert_eq!(sweep(&[1.0, 2.0], |value| 2.0 * value), [2.0, 4.0]);")


def how_far_a_sweep_is_goes_when_it_has_ended_and_what_was_printed_stays():
    """More than five seconds of it, on as many cores as there are."""
    slow = """let values = vec![0.0; 14 * std::thread::available_parallelism().unwrap().get()];
        let runs = sweep(&values, |value| { std::thread::sleep(std::time::Duration::from_millis(500)); value });"""
    with Kernel() as kernel:
        ran = kernel.run(f'{IMPORT}\nprintln!("before");\n{slow}\nprintln!("all: {{}}", runs.len() == values.len());')
        assert " runs, about " in ran.cleared, f"no progress is shown: {ran.stdout}"
        assert ran.stdout == "before\nall: true\n", ran.stdout


def an_index_below_zero_is_an_error():
    """Cells run fast, and yet no whole number wraps around."""
    with Kernel() as kernel:
        kernel.succeed("fn before(k: usize) -> usize { k - 1 }")
        panic = kernel.run("let first: usize = before(0);").panic
        assert panic and "overflow" in panic["message"], f"the index has wrapped around: {panic}"


def two_figures_in_one_cell_are_both_shown():
    """evcxr keeps the last output of a kind; the crate puts both into it."""
    with Kernel() as kernel:
        ran = kernel.succeed("\n".join([IMPORT, FIGURE.format("the first"), FIGURE.format("the second")]))
        assert ran.html.index("the first") < ran.html.index("the second")


def a_panic_is_a_short_message_without_a_stack_trace():
    """What a learner sees below a cell that stopped."""
    with Kernel() as kernel:
        ran = kernel.run("let values: Vec<i32> = vec![1, 2, 3]; let index: usize = 7; values[index]")
        assert ran.panic == {"message": "index out of bounds: the len is 3 but the index is 7", "blank": False}
        assert 'role="alert"' in ran.html and "the index is 7" in ran.html
        assert len(ran.html) < 500, f"the message has {len(ran.html)} letters"
        assert [error["traceback"] for error in ran.errors] == [["Panic: index out of bounds: the len is 3 but the index is 7"]], ran.errors
        assert not ran.stderr.strip(), f"also on stderr: {ran.stderr}"
        assert kernel.value("1 + 1") == "2"


def a_stopped_cell_shows_what_it_has_shown_itself_and_nothing_of_another_cell():
    """Whatever stopped before: the standard library reads its list of loaded cells at a process' first panic, and never again."""
    with Kernel() as kernel:
        kernel.run("let none: Vec<f64> = vec![]; none[3]")
        kernel.succeed(f"{IMPORT}\n{FIGURE.format('the earlier one')}")
        for cell in ('panic!("stop");', "let none: Vec<f64> = vec![]; none[3]", 'let rate: f64 = blank!("the rate");'):
            ran = kernel.run(cell)
            assert ran.html.startswith('<div role="alert"'), f"{cell} shows something of another cell:\n{ran.html[:300]}"
        ran = kernel.run(FIGURE.format("the same cell") + '\npanic!("stop");')
        assert ran.html.index("the same cell") < ran.html.index('role="alert"') and "the earlier one" not in ran.html


def a_check_does_not_judge_code_that_is_gone():
    """A right answer, then each of these in its place: the check says so and gives no verdict, until the cell is right again."""
    right = "fn square(x: f64) -> f64 {\n    x * x\n}"
    check = "check!(square(x) -> y);"
    mistakes = ["fn square(x: f64) -> f64 {\n    x * xx\n}", "fn square(x: f64) -> f64 {\n    x * x", "def square(x):\n    return x * x", "fn squared(x: f64) -> f64 {\n    x * x\n}"]
    with Kernel() as kernel:
        kernel.succeed(IMPORT)
        for mistake in mistakes:
            kernel.run(right, cell="exercise")
            assert "✓" in kernel.run(check, cell="check").html
            kernel.run(mistake, cell="exercise")
            ran = kernel.run(check, cell="check")
            assert ran.clean and "this would check your last version" in ran.html, f"{mistake}\n{ran.html}{ran.trouble()}"
            assert "this would check your last version" in ran.data["text/plain"]
            assert not any(mark in ran.html for mark in "✓✗"), ran.html
        # Another cell is not a check, and runs; a helper of the function counts as the function.
        kernel.succeed("fn twice(x: f64) -> f64 {\n    2.0 * x\n}\nfn square(x: f64) -> f64 {\n    twice(x) * x / 2.0\n}")
        assert "✓" in kernel.run(check).html
        kernel.run("fn twice(x: f64) -> f64 {\n    2 * x\n}")
        assert "The cell above has an error" in kernel.run(check).html
        assert kernel.value("square(3.0)") == "9.0"


def a_compile_error_names_the_line():
    """The learner's own line number and text."""
    with Kernel() as kernel:
        ran = kernel.run(f'{IMPORT}\nfn wrong() -> f64 {{\n    let rate: f64 = "fast";\n    rate\n}}')
        assert ran.status == "error" and len(ran.errors) == 1, ran.trouble()
        assert "mismatched types" in ran.errors[0]["evalue"]
        assert '3 │     let rate: f64 = "fast";' in ran.traceback and "[ cell:3:21 ]" in ran.traceback, ran.traceback


def only_true_errors_are_shown_after_cells_with_open_blanks_and_without_fixed_colours():
    """Open blanks make warnings in every later cell; a colour that is a number reads ill on a page of the other kind."""
    with Kernel() as kernel:
        kernel.succeed(f"{IMPORT}\nfn empty(x: f64) -> f64 {{\n    let y: f64 = blank!(\"y\");\n    y + x\n}}")
        kernel.run('let rate: f64 = blank!("the rate");')
        ran = kernel.run("// τ\nlet good: f64 = 1.0;\nlet wrong: f64 = goood;")
        error = ran.errors[0]
        assert error["evalue"].startswith("cannot find value `goood`"), error
        assert ran.traceback.count("Error:") == 1 and "unreachable" not in ran.traceback, ran.traceback
        assert ran.traceback.startswith("Line 3: Nothing of this name is known here.") and "[ cell:3:18 ]" in ran.traceback, ran.traceback
        assert "Help: a local variable with a similar name exists: `let wrong: f64 = good;`" in ran.traceback, ran.traceback
        assert not any("\x1b[38;" in line for line in error["traceback"]), error["traceback"]


def a_beginners_error_is_explained_in_plain_words():
    """The first sentence, with its line, above the picture of the error."""
    explained = [
        ("let mut x: Array1<f64> = Array1::zeros(3);\nx[0] = 1;", "An `f64` is written with a point: 1.0, not 1."),
        ("fn square(x: f64) -> f64 {\n    x^2\n}", "`^` is not a power in Rust"),
        ("// ω\nfn square(x: f64) -> f64 {\n    x**2\n}", "`**` is not a power in Rust"),
        ("let rate: f64 = 3.0;\nrate = 4.0;", "A variable keeps its first value unless it is declared with `let mut`."),
        ("let rate = 3.0", "A statement ends in a semicolon"),
        ("def f(x):\n    return 2 * x", "`fn f(x: f64) -> f64 {`"),
        ("fn sum(n: usize) -> usize {\n    let mut s = 0;\n    for k in range(1, n):\n        s += k;\n    }\n    s\n}", "Line 3 is Python's: `for k in range(1, n):`. Rust has braces and no colon: `for k in 1..n {`"),
        ("let x: f64 = blank!(2.0 * PI);", "in place of the whole blank"),
        ("let x: Array1<f64> = Array1::zeros(3);\nx[0] = 1.0;", "it must be declared with `let mut`"),
        ("println!('the rate is {}', 3.0);", "A text stands between double quotes"),
        ("let rate: f64 = 3.0;\nprintln!(f\"{rate}\");", "without an f"),
        ("let matrix = Array2::<f64>::zeros((2, 2));\nmatrix[0][1]", "One element of a matrix is `a[[i, j]]`"),
    ]
    with Kernel() as kernel:
        kernel.succeed(IMPORT)
        for cell, sentence in explained:
            ran = kernel.run(cell)
            first = " ".join(ran.traceback.split("\n\n")[0].split())
            assert ran.status == "error" and first.startswith("Line ") and sentence in first, f"{cell}\n{ran.traceback}"
        kernel.succeed("let rate: f64 = 3.0;")


def an_error_that_a_chapter_shows_is_the_kernels_own():
    """Each message in the chapters' text, line by line; a chapter may leave lines out."""
    texts = [cell["source"] for notebook in checkout.notebooks("student") for cell in checkout.cells(notebook)]
    shown = [found for text in texts for found in re.findall(r"```text\n((?:(?!```).)*?\[(E\d+)\] Error.*?)```", text, re.DOTALL)]
    moved = next(text for text in texts if "let moved = rates;" in text and "```" not in text)
    causes = {
        "E0277": ["let pauses: usize = 5;\nlet recorded: f64 = 20.5;", 'println!("{} s", 2.0 * pauses + recorded);'],
        "E0382": [moved + '\nprintln!("{rates:?}");'],
        "E0384": ["let total = 0.0;\ntotal += 1.0;"],
    }
    codes = sorted(code for _, code in shown)
    assert codes == sorted(causes), f"chapters show {codes}, the test causes {sorted(causes)}"
    with Kernel() as kernel:
        kernel.succeed(IMPORT)
        for picture, code in shown:
            *before, cell = causes[code]
            for line in before:
                kernel.succeed(line)
            traceback = kernel.run(cell).traceback
            said = (line.strip() for line in traceback.splitlines())
            for line in picture.splitlines():
                assert "╭─[" in line or line.strip() in said, f"the kernel does not say, or not here: {line}\n{traceback}"


def commands():
    """The command lines of all processes, with what they are told by the environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            found.append((process / "cmdline").read_text(errors="replace") + (process / "environ").read_text(errors="replace"))
        except OSError:
            continue
    return found


def wait_for(condition, otherwise, seconds=20):
    """Waits until something is so."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.2)


def a_killed_kernel_leaves_a_folder_that_the_next_start_removes():
    """kill -9 gives the kernel no time to clean up; the next kernel does, or the next spare."""
    sessions = Path(os.environ["JUPYTER_DATA_DIR"]).parents[1] / "sessions"
    kernel = Kernel()
    kernel.wait()
    # The cells' libraries are loaded from the kernel's own folder; another new one may be the next spare's.
    loaded = 'std::fs::read_to_string("/proc/self/maps").unwrap().split(\'/\').find(|part| part.starts_with("kernel-") && part.len() == 13).unwrap().to_owned()'
    left_over = sessions / kernel.value(loaded).strip('"')
    assert left_over.is_dir(), "this is not the kernel's folder"
    # The engine, too: that of a spare which was taken would notice the end of its front, and clean up.
    engine = int(kernel.value("std::process::id()"))
    while b"serve" not in Path(f"/proc/{engine}/cmdline").read_bytes().split(b"\0"):
        engine = int(Path(f"/proc/{engine}/stat").read_text().rsplit(")", 1)[1].split()[1])
    for process in (engine, kernel.process):
        os.kill(process, signal.SIGKILL)
    kernel.__exit__()
    wait_for(lambda: not any(str(left_over) in command for command in commands()), "a process of the kernel lives on")
    with Kernel() as kernel:
        assert kernel.value("1 + 1") == "2"
        assert not left_over.exists(), f"{left_over} is still there"


def the_kernel_works_without_a_network():
    """In a network of its own, which holds nothing but this machine."""
    if os.environ.get("NEUROBOOK_TEST_OFFLINE") is None:
        inside = ["unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
        again = [sys.executable, __file__, "the_kernel_works_without_a_network"]
        environment = {**os.environ, "NEUROBOOK_TEST_OFFLINE": "1"}
        assert shutil.which("unshare") and os.geteuid() == 0, "needs unshare and root"
        done = subprocess.run([*inside, *again], env=environment, timeout=240, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return
    with Kernel() as kernel:
        # The cell with which every notebook begins, in the notebook's own words.
        kernel.succeed(checkout.code_cells(checkout.notebooks("student")[0])[0]["source"])
        kernel.succeed("let values = Array1::linspace(0.0, 1.0, 5);")
        assert "data:image/svg+xml" in kernel.succeed("Figure::new().line(&values, &values).show();").html


def a_change_of_the_source_reaches_the_next_kernel_and_a_new_time_alone_costs_nothing():
    """The template is stale then, and the next kernel has a new one made. `git checkout` there and back gives times only."""
    with checkout.temporary_copy() as (root, environment):
        checkout.share_jupyterlab(environment["NEUROBOOK_CACHE"])
        checkout.set_up(environment)
        specs = checkout.kernel_specs(environment)
        for touched in ("src/lib.rs", "data/model_a.csv"):
            (root / touched).touch()
        library = root / "src" / "lib.rs"

        def templates():
            """The names of the templates."""
            return [path.name for path in Path(environment["NEUROBOOK_CACHE"]).glob("courses/*/sessions/template-*")]

        made = templates()
        assert len(made) == 1, made
        with Kernel(root / "notebooks" / "student", specs) as kernel:
            assert kernel.run("neurobook::added_just_now()").status == "error"
            assert "Compiling" not in kernel.said(), kernel.said()
        assert templates() == made
        with library.open("a", encoding="utf-8") as source:
            source.write("\n/// For a test.\npub fn added_just_now() -> i32 {\n    42\n}\n")
        os.utime(library, (10**9, 10**9))  # in 2001, as rsync may bring it
        with Kernel(root / "notebooks" / "student", specs) as kernel:
            # All of the course is compiled first: minutes on a machine that does something else, too.
            assert kernel.value("neurobook::added_just_now()", timeout=600) == "42"
        assert len(templates()) == 1 and templates() != made, (made, templates())


def the_same_cells_run_in_the_stock_kernel():
    """Without our seeded session: slower, but nothing in a notebook depends on it."""
    notebook = checkout.measured_chapter("solution")
    wanted = checkout.code_cells(notebook)
    roles = [checkout.about(cell).get("role") for cell in wanted]
    with Kernel(notebook.parent, NEUROBOOK_UNSEEDED="1") as kernel:
        for index, cell in enumerate(wanted[: roles.index("check") + 1]):
            ran = kernel.run(cell["source"], timeout=240)
            assert ran.clean, f"{every_notebook.place(notebook, index, cell)}:\n{ran.trouble()}"
        assert "✓" in ran.html


def the_tab_key_names_methods_of_a_variable_and_shift_tab_explains():
    """The completion program reads the crates at the first Tab; until it has, there are no names and no wait."""
    with Kernel() as kernel:
        kernel.succeed(f"{IMPORT}\nlet times = Array1::linspace(0.0, 1.0, 5);")

        def named(code):
            """The names that are offered at the end of the code."""
            request = kernel.client.complete(code, len(code))
            begin = time.monotonic()
            reply = kernel.reply(request)
            assert time.monotonic() - begin < 6, "a Tab keeps the learner waiting"
            return reply["matches"]

        wait_for(lambda: any(name.startswith("mapv") for name in named("times.ma")), "no method is named", seconds=120)
        assert any(name.startswith("Figure") for name in named("Figu")), named("Figu")
        assert not any(name.startswith("_") or name.startswith("evcxr") for name in named("times.")), named("times.")
        explained = kernel.reply(kernel.client.inspect("times.mapv(", 11))
        assert explained["found"] and "mapv" in explained["data"]["text/plain"], explained
        kernel.succeed("times.len()")


def names_stand_by_before_the_first_tab_and_go_with_the_last_kernel():
    """The moment for it comes in two minutes also where other tests run: a second in which half a processor is idle."""
    with tempfile.TemporaryDirectory(prefix="neurobook-test-") as runtime:
        def program_runs():
            """Whether the completion program listens."""
            return any(found.is_socket() for found in (Path(runtime) / "neurobook").glob("completion-*"))

        with Kernel(XDG_RUNTIME_DIR=runtime) as kernel:
            kernel.succeed(IMPORT)
            wait_for(program_runs, "nobody has started the program", seconds=150)
        wait_for(lambda: not program_runs(), "the program outlives the kernels", seconds=30)


if __name__ == "__main__":
    harness.run([
        every_notebook.every_cell_of_the_solution_runs_clean_and_every_check_passes,
        every_notebook.every_cell_of_the_student_notebook_compiles_and_stops_only_at_blanks,
        every_notebook.the_solution_runs_to_its_end_without_jupyter_too,
        two_notebooks_run_at_once,
        a_restarted_kernel_has_forgotten_and_runs_again,
        an_endless_loop_is_interrupted_and_the_next_cell_runs,
        a_sweep_is_interrupted_and_the_next_cell_runs,
        how_far_a_sweep_is_goes_when_it_has_ended_and_what_was_printed_stays,
        an_index_below_zero_is_an_error,
        two_figures_in_one_cell_are_both_shown,
        a_panic_is_a_short_message_without_a_stack_trace,
        a_stopped_cell_shows_what_it_has_shown_itself_and_nothing_of_another_cell,
        a_check_does_not_judge_code_that_is_gone,
        a_compile_error_names_the_line,
        only_true_errors_are_shown_after_cells_with_open_blanks_and_without_fixed_colours,
        a_beginners_error_is_explained_in_plain_words,
        an_error_that_a_chapter_shows_is_the_kernels_own,
        a_killed_kernel_leaves_a_folder_that_the_next_start_removes,
        the_kernel_works_without_a_network,
        a_change_of_the_source_reaches_the_next_kernel_and_a_new_time_alone_costs_nothing,
        the_same_cells_run_in_the_stock_kernel,
        the_tab_key_names_methods_of_a_variable_and_shift_tab_explains,
        names_stand_by_before_the_first_tab_and_go_with_the_last_kernel,
    ], seconds=1200)
