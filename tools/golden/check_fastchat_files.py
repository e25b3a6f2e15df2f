#!/usr/bin/env python3
"""Reads exported answers and judgements with FastChat 0.2.36's own loaders, and AlpacaEval's outputs as its command does.

    pip install --no-deps fschat==0.2.36; pip install pandas requests pydantic numpy
    python tools/golden/check_fastchat_files.py DATA/vicuna_bench [model_outputs.json]
"""
import json
import os
import sys
from unittest.mock import MagicMock

for name in ("openai", "anthropic", "fastchat.model", "fastchat.model.model_adapter"):
    sys.modules[name] = MagicMock()
from fastchat.llm_judge import common  # noqa: E402


def main():
    bench = sys.argv[1]
    answers = common.load_model_answers(os.path.join(bench, "model_answer"))
    assert answers, "FastChat finds no answers"
    for model, rows in answers.items():
        turns = [len(row["choices"][0]["turns"]) for row in rows.values()]
        print(f"{model}: {len(rows)} answers, {sum(turns)} turns")
        assert {row["model_id"] for row in rows.values()} == {model}, "the file's name is the model's"
    judgements = os.path.join(bench, "model_judgment")
    for file in sorted(os.listdir(judgements)) if os.path.isdir(judgements) else []:
        read = common.load_single_model_judgments if file.endswith("_single.jsonl") else common.load_pairwise_model_judgments
        for judge, rows in read(os.path.join(judgements, file)).items():
            print(f"{file}: {judge}, {len(rows)} judgements")
            assert {key[1] for key in rows} <= set(answers), (set(answers), rows.keys())
    for path in sys.argv[2:]:
        rows = json.load(open(path))
        assert all({"instruction", "output", "generator"} <= row.keys() for row in rows)
        generator = {row["generator"] for row in rows}
        assert len(generator) == 1 and os.sep not in min(generator), generator
        print(f"{path}: {len(rows)} outputs of {min(generator)}")


if __name__ == "__main__":
    main()
