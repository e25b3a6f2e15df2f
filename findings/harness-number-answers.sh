#!/usr/bin/env bash
# lm-evaluation-harness 0.4.13: a list of right answers that are numbers in the data file is never matched, one number is.
# A good guess: numbers are right answers as texts are: one of them in a row makes "7" right, so several of them do.
# What happens: one number is turned into a text before the comparison; each of several is compared by numpy as the number it
# is, which no text equals. The score is 0 for every answer, without a word.
# Seen on 2026-11-30 with Python 3.11:
#   lm_eval 0.4.13 datasets 5.2.0
#   exact_match of "7" where the right answers are the texts ["7", "seven"]: 1.0
#   exact_match of "7" where the right answer is the number 7: 1.0
#   exact_match of "7" where the right answers are the numbers [7, 8]: 0.0
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check lm_eval==0.4.13 datasets==5.2.0
cd "$work"
"$work/venv/bin/python" - <<'PY'
import json
import logging
import os
from importlib.metadata import version

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_DATASETS_CACHE"] = os.getcwd()
os.environ["HF_DATASETS_DISABLE_PROGRESS_BARS"] = "1"
logging.disable(logging.WARNING)
from lm_eval.api.task import ConfigurableTask

print("lm_eval", version("lm_eval"), "datasets", version("datasets"))


def same(what, seen, expected):
    print(f"{what}: {seen}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected}")


def task(rows, **more):
    name = f"rows{abs(hash(json.dumps(rows)))}.jsonl"
    with open(name, "w") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return ConfigurableTask(config={
        "task": "t", "dataset_path": "json", "dataset_kwargs": {"data_files": {"test": name}}, "test_split": "test",
        "output_type": "generate_until", "doc_to_text": "{{q}}=", "doc_to_target": "a",
        "generation_kwargs": {"until": ["\n"]}, "metric_list": [{"metric": "exact_match"}], **more})


def score(rows):
    made = task(rows)
    return float(made.process_results(list(made.test_docs())[0], ["7"])["exact_match"])


same('exact_match of "7" where the right answers are the texts ["7", "seven"]', score([{"q": "3+4", "a": ["7", "seven"]}]), 1.0)
same('exact_match of "7" where the right answer is the number 7', score([{"q": "3+4", "a": 7}]), 1.0)
same('exact_match of "7" where the right answers are the numbers [7, 8]', score([{"q": "3+4", "a": [7, 8]}]), 0.0)
PY
