"""Makes the expected values of the stop tests: where answers end, as three independent tools see it.

    python tools/golden/stop_vectors.py

Answers are scripted token sequences over the tokenizers of tokenizer_vectors.py (byte level, Llama 2's, and
LlamaTokenizer's), special tokens among them. For each answer and its stops, stops.json holds the number of tokens
after which transformers' generate(stop_strings=...) ends it ("transformers", StopStringCriteria), the one after
which the harness does ("harness", MultiTokenEOSCriteria of all stops, or the first stop that its final cut finds),
the text that the harness scores ("harness_text"); "tokens": the first after which a stop stands in the text with
or without special tokens, and "text": the text with special tokens written out, cut before
the first stop, special tokens then left out by their spelling. The last is what must be returned; it is shorter than
the harness's where a stop holds a special token and text beside it, which the harness leaves behind.
Versions: transformers 5.23.0, tokenizers 0.23.3, lm_eval 0.4.13.
"""
import json, pathlib, random

import torch
from lm_eval.models.utils import postprocess_generated_text
from lm_eval.models.utils_hf import MultiTokenEOSCriteria
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, AddedToken
from transformers import PreTrainedTokenizerFast
from transformers.generation.stopping_criteria import StopStringCriteria

OUT = pathlib.Path(__file__).resolve().parents[2] / "toolkit/lm/src/test/resources/org/soft4j/lm/tokenizer/tokenizers"
PARTS = ["the house", " old", "\n", "\n\n", " dog.", "<|im_end|>", "</s>", " User", ":", " quick", "x", " (", "=", "😀", "."]
STOPS = [["<|im_end|>"], ["</s>", "\n\n"], ["<|im_end|>\n"], ["\n<|im_end|>"], ["dog.<|im_end|>"], ["\n\n"], ["User:"],
         ["</s><|im_end|>", "fox"], ["house", "</s>x"], ["quick", "<|im_end|>x"]]


def byte_level():
    vectors = json.loads((OUT / "byte-level.json").read_text())
    vocab = {token: i for i, token in enumerate(vectors["tokens"])}
    t = Tokenizer(models.BPE(vocab=vocab, merges=[tuple(m.split(" ")) for m in vectors["merges"]]))
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    t.decoder = decoders.ByteLevel()
    t.add_special_tokens([AddedToken(x, special=True, normalized=False) for x, k in zip(vectors["tokens"], vectors["types"]) if k == 3])
    return t


def rows(name, backend, seed):
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=backend)
    specials = [t.content for t in backend.get_added_tokens_decoder().values() if t.special]
    rng = random.Random(seed)
    for number in range(40):
        stops = STOPS[number % len(STOPS)]
        text = "".join(rng.choice(PARTS) for _ in range(10))
        at = rng.randrange(len(text) // 2, len(text))
        ids = tokenizer.encode(text[:at] + rng.choice(stops) + text[at:], add_special_tokens=False)
        criteria = StopStringCriteria(tokenizer, stops)
        parts = [MultiTokenEOSCriteria(s, tokenizer, 0, 1) for s in stops]
        there = harness = None
        for length in range(1, len(ids) + 1):
            seen = torch.tensor([ids[:length]])
            if there is None and bool(criteria(seen, None)[0]):
                there = length
            if harness is None and any([part(seen, None) for part in parts]):
                harness = length
        end = harness or len(ids)
        read = tokenizer.decode(ids[:end], skip_special_tokens=True)
        spelled = tokenizer.decode(ids, skip_special_tokens=False)
        cut = min([spelled.find(s) for s in stops if s in spelled] or [len(spelled)])
        written = spelled[:cut]
        for special in specials:
            written = written.replace(special, "")
        plain = tokenizer.decode(ids, skip_special_tokens=True)
        cut = min([plain.find(s) for s in stops if s in plain] or [len(plain)])
        ends = next((n for n in range(1, len(ids) + 1) if any(
            s in tokenizer.decode(ids[:n], skip_special_tokens=skipped) for s in stops for skipped in (True, False))), len(ids))
        assert there is None or ends <= there
        yield {"tokens": ends, "tokenizer": name, "ids": ids, "stops": stops, "transformers": there, "harness": harness,
               "harness_text": postprocess_generated_text(read, stops, None),
               "text": min(written, plain[:cut], key=len)}


def main():
    found = list(rows("byte-level", byte_level(), 1))
    for seed, name in enumerate(["legacy", "metaspace"]):
        backend = Tokenizer.from_str(json.dumps(json.loads((OUT / f"{name}.json").read_text())["tokenizer"]))
        found += rows(name, backend, 2 + seed)
    (OUT / "stops.json").write_text("[\n" + ",\n".join(json.dumps(row) for row in found) + "\n]\n")
    same = sum(row["harness_text"] == row["text"] for row in found)
    print(len(found), "rows; the harness returns the same text in", same,
          "; transformers stops in", sum(row["transformers"] is not None for row in found))


main()
