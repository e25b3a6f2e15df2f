"""Makes the expected values of RollingWindowsTest: windows over made-up tokens, cut by lm-evaluation-harness 0.4.13's own functions.

    python tools/golden/rolling_windows.py

A case has the tokens of a text, the longest window, the token that begins texts, and for each window what HFLM
feeds (context and scored tokens without the last) and what it scores.
"""
import json, pathlib, random

from lm_eval.utils import get_rolling_token_windows, make_disjoint_window

OUT = pathlib.Path(__file__).resolve().parents[2] / "toolkit/lm/src/test/resources/org/soft4j/lm/local/rolling-windows.json"


def case(tokens, longest, prefix):
    windows = map(make_disjoint_window, get_rolling_token_windows(tokens, prefix, longest, 1))
    cut = [[(context + scored)[:-1], scored] for context, scored in windows]
    assert all(len(fed) <= longest for fed, _ in cut)
    return {"tokens": tokens, "longest": longest, "prefix": prefix, "windows": cut}


def main():
    rng, cases = random.Random(20), []
    for _ in range(60):
        longest = rng.choice([1, 2, 3, 5, 8, 13, 21])
        # Whole windows, one token more, and whatever comes.
        count = rng.choice([longest, 2 * longest, 2 * longest + 1, rng.randrange(50)])
        cases.append(case([rng.randrange(100, 1000) for _ in range(count)], longest, 7))
    OUT.write_text("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n")
    print(len(cases), "cases,", sum(len(c["windows"]) for c in cases), "windows")


main()
