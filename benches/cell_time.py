"""Where a cell's time goes: types, Cargo, compiler, linker, and the rest; this kernel, and others beside it in turns.

Usage: cargo run -- python benches/cell_time.py [NAME=PROGRAM ...] [--notebook FILE] [--rounds N] [--cells]

Each PROGRAM is a `neurobook`, such as an older build's. All of them work on this checkout. The phases are those of
the processes that a kernel starts, as Linux shows them in /proc, so they can be measured of any build.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "jupyter"))

import checkout  # noqa: E402: found by the line above
from jupyter_client import BlockingKernelClient, write_connection_file  # noqa: E402

PHASES = ["types", "cargo", "rustc", "link"]
TICK = os.sysconf("SC_CLK_TCK")


def children(process):
    """The processes that a process has started, by any of its threads."""
    try:
        threads = os.listdir(f"/proc/{process}/task")
    except OSError:
        return []
    found = []
    for thread in threads:
        try:
            found += Path(f"/proc/{process}/task/{thread}/children").read_text().split()
        except OSError:
            pass
    return found


def phase(process):
    """What a process does for a cell; none of other processes."""
    try:
        words = Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return None
    name = Path(words[0]).name
    if name == "cargo":
        return "cargo"
    if name == "rustc":
        return "types" if any(word.startswith("--emit=mi") or word.startswith("--emit=metadata") for word in words) else "rustc"
    if name in ("cc", "gcc", "clang", "collect2", "ld", "ld.lld", "rust-lld", "mold"):
        return "link"
    return None


class Watch:
    """Notes when each phase's processes were there."""

    def __init__(self, kernel):
        self.kernel, self.seen, self.known = kernel, {}, {}
        self.running = True
        self.thread = threading.Thread(target=self.look, daemon=True)
        self.thread.start()

    def look(self):
        """Looks every other millisecond."""
        while self.running:
            now = time.perf_counter()
            open_processes = [str(self.kernel)]
            while open_processes:
                for child in children(open_processes.pop()):
                    open_processes.append(child)
                    what = self.known.get(child) or phase(child)
                    self.known[child] = what
                    if what:
                        self.seen.setdefault((what, child), [now, now])[1] = now
            time.sleep(0.002)

    def take(self):
        """The seconds of each phase since the last call."""
        seen, self.seen = self.seen, {}
        seconds = dict.fromkeys(PHASES, 0.0)
        for what in PHASES:
            spans = sorted(span for (name, _), span in seen.items() if name == what)
            end = 0.0
            for first, last in spans:
                seconds[what] += max(0.0, last - max(first, end))
                end = max(end, last)
        return seconds


def processor_time(process):
    """The seconds of processor time of a process and of all that it has started, also of those that have ended."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return sum(int(field) for field in fields[11:15]) / TICK + sum(map(processor_time, children(process)))


@dataclass
class Cell:
    """What a cell took, in seconds; all processor time."""

    seconds: float
    used: float
    phases: dict
    line: str


def wait(client, kernel):
    """Waits until a kernel answers. One that only starts has no heartbeat, which the client takes for its end."""
    while kernel.poll() is None:
        try:
            return client.wait_for_ready(timeout=600)
        except RuntimeError:
            time.sleep(0.1)
    raise AssertionError("the kernel does not start")


def run(program, notebook):
    """Runs a notebook's cells in a new kernel; gives what each took."""
    cells = []
    with tempfile.TemporaryDirectory() as folder:
        file, _ = write_connection_file(str(Path(folder) / "connection.json"))
        environment = {**os.environ, "NEUROBOOK_ROOT": str(checkout.ROOT), "XDG_RUNTIME_DIR": folder}
        with open(Path(folder) / "log", "w+", encoding="utf-8") as log:
            kernel = subprocess.Popen([program, "kernel", file], cwd=notebook.parent, env=environment, stdout=log, stderr=log)
            client = BlockingKernelClient(connection_file=file)
            client.load_connection_file()
            client.start_channels()
            try:
                wait(client, kernel)
                watch = Watch(kernel.pid)
                for cell in checkout.code_cells(notebook):
                    before, begin = processor_time(kernel.pid), time.perf_counter()
                    watch.take()
                    reply = client.execute_interactive(cell["source"], timeout=600, output_hook=lambda _: None)
                    seconds = time.perf_counter() - begin
                    assert reply["content"]["status"] == "ok", cell["source"]
                    used = processor_time(kernel.pid) - before
                    cells.append(Cell(seconds, used, watch.take(), cell["source"].strip().splitlines()[0][:50]))
                watch.running = False
            finally:
                client.stop_channels()
                kernel.terminate()
                kernel.wait()
    return cells


def later(cells):
    """The cells after the first two, in which the crates are loaded."""
    return cells[2:]


def row(name, rounds):
    """A line of the table: medians over all later cells of all rounds."""
    cells = [cell for cells in rounds for cell in later(cells)]
    seconds = sorted(cell.seconds for cell in cells)
    high = statistics.quantiles(seconds, n=20, method="inclusive")[-1]
    phases = " | ".join(f"{statistics.median(cell.phases[what] for cell in cells):.3f}" for what in PHASES)
    used = statistics.median(cell.used for cell in cells)
    return f"| {name} | {statistics.median(seconds):.3f} | {high:.3f} | {phases} | {used:.3f} |"


def main():
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kernels", nargs="*")
    parser.add_argument("--notebook", type=lambda name: Path(name).resolve(), default=checkout.measured_chapter("solution"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cells", action="store_true", help="a line for each cell")
    options = parser.parse_args()
    kernels = {"this": str(checkout.PROGRAM)}
    kernels.update(kernel.split("=", 1) for kernel in options.kernels)
    rounds = {name: [] for name in kernels}
    for _ in range(options.rounds):
        for name, program in kernels.items():
            rounds[name].append(run(program, options.notebook))
    if options.cells:
        for number, cells in enumerate(zip(*[rounds[name][0] for name in kernels])):
            medians = [statistics.median(ran[number].seconds for ran in rounds[name]) for name in kernels]
            print(" ".join(f"{seconds:6.2f}" for seconds in medians), f" {cells[0].line}")
    print(f"\n{options.notebook.name}, later cells, {options.rounds} rounds in turns, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print("| kernel | median s | 95th percentile | " + " | ".join(PHASES) + " | processor time |")
    print("|---|---|---|" + "---|" * len(PHASES) + "---|")
    for name in kernels:
        print(row(name, rounds[name]))
    names = list(kernels)
    for other in names[1:]:
        pairs = [
            (mine.seconds / theirs.seconds, mine.used / max(theirs.used, 0.01))
            for one, two in zip(rounds[names[0]], rounds[other])
            for mine, theirs in zip(later(one), later(two))
        ]
        wall, used = (statistics.median(pair[at] for pair in pairs) for at in (0, 1))
        print(f"\n{names[0]} / {other}: {wall:.2f} of the time, {used:.2f} of the processor time (medians over cells)")


main()
