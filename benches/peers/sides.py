"""The two sides of the comparison: a warm Python process, and the workbook's kernel."""
import json
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "jupyter"))

import checkout  # noqa: E402: found by the line above
from kernel import Kernel  # noqa: E402

HERE = Path(__file__).resolve().parent
ENVIRONMENT = checkout.TARGET / "peers"
CHAPTER = checkout.ROOT / "notebooks" / "solution" / "02_single_node_dynamics.ipynb"


def install():
    """Makes the Python side's environment; gives its Python."""
    wanted, installed = (HERE / "requirements.txt").read_text(encoding="utf-8"), ENVIRONMENT / "installed.txt"
    python = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not installed.is_file() or installed.read_text(encoding="utf-8") != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "--requirement", str(HERE / "requirements.txt")], check=True)
        installed.write_text(wanted, encoding="utf-8")
    return python


def prepare():
    """Compiles the crates of the kernel's sessions, as `neurobook lab` does."""
    prepared = checkout.neurobook("setup", "--no-jupyter", timeout=600)
    assert prepared.returncode == 0, f"the set-up failed:\n{prepared.stderr}"


class Theirs:
    """A Python process; a context manager that ends it."""

    def __init__(self, python):
        self.process = subprocess.Popen([str(python), str(HERE / "peer.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def measure(self, case, runs=None):
        """Runs a case: seconds, numbers and growth."""
        print(json.dumps({"case": case.case, "runs": runs or case.runs, **case.parameters}), file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        assert line, f"the Python side ended at {case.work}; its error is above"
        return json.loads(line)


class Ours:
    """A kernel with the definitions of cells.rs and the learner's function; a context manager that ends it."""

    def __init__(self):
        self.kernel = Kernel(CHAPTER.parent)

    def __enter__(self):
        self.kernel.__enter__()
        self.kernel.succeed((HERE / "cells.rs").read_text(encoding="utf-8"), timeout=600)
        self.kernel.succeed(defining("integrate_exponential"))
        return self

    def __exit__(self, *exception):
        self.kernel.__exit__(*exception)

    def measure(self, case, runs=None):
        """Runs a case: seconds, numbers and growth."""
        return self.run(case.cell.replace("{runs}", str(runs or case.runs)))

    def run(self, code):
        """Runs a cell that measures."""
        return json.loads(self.kernel.succeed(code, timeout=600).stdout)

    def slider(self, *functions):
        """Makes the notebook's sliders for the last of these functions, every position of them; the others are what it needs."""
        *before, last = (defining(function) for function in functions)
        definitions, call, widget = last.partition("\ninteract(")
        shown = widget.rstrip().removesuffix(";").removesuffix(".show()")
        assert call and shown != widget, f"this cell has no sliders to show:\n{last}"
        for cell in (*before, definitions):
            self.kernel.succeed(cell)
        return self.run(f"measure(1, || interact({shown.strip()}, |widget| vec![widget.html().len() as f64]);")


def defining(function):
    """The cell of the solution notebook that defines a function."""
    return next(cell["source"] for cell in checkout.code_cells(CHAPTER) if f"fn {function}(" in cell["source"])
