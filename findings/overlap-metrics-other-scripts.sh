#!/usr/bin/env bash
# sacrebleu 2.6.0, rouge_score 0.1.2: an answer equal to its reference scores 0.
# A good guess: identical texts have the highest score in any language.
# What happens: BLEU's default tokenizer leaves a Chinese sentence one word, of which there are no 2- to 4-grams: 0.0 (59 to 100 with
# tokenize="zh"); an English answer of two words scores 0.0 too. rouge_score's tokenizer keeps a-z and 0-9 alone: an identical
# Hindi sentence has ROUGE 0, "été" equals "t", "-3" equals "3", "C++" equals "C". No warning is an error; scores look like bad answers.
# Seen on 2026-11-30 with Python 3.11:
#   sacrebleu 2.6.0 rouge_score 0.1.2
#   BLEU of an identical Chinese sentence: 0.0
#   with its own tokenizer: 100.0
#   BLEU of an identical answer of two words: 0.0
#   ROUGE-1 of an identical Hindi sentence: 0.0
#   été and t, -3 and 3, C++ and C: [1.0, 1.0, 1.0]
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check sacrebleu==2.6.0 rouge-score==0.1.2
cd "$work"
"$work/venv/bin/python" - <<'PY'
import logging
from importlib.metadata import version

from rouge_score import rouge_scorer
from sacrebleu.metrics import BLEU

logging.disable(logging.CRITICAL)
print("sacrebleu", version("sacrebleu"), "rouge_score", version("rouge-score"))
def same(what, seen, expected):
    print(f"{what}: {seen}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected}")


def bleu(text, **options):
    return round(BLEU(**options).corpus_score([text], [[text]]).score, 1)


same("BLEU of an identical Chinese sentence", bleu("我喜欢猫"), 0.0)
same("with its own tokenizer", bleu("我喜欢猫", tokenize="zh"), 100.0)
same("BLEU of an identical answer of two words", bleu("the cat"), 0.0)
rouge = rouge_scorer.RougeScorer(["rouge1"])


def rouge1(reference, answer):
    return rouge.score(reference, answer)["rouge1"].fmeasure


same("ROUGE-1 of an identical Hindi sentence", rouge1("यह सही उत्तर है", "यह सही उत्तर है"), 0.0)
same("été and t, -3 and 3, C++ and C", [rouge1(*p) for p in (("été", "t"), ("-3", "3"), ("C++", "C"))], [1.0] * 3)
PY
