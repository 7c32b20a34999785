#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real program on a display of its own, driven by keys alone and read as a screen reader does.

Arguments: the desktop program, the command line, the folder of tap.py.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

DESKTOP, COMMAND_LINE, TAP = sys.argv[1:4]
sys.path.insert(0, TAP)

NEEDED = ("dbus-run-session", "Xvfb", "openbox", "xdotool")
WAIT = 40
LINES = ("text", "entry")


# A session bus of its own. What the programs that it starts print must not stand among our lines.
if "CLIENTELE_TAP" not in os.environ and shutil.which("dbus-run-session"):
    lines = os.dup(1)
    os.set_inheritable(lines, True)
    os.environ["CLIENTELE_TAP"] = str(lines)
    os.dup2(2, 1)
    os.execvp("dbus-run-session", ["dbus-run-session", "--", sys.executable, *sys.argv])
sys.stdout = os.fdopen(int(os.environ.get("CLIENTELE_TAP", "1")), "w")


def skip(reason):
    print(f"1..0 # SKIP {reason}")
    sys.exit(0)


for program in NEEDED:
    if not shutil.which(program):
        skip(f"{program} is not here")
try:
    import gi

    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib
except (ImportError, ValueError) as missing:
    skip(str(missing))

import tap  # noqa: E402


class Display:
    """A display with a window manager, for keys go nowhere without one."""

    def __init__(self):
        reader, writer = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
            pass_fds=[writer], stderr=subprocess.DEVNULL,
        )
        os.close(writer)
        with os.fdopen(reader) as number:
            os.environ["DISPLAY"] = ":" + number.readline().strip()
        self.manager = subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL)
        time.sleep(0.5)

    def close(self):
        for process in (self.manager, self.server):
            process.terminate()
            process.wait()


class Program:
    """The desktop over a store of its own."""

    def __init__(self, folder, name):
        self.store = os.path.join(folder, name + ".clientele")
        self.process = None

    def command(self, *arguments):
        done = subprocess.run(
            [COMMAND_LINE, "--store", self.store, *arguments],
            capture_output=True, text=True, check=True,
        )
        return done.stdout

    def start(self):
        self.process = subprocess.Popen([DESKTOP, "--store", self.store], stdout=2)
        self.window = wait_for("window", self.find_window)
        subprocess.run(["xdotool", "windowfocus", "--sync", self.window], check=True)
        self.tree = wait_for("accessible window", find_application)

    def find_window(self):
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
            capture_output=True, text=True, check=False,
        )
        return found.stdout.split()[0] if found.stdout.strip() else None

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
        if self.process:
            self.process.wait()

    def parties(self):
        found = json.loads(self.command("--json", "list", "party"))
        rows = found if isinstance(found, list) else found.get("records", found.get("rows", []))
        return [row.get("display_name") for row in rows]


def wait_for(what, look):
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        try:
            found = look()
        except GLib.GError:  # What is asked may be gone by then.
            found = None
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"there is no {what}")


def find_application():
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(index)
        if child and "clientele" in (child.get_name() or "").lower() and child.get_child_count():
            return child
    return None


def walk(node):
    """Every accessible, parents first. GTK 4.8 does not tell which of them are in sight."""
    yield node
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield from walk(child)


def windows(program):
    tree = program.tree
    return [tree.get_child_at_index(index).get_name() for index in range(tree.get_child_count())]


def text_of(node):
    if node.get_role_name() not in LINES or "Text" not in node.get_interfaces():
        return None
    return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))


def find(program, matches):
    return next((node for node in walk(program.tree) if matches(node)), None)


def says(program, text):
    return find(program, lambda node: node.get_name() == text) is not None


def is_focused(node):
    node.clear_cache()
    return node.get_state_set().contains(Atspi.StateType.FOCUSED)


def keys(*names):
    subprocess.run(["xdotool", "key", "--clearmodifiers", *names], check=True)
    time.sleep(0.2)


def type_text(text):
    subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "20", text], check=True)
    time.sleep(0.2)


def with_program(name, prepare):
    """A case of its own store, with the program running."""

    def decorate(case):
        def run():
            with tempfile.TemporaryDirectory() as folder:
                program = Program(folder, name)
                prepare(program)
                program.start()
                try:
                    return case(program) or []
                except AssertionError as problem:
                    return [str(problem)]
                finally:
                    program.stop()

        run.__name__ = case.__name__
        return tap.case(run)

    return decorate


def make_store(program):
    program.command("init")
    program.command("add", "party", "kind=person", "display_name=Ada Lovelace")
    program.command("add", "party", "kind=person", "display_name=李明")


@with_program("first", lambda program: None)
def first_customer_by_keys_alone(program):
    for _ in range(8):
        keys("Tab", "Return")
        time.sleep(0.3)
        if os.path.exists(program.store):
            break
        if len(windows(program)) > 1:
            keys("Escape")
    else:
        return ["no way to begin was reached by Tab and Enter"]
    wait_for("list", lambda: program.parties() == [])
    time.sleep(1)
    while len(windows(program)) > 1:
        keys("Escape")

    began = time.monotonic()
    keys("ctrl+n")
    wait_for("dialog", lambda: "New customer" in windows(program))
    type_text("Grace Hopper")
    keys("ctrl+Return")
    wait_for("customer", lambda: program.parties() == ["Grace Hopper"])
    taken = time.monotonic() - began
    return [] if taken < 30 else [f"a new customer took {taken:.0f} seconds"]


@with_program("edit", make_store)
def edit_in_place_and_undo_by_keys(program):
    wait_for("list", lambda: says(program, "2 customers"))
    keys("ctrl+f")
    type_text("ada")
    wait_for("one customer", lambda: says(program, "1 customer"))
    keys("Return")
    wait_for("name", lambda: find(program, lambda node: text_of(node) == "Ada Lovelace"))
    wait_for("cursor on Back", lambda: find(
        program, lambda node: node.get_name() == "Back" and is_focused(node)))
    # Back, the menu, the name. libadwaita 1.2 does not tell when the line in a row has the cursor.
    keys("Tab", "Tab")
    keys("ctrl+a")
    type_text("Ada King")
    keys("Return")
    wait_for("edit", lambda: "Ada King" in program.parties())
    keys("ctrl+z")
    wait_for("undo", lambda: "Ada Lovelace" in program.parties())
    return []


@with_program("search", make_store)
def search_finds_one_han_character(program):
    wait_for("list", lambda: says(program, "2 customers"))
    keys("ctrl+f")
    entry = wait_for("search", lambda: find(
        program, lambda node: text_of(node) is not None and is_focused(node)))
    Atspi.EditableText.set_text_contents(entry, "明")
    wait_for("one customer", lambda: says(program, "1 customer"))
    return []


@with_program("names", make_store)
def every_control_has_a_name(program):
    roles = ("push button", "button", "toggle button", "entry", "text", "combo box", "switch",
             "check box", "menu item", "radio button")
    wait_for("list", lambda: says(program, "2 customers"))
    keys("ctrl+f")
    type_text("ada")
    wait_for("one customer", lambda: says(program, "1 customer"))
    keys("Return")
    time.sleep(2)
    complaints = []
    seen = 0
    for node in walk(program.tree):
        seen += node.get_role_name() in roles
        if node.get_role_name() in roles and not (node.get_name() or "").strip():
            above = []
            parent = node.get_parent()
            while parent is not None and len(above) < 4:
                above.append(f"{parent.get_role_name()} “{parent.get_name()}”")
                parent = parent.get_parent()
            complaints.append(f"a {node.get_role_name()} has no name, in {', in '.join(above)}")
    return complaints if seen > 20 else [f"only {seen} controls were seen"]


Atspi.set_timeout(5000, 15000)
display = Display()
try:
    tap.run()
finally:
    display.close()
