#!/usr/bin/env bash
# DuckDB 2.0.1: a CSV column of infinities is read as dates, and Python sees the years 1 and 9999.
# A good guess: inf and -inf are floating-point numbers, or texts.
# What happens: DuckDB knows infinite dates, tries DATE before DOUBLE, and a column that holds nothing else becomes DATE; the
# Python client then turns the infinite dates into the first and last day its own type has. Beside a finite number the same texts
# make the column VARCHAR or DOUBLE, by what stands first. Columns of log-probabilities of impossible continuations look like this.
# Seen on 2026-11-30 with Python 3.11:
#   duckdb 2.0.1
#   -inf, -inf, inf: (['DATE'], [datetime.date(1, 1, 1), datetime.date(1, 1, 1), datetime.date(9999, 12, 31)])
#   1.5, -inf: (['DOUBLE'], [1.5, -inf])
#   -inf, -1.5: (['VARCHAR'], ['-inf', '-1.5'])
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1
cd "$work"
"$work/venv/bin/python" - <<'PY'
import datetime

import duckdb

print("duckdb", duckdb.__version__)
def same(what, seen, expected):
    print(f"{what}: {seen}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected}")


def column(*values):
    with open("scores.csv", "w") as file:
        file.write("id,logprob\n" + "".join(f"{i},{v}\n" for i, v in enumerate(values)))
    read = duckdb.sql("select logprob from read_csv('scores.csv')")
    return [str(t) for t in read.types], [row[0] for row in read.fetchall()]


same(
    "-inf, -inf, inf",
    column("-inf", "-inf", "inf"),
    (["DATE"], [datetime.date.min, datetime.date.min, datetime.date.max]),
)
same("1.5, -inf", column("1.5", "-inf"), (["DOUBLE"], [1.5, float("-inf")]))
same("-inf, -1.5", column("-inf", "-1.5"), (["VARCHAR"], ["-inf", "-1.5"]))
PY
