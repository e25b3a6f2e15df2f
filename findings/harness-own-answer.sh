#!/usr/bin/env bash
# lm-evaluation-harness 0.4.13: a few-shot prompt can hold the very row that it asks for, with its answer.
# A good guess: the row under test is left out of its own examples.
# What happens: where a task has one split and does not name fewshot_split, the examples come from that split, and the row is not
# left out; with fewshot_split named, the same split is used and the row is. A line at start says that a "preconfigured rule" is
# used, and no more.
# Seen on 2026-11-30 with Python 3.11:
#   lm_eval 0.4.13 datasets 5.2.0
#   asked for 1+1: '1+1= 2\n\n2+2= 4\n\n1+1='
#   with fewshot_split: '2+2= 4\n\n3+3= 6\n\n1+1='
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check lm_eval==0.4.13 datasets==5.2.0
cd "$work"
"$work/venv/bin/python" - <<'PY'
import json
import os
from importlib.metadata import version

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_DATASETS_CACHE"] = os.getcwd()
from lm_eval.api.task import ConfigurableTask

print("lm_eval", version("lm_eval"), "datasets", version("datasets"))
def same(what, seen, expected):
    print(f"{what}: {seen}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected}")

with open("sums.json", "w") as file:
    for i in range(1, 7):
        file.write(json.dumps({"q": f"{i}+{i}", "a": str(2 * i)}) + "\n")


def prompt(**more):
    task = ConfigurableTask(
        config={
            "task": "sums",
            "dataset_path": "json",
            "dataset_kwargs": {"data_files": {"test": "sums.json"}},
            "test_split": "test",
            "output_type": "generate_until",
            "doc_to_text": "{{q}}=",
            "doc_to_target": "{{a}}",
            "num_fewshot": 2,
            "fewshot_config": {"sampler": "first_n"},
            "generation_kwargs": {"until": ["\n"]},
            "metric_list": [{"metric": "exact_match"}],
            **more,
        }
    )
    task.set_fewshot_seed(1234)
    return task.fewshot_context(list(task.test_docs())[0], 2)


same("asked for 1+1", repr(prompt()), repr("1+1= 2\n\n2+2= 4\n\n1+1="))
same("with fewshot_split", repr(prompt(fewshot_split="test")), repr("2+2= 4\n\n3+3= 6\n\n1+1="))
PY
