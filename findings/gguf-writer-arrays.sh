#!/usr/bin/env bash
# gguf 0.19.0 (Python): an empty array is not written, and a list of lists is written as one flat list.
# A good guess: what add_array takes can be read back, or it is refused (a list of 1 and 2.5 is).
# What happens: add_array("k", []) leaves the key out of the file, so that a reader cannot tell "none" from "not said"; and
# [[1, 2], [3]] comes back as [1, 2, 3], whose parts cannot be told apart.
# Seen on 2026-11-30 with Python 3.11:
#   gguf 0.19.0
#   []: no such key
#   [[1, 2], [3]]: [1, 2, 3]
#   [1, 2, 3]: [1, 2, 3]
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check gguf==0.19.0
cd "$work"
"$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

import gguf

print("gguf", version("gguf"))
def same(what, seen, expected):
    print(f"{what}: {seen}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected}")


def written(value):
    writer = gguf.GGUFWriter("metadata.gguf", "llama")
    writer.add_array("soft.values", value)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()
    field = gguf.GGUFReader("metadata.gguf").get_field("soft.values")
    return "no such key" if field is None else field.contents()


same("[]", written([]), "no such key")
same("[[1, 2], [3]]", written([[1, 2], [3]]), [1, 2, 3])
same("[1, 2, 3]", written([1, 2, 3]), [1, 2, 3])
PY
