#!/usr/bin/env bash
# datasets 5.2.0: a JSON list loses decimals that JSON lines keep, and a quoted number becomes a number beside an unquoted one.
# A good guess: .json and .jsonl with the same rows give the same rows.
# What happens: a file that holds one list is written anew with ten decimals before it is read: 1.234e-11 is 0.0. A column that
# holds texts and numbers is kept as JSON texts and read again, so that "1" beside 0.3 becomes 1, and 0.3 is
# 0.30000000000000004. No warning; small probabilities are 0 and ids change their type.
# Seen on 2026-11-30 with Python 3.11:
#   datasets 5.2.0
#   lines: [0.123456789012345, 1.234e-11]
#   a list: [0.123456789, 0.0]
#   "1" beside 0.3: [1, 0.30000000000000004]
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check datasets==5.2.0 pandas==3.1.1 pyarrow==26.0.1
cd "$work"
"$work/venv/bin/python" - <<'PY'
import os
from importlib.metadata import version

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_DATASETS_CACHE"] = os.getcwd()
import datasets

datasets.disable_progress_bars()
print("datasets", version("datasets"))
def same(what, name, text, expected):
    with open(name, "w") as file:
        file.write(text)
    seen = [row["x"] for row in datasets.load_dataset("json", data_files=name, split="train")]
    print(f"{what}: {seen}")
    if repr(seen) != repr(expected):
        raise SystemExit(f"changed; written down was: {expected}")


rows = '{"x": 0.123456789012345}', '{"x": 1.234e-11}'
same("lines", "lines.jsonl", "\n".join(rows) + "\n", [0.123456789012345, 1.234e-11])
same("a list", "list.json", "[" + ",".join(rows) + "]", [0.123456789, 0.0])
same('"1" beside 0.3', "mixed.jsonl", '{"x": "1"}\n{"x": 0.3}\n', [1, 0.30000000000000004])
PY
