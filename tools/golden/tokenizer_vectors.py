"""Makes the expected values of the tokenizer tests, with small tokenizers trained here.

    python tools/golden/tokenizer_vectors.py

byte-level.json: one byte-level BPE vocabulary, and per pre-tokenizer name of GGUF the ids of all
texts as transformers makes them of that metadata (Qwen2Tokenizer for qwen2, since the GGUF path
leaves its NFC out; for smollm the library tokenizers with single digits, as SmolLM2 was trained).
*.model: SentencePiece BPE models (bytes: byte fallback, as Llama 2; plain: no bytes, no dummy
prefix, user-defined pieces), *.json beside them: the ids and texts of the library sentencepiece.
legacy.json, metaspace.json, unigram.json: tokenizer.json files with the ids of the library
tokenizers: Llama 2's (prepends after each special token), LlamaTokenizer's (first word alone), and
a unigram one with a dummy prefix.
Versions: transformers 5.23.0, tokenizers 0.23.3, sentencepiece 0.2.3.
"""
import json, os, pathlib, tempfile
import sentencepiece
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers.integrations.gguf.gguf_tokenizer_mapping import convert_gguf_tokenizer
from transformers.models.llama.tokenization_llama import LlamaTokenizer
from transformers.models.qwen2.tokenization_qwen2 import Qwen2Tokenizer
from transformers.tokenization_utils_base import generate_merges
from texts import texts

OUT = pathlib.Path(__file__).resolve().parents[2] / "toolkit/lm/src/test/resources/org/soft4j/lm/tokenizer/tokenizers"
OUT.mkdir(parents=True, exist_ok=True)
CONTROL = ["<s>", "</s>", "<|endoftext|>", "<|im_start|>", "<|im_end|>"]
MORE = [
    "▁", "a▁b", "hello</s>world", "<s>", " </s> x", "<unk>", "x  y   z", "   ", "\u0007bell", "\x01\x02\x7f", "a\x00\x00b",
    "café cafe\u0301", "Å Å Å", "e\u0301\u0302", "ｆｕｌｌ ｗｉｄｔｈ", "Ｉ’ｍ", "I’m we’re", "don’T", "İstanbul ı", "ß ẞ", "漢字かな交じり文",
    "emoji 👍🏽 done", "\U0001F600\U0001F601", "\u2028line\u2029para", "a\u00adb", "1 22 333 4444 55555", "٠١٢٣", "x\r\n\r\ny", "\r", "\t\t\t",
    "a/b/c//d", "path/\n/next", "HTTPServer XMLHttpRequest", "iPhone McDonald", "αβγ ΑΒΓ", "ÀÉÎ àéî", "\uFFFD", "\uFEFF", "𝔘𝔫𝔦", "x" * 300,
    "user_name: <|user|> hi", "<|user|><|user|>", "foo<|user|> bar",
]
TEXTS = texts() + MORE


def save(name, value):
    (OUT / name).write_text(json.dumps(value, separators=(",", ":")) + "\n")


def corpus():
    plain = [t for t in TEXTS if "\x00" not in t and "<|" not in t]
    words = "the quick brown fox jumps over a lazy dog and then the others followed them into that old house".split()
    return plain + [" ".join(words[(i * 7 + j * j) % len(words)] for j in range(12)) for i in range(60)]


def byte_level():
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    t.train_from_iterator(corpus(), trainers.BpeTrainer(
        vocab_size=600, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()), show_progress=False))
    trained = json.loads(t.to_str())["model"]
    merges = [" ".join(m) for m in trained["merges"]]
    tokens = sorted(trained["vocab"], key=trained["vocab"].get) + CONTROL
    types = [1] * (len(tokens) - len(CONTROL)) + [3] * len(CONTROL)
    vocab = {token: i for i, token in enumerate(tokens)}
    ids, decoded = {}, {}
    for name in ["gpt-2", "default", "llama-bpe", "qwen2", "smollm", "tekken"]:
        backend, _ = convert_gguf_tokenizer("llama", {
            "tokenizer_type": "gpt2", "pre_tokenizer_type": name, "tokens": tokens, "merges": merges, "token_type": types})
        if name == "qwen2":
            q = Qwen2Tokenizer(vocab=vocab, merges=[tuple(m.split(" ")) for m in merges])
            q.add_special_tokens({"additional_special_tokens": CONTROL})
            backend = q.backend_tokenizer
        if name == "smollm":
            backend.pre_tokenizer = pre_tokenizers.Sequence([
                pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)])
        ids[name] = [backend.encode(x, add_special_tokens=False).ids for x in TEXTS]
        decoded[name] = [backend.decode(x, skip_special_tokens=True) for x in ids[name]]
        assert all(max(x, default=0) < len(tokens) for x in ids[name])
    assert len({json.dumps(v) for v in ids.values()}) == 5  # gpt-2 is default
    save("byte-level.json", {"tokens": tokens, "types": types, "merges": merges, "ids": ids, "decoded": decoded})


def pieces():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "corpus.txt")
        pathlib.Path(path).write_text("\n".join(t.replace("\n", " ").replace("\r", " ") for t in corpus()))
        for name, options in [
                ("bytes", dict(byte_fallback=True, vocab_size=800, add_dummy_prefix=True)),
                ("plain", dict(vocab_size=560, add_dummy_prefix=False, user_defined_symbols=["<|user|>", "x=", "▁▁▁"]))]:
            sentencepiece.SentencePieceTrainer.train(
                input=path, model_prefix=os.path.join(folder, name), model_type="bpe", normalization_rule_name="identity",
                remove_extra_whitespaces=False, allow_whitespace_only_pieces=True, character_coverage=0.98 if name == "bytes" else 1.0,
                minloglevel=2, num_threads=1, **options)
            (OUT / f"{name}.model").write_bytes(pathlib.Path(folder, f"{name}.model").read_bytes())
            sp = sentencepiece.SentencePieceProcessor(model_file=str(OUT / f"{name}.model"))
            rows = [x for x in TEXTS if not any(c in x for c in ["<s>", "</s>", "<unk>"])]
            ids = [sp.encode(x) for x in rows]
            save(f"{name}.json", {"texts": rows, "ids": ids, "decoded": [sp.decode(x) for x in ids],
                                  "pieces": [sp.id_to_piece(i) for i in range(len(sp))]})
    return sentencepiece.SentencePieceProcessor(model_file=str(OUT / "bytes.model"))


def tokenizer_json(name, backend):
    ids = [backend.encode(x).ids for x in TEXTS]
    save(f"{name}.json", {"tokenizer": json.loads(backend.to_str()), "ids": ids,
                          "decoded": [backend.decode(x, skip_special_tokens=True) for x in ids]})


def jsons(sp):
    tokens = [sp.id_to_piece(i) for i in range(len(sp))]
    vocab = {t: i for i, t in enumerate(tokens)}
    merges = generate_merges(vocab, {t: sp.get_score(i) for i, t in enumerate(tokens)})
    first = LlamaTokenizer(vocab=vocab, merges=merges)
    first.add_special_tokens({"additional_special_tokens": ["<|im_end|>"]})
    backend = first.backend_tokenizer
    backend.post_processor = processors.TemplateProcessing(single="<s> $A", pair="<s> $A $B", special_tokens=[("<s>", 1)])
    tokenizer_json("metaspace", backend)
    legacy = Tokenizer.from_str(backend.to_str())
    legacy.pre_tokenizer = None
    legacy.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer_json("legacy", legacy)
    unigram = Tokenizer(models.Unigram())
    unigram.normalizer = normalizers.Sequence([normalizers.Replace(Regex(" {2,}"), " ")])
    unigram.pre_tokenizer = pre_tokenizers.Metaspace()
    unigram.decoder = decoders.Metaspace()
    unigram.train_from_iterator(corpus(), trainers.UnigramTrainer(
        vocab_size=500, special_tokens=["<unk>", "<s>", "</s>"], unk_token="<unk>", show_progress=False))
    tokenizer_json("unigram", unigram)


save("texts.json", TEXTS)
byte_level()
jsons(pieces())
print(len(TEXTS))
