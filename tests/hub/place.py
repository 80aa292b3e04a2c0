"""Where the hub's test works. `enter` gives it a machine of its own to write to, so that this one stays as it is."""
import fcntl
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent.parent
PLACE = Path(os.environ.get("CI_HUB", "/var/tmp")) / "neurobook-hub-test"
# As docs/hub.md and the Dockerfile have them.
SHARED, HUB, IMAGE = Path("/opt/neurobook"), Path("/opt/jupyterhub"), Path("/opt/jupyter")
# Copies of these scripts that users can read, wherever the checkout is.
SCRIPTS = PLACE / "scripts"
PORT, TOKEN = 18000, "0123456789abcdef0123456789abcdef"
INSIDE = "NEUROBOOK_HUB_TEST_INSIDE"


def enter(keep):
    """Starts this program again where /etc, /usr/local, /opt and /home may be written to without a trace, and no process outlives it."""
    if os.geteuid() != 0:
        sys.exit("needs root, as an administrator does")
    if os.environ.get(INSIDE):
        make_private()
        return
    # The shell is the first process, which takes note of the end of all that have lost their parent.
    words = ["unshare", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child", "sh", "-c", '"$@"; exit $?', "sh", sys.executable, *sys.argv]
    PLACE.mkdir(parents=True, exist_ok=True)
    alone = open(PLACE / "alone", "w")
    try:
        fcntl.flock(alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        sys.exit(f"another run works in {PLACE}: wait for its end")
    try:
        status = subprocess.run(words, env={**os.environ, INSIDE: "1"}, check=False).returncode
    finally:
        clean_up({folder.name for folder in (SHARED, HUB, IMAGE)} if keep else set())
    sys.exit(status)


def clean_up(kept):
    """Whatever is on the disk; the rest was never there."""
    for path in PLACE.glob("*"):
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()
    if not kept:
        shutil.rmtree(PLACE, ignore_errors=True)


def mount(*words):
    """Mounts something, which ends with this program."""
    subprocess.run(["mount", *map(str, words)], check=True)


def make_private():
    """What is written to these folders is in memory, but for the large ones."""
    mount("--make-rprivate", "/")
    memory = PLACE / "memory"
    memory.mkdir(parents=True, exist_ok=True)
    PLACE.chmod(0o755)
    shutil.rmtree(SCRIPTS, ignore_errors=True)
    shutil.copytree(HERE, SCRIPTS, ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run(["chmod", "-R", "a+rX", SCRIPTS], check=True)
    mount("-t", "tmpfs", "none", memory)
    # What the checkout is compiled with and from may be in a home, and is written to as ever.
    homes = [folder.resolve() for folder in (CHECKOUT, Path.home()) if folder.is_relative_to("/home")]
    held = [(folder, memory / f"held-{number}") for number, folder in enumerate(homes)]
    for folder, holder in held:
        holder.mkdir()
        mount("--rbind", folder, holder)
    for covered in ["/etc", "/usr/local", "/opt", "/home"]:
        upper, work = (memory / f"{covered.replace('/', '-')}-{kind}" for kind in ("upper", "work"))
        upper.mkdir()
        upper.chmod(0o755)
        work.mkdir()
        mount("-t", "overlay", "none", "-o", f"lowerdir={covered},upperdir={upper},workdir={work}", covered)
    for large in [SHARED, HUB, IMAGE]:
        kept = PLACE / large.name
        for folder in [kept, large]:
            folder.mkdir(exist_ok=True)
            folder.chmod(0o755)
        mount("--bind", kept, large)
    for folder, holder in held:
        mount("--rbind", holder, folder)
    forget_users()


def forget_users():
    """As on a fresh machine, and in an image."""
    users = [about.pw_name for about in pwd.getpwall() if 1000 <= about.pw_uid < 60000]
    for file in [Path("/etc") / name for name in ("passwd", "shadow", "group", "gshadow")]:
        lines = file.read_text().splitlines(keepends=True)
        file.write_text("".join(line for line in lines if line.split(":")[0] not in users))
