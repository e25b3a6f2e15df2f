#!/usr/bin/env bash
# tokenizers 0.23.3: the id that a tokenizer.json gives an added token is not the id that the token gets.
# A good guess: "id": 9 beside an added token is its id, or the file is refused.
# What happens: a token that is not in the model's vocabulary gets the next number behind the vocabulary's size, and one that is
# there keeps the number it has there, whatever "id" says. In a vocabulary with gaps, such as a trimmed one, every
# control token moves: 9 is read as nothing, and the end of a turn is encoded as an ordinary word's id. No error, no warning.
# Seen on 2026-11-30 with Python 3.11:
#   tokenizers 0.23.3
#   <end> of a file that says 9, behind three tokens: 3
#   ids of 'ab<end>' where ab is 3: [3, 3]
#   text of 9: ''
#   in the vocabulary as 8, in added_tokens as 9: 8
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check tokenizers==0.23.3
cd "$work"
"$work/venv/bin/python" - <<'PY'
import json
from importlib.metadata import version

from tokenizers import Tokenizer

print("tokenizers", version("tokenizers"))
def same(what, seen, expected):
    print(f"{what}: {seen}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected}")


def read(vocab):
    end = {"id": 9, "content": "<end>", "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    model = {"type": "BPE", "vocab": vocab, "merges": [["a", "b"]]}
    return Tokenizer.from_str(json.dumps({"version": "1.0", "added_tokens": [end], "model": model}))


trimmed = read({"a": 0, "b": 1, "ab": 3})
same("<end> of a file that says 9, behind three tokens", trimmed.token_to_id("<end>"), 3)
same("ids of 'ab<end>' where ab is 3", trimmed.encode("ab<end>").ids, [3, 3])
same("text of 9", repr(trimmed.decode([9], skip_special_tokens=False)), repr(""))
same("in the vocabulary as 8, in added_tokens as 9", read({"a": 0, "b": 1, "ab": 3, "<end>": 8}).token_to_id("<end>"), 8)
PY
