"""Trains an adapter with TRL for ./soft4j run --set training.command='python tools/trl/train.py ...'.

    python tools/trl/train.py BASE EXAMPLES OUT PREVIOUS [--learning-rate 2e-4] [--epochs 2] ...

BASE is a model folder or hub name, EXAMPLES lines of {"prompt", "completion"}, OUT the folder for
the adapter, PREVIOUS the adapter to go on with, or empty for a new one. Run with trl 1.16.0, peft
0.21.2, transformers 5.23.0, torch 2.15.0; under torchrun or accelerate launch as it is.
"""

import argparse

import torch
from datasets import load_dataset
from peft import LoraConfig, PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer
from trl import SFTConfig, SFTTrainer


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ["base", "examples", "out", "previous"]:
        parser.add_argument(name)
    parser.add_argument("--learning-rate", type=float, default=2e-4)
    parser.add_argument("--epochs", type=float, default=2)
    parser.add_argument("--batch-size", type=int, default=16)
    parser.add_argument("--rank", type=int, default=8)
    parser.add_argument("--alpha", type=float, default=16)
    parser.add_argument("--max-length", type=int, default=1024)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def main():
    given = arguments()
    model = AutoModelForCausalLM.from_pretrained(given.base, dtype="float32")
    # An adapter that is gone on with keeps its rank; a new one gets its own.
    if given.previous:
        model = PeftModel.from_pretrained(model, given.previous, is_trainable=True)
    lora = LoraConfig(r=given.rank, lora_alpha=given.alpha, target_modules="all-linear",
                      task_type="CAUSAL_LM")
    trainer = SFTTrainer(
        model=model,
        processing_class=AutoTokenizer.from_pretrained(given.base),
        train_dataset=load_dataset("json", data_files=given.examples, split="train"),
        peft_config=None if given.previous else lora,
        args=SFTConfig(
            output_dir=given.out,
            learning_rate=given.learning_rate,
            num_train_epochs=given.epochs,
            per_device_train_batch_size=given.batch_size,
            max_length=given.max_length,
            completion_only_loss=True,
            lr_scheduler_type="cosine",
            logging_steps=1,
            save_strategy="no",
            report_to="none",
            # TRL's defaults are for a GPU: without one it refuses bf16.
            use_cpu=not torch.cuda.is_available(),
            bf16=torch.cuda.is_available(),
            seed=given.seed))
    trainer.train()
    trainer.save_model(given.out)


if __name__ == "__main__":
    main()
