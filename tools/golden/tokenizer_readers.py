"""Shows which transformers soft4j's tokenizers follow: how two versions read one Llama folder.

    python tools/golden/tokenizer_readers.py     # once with transformers 4.57.1, once with 5.23.0

The folder holds the tokenizer.json of legacy.json (Llama 2's form: a normalizer puts a space before every part of a
text) with the tokenizer_config.json that such folders have. readers.json gets the ids of some texts under the key of
the running version, and those of the library tokenizers, which reads tokenizer.json and nothing else.
Version 4.57 obeys the file; version 5.23 puts its own LlamaTokenizer's pre-tokenizer in the normalizer's place.
"""
import json, pathlib, tempfile

import transformers
from tokenizers import Tokenizer

OUT = pathlib.Path(__file__).resolve().parents[2] / "toolkit/lm/src/test/resources/org/soft4j/lm/tokenizer/tokenizers"
TEXTS = ["the house", " the house", "  the house", "</s>the house", "</s> the house", "the house</s>the old dog",
         "the</s></s>  dog", "", " ", "x\n the", "<s>the house"]
CONFIG = {"tokenizer_class": "LlamaTokenizer", "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "legacy": False,
          "add_bos_token": True, "add_eos_token": False, "clean_up_tokenization_spaces": False}

source = json.dumps(json.loads((OUT / "legacy.json").read_text())["tokenizer"])
file = OUT / "readers.json"
found = json.loads(file.read_text()) if file.exists() else {}
with tempfile.TemporaryDirectory() as folder:
    pathlib.Path(folder, "tokenizer.json").write_text(source)
    pathlib.Path(folder, "tokenizer_config.json").write_text(json.dumps(CONFIG))
    pathlib.Path(folder, "config.json").write_text('{"model_type": "llama"}')
    read = transformers.AutoTokenizer.from_pretrained(folder)
    found["texts"] = TEXTS
    found["tokenizers"] = [Tokenizer.from_str(source).encode(x).ids for x in TEXTS]
    found[transformers.__version__] = [read(x)["input_ids"] for x in TEXTS]
file.write_text(json.dumps(found, separators=(",", ":")) + "\n")
print(transformers.__version__, type(read).__name__, [t for t, a, b in zip(TEXTS, found["tokenizers"], found[transformers.__version__]) if a != b])
