"""lm-evaluation-harness on TruthfulQA, with its samples logged in its own files.

The tasks are the harness' own; only their data comes from local files instead of the hub.
"""

import argparse
import csv
import json
import os
import sys
import time
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = os.environ["HF_DATASETS_OFFLINE"] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "speed" / "peers"))

import psutil
from lm_eval import evaluator
from lm_eval.loggers import EvaluationTracker

import scoring
from measure import peak_mib, use_threads, versions

TASKS = {"mc": ("truthfulqa_mc1", "truthfulqa_mc2"), "gen": ("truthfulqa_gen",)}


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("what", choices=TASKS)
    options.add_argument("--model-folder", type=Path, required=True)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--limit", type=int, default=0, help="evenly spaced questions; 0 for all")
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--batch", type=int, default=8)
    options = options.parse_args()
    use_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    truthfulqa = options.data / "truthfulqa/v1"
    if options.what == "mc":
        file = scoring.write_questions(truthfulqa / "mc_task.json", options.out)
    else:
        file = write_answers(truthfulqa / "TruthfulQA.csv", options.out)
    load = os.getloadavg()[0]
    model = TimedHFLM(
        pretrained=str(options.model_folder),
        device="cpu",
        dtype="float32",
        batch_size=options.batch,
    )
    result = evaluator.simple_evaluate(
        model,
        tasks=[scoring.task(name, file) for name in TASKS[options.what]],
        samples=chosen(TASKS[options.what], file, options.limit),
        bootstrap_iters=0,
        log_samples=True,
    )
    save(result, options)
    measured = {
        "seconds": model.seconds,
        "process_seconds": time.time() - psutil.Process().create_time(),
        "requests": model.requests,
        "tokens": model.tokens,
        "peak_mib": peak_mib(),
        "load": load,
        "batch": options.batch,
        "threads": options.threads,
        "versions": versions(),
    }
    (options.out / f"harness-{options.what}.json").write_text(json.dumps(measured, indent=2) + "\n")
    print(json.dumps(measured))


class TimedHFLM(scoring.TimedHFLM):
    """The clock around written texts too."""

    def generate_until(self, requests, disable_tqdm=False):
        start = time.perf_counter()
        result = super().generate_until(requests, disable_tqdm=True)
        self.seconds += time.perf_counter() - start
        self.requests += len(requests)
        return result


def chosen(names, file, limit):
    """The questions that `soft4j eval --limit` takes: evenly spaced over the file."""
    count = len(file.read_text().splitlines())
    if not 0 < limit < count:
        return None
    return {name: [i * count // limit for i in range(limit)] for name in names}


def write_answers(source, out):
    """TruthfulQA.csv in the columns of the hub's generation set."""
    file = out / "generation.jsonl"
    with open(source, encoding="utf-8-sig", newline="") as rows, open(file, "w") as lines:
        for row in csv.DictReader(rows):
            columns = {
                "type": row["Type"],
                "category": row["Category"],
                "question": row["Question"],
                "best_answer": row["Best Answer"],
                "correct_answers": answers(row["Correct Answers"]),
                "incorrect_answers": answers(row["Incorrect Answers"]),
                "source": row["Source"],
            }
            lines.write(json.dumps(columns) + "\n")
    return file


def answers(cell):
    return [answer.strip() for answer in cell.split(";") if answer.strip()]


def save(result, options):
    samples = result.pop("samples")
    tracker = EvaluationTracker(output_path=str(options.out / "harness"))
    tracker.general_config_tracker.log_experiment_args(
        model_source="hf",
        model_args=f"pretrained={options.model_folder},dtype=float32",
        system_instruction=None,
        chat_template=None,
        fewshot_as_multiturn=False,
    )
    tracker.save_results_aggregated(results=result, samples=samples)
    for name, lines in samples.items():
        tracker.save_results_samples(task_name=name, samples=lines)


if __name__ == "__main__":
    main()
