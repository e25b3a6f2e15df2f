"""Makes the expected ids of the cuts that llama.cpp names, and holds these cuts against real vocabularies.

    pip download --no-deps --no-binary :all: llama-cpp-python==0.3.16 && tar xf llama_cpp_python-0.3.16.tar.gz
    python tools/golden/pre_tokenizer_vectors.py llama_cpp_python-0.3.16/vendor/llama.cpp

The folder holds vocabularies of real models with texts and the ids that transformers gave of them
(models/ggml-vocab-*.gguf, .inp, .out). The cuts below, which are those of the models' tokenizer.json files, must give
these ids; then pre-tokenizers.json gets the ids of texts.json under each cut with the small vocabulary of
byte-level.json, and the digests of the real vocabularies' merges are printed. PreTokenizersTest reads the real ones
too, where SOFT4J_LLAMA_CPP names the folder.
Versions: tokenizers 0.23.3, gguf 0.19.0, llama-cpp-python 0.3.16.
"""
import hashlib, json, pathlib, re, sys

from gguf import GGUFReader
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers as pre

OUT = pathlib.Path(__file__).resolve().parents[2] / "toolkit/lm/src/test/resources/org/soft4j/lm/tokenizer/tokenizers"


def deepseek(folder):
    """The three long classes of letters, as the repository writes them."""
    source = (folder / "src/llama-vocab.cpp").read_text()
    part = source[source.index("PRE_TYPE_DEEPSEEK_LLM:"):]
    rows = re.findall(r'^\s+"(.*)",$', part[:part.index("break")], re.M)
    return [row.replace("\\\\", "\\") for row in rows]


def cuts(folder):
    _, words, marks, _, east_asian, _ = deepseek(folder)
    split = lambda pattern: pre.Split(Regex(pattern), "isolated")
    level = lambda regex: pre.ByteLevel(add_prefix_space=False, use_regex=regex)
    single = pre.Sequence([pre.Digits(individual_digits=True), level(True)])
    ends = [split(east_asian), pre.Digits(individual_digits=True), level(False)]
    return {
        "starcoder": single, "refact": single, "command-r": single,
        "falcon": pre.Sequence([pre.Punctuation("contiguous"), level(True), pre.Digits(individual_digits=False), split("[0-9][0-9][0-9]")]),
        "deepseek-llm": pre.Sequence([split(r"[\r\n]"), split(words), split(marks), split(r"\s+$")] + ends),
        "deepseek-coder": pre.Sequence([split(r"[\r\n]"), split(r"\s?\p{L}+"), split(r"\s?\p{P}+")] + ends),
    }


def tokenizer(name, cut, tokens, types, merges):
    t = Tokenizer(models.BPE(vocab={x: i for i, x in reversed(list(enumerate(tokens)))}, merges=[tuple(m.split(" ")) for m in merges]))
    t.pre_tokenizer, t.decoder = cut, decoders.ByteLevel()
    if name == "command-r":
        t.normalizer = normalizers.NFC()
    t.add_special_tokens([AddedToken(x, special=True, normalized=False) for x, k in zip(tokens, types) if k == 3])
    t.add_tokens([AddedToken(x, special=False, normalized=False) for x, k in zip(tokens, types) if k == 4])
    return t


def real(folder, name, cut):
    file = folder / f"models/ggml-vocab-{name}.gguf"
    fields = GGUFReader(str(file)).fields
    tokens, types, merges = (fields["tokenizer.ggml." + key].contents() for key in ["tokens", "token_type", "merges"])
    t = tokenizer(name, cut, tokens, types, merges)
    texts = pathlib.Path(f"{file}.inp").read_bytes().decode().split("\n__ggml_vocab_test__\n")
    for text, line in zip(texts, pathlib.Path(f"{file}.out").read_text().split("\n"), strict=True):
        assert t.encode(text, add_special_tokens=False).ids == [int(x) for x in line.split()], (name, text)
    print(name, len(texts), hashlib.sha256("\n".join(merges).encode()).hexdigest())


def main(folder):
    small = json.loads((OUT / "byte-level.json").read_text())
    texts = json.loads((OUT / "texts.json").read_text())
    ids, decoded = {}, {}
    for name, cut in cuts(folder).items():
        real(folder, name, cut)
        t = tokenizer(name, cut, small["tokens"], small["types"], small["merges"])
        ids[name] = [t.encode(x, add_special_tokens=False).ids for x in texts]
        decoded[name] = [t.decode(x, skip_special_tokens=True) for x in ids[name]]
    assert ids.pop("refact") == ids["starcoder"]
    assert len({json.dumps(x) for x in ids.values()}) == len(ids)
    (OUT / "pre-tokenizers.json").write_text(json.dumps({"ids": ids, "decoded": decoded}, separators=(",", ":")) + "\n")


main(pathlib.Path(sys.argv[1]))
