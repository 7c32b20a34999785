#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Chinese is a first language: every string that a person sees is marked, listed and translated."""

import os
import re
import subprocess
import tempfile

import tap

MARKED = re.compile(
    r'(?<![A-Za-z0-9_])(_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dpgettext2) ?\(\s*[^()]*?"'
    r'|translatable="(yes|true)"'
)
CUT = re.compile(r'(?:_|N_) ?\(\s*(?:"(?:[^"\\]|\\.)*"\s*)+([A-Z][A-Za-z0-9_]+)')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
EXTRACT = (
    "xgettext", "--from-code=UTF-8", "--add-comments", "--files-from=po/POTFILES.in",
    "--keyword=_", "--keyword=N_", "--keyword=C_:1c,2", "--keyword=NC_:1c,2",
    "--keyword=g_dcgettext:2", "--keyword=g_dngettext:2,3", "--keyword=g_dpgettext2:2c,3",
    "--flag=N_:1:pass-c-format", "--flag=C_:2:pass-c-format", "--flag=NC_:2:pass-c-format",
    "--flag=g_dngettext:2:pass-c-format", "--flag=g_strdup_printf:1:c-format",
    "--flag=g_string_printf:2:c-format", "--flag=g_string_append_printf:2:c-format",
    "--flag=g_error_new:3:c-format", "--flag=g_set_error:4:c-format",
)


def listed():
    lines = tap.read("po/POTFILES.in").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def text_at(lines, number):
    """The string of the template whose entry holds the given line."""
    end = start = number
    while start > 1 and not lines[start - 1].startswith("msgid "):
        start -= 1
    return "".join(re.findall(r'"(.*)"', "\n".join(lines[start - 1:end])))


def languages():
    return tap.read("po/LINGUAS").split()


@tap.case
def every_file_with_strings_is_listed():
    names = set(listed())
    complaints = [
        f"{path} has strings to translate and is not in po/POTFILES.in"
        for path in tap.files(".c", ".h", ".ui")
        if not path.startswith("tests/")
        and path not in names
        and MARKED.search(COMMENT.sub("", tap.read(path)))
    ]
    return complaints + [
        f"po/POTFILES.in lists {name}, which is not there"
        for name in sorted(names)
        if not os.path.exists(os.path.join(tap.ROOT, name))
    ]


@tap.case
def no_macro_cuts_a_string():
    """xgettext knows the macros of inttypes.h; at any other, the string ends for it."""
    complaints = []
    for path in listed():
        for macro in CUT.findall(tap.read(path)):
            if not re.match(r"(PRI|SCN)[diouxX]", macro):
                complaints.append(f"{path}: a marked string is cut at {macro}; use PRId64 or %s")
    return complaints


@tap.case
def every_string_is_translated():
    """Compares with what the sources say now, not with what they said at the last update."""
    complaints = []
    with tempfile.TemporaryDirectory() as folder:
        template = os.path.join(folder, "clientele.pot")
        complaints += tap.complaints_of(*EXTRACT, "--output", template)
        if not os.path.exists(template):
            return complaints + ["no string was found at all"]
        with open(template, encoding="utf-8") as file:
            lines = file.read().splitlines()
        for language in languages():
            for line in tap.complaints_of("msgcmp", f"po/{language}.po", template):
                if "warning:" in line:
                    continue
                place = re.match(re.escape(template) + r":(\d+): (.*)", line)
                complaints.append(f"{text_at(lines, int(place[1]))}: {place[2]}" if place else line)
    return complaints


@tap.case
def every_translation_is_whole():
    complaints = []
    for language in languages():
        done = subprocess.run(
            ["msgfmt", "--check", "--statistics", "-o", os.devnull, f"po/{language}.po"],
            cwd=tap.ROOT, env={**os.environ, "LC_ALL": "C"},
            capture_output=True, text=True, check=False,
        )
        if done.returncode or re.search(r"fuzzy|untranslated", done.stderr):
            complaints += [f"{language}: {line}" for line in done.stderr.strip().splitlines()]
    return complaints


@tap.case
def marks_are_recognised():
    complaints = []
    for text in ('_("Save")', 'N_ ("Name")', 'ngettext ("%d line",', '<a translatable="yes">'):
        if not MARKED.search(text):
            complaints.append(f"not seen as a marked string: {text}")
    if CUT.findall('_("Line %" G_GINT64_FORMAT " is left out")') != ["G_GINT64_FORMAT"]:
        complaints.append("a cut string is not seen")
    for text in ('g_print ("Save")', 'my_ ("Save")', "_ (text)"):
        if MARKED.search(text):
            complaints.append(f"wrongly seen as a marked string: {text}")
    return complaints


tap.run()
