"""A chapter from hand-out to marks with the real nbgrader. The tests go on from each other, in this order.

Usage: python tests/nbgrader/pipeline.py, with the packages of tests/nbgrader/requirements.txt and Chromium.
"""
import json
import re
import shutil

import course as courses
from course import CHAPTER, SCRIPT, STAND_IN, points, solution

import checkout
import formgrader
import harness

CODE, WRITTEN = points("answer"), points("text")
FIRST_WRITTEN, SECOND_WRITTEN = list(WRITTEN)[:2]
STUDENTS = ("solve", "leave", "forge", "mess_up", "elsewhere")


class Pipeline:
    """The tests, on one course."""

    def __init__(self, course):
        self.course = course
        self.submitted = course.folder / "submitted"

    def chapters_are_released_with_their_own_blanks(self):
        """What learners get is the graded notebook, byte for byte, and its checksums are nbgrader's own."""
        self.course.nbgrader("generate_assignment", CHAPTER)
        self.course.neurobook("build", "--graded", "--out", str(self.course.home / "graded"))
        released = (self.course.folder / "release" / CHAPTER / f"{CHAPTER}.ipynb").read_bytes()
        assert released == (self.course.home / "graded" / f"{CHAPTER}.ipynb").read_bytes()
        assert b"blank!" in released
        self.course.nbgrader("release_assignment", CHAPTER)

    def a_notebook_with_solutions_is_not_released(self):
        """Neither the solution's nor one with folded solutions."""
        for variant in ("solution", "student"):
            folder = self.course.folder / "source" / variant
            folder.mkdir()
            shutil.copy(checkout.ROOT / "notebooks" / variant / f"{CHAPTER}.ipynb", folder)
            assert "this notebook holds the solutions" in self.course.nbgrader("generate_assignment", variant, fails=True)
            assert not (self.course.folder / "release" / variant).exists()
            shutil.rmtree(folder)

    def a_second_run_renews_what_is_the_courses_and_leaves_the_teachers(self):
        """The configuration is the teacher's."""
        configuration = self.course.folder / "nbgrader_config.py"
        steps = self.course.folder / "neurobook_nbgrader" / "marks.py"
        before, shipped = configuration.read_text(), steps.read_text()
        steps.write_text("")
        self.course.neurobook("nbgrader", str(self.course.folder), "02")
        assert (configuration.read_text(), steps.read_text()) == (before, shipped)

    def submissions_are_collected(self):
        """Five learners fetch, work and hand in."""
        for student in STUDENTS:
            self.course.submit(student, getattr(courses, student))
        self.course.nbgrader("collect", CHAPTER)
        assert len(list(self.submitted.glob(f"*/{CHAPTER}/{CHAPTER}.ipynb"))) == len(STUDENTS)

    def all_are_marked_in_one_run_of_neurobook_grade(self):
        """Every submission, however it was handled."""
        self.course.nbgrader("autograde", CHAPTER)
        assert len(list((self.course.folder / "marks" / CHAPTER / CHAPTER / "grades" / "records").glob("*.json"))) == len(STUDENTS)

    def right_answers_have_all_points_and_written_ones_wait_for_the_teacher(self):
        """Each score stands under the exercise's own name."""
        with self.course.grades("solve") as (notebook, grades):
            assert {name: grades[name].auto_score for name in CODE} == CODE
            assert {name: grades[name].max_score for name in grades} == {**CODE, **WRITTEN}
            assert {name for name in grades if grades[name].needs_manual_grade} == set(WRITTEN)
            assert (notebook.score, notebook.max_score) == (sum(CODE.values()), sum({**CODE, **WRITTEN}.values()))

    def what_was_left_as_it_was_has_no_points_and_asks_nobody(self):
        """Also the written answers."""
        with self.course.grades("leave") as (notebook, grades):
            assert notebook.score == 0 and not any(grade.needs_manual_grade for grade in grades.values())
            assert {comment.auto_comment for comment in notebook.comments} == {"No response."}

    def forged_outputs_metadata_and_cells_have_no_points(self):
        """Nothing that a submission says about itself counts."""
        with self.course.grades("forge") as (notebook, grades):
            assert (notebook.score, notebook.max_score) == (0, sum({**CODE, **WRITTEN}.values()))
            assert {name: grades[name].auto_score for name in CODE} == dict.fromkeys(CODE, 0)
        autograded = (self.course.folder / "autograded" / "forge" / CHAPTER / f"{CHAPTER}.ipynb").read_text(encoding="utf-8")
        assert "application/x-neurobook-score" not in autograded and "invented" not in autograded

    def copied_deleted_and_nameless_cells_lose_no_points(self):
        """A written answer that is gone is the teacher's to judge."""
        with self.course.grades("mess_up") as (notebook, grades):
            assert {name: grades[name].auto_score for name in CODE} == CODE, {name: (grades[name].auto_score, grades[name].auto_comment if hasattr(grades[name], "auto_comment") else None) for name in CODE}
            assert {name for name in grades if grades[name].needs_manual_grade} == set(WRITTEN), {name: grades[name].needs_manual_grade for name in WRITTEN}
            comments = {comment.name: comment.auto_comment for comment in notebook.comments}
            assert comments[SECOND_WRITTEN] == "This cell was missing from the submission."
        cells = checkout.cells(self.course.folder / "autograded" / "mess_up" / CHAPTER / f"{CHAPTER}.ipynb")
        known = [cell for cell in cells if "nbgrader" in cell["metadata"]]
        assert len(known) == 2 * len(CODE) + len(WRITTEN)
        assert next(cell for cell in known if cell["id"] == FIRST_WRITTEN)["source"] == solution()[FIRST_WRITTEN]["source"]

    def what_is_written_near_a_question_waits_for_the_teacher_with_its_text(self):
        """Below the cell that was left alone, and in all copies of one; where nothing is written there is no response."""
        with self.course.grades("elsewhere") as (notebook, grades):
            assert {name for name in grades if grades[name].needs_manual_grade} == {FIRST_WRITTEN, SECOND_WRITTEN}
            comments = {comment.name: comment.auto_comment for comment in notebook.comments}
            assert comments[FIRST_WRITTEN] is None and comments[SECOND_WRITTEN] is None, comments
            assert all(comments[name] == "No response." for name in list(WRITTEN)[2:]), comments
        cells = checkout.cells(self.course.folder / "autograded" / "elsewhere" / CHAPTER / f"{CHAPTER}.ipynb")
        marked = {cell["metadata"]["nbgrader"]["grade_id"]: cell for cell in cells if "nbgrader" in cell["metadata"]}
        assert courses.WORDS in marked[FIRST_WRITTEN]["source"]
        assert marked[FIRST_WRITTEN]["attachments"] == {"sketch.png": {"image/png": "AAEC"}}
        assert all(f"So says {number}." in marked[SECOND_WRITTEN]["source"] for number in ("one", "other"))

    def the_teacher_sees_the_scores_and_marks_a_written_answer_by_hand(self):
        """In the formgrader, in real JupyterLab, in Chromium."""
        submissions, scores = {}, []
        for student in STUDENTS:
            with self.course.grades(student) as (notebook, _):
                submissions[student] = notebook.id
                scores.append(f"{notebook.score:g} / {notebook.max_score:g}")
        name, worth = next(iter(CODE.items()))
        with formgrader.jupyterlab(self.course) as (page, address):
            formgrader.sees_the_course(page, len(STUDENTS))
            formgrader.sees_scores(page, address, scores)
            formgrader.gives_points(page, address, submissions["solve"], FIRST_WRITTEN, WRITTEN[FIRST_WRITTEN])
            formgrader.sees_findings(page, name, f"{worth} of {worth} points")
            formgrader.runs_no_script(page, address, submissions["forge"])
        with self.course.grades("solve") as (notebook, grades):
            assert grades[FIRST_WRITTEN].manual_score == WRITTEN[FIRST_WRITTEN]
            assert notebook.score == sum(CODE.values()) + WRITTEN[FIRST_WRITTEN]

    def feedback_shows_scores_and_findings_and_nothing_hidden(self):
        """The pages that learners get."""
        self.course.nbgrader("generate_feedback", CHAPTER)
        pages = {path.parts[-3]: path.read_text(encoding="utf-8") for path in (self.course.folder / "feedback").glob(f"*/*/{CHAPTER}.html")}
        assert set(pages) == set(STUDENTS)
        total = sum(CODE.values()) + WRITTEN[FIRST_WRITTEN]
        assert f"(Score: {float(total)} / {float(sum({**CODE, **WRITTEN}.values()))})" in pages["solve"]
        for name, worth in CODE.items():
            assert f"{worth} of {worth} points" in pages["solve"], name
        assert "No response." in pages["leave"] and "0 of 4 points" in pages["leave"]
        assert "window.forged" in pages["forge"] and "<script>window" not in pages["forge"] and SCRIPT not in pages["forge"]
        self.course.nbgrader("release_feedback", CHAPTER)

    def marking_again_keeps_what_the_teacher_gave(self):
        """And asks for another look, as nbgrader does."""
        self.course.nbgrader("autograde", CHAPTER, "--force", "--student", "solve")
        with self.course.grades("solve") as (_, grades):
            assert grades[FIRST_WRITTEN].manual_score == WRITTEN[FIRST_WRITTEN] and grades[FIRST_WRITTEN].needs_manual_grade


class Outcomes:
    """What can come from `neurobook grade`, told by a stand-in."""

    def __init__(self, course):
        self.course = course

    def answered(self, student, text):
        """Collects a submission whose first code answer is this text."""
        folder = self.course.folder / "submitted" / student / CHAPTER
        folder.mkdir(parents=True, exist_ok=True)
        notebook = json.loads((self.course.folder / "release" / CHAPTER / f"{CHAPTER}.ipynb").read_text(encoding="utf-8"))
        courses.solve(notebook)
        next(cell for cell in courses.answers(notebook).values() if cell["cell_type"] == "code")["source"] = text
        (folder / f"{CHAPTER}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")

    def a_fault_of_the_machine_costs_no_points_and_no_other_submission(self):
        """The submission stays unmarked until the next run."""
        self.course.configure(f"c.NeurobookMarks.program = {str(STAND_IN)!r}")
        self.answered("unlucky", "STATUS infrastructure")
        self.answered("lucky", "wrong")
        said = self.course.nbgrader("autograde", CHAPTER, "--student", "*lucky", fails=True)
        assert "through no fault of the submission: the sandbox is gone" in said
        assert not (self.course.folder / "autograded" / "unlucky").exists() or not list((self.course.folder / "autograded" / "unlucky").rglob("*.ipynb"))
        with self.course.grades("lucky") as (notebook, _):
            assert notebook.score == sum(CODE.values()) - CODE[next(iter(CODE))]
        self.answered("unlucky", "mended")
        self.course.nbgrader("autograde", CHAPTER, "--student", "unlucky")
        with self.course.grades("unlucky") as (notebook, _):
            assert notebook.score == sum(CODE.values()) - CODE[next(iter(CODE))]

    def a_file_that_is_no_notebook_stops_nobody_else(self):
        """nbgrader cannot read it, and says so."""
        for student in ("a_broken", "b_broken_not"):
            self.answered(student, "wrong")
        (self.course.folder / "submitted" / "a_broken" / CHAPTER / f"{CHAPTER}.ipynb").write_text("PK")
        said = self.course.nbgrader("autograde", CHAPTER, "--student", "*_broken*", fails=True)
        assert "for student 'a_broken'" in said and "for student 'b_broken_not'" not in said
        with self.course.grades("b_broken_not") as (notebook, _):
            assert notebook.score == sum(CODE.values()) - CODE[next(iter(CODE))]

    def an_attack_is_shown_to_the_teacher(self):
        """Even where every score is settled."""
        self.answered("attacker", "STATUS violation")
        self.course.nbgrader("autograde", CHAPTER, "--student", "attacker")
        with self.course.grades("attacker") as (_, grades):
            assert all(grade.needs_manual_grade for grade in grades.values())

    def an_impossible_score_is_an_error(self):
        """It would go into the gradebook unseen."""
        self.answered("impossible", "SCORE 1000")
        assert "has 1000.0 of 4.0 points: that is not a score" in self.course.nbgrader("autograde", CHAPTER, "--student", "impossible", fails=True)

    def feedback_holds_no_hidden_value_and_no_markup_of_a_submission(self):
        """Whatever the record holds."""
        self.course.nbgrader("generate_feedback", CHAPTER, "--student", "lucky")
        page = next((self.course.folder / "feedback" / "lucky").rglob("*.html")).read_text(encoding="utf-8")
        assert "the hidden value" not in page and "<script>alert(1)" not in page
        assert re.search(r"input: 2\.0\s+expected: 4\.0\s+got: 8\.0", page)


with courses.temporary() as one:
    pipeline, outcomes = Pipeline(one), Outcomes(one)
    steps = [getattr(part, name) for part in (pipeline, outcomes) for name in vars(type(part)) if not name.startswith("_") and name != "answered"]
    harness.run(steps, seconds=120, in_order=True)
