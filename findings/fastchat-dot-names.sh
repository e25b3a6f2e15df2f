#!/usr/bin/env bash
# FastChat 0.2.36: answers in a file whose name begins with a dot are not there, and of two answers to a question the last counts.
# A good guess: every .jsonl file of model_answer is read; a question answered twice is an error, or its first answer counts.
# What happens: files are found by glob, which passes over names like ".-model.jsonl", made of a path such as ./model. Rows go into a
# dictionary by question, so that a later row replaces an earlier one. Neither is told; the model is missing in the table.
# Only its loader runs here; what it imports besides is replaced by empty modules.
# Seen on 2026-11-30 with Python 3.11:
#   fschat 0.2.36
#   models: ['seen']
#   question 1: later
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps fschat==0.2.36
"$work/venv/bin/pip" install --quiet --disable-pip-version-check requests==2.32.5
cd "$work"
"$work/venv/bin/python" - <<'PY'
import json
import os
import sys
from importlib.metadata import version
from unittest.mock import MagicMock

for name in ("openai", "anthropic", "fastchat.model", "fastchat.model.model_adapter"):
    sys.modules[name] = MagicMock()
from fastchat.llm_judge.common import load_model_answers

print("fschat", version("fschat"))
def same(what, seen, expected):
    print(f"{what}: {seen}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected}")


os.mkdir("model_answer")
for model in ("seen", ".-model"):
    with open(f"model_answer/{model}.jsonl", "w") as file:
        for answer in ("earlier", "later"):
            choice = {"index": 0, "turns": [answer]}
            file.write(json.dumps({"question_id": 1, "model_id": model, "choices": [choice]}) + "\n")
answers = load_model_answers("model_answer")
same("models", list(answers), ["seen"])
same("question 1", answers["seen"][1]["choices"][0]["turns"][0], "later")
PY
