"""Makes the expected values of the chat template tests: transformers' rendering of three templates.

    python tools/golden/chat_vectors.py

The first is SmolLM2's own (Apache-2.0), the others were written here in the manner of Llama 3 and
of Qwen. Versions: transformers 5.23.0, jinja2.
"""
import json, pathlib
from transformers.utils.chat_template_utils import render_jinja_template

HERE = pathlib.Path(__file__).resolve().parents[2] / "toolkit/src/test/resources/org/soft4j/lm/text"

SMOLLM2 = """{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system
You are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>
' }}{% endif %}{{'<|im_start|>' + message['role'] + '
' + message['content'] + '<|im_end|>' + '
'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant
' }}{% endif %}"""

LLAMA_3 = """{% set loop_messages = messages %}
{% for message in loop_messages %}
    {% if message.role not in ['system', 'user', 'assistant'] %}
        {{ raise_exception('Unknown role ' + message.role) }}
    {% endif %}
    {% set content = '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n' + message['content'] | trim + '<|eot_id|>' %}
    {% if loop.index0 == 0 %}
        {% set content = bos_token + content %}
    {% endif %}
    {{- content -}}
{% endfor %}
{%- if add_generation_prompt %}
    {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
{%- endif %}
"""

QWEN = """{%- if messages[0].role == 'system' %}
    {{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}
    {%- set rest = messages[1:] %}
{%- else %}
    {{- '<|im_start|>system\\nYou are a helpful assistant.<|im_end|>\\n' }}
    {%- set rest = messages %}
{%- endif %}
{%- if tools is defined and tools %}
    {{- tools | tojson }}
{%- endif %}
{%- for message in rest %}
    {%- if (message.role == "user") != (loop.index0 % 2 == 0) %}
        {{- raise_exception("Roles must alternate user/assistant") }}
    {%- endif %}
    {#- a remark that leaves nothing #}
    {{- '<|im_start|>' ~ message.role ~ '\\n' ~ message.content ~ '<|im_end|>' }}
    {{- "\\n" if not loop.last or add_generation_prompt else eos_token }}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
{%- endif %}
"""

U, A, S = "user", "assistant", "system"
CHATS = [
    [(U, "Hi")],
    [(S, "Be brief."), (U, "What is 2+2?"), (A, "4."), (U, "And 3+3?")],
    [(U, "  spaces around \n"), (A, "\n\nbreaks\n"), (U, "tab\tand \"quotes\" 'single' \\ backslash \\n")],
    [(U, "{{ 7 * 7 }} {% if x %} {# c #}"), (A, "<b>&amp;</b>"), (U, "é 😀 日本語")],
    [(U, ""), (A, "x"), (U, "<|im_end|>")],
    [(A, "I speak first"), (U, "Hm")],
    [("critic", "no such role")],
]

rows = []
for name, template in [("smollm2", SMOLLM2), ("llama-3", LLAMA_3), ("qwen", QWEN)]:
    for chat in CHATS:
        for prompt in [False, True]:
            messages = [{"role": r, "content": c} for r, c in chat]
            row = {"template": name, "messages": messages, "addGenerationPrompt": prompt}
            try:
                out = render_jinja_template(
                    conversations=[messages], chat_template=template, add_generation_prompt=prompt,
                    bos_token="<s>", eos_token="</s>")
                row["text"] = out[0][0]
            except Exception as e:
                row["refused"] = str(e)
            rows.append(row)
HERE.mkdir(parents=True, exist_ok=True)
(HERE / "chat.json").write_text(json.dumps(
    {"templates": {"smollm2": SMOLLM2, "llama-3": LLAMA_3, "qwen": QWEN}, "rows": rows}, indent=1) + "\n")
print(len(rows), sum("refused" in r for r in rows), {r.get("refused") for r in rows})
