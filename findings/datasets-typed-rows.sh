#!/usr/bin/env bash
# datasets 5.2.0: what a JSON or CSV row holds depends on its neighbours.
# A good guess: a text stays a text, and 18 is 18.
# What happens: a column of texts that all look like dates becomes timestamps, so that a template prints 2024-01-05 00:00:00; 18
# beside 2.5 becomes 18.0; in CSV a year beside an empty cell becomes 1998.0, the answers "None" and "NA" are missing values, and
# 007 is 7. A task over such files asks other questions than it holds.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check datasets==5.2.0
cd "$work"
"$work/venv/bin/python" - <<'PY'
import os
from importlib.metadata import version

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_DATASETS_CACHE"] = os.getcwd()
import datasets

datasets.disable_progress_bars()
print("datasets", version("datasets"))
def same(what, seen, expected):
    print(f"{what}: {seen}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected}")


def column(kind, text):
    name = f"rows-{abs(hash(text))}.{kind}"
    with open(name, "w") as file:
        file.write(text)
    return [str(row["x"]) for row in datasets.load_dataset(kind, data_files=name, split="train")]


same("dates", column("json", '{"x": "2024-01-05"}\n{"x": "2023-12-31"}\n'), ["2024-01-05 00:00:00", "2023-12-31 00:00:00"])
same("18 beside 2.5", column("json", '{"x": 18}\n{"x": 2.5}\n'), ["18.0", "2.5"])
same("a year beside an empty cell", column("csv", "x,y\n1998,a\n,b\n"), ["1998.0", "None"])
same("answers None, NA, yes", column("csv", "x,y\nNone,a\nNA,b\nyes,c\n"), ["None", "None", "yes"])
same("007", column("csv", "x,y\n007,a\n"), ["7"])
PY
