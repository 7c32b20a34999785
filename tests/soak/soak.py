#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs test programs that draw random histories again and again, each time with a new seed, until
CLIENTELE_SOAK_SECONDS are over. A run that fails is shown whole, with the seed that repeats it."""

import os
import subprocess
import sys
import time


def soak(program, seconds):
    """Repeats one program for some seconds; returns how often it ran, and what the bad run said."""
    end = time.monotonic() + seconds
    runs = 0
    while runs == 0 or time.monotonic() < end:
        done = subprocess.run(
            [program], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
            encoding="utf-8", errors="replace",
        )
        runs += 1
        if done.returncode != 0:
            return runs, done.stdout.splitlines()
    return runs, []


def main():
    programs = sys.argv[1:]
    seconds = int(os.environ.get("CLIENTELE_SOAK_SECONDS", "10"))
    failed = False
    print(f"1..{len(programs)}")
    for number, program in enumerate(programs, 1):
        runs, complaints = soak(program, seconds / len(programs))
        for line in complaints:
            print("# " + line)
        failed = failed or bool(complaints)
        verdict = "not ok" if complaints else "ok"
        print(f"{verdict} {number} {os.path.basename(program)}, {runs} runs")
        sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
