#!/usr/bin/env bash
# polars 2.1.0: a key that JSON lines bring late is left out of the table, without a word.
# A good guess: every key of the file becomes a column; or a row that does not fit is an error, as in DuckDB 2.0.1.
# What happens: the columns are inferred from the first 100 rows; what later rows hold besides is dropped, and all rows come out.
# A file of answers in which "error" or "reasoning" first stands in row 101 loses them. infer_schema_length=None reads all.
# DuckDB looks at 20,480 rows and refuses the file by line and key when a later one has another key.
# Seen on 2026-11-30 with Python 3.11:
#   polars 2.1.0 duckdb 2.0.1
#   polars, key in row 101: (['id'], 101)
#   polars, lazily: ['id']
#   polars told to read all: ['id', 'answer']
#   DuckDB, key in row 21,001: True
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check polars==2.1.0 duckdb==2.0.1
cd "$work"
"$work/venv/bin/python" - <<'PY'
import json

import duckdb
import polars

print("polars", polars.__version__, "duckdb", duckdb.__version__)
def same(what, seen, expected):
    print(f"{what}: {seen}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected}")


def file(rows):
    with open("answers.jsonl", "w") as lines:
        for i in range(rows):
            lines.write(json.dumps({"id": i}) + "\n")
        lines.write(json.dumps({"id": rows, "answer": "late"}) + "\n")


file(100)
read = polars.read_ndjson("answers.jsonl")
same("polars, key in row 101", (read.columns, len(read)), (["id"], 101))
same("polars, lazily", polars.scan_ndjson("answers.jsonl").collect().columns, ["id"])
whole = polars.read_ndjson("answers.jsonl", infer_schema_length=None)
same("polars told to read all", whole.columns, ["id", "answer"])
file(21000)
try:
    duckdb.sql("select * from read_json('answers.jsonl')").fetchall()
    same("DuckDB, key in row 21,001", "read", "refused")
except duckdb.InvalidInputException as error:
    same("DuckDB, key in row 21,001", 'unknown key "answer"' in str(error), True)
PY
