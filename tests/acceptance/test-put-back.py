#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stores and servers that went back in time, were copied, or had a life before they met.

Real processes. Whatever was put back, both machines end equal and no edit that was ever made and
is still anywhere is lost. The cases build on each other and run in order.
"""

import glob
import os
import shutil

import machines

import tap

WORLD = machines.World()
LAPTOP = machines.Machine(WORLD, "laptop")
DESKTOP = machines.Machine(WORLD, "desktop")
SERVER = machines.Server(WORLD)
NAMES = set()


def add(machine, name):
    machine.add("party", "display_name=" + name)
    NAMES.add(name)


def names_on(machine):
    return {party["display_name"] for party in machine.run("list", "party")}


def meet(*others):
    """Everybody syncs until all are equal; nobody lacks a name."""
    everybody = (LAPTOP, DESKTOP) + others
    machines.sync_in_turn(*everybody)
    machines.assert_equal(*everybody)
    for machine in everybody:
        assert names_on(machine) == NAMES, NAMES ^ names_on(machine)
        machine.run("check")


def keep(machine, name):
    """Copies a store and all that lies beside it."""
    for path in glob.glob(machine.store + "*"):
        shutil.copy2(path, path.replace(machine.store, WORLD.path(name)))


def put_back(machine, name):
    for path in glob.glob(machine.store + "*"):
        os.remove(path)
    for path in glob.glob(WORLD.path(name) + "*"):
        shutil.copy2(path, path.replace(WORLD.path(name), machine.store))


@tap.case
def two_lives_become_one():
    LAPTOP.run("init")
    DESKTOP.run("init")
    add(LAPTOP, "from the laptop's first life")
    add(DESKTOP, "from the desktop's first life")
    LAPTOP.run("account", "create", SERVER.url)
    LAPTOP.sync()
    DESKTOP.join(SERVER.url, LAPTOP)
    meet()


@tap.case
def a_store_put_back_takes_a_new_stream():
    keep(LAPTOP, "laptop-backup")
    add(LAPTOP, "sent after the backup")
    meet()
    put_back(LAPTOP, "laptop-backup")
    add(LAPTOP, "written after going back")
    answer = LAPTOP.sync()
    assert answer["new_stream"], answer
    meet()
    assert not LAPTOP.sync()["new_stream"]


@tap.case
def a_copied_store_becomes_a_device_of_its_own():
    keep(LAPTOP, "twin.clientele")
    twin = machines.Machine(WORLD, "twin")
    add(LAPTOP, "written on the original")
    add(twin, "written on the copy")
    LAPTOP.sync()
    twin.sync()
    meet(twin)
    add(twin, "written on the copy later")
    add(LAPTOP, "written on the original later")
    meet(twin)


@tap.case
def a_server_put_back_is_healed():
    SERVER.stop()
    shutil.copytree(SERVER.data, WORLD.path("server-backup"))
    port = SERVER.url.rpartition(":")[2]
    SERVER.start(port)
    add(LAPTOP, "sent before the server went back")
    meet()
    SERVER.stop()
    shutil.rmtree(SERVER.data)
    shutil.copytree(WORLD.path("server-backup"), SERVER.data)
    SERVER.start(port)
    add(DESKTOP, "written when the server was back")
    meet()


@tap.case
def a_server_overtaken_after_it_went_back_is_healed():
    port = SERVER.url.rpartition(":")[2]
    add(LAPTOP, "known to the laptop alone")
    LAPTOP.sync()
    SERVER.stop()
    shutil.rmtree(SERVER.data)
    shutil.copytree(WORLD.path("server-backup"), SERVER.data)
    SERVER.start(port)
    for number in range(5):
        add(DESKTOP, f"overtaking {number}")
        DESKTOP.sync()
    meet()


@tap.case
def a_server_that_lost_everything_is_filled_again():
    port = SERVER.url.rpartition(":")[2]
    SERVER.stop()
    shutil.rmtree(SERVER.data)
    SERVER.start(port)
    add(LAPTOP, "written when the server was empty")
    meet()


with WORLD:
    tap.run()
