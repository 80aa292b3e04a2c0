"""How nbgrader marks the chapters of a neurobook course: by `neurobook grade`. `neurobook nbgrader` renews this file.

nbgrader's own way is to run the submission in a kernel and to read the marks off its outputs. For Rust that is unsafe in
both directions. A cell without an error has all its points, and a printed number is partial credit: an answer that
prints evcxr's own marker, leaves the process, sets the panic hook or defines its own `assert_eq!` has the marks that it
likes. An honest answer with a stray `eprintln!` has none, for nbgrader takes stderr for an error. And all of it runs with
the teacher's rights. Here no cell runs: `neurobook grade` reads the submission as text, marks the answers in a sandbox,
and its scores go to the gradebook. Outputs and metadata of a submission count for nothing.
"""
import hashlib
import json
import os
import re
import shutil
import subprocess
from copy import deepcopy
from pathlib import Path
from weakref import WeakKeyDictionary

import nbformat
from nbformat.v4 import new_output
from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata, ClearOutput, ClearSolutions, LimitOutput, NbGraderPreprocessor, OverwriteKernelspec
from traitlets import Unicode


def configure(c):
    """Puts the steps of this file into nbgrader's own."""
    steps = GenerateAssignment.preprocessors.default()
    c.GenerateAssignment.preprocessors = [KeepBlanks if step is ClearSolutions else step for step in steps]
    c.ClearSolutions.code_stub = {"rust": 'todo!("YOUR CODE HERE")'}
    c.Autograde.sanitize_preprocessors = [ClearOutput, OverwriteKernelspec, RestoreCells, CheckCellMetadata]
    c.Autograde.autograde_preprocessors = [NeurobookMarks, LimitOutput, AssignLatePenalties, CheckCellMetadata]


class KeepBlanks(ClearSolutions):
    """Hands out the chapter's own blanks, which say what to write there. Cells that a teacher adds are nbgrader's matter."""

    def preprocess(self, nb, resources):
        """Refuses a notebook with solutions, for they would be handed out."""
        folded = any(ours(cell).get("role") == "solution" for cell in nb.cells)
        if folded or ours(nb).get("variant") == "solution":
            raise ValueError("this notebook holds the solutions: `neurobook nbgrader` writes the one to hand out into source/")
        return super().preprocess(nb, resources)

    def preprocess_cell(self, cell, resources, cell_index):
        """Leaves the chapter's cells as they are."""
        return (cell, resources) if ours(cell) else super().preprocess_cell(cell, resources, cell_index)


class RestoreCells(NbGraderPreprocessor):
    """Puts each cell that nbgrader knows back to what was handed out, with the learner's answer in it.

    nbgrader's own steps give up a submission at a duplicated or unknown id, and pass over an answer that has lost its
    metadata. Here a cell is known by either of its names, of copies the first that was written in counts, and a cell that
    is gone comes back. This is what the teacher and the learner see; the marks come from the submission as it was.
    """

    def preprocess(self, nb, resources):
        """Restores the cells, and takes nbgrader's metadata from all others."""
        known = [cell for cell in handed_out(self, resources).cells if "nbgrader" in cell.metadata]
        restored, below = [], 0
        for original in known:
            candidates = [cell for cell in nb.cells if names(cell) & names(original)]
            if utils.is_solution(original):
                candidates = [cell for cell in candidates if cell.source != original.source] or candidates
            cell = deepcopy(original)
            if candidates:
                below = position(nb.cells, candidates[0])
                nb.cells[below] = cell
                if utils.is_solution(original):
                    cell.source = candidates[0].source
                    if "attachments" in candidates[0]:
                        cell.attachments = candidates[0].attachments
            else:
                self.log.warning("The cell %s was missing", original.metadata.nbgrader.grade_id)
                cell.metadata.neurobook_missing = True
                nb.cells.insert(below, cell)
            below += 1
            restored.append(cell)
        for cell in nb.cells:
            if not any(cell is one for one in restored):
                cell.metadata.pop("nbgrader", None)
                cell.metadata.pop("neurobook", None)
            if (nb.nbformat, nb.nbformat_minor) < (4, 5):
                cell.pop("id", None)
        return nb, resources


class NeurobookMarks(NbGraderPreprocessor):
    """Takes the place of running the submission: `neurobook grade` marks it, and the gradebook gets the scores."""

    program = Unicode(help="The program `neurobook`.").tag(config=True)
    course = Unicode(help="The checkout of the course: the folder with Cargo.toml and notebooks/.").tag(config=True)

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
                if grade.auto_score is None and is_unanswered(cell):
                    grade.auto_score = 0.0
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
        command = [self.program, "grade", str(folder / "submissions"), "--chapter", chapter, "--out", str(folder / "grades")]
        environment = {**os.environ, "NEUROBOOK_ROOT": self.course}
        said = []
        with subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace") as process:
            for line in process.stdout:
                said.append(line)
                self.log.info("%s", line.rstrip())
        # 3 and 4: some submissions could not be marked. Their records say so, one by one.
        if process.returncode not in (0, 3, 4):
            raise RuntimeError(f"`neurobook grade` ended with status {process.returncode}:\n{''.join(said[-20:])}")


def ours(part):
    """What the course says about a notebook or a cell."""
    about = part.get("metadata", {}).get("neurobook", {})
    return about if isinstance(about, dict) else {}


def names(cell):
    """The two names of a cell, of which learners and tools may have deleted one."""
    nbgrader = cell.get("metadata", {}).get("nbgrader", {})
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    about = ours(cell)
    found = {("nbgrader", str(grade_id)), ("neurobook", str(about.get("exercise")), str(about.get("role")))}
    return {name for name in found if "None" not in name}


def position(cells, cell):
    """Where a cell stands: that very one, not one that is equal to it."""
    return next(index for index, one in enumerate(cells) if one is cell)


def handed_out(step, resources):
    """The notebook as the learners got it."""
    about, coursedir = resources["nbgrader"], step.parent.parent.coursedir
    path = Path(coursedir.format_path(coursedir.release_directory, ".", about["assignment"])) / f"{about['notebook']}.ipynb"
    if not path.is_file():
        raise RuntimeError(f"{path} is gone: run `nbgrader generate_assignment {about['assignment']}`")
    return nbformat.read(path, as_version=4)


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
        raise RuntimeError(f"{grade.name} has {exercise['score']} of {exercise['points']} points: that is no score")
    return exercise["score"]


def is_unanswered(cell):
    """Whether an answer that was there is still what was handed out."""
    handed_in = "neurobook_missing" not in cell.metadata
    return handed_in and utils.is_solution(cell) and cell.metadata.nbgrader.checksum == utils.compute_checksum(cell)


def remark(cell, marked):
    """What the learner reads beside an answer, unless the teacher writes something better."""
    if "neurobook_missing" in cell.metadata:
        return "This cell was missing from the submission."
    if is_unanswered(cell):
        return "No response."
    exercise = marked.get(ours(cell).get("exercise"), {})
    if utils.is_grade(cell) and exercise.get("score") is None:
        return None
    return exercise.get("message") or None


def findings(exercise, record):
    """What the marking has found, as plain text: an answer's own words cannot become part of the page."""
    if exercise is None:
        return record["message"] or "`neurobook grade` does not mark this cell: a teacher does."
    lines = ["waits for a teacher" if exercise["score"] is None else f"{exercise['score']:g} of {exercise['points']:g} points"]
    lines.append(exercise["message"])
    if exercise.get("misconception"):
        lines.append(f"{exercise['misconception']['name']}: {exercise['misconception']['explanation']}")
    for test in exercise["tests"]:
        lines.append(f"{'✓' if test['status'] == 'passed' else '✗'} {test['name']}: {test['message']}".rstrip(": "))
        # What a hidden test expects stays hidden, whatever the record holds.
        if test["status"] != "passed" and test["visibility"] == "public":
            lines += [f"    {key}: {test[key]}" for key in ("input", "expected", "got") if test.get(key) is not None]
    if exercise.get("compiler"):
        lines += ["", exercise["compiler"]]
    return "\n".join(lines) + "\n"
