"""The image as Docker, Podman and a hub start it: homes and folders mounted over, any user number, a disk that is read-only."""
import json
import shlex
import subprocess

from dockerfile import build
from place import CHECKOUT, IMAGE, SCRIPTS
from work import CELLS

STRANGER = 54321


def contain(image, user="1000:0", groups="", volumes=(), read_only=False, command=None):
    """Runs the image's command, or another, and a browser's requests to it beside it. Gives what the probe found and all that was said.

    `volumes` are (place, mount options) of empty disks.
    """
    number, group = user.split(":")
    home = image.variables["HOME"]
    variables = {**image.variables, "JUPYTER_TOKEN": "test", "CELLS": json.dumps(CELLS)}
    words = shlex.join([*image.entrypoint, *(command or image.command)])
    probe = "" if command else f"& exec {IMAGE}/bin/python {SCRIPTS}/probe.py"
    inside = ["setpriv", "--reuid", number, "--regid", group, *(["--groups", groups] if groups else ["--clear-groups"]), "env", "-i", *(f"{name}={value}" for name, value in variables.items()), "sh", "-c", f"({words} 2>&1; touch /tmp/ended) {probe}"]
    # Each container has the home as it was built.
    if all(place != home for place, _ in volumes):
        volumes = [(home, "mode=2775,uid=1000,gid=0"), *volumes]
    closed = "findmnt -rno TARGET | grep -Ev '^/(proc|sys|dev)' | while read -r place; do mount -o remount,bind,ro \"$place\"; done"
    script = [
        "set -e",
        "mount --make-rprivate /",
        # What the image has not.
        f"mount -t tmpfs none {CHECKOUT}; mount -t tmpfs -o mode=700 none /root",
        closed if read_only else ":",
        *(f"mkdir -p {place}; mount -t tmpfs -o {options} none {place}" for place, options in volumes),
        "mount -t tmpfs -o mode=1777 none /tmp",
        "mount -t proc none /proc; ip link set lo up",
        f"cd {home}",
        f"exec {shlex.join(inside)}",
    ]
    ran = subprocess.run(["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "sh", "-c", "\n".join(script)],
                         stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=300)
    found = [line.removeprefix("FOUND ") for line in ran.stdout.splitlines() if line.startswith("FOUND ")]
    return json.loads(found[0]) if found else {}, ran.stdout


def works(found, said):
    """Chapters are there, one can be saved, a cell draws."""
    assert found.get("chapters", 0) >= 7 and found["saved"] is True and found["figure"] is True, f"{found}\n{said[-3000:]}"
    assert "Traceback" not in said, said


def the_image_works_as_users_start_it():
    """All that is said to work in docs/container.md, without a network."""
    image = build()
    home = image.variables["HOME"]
    stranger = f"{STRANGER}:0"
    ways = {
        "as it was built": {},
        "a hub's volume over the home": {"groups": "100", "volumes": [(home, "mode=2775,uid=0,gid=100")]},
        "any user number of group 0": {"user": stranger},
        "any user number, a volume over the home, the disk read-only": {"user": stranger, "volumes": [(home, "mode=2775,uid=0,gid=0")], "read_only": True},
        "a host's folder for the notebooks, as its owner": {"user": "4321:0", "volumes": [(f"{home}/neurobook", "mode=755,uid=4321,gid=4321")]},
    }
    for name, way in ways.items():
        works(*contain(image, **way))
        print(f"    {name}: starts, saves, draws", flush=True)
    found, said = contain(image, command=["jupyterhub-singleuser", "--version"])
    assert "No chapters" not in said and "Traceback" not in said, (found, said)
    return image


def what_cannot_be_written_is_named_with_the_remedy(image):
    """A host's folder of somebody else; and a home of which nothing can be written."""
    home = image.variables["HOME"]
    ways = {
        "a host's folder of somebody else": ({"volumes": [(f"{home}/neurobook", "mode=755,uid=4321,gid=4321")]}, "1000"),
        "a host's folder of somebody else over the home": ({"volumes": [(home, "mode=755,uid=4321,gid=4321")]}, "1000"),
        "the disk read-only and no volume": ({"user": f"{STRANGER}:0", "volumes": [(home, "ro,mode=2775,uid=1000,gid=0")], "read_only": True}, str(STRANGER)),
    }
    for name, (way, number) in ways.items():
        found, said = contain(image, **way)
        assert f"chown -R {number}" in said and "--userns=keep-id" in said, said[-3000:]
        assert "Traceback" not in said, said[-3000:]
        print(f"    {name}: {next(line for line in said.splitlines() if 'chown' in line)}\n    {found}", flush=True)
