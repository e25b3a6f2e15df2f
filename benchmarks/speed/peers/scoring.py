"""lm-evaluation-harness on TruthfulQA mc1 and mc2: seconds in its own HFLM, and of the process.

The tasks are the harness' own; only their data comes from a local mc_task.json instead of the hub.
"""

import argparse
import json
import logging
import os
import time
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = os.environ["HF_DATASETS_OFFLINE"] = "1"

import psutil
import yaml
from lm_eval import evaluator, tasks
from lm_eval.models.huggingface import HFLM

from measure import use_threads, write


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--dtype", default="float32")
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--batch", type=int, default=8)
    options.add_argument("--questions", type=int, default=40, help="the first so many; 0 for all")
    options.add_argument("--figure", default="scoring")
    options = options.parse_args()
    use_threads(options.threads)
    logging.getLogger("transformers").setLevel(logging.ERROR)
    file = write_questions(options.data / "truthfulqa/v1/mc_task.json", options.work)
    model = TimedHFLM(
        pretrained=str(options.work / "model/weights"),
        device="cpu",
        dtype=options.dtype,
        batch_size=options.batch,
    )
    result = evaluator.simple_evaluate(
        model,
        tasks=[task("truthfulqa_mc1", file), task("truthfulqa_mc2", file)],
        limit=options.questions or None,
        bootstrap_iters=0,
    )["results"]
    started = psutil.Process().create_time()
    write(
        options.work / "results.jsonl",
        options.figure,
        options.dtype,
        {
            "seconds": model.seconds,
            "process_seconds": time.time() - started,
            "requests": model.requests,
            "tokens": model.tokens,
            "mc1": result["truthfulqa_mc1"]["acc,none"],
            "mc2": result["truthfulqa_mc2"]["acc,none"],
        },
        settings={"questions": options.questions, "batch": options.batch},
    )


class TimedHFLM(HFLM):
    """HFLM as it is, with a clock around its work on requests."""

    seconds, requests, tokens = 0.0, 0, 0

    def loglikelihood(self, requests, disable_tqdm=False):
        start = time.perf_counter()
        result = super().loglikelihood(requests, disable_tqdm=True)
        self.seconds += time.perf_counter() - start
        self.requests += len(requests)
        return result

    def _loglikelihood_tokens(self, requests, *args, **kwargs):
        self.tokens += sum(len(context) + len(rest) - 1 for _, context, rest in requests)
        return super()._loglikelihood_tokens(requests, *args, **kwargs)


def write_questions(source, work):
    """mc_task.json in the columns of the hub's multiple_choice set: the best answer first."""
    file = work / "truthfulqa.jsonl"
    with open(file, "w") as out:
        for row in json.loads(source.read_text()):
            columns = {"question": row["question"]}
            for name in ("mc1_targets", "mc2_targets"):
                pairs = sorted(row[name].items(), key=lambda pair: -pair[1])
                columns[name] = {"choices": [p[0] for p in pairs], "labels": [p[1] for p in pairs]}
            out.write(json.dumps(columns) + "\n")
    return file


def task(name, file):
    """The harness' own definition, with its data read from a file."""
    folder = Path(tasks.__file__).parent / "truthfulqa"
    config = definition(folder, name)
    config |= {
        "dataset_path": "json",
        "dataset_name": None,
        "dataset_kwargs": {"data_files": {"validation": str(file)}},
    }
    return config


def definition(folder, name):
    from lm_eval.tasks.truthfulqa import utils

    class Loader(yaml.SafeLoader):
        pass

    Loader.add_constructor(
        "!function", lambda loader, node: getattr(utils, node.value.removeprefix("utils."))
    )
    config = yaml.load((folder / f"{name}.yaml").read_text(), Loader)
    if "include" in config:
        base = definition(folder, config.pop("include").removesuffix(".yaml"))
        config = base | config
    return config


if __name__ == "__main__":
    main()
