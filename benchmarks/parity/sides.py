"""Reads what both sides wrote, joined by question: lm-evaluation-harness' samples, soft4j's samples."""

import csv
import json
import re
from pathlib import Path


def lines(file):
    return [json.loads(line) for line in Path(file).read_text().splitlines() if line.strip()]


def harness_samples(folder, task):
    """Question -> sample, of the newest samples file below the folder."""
    files = sorted(Path(folder).rglob(f"samples_{task}_*.jsonl"), key=lambda f: f.name)
    return {line["doc"]["question"]: line for line in lines(files[-1])} if files else {}


def harness_scores(folder, task):
    files = sorted(Path(folder).rglob("results_*.json"), key=lambda f: f.name)
    for file in reversed(files):
        scores = json.loads(file.read_text())["results"].get(task)
        if scores:
            return {key.split(",")[0]: value for key, value in scores.items() if ",none" in key}
    return {}


def harness_choices(sample, targets):
    """Choice -> (log-probability, whether greedy)."""
    pairs = [(float(log), greedy == "True") for log, greedy in sample["filtered_resps"]]
    return dict(zip(sample["doc"][targets]["choices"], pairs, strict=True))


def soft4j_samples(folder, task):
    """Item id -> sample."""
    file = Path(folder) / f"{task}-0shot.jsonl"
    return {line["item"]: line for line in lines(file)} if file.exists() else {}


def soft4j_scores(folder, task):
    with open(Path(folder) / "metrics.csv", newline="") as rows:
        return {
            row["metric"]: float(row["value"])
            for row in csv.DictReader(rows)
            if row["benchmark"] == task
        }


def soft4j_choices(sample, targets, best_first):
    """Choice -> (log-probability, whether greedy); requests stand in the order of the file, for
    mc1 the right answer before the others."""
    choices = sorted(targets, key=lambda c: -targets[c]) if best_first else list(targets)
    pairs = zip(sample["log_probabilities"], sample["greedy"], strict=True)
    return dict(zip(choices, pairs, strict=True))


def number(item):
    """truthfulqa-12 is row 12 of its file."""
    return int(item.rsplit("-", 1)[1])


def soft4j_effort(out, part):
    """timings.jsonl, with what only the command line prints."""
    log = out / f"soft4j-{part}.log"
    printed = log.read_text() if log.exists() else ""
    effort = lines(out / "soft4j" / part / "timings.jsonl")[-1]
    effort["threads"] = model(out)["threads"]
    effort["process_seconds"] = first(r"whole process took ([\d.]+) s", printed)
    effort["computed"] = first(r"computed ([\d,]+) of", printed)
    effort["tokens"] = first(r"of ([\d,]+) positions", printed)
    return effort


def model(out, name=""):
    """What soft4j recorded of the model, under another name where one is given."""
    recorded = json.loads((out / "soft4j/mc/eval.json").read_text())["model"]
    return recorded | ({"name": name} if name else {})


def first(pattern, text):
    found = re.search(pattern, text)
    return float(found.group(1).replace(",", "")) if found else None
