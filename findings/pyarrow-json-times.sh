#!/usr/bin/env bash
# pyarrow 26.0.1: texts of a JSON file become times, in short forms too, and their offset is applied; with parts of a second they stay.
# A good guess: JSON has no times, so that texts stay texts; or all ISO times become times.
# What happens: where every text of a column is a date, or a date with hours, it is a timestamp of seconds; "2024-01-02T10-05" is
# 15:00 and its offset is gone. One text with a fraction of a second makes all of the column texts again, and so does one other word.
# A schema (ParseOptions) keeps texts. Loaders built on it, such as datasets, inherit the reading.
# Seen on 2026-11-30 with Python 3.11:
#   pyarrow 26.0.1
#   2024-01-02: timestamp[s] 2024-01-02 00:00:00
#   2024-01-02 10: timestamp[s] 2024-01-02 10:00:00
#   2024-01-02T10-05: timestamp[s] 2024-01-02 15:00:00
#   2024-01-02 10:30:00.5: string 2024-01-02 10:30:00.5
#   2024-01-02, with a schema: string 2024-01-02
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pyarrow==26.0.1
cd "$work"
"$work/venv/bin/python" - <<'PY'
import io
import json

import pyarrow
import pyarrow.json

print("pyarrow", pyarrow.__version__)
def same(what, text, expected, **options):
    file = io.BytesIO(json.dumps({"x": text}).encode())
    column = pyarrow.json.read_json(file, parse_options=pyarrow.json.ParseOptions(**options)).column("x")
    seen = f"{column.type} {column[0].as_py()}"
    print(f"{what}: {seen}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected}")


for text, expected in (
    ("2024-01-02", "timestamp[s] 2024-01-02 00:00:00"),
    ("2024-01-02 10", "timestamp[s] 2024-01-02 10:00:00"),
    ("2024-01-02T10-05", "timestamp[s] 2024-01-02 15:00:00"),
    ("2024-01-02 10:30:00.5", "string 2024-01-02 10:30:00.5"),
):
    same(text, text, expected)
schema = pyarrow.schema([("x", pyarrow.string())])
same("2024-01-02, with a schema", "2024-01-02", "string 2024-01-02", explicit_schema=schema)
PY
