"""How long a learner waits: kernel start to the first figure, and each later cell; our seeded kernel beside the stock one.

Usage: cargo run -- python benches/cell_latency.py [NOTEBOOK] [--seeded-only]
"""
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "jupyter"))

import checkout  # noqa: E402: found by the line above
from kernel import Kernel  # noqa: E402


def measure(notebook, **environment):
    """Runs the notebook's cells in a new kernel; gives ready, first figure and all cells' seconds with their first lines."""
    first_figure, cells = None, []
    with Kernel(notebook.parent, **environment) as kernel:
        ready = time.perf_counter() - kernel.begin
        for cell in checkout.code_cells(notebook):
            ran = kernel.run(cell["source"], timeout=600)
            assert ran.clean, f"{cell['source']}\n{ran.trouble()}"
            cells.append((ran.seconds, cell["source"].strip().splitlines()[0][:60]))
            if first_figure is None and "data:image/svg+xml" in ran.html:
                first_figure = time.perf_counter() - kernel.begin
                until = len(cells)
    return ready, first_figure, cells, until


def row(name, ready, first_figure, cells, until):
    """A line of the table: the cells up to the first figure count there, the others here."""
    later = sorted(seconds for seconds, _ in cells[until:])
    high = statistics.quantiles(later, n=20, method="inclusive")[-1]
    return f"| {name} | {ready:.1f} s | {first_figure:.1f} s | {statistics.median(later):.2f} s | {high:.2f} s | {sum(later):.1f} s |"


def main():
    """Measures and prints."""
    named = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    notebook = Path(named[0]).resolve() if named else checkout.measured_chapter("solution")
    prepared = subprocess.run([str(checkout.PROGRAM), "setup", "--no-jupyter"], env={**os.environ, "NEUROBOOK_ROOT": str(checkout.ROOT)}, check=False)
    assert prepared.returncode == 0, "the set-up failed"
    seeded = measure(notebook)
    for seconds, line in seeded[2]:
        print(f"{seconds:7.2f} s  {line}", flush=True)
    rows = [row("seeded", *seeded)]
    if "--seeded-only" not in sys.argv:
        rows.append(row("stock", *measure(notebook, NEUROBOOK_UNSEEDED="1")))
    print(f"\n{notebook.name}, {len(seeded[2])} code cells; start with {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print("| kernel | ready | first figure | later cell, median | 95th percentile | later cells together |")
    print("|---|---|---|---|---|---|")
    print("\n".join(rows))


main()
