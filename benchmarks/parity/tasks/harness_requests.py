"""What lm-evaluation-harness asks for every task file: rows that fit it are made up, its own ConfigurableTask builds the requests.

    python harness_requests.py OUT [PATTERN]     PATTERN: a part of the files' paths, for a share of them

writes OUT/data/N/TASK/SPLIT.jsonl, the rows, and OUT/expected.jsonl: a line a file with the requests or why there are none.
Task names stand in several files; N numbers the folders, so that each has rows of its own.
"""
import collections
import copy
import json
import logging
import os
import pathlib
import sys
import zlib

os.environ.update(HF_DATASETS_OFFLINE="1", HF_HUB_OFFLINE="1", HF_DATASETS_DISABLE_PROGRESS_BARS="1", LMEVAL_LOG_LEVEL="ERROR", TQDM_DISABLE="1")
import datasets
import lm_eval
import lm_eval.tasks
import lm_eval.api.task
from lm_eval.api.task import ConfigurableTask
from lm_eval.tasks._yaml_loader import load_yaml

import families
from rows import Rows

VERSION = "0.4.13"
ROOT = pathlib.Path(lm_eval.tasks.__file__).parent
SPLITS = ("training_split", "validation_split", "test_split", "fewshot_split")
FEWSHOT_SEED = 1234


# hf_evaluate asks a hub for code; what is asked of a model does not depend on it.
registered = lm_eval.api.task.get_metric
lm_eval.api.task.get_metric = lambda name, hf_evaluate_metric=False: registered(name)


def kind(fields):
    if "class" in fields:
        return "class"
    if isinstance(fields.get("task"), list) or "group" in fields and not isinstance(fields.get("task"), str):
        return "group"
    return "task" if isinstance(fields.get("task"), str) else "template"


def splits(fields):
    """The splits a task reads, the evaluated one first."""
    evaluated = fields.get("test_split") or fields.get("validation_split")
    few = (fields.get("fewshot_config") or {}).get("split")
    return list(dict.fromkeys(s for s in [evaluated, few, *(fields.get(n) for n in SPLITS)] if s))


def made_up(name, fields, plain):
    """Rows by split, or None where none were found that fit."""
    few = int(fields.get("num_fewshot") or 0)
    seed = zlib.crc32(json.dumps(plain, sort_keys=True, default=str).encode())
    family = families.of(name, fields)
    if family.rows is not None:
        drawn = family.rows(3 + few + 3, seed)
    else:
        drawn = Rows(plain, family.columns, seed).draw(3 + few + 3)
    if not drawn:
        return None
    evaluated, *others = splits(fields)
    if len(drawn) < 4 + few:
        return {split: drawn for split in [evaluated, *others]} if few < len(drawn) else None
    data = {evaluated: drawn[:3]}
    for split in others:
        data[split] = drawn[2:]
    if not others:
        data[evaluated] = drawn
    return data


def requests(fields, data):
    """The requests of each row, as the harness builds them."""
    loaded = datasets.DatasetDict({split: datasets.Dataset.from_list(rows) for split, rows in data.items()})
    datasets.load_dataset = lambda *_, **__: loaded
    config = {k: v for k, v in fields.items() if k not in ("tag", "group", "task_list")}
    task = ConfigurableTask(config=config)
    task.set_fewshot_seed(FEWSHOT_SEED)
    task.build_all_requests()
    by_row = collections.defaultdict(list)
    for instance in task.instances:
        by_row[instance.doc_id].append([a for a in instance.args])
    return task, [by_row[i] for i in sorted(by_row)]


def words(error):
    return f"{type(error).__name__}: {str(error)[:160]}"


def plain_of(value):
    """The fields as data; functions as their names."""
    if callable(value):
        return None
    if isinstance(value, dict):
        return {k: plain_of(v) for k, v in value.items()}
    return [plain_of(v) for v in value] if isinstance(value, list) else value


def look(path, name):
    """What is known of one file; rows beside it where there are any."""
    try:
        fields = load_yaml(path, resolve_func=True)
    except (Exception, SystemExit) as error:  # noqa: BLE001
        try:
            fields = load_yaml(path, resolve_func=False)
        except (Exception, SystemExit) as worse:  # noqa: BLE001
            return {"kind": "unread", "reason": words(worse)}, None
        return {"kind": kind(fields), "task": fields.get("task"), "reason": "harness cannot import: " + words(error)}, None
    about = {"kind": kind(fields)}
    if about["kind"] != "task":
        return about, None
    about["task"] = fields["task"]
    about["repeats"] = int(fields.get("repeats") or 1)
    plain = plain_of(fields)
    try:
        if fields.get("custom_dataset") is not None:
            return {**about, "reason": "custom_dataset"}, None
        data = made_up(name, fields, plain)
        if data is None:
            return {**about, "reason": "no rows found that fit"}, None
        task, asked = requests(copy.deepcopy(fields), data)
        return {**about, "requests": asked, "metrics": sorted(task.aggregation())}, data
    except (Exception, SystemExit) as error:  # noqa: BLE001
        return {**about, "reason": "harness: " + words(error)}, None


def write(folder, name, data):
    for split, rows in data.items():
        target = folder / name / f"{split}.jsonl"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def before(out):
    """What an earlier call has done, so that a killed one goes on."""
    taken, done = collections.Counter(), set()
    if (out / "expected.jsonl").exists():
        for text in (out / "expected.jsonl").read_text(encoding="utf-8").splitlines():
            line = json.loads(text)
            done.add(line["file"])
            taken[line.get("task") if "requests" in line else None] += 1
    return taken, done


def main():
    out, pattern = pathlib.Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
    if not lm_eval.__version__.startswith(VERSION):
        sys.exit(f"lm_eval is {lm_eval.__version__}, and this measure is over {VERSION}")
    logging.disable(logging.ERROR)
    datasets.disable_progress_bars()
    out.mkdir(parents=True, exist_ok=True)
    files = [f for f in sorted(ROOT.rglob("*.yaml")) if pattern in f.relative_to(ROOT).as_posix()]
    taken, done = before(out)
    with (out / "expected.jsonl").open("a", encoding="utf-8") as lines:
        for number, path in enumerate(files, 1):
            name = path.relative_to(ROOT).as_posix()
            if name in done:
                continue
            about, data = look(path, name)
            folder = taken[about.get("task")] if isinstance(about.get("task"), str) else 0
            if data is not None:
                taken[about["task"]] += 1
                write(out / "data" / str(folder), about["task"], data)
            lines.write(json.dumps({"file": name, "path": str(path), "data": folder, **about}, ensure_ascii=False, default=str) + "\n")
            if number % 500 == 0:
                print(number, "of", len(files), file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
