"""Files that other programs wrote, by those programs: converted to the bit, or refused with a sentence.

Usage: python3 tests/convert/convert.py [--keep FOLDER] [WORD IN A FILE'S NAME...], after `cargo build`. Makes its own
Python environment in target/convert.
"""
import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import environment

environment.enter()

import arrays  # noqa: E402: in the environment that the line above enters
import tables  # noqa: E402
from case import difference, read  # noqa: E402
from checkout import PROGRAM  # noqa: E402: found by `environment`


def fault(case, folder):
    """Makes a file and converts it; gives what is wrong with that, or None."""
    source, out = folder / case.file, folder / "out"
    out.mkdir(parents=True)
    case.make(source)
    command = [str(PROGRAM), "convert", str(source), "--out", str(out), *case.options]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    made = sorted(path.name for path in out.iterdir())
    if "panicked" in ran.stderr or ran.returncode not in (0, 1):
        return f"status {ran.returncode}\n{ran.stderr}"
    if case.refused:
        missing = [word for word in case.refused if word not in ran.stderr]
        return f"not refused, but {ran.stdout}" if ran.returncode == 0 else f"{missing} is not in: {ran.stderr}" if missing else f"made {made}" if made else None
    if ran.returncode != 0:
        return f"refused: {ran.stderr}"
    if missing := [word for word in case.says if word not in ran.stdout]:
        return f"{missing} is not in: {ran.stdout}"
    if len(made) != len(case.tables):
        return f"made {made}"
    for ending, wanted in case.tables.items():
        found = [out / name for name in made if name.endswith(ending)]
        if len(found) != 1:
            return f"{ending} is not in {made}"
        if wrong := compare(found[0], wanted):
            return f"{ending}: {wrong}\n{ran.stdout}"
    return None


def compare(path, wanted):
    """What is wrong with a file: lines of text, or names and rows of numbers."""
    if isinstance(wanted, list):
        lines = path.read_text(encoding="utf-8").splitlines()
        return None if lines == wanted else f"{lines} in place of {wanted}"
    names, found = read(path)
    return f"the names are {names}" if names != wanted[0] else difference(wanted[1], found)


def main():
    """Runs all cases; ends with a failure if one has a fault."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--keep", type=Path, help="a folder for the files that are made")
    parser.add_argument("words", nargs="*")
    options = parser.parse_args()
    assert PROGRAM.is_file(), f"{PROGRAM} is not there: run `cargo build` first"
    cases = [case for case in arrays.CASES + tables.CASES if all(word in case.file for word in options.words)]
    faults = 0
    with tempfile.TemporaryDirectory(prefix="neurobook-convert-") as temporary:
        for number, case in enumerate(cases):
            folder = (options.keep or Path(temporary)) / f"{number:03}"
            if wrong := fault(case, folder):
                faults += 1
                print(f"{case.file} {' '.join(case.options)}: {wrong}", file=sys.stderr)
    refusals = sum(1 for case in cases if case.refused)
    print(f"{len(cases)} files: {len(cases) - refusals} are converted to the bit, {refusals} refused with a sentence; {faults} faults")
    assert options.words or len(cases) >= 40, "fewer files than promised"
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
