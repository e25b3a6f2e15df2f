#!/usr/bin/env bash
# DuckDB 2.0.1: a CSV file of one column, whose texts hold a semicolon each, loses its header and its first row.
# A good guess: read_csv reads RFC 4180 with the comma, as every other reader; one column "prompt" and three rows come out.
# What happens: the dialect is guessed. Where every row can be split at ";" and the header cannot, the header line is skipped, the
# first prompt becomes the names of two columns, and the other prompts are cut in two. No warning.
# A prompts file is such a file. Naming the dialect (delim=',', header=true) reads what is there.
# Seen on 2026-11-30 with Python 3.11:
#   duckdb 2.0.1
#   columns: ['Read this', 'then answer.']
#   rows: [('Add these', ' then stop.'), ('Sort them', ' then list.')]
#   with the dialect named, rows: 3
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

with open("prompts.csv", "w") as file:
    file.write("prompt\nRead this; then answer.\nAdd these; then stop.\nSort them; then list.\n")
guessed = duckdb.sql("select * from read_csv('prompts.csv')")
same("columns", guessed.columns, ["Read this", "then answer."])
same("rows", guessed.fetchall(), [("Add these", " then stop."), ("Sort them", " then list.")])
named = duckdb.sql("select * from read_csv('prompts.csv', delim=',', header=true)")
same("with the dialect named, rows", len(named.fetchall()), 3)
PY
