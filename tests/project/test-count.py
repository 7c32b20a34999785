#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The count at the end of tests/run: nothing that went wrong may be counted as good."""

import json
import os
import subprocess
import sys
import tempfile

import tap


def count(*logs):
    """Runs tests/count over logs of (result, output) pairs; returns its status and last line."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, programs in enumerate(logs):
            paths.append(os.path.join(folder, f"{number}.json"))
            if programs is None:
                continue
            with open(paths[-1], "w", encoding="utf-8") as file:
                for result, stdout in programs:
                    file.write(json.dumps({"name": "x", "result": result, "stdout": stdout}) + "\n")
        done = subprocess.run(
            [sys.executable, os.path.join(tap.ROOT, "tests/count"), *paths],
            capture_output=True, text=True, check=False,
        )
    return done.returncode, done.stdout.splitlines()[-1]


def expect(wanted, *logs):
    found = count(*logs)
    return [] if found == wanted else [f"wanted {wanted}, found {found} for {logs}"]


GOOD = "TAP version 13\nok 1 /a\nok 2 /b\n1..2\n"


@tap.case
def good_cases_are_counted_one_by_one():
    return (
        expect((0, "2 passed, 0 failed"), [("OK", GOOD)])
        + expect((0, "4 passed, 0 failed"), [("OK", GOOD)], [("OK", GOOD)])
        + expect((0, "1 passed, 0 failed"), [("OK", "no TAP at all")])
    )


@tap.case
def bad_case_fails_the_run():
    return expect((1, "1 passed, 1 failed"), [("FAIL", "ok 1 /a\nnot ok 2 /b\n")])


@tap.case
def crash_after_good_cases_fails_the_run():
    return (
        expect((1, "2 passed, 1 failed"), [("ERROR", GOOD)])
        + expect((1, "1 passed, 1 failed"), [("TIMEOUT", "ok 1 /a\n")])
        + expect((1, "0 passed, 1 failed"), [("FAIL", None)])
    )


@tap.case
def skipped_cases_are_not_passed():
    return (
        expect((0, "1 passed, 0 failed, 1 skipped"), [("OK", "ok 1 /a # SKIP no data\nok 2 /b\n")])
        + expect((1, "0 passed, 0 failed, 1 skipped"), [("SKIP", "ok 1 /a # SKIP no data\n")])
        + expect((1, "0 passed, 0 failed, 1 skipped"), [("SKIP", "1..0 # SKIP nothing\n")])
    )


@tap.case
def run_without_a_log_fails():
    return (
        expect((1, "0 passed, 1 failed"), None)
        + expect((1, "2 passed, 1 failed"), [("OK", GOOD)], None)
    )


@tap.case
def messages_of_a_program_are_no_cases():
    output = "ok 1 /a\n# not ok it says\n    ok 1 inner\nokay\n"
    return expect((0, "1 passed, 0 failed"), [("OK", output)])


tap.run()
