#!/usr/bin/env bash
# lm-evaluation-harness 0.4.13, local-completions: a choice whose letters the tokenizer merges into the context scores 0, the best of all.
# A good guess: a continuation without a token of its own is an error, or is scored from the border before it.
# What happens: the log-probabilities behind the context are summed; of no tokens the sum is 0 and "is greedy" is true. Every other
# choice has a negative sum, so that acc picks the swallowed one. Here an answer of three tokens, all of them context.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 'lm_eval[api]==0.4.13'
cd "$work"
"$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

from lm_eval.models.openai_completions import LocalCompletionsAPI

print("lm_eval", version("lm_eval"))
def same(what, seen, expected):
    print(f"{what}: {seen}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected}")


def answer(*logprobs):
    """Of a server that echoes the prompt and generates one token, which the harness cuts off."""
    tops = [None] + [{"x": value} for value in logprobs]
    echo = {"token_logprobs": [None, *logprobs], "top_logprobs": tops}
    return {"choices": [{"index": 0, "logprobs": echo}]}


def scored(context, *logprobs):
    tokens = [list(range(len(logprobs)))]
    return LocalCompletionsAPI.parse_logprobs(answer(*logprobs), tokens=tokens, ctxlens=[context])[0]


same("two tokens of context, one of choice", scored(2, -1.0, -0.5, -9.0), (-0.5, True))
same("three tokens of context, none of choice", scored(3, -1.0, -0.5, -9.0), (0, True))
PY
