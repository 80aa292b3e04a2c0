"""The same grading on GNU parallel, on Slurm and as Kubernetes would run it: killed half-way, resumed, merged.

Usage: target/clusters/bin/python tests/clusters/clusters.py [TEST NAME...], with tests/clusters/requirements.txt installed.
The commands are those of docs/clusters. Whatever was killed, the marks have the bytes of a single undisturbed run.
"""
import os
import random
import shutil
from pathlib import Path

import work as works

import checkout  # noqa: I001: found by way of submissions
import harness
from slurm import NODES, Cluster
from work import wait_for

TEMPLATES = checkout.ROOT / "docs" / "clusters"
SUBMISSIONS = 40
PODS = 2


def gnu_parallel_resumes_after_its_graders_and_itself_were_killed():
    """One grader first, whose shard is tried again; then all at once."""
    assert shutil.which("parallel"), "apt install parallel"
    marks = WORK.folder / "by parallel"
    command = [str(TEMPLATES / "parallel.sh"), str(WORK.submissions), str(marks), "--jobs", "2"]
    engine, shards = WORK.start(command, "parallel", SHARDS="4"), marks.with_name(f"{marks.name}.shards")
    wait_for(lambda: WORK.records(shards) >= 2, "the first records")
    works.kill([min(works.processes("--shard", "1/4"))])
    WORK.until_half(shards)
    assert engine.poll() is None, f"one killed grader has ended all\n{WORK.said('parallel')}"
    everything = sorted(works.processes("grade", str(marks)))
    assert len(everything) >= 4, everything
    random.shuffle(everything)
    works.kill(everything)
    engine.wait()
    kept = WORK.records(shards)
    assert 0 < kept < SUBMISSIONS and not marks.exists()
    assert WORK.start(command, "parallel", SHARDS="4").wait() == 4, WORK.said("parallel")
    assert WORK.resumed("parallel"), WORK.said("parallel", most=0)
    WORK.compare(marks)


def a_slurm_array_resumes_after_scancel_and_the_loss_of_a_node():
    """A node dies with all that runs on it, the other one's tasks are cancelled; then the same command again."""
    marks, cluster = WORK.folder / "by slurm", Cluster(WORK)
    array = [str(TEMPLATES / "slurm.sbatch")]
    options = ["--array=1-4", "--cpus-per-task=1"]
    cluster.start()
    with cluster.explained():
        job = cluster.submit(*options, *array, SUBMISSIONS=str(WORK.submissions), MARKS=str(marks))
        WORK.until_half(marks)
        lost = NODES[1]
        works.kill([cluster.servers[lost].pid, *(pid for pid in works.processes() if runs_on(pid, lost))])
        cluster.run("scancel", job)
        assert WORK.records(marks) < SUBMISSIONS, "the cancelling came too late"
        cluster.start()
        wait_for(cluster.is_idle, "the end of the cancelled job")
        job = cluster.submit(*options, *array)
        cluster.submit(f"--dependency=afterok:{job}", f"--wrap='{checkout.PROGRAM}' merge '{marks}' --out '{marks}'")
        wait_for(cluster.is_idle, "the end of the merging")
    assert WORK.resumed("jobs"), WORK.said("jobs", most=0)
    WORK.compare(marks)


def runs_on(pid, node):
    """Whether a process is a part of a job on a node: its step's keeper, or what that has started."""
    return f"SLURMD_NODENAME={node}".encode() in works.read(pid, "environ").split(b"\0")


def the_kubernetes_job_is_what_its_schema_says_and_its_command_grades_its_shard():
    """The container's own command and variables, index by index; one pod is killed and started again."""
    import kubernetes_validate  # noqa: PLC0415: only this test needs more than Python
    import yaml  # noqa: PLC0415

    job = yaml.safe_load((TEMPLATES / "kubernetes-job.yaml").read_text(encoding="utf-8"))
    kubernetes_validate.validate(job, "1.37", strict=True)
    specified = job["spec"]["template"]["spec"]["containers"][0]
    variables = {variable["name"]: variable["value"] for variable in specified["env"]}
    assert job["spec"]["completionMode"] == "Indexed" and int(variables["JOB_COMPLETIONS"]) == job["spec"]["completions"]
    pods = works.Work(WORK.folder / "pods", PODS * 10)
    pods.grade("--sandbox", variables["SANDBOX"], inside=container(pods))
    marks = pods.folder / "marks"
    variables |= {"NEUROBOOK": str(checkout.PROGRAM), "SUBMISSIONS": str(pods.submissions), "MARKS": str(marks), "SEED": works.SEED, "JOB_COMPLETIONS": str(PODS)}

    def pod(index):
        return pods.start([*container(pods), *specified["command"], *specified["args"]], "pods", **variables, JOB_COMPLETION_INDEX=str(index))

    running = [pod(index) for index in range(PODS)]
    pods.until_half(marks)
    works.kill([running[1].pid])
    assert running[1].wait() == -9
    running[1] = pod(1)
    assert [one.wait() for one in running] == [0] * PODS, pods.said("pods")
    merge = pods.start([*container(pods), str(checkout.PROGRAM), "merge", str(marks), "--out", str(marks)], "merge")
    assert merge.wait() == 4, pods.said("merge")
    assert pods.resumed("pods"), pods.said("pods", most=0)
    pods.compare(marks)


def container(work):
    """What the manifest says of a container, as far as bubblewrap can be one: an ordinary user, nothing to write to but the volumes."""
    ours = {str(path.resolve()) for path in (checkout.ROOT, checkout.PROGRAM.parent, Path(os.environ.get("NEUROBOOK_CACHE", checkout.ROOT)))}
    shown = [word for path in sorted(ours) for word in ("--ro-bind", path, path)]
    user = ["--unshare-user", "--uid", "1000", "--gid", "1000", "--cap-drop", "ALL", "--unshare-pid", "--die-with-parent"]
    return ["bwrap", *user, "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", *shown, "--bind", str(work.folder), str(work.folder)]


with works.temporary(SUBMISSIONS) as WORK:
    seed = int(os.environ.get("ENGINES_SEED") or random.randrange(1 << 32))
    random.seed(seed)
    WORK.grade()
    print(f"{SUBMISSIONS} submissions, undisturbed: {WORK.seconds:.0f} s. ENGINES_SEED={seed}", flush=True)
    harness.run([gnu_parallel_resumes_after_its_graders_and_itself_were_killed, a_slurm_array_resumes_after_scancel_and_the_loss_of_a_node, the_kubernetes_job_is_what_its_schema_says_and_its_command_grades_its_shard])
