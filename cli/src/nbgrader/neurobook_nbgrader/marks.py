"""The marks: `neurobook grade` gives them, the gradebook gets them."""
import hashlib
import json
import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from weakref import WeakKeyDictionary

from nbformat.v4 import new_output
from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import List, Unicode

from .cells import handed_out, is_missing, is_unanswered, ours


class NeurobookMarks(NbGraderPreprocessor):
    """Takes the place of running the submission: `neurobook grade` marks it, and the gradebook gets the scores."""

    program = Unicode(help="The program `neurobook`.").tag(config=True)
    course = Unicode(help="The checkout of the course: the folder with Cargo.toml and notebooks/.").tag(config=True)

    options = List(Unicode(), help="More options for `neurobook grade`, such as `--jobs` and `2`.").tag(config=True)

    # By converter, one for each run of autograde: all its submissions are marked together, on all cores.
    runs = WeakKeyDictionary()

    def preprocess(self, nb, resources):
        """Writes the scores and comments of one submission, and what its checks have found below them."""
        record = self.record(resources)
        if record["status"] == "infrastructure":
            raise RuntimeError(f"not marked, through no fault of the submission: {record['message']}. Run autograde again")
        marked = {exercise["id"]: exercise for exercise in record["exercises"]}
        cells = {cell.metadata.nbgrader.grade_id: cell for cell in nb.cells if "nbgrader" in cell.metadata}
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            submission = gradebook.find_submission_notebook(about["notebook"], about["assignment"], about["student"])
            for grade in submission.grades:
                cell, exercise = cells[grade.name], marked.get(grade.name)
                grade.auto_score = score(exercise, grade)
                # Of an exercise of the course `neurobook grade` knows whether anything is written near it.
                if exercise is None and is_unanswered(cell):
                    grade.auto_score = 0.0
                if exercise and exercise["kind"] == "text":
                    show_all(cell, exercise)
                doubtful = record["status"] in ("unreadable", "violation") or grade.auto_score is None
                grade.needs_manual_grade = doubtful or grade.manual_score is not None
                if cell.cell_type == "code":
                    cell.outputs = [new_output("stream", name="stdout", text=findings(exercise, record))]
            for comment in submission.comments:
                comment.auto_comment = remark(cells[comment.name], marked)
            gradebook.db.commit()
        return nb, resources

    def record(self, resources):
        """What `neurobook grade` says of a submission."""
        converter, about = self.parent.parent, resources["nbgrader"]
        run = self.runs.setdefault(converter, {})
        if about["notebook"] not in run:
            run[about["notebook"]] = self.mark_all(converter, resources)
        submitted = submission_of(converter, about["student"], about["assignment"], about["notebook"])
        path = run[about["notebook"]].get(digest(submitted))
        if path is None:
            raise RuntimeError(f"`neurobook grade` has left no record of {submitted}: run autograde again, and read what it says")
        return read_record(path)

    def mark_all(self, converter, resources):
        """Marks the submissions of this run; gives the records' paths by the SHA-256 of what they are about."""
        about, coursedir = resources["nbgrader"], converter.coursedir
        chapter = ours(handed_out(self, resources)).get("chapter")
        if not chapter:
            raise RuntimeError("the assignment's notebook is not of this course: take the one that `neurobook nbgrader` writes")
        folder = Path(coursedir.root) / "marks" / about["assignment"] / about["notebook"]
        submission = coursedir.format_path(coursedir.submitted_directory, "(?P<student_id>.*)", "(?P<assignment_id>.*)", escape=True)
        wanted = set()
        for path in converter.assignments:
            student = re.match(submission, path)["student_id"]
            submitted = submission_of(converter, student, about["assignment"], about["notebook"])
            if submitted.is_file():
                staged = folder / "submissions" / f"{student}.ipynb"
                staged.parent.mkdir(parents=True, exist_ok=True)
                staged.unlink(missing_ok=True)
                shutil.copyfile(submitted, staged)
                wanted.add(digest(staged))
        if converter.force:
            for known, path in records(folder).items():
                if known in wanted:
                    path.unlink()
        self.grade(folder, chapter)
        return records(folder)

    def grade(self, folder, chapter):
        """Runs `neurobook grade`. Marks that it has given before stay as they are."""
        command = [self.program, "grade", str(folder / "submissions"), "--chapter", chapter, "--out", str(folder / "grades"), *self.options]
        environment = {**os.environ, "NEUROBOOK_ROOT": self.course}
        said = []
        with subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace") as process:
            for line in process.stdout:
                said.append(line)
                self.log.info("%s", line.rstrip())
        # 3 and 4: some submissions could not be marked. Their records say so, one by one.
        if process.returncode not in (0, 3, 4):
            raise RuntimeError(f"`neurobook grade` ended with status {process.returncode}:\n{''.join(said[-20:])}")


def submission_of(converter, student, assignment, notebook):
    """The notebook that a learner has handed in."""
    coursedir = converter.coursedir
    return Path(coursedir.format_path(coursedir.submitted_directory, student, assignment)) / f"{notebook}.ipynb"


def digest(path):
    """The SHA-256 by which a record names its submission."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def records(folder):
    """The paths of the records, by the SHA-256 of their submissions."""
    paths = sorted((folder / "grades" / "records").glob("*.json"))
    return {read_record(path)["submission"]["sha256"]: path for path in paths}


def read_record(path):
    """One record, of the form that this file knows."""
    record = json.loads(path.read_text(encoding="utf-8"))
    if record["schema"] != 1:
        raise RuntimeError(f"{path} is of schema {record['schema']}, and this file reads 1: run `neurobook nbgrader` again")
    return record


def score(exercise, grade):
    """A score that has evidence; `None` leaves it to the teacher."""
    if exercise is None or exercise["score"] is None:
        return None
    if exercise["points"] != grade.max_score:
        raise RuntimeError(
            f"{grade.name} is worth {exercise['points']:g} in the chapter and {grade.max_score:g} in the gradebook: "
            "run `neurobook nbgrader` and `nbgrader generate_assignment --force` again"
        )
    if not 0 <= exercise["score"] <= exercise["points"]:
        raise RuntimeError(f"{grade.name} has {exercise['score']} of {exercise['points']} points: that is not a score")
    return exercise["score"]


def remark(cell, marked):
    """What the learner reads beside an answer, unless the teacher writes something better."""
    if is_missing(cell):
        return "This cell was missing from the submission."
    exercise = marked.get(ours(cell).get("exercise"), {})
    if exercise and utils.is_grade(cell) and exercise.get("score") is None:
        return None
    # It may be answered in another cell than its own.
    if is_unanswered(cell) and not exercise.get("score"):
        return "No response."
    if utils.is_grade(cell) and exercise.get("score") is None:
        return None
    return exercise.get("message") or None


def show_all(cell, exercise):
    """Adds to a written answer what the learner has written for it in other cells, with its pictures.

    The cell stands where the teacher gives the points. Like all of a learner's text, it cannot bring markup into a page.
    """
    answer = exercise["answer"] or ""
    if is_missing(cell) or answer.strip() in ("", cell.source.strip()):
        return
    cell.source = f"{cell.source}\n\n---\n\n*All that is written here and in the cells near it:*\n\n{answer}"
    pictures = {picture["name"]: {picture["kind"]: picture["data"]} for picture in exercise.get("pictures", []) if picture["data"]}
    if cell.cell_type == "markdown" and pictures:
        cell.attachments = {**pictures, **cell.get("attachments", {})}


def findings(exercise, record):
    """What the marking has found, as plain text: an answer's own words cannot become part of the page."""
    if exercise is None:
        return record["message"] or "`neurobook grade` does not mark this cell: a teacher does."
    lines = ["waits for a teacher" if exercise["score"] is None else f"{exercise['score']:g} of {exercise['points']:g} points"]
    lines.append(exercise["message"])
    if exercise.get("misconception"):
        lines.append(f"{exercise['misconception']['name']}: {exercise['misconception']['explanation']}")
    # What a hidden test expects stays hidden, whatever the record holds, and which of them are right.
    for test in (test for test in exercise["tests"] if test["visibility"] == "public"):
        lines.append(f"{'✓' if test['status'] == 'passed' else '✗'} {test['name']}: {test['message']}".rstrip(": "))
        if test["status"] != "passed":
            lines += [f"    {key}: {test[key]}" for key in ("input", "expected", "got") if test.get(key) is not None]
    hidden = [test for test in exercise["tests"] if test["visibility"] == "hidden"]
    if hidden:
        wrong = Counter(test["message"] for test in hidden if test["status"] != "passed")
        lines.append(f"{'✗' if wrong else '✓'} other inputs: {len(hidden) - sum(wrong.values())} of {len(hidden)} are right")
        lines += [f"    {count}: {message}" for message, count in sorted(wrong.items())]
    if exercise.get("compiler"):
        lines += ["", exercise["compiler"]]
    return "\n".join(lines) + "\n"
