"""Loads adapters that soft4j wrote with peft, and prints the loss of the golden rows with each.

    python tools/golden/check_adapter.py MODEL_FOLDER ADAPTER_FOLDER GOLDEN_JSON
    python tools/golden/check_adapter.py toolkit/lm/src/test/resources/golden toolkit/lm/target/written-adapters

The first form takes one adapter, as golden/lora, golden/lora/trained and golden/lora/golden.json. The second
takes all that FamilyLoraTest wrote, whose losses stand in each family's lora/golden.json.
"""
import json, sys
from pathlib import Path

import peft, torch, transformers

torch.set_num_threads(1)


def check(base, adapter, golden):
    model = transformers.AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    model = peft.PeftModel.from_pretrained(model, adapter).eval()
    total, count = 0.0, 0
    with torch.no_grad():
        for row in golden["rows"]:
            logp = torch.log_softmax(model(torch.tensor([row["ids"]])).logits.float(), -1)[0]
            for i in range(row["prompt"], len(row["ids"])):
                total -= float(logp[i - 1, row["ids"][i]])
                count += 1
    loaded = peft.load_peft_weights(str(adapter))
    scales = {m.scaling["default"] for m in model.modules() if isinstance(getattr(m, "scaling", None), dict)}
    print(Path(base).name, f"peft {peft.__version__}: {len(loaded)} tensors, scaling {scales} loss {total / count}",
          f"expected {golden['loss']}" if "loss" in golden else "")


if len(sys.argv) == 4:
    check(sys.argv[1], sys.argv[2], json.load(open(sys.argv[3])))
else:
    for folder in sorted(Path(sys.argv[2]).iterdir()):
        check(Path(sys.argv[1]) / folder.name, folder, json.load(open(Path(sys.argv[1]) / folder.name / "lora/golden.json")))
