#!/usr/bin/env python3
"""Expected prompts and scores of the YAML tasks' tests: what lm-evaluation-harness 0.4.13 makes of the same files and rows.

The rows are made up here. The model is a made-up one as well, so that the test can answer alike: a log-probability
drawn from the digest of the two texts, and an answer that is written down beside its context.

    python tools/golden/yaml_tasks.py        writes data/ and golden.json beside the task files
"""
import hashlib
import json
import os
import pathlib
import sys

os.environ["HF_DATASETS_OFFLINE"] = "1"
os.environ["HF_HUB_OFFLINE"] = "1"
import datasets
import lm_eval
from lm_eval.api.model import LM
from lm_eval.tasks import TaskManager
from lm_eval.utils import apply_template, sanitize_list

HERE = pathlib.Path(__file__).parents[2] / "eval/src/test/resources/org/soft4j/eval/yaml/harness"
DATA = HERE / "data"

# What may be written around a right answer.
FORMS = ["{}", "The answer is {}.", " It is ${}.00 or -8", "#### {}", "an {}!", "\u00a0{} \n", "no idea", "", "{} - {}", "#### 7\n#### {}"]

LETTERS = ["A", "B", "C", "D", "E"]
FACTS = [
    ("Which animal lays eggs?", ["a hen", "a horse", "a whale", "it's a cat"], 0),
    ("What do plants take from the air?", ["gold", "carbon dioxide", "salt", "\u201csteam\u201d"], 1),
    ("What is warmer: day or night", ["night", "neither", "day", "both, at \u00e9qual rates"], 2),
    ("Which of these is a solid?", ["milk", "air", "fog", "a brick, e.g. \"red\""], 3),
    ("What pulls a stone down {{braces}}?", ["gravity", "wind", "light", "sound\nwaves"], 0),
    ("\u65e5\u672c is in which continent?", ["Europe", "Asia", "Africa", "America"], 1),
    ("Where do fish live?", ["in trees", "in the sky", "in water", "in sand"], 2),
    ("Which is the largest?", ["an ant", "a dog", "a cow", "an elephant"], 3),
    ("How many legs has a spider?", ["eight", "six", "four", "two"], 0),
    ("What is frozen water?", ["steam", "ice", "rain", "dew"], 1),
]


def arc(fact, i):
    question, choices, right = fact
    labels = LETTERS if i % 3 else ["1", "2", "3", "4"]
    return {"id": f"q{i}", "question": question, "choices": {"text": choices, "label": labels[:4]}, "answerKey": labels[right]}


def openbook(fact, i):
    row = arc(fact, 1)
    return {"id": f"q{i}", "question_stem": row["question"], "choices": row["choices"], "answerKey": " " + row["answerKey"]}


def sciq(fact, i):
    question, choices, right = fact
    wrong = [c for j, c in enumerate(choices) if j != right]
    return {"question": question, "distractor1": wrong[0], "distractor2": wrong[1], "distractor3": wrong[2],
            "correct_answer": choices[right], "support": "" if i == 2 else f"  Notes, part {i}.\nMore of it."}


def piqa(fact, i):
    question, choices, right = fact
    return {"goal": question, "sol1": choices[0], "sol2": choices[1], "label": i % 2}


def boolq(fact, i):
    return {"passage": f"Passage {i}: {fact[1][0]} & {fact[1][1]}.", "question": fact[0].rstrip("?").lower(), "idx": i, "label": i % 2}


def commonsense(fact, i):
    question, choices, right = fact
    return {"question": f" {question} ", "choices": {"label": LETTERS, "text": choices + ["nothing"]}, "answerKey": LETTERS[right]}


def rte(fact, i):
    return {"sentence1": fact[0], "sentence2": fact[1][fact[2]], "idx": i, "label": (i + 1) % 2}


def mmlu(fact, i):
    return {"question": fact[0] + "\n", "subject": "anatomy", "choices": fact[1], "answer": fact[2]}


def gsm(fact, i):
    return {"question": f"{fact[0]} Add {i} and {2 * i}.", "answer": f"{i} + {2 * i} = <<{i}+{2 * i}={3 * i}>>{3 * i}\n#### {[12, '1,234', -8, 42][i % 4]}"}


def trivia(fact, i):
    names = [["Paris", "City of Light"], ["Blue whale", "the blue whale."], ["Orchid"], ["Nobody", "\u00c9mile 'Z' \"Q\""]][i % 4]
    return {"question": fact[0].rstrip("?"), "answer": {"value": names[0], "aliases": names}}


def nq(fact, i):
    return {"question": fact[0].rstrip("?").lower(), "answer": [["Paris"], ["the blue whale", "it's a whale"], ["an orchid"], ["12", "twelve"]][i % 4]}


# name -> how a row is made, folder, splits, and the numbers of examples to ask for (None: what the file says)
TASKS = {
    "arc_easy": (arc, "allenai__ai2_arc/ARC-Easy", "train test", [None, 2]),
    "arc_challenge": (arc, "allenai__ai2_arc/ARC-Challenge", "train test", [None, 3]),
    "openbookqa": (openbook, "allenai__openbookqa/main", "train test", [None]),
    "sciq": (sciq, "allenai__sciq", "train test", [None, 1]),
    "piqa": (piqa, "baber__piqa", "train validation", [None, 2]),
    "boolq": (boolq, "aps__super_glue/boolq", "train validation", [None, 2]),
    "commonsense_qa": (commonsense, "tau__commonsense_qa", "train validation", [None, 1]),
    "rte": (rte, "nyu-mll__glue/rte", "train validation", [None]),
    "mmlu_anatomy": (mmlu, "cais__mmlu/anatomy", "dev test", [None, 3]),
    "gsm8k": (gsm, "openai__gsm8k/main", "train test", [None, 0]),
    "gsm8k_cot": (gsm, "openai__gsm8k/main", "train test", [None, 2]),
    "triviaqa": (trivia, "mandarjoshi__trivia_qa/rc.nocontext", "train validation", [None, 2]),
    "nq_open": (nq, "google-research-datasets__nq_open", "train validation", [None, 1]),
}

# Templates on their own: what Jinja2 makes of them, with strict names.
ROW = {"s": "it's \"x\" {{n}} <b>\n", "n": 3, "f": 1e-7, "g": 0.5, "big": 12345678901234567890.0, "t": True, "z": None,
       "l": ["a", "b'c", "d"], "m": {"k": [1, None], "q": 2.0}, "e": ""}
TEMPLATES = [
    "{{s}}", "{{n}} {{f}} {{g}} {{big}} {{t}} {{z}}", "{{l}} {{m}} {{[s, n, z]}}", "{{s.strip()}}|{{s.split(' ')[0]}}",
    "{% if t %}yes{% else %}no{% endif %} {% if z %}x{% else %}y{% endif %}{% if e %}x{% else %}y{% endif %}",
    "{% for x in l %}{{loop.index}}. {{x}}\n{% endfor %}", "{{l[:-1]|join(', ')}} {{l[-1]}} {{l|length}}", "end\n", "\n{{n}}\n\n",
    "{{l.index('d')}} {{m.k[0]}} {{m['q']}}", "{{n + 1}} {{n * 2}} {{n - 1}} {{7 // 2}} {{7 % 4}}", "{{'a' if n == 3 else 'b'}}{{'q' ~ n}}",
    "{{['A','B','C','D'][n]}}", "{{q if q is defined else l[0]}}", "{{s|upper|trim}} {{l|first}} {{l|last}} {{s|replace('x','y')}}",
    "{%- if n > 2 -%} tight {%- endif -%} x", "{# a note #}x", "{{ 'B' in l }} {{ 'd' in l }} {{ not t }}", "{{l|map('upper')|join('/')}}",
    "{% set w = l|length %}{{w}}", "{{s|string|length}} {{'7'|int}} {{n|string}}", "{{l|join(' ')|capitalize}}", "{{ l[1:] }}",
]


def written(context, answer):
    """An answer that is sometimes right, in words that filters must see through."""
    pick = hashlib.sha256(context.encode()).digest()[0]
    names = answer["aliases"] if isinstance(answer, dict) else answer if isinstance(answer, list) else [answer.split("#### ")[-1]]
    name = names[pick % len(names)]
    return FORMS[pick % len(FORMS)].replace("{}", name.upper() if pick % 3 == 0 else name)


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
        return [written(r.args[0], r.doc["answer"]) for r in requests]

    def loglikelihood_rolling(self, requests, **_):
        raise NotImplementedError


def write_rows():
    for make, folder, splits, _ in TASKS.values():
        for split in splits.split():
            path = DATA / folder / f"{split}.jsonl"
            path.parent.mkdir(parents=True, exist_ok=True)
            chosen = FACTS[:6] if split in ("test", "validation") else FACTS[4:] + FACTS[:2]
            path.write_text("".join(json.dumps(make(f, i), ensure_ascii=False) + "\n" for i, f in enumerate(chosen)), encoding="utf-8")


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
        doc["digests"] = [sample["doc_hash"], sample["prompt_hash"], sample["target_hash"]]
        doc["requests"] = [list(a) for a in sample["arguments"]]
        if isinstance(sample["arguments"][0][1], dict):
            doc["written"] = sample["resps"][0][0]
            doc.setdefault("filtered", {})[sample["filter"]] = sanitize_list(sample["filtered_resps"])
        for metric in sample["metrics"]:
            doc["metrics"][metric + filtered] = float(sample[metric])
    means = {k.replace(",none", ""): v for k, v in result["results"][name].items()
             if isinstance(v, float) and "stderr" not in k}
    return {"task": name, "shots": shots, "version": str(result["versions"][name]), "means": means, "docs": [docs[i] for i in sorted(docs)],
            "sample_len": result["results"][name]["sample_len"]}


def main():
    write_rows()
    datasets.load_dataset = local
    runs = [run(name, shots) for name, (_, _, _, many) in TASKS.items() for shots in many]
    templates = [{"template": t, "text": apply_template(t, ROW)} for t in TEMPLATES]
    golden = {"made_by": f"tools/golden/yaml_tasks.py with lm_eval {lm_eval.__version__}", "row": ROW, "templates": templates, "runs": runs}
    (HERE / "golden.json").write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(len(runs), "runs", file=sys.stderr)


main()
