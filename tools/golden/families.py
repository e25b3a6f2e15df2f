"""Makes small random models of every family with transformers, and their expected values.

  python tools/golden/families.py toolkit/lm/src/test/resources/golden

Needs torch, transformers, tokenizers, safetensors, gguf. Everything follows from the seeds below. Beside
each folder in transformers' newest spelling stands config-4.json, the same in transformers 4's; some
models are written as GGUF too, by the names of the gguf package and as its exporter turns them.
"""
import json, math, shutil, sys
from pathlib import Path

import gguf, numpy as np, torch, transformers
from llama import CONTEXTS, expect, tokenizer

SMALL = dict(hidden_size=24, intermediate_size=40, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
             max_position_embeddings=160, rms_norm_eps=1e-5)
LLAMA3 = dict(rope_type="llama3", rope_theta=500000.0, factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
              original_max_position_embeddings=48)
MODELS = {  # name: model_type, settings, dtype of the file, largest shard in bytes, GGUF architecture
    "llama-biases": ("llama", dict(SMALL, attention_bias=True, mlp_bias=True, tie_word_embeddings=True,
                     rope_parameters=dict(rope_type="linear", factor=2.5, rope_theta=10000.0)), torch.float32, 20_000, None),
    "llama3-rope": ("llama", dict(SMALL, head_dim=16, tie_word_embeddings=True, rope_parameters=LLAMA3), torch.float16, None, "llama"),
    "mistral-window": ("mistral", dict(SMALL, head_dim=8, sliding_window=6), torch.bfloat16, None, "llama"),
    "qwen2": ("qwen2", dict(SMALL, tie_word_embeddings=True, use_sliding_window=False, sliding_window=5), torch.float16, None, "qwen2"),
    "qwen2-window": ("qwen2", dict(SMALL, num_hidden_layers=3, tie_word_embeddings=True, use_sliding_window=True,
                     sliding_window=5, max_window_layers=2), torch.bfloat16, None, None),
    "qwen3": ("qwen3", dict(SMALL, head_dim=10, tie_word_embeddings=True, rope_parameters=dict(rope_type="default", rope_theta=1e6)),
              torch.float16, None, "qwen3"),
    "qwen3-mixed": ("qwen3", dict(SMALL, head_dim=8, attention_bias=True, use_sliding_window=True, sliding_window=7,
                    layer_types=["sliding_attention", "full_attention"]), torch.bfloat16, None, None),
    "gpt2": ("gpt2", dict(n_embd=24, n_layer=2, n_head=3, n_positions=160), torch.float16, None, "gpt2"),
    "gpt2-untied": ("gpt2", dict(n_embd=24, n_layer=2, n_head=3, n_inner=40, n_positions=160, tie_word_embeddings=False),
                    torch.bfloat16, None, None),
}


def make(model_type, settings, vocabulary):
    config = transformers.AutoConfig.for_model(model_type, vocab_size=vocabulary, bos_token_id=0, eos_token_id=1,
                                               initializer_range=0.3, **settings)
    model = transformers.AutoModelForCausalLM.from_config(config)
    for name, weight in model.named_parameters():  # norms and biases too, so that a forgotten one shows
        if weight.dim() == 1:
            torch.nn.init.normal_(weight, 0 if name.endswith("bias") else 1, 0.2)
    return model


def spelling_of_transformers_4(config):
    old = dict(config)
    rope = old.pop("rope_parameters", None)
    if rope:
        old["rope_theta"] = rope.pop("rope_theta")
        old["rope_scaling"] = None if rope["rope_type"] == "default" else rope
    old["torch_dtype"] = old.pop("dtype")
    if old["model_type"] in ("qwen2", "qwen3") and old.get("sliding_window") is None:
        old["sliding_window"] = 4096
    if old["model_type"] == "qwen2":
        old.pop("layer_types")
    return old


def permuted(w, heads):
    """As convert_hf_to_gguf.py does for Llama models: the two halves of a head by turns."""
    return w.reshape(heads, 2, w.shape[0] // heads // 2, *w.shape[1:]).swapaxes(1, 2).reshape(w.shape)


def write_gguf(path, arch, model, config):
    names = gguf.get_tensor_name_map({v: k for k, v in gguf.MODEL_ARCH_NAMES.items()}[arch], 2)
    out = gguf.GGUFWriter(path, arch)
    heads, keys = config["num_attention_heads"], config.get("num_key_value_heads")
    if arch == "gpt2":
        out.add_embedding_length(config["n_embd"]); out.add_block_count(config["n_layer"])
        out.add_feed_forward_length(4 * config["n_embd"]); out.add_context_length(config["n_positions"])
        out.add_head_count(heads); out.add_layer_norm_eps(config["layer_norm_epsilon"])
    else:
        rope = config["rope_parameters"]
        out.add_embedding_length(config["hidden_size"]); out.add_block_count(config["num_hidden_layers"])
        out.add_feed_forward_length(config["intermediate_size"]); out.add_context_length(config["max_position_embeddings"])
        out.add_head_count(heads); out.add_head_count_kv(keys)
        out.add_layer_norm_rms_eps(config["rms_norm_eps"]); out.add_rope_freq_base(rope["rope_theta"])
        if config.get("head_dim"):
            out.add_key_length(config["head_dim"]); out.add_value_length(config["head_dim"]); out.add_rope_dimension_count(config["head_dim"])
        if config.get("sliding_window"):
            out.add_sliding_window(config["sliding_window"])
        if rope["rope_type"] == "llama3":
            factors = []
            for i in range(config["head_dim"] // 2):
                wave = 2 * math.pi * rope["rope_theta"] ** (2 * i / config["head_dim"])
                length, low, high = rope["original_max_position_embeddings"], rope["low_freq_factor"], rope["high_freq_factor"]
                smooth = (length / wave - low) / (high - low)
                factors.append(1 if wave < length / high else rope["factor"] if wave > length / low
                               else 1 / ((1 - smooth) / rope["factor"] + smooth))
            out.add_tensor("rope_freqs.weight", np.array(factors, dtype=np.float32))
    tok = json.loads((path.parent / "tokenizer.json").read_text())
    ids = sorted(tok["model"]["vocab"].items(), key=lambda item: item[1])
    out.add_tokenizer_model("gpt2"); out.add_tokenizer_pre("gpt-2")
    out.add_token_list([token for token, _ in ids]); out.add_token_types([3 if i < 2 else 1 for _, i in ids])
    out.add_token_merges([m if isinstance(m, str) else " ".join(m) for m in tok["model"]["merges"]])
    out.add_bos_token_id(0); out.add_eos_token_id(1); out.add_add_bos_token(False)
    for name, weight in model.state_dict().items():
        if name == "lm_head.weight" and config.get("tie_word_embeddings", True):
            continue
        w = weight.to(torch.float16).numpy()
        if arch == "gpt2" and name.endswith(("c_attn.weight", "c_proj.weight", "c_fc.weight")):
            w = w.T
        if arch == "llama" and ("q_proj" in name or "k_proj" in name):
            w = permuted(w, heads if "q_proj" in name else keys)
        target = names.get_name(name, try_suffixes=(".weight", ".bias"))
        out.add_tensor(target, np.ascontiguousarray(w.astype(np.float32) if w.ndim == 1 else w))
    out.write_header_to_file(); out.write_kv_data_to_file(); out.write_tensors_to_file(); out.close()


def main(root):
    for seed, (name, (model_type, settings, dtype, shard, arch)) in enumerate(MODELS.items()):
        folder = root / name
        shutil.rmtree(folder, ignore_errors=True)
        tok = tokenizer(False, 270)
        torch.manual_seed(100 + seed)
        model = make(model_type, settings, len(tok)).to(dtype)
        model.save_pretrained(folder, **(dict(max_shard_size=shard) if shard else {}))
        tok.save_pretrained(folder)
        for extra in list(folder.glob("*config.json")):
            if extra.name != "config.json":
                extra.unlink()
        config = json.loads((folder / "config.json").read_text())
        (folder / "config-4.json").write_text(json.dumps(spelling_of_transformers_4(json.loads(json.dumps(config))), indent=2) + "\n")
        # Read back, since .to(dtype) also rounds the rotary frequencies, which no file holds.
        model = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
        expect(folder, tok, model, CONTEXTS[:3] + CONTEXTS[5:])
        if arch:
            full = dict(config, num_attention_heads=model.config.num_attention_heads)
            write_gguf(folder / "model.gguf", arch, model, full)
        print(name, sum(f.stat().st_size for f in folder.iterdir()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
