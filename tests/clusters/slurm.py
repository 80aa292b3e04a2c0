"""A Slurm cluster of two nodes on this machine, in a folder of its own, with nobody else's ports."""
import contextlib
import getpass
import os
import shutil
import socket
import subprocess

from work import wait_for

PROGRAMS = {"munged": "munge", "slurmctld": "slurmctld", "slurmd": "slurmd", "sbatch": "slurm-client"}
NODES = ("node1", "node2")
# Debian keeps servers out of an ordinary user's PATH.
PATH = os.pathsep.join([os.environ["PATH"], "/usr/sbin", "/sbin"])


class Cluster:
    """The servers, started by hand as on a system without systemd."""

    def __init__(self, work):
        missing = [package for program, package in PROGRAMS.items() if not shutil.which(program, path=PATH)]
        assert not missing, f"apt install {' '.join(missing)}"
        self.work, self.folder = work, work.folder / "slurm"
        self.folder.mkdir(mode=0o755)
        (self.folder / "state").mkdir()
        (self.folder / "munge.key").write_bytes(os.urandom(128))
        (self.folder / "munge.key").chmod(0o600)
        (self.folder / "slurm.conf").write_text(self.configuration(), encoding="utf-8")
        self.variables = {"SLURM_CONF": str(self.folder / "slurm.conf"), "PATH": PATH}
        self.servers = {}

    def configuration(self):
        """slurm.conf. The programs find everything by it."""
        host, user, ports = socket.gethostname().split(".")[0], getpass.getuser(), free_ports(1 + len(NODES))
        settings = {
            "ClusterName": "neurobook", "SlurmctldHost": f"{host}(127.0.0.1)", "SlurmUser": user, "SlurmdUser": user, "SlurmctldPort": ports[0],
            "AuthType": "auth/munge", "CredType": "cred/munge", "AuthInfo": f"socket={self.folder}/munge.socket",
            "StateSaveLocation": f"{self.folder}/state", "SlurmdSpoolDir": f"{self.folder}/spool-%n",
            "SlurmctldPidFile": f"{self.folder}/slurmctld.pid", "SlurmdPidFile": f"{self.folder}/%n.pid",
            # No cgroups, no accounting, no MPI.
            "ProctrackType": "proctrack/linuxproc", "TaskPlugin": "task/none", "JobAcctGatherType": "jobacct_gather/none", "MpiDefault": "none", "SwitchType": "switch/none",
            "SelectType": "select/cons_tres", "SelectTypeParameters": "CR_Core", "SlurmdParameters": "config_overrides",
            # A node that is silent for so many seconds is down; its jobs start again on another one, at once.
            "SlurmdTimeout": 5, "KillWait": 2, "ReturnToService": 2, "SchedulerParameters": "sched_interval=1,requeue_delay=0",
        }
        nodes = [f"NodeName={node} NodeHostname={host} NodeAddr=127.0.0.1 Port={port} CPUs=1 RealMemory=9000" for node, port in zip(NODES, ports[1:])]
        partition = f"PartitionName=main Nodes={','.join(NODES)} Default=YES MaxTime=INFINITE State=UP"
        return "\n".join([*(f"{name}={value}" for name, value in settings.items()), *nodes, partition]) + "\n"

    def start(self):
        """Starts the servers that do not run, and waits until the nodes are there."""
        files = {"socket": "munge.socket", "key-file": "munge.key", "pid-file": "munged.pid", "log-file": "munged.log", "seed-file": "munged.seed"}
        self.serve("munged", ["munged", "--foreground", "--force", *(f"--{option}={self.folder}/{name}" for option, name in files.items())])
        wait_for((self.folder / "munge.socket").exists, "munged")
        self.serve("slurmctld", ["slurmctld", "-D", "-f", self.variables["SLURM_CONF"]])
        for node in NODES:
            self.serve(node, ["slurmd", "-D", "-N", node, "-f", self.variables["SLURM_CONF"]])
        with self.explained():
            wait_for(lambda: set(self.run("sinfo", "--noheader", "--Node", "--format=%t").split() or ["none"]) <= {"idle", "alloc", "comp"}, "the nodes", 60)

    def serve(self, name, command):
        """Starts a server unless it runs."""
        if name not in self.servers or self.servers[name].poll() is not None:
            self.servers[name] = self.work.start([shutil.which(command[0], path=PATH), *command[1:]], name, **self.variables)

    def run(self, *command):
        """Runs one of Slurm's commands and gives what it prints."""
        done = subprocess.run(command, env={**self.work.environment, **self.variables}, cwd=self.work.folder, capture_output=True, text=True, timeout=60, check=False)
        return done.stdout if done.returncode == 0 else f"{command[0]}: {done.stderr}"

    def submit(self, *command, **variables):
        """Submits a job and gives its number."""
        self.variables.update(variables)
        number = self.run("sbatch", "--parsable", "--output=jobs.log", "--open-mode=append", *command).strip()
        assert number.isdigit(), number
        return number

    def is_idle(self):
        """Whether no job waits or runs."""
        return not self.run("squeue", "--noheader").strip()

    @contextlib.contextmanager
    def explained(self):
        """Adds the servers' words to an error."""
        try:
            yield
        except AssertionError as error:
            words = [f"{log}: {self.work.said(log)[-1500:]}" for log in ("munged", "slurmctld", *NODES, "jobs") if (self.work.folder / f"{log}.log").exists()]
            raise AssertionError("\n".join([str(error), self.run("squeue", "--states=all"), self.run("sinfo", "--Node", "--long"), *words])) from error


def free_ports(count):
    """Ports that nobody listens at."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [server.getsockname()[1] for server in sockets]
