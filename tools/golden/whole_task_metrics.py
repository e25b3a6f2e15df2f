#!/usr/bin/env python3
"""Expected values of metrics over whole tasks: lm-evaluation-harness 0.4.13's own functions, with its bootstrap errors.

    DISABLE_MULTIPROC=1 python tools/golden/whole_task_metrics.py     writes whole_task.json beside the test

Pinned: lm_eval 0.4.13, sacrebleu 2.6.0, scikit-learn 1.9 or what lm_eval brings. Texts are made up here.
"""
import json
import os
import pathlib
import random

os.environ["DISABLE_MULTIPROC"] = "1"
import lm_eval
from lm_eval.api import metrics
from lm_eval.filters.extraction import MultiChoiceRegexFilter
from lm_eval.tasks.afrobench.afriqa.prompt_1 import utils as afriqa
from lm_eval.tasks.afrobench.masakhaner.prompt_1 import utils as masakhaner
from lm_eval.utils import get_rolling_token_windows, make_disjoint_window, softmax, weighted_f1_score
from sklearn.metrics import f1_score

OUT = pathlib.Path(__file__).parents[2] / "eval/src/test/resources/org/soft4j/eval/metric/whole_task.json"
WORDS = "the a cat dog sat on mat, ran. over 3.5 1,000 well-known it's \"said\" (so) &amp; -\n naïve 日本 नमस्ते ! ? x \u00a0 end".split(" ")


def texts(draw, count):
    pairs = []
    for i in range(count):
        right = " ".join(draw.choice(WORDS) for _ in range(draw.randrange(0 if i == 3 else 1, 14)))
        words = [w if draw.random() < 0.7 else draw.choice(WORDS) for w in right.split(" ")]
        pairs.append([right, " ".join(words) if i % 4 else right.upper() if i % 3 else ""])
    return pairs


def case(name, function, items, replicates):
    error = metrics.bootstrap_stderr(function, items, replicates) if replicates else None
    return {"aggregate": name, "items": items, "value": float(function(items)), "error": None if error is None else float(error)}


def shuffled(draw, count):
    """Texts whose words were moved about, so that shifts are worth it; some long, some empty."""
    pairs = []
    for i in range(count):
        right = [draw.choice(WORDS) for _ in range(draw.choice([0, 1, 5, 9, 14, 30, 90]))]
        words = list(right)
        for _ in range(draw.randrange(4)):
            if words:
                at, size, to = draw.randrange(len(words)), draw.randrange(1, 12), draw.randrange(len(words) + 1)
                moved = words[at:at + size]
                words = words[:at] + words[at + size:]
                words = words[:to] + moved + words[to:]
        words = [w if draw.random() < 0.9 else draw.choice(WORDS) for w in words if draw.random() < 0.95]
        pairs.append([" ".join(right), "" if i == 5 else " ".join(words * (3 if i % 17 == 0 else 1))])
    return pairs


SPANS = ["per: Ada Lovelace", "LOC: the London", "date: 7 May, 1998", "org: A. B. (C)", "per : x", "loc: k#n•y\\a", "none", "per: a $ b: c: d", "", "PER: an\u0301   ada\t x", "loc:  tab\there"]


def spans(draw, count):
    make = lambda: draw.choice([" $$ ", " $ ", "$", ". ", ", "]).join(draw.choice(SPANS) for _ in range(draw.randrange(5)))
    return [[(right := make()), right if draw.random() < 0.3 else make()] for _ in range(count)]


def probabilities(draw, count):
    return [[draw.randrange(4), [float(p) for p in softmax([-9 * draw.random() for _ in range(4)])]] for _ in range(count)]


def macro(items):
    golds, chosen = zip(*items)
    return f1_score(golds, chosen, average="macro")


def micro(items):
    golds, chosen = zip(*items)
    return f1_score(golds, chosen, average="micro")


def pooled():
    values, errors, sizes = [0.5, 0.25, 0.75], [0.05, 0.1, 0.02], [100, 16, 300]
    return {"values": values, "errors": errors, "sizes": sizes,
            "by_size": [metrics.aggregate_subtask_metrics(values, sizes, True), float(metrics.pooled_sample_stderr(errors, sizes))],
            "alike": [metrics.aggregate_subtask_metrics(values, sizes, False), float(metrics.unweighted_mean_stderr(errors))]}


def windows():
    cases = []
    for tokens in (0, 1, 4, 5, 6, 9, 10, 11, 23):
        found = list(map(make_disjoint_window, get_rolling_token_windows(list(range(1, tokens + 1)), 0, 5, 1)))
        cases.append({"tokens": tokens, "longest": 5, "windows": [[context + scored[:-1], scored] for context, scored in found]})
    return cases


def choices():
    docs = [{"choices": ["Guilty", "Guilty of Romance", "no, never", "It's (so)"]}, {"choices": ["3.5", "35", "", "x y"]}]
    answers = ["The answer is (B).", "I say guilty of romance!", "clearly: C", "Answer:  D", "it is No Never", "(A) or (C)", "nothing", "", "35", ": x",
               "GUILTY", "the answer is (D) (B)"]
    settings = [{"regex_pattern": r"(\([A-Z]\))", "group_select": 0, "ignore_case": True, "ignore_punctuation": True},
                {"regex_pattern": r"(\([A-Z]\))", "group_select": -1},
                {"regex_pattern": r"answer is (\(A\))|never (\(B\))", "ignore_case": True, "regexes_to_ignore": [" ", "!"]}]
    cases = []
    for setting in settings:
        for doc in docs:
            taken = MultiChoiceRegexFilter(**setting).apply([answers], [doc])[0]
            cases.append({"setting": setting, "choices": doc["choices"], "answers": answers, "taken": [t if t else "" for t in taken]})
    return cases


def main():
    draw = random.Random(7)
    two = [[draw.randrange(2), draw.randrange(2)] for _ in range(40)]
    three = [[draw.randrange(3), draw.choice([0, 0, 1, 2])] for _ in range(37)]
    logs = [[-draw.random() * 5] for _ in range(25)]
    lengths = [[-draw.random() * 50, draw.randrange(1, 40)] for _ in range(12)]
    pairs = texts(draw, 20)
    cases = [
        case("f1", metrics.f1_score, two, 2000),
        case("f1", metrics.f1_score, [[0, 0], [0, 0], [0, 1]], 0),
        case("matthews_corrcoef", metrics.matthews_corrcoef, two, 2000),
        case("matthews_corrcoef", metrics.matthews_corrcoef, three, 0),
        case("matthews_corrcoef", metrics.matthews_corrcoef, [[1, 0], [0, 0]], 0),
        case("weighted_f1", weighted_f1_score, three, 0),
        case("macro_f1", macro, three, 0),
        case("macro_f1", macro, [[0, 2], [2, 2]], 0),
        case("micro_f1", micro, three, 0),
        case("perplexity", lambda items: metrics.perplexity([i[0] for i in items]), logs, 2000),
        case("weighted_perplexity", metrics.weighted_perplexity, lengths, 0),
        case("bits_per_byte", metrics.bits_per_byte, lengths, 0),
        case("bleu", metrics.bleu, pairs, 100),
        case("bleu", metrics.bleu, [["a b c d e", "a b c d e"], ["x", "y"]], 100),
        case("bleu", metrics.bleu, [["a b", "c d"]], 0),
        case("chrf", metrics.chrf, pairs, 100),
        case("chrf", metrics.chrf, [["", "abc"], ["abc", ""]], 0),
        case("chrf++", metrics.chrfpp, pairs, 100),
        case("ter", metrics.ter, pairs, 100),
        case("ter", metrics.ter, [["", "abc"], ["", ""]], 0),
        case("ter", metrics.ter, [["", ""]], 0),
        *(case("ter", metrics.ter, [pair], 0) for pair in shuffled(random.Random(11), 60)),
        case("word_f1", afriqa.f1, pairs, 0),
        case("word_f1", afriqa.f1, [["the cat a\u0301n", "A cat, a\u0301n!"], ["the", "a"], ["x x y", "x y y"]], 0),
        case("span_f1", masakhaner.span_f1_agg, spans(random.Random(5), 40), 0),
        *(case("span_f1", masakhaner.span_f1_agg, [pair], 0) for pair in spans(random.Random(6), 25)),
        case("brier_score", metrics.brier_score, probabilities(random.Random(3), 12), 0),
    ]
    golden = {"made_by": f"tools/golden/whole_task_metrics.py with lm_eval {lm_eval.__version__}", "cases": cases, "group": pooled(),
              "windows": windows(), "choices": choices()}
    OUT.write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


main()
