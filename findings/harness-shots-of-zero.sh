#!/usr/bin/env bash
# lm-evaluation-harness 0.4.13: --num_fewshot 2 leaves a task without examples whose file says num_fewshot: 0.
# A good guess: the command line goes over the file, as it does for a file that says 5 or nothing.
# What happens: a 0 in the file is kept ("Manual configuration will be ignored", a line at INFO, below what is shown by default);
# of two tasks asked for in one call, one is measured with 2 examples and the other with none.
# Seen on 2026-11-30 with Python 3.11:
#   lm_eval 0.4.13 datasets 5.2.0
#   shots of a file without num_fewshot: 2
#   shots of a file with num_fewshot 1: 2
#   shots of a file with num_fewshot 0: 0
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
import lm_eval

print("lm_eval", version("lm_eval"), "datasets", version("datasets"))
def same(what, seen, expected):
    print(f"{what}: {seen}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected}")


with open("sums.jsonl", "w") as file:
    for i in range(1, 7):
        file.write(json.dumps({"q": f"{i}+{i}", "a": str(2 * i)}) + "\n")


def shots(**more):
    task = {
        "task": "sums",
        "dataset_path": "json",
        "dataset_kwargs": {"data_files": {"test": "sums.jsonl"}},
        "test_split": "test",
        "fewshot_split": "test",
        "output_type": "generate_until",
        "doc_to_text": "{{q}}=",
        "doc_to_target": "{{a}}",
        "generation_kwargs": {"until": ["\n"]},
        "metric_list": [{"metric": "exact_match"}],
        **more,
    }
    result = lm_eval.simple_evaluate(model="dummy", tasks=[task], num_fewshot=2, limit=1, bootstrap_iters=0)
    return result["samples"]["sums"][0]["arguments"][0][0].count("= ")


same("shots of a file without num_fewshot", shots(), 2)
same("shots of a file with num_fewshot 1", shots(num_fewshot=1), 2)
same("shots of a file with num_fewshot 0", shots(num_fewshot=0), 0)
PY
