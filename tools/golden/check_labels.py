#!/usr/bin/env python3
"""Trains one step on a labels.jsonl with TRL's SFTTrainer as it is, and shows what it takes for prompt and completion.

    pip install trl==1.16.0 transformers==5.23.0 torch datasets
    python tools/golden/check_labels.py runs/micro/round-1/labels.jsonl
"""
import json
import sys
import tempfile

from datasets import load_dataset
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast
from trl import SFTConfig, SFTTrainer


def tokenizer(texts):
    words = Tokenizer(models.WordLevel(unk_token="<unk>"))
    words.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    words.train_from_iterator(texts, trainers.WordLevelTrainer(special_tokens=["<unk>", "<eos>"]))
    return PreTrainedTokenizerFast(tokenizer_object=words, unk_token="<unk>", eos_token="<eos>", pad_token="<eos>")


def main():
    rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    words = tokenizer([row["prompt"] + row["response"] for row in rows])
    config = GPT2Config(vocab_size=len(words), n_positions=512, n_embd=8, n_layer=1, n_head=1, eos_token_id=1, pad_token_id=1)
    with tempfile.TemporaryDirectory() as folder:
        trainer = SFTTrainer(
            model=GPT2LMHeadModel(config),
            processing_class=words,
            train_dataset=load_dataset("json", data_files=sys.argv[1], split="train", cache_dir=folder),
            args=SFTConfig(output_dir=folder, max_steps=1, report_to=[], use_cpu=True, bf16=False, logging_steps=1),
        )
        batch = trainer.data_collator([trainer.train_dataset[0]])
        labels = [i for i in batch["labels"][0].tolist() if i != -100]
        trained = words.decode(labels)
        assert trained.replace("<eos>", "").replace(" ", "") == words.decode(
            words.encode(rows[0]["completion"])).replace(" ", ""), (trained, rows[0]["completion"])
        loss = trainer.train().training_loss
        print(f"{len(trainer.train_dataset)} of {len(rows)} rows, trained on {trained!r}, loss {loss:.3f}")


if __name__ == "__main__":
    main()
