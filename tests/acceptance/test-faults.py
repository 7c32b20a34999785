#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""For every n: the n-th request or reply of a sync is lost, cut, repeated or refused, or the process
gets SIGKILL at the n-th point. Each n ends with both stores equal and every edit kept.

Run with "requests" for the first half of that sentence, with "kills" for the second. Real
processes over real HTTP. Before each fault both machines have made edits that the other has
not seen, so every sync has something to fetch and something to send.
"""

import signal
import sys

import machines

import tap

KINDS = ("lose-request", "cut-request", "lose-reply", "cut-reply", "repeat", "refuse", "portal")
WORLD = machines.World()
LAPTOP = machines.Machine(WORLD, "laptop")
DESKTOP = machines.Machine(WORLD, "desktop")
PROXY = machines.Proxy(WORLD)
SERVER = machines.Server(WORLD, "--origin", PROXY.url)
EDITS = []
SHARED = []


def set_up():
    PROXY.tell("upstream", SERVER.url)
    LAPTOP.run("init")
    SHARED.append(LAPTOP.add("party", "display_name=Shared"))
    LAPTOP.run("account", "create", PROXY.url, "--invite", SERVER.invite())
    LAPTOP.sync()
    DESKTOP.join(PROXY.url, LAPTOP)
    machines.sync_in_turn(DESKTOP, LAPTOP)
    machines.assert_equal(LAPTOP, DESKTOP)


def edit_both():
    """Each machine changes the customer that both have, or adds one of its own, in turn."""
    number = len(EDITS) // 2
    for machine, field in ((LAPTOP, "source"), (DESKTOP, "nickname")):
        value = f"{field} {number}"
        if number % 2 == 0:
            machine.change(SHARED[0], f"{field}={value}")
            EDITS.append((SHARED[0], field, value))
        else:
            EDITS.append((machine.add("party", f"display_name={value}"), "display_name", value))


def try_to_sync(machine):
    """Whether the sync said that it was done."""
    try:
        machine.sync()
        return True
    except machines.Failed as failure:
        assert failure.status == 1, failure
        return False


def heal_and_compare(what):
    """Syncs once more without faults; both must be equal, and hold the last value of every field."""
    PROXY.tell("fault", "none", 0)
    LAPTOP.sync()
    DESKTOP.sync()
    try:
        machines.assert_equal(LAPTOP, DESKTOP)
    except AssertionError as error:
        raise AssertionError(f"{what}: {error}") from error

    wanted = {(record, field): value for record, field, value in EDITS}
    parties = {party["id"]: party for party in LAPTOP.run("list", "party")}
    for (record, field), value in wanted.items():
        assert parties[record][field] == value, (what, record, field, value)


def requests_of_a_sync():
    edit_both()
    DESKTOP.sync()
    PROXY.tell("fault", "none", 0)
    LAPTOP.sync()
    count = PROXY.count()
    heal_and_compare("clean")
    return count


def spoil_each_request(kind):
    last = requests_of_a_sync()
    for request in range(1, last + 1):
        edit_both()
        DESKTOP.sync()
        PROXY.tell("fault", kind, request)
        done = try_to_sync(LAPTOP)
        assert done or kind != "repeat", (kind, request)
        heal_and_compare(f"{kind} at request {request} of {last}")
    print(f"# {kind}: each of {last} requests")
    return []


def add_case(kind):
    def case():
        return spoil_each_request(kind)

    case.__name__ = "every_request_may_meet_" + kind.replace("-", "_")
    tap.case(case)


@tap.case
def two_machines_are_equal_before():
    set_up()


for each in KINDS if sys.argv[1] == "requests" else ():
    add_case(each)


def kills(function):
    """A case of the other half of this test."""
    return tap.case(function) if sys.argv[1] == "kills" else function


@kills
def every_point_of_a_sync_may_be_the_last():
    """Point 2k-1 is before the k-th request is passed on, point 2k before its answer is."""
    last = 2 * requests_of_a_sync()
    for point in range(1, last + 1):
        edit_both()
        DESKTOP.sync()
        process = LAPTOP.prepare("sync")
        PROXY.tell("kill", process.pid, point)
        process.communicate(b"go\n")
        assert process.returncode == -signal.SIGKILL, f"point {point} of {last} was not reached"
        PROXY.tell("kill", 0, 0)
        heal_and_compare(f"killed at point {point} of {last}")
    print(f"# killed at each of {last} points")


@kills
def the_server_may_die_at_every_point():
    last = 2 * requests_of_a_sync()
    for point in range(1, last + 1):
        edit_both()
        DESKTOP.sync()
        PROXY.tell("kill", SERVER.process.pid, point)
        try_to_sync(LAPTOP)
        assert SERVER.process.wait() == -signal.SIGKILL, f"point {point} of {last} was not reached"
        PROXY.tell("kill", 0, 0)
        SERVER.start()
        PROXY.tell("upstream", SERVER.url)
        heal_and_compare(f"server killed at point {point} of {last}")
    print(f"# server killed at each of {last} points")


with WORLD:
    tap.run()
