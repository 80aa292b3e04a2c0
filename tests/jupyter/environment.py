"""JupyterLab's private environment on machines whose settings for Python, pip and disks are not as one would wish.

Usage: python tests/jupyter/environment.py [TEST NAME...]. Each test installs JupyterLab into a cache of its own.
"""
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import checkout
import harness

WORKS = "import sys, jupyterlab, jupyter_server, jupyter_client, nbformat; print(sys.prefix)"

# What the settings of a machine may say, by the name of pip's own option.
ELSEWHERE = {"user": "1", "require-virtualenv": "0", "no-deps": "1", "no-binary": ":all:", "quiet": "3"}


@contextmanager
def machine():
    """An empty home and cache: gives the home's folder and an environment for it."""
    with tempfile.TemporaryDirectory(prefix="neurobook-test-", ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "home"
        home.mkdir()
        places = {"HOME": str(home), "PYTHONUSERBASE": str(home / "user"), "XDG_CONFIG_HOME": str(home / ".config")}
        # Rust and pip's cache stay those of the person who runs the tests.
        own = Path.home()
        kept = {"CARGO_HOME": str(own / ".cargo"), "RUSTUP_HOME": str(own / ".rustup"), "PIP_CACHE_DIR": str(own / ".cache" / "pip")}
        kept = {name: os.environ.get(name, value) for name, value in kept.items()}
        yield home, {**checkout.environment(checkout.ROOT, Path(folder) / "cache"), **kept, **places}


def settings(home):
    """pip's options that lead elsewhere, each at its worst."""
    constraint = home / "constraint.txt"
    constraint.write_text("jupyterlab<4\ntornado<1\n", encoding="utf-8")
    return {**ELSEWHERE, "constraint": str(constraint), "root": str(home / "root")}


def works(environment):
    """Asserts that JupyterLab is installed and can be loaded from inside the cache, now and at a second start."""
    for _ in range(2):
        done = checkout.neurobook("python", "-c", WORKS, env=environment, timeout=800)
        assert done.returncode == 0, f"{done.stdout}{done.stderr}"
        assert Path(done.stdout.strip()).is_relative_to(environment["NEUROBOOK_CACHE"]), done.stdout
    assert "Installing" not in done.stderr, done.stderr


def stays_empty(home):
    """Asserts that pip has put no package anywhere else."""
    strays = [path for path in home.rglob("*") if path.name.startswith("jupyterlab")]
    assert not strays, strays


def variables_that_send_packages_elsewhere_do_not_reach_our_environment():
    """`PIP_USER`, `PIP_CONSTRAINT` and all their kind at once, with a Python path that hides half the library."""
    with machine() as (home, environment):
        hidden = home / "path" / "json"
        hidden.mkdir(parents=True)
        (hidden / "__init__.py").write_text("raise ImportError('not this one')\n", encoding="utf-8")
        told = {"PIP_" + key.upper().replace("-", "_"): value for key, value in settings(home).items()}
        works({**environment, **told, "PYTHONPATH": str(hidden.parent), "PIP_PYTHON": "/nowhere/python"})
        stays_empty(home)


def a_target_is_not_believed_to_be_an_installation():
    """`PIP_TARGET`: pip says "done", and the environment is empty."""
    with machine() as (home, environment):
        works({**environment, "PIP_TARGET": str(home / "elsewhere")})
        stays_empty(home)


def a_prefix_is_not_believed_to_be_an_installation():
    """`PIP_PREFIX`, likewise."""
    with machine() as (home, environment):
        works({**environment, "PIP_PREFIX": str(home / "elsewhere")})
        stays_empty(home)


def a_pip_conf_that_sends_packages_elsewhere_does_not_reach_our_environment():
    """The same keys in the user's file: only what is about the index is obeyed."""
    with machine() as (home, environment):
        keys = "\n".join(f"{key} = {value}" for key, value in settings(home).items())
        file = home / ".config" / "pip" / "pip.conf"
        file.parent.mkdir(parents=True)
        file.write_text(f"[global]\n{keys}\n[install]\nprefix = {home}/prefix\n", encoding="utf-8")
        works(environment)
        stays_empty(home)


def a_pip_conf_that_names_an_index_is_obeyed():
    """An institution's own index, which is not there: the message names it and speaks of the network."""
    with machine() as (home, environment):
        file = home / "pip.ini"
        file.write_text("[global]\nindex-url = http://127.0.0.1:9/simple\nretries = 0\nno-index = false\n", encoding="utf-8")
        lonely = {name: value for name, value in environment.items() if name not in ("PIP_INDEX_URL", "PIP_FIND_LINKS", "PIP_RETRIES")}
        done = checkout.neurobook("python", "-c", WORKS, env={**lonely, "PIP_CONFIG_FILE": str(file)}, timeout=300)
        assert done.returncode != 0 and "127.0.0.1" not in done.stdout, done.stdout
        first = next(line for line in done.stderr.splitlines() if line.startswith("error: "))
        assert "later starts do not" in first, done.stderr


def an_environment_that_lost_a_package_is_made_again():
    """The mark says "complete", and a package is gone."""
    with machine() as (_, environment):
        works(environment)
        package = next(Path(environment["NEUROBOOK_CACHE"]).rglob("site-packages/nbformat"))
        package.rename(package.with_name("lost"))
        works(environment)


def an_environment_of_another_version_of_the_course_is_looked_at_and_kept():
    """Its mark is an empty file: nothing is downloaded again."""
    with machine() as (_, environment):
        works(environment)
        mark = next(Path(environment["NEUROBOOK_CACHE"]).rglob("complete"))
        mark.write_text("", encoding="utf-8")
        done = checkout.neurobook("python", "-c", WORKS, env=environment)
        assert done.returncode == 0 and "Installing" not in done.stderr, done.stderr


def on_a_full_disk_the_space_is_named_and_not_the_network():
    """A cache on a disk of 60 MB: what is needed, what is free, where."""
    assert os.geteuid() == 0, "needs root, to mount a small disk"
    with machine() as (home, environment):
        disk = home / "disk"
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", str(disk)], check=True)
        try:
            done = checkout.neurobook("python", "-c", WORKS, env={**environment, "NEUROBOOK_CACHE": str(disk)}, timeout=400)
        finally:
            subprocess.run(["umount", "--lazy", str(disk)], check=True)
        assert done.returncode != 0, done.stdout
        reason = next(line for line in done.stderr.splitlines() if line.startswith("error: "))
        assert "no space left" in reason and "MB are free" in reason and str(disk) in reason, done.stderr
        assert "connect" not in done.stderr.replace("connection", ""), done.stderr


def without_ensurepip_the_message_names_the_package():
    """As Debian's Python without python3-venv."""
    with machine() as (home, environment):
        programs = home / "programs"
        programs.mkdir()
        broken = programs / "python3"
        script = f'case "$*" in *ensurepip*|*venv*) echo "The virtual environment was not created successfully because ensurepip is not available." ; exit 1;; esac\nexec {sys.executable} "$@"'
        broken.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        broken.chmod(0o755)
        path = f"{programs}{os.pathsep}{environment['PATH']}"
        done = checkout.neurobook("python", "-c", WORKS, env={**environment, "PATH": path})
        assert done.returncode != 0, done.stdout
        reason = done.stderr[done.stderr.index("error: "):]
        assert "python3-venv" in reason and "network" not in reason, done.stderr


# Signs a notebook as JupyterLab's server would, and says whether it was trusted before.
SIGN = """
import os
from pathlib import Path
from nbformat.sign import NotebookNotary
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config.loader import Config, PyFileConfigLoader
folder = os.environ["JUPYTER_CONFIG_DIR"]
name = "jupyter_server_config.py"
config = PyFileConfigLoader(name, path=folder).load_config() if Path(folder, name).is_file() else Config()
notary = NotebookNotary(config=config, data_dir=os.environ["JUPYTER_DATA_DIR"])
notebook = new_notebook(cells=[new_code_cell("1", id="one")])
trusted = notary.check_signature(notebook)
notary.sign(notebook)
print(trusted, notary.check_signature(notebook))
"""

FOLDERS = "import os; [print(os.environ[f'JUPYTER_{kind}_DIR']) for kind in ('CONFIG', 'DATA', 'RUNTIME')]"

# Every form that JupyterLab's menu offers, and whether a notebook can be had in it. The menu itself leaves out "custom".
EXPORT = """
from jupyter_server.serverapp import ServerApp
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import get_config
server = ServerApp.instance()
server.initialize(["--no-browser", "--port=0", "--ServerApp.log_level=50"], new_httpserver=False)
from nbconvert.exporters import base
shown = new_output("display_data", {"text/html": "<b>shown</b>", "text/plain": "shown"})
notebook = new_notebook(cells=[new_markdown_cell("# Title $x^2$"), new_code_cell("let x = 1;", outputs=[shown])])
notebook.metadata.kernelspec = {"name": "rust", "language": "rust", "display_name": "Rust"}
for name in base.get_export_names():
    if name != "custom":
        page, _ = base.get_exporter(name)(config=get_config()).from_notebook_node(notebook)
        print(name, len(page) > 0)
"""

# A disk on which `fcntl` cannot lock, as some network disks are.
NO_LOCKS = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
static int answer(const char *name, int file, int command, void *argument) {
    if (command == F_SETLK || command == F_SETLKW) { errno = ENOLCK; return -1; }
    int (*real)(int, int, ...) = dlsym(RTLD_NEXT, name);
    return real(file, command, argument);
}
#define REPLACE(name) int name(int file, int command, ...) { \\
    va_list list; va_start(list, command); void *argument = va_arg(list, void *); va_end(list); \\
    return answer(#name, file, command, argument); }
REPLACE(fcntl)
REPLACE(fcntl64)
"""


class Server:
    """One installation, whose server keeps things between its starts; its tests go on from each other."""

    def __init__(self, home, environment):
        """Nothing is installed yet: the first test does it."""
        self.home, self.environment = home, environment

    def sign(self, **environment):
        """Starts again and signs the same notebook: what was said on both streams."""
        done = checkout.neurobook("python", "-c", SIGN, env={**self.environment, **environment}, timeout=800)
        assert done.returncode == 0, f"{done.stdout}{done.stderr}"
        return done.stdout.strip(), done.stderr

    def a_trusted_notebook_stays_trusted_between_starts(self):
        """The signatures are in a file."""
        assert self.sign()[0] == "False True"
        said, errors = self.sign()
        assert said == "True True" and not errors, f"{said}\n{errors}"

    def where_sqlite_cannot_lock_the_signatures_are_in_memory_and_the_file_is_left_alone(self):
        """One sentence says so, and a start with locks finds what it had."""
        source, library = self.home / "no_locks.c", self.home / "no_locks.so"
        source.write_text(NO_LOCKS, encoding="utf-8")
        subprocess.run(["cc", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"], check=True)
        said, errors = self.sign(LD_PRELOAD=str(library))
        assert said == "False True" and "cannot lock files" in errors and "renamed" not in errors, f"{said}\n{errors}"
        assert self.sign()[0] == "True True"

    def every_form_that_the_menu_offers_for_a_notebook_can_be_made(self):
        """Without TeX and Pandoc there is no PDF in the menu, in place of an error 500."""
        without = {"PATH": str(self.home)}
        program = Path(checkout.neurobook("python", "-c", "import sys; print(sys.executable)", env=self.environment).stdout.strip())
        folders = checkout.neurobook("python", "-c", FOLDERS, env=self.environment).stdout.split()
        places = dict(zip(("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"), folders))
        done = subprocess.run(
            [str(program), "-c", EXPORT], env={**self.environment, **places, **without}, cwd=self.home, capture_output=True, text=True, timeout=200
        )
        assert done.returncode == 0, done.stderr
        made = dict(line.split() for line in done.stdout.splitlines())
        assert set(made.values()) == {"True"} and {"html", "markdown", "slides"} <= set(made), made
        assert not {"pdf", "latex", "webpdf", "qtpdf", "rst"} & set(made), made

    def running_files_are_on_this_machine_and_closed_to_others(self):
        """Not in a home on a network disk, where no socket can be made; in the user's own folder where there is one."""
        own = self.home / "run"
        own.mkdir(mode=0o700)
        for variables, parent in (({"XDG_RUNTIME_DIR": str(own)}, own), ({"XDG_RUNTIME_DIR": "", "TMPDIR": str(self.home)}, self.home)):
            show = "import os; print(os.environ['JUPYTER_RUNTIME_DIR'])"
            done = checkout.neurobook("python", "-c", show, env={**self.environment, **variables})
            assert done.returncode == 0, done.stderr
            folder = Path(done.stdout.strip())
            assert folder.parent == parent and folder.stat().st_mode & 0o777 == 0o700, folder


def main():
    """Runs all tests, the ones of the server in one installation."""
    with machine() as (home, environment):
        server = Server(home, environment)
        harness.run([
            server.a_trusted_notebook_stays_trusted_between_starts,
            server.where_sqlite_cannot_lock_the_signatures_are_in_memory_and_the_file_is_left_alone,
            server.every_form_that_the_menu_offers_for_a_notebook_can_be_made,
            server.running_files_are_on_this_machine_and_closed_to_others,
            variables_that_send_packages_elsewhere_do_not_reach_our_environment,
            a_target_is_not_believed_to_be_an_installation,
            a_prefix_is_not_believed_to_be_an_installation,
            a_pip_conf_that_sends_packages_elsewhere_does_not_reach_our_environment,
            a_pip_conf_that_names_an_index_is_obeyed,
            an_environment_that_lost_a_package_is_made_again,
            an_environment_of_another_version_of_the_course_is_looked_at_and_kept,
            on_a_full_disk_the_space_is_named_and_not_the_network,
            without_ensurepip_the_message_names_the_package,
        ], seconds=900)


if __name__ == "__main__":
    main()
