#!/usr/bin/env bash
# tokenizers 0.23.3: adding a word to a byte-level tokenizer changes texts that hold the word inside another.
# A good guess: after add_tokens(["art"]), "party" still decodes to "party"; at most its ids differ.
# What happens: the text is cut at the added token first, and ByteLevel with add_prefix_space (its default, as in GPT-2 files that
# set it) puts a blank before each piece: "party" comes back as " part y". With add_prefix_space=False it does not.
# Seen on 2026-11-30 with Python 3.11:
#   tokenizers 0.23.3
#   before:  a party
#   after:  a part y
#   without the prefix: a party
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check tokenizers==0.23.3
cd "$work"
"$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

print("tokenizers", version("tokenizers"))
def same(what, seen, expected):
    print(f"{what}: {seen}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected}")


def byte_level():
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel()
    made.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    made.train_from_iterator(
        ["a party of heart"] * 5, trainers.BpeTrainer(initial_alphabet=alphabet, show_progress=False)
    )
    return made


tokenizer = byte_level()
same("before", tokenizer.decode(tokenizer.encode("a party").ids), " a party")
tokenizer.add_tokens(["art"])
same("after", tokenizer.decode(tokenizer.encode("a party").ids), " a part y")
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
same("without the prefix", tokenizer.decode(tokenizer.encode("a party").ids), "a party")
PY
