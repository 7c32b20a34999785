# SPDX-License-Identifier: GPL-3.0-or-later
"""The Test Anything Protocol, as the project's own tests speak it, and the list of its files."""

import os
import subprocess
import sys
import traceback

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
_cases = []


def case(function):
    """Marks a function as a case; it returns a list of complaints, or the reason to skip it."""
    _cases.append(function)
    return function


def run():
    """Runs every case in order and leaves the program."""
    failed = False
    print(f"1..{len(_cases)}")
    for number, function in enumerate(_cases, 1):
        name = function.__name__.replace("_", "-")
        try:
            answer = function()
        except Exception:  # One case that breaks must not hide the ones after it.
            answer = traceback.format_exc().splitlines()
        if isinstance(answer, str):
            print(f"ok {number} {name} # SKIP {answer}")
        elif answer:
            failed = True
            for line in answer:
                print("# " + line)
            print(f"not ok {number} {name}")
        else:
            print(f"ok {number} {name}")
        sys.stdout.flush()
    sys.exit(1 if failed else 0)


def files(*endings, under=""):
    """Paths, from the root, of the project's files below a folder that end so, in order."""
    found = []
    for folder, folders, names in os.walk(os.path.join(ROOT, under)):
        folders[:] = [name for name in folders if not name.startswith((".git", "_build", "build"))]
        for name in names:
            if name.endswith(endings):
                found.append(os.path.relpath(os.path.join(folder, name), ROOT))
    return sorted(found)


def read(path):
    """The text of a file of the project."""
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def complaints_of(*command, **options):
    """Runs a checker; returns what it says when it ends badly, else nothing."""
    options.setdefault("cwd", ROOT)
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode == 0:
        return []
    lines = (done.stdout + done.stderr).strip().splitlines()
    return lines or [f"{command[0]} ended with {done.returncode}"]
