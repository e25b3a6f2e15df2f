"""More templates and conversations for chat_vectors.py: the manners of other models, and one piece of Jinja at a time."""

MODELS = {
    "deepseek": """{% if not add_generation_prompt is defined %}{% set add_generation_prompt = false %}{% endif %}{% set ns = namespace(is_first=false, is_tool=false, is_output_first=true, system_prompt='') %}{%- for message in messages %}{%- if message['role'] == 'system' %}{% set ns.system_prompt = message['content'] %}{%- endif %}{%- endfor %}{{bos_token}}{{ns.system_prompt}}{%- for message in messages %}{%- if message['role'] == 'user' %}{%- set ns.is_tool = false -%}{{'<｜User｜>' + message['content']}}{%- endif %}{%- if message['role'] == 'assistant' and message['content'] is not none %}{%- if ns.is_tool %}{{'<｜tool▁outputs▁end｜>' + message['content'] + '<｜end▁of▁sentence｜>'}}{%- set ns.is_tool = false -%}{%- else %}{% set content = message['content'] %}{% if '</think>' in content %}{% set content = content.split('</think>')[-1] %}{% endif %}{{'<｜Assistant｜>' + content + '<｜end▁of▁sentence｜>'}}{%- endif %}{%- endif %}{%- endfor -%}{% if add_generation_prompt and not ns.is_tool %}{{'<｜Assistant｜><think>\\n'}}{% endif %}""",
    "gemma": """{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}{% if (message['role'] == 'assistant') %}{% set role = 'model' %}{% else %}{% set role = message['role'] %}{% endif %}{{ '<start_of_turn>' + role + '
' + message['content'] | trim + '<end_of_turn>
' }}{% endfor %}{% if add_generation_prompt %}{{'<start_of_turn>model
'}}{% endif %}""",
    "gemma3": """{{ bos_token }}
{%- if messages[0]['role'] == 'system' -%}
    {%- if messages[0]['content'] is string -%}
        {%- set first_user_prefix = messages[0]['content'] + '

' -%}
    {%- else -%}
        {%- set first_user_prefix = messages[0]['content'][0]['text'] + '

' -%}
    {%- endif -%}
    {%- set loop_messages = messages[1:] -%}
{%- else -%}
    {%- set first_user_prefix = "" -%}
    {%- set loop_messages = messages -%}
{%- endif -%}
{%- for message in loop_messages -%}
    {%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) -%}
        {{ raise_exception("Conversation roles must alternate user/assistant/user/assistant/...") }}
    {%- endif -%}
    {%- if (message['role'] == 'assistant') -%}
        {%- set role = "model" -%}
    {%- else -%}
        {%- set role = message['role'] -%}
    {%- endif -%}
    {{ '<start_of_turn>' + role + '
' + (first_user_prefix if loop.first else "") }}
    {%- if message['content'] is string -%}
        {{ message['content'] | trim }}
    {%- elif message['content'] is iterable -%}
        {%- for item in message['content'] -%}
            {%- if item['type'] == 'image' -%}
                {{ '<start_of_image>' }}
            {%- elif item['type'] == 'text' -%}
                {{ item['text'] | trim }}
            {%- endif -%}
        {%- endfor -%}
    {%- else -%}
        {{ raise_exception("Invalid content type") }}
    {%- endif -%}
    {{ '<end_of_turn>
' }}
{%- endfor -%}
{%- if add_generation_prompt -%}
    {{'<start_of_turn>model
'}}
{%- endif -%}
""",
    "mistral-v3": """{%- if messages[0]["role"] == "system" %}
    {%- set system_message = messages[0]["content"] %}
    {%- set loop_messages = messages[1:] %}
{%- else %}
    {%- set loop_messages = messages %}
{%- endif %}
{%- if not tools is defined %}
    {%- set tools = none %}
{%- endif %}
{%- set user_messages = loop_messages | selectattr("role", "equalto", "user") | list %}

{#- This block checks for alternating user/assistant messages, skipping tool calling messages #}
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
    {%- if message["role"] == "user" %}
        {%- if tools is not none and (message == user_messages[-1]) %}
            {{- "[AVAILABLE_TOOLS] [" }}
        {%- endif %}
        {%- if loop.last and system_message is defined %}
            {{- "[INST] " + system_message + "\\n\\n" + message["content"] + "[/INST]" }}
        {%- else %}
            {{- "[INST] " + message["content"] + "[/INST]" }}
        {%- endif %}
    {%- elif message["role"] == "assistant" %}
        {{- " " + message["content"]|trim + eos_token}}
    {%- else %}
        {{- raise_exception("Only user and assistant roles are supported, with the exception of an initial optional system message!") }}
    {%- endif %}
{%- endfor %}
""",
    "smollm3": """{#- defaults #}
{%- if enable_thinking is not defined -%}{%- set enable_thinking = true -%}{%- endif -%}
{%- if enable_thinking -%}{%- set reasoning_mode = "/think" -%}{%- else -%}{%- set reasoning_mode = "/no_think" -%}{%- endif -%}
{{- "<|im_start|>system\\n" -}}
{%- if messages[0].role == "system" -%}
  {%- set system_message = messages[0].content -%}
  {%- if "/no_think" in system_message -%}{%- set reasoning_mode = "/no_think" -%}{%- elif "/think" in system_message -%}{%- set reasoning_mode = "/think" -%}{%- endif -%}
  {%- set custom_instructions = system_message.replace("/no_think", "").replace("/think", "").rstrip() -%}
{%- endif -%}
{{- "## Metadata\\n\\nToday Date: " ~ strftime_now("%d %B %Y") ~ "\\nReasoning Mode: " + reasoning_mode + "\\n\\n" -}}
{%- if custom_instructions -%}{{- custom_instructions + "\\n\\n" -}}{%- else -%}{{- "You are a helpful assistant.\\n\\n" -}}{%- endif -%}
{{- "<|im_end|>\\n" -}}
{%- for message in messages -%}
  {%- set content = message.content if message.content is string else "" -%}
  {%- if message.role == "user" -%}{{ "<|im_start|>" + message.role + "\\n"  + content + "<|im_end|>\\n" }}
  {%- elif message.role == "assistant" -%}
    {% generation %}
    {%- if reasoning_mode == "/think" -%}{{ "<|im_start|>assistant\\n" + content.lstrip("\\n") + "<|im_end|>\\n" }}{%- else -%}{{ "<|im_start|>assistant\\n" + "<think>\\n\\n</think>\\n" + content.lstrip("\\n") + "<|im_end|>\\n" }}{%- endif -%}
    {% endgeneration %}
  {%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}{{ "<|im_start|>assistant\\n" }}{%- endif -%}""",
    "command-r": """{{ bos_token }}{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'] %}{% elif false == true %}{% set loop_messages = messages %}{% set system_message = 'You are Command-R.' %}{% else %}{% set loop_messages = messages %}{% set system_message = false %}{% endif %}{% if system_message != false %}{{ '<|START_OF_TURN_TOKEN|><|SYSTEM_TOKEN|>' + system_message + '<|END_OF_TURN_TOKEN|>' }}{% endif %}{% for message in loop_messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}{% set content = message['content'] %}{% if message['role'] == 'user' %}{{ '<|START_OF_TURN_TOKEN|><|USER_TOKEN|>' + content.strip() + '<|END_OF_TURN_TOKEN|>' }}{% elif message['role'] == 'assistant' %}{{ '<|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>'  + content.strip() + '<|END_OF_TURN_TOKEN|>' }}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '<|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>' }}{% endif %}""",
    "granite": """{%- if messages[0]['role'] == 'system' %}{%- set system_message = messages[0]['content'] %}{%- set loop_messages = messages[1:] %}{%- else %}{%- set system_message = "Knowledge Cutoff Date: April 2024.
Today's Date: " + strftime_now('%B %d, %Y') + ".
You are Granite." %}{%- set loop_messages = messages %}{%- endif %}{{- '<|start_of_role|>system<|end_of_role|>' + system_message + '<|end_of_text|>
' }}{%- for message in loop_messages %}{{- '<|start_of_role|>' + message['role'] + '<|end_of_role|>' + message['content'] + '<|end_of_text|>
' }}{%- if loop.last and add_generation_prompt %}{{- '<|start_of_role|>assistant' }}{%- if controls %}{{- ' ' + controls | tojson()}}{%- endif %}{{- '<|end_of_role|>' }}{%- endif %}{%- endfor %}""",
    "phi-3": """{% for message in messages %}{% if message['role'] == 'system' and message['content'] %}{{'<|system|>
' + message['content'] + '<|end|>
'}}{% elif message['role'] == 'user' %}{{'<|user|>
' + message['content'] + '<|end|>
'}}{% elif message['role'] == 'assistant' %}{{'<|assistant|>
' + message['content'] + '<|end|>
'}}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>
' }}{% else %}{{ eos_token }}{% endif %}""",
    "falcon": """{% for message in messages %}{% if not loop.first %}{{ '
' }}{% endif %}{% if message['role'] == 'system' %}{{ 'System: ' }}{% elif message['role'] == 'user' %}{{ 'User: ' }}{% elif message['role'] == 'assistant' %}{{ 'Falcon: ' }}{% endif %}{{ message['content'] }}{% endfor %}{% if add_generation_prompt %}{{ '
' + 'Falcon:' }}{% endif %}""",
    "vicuna": """{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'].strip() %}{% else %}{% set loop_messages = messages %}{% set system_message = 'A chat between a curious user and an artificial intelligence assistant.' %}{% endif %}{{ bos_token + system_message }}{% for message in loop_messages %}{% if message['role'] == 'user' %}{{ ' USER: ' + message['content'].strip() }}{% elif message['role'] == 'assistant' %}{{ ' ASSISTANT: ' + message['content'].strip() + eos_token }}{% endif %}{% if loop.last and message['role'] == 'user' and add_generation_prompt %}{{ ' ASSISTANT:' }}{% endif %}{% endfor %}""",
}

# Pieces of Jinja, one a line: how operators bind, what values are, what is undefined, how white space is cut.
PIECES = r"""
{% if not add_generation_prompt is defined %}{% set add_generation_prompt = false %}{% endif %}{{ add_generation_prompt }}
{% set x = 1 %}{{ not x is defined }}{{ not y is defined }}{{ not (x) is defined }}{{ not (x is defined) and true }}{{ not x is not defined }}
{{ not 'a' in messages[0].content }}{{ not messages[0].role == 'user' }}{{ not messages[0].content is none }}
{{ not false and false }}{{ not (false and false) }}{{ not [1, 2][0] == 1 or 'not x is y' == "not x is y" }}{{ 'a' not in ['not in', 'b'] }}
{{ {'a': not 1 == 2, 'b': [not 3 > 2]} }}{{ 1 if not 1 == 2 else 3 }}{{ (not 'x' is string) or (not none is none) }}
{% if true and not tools is defined %}A{% else %}B{% endif %}{% if not tools %}C{% endif %}{% if tools is not defined %}D{% endif %}{{ documents is none }}
{{ 'Y' if tools is not defined else 'N' }}[{{ tools }}][{{ xx }}]{{ tools.x is defined }}{{ xx is undefined }}
{% for m in messages if m.role != 'system' %}{{ loop.index }}/{{ loop.length }}{{ m.role }}{{ loop.first }}{{ loop.last }}{{ loop.revindex0 }};{% endfor %}
{% for m in messages if m.role == 'nobody' %}x{% else %}none{% endfor %}{% for m in messages %}{{ m.role }};{% else %}E{% endfor %}{% for m in [] %}x{% else %}E{% endfor %}
{% for m in messages if not m.role == 'user' and m.content %}{{ m.content }}|{% endfor %}
{% for m in messages %}{{ loop.previtem.role if loop.previtem is defined }}<{{ loop.nextitem.role if not loop.last }}>{{ loop.cycle('x', 'y') }}{% endfor %}
{% for m in messages %}{% if x is defined %}again{% endif %}{% set x = 1 %}{% endfor %}[{{ x is defined }}]
{% for m in messages %}{% if loop.index == 2 %}b{% break %}z{% endif %}{{ m.role }}{% endfor %}|{% for m in messages %}{% if loop.first %}c{% continue %}z{% endif %}{{ m.role }}{% endfor %}
{% for m in messages %}{% for c in m.content[:2] %}{{ c }}{{ loop.index }}{{ loop.depth }}{% endfor %};{% endfor %}
{% for k, v in messages[0].items() %}{{ k }}={{ v }};{% endfor %}{% for k in messages[0] %}{{ k }};{% endfor %}{% for k, v in messages[0]|items %}{{ k }}{% endfor %}
{% for i in range(3) %}{{ i }}{% endfor %}{% for i in range(1, 7, 2) %}{{ i }}{% endfor %}{% for i in range(3, 0, -1) %}{{ i }}{% endfor %}
{% for a, b in [[1, 2], ('x', 'y')] %}{{ a }}{{ b }}{% endfor %}{% set c, d = 5, 6 %}{{ c + d }}
{% for m in messages or [1] %}x{% endfor %}{% for m in (messages if true else []) %}y{% endfor %}
{{ '' == false }}{{ '' != false }}{{ 0 == false }}{{ 1 == true }}{{ 'a' != true }}{{ none == false }}{{ '' == none }}{{ '1' == 1 }}{{ [] == false }}
{% set s = '' %}{% if s != false %}A{% else %}B{% endif %}{% set s = false %}{% if s != false %}A{% else %}B{% endif %}
{{ '' or 'x' }}|{{ 'a' and 'b' }}|{{ none or '' }}|{{ 0 or [] }}|{{ 'a' or x.y }}|{{ false and x.y }}
{{ true }}{{ false }}{{ none }}{{ 1.0 }}{{ [1, 'a', true, none, 2.5] }}{{ {'a': 1, 'b': "it's"} }}{{ (1, 'a') }}{{ (1,) }}{{ [] }}{{ {} }}
{{ messages[0] }}{{ messages }}
{{ 'a' ~ 1 ~ true ~ none ~ xx ~ 1.5 }}|{{ 1 ~ 2 + 3 }}
{{ 7 // 2 }} {{ 7 / 2 }} {{ 2 ** 3 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ -7 // 2 }} {{ 10 / 5 }} {{ 1 - -1 }} {{ -2 ** 2 }} {{ 2 ** -1 }} {{ 7.5 // 2 }} {{ 1e3 }} {{ -7.5 % 2 }}
{{ 1 < 2 < 3 }}{{ 3 > 2 > 2 }}{{ 'b' > 'a' }}{{ 1 in [1, 2] }}{{ 'x' in 'xyz' }}{{ 1 == 1.0 }}{{ true + 1 }}{{ [1] + [2] }}{{ 'é' < '😀' }}{{ '￿' < '😀' }}
{{ 'ab' * 3 }}{{ 2 * 'x' }}{{ [0] * 2 }}{{ 'ab' * 0 }}{{ 'x' * true }}
{{ messages[0].content|length }} {{ '😀é'|length }} {{ messages|length }} {{ {'a': 1}|count }} {{ xx|length }}
{{ messages[0].content[0] }}|{{ messages[0].content[-1] }}|{{ messages[0].content[1:3] }}|{{ messages[0].content[:-1] }}|{{ messages[0].content[::-1] }}
{{ messages[-1].role }}{{ messages[1:]|length }}{{ messages[:-1]|length }}{{ messages[-2:]|length }}{{ messages[5:]|length }}{{ messages.0.role }}{{ messages[0]['content'] }}
{{ messages[0].get('role') }}|{{ messages[0].get('zz', 'dflt') }}|{{ messages[0].get('zz') }}|{{ messages[0]['zz'] is defined }}|{{ 'role' in messages[0] }}|{{ messages[0].zz is none }}|{{ messages[0].keys()|list }}
[{{ messages[0].foo }}]{{ messages[9] is defined }}[{{ messages[9] }}]
{{ messages[0].foo.bar }}
{{ messages[9].role }}
{{ xx.y }}
{{ 'a' + none }}
{{ 'a' + 1 }}
{{ 'a' + xx }}
{{ xx() }}
{{ none|length }}
{{ messages|map(attribute='role')|length }}
{{ 1 / 0 }}
{{ 'a' < 1 }}
{{ 1 in 'abc' }}
{{ messages.append('x') }}
{% for x in 5 %}{% endfor %}
{% set messages.x = 1 %}
[{{ messages[0].content|trim }}][{{ messages[0].content.strip() }}][{{ messages[0].content.rstrip() }}][{{ messages[0].content.lstrip('\n ') }}]
[{{ 'xxaxx'|trim('x') }}][{{ '  xxabxx '.strip(' x') }}][{{ 'xyaxy'.rstrip('yx') }}][{{ '😀a😀'.strip('😀') }}][{{ 'aa'|trim(chars='a') }}]
{{ messages[0].content|upper }}|{{ messages[0].content.upper() }}|{{ messages[0].content.lower() }}|{{ messages[0].content|lower }}|{{ 'ὈΔΥΣΣΕΎΣ ß İ ŉ ǆ ﬁ'|lower }}
{{ messages[0].content|title }}|{{ messages[0].content.title() }}|{{ messages[0].content.capitalize() }}|{{ messages[0].content|capitalize }}|{{ 'ßa ŉa ǆa ﬁa ΑΣ ΣΑΣ o\'neil x-y 日a 1a'.title() }}|{{ 'ﬁx-ab (cd [ef'|title }}|{{ 'ǆ ab'|capitalize }}
{{ messages[0].content|replace('a', 'b') }}|{{ messages[0].content.replace('a', '') }}|{{ 'aaa'|replace('a', 'b', 1) }}|{{ 'aaa'.replace('a', 'b', 1) }}|{{ 'ab'.replace('', '-') }}|{{ 'aaa'|replace('a', 'b', count=2) }}|{{ 'aaa'.replace('aa', 'b', 0) }}
{{ messages[0].content.split(' ') }}|{{ messages[0].content.split()|length }}|{{ messages[0].content.split('b', 1) }}|{{ 'a  b c '.split(none, 1) }}|{{ ' a '.split('x') }}|{{ 'a,b,'.split(',') }}
{{ messages[0].content.startswith('a') }}{{ 'abc'.endswith(('x', 'bc')) }}{{ '😀b'.find('b') }}{{ 'aXbX'.count('X') }}{{ 'a\nb\r\nc\n'.splitlines() }}
{{ x|default('d') }}|{{ ''|default('d') }}|{{ ''|default('d', true) }}|{{ x|d('e') }}|{{ x|default }}|{{ none|default('n') }}|{{ none|d('n', boolean=true) }}|{{ tools|default('none') }}
{{ ['a', 'b']|join(', ') }}|{{ ', '.join(['a', 'b']) }}|{{ messages|map(attribute='role')|list }}|{{ 'abc'|join('-') }}|{{ [1, none, true]|join }}|{{ messages|join('/', attribute='role') }}
{{ 'abc'|first }}{{ 'abc'|last }}{{ [1, 2, 3]|last }}{{ [1]|first }}[{{ []|first }}]{{ 'abc'|list }}{{ {'a': 1}|list }}{{ (messages|last).role }}
{{ [3, 1, 2]|sort|join }}|{{ ['b', 'A', 'c']|sort }}|{{ [3, 1]|sort(reverse=true) }}|{{ messages|sort(attribute='role')|map(attribute='role')|join(',') }}|{{ [1, 1, 2]|unique|list }}|{{ ['a', 'A']|unique|list }}
{{ [1, 2]|sum }}|{{ [1.5, 2]|sum }}|{{ -3|abs }}|{{ '3'|int + 1 }}|{{ 'x'|int }}|{{ 'x'|int(7) }}|{{ ' 4.9 '|int }}|{{ 4.9|int }}|{{ '1.5'|float }}|{{ 3|string + 'x' }}|{{ [1, 2]|reverse|list }}|{{ 'abc'|reverse }}
{{ messages|rejectattr('role', 'equalto', 'user')|list|length }}|{{ messages|selectattr('role', 'in', ['user', 'system'])|list|length }}|{{ messages|selectattr('content')|list|length }}|{{ messages|selectattr('zz', 'defined')|list }}|{{ [1, 2, 3]|select('odd')|list }}|{{ [0, 1]|reject|list }}
{{ messages|map(attribute='content')|map('trim')|join('/') }}|{{ messages|map(attribute='zz', default='-')|list }}|{{ ['a b', 'c']|map('replace', ' ', '_')|list }}
{{ 'a\nb\n\nc'|indent(2) }}|{{ 'a\nb'|indent(4, true) }}|{{ 'a\n\nb\n'|indent }}|{{ 'a\n\nb'|indent('> ', blank=true) }}
{{ messages[0].content|safe }}|{{ messages[0].content|string }}
{{ 3 is odd }}{{ 'a' is string }}{{ 1 is number }}{{ messages is iterable }}{{ messages[0] is mapping }}{{ messages is sequence }}{{ true is boolean }}{{ 'a' is sequence }}{{ 4 is divisibleby(2) }}{{ 4 is divisibleby 3 }}{{ none is none }}{{ 1 is integer }}{{ 1.5 is float }}{{ true is true }}{{ 1 is true }}{{ 'a' is eq('a') }}{{ 2 is in [1, 2] }}{{ true is number }}{{ true is integer }}{{ none is iterable }}{{ messages is string }}
{% raw %}{{ x }}{% if %}{% endraw %}a{# {{ x }} #}b{#- c -#} d{% raw -%}  x  {%- endraw %}
{% macro f(a, b='z') %}[{{ a }}{{ b }}]{% endmacro %}{{ f('1') }}{{ f('1', b='2') }}{{ f(a='q') }}{{ f('1')|upper }}
{% set x %}hi {{ messages[0].role }}{% endset %}{{ x }}|{{ x|length }}
{% set ns = namespace(a=1, b='x') %}{% for m in messages %}{% set ns.a=ns.a+1 %}{% endfor %}{{ ns.a }}{{ ns.b }}{{ ns.c is defined }}
{% set a=1 %}{% for m in messages %}{% set a=a+1 %}{{ a }}{% endfor %}{{ a }}{% if true %}{% set a=9 %}{% endif %}{{ a }}
{% generation %}x{{ messages[0].role }}{% endgeneration %}y
{% set d = {'user': 'U', 'assistant': 'A', 'system': 'S'} %}{% for m in messages %}{{ d[m.role] }}{% endfor %}{{ d.get('x', '?') }}{{ d.items()|list }}{% for k, v in d.items() %}{{ k }}{{ v }}{% endfor %}
{{ 'a\tb\\n\'q\' \u00e9 \x41 \U0001f600 \q \101' }}|{{ "d\"q\"" }}|{{ 'a' 'b' }}|{{ 'a
b' }}
{{ 'x' if false }}|{{ 'a' if false else 'b' if false else 'c' }}|{{ ('x' if zz is defined else 'y') + 'z' }}|{{ 'a' + ('b' if true else 'c') + 'd' }}
{{ 'y' if '' else 'n' }}{{ 'y' if [] else 'n' }}{{ 'y' if 'false' else 'n' }}{{ 'y' if 0 else 'n' }}{{ 'y' if '0' else 'n' }}{{ 'y' if {} else 'n' }}{{ 'y' if ' ' else 'n' }}{{ 'y' if 0.0 else 'n' }}
{{ '}}' }}{{ '%}' }}{{ {'a': {'b': 1}}['a']['b'] }}{% if '%}' == "%}" %}ok{% endif %}
{{ unk_token }}|{{ pad_token is defined }}|{{ bos_token }}{{ eos_token }}{{ bos_token if bos_token is defined else '' }}
{{ - 1 }}{{ +1 }}{{ 1_000 }}{{ 2 - 1 }}{{ 2-1 }}{{ messages|length-1 }}{{ (messages|length - 1) * 2 }}{{ -messages|length }}
""".strip().split("\n{")
PIECES = PIECES[:1] + ["{" + piece for piece in PIECES[1:]]
PIECES += [
    "{{ 'a b'|wordcount }}", "{{ messages[0]|tojson }}", "{{ '%s' % 'a' }}", "{{ '%s'|format('a') }}", "{{ '<a>'|e }}", "{{ ('<a>'|safe) + 'b' }}", "{{ 'A' is upper }}",
    "{{ 'x{}'.format(1) }}", "{% with a=1 %}{{ a }}{% endwith %}", "{% filter upper %}abc{% endfilter %}", "{% macro f() %}{{ caller() }}{% endmacro %}{% call f() %}x{% endcall %}",
    "{% for x in [1] recursive %}{% endfor %}", "{{ [1, 2, 3][::2] }}", "{{ range(3) }}", "{{ dict(**{'a': 1}) }}", "{{ 99999999999 ** 9 }}",
    # Names that begin with underlines are names as any other.
    "{% set __x = 'kept' %}{{ __x }}{% for m in messages %}{% set __user = m.content %}{{ __user }}{% endfor %}", "{% for __m in messages %}{{ __m.content }}{% endfor %}",
]

# What is refused, though Jinja renders it: by the name that stands behind.
REFUSED = {
    "{{ '\\N{BULLET}' }}": "the escape \\N",
    "{{ 'ab'|wordwrap(3) }}": "the filter wordwrap",
    "{{ messages|pprint }}": "the filter pprint",
    "{{ '<b>a</b>'|striptags }}": "the filter striptags",
    "{{ 5000|filesizeformat }}": "the filter filesizeformat",
    "{{ messages|attr('x') }}": "the filter attr",
    "{{ cycler(1, 2).next() }}": "the function cycler",
    "{{ 'a'.casefold() }}": "method casefold",
    "{{ ''.__class__ }}": "method __class__",
    "{{ ('<a>'|safe).strip() }}": "method strip",
    "{{ 2.0 is sameas 2.0 }}": "the test sameas",
    "{{ {1.0: 2} }}": "as a key",
    "{% autoescape false %}a{% endautoescape %}": "the tag autoescape",
    "{% block a %}b{% endblock %}": "the tag block",
    "{{ '%c' % 'a' }}": "the format %c",
}

# How white space around code is cut; each is a template.
SPACES = [
    "  {% if true %}  \n  x\n  {% endif %}  \n y\n", "a\n  {%- if true -%}\n b \n{%- endif +%}\n c", "{%+ if true %} x{% endif %}\n\n\nz\n\n",
    "x {{- ' a ' -}} y\n", "a\n  {%+ if true %}\n  b\n  {%+ endif %}\nc", "a {# x #}\n  {# y #}\n b\n {#- z -#} \n c", "\r\n a\r\n {% if true %}\r\nb\r\n{% endif %}\rc\r\n",
    "\t{% set x = 1 %}\t\n\u00a0{% set y = 2 %}\n{{ x }} \n  {{ y }}  \n", "{{ 1 }}\n{% if true %}\n{% endif %}\n\n", "a{% raw %}\n b \n{% endraw %}\nc", "  {%- raw -%}  \n b {% endraw -%} \n c",
    "{% if true %}a{% endif %} {% if true %}b{% endif %}\n  {% if true %}c{% endif %}  d {% if true %}\ne{% endif %}", "x  {%- set a = 1 -%}  \n  y", "}} %} #} { % { {", "\n\n", "", "a\n\n\n",
]

# Contents that are easily spoilt.
CONTENTS = ["{{ 7*7 }}{% raw %}x{% endraw %}{# c #}", "é😀𝔘 日本語\u3000", "\u00a0\u2003nbsp\u2003\u2028\u0085", "\x0b\x0c vt \x1c\x1d\x1e\x1f", "\x00nul\x00\x7f\x80", "", " ", "\n\n lines \r\n\r\n",
            "\\n \"q\" 's' \\", "<b>&amp;</b> & < >", "$1 \\1 ${x} %d %s {0}", "\u200bzw\u200b\ufeff", "<think>\nplan\n</think>\n\nAnswer </think> x", "İstanbul ß ŉ ǆ e\u0301 ab cab"]
