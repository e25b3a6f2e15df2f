"""Makes adapters in the forms that PEFT writes, over the untied small Llama, and what the adapted model computes.

    python tools/golden/peft_forms.py toolkit/lm/src/test/resources/golden

Needs llama.py to have run. Writes peft/NAME (as peft saves it, B nonzero) and peft/expected.json: per adapter the
log-probabilities of continuations, or null where soft4j refuses it, with the word that its message must hold.
The base weight that is saved with a head is changed in "head-own", so that it shows whether it is used.
Versions: torch 2.15.0, transformers 5.23.0, peft 0.21.2.
"""
import json, shutil, sys
from pathlib import Path

import peft, torch, transformers
from llama import CONTEXTS, CONTINUATIONS, measures, pair

FORMS = {  # name: LoraConfig, and the word of the refusal
    "head": (dict(target_modules=["q_proj", "lm_head"]), None),
    "head-own": (dict(target_modules=["lm_head"]), None),
    "patterns": (dict(target_modules=["q_proj", "v_proj", "down_proj"], use_rslora=True,
                      rank_pattern={"q_proj": 4, "^model.layers.1.*v_proj": 2}, alpha_pattern={"layers.0.self_attn.q_proj": 3}), None),
    "excluded": (dict(target_modules="all-linear", exclude_modules=["layers.0.self_attn.v_proj"]), None),
    "one-layer": (dict(target_modules=["q_proj", "o_proj"], layers_to_transform=[1]), None),
    "dora": (dict(target_modules=["q_proj"], use_dora=True), "use_dora"),
    "saved-module": (dict(target_modules=["q_proj"], modules_to_save=["lm_head"]), "modules_to_save"),
    "bias": (dict(target_modules=["q_proj"], lora_bias=True), "lora_bias"),
    "replicated": (dict(target_modules=["q_proj"], layer_replication=[[0, 2], [1, 2]]), "layer_replication"),
    "parameters": (dict(target_modules=["q_proj"], target_parameters=["mlp.down_proj.weight"]), "target_parameters"),
    "tokens": (dict(target_modules=["q_proj"], trainable_token_indices=[1, 2]), "trainable_token_indices"),
    "embedding": (dict(target_modules=["q_proj", "embed_tokens"]), "embed_tokens"),
    "pissa": (dict(target_modules=["q_proj"], init_lora_weights="pissa"), "init_lora_weights"),
}


def load(folder):
    return transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()


def main(root):
    torch.set_num_threads(1)
    base = root / "llama-untied"
    tok = transformers.PreTrainedTokenizerFast(tokenizer_file=str(base / "tokenizer.json"))
    shutil.rmtree(root / "peft", ignore_errors=True)
    expected = {"versions": [torch.__version__, transformers.__version__, peft.__version__], "forms": {}}
    for seed, (name, (settings, refused)) in enumerate(FORMS.items()):
        torch.manual_seed(900 + seed)
        model = peft.get_peft_model(load(base), peft.LoraConfig(r=3, lora_alpha=5, task_type="CAUSAL_LM", **settings)).eval()
        for parameter, values in sorted(model.named_parameters()):
            if "lora_" in parameter and "magnitude" not in parameter:
                values.data = 0.1 * torch.randn(values.shape)
        if name == "head-own":
            model.base_model.model.lm_head.base_layer.weight.data *= 0.5
        folder = root / "peft" / name
        model.save_pretrained(folder)
        (folder / "README.md").unlink(missing_ok=True)
        rows = None
        if refused is None:
            fresh = peft.PeftModel.from_pretrained(load(base), folder).eval()
            rows = []
            for context in CONTEXTS[:3]:
                for continuation in CONTINUATIONS:
                    ids, start = pair(tok, context, continuation)
                    assert torch.equal(fresh(torch.tensor([ids])).logits, model(torch.tensor([ids])).logits)
                    rows.append(dict(context=context, continuation=continuation, logProbabilities=measures(fresh, ids, start)[0]))
        expected["forms"][name] = dict(refused=refused, scores=rows)
        print(name, sum(f.stat().st_size for f in folder.iterdir()), refused or rows[0]["logProbabilities"])
    (root / "peft" / "expected.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n")


main(Path(sys.argv[1]))
