"""Makes the expected values of ChatTurnsTest: contexts and learned texts of SOFT under chat templates, by transformers.

    python tools/golden/chat_turns.py

Demonstrations are earlier turns and the principles the system message; where a template refuses system messages
or leaves them out, they begin the first user's turn. What is learned is the assistant's turn as
apply_chat_template(..., add_generation_prompt=False) writes it. The ends of turns are those of the models' cards.
The clock stands at 26 July 2024, the day that Llama 3's own templates name. Versions: transformers 5.23.0, jinja2.
"""
import datetime, json, pathlib
import chat_vectors
from transformers.utils import chat_template_utils
from transformers.utils.chat_template_utils import render_jinja_template

HERE = pathlib.Path(__file__).resolve().parents[2]
OUT = HERE / "eval/src/test/resources/org/soft4j/eval/chat_turns.json"

PRINCIPLES = ("Answer the user's request directly and truthfully. Say so when something is not known, correct"
              " a false assumption, and decline politely what would harm someone.")
# What ends an assistant's turn, as the models' generation_config.json or tokenizer_config.json name it.
ENDS = {"smollm2": "<|im_end|>", "llama-3": "<|eot_id|>", "llama-2": "</s>", "llama-3.1": "<|eot_id|>",
        "mistral": "</s>", "qwen-2.5": "<|im_end|>", "qwen-3": "<|im_end|>", "zephyr": "</s>", "chatml": "<|im_end|>"}
GEMMA = """{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}{% if (message['role'] == 'assistant') %}{% set role = 'model' %}{% else %}{% set role = message['role'] %}{% endif %}{{ '<start_of_turn>' + role + '
' + message['content'] | trim + '<end_of_turn>
' }}{% endfor %}{% if add_generation_prompt %}{{'<start_of_turn>model
'}}{% endif %}"""
# Without control tokens, as Alpaca's: a turn ends where the next one begins.
ALPACA = """{% for m in messages %}{% if m.role == 'user' %}### Instruction:
{{ m.content }}

### Response:
{% elif m.role == 'assistant' %}{{ m.content }}

{% endif %}{% endfor %}"""
TEMPLATES = {name: chat_vectors.TEMPLATES[name] for name in ENDS} | {"gemma": GEMMA, "alpaca": ALPACA}
ENDS |= {"gemma": "<end_of_turn>", "alpaca": ""}


class Fixed(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2024, 7, 26)


chat_template_utils.datetime = Fixed


def rendered(template, turns, prompt):
    messages = [{"role": role, "content": content} for role, content in turns]
    return render_jinja_template(conversations=[messages], chat_template=template, add_generation_prompt=prompt,
                                 bos_token="<s>", eos_token="</s>")[0][0]


def takes_system(template):
    try:
        return PRINCIPLES in rendered(template, [("system", PRINCIPLES), ("user", "x")], True)
    except Exception:
        return False


def row(name):
    template = TEMPLATES[name]
    system = takes_system(template)
    shown = [("Name a colour.", "Red."), ("2 + 2?", "4.")]
    turns = [("system", PRINCIPLES)] if system else []
    for i, (asked, said) in enumerate(shown):
        turns += [("user", asked if system or i else PRINCIPLES + "\n\n" + asked), ("assistant", said)]
    turns.append(("user", "Why is the sky blue?"))
    zero = rendered(template, [("user", "Why is the sky blue?")], True)
    whole = rendered(template, [("user", "Why is the sky blue?"), ("assistant", "It scatters light.")], False)
    return {"name": name, "jinja": template, "system": system, "zeroShot": zero, "few": rendered(template, turns, True),
            "whole": whole, "begins": whole.startswith(zero), "end": ENDS[name]}


OUT.write_text(json.dumps([row(name) for name in TEMPLATES], indent=1) + "\n")
