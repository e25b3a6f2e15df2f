"""Lets transformers score with the configurations that WrittenConfigTest wrote; prints the largest
difference from the expected log-probabilities, family by family.

    python tools/golden/check_config.py toolkit/lm/src/test/resources/golden toolkit/lm/target/written-configs
"""
import json, shutil, sys, tempfile
from pathlib import Path

import torch, transformers
from llama import measures, pair

golden, written = Path(sys.argv[1]), Path(sys.argv[2])
for folder in sorted(written.iterdir()):
    with tempfile.TemporaryDirectory() as place:
        for file in (golden / folder.name).iterdir():
            if file.name.startswith(("model", "tokenizer")) and file.suffix != ".gguf":
                shutil.copy(file, place)
        shutil.copy(folder / "config.json", place)
        model, report = transformers.AutoModelForCausalLM.from_pretrained(
            place, dtype=torch.float32, output_loading_info=True)
        tok = transformers.PreTrainedTokenizerFast(tokenizer_file=str(Path(place) / "tokenizer.json"))
        most = 0.0
        for item in json.loads((golden / folder.name / "expected.json").read_text())["scores"]:
            ids, start = pair(tok, item["context"], item["continuation"])
            values = measures(model.eval(), ids, start)[0]
            most = max(most, max(abs(a - b) for a, b in zip(values, item["logProbabilities"])))
        print(folder.name, type(model).__name__, "missing", sorted(report["missing_keys"]),
              "unexpected", sorted(report["unexpected_keys"]), "largest difference", most)
