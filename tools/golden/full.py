"""Golden values for full fine-tuning: the small Llama of lora.py, trained three steps by transformers.

    python tools/golden/full.py toolkit/lm/src/test/resources/golden/lora

Reads model.safetensors, config.json and the rows of golden.json. Writes full.safetensors (gradients of
all weights before clipping, all weights after three AdamW steps with clipping active) and full.json
(losses, gradient norms). Every sequence is its own row; the loss is that of lora.py.
"""
import json, sys
import torch, transformers
from safetensors.torch import save_file

out = sys.argv[1]
torch.set_num_threads(1)
model = transformers.LlamaForCausalLM.from_pretrained(out).float()
model.train()
rows = json.load(open(f"{out}/golden.json"))["rows"]


def loss_of(m):
    total, count = 0.0, 0
    for row in rows:
        logp = torch.log_softmax(m(torch.tensor([row["ids"]])).logits.float(), -1)[0]
        for i in range(row["prompt"], len(row["ids"])):
            total = total - logp[i - 1, row["ids"][i]]
            count += 1
    return total / count


trained = dict(model.named_parameters())
adam = torch.optim.AdamW(trained.values(), lr=1e-4, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01)
values, losses, norms = {}, [], []
for step in range(3):
    adam.zero_grad()
    loss = loss_of(model)
    loss.backward()
    if step == 0:
        values |= {"gradient." + n: p.grad.clone() for n, p in trained.items()}
    norms.append(float(torch.nn.utils.clip_grad_norm_(trained.values(), 0.25)))
    losses.append(float(loss))
    adam.step()
values |= {"after." + n: p.detach().clone() for n, p in trained.items()}
save_file({k: v.contiguous() for k, v in values.items()}, f"{out}/full.safetensors")
with open(f"{out}/full.json", "w") as f:
    json.dump({"losses": losses, "norms": norms, "clip": 0.25,
               "versions": [torch.__version__, transformers.__version__]}, f, indent=1)
print(losses, norms, len(trained))
