"""What other users of the machine see of a kernel, and cannot do to it."""
import json
import stat
import subprocess

from own_kernel import OwnKernel
from place import HERE, HUB, SHARED
from server import Kernel
from users import as_user, home, session_folders

OPEN_SOCKETS = """import socket, sys
for path in sys.argv[1:]:
    try:
        socket.socket(socket.AF_UNIX).connect(path)
        print("OPEN")
    except PermissionError:
        print("refused")
"""


def files_sockets_and_locks_are_closed_to_others(user, other):
    """The other user looks into an open home."""
    kernel = Kernel(user)
    kernel.succeed("let kept = 41;")
    home(user).chmod(0o755)
    sessions = session_folders(user)
    assert sessions and all(stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0 for folder in [*sessions, sessions[0].parent])
    refused = as_user(other, f"ls {sessions[0]}; ls {sessions[0].parent}")
    assert refused.stdout.count("Permission denied") == 2, refused.stdout
    connections = list(home(user).glob(".local/share/jupyter/runtime/kernel-*.json"))
    about = [json.loads(path.read_text()) for path in connections]
    assert about and all(read["transport"] == "ipc" for read in about), about
    sockets = [f"{read['ip']}-{read[key]}" for read in about for key in read if key.endswith("_port")]
    tried = as_user(other, f"/usr/bin/python3 -c '{OPEN_SOCKETS}' {' '.join(sockets)}")
    assert tried.stdout.split() == ["refused"] * len(sockets), tried.stdout
    locks = as_user(other, f"find {SHARED} -writable -not -type l; for lock in {SHARED}/sessions/*.lock; do flock -n $lock true && echo HELD; done")
    assert "HELD" not in locks.stdout and all("ermission" in line or "cannot open" in line for line in locks.stdout.splitlines()), locks.stdout
    assert "42" in kernel.succeed("kept + 1")


def forged_messages_change_nothing(user, count):
    """Where an administrator left out the page's line for files instead of ports: as many messages with another key, to all five ports."""
    with OwnKernel(user, "--transport=tcp") as kernel:
        assert not kernel.run("let mut kept = 1;")["error"]
        forger = [str(HUB / "bin/python"), str(HERE / "forge.py"), json.dumps(kernel.ports), str(count)]
        for busy in [False, True]:
            if busy:
                kernel.send("std::thread::sleep(std::time::Duration::from_secs(2)); kept += 1;")
            forged = subprocess.run(forger, capture_output=True, text=True, check=False, timeout=300)
            assert forged.returncode == 0, forged.stderr
            if busy:
                assert not kernel.receive()["error"]
        answer = kernel.run("kept + 40")
        assert "42" in json.dumps(answer["outputs"]), answer
        print(f"    {forged.stdout.strip()}; the kernel answers, and its variable is there", flush=True)
