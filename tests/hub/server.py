"""What the hub's test asks the hub and its users' servers, by the way that a browser takes."""
import json
import subprocess
import time
import urllib.request

from place import HERE, HUB, NAME, PORT, TOKEN


def call(method, path, content=None):
    """Asks the hub, or a user's server."""
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", method=method, data=None if content is None else json.dumps(content).encode())
    request.add_header("Authorization", f"token {TOKEN}")
    with urllib.request.urlopen(request, timeout=60) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def wait_until(what, true, seconds=60):
    """Waits for something; says what did not come."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.1)


def is_ready(user):
    """Whether a user's server answers."""
    return call("GET", f"/hub/api/users/{user}").get("servers", {}).get("", {}).get("ready", False)


def start_server(user):
    """A learner's server."""
    call("POST", f"/hub/api/users/{user}/server", {})
    wait_until(f"the server of {user}", lambda: is_ready(user))


class Kernel:
    """A kernel of a user's, and a client that runs cells in it, by the way a browser takes."""

    def __init__(self, user, folder="neurobook"):
        self.user, self.base = user, f"/user/{user}/api/kernels"
        session = {"path": f"{folder}/test.ipynb", "name": "", "type": "notebook", "kernel": {"name": NAME}}
        self.number = call("POST", f"/user/{user}/api/sessions", session)["kernel"]["id"]

    def run(self, *cells, wait=True):
        """What each cell gives: its outputs, and its error if it is one."""
        words = [str(HUB / "bin/python"), str(HERE / "cells.py"), f"ws://127.0.0.1:{PORT}{self.base}/{self.number}/channels", TOKEN]
        words += [] if wait else ["--leave"]
        ran = subprocess.run(words, input=json.dumps(cells), capture_output=True, text=True, timeout=180, check=False)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)
