"""The front among strangers, clients that come and go, and files in place of ports."""
import concurrent.futures
import json
import os
import random
import socket
import statistics
import time
from pathlib import Path

import zmq
from jupyter_client.session import Session

from front_client import Front, stdout

PORTS = ("shell_port", "control_port", "stdin_port", "iopub_port", "hb_port")


def forged(connection, port, session, number):
    """Sends one wrongly signed or broken message to one port."""
    kind = {"iopub_port": zmq.SUB, "hb_port": zmq.REQ}.get(port, zmq.DEALER)
    with zmq.Context.instance().socket(kind) as peer:
        peer.linger = 200
        peer.connect(f"tcp://127.0.0.1:{connection[port]}")
        if kind == zmq.SUB:
            peer.subscribe(bytes(number % 7))
            return
        message = session.serialize(session.msg(random.choice(["execute_request", "shutdown_request", "interrupt_request"]), {"code": "x = 2", "silent": False}))
        broken = [message, message[:3], [b"<IDS|MSG>"], [b"", b"x" * 10_000], [b"<IDS|MSG>", b"zz", b"{", b"[", b"", b""]]
        peer.send_multipart(broken[number % 5])


def a_thousand_forged_messages_change_nothing():
    """Another user of the machine finds the ports, before and after the engine is there."""
    with Front(seconds=4) as front:
        connection = json.loads(Path(front.manager.connection_file).read_text(encoding="utf-8"))
        session = Session(key=b"another key", signature_scheme="hmac-sha256")
        for number in range(300):
            forged(connection, PORTS[number % 5], session, number)
        assert front.reply(front.send("x = 1"))["status"] == "ok"
        for number in range(700):
            forged(connection, PORTS[number % 5], session, number)
        assert stdout(front.heard(front.send("print(x)"), timeout=10)) == "1\n"
        assert front.client.hb_channel.is_beating()


def a_peer_that_speaks_another_language_disturbs_nobody():
    """A web browser, a scanner, a peer that announces a message of a billion gigabytes."""
    with Front() as front:
        connection = json.loads(Path(front.manager.connection_file).read_text(encoding="utf-8"))
        greeting = b"\xff" + bytes(8) + b"\x7f\x03\x00NULL" + bytes(16) + bytes(32)
        ready = b"\x04\x19\x05READY\x0bSocket-Type\x00\x00\x00\x06DEALER"
        held = []
        for words in (b"GET / HTTP/1.0\r\n\r\n", bytes(70), greeting, greeting + ready + b"\x02" + b"\xff" * 8, os.urandom(4000)):
            for port in PORTS:
                peer = socket.create_connection(("127.0.0.1", connection[port]))
                peer.sendall(words)
                held.append(peer)
        assert stdout(front.heard(front.send("print(1)"))) == "1\n"
        for peer in held:
            peer.close()


def the_front_serves_files_instead_of_ports():
    """Transport ipc."""
    with Front(transport="ipc") as front:
        files = list(Path(front.manager.ip).parent.glob(Path(front.manager.ip).name + "-*"))
        assert len(files) == 5 and all(file.stat().st_mode & 0o077 == 0 for file in files), files
        assert stdout(front.heard(front.send("print(1)"))) == "1\n"
        front.restart()
        assert stdout(front.heard(front.send("print(2)"))) == "2\n"


def fifty_starts_with_clients_that_come_and_go_all_answer():
    """Under load, four at a time, each with short-lived clients beside its own."""
    def start(number):
        with Front(seconds=number % 3) as front:
            for _ in range(5):
                passing = front.manager.client()
                # Its heartbeat would leave files open in this process.
                passing.start_channels(hb=False)
                passing.kernel_info()
                passing.stop_channels()
            assert stdout(front.heard(front.send(f"print({number})"), timeout=60)) == f"{number}\n"
            return time.perf_counter() - front.begin

    with concurrent.futures.ThreadPoolExecutor(max_workers=4) as pool:
        times = list(pool.map(start, range(50)))
    print(f"          asked for to first output: median {statistics.median(times):.1f} s, longest {max(times):.1f} s", flush=True)
