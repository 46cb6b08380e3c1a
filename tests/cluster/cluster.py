#!/usr/bin/env python3
"""Parts under the engines that clusters have, each merged to the bytes of one process: Slurm with four nodes on this machine, one of whose tasks fails
and one of whose nodes dies; an MPI launcher; GNU parallel; make. Nothing outside a folder of its own is touched.

cluster.py TOOL SOURCE: the last line is `N passed, N failed`. An engine that is not installed is left out, and said so; with --all that is a failure.
Slurm whose daemons do not come up, as without root, is left out and said so."""

import argparse
import glob
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

QUESTION = ["run", "press-20-hours", "--runs", "4096"]
SLURM = """ClusterName=here
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={port}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool.%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobAcctGatherType=jobacct_gather/none
ReturnToService=2
SlurmdParameters=config_overrides
MpiDefault=none
NodeName=n[1-4] NodeHostname={host} NodeAddr=127.0.0.1 Port=[{first}-{last}] CPUs=1 RealMemory=500 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class NotHere(Exception):
    """What the machine does not have or allow."""


class Slurm:
    """munged, slurmctld and four slurmd, all of this folder."""

    def __init__(self, folder):
        self.folder, self.host = folder, socket.gethostname().split(".")[0]
        self.environment = dict(os.environ, SLURM_CONF=f"{folder}/slurm.conf")
        self.running = []
        for base in range(20000, 60000, 97):  # four neighbours that nobody uses
            try:
                for port in range(base, base + 5):
                    with socket.socket() as one:
                        one.bind(("127.0.0.1", port))
                break
            except OSError:
                continue
        os.mkdir(f"{folder}/state")
        with open(f"{folder}/slurm.conf", "w") as conf:
            conf.write(SLURM.format(folder=folder, host=self.host, port=base + 4, first=base, last=base + 3))
        with open(f"{folder}/munge.key", "wb") as key:
            key.write(os.urandom(1024))
        os.chmod(f"{folder}/munge.key", 0o400)

    def begin(self):
        folder = self.folder
        self.start(["munged", "--foreground", "--force", f"--key-file={folder}/munge.key", f"--socket={folder}/munge.socket", f"--pid-file={folder}/munged.pid",
                    f"--log-file={folder}/munged.log", f"--seed-file={folder}/munged.seed"])
        self.wait(lambda: os.path.exists(f"{folder}/munge.socket"), "munged")
        self.start(["slurmctld", "-D"])
        self.nodes = {}
        for node in ("n1", "n2", "n3", "n4"):
            os.mkdir(f"{folder}/spool.{node}")
            self.nodes[node] = self.start(["slurmd", "-D", "-N", node])
        self.wait(lambda: self.ask("sinfo", "-h", "-o", "%T %D").strip() == "idle 4", "four idle nodes")

    def start(self, command):
        process = subprocess.Popen([shutil.which(command[0], path="/usr/sbin:/sbin:" + os.environ["PATH"]), *command[1:]], env=self.environment,
                                   stdout=open(f"{self.folder}/{command[0]}-{len(self.running)}.out", "wb"), stderr=subprocess.STDOUT)
        self.running.append(process)
        return process

    def ask(self, *command):
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=60).stdout

    def wait(self, holds, what, seconds=60):
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError(f"no {what} after {seconds} s")
            time.sleep(0.2)

    def stop(self):
        for process in reversed(self.running):
            process.kill()
            process.wait()


class Checks:
    def __init__(self, tool, source, folder):
        self.tool, self.source, self.folder = tool, source, folder
        self.environment = dict(os.environ, RAILWINDOW=tool, RAILWINDOW_DATA=source, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
        self.passed = self.failed = 0
        self.alone = self.run([tool, *QUESTION, "--format", "json", "--quiet"]).stdout

    def run(self, command, folder=None, check=True, **more):
        done = subprocess.run(command, cwd=folder or self.folder, env=dict(self.environment, **more), capture_output=True, timeout=300)
        if check and done.returncode != 0:
            raise RuntimeError(f"{command}: status {done.returncode}\n{done.stdout.decode()}{done.stderr.decode()}")
        return done

    def say(self, good, what):
        self.passed, self.failed = self.passed + bool(good), self.failed + (not good)
        print("ok     " if good else "not ok ", what, flush=True)

    def own(self, name):
        folder = os.path.join(self.folder, name)
        os.makedirs(folder)
        return folder

    def merge(self, folder):
        parts = sorted(os.path.join(folder, "parts", name) for name in os.listdir(os.path.join(folder, "parts")) if name.endswith(".rwpart"))
        return self.run([self.tool, "merge", *parts, "--format", "json", "--quiet"], check=False).stdout

    def script(self, name):
        return os.path.join(self.source, "tools/cluster", name)

    def with_mpi(self):
        folder = self.own("mpi")
        self.run(["mpirun", "--oversubscribe", "-n", "3", self.script("mpi.sh"), *QUESTION], folder)
        self.say(sorted(os.listdir(folder + "/parts")) == [f"{k}-of-3.rwpart" for k in (1, 2, 3)], "an MPI launcher: three ranks, three parts")
        self.say(self.merge(folder) == self.alone, "an MPI launcher: merged to the bytes of one process")

    def grid(self, folder):
        with open(folder + "/grid.yaml", "w") as grid:
            grid.write(f"schema: railwindow.grid/1\ncommand: run\nscenarios: [{self.source}/scenarios/press-20-hours.yaml]\nseeds: [1, 2]\nparts: 3\n"
                       "options: [--runs, '600']\noutput: results\n")

    def result(self, folder, pattern):
        found = glob.glob(f"{folder}/results/{pattern}")
        if len(found) != 1:
            raise RuntimeError(f"{len(found)} files {pattern}")
        return found[0]

    def answers(self, folder):
        found = []
        for seed in "12":
            with open(self.result(folder, f"press-20-hours-seed-{seed}-*.json"), "rb") as file:
                found.append(file.read())
        return found

    def of_grid(self):
        return [self.run([self.tool, "run", f"{self.source}/scenarios/press-20-hours.yaml", "--runs", "600", "--seed", seed, "--format", "json", "--quiet"]).stdout
                for seed in "12"]

    def with_parallel(self):
        folder = self.own("parallel")
        self.grid(folder)
        self.run([self.script("parallel.sh"), "grid.yaml", "-j", "2"], folder)
        self.say(self.answers(folder) == self.of_grid(), "GNU parallel: a grid of two seeds in three parts each, merged to the bytes of one process")
        again = self.run([self.tool, "grid", "grid.yaml", "--resume"], folder).stdout
        self.say(again == b"", "a grid that is done has nothing left to resume")
        os.truncate(self.result(folder, "press-20-hours-seed-2-*.2-of-3.rwpart"), 900)
        os.remove(self.result(folder, "press-20-hours-seed-2-*.json"))
        again = self.run([self.tool, "grid", "grid.yaml", "--resume"], folder).stdout.decode()
        self.say(again.count("\n") == 1 and "--part 2/3" in again, "a part that a disk has lost half of is made again, and no other")
        with open(folder + "/grid.yaml") as file:
            changed = file.read().replace("'600'", "'700'")
        with open(folder + "/grid.yaml", "w") as file:
            file.write(changed)
        again = self.run([self.tool, "grid", "grid.yaml", "--resume"], folder).stdout.decode()
        self.say(again.count("\n") == 6, "a grid that has changed takes nothing that an earlier form has left")
        wrong = self.run([self.script("parallel.sh"), "no-such.yaml"], folder, check=False)
        self.say(wrong.returncode != 0, "GNU parallel: a grid that is not there is a failure")

    def with_make(self):
        folder = self.own("make")
        self.grid(folder)
        self.run([self.tool, "grid", "grid.yaml", "--list", "make", "--output", "tasks.mk"], folder)
        self.run(["make", "-j", "2", "-f", "tasks.mk"], folder)
        self.say(self.answers(folder) == self.of_grid(), "make: a grid of two seeds in three parts each, merged to the bytes of one process")
        self.say(b"Nothing to be done" in self.run(["make", "-f", "tasks.mk"], folder).stdout, "make: what is there is not made again")

    def with_slurm(self):
        if os.geteuid() != 0:
            raise NotHere("its daemons need root")
        slurm = Slurm(self.own("slurm"))
        try:
            try:
                slurm.begin()
            except TimeoutError as error:
                raise NotHere(f"its daemons do not come up on this machine: {error}") from error
            self.slurm_array(slurm)
            self.slurm_grid(slurm)
            self.slurm_mpi(slurm)
        finally:
            slurm.stop()

    # An array of eight tasks. Task 3 fails once; node n2 dies while it works.
    def slurm_array(self, slurm):
        folder = self.own("array")
        script = os.path.join(folder, "unlucky.sh")
        with open(script, "w") as file:
            file.write(f"""#!/bin/bash
#SBATCH --array=1-8 --cpus-per-task=1 --requeue --open-mode=append
if [ "$SLURM_ARRAY_TASK_ID" = 3 ] && mkdir {folder}/failed 2>/dev/null; then exit 7; fi
attempt=$SLURM_ARRAY_TASK_ID-${{SLURM_RESTART_COUNT:-0}}
if [ "$SLURMD_NODENAME" = n2 ] && mkdir {folder}/on-n2 2>/dev/null; then echo "$SLURM_ARRAY_TASK_ID" > {folder}/victim; sleep 5; fi
{self.script("slurm-array.sh")} {" ".join(QUESTION)} && touch {folder}/ended-$attempt
""")
        job = self.run(["sbatch", "--parsable", script], folder, SLURM_CONF=slurm.environment["SLURM_CONF"]).stdout.decode().strip()
        slurm.wait(lambda: os.path.exists(f"{folder}/victim"), "task on the node that is to die")
        slurm.nodes["n2"].kill()
        slurm.ask("scontrol", "update", "nodename=n2", "state=down", "reason=killed by the test")
        requeued = lambda: slurm.ask("squeue", "-h", "-r", "-j", job, "-o", "%T %r")
        self.say(True, "Slurm: a node is killed under its task")
        time.sleep(1)
        waiting = slurm.ask("squeue", "-h", "-r", "-j", job, "-o", "%i")
        for task in re.findall(r"\S+_\d+", waiting):  # a requeued task waits for two minutes; nobody here has them
            slurm.ask("scontrol", "update", f"jobid={task}", "starttime=now")
        slurm.wait(lambda: not requeued().strip(), "end of the array", 240)
        with open(f"{folder}/victim") as file:
            victim = file.read().strip()
        self.say(os.path.exists(f"{folder}/ended-{victim}-1"), "Slurm: the task of the dead node was given to another")
        slurm.wait(lambda: os.path.exists(f"{folder}/ended-{victim}-0"), "end of the orphan that the dead node left")
        self.say(os.path.exists(f"{folder}/parts/{victim}-of-8.rwpart"), "Slurm: an orphan and its successor have both written the part")
        missing = self.run([self.tool, "merge", *self.parts(folder), "--quiet"], check=False)
        self.say(missing.returncode == 2 and b"--part 3/8" in missing.stderr and b"1 of 8 parts is missing" in missing.stderr,
                 "Slurm: the task that failed is named with its command, and no other")
        self.run(["sbatch", "--wait", "--wrap", f"{self.tool} {' '.join(QUESTION)} --part 3/8 --quiet --output {folder}/parts/3-of-8.rwpart"], folder, SLURM_CONF=slurm.environment["SLURM_CONF"])
        self.say(self.merge(folder) == self.alone, "Slurm: after a failed task and a dead node, merged to the bytes of one process")

    def parts(self, folder):
        return [os.path.join(folder, "parts", name) for name in os.listdir(folder + "/parts") if name.endswith(".rwpart")]

    def slurm_grid(self, slurm):
        folder = self.own("tasks")
        self.grid(folder)
        with open(folder + "/tasks.txt", "wb") as tasks:
            tasks.write(self.run([self.tool, "grid", "grid.yaml", "--resume"], folder).stdout)
        self.run(["sbatch", "--wait", "--array=1-6", self.script("slurm-tasks.sh"), "tasks.txt"], folder, SLURM_CONF=slurm.environment["SLURM_CONF"])
        for line in self.run([self.tool, "grid", "grid.yaml", "--list", "merges"], folder).stdout.decode().splitlines():
            self.run(["sh", "-c", f"exec {self.tool} {line} --quiet"], folder)
        self.say(self.answers(folder) == self.of_grid(), "Slurm: the tasks of a grid, one line each, merged to the bytes of one process")

    def slurm_mpi(self, slurm):
        if not shutil.which("mpirun"):
            return
        folder = self.own("salloc")
        self.run(["salloc", "-n", "3", "mpirun", "--oversubscribe", self.script("mpi.sh"), *QUESTION], folder, SLURM_CONF=slurm.environment["SLURM_CONF"])
        self.say(self.merge(folder) == self.alone, "an MPI launcher within an allocation of Slurm: merged to the bytes of one process")


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("source")
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    programs = {"mpirun": "with_mpi", "parallel": "with_parallel", "make": "with_make", "slurmctld": "with_slurm"}
    with tempfile.TemporaryDirectory(prefix="railwindow-cluster-") as folder:
        checks = Checks(os.path.abspath(options.tool), os.path.abspath(options.source), folder)
        for program, method in programs.items():
            if not shutil.which(program, path="/usr/sbin:/sbin:" + os.environ["PATH"]):
                print(f"left out: {program} is not installed", flush=True)
                checks.failed += options.all
                continue
            try:
                getattr(checks, method)()
            except NotHere as why:
                print(f"left out: {program}: {why}", flush=True)
            except Exception as error:  # one engine that fails leaves the others
                checks.say(False, f"{program}: {error}")
    print(f"{checks.passed} passed, {checks.failed} failed")
    sys.exit(checks.failed > 0)


if __name__ == "__main__":
    main()
