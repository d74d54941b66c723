#!/usr/bin/env python3
"""projection.py FOLDER: the tables of measure-projection, from FOLDER/ARCH/NAME.recording.json and FOLDER/ARCH/NAME.OTHER.json."""
import glob
import json
import os
import sys

ARCHES = ["x86_64", "loongarch64"]
# Names that are in a profile for another's sake than the workload's.
OTHERS = ("needed by", "implicit")
ANSWERED = {"clone3"}


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def recorded(path):
    return {call["name"] for run in read(path)["runs"] for call in run["calls"] if "name" in call} - ANSWERED


def projected(path):
    names = set()
    for rule in read(path)["syscalls"]:
        if rule["action"] == "SCMP_ACT_ALLOW" and not rule["comment"].startswith(OTHERS):
            names.update(rule["names"])
    return names - ANSWERED


def percent(part, whole):
    return f"{100 * part / whole:.0f} %" if whole else "-"


def listed(names):
    return " ".join(f"`{name}`" for name in sorted(names))


def row(program, foretold, there):
    hits = len(foretold & there)
    print(
        f"| {program} | {len(there)} | {len(foretold)} | {percent(hits, len(there))} | {percent(len(foretold - there), len(there))}"
        f" | {listed(there - foretold)} | {listed(foretold - there)} |"
    )


def table(folder, source, target):
    print(f"### {source} -> {target}\n")
    print("| program | recorded | projected | recall | too many | missed | not needed |\n|---|---|---|---|---|---|---|")
    all_foretold, all_there = set(), set()
    for path in sorted(glob.glob(os.path.join(folder, source, f"*.{target}.json"))):
        program = os.path.basename(path)[: -len(f".{target}.json")]
        foretold, there = projected(path), recorded(os.path.join(folder, target, program + ".recording.json"))
        row(program, foretold, there)
        all_foretold |= foretold
        all_there |= there
    row("all together", all_foretold, all_there)
    print()


for one, other in (ARCHES, ARCHES[::-1]):
    table(sys.argv[1], one, other)
