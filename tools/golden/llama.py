"""Makes the small random Llama models of the tests and their expected values with transformers.

  python tools/golden/llama.py toolkit/lm/src/test/resources/golden

Needs torch, transformers, tokenizers, safetensors. Everything follows from the seeds below.
"""
import json, shutil, sys
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

BEGIN, STOP = "<|begin|>", "<|end|>"
CORPUS = """The sun rises in the east and sets in the west. What is the capital of France? Paris.
Question: how many legs does a spider have? Answer: eight. Question: is glass a liquid? Answer: no.
Once upon a time, in a small village by the sea, there lived a fisherman who never told a lie.
0 1 2 3 4 5 6 7 8 9 10 11 12. Häuser, naïve, ελληνικά, 日本語 — all of them are words, too!"""
CONTEXTS = ["The sun rises", "Question: how many legs does a spider have? Answer:",
            "Question: how many legs does a fish have? Answer:", "Paris", "naïve 日本語",
            "Once upon a time, in a small village by the sea, there lived a fisherman who never told "]
CONTINUATIONS = [" eight.", " in the east", "ένα"]
MODELS = {  # name: config, dtype
    "llama-tied": (dict(hidden_size=48, intermediate_size=96, num_hidden_layers=3, num_attention_heads=4,
                        num_key_value_heads=2, tie_word_embeddings=True, rms_norm_eps=1e-5, rope_theta=100000.0), torch.float32),
    "llama-untied": (dict(hidden_size=32, intermediate_size=80, num_hidden_layers=2, num_attention_heads=4,
                          num_key_value_heads=4, tie_word_embeddings=False, rms_norm_eps=1e-6, rope_theta=10000.0), torch.float16),
    "llama-wide": (dict(hidden_size=48, intermediate_size=64, num_hidden_layers=2, num_attention_heads=6, head_dim=16,
                        num_key_value_heads=2, tie_word_embeddings=False, rms_norm_eps=1e-5, rope_theta=500000.0), torch.bfloat16),
}


def tokenizer(begin, size=400):
    tok = Tokenizer(models.BPE())
    tok.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tok.decoder = decoders.ByteLevel()
    tok.train_from_iterator([CORPUS], trainers.BpeTrainer(vocab_size=size, show_progress=False,
        special_tokens=[BEGIN, STOP], initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    if begin:
        tok.post_processor = processors.TemplateProcessing(single=BEGIN + " $A", special_tokens=[(BEGIN, 0)])
    return PreTrainedTokenizerFast(tokenizer_object=tok, bos_token=BEGIN, eos_token=STOP)


def measures(model, ids, start):
    with torch.no_grad():
        logp = torch.log_softmax(model(torch.tensor([ids])).logits[0].float(), -1)
    rows = range(start - 1, len(ids) - 1)
    return ([logp[i, ids[i + 1]].item() for i in rows],
            [-(logp[i].exp() * logp[i]).sum().item() for i in rows],
            all(logp[i].argmax().item() == ids[i + 1] for i in rows))


def pair(tok, context, continuation):
    trimmed = context.rstrip()
    whole = tok.encode(context + continuation)
    return whole, len(tok.encode(trimmed))


def expect(folder, tok, model, contexts):
    """Writes expected.json: scores of every continuation after every context, and greedy texts."""
    scores, texts = [], []
    for context in contexts:
        for continuation in CONTINUATIONS:
            ids, start = pair(tok, context, continuation)
            logp, entropy, greedy = measures(model, ids, start)
            scores.append(dict(context=context, continuation=continuation, logProbabilities=logp, entropies=entropy, greedy=greedy))
        ids = tok.encode(context)
        out = model.generate(torch.tensor([ids]), do_sample=False, max_new_tokens=24, pad_token_id=1)[0].tolist()
        new = out[len(ids):]
        logp, entropy, _ = measures(model, out, len(ids))
        texts.append(dict(context=context, text=tok.decode(new, skip_special_tokens=True), tokens=len(new),
                          stopped=new[-1] == 1, logProbabilities=logp, entropies=entropy))
    (folder / "expected.json").write_text(json.dumps(dict(scores=scores, texts=texts), indent=1, ensure_ascii=False))


def main(root):
    for seed, (name, (shape, dtype)) in enumerate(MODELS.items()):
        folder = root / name
        shutil.rmtree(folder, ignore_errors=True)
        tok = tokenizer(begin=name == "llama-untied")
        torch.manual_seed(seed)
        config = LlamaConfig(vocab_size=len(tok), max_position_embeddings=256, bos_token_id=0, eos_token_id=1,
                             initializer_range=0.3, **shape)
        model = LlamaForCausalLM(config)
        for weight in model.parameters():  # norms too, so that a forgotten one shows
            if weight.dim() == 1:
                torch.nn.init.normal_(weight, 1, 0.2)
        model.to(dtype).save_pretrained(folder)
        tok.save_pretrained(folder)
        for extra in folder.glob("*config.json"):
            if extra.name not in ("config.json", "tokenizer_config.json"):
                extra.unlink()
        # Read back, since .to(dtype) also rounds the rotary frequencies, which no file holds.
        model = LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
        expect(folder, tok, model, CONTEXTS)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
