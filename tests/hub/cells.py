"""Runs cells in a kernel over a server's web socket, as a browser does: cells.py ADDRESS TOKEN [--leave] < CELLS > OUTCOMES."""
import asyncio
import json
import sys
import uuid

from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect


async def run(address, token, cells, leave):
    """Gives the outputs and the error of each cell."""
    request = HTTPRequest(address, headers={"Authorization": f"token {token}"})
    socket = await websocket_connect(request, max_message_size=1 << 28)
    outcomes = []
    for code in cells:
        number = uuid.uuid4().hex
        header = {"msg_id": number, "msg_type": "execute_request", "session": "test", "username": "", "version": "5.3", "date": ""}
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False, "stop_on_error": True}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell", "buffers": []}
        await socket.write_message(json.dumps(message))
        outcome = {"outputs": [], "error": None}
        replied = idle = leave
        while not (replied and idle):
            text = await socket.read_message()
            assert text is not None, "the server has closed the connection"
            answer = json.loads(text)
            if answer["parent_header"].get("msg_id") != number:
                continue
            kind, content = answer["header"]["msg_type"], answer["content"]
            if kind == "execute_reply":
                replied = True
                if content["status"] != "ok":
                    outcome["error"] = content
            elif kind == "status":
                idle = content["execution_state"] == "idle"
            elif kind in ("stream", "display_data", "update_display_data", "execute_result", "error"):
                outcome["outputs"].append(content)
        outcomes.append(outcome)
    if leave:
        # So that the cell has begun.
        await asyncio.sleep(1)
    socket.close()
    return outcomes


def main():
    """Reads the cells, writes what became of them."""
    address, token, *options = sys.argv[1:]
    outcomes = asyncio.run(run(address, token, json.load(sys.stdin), "--leave" in options))
    json.dump(outcomes, sys.stdout)


main()
