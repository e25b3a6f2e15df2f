"""Rotary frequencies of transformers, in fp32, for RotaryTest.

  python tools/golden/rotary_vectors.py > toolkit/lm/src/test/resources/golden/rotary.json

Needs torch and transformers.
"""
import json

from transformers import LlamaConfig
from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding

LLAMA3 = dict(factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=8192)
CASES = [
    (64, dict(rope_type="default", rope_theta=10000.0)), (64, dict(rope_type="default", rope_theta=100000.0)),
    (128, dict(rope_type="default", rope_theta=1000000.0)), (20, dict(rope_type="linear", rope_theta=10000.0, factor=2.5)),
    (128, dict(LLAMA3, rope_type="llama3", rope_theta=500000.0)),
]


def case(width, rope):
    config = LlamaConfig(hidden_size=4 * width, num_attention_heads=4, head_dim=width, rope_parameters=rope)
    return dict(width=width, rope=rope, frequencies=LlamaRotaryEmbedding(config).inv_freq.tolist())


print(json.dumps([case(*c) for c in CASES]))
