#!/usr/bin/env python3
"""Expected prompts and scores of task files that name Python functions: what lm-evaluation-harness 0.4.13 makes of its own files
and functions on rows that are made up here. The model is made up too, as in yaml_tasks.py.

    python tools/golden/task_functions.py     writes the harness's files, data/ and golden.json into the tests' folder
"""
import hashlib
import json
import os
import pathlib
import random
import shutil
import sys

os.environ["HF_DATASETS_OFFLINE"] = "1"
os.environ["HF_HUB_OFFLINE"] = "1"
import datasets
import lm_eval
from lm_eval.api.model import LM
from lm_eval.tasks import TaskManager

HERE = pathlib.Path(__file__).parents[2] / "eval/src/test/resources/org/soft4j/eval/yaml/functions"
DATA = HERE / "data"
TASKS = pathlib.Path(lm_eval.__file__).parent / "tasks"
rng = random.Random(18)
WORDS = ["the", "A", "an", "cat", "Dog's", "12", "3.50", "nan", "-7", "$5", "1,000", "ice-cream", "ünïcode", "\u00a0", "yes.", "(A)", "it\u2019s", "1e3", "inf", "\u0663", "x\ty"]


def words(n):
    return " ".join(rng.choice(WORDS) for _ in range(n))


def hellaswag(i):
    marks = ["[header] How to {} [title] Get {} [step] Now.", "  {}  [substeps] {}  ", "{} [ odd\nbracket ] {}"]
    return {"ind": i, "activity_label": rng.choice(["Cutting wood", "\u00c9clair", " a [b] "]), "ctx_a": rng.choice(marks).format(words(2), words(3)),
            "ctx_b": rng.choice(["the MAN runs", "\u00dfTEST Now", "", "\u01c6x", "\ufb01Ne", "\u03a3\u03a3 \u039f\u03a3"]), "ctx": "", "endings": [rng.choice(marks).format(words(1), words(2)) for _ in range(4)],
            "label": str(i % 4)}


def winogrande(i):
    return {"sentence": f"{words(3)} because _ {words(2)} _ end. ", "option1": words(1), "option2": words(2), "answer": str(1 + i % 2)}


def race(i):
    problems = [{"question": rng.choice(["What is  _  .", f"Who is {words(1)}?", "It's \"it\" \\ _"]), "answer": "ABCD"[(i + k) % 4], "options": [words(k + 1) + " é\n'" for _ in range(4)]} for k in range(3)]
    return {"article": words(12) + " {{braces}}", "problems": repr(problems)}


def professional(i):
    return {"question_id": i, "question": words(5), "options": [rng.choice([" {} ", "{}\n"]).format(words(2)) for _ in range(rng.choice([3, 10, 12]))], "answer": "ABC"[i % 3],
            "answer_index": i % 3, "cot_content": f"A: Let's think step by step. {words(4)} The answer is ({'ABC'[i % 3]}).", "category": rng.choice(["math", "law", "math", "computer science"]), "src": "x"}


def plus(i):
    return {**professional(i), "options": [words(1) for _ in range(12)]}


def prox(i):
    row = professional(i)
    return {**row, "cot_content": "A: Lass uns Schritt f\u00fcr Schritt nachdenken. " + words(2), **{f"option_{k}": None if k > 4 + i % 5 else words(1) for k in range(10)}}


def drop(i):
    def answer(k):
        number, spans = rng.choice([("12", []), ("", [words(1), words(2)]), ("", ["the cat"]), ("", []), ("3.50", [])])
        return {"number": number, "date": {"day": rng.choice(["", "7"]), "month": rng.choice(["", "May"]), "year": rng.choice(["", "1998"])}, "spans": spans}
    several = [answer(k) for k in range(rng.choice([0, 1, 3]))]
    keys = ("number", "date", "spans")
    return {"section_id": "s", "query_id": f"0{i}", "passage": words(6), "question": words(4) + "?", "answer": {**answer(0), "worker_id": "", "hit_id": ""},
            "validated_answers": {k: [a[k] for a in several] for k in keys}}


def truthful(i):
    return {"type": "x", "category": "y", "question": f"  {words(4)}?  ", "best_answer": "z", "correct_answers": [words(3) + rng.choice([".", "", " . ", "  "]) for _ in range(3)] + rng.choice([[], ["I have no comment"], [" "]]),
            "incorrect_answers": [words(3) for _ in range(2)], "source": "s"}


def truthful_choice(i):
    n = rng.choice([2, 5, 11])
    return {"question": words(4), "mc1_targets": {"choices": ["a", "b"], "labels": [1, 0]}, "mc2_targets": {"choices": [f"{words(2)} {k}" for k in range(n)], "labels": [1] + [rng.choice([0, 1]) for _ in range(n - 1)]}}


def dates(i):
    options = rng.sample(["05/01/2021", "02/23/2021", "the cat sat", "the cat", "It's \"odd\".", "a+b (c)"], 4)
    return {"input": f"{words(4)}?\nOptions:\n" + "\n".join(f"({'ABCD'[k]}) {o}" for k, o in enumerate(options)), "target": f"({'ABCD'[i % 4]})"}


def no_options(i):
    return {"input": words(4), "target": "(A)"}


def sorting(i):
    listed = rng.sample(["syndrome", "therefrom", "don't", "ünder", "ice-cream", "a"], 4)
    return {"input": "Sort the following words alphabetically: List: " + " ".join(listed), "target": " ".join(sorted(listed))}


def valid(i):
    return {"input": words(6), "target": rng.choice(["valid", "invalid", "yes", "no", "Yes", "No"])}


def completion(i):
    return {"doc_id": str(i), "key": "k", "text": f"  {words(6)} ", "value": rng.choice([" The Cat ", "12.0", "it\u2019s", "VALID", "(a)", "\u1e9e", "7 may"])}


def counting(i):
    return {"input": f"I have {words(2)}. How many?", "target": rng.choice(["12", "7", "23", "1998", "3"])}


def mmlu(column, prefix=""):
    def make(i):
        return {"question": words(3) + " ", "Question": words(3), **{f"option_{c}": words(1) for c in "abcd"}, **{c: words(1) for c in "ABCD"}, "choices": [words(1) for _ in range(4)], "answer": "ABCD"[i % 4], "Answer": "ABCD"[i % 4],
                column: prefix + ["anatomy", "virology", "Business & Commerce", "Medical", "anatomy_test.csv_sw-KE.csv"][i % 5]}
    return make


# name -> folder of the harness, its files, how a row is made, folder of the rows, splits, numbers of examples
RUNS = {
    "hellaswag": ("hellaswag", "hellaswag.yaml utils.py", hellaswag, "Rowan__hellaswag", "train validation", [None, 2]),
    "winogrande": ("winogrande", "default.yaml preprocess_winogrande.py", winogrande, "allenai__winogrande/winogrande_xl", "train validation", [None, 1]),
    "race": ("race", "race.yaml preprocess_race.py", race, "EleutherAI__race/high", "test", [None, 1]),
    "mmlu_pro_math": ("mmlu_pro", "_default_template_yaml mmlu_pro_math.yaml utils.py", professional, "TIGER-Lab__MMLU-Pro", "validation test", [1, 0]),
    "mmlu_pro_plus_law": ("mmlu-pro-plus", "_default_template_yaml mmlu_pro_plus_law.yaml utils.py", plus, "saeidasgari__mmlu-pro-plus", "validation test", [1]),
    "mmlu_prox_de_law": ("mmlu_prox", "lang_libs.py de/_de_template_yaml de/mmlu_prox_de_law.yaml de/utils.py", prox, "li-lab__MMLU-ProX/de", "validation test", [1]),
    "drop": ("drop", "default.yaml utils.py", drop, "EleutherAI__drop", "train validation", [None]),
    "truthfulqa_gen": ("truthfulqa", "truthfulqa_gen.yaml utils.py", truthful, "truthfulqa__truthful_qa/generation", "validation", [None]),
    "truthfulqa_mc2": ("truthfulqa", "truthfulqa_mc1.yaml truthfulqa_mc2.yaml utils.py", truthful_choice, "truthfulqa__truthful_qa/multiple_choice", "validation", [None]),
    "bbh_zeroshot_date_understanding": ("bbh/zeroshot", "_zeroshot_template_yaml date_understanding.yaml utils.py", dates, "SaylorTwift__bbh/date_understanding", "test", [None]),
    "bbh_zeroshot_snarks": ("bbh/zeroshot", "_zeroshot_template_yaml snarks.yaml utils.py", no_options, "SaylorTwift__bbh/snarks", "test", [None]),
    "bbh_zeroshot_word_sorting": ("bbh/zeroshot", "_zeroshot_template_yaml word_sorting.yaml utils.py", sorting, "SaylorTwift__bbh/word_sorting", "test", [None]),
    "bbh_zeroshot_sports_understanding": ("bbh/zeroshot", "_zeroshot_template_yaml sports_understanding.yaml utils.py", valid, "SaylorTwift__bbh/sports_understanding", "test", [None]),
    "fda": ("fda", "fda.yaml task.py", completion, "hazyresearch__based-fda/default", "validation", [None]),
    "swde": ("swde", "swde.yaml task.py", completion, "hazyresearch__based-swde-v2/default", "validation", [None]),
    "squad_completion": ("squad_completion", "squad_completion.yaml task.py", completion, "hazyresearch__based-squad/default", "validation", [None]),
    "bbh_zeroshot_object_counting": ("bbh/zeroshot", "_zeroshot_template_yaml object_counting.yaml utils.py", counting, "SaylorTwift__bbh/object_counting", "test", [None]),
    "global_mmlu_full_pl_anatomy": ("global_mmlu", "full/pl/_pl_template_yaml full/pl/global_mmlu_full_pl_anatomy.yaml full/pl/utils.py", mmlu("subject"), "CohereForAI__Global-MMLU/pl", "dev test", [None, 1]),
}


# Modules whose functions tools/golden/written_answers.py calls.
ALONE = ["afrobench/afriqa/prompt_1/utils.py", "afrobench/masakhaner/prompt_1/utils.py"]


def written(context, doc):
    """An answer that is sometimes right, in words that filters must see through."""
    pick = hashlib.sha256(context.encode()).digest()
    texts = ["So the answer is (A).", "the answer is B", "\nA: " + words_of(doc), words_of(doc).upper(), "Answer: (B) or (A)", ": C", "valid", "Yes, it is", "no", "The cat sat on 12 and 3.50 dogs",
             "there are Twenty-three cats", "one hundred and five, or two thousand  and thirty four", "eighteen hundred", "seven", "the cat", "12.0", "05/01/2021", "syndrome, don't, a; syndrome ünder ice-cream", "", "7 May 1998", "it's odd", "a cat cat"]
    return texts[pick[0] % len(texts)]


def words_of(doc):
    for key in ("correct_answers", "answers", "endings"):
        if key in doc and doc[key]:
            one = doc[key][0]
            return " ".join(one) if isinstance(one, (list, tuple)) else one
    return doc.get("target", doc.get("question", "")) or ""


class MadeUp(LM):
    """Answers from digests, as the test's model does."""

    tokenizer_name = "made-up"

    def loglikelihood(self, requests, **_):
        out = []
        for request in requests:
            context, continuation = request.args
            digest = hashlib.sha256((context + "\0" + continuation).encode()).digest()
            out.append((-int.from_bytes(digest[:4], "big") / 2**27, digest[4] % 2 == 0))
        return out

    def generate_until(self, requests, **_):
        return [written(r.args[0], r.doc) for r in requests]

    def loglikelihood_rolling(self, requests, **_):
        raise NotImplementedError


def write_rows():
    shutil.rmtree(HERE, ignore_errors=True)
    for module in ALONE:
        (HERE / module).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(TASKS / module, HERE / module)
    for source, files, make, rows, splits, _ in RUNS.values():
        for file in files.split():
            target = HERE / source / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(TASKS / source / file, target)
        for split in splits.split():
            path = DATA / rows / f"{split}.jsonl"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(json.dumps(make(i), ensure_ascii=False) + "\n" for i in range(12)), encoding="utf-8")


def local(path, name=None, **_):
    folder = DATA / path.replace("/", "__") / (name or "")
    return datasets.DatasetDict({f.stem: datasets.Dataset.from_json(str(f)) for f in sorted(folder.glob("*.jsonl"))})


def run(name, shots):
    manager = TaskManager(include_path=str(HERE), include_defaults=False)
    result = lm_eval.simple_evaluate(MadeUp(), tasks=[name], num_fewshot=shots, task_manager=manager, bootstrap_iters=0, log_samples=True)
    docs = {}
    for sample in result["samples"][name]:
        doc = docs.setdefault(sample["doc_id"], {"requests": [], "metrics": {}})
        filtered = "" if sample["filter"] == "none" else "," + sample["filter"]
        doc["requests"] = [list(a) for a in sample["arguments"]]
        if isinstance(sample["arguments"][0][1], dict):
            doc["written"] = sample["resps"][0][0]
        for metric in sample["metrics"]:
            doc["metrics"][metric + filtered] = float(sample[metric])
    return {"task": name, "file": RUNS[name][0], "shots": shots, "docs": [docs[i] for i in sorted(docs)]}


def main():
    write_rows()
    datasets.load_dataset = local
    datasets.disable_caching()
    runs = [run(name, shots) for name, spec in RUNS.items() for shots in spec[5]]
    golden = {"made_by": f"tools/golden/task_functions.py with lm_eval {lm_eval.__version__}", "runs": runs}
    (HERE / "golden.json").write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (HERE / "NOTICE.md").write_text("Task files and Python modules of lm-evaluation-harness 0.4.13, unchanged, under the MIT licence;\n"
                                    "rows and golden.json are made up by tools/golden/task_functions.py.\n", encoding="utf-8")
    print(len(runs), "runs", file=sys.stderr)


main()
