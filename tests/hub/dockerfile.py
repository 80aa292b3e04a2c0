"""Does on this machine what .binder/Dockerfile does in an image, where there is no Docker."""
import json
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from place import CHECKOUT, PLACE, SHARED


@dataclass
class Image:
    """What a container of the image starts with."""

    variables: dict = field(default_factory=dict)
    user: str = "0"
    folder: Path = Path("/")
    entrypoint: list = field(default_factory=list)
    command: list = field(default_factory=list)


def stages():
    """The instructions of each stage: a list of (word, rest)."""
    text = re.sub(r"^#.*\n", "", (CHECKOUT / ".binder/Dockerfile").read_text(), flags=re.M)
    found = []
    for line in text.replace("\\\n", " ").splitlines():
        if line.strip():
            word, rest = line.split(None, 1)
            if word == "FROM":
                found.append([])
            found[-1].append((word, rest.strip()))
    return found


def the_first_stage_copies_all_that_its_programs_are_compiled_from():
    """Cargo reads the workspace in a folder that holds what is copied before the first `cargo build`."""
    with tempfile.TemporaryDirectory() as folder:
        for word, rest in stages()[0]:
            if word == "RUN" and "cargo build" in rest:
                break
            if word == "COPY":
                copy(rest, Path(folder))
        for manifest in ["Cargo.toml", "completion/Cargo.toml"]:
            read = subprocess.run(["cargo", "metadata", "--locked", "--offline", "--no-deps", "--format-version=1", "--manifest-path", Path(folder) / manifest], capture_output=True, text=True, check=False)
            assert read.returncode == 0, read.stderr


def copy(rest, folder):
    """COPY, of files and of folders, as Docker does it."""
    *sources, target = rest.split()
    for source in sources:
        origin, place = CHECKOUT / source, folder / target
        if origin.is_dir():
            shutil.copytree(origin, place, dirs_exist_ok=True, ignore=shutil.ignore_patterns("target", "__pycache__"))
        else:
            place = place / origin.name if target.endswith(("/", ".")) or len(sources) > 1 else place
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(origin, place)


def build():
    """The last stage. Debian's packages are this machine's, and the set-up is there from the hub's part."""
    image, values = Image(), {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}
    Path("/usr/local/bin/neurobook").unlink()
    for word, rest in stages()[-1][1:]:
        filled = re.sub(r"\$\{(\w+)\}", lambda found: values[found[1]], rest) if word != "RUN" else rest
        if word in ("ENV", "ARG"):
            for pair in filled.split():
                name, _, value = pair.partition("=")
                values[name] = value
                if word == "ENV":
                    image.variables[name] = value
        elif word == "WORKDIR":
            image.folder = Path(filled)
            image.folder.mkdir(parents=True, exist_ok=True)
        elif word == "COPY" and "--from" in rest:
            assert rest.split()[1:] == [str(SHARED), str(SHARED)], rest
        elif word == "COPY":
            copy(filled, image.folder)
        elif word == "RUN" and "apt-get" in rest:
            for package in re.search(r"recommends (.*?) &&", rest)[1].split():
                assert subprocess.run(["dpkg", "-s", package], capture_output=True, check=False).returncode == 0, f"the package {package} is not here"
        elif word == "RUN":
            print(f"    RUN {rest[:110]} ...", flush=True)
            with open(PLACE / "typed.log", "a") as log:
                subprocess.run(rest, shell=True, check=True, cwd=image.folder, env={**os.environ, **values}, stdout=log, stderr=log)
        elif word == "USER":
            image.user = filled
        elif word in ("ENTRYPOINT", "CMD"):
            setattr(image, {"ENTRYPOINT": "entrypoint", "CMD": "command"}[word], json.loads(rest))
    image.variables = {"PATH": values["PATH"], **image.variables}
    return image
