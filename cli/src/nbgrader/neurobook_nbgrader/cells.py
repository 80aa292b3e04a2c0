"""The cells that go out to the learners, that come back, and that are shown to the teacher."""
from copy import deepcopy
from html import escape
from pathlib import Path

import nbformat
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell
from nbgrader import utils
from nbgrader.preprocessors import ClearSolutions, NbGraderPreprocessor

# Of a longer text the markdown is not made out: it may take nbconvert minutes.
LONGEST = 20_000
NEW = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}


class KeepBlanks(ClearSolutions):
    """Hands out the chapter's own blanks, which say what to write there. What a teacher adds is nbgrader's matter."""

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
    """Makes of a submission the notebook that was handed out, with the learner's answers and other cells in it.

    nbgrader's own steps give up a submission at a duplicated or unknown id, and pass over an answer that has lost its
    metadata. Here a cell is known by either of its names, of copies the first that was written in counts, and a cell that
    is gone comes back. All metadata is ours. This is what the teacher and the learner see; the marks come from the
    submission as it was.
    """

    def preprocess(self, nb, resources):
        """Restores the cells that nbgrader knows, and takes all but their text from the others."""
        original = handed_out(self, resources)
        restored, below = [], 0
        for cell in [deepcopy(cell) for cell in original.cells if "nbgrader" in cell.metadata]:
            found = submitted(nb.cells, cell)
            if found is None:
                self.log.warning("The cell %s was missing", cell.metadata.nbgrader.grade_id)
                cell.metadata.setdefault("neurobook", {})["missing"] = True
                nb.cells.insert(below, cell)
            else:
                below = next(index for index, one in enumerate(nb.cells) if one is found)
                if utils.is_solution(cell):
                    take_text(cell, found)
                nb.cells[below] = cell
            below += 1
            restored.append(cell)
        unchanged = {(cell.cell_type, cell.source) for cell in original.cells}
        for index, cell in enumerate(nb.cells):
            if not any(cell is one for one in restored):
                nb.cells[index] = take_text(NEW[cell.cell_type](), cell)
                nb.cells[index].metadata.neurobook = {"handed_out": (cell.cell_type, cell.source) in unchanged}
        nb.metadata, nb.nbformat, nb.nbformat_minor = original.metadata, original.nbformat, original.nbformat_minor
        return nb, resources


@pass_context
def harmless_html(context, source):
    """Markdown as nbconvert renders it, but what is not the chapter's own text cannot bring HTML or scripts with it."""
    cell = context.get("cell", {})
    trusted = ours(cell).get("handed_out", False)
    if len(source) > LONGEST and not trusted:
        return f"<pre>{escape(source)}</pre>"
    renderer = Harmless(escape=not trusted, allow_harmful_protocols=trusted, attachments=cell.get("attachments", {}))
    try:
        return MarkdownWithMath(renderer=renderer).render(source)
    except Exception:  # a pasted picture that is not there, or is of no form: no learner's text keeps a page from opening
        return f"<pre>{escape(source)}</pre>"


class Harmless(IPythonRenderer):
    """Markdown as nbconvert renders it, where it escapes what it is given."""

    def block_mermaidjs(self, code):
        """A drawing by its text. nbconvert puts that into the page as it is, and nbgrader's pages draw nothing of it."""
        return f"<pre><code>{escape(code)}</code></pre>\n"


def ours(part):
    """What the course says about a notebook or a cell."""
    about = part.get("metadata", {}).get("neurobook", {})
    return about if isinstance(about, dict) else {}


def handed_out(step, resources):
    """The notebook as the learners got it."""
    about, coursedir = resources["nbgrader"], step.parent.parent.coursedir
    folder = coursedir.format_path(coursedir.release_directory, ".", about["assignment"])
    path = Path(folder) / f"{about['notebook']}.ipynb"
    if not path.is_file():
        raise RuntimeError(f"{path} is gone: run `nbgrader generate_assignment {about['assignment']}`")
    return nbformat.read(path, as_version=4)


def submitted(cells, original):
    """What has become of a cell; `None` if it is gone."""
    copies = [cell for cell in cells if names(cell) & names(original)]
    if utils.is_solution(original):
        copies = [cell for cell in copies if cell.source != original.source] or copies
    return copies[0] if copies else None


def names(cell):
    """The two names of a cell, of which learners and tools may have deleted one."""
    nbgrader = cell.get("metadata", {}).get("nbgrader", {})
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    found = {("nbgrader", str(grade_id)), ("neurobook", str(ours(cell).get("exercise")), str(ours(cell).get("role")))}
    return {name for name in found if "None" not in name}


def take_text(cell, found):
    """Gives a cell another's text, and the pictures in it."""
    cell.source = found.source
    if cell.cell_type == "markdown" and "attachments" in found:
        cell.attachments = found.attachments
    return cell


def is_missing(cell):
    """Whether the learner had deleted the cell."""
    return ours(cell).get("missing", False)


def is_unanswered(cell):
    """Whether an answer is there, and is still what was handed out."""
    handed_in = utils.is_solution(cell) and not is_missing(cell)
    return handed_in and cell.metadata.nbgrader.checksum == utils.compute_checksum(cell)
