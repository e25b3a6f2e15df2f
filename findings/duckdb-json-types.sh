#!/usr/bin/env bash
# DuckDB 2.0.1: texts of a JSON file become dates and UUIDs, though JSON says what is a text.
# A good guess: only CSV readers guess types; a text in quotes comes back as it was written.
# What happens: a column of texts that all look like dates, or like UUIDs, takes that type: a UUID comes back in small letters, so
# that keys of another file are no longer equal, and a date is no text. Ids of digits stay texts. One other word in the column keeps
# all of it. polars keeps every text. columns={...} keeps them here too.
# Seen on 2026-11-30 with Python 3.11:
#   duckdb 2.0.1 polars 2.1.0
#   duckdb types: ['VARCHAR', 'DATE', 'UUID']
#   duckdb key: a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11
#   duckdb key, with columns named: A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11
#   polars: {'id': '007', 'day': '2024-01-05', 'key': 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'}
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1 polars==2.1.0
cd "$work"
"$work/venv/bin/python" - <<'PY'
import json

import duckdb
import polars

print("duckdb", duckdb.__version__, "polars", polars.__version__)
def same(what, seen, expected):
    print(f"{what}: {seen}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected}")

row = {"id": "007", "day": "2024-01-05", "key": "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"}
with open("rows.jsonl", "w") as file:
    file.write(json.dumps(row) + "\n")

read = duckdb.sql("select * from read_json('rows.jsonl')")
same("duckdb types", [str(t) for t in read.types], ["VARCHAR", "DATE", "UUID"])
same("duckdb key", str(read.fetchall()[0][2]), row["key"].lower())
named = duckdb.sql("select key from read_json('rows.jsonl', columns={key: 'VARCHAR'})")
same("duckdb key, with columns named", named.fetchall()[0][0], row["key"])
same("polars", polars.read_ndjson("rows.jsonl").row(0, named=True), row)
PY
