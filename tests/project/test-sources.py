#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Habits that a reader relies on in every source file."""

import os
import re

import tap

LICENCE = "SPDX-License-Identifier: GPL-3.0-or-later"
VAGUE = re.compile(r"(^|[-_])(utils?|helpers?|managers?|common|misc)([-_.]|$)")


@tap.case
def every_source_names_its_licence():
    complaints = []
    for path in tap.files(".c", ".h", ".ui", ".py", ".sh", ".css", ".svg", ".1"):
        head = tap.read(path).splitlines()[:3]
        if not any(LICENCE in line for line in head):
            complaints.append(f"{path} does not name its licence in its first lines")
    for path in ("app/run", "tests/run", "tests/count", ".ci/run"):
        if LICENCE not in tap.read(path):
            complaints.append(f"{path} does not name its licence")
    return complaints


@tap.case
def every_header_is_read_once():
    return [
        f"{path} has no #pragma once"
        for path in tap.files(".h")
        if not re.search(r"^#pragma once$", tap.read(path), re.MULTILINE)
    ]


@tap.case
def every_name_says_something():
    return [
        f"{path} has a name that could be anything's"
        for path in tap.files(".c", ".h", ".py", ".ui")
        if VAGUE.search(os.path.basename(path))
    ]


@tap.case
def every_script_may_be_run():
    return [
        f"{path} is not executable"
        for path in ("app/run", "tests/run", "tests/count", ".ci/run")
        if not os.access(os.path.join(tap.ROOT, path), os.X_OK)
    ]


@tap.case
def every_script_is_sound():
    complaints = []
    for path in ("app/run", "app/setup.sh", "tests/run", ".ci/run"):
        complaints += tap.complaints_of("sh", "-n", path)
    return complaints


tap.run()
