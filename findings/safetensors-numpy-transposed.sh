#!/usr/bin/env bash
# safetensors 0.8.0 with NumPy: a transposed array is saved with its values in the wrong places.
# A good guess: save_file writes the array that it is given; PyTorch's save_file refuses tensors that are not contiguous.
# What happens: the memory is written as it lies, under the shape of the view. w.T of [[0 1 2] [3 4 5]] comes back as
# [[0 1] [2 3] [4 5]]. No error at saving, none at loading: the shapes are right, and square weights look in order.
# np.ascontiguousarray(w.T) is saved right. Adapters and converted weights are transposed all the time.
# Seen on 2026-11-30 with Python 3.11:
#   safetensors 0.8.0 numpy 2.4.6
#   saved: [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]
#   read: [[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]
#   read of a contiguous copy: [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check safetensors==0.8.0 numpy==2.4.6
cd "$work"
"$work/venv/bin/python" - <<'PY'
import numpy
import safetensors
from safetensors.numpy import load_file, save_file

print("safetensors", safetensors.__version__, "numpy", numpy.__version__)
def same(what, seen, expected):
    print(f"{what}: {seen}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected}")

weight = numpy.arange(6, dtype=numpy.float32).reshape(2, 3)
save_file({"view": weight.T, "copy": numpy.ascontiguousarray(weight.T)}, "weights.safetensors")
read = load_file("weights.safetensors")
print("saved:", weight.T.tolist())
same("read", read["view"].tolist(), [[0, 1], [2, 3], [4, 5]])
same("read of a contiguous copy", read["copy"].tolist(), weight.T.tolist())
PY
