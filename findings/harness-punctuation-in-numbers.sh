#!/usr/bin/env bash
# lm-evaluation-harness 0.4.13: with ignore_punctuation, exact_match counts 1.5 as 15, -3 as 3 and 3/4 as 34.
# A good guess: ignoring punctuation forgives "Paris." for "Paris"; numbers stay numbers.
# What happens: every sign of string.punctuation is taken out of both texts, the decimal point, the minus and the fraction bar with
# them. Many task files set ignore_punctuation for answers that can be numbers; a wrong answer then scores 1.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check lm_eval==0.4.13
cd "$work"
"$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

from lm_eval.api.metrics import exact_match_hf_evaluate

print("lm_eval", version("lm_eval"))
def same(what, seen, expected):
    print(f"{what}: {seen}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected}")


def match(answer, gold):
    found = exact_match_hf_evaluate(predictions=[answer], references=[gold], ignore_punctuation=True)
    return float(found["exact_match"])


same("Paris. for Paris", match("Paris.", "Paris"), 1.0)
for answer, gold in (("1.5", "15"), ("-3", "3"), ("3/4", "34")):
    same(f"{answer} for {gold}", match(answer, gold), 1.0)
same("7 for 8", match("7", "8"), 0.0)
PY
