"""Counts the main sources of every floor and writes the table between the marks in docs/architecture.md.

    python tools/floors.py            writes the table of the working tree
    python tools/floors.py REVISION   prints files and lines of a revision's modules

Needs git and nothing else. Only files that git tracks are counted: Java below src/main/java, TorchScript below
src/main/torchscript.
"""
import re, subprocess, sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "architecture.md"
MARKS = ("<!-- floors: made by tools/floors.py -->\n", "<!-- end of floors -->")
FLOORS = {"toolkit/core": 0, "datasets": 1, "toolkit/lm": 2, "eval": 3, "toolkit/soft": 4, "benchmarks": 4,
          "app": 5, "cluster": 6, "benchmarks/speed": 6, "notebooks/support": 6}


def sizes(revision=None):
    """Lines of each source file, by path."""
    command = ["git", "-C", str(ROOT), "grep", "-c", ""] + ([revision] if revision else [])
    text = subprocess.run(command + ["--", "*.java", "*.py"], capture_output=True, text=True, check=True).stdout
    found = {}
    for line in text.splitlines():
        path, count = line.rsplit(":", 1)
        path = path.split(":", 1)[1] if revision else path
        if re.search(r"(^|/)src/main/(java/.*\.java|torchscript/.*\.py)$", path):
            found[path] = int(count)
    return found


def modules(found):
    """Files, lines and lines of each package by module; package-info counts as a file."""
    result = defaultdict(lambda: [0, 0, 0, 0])
    for path, lines in found.items():
        module, rest = re.split(r"/?src/main/", path, maxsplit=1)
        at = 2 if rest.startswith("torchscript") else 0
        result[module][at] += 1
        result[module][at + 1] += lines
    return result


def number(value):
    return f"{value:,}"


def table(found):
    counted = modules(found)
    lines = ["| floor | module | files | lines | a file | TorchScript, files | lines |", "|---:|---|---:|---:|---:|---:|---:|"]
    total = [0, 0, 0, 0]
    for module in sorted(counted, key=lambda m: (-FLOORS.get(m, -1), m)):
        row = counted[module]
        total = [a + b for a, b in zip(total, row)]
        script = f"{row[2]} | {number(row[3])}" if row[2] else " | "
        lines.append(f"| {FLOORS.get(module, '')} | {module} | {row[0]} | {number(row[1])} | {row[1] // max(1, row[0])} | {script} |")
    lines.append(f"| | all | {total[0]} | {number(total[1])} | {total[1] // total[0]} | {total[2]} | {number(total[3])} |")
    return "\n".join(lines) + "\n"


def main(revision=None):
    if revision:
        print(table(sizes(revision)), end="")
        return
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(MARKS[0])
    after = rest.split(MARKS[1], 1)[1]
    PAGE.write_text(before + MARKS[0] + "\n" + table(sizes()) + "\n" + MARKS[1] + after, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:2])
