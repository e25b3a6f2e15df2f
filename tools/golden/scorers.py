#!/usr/bin/env python3
"""Expected values of the scorers of multiple choice: what lm-evaluation-harness 0.4.13 makes of made-up likelihoods.

    python tools/golden/scorers.py     writes scorers.json beside the test

acc, acc_norm, acc_bytes, acc_mutual_info, exact_match: ConfigurableTask.process_results. mc2: tasks/truthfulqa/utils.py.
"""
import json
import pathlib
import random
from types import SimpleNamespace

from lm_eval.api.task import ConfigurableTask
from lm_eval.tasks.truthfulqa.utils import process_results_mc2

OUT = pathlib.Path(__file__).parents[2] / "eval/src/test/resources/org/soft4j/eval/scorers.json"
METRICS = ["acc", "acc_norm", "acc_bytes", "acc_mutual_info", "exact_match"]
WORDS = ["yes", "ünïcode", "日本語", "😀", "a much longer choice", "no", "e\u0301", "Paris"]


def case(draw):
    count = draw.randrange(2, 7)
    choices = draw.sample(WORDS, count)
    # Few steps, so that some are equal; all of them are exact in binary.
    logs = [-draw.randrange(1, 40) / 4 for _ in range(2 * count)]
    greedy = [draw.random() < 0.4 for _ in range(2 * count)]
    several = draw.random() < 0.4
    right = sorted(draw.sample(range(count), draw.randrange(1, count))) if several else [draw.randrange(count)]
    values = {}
    for metrics in [METRICS] if not several else [METRICS[:3] + METRICS[4:]]:
        task = SimpleNamespace(
            OUTPUT_TYPE="multiple_choice", config=SimpleNamespace(process_results=None), multiple_input=0, multiple_target=len(right) if several else 0,
            doc_to_choice=lambda doc: choices, doc_to_target=lambda doc: right if several else right[0],
            _metric_fn_list={name: None for name in metrics})
        results = list(zip(logs, greedy))[:2 * count if "acc_mutual_info" in metrics else count]
        values.update({k: float(v) for k, v in ConfigurableTask.process_results(task, {}, results).items()})
    doc = {"mc2_targets": {"labels": [int(i in right) for i in range(count)]}}
    values["mc2"] = float(process_results_mc2(doc, list(zip(logs, greedy))[:count])["acc"])
    return {"choices": choices, "right": right, "logs": logs, "greedy": greedy, "values": values}


draw = random.Random(5)
lines = ",\n".join(json.dumps(case(draw), ensure_ascii=False) for _ in range(40))
OUT.write_text("[\n" + lines + "\n]\n", encoding="utf-8")
