#!/usr/bin/env python3
"""Expected values of the judges' tests: what Python's re, ast, pandas and scipy make of made-up replies.

Lets FastChat's own functions read ratings and winners (run_judge_single and run_judge_pair of fschat 0.2.36, the judge
replaced by the reply), restates in a few lines each what AlpacaEval (completion_parsers.py, metrics/) does to a reply, and
fits the length-controlled regression with a general optimizer instead of Newton's method.

    pip install --no-deps fschat==0.2.36; pip install numpy pandas scipy
    python tools/golden/judge.py > eval/src/test/resources/org/soft4j/eval/judge/golden.json
"""
import ast
import json
import sys
import types
from importlib.metadata import version
from unittest.mock import MagicMock

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.special import logsumexp


def fastchat():
    """FastChat's own module, without the services and models that it would import."""
    assert version("fschat") == "0.2.36", version("fschat")
    for name in ("openai", "anthropic", "fastchat.model", "fastchat.model.model_adapter"):
        sys.modules[name] = MagicMock()
    from fastchat.llm_judge import common

    return common


COMMON = fastchat()
COMMON.OPENAI_MODEL_LIST = ["gpt-4"]


def judge(kind, output_format):
    prompt = {"system_prompt": "", "prompt_template": "", "output_format": output_format, "type": kind, "name": kind}
    return types.SimpleNamespace(model_name="gpt-4", prompt_template=prompt)


def asked(function, text, *arguments):
    COMMON.chat_completion_openai = lambda *a, **k: text
    answer = {"choices": [{"turns": ["x"]}]}
    question = {"turns": ["x"]}
    try:
        return function(question, *[answer] * arguments[0], arguments[1], None)[0]
    except SyntaxError:
        return "SyntaxError"


def rating(text):
    return asked(COMMON.run_judge_single, text, 1, judge("single", "[[rating]]"))


def winner(text):
    return asked(COMMON.run_judge_pair, text, 2, judge("pairwise", "[[A]]"))


def rank(text):
    try:
        entries = ast.literal_eval(text)
        value = [e for e in entries if e["model"] == "model_1"][0]["rank"]
        assert value in [1, 2]
        return value
    except Exception:
        return None


def weighted(logprobs):
    known = {t: p for t, p in logprobs.items() if t in ("m", "M")}
    if not known:
        return None
    total = logsumexp([known.get(t, -np.inf) for t in ("m", "M")])
    return float(2 - np.exp(known.get("m", -np.inf) - total))


RATINGS = [
    "Rating: [[7]]", "Rating: [[8.5]] and then [[3]]", "[[10]]", "[[ 7 ]]", "I give it [6].", "[1] is cited. Rating: [[9]]",
    "[[7/10]]", "[[rating]] 5", "", "Rating: [[7.]]", "Rating: 7", "[[0.5]]", "[[85]]", "[[-3]]", "a [[[4]]] b", "[[1,2]] [3]",
    "[[08]]", "[[007]]", "[[0]]", "[[00]]", "[[08.5]]", "[[11]]", "[[7.5]]", "As [1] shows, it is fair. Rating: 7",
    "<think>Perhaps [[3]]?</think>Rating: [[8]]", "<think>Perhaps [[3]]?", "First [[4]], no: [[6]]", "Rating: [7]", "[08]",
]
WINNERS = ["[[A]]", "so: [[B]].", "[[C]]", "[[B]] not [[A]]", "[[C]] or [[B]]", "[A]", "[[ A ]]", "", "[[a]]", "[[D]]", "x[[[A]]]",
    "<think>[[A]]?</think>[[B]]", "<think>[[A]]?"]
RANKINGS = [
    "[{'model': 'model_1', 'rank': 1}, {'model': 'model_2', 'rank': 2}]",
    "[{'model': 'model_2', 'rank': 1}, {'model': 'model_1', 'rank': 2}]",
    '[\n  {"model": "model_1", "rank": 2},\n  {"model": "model_2", "rank": 1},\n]',
    "[{'model': 'model_1', 'rank': 3}, {'model': 'model_2', 'rank': 1}]",
    "({'model': 'model_1', 'rank': 1.0},)",
    "Sure: [{'model': 'model_1', 'rank': 1}]",
    "```python\n[{'model': 'model_1', 'rank': 1}]\n```",
    "[{'model': 'model_1', 'rank': '1'}]",
    "[{'model': 'm', 'rank': 1}]",
    "[{'name': 'x'}, {'model': 'model_1', 'rank': 1}]",
    "[{'model': 'model_1', 'rank': 1}, {'model': 'model_2'}]",
    "[{'model': 'model_1'}]",
    "[{'model': 'model_1', 'rank': 1}",
    "[{'model': 'model_1' 'rank': 1}]",
    "[{'model': 'mod\\'el', 'rank': 2}, {'model': 'model_1', 'rank': 2, 'why': \"it's better\"}]",
    "[{'model': 'model_1', 'rank': -1}]",
    "{'model': 'model_1', 'rank': 1}",
    "[]",
    "",
    "  [{'model': 'model_1', 'rank': 1}]  \n",
    "[{'model': 'model_1', 'rank': 1}] [1]",
    "[1, 2]",
]
WEIGHTED = [
    {"m": -0.1, "M": -3.0, "Both": -9.0}, {"M": -0.01}, {"m": -0.01, "x": -5}, {"x": -0.1}, {},
    {"m": -800.0, "M": -801.0}, {" m": -0.1, "M": -2.0}, {"m": 0.0, "M": -40.0},
]


def alpaca(rng, n):
    values = rng.choice([1.0, 2.0, 1.5, 1.2, 1.77], size=n)
    preferences = pd.Series(values)
    shares = preferences - 1
    rounded = pd.Series([p if p == 1.5 else np.round(p) for p in preferences]) - 1
    return {
        "preferences": values.tolist(),
        "win_rate": shares.mean() * 100,
        "standard_error": shares.sem() * 100,
        "n_wins": int((shares > 0.5).sum()),
        "n_wins_base": int((shares < 0.5).sum()),
        "n_draws": int((shares == 0.5).sum()),
        "discrete_win_rate": rounded.mean() * 100,
    }


def length(rng, n):
    longer = rng.integers(-900, 1200, size=n)
    wins = np.clip(np.round(rng.random(n) + longer / 3000, 2), 0, 1)
    terms = np.tanh(longer / pd.Series(longer).std())
    design = np.stack([np.ones(n), terms], axis=1)

    def loss(beta):
        score = design @ beta
        return float(np.sum(np.logaddexp(0, score) - wins * score))

    beta = minimize(loss, np.zeros(2), method="BFGS", options={"gtol": 1e-9}).x
    p = 1 / (1 + np.exp(-(design @ beta)))
    # Huber and White's sandwich, since outcomes may be shares.
    bread = np.linalg.inv(design.T @ (design * (p * (1 - p))[:, None]))
    variance = (bread @ (design.T @ (design * ((wins - p) ** 2)[:, None])) @ bread)[0, 0]
    share = 1 / (1 + np.exp(-beta[0]))
    return {
        "longer": longer.tolist(), "wins": wins.tolist(),
        "share": share, "standard_error": share * (1 - share) * variance**0.5,
    }


def main():
    rng = np.random.default_rng(20261121)
    json.dump(
        {
            "ratings": [[t, rating(t)] for t in RATINGS],
            "winners": [[t, winner(t)] for t in WINNERS],
            "rankings": [[t, rank(t)] for t in RANKINGS],
            "weighted": [[t, weighted(t)] for t in WEIGHTED],
            "alpaca": [alpaca(rng, n) for n in (2, 7, 40)],
            "length": [length(rng, n) for n in (6, 30, 200)],
        },
        sys.stdout,
        indent=1,
    )


if __name__ == "__main__":
    main()
