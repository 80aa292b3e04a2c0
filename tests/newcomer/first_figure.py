"""The first figure of chapter 02 through a running JupyterLab, by its own doors: the address that it printed is all
that is known. Runs in the private environment: `neurobook python first_figure.py ADDRESS`."""
import asyncio
import json
import sys
import time
import uuid
from urllib.parse import parse_qs, urlsplit

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

NOTEBOOK = "02_single_node_dynamics.ipynb"


class Server:
    """JupyterLab's programming interface."""

    def __init__(self, address):
        parts = urlsplit(address)
        self.token = parse_qs(parts.query)["token"][0]
        self.base = f"{parts.scheme}://{parts.netloc}{parts.path.rsplit('/lab', 1)[0].rstrip('/')}"

    async def ask(self, path, body=None):
        """The answer to a request; with a body, it is posted."""
        request = HTTPRequest(
            f"{self.base}/api/{path}",
            method="GET" if body is None else "POST",
            body=None if body is None else json.dumps(body),
            headers={"Authorization": f"token {self.token}"},
            request_timeout=120,
        )
        return json.loads((await AsyncHTTPClient().fetch(request)).body)

    async def connect(self, kernel):
        """The channels of a kernel."""
        address = f"{self.base.replace('http', 'ws', 1)}/api/kernels/{kernel}/channels?session_id={uuid.uuid4().hex}"
        request = HTTPRequest(address, headers={"Authorization": f"token {self.token}"})
        return await websocket_connect(request, max_message_size=64 << 20)


async def find(server, name):
    """The learner's copy, wherever the server's folder begins."""
    for path in [name, f"notebooks/{name}", name.split("/")[-1]]:
        try:
            return path, (await server.ask(f"contents/{path}?type=notebook"))["content"]
        except Exception as error:  # noqa: BLE001: the next place may have it
            last = error
    raise SystemExit(f"{name} is not to be had from JupyterLab: {last}")


async def execute(channels, code):
    """Runs a cell as JupyterLab does, and gives what it shows."""
    message = uuid.uuid4().hex
    header = {"msg_id": message, "msg_type": "execute_request", "username": "", "session": message, "version": "5.3"}
    content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False, "stop_on_error": True}
    await channels.write_message(json.dumps(
        {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell", "buffers": []}
    ))
    shown = []
    while True:
        received = await channels.read_message()
        if received is None:
            raise SystemExit("the kernel's connection was closed")
        received = json.loads(received)
        if received["parent_header"].get("msg_id") != message:
            continue
        kind, content = received["msg_type"], received["content"]
        if kind == "error":
            raise SystemExit("\n".join([f"a cell failed: {code[:200]}", *content["traceback"]]))
        if kind in ("display_data", "execute_result"):
            shown.append(content["data"])
        if kind == "status" and content["execution_state"] == "idle":
            return shown


def is_figure(data):
    """Whether this is a picture."""
    return "data:image/svg+xml" in "".join(data.get("text/html", "")) or "image/svg+xml" in data or "image/png" in data


async def first_figure(address):
    """Runs the cells of code up to the first figure."""
    server = Server(address)
    path, notebook = await find(server, NOTEBOOK)
    begin = time.monotonic()
    session = {"path": path, "name": path, "type": "notebook", "kernel": {"name": notebook["metadata"]["kernelspec"]["name"]}}
    kernel = (await server.ask("sessions", session))["kernel"]["id"]
    channels = await server.connect(kernel)
    cells = 0
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        shown = await execute(channels, source)
        cells += 1
        if any(map(is_figure, shown)):
            print(f"after {cells} cells and {time.monotonic() - begin:.1f} s")
            return
    raise SystemExit(f"{cells} cells have run, and none shows a figure")


asyncio.run(first_figure(sys.argv[1]))
