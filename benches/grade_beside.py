"""Time to grade one submission and one more of many, by this checkout's program and by another one's, in turns.

Usage: python benches/grade_beside.py OTHER [--here CHECKOUT] [--rounds N] [--few N] [--many N] [--bar RATIO]

OTHER and CHECKOUT are folders with a program in target/debug and, beside them, its cache: OTHER.cache. NEUROBOOK_CACHE, where it is
set, is the cache of this checkout's. Each program grades the solution of its own chapter, in as many copies as it takes, one at a time.
A thousand would take an hour: they cost what a few do, and as many times what one more of many does. One row for each, the median of the
rounds, by the clock and in processor time; the ratios are those of rounds, whose two runs follow each other. Ends with 1 beyond the bar.
"""
import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Asks for the same, with as many hidden cases, in every version of the course.
CHAPTER = "02_single_node_dynamics"


@dataclass
class Program:
    """A checkout's program, and what it took: by the number of submissions, seconds and processor seconds of each round."""

    checkout: Path
    cache: Path
    took: dict = field(default_factory=dict)

    def submissions(self, folder, count):
        """Writes so many copies of the solution, each with bytes of its own."""
        solution = json.loads((self.checkout / "notebooks" / "solution" / f"{CHAPTER}.ipynb").read_text(encoding="utf-8"))
        folder.mkdir()
        for number in range(count):
            solution["metadata"]["copy"] = number
            (folder / f"learner {number:04}.ipynb").write_text(json.dumps(solution), encoding="utf-8")

    def grade(self, folder, count):
        """Grades so many, all of them anew."""
        submissions, out = folder / "submissions", folder / "marks"
        self.submissions(submissions, count)
        command = [str(self.checkout / "target" / "debug" / "neurobook"), "grade", str(submissions), "--out", str(out), "--seed", "7", "--jobs", "1", "--chapter", CHAPTER]
        environment = {**os.environ, "NEUROBOOK_ROOT": str(self.checkout), "NEUROBOOK_CACHE": str(self.cache)}
        before, begin = processor(), time.monotonic()
        done = subprocess.run(command, env=environment, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        took = (time.monotonic() - begin, processor() - before)
        assert done.returncode == 0, done.stderr[-3000:]
        scores = [json.loads(path.read_text(encoding="utf-8"))["exercises"] for path in (out / "records").iterdir()]
        right = all(exercise["score"] in (None, exercise["points"]) for exercises in scores for exercise in exercises)
        assert len(scores) == count and right, "a solution is not right"
        return took


def processor():
    """The processor seconds of all that this process has started and waited for, and of what that has."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(programs, counts, rounds):
    """Lets the programs take turns; who is first in one round is last in the next."""
    for number in range(-1, rounds):
        for count in counts if number >= 0 else (1,):
            for program in programs if number % 2 == 0 else programs[::-1]:
                with tempfile.TemporaryDirectory(prefix="neurobook-grade-beside-") as folder:
                    took = program.grade(Path(folder), count)
                # Before the first round each has its crates in memory, and has compiled them if need be.
                if number >= 0:
                    program.took.setdefault(count, []).append(took)


def costs(program, few, many):
    """Of each round: one submission, one more of many, and a thousand; by the clock and in processor time."""
    rows = {"one submission": program.took[1], "one more of many": [], "1,000 submissions": []}
    for (*less,), (*more,) in zip(program.took[few], program.took[many]):
        step = [(b - a) / (many - few) for a, b in zip(less, more)]
        rows["one more of many"].append(tuple(step))
        rows["1,000 submissions"].append(tuple(b + (1000 - many) * each for b, each in zip(more, step)))
    return rows


def main(options):
    """Measures, prints the table, and says whether the bar holds."""
    own = Path(os.environ.get("NEUROBOOK_CACHE") or f"{options.here}.cache")
    programs = [Program(options.here, own), Program(options.other, Path(f"{options.other}.cache"))]
    measure(programs, (1, options.few, options.many), options.rounds)
    here, other = (costs(program, options.few, options.many) for program in programs)
    print(f"{options.rounds} rounds, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'':<20} {'here, s':>9} {'other, s':>9} {'ratio':>6} | {'processor':>9} {'other':>9} {'ratio':>6}")
    beyond = False
    for what in here:
        line = f"{what:<20}"
        for kind in (0, 1):
            ours, theirs = ([each[kind] for each in rows[what]] for rows in (here, other))
            ratio = statistics.median(a / b for a, b in zip(ours, theirs))
            # What else the machine does changes the clock more than the processor time.
            beyond |= kind == 1 and ratio > options.bar
            line += f" {statistics.median(ours):>9.2f} {statistics.median(theirs):>9.2f} {ratio:>6.3f}" + (" |" if kind == 0 else "")
        print(line)
    print(f"The bar, at most {options.bar} times in processor time, {'does not hold' if beyond else 'holds'}.")
    return int(beyond)


parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("other", type=Path)
parser.add_argument("--here", type=Path, default=ROOT)
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--few", type=int, default=5)
parser.add_argument("--many", type=int, default=15)
parser.add_argument("--bar", type=float, default=1.05)
chosen = parser.parse_args()
chosen.here, chosen.other = chosen.here.resolve(), chosen.other.resolve()
sys.exit(main(chosen))
