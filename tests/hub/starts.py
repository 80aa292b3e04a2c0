"""Starts of the registered kernel under load, with clients that come and go: each answers, or says why, within a minute.

Usage: starts.py COUNT [AT ONCE], by a Python that has jupyter_client, as a user who has the kernel; `hub.py --starts COUNT` does it as one of its users.
"""
import concurrent.futures
import os
import random
import statistics
import sys
import tempfile
import threading
import time

from jupyter_client.manager import KernelManager

LIMIT = 60
FOLDER = tempfile.TemporaryDirectory(prefix="starts-")


def passing_clients(manager, stop):
    """Clients that ask and are gone before they hear the answer, or hear it."""
    while not stop.is_set():
        client = manager.client()
        # A heartbeat would leave files open in this process.
        client.start_channels(hb=False)
        client.kernel_info()
        if random.random() < 0.3:
            client.execute("1 + 1", silent=True, store_history=False)
        stop.wait(random.choice([0, 0.01, 0.1, 0.5]))
        client.stop_channels()


def said(log):
    """What a kernel's process has printed."""
    return os.pread(log.fileno(), 4000, 0).decode(errors="replace")


def start(number):
    """Seconds to the first answer and to the first cell's end, and how that ended."""
    transport = random.choice(["tcp", "ipc"])
    # Of sockets that are files the client would choose the same names in one folder, for kernels that start at once.
    own = {"ip": f"{FOLDER.name}/{number}"} if transport == "ipc" else {}
    manager = KernelManager(kernel_name="rust", transport=transport, **own)
    begin = time.monotonic()
    log = tempfile.TemporaryFile(mode="w+")
    manager.start_kernel(stdout=log, stderr=log)
    stop = threading.Event()
    passing = [threading.Thread(target=passing_clients, args=(manager, stop)) for _ in range(2)]
    client = manager.client()
    try:
        for thread in passing:
            thread.start()
        client.start_channels(hb=False)
        client.kernel_info(reply=True, timeout=LIMIT)
        answered = time.monotonic() - begin
        reply = client.execute_interactive("1 + 1", timeout=LIMIT, output_hook=lambda message: None)["content"]
        return number, answered, time.monotonic() - begin, reply["status"] if reply["status"] == "ok" else reply.get("evalue", reply["status"])
    except Exception as error:  # noqa: BLE001: whatever it is, it is told of this start
        return number, None, time.monotonic() - begin, f"NO ANSWER: {type(error).__name__} {error}; its process said: {said(log)}"
    finally:
        stop.set()
        for thread in passing:
            thread.join()
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        manager.cleanup_resources()
        log.close()


def main():
    """Says the slowest, and every start that did not answer."""
    count, at_once = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 4
    with concurrent.futures.ThreadPoolExecutor(max_workers=at_once) as pool:
        done = list(pool.map(start, range(count)))
    silent = [(number, told) for number, answered, took, told in done if answered is None or took > LIMIT]
    refused = [told for _, answered, _, told in done if answered is not None and told != "ok"]
    answers = [answered for _, answered, _, _ in done if answered is not None]
    cells = [took for _, answered, took, _ in done if answered is not None]
    print(f"{count} starts, {at_once} at once: {len(silent)} silent, {len(refused)} said why not {refused[:3]}; answered after {statistics.median(answers):.1f} s, at most {max(answers):.1f}; first cell after {statistics.median(cells):.1f} s, at most {max(cells):.1f}")
    if silent:
        sys.exit(f"without an answer within {LIMIT} s: {silent}")


main()
