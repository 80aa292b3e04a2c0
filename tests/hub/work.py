"""What learners do: a first figure, their own chapters, notebooks anywhere."""
import concurrent.futures
import json
import os
import time
from pathlib import Path

from place import CHECKOUT, SHARED
from server import Kernel, start_server
from users import as_user, home, largest_session, megabytes, processes, words

CELLS = [
    ':dep neurobook = { path = "../.." }\nuse neurobook::prelude::*;',
    "let x = Array1::linspace(0.0, 6.0, 100); let y = x.mapv(f64::sin);",
    "Figure::new().line(&x, &y).show();",
]
COMMAND = SHARED / "current/bin/neurobook"


def together(task, users):
    """The same for all users at once; what each gives."""
    with concurrent.futures.ThreadPoolExecutor(max_workers=len(users)) as pool:
        return dict(zip(users, pool.map(task, users)))


def first_figures(users):
    """All start their servers at the same moment. Gives their kernels."""
    begin = time.monotonic()

    def work(user):
        start_server(user)
        opened = time.monotonic()
        kernel = Kernel(user)
        assert "<img" in kernel.succeed(*CELLS)
        return kernel, time.monotonic() - begin, time.monotonic() - opened

    done = together(work, users)
    for what, place in [("server", 1), ("kernel", 2)]:
        seconds = ", ".join(f"{took[place]:.1f}" for took in done.values())
        print(f"    {len(users)} at once, from the start of the {what} to the first figure: {seconds} s", flush=True)
    return {user: kernel for user, (kernel, _, _) in done.items()}


def learners_see_a_figure_at_once(users):
    """What it takes of memory and disk, too."""
    kernels = first_figures(users)
    # A spare kernel comes when the learner reads. What its compiler takes, as that of a cell does, is not there for long.
    time.sleep(4)
    deadline = time.monotonic() + 60
    while any("rustc" in words(process) for user in users for process in processes(user)):
        assert time.monotonic() < deadline, "a compiler does not end"
        time.sleep(0.5)
    memory, disk = max(map(megabytes, users)), max(map(largest_session, users))
    print(f"    at most: {memory:.0f} MB of memory for a user, {disk:.1f} MB of disk for a kernel", flush=True)
    assert 0 < memory < 220 and 0 < disk < 20, (memory, disk)
    return kernels


def chapters_are_handed_out_and_never_overwritten(user):
    """The own notebooks, and the commands for them."""
    start_server(user)
    folder = home(user) / "neurobook"
    chapters = sorted(path.name for path in folder.glob("*.ipynb"))
    assert len(chapters) == len(list((CHECKOUT / "notebooks/student").glob("*.ipynb"))), chapters
    assert all(path.stat().st_uid == home(user).stat().st_uid for path in folder.glob("*.ipynb"))
    mine = folder / chapters[1]
    text = mine.read_text()
    notebook = json.loads(text)
    notebook["cells"][0]["source"] = ["What I have written"]
    mine.write_text(json.dumps(notebook))
    changed = mine.read_text()
    again = as_user(user, "neurobook hand-out -- echo and then")
    assert again.returncode == 0 and again.stdout.strip().endswith("and then"), again.stdout
    assert mine.read_text() == changed and changed != text
    for line in ["progress", "check 02", "update 01", "reset 01"]:
        said = as_user(user, f"neurobook {line}")
        assert said.returncode in (0, 1) and "error" not in said.stdout.lower(), (line, said.stdout)
    assert list((folder / "backups").glob("*.ipynb"))


def notebooks_work_in_any_folder(user):
    """Where nbgitpuller or a learner puts them."""
    Kernel(user, "somewhere/deep/inside").succeed(*CELLS)


def a_chapter_runs_over_files_instead_of_ports(user):
    """All cells of chapter 01's solution, over transport ipc, as the page configures it."""
    cells = json.loads((CHECKOUT / "notebooks/solution/01_connectivity.ipynb").read_text())["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    Kernel(user, name="chapter").succeed(*[cell for cell in code if cell.strip()])


def snapshot():
    """All of the shared folder: what each file is, whose, and when it was written."""
    seen = {}
    for folder, folders, files in os.walk(SHARED):
        for path in [Path(folder) / name for name in folders + files]:
            about = path.lstat()
            seen[str(path)] = (about.st_mode, about.st_uid, about.st_size, about.st_mtime_ns)
    return seen
