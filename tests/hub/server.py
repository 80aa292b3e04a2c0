"""What the hub's test asks the hub and its users' servers, by the way that a browser takes."""
import json
import os
import signal
import subprocess
import time
import urllib.request

from documented import start_line
from place import HERE, HUB, PLACE, PORT, TOKEN

# Where the hub is asked.
ORIGIN = f"http://127.0.0.1:{PORT}"


def call(method, path, content=None):
    """Asks the hub, or a user's server."""
    request = urllib.request.Request(f"{ORIGIN}{path}", method=method, data=None if content is None else json.dumps(content).encode())
    request.add_header("Authorization", f"token {TOKEN}")
    with urllib.request.urlopen(request, timeout=60) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def wait_until(what, true, seconds=90):
    """Waits for something; says what did not come."""
    begin = time.monotonic()
    while not true():
        assert time.monotonic() < begin + seconds, f"not within {seconds} s: {what() if callable(what) else what}"
        time.sleep(0.1)
    return time.monotonic() - begin


class Hub:
    """The hub, started by the page's last line."""

    def __init__(self):
        self.process = None

    def start(self, users):
        """Starts it, and waits until it answers."""
        work = PLACE / "work"
        work.mkdir(exist_ok=True)
        with open(PLACE / "hub.log", "a") as log:
            self.process = subprocess.Popen(start_line().split(), cwd=work, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        wait_until("the hub", self.answers)
        for user in users:
            try:
                call("POST", f"/hub/api/users/{user}")
            except urllib.error.HTTPError as error:
                # It is known from before.
                assert error.code == 409, error

    def answers(self):
        """Whether the hub can be asked."""
        assert self.process.poll() is None, "the hub has ended"
        try:
            return call("GET", "/hub/api/") is not None
        except OSError:
            return False

    def kill(self):
        """The hub and its proxy, without a word to anybody."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """As a service manager does."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


def is_ready(user):
    """Whether a user's server answers."""
    return call("GET", f"/hub/api/users/{user}").get("servers", {}).get("", {}).get("ready", False)


def is_gone(user):
    """Whether the hub knows of no server of a user's; one that is being stopped is not ready, and cannot be started yet."""
    return "" not in call("GET", f"/hub/api/users/{user}").get("servers", {})


def start_server(user):
    """A learner's server, if it does not run."""
    if not is_ready(user):
        call("POST", f"/hub/api/users/{user}/server", {})
        wait_until(f"the server of {user}", lambda: is_ready(user))


class Kernel:
    """A kernel of a user's, and a client that runs cells in it, by the way a browser takes."""

    def __init__(self, user, folder="neurobook", name="test"):
        self.user, self.base = user, f"/user/{user}/api/kernels"
        start_server(user)
        session = {"path": f"{folder}/{name}.ipynb", "name": "", "type": "notebook", "kernel": {"name": "rust"}}
        self.number = call("POST", f"/user/{user}/api/sessions", session)["kernel"]["id"]

    def run(self, *cells, wait=True):
        """What each cell gives: its outputs, and its error if it is one."""
        origin = ORIGIN.replace("http", "ws", 1)
        command = [str(HUB / "bin/python"), str(HERE / "cells.py"), f"{origin}{self.base}/{self.number}/channels", TOKEN]
        command += [] if wait else ["--leave"]
        ran = subprocess.run(command, input=json.dumps(cells), capture_output=True, text=True, timeout=300, check=False)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    def succeed(self, *cells):
        """Cells that have to go well; gives all that the last one shows, as text."""
        outcomes = self.run(*cells)
        errors = [outcome["error"] for outcome in outcomes if outcome["error"]]
        assert not errors, errors
        return json.dumps(outcomes[-1]["outputs"])

    def end(self):
        """Closes the notebook and shuts its kernel down."""
        call("DELETE", f"{self.base}/{self.number}")
