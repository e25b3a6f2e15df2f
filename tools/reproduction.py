#!/usr/bin/env python3
"""Writes docs/reproduction.md from the results of studies: claims.csv and study.csv as `study` leaves them.

    python3 tools/reproduction.py                  # writes the page
    python3 tools/reproduction.py --check          # exit code 1 where the page is not what would be written

Every number of the page is one of those files'. A study that has left no results in benchmarks/reproduction is told.
"""

import csv
import re
import statistics
import sys
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reproduction.md"
RESULTS = ROOT / "benchmarks" / "reproduction"
# From the smallest model to the largest.
STUDIES = [path.stem for name in ("micro", "small", "smollm2") for path in RESULTS.glob(name + ".yaml")]
# What a benchmark asks, which the micro world's own and the real one have in common.
QUESTIONS = {
    "truth, mc1": {("micro_truth", "mc1"), ("truthfulqa", "mc1")},
    "truth, mc2": {("micro_truth", "mc2"), ("truthfulqa", "mc2")},
    "helpful, honest, harmless": {("micro_hhh", "mean"), ("hhh", "mean")},
    "answers by rule": {("micro_answers", "aligned"), ("instructions", "prompt_strict")},
}
DECIDED = ("supported", "contradicted")

INTRODUCTION = """\
# Reproduction

What the claims of SOFT come to here, asked by one study for each model, whichever way they fall. A script writes
this page from what the studies left in [benchmarks/reproduction](../benchmarks/reproduction) (`claims.csv`,
`study.csv`, and `study.md`, the page of each). To run one again, copy these files and the figures there, and
write the page:

{commands}
    python3 tools/reproduction.py

Each method's learning rate is chosen on other seeds, by validation. Differences are paired by seed and item, in
points of a hundred, after the last round and without demonstrations, with 95 % intervals that speak of other seeds
and of other items; *decided* is what stays clear of zero after correction for all scores.
[How a claim is tested](study.md#how-a-claim-is-tested) has the method. Where nothing is decided, `detectable` says how
large a true difference would have had to be to be seen four times in five.
"""


def rows(study, name):
    with open(RESULTS / study / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def points(value, form=""):
    # Halves go up, as on the studies' own pages.
    hundredfold = (100 * Decimal(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return format(hundredfold, form)


def signed(value):
    return points(value, "+").replace("-", "−")


def table(head, lines, left=1):
    rule = ["---"] * left + ["---:"] * (len(head) - left)
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, rule, *lines]) + "\n"


def question(row):
    score = (row["benchmark"], row["metric"])
    return next((words for words, scores in QUESTIONS.items() if score in scores), None)


def compared(studies):
    """Claims by model, each with every score that two models or more could have."""
    found = {}
    for study in studies:
        for row in rows(study, "claims.csv"):
            if question(row):
                found.setdefault((row["claim"], question(row)), {})[study] = row
    lines = []
    for (claim, asked), by_study in found.items():
        cells = [cell(by_study.get(study)) for study in studies]
        lines.append([claim, asked, *cells])
    return table(["claim", "asked by", *studies], lines, left=2)


def cell(row):
    if row is None:
        return "not asked"
    interval = f"{signed(row['difference'])} [{signed(row['low'])}, {signed(row['high'])}]"
    return f"**{interval}, {row['stands']}**" if row["stands"] in DECIDED else f"{interval}, not decided"


def sentence(study):
    stands = [row["stands"] for row in rows(study, "claims.csv")]
    counts = ", ".join(f"{stands.count(one)} {one}" for one in dict.fromkeys(stands))
    large = max(Decimal(row["detectable"]) for row in rows(study, "claims.csv"))
    return f"Of {len(stands)} pairs of a claim and a score: {counts}; detectable were at most {points(large)} points."


def levels(study):
    values = rows(study, "study.csv")
    conditions = list(dict.fromkeys(row["condition"] for row in values))
    scores = list(dict.fromkeys((r["benchmark"], r["metric"]) for r in values if question(r)))
    shots = min(int(row["shots"]) for row in values)
    lines = [["base", "", *(mean(values, conditions, 0, score, shots) for score in scores)]]
    for condition in conditions:
        own = [row for row in values if row["condition"] == condition]
        last = max(int(row["round"]) for row in own)
        rates = ", ".join(sorted({row["learning_rate"] for row in own}))
        lines.append([condition, rates, *(mean(own, [condition], last, score, shots) for score in scores)])
    return table(["condition", "learning rate", *(" ".join(score) for score in scores)], lines)


def mean(values, conditions, of_round, score, shots):
    chosen = [
        Decimal(row["value"])
        for row in values
        if row["condition"] in conditions
        and (row["benchmark"], row["metric"]) == score
        and int(row["shots"]) == shots
        and int(row["round"]) == of_round
    ]
    return points(statistics.mean(chosen)) if chosen else ""


def section(study):
    seeds = len({row["seed"] for row in rows(study, "study.csv")})
    figures = sorted((RESULTS / study).glob("*.svg"))
    shown = [f"![{figure.stem}](../{figure.relative_to(ROOT).as_posix()})" for figure in figures]
    return "\n".join(
        [
            f"## {study}\n",
            f"{seeds} seeds ([its file](../benchmarks/reproduction/{study}.yaml),"
            f" [its page](../benchmarks/reproduction/{study}/study.md)).\n{sentence(study)}\n",
            "Means over the seeds after the last round, in points of a hundred:\n",
            levels(study),
            "\n\n".join(shown) + "\n",
        ]
    )


def missing(studies):
    return (
        ""
        if not studies
        else "Results that are not here yet: "
        + ", ".join(f"[{study}](../benchmarks/reproduction/{study}.yaml)" for study in studies)
        + ".\n"
    )


def page():
    here = [study for study in STUDIES if (RESULTS / study / "claims.csv").exists()]
    if not here:
        sys.exit(f"{RESULTS.relative_to(ROOT)} holds no results")
    commands = "\n".join(
        f"    ./soft4j study benchmarks/reproduction/{study}.yaml --out runs/reproduction-{study}" for study in here
    )
    text = "\n".join(
        [
            INTRODUCTION.format(commands=commands),
            "## The claims, from the smallest model to the largest\n",
            compared(here),
            missing([study for study in STUDIES if study not in here]),
            *[section(study) for study in here],
        ]
    )
    return re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n"


def main():
    text = page()
    if "--check" in sys.argv:
        sys.exit(0 if PAGE.read_text(encoding="utf-8") == text else "docs/reproduction.md is not what would be written")
    PAGE.write_text(text, encoding="utf-8")


main()
