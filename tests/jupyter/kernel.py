"""The notebooks' kernel, driven by a real Jupyter client."""
import os
import re
import tempfile
import time
from dataclasses import dataclass, field

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

import checkout

PANIC = "application/vnd.neurobook.panic+json"


@dataclass
class Ran:
    """What a cell did."""

    status: str = ""
    seconds: float = 0.0
    data: dict = field(default_factory=dict)
    stdout: str = ""
    stderr: str = ""
    cleared: str = ""
    errors: list = field(default_factory=list)

    @property
    def html(self):
        """The HTML below the cell."""
        return self.data.get("text/html", "")

    @property
    def panic(self):
        """The kernel's own account of a panic, if there was one."""
        return self.data.get(PANIC)

    @property
    def clean(self):
        """Whether there is neither an error nor a panic."""
        return self.status == "ok" and not self.errors and self.panic is None and "panicked at" not in self.stderr

    @property
    def traceback(self):
        """The errors as one text, without colours."""
        return re.sub("\x1b\\[[0-9;]*m", "", "\n".join(line for error in self.errors for line in error["traceback"]))

    def trouble(self):
        """What went wrong, to be printed."""
        traces = ["\n".join(error["traceback"]) for error in self.errors]
        return "\n".join([f"status {self.status}", *traces, str(self.panic or ""), self.stderr]).strip()


class Kernel:
    """A running kernel; a context manager that ends it."""

    def __init__(self, folder=None, specs=None, **environment):
        """Starts it in `folder`, as Jupyter does in a notebook's; `specs` holds another checkout's kernel."""
        self.folder = folder or checkout.ROOT / "notebooks" / "student"
        self.manager = KernelManager(kernel_name="rust")
        if specs:
            self.manager.kernel_spec_manager = KernelSpecManager(kernel_dirs=[str(specs)])
        self.log = tempfile.TemporaryFile(mode="w+", encoding="utf-8")
        self.begin = time.perf_counter()
        self.manager.start_kernel(cwd=str(self.folder), env={**os.environ, **environment}, stdout=self.log, stderr=self.log)
        self.client = self.manager.client()
        self.client.start_channels()

    def __enter__(self):
        try:
            self.wait()
        except BaseException as error:
            self.__exit__()
            raise AssertionError(f"the kernel does not start: {error}\n{self.said()}") from error
        return self

    def __exit__(self, *_):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()

    def said(self):
        """What the kernel's process has printed, which no notebook shows."""
        # The kernel writes where this file stands, so reading must not move it.
        return os.pread(self.log.fileno(), 1 << 20, 0).decode(errors="replace")

    def wait(self, timeout=120):
        """Waits until the kernel answers; gives the seconds since its start."""
        self.client.wait_for_ready(timeout=timeout)
        return time.perf_counter() - self.begin

    def send(self, code, cell=None):
        """Asks for a cell's execution and does not wait; gives the request. `cell` is its name, as JupyterLab sends it."""
        if cell is None:
            return self.client.execute(code)
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False, "stop_on_error": True}
        request = self.client.session.msg("execute_request", content, metadata={"cellId": cell})
        self.client.shell_channel.send(request)
        return request["header"]["msg_id"]

    def run(self, code, timeout=120, cell=None):
        """Runs a cell to its end."""
        return self.finish(self.send(code, cell), timeout)

    def finish(self, request, timeout=120):
        """Gathers what a cell puts out until it has ended."""
        ran, begin = Ran(), time.perf_counter()
        deadline = begin + timeout
        while True:
            message = self.client.get_iopub_msg(timeout=max(0.1, deadline - time.perf_counter()))
            if message["parent_header"].get("msg_id") != request:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "clear_output":
                # With `wait`, the next message shows something: for what is there in the end it is the same.
                ran.cleared, ran.stdout, ran.stderr = ran.cleared + ran.stdout + ran.stderr, "", ""
            elif kind == "stream" and content["name"] == "stdout":
                ran.stdout += content["text"]
            elif kind == "stream":
                ran.stderr += content["text"]
            elif kind in ("execute_result", "display_data"):
                ran.data.update(content["data"])
            elif kind == "error":
                ran.errors.append(content)
            elif kind == "status" and content["execution_state"] == "idle":
                break
        ran.seconds = time.perf_counter() - begin
        while not ran.status:
            reply = self.client.get_shell_msg(timeout=max(0.1, deadline - time.perf_counter()))
            if reply["parent_header"].get("msg_id") == request:
                ran.status = reply["content"]["status"]
        return ran

    def reply(self, request, timeout=30):
        """The content of the answer to a request that is no cell."""
        deadline = time.monotonic() + timeout
        while True:
            answer = self.client.get_shell_msg(timeout=max(0.1, deadline - time.monotonic()))
            if answer["parent_header"].get("msg_id") == request:
                return answer["content"]

    def succeed(self, code, timeout=120):
        """Runs a cell that has to go well."""
        ran = self.run(code, timeout)
        assert ran.clean, f"the cell {code!r} failed:\n{ran.trouble()}"
        return ran

    def value(self, expression, timeout=120):
        """The value of an expression, as text."""
        return self.succeed(expression, timeout).data["text/plain"]

    def interrupt(self):
        """What the button with the square does."""
        self.manager.interrupt_kernel()

    def restart(self):
        """What the button with the arrow does."""
        self.manager.restart_kernel(now=False)
        self.begin = time.perf_counter()
        self.wait()

    @property
    def process(self):
        """The kernel's process id."""
        return self.manager.provisioner.pid
