#!/usr/bin/env python3
"""Results and samples that lm-evaluation-harness 0.4.13 writes of a group with f1, bleu, chrf and rolling tasks.

The task files and rows stand beside the golden; the model is made up, as in yaml_tasks.py.

    DISABLE_MULTIPROC=1 python tools/golden/group_files.py      writes rows and golden.json
"""
import hashlib
import json
import os
import pathlib
import random

os.environ.update(HF_DATASETS_OFFLINE="1", HF_HUB_OFFLINE="1", DISABLE_MULTIPROC="1", TQDM_DISABLE="1")
import lm_eval
from lm_eval.api.model import LM
from lm_eval.tasks import TaskManager

HERE = pathlib.Path(__file__).parents[2] / "eval/src/test/resources/org/soft4j/eval/yaml/groups"
WORDS = "a cat sat on the mat, naïve 日本 it's (so) 3.5 end.".split(" ")
REPLICATES = 1000


def number(*texts):
    digest = hashlib.sha256("\0".join(texts).encode()).digest()
    return -int.from_bytes(digest[:4], "big") / 2**27, digest[4] % 2 == 0


class MadeUp(LM):
    tokenizer_name = "made-up"

    def loglikelihood(self, requests, **_):
        return [number(*r.args) for r in requests]

    def loglikelihood_rolling(self, requests, **_):
        return [number(r.args[0])[0] for r in requests]

    def generate_until(self, requests, **_):
        return [r.doc["said"] for r in requests]


def rows():
    draw = random.Random(5)

    def text():
        return " ".join(draw.choice(WORDS) for _ in range(draw.randrange(1, 12)))

    yield "pairs", [{"text": f"{i} {text()}", "note": None if i % 3 else "n", "label": draw.randrange(2)} for i in range(12)]
    yield "more", [{"text": f"{i} {text()}", "note": None if i % 3 else "n", "label": draw.randrange(2)} for i in range(5)]
    targets = [text() for _ in range(8)]
    yield "written", [{"source": text(), "target": t, "said": [t, f" {t.upper()} ", text(), ""][i % 4]} for i, t in enumerate(targets)]
    yield "whole", [{"page": f"{text()}\n {text()}"} for _ in range(6)]


def main():
    for name, made in rows():
        (HERE / f"{name}.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in made), encoding="utf-8")
    os.chdir(HERE)
    manager = TaskManager(include_path=str(HERE), include_defaults=False)
    result = lm_eval.simple_evaluate(MadeUp(), tasks=["all_of_it"], task_manager=manager, bootstrap_iters=REPLICATES, log_samples=True)
    kept = {key: result[key] for key in ("results", "groups", "group_subtasks", "versions", "n-shot", "higher_is_better", "n-samples")}
    samples = {}
    for task, lines in result["samples"].items():
        samples[task] = [{k: line[k] for k in line if k not in ("doc", "arguments")} for line in lines]
    golden = {"made_by": f"tools/golden/group_files.py with lm_eval {lm_eval.__version__}", "replicates": REPLICATES, **kept, "samples": samples}
    (HERE / "golden.json").write_text(json.dumps(golden, ensure_ascii=False, indent=1, default=lambda o: o.item() if hasattr(o, "item") else str(o)) + "\n", encoding="utf-8")


main()
