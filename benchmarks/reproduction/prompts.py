#!/usr/bin/env python3
"""Writes the 120 prompts of smollm2.yaml: prompts.py DATA OUT.

DATA holds prompts/self_instruct_seed.jsonl and prompts/user_oriented.jsonl, as ./soft4j datasets fetch brings them. Taken
are prompts of at most 600 letters: all of the first file, then as many of the second as are missing.
"""
import json
import sys
from pathlib import Path

COUNT, LETTERS = 120, 600
data, out = map(Path, sys.argv[1:])
rows = []
for name in ("self_instruct_seed", "user_oriented"):
    with open(data / "prompts" / f"{name}.jsonl", encoding="utf-8") as lines:
        rows += [row for row in map(json.loads, lines) if len(row["prompt"]) <= LETTERS]
if len(rows) < COUNT:
    sys.exit(f"There are {len(rows)} prompts, and {COUNT} are needed.")
with open(out, "w", encoding="utf-8") as file:
    file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows[:COUNT])
