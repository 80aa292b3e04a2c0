"""What goes wrong in a notebook, in the real kernel through a real Jupyter client: it is told to every program, and nothing is lost.

Usage: cargo run -- python tests/jupyter/mistakes.py [TEST NAME...]
"""
import os
import random
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from jupyter_client.manager import KernelManager

import checkout
import harness
from kernel import Kernel

IMPORT = "use neurobook::prelude::*;"
FIGURE = f"{IMPORT}\nFigure::new().line([0.0, 1.0], [0.0, 1.0]).show();"
ENDLESS = "let mut turns: u64 = 0; loop { turns = turns.wrapping_add(1); }"
OVERFLOW = "fn deeper(depth: u64) -> u64 { if depth == u64::MAX { 0 } else { 1 + deeper(std::hint::black_box(depth + 1)) } }\ndeeper(0)"

# A cell, the name of its error, and what its value says.
KINDS = [
    ('let rate: f64 = "fast";', "CompileError", "mismatched types"),
    ("let values = vec![1]; let index = 7; values[index]", "Panic", "the index is 7"),
    ('neurobook::blank!("twice x")', "Blank", "twice x"),
    ('let number: i32 = "many".parse::<i32>()?;', "Error", "invalid digit"),
    ("std::process::exit(3)", "Exit", "exit(3)"),
    ("std::process::abort()", "Abort", "abort"),
    (OVERFLOW, "StackOverflow", "stack"),
    ("let f = |x: f64| 2.0 * x;", "Refused", "closure"),
    (":no_such_command", "CompileError", "no_such_command"),
]


def failed(ran, name, said):
    """A cell is an error to everybody, of this kind and with these words."""
    assert ran.status == "error" and len(ran.errors) == 1, ran.trouble()
    error = ran.errors[0]
    assert error["ename"] == name and said in error["evalue"], error
    assert error["traceback"], error


def every_kind_of_mistake_is_an_error_with_a_name_and_a_reason_and_the_variables_stay():
    """One after the other in one kernel; after each, a variable made before is printed."""
    with Kernel() as kernel:
        kernel.succeed(f"{IMPORT}\nlet kept: Vec<f64> = vec![1.5, 2.5];")
        for cell, name, said in KINDS:
            failed(kernel.run(cell), name, said)
            ran = kernel.succeed('println!("{kept:?}");')
            assert ran.stdout == "[1.5, 2.5]\n", f"after {cell}: {ran.stdout!r}"


def a_cell_that_gives_up_leaves_every_value_as_it_was_and_its_functions_defined():
    """A panic, a blank and a failed `?` in a cell that gives old names new values; what it has shown until then is shown."""
    with Kernel() as kernel:
        kernel.succeed(f"{IMPORT}\nlet run: Vec<f64> = vec![1.5];\nlet mut counts = vec![1];")
        for ends in ('let run = vec![run[3]];', 'let run: f64 = blank!("a rate");', 'let run: f64 = "many".parse()?;'):
            cell = f'fn twice(x: f64) -> f64 {{ 2.0 * x }}\ncounts.push(2);\nFigure::new().title("first").line([0.0, 1.0], [0.0, 1.0]).show();\n{ends}'
            ran = kernel.run(cell)
            assert ran.status == "error" and "first" in ran.html, ran.trouble()
            after = kernel.succeed('println!("{run:?} {counts:?} {}", twice(1.0));')
            assert after.stdout == "[1.5] [1] 2\n", f"after {ends}: {after.stdout!r}"


def the_reply_names_the_mistake_too():
    """Programs that look at replies only, as nbclient does."""
    with Kernel() as kernel:
        reply = kernel.reply(kernel.send('panic!("one, two");'))
        assert (reply["status"], reply["ename"], reply["evalue"]) == ("error", "Panic", "one, two"), reply
        assert reply["execution_count"] == 1 and reply["traceback"] == ["Panic: one, two"], reply


def an_interrupt_ends_an_endless_cell_and_one_that_is_compiled():
    """The square; then a variable made before, and a panic that is friendly still."""
    with Kernel() as kernel:
        kernel.succeed(f"{IMPORT}\nlet kept: i32 = 5;")
        for wait in (3, 0.05):
            endless = kernel.send(ENDLESS)
            time.sleep(wait)
            kernel.interrupt()
            failed(kernel.finish(endless, timeout=30), "Interrupted", "You stopped this cell")
            assert kernel.value("kept") == "5"
        assert "one, two" in kernel.run('panic!("one, two");').panic["message"]


def an_interrupt_of_an_idle_kernel_changes_nothing():
    """The square, between two cells."""
    with Kernel() as kernel:
        kernel.succeed("let kept: i32 = 5;")
        kernel.interrupt()
        time.sleep(0.3)
        assert kernel.value("kept") == "5"


def run_all_of_a_notebook_stops_at_its_first_mistake():
    """All cells are sent at once, as JupyterLab does, and nothing behind the mistake runs."""
    with Kernel() as kernel:
        requests = [kernel.send(cell) for cell in ("let a: i32 = 1;", "let b: i32 = a + missing;", 'println!("ran");', "let c: i32 = a;")]
        statuses = [kernel.reply(request, timeout=60)["status"] for request in requests]
        assert statuses == ["ok", "error", "aborted", "aborted"], statuses
        # One by one they run.
        kernel.succeed("let c: i32 = a;")


def output_stands_in_its_own_cell_with_and_without_a_line_end():
    """`print!` before a value, before a panic, at a cell's end, and on both streams."""
    with Kernel() as kernel:
        assert kernel.succeed('print!("no line end");').stdout == "no line end"
        ran = kernel.succeed('print!("before"); 1 + 1')
        assert (ran.stdout, ran.data["text/plain"]) == ("before", "2"), ran
        ran = kernel.run('print!("before"); panic!("stop");')
        assert (ran.stdout, ran.errors[0]["evalue"]) == ("before", "stop"), ran
        for number in range(20):
            ran = kernel.succeed(f'println!("{number} first"); eprintln!("{number} second"); print!("{number} third");')
            assert (ran.stdout, ran.stderr) == (f"{number} first\n{number} third", f"{number} second\n"), ran


def bytes_that_are_no_text_are_replaced_and_shift_nothing():
    """One byte that is not UTF-8; the next cells have their own output and value."""
    with Kernel() as kernel:
        ran = kernel.succeed("use std::io::Write;\nstd::io::stdout().write_all(b\"a\\xffb\\n\").unwrap();")
        assert ran.stdout == "a\ufffdb\n", ran.stdout
        for number in range(3):
            ran = kernel.succeed(f'println!("cell {number}"); {number}')
            assert (ran.stdout, ran.data["text/plain"]) == (f"cell {number}\n", str(number)), ran


def a_flood_of_output_is_cut_with_a_sentence_and_ends_with_an_interrupt():
    """An endless loop that prints, for five seconds: few messages, a quarter of a megabyte, a kernel that goes on."""
    with Kernel() as kernel:
        kernel.succeed("let kept: i32 = 5;")
        request = kernel.send('let mut n: u64 = 0; loop { println!("line {n}"); n += 1; }')
        time.sleep(5)
        begin = time.monotonic()
        kernel.interrupt()
        ran = kernel.finish(request, timeout=30)
        print(f"          ended {time.monotonic() - begin:.1f} s after the interrupt", flush=True)
        failed(ran, "Interrupted", "You stopped this cell")
        assert len(ran.stdout) < 300_000 and ran.stdout.startswith("line 0\nline 1\n"), len(ran.stdout)
        assert "What follows is not shown" in ran.stderr and "more were printed" in ran.stderr, ran.stderr
        assert kernel.value("kept") == "5"


def many_lines_are_few_messages():
    """Twenty thousand lines in a cell."""
    with Kernel() as kernel:
        request = kernel.send('for n in 0..20_000 { println!("{n}"); }')
        messages, text = 0, ""
        while True:
            message = kernel.client.get_iopub_msg(timeout=60)
            if message["parent_header"].get("msg_id") == request:
                if message["msg_type"] == "stream":
                    messages, text = messages + 1, text + message["content"]["text"]
                if message["content"].get("execution_state") == "idle":
                    break
        assert text == "".join(f"{n}\n" for n in range(20_000)), len(text)
        assert messages <= 60, messages


def reading_input_ends_at_once_with_a_sentence():
    """As in a book's guessing game."""
    with Kernel() as kernel:
        ran = kernel.run('let mut line = String::new();\nlet read: usize = std::io::stdin().read_line(&mut line).unwrap_or(0);\nprintln!("{read}");', timeout=20)
        assert "cannot read from the keyboard" in ran.stderr, ran.trouble()
        assert kernel.value("1 + 1") == "2"


def a_cell_shows_all_kinds_of_what_it_has():
    """Several MIME types in one output."""
    with Kernel() as kernel:
        kernel.succeed("1 + 1")
        ran = kernel.run('println!("EVCXR_BEGIN_CONTENT text/html\\n<b>x</b>\\nEVCXR_END_CONTENT\\nEVCXR_BEGIN_CONTENT application/json\\n{{\\"a\\": 1}}\\nEVCXR_END_CONTENT");')
        assert ran.data == {"text/html": "<b>x</b>", "application/json": {"a": 1}}, ran.data


def to_first_figure(kernel):
    """Seconds from asking for a kernel to its first figure."""
    assert "data:image/svg+xml" in kernel.succeed(FIGURE).html
    return time.perf_counter() - kernel.begin


def first_figure(folder=None):
    """The same for a kernel of its own."""
    with Kernel(folder) as kernel:
        return to_first_figure(kernel)


def spares():
    """The folders of spare kernels that can be had: this test's own, not those of other kernels of this user."""
    folder = Path(os.environ["XDG_RUNTIME_DIR"]) / "neurobook"
    return [found for found in folder.glob("spare-*") if found.is_dir() and not found.suffix]


def wait_for(condition, otherwise, seconds=40):
    """Waits until something is so."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, otherwise() if callable(otherwise) else otherwise
        time.sleep(0.1)


def alive():
    """All processes of this test's kernels and spares, by a variable that they inherit."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            ours = folder.name.isdigit() and b"NEUROBOOK_TEST_MARK=" + MARK in (folder / "environ").read_bytes()
            if ours and int(folder.name) != os.getpid() and (folder / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z":
                found.append((int(folder.name), (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()[:120]))
        except OSError:
            continue
    return found


MARK = f"{os.getpid()}-{random.random()}".encode()


def a_second_kernel_takes_the_spare_and_draws_at_once():
    """The time to the first figure without a spare and with one, in turns; and the spare works where its notebook is."""
    without, having = [], []
    for _ in range(3):
        wait_for(lambda: not spares(), "the spare does not end with the last kernel")
        begin = time.perf_counter()
        with Kernel() as first:
            first.succeed(FIGURE)
            without.append(time.perf_counter() - begin)
            wait_for(spares, "no spare is made")
            having.append(first_figure())
    print(f"          asked for to first figure: {min(without):.1f} s without a spare, {min(having):.1f} s with one", flush=True)
    assert min(having) < 0.75 * min(without), (without, having)


def a_spare_works_in_the_folder_and_the_environment_of_whoever_takes_it():
    """A notebook elsewhere, with a variable of its own."""
    with tempfile.TemporaryDirectory() as folder, Kernel() as first:
        first.succeed("1 + 1")
        wait_for(spares, "no spare is made")
        with Kernel(folder, NEUROBOOK_TEST_VARIABLE="mine") as kernel:
            assert not spares(), "the spare was not taken"
            assert kernel.value("std::env::current_dir().unwrap()") == f'"{os.path.realpath(folder)}"'
            assert kernel.value('std::env::var("NEUROBOOK_TEST_VARIABLE").unwrap()') == '"mine"'
            kernel.succeed(checkout.code_cells(checkout.notebooks("student")[0])[0]["source"])
            assert kernel.run('panic!("one, two");').panic["message"] == "one, two"


def a_restart_takes_the_spare():
    """The arrow: the new kernel knows nothing of the old one's variables."""
    with Kernel() as kernel:
        kernel.succeed("let kept: i32 = 5;")
        wait_for(spares, "no spare is made")
        kernel.restart()
        assert "cannot find value `kept`" in kernel.run("kept").errors[0]["evalue"]
        assert not spares()


def twenty_kernels_that_are_killed_at_random_leave_nothing():
    """Started at once, each used, each killed with its spares: no process stays, and no output was another's."""
    environment = {**os.environ, "NEUROBOOK_TEST_MARK": MARK.decode()}
    managers = []
    for _ in range(20):
        manager = KernelManager(kernel_name="rust")
        manager.start_kernel(cwd=str(checkout.ROOT / "notebooks" / "student"), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        managers.append(manager)
    clients = [manager.client() for manager in managers]
    for client in clients:
        client.start_channels(hb=False)
    sent = {number: client.execute(f'println!("kernel {number}"); {number}') for number, client in enumerate(clients)}
    order = list(range(20))
    random.shuffle(order)
    for number in order[:10]:
        heard = ""
        while "kernel" not in heard:
            message = clients[number].get_iopub_msg(timeout=200)
            if message["parent_header"].get("msg_id") == sent[number] and message["msg_type"] == "stream":
                heard = message["content"]["text"]
        assert heard == f"kernel {number}\n", heard
        os.kill(managers[number].provisioner.pid, signal.SIGKILL)
    for number in order[10:]:
        time.sleep(random.random() / 5)
        os.kill(managers[number].provisioner.pid, signal.SIGKILL)
    for client, manager in zip(clients, managers):
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    wait_for(lambda: not alive(), lambda: f"still there: {alive()}", seconds=40)
    with Kernel() as kernel:
        kernel.succeed("1 + 1")
        sessions = Path(os.environ["JUPYTER_DATA_DIR"]).parents[1] / "sessions"
        left = list(sessions.glob("kernel-*"))
        assert len(left) <= 2, left


TESTS = [
    every_kind_of_mistake_is_an_error_with_a_name_and_a_reason_and_the_variables_stay,
    a_cell_that_gives_up_leaves_every_value_as_it_was_and_its_functions_defined,
    the_reply_names_the_mistake_too,
    an_interrupt_ends_an_endless_cell_and_one_that_is_compiled,
    an_interrupt_of_an_idle_kernel_changes_nothing,
    run_all_of_a_notebook_stops_at_its_first_mistake,
    output_stands_in_its_own_cell_with_and_without_a_line_end,
    bytes_that_are_no_text_are_replaced_and_shift_nothing,
    a_flood_of_output_is_cut_with_a_sentence_and_ends_with_an_interrupt,
    many_lines_are_few_messages,
    reading_input_ends_at_once_with_a_sentence,
    a_cell_shows_all_kinds_of_what_it_has,
    a_second_kernel_takes_the_spare_and_draws_at_once,
    a_spare_works_in_the_folder_and_the_environment_of_whoever_takes_it,
    a_restart_takes_the_spare,
    twenty_kernels_that_are_killed_at_random_leave_nothing,
]

if __name__ == "__main__":
    # Other kernels of this user may have spares, and killed ones have left some.
    with tempfile.TemporaryDirectory(prefix="neurobook-test-", ignore_cleanup_errors=True) as runtime:
        os.environ["XDG_RUNTIME_DIR"] = runtime
        harness.run(TESTS, seconds=600)
