"""Golden values for LoRA training: a small random Llama, trained three steps by transformers + peft.

    python tools/golden/lora.py toolkit/lm/src/test/resources/golden/lora

Writes model.safetensors and config.json (fp32, grouped-query attention, tied head, head_dim other than
hidden/heads), adapter/ (as peft saves it, B nonzero, a rank and an alpha pattern), golden.safetensors
(gradients before clipping, parameters after three AdamW steps with clipping active) and golden.json
(sequences, losses, gradient norms). Every sequence is its own row here; the batch's loss is the sum
over learned tokens divided by their number.
"""
import json, os, sys
import peft, torch, transformers
from safetensors.torch import save_file

out = sys.argv[1]
torch.manual_seed(20)
torch.set_num_threads(1)
config = transformers.LlamaConfig(
    vocab_size=40, hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4,
    num_key_value_heads=2, head_dim=12, max_position_embeddings=64, rms_norm_eps=1e-5, rope_theta=500.0,
    tie_word_embeddings=True, bos_token_id=1, eos_token_id=2, initializer_range=0.2)
model = transformers.LlamaForCausalLM(config).float()
for name, p in model.named_parameters():
    if "norm" in name:
        p.data += 0.1 * torch.randn_like(p)
os.makedirs(out, exist_ok=True)
model.save_pretrained(out)
if os.path.exists(f"{out}/generation_config.json"):
    os.remove(f"{out}/generation_config.json")

targets = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
plain = peft.LoraConfig(r=3, lora_alpha=5, target_modules=targets, lora_dropout=0.0)


def fill(m):
    g = torch.Generator().manual_seed(21)
    for name, p in sorted(m.named_parameters()):
        if "lora_" in name:
            p.data = 0.1 * torch.randn(p.shape, generator=g)


adapted = peft.get_peft_model(model, plain)
fill(adapted)

g = torch.Generator().manual_seed(22)
rows = []
for length, prompt in [(7, 3), (21, 9), (4, 1), (13, 12), (16, 5)]:
    ids = torch.randint(3, 40, (length,), generator=g).tolist()
    rows.append({"ids": [1] + ids[1:-1] + [2], "prompt": prompt})


def loss_of(m):
    total, count = 0.0, 0
    for row in rows:
        ids = torch.tensor([row["ids"]])
        logp = torch.log_softmax(m(ids).logits.float(), -1)[0]
        for i in range(row["prompt"], len(row["ids"])):
            total = total - logp[i - 1, row["ids"][i]]
            count += 1
    return total / count, count


def clean(name):
    return name.replace("base_model.model.", "").replace(".default.weight", "")


trained = [(n, p) for n, p in adapted.named_parameters() if p.requires_grad]
adam = torch.optim.AdamW([p for _, p in trained], lr=1e-4, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01)
values, losses, norms = {}, [], []
for name, p in trained:
    values["start." + clean(name)] = p.detach().clone()
for step in range(3):
    adam.zero_grad()
    loss, count = loss_of(adapted)
    loss.backward()
    if step == 0:
        for name, p in trained:
            values["gradient." + clean(name)] = p.grad.clone()
    norms.append(float(torch.nn.utils.clip_grad_norm_([p for _, p in trained], 0.25)))
    losses.append(float(loss))
    adam.step()
for name, p in trained:
    values["after." + clean(name)] = p.detach().clone()
save_file({k: v.contiguous() for k, v in values.items()}, f"{out}/golden.safetensors")

# An adapter of other ranks, as peft saves it, and the loss of the same rows with it.
base = transformers.LlamaForCausalLM.from_pretrained(out).float()
other = peft.LoraConfig(
    r=2, lora_alpha=6, target_modules=["q_proj", "v_proj", "down_proj"], use_rslora=True,
    rank_pattern={"layers.1.self_attn.q_proj": 5}, alpha_pattern={"v_proj": 3})
saved = peft.get_peft_model(base, other)
fill(saved)
saved.save_pretrained(f"{out}/adapter")
os.remove(f"{out}/adapter/README.md")
with torch.no_grad():
    adapter_loss = float(loss_of(saved)[0])
with open(f"{out}/golden.json", "w") as f:
    json.dump({"rows": rows, "learned": count, "losses": losses, "norms": norms,
               "clip": 0.25, "adapterLoss": adapter_loss,
               "versions": [torch.__version__, transformers.__version__, peft.__version__]}, f, indent=1)
print(losses, norms, adapter_loss)
