"""This checkout, its notebooks, and temporary copies of it."""
import contextlib
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
PROGRAM = Path(os.environ.get("NEUROBOOK_PROGRAM") or TARGET / "debug" / ("neurobook.exe" if os.name == "nt" else "neurobook"))


def notebooks(variant):
    """The paths of all notebooks of a variant, `student` or `solution`."""
    found = sorted((ROOT / "notebooks" / variant).glob("*.ipynb"))
    assert found, f"no notebook in notebooks/{variant}: run `cargo run -- build`"
    return found


def measured_chapter(variant):
    """The chapter that the course began with, and that its figures are about."""
    return next(path for path in notebooks(variant) if path.name.startswith("02_single"))


def cells(notebook):
    """A notebook's cells with their source as one text."""
    read = json.loads(Path(notebook).read_text(encoding="utf-8"))["cells"]
    return [{**cell, "source": "".join(cell["source"])} for cell in read]


def code_cells(notebook):
    """The cells of a notebook that run."""
    return [cell for cell in cells(notebook) if cell["cell_type"] == "code" and cell["source"].strip()]


def about(cell):
    """What the course says about a cell: exercise, role, points."""
    return cell["metadata"].get("neurobook", {})


def copy_to(folder):
    """Copies the files of this checkout, committed or new, as a clone would hold them."""
    listed = subprocess.run(["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True)
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


@contextlib.contextmanager
def temporary_copy(name="course", parent=None):
    """A copy of this checkout with an empty cache beside it: gives the copy's folder and an environment for it."""
    with tempfile.TemporaryDirectory(prefix="neurobook-test-", dir=parent, ignore_cleanup_errors=True) as folder:
        root = copy_to(Path(folder) / name)
        yield root, environment(root, Path(folder) / "cache")


def environment(root, cache):
    """The environment variables under which the program serves another checkout with another cache."""
    return {**os.environ, "NEUROBOOK_ROOT": str(root), "NEUROBOOK_CACHE": str(cache)}


def share_jupyterlab(cache):
    """Lends a temporary cache the JupyterLab of the user's own, which takes a minute to install."""
    own = Path(os.environ.get("NEUROBOOK_CACHE") or Path.home() / ".cache" / "neurobook")
    Path(cache).mkdir(parents=True, exist_ok=True)
    (Path(cache) / "jupyter").symlink_to(own / "jupyter")


def neurobook(*arguments, env=None, cwd=None, timeout=300, before=()):
    """Runs the program to its end; `before` is a command that starts it, such as `unshare`."""
    command = [*before, str(PROGRAM), *arguments]
    return subprocess.run(command, env=env, cwd=cwd, timeout=timeout, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def set_up(env):
    """Sets up everything but JupyterLab for a temporary copy."""
    done = neurobook("setup", "--no-jupyter", env=env, timeout=600)
    assert done.returncode == 0, f"setup failed:\n{done.stdout}{done.stderr}"


def kernel_specs(env):
    """Describes the kernel of a temporary copy to Jupyter and gives the folder of the description."""
    done = neurobook("python", "-c", "import os; print(os.environ['JUPYTER_DATA_DIR'])", env=env)
    assert done.returncode == 0, f"no kernel is described:\n{done.stdout}{done.stderr}"
    return Path(done.stdout.strip()) / "kernels"
