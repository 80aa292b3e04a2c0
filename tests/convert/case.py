"""A file of another program, what is said about it on the command line, and what is to come of it."""
import csv
import math
import struct
from dataclasses import dataclass, field
from typing import Any, Callable


@dataclass
class Case:
    """`make` writes the file; `tables` has, for the ending of each file that is written, its numbers or lines."""
    file: str
    make: Callable
    options: tuple = ()
    tables: dict = field(default_factory=dict)
    says: tuple = ()
    refused: tuple = ()
    title: str = ""


def matrix(file, make, values, *options, says=()):
    """A case whose numbers are to come out as a matrix."""
    return Case(file, make, options, {".csv": (None, rows(values))}, says)


def series(file, make, names, values, *options, says=()):
    """A case whose numbers are to come out below names, a row for each time."""
    return Case(file, make, options, {".csv": (list(names), rows(values))}, says)


def refused(file, make, *words, options=()):
    """A case that is refused with a sentence that has these words."""
    return Case(file, make, options, refused=words)


def rows(values):
    """Numbers as rows of Python's floats."""
    return [[float(value) for value in row] for row in values]


def read(path):
    """What the program has written: names, if there are any, and rows of numbers."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    names = None if is_number(lines[0][0]) else lines.pop(0)
    return names, [[math.nan if value == "n/a" else float(value) for value in line] for line in lines]


def is_number(text):
    """Whether a field is a number or a gap."""
    try:
        float(text)
    except ValueError:
        return text == "n/a"
    return True


def bits(number: float) -> Any:
    """What tells any two numbers apart, -0 from 0 too; all gaps are alike."""
    return "gap" if math.isnan(number) else struct.pack("<d", number)


def difference(wanted, found):
    """Where two tables are not the same to the bit; None where they are."""
    if len(wanted) != len(found):
        return f"{len(found)} rows in place of {len(wanted)}"
    for row, (one, other) in enumerate(zip(wanted, found)):
        if len(one) != len(other):
            return f"row {row + 1}: {len(other)} values in place of {len(one)}"
        for column, (left, right) in enumerate(zip(one, other)):
            if bits(left) != bits(right):
                return f"row {row + 1}, column {column + 1}: {right!r} in place of {left!r}"
    return None
