"""Thirty solution cells, each spoilt in nine ways, under load; then the same mistakes through other programs that run notebooks.

Each is an error with a name and a reason, and the next cell prints a variable that was made before.
Usage: cargo run -- python tests/jupyter/trials.py [TEST NAME...]; needs the packages of tests/nbgrader/requirements.txt in target/nbgrader.
"""
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import checkout
import harness
from kernel import Kernel

KEPT = 'println!("{kept:?}");'
MAKES_KEPT = "use neurobook::prelude::*;\nlet kept: Vec<f64> = vec![1.5, 2.5];"
PRINTED = "[1.5, 2.5]\n"
# What is added to a cell, the name of the error that it gives, and whether somebody has to interrupt it.
MISTAKES = [
    ('let rate: f64 = "fast";', "CompileError", False),
    ("let values = vec![1]; let index = 7; println!(\"{}\", values[index]);", "Panic", False),
    ('let number: i32 = "many".parse::<i32>()?;', "Error", False),
    ("std::process::exit(3)", "Exit", False),
    ("std::process::abort()", "Abort", False),
    (
        "fn deeper(depth: u64) -> u64 { if depth == u64::MAX { 0 } else { 1 + deeper(std::hint::black_box(depth + 1)) } }\n"
        'println!("{}", deeper(0));',
        "StackOverflow",
        False,
    ),
    ('let much: Vec<u8> = vec![1; 40_000_000_000]; println!("{}", much[7]);', "OutOfMemory", False),
    ("let mut turns: u64 = 0; loop { turns = std::hint::black_box(turns.wrapping_add(1)); }", "Interrupted", True),
    ('loop { println!("again and again"); }', "Interrupted", True),
]
NAMES = [name for _, name, _ in MISTAKES]
CELLS = 30
# The other programs interrupt a cell that takes longer.
PATIENCE = 20
OTHER_PYTHON = checkout.ROOT / "target" / "nbgrader" / "bin" / "python"


@contextmanager
def load():
    """As many busy processes as there are cores."""
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()


def thirty_solution_cells_spoilt_in_nine_ways_are_errors_and_lose_nothing():
    """In one kernel, through jupyter_client."""
    misses, trials = [], 0
    notebook = checkout.measured_chapter("solution")
    with load(), Kernel(notebook.parent) as kernel:
        kernel.succeed(MAKES_KEPT)
        spoilt = 0
        for cell in checkout.code_cells(notebook):
            # What comes behind a value at the end would be another mistake.
            can_be_spoilt = spoilt < CELLS and cell["source"].rstrip().endswith((";", "}"))
            spoilt += can_be_spoilt
            for mistake, name, has_to_be_stopped in MISTAKES if can_be_spoilt else []:
                trials += 1
                sent = kernel.send(f"{cell['source']}\n{mistake}")
                ran = stopped(kernel, sent) if has_to_be_stopped else kernel.finish(sent)
                after = kernel.run(KEPT)
                found = [error["ename"] for error in ran.errors]
                if ran.status != "error" or found != [name] or not ran.errors[0]["evalue"] or after.stdout != PRINTED:
                    misses.append((name, found, ran.status, after.stdout, cell["source"].splitlines()[0]))
            # Last, since a name to which a cell gives a new value has none where it panics on the way.
            kernel.succeed(cell["source"])
    print(f"          {trials} trials, {len(misses)} misses", flush=True)
    assert trials == CELLS * len(MISTAKES), f"the chapter has only {spoilt} such cells"
    assert not misses, misses


def stopped(kernel, sent):
    """Interrupts a cell once it runs, which may take its compilation, and again until it has ended."""
    for _ in range(30):
        time.sleep(1)
        kernel.interrupt()
        try:
            return kernel.finish(sent, timeout=2)
        except Exception as waited:  # noqa: BLE001: the client's own is `queue.Empty`
            if type(waited).__name__ != "Empty":
                raise
    raise AssertionError("an interrupt does not end the cell")


def notebook_of(cells, folder, name):
    """A notebook of code cells."""
    made = [{"cell_type": "code", "id": f"cell-{number}", "metadata": {}, "source": source, "outputs": [], "execution_count": None} for number, source in enumerate(cells)]
    kernel = {"kernelspec": {"name": "rust", "display_name": "Rust", "language": "rust"}}
    path = Path(folder) / name
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": made}), encoding="utf-8")
    return path


def with_all_mistakes(folder):
    """A notebook in which each mistake is followed by a look at the variable."""
    return notebook_of([MAKES_KEPT, *(cell for mistake, _, _ in MISTAKES for cell in (mistake, KEPT))], folder, "mistakes.ipynb")


def agrees(executed):
    """Whether an executed notebook has each mistake as an error, and the variable after it."""
    cells = json.loads(Path(executed).read_text(encoding="utf-8"))["cells"][1:]
    for name, spoilt, after in zip(NAMES, cells[::2], cells[1::2], strict=True):
        # nbgrader adds one of its own to a cell that it has interrupted.
        errors = [output for output in spoilt["outputs"] if output["output_type"] == "error" and output["ename"] != "CellTimeoutError"]
        assert [error["ename"] for error in errors] == [name] and errors[0]["evalue"], (name, [error["ename"] for error in errors])
        printed = "".join("".join(output["text"]) for output in after["outputs"] if output["output_type"] == "stream")
        assert printed == PRINTED, (name, after["outputs"])


def script(text, *arguments):
    """Runs a few lines in the Python that has the other programs, which knows our kernel by the environment."""
    done = subprocess.run([str(OTHER_PYTHON), "-c", text, *map(str, arguments)], capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, f"{done.stdout[-1500:]}{done.stderr[-1500:]}"
    return done.stdout


def nbclient_has_each_as_an_error():
    """As a program that runs notebooks calls it."""
    with tempfile.TemporaryDirectory(prefix="neurobook-test-") as folder:
        path = with_all_mistakes(folder)
        script(
            "import sys, nbformat, nbclient\n"
            "notebook = nbformat.read(sys.argv[1], 4)\n"
            "client = nbclient.NotebookClient(notebook, allow_errors=True, timeout=int(sys.argv[2]), interrupt_on_timeout=True)\n"
            "client.execute()\n"
            "nbformat.write(notebook, sys.argv[1])\n",
            path, PATIENCE,
        )
        agrees(path)


def nbconvert_has_each_as_an_error():
    """`jupyter nbconvert --execute --allow-errors`."""
    with tempfile.TemporaryDirectory(prefix="neurobook-test-") as folder:
        path = with_all_mistakes(folder)
        wishes = ["--ExecutePreprocessor.interrupt_on_timeout=True", f"--ExecutePreprocessor.timeout={PATIENCE}"]
        command = [str(OTHER_PYTHON), "-m", "nbconvert", "--to", "notebook", "--inplace", "--execute", "--allow-errors", *wishes, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
        assert done.returncode == 0, done.stderr
        agrees(path)


def nbgrader_has_each_as_an_error():
    """Its own step that executes a submission."""
    with tempfile.TemporaryDirectory(prefix="neurobook-test-") as folder:
        path = with_all_mistakes(folder)
        script(
            "import sys, nbformat\n"
            "from nbgrader.preprocessors import Execute\n"
            "notebook = nbformat.read(sys.argv[1], 4)\n"
            "execute = Execute(timeout=int(sys.argv[2]), interrupt_on_timeout=True)\n"
            "notebook, _ = execute.preprocess(notebook, {'metadata': {'path': sys.argv[3]}})\n"
            "nbformat.write(notebook, sys.argv[1])\n",
            path, PATIENCE, folder,
        )
        agrees(path)


def papermill_ends_at_each_with_its_name_and_reason():
    """It stops at a notebook's first error, so each mistake has a notebook."""
    with tempfile.TemporaryDirectory(prefix="neurobook-test-") as folder:
        paths = [notebook_of([MAKES_KEPT, mistake, KEPT], folder, f"mistake-{number}.ipynb") for number, (mistake, _, _) in enumerate(MISTAKES)]
        said = script(
            "import sys, papermill\n"
            "from papermill.exceptions import PapermillExecutionError\n"
            "for path in sys.argv[2:]:\n"
            "    try:\n"
            "        papermill.execute_notebook(path, path, kernel_name='rust', progress_bar=False, execution_timeout=int(sys.argv[1]), interrupt_on_timeout=True)\n"
            "        print('no error')\n"
            "    except PapermillExecutionError as error:\n"
            "        print(error.ename if error.evalue else 'no reason')\n",
            PATIENCE, *paths,
        )
        assert said.split("\n")[:-1] == NAMES, said


if __name__ == "__main__":
    harness.run([
        nbclient_has_each_as_an_error,
        nbconvert_has_each_as_an_error,
        nbgrader_has_each_as_an_error,
        papermill_ends_at_each_with_its_name_and_reason,
        thirty_solution_cells_spoilt_in_nine_ways_are_errors_and_lose_nothing,
    ], seconds=3000)
