"""Golden values for LoRA on the families' small models, by transformers + peft.

    python tools/golden/lora_families.py toolkit/lm/src/test/resources/golden

Needs families.py to have run. Writes into each model's folder lora/golden.json (rows, loss, and of the
gradient of each weight, as [outputs, inputs] row by row, the norm and the product with cos 0, cos 1, ...),
lora/golden.safetensors (first values of the adapters and their gradients, every sequence its own row) and
lora/adapter (as peft saves it, B nonzero), with the loss of the same rows under it.
"""
import json, os, sys

import peft, torch, transformers
from safetensors.torch import save_file

LLAMA = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
GPT2 = ["c_attn", "c_proj", "c_fc"]
FAMILIES = {  # name: all linear layers, those of the saved adapter
    "llama-biases": (LLAMA, ["q_proj", "up_proj"]), "mistral-window": (LLAMA, ["v_proj", "o_proj"]),
    "qwen2": (LLAMA, ["q_proj", "v_proj"]), "qwen2-window": (LLAMA, ["k_proj"]),
    "qwen3": (LLAMA, ["k_proj", "down_proj"]), "gpt2": (GPT2, ["c_attn", "c_proj"]), "gpt2-untied": (GPT2, ["c_fc"]),
}


def fill(model, seed):
    g = torch.Generator().manual_seed(seed)
    for name, p in sorted(model.named_parameters()):
        if "lora_" in name:
            p.data = 0.1 * torch.randn(p.shape, generator=g)


def loss_of(model, rows):
    total, count = 0.0, 0
    for row in rows:
        logp = torch.log_softmax(model(torch.tensor([row["ids"]])).logits.float(), -1)[0]
        for i in range(row["prompt"], len(row["ids"])):
            total = total - logp[i - 1, row["ids"][i]]
            count += 1
    return total / count, count


def traces(model, rows):
    """Gradients of all weights, two numbers each."""
    loss, _ = loss_of(model, rows)
    loss.backward()
    traces = {}
    for name, p in model.named_parameters():
        g = p.grad.double()
        if name.endswith(("c_attn.weight", "c_proj.weight", "c_fc.weight")):
            g = g.t()
        g = g.flatten()
        traces[name] = [float(g.norm()), float(g @ torch.cos(torch.arange(len(g), dtype=torch.float64)))]
    return float(loss.detach()), traces


def load(folder):
    # eval: GPT-2 has dropouts of its own, which neither scoring nor soft4j's training uses.
    return transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()


def main(root):
    torch.set_num_threads(1)
    for seed, (name, (targets, some)) in enumerate(FAMILIES.items()):
        folder, out = f"{root}/{name}", f"{root}/{name}/lora"
        os.makedirs(out, exist_ok=True)
        fan = targets is GPT2
        g = torch.Generator().manual_seed(300 + seed)
        rows = []
        for length, prompt in [(7, 3), (19, 9), (4, 1), (13, 12)]:
            rows.append({"ids": torch.randint(2, 270, (length - 1,), generator=g).tolist() + [1], "prompt": prompt})
        model = peft.get_peft_model(load(folder), peft.LoraConfig(r=2, lora_alpha=3, target_modules=targets, fan_in_fan_out=fan)).eval()
        fill(model, 400 + seed)
        loss, count = loss_of(model, rows)
        loss.backward()
        values = {}
        for n, p in model.named_parameters():
            if p.requires_grad:
                clean = n.replace("base_model.model.", "").replace(".default.weight", "")
                values["start." + clean], values["gradient." + clean] = p.detach().clone(), p.grad.clone()
        save_file(values, f"{out}/golden.safetensors")
        saved = peft.get_peft_model(load(folder), peft.LoraConfig(
            r=3, lora_alpha=4, target_modules=some, fan_in_fan_out=fan, task_type="CAUSAL_LM")).eval()
        fill(saved, 500 + seed)
        saved.save_pretrained(f"{out}/adapter")
        os.remove(f"{out}/adapter/README.md")
        with torch.no_grad():
            adapter_loss = float(loss_of(saved, rows)[0])
        full_loss, full = traces(load(folder), rows)
        with open(f"{out}/golden.json", "w") as f:
            json.dump({"rows": rows, "learned": count, "loss": float(loss.detach()), "adapterLoss": adapter_loss,
                       "fullLoss": full_loss, "full": full,
                       "versions": [torch.__version__, transformers.__version__, peft.__version__]}, f)
        print(name, float(loss.detach()), adapter_loss, full_loss)


main(sys.argv[1])
