"""Sends wrongly signed and broken messages to the five ports of a kernel, as another user can: forge.py PORTS COUNT."""
import json
import sys

import zmq
from jupyter_client.session import Session

KINDS = ["execute_request", "shutdown_request", "interrupt_request", "kernel_info_request", "input_reply", "comm_open"]


def peer(port):
    """A socket of the kind that speaks to such a port, whatever it wants to say."""
    kind = {"iopub_port": zmq.XSUB, "hb_port": zmq.DEALER}.get(port, zmq.DEALER)
    socket = zmq.Context.instance().socket(kind)
    socket.linger = 2000
    return socket


def frames(session, number):
    """One of several ways to be wrong."""
    content = {"code": "kept = 1000;", "silent": False, "restart": False, "value": "x", "comm_id": "c", "target_name": "t", "data": {}}
    message = session.serialize(session.msg(KINDS[number % len(KINDS)], content))
    empty = [*message[:1], b"", *message[2:]]
    return [message, empty, message[:3], [b"<IDS|MSG>"], [b"", b"x" * 10_000], [b"<IDS|MSG>", b"zz", b"{", b"[", b"", b""], [b"a", *message]][number % 7]


def main():
    """Ten messages to a connection."""
    ports, count = json.loads(sys.argv[1]), int(sys.argv[2])
    session = Session(key=b"another key", signature_scheme="hmac-sha256")
    sent = dict.fromkeys(ports, 0)
    for begin in range(0, count, 10):
        port = list(ports)[begin // 10 % len(ports)]
        with peer(port) as socket:
            socket.connect(f"tcp://127.0.0.1:{ports[port]}")
            for number in range(begin, min(begin + 10, count)):
                socket.send_multipart(frames(session, number))
                sent[port] += 1
    zmq.Context.instance().term()
    print(f"{count} forged messages: {', '.join(f'{number} to {port[:-5]}' for port, number in sent.items())}")


main()
