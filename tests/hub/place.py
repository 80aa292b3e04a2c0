"""Where the hub's test works, and under which names."""
import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent.parent
PLACE = Path(os.environ.get("CI_HUB", "/opt")) / "neurobook-hub-test"
SHARED, HUB = PLACE / "neurobook", PLACE / "jupyterhub"
PORT, TOKEN = 18000, "0123456789abcdef0123456789abcdef"
# The name by which this machine's other kernels stay what they are.
NAME = "neurobook-hub-test"
