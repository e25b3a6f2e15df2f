"""Makes the expected values of the GGUF tests.

    python tools/golden/gguf_vectors.py [SmolLM2-135M-Instruct.Q4_1.gguf]

quants.json: random and special blocks of every quantized type, and what the package gguf makes of
them (raw bytes in hex, float bits in hex). With the SmolLM2 file also smollm2-tokens.json: 200
texts and their ids. written.json: floats of many sizes, and what the package makes of them as BF16,
F16 and Q8_0 (bits in hex). The ids are those of the library tokenizers with the pre-tokenizer that
SmolLM2 was trained with (single digits, then byte level); "transformers" holds the ids that
transformers makes of the same file where they differ, since it does not know the name "smollm".
Versions: gguf 0.19.0, numpy 2.4.6, transformers 5.23.0, tokenizers 0.23.3.
"""
import base64, hashlib, json, pathlib, sys
import numpy as np
from gguf import quants, GGMLQuantizationType as T
from texts import texts

HERE = pathlib.Path(__file__).resolve().parents[2] / "toolkit/lm/src/test/resources/org/soft4j/lm/gguf"
HERE.mkdir(parents=True, exist_ok=True)


def blocks():
    """Six random blocks with telling scales, one with all bits set, one with all bits clear."""
    rng = np.random.default_rng(7)
    out = {}
    for t, size, halves in [
            (T.Q8_0, 34, [0]), (T.Q4_0, 18, [0]), (T.Q4_1, 20, [0, 2]), (T.Q5_0, 22, [0]), (T.Q5_1, 24, [0, 2]),
            (T.Q4_K, 144, [0, 2]), (T.Q5_K, 176, [0, 2]), (T.Q6_K, 210, [208])]:
        raw = rng.integers(0, 256, (140, size), dtype=np.uint8)
        for at in halves:  # random finite scales, then: usual, negative, smallest, largest, -0, smallest normal, inf
            values = (rng.standard_normal(140) * 0.01).astype(np.float16)
            values[:7] = np.roll(np.array([0.0123, -1.5, 6e-8, 65504, -0.0, 6.104e-5, np.inf], dtype=np.float16), at)
            raw[:, at:at + 2] = values.view(np.uint8).reshape(140, 2)
        raw[7] = 255
        raw[8] = 0
        with np.errstate(all="ignore"):
            floats = quants.dequantize(raw, t).astype(np.float32)
        digest = hashlib.sha256(floats[9:].astype("<f4").tobytes()).hexdigest()
        out[t.name] = {"blocks": raw[:9].tobytes().hex(), "floats": floats[:9].astype("<f4").tobytes().hex(),
                       "more": base64.b64encode(raw[9:].tobytes()).decode(), "sha256OfMore": digest}
    (HERE / "quants.json").write_text(json.dumps(out, indent=0) + "\n")


def written():
    """Blocks of 32: usual weights, tiny ones, zeros, ties between two steps, halves' limits, subnormal scales."""
    rng = np.random.default_rng(11)
    blocks = [rng.standard_normal(32) * scale for scale in (0.02, 1.0, 300.0, 1e-6, 1e-9)]
    blocks.append(np.zeros(32))
    blocks.append(np.array([127.0] + [i + 0.5 for i in range(31)]))
    blocks.append(np.array([-127.0] + [-(i + 0.5) for i in range(31)]))
    blocks.append(np.array([65504.0, 65519.0, 6.1035156e-05, 6.097555e-05, 5.9604645e-08, 2.9802322e-08, 2.98023224e-08,
                            1.0009765625, 1.00048828125, 1.001464843750, -0.0, 1 / 3] + list(rng.standard_normal(20))))
    floats = np.concatenate(blocks).astype(np.float32)
    out = {"floats": floats.astype("<f4").tobytes().hex()}
    for t in (T.BF16, T.F16, T.Q8_0):
        out[t.name] = quants.quantize(floats, t).tobytes().hex()
    (HERE / "written.json").write_text(json.dumps(out, indent=0) + "\n")


def tokens(path):
    from tokenizers import Tokenizer, pre_tokenizers
    from transformers import AutoTokenizer
    p = pathlib.Path(path)
    hf = AutoTokenizer.from_pretrained(str(p.parent), gguf_file=p.name)
    true = Tokenizer.from_str(hf._tokenizer.to_str())
    true.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Digits(individual_digits=True),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)])
    rows = []
    for text in texts():
        ids = true.encode(text).ids
        row = {"text": text, "ids": ids, "decoded": true.decode(ids, skip_special_tokens=True)}
        other = hf(text)["input_ids"]
        if other != ids:
            row["transformers"] = other
        rows.append(row)
    print(sum("transformers" in r for r in rows), "of", len(rows), "differ")
    (HERE / "smollm2-tokens.json").write_text(
        "[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n")


blocks()
written()
if len(sys.argv) > 1:
    tokens(sys.argv[1])
