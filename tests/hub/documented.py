"""The lines of docs/hub.md, typed as they are there."""
import concurrent.futures
import re
import subprocess
import time

from place import CHECKOUT, HUB, PLACE, PORT, TOKEN

# Whatever is only the test's: how to log in without a password, and who asks; and where.
LOGIN = f"""
load_subconfig({str(HUB / "documented.py")!r})
c.JupyterHub.authenticator_class = "dummy"
# With the rights that the page gives to its own.
c.JupyterHub.services.append({{"name": "test-culler", "api_token": "{TOKEN[::-1]}"}})
c.JupyterHub.load_roles.append({{**c.JupyterHub.load_roles[0], "name": "test-culler", "services": ["test-culler"]}})
c.JupyterHub.services.append({{"name": "test", "api_token": "{TOKEN}"}})
c.JupyterHub.load_roles.append({{"name": "test", "services": ["test"], "scopes": ["admin:users", "admin:servers", "access:servers"]}})
"""
PORTS = f"""
c.JupyterHub.bind_url = "http://127.0.0.1:{PORT}"
c.JupyterHub.hub_port = {PORT + 1}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{PORT + 2}"
"""


def blocks(heading):
    """The blocks below a heading: a list of (language, text)."""
    below = (CHECKOUT / "docs/hub.md").read_text().split(f"\n## {heading}", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^```(\w+)\n(.*?)^```", below, re.M | re.S)


def type_line(line, **options):
    """Types a line in the checkout; a status other than 0 is a failure. What is said is kept."""
    print(f"    $ {line}", flush=True)
    begin = time.monotonic()
    with open(PLACE / "typed.log", "a+") as log:
        done = subprocess.run(line, shell=True, check=False, cwd=CHECKOUT, stdout=log, stderr=log, **options)
        log.seek(0)
        assert done.returncode == 0, f"`{line}` ended with {done.returncode}:\n{log.read()[-2000:]}"
    if time.monotonic() - begin > 5:
        print(f"      {time.monotonic() - begin:.0f} s", flush=True)


def set_up_line():
    """The first line of part 1, without what takes ten minutes more."""
    return blocks("1.")[0][1].splitlines()[0] + " --no-completion"


def lines_set_up_the_course():
    """Part 1, under a umask that would close all of it to others."""
    _, *rest = blocks("1.")[0][1].splitlines()
    for line in [set_up_line(), *rest]:
        type_line(f"umask 077; {line}")


def lines_install_the_hub():
    """Part 2a, up to the configuration."""
    (_, install), (language, configuration), _ = blocks("2a.")
    assert language == "python"
    if not (HUB / "bin/configurable-http-proxy").exists():
        for line in install.splitlines():
            type_line(line)
    (HUB / "documented.py").write_text(configuration)
    (HUB / "jupyterhub_config.py").write_text(LOGIN + PORTS)


def lines_set_up_the_course_and_install_the_hub():
    """Parts 1 and 2a. One compiles, the other waits for the network: they need not wait for each other."""
    with concurrent.futures.ThreadPoolExecutor() as pool:
        for part in [pool.submit(lines_set_up_the_course), pool.submit(lines_install_the_hub)]:
            part.result()


def start_line():
    """The line that starts the hub, behind the one that goes to its folder: the test has its own."""
    return blocks("2a.")[2][1].strip().splitlines()[-1]
