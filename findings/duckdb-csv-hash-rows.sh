#!/usr/bin/env bash
# DuckDB 2.0.1: rows of a CSV file that begin with # vanish where the other rows begin with numbers.
# A good guess: CSV has no comments; the row comes out, at worst with its id as text.
# What happens: the sniffer tries # as a sign of comments, since without that row the column is all numbers. Row count 3 of 4,
# no warning. In a file whose first column is text anyway, the same row is kept.
# comment='' keeps it.
# Seen on 2026-11-30 with Python 3.11:
#   duckdb 2.0.1
#   ids: [1, 2, 4]
#   ids with comment='': ['1', '2', '#3', '4']
#   ids that are texts: ['a', '#b', 'c']
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1
cd "$work"
"$work/venv/bin/python" - <<'PY'
import duckdb

print("duckdb", duckdb.__version__)
def same(what, seen, expected):
    print(f"{what}: {seen}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected}")


def rows(text, options=""):
    with open("rows.csv", "w") as file:
        file.write(text)
    return duckdb.sql(f"select * from read_csv('rows.csv'{options})").fetchall()


numbers = "id,score,text\n1,2,what is it\n2,3,where\n#3,4,who\n4,5,why\n"
same("ids", [row[0] for row in rows(numbers)], [1, 2, 4])
same("ids with comment=''", [row[0] for row in rows(numbers, ", comment=''")], ["1", "2", "#3", "4"])
texts = "id,score\na,1\n#b,2\nc,3\n"
same("ids that are texts", [row[0] for row in rows(texts)], ["a", "#b", "c"])
PY
