#!/usr/bin/env python3
"""Runs AlpacaEval 0.6.6 itself on files that "export alpaca-eval" wrote, with a judge that always prefers the second output shown.

    pip install "setuptools<80" alpaca_eval==0.6.6
    python tools/golden/check_alpaca_eval.py OUT/NAME/model_outputs.json ...

Each file is taken as it stands, with its first row doubled (another answer to the same instruction), and with one answer empty.
The reference has one made-up answer a row. No endpoint is asked: the function that would ask it is replaced.
"""
import json
import os
import sys

os.environ.setdefault("OPENAI_API_KEY", "none")
import alpaca_eval.annotators.base as base  # noqa: E402
from alpaca_eval import main  # noqa: E402


def judge(prompts, *_, **__):
    count = len(prompts)
    return {"completions": ["Output (b)"] * count, "price_per_example": [0.0] * count, "time_per_example": [0.0] * count}


def annotated(own, reference):
    board, annotations = main.evaluate(
        model_outputs=own, reference_outputs=reference, annotators_config="chatgpt_fn", precomputed_leaderboard=None, output_path=None,
        is_return_instead_of_print=True, fn_metric="get_winrate", sort_by="win_rate", caching_path=None)
    return list(board.index), annotations


def check(path):
    rows = json.load(open(path))
    name = os.path.basename(os.path.dirname(path))
    reference = [{"instruction": r["instruction"], "output": f"reference {i}", "generator": "reference"} for i, r in enumerate(rows)]
    doubled = rows + [dict(rows[0], output="another answer")]
    empty = [dict(r, output="" if i == 1 else r["output"]) for i, r in enumerate(rows)]
    for what, own, pairs in (("as exported", rows, len(rows)), ("doubled", doubled, len(rows) + 1), ("an empty answer", empty, len(rows))):
        names, annotations = annotated(own, reference)
        print(f"{path}: {what}, {len(own)} rows, {len(annotations)} annotations of {names}")
        assert names == [name], "the folder's name is the model's"
        assert len(annotations) == pairs, "every doubled row meets the reference, and an empty answer is judged too"
        assert all(a["preference"] in (1, 2) for a in annotations), annotations


base.get_fn_completions = lambda _: judge
for file in sys.argv[1:]:
    check(file)
