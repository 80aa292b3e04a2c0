"""Prints, as JSON, the user's own pip settings that are about reaching an index, as environment variables.

All others are left out: they say how the user installs other things, and here they would install elsewhere or not all.
"""
import ast
import json
import os
import subprocess
import sys

REACHING = {
    "index-url", "extra-index-url", "pypi-url", "no-index", "find-links", "trusted-host", "cert", "client-cert", "proxy",
    "timeout", "default-timeout", "retries", "resume-retries", "cache-dir", "no-cache-dir", "keyring-provider",
    "use-feature", "use-deprecated",
}


def files():
    """The settings of pip's configuration files; those for `install` go before those for all commands."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PIP_") or name == "PIP_CONFIG_FILE"}
    # pip must neither fall silent nor pass the question on to another Python.
    own.update(PIP_QUIET="0", PIP_VERBOSE="0", PIP_PYTHON=sys.executable)
    listed = subprocess.run([sys.executable, "-I", "-m", "pip", "config", "list"], env=own, capture_output=True, text=True, check=False)
    found = {"global": {}, "install": {}}
    for line in listed.stdout.splitlines():
        section, _, setting = line.partition(".")
        key, _, value = setting.partition("=")
        if section in found:
            found[section][key] = ast.literal_eval(value)
    return {**found["global"], **found["install"]}


settings = {key: " ".join(str(value).split()) for key, value in files().items()}
for variable, value in os.environ.items():
    if variable.startswith("PIP_") and value:
        settings[variable[4:].lower().replace("_", "-")] = value
print(json.dumps({"PIP_" + key.upper().replace("-", "_"): value for key, value in settings.items() if key in REACHING}))
