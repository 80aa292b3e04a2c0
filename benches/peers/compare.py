"""Python and the workbook do the same work in turns, one repetition each; prints the tables that the README shows.

Usage: cargo run -- python benches/peers/compare.py [--quick] [--write]
`--quick` does less work, to see that everything runs. `--write` puts the tables into README.md.
"""
import argparse
import sys
from statistics import median

import cases
import sides
import table

ROUNDS, FIRST_CALLS = 7, 3
NODES = (80, 160, 320, 640, 1280)
SLIDERS = {"one oscillator, two sliders": ["one_oscillator"], "six oscillators, two sliders": ["six_oscillators", "in_step"]}


def agree(theirs, ours):
    """Checks that both sides compute the same numbers: otherwise there is nothing to compare."""
    for case in cases.agreements():
        one, other = theirs.measure(case)["numbers"], ours.measure(case)["numbers"]
        same = len(one) == len(other) > 0 and all(abs(a - b) < 1e-9 * max(1.0, abs(a)) for a, b in zip(one, other))
        assert same, f"{case.work}: the two sides differ\ntheirs {one}\nours   {other}"


def in_turns(measurements, rounds):
    """Does each measurement once, then each again, and so on; gives each one's results."""
    results = [[] for _ in measurements]
    for turn in range(rounds):
        for measure, found in zip(measurements, results):
            found.append(measure())
        print(f"    round {turn + 1} of {rounds}", file=sys.stderr, flush=True)
    return results


def work(python, theirs, ours, quick):
    """A row for each case: the seconds of each round on either side."""
    everything = cases.cases(quick)

    def both(case):
        if not case.first_call:
            return median(theirs.measure(case)["seconds"]), median(ours.measure(case)["seconds"])
        with sides.Theirs(python) as new:
            return new.measure(case)["seconds"][0], median(ours.measure(case)["seconds"])

    warm = [case for case in everything if not case.first_call]
    first = [case for case in everything if case.first_call]
    in_turns([lambda case=case: both(case) for case in warm], 1)  # the first time is for warming up
    found = in_turns([lambda case=case: both(case) for case in warm], 1 if quick else ROUNDS)
    found += in_turns([lambda case=case: both(case) for case in first], 1 if quick else FIRST_CALLS)
    return [table.Row(case.work, case.target, times) for case, times in zip(warm + first, found)]


def memory(python, case):
    """Bytes by which a first long run makes a new process grow, theirs and ours; None where the system does not say."""
    small = cases.kuramoto("warming up", 0, 80, 8, delayed=True, noise=0.1)
    grown = []
    for side in (lambda: sides.Theirs(python), sides.Ours):
        with side() as new:
            new.measure(small)
            grown.append(new.measure(case)["growth"])
    return grown


def figures(ours):
    """Bytes and seconds of the figures and sliders."""
    made = {"stream plot, SVG": ours.run("streams(3);"), "four stream plots, SVG": ours.run("four_panels(3);")}
    made |= {name: ours.slider(*functions) for name, functions in SLIDERS.items()}
    return {name: (one["numbers"][0], median(one["seconds"])) for name, one in made.items()}


def growth(ours, quick):
    """Seconds of a run of each number of nodes."""
    steps, rounds = (200, 1) if quick else (5000, 5)
    every = [cases.kuramoto("growth", 0, nodes, steps, delayed=True, noise=0.1) for nodes in NODES]
    found = in_turns([lambda case=case: ours.measure(case)["seconds"][0] for case in every], rounds)
    return {nodes: median(seconds) for nodes, seconds in zip(NODES, found)}


def threads(ours, quick):
    """How much faster two threads are than one: the sweep, and plain arithmetic, which shows what the machine has to give."""
    steps, rounds = (100, 1) if quick else (2000, 9)
    cells = [cell for name in (f"couplings({{}}, {steps});", "arithmetic({});") for cell in (name.format(1), name.format(2))]
    found = in_turns([lambda cell=cell: ours.run(cell)["seconds"][0] for cell in cells], rounds)
    one, two, plain_one, plain_two = (median(seconds) for seconds in found)
    return one / two, plain_one / plain_two


def main():
    """Measures, prints, writes."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--quick", action="store_true")
    options.add_argument("--write", action="store_true")
    options = options.parse_args()
    if options.quick and options.write:
        sys.exit("--quick measures too little for the README: leave one of the two out")
    python = sides.install()
    sides.prepare()
    history = cases.cases(options.quick)[0]
    grown = memory(python, history)
    with sides.Theirs(python) as theirs, sides.Ours() as ours:
        agree(theirs, ours)
        rows = work(python, theirs, ours, options.quick)
        text = table.text(rows, history, grown, figures(ours), growth(ours, options.quick), threads(ours, options.quick))
    print(text)
    if options.write:
        table.write(text)


if __name__ == "__main__":
    main()
