"""A course directory of nbgrader's in a temporary folder, its learners, and its gradebook."""
import contextlib
import copy
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "jupyter"))
import checkout  # noqa: E402
from nbgrader.api import Gradebook  # noqa: E402

CHAPTER = "02_single_node_dynamics"
BIN = Path(sys.executable).parent
STAND_IN = Path(__file__).parent / "stand_in.py"

# Ways to bring a script into a page by markdown.
SCRIPT = '<img src="x" onerror="window.forged = true">'
SCRIPTS = f"""{SCRIPT}

{SCRIPT} in a line, `{SCRIPT}`, ${SCRIPT}$, [link](javascript:window.forged=true), ![picture](x" onerror="window.forged=true)

$${SCRIPT}$$

\\begin{{align}}{SCRIPT}\\end{{align}}

# heading {SCRIPT}

```"{SCRIPT}
{SCRIPT}
```

```mermaid
{SCRIPT}
</pre>{SCRIPT}
```

<script>window.forged = true</script>
"""

# What nbconvert cannot show, or takes minutes to look through.
NO_PICTURE = {"cell_type": "markdown", "id": "picture", "metadata": {}, "source": "![x](attachment:x.png)", "attachments": {"x.png": {}}}
LONG = {"cell_type": "markdown", "id": "long", "metadata": {}, "source": "\\begin{a" * 20_000}


class Course:
    """What a teacher has: the folder, and nbgrader's commands in it."""

    def __init__(self, home):
        self.folder, self.exchange, self.home = home / "course", home / "exchange", home
        self.exchange.mkdir()
        self.exchange.chmod(0o777)
        # nbgrader looks for its own tools on PATH, and Jupyter must not read this user's settings.
        path = os.pathsep.join([str(BIN), os.environ["PATH"]])
        folders = {name: str(home / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
        self.environment = {**os.environ, **folders, "PATH": path, "NEUROBOOK_ROOT": str(checkout.ROOT)}
        self.neurobook("nbgrader", str(self.folder))
        self.configure(f"c.Exchange.root = {str(self.exchange)!r}")

    def neurobook(self, *arguments):
        """Runs the program, which must succeed."""
        done = checkout.neurobook(*arguments, env=self.environment)
        assert done.returncode == 0, f"neurobook {' '.join(arguments)}:\n{done.stdout}{done.stderr}"

    def configure(self, line):
        """Adds a line to the teacher's configuration."""
        with open(self.folder / "nbgrader_config.py", "a", encoding="utf-8") as configuration:
            configuration.write(f"{line}\n")

    def nbgrader(self, *arguments, folder=None, fails=False):
        """Runs one of nbgrader's commands, here or in a learner's folder; gives what it says."""
        done = subprocess.run([str(BIN / "nbgrader"), *arguments], cwd=folder or self.folder, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False)
        said = done.stdout + done.stderr
        assert (done.returncode != 0) == fails, f"{' '.join(arguments)}: status {done.returncode}\n{said[-4000:]}"
        return said

    def submit(self, student, change):
        """A learner fetches the assignment, works in it, and hands it in."""
        folder = self.home / "learners" / student
        folder.mkdir(parents=True)
        settings = f'c = get_config()\nc.CourseDirectory.course_id = "neurobook"\nc.Exchange.root = {str(self.exchange)!r}\n'
        (folder / "nbgrader_config.py").write_text(settings, encoding="utf-8")
        self.nbgrader("fetch_assignment", CHAPTER, folder=folder)
        path = folder / CHAPTER / f"{CHAPTER}.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        change(notebook)
        path.write_text(json.dumps(notebook), encoding="utf-8")
        self.nbgrader("submit", CHAPTER, "--student", student, folder=folder)

    @contextlib.contextmanager
    def grades(self, student):
        """A learner's notebook in the gradebook, and its grades by their names."""
        with Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}", "neurobook") as gradebook:
            notebook = gradebook.find_submission_notebook(CHAPTER, CHAPTER, student)
            yield notebook, {grade.name: grade for grade in notebook.grades}


@contextlib.contextmanager
def temporary():
    """A course that is deleted at the end."""
    with tempfile.TemporaryDirectory(prefix="neurobook-nbgrader-", ignore_cleanup_errors=True) as home:
        yield Course(Path(home))


def solution():
    """The solution's cells by their ids, with the exercises that are answered in them."""
    cells = checkout.cells(checkout.ROOT / "notebooks" / "solution" / f"{CHAPTER}.ipynb")
    return {cell["id"]: cell for cell in cells if checkout.about(cell).get("role") in ("answer", "text")}


def points(role):
    """What the exercises with a code answer (`answer`), or with a written one (`text`), are worth."""
    return {name: checkout.about(cell)["points"] for name, cell in solution().items() if checkout.about(cell)["role"] == role}


def answers(notebook):
    """The cells of a submission in which the learner answers, by their ids."""
    return {cell["id"]: cell for cell in notebook["cells"] if checkout.about(cell).get("role") in ("answer", "text")}


def solve(notebook):
    """Answers everything right."""
    for name, cell in answers(notebook).items():
        cell["source"] = solution()[name]["source"]


def leave(_notebook):
    """Answers nothing."""


WORDS = "It grows because a is positive."


def elsewhere(notebook):
    """Leaves the cells of the questions alone, and answers the first below its cell, the second in two copies of it."""
    first, second, *_ = [cell for cell in notebook["cells"] if checkout.about(cell).get("role") == "text"]
    below = {"cell_type": "markdown", "id": "below", "metadata": {}, "source": f"{WORDS}\n\n![sketch](attachment:sketch.png)", "attachments": {"sketch.png": {"image/png": "AAEC"}}}
    notebook["cells"].insert(notebook["cells"].index(first) + 1, below)
    for number in ("one", "other"):
        copied = copy.deepcopy(second)
        copied["id"], copied["source"] = number, "".join(copied["source"]) + f"\n{WORDS} So says {number}."
        notebook["cells"].insert(notebook["cells"].index(second) + 1, copied)


def forge(notebook):
    """Answers nothing right, and claims all points in every way that metadata and outputs offer."""
    claim = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": "4", "application/x-neurobook-score": "4"}}
    for cell in answers(notebook).values():
        if cell["cell_type"] == "markdown":
            cell["source"] = SCRIPTS
        else:
            cell["source"] = "".join(cell["source"]) + '\n{ println!("EVCXR_BEGIN_CONTENT text/plain\\n4\\nEVCXR_END_CONTENT"); std::process::exit(0); }'
            cell["outputs"] = [claim]
            cell["metadata"]["nbgrader"].update(grade=True, points=1000, checksum="0" * 32)
    checks = [cell for cell in notebook["cells"] if checkout.about(cell).get("role") == "check"]
    for number, cell in enumerate(checks):
        cell["outputs"], cell["source"] = [claim], "4"
        cell["metadata"]["nbgrader"].update(points=1000, checksum="f" * 32, **({"grade_id": "invented"} if number == 1 else {}))
        cell["metadata"]["neurobook"].update(points=1000)
    # One check stands twice, one is gone, and one is called a written answer.
    twice, gone, retyped = checks[0], checks[2], checks[3]
    notebook["cells"].insert(0, copy.deepcopy(twice))
    notebook["cells"].remove(gone)
    retyped["metadata"]["nbgrader"].update(solution=True, locked=False, task=True)
    # A trusted cell would be shown as it is; the language becomes part of the page.
    notebook["cells"].append({"cell_type": "markdown", "id": "trusted", "metadata": {"neurobook": {"handed_out": True}}, "source": SCRIPTS})
    notebook["cells"] += [NO_PICTURE, LONG, {"cell_type": "raw", "id": "raw", "metadata": {}, "source": SCRIPTS}]
    notebook["metadata"]["language_info"] = {"name": f'rust">{SCRIPT}', "pygments_lexer": f'rust">{SCRIPT}'}
    notebook["metadata"]["kernelspec"] = {"name": "python3", "display_name": "Rust", "language": "rust"}


def mess_up(notebook):
    """Answers all right in a self-paced notebook, as people do who copy, delete and lose cells."""
    student = checkout.ROOT / "notebooks" / "student" / f"{CHAPTER}.ipynb"
    notebook.update(json.loads(student.read_text(encoding="utf-8")))
    solve(notebook)
    by_name = answers(notebook)
    first, second, *_ = [name for name in by_name if by_name[name]["cell_type"] == "code"]
    written, gone, *_ = [name for name in by_name if by_name[name]["cell_type"] == "markdown"]
    notebook["cells"].append(copy.deepcopy(by_name[first]))
    for cell in notebook["cells"]:
        if checkout.about(cell).get("role") == "check" and checkout.about(cell)["exercise"] == second:
            notebook["cells"].remove(cell)
            break
    del by_name[second]["metadata"]["nbgrader"]
    by_name[written]["metadata"] = {"nbgrader": None, "neurobook": checkout.about(by_name[written])}
    notebook["cells"].remove(by_name[gone])
    notebook["cells"].append({"cell_type": "code", "id": "own", "metadata": {"nbgrader": {"grade": True, "grade_id": "own", "points": 5, "schema_version": 3, "locked": False, "solution": False}}, "source": 'eprintln!("a stray line")', "outputs": [], "execution_count": 3})
