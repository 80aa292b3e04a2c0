"""A class on one server: types the lines of docs/hub.md, with a real JupyterHub, its proxy and users of this machine.

Usage, as root: python3 tests/hub/hub.py [--keep] [--with-update]
Takes about three minutes, most of it the set-up. Folders, users and the kernel's description are removed at the end; `--keep` leaves the two folders for
the next run. `--with-update` changes the course while kernels run. CI_HUB names another folder than /opt.
"""
import concurrent.futures
import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from place import CHECKOUT, HUB, NAME, PLACE, PORT, SHARED, TOKEN
from server import Kernel, call, is_ready, start_server, wait_until
from users import as_user, memory, processes, remove_user, server_process, session_folders

USERS = ["nb-ada", "nb-bo", "nb-cy"]
IDENTITY = ["--name", NAME]
KERNELS = Path("/usr/local/share/jupyter/kernels")
HAD_JUPYTER = KERNELS.parent.exists()
# Whatever is only the test's: how to log in without a password, and where.
OVERRIDES = f"""
load_subconfig({str(HUB / "documented.py")!r})
c.JupyterHub.authenticator_class = "dummy"
c.JupyterHub.bind_url = "http://127.0.0.1:{PORT}"
c.JupyterHub.hub_port = {PORT + 1}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{PORT + 2}"
c.JupyterHub.services.append({{"name": "test", "api_token": "{TOKEN}"}})
c.JupyterHub.load_roles.append({{"name": "test", "services": ["test"], "scopes": ["admin:users", "admin:servers", "access:servers"]}})
"""


def documented():
    """The blocks of docs/hub.md up to the plain hub's: a list of (language, text)."""
    text = (CHECKOUT / "docs/hub.md").read_text().split("\n## 2b.")[0]
    text = text.replace("/opt/neurobook", str(SHARED)).replace("/opt/jupyterhub", str(HUB))
    return re.findall(r"^```(\w+)\n(.*?)^```", text, re.M | re.S)


def shell(line, **options):
    """Types a line; a status other than 0 is a failure."""
    print(f"    $ {line}", flush=True)
    subprocess.run(line, shell=True, check=True, cwd=CHECKOUT, **options)


CELLS = [
    ':dep neurobook = { path = "../.." }\nuse neurobook::prelude::*;',
    "let x = Array1::linspace(0.0, 6.0, 100); let y = x.mapv(f64::sin);",
    "Figure::new().line(&x, &y).show();",
]


def snapshot():
    """All of the shared folder: what each file is, whose, and when it was written."""
    seen = {}
    for folder, folders, files in os.walk(SHARED):
        for path in [Path(folder) / name for name in folders + files]:
            about = path.lstat()
            seen[str(path)] = (about.st_mode, about.st_uid, about.st_size, about.st_mtime_ns)
    return seen


def five_lines_set_up_the_course():
    """Part 1, whatever the umask."""
    lines = documented()[0][1].splitlines()
    os.umask(0o077)
    for line in lines:
        if "/usr/local/bin" in line:
            line = line.replace("/usr/local/bin/neurobook", str(PLACE / "neurobook-command"))
        elif "register" in line:
            line += f" --name {NAME}"
        elif "setup" in line:
            line += " --no-completion"
        shell(line)
    os.umask(0o022)


def lines_install_the_hub():
    """Part 2a."""
    blocks = documented()
    if not (HUB / "bin/configurable-http-proxy").exists():
        for line in blocks[1][1].splitlines():
            shell(f"{line} > {PLACE}/install.log 2>&1")
    assert blocks[2][0] == "python"
    (HUB / "documented.py").write_text(blocks[2][1])
    (HUB / "jupyterhub_config.py").write_text(OVERRIDES)


def start_hub():
    """The last line of part 2a."""
    line = documented()[3][1].strip()
    log = open(PLACE / "hub.log", "w")
    work = PLACE / "work"
    work.mkdir(exist_ok=True)
    hub = subprocess.Popen(line.split(), cwd=work, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)

    def answers():
        assert hub.poll() is None, "the hub has ended"
        try:
            return call("GET", "/hub/api/") is not None
        except OSError:
            return False

    wait_until("the hub", answers)
    for user in USERS:
        call("POST", f"/hub/api/users/{user}")
    return hub


def learners_see_a_figure_at_once():
    """All start at the same time; what each has is only theirs."""
    begin = time.monotonic()

    def work(user):
        start_server(user)
        kernel = Kernel(user)
        outcomes = kernel.run(*CELLS)
        errors = [outcome["error"] for outcome in outcomes if outcome["error"]]
        assert not errors, errors
        assert "<img" in json.dumps(outcomes[2]["outputs"]), outcomes[2]
        return kernel, time.monotonic() - begin

    with concurrent.futures.ThreadPoolExecutor() as pool:
        done = dict(zip(USERS, pool.map(work, USERS)))
    seconds = ", ".join(f"{took:.1f}" for _, took in done.values())
    disk = sum(path.lstat().st_blocks * 512 for folder in session_folders(USERS[0]) for path in folder.rglob("*")) / 1e6
    print(f"    from the start of the server to the figure: {seconds} s; memory of a user {memory(USERS[0]):.0f} MB; disk of the kernels {disk:.1f} MB")
    return {user: kernel for user, (kernel, _) in done.items()}


def chapters_are_handed_out_and_never_overwritten(kernels):
    """The own notebooks, and the commands for them."""
    user = USERS[0]
    folder = Path(pwd.getpwnam(user).pw_dir) / "neurobook"
    chapters = sorted(path.name for path in folder.glob("*.ipynb"))
    assert len(chapters) == len(list((CHECKOUT / "notebooks/student").glob("*.ipynb"))), chapters
    assert all(path.stat().st_uid == pwd.getpwnam(user).pw_uid for path in folder.glob("*.ipynb"))
    command = SHARED / "current/bin/neurobook"
    mine = folder / chapters[1]
    text = mine.read_text()
    notebook = json.loads(text)
    notebook["cells"][0]["source"] = ["What I have written"]
    mine.write_text(json.dumps(notebook))
    changed = mine.read_text()
    again = as_user(user, f"{command} hand-out -- echo and then")
    assert again.returncode == 0 and again.stdout.strip().endswith("and then"), again.stdout
    assert mine.read_text() == changed and changed != text
    for words in ["progress", "check 02", "update 01", "reset 01"]:
        said = as_user(user, f"{command} {words}")
        assert said.returncode in (0, 1) and "error" not in said.stdout.lower(), (words, said.stdout)
    assert list((folder / "backups").glob("*.ipynb"))
    elsewhere = Kernel(user, "somewhere/deep/inside")
    outcomes = elsewhere.run(*CELLS)
    assert not any(outcome["error"] for outcome in outcomes), outcomes
    del kernels


def neighbours_see_and_disturb_nothing(kernels):
    """Files and sockets of another user."""
    ada, bo = USERS[:2]
    home = Path(pwd.getpwnam(ada).pw_dir)
    home.chmod(0o755)
    sessions = session_folders(ada)
    assert sessions and all(folder.stat().st_mode & 0o077 == 0 for folder in [*sessions, sessions[0].parent])
    refused = as_user(bo, f"ls {sessions[0]}; ls {sessions[0].parent}")
    assert refused.stdout.count("Permission denied") == 2, refused.stdout
    connections = list(home.glob(".local/share/jupyter/runtime/kernel-*.json"))
    about = [json.loads(path.read_text()) for path in connections]
    assert about and all(read["transport"] == "ipc" for read in about), about
    sockets = [f"{read['ip']}-{read[key]}" for read in about for key in read if key.endswith("_port")]
    opening = "import socket, sys\nfor path in sys.argv[1:]:\n  try: socket.socket(socket.AF_UNIX).connect(path); print('OPEN')\n  except PermissionError: print('refused')\n"
    tried = as_user(bo, f"/usr/bin/env python3 -c \"{opening}\" {' '.join(sockets)}")
    assert tried.stdout.split() == ["refused"] * len(sockets), tried.stdout
    locks = as_user(bo, f"find {SHARED} -writable -not -type l; for lock in {SHARED}/sessions/*.lock; do flock -n $lock true && echo HELD; done")
    assert "HELD" not in locks.stdout and all("ermission" in line or "cannot open" in line for line in locks.stdout.splitlines()), locks.stdout
    outcomes = kernels[ada].run("y.len()")
    assert "100" in json.dumps(outcomes[0]["outputs"]), outcomes


def a_kernel_ends_with_its_server(kernels):
    """By a stop, by SIGKILL; in an endless cell and at rest."""
    del kernels
    endless = "loop { std::thread::sleep(std::time::Duration::from_millis(1)); }"
    for how in ["stopped", "killed"]:
        for cell in [endless, None]:
            user = USERS[2]
            if not is_ready(user):
                start_server(user)
            kernel = Kernel(user)
            kernel.run(CELLS[0])
            if cell:
                kernel.run(cell, wait=False)
                time.sleep(2)
            assert processes(user) and session_folders(user)
            if how == "stopped":
                call("DELETE", f"/hub/api/users/{user}/server")
            else:
                os.kill(server_process(user), signal.SIGKILL)
            begin = time.monotonic()
            wait_until(f"the end of all processes ({how}, {cell})", lambda: not processes(user), 10)
            wait_until("the end of the session folders", lambda: not session_folders(user), 10)
            print(f"    {how}, {'an endless cell' if cell else 'at rest'}: gone after {time.monotonic() - begin:.1f} s")
            wait_until("that the hub knows it", lambda: not is_ready(user))


def a_kernel_that_cannot_start_says_why_below_the_first_cell():
    """An unreadable template, and a home that cannot be written."""
    user = USERS[2]
    if not is_ready(user):
        start_server(user)
    key = json.loads((SHARED / "current/set-up.json").read_text())["key"]
    template = SHARED / "sessions" / f"template-{key}"
    template.chmod(0o700)
    try:
        outcomes = Kernel(user).run("1")
        assert "setup --shared" in json.dumps(outcomes), outcomes
        said = subprocess.run([SHARED / "current/bin/neurobook", "register", "--system", *IDENTITY], capture_output=True, text=True, check=False)
        assert said.returncode != 0 and "mode 0700" in said.stderr and str(template) in said.stderr, said
    finally:
        template.chmod(0o755)
    cache = Path(pwd.getpwnam(user).pw_dir) / ".cache"
    shutil.rmtree(cache)
    cache.write_text("")
    try:
        outcomes = Kernel(user).run("1")
        assert "NEUROBOOK_CACHE" in json.dumps(outcomes), outcomes
    finally:
        cache.unlink()
    outcomes = Kernel(user).run(CELLS[0], "1 + 1")
    assert not any(outcome["error"] for outcome in outcomes), outcomes


def a_number_without_an_account_works_on_a_read_only_disk():
    """What a container does: an empty home mounted over, any user of group 0, all else read-only."""
    small = PLACE / "small.ipynb"
    cells = [{"cell_type": "code", "id": f"cell-{number}", "metadata": {}, "execution_count": None, "outputs": [], "source": code} for number, code in enumerate(CELLS)]
    metadata = {"kernelspec": {"name": "rust", "display_name": "Rust", "language": "rust"}, "language_info": {"name": "rust"}}
    small.write_text(json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}))
    home, command = pwd.getpwnam(USERS[1]).pw_dir, SHARED / "current/bin/neurobook"

    def inside(options, line):
        script = f"""set -e
            mount --make-rprivate /
            mount -t tmpfs -o {options} none {home}
            mount -t tmpfs -o mode=1777 none /tmp
            mount -o remount,bind,ro /
            cd {home}
            exec setpriv --reuid 54321 --regid 0 --clear-groups env -i HOME={home} PATH=/usr/bin:/bin {line}"""
        return subprocess.run(["unshare", "--mount", "sh", "-c", script], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)

    said = inside("mode=2775,uid=54321,gid=0", f"{command} hand-out -- {command} run {small}")
    assert said.returncode == 0 and "is your own copy" in said.stdout, said.stdout
    said = inside("mode=755", f"{command} hand-out -- echo goes on")
    assert "goes on" in said.stdout and "chown -R 54321" in said.stdout and "--userns=keep-id" in said.stdout, said.stdout


def an_update_leaves_living_kernels_as_they_are(kernels):
    """The course changes below a living kernel."""
    before = (SHARED / "current").resolve()
    source = CHECKOUT / "src/lib.rs"
    text = source.read_text()
    source.write_text(text + "// A change, which the test takes back.\n")
    try:
        shell(f"cargo run -- setup --shared {SHARED} --no-completion")
    finally:
        source.write_text(text)
    assert (SHARED / "current").resolve() != before and before.is_dir()
    outcomes = kernels[USERS[0]].run("y.len() + 1")
    assert "101" in json.dumps(outcomes[0]["outputs"]), outcomes
    outcomes = Kernel(USERS[1]).run(*CELLS)
    assert not any(outcome["error"] for outcome in outcomes), outcomes


def clean_up(hub, keep):
    """Leaves nothing of the test."""
    if hub:
        hub.send_signal(signal.SIGTERM)
        try:
            hub.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(hub.pid, signal.SIGKILL)
    program = SHARED / "current/bin/neurobook"
    if program.exists():
        subprocess.run([program, "register", "--system", "--remove", *IDENTITY], check=False, stdout=subprocess.DEVNULL)
    if not HAD_JUPYTER:
        for folder in [KERNELS, KERNELS.parent]:
            folder.exists() and folder.rmdir()
    for user in USERS:
        remove_user(user)
    if keep:
        shutil.rmtree(PLACE / "work", ignore_errors=True)
    else:
        shutil.rmtree(PLACE, ignore_errors=True)


def main():
    """All of it, in order; the first failure ends it."""
    hub, failed = None, None
    begin = time.monotonic()

    def part(step, *arguments):
        print(f"{time.monotonic() - begin:5.0f} s  {step.__name__.replace('_', ' ')}", flush=True)
        return step(*arguments)

    PLACE.mkdir(parents=True, exist_ok=True)
    PLACE.chmod(0o755)
    try:
        for user in USERS:
            subprocess.run(["useradd", "--create-home", "--shell", "/bin/bash", user], check=True)
        part(five_lines_set_up_the_course)
        part(lines_install_the_hub)
        hub = part(start_hub)
        before = snapshot()
        kernels = part(learners_see_a_figure_at_once)
        part(chapters_are_handed_out_and_never_overwritten, kernels)
        part(neighbours_see_and_disturb_nothing, kernels)
        part(a_kernel_ends_with_its_server, kernels)
        changed = {path for path in before.items() ^ snapshot().items()}
        assert not changed, sorted(changed)[:5]
        part(a_kernel_that_cannot_start_says_why_below_the_first_cell)
        part(a_number_without_an_account_works_on_a_read_only_disk)
        if "--with-update" in sys.argv:
            part(an_update_leaves_living_kernels_as_they_are, kernels)
    except BaseException as error:  # noqa: BLE001: what was made is removed in any case
        failed = error
        log = PLACE / "hub.log"
        print(f"FAILED: {type(error).__name__}: {error}", flush=True)
        if log.exists():
            print("\n".join(log.read_text(errors="replace").splitlines()[-25:]))
    finally:
        clean_up(hub, "--keep" in sys.argv)
    print(f"{time.monotonic() - begin:5.0f} s  {'FAILED' if failed else 'passed'}")
    if failed:
        raise failed


if __name__ == "__main__":
    main()
