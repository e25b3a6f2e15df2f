"""Makes the expected values of BorderTest: scores of pairs whose border stands inside a word.

    python tools/golden/border_pairs.py [models]
    python tools/golden/border_pairs.py micro
    python tools/golden/border_pairs.py smollm2 FILE.gguf
    python tools/golden/border_pairs.py tokenizers NAME=tokenizer.json ...

lm-evaluation-harness feeds the context's own tokens and then those of the whole text after as many
as the context has. Its own HFLM scores the pairs here, in float32 and one by one. A pair of which
no token is left for the continuation has null for its score: the harness stops with an assertion
error there. Versions: lm_eval 0.4.13, transformers 5.23.0, torch 2.15.0.
"""
import json, os, pathlib, random, sys
os.environ["HF_HUB_OFFLINE"] = "1"
import torch
from tokenizers import pre_tokenizers
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedTokenizerFast
from lm_eval.api.instance import Instance
from lm_eval.models.huggingface import HFLM

TESTS = pathlib.Path(__file__).resolve().parents[2] / "toolkit/lm/src/test"
GOLDEN = TESTS / "resources/golden"
MODELS = ["llama-tied", "llama-untied", "llama-biases", "mistral-window", "qwen2", "qwen3", "gpt2"]
WORDS = """The capital of France is Paris. What happens when the sun rises? Nothing happens, of
course: watermelon seeds pass through your digestive system. Answer Answers answering Questions
questionable 12.5% 1999, 3000 non-conformity; "quoted" it's don't (see below) été naïve Straße 日本語
東京は 한국어 हिन्दी здравствуйте :-) def f(x): return x+1 http://example.org/a_b?c=d""".split()
JOINS = [" ", " ", " ", " ", "\n", "\n\n", ":\n", "%\n\n", "  ", ", ", "\t", ""]


def text(rng, words):
    return "".join(rng.choice(WORDS) + rng.choice(JOINS) for _ in range(words))


def pairs(seed, count, longest=14):
    """Most borders stand inside a word, some in white space; some contexts are shared."""
    rng, rows, shared = random.Random(seed), [], []
    while len(rows) < count:
        whole = text(rng, rng.randint(2, longest))
        at = rng.randint(1, len(whole) - 1)
        if shared and rng.random() < 0.3:
            rows.append([rng.choice(shared), text(rng, 1)])
        elif whole[at - 1 : at + 1].isalnum() or rng.random() < 0.3:
            rows.append([whole[:at], whole[at:]])
            shared.append(whole[:at])
    return rows + [["Answ", "er"], ["The capital of Fra", "nce is Paris."], ["12.5%\n", "\nYes"]]


class Tokens(HFLM):
    """HFLM with a tokenizer and no model, which gives back what it would feed."""

    def __init__(self, tokenizer):
        self.tokenizer, self.add_bos_token, self.custom_prefix_token_id = tokenizer, None, None
        self.backend, self.enable_thinking = "causal", False

    def _loglikelihood_tokens(self, requests, **_):
        return [(context, rest) for _, context, rest in requests]


def requests(rows):
    return [Instance("loglikelihood", {}, tuple(row), i) for i, row in enumerate(rows)]


def fed(tokenizer, rows):
    return Tokens(tokenizer).loglikelihood(requests(rows), disable_tqdm=True)


def scored(model, tokenizer, rows):
    left = [i for i, (_, rest) in enumerate(fed(tokenizer, rows)) if rest]
    harness = HFLM(pretrained=model.eval(), tokenizer=tokenizer, batch_size=1, device="cpu")
    scores = harness.loglikelihood(requests([rows[i] for i in left]), disable_tqdm=True)
    found = dict(zip(left, scores))
    return [row + list(found.get(i, [None, None])) for i, row in enumerate(rows)]


def write(path, value):
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in value)
    path.write_text("[\n" + rows + "\n]\n")
    print(path.name, len(value), "pairs,", sum(row[2] is None for row in value), "without tokens")


def models():
    for number, name in enumerate(MODELS):
        folder = GOLDEN / name
        model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
        # The file itself: the class of Qwen 2 puts a pre-tokenizer of its own in its place.
        tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"))
        config = model.config
        ends = config.eos_token_id if isinstance(config.eos_token_id, list) else [config.eos_token_id]
        tokenizer.eos_token = tokenizer.convert_ids_to_tokens(ends[0])
        if config.bos_token_id is not None:
            tokenizer.bos_token = tokenizer.convert_ids_to_tokens(config.bos_token_id)
        write(folder / "borders.json", scored(model, tokenizer, pairs(100 + number, 40)))


def micro():
    """Whole words are its tokens, so that half a word is an unknown one."""
    folder = TESTS.parents[2] / "datasets/src/main/resources/org/soft4j/datasets/micro/world-1"
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    rng = random.Random(5)
    words = [w for w in json.loads((folder / "tokenizer.json").read_text())["model"]["vocab"] if w[0] != "<"]
    rows = []
    for number in range(60):
        whole = " ".join(rng.choice(words) for _ in range(rng.randint(2, 9)))
        at = rng.randint(1, len(whole) - 1)
        rows.append([whole[:at], whole[at:]])
    rows = scored(model, tokenizer, rows)
    write(TESTS / "resources/org/soft4j/lm/local/micro-borders.json", rows)


def smollm2(file):
    file = pathlib.Path(file)
    how = {"gguf_file": file.name}
    model = AutoModelForCausalLM.from_pretrained(file.parent, dtype=torch.float32, **how)
    tokenizer = AutoTokenizer.from_pretrained(file.parent, **how)
    # What SmolLM2 was trained with; transformers does not know the file's name for it.
    tokenizer.backend_tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Digits(individual_digits=True),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)])
    rows = scored(model, tokenizer, pairs(7, 240))
    write(TESTS / "resources/org/soft4j/lm/local/smollm2-borders.json", rows)


def tokenizers(named):
    result = {}
    for name, file in (one.split("=") for one in named):
        tokenizer = PreTrainedTokenizerFast(tokenizer_file=file)
        ends = {"<|begin_of_text|>", "<|endoftext|>"} & set(tokenizer.get_vocab())
        tokenizer.bos_token = tokenizer.eos_token = ends.pop()
        rows = pairs(11, 200)
        result[name] = [row + list(cut) for row, cut in zip(rows, fed(tokenizer, rows))]
        write(TESTS / f"resources/org/soft4j/lm/local/{name}-borders.json", result[name])


if __name__ == "__main__":
    what = sys.argv[1] if len(sys.argv) > 1 else "models"
    modes = {"models": models, "micro": micro, "smollm2": smollm2}
    modes["tokenizers"] = lambda *named: tokenizers(named)
    modes[what](*sys.argv[2:])
