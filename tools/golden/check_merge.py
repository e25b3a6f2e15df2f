"""Compares what `soft4j models merge` wrote with peft, transformers, gguf and llama.cpp.

    python tools/golden/check_merge.py adapter BASE OUT [--seed S]   makes a random adapter (rank and alpha patterns)
    python tools/golden/check_merge.py hf BASE ADAPTER MERGED         logits and greedy text against merge_and_unload
    python tools/golden/check_merge.py gguf HF_MERGED GGUF            tensors against gguf's own quantization of the HF folder
    python tools/golden/check_merge.py texts MERGED                   greedy texts of transformers, as JSON
    python tools/golden/check_merge.py llama GGUF TEXTS               greedy texts of llama.cpp against those (needs xllamacpp)

BASE is a folder or a .gguf file; the HF folder of `gguf` is the same merge with --dtype f32. Exit code 1 where something
differs by more than 1e-4. Versions: torch 2.15.0, transformers 5.23.0, peft 0.21.2, gguf 0.19.0, xllamacpp 2026.10.11549.
"""
import json, sys
from pathlib import Path

PROMPTS = ["The capital of France is", "Once upon a time", "def add(a, b):\n", "Häuser, 日本語: "]


def load(path, **settings):
    import torch, transformers
    path = Path(path)
    if path.suffix == ".gguf":
        settings["gguf_file"] = path.name
        path = path.parent
    return transformers.AutoModelForCausalLM.from_pretrained(path, dtype=torch.float32, **settings).eval()


def adapter(base, out, seed=1):
    import peft, torch
    torch.manual_seed(seed)
    model = load(base)
    linear = ["c_attn", "c_proj"] if model.config.model_type == "gpt2" else ["q_proj", "k_proj", "v_proj", "o_proj", "down_proj"]
    model = peft.get_peft_model(model, peft.LoraConfig(
        r=4, lora_alpha=6, use_rslora=True, rank_pattern={linear[0]: 7}, alpha_pattern={linear[1]: 3},
        target_modules=linear, task_type="CAUSAL_LM", fan_in_fan_out=model.config.model_type == "gpt2"))
    for name, values in sorted(model.named_parameters()):
        if "lora_" in name:
            values.data = 0.03 * torch.randn(values.shape)
    model.save_pretrained(out)


def ids_of(tok, model):
    n = model.config.vocab_size
    return [tok(p)["input_ids"] for p in PROMPTS] + [[i * 7919 % n for i in range(40)]]


def greedy(model, ids, count=24):
    import torch
    with torch.no_grad():
        # Without a mask, transformers leaves out tokens that are the padding of one model and the end of the other.
        mask = torch.ones(1, len(ids), dtype=torch.long)
        return model.generate(torch.tensor([ids]), attention_mask=mask, do_sample=False, max_new_tokens=count, pad_token_id=0)[0].tolist()[len(ids):]


def same(ours, theirs, ids):
    """Whether greedy texts are equal, or part where two tokens are as likely, within what the logits differ."""
    import torch
    a, b = greedy(ours, ids), greedy(theirs, ids)
    if a == b:
        return True
    at = next(i for i, (x, y) in enumerate(zip(a, b)) if x != y)
    with torch.no_grad():
        logits = ours(torch.tensor([ids + a[:at]])).logits[0, -1]
    gap = (logits[a[at]] - logits[b[at]]).abs().item()
    print(f"parts at token {at} of {len(a)}, where two tokens differ by {gap:.1e}")
    return gap < 2e-4


def hf(base, adapter, merged):
    import peft, torch, transformers
    ours = load(merged)
    theirs = peft.PeftModel.from_pretrained(load(base), adapter).merge_and_unload()
    tok = transformers.AutoTokenizer.from_pretrained(merged)
    worst, texts = 0.0, 0
    for ids in ids_of(tok, ours):
        with torch.no_grad():
            a, b = ours(torch.tensor([ids])).logits, theirs(torch.tensor([ids])).logits
        worst = max(worst, (a - b).abs().max().item())
        texts += same(ours, theirs, ids)
    tied = ours.get_input_embeddings().weight.data_ptr() == ours.get_output_embeddings().weight.data_ptr()
    print(f"logits differ by at most {worst:.2e}; {texts} of {len(PROMPTS) + 1} greedy texts equal; tied {tied};",
          f"eos {tok.eos_token!r}; template {bool(tok.chat_template)}; generation {ours.generation_config.eos_token_id}")
    return worst < 1e-4 and texts == len(PROMPTS) + 1


def gguf_check(folder, file):
    import gguf, numpy as np, torch
    from safetensors.torch import load_file
    state = load_file(Path(folder) / "model.safetensors")
    reader = gguf.GGUFReader(file)
    arch = reader.fields["general.architecture"].contents()
    names = gguf.get_tensor_name_map({v: k for k, v in gguf.MODEL_ARCH_NAMES.items()}[arch], 200)
    heads = reader.fields[f"{arch}.attention.head_count"].contents()
    keys = reader.fields[f"{arch}.attention.head_count_kv"].contents() if f"{arch}.attention.head_count_kv" in reader.fields else heads
    tensors = {t.name: t for t in reader.tensors}
    same = seen = 0
    kinds = {}
    for name, value in state.items():
        w = value.to(torch.float32).numpy()
        if arch == "gpt2" and name.endswith(("c_attn.weight", "c_proj.weight", "c_fc.weight")):
            w = w.T
        if arch == "llama" and ("q_proj" in name or "k_proj" in name):
            n = heads if "q_proj" in name else keys
            w = w.reshape(n, 2, w.shape[0] // n // 2, *w.shape[1:]).swapaxes(1, 2).reshape(w.shape)
        tensor = tensors.pop(names.get_name(name, try_suffixes=(".weight", ".bias")))
        wanted = gguf.quants.quantize(np.ascontiguousarray(w), tensor.tensor_type)
        same += wanted.tobytes() == tensor.data.tobytes()
        kinds[tensor.tensor_type.name] = kinds.get(tensor.tensor_type.name, 0) + 1
        seen += 1
    print(f"{same} of {seen} tensors equal bit for bit; types {kinds}; others {sorted(tensors)}; {len(reader.fields)} keys;",
          f"file_type {reader.fields['general.file_type'].contents()}")
    return same == seen


def texts(merged):
    import transformers
    model, tok = load(merged), transformers.AutoTokenizer.from_pretrained(merged)
    print(json.dumps([dict(prompt=p, ids=tok(p)["input_ids"], text=tok.decode(greedy(model, tok(p)["input_ids"]))) for p in PROMPTS]))
    return True


def llama(file, expected):
    import xllamacpp
    params = xllamacpp.CommonParams()
    params.model.path = str(file)
    params.n_ctx, params.n_parallel, params.warmup, params.n_gpu_layers = 512, 1, False, 0
    params.cpuparams.n_threads = 1
    server = xllamacpp.Server(params)
    rows = json.loads(Path(expected).read_text())
    equal = tokens = 0
    for row in rows:
        answer = server.handle_completions(dict(prompt=row["prompt"], n_predict=24, temperature=0.0, top_k=1, cache_prompt=False))
        answer = json.loads(answer) if isinstance(answer, (str, bytes)) else answer
        text = answer["content"] if "content" in answer else answer["choices"][0]["text"]
        equal += text == row["text"]
        if text != row["text"]:
            print("llama.cpp:", repr(text), "\ntransformers:", repr(row["text"]))
    print(f"llama.cpp: {equal} of {len(rows)} greedy texts equal")
    return equal == len(rows)


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    work = dict(adapter=lambda b, o, s="1": adapter(b, o, int(s)) or True, hf=hf, gguf=gguf_check, texts=texts, llama=llama)[what]
    sys.exit(0 if work(*rest) else 1)
