#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The three storeys: nothing runs back up, and the top level stays as it is.

meson gives each library only its own dependencies; this test reads what is written, so that a
header that happens to be installed on every machine cannot slip in either.
"""

import os
import re

import tap

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
SQL = re.compile(
    r'^"\s*(SELECT\s.*|INSERT\s+(OR\s+\w+\s+)?INTO\b.*|UPDATE\s+\w+\s+SET\b.*|DELETE\s+FROM\b.*|'
    r'CREATE\s+(TABLE|INDEX|TRIGGER|VIEW)\b.*|DROP\s+(TABLE|INDEX)\b.*|PRAGMA\s.*)'
)
TOP_LEVEL = {
    "LICENSE", "README.md", "app", "data", "libstore", "meson.build", "po", "sync", "tests",
}

WIDGETS = ("gtk/", "gdk/", "gsk/", "adwaita")
FORBIDDEN = {
    "libstore": WIDGETS + ("libsoup/", "libpq"),
    "sync": WIDGETS,
    "app": ("sqlite3.h", "libpq"),
}
ABOVE = {"libstore": ("sync", "app"), "sync": ("app",), "app": ()}


def headers(storey):
    return {os.path.basename(path): path for path in tap.files(".h", under=storey)}


def check_includes(storey):
    """What a storey includes of libraries it must not know, and of the storeys above it."""
    own = headers(storey)
    above = {name: path for up in ABOVE[storey] for name, path in headers(up).items()}
    complaints = []
    for path in tap.files(".c", ".h", under=storey):
        for kind, name in INCLUDE.findall(tap.read(path)):
            base = os.path.basename(name)
            if name.startswith(FORBIDDEN[storey]):
                complaints.append(f"{path} includes {name}, which {storey} must not know")
            elif kind == '"' and base in above and base not in own:
                complaints.append(f"{path} includes {above[base]}, which lies above {storey}")
    return complaints


@tap.case
def libstore_knows_no_widget_no_network_and_nothing_above():
    return check_includes("libstore")


@tap.case
def sync_knows_no_widget_and_nothing_above():
    return check_includes("sync")


@tap.case
def app_knows_no_database():
    return check_includes("app")


@tap.case
def app_holds_no_sql():
    complaints = []
    for path in tap.files(".c", ".h", under="app"):
        for literal in STRING.findall(COMMENT.sub("", tap.read(path))):
            if SQL.match(literal):
                complaints.append(f"{path} holds SQL: {literal[:60]}")
    return complaints


@tap.case
def top_level_stays():
    found = {name for name in os.listdir(tap.ROOT) if not name.startswith((".", "_build", "build"))}
    complaints = [f"{name} does not belong at the top" for name in sorted(found - TOP_LEVEL)]
    return complaints + [f"{name} is missing at the top" for name in sorted(TOP_LEVEL - found)]


@tap.case
def rules_catch_what_they_forbid():
    """The expressions above, tried on lines they must find and on lines they must leave alone."""
    complaints = []
    if INCLUDE.findall('#include <gtk/gtk.h>\n# include "app-window.h"\n') != [
        ("<", "gtk/gtk.h"), ('"', "app-window.h"),
    ]:
        complaints.append("the reader of #include lines misses one")
    for literal in ('"SELECT id FROM party"', '"INSERT OR REPLACE INTO tag VALUES"', '"PRAGMA x"'):
        if not SQL.match(literal):
            complaints.append(f"not seen as SQL: {literal}")
    for literal in ('"Select a file"', '"Update all"', '"Delete From Disk"', '"selected"'):
        if SQL.match(literal):
            complaints.append(f"wrongly seen as SQL: {literal}")
    return complaints


tap.run()
