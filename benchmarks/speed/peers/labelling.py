"""transformers.generate over the contexts of labelling.jsonl: new tokens a second.

Greedy, every answer as long as allowed on every side (the endless model's stop token is never
written), prompts sorted by length so that batches pad little, left padding, sdpa, inference mode.
"""

import argparse
import json
import logging

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from measure import DTYPES, Clock, read_lines, use_threads, write


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--work", required=True)
    options.add_argument("--dtype", choices=DTYPES, default="float32")
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--batch", type=int, nargs="+", default=[8])
    options.add_argument("--prompts", type=int, default=32)
    options.add_argument("--new-tokens", type=int, default=128)
    options.add_argument("--cache", choices=("dynamic", "static"), default="dynamic")
    options.add_argument("--compile", action="store_true", help="torch.compile the forward pass")
    options.add_argument("--figure", default="labelling")
    options = options.parse_args()
    use_threads(options.threads)
    logging.getLogger("transformers").setLevel(logging.ERROR)
    folder = f"{options.work}/model/endless"
    tokenizer = AutoTokenizer.from_pretrained(folder, padding_side="left")
    model = AutoModelForCausalLM.from_pretrained(
        folder, dtype=DTYPES[options.dtype], attn_implementation="sdpa"
    ).eval()
    if options.compile:
        model.forward = torch.compile(model.forward, dynamic=True)
    rows = read_lines(f"{options.work}/labelling.jsonl")[: options.prompts]
    for batch in options.batch:
        measure(model, tokenizer, rows, batch, options)


def measure(model, tokenizer, rows, batch, options):
    warm = 2 if not options.compile else options.new_tokens
    label(model, tokenizer, rows[:batch], batch, warm, options.cache)
    with Clock() as clock:
        texts, tokens, context = label(
            model, tokenizer, rows, batch, options.new_tokens, options.cache
        )
    with open(f"{options.work}/labels-peer-{options.dtype}.jsonl", "w") as out:
        for row in rows:
            out.write(json.dumps({"id": row["id"], "text": texts[row["id"]]}) + "\n")
    write(
        f"{options.work}/results.jsonl",
        options.figure,
        options.dtype,
        {
            "tokens_s": tokens / clock.seconds,
            "seconds": clock.seconds,
            "new_tokens": tokens,
            "context_tokens": context,
        },
        settings={
            "prompts": len(rows),
            "new_tokens": options.new_tokens,
            "batch": batch,
            "cache": options.cache,
            "compile": options.compile,
        },
    )


@torch.inference_mode()
def label(model, tokenizer, rows, batch, new_tokens, cache):
    lengths = {row["id"]: len(tokenizer(row["context"]).input_ids) for row in rows}
    order = sorted(rows, key=lambda row: -lengths[row["id"]])
    texts, tokens = {}, 0
    for start in range(0, len(order), batch):
        part = order[start : start + batch]
        inputs = tokenizer([row["context"] for row in part], return_tensors="pt", padding=True)
        output = model.generate(
            **inputs,
            max_new_tokens=new_tokens,
            do_sample=False,
            pad_token_id=tokenizer.pad_token_id,
            cache_implementation="static" if cache == "static" else None,
        )[:, inputs.input_ids.shape[1] :]
        tokens += output.numel()
        for row, text in zip(part, tokenizer.batch_decode(output, skip_special_tokens=True)):
            texts[row["id"]] = text
    return texts, tokens, sum(lengths.values())


if __name__ == "__main__":
    main()
