#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs as they lie in the build folder, on a bare system: nothing is installed, there is no
session bus, no keyring and no settings schema, and the locale is C. Text is UTF-8 all the same."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

import tap

BUILD = os.environ["CLIENTELE_BUILD"]
CLI = os.path.join(BUILD, "app", "clientele-cli")
DESKTOP = os.path.join(BUILD, "app", "clientele")
SERVER = os.path.join(BUILD, "sync", "clientele-server")
DEMO = os.path.join(BUILD, "app", "demo", "clientele-demo")
NAME = "王芳 Ünal"

scratch = tempfile.TemporaryDirectory(prefix="clientele-uninstalled-")
store = os.path.join(scratch.name, "数据", "shop.clientele")


def bare_environment(**more):
    kept = {name: os.environ[name] for name in ("PATH", "ASAN_OPTIONS") if name in os.environ}
    runtime = os.path.join(scratch.name, "runtime")
    os.makedirs(runtime, mode=0o700, exist_ok=True)
    return {**kept, "LC_ALL": "C", "HOME": scratch.name, "XDG_RUNTIME_DIR": runtime, **more}


def run(*command, **more):
    """Runs a program there; returns its exit status and both outputs, as UTF-8."""
    done = subprocess.run(
        [argument.encode() for argument in command], env=bare_environment(**more),
        stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def expect(what, wanted, found, stderr=""):
    return [] if wanted == found else [f"{what}: wanted {wanted!r}, found {found!r} {stderr}"]


@tap.case
def programs_say_their_version_and_help():
    complaints = []
    version = re.search(r"version: '([^']+)'", tap.read("meson.build")).group(1)
    for program in (CLI, SERVER, DESKTOP):
        status, stdout, stderr = run(program, "--help")
        if status != 0 or "clientele" not in stdout:
            complaints.append(f"{program} --help ended with {status}: {stderr}")
    for program in (CLI, DESKTOP):
        status, stdout, stderr = run(program, "--version")
        if status != 0 or version not in stdout:
            complaints.append(f"{program} --version ended with {status}: {stdout} {stderr}")
    return complaints


@tap.case
def command_line_keeps_utf8_in_the_c_locale():
    status, _, stderr = run(CLI, "--store", store, "init")
    complaints = expect("init", 0, status, stderr)
    status, stdout, stderr = run(
        CLI, "--store", store, "add", "party", "kind=person", "display_name=" + NAME
    )
    complaints += expect("add", 0, status, stderr)
    status, shown, stderr = run(CLI, "--store", store, "show", stdout.strip())
    complaints += expect("show", 0, status, stderr)
    if f"display_name: {NAME}" not in shown.splitlines():
        complaints.append("show does not show the name as it was given: " + shown)
    status, listed, stderr = run(CLI, "--store", store, "--json", "list", "party")
    complaints += expect("list", 0, status, stderr)
    if NAME not in json.dumps(json.loads(listed), ensure_ascii=False):
        complaints.append("list --json does not hold the name: " + listed)
    status, _, _ = run(CLI, "--store", store, "no-such-verb")
    return complaints + expect("a verb that is not there", 2, status)


@tap.case
def a_store_that_is_not_named_lies_where_the_man_pages_say():
    data = os.path.join(scratch.name, "own")
    status, _, stderr = run(CLI, "init", XDG_DATA_HOME=data)
    complaints = expect("init", 0, status, stderr)
    for page in ("clientele", "clientele-cli"):
        place = re.search(r"^\.It Pa \$XDG_DATA_HOME/(\S*store\S*)$", tap.read(f"data/man/{page}.1"),
                          re.MULTILINE)
        if place is None or not os.path.exists(os.path.join(data, place.group(1))):
            complaints.append(f"{page}.1 does not say where the store lies")
    return complaints


@tap.case
def programs_speak_chinese_where_asked():
    locales = os.environ.get("LOCPATH", "/usr/lib/locale")
    if not os.path.exists(os.path.join(locales.split(":")[0], "zh_CN.UTF-8")):
        return "the locale zh_CN.UTF-8 is not here"
    complaints = []
    for program in (CLI, SERVER):
        _, stdout, _ = run(program, "--help", LC_ALL="zh_CN.UTF-8", LOCPATH=locales)
        if not re.search("[\u4e00-\u9fff]", stdout):
            complaints.append(f"{program} --help holds no Chinese: {stdout[:200]}")
    return complaints


def insight_section(verb):
    """What the man page of insight says of one verb, and of the options that all share."""
    manual = tap.read("data/man/clientele-insight.1").replace("\\-", "-")
    shared = manual.split("\n.Sh OPTIONS\n")[1].split("\n.Sh ")[0]
    own = manual.partition(f"\n.Ss {verb}\n")[2]
    return shared + re.split(r"\n\.S[hs] ", own)[0] if own else ""


def command_line():
    """Each verb with its options, as the program's own help has them."""
    verb_line = r"^  ([a-z][a-z-]*(?: (?:create|join|recovery)|(?<= insight) [a-z]+)?)\b"
    for verb in re.findall(verb_line, run(CLI, "--help")[1], re.MULTILINE):
        usage = run(CLI, *verb.split(), "--help")[1]
        yield verb, re.findall(r"^  --([a-z-]+)", usage, re.MULTILINE)


@tap.case
def man_pages_cover_the_command_line():
    manual = tap.read("data/man/clientele-cli.1").replace("\\-", "-")
    complaints = []
    verbs = dict(command_line())
    for verb, options in verbs.items():
        section = insight_section(verb) if verb.startswith("insight ") else manual
        if not section or (section is manual and
                           not re.search(rf"^\.It Cm {verb}\b", manual, re.MULTILINE)):
            complaints.append(f"the verb {verb} is not in the man page")
        complaints += [f"the option --{option} of {verb} is not in the man page"
                       for option in options if not re.search(rf"Fl -{option}\b", section)]
    return complaints if {"init", "insight rfm"} <= set(verbs) else ["--help lists no verbs"]


COMPLETE = """
. data/bash-completion/clientele-cli
while read -r line; do
  read -ra words <<< "$line"
  COMP_WORDS=("$CLI" "${words[@]}" "")
  [[ $line != *-- ]] || COMP_WORDS=("$CLI" "${words[@]}")
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  _clientele_cli
  echo "${COMPREPLY[*]}"
done
"""


@tap.case
def completion_knows_the_command_line():
    wanted = {}
    for verb, options in command_line():
        first, _, second = verb.rpartition(" ")
        wanted.setdefault(first, set()).add(second)
        wanted[f"{verb} --"] = {f"--{option}" for option in options}
    done = subprocess.run(
        ["bash", "-c", COMPLETE], env=bare_environment(CLI=CLI), cwd=tap.ROOT, check=True,
        input="".join(f"{line}\n" for line in wanted), capture_output=True, text=True, timeout=120,
    )
    offered = [set(line.split()) for line in done.stdout.splitlines()]
    return [f"completion of “{line}” lacks {word}"
            for (line, words), offer in zip(wanted.items(), offered) for word in words - offer]


@tap.case
def sample_business_is_sound():
    sample = os.path.join(scratch.name, "sample", "demo.clientele")
    status, _, stderr = run(DEMO, sample, "2026-05-31")
    complaints = expect("clientele-demo", 0, status, stderr)
    status, listed, stderr = run(CLI, "--store", sample, "--json", "list", "party")
    complaints += expect("list", 0, status, stderr)
    complaints += expect("customers", 1200, len(json.loads(listed)) if status == 0 else 0)
    status, _, stderr = run(CLI, "--store", sample, "check")
    return complaints + expect("check", 0, status, stderr)


@tap.case
def server_answers_and_leaves_cleanly():
    folder = os.path.join(scratch.name, "server")
    server = subprocess.Popen(
        [SERVER, "--address", "127.0.0.1", "--port", "0", "--data", folder],
        env=bare_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )
    try:
        line = server.stdout.readline().decode("utf-8")
        address = re.search(r"http://\S+", line)
        if address is None:
            return ["the server did not print its address: " + line]
        with urllib.request.urlopen(address[0].rstrip("/") + "/v1/health", timeout=20) as answer:
            complaints = expect("health", 200, answer.status)
        server.send_signal(signal.SIGTERM)
        return complaints + expect("exit of the server", 0, server.wait(timeout=20))
    finally:
        server.kill()
        server.communicate()


@tap.case
def desktop_opens_without_a_bus():
    if "DISPLAY" not in os.environ:
        return "there is no display"
    desktop = subprocess.Popen(
        [DESKTOP, "--store", store],
        env=bare_environment(
            DISPLAY=os.environ["DISPLAY"], XAUTHORITY=os.environ.get("XAUTHORITY", ""),
            GSK_RENDERER="cairo", GDK_DEBUG="gl-disable", ASAN_OPTIONS="detect_leaks=0",
        ),
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )
    try:
        for _ in range(150):
            windows = subprocess.run(
                ["xdotool", "search", "--pid", str(desktop.pid), "--onlyvisible", "--name", "."],
                capture_output=True, check=False,
            )
            if windows.stdout.strip():
                return []
            if desktop.poll() is not None:
                break
            time.sleep(.2)
        desktop.kill()
        return ["no window came: " + desktop.communicate()[1].decode("utf-8", "replace")[-2000:]]
    finally:
        desktop.kill()
        desktop.communicate()


@tap.case
def desktop_says_what_is_wrong_without_a_display():
    status, _, stderr = run(DESKTOP, "--store", store)
    if status == 0 or status < 0 or not stderr.strip():
        return [f"ended with {status} and said {stderr!r}"]
    return []


if __name__ == "__main__":
    try:
        tap.run()
    finally:
        scratch.cleanup()
        sys.stdout.flush()
