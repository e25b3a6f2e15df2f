"""Sizes that kernels like, and bounds that keep numbers finite. No result depends on the first."""

ROWS = 32  # rows of scores that fill whole vectors: products and softmax are up to twice as fast
QUERIES = 128  # queries whose scores are held at a time
PACKED_ROWS = 64  # rows for which oneDNN lays out a packed matrix; one layout serves all numbers
ANGLES = 256  # positions of the first table of sines; it doubles when that is too short

CANDIDATES = 256  # tokens among which top-k and top-p are tried before all are sorted
COLDEST = 1e-4  # a lower temperature is greedy

EIGHT_BITS = 127.0  # largest magnitude of a weight in 8 bits
LEAST_SCALE = 1e-30  # a row of zeros is not divided by zero
LEAST_NORM = 1e-6  # as in torch.nn.utils.clip_grad_norm_
