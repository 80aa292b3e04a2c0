"""Looks whether JupyterLab's environment works: each package can be loaded, from inside, at the version that is named.

Prints the files, one a line, by which a later start sees quickly that all is still there.
"""
import importlib
import sys
from importlib import metadata
from pathlib import Path

HOME = Path(sys.prefix).resolve()
PAGE = HOME / "share" / "jupyter" / "lab" / "static" / "package.json"


def load(requirement):
    """Loads a package and gives its file."""
    name, version = requirement.split("==")
    try:
        found = metadata.version(name)
        file = Path(importlib.import_module(name).__file__).resolve()
    except Exception as error:  # noqa: BLE001: a package may fail in any way while it is loaded
        sys.exit(f"{name} cannot be loaded: {type(error).__name__}: {error}")
    if found != version:
        sys.exit(f"{name} is there at version {found}, and not at {version}")
    if HOME not in file.parents:
        sys.exit(f"{name} is taken from {file}, which is elsewhere")
    return file


files = [load(requirement) for requirement in sys.argv[1:]]
if not PAGE.is_file():
    sys.exit(f"JupyterLab's page is missing: {PAGE}")
for file in [*files, PAGE]:
    print(file.relative_to(HOME))
