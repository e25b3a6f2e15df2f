#!/usr/bin/env python3
"""Files as lm-evaluation-harness itself writes them: three questions of TruthfulQA, in all three of its tasks.

The tasks are the harness' own; only their data comes from the local sets instead of the hub. One question has letters
beyond ASCII. Which model answers does not matter for the files; the embedded micro model is small and always there.

    python tools/golden/lm_eval_files.py --data $SOFT4J_DATA --model ~/.soft4j/embedded/micro-1 \\
        --out app/src/test/resources/org/soft4j/evaluation/lm_eval
"""
import argparse
import csv
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = os.environ["HF_DATASETS_OFFLINE"] = "1"
sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks/speed/peers"))

from lm_eval import evaluator
from lm_eval.loggers import EvaluationTracker
from lm_eval.models.huggingface import HFLM

from scoring import task

CHOICE_QUESTIONS = [733, 36, 297]
WRITTEN_QUESTIONS = [0, 733, 36]


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--model", required=True)
    options.add_argument("--out", type=Path, required=True)
    options = options.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    choices = choice_rows(options.data / "truthfulqa/v1/mc_task.json", options.out)
    written = written_rows(options.data / "truthfulqa/v1/TruthfulQA.csv", options.out)
    with tempfile.TemporaryDirectory() as work:
        tasks = [
            task("truthfulqa_mc1", lines(work, "mc", choices)),
            task("truthfulqa_mc2", lines(work, "mc", choices)),
            task("truthfulqa_gen", lines(work, "gen", written)),
        ]
        evaluate(options.model, tasks, work)
        for file in Path(work, "out").rglob("*.json*"):
            name = "_".join(file.name.split("_")[:-1])
            shutil.copy(file, options.out / (name + file.suffix))
    shorten(options.out / "results.json")


def choice_rows(source, out):
    """The questions as TruthfulQA's own file has them, kept for the test, and in the hub's columns."""
    rows = json.loads(source.read_text())
    rows = [rows[i] for i in CHOICE_QUESTIONS]
    (out / "mc_task.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False))
    columns = []
    for row in rows:
        column = {"question": row["question"]}
        for name in ("mc1_targets", "mc2_targets"):
            column[name] = {"choices": list(row[name]), "labels": list(row[name].values())}
        columns.append(column)
    return columns


def written_rows(source, out):
    with open(source, encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
    rows = [rows[i] for i in WRITTEN_QUESTIONS]
    # The published file begins with a byte order mark.
    with open(out / "TruthfulQA.csv", "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, reader.fieldnames, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    split = lambda cell: [part.strip() for part in cell.split(";") if part.strip()]
    return [
        {
            "type": row["Type"],
            "category": row["Category"],
            "question": row["Question"],
            "best_answer": row["Best Answer"],
            "correct_answers": split(row["Correct Answers"]),
            "incorrect_answers": split(row["Incorrect Answers"]),
            "source": row["Source"],
        }
        for row in rows
    ]


def lines(work, name, rows):
    file = Path(work, name + ".jsonl")
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return file


def evaluate(model, tasks, work):
    tracker = EvaluationTracker(output_path=str(Path(work, "out")))
    tracker.general_config_tracker.log_experiment_args(
        model_source="hf",
        model_args="pretrained=micro-1,dtype=float32",
        system_instruction=None,
        chat_template=None,
        fewshot_as_multiturn=False,
    )
    # The micro model knows fewer positions than the task may write.
    lm = HFLM(pretrained=model, device="cpu", dtype="float32", batch_size=4, max_length=2048)
    results = evaluator.simple_evaluate(lm, tasks=tasks, bootstrap_iters=100, log_samples=True)
    samples = results.pop("samples")
    tracker.save_results_aggregated(results=results, samples=samples)
    for name, taken in samples.items():
        tracker.save_results_samples(task_name=name, samples=taken)


def shorten(file):
    """Takes out what tells about the machine, and the prompts, which stand in the samples."""
    results = json.loads(file.read_text())
    results["pretty_env_info"] = "left out"
    for config in results["configs"].values():
        for name in ("doc_to_text", "fewshot_config", "process_results", "dataset_kwargs"):
            config.pop(name, None)
    results["config"]["model"] = "micro-1"
    file.write_text(json.dumps(results, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
