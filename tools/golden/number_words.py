#!/usr/bin/env python3
"""What bbh's NumberParseRegexFilter of lm-evaluation-harness 0.4.13 takes from answers; null where word2number 1.1 stops it.

    python tools/golden/number_words.py > eval/src/test/resources/org/soft4j/eval/yaml/numbers.json
"""
import json
import random

from lm_eval.tasks.bbh.zeroshot.utils import NumberParseRegexFilter

WORDS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen eighteen nineteen twenty thirty forty fifty ninety eighty hundred thousand million billion trillion and & , - x fourty".split()
CHOSEN = ["I have 7 or -12", "Twenty-three cats", "six", "seven hundred", "eight", "eighteen hundred", "one hundred and five", "two thousand  and\tthirty four", "one,two", "nothing", "", "five\nsix ten",
          "thousand", "thousand five", "one thousand two thousand", "million billion", "one million two hundred thousand and one", "twentythree", "a trillion", "ten-four", "FIVE and"]
draw = random.Random(4)
texts = CHOSEN + [draw.choice(["", "so ", "It is "]) + draw.choice([" ", " ", "-"]).join(draw.choice(WORDS) for _ in range(draw.randint(1, 7))) for _ in range(400)]
made = NumberParseRegexFilter(regex_pattern=r"([-0-9]+)", group_select=-1)
cases = []
for text in texts:
    text = text.replace(" - ", " ") if draw.random() < 0.8 else text
    try:
        cases.append([text, made.apply([[text]], [{}])[0][0]])
    except Exception:
        cases.append([text, None])
print("[")
print(",\n".join(json.dumps(case, ensure_ascii=False) for case in cases))
print("]")
