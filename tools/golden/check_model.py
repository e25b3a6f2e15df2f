"""Opens a model folder that soft4j wrote with transformers, and prints the loss of the golden rows with it.

    python tools/golden/check_model.py toolkit/lm/src/test/resources/golden/lora MODEL_FOLDER
"""
import json, sys
import torch, transformers

golden, folder = sys.argv[1:]
torch.set_num_threads(1)
model, report = transformers.AutoModelForCausalLM.from_pretrained(folder, output_loading_info=True)
total, count = 0.0, 0
with torch.no_grad():
    for row in json.load(open(f"{golden}/golden.json"))["rows"]:
        logp = torch.log_softmax(model(torch.tensor([row["ids"]])).logits.float(), -1)[0]
        for i in range(row["prompt"], len(row["ids"])):
            total -= float(logp[i - 1, row["ids"][i]])
            count += 1
print(f"transformers {transformers.__version__}: {type(model).__name__} {model.dtype}, missing",
      sorted(report["missing_keys"]), "unexpected", sorted(report["unexpected_keys"]), "loss", total / count)
