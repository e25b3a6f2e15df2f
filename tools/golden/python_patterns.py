#!/usr/bin/env python3
"""What Python's re.findall gives where Java's classes and borders are others.

    python tools/golden/python_patterns.py > eval/src/test/resources/org/soft4j/eval/python/patterns.json
"""
import json
import re

PATTERNS = [r"\w+", r"\W+", r"\b\w", r"\w\b", r"\Bx|x\B", r"\B", r"\d+", r"\D+", r"\s+", r"\S+", r"[\w-]+", r"[^\w]+", r"[\W]+", r"[^\W_]+", r"[\s,]+", r"[^\s]+", r"[\S]+", r"[^\S]+",
            r"[\d.]+", r"[^\d]+", r"[\D]+", r"\b(a|an|the)\b", r"\v", r"[\v\f]", r"[\b]", r"(?i)é\w", r"(\w+)\s*:", r"The answer is (\-?[0-9\.\,]*[0-9]+)", r"^\w|\w$", r"a\Z", r"(?s).\b.", r"[\w\s]+", r"[^\w\s]+"]
TEXTS = ["the a\u0301n cat", "àn an à", "नमस्ते दुनिया", "ẹ̀kọ́ a ọ̀nà", "日本語 テスト", "x\u200dx", "a\u203fb_c", "½ ² ⅷ ٣٤ 5", "a\x1cb\x1fc\x85d\xa0e\u2028f\u180eg\ufeffh", "x\x0by\x0cz\x08", "",
         "a\n", "É\u00e9x ÉX", "loc :kenya per\u00a0: x", "😀𝒜𝟘 a", "The answer is 3,5.", "ⓐ ª º ﹏ ＿", "\u0903\u0e33\u0e31"]

cases = []
for pattern in PATTERNS:
    for text in TEXTS:
        found = re.findall(pattern, text)
        cases.append([pattern, text, [list(f) if isinstance(f, tuple) else [f] for f in found]])
print("[")
print(",\n".join(json.dumps(case) for case in cases))
print("]")
