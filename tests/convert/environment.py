"""The Python in which other programs' files are made: its own, with the versions of requirements.txt."""
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "jupyter"))

import checkout  # noqa: E402: found by the line above

ENVIRONMENT = checkout.TARGET / "convert"


def enter():
    """Makes the environment where it is missing, and goes on in it."""
    if Path(sys.prefix).resolve() == ENVIRONMENT.resolve():
        return
    wanted, installed = (HERE / "requirements.txt").read_text(encoding="utf-8"), ENVIRONMENT / "installed.txt"
    python = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not installed.is_file() or installed.read_text(encoding="utf-8") != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "--requirement", str(HERE / "requirements.txt")], check=True)
        installed.write_text(wanted, encoding="utf-8")
    sys.exit(subprocess.run([str(python), *sys.argv], check=False).returncode)
