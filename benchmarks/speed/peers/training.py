"""TRL's SFTTrainer with PEFT's LoRA over the examples of training.jsonl: real tokens a second.

The same training as soft4j's Recipe: rank 16, alpha 32, all seven projections, the first values
that soft4j wrote, completion-only loss, the order of the file, steps of 8 examples, AdamW, cosine
without warm-up, clipping at 1. --batch is how many of the 8 go through the model together; the rest
is accumulated. TRL's default of recomputing activations is off, since memory suffices.
"""

import argparse
import json
import logging
import time

from datasets import Dataset
from peft import LoraConfig, get_peft_model, set_peft_model_state_dict
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, AutoTokenizer, TrainerCallback
from trl import SFTConfig, SFTTrainer

from measure import DTYPES, read_lines, use_threads, write

RANK, ALPHA, RATE, STEP = 16, 32, 2e-4, 8
IGNORED = -100  # torch's label of a token that is not learned
PROJECTIONS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


class Watch(TrainerCallback):
    """Times the loop itself: no loading, no tokenizing."""

    def __init__(self):
        self.losses = []

    def on_train_begin(self, *_, **__):
        self.start = time.perf_counter()

    def on_train_end(self, *_, **__):
        self.seconds = time.perf_counter() - self.start

    def on_log(self, args, state, control, logs, **_):
        if "loss" in logs:
            self.losses.append(logs["loss"])


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--work", required=True)
    options.add_argument("--dtype", choices=DTYPES, default="float32", help="of the frozen base")
    options.add_argument("--autocast", action="store_true", help="TRL's default with a bf16 base")
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--batch", type=int, default=1)
    options.add_argument("--examples", type=int, default=32)
    options.add_argument("--checkpointing", action="store_true", help="TRL's default")
    options.add_argument("--compile", action="store_true")
    options.add_argument("--figure", default="training")
    options = options.parse_args()
    use_threads(options.threads)
    logging.getLogger("transformers").setLevel(logging.ERROR)
    tokenizer = AutoTokenizer.from_pretrained(f"{options.work}/model/weights")
    rows = read_lines(f"{options.work}/training.jsonl")[: options.examples]
    watch = Watch()
    trainer = make_trainer(options, tokenizer, rows, watch)
    trainer.train()
    data = trainer.train_dataset
    tokens = sum(len(row["input_ids"]) for row in data)
    learned = sum(sum(label != IGNORED for label in row["labels"][1:]) for row in data)
    write(
        f"{options.work}/results.jsonl",
        options.figure,
        options.dtype,
        {
            "tokens_s": tokens / watch.seconds,
            "seconds": watch.seconds,
            "tokens": tokens,
            "learned_tokens": learned,
        },
        series=watch.losses,
        settings={
            "examples": len(rows),
            "batch": options.batch,
            "accumulated": STEP // options.batch,
            "checkpointing": options.checkpointing,
            "autocast": options.autocast,
            "compile": options.compile,
        },
    )


def make_trainer(options, tokenizer, rows, watch):
    model = AutoModelForCausalLM.from_pretrained(
        f"{options.work}/model/weights", dtype=DTYPES[options.dtype], attn_implementation="sdpa"
    )
    model = get_peft_model(
        model,
        LoraConfig(
            r=RANK,
            lora_alpha=ALPHA,
            lora_dropout=0.0,
            target_modules=PROJECTIONS,
            task_type="CAUSAL_LM",
        ),
    )
    first = load_file(f"{options.work}/first-adapter/adapter_model.safetensors")
    wrong = set_peft_model_state_dict(model, first).unexpected_keys
    if wrong:
        raise SystemExit(f"the first adapter does not fit: {wrong[:3]}")
    config = SFTConfig(
        output_dir=f"{options.work}/trl",
        per_device_train_batch_size=options.batch,
        gradient_accumulation_steps=STEP // options.batch,
        num_train_epochs=1,
        learning_rate=RATE,
        lr_scheduler_type="cosine",
        warmup_steps=0,
        weight_decay=0.0,
        max_grad_norm=1.0,
        max_length=1024,
        completion_only_loss=True,
        gradient_checkpointing=options.checkpointing,
        bf16=options.autocast,
        use_cpu=True,
        torch_compile=options.compile,
        train_sampling_strategy="sequential",
        logging_steps=1,
        logging_strategy="steps",
        save_strategy="no",
        report_to=[],
        disable_tqdm=True,
        dataloader_num_workers=0,
        dataloader_pin_memory=False,
    )
    data = Dataset.from_list([{k: row[k] for k in ("prompt", "completion")} for row in rows])
    return SFTTrainer(
        model, args=config, train_dataset=data, processing_class=tokenizer, callbacks=[watch]
    )


if __name__ == "__main__":
    main()
