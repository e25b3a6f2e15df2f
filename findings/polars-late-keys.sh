#!/usr/bin/env bash
# polars 2.1.0, DuckDB 2.0.1: a key that JSON lines bring late is left out of the table, without a word.
# A good guess: every key of the file becomes a column, as in pandas; or a row that does not fit is an error.
# What happens: both infer the columns from the head of the file (polars from 100 rows, DuckDB from 20,480) and drop what later
# rows hold besides; all rows come out. A file of answers in which "error" or "reasoning" first stands in row 101 loses them.
# infer_schema_length=None (polars) and sample_size=-1 (DuckDB) read all.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check polars==2.1.0 duckdb==2.0.1 pandas==3.1.1
cd "$work"
"$work/venv/bin/python" - <<'PY'
import json

import duckdb
import pandas
import polars

print("polars", polars.__version__, "duckdb", duckdb.__version__, "pandas", pandas.__version__)
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
same("polars, row 101", polars.read_ndjson("answers.jsonl").columns, ["id"])
same(
    "polars told to read all",
    polars.read_ndjson("answers.jsonl", infer_schema_length=None).columns,
    ["id", "answer"],
)
same("pandas", list(pandas.read_json("answers.jsonl", lines=True).columns), ["id", "answer"])
file(21000)
read = "select * from read_json('answers.jsonl'{})"
late = duckdb.sql(read.format(""))
same("DuckDB, row 21,001", (late.columns, len(late.fetchall())), (["id"], 21001))
same("DuckDB told to read all", duckdb.sql(read.format(", sample_size=-1")).columns, ["id", "answer"])
PY
