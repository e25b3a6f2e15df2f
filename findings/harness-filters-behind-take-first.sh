#!/usr/bin/env bash
# lm-evaluation-harness 0.4.13: a filter behind take_first sees the answer's letters, and another take_first keeps the first one.
# A good guess: take_first behind take_first changes nothing, since one answer is left.
# What happens: take_first leaves each row's answer itself instead of a list of one. A filter of texts behind it walks over the
# answer's letters, and a take_first at the end (which other tasks copy along) leaves one letter, which is then scored.
# Seen on 2026-11-30 with Python 3.11:
#   lm_eval 0.4.13 datasets 5.2.0
#   take_first: ['Paris', 'Rome']
#   lowercase, take_first: ['paris', 'rome']
#   take_first, lowercase, take_first: ['p', 'r']
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check lm_eval==0.4.13 datasets==5.2.0
cd "$work"
"$work/venv/bin/python" - <<'PY'
import os
from importlib.metadata import version

os.environ["HF_HUB_OFFLINE"] = "1"
from lm_eval.api.instance import Instance
from lm_eval.filters import build_filter_ensemble

print("lm_eval", version("lm_eval"), "datasets", version("datasets"))


def same(what, seen, expected):
    print(f"{what}: {seen}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected}")


def filtered(*names):
    asked = [
        Instance(request_type="generate_until", doc={}, arguments=("", {}), idx=0, metadata=("t", i, 1), resps=[answer])
        for i, answer in enumerate(["Paris", "Rome"])
    ]
    build_filter_ensemble("kept", [[name, None] for name in names]).apply(asked)
    return [instance.filtered_resps["kept"] for instance in asked]


same("take_first", filtered("take_first"), ["Paris", "Rome"])
same("lowercase, take_first", filtered("lowercase", "take_first"), ["paris", "rome"])
same("take_first, lowercase, take_first", filtered("take_first", "lowercase", "take_first"), ["p", "r"])
PY
