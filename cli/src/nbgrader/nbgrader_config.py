"""nbgrader's configuration for this course. It is yours: `neurobook nbgrader` writes it once and never again."""
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER))
import neurobook_nbgrader  # noqa: E402: it stands beside this file

c = get_config()  # noqa: F821: nbgrader provides it
c.CourseDirectory.root = str(FOLDER)
c.CourseDirectory.course_id = "neurobook"

# What marks the submissions, and the checkout of the course that they belong to.
c.NeurobookMarks.program = "PROGRAM"
c.NeurobookMarks.course = "COURSE"
neurobook_nbgrader.configure(c)
