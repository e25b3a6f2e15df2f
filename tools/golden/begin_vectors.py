"""Makes the expected values of BeginningTest: how lm-evaluation-harness cuts scoring requests.

    python tools/golden/begin_vectors.py

Its own HFLM encodes pairs of context and continuation with add_bos_token None, True and False,
without a model: a Llama-like tokenizer that adds <s>, one of byte-level BPE that adds nothing, and
one with an end-of-text token alone. Versions: lm_eval 0.4.13, transformers 5.23.0.
"""
import json, os, pathlib, tempfile
os.environ["HF_HUB_OFFLINE"] = "1"
from transformers import AutoTokenizer
from lm_eval.api.instance import Instance
from lm_eval.models.huggingface import HFLM

RESOURCES = pathlib.Path(__file__).resolve().parents[2] / "toolkit/lm/src/test/resources"
TOKENIZERS = RESOURCES / "org/soft4j/lm/text/tokenizers"
LLAMA = json.loads((TOKENIZERS / "metaspace.json").read_text())["tokenizer"]
BYTES = json.loads((RESOURCES / "golden/qwen2/tokenizer.json").read_text())
CASES = {
    "adds": (LLAMA, {"bos_token": "<s>", "eos_token": "</s>"}),
    "does-not-add": (BYTES, {"bos_token": "<|begin|>", "eos_token": "<|end|>"}),
    "has-none": (BYTES, {"bos_token": None, "eos_token": "<|end|>"}),
}


def pairs(begin, end):
    return [
        ["the old house", " and the dog"],
        ["the old house ", "and the dog"],
        ["Q: who?\nA:", " Nobody.\n\nQ:"],
        ["trailing \n\t", "x"],
        ["", "the dog"],
        ["", " the dog"],
        ["", begin + "the dog"],
        ["", end + "the dog"],
        [begin + "user\nHello" + end + "\n" + begin + "assistant\n", "the dog"],
        [end + "the old", " house"],
        [" " + begin + "the old", " house"],
        ["café", " é"],
    ]


def tokenizer(files, add):
    with tempfile.TemporaryDirectory() as folder:
        for name, value in files.items():
            pathlib.Path(folder, name).write_text(json.dumps(value))
        more = {} if add is None else {"add_bos_token": add}
        return AutoTokenizer.from_pretrained(folder, **more)


class Cut(HFLM):
    """HFLM with a tokenizer and no model, which gives back what it would compute."""

    def __init__(self, tokenizer, add):
        self.tokenizer, self.add_bos_token = tokenizer, add
        self.custom_prefix_token_id = None
        self.backend, self.enable_thinking = "causal", False

    def _loglikelihood_tokens(self, requests, **_):
        return [(context, rest) for _, context, rest in requests]


def cut(files, add, rows):
    model = Cut(tokenizer(files, add), add)
    requests = [Instance("loglikelihood", {}, tuple(row), i) for i, row in enumerate(rows)]
    return model.loglikelihood(requests, disable_tqdm=True)


result = {}
for name, (json_, special) in CASES.items():
    config = special | {"tokenizer_class": "PreTrainedTokenizerFast"}
    rows = pairs(special["bos_token"] or "<|begin|>", special["eos_token"])
    files = {"tokenizer.json": json_, "tokenizer_config.json": config}
    modes = {"auto": None, "on": True, "off": False}
    if special["bos_token"] is None:
        modes.pop("on")  # transformers adds nothing then; soft4j refuses
    result[name] = {
        "special": special,
        "pairs": rows,
        "cut": {mode: cut(files, add, rows) for mode, add in modes.items()},
    }
(TOKENIZERS / "begin.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
print({name: len(value["pairs"]) for name, value in result.items()})
