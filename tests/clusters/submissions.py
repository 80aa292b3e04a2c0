"""What a class hands in, made from the chapter's own notebooks. The same number gives the same bytes."""
import copy
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "jupyter"))
import checkout  # noqa: E402: found by the line above

CHAPTER = "02_single_node_dynamics"


def notebook(variant):
    """The chapter's notebook, `solution` or `student`."""
    return json.loads((checkout.ROOT / "notebooks" / variant / f"{CHAPTER}.ipynb").read_text(encoding="utf-8"))


SOLUTION, STUDENT = notebook("solution"), notebook("student")


def is_answer(cell):
    """Whether the learner answers in this cell."""
    return checkout.about(cell).get("role") in ("answer", "text")


def text(cell):
    """A cell's text."""
    return "".join(cell["source"])


CODE = [cell for cell in SOLUTION["cells"] if is_answer(cell) and cell["cell_type"] == "code"]
# Each is in the text of a solution, and compiles.
SLIPS = [("a * x[k - 1]", "a * x[k]"), ("x[k - 1] + dt * xdot", "x[k - 1] + xdot"), ("0.4, 3.0", "-0.4, 3.0"), ("0.0, PI", "0.0, 0.5"), ("matrix[1][0]", "matrix[0][1]"), ('"source", "sink"', '"sink", "source"'), ("run.times.len() - 1", "run.times.len() - 2"), ("10.0 / 1000.0", "10.0"), ("mean.norm()", "mean.re"), ("run.row(0)", "run.row(0).mapv(|theta| theta / 2.0)")]
assert all(sum(before in text(cell) for cell in CODE) == 1 for before, _ in SLIPS), "a solution has changed: mend SLIPS"


def slip(source, number):
    """A text with one of the slips, if it has a place for it."""
    before, after = SLIPS[number % len(SLIPS)]
    return source.replace(before, after)


def solved(number):
    """All answers, with as many slips as the number's last digit and a remark of the learner's own."""
    made = copy.deepcopy(SOLUTION)
    for cell in filter(is_answer, made["cells"]):
        source = text(cell)
        for further in range(number % 10):
            source = slip(source, number // 10 + further)
        cell["source"] = source + (f"\n// Version {number}." if cell["cell_type"] == "code" else f"\n\nVersion {number}.")
    return made


def one_answer(number, source=None):
    """A notebook with a single cell, or with this text in it."""
    made = {**copy.deepcopy(STUDENT), "cells": [copy.deepcopy(CODE[number % len(CODE)])]}
    made["cells"][0]["source"] = f"// Version {number}.\n" + (source or text(made["cells"][0]))
    return made


def left_as_it_was(_number):
    """What was handed out."""
    return STUDENT


def one_slip(number):
    """A single cell, perhaps with a slip in it."""
    return one_answer(number, slip(text(CODE[number % len(CODE)]), number // len(CODE)))


def compiler_refuses(number):
    """A single cell of the wrong type."""
    return one_answer(number, "fn alpha_rhythm() -> f64 {\n    \"ten\"\n}")


def never_ends(number):
    """A single cell that uses up its time."""
    return one_answer(number, "fn alpha_rhythm() -> f64 {\n    let mut turns = 0.0;\n    loop { turns += 1.0; }\n}")


def is_no_notebook(_number):
    """Bytes that nobody can read."""
    return None


# A class of forty: few whole notebooks, because each takes a second.
KINDS = [solved, one_answer, one_slip, one_slip, compiler_refuses, one_answer, one_slip, left_as_it_was, one_answer, one_slip, one_slip, one_answer, never_ends, one_slip, compiler_refuses, one_answer, one_slip, one_slip, is_no_notebook, one_slip]


def write(folder, count, kinds=None):
    """Writes so many submissions into a new folder, and gives their ids."""
    folder.mkdir()
    ids = []
    for number in range(count):
        kind = (kinds or KINDS)[number % len(kinds or KINDS)]
        made = kind(number)
        ids.append(f"{number:04}_{kind.__name__}")
        (folder / f"{ids[-1]}.ipynb").write_text("PK\x03\x04" if made is None else json.dumps(made), encoding="utf-8")
    return ids
