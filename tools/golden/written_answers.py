#!/usr/bin/env python3
"""Expected scores of task files with several answers a row, filters over them and less used metrics: what lm-evaluation-harness
0.4.13 makes of rows and answers that are made up here.

    python tools/golden/written_answers.py     writes written.json beside the test

"odd" are rows that soft4j refuses, with what the harness makes of them.
"""
import hashlib
import json
import os
import pathlib
import tempfile

os.environ["HF_DATASETS_OFFLINE"] = "1"
os.environ["HF_HUB_OFFLINE"] = "1"
import datasets
import lm_eval
import yaml
from lm_eval.api.model import LM
from lm_eval.tasks import TaskManager

OUT = pathlib.Path(__file__).parents[2] / "eval/src/test/resources/org/soft4j/eval/yaml/written.json"
TASKS = pathlib.Path(lm_eval.__file__).parent / "tasks"
TEXTS = ["The answer is 7.", "The answer is 12", "so 7", "The answer is 3. The answer is 7", "", " The answer is -1,000. ", "A", "B", "(C) or A", "a\u0301 A", "Person: Ada, none\nplace: x $$ LOC : kenya, Uganda$",
         "PER: \u0130zmir $ country: none, France", "loc: a\u0301n, people : the  b", "persons: c$$date:7 May"]

WRITE = {"dataset_path": "json", "test_split": "test", "output_type": "generate_until", "doc_to_text": "q"}
NUMBER = {"function": "regex", "regex_pattern": "The answer is (\\-?[0-9\\.\\,]*[0-9]+)"}
FIRST, VOTE = {"function": "take_first"}, {"function": "majority_vote"}
CONSISTENT = [{"name": "score-first", "filter": [NUMBER, FIRST]}, {"name": "maj@9", "filter": [NUMBER, VOTE, FIRST]},
              {"name": "maj@4", "filter": [{"function": "take_first_k", "k": 4}, NUMBER, VOTE, FIRST]}]
LETTER = {"function": "regex", "regex_pattern": "(\\b[ABCD]\\b)"}


def mapped(values, otherwise):
    return [{"name": "mapped", "filter": [LETTER, {"function": "map", "mapping_dict": values, "default_value": otherwise}, VOTE, FIRST]}]


def rows(**columns):
    return [dict(zip(columns, values)) for values in zip(*columns.values())]


QUESTIONS = [f"q{i}" for i in range(14)]
NUMBERS = ["7", "12", "-1,000", "[invalid]"] * 3 + ["7", "3"]
EXACT = [{"metric": "exact_match"}]
CASES = {
    "self_consistency": ({**WRITE, "doc_to_target": "a", "repeats": 9, "filter_list": CONSISTENT, "metric_list": [{"metric": "exact_match", "regexes_to_ignore": [","]}],
                          "generation_kwargs": {"until": ["Q:"], "do_sample": True, "temperature": 0.2}}, rows(q=QUESTIONS, a=NUMBERS), None),
    "no_filter": ({**WRITE, "doc_to_target": "a", "repeats": 3, "metric_list": EXACT}, rows(q=QUESTIONS, a=TEXTS), None),
    "map_to_texts": ({**WRITE, "doc_to_target": "a", "repeats": 5, "filter_list": mapped({"A": "yes", "B": "no", "C": 3}, "?"), "metric_list": EXACT}, rows(q=QUESTIONS, a=["yes", "3"] * 7), "odd"),
    "map_texts_alone": ({**WRITE, "doc_to_target": "a", "repeats": 5, "filter_list": mapped({"A": "yes", "B": "no"}, "?"), "metric_list": EXACT}, rows(q=QUESTIONS, a=["yes", "no", "?", "A"] * 3 + ["?", "yes"]), None),
    "map_to_numbers": ({**WRITE, "doc_to_target": "a", "filter_list": mapped({"A": 0, "B": 1}, -1), "metric_list": EXACT}, rows(q=QUESTIONS, a=["0", " 1", "-1", "00"] * 3 + ["0", "-1"]), None),
    "spans": ({**WRITE, "doc_to_target": "a", "filter_list": [{"name": "flexible-extract", "filter": [{"function": "format_span"}]}],
               "metric_list": [{"metric": "f1", "aggregation": "!function utils.span_f1_agg", "higher_is_better": True}]}, rows(q=QUESTIONS, a=["per: ada $$ loc: kenya", "LOC: uganda"] * 7), "afrobench/masakhaner/prompt_1/utils.py"),
    "words": ({**WRITE, "doc_to_target": "a", "filter_list": [{"name": "remove_whitespace", "filter": [{"function": "remove_whitespace"}, FIRST]}],
               "metric_list": [{"metric": "f1", "aggregation": "!function utils.f1", "higher_is_better": True}, {"metric": "ter"}]}, rows(q=QUESTIONS, a=TEXTS[1:] + ["a b"]), "afrobench/afriqa/prompt_1/utils.py"),
    "several_right": ({**WRITE, "doc_to_target": "a", "metric_list": [{"metric": "exact_match", "ignore_case": True}]}, rows(q=QUESTIONS, a=[[t, "x"] for t in TEXTS]), None),
    "number_of_a_choice": ({**WRITE, "doc_to_target": "a", "doc_to_choice": ["A", "B", "so 7"], "metric_list": EXACT}, rows(q=QUESTIONS, a=[0, 1, 2, -1, -3, 0, 1] * 2), None),
    "probabilities": ({**WRITE, "output_type": "multiple_choice", "doc_to_target": "a", "doc_to_choice": ["no", "yes", "may be"], "metric_list": [{"metric": "acc"}, {"metric": "brier_score"}, {"metric": "acc_mutual_info"}]},
                      rows(q=QUESTIONS, a=[0, 1, 2, 1, 2, 0, 1] * 2), None),
    "list_then_text": ({**WRITE, "doc_to_target": "{{a}}", "metric_list": EXACT}, rows(q=QUESTIONS[:2], a=["['A', 'B']", "B"]), "odd"),
    "text_then_list": ({**WRITE, "doc_to_target": "{{a}}", "metric_list": EXACT}, rows(q=QUESTIONS[:2], a=["A", "['B', 'A']"]), "odd"),
    "list_of_numbers": ({**WRITE, "doc_to_target": "a", "metric_list": EXACT}, rows(q=QUESTIONS[:2], a=[[7, 8], [9]]), "odd"),
    "empty_list": ({**WRITE, "doc_to_target": "a", "metric_list": EXACT}, [{"q": "q0", "a": []}, {"q": "q1", "a": ["A"]}], "odd"),
    "beyond_the_choices": ({**WRITE, "doc_to_target": "a", "doc_to_choice": ["A", "B"], "metric_list": EXACT}, rows(q=QUESTIONS[:2], a=[0, 2]), "odd"),
    "text_of_a_choice": ({**WRITE, "doc_to_target": "a", "doc_to_choice": ["A", "B"], "metric_list": EXACT}, rows(q=QUESTIONS[:2], a=["A", "B"]), "odd"),
    "list_for_bleu": ({**WRITE, "doc_to_target": "a", "metric_list": [{"metric": "bleu"}]}, rows(q=QUESTIONS[:2], a=[["A"], ["B"]]), "odd"),
    "lists_of_choices": ({**WRITE, "output_type": "multiple_choice", "doc_to_target": "{{a}}", "doc_to_choice": ["no", "yes"], "metric_list": [{"metric": "acc"}]}, rows(q=QUESTIONS[:2], a=["[0, 1]", "0"]), "odd"),
    "behind_take_first": ({**WRITE, "doc_to_target": "a", "filter_list": [{"name": "x", "filter": [FIRST, {"function": "lowercase"}, FIRST]}], "metric_list": EXACT}, rows(q=QUESTIONS[:2], a=["a", "b"]), "odd"),
    "tags": ({**WRITE, "doc_to_target": "a", "filter_list": [{"name": "x", "filter": [{"function": "regex_pos"}, FIRST]}], "metric_list": EXACT}, rows(q=QUESTIONS[:2], a=["a", "b"]), "odd"),
    "several_lists": ({**WRITE, "doc_to_target": "a", "repeats": 2, "filter_list": [{"name": "x", "filter": [{"function": "lowercase"}]}], "metric_list": EXACT}, rows(q=QUESTIONS[:2], a=["a", "b"]), "odd"),
    "map_without_default": ({**WRITE, "doc_to_target": "a", "filter_list": [{"name": "x", "filter": [{"function": "map", "mapping_dict": {"A": "a"}}, FIRST]}], "metric_list": EXACT}, rows(q=QUESTIONS[:2], a=["a", "b"]), "odd"),
    "brier_of_other_sizes": ({**WRITE, "output_type": "multiple_choice", "doc_to_target": 0, "doc_to_choice": "c", "metric_list": [{"metric": "brier_score"}]}, rows(q=QUESTIONS[:2], c=[["a", "b"], ["a", "b", "c"]]), "odd"),
    "f1_of_plain_texts": ({**WRITE, "doc_to_target": "a", "metric_list": [{"metric": "f1"}]}, rows(q=QUESTIONS[:2], a=["a", "b"]), "odd"),
    "likelihood": ({**WRITE, "output_type": "multiple_choice", "doc_to_target": 0, "doc_to_choice": ["a", "b"], "metric_list": [{"metric": "likelihood"}]}, rows(q=QUESTIONS[:2]), "odd"),
}


def digest(*parts):
    return hashlib.sha256("\0".join(parts).encode()).digest()


class MadeUp(LM):
    tokenizer_name = "made-up"

    def loglikelihood(self, requests, **_):
        found = [digest(*request.args) for request in requests]
        return [(-int.from_bytes(d[:4], "big") / 2**29, d[4] % 2 == 0) for d in found]

    def generate_until(self, requests, **_):
        return [TEXTS[digest(r.args[0], str(i))[0] % len(TEXTS)] for i, r in enumerate(requests)]

    def loglikelihood_rolling(self, requests, **_):
        raise NotImplementedError


def run(name, fields, data, beside):
    with tempfile.TemporaryDirectory() as folder:
        text = yaml.safe_dump({"task": name, **fields}, sort_keys=False, allow_unicode=True)
        for function in ("utils.span_f1_agg", "utils.f1"):
            text = text.replace(f"'!function {function}'", f"!function {function}")
        (pathlib.Path(folder) / "task.yaml").write_text(text, encoding="utf-8")
        module = (TASKS / beside).read_text(encoding="utf-8") if beside and beside != "odd" else None
        if module:
            (pathlib.Path(folder) / "utils.py").write_text(module, encoding="utf-8")
        datasets.load_dataset = lambda *_, **__: datasets.DatasetDict({"test": datasets.Dataset.from_list(data)})
        case = {"name": name, "yaml": text, "rows": data, "module": beside if module else None}
        try:
            manager = TaskManager(include_path=folder, include_defaults=False)
            result = lm_eval.simple_evaluate(MadeUp(), tasks=[name], task_manager=manager, bootstrap_iters=0, log_samples=True)
        except Exception as error:  # noqa: BLE001
            return {**case, "harness": f"stops: {type(error).__name__}: {str(error)[:90]}"}
        samples = {}
        for sample in result["samples"][name]:
            doc = samples.setdefault(sample["doc_id"], {"resps": sample["resps"], "metrics": {}})
            if fields.get("repeats"):
                doc.setdefault("filtered", {})[sample["filter"]] = sample["filtered_resps"]
            for metric in sample["metrics"]:
                value = sample[metric]
                filtered = "" if sample["filter"] == "none" else "," + sample["filter"]
                doc["metrics"][metric + filtered] = [v[0] if isinstance(v, list) and len(v) == 1 else list(v) if hasattr(v, "tolist") else v for v in value] if isinstance(value, (list, tuple)) else float(value)
        scores = {k.replace(",none", ""): v for k, v in result["results"][name].items() if isinstance(v, float) and "stderr" not in k}
        return {**case, "docs": [samples[i] for i in sorted(samples)], "scores": scores}


def main():
    datasets.disable_caching()
    made = {name: run(name, *case) for name, case in CASES.items()}
    odd = [case for name, case in made.items() if CASES[name][2] == "odd"]
    for case in odd:
        if "docs" in case:
            case["harness"] = "gives " + json.dumps([doc["metrics"] for doc in case.pop("docs")], ensure_ascii=False, default=str)[:200]
            del case["scores"]
    golden = {"made_by": f"tools/golden/written_answers.py with lm_eval {lm_eval.__version__}", "exact": [case for case in made.values() if "docs" in case], "odd": odd}
    broken = [case for name, case in made.items() if CASES[name][2] != "odd" and "docs" not in case]
    assert not broken, broken
    OUT.write_text(json.dumps(golden, ensure_ascii=False, indent=1, default=float) + "\n", encoding="utf-8")
    for case in odd:
        print(case["name"], case["harness"])


main()
