"""Makes the expected values of the chat template tests: transformers' rendering of many templates.

    python tools/golden/chat_vectors.py

The first is SmolLM2's own (Apache-2.0), the others were written here in the manner of the models
they are named after; "controls" holds what templates rarely use.
chat_cases.py holds more of them, and pieces of Jinja one by one. The clock stands still at
2026-03-09 08:07:06. Versions: transformers 5.23.0, jinja2.
"""
import datetime, json, pathlib
import chat_cases as cases
from transformers.utils import chat_template_utils
from transformers.utils.chat_template_utils import render_jinja_template

HERE = pathlib.Path(__file__).resolve().parents[2] / "toolkit/lm/src/test/resources/org/soft4j/lm/template"

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

LLAMA_2 = """{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'] %}{% else %}{% set loop_messages = messages %}{% set system_message = false %}{% endif %}{% for message in loop_messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}{% if loop.index0 == 0 and system_message != false %}{% set content = '<<SYS>>\\n' + system_message + '\\n<</SYS>>\\n\\n' + message['content'] %}{% else %}{% set content = message['content'] %}{% endif %}{% if message['role'] == 'user' %}{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}{% elif message['role'] == 'assistant' %}{{ ' '  + content.strip() + ' ' + eos_token }}{% endif %}{% endfor %}"""

LLAMA_31 = """{{- bos_token }}
{%- if custom_tools is defined %}
    {%- set tools = custom_tools %}
{%- endif %}
{%- if not tools_in_user_message is defined %}
    {%- set tools_in_user_message = true %}
{%- endif %}
{%- if not date_string is defined %}
    {%- if strftime_now is defined %}
        {%- set date_string = strftime_now("%d %b %Y") %}
    {%- else %}
        {%- set date_string = "26 Jul 2024" %}
    {%- endif %}
{%- endif %}
{%- if not tools is defined %}
    {%- set tools = none %}
{%- endif %}

{#- This block extracts the system message, so we can slot it into the right place. #}
{%- if messages[0]['role'] == 'system' %}
    {%- set system_message = messages[0]['content']|trim %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set system_message = "" %}
{%- endif %}

{{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
{%- if tools is not none %}
    {{- "Environment: ipython\\n" }}
{%- endif %}
{{- "Cutting Knowledge Date: December 2023\\n" }}
{{- "Today Date: " + date_string + "\\n\\n" }}
{{- system_message }}
{{- "<|eot_id|>" }}
{%- for message in messages %}
    {%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in message) %}
        {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'+ message['content'] | trim + '<|eot_id|>' }}
    {%- elif 'tool_calls' in message %}
        {%- if not message.tool_calls|length == 1 %}
            {{- raise_exception("This model only supports single tool-calls at once!") }}
        {%- endif %}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
{%- endif %}
"""

MISTRAL = """{%- if messages[0]['role'] == 'system' %}
    {%- set system_message = messages[0]['content'] %}
    {%- set loop_messages = messages[1:] %}
{%- else %}
    {%- set loop_messages = messages %}
{%- endif %}
{%- set ns = namespace() %}
{%- set ns.index = 0 %}
{%- for message in loop_messages %}
    {%- if not (message.role == "tool" or message.role == "tool_results" or (message.tool_calls is defined and message.tool_calls is not none)) %}
        {%- if (message["role"] == "user") != (ns.index % 2 == 0) %}
            {{- raise_exception("After the optional system message, conversation roles must alternate user/assistant/user/assistant/...") }}
        {%- endif %}
        {%- set ns.index = ns.index + 1 %}
    {%- endif %}
{%- endfor %}

{{- bos_token }}
{%- for message in loop_messages %}
    {%- if message['role'] == 'user' %}
        {%- if loop.last and system_message is defined %}
            {{- '[INST] ' + system_message + '\\n\\n' + message['content'] + '[/INST]' }}
        {%- else %}
            {{- '[INST] ' + message['content'] + '[/INST]' }}
        {%- endif %}
    {%- elif message['role'] == 'assistant' %}
        {{- ' ' + message['content'] + eos_token }}
    {%- else %}
        {{- raise_exception('Only user and assistant roles are supported, with the exception of an initial optional system message!') }}
    {%- endif %}
{%- endfor %}
"""

QWEN_25 = """{%- if tools %}
    {{- '<|im_start|>system\\n' }}
    {%- if messages[0]['role'] == 'system' %}
        {{- messages[0]['content'] }}
    {%- else %}
        {{- 'You are Qwen, created by Alibaba Cloud. You are a helpful assistant.' }}
    {%- endif %}
    {{- "\\n\\n# Tools\\n\\n" }}
    {%- for tool in tools %}
        {{- "\\n" }}
        {{- tool | tojson }}
    {%- endfor %}
    {{- "\\n</tools><|im_end|>\\n" }}
{%- else %}
    {%- if messages[0]['role'] == 'system' %}
        {{- '<|im_start|>system\\n' + messages[0]['content'] + '<|im_end|>\\n' }}
    {%- else %}
        {{- '<|im_start|>system\\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\\n' }}
    {%- endif %}
{%- endif %}
{%- for message in messages %}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) or (message.role == "assistant" and not message.tool_calls) %}
        {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
    {%- elif message.role == "assistant" %}
        {{- '<|im_start|>' + message.role }}
        {%- for tool_call in message.tool_calls %}
            {%- if tool_call.function is defined %}
                {%- set tool_call = tool_call.function %}
            {%- endif %}
            {{- tool_call.name }}
        {%- endfor %}
        {{- '<|im_end|>\\n' }}
    {%- elif message.role == "tool" %}
        {%- if (loop.index0 == 0) or (messages[loop.index0 - 1].role != "tool") %}
            {{- '<|im_start|>user' }}
        {%- endif %}
        {{- '\\n<tool_response>\\n' }}
        {{- message.content }}
        {{- '\\n</tool_response>' }}
        {%- if loop.last or (messages[loop.index0 + 1].role != "tool") %}
            {{- '<|im_end|>\\n' }}
        {%- endif %}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
{%- endif %}
"""

QWEN_3 = """{%- if messages[0].role == 'system' %}
    {{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}
{%- endif %}
{%- set ns = namespace(multi_step_tool=true, last_query_index=messages|length - 1) %}
{%- for message in messages[::-1] %}
    {%- set index = (messages|length - 1) - loop.index0 %}
    {%- if ns.multi_step_tool and message.role == "user" and message.content is string and not(message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) %}
        {%- set ns.multi_step_tool = false %}
        {%- set ns.last_query_index = index %}
    {%- endif %}
{%- endfor %}
{%- for message in messages %}
    {%- if message.content is string %}
        {%- set content = message.content %}
    {%- else %}
        {%- set content = '' %}
    {%- endif %}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) %}
        {{- '<|im_start|>' + message.role + '\\n' + content + '<|im_end|>' + '\\n' }}
    {%- elif message.role == "assistant" %}
        {%- set reasoning_content = '' %}
        {%- if message.reasoning_content is string %}
            {%- set reasoning_content = message.reasoning_content %}
        {%- else %}
            {%- if '</think>' in content %}
                {%- set reasoning_content = content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}
                {%- set content = content.split('</think>')[-1].lstrip('\\n') %}
            {%- endif %}
        {%- endif %}
        {%- if loop.index0 > ns.last_query_index %}
            {%- if loop.last or (not loop.last and reasoning_content) %}
                {{- '<|im_start|>' + message.role + '\\n<think>\\n' + reasoning_content.strip('\\n') + '\\n</think>\\n\\n' + content.lstrip('\\n') }}
            {%- else %}
                {{- '<|im_start|>' + message.role + '\\n' + content }}
            {%- endif %}
        {%- else %}
            {{- '<|im_start|>' + message.role + '\\n' + content }}
        {%- endif %}
        {{- '<|im_end|>\\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
    {%- if enable_thinking is defined and enable_thinking is false %}
        {{- '<think>\\n\\n</think>\\n\\n' }}
    {%- endif %}
{%- endif %}
"""

ZEPHYR = """{% for message in messages %}
{% if message['role'] == 'user' %}
{{ '<|user|>
' + message['content'] + eos_token }}
{% elif message['role'] == 'system' %}
{{ '<|system|>
' + message['content'] + eos_token }}
{% elif message['role'] == 'assistant' %}
{{ '<|assistant|>
'  + message['content'] + eos_token }}
{% endif %}
{% if loop.last and add_generation_prompt %}
{{ '<|assistant|>' }}
{% endif %}
{% endfor %}"""

CHATML = """{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"""

CONTROLS = """{%- for message in messages -%}
{%- if message.role == 'system' %}{% continue %}{% endif -%}
{%- if loop.index > 3 %}{% break %}{% endif -%}
{{ loop.index }}/{{ loop.length }} {{ message.role | upper }}: {{ message['content'] | replace('a', 'A') }}{{ ',' if not loop.last }}
{% endfor -%}
{% macro tag(name, inner='-') %}<{{ name }}:{{ inner }}>{% endmacro %}
{{- tag('x') }}{{ tag('y', messages | length) }} {{ (messages | first).role ~ (messages | last)['role'] }}
{{- ' ' ~ messages | map(attribute='role') | join('+') }} {{ (messages | selectattr('role', 'equalto', 'user') | list | length) * 2 }}
{%- set n = namespace(text='') %}{% for m in messages %}{% set n.text = n.text + m.content[:2] %}{% endfor %}[{{ n.text }}] {{ messages[-1].content.title() if messages[-1].role == 'user' else 'none' }}
"""

TEMPLATES = {"smollm2": SMOLLM2, "llama-3": LLAMA_3, "qwen": QWEN, "llama-2": LLAMA_2, "llama-3.1": LLAMA_31,
             "mistral": MISTRAL, "qwen-2.5": QWEN_25, "qwen-3": QWEN_3, "zephyr": ZEPHYR, "chatml": CHATML, "controls": CONTROLS}

U, A, S = "user", "assistant", "system"
CHATS = [
    [(U, "Hi")],
    [(S, "Be brief."), (U, "What is 2+2?"), (A, "4."), (U, "And 3+3?")],
    [(U, "  spaces around \n"), (A, "\n\nbreaks\n"), (U, "tab\tand \"quotes\" 'single' \\ backslash \\n")],
    [(U, "{{ 7 * 7 }} {% if x %} {# c #}"), (A, "<b>&amp;</b>"), (U, "é 😀 日本語")],
    [(U, ""), (A, "x"), (U, "<|im_end|>")],
    [(A, "I speak first"), (U, "Hm")],
    [("critic", "no such role")],
    [(S, " System. "), (U, "One"), (A, "<think>\n\nhm\n</think>\n\nTwo"), (U, "Three"), (A, "<think>a</think>\nFour")],
    [(U, "a"), (A, "b"), (U, "c"), (A, "d"), (U, "the end's near, it's 5 o'clock")],
]



class Fixed(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2026, 3, 9, 8, 7, 6)


chat_template_utils.datetime = Fixed


def rendered(template, chat, prompt):
    """The row of a test: a text, or the words of the refusal."""
    messages = [{"role": r, "content": c} for r, c in chat]
    row = {"messages": messages, "addGenerationPrompt": prompt}
    try:
        out = render_jinja_template(
            conversations=[messages], chat_template=template, add_generation_prompt=prompt,
            bos_token="<s>", eos_token="</s>")
        return row | {"text": out[0][0]}
    except Exception as e:
        # Only a template's own words are the same everywhere.
        return row | {"refused": str(e) if type(e).__name__ == "TemplateError" else ""}


def write(file, templates, rows, **more):
    HERE.mkdir(parents=True, exist_ok=True)
    (HERE / file).write_text(json.dumps({"templates": templates, **more, "rows": rows}, indent=1) + "\n")
    print(file, len(rows), sum("refused" in r for r in rows), {r.get("refused") for r in rows})


def crossed(templates, chats):
    return [{"template": name} | rendered(template, chat, prompt)
            for name, template in templates.items() for chat in chats for prompt in [False, True]]


def main():
    write("chat.json", TEMPLATES, crossed(TEMPLATES, CHATS))
    awkward = [[(U, c)] for c in cases.CONTENTS] + [[(S, c), (U, c), (A, c), (U, c)] for c in cases.CONTENTS]
    write("chat_models.json", TEMPLATES | cases.MODELS, crossed(cases.MODELS, CHATS + awkward) + crossed(TEMPLATES, awkward))
    pieces = {str(i): piece for i, piece in enumerate(cases.PIECES + cases.SPACES)}
    some = [[(U, "ab cab")], [(S, "sys"), (U, " Hello World, it's \ufb01ne\n"), (A, "o\U0001f600k")], [(U, cases.CONTENTS[1])], [(U, cases.CONTENTS[3]), (A, "")]]
    for template in cases.REFUSED:
        assert "text" in rendered(template, some[0], True), template
    write("chat_pieces.json", pieces, [{"template": name} | rendered(pieces[name], chat, True) for name in pieces for chat in some],
          unsupported=cases.REFUSED)


if __name__ == "__main__":
    main()
