"""Makes the expected values of OverlongContextTest: prompts beyond the window, as the harness has them.

    python tools/golden/overlong_texts.py

lm-evaluation-harness cuts prompts on the left to max_length - max_gen_toks tokens. Its own HFLM
continues these greedily by llama-untied, whose window has 256 positions, in float32. Versions:
lm_eval 0.4.13, transformers 5.23.0, torch 2.15.0.
"""
import json, random
from border_pairs import GOLDEN, text
import torch
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast
from lm_eval.api.instance import Instance
from lm_eval.models.huggingface import HFLM

NAME, TOKENS = "llama-untied", 24
rng = random.Random(3)
folder = GOLDEN / NAME
model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"))
tokenizer.bos_token, tokenizer.eos_token = "<|begin|>", "<|end|>"
tokenizer.pad_token = "<|end|>"
harness = HFLM(pretrained=model.eval(), tokenizer=tokenizer, batch_size=1, device="cpu")
prompts = [text(rng, words) for words in (2, 30, 40, 60, 80, 120)]
kwargs = {"until": [], "max_gen_toks": TOKENS, "do_sample": False}
asked = [Instance("generate_until", {}, (prompt, kwargs), i) for i, prompt in enumerate(prompts)]
texts = harness.generate_until(asked, disable_tqdm=True)
rows = [
    {"prompt": prompt, "tokens": len(tokenizer.encode(prompt)), "text": text_}
    for prompt, text_ in zip(prompts, texts)
]
(folder / "overlong.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
print([row["tokens"] for row in rows])
