#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One business on a laptop and a desktop: imported, joined, edited on both while offline, synced.

The story of the whole, with real processes: two stores, the command line, the server. The cases
build on each other and run in order.
"""

import concurrent.futures
import csv
import io
import os

import machines

import tap

PLANTED = "Zwetschgenknödel"
WORLD = machines.World()
LAPTOP = machines.Machine(WORLD, "laptop")
DESKTOP = machines.Machine(WORLD, "desktop")
SERVER = None
IDS = {}
DATA = os.path.join(machines.ROOT, "tests", "data")
# How many different people the rows of both contact files are, by the truth they were made from.
PEOPLE = 179


def rows_of(path, encoding):
    """The filled rows of a CSV file as another reader sees them."""
    with open(path, "rb") as file:
        text = file.read().decode(encoding, "replace")
    return [row for row in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in row)]


def count_people():
    return len(LAPTOP.run("list", "party", "--where", "kind = person"))


def count(report):
    return report["taken"] + report["updated"] + report["unchanged"] + report["refused"]


def orders():
    """The CDNOW sample with its orders and customers, or the cut of it that the project keeps."""
    folder = machines.shared_data()
    if folder is None:
        return os.path.join(DATA, "cdnow-cut.csv"), 905, 295
    return os.path.join(folder, "clv", "cdnow_sample.csv"), 6919, 2357


@tap.case
def orders_are_imported_with_their_customers():
    path, number, customers = orders()
    words = ("import", path, "--as", "order", "--map", "party=id", "--map", "date=date", "--map",
             "total=value")
    LAPTOP.run("init")
    report = LAPTOP.run(*words)
    print(f"# {report['taken']} orders of {report['customers']} customers")
    assert (report["taken"], report["refused"], report["customers"]) == (number, 0, customers), report
    again = LAPTOP.run(*words)
    assert (again["taken"], again["unchanged"], again["customers"]) == (0, number, 0), again


@tap.case
def messy_contacts_are_imported_and_counted():
    before = count_people()
    for name, encoding, beside in (("excel_zh_gbk", "gb18030", 1), ("crm_export_broken", "utf-8", 3)):
        path = os.path.join(DATA, "contacts", name + ".csv")
        rows = len(rows_of(path, encoding)) - beside
        report = LAPTOP.run("import", path, "--as", "party")
        assert count(report) == rows, (name, rows, report)
        for told in report["refusals"] + report["remarks"]:
            assert told["line"] > 1 and told["reason"], told
        print(f"# {name}: {report['taken']} taken, {report['updated']} updated, "
              f"{report['unchanged']} unchanged, {report['refused']} refused, "
              f"{len(report['remarks'])} remarks")
        again = LAPTOP.run("import", path, "--as", "party")
        assert (again["taken"], count(again)) == (0, rows), again

    # Two people are never made one; one person of whom too little is told may stay two.
    made = count_people() - before
    print(f"# {PEOPLE} people, {made} records")
    assert PEOPLE <= made <= PEOPLE * 1.05, made


@tap.case
def second_machine_joins_and_is_equal():
    global SERVER
    SERVER = machines.Server(WORLD)
    IDS["anna"] = LAPTOP.add("party", "display_name=Anna Weiß", "notes=" + PLANTED)
    IDS["berta"] = LAPTOP.add("party", "display_name=李小龙")
    IDS["carl"] = LAPTOP.add("party", "display_name=Carl")
    IDS["dora"] = LAPTOP.add("party", "display_name=Dora")
    LAPTOP.run("account", "create", SERVER.url)
    LAPTOP.sync()
    DESKTOP.join(SERVER.url, LAPTOP)
    machines.sync_in_turn(DESKTOP, LAPTOP)
    state = machines.assert_equal(LAPTOP, DESKTOP)
    assert state["clashes"] == 0, state
    assert DESKTOP.show(IDS["berta"])["display_name"] == "李小龙"
    assert len(LAPTOP.run("devices")) == 2


@tap.case
def sync_with_nothing_to_say_writes_nothing():
    before = LAPTOP.status()["vector"]
    machines.sync_in_turn(LAPTOP, DESKTOP)
    assert LAPTOP.status()["vector"] == before
    assert DESKTOP.status()["vector"] == before


def edit_apart():
    """What each machine does while it does not see the other."""
    LAPTOP.change(IDS["anna"], "source=fair")
    DESKTOP.change(IDS["anna"], "language=de")
    LAPTOP.change(IDS["berta"], "notes=from the laptop")
    DESKTOP.change(IDS["berta"], "notes=from the desktop")
    LAPTOP.run("delete", IDS["carl"])
    DESKTOP.change(IDS["carl"], "notes=still a customer")
    for machine, total in ((LAPTOP, "10.00"), (DESKTOP, "20.00")):
        machine.add("order", "party=" + IDS["dora"], "date=2026-01-02", "total=" + total,
                    "currency=EUR")
        machine.add("tagging", "party=" + IDS["dora"], "tag=" + machine.add("tag", "name=VIP"))


@tap.case
def offline_edits_of_both_meet():
    edit_apart()
    assert LAPTOP.status()["pending"] > 0
    assert LAPTOP.status()["digest"] != DESKTOP.status()["digest"]
    machines.sync_in_turn(LAPTOP, DESKTOP)
    machines.assert_equal(LAPTOP, DESKTOP)


@tap.case
def nothing_of_either_is_lost():
    for machine in (LAPTOP, DESKTOP):
        anna = machine.show(IDS["anna"])
        assert (anna["source"], anna["language"]) == ("fair", "de"), anna
        carl = machine.show(IDS["carl"])
        assert not carl["trashed"] and carl["notes"] == "still a customer", carl
        orders = machine.run("list", "order", "--where", "party = " + IDS["dora"])
        assert sorted(order["total"] for order in orders) == ["10.00", "20.00"], orders
        taggings = machine.run("list", "tagging", "--where", "party = " + IDS["dora"])
        assert len(taggings) == 1 and len(machine.run("list", "tag", "--where", "name = VIP")) == 1


@tap.case
def exactly_the_true_clash_is_shown():
    on_laptop = LAPTOP.run("clashes")
    on_desktop = DESKTOP.run("clashes")
    assert len(on_laptop) == 1, on_laptop
    assert [c["clash"] for c in on_laptop] == [c["clash"] for c in on_desktop]
    clash = on_laptop[0]
    assert (clash["id"], clash["fields"]) == (IDS["berta"], ["notes"]), clash
    told = sorted(side["values"]["notes"] for side in clash["sides"])
    assert told == ["from the desktop", "from the laptop"], told


@tap.case
def a_settled_clash_is_settled_everywhere():
    clash = LAPTOP.run("clashes")[0]["clash"]
    LAPTOP.run("settle", clash, "mine")
    machines.sync_in_turn(LAPTOP, DESKTOP)
    state = machines.assert_equal(LAPTOP, DESKTOP)
    assert state["clashes"] == 0, state
    for machine in (LAPTOP, DESKTOP):
        assert machine.show(IDS["berta"])["notes"] == "from the laptop"


@tap.case
def undo_travels():
    group = DESKTOP.change(IDS["dora"], "notes=a mistake")["group"]
    machines.sync_in_turn(DESKTOP, LAPTOP)
    assert LAPTOP.show(IDS["dora"])["notes"] == "a mistake"
    LAPTOP.run("undo", group)
    machines.sync_in_turn(LAPTOP, DESKTOP)
    machines.assert_equal(LAPTOP, DESKTOP)
    assert not DESKTOP.show(IDS["dora"])["notes"]


@tap.case
def both_may_sync_at_the_same_moment():
    with concurrent.futures.ThreadPoolExecutor() as pool:
        for number in range(5):
            LAPTOP.change(IDS["dora"], f"source=round {number}")
            DESKTOP.change(IDS["dora"], f"nickname=round {number}")
            for running in [pool.submit(machine.sync) for machine in (LAPTOP, DESKTOP)]:
                running.result()
    machines.sync_in_turn(LAPTOP, DESKTOP)
    machines.assert_equal(LAPTOP, DESKTOP)
    dora = DESKTOP.show(IDS["dora"])
    assert (dora["source"], dora["nickname"]) == ("round 4", "round 4"), dora


@tap.case
def logs_and_rows_agree_on_both():
    for machine in (LAPTOP, DESKTOP):
        machine.run("check")


@tap.case
def the_server_never_sees_a_word():
    assert LAPTOP.run("search", PLANTED) and DESKTOP.run("search", PLANTED)
    assert not SERVER.holds(PLANTED)
    SERVER.stop()
    for word in (PLANTED, "李小龙", "from the laptop", "display_name"):
        assert not SERVER.holds(word), word


@tap.case
def a_server_that_is_away_keeps_nobody_from_working():
    DESKTOP.change(IDS["dora"], "nickname=D")
    try:
        DESKTOP.sync()
        raise AssertionError("a sync without a server said that it was done")
    except machines.Failed as failure:
        assert failure.status == 1 and failure.message.strip(), failure
    assert DESKTOP.status()["pending"] > 0

    SERVER.start(SERVER.url.rpartition(":")[2])
    machines.sync_in_turn(DESKTOP, LAPTOP)
    machines.assert_equal(LAPTOP, DESKTOP)
    assert LAPTOP.show(IDS["dora"])["nickname"] == "D"


with WORLD:
    tap.run()
