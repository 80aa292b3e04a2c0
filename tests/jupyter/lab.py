"""A running `neurobook lab`, for tests."""
import os
import queue
import re
import signal
import socket
import subprocess
import threading
import time

import checkout

ADDRESS = re.compile(r"http://(?:localhost|127\.0\.0\.1):(\d+)/\S*token=\w+")


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Lab:
    """Starts JupyterLab as the program does, without a browser; a context manager that ends it."""

    def __init__(self, environment, port=None, before=(), options=()):
        """`before` is a command that starts the program, such as `setpriv`; `options` go to JupyterLab."""
        root_user = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        command = [*before, str(checkout.PROGRAM), "lab", "02", "--no-browser", "--port", str(port or free_port())]
        self.said, self.lines = "", queue.Queue()
        self.process = subprocess.Popen(
            [*command, "--", *root_user, *options],
            env=environment, cwd=environment["NEUROBOOK_ROOT"], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )
        threading.Thread(target=self.read, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def read(self):
        """Reads what the server says, line by line, until it ends."""
        for line in self.process.stdout:
            self.said += line
            self.lines.put(line)
        self.lines.put(None)

    def address(self, timeout=300):
        """The address to open, with its token, once JupyterLab has said it."""
        deadline = time.monotonic() + timeout
        while True:
            line = self.lines.get(timeout=max(0.1, deadline - time.monotonic()))
            assert line is not None, f"JupyterLab ended:\n{self.said}"
            if found := ADDRESS.search(line):
                self.wait_for_port(int(found[1]), deadline)
                return found[0]

    def wait_for_port(self, port, deadline):
        """Waits until somebody answers: JupyterLab says its address a moment before it listens."""
        while True:
            with socket.socket() as caller:
                if caller.connect_ex(("127.0.0.1", port)) == 0:
                    return
            assert time.monotonic() < deadline, f"nobody answers at port {port}:\n{self.said}"
            time.sleep(0.1)
