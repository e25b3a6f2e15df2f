"""Loads an adapter that soft4j wrote with peft, and prints the loss of the golden rows with it.

    python tools/golden/check_adapter.py toolkit/src/test/resources/golden/lora trained
"""
import json, os, sys
import peft, torch, transformers

base, adapter = sys.argv[1], os.path.join(sys.argv[1], sys.argv[2])
torch.set_num_threads(1)
model = transformers.LlamaForCausalLM.from_pretrained(base).float()
model = peft.PeftModel.from_pretrained(model, adapter)
total, count = 0.0, 0
with torch.no_grad():
    for row in json.load(open(f"{base}/golden.json"))["rows"]:
        logp = torch.log_softmax(model(torch.tensor([row["ids"]])).logits.float(), -1)[0]
        for i in range(row["prompt"], len(row["ids"])):
            total -= float(logp[i - 1, row["ids"][i]])
            count += 1
loaded = peft.load_peft_weights(adapter)
print(f"peft {peft.__version__}: {len(loaded)} tensors, scaling",
      {m.scaling["default"] for m in model.modules() if isinstance(getattr(m, "scaling", None), dict)}, "loss", total / count)
