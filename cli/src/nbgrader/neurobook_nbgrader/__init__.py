"""How nbgrader hands out and marks the chapters of a neurobook course. `neurobook nbgrader` renews this folder.

nbgrader's own way of marking is to run the submission in a kernel and to read the marks off its outputs. For Rust that is
unsafe in both directions. A cell without an error has all its points, and a printed number is partial credit: an answer
that prints evcxr's own marker, leaves the process, sets the panic hook or defines its own `assert_eq!` has the marks that
it likes. An honest answer with a stray `eprintln!` has none, for nbgrader takes stderr for an error. And all of it runs
with the teacher's rights. Here no cell runs: `neurobook grade` reads the submission as text, marks the answers in a
sandbox, and its scores go to the gradebook. Outputs and metadata of a submission count for nothing.
"""
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata, ClearOutput, ClearSolutions, LimitOutput

from .cells import KeepBlanks, RestoreCells
from .marks import NeurobookMarks


def configure(c):
    """Puts the steps of this folder into nbgrader's own."""
    steps = GenerateAssignment.preprocessors.default()
    c.GenerateAssignment.preprocessors = [KeepBlanks if step is ClearSolutions else step for step in steps]
    c.ClearSolutions.code_stub = {"rust": 'todo!("YOUR CODE HERE")'}
    c.Autograde.sanitize_preprocessors = [ClearOutput, RestoreCells, CheckCellMetadata]
    c.Autograde.autograde_preprocessors = [NeurobookMarks, LimitOutput, AssignLatePenalties, CheckCellMetadata]
    # A written answer may hold a script. In the formgrader it would run as the teacher.
    c.HTMLExporter.filters = {"markdown2html": "neurobook_nbgrader.cells.harmless_html"}
