#!/usr/bin/env python3
"""What lm-evaluation-harness 0.4.13 writes for rows of JSON and CSV files: datasets 5.2.0 (pyarrow 26.0.1, pandas 3.1.1) types
their columns, then a Jinja template turns the values into text.

    python tools/golden/row_typing.py eval/src/test/resources/org/soft4j/eval/yaml/rows.json
"""
import itertools
import json
import os
import pathlib
import random
import sys
import tempfile

os.environ["HF_DATASETS_OFFLINE"] = "1"
import datasets
from lm_eval.utils import apply_template

datasets.disable_progress_bars()
datasets.logging.set_verbosity(60)

NUMBERS = ["1", "-7", "0", "2.5", "-0.0", "1e5", "1.5e-7", "12345678901234567890", "9007199254740993", "3.141592653589793", "0.3", "1234567.891", "1e20"]
TEXTS = ["a", "", "NA", "None", "nan", "null", "true", "+1", "1_000", "007", "1", "2.50", "1e5", "ü\u00e9😀", "a\nb", "it's \"q\"", "2024", "x" * 300, "-", "18 apples", "a/b"]
DATES = ["2024-01-02", "2024-01-02 10:11", "2024-01-02T10:11:12", "2024-01-02T10:11:12Z", "2024-01-02T10:11:12+05:30", "2024-01-02T10-05", "2024-01-02 10",
         "0001-01-01", "9999-12-31", "1600-02-29"]
NO_DATES = ["2024-02-30", "2024/01/02", "02.01.2024", "10:11:12", "2024-01-02T10:11:12.5", "2024-01-02T24:00", "2024-01-02 ", "2024-1-2", "2024-01", "20240102",
            "2024-01-02t10:00", "2024-01-02T10:00:60", "2024-01-02Z", "10000-01-01", "2024-01-02T10:00+24:00", "2024-01-02T101112"]
NESTED = ["[1, 2]", "[]", "[2.5]", "[1, null]", "[\"a\"]", "[\"2024-01-02\"]", "[1, \"a\"]", "[[1], [2.5]]", "{\"a\": 1}", "{\"b\": \"x\"}", "{\"a\": 1, \"b\": 2}",
          "{\"b\": 3, \"a\": 4.5}", "{}", "{\"a\": null}", "[{\"a\": 1}, {\"a\": 2.5}]", "[{\"a\": 1}, {\"b\": 0.3}]", "{\"d\": \"2024-01-02\"}", "{\"a\": [1, true]}", "[true, 0.7]"]
CSV = ["1", "-7", "+1", "007", " 5", "5 ", "2.5", "18", "1.50", ".5", "5.", "1e5", "1E+05", "-0", "-0.0", "1_000", "inf", "-Infinity", " inf", "1e400", "0.1234567890123456789",
       "9223372036854775808", "123456789012345678901", "True", "false", "TRUE", " True", "NA", "None", "nan", "null", "NULL", "#N/A", "n/a", "N/A", "<NA>", "", "\"\"", " ",
       "\"NA\"", "\"1,000\"", "\"a\nb\"", "\"a \"\"b\"\"\"", "a \"b\" c", "2024-01-02", "0x10", "1d", "5%", "ü", "😀", "-", ".", "x" * 300, "1998", "0.1", " 1.5", "+1.5", "-nan", "01"]


def loaded(kind, ending, text):
    """The texts of {{ c }} in all rows, or nothing where the loader ends."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "rows." + ending)
        path.write_bytes(text.encode("utf-8"))
        try:
            rows = datasets.load_dataset(kind, data_files={"test": str(path)}, split="test", cache_dir=folder)
            return {c: [apply_template("{{ " + c + " }}", row) for row in rows] for c in rows.column_names}
        except Exception:
            return None


def cases():
    rng = random.Random(15)
    scalars = NUMBERS + ["true", "false", "null"] + [json.dumps(t) for t in TEXTS + DATES + NO_DATES]
    columns = [[a] for a in scalars + NESTED]
    columns += [[a, "null"] for a in NUMBERS + ["true"] + [json.dumps(t) for t in DATES] + NESTED]
    columns += list(map(list, itertools.combinations(NUMBERS, 2)))
    columns += [[json.dumps(a), json.dumps(b)] for a in DATES for b in DATES + ["", "x", "NA"]]
    columns += [[json.dumps(a), json.dumps("2024-01-02")] for a in NO_DATES]
    columns += [rng.sample(scalars, 2) for _ in range(60)] + [rng.sample(scalars + NESTED, 3) for _ in range(60)] + [rng.sample(NESTED, 2) for _ in range(60)]
    for column in columns:
        yield "json", "jsonl", "".join('{"c": %s, "f": 0.12345678901234}\n' % cell for cell in column)
    for column in columns[::7]:
        yield "json", "json", "[" + ", ".join('{"c": %s}' % cell for cell in column) + "]"
    yield "json", "jsonl", '{"a": 1}\n{"c": "2024-01-01"}\n{"a": 2.5, "c": null}\n'
    yield "json", "jsonl", "\ufeff" + '{"c": 1}\n'
    tables = [[a] for a in CSV] + [[a, b] for a in CSV for b in ("1", "", "2.5", "x")] + [rng.sample(CSV, 3) for _ in range(100)]
    for column in tables:
        yield "csv", "csv", "id,c\n" + "".join(f"{i},{cell}\n" for i, cell in enumerate(column))
    yield "csv", "csv", "\ufeffid,c\n01,\"a\r\nb\"\r\n1,NA\r\n"
    yield "csv", "csv", "c\nx\n\ny\n"


def main():
    golden, seen = [], set()
    for kind, ending, text in cases():
        if (ending, text) not in seen:
            seen.add((ending, text))
            golden.append({"ending": ending, "text": text, "columns": loaded(kind, ending, text)})
    lines = ",\n".join(json.dumps(case, ensure_ascii=True) for case in golden)
    pathlib.Path(sys.argv[1]).write_text("[\n" + lines + "\n]\n", encoding="utf-8")
    print(len(golden), "files;", sum(case["columns"] is None for case in golden), "end the loader", file=sys.stderr)


main()
