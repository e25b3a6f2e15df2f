#!/usr/bin/env python3
"""Which pairs AlpacaEval 0.6.6 makes of doubled and unanswered rows, for AlpacaJudgingTest.

annotate_head2head (alpaca_eval/annotators/pairwise_evaluator.py) joins the two lists by pd.merge on the instruction and
drops equal rows; the judge's calls come behind. Here the same two steps.

    pip install pandas==2.2.3; python tools/golden/alpaca_rows.py
"""
import pandas as pd

BASE = [("a", "1"), ("b", "1"), ("b", "2"), ("lonely", "1")]
OWN = [("b", "x"), ("b", "y"), ("a", " "), ("a", " "), ("strange", "x")]


def frame(rows, generator):
    return pd.DataFrame([{"instruction": i, "output": o, "generator": generator} for i, o in rows])


merged = pd.merge(frame(BASE, "base"), frame(OWN, "own"), on=["instruction"], suffixes=("_1", "_2")).drop_duplicates()
for row in merged.itertuples():
    print(row.instruction, row.output_1, row.output_2.strip())
