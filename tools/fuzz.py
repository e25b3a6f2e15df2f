#!/usr/bin/env python3
"""Runs the campaigns of all fuzz tests and prints their counts in one table.

    python3 tools/fuzz.py                     every campaign with 1,000,000 inputs
    python3 tools/fuzz.py 100000 Answers      those whose class begins with Answers

Campaigns by a fixed seed run in one process a module; those of Jazzer, which looks for new paths, in one each.
Ends with 1 where an input has another outcome than a value or a UserError. See docs/fuzzing.md.
"""
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COUNTS = re.compile(r"fuzz (?P<name>.+?): (?P<inputs>[\d,]+) inputs from seed \d+: (?P<outcomes>.*)")
TEMPLATES = re.compile(r"(?P<inputs>\d+) random templates, (?P<outcomes>\d+ rendered)")
JAZZER = re.compile(r"Done (?P<inputs>\d+) runs in (?P<seconds>\d+) second")
OPTIONS = ["-q", "-B", "-Dsurefire.failIfNoSpecifiedTests=false", "-Dspotless.check.skip", "-Djacoco.skip"]


def tests(prefix):
    """Files of fuzz tests, by module."""
    for file in sorted(ROOT.glob("**/src/test/java/**/*FuzzTest.java")):
        module = str(file.relative_to(ROOT)).split("/src/")[0]
        if file.stem.startswith(prefix):
            yield module, file


def maven(module, *arguments):
    """The output of a build, line by line."""
    command = ["mvn", *OPTIONS, "-pl", module, "-am", *arguments, "test"]
    process = subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    lines = list(process.stdout)
    return lines, process.wait()


def fixed(module, classes, inputs):
    """Campaigns by a fixed seed: the last line of each name has its counts."""
    began = time.monotonic()
    lines, code = maven(
        module,
        "-Dtest=" + ",".join(classes),
        f"-Dfuzz.inputs={inputs}",
        f"-Dsoft4j.templates={inputs}",
    )
    rows = {}
    for line in lines:
        for form in (COUNTS, TEMPLATES):
            if found := form.search(line):
                rows[found.groupdict().get("name", "templates")] = (found["inputs"], found["outcomes"])
    for name, (count, outcomes) in rows.items():
        print(f"| {name} | {count} | {outcomes.strip()} |", flush=True)
    print(f"| {module}, all of these | | {time.monotonic() - began:.0f} s |", flush=True)
    return failed(code, lines)


def jazzer(module, test, inputs):
    """One campaign of Jazzer."""
    lines, code = maven(
        module, "-Pfuzz", f"-Dtest={test}", f"-Djazzer.max_executions={inputs}", "-Djazzer.max_duration=1h"
    )
    for line in lines:
        if found := JAZZER.search(line):
            print(f"| {test} | {int(found['inputs']):,} | new paths sought for {found['seconds']} s |", flush=True)
    return failed(code, lines)


def failed(code, lines):
    if code:
        sys.stderr.writelines(lines[-60:])
    return bool(code)


def main():
    inputs = int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 1_000_000
    prefix = sys.argv[2] if len(sys.argv) > 2 else ""
    by_module, single = {}, []
    for module, file in tests(prefix):
        text = file.read_text(encoding="utf-8")
        methods = re.findall(r"@FuzzTest.*?\n\s*void (\w+)\(", text, re.DOTALL)
        single += [(module, f"{file.stem}#{method}") for method in methods]
        if not methods or "FixedSeed" in text:
            by_module.setdefault(module, []).append(file.stem)
    print("| campaign | inputs | outcomes |\n|---|---:|---|", flush=True)
    bad = [fixed(module, classes, inputs) for module, classes in by_module.items()]
    bad += [jazzer(module, test, inputs) for module, test in single]
    sys.exit(any(bad))


if __name__ == "__main__":
    main()
