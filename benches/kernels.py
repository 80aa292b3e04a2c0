"""How long a learner waits and how much memory she needs: this kernel, an older checkout's, and Python's, in turns.

Usage: cargo run -- python benches/kernels.py [--beside NAME=CHECKOUT] [--python PYTHON] [--rounds N]

An older CHECKOUT is compiled and set up with the cache beside it: NEUROBOOK_CACHE=CHECKOUT.cache. PYTHON has ipykernel, numpy and matplotlib.
Run it on a machine that does nothing else. One row for each kernel, the median of the rounds; then each row's share of the others'.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "jupyter"))

import checkout  # noqa: E402: found by the line above
from jupyter_client.kernelspec import KernelSpecManager  # noqa: E402
from jupyter_client.manager import KernelManager  # noqa: E402
from kernel import Kernel  # noqa: E402

# What is asked for at the Tab key, and the cell that makes it in Rust.
TAB = "quarters.ma"
COMPLETION = "neurobook-completion"
# Seconds from a restart to the first Tab.
READING = 10
IN_RUST = "let quarters: Array1<f64> = Array1::zeros(4);"
PYTHON_CELLS = Path(__file__).with_name("kernels_python.py")


@dataclass
class Contender:
    """A kernel, and what is run in it."""

    name: str
    specs: Path
    kernel_name: str
    cells: list
    function: str
    folder: Path
    environment: dict = field(default_factory=dict)
    has_spares: bool = False
    defines: str = ""
    common: set = field(default_factory=set)
    results: dict = field(default_factory=dict)

    def start(self):
        """A new kernel of this kind."""
        return OfKind(self)

    def note(self, what, value):
        """Keeps a measured value."""
        self.results.setdefault(what, []).append(value)


class OfKind(Kernel):
    """The tests' kernel, of any kind."""

    def __init__(self, kind):
        self.manager = KernelManager(kernel_name=kind.kernel_name)
        self.manager.kernel_spec_manager = KernelSpecManager(kernel_dirs=[str(kind.specs)])
        self.log = tempfile.TemporaryFile(mode="w+", encoding="utf-8")
        self.begin = time.perf_counter()
        self.manager.start_kernel(cwd=str(kind.folder), env={**machines_own(), **kind.environment}, stdout=self.log, stderr=self.log)
        self.client = self.manager.client()
        self.client.start_channels()


def machines_own():
    """The environment without what this checkout's program has put into it, which is not meant for other kernels."""
    ours = ("NEUROBOOK_", "JUPYTER", "CARGO", "RUST", "VIRTUAL_ENV")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def shows_a_figure(ran):
    """Whether a picture stands below the cell."""
    return any(kind.startswith("image/") for kind in ran.data) or "<svg" in ran.html or "data:image" in ran.html


def to_first_figure(kernel, cells):
    """Runs cells until one shows a figure; how many, and the seconds since the kernel was asked for."""
    for count, cell in enumerate(cells, start=1):
        ran = kernel.run(cell, timeout=300)
        assert ran.clean, f"{cell}\n{ran.trouble()}"
        if shows_a_figure(ran):
            return count, time.perf_counter() - kernel.begin
    raise AssertionError("no cell shows a figure")


def processes_below(process):
    """A process and all that it has started."""
    found = [process]
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in task.read_text().split():
            found += processes_below(int(child))
    return found


def share_of_memory(process):
    """What a process is (its command line), and its share of memory (PSS) in MB; nothing where it has ended."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        command = Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return "", 0.0
    kilobytes = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return command, kilobytes / 1024


def memory(process):
    """The MB of a kernel's processes, and of the spares among them. The program that knows the names is all kernels' and counts by itself."""
    own = spares = 0.0
    for command, megabytes in map(share_of_memory, processes_below(process)):
        if "--spare" in command:
            spares += megabytes
        elif COMPLETION not in command:
            own += megabytes
    return own, spares


def memory_of_completion(runtime):
    """The MB of the program that knows the names, whoever has started it."""
    numbers = (int(found.name) for found in Path("/proc").iterdir() if found.name.isdigit())
    return sum(megabytes for command, megabytes in map(share_of_memory, numbers) if COMPLETION in command and runtime in command)


def spare_is_there(runtime):
    """Whether a spare kernel can be had."""
    return any(found.is_dir() and not found.suffix for found in (Path(runtime) / "neurobook").glob("spare-*"))


def wait_until(condition, seconds=120):
    """Waits until something is so."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.1)


def completion_is_there(runtime):
    """Whether the program runs that knows the names."""
    return any(found.is_socket() for found in (Path(runtime) / "neurobook").glob("completion-*"))


def complete(kernel, code):
    """Seconds until the names come, and how many."""
    begin = time.perf_counter()
    reply = kernel.reply(kernel.client.complete(code, len(code)), timeout=120)
    return time.perf_counter() - begin, len(reply["matches"])


def to_first_names(kernel):
    """Seconds until names come. They may not be there at the first Tab: asked again until they are, as a learner would."""
    begin = time.perf_counter()
    while complete(kernel, TAB)[1] == 0:
        assert time.perf_counter() - begin < 120, "no names"
        time.sleep(0.2)
    return time.perf_counter() - begin


def measure(kind, runtime):
    """One round of one kernel, in two lives."""
    nothing_is_there = lambda: not (spare_is_there(runtime) or completion_is_there(runtime))
    wait_until(nothing_is_there)
    with kind.start() as kernel:
        to_first_figure(kernel, kind.cells)
        kernel.succeed(kind.defines)
        to_first_names(kernel)
        kind.note("asked for to names", time.perf_counter() - kernel.begin)
    wait_until(nothing_is_there)
    with kind.start() as kernel:
        count, seconds = to_first_figure(kernel, kind.cells)
        kind.note("first figure", seconds)
        if kind.has_spares:
            wait_until(lambda: spare_is_there(runtime))
        own, spares = memory(kernel.process)
        kind.note("early memory", own)
        kind.note("early memory with spare", own + spares)
        for cell in kind.cells[count:]:
            ran = kernel.run(cell, timeout=300)
            assert ran.clean, f"{cell}\n{ran.trouble()}"
            kind.note("later cell", ran.seconds)
            if cell in kind.common:
                kind.note("common cell", ran.seconds)
        for number in range(5):
            kind.note("function", kernel.succeed(kind.function.replace("NUMBER", str(number))).seconds)
        if kind.has_spares:
            wait_until(lambda: spare_is_there(runtime))
            own, spares = memory(kernel.process)
            kind.note("with spare", own + spares)
            with kind.start() as second:
                kind.note("first figure, spare", to_first_figure(second, kind.cells)[1])
                # A kernel that rests after a cell has the next one started.
                wait_until(lambda: spare_is_there(runtime))
        else:
            own, _ = memory(kernel.process)
        kind.note("memory", own)
        kernel.restart()
        kind.note("first figure, restart", to_first_figure(kernel, kind.cells)[1])
        kernel.succeed(kind.defines)
        # The learner reads. The slowest kernel needs most of this time to start.
        time.sleep(max(0, READING - (time.perf_counter() - kernel.begin)))
        kind.note("first names", to_first_names(kernel))
        for _ in range(5):
            kind.note("later Tab", complete(kernel, TAB)[0])
        if kind.has_spares:
            kind.note("completion", memory_of_completion(runtime))


def our_own(runtime):
    """This checkout's kernel."""
    cells = [cell["source"] for cell in checkout.code_cells(checkout.measured_chapter("solution"))]
    specs = Path(os.environ["JUPYTER_DATA_DIR"]) / "kernels"
    folder = checkout.ROOT / "notebooks" / "solution"
    function = "fn decayNUMBER(x: f64) -> f64 { -0.1 * x }"
    return Contender("this", specs, "rust", cells, function, folder, {"XDG_RUNTIME_DIR": runtime}, True, IN_RUST)


def older(named):
    """The kernel of another checkout."""
    name, path = named.split("=", 1)
    root = Path(path).resolve()
    environment = {"NEUROBOOK_ROOT": str(root), "NEUROBOOK_CACHE": f"{root}.cache"}
    program = root / "target" / "debug" / "neurobook"
    asked = [str(program), "python", "-c", "import os; print(os.environ['JUPYTER_DATA_DIR'])"]
    data = subprocess.run(asked, env={**os.environ, **environment}, cwd=root, check=True, capture_output=True, text=True).stdout
    notebook = next((root / "notebooks" / "solution").glob("02_single*.ipynb"))
    cells = [cell["source"] for cell in checkout.code_cells(notebook)]
    function = "fn decayNUMBER(x: f64) -> f64 { -0.1 * x }"
    return Contender(name, Path(data.strip()) / "kernels", "rust", cells, function, notebook.parent, environment, defines=IN_RUST)


@contextmanager
def python_kernel(interpreter):
    """ipykernel with a notebook's first cells in Python."""
    with tempfile.TemporaryDirectory(prefix="neurobook-bench-") as folder:
        spec = {"argv": [interpreter, "-m", "ipykernel_launcher", "-f", "{connection_file}"], "display_name": "Python", "language": "python"}
        (Path(folder) / "peer").mkdir()
        (Path(folder) / "peer" / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
        cells = PYTHON_CELLS.read_text(encoding="utf-8").split("# %%\n")[1:]
        function = "def decayNUMBER(x):\n    return -0.1 * x"
        yield Contender("Python", Path(folder), "peer", cells, function, Path(folder), defines="quarters = np.zeros(4)")


def high(values):
    """The 95th percentile."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


ROWS = [
    ("asked for to first figure, no spare", "first figure", statistics.median, "s"),
    ("asked for to first figure, spare at hand", "first figure, spare", statistics.median, "s"),
    ("restart to first figure", "first figure, restart", statistics.median, "s"),
    ("later cell, median", "later cell", statistics.median, "s"),
    ("later cell, 95th percentile", "later cell", high, "s"),
    ("later cell that all notebooks have, median", "common cell", statistics.median, "s"),
    ("later cell that all notebooks have, 95th percentile", "common cell", high, "s"),
    ("cell with a function alone, median", "function", statistics.median, "s"),
    ("memory (PSS) of a kernel that waits, after its first figure", "early memory", statistics.median, "MB"),
    ("the same with its spare", "early memory with spare", statistics.median, "MB"),
    ("memory after the chapter", "memory", statistics.median, "MB"),
    ("the same with its spare", "with spare", statistics.median, "MB"),
    ("asked for to first names at the Tab key, behind the first figure, no spare", "asked for to names", statistics.median, "s"),
    (f"first names at the Tab key, {READING} s after a restart", "first names", statistics.median, "s"),
    ("the longest of these", "first names", max, "s"),
    ("later Tab, median", "later Tab", statistics.median, "s"),
    ("memory of what knows the names, one for all kernels", "completion", statistics.median, "MB"),
]


def table(kinds):
    """The rows that somebody has, and this kernel's share of each other's."""
    first, *others = kinds
    print("| | " + " | ".join([kind.name for kind in kinds] + [f"{first.name} / {kind.name}" for kind in others]) + " |")
    print("|---|" + "---|" * (len(kinds) + len(others)))
    for name, what, of, unit in ROWS:
        # Who has no spare takes as long as ever.
        values = [kind.results.get(what) or kind.results.get({"first figure, spare": "first figure", "with spare": "memory"}.get(what)) for kind in kinds]
        numbers = [of(value) if value else None for value in values]
        shown = ["" if number is None else f"{number:.2f} {unit}" if unit == "s" else f"{number:.0f} {unit}" for number in numbers]
        shares = ["" if None in (numbers[0], number) else f"{numbers[0] / number:.2f}" for number in numbers[1:]]
        print(f"| {name} | " + " | ".join(shown + shares) + " |")


def main():
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--beside", action="append", default=[], metavar="NAME=CHECKOUT")
    parser.add_argument("--python", metavar="PYTHON")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="neurobook-bench-", ignore_cleanup_errors=True) as runtime:
        kinds = [our_own(runtime), *(older(named) for named in options.beside)]
        for kind in kinds:
            kind.common = set.intersection(*(set(other.cells) for other in kinds))
        if options.python:
            with python_kernel(options.python) as python:
                compare([*kinds, python], options.rounds, runtime)
        else:
            compare(kinds, options.rounds, runtime)


def compare(kinds, rounds, runtime):
    """All rounds, the kernels in turns."""
    for number in range(rounds):
        for kind in kinds:
            begin = time.perf_counter()
            measure(kind, runtime)
            print(f"round {number + 1}, {kind.name}: {time.perf_counter() - begin:.0f} s, load {os.getloadavg()[0]:.1f}", flush=True)
    table(kinds)


if __name__ == "__main__":
    main()
