"""The settings of this course's JupyterLab that depend on the machine."""
import errno
import os
import shutil
import sqlite3
import sys
from importlib.util import find_spec
from pathlib import Path


def signatures_can_be_kept(folder):
    """Whether SQLite can lock a file there; on some network disks it cannot."""
    file = Path(folder) / "nbsignatures.db"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(file, timeout=1, isolation_level=None)
        try:
            database.execute("BEGIN IMMEDIATE")
            database.execute("CREATE TABLE neurobook_probe (column)")
            database.execute("ROLLBACK")
        finally:
            database.close()
    except sqlite3.OperationalError as error:
        # Another server of the course may be writing just now.
        return "locked" in str(error) and locks(file)
    except sqlite3.DatabaseError:
        # Damaged: Jupyter puts it aside and begins another one.
        return True
    except OSError:
        return False
    return True


def locks(file):
    """Whether a lock of the kind that SQLite uses can be had or is held by somebody."""
    try:
        import fcntl
    except ImportError:
        return True
    with open(file, "r+b") as opened:
        try:
            fcntl.lockf(opened, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 0x40000000)
        except OSError as error:
            return error.errno in (errno.EACCES, errno.EAGAIN)
    return True


if not signatures_can_be_kept(os.environ["JUPYTER_DATA_DIR"]):
    c.NotebookNotary.db_file = ":memory:"  # noqa: F821: Jupyter gives this file its `c`
    print(
        "The disk of your cache folder cannot lock files: which notebooks are trusted is known until JupyterLab ends. "
        "Sliders that are not shown after the next start come back when their cells are run.",
        file=sys.stderr,
    )

# File > Save and Export Notebook As offers what works on this machine: some forms need programs that are no part of JupyterLab.
has_pandoc = shutil.which("pandoc") is not None
export_works = {
    "LatexExporter": has_pandoc,
    "PDFExporter": has_pandoc and shutil.which("xelatex") is not None,
    "RSTExporter": has_pandoc,
    "ASCIIDocExporter": has_pandoc,
    "WebPDFExporter": find_spec("playwright") is not None,
    "QtPDFExporter": find_spec("PyQt5") is not None,
    "QtPNGExporter": find_spec("PyQt5") is not None,
}
for exporter, works in export_works.items():
    if not works:
        c[exporter].enabled = False  # noqa: F821: Jupyter gives this file its `c`
