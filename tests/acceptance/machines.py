# SPDX-License-Identifier: GPL-3.0-or-later
"""Two machines, a server between them, and a proxy that spoils things: all real processes."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "project"))

CLI = os.environ["CLIENTELE_CLI"]
SERVER = os.environ["CLIENTELE_SERVER"]
PROXY = os.environ["CLIENTELE_FAULT_PROXY"]


def shared_data():
    """The folder of large data sets, or None."""
    folder = os.environ.get("CLIENTELE_SHARED_DATA", os.path.join(ROOT, "..", "shared", "data"))
    return folder if os.path.isdir(folder) else None


class Failed(Exception):
    """The command line ended with something else than 0."""

    def __init__(self, words, process):
        super().__init__(f"{' '.join(words)}: {process.returncode}: {process.stderr.strip()}")
        self.status = process.returncode
        self.message = process.stderr


class World:
    """A folder in which everything happens, removed at the end."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="clientele-acceptance-")
        self.processes = []

    def path(self, name):
        return os.path.join(self.folder, name)

    def start(self, *words):
        process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.processes.append(process)
        return process, process.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        for process in self.processes:
            process.kill()
            process.wait()
            process.stdin.close()
            process.stdout.close()
        shutil.rmtree(self.folder)


class Server:
    """clientele-server on a free port of this machine."""

    def __init__(self, world, *options):
        self.world = world
        self.data = world.path("server")
        self.options = options
        self.start()

    def start(self, port="0"):
        words = (SERVER, "--port", port, "--data", self.data) + self.options
        self.process, self.url = self.world.start(*words)
        assert self.url.startswith("http://127.0.0.1:"), "the server did not start"

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        status = self.process.wait()
        assert number != signal.SIGTERM or status == 0, f"the server ended with {status}"

    def invite(self):
        words = (SERVER, "invite", "--data", self.data)
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()

    def holds(self, word):
        """Whether the word, in any usual encoding, is in one of the server's files."""
        wanted = [word.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
        for folder, _, names in os.walk(self.data):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    content = file.read()
                if any(text in content for text in wanted):
                    return True
        return False


class Proxy:
    """Passes requests on, except for the one that it is told to spoil."""

    def __init__(self, world):
        self.process, self.url = world.start(PROXY)

    def tell(self, *words):
        self.process.stdin.write(" ".join(str(word) for word in words) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        assert answer != "what?", words
        return answer

    def count(self):
        return int(self.tell("count"))


class Machine:
    """One store, worked on by the command line."""

    def __init__(self, world, name):
        self.store = world.path(name + ".clientele")

    def words(self, *words):
        return [CLI, "--store", self.store, "--json", *words]

    def run(self, *words, text=None):
        process = subprocess.run(
            self.words(*words), input=text or "", capture_output=True, text=True, check=False
        )
        if process.returncode != 0:
            raise Failed(words, process)
        return json.loads(process.stdout)

    def prepare(self, *words):
        """A process that becomes the command line when it is told go, under the number it has."""
        return subprocess.Popen(
            ["/bin/sh", "-c", 'read go && exec "$@" < /dev/null', "sh", *self.words(*words)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def add(self, *words):
        return self.run("add", *words)["id"]

    def change(self, record, *words):
        return self.run("set", record, *words)

    def show(self, record):
        return self.run("show", record)

    def sync(self):
        return self.run("sync")

    def status(self):
        return self.run("status")

    def join(self, url, other):
        """Becomes a device of the account that the other machine has."""
        words = other.run("account", "recovery")["recovery"]
        return self.run("account", "join", url, text=words + "\n")


def sync_in_turn(*machines, rounds=2):
    """Enough syncs for everything to reach everybody."""
    for _ in range(rounds):
        for machine in machines:
            machine.sync()


def assert_equal(*machines):
    """All hold the same records, nothing waits to be sent, and the log agrees with the rows."""
    states = [machine.status() for machine in machines]
    assert len({state["digest"] for state in states}) == 1, [s["digest"] for s in states]
    assert all(state["pending"] == 0 for state in states), [s["pending"] for s in states]
    assert len({state["clashes"] for state in states}) == 1, [s["clashes"] for s in states]
    assert len({json.dumps(s["vector"], sort_keys=True) for s in states}) == 1, states
    return states[0]
