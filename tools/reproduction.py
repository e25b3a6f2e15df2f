#!/usr/bin/env python3
"""Writes docs/reproduction.md from the results of studies: claims.csv and study.csv as `study` leaves them.

    python3 tools/reproduction.py                  # writes the page
    python3 tools/reproduction.py --check          # exit code 1 where the page is not what would be written

No number of the page stands here. A claim holds at both sizes, at one, or at none, by the column `stands`.
"""

import csv
import statistics
import sys
from pathlib import Path

# The page is made where the studies of both sizes are there.
ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reproduction.md"
RESULTS = ROOT / "benchmarks" / "reproduction"
SIZES = ["micro", "small"]
METHODS = ["single", "soft", "soft+"]
SCORES = [
    ("micro_truth", "mc1"),
    ("micro_truth", "mc2"),
    ("micro_hhh", "mean"),
    ("micro_answers", "aligned"),
]
SUPPORTED = "supported"
CONTRADICTED = "contradicted"

INTRODUCTION = """\
# Reproduction

What the claims of SOFT come to at two sizes: the embedded micro model, and the small model, which is
{ratio:.0f} times as large and lives in a world with {facts:.1f} times as many facts, and with twice the forms of
questions and answers ([how both are made](../datasets/src/main/resources/org/soft4j/datasets/micro/README.md)).
This page is written by a script from what the studies left (`claims.csv` and `study.csv` in
[benchmarks/reproduction](../benchmarks/reproduction)):

    ./soft4j study benchmarks/reproduction/micro.yaml --out runs/reproduction-micro
    ./soft4j study benchmarks/reproduction/small.yaml --out runs/reproduction-small
    python3 tools/reproduction.py

Both take the same methods, seeds, rounds, number of prompts (340) and of steps, and choose each method's learning
rate on other seeds. [How a claim is tested](study.md#how-a-claim-is-tested) says what an interval speaks of; all
values are zero-shot, after the last round, in points of a hundred.
"""


def rows(size, name):
    with open(RESULTS / size / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def points(value):
    return f"{100 * float(value):.1f}"


def signed(value):
    return f"{100 * float(value):+.1f}".replace("-", "−")


def last_round(values):
    return max(int(row["round"]) for row in values)


def mean(values, condition, score, of_round):
    chosen = [
        float(row["value"])
        for row in values
        if row["condition"] == condition
        and (row["benchmark"], row["metric"]) == score
        and row["shots"] == "0"
        and int(row["round"]) == of_round(row)
    ]
    return points(statistics.fmean(chosen)), len(chosen)


def table(head, lines):
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, rule, *lines]) + "\n"


def levels(size):
    values = rows(size, "study.csv")
    last = {c: last_round([r for r in values if r["condition"] == c]) for c in METHODS}
    lines = []
    for score in SCORES:
        base, _ = mean(values, "single", score, lambda row: 0)
        ends = [mean(values, c, score, lambda row: last[row["condition"]])[0] for c in METHODS]
        lines.append([" ".join(score), base, *ends])
    seeds = len({row["seed"] for row in values})
    rates = ", ".join(
        f"{c} {sorted({r['learning_rate'] for r in values if r['condition'] == c})[0]}" for c in METHODS
    )
    text = f"### {size}: {seeds} seeds\n\nLearning rates chosen: {rates}.\n\n"
    return text + table(["score", "base", *METHODS], lines)


def claims():
    by_size = {
        size: {(row["claim"], row["benchmark"], row["metric"]): row for row in rows(size, "claims.csv")}
        for size in SIZES
    }
    lines = []
    verdicts = []
    shared = [key for key in by_size[SIZES[0]] if key in by_size[SIZES[1]] and key[1:] in SCORES]
    for key in shared:
        found = [by_size[size][key] for size in SIZES]
        cells = [
            f"{signed(f['difference'])} [{signed(f['low'])}, {signed(f['high'])}], {f['stands']}" for f in found
        ]
        verdict = agreement(*(f["stands"] for f in found))
        verdicts.append(verdict)
        lines.append([key[0], " ".join(key[1:]), *cells, verdict])
    return table(["claim", "score", *SIZES, "as the model grows"], lines), verdicts


def agreement(small, large):
    if SUPPORTED in (small, large) and CONTRADICTED in (small, large):
        return "turns round"
    if small == large:
        return "the same" if small in (SUPPORTED, CONTRADICTED) else "decided at neither size"
    return f"{SIZES[0]} alone" if small in (SUPPORTED, CONTRADICTED) else f"{SIZES[1]} alone"


def sentence(verdicts):
    counts = {v: verdicts.count(v) for v in dict.fromkeys(verdicts)}
    parts = ", ".join(f"{v}: {n}" for v, n in counts.items())
    return f"Of {len(verdicts)} pairs of a claim and a score, by how they stand at both sizes: {parts}.\n"


def numbers():
    """Facts and parameters of both sizes, as the models' README has them."""
    readme = ROOT / "datasets/src/main/resources/org/soft4j/datasets/micro/README.md"
    cells = {}
    for line in readme.read_text(encoding="utf-8").splitlines():
        parts = [part.strip() for part in line.strip("|").split("|")]
        if parts[0] in ("facts", "parameters"):
            cells[parts[0]] = [int(part.replace(",", "")) for part in parts[1:3]]
    return {
        "ratio": cells["parameters"][1] / cells["parameters"][0],
        "facts": cells["facts"][1] / cells["facts"][0],
    }


def page():
    compared, verdicts = claims()
    return "\n".join(
        [
            INTRODUCTION.format(**numbers()),
            "## Does the ranking hold as the model grows?\n",
            sentence(verdicts),
            compared,
            "## Scores after the last round\n",
            *[levels(size) for size in SIZES],
        ]
    )


def main():
    missing = [size for size in SIZES if not (RESULTS / size / "claims.csv").exists()]
    if missing:
        sys.exit(f"{RESULTS.relative_to(ROOT)} holds no results of: {', '.join(missing)}")
    text = page()
    if "--check" in sys.argv:
        sys.exit(0 if PAGE.read_text(encoding="utf-8") == text else "docs/reproduction.md is not what would be written")
    PAGE.write_text(text, encoding="utf-8")


main()
