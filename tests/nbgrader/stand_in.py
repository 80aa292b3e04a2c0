#!/usr/bin/env python3
"""Answers in the place of `neurobook grade`, so that a test can have any outcome: it marks nothing.

An answer that is the solution's has all points. `STATUS timeout` in an answer makes the record of that status, and
`SCORE 1000` the score. Everything else has none.
"""
import hashlib
import json
import os
import re
import sys
from pathlib import Path

HIDDEN = "the hidden value 41.5"


def cells(notebook):
    """A notebook's cells, with their text whole."""
    return [{**cell, "source": "".join(cell["source"])} for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]]


def about(cell):
    """What the course says about a cell."""
    return cell["metadata"].get("neurobook", {})


def record(notebook, chapter):
    """The record of one submission, of the form that `neurobook grade` writes."""
    solution = Path(os.environ["NEUROBOOK_ROOT"]) / "notebooks" / "solution" / f"{chapter}.ipynb"
    try:
        submitted, exercises, status = cells(notebook), [], "graded"
    except ValueError:
        submitted, exercises, status = [], [], "unreadable"
    for cell in cells(solution):
        if about(cell).get("role") not in ("answer", "text"):
            continue
        points, identity, is_text = float(about(cell)["points"]), cell["id"], about(cell)["role"] == "text"
        answers = [other["source"] for other in submitted if other.get("id") == identity or about(other).get("exercise") == identity and about(other).get("role") == about(cell)["role"]]
        right = cell["source"] in answers
        asked = re.search(r"STATUS (\w+)", "\n".join(answers))
        status = asked[1] if asked else status
        forged = re.search(r"SCORE (\d+)", "\n".join(answers))
        score = float(forged[1]) if forged else points if right else 0.0
        test = {"id": "1", "name": "a hidden case", "visibility": "hidden", "status": "passed" if right else "failed", "score": score, "message": "other numbers", "input": None, "expected": HIDDEN, "got": HIDDEN}
        public = {**test, "id": "2", "name": "<script>alert(1)</script>", "visibility": "public", "message": "first differs at index 3", "input": "2.0", "expected": "4.0", "got": "8.0"}
        exercises.append({
            "id": identity, "title": identity, "kind": "text" if is_text else "function", "points": points, "score": None if is_text else score,
            "status": "graded", "message": "" if is_text else "All cases pass." if right else "Some cases fail.", "misconception": None,
            "compiler": None, "answer": answers[0] if is_text and answers else None, "tests": [] if is_text else [test, public],
        })
    return {
        "schema": 1, "course": "course", "chapter": chapter, "toolchain": "none", "seed": 1, "sandbox": [], "status": status,
        "submission": {"id": notebook.stem, "sha256": hashlib.sha256(notebook.read_bytes()).hexdigest()}, "message": "the sandbox is gone" if status == "infrastructure" else None,
        "score": sum(exercise["score"] or 0 for exercise in exercises), "max_score": sum(exercise["points"] for exercise in exercises), "exercises": exercises,
    }


def main(verb, submissions, _chapter, chapter, _out, out, *_options):
    """`grade SUBMISSIONS --chapter CHAPTER --out OUT`, whatever follows."""
    assert (verb, _chapter, _out) == ("grade", "--chapter", "--out"), sys.argv
    folder = Path(out) / "records"
    folder.mkdir(parents=True, exist_ok=True)
    statuses = set()
    for notebook in sorted(Path(submissions).glob("*.ipynb")):
        made = record(notebook, chapter)
        statuses.add(made["status"])
        (folder / f"{notebook.stem}.json").write_text(json.dumps(made), encoding="utf-8")
    sys.exit(3 if "infrastructure" in statuses else 0)


main(*sys.argv[1:])
