#!/usr/bin/env bash
# tokenizers 0.23.3: letters that a BPE vocabulary does not have vanish from the text.
# A good guess: a letter without a token becomes the unknown token, or encoding fails.
# What happens: where the file names no unk_token, the letter gives no token at all: "price: 5 €" and "price: 5" have the same ids,
# and a whole Japanese prompt has none. Naming unk_token brings a token in its place.
# Seen on 2026-11-30 with Python 3.11:
#   tokenizers 0.23.3
#   5 €: ['price', ':', '5']
#   a Japanese prompt: []
#   with unk_token: ['price', ':', '5', '[UNK]']
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


def trained(**options):
    made = Tokenizer(models.BPE(**options))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    trainer = trainers.BpeTrainer(special_tokens=["[UNK]"], show_progress=False)
    made.train_from_iterator(["price : 5 6 7"] * 5, trainer)
    return made


plain = trained()
same("5 €", plain.encode("price : 5 €").tokens, ["price", ":", "5"])
same("a Japanese prompt", plain.encode("日本語").tokens, [])
same("with unk_token", trained(unk_token="[UNK]").encode("price : 5 €").tokens, ["price", ":", "5", "[UNK]"])
PY
