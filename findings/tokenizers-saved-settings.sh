#!/usr/bin/env bash
# tokenizers 0.23.3: a tokenizer.json can make ids random, and cut or lengthen every text; nothing says so when it is read.
# A good guess: a saved tokenizer maps a text to ids, always the same, all of the text. Dropout, truncation and padding are a matter
# of training and of the call.
# What happens: all three are saved in the file and obeyed by encode. BPE dropout gives several encodings of one text at inference;
# a truncation of 4 kept from training cuts each prompt at 4 tokens; padding fills up with [PAD].
# no_truncation(), no_padding() and model.dropout = None undo them.
# Seen on 2026-11-30 with Python 3.11:
#   tokenizers 0.23.3
#   encodings of one text: 1
#   with saved dropout, more than one: True
#   with saved truncation and padding: ['low', 'lower', 'lowest', 'newest', '[PAD]', '[PAD]']
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check tokenizers==0.23.3
cd "$work"
"$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

from tokenizers import Tokenizer, models, pre_tokenizers, trainers

print("tokenizers", version("tokenizers"))
def same(what, seen, expected):
    print(f"{what}: {seen}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected}")

made = Tokenizer(models.BPE())
made.pre_tokenizer = pre_tokenizers.Whitespace()
made.train_from_iterator(
    ["low lower lowest newest widest"] * 50, trainers.BpeTrainer(vocab_size=60, show_progress=False)
)
text = "low lower lowest newest widest"
plain = Tokenizer.from_str(made.to_str())
same("encodings of one text", len({tuple(plain.encode(text).ids) for _ in range(50)}), 1)
made.model.dropout = 0.5
dropping = Tokenizer.from_str(made.to_str())
same("with saved dropout, more than one", len({tuple(dropping.encode(text).ids) for _ in range(50)}) > 1, True)
made.model.dropout = None
made.enable_truncation(4)
made.enable_padding(length=6)
cut = Tokenizer.from_str(made.to_str())
same("with saved truncation and padding", cut.encode(text).tokens, ["low", "lower", "lowest", "newest", "[PAD]", "[PAD]"])
PY
