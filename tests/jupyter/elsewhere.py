"""The kernel in Jupyter programs that are not ours, such as VS Code: `neurobook register`, and where it is started.

Usage: cargo run -- python tests/jupyter/elsewhere.py [TEST NAME...], or any Python that has jupyter_client.
"""
import os
import subprocess
import tempfile
import time
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

import checkout
import harness
from kernel import Kernel

FIGURE = "Figure::new().line([0.0, 1.0], [0.0, 1.0]).show();"


class Elsewhere:
    """A user's Jupyter data folder, in which the kernel gets registered; its tests go on from each other."""

    def __init__(self, data):
        """`data` is empty at first. `neurobook python` has told this process of our own folders: that is undone."""
        self.specs = Path(data) / "kernels"
        for name in [name for name in os.environ if name.startswith("JUPYTER_")]:
            del os.environ[name]
        os.environ["JUPYTER_DATA_DIR"] = str(data)

    def before_it_is_registered_there_is_no_such_kernel(self):
        """The search of a stranger does not find ours."""
        try:
            found = KernelSpecManager(kernel_dirs=[str(self.specs)]).get_kernel_spec("rust")
        except NoSuchKernel:
            return
        raise AssertionError(f"a kernel was there already: {found.argv}")

    def a_registered_kernel_runs_a_chapters_first_cells(self):
        """Jupyter's own search finds it by the name that the chapters ask for."""
        done = checkout.neurobook("register")
        assert done.returncode == 0, done.stderr
        assert KernelSpecManager().get_kernel_spec("rust").display_name == "Rust (neurobook)"
        self.draws(checkout.ROOT / "notebooks" / "mine")

    def it_runs_also_where_the_course_is_the_open_folder(self):
        """VS Code may start a kernel there, whence the chapters' `../..` leads out of the course."""
        self.draws(checkout.ROOT)

    def it_runs_also_among_the_downloads(self):
        """A notebook that came by mail or was saved by a browser: `../..` is the course there, too, and a file beside it is found."""
        with tempfile.TemporaryDirectory(prefix="neurobook-test-") as home:
            downloads = Path(home) / "Downloads"
            downloads.mkdir()
            self.draws_and_reads(downloads)

    def it_runs_also_in_a_subfolder_of_mine(self):
        """A learner who keeps experiments apart."""
        mine = checkout.ROOT / "notebooks" / "mine"
        mine.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="experiments-", dir=mine) as folder:
            self.draws_and_reads(Path(folder))

    def it_runs_also_in_an_editor_that_does_not_know_rusts_folder(self):
        """A program that was started from a menu may have a PATH without rustup's folder."""
        folders = os.environ["PATH"].split(os.pathsep)
        # Where both are in one folder, the linker keeps it.
        without = [folder for folder in folders if not (Path(folder) / "rustc").exists() or (Path(folder) / "cc").exists()]
        self.draws(checkout.ROOT / "notebooks" / "mine", PATH=os.pathsep.join(without))

    def a_kernel_that_is_taken_out_is_gone(self):
        """And its folder with it."""
        done = checkout.neurobook("register", "--remove")
        assert done.returncode == 0, done.stderr
        assert not list(self.specs.iterdir()), list(self.specs.iterdir())

    def a_program_in_our_environment_ends_with_the_command_that_started_it(self):
        """A server, say, of which nothing would be left to see but its port."""
        command = [str(checkout.PROGRAM), "python", "-c", "import os, time; print(os.getpid(), flush=True); time.sleep(600)"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as started:
            program = int(started.stdout.readline())
            started.terminate()
            started.wait(timeout=60)
        end = time.monotonic() + 60
        while Path(f"/proc/{program}").exists():
            assert time.monotonic() < end, "it is still there"
            time.sleep(0.1)

    def draws_and_reads(self, folder):
        """The same with a file beside the notebook."""
        (folder / "weights.csv").write_text("0,1\n1,0\n", encoding="utf-8")
        self.draws(folder)
        with Kernel(folder) as kernel:
            assert kernel.value('std::fs::read_to_string("weights.csv").unwrap().len()') == "8"

    def draws(self, folder, **environment):
        """Runs the first code cell of a chapter, and one with a figure."""
        first = checkout.code_cells(checkout.notebooks("student")[0])[0]["source"]
        assert '"../.."' in first, first
        with Kernel(folder, **environment) as kernel:
            kernel.succeed(first)
            assert "data:image/svg+xml" in kernel.succeed(FIGURE).html


def main():
    """Runs all tests in one empty data folder."""
    with tempfile.TemporaryDirectory(prefix="neurobook-test-") as data:
        here = Elsewhere(data)
        harness.run([
            here.before_it_is_registered_there_is_no_such_kernel,
            here.a_registered_kernel_runs_a_chapters_first_cells,
            here.it_runs_also_where_the_course_is_the_open_folder,
            here.it_runs_also_among_the_downloads,
            here.it_runs_also_in_a_subfolder_of_mine,
            here.it_runs_also_in_an_editor_that_does_not_know_rusts_folder,
            here.a_kernel_that_is_taken_out_is_gone,
            here.a_program_in_our_environment_ends_with_the_command_that_started_it,
        ], in_order=True)


if __name__ == "__main__":
    main()
