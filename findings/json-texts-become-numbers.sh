#!/usr/bin/env bash
# pandas 3.1.1, DuckDB 2.0.1: texts of a JSON file do not stay texts, though JSON says what is a text.
# A good guess: only CSV readers guess types; "007" in quotes is the text 007.
# What happens: pandas.read_json turns a column of such texts into numbers (ids lose their zeros, ids of 20 digits their last ones;
# the text "NaN" is missing); DuckDB turns texts that look like dates, times or UUIDs into those types, a UUID into small letters.
# polars keeps them. dtype=False (pandas) and columns={...} or maximum_depth (DuckDB) keep them too.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 duckdb==2.0.1 polars==2.1.0
cd "$work"
"$work/venv/bin/python" - <<'PY'
import json

import duckdb
import pandas
import polars

print("pandas", pandas.__version__, "duckdb", duckdb.__version__, "polars", polars.__version__)
def same(what, seen, expected):
    print(f"{what}: {seen}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected}")

row = {"id": "007", "long": "12345678901234567891", "answer": "NaN", "day": "2024-01-05"}
row["key"] = "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"
with open("rows.jsonl", "w") as file:
    file.write(json.dumps(row) + "\n")

seen = pandas.read_json("rows.jsonl", lines=True).iloc[0].to_dict()
same("pandas id, long", (seen["id"], f"{seen['long']:.0f}"), (7, "12345678901234567168"))
same("pandas answer is missing", bool(pandas.isna(seen["answer"])), True)
kept = pandas.read_json("rows.jsonl", lines=True, dtype=False).iloc[0].to_dict()
same("pandas with dtype=False", kept["id"], "007")
read = duckdb.sql("select * from read_json('rows.jsonl')")
same("duckdb types", [str(t) for t in read.types], ["VARCHAR", "VARCHAR", "VARCHAR", "DATE", "UUID"])
same("duckdb key", str(read.fetchall()[0][4]), row["key"].lower())
same("polars keeps all", polars.read_ndjson("rows.jsonl").row(0, named=True), row)
PY
