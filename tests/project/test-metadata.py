#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop reads of Clientele: desktop file, metainfo, icons, settings, man pages."""

import glob
import os
import re
import xml.etree.ElementTree

import tap

APP_ID = "org.clientele.Clientele"
DATA = os.path.join(os.environ["CLIENTELE_BUILD"], "data")


@tap.case
def desktop_file_is_valid():
    return tap.complaints_of("desktop-file-validate", os.path.join(DATA, APP_ID + ".desktop"))


@tap.case
def desktop_file_speaks_chinese():
    with open(os.path.join(DATA, APP_ID + ".desktop"), encoding="utf-8") as file:
        keys = set(re.findall(r"^(\w+)\[zh_CN\]=.", file.read(), re.MULTILINE))
    wanted = {"Name", "GenericName", "Comment", "Keywords"}
    return [f"{key} has no Chinese" for key in sorted(wanted - keys)]


@tap.case
def metainfo_is_valid():
    return tap.complaints_of(
        "appstreamcli", "validate", "--no-net", os.path.join(DATA, APP_ID + ".metainfo.xml")
    )


@tap.case
def metainfo_names_this_version():
    version = re.search(r"version: '([^']+)'", tap.read("meson.build")).group(1)
    tree = xml.etree.ElementTree.fromstring(tap.read(f"data/{APP_ID}.metainfo.xml.in"))
    named = tree.find("releases/release").get("version")
    return [] if named == version else [f"the newest release is {named}, the project {version}"]


@tap.case
def settings_schema_is_valid():
    return tap.complaints_of("glib-compile-schemas", "--strict", "--dry-run", "data")


@tap.case
def xml_is_well_formed():
    paths = tap.files(".svg", ".xml", ".xml.in", ".ui")
    return tap.complaints_of("xmllint", "--noout", "--nonet", *paths)


@tap.case
def icons_have_their_sizes():
    complaints = []
    for name, size in ((APP_ID, "128"), (APP_ID + "-symbolic", "16")):
        icon = xml.etree.ElementTree.fromstring(tap.read(f"data/icons/{name}.svg"))
        if (icon.get("width"), icon.get("height")) != (size, size):
            complaints.append(f"{name}.svg is not {size} by {size}")
    return complaints


@tap.case
def man_pages_are_clean():
    complaints = []
    for path in sorted(glob.glob(os.path.join(tap.ROOT, "data/man/*.1"))):
        complaints += tap.complaints_of("mandoc", "-T", "lint", "-W", "warning", path)
    return complaints


tap.run()
