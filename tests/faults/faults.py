#!/usr/bin/env python3
"""Disks that fill or break, processes that die, machines that are poor: whatever happens, a result is the old file or the new one, whole.
   faults.py RAILWINDOW SOURCE LIBRARY [--kills N] [--full N]

RAILWINDOW is the tool, SOURCE the folder with scenarios/, LIBRARY what interpose.c makes. Prints `ok` or `not ok` and what was tried."""
import argparse
import errno
import os
import random
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time

RUNS = "128"

def read(path):
    with open(path, "rb") as file:
        return file.read()


class Trial:
    def __init__(self, tool, source, library):
        self.tool, self.library = os.path.abspath(tool), os.path.abspath(library)
        self.scenario = os.path.abspath(os.path.join(source, "scenarios/press-20-hours.yaml"))
        self.source = os.path.abspath(source)
        self.failed = self.passed = 0
        self.folder = tempfile.mkdtemp(prefix="railwindow-faults-")

    def say(self, good, what):
        self.passed += good
        self.failed += not good
        print("ok     " if good else "not ok ", what, flush=True)

    # Each of these writes the files it names, the same bytes every time.
    def questions(self):
        inside = lambda name: os.path.join(self.folder, name)
        seed = ["--seed", "2", "--runs", RUNS, "--force", "--quiet"]
        return {
            "run": (["run", self.scenario, *seed, "--format", "json", "--output", inside("run.json"), "--report", inside("run.html"), "--samples",
                     inside("run.csv")], ["run.json", "run.html", "run.csv"]),
            "compare": (["compare", self.scenario, *seed, "--sweep", "journey.calls[0].dwell=1 h..2 h/1 h", "--output", inside("compare.txt")], ["compare.txt"]),
            "explain": (["explain", self.scenario, "--runs", RUNS, "--pairs", "16", "--force", "--quiet", "--format", "csv", "--output",
                         inside("explain.csv")], ["explain.csv"]),
            "new": (["new", "train", "--output", inside("train.yaml"), "--force"], ["train.yaml"]),
        }

    def call(self, words, fault=None, **more):
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "RAILWINDOW_DATA": self.source, **more.pop("environment", {})}
        if fault:
            environment.update({"LD_PRELOAD": self.library, **{f"FAULT_{name.upper()}": str(value) for name, value in fault.items()}})
        return subprocess.run([self.tool, *words], env=environment, capture_output=True, timeout=120, cwd=self.folder, **more)

    # What the files hold after one undisturbed call.
    def prepare(self, words, names):
        for name in os.listdir(self.folder):
            os.unlink(os.path.join(self.folder, name))
        done = self.call(words)
        if done.returncode != 0:
            raise SystemExit(f"{' '.join(words)}: status {done.returncode}: {done.stderr.decode()}")
        return {name: read(os.path.join(self.folder, name)) for name in names}

    # A result of the tool that differs, so that it may be written over.
    def put_old(self, new):
        old = {}
        for name, text in new.items():
            old[name] = text.replace(b"railwindow", b"railwindow ", 1) + b"\n"
            with open(os.path.join(self.folder, name), "wb") as file:
                file.write(old[name])
        return old

    def whole(self, old, new):
        for name in new:
            if read(os.path.join(self.folder, name)) not in (old[name], new[name]):
                return f"{name} is neither the old file nor the new one"
        return ""

    def left_behind(self, new):
        return sorted(set(os.listdir(self.folder)) - set(new))

    def kills(self, count):
        luck = random.Random(20190424)
        for kind, (words, names) in self.questions().items():
            new = self.prepare(words, names)
            begin = time.monotonic()
            self.call(words)
            takes = time.monotonic() - begin
            lost, early, late = "", 0, 0
            for _ in range(max(1, count // len(self.questions()))):
                old = self.put_old(new)
                process = subprocess.Popen([self.tool, *words], env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "RAILWINDOW_DATA": self.source},
                                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder)
                time.sleep(luck.uniform(0, 1.1 * takes))
                process.send_signal(signal.SIGKILL)
                late += process.wait() == 0
                early += all(read(os.path.join(self.folder, name)) == old[name] for name in names)
                lost = lost or self.whole(old, new)
                for name in self.left_behind(new):
                    if name.endswith(".unfinished"):
                        os.unlink(os.path.join(self.folder, name))
                    else:
                        lost = lost or f"{name} was left behind"
            self.say(not lost, f"{kind}: killed {max(1, count // len(self.questions()))} times, {early} times before anything was replaced, {late} times too late: {lost or 'nothing is lost'}")

    def disk(self, count):
        luck = random.Random(7)
        for kind, (words, names) in self.questions().items():
            new = self.prepare(words, names)
            size = sum(len(text) for text in new.values())
            wrong = ""
            for number in [errno.ENOSPC, errno.EIO, errno.EDQUOT]:
                for _ in range(max(1, count // 12)):
                    old = self.put_old(new)
                    done = self.call(words, {"call": "write", "after": luck.randrange(size), "errno": number})
                    message = done.stderr.decode()
                    if done.returncode != 74 or os.strerror(number) not in message:
                        wrong = wrong or f"status {done.returncode}: {message}"
                    wrong = wrong or self.whole(old, new) or ("left behind: " + ", ".join(self.left_behind(new)) if self.left_behind(new) else "")
                    if not all(read(os.path.join(self.folder, name)) == old[name] for name in names) and len(names) == 1:
                        wrong = wrong or "the old file is gone"
            self.say(not wrong, f"{kind}: disk full, broken or over quota at {3 * max(1, count // 12)} places: {wrong or 'old files stay, status 74'}")
            for call, number in [("fsync", errno.EIO), ("rename", errno.EACCES), ("open", errno.EMFILE), ("open", errno.EROFS)]:
                old = self.put_old(new)
                done = self.call(words, {"call": call, "after": 0, "errno": number})
                wrong = "" if done.returncode == 74 and os.strerror(number) in done.stderr.decode() else f"status {done.returncode}: {done.stderr.decode()}"
                wrong = wrong or self.whole(old, new) or ("left behind: " + ", ".join(self.left_behind(new)) if self.left_behind(new) else "")
                self.say(not wrong, f"{kind}: {call} fails ({os.strerror(number)}): {wrong or 'old files stay, status 74'}")
            for call in ["short", "interrupted"]:
                self.put_old(new)
                done = self.call(words, {"call": call})
                good = done.returncode == 0 and all(read(os.path.join(self.folder, name)) == new[name] for name in names)
                self.say(good, f"{kind}: {call} writes change no byte" + ("" if good else f": status {done.returncode}: {done.stderr.decode()}"))

    def poor_machines(self):
        words, names = self.questions()["run"]
        new = self.prepare(words, names)
        for after in [0, 1, 2]:
            old = self.put_old(new)
            done = self.call([*words, "--threads", "4"], {"call": "thread", "after": after, "errno": errno.EAGAIN})
            same = all(read(os.path.join(self.folder, name)) == new[name] for name in names)
            self.say(done.returncode == 0 and same, f"no thread after {after}: status {done.returncode}{', the same bytes' if same else ''}: {done.stderr.decode().strip()[:120]}")
        small, large = 16 << 20, 512 << 20
        seen = set()
        while large - small > 4 << 20:
            middle = (small + large) // 2
            old = self.put_old(new)
            done = self.call(words, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (middle, middle)))
            wrong = self.whole(old, new) or ("left behind: " + ", ".join(self.left_behind(new)) if self.left_behind(new) else "")
            seen.add(done.returncode)
            # Below some megabytes not even the program loads: that is the loader's status, 127, and its message.
            good = not wrong and done.returncode in (0, 70, 127) and (done.returncode == 0 or done.stderr)
            if not good:
                self.say(False, f"{middle >> 20} MB of memory: status {done.returncode}: {wrong or done.stderr.decode()[:200]}")
            small, large = (small, middle) if done.returncode == 0 else (middle, large)
        self.say(True, f"memory limits down to where it runs no more ({large >> 20} MB): statuses {sorted(seen)}, every file whole")

    def places_and_clocks(self):
        for kind, (words, names) in self.questions().items():
            new = self.prepare(words, names)
            different = []
            for setting in [{"TZ": "Pacific/Apia"}, {"TZ": "America/St_Johns"}, {"TZ": ":/nowhere"}, {"LC_ALL": "de_DE.UTF-8"}, {"LC_ALL": "tr_TR.UTF-8"},
                            {"LC_ALL": "C"}, {"LANG": "ar_EG.UTF-8", "LC_ALL": ""}, {"HOME": "/nowhere"}, {"COLUMNS": "200"}]:
                for name in names:
                    os.unlink(os.path.join(self.folder, name))
                if self.call(words, environment=setting).returncode != 0 or any(read(os.path.join(self.folder, name)) != new[name] for name in names):
                    different.append(str(setting))
            self.say(not different, f"{kind}: zone, language and terminal of the machine change no byte{': ' + ', '.join(different) if different else ''}")

    def signals(self):
        words, names = self.questions()["run"]
        new = self.prepare(words, names)
        numbers = ["explain", os.path.join(self.source, "scenarios/convoy-2023.yaml"), "--runs", "256", "--numbers", "--force", "--quiet", "--format", "csv",
                   "--output", os.path.join(self.folder, names[0])]
        long = [word if word != RUNS else "1000000" for word in words]
        for number, status, long in [(signal.SIGINT, 130, long), (signal.SIGTERM, 143, long), (signal.SIGINT, 130, numbers)]:
            old = self.put_old(new)
            process = subprocess.Popen([self.tool, *long], env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "RAILWINDOW_DATA": self.source},
                                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=self.folder)
            time.sleep(1 if long is not numbers else 5)
            process.send_signal(number)
            try:
                process.communicate(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
            same = all(read(os.path.join(self.folder, name)) == old[name] for name in names)
            self.say(process.returncode == status and same and not self.left_behind(new), f"{signal.Signals(number).name}: status {process.returncode}, old files {'stay' if same else 'are gone'}")

    def two_at_once(self):
        words, names = self.questions()["run"]
        first = self.prepare(words, names)
        other = [word if word != "2" else "3" for word in words]
        second = self.prepare(other, names)
        wrong = ""
        for _ in range(20):
            running = [subprocess.Popen([self.tool, *one], env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "RAILWINDOW_DATA": self.source},
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder) for one in (words, other)]
            statuses = [process.wait() for process in running]
            if statuses != [0, 0]:
                wrong = wrong or f"statuses {statuses}"
            for name in names:
                if read(os.path.join(self.folder, name)) not in (first[name], second[name]):
                    wrong = wrong or f"{name} is of neither"
        self.say(not wrong and not self.left_behind(first), f"two processes write the same files, 20 times: {wrong or 'each is whole, of one of them'}")

    def links_and_modes(self):
        words, names = self.questions()["explain"]
        new = self.prepare(words, names)
        target, link = os.path.join(self.folder, "target.csv"), os.path.join(self.folder, names[0])
        os.rename(link, target)
        os.symlink("target.csv", link)
        os.chmod(target, 0o600)
        self.call(words)
        self.say(os.path.islink(link) and read(target) == new[names[0]], "a result is written through a symbolic link")
        self.say(os.stat(target).st_mode & 0o777 == 0o600, "a file that is replaced keeps its permissions")
        os.unlink(target)
        self.call(words)
        self.say(os.path.islink(link) and os.path.exists(target), "a symbolic link to nothing stays one, and what it names is made")
        os.unlink(link)
        os.symlink("no-such-folder/target.csv", link)
        self.say(self.call(words).returncode == 74 and os.path.islink(link), "a symbolic link into no folder is refused")
        os.unlink(link)
        victim = os.path.join(self.folder, "victim")
        with open(victim, "w", encoding="ascii") as file:
            file.write("mine")
        script = f"ln -s victim {names[0]}.$$.unfinished; exec " + " ".join(shlex.quote(word) for word in [self.tool, *words])
        subprocess.run(["sh", "-c", script], env={"PATH": os.environ["PATH"], "RAILWINDOW_DATA": self.source}, cwd=self.folder, capture_output=True)
        self.say(read(victim) == b"mine" and read(link) == new[names[0]], "a link under the name of an unfinished file is left alone")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("source")
    parser.add_argument("library")
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--full", type=int, default=24)
    options = parser.parse_args()
    trial = Trial(options.tool, options.source, options.library)
    trial.kills(options.kills)
    trial.disk(options.full)
    trial.poor_machines()
    trial.places_and_clocks()
    trial.signals()
    trial.two_at_once()
    trial.links_and_modes()
    shutil.rmtree(trial.folder, ignore_errors=True)
    print(f"{trial.passed} passed, {trial.failed} failed")
    return trial.failed > 0


if __name__ == "__main__":
    sys.exit(main())
