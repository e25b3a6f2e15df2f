"""Writes the folders that all sides open, so that all compute with the same numbers.

weights/  the GGUF's weights, dequantized once by transformers, in fp32, with its tokenizer
endless/  the same files; the stop token is one the model never writes, so that every label is as
          long as it may be on every side
"""

import argparse
import json
import os
import shutil
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from measure import versions

NEVER_WRITTEN = "<reponame>"


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--gguf", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options = options.parse_args()
    weights, endless = options.out / "weights", options.out / "endless"
    if (endless / "done").exists():
        return
    model = AutoModelForCausalLM.from_pretrained(
        options.gguf.parent, gguf_file=options.gguf.name, dtype=torch.float32
    )
    tokenizer = AutoTokenizer.from_pretrained(options.gguf.parent, gguf_file=options.gguf.name)
    model.config.eos_token_id = tokenizer.eos_token_id
    model.generation_config.eos_token_id = tokenizer.eos_token_id
    # transformers refuses to save what it read from a GGUF, although it is plain fp32 by now.
    model.hf_quantizer = None
    model.quantization_method = None
    del model.config.quantization_config
    model.save_pretrained(weights)
    tokenizer.save_pretrained(weights)
    copy(weights, endless, tokenizer.convert_tokens_to_ids(NEVER_WRITTEN))
    (endless / "done").write_text(json.dumps(versions(), indent=1))


def copy(weights, endless, stop):
    endless.mkdir(parents=True, exist_ok=True)
    for file in weights.iterdir():
        target = endless / file.name
        target.unlink(missing_ok=True)
        if file.suffix == ".safetensors":
            os.link(file, target)
        else:
            shutil.copy(file, target)
    for name in ("config.json", "generation_config.json"):
        file = endless / name
        values = json.loads(file.read_text())
        file.write_text(json.dumps(values | {"eos_token_id": stop}, indent=2))


if __name__ == "__main__":
    main()
