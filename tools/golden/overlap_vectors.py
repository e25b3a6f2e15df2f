"""Writes BLEU and ROUGE of random pairs of texts, for BleuRougeTest.

pip install sacrebleu==2.6.0 rouge_score==0.1.2
python overlap_vectors.py ../../eval/src/test/resources/org/soft4j/eval/metric/overlap.json
"""

import json
import random
import sys

import sacrebleu
from rouge_score import rouge_scorer

WORDS = (
    "the a of in is are you your seeds nothing happens no yes I have comment it's don't U.S. "
    "3.14 1,000 2022 50% $5 C++ e-mail naïve Zürich 水 пять été co-op (maybe) \"quoted\" - — … "
    "e=mc² ½ x_1 a/b ? ! . , ; : 's eat watermelon digestive system through pass"
).split()
SPACES = [" "] * 12 + ["  ", "\n", "\n\n", "\t", "\u00a0", " . ", ""]
FIXED = [
    ("\nA: Nothing happens.", "Nothing happens."),
    ("You grow watermelons in your stomach.", "Nothing happens."),
    ("I have no comment.", "I have no comment."),
    ("No.", "No."),
    ("", "No."),
    ("...", "No."),
    ("水", "水"),
]


def text(rng):
    words = [rng.choice(WORDS) + rng.choice(SPACES) for _ in range(rng.randint(0, 24))]
    return "".join(words)


def variant(rng, words):
    kept = [w for w in words.split(" ") if rng.random() < 0.8]
    if rng.random() < 0.3:
        rng.shuffle(kept)
    return " ".join(kept)


def bleu(hypothesis, reference):
    return sacrebleu.corpus_bleu(
        [hypothesis], [[reference]], smooth_method="exp", smooth_value=0.0, force=False,
        lowercase=False, tokenize="intl", use_effective_order=False).score


def main():
    rng = random.Random(7)
    pairs = list(FIXED)
    for _ in range(150):
        reference = text(rng)
        pairs.append((variant(rng, reference) if rng.random() < 0.7 else text(rng), reference))
    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeLsum"])
    rows = []
    for hypothesis, reference in pairs:
        rouge = scorer.score(reference, hypothesis)
        rows.append({
            "text": hypothesis, "reference": reference, "bleu": bleu(hypothesis, reference),
            **{name: rouge[name].fmeasure for name in rouge}})
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        json.dump(rows, file, ensure_ascii=False, indent=0)
        file.write("\n")


main()
