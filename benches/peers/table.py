"""The tables, as Markdown, and their place in the README."""
import datetime
import os
import platform
import re
from dataclasses import dataclass
from pathlib import Path
from statistics import median

README = Path(__file__).resolve().parents[2] / "README.md"
BEGIN, END = "<!-- benches/peers -->", "<!-- /benches/peers -->"


@dataclass
class Row:
    """A piece of work: how many times faster it is to be, and the seconds of each round, theirs and ours."""

    work: str
    target: int
    times: list

    def line(self):
        """The row's line of the table."""
        one, other = (median(side) for side in zip(*self.times))
        ratios = sorted(theirs / ours for theirs, ours in self.times)
        return f"| {self.work} | {duration(one)} | {duration(other)} | {number(one / other)} | {number(ratios[0])} to {number(ratios[-1])} | {self.target} |"


def text(rows, history, grown, figures, growth, threads):
    """Both tables with the sentence above them."""
    kilobytes = {name: f"{size / 1000:,.0f} kB, {duration(seconds)}" for name, (size, seconds) in figures.items()}
    bounds = {"stream plot, SVG": "300 kB", "four stream plots, SVG": "1000 kB"}
    theirs, ours = (f"{bytes_ / 1e6:.0f} MB" if bytes_ else "not measured" for bytes_ in grown)
    numbers = 8e-6 * history.parameters["nodes"] * history.parameters["steps"]
    smallest = min(growth)
    edges = ", ".join(f"{seconds / growth[smallest] * (smallest / nodes) ** 2:.2f}" for nodes, seconds in growth.items())
    facts = [
        (f"memory that a process takes for the first row, of which its history is {numbers:.0f} MB", f"{ours} (Python {theirs})", "265 MB"),
        *((name, made, bounds.get(name, "3000 kB, 2 s")) for name, made in kilobytes.items()),
        (f"time per pair of nodes, for {', '.join(map(str, growth))} nodes", edges, "no growth"),
        (f"64 runs on two threads instead of one (plain arithmetic: {threads[1]:.2f} times faster)", f"{threads[0]:.2f} times faster", "1.8 times"),
    ]
    return "\n".join([
        f"{datetime.date.today():%-d %B %Y}, {machine()}. Python and neurobook took turns, a repetition each: medians, after warming up, one run, one thread; "
        "ours inside a notebook's cell, compiled already. Beside each ratio stand the lowest and the highest of a round.",
        "",
        "| Work | Python | neurobook | Times faster | Rounds | At least |",
        "|---|---|---|---|---|---|",
        *(row.line() for row in rows),
        "",
        "| neurobook alone | Measured | Bound |",
        "|---|---|---|",
        *(f"| {name} | {measured} | {bound} |" for name, measured, bound in facts),
    ])


def machine():
    """The processor, its cores and the system."""
    try:
        models = re.findall(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(encoding="ascii"), re.MULTILINE)
    except OSError:
        models = []
    return f"{models[0] if models else platform.processor()}, {os.cpu_count()} cores, {platform.system()}"


def duration(seconds):
    """A time with three digits."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{number(seconds / size)} {unit}"
    return f"{number(seconds * 1e6)} µs"


def number(value):
    """Three digits, or all of a large number before its point."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def write(tables):
    """Puts the tables between their marks in the README."""
    readme = README.read_text(encoding="utf-8")
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    assert begin and end, f"README.md has no place for the tables: put the lines {BEGIN} and {END} into it"
    README.write_text(f"{before}{BEGIN}\n{tables}\n{END}{after}", encoding="utf-8")
