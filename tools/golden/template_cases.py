"""Conversations of every kind for chat templates, and templates for what is rarely used."""

WEATHER = {"type": "function", "function": {
    "name": "get_weather", "description": "The weather <now> & here, it's \"fine\".",
    "parameters": {"type": "object", "properties": {
        "city": {"type": "string", "description": "A city"},
        "unit": {"type": "string", "enum": ["celsius", "fahrenheit"], "default": "celsius"},
        "days": {"type": ["integer", "null"], "minimum": 1}, "tags": {"type": "array", "items": {"type": "string"}}},
        "required": ["city"]}, "return": {"type": "string", "description": "Words"}}}
TIME = {"type": "function", "function": {"name": "now", "description": "The time", "parameters": {"type": "object", "properties": {}, "required": []}}}
CALL = {"id": "abc123def", "type": "function", "function": {"name": "get_weather", "arguments": {"city": "Zürich", "days": 2, "exact": True, "tags": ["a", "b"], "none": None, "x": 0.5}}}
OTHER = {"id": "xyz987uvw", "type": "function", "function": {"name": "now", "arguments": {}}}
DOCUMENTS = [{"title": "First", "text": "One <b> text.", "contents": "One"}, {"title": "Second", "text": "Two\nlines", "doc_id": 2}]


def u(c): return {"role": "user", "content": c}
def a(c, **more): return {"role": "assistant", "content": c, **more}
def s(c): return {"role": "system", "content": c}
def t(c, **more): return {"role": "tool", "content": c, **more}


PARTS = [{"type": "text", "text": "Look at "}, {"type": "image"}, {"type": "text", "text": "this."}]
RESULT = dict(name="get_weather", tool_call_id="abc123def")
CHATS = [
    ([u("Hi")], {}),
    ([s("Be brief."), u("What is 2+2?"), a("4."), u("And 3+3?")], {}),
    ([u("  spaces around \n"), a("\n\nbreaks\n"), u("tab\tand \"quotes\" 'single' \\n {{ x }} {% y %}")], {}),
    ([u("é 😀 日本語 <|im_end|>"), a("<b>&amp;</b>"), u("")], {}),
    ([u("One"), a("<think>\nhm\n</think>\n\nTwo"), u("Three"), a("<think>a</think>Four")], {}),
    ([u("One"), a("Two", reasoning_content="Because."), u("Three")], {"enable_thinking": True}),
    ([s("Sys"), u("One")], {"enable_thinking": False}),
    ([a("I speak first"), u("Hm")], {}),
    ([u("a"), u("b")], {}),
    ([{"role": "critic", "content": "no such role"}], {}),
    ([s("only this")], {}),
    ([u("Weather?")], {"tools": [WEATHER, TIME]}),
    ([s("Sys"), u("Weather?"), a("", tool_calls=[CALL]), t('{"temp": 21, "w": "ok"}', **RESULT), a("It is 21."), u("Thanks")], {"tools": [WEATHER]}),
    ([u("Weather?"), a(None, tool_calls=[CALL]), t("21", **RESULT)], {"tools": [WEATHER]}),
    ([u("Both?"), {"role": "assistant", "tool_calls": [CALL, OTHER]}, t("21", **RESULT), t("noon", name="now", tool_call_id="xyz987uvw"), a("Done", reasoning_content="x")], {"tools": [WEATHER, TIME]}),
    ([u("Weather?"), a("I look.", tool_calls=[{**CALL, "function": {"name": "get_weather", "arguments": "{\"city\": \"Z\"}"}}]), t({"temp": 21, "l": [1, 2.5, None]}, **RESULT)], {"tools": [WEATHER]}),
    ([u("Docs?")], {"documents": DOCUMENTS}),
    ([s("Sys"), u("Docs?"), a("Yes."), u("Which?")], {"documents": DOCUMENTS, "citation_mode": "fast"}),
    ([u(PARTS)], {}),
    ([s([{"type": "text", "text": "Sys"}]), u(PARTS), a([{"type": "text", "text": "Seen."}]), u([{"type": "text", "text": "More"}])], {}),
    ([u("x"), a("y", thinking="z", tool_calls=[CALL]), t([{"type": "text", "text": "21"}], **RESULT), u("w")], {"tools": [WEATHER], "enable_thinking": True}),
    ([{"role": "developer", "content": "Dev"}, u("Hi"), a("Yo")], {"date_string": "1 Jan 2026"}),
    ([], {}),
]
TOKENS = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}


def conversations():
    return [{"messages": chat, "add_generation_prompt": prompt, **TOKENS, **more} for chat, more in CHATS for prompt in (False, True)]


def columns():
    """Values that a column of a task's rows may have."""
    text = ["What is this?", " It's  a \"b\": c;\nd é ", "A", "1", "0.5", "(B) x", "a/b | c. D!", ""]
    nested = {"text": ["one", "two", "three"], "label": ["A", "B", "C"], "answer_start": [1], "stem": "s", "choices": [{"text": "p", "label": "A"}, {"text": "q", "label": "B"}],
              "value": "v", "aliases": ["x", "y"], "A": "a", "B": "b", "C": "c", "D": "d", "en": "e", "question": "Q?", "passage": "P", "labels": [0, 1], "input": "i", "target": "t"}
    return [*text, 0, 1, 3, -2, 0.5, 2.0, 1e20, True, False, None, ["one", " two", "Three "], [1, 0, 2], [["a", "b"], ["c"]], [], nested, [nested, nested], {"0": "a"}]


# Scopes, loops, macros and formats, one by one.
VALUES = {"l": [3, 1, 2], "d": {"b": 1, "a": [1, {"c": "x"}]}, "s": "Hello World", "n": 7, "f": 2.5, "z": None, "t": True,
          "rows": [{"k": "b", "v": 1}, {"k": "a", "v": 2}, {"k": "B", "v": 3}]}
TEMPLATES = r"""
{% for x in l %}{{ y }}{% endfor %}{% set y = 1 %}{{ y }}
{% macro f() %}[{{ y }}]{% endmacro %}{{ f() }}{% set y = 1 %}{{ f() }}
{% macro f() %}[{{ n }}]{% endmacro %}{{ f() }}{% set n = 1 %}{{ f() }}
{% for x in l %}{% if x == 1 %}{% set n = x %}{% endif %}{{ n }}{% endfor %}{{ n }}
{% for x in l %}{% continue %}{% else %}E{% endfor %}{% for x in l %}a{% break %}{% else %}E{% endfor %}
{% for x in [[1, [2, [3]]], [4]] recursive %}{{ loop.depth }}{% if x is iterable %}({{ loop(x) }}){% else %}{{ x }}{% endif %}{% endfor %}
{% for x in l if x > 1 %}{{ loop.index }}/{{ loop.length }}:{{ loop.previtem }}<{{ x }}>{{ loop.nextitem }}{{ loop.last }} {% endfor %}
{% set ns = namespace(go=true) %}{% for x in l if ns.go %}{{ x }}{% set ns.go = false %}{% endfor %}
{% for x in [1, 1, 2] %}{{ loop.changed(x) }}{{ loop.cycle('a', 'b') }}{{ loop.revindex }}{{ loop.revindex0 }}{% endfor %}
{% for a, (b, c) in [(1, (2, 3))] %}{{ a }}{{ b }}{{ c }}{% endfor %}{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}
{% macro f(a, b=a, *c) %}{% endmacro %}
{% macro f(a, b=n) %}{{ a }}{{ b }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ f(1) }}{{ f(1, 2, 3, x=4) }}{{ f.name }}{{ f.arguments }}
{% macro f(a) %}{{ a is defined }}{{ a }}{% endmacro %}{{ f() }}{{ f(z) }}
{% macro f(x) %}<{{ caller(x) }}>{% endmacro %}{% call(y) f(n) %}{{ y }}{{ n }}{% endcall %}
{% macro f() %}a{% endmacro %}{{ f(1) }}
{% macro f() %}a{% endmacro %}{{ f(x=1) }}
{% with a = n, b = 2 %}{% set c = 1 %}{{ a }}{{ b }}{{ c }}{% endwith %}{{ c }}
{% set x %} a {{ n }} {% endset %}[{{ x }}]{% set x | upper | trim %} b {% endset %}[{{ x }}]
{% filter upper | replace('A', 'x') %}a{{ s }}{% endfilter %}
{% set a, b = l[:2] %}{{ a }}{{ b }}{% set ns = namespace(x=1) %}{% set ns.x, c = 5, 6 %}{{ ns.x }}{{ c }}
{% if false %}{{ s | nosuch }}{% endif %}a{{ s | nosuch if false }}
{% for x in [] %}{{ x | nosuch }}{% endfor %}
{{ '%5.2f|%-5d|%05d|%+d|%x|%e|%g|%s|%r|%%' % (f, n, n, n, 255, f, 0.0001, z, s) }}
{{ '{:>8}|{:<8}|{:^8}|{:08.3f}|{:,}|{:x}|{:.1%}|{!r}|{a}'.format(s, n, f, f, 1234567, 255, 0.256, s, a=1) }}
{{ d | dictsort }}{{ d | tojson }}{{ d | tojson(indent=2) }}{{ [1, 2.0, none, true, 'é<'] | tojson }}
{{ rows | groupby('k') }}{% for g in rows | groupby('k') %}{{ g.grouper }}{{ g.list | length }}{% endfor %}
{{ rows | map(attribute='k') | list }}{{ rows | selectattr('v', 'gt', 1) | map(attribute='v') | sum }}{{ rows | sort(attribute='k,v', reverse=true) | map(attribute='v') | join(',') }}
{{ l | batch(2, 'x') | list }}{{ l | slice(2) | list }}{{ l | min }}{{ l | max }}{{ rows | max(attribute='v') }}{{ l | sort }}{{ l | reverse | list }}
{{ z | selectattr('x') | list }}{{ z | map('upper') | list }}{{ ['a', 'A', 'b'] | unique | list }}
{{ s[::-1] }}{{ s[-5:-1:2] }}{{ l[5:] }}{{ l[-1] }}{{ l[9] }}{{ d.a[1].c }}{{ d['b'] }}{{ d.items() }}{{ d.keys() | list }}
{{ s.rsplit('o', 1) }}{{ s.split('l', 1) }}{{ s.partition('o') }}{{ s.zfill(15) }}{{ s.center(16, '*') }}{{ s.find('o') }}{{ s.startswith(('x', 'He')) }}
{{ s | truncate(7) }}{{ s | truncate(7, true, '..', 0) }}{{ s | center(15) }}{{ s | wordcount }}{{ s | indent(2, true) }}{{ f | round }}{{ 2.567 | round(2, 'floor') }}{{ n | round(-1) }}
{{ 7 // -2 }}{{ 7 % -2 }}{{ -7.5 // 2 }}{{ 2 ** 100 }}{{ 2 ** -1 }}{{ 1 / 3 }}{{ 10 ** 20 // 3 }}{{ 1e300 * 10 }}{{ 0.1 + 0.2 }}
{{ not z is none and s is string or false }}{{ 1 < n < 10 != 3 }}{{ n in l }}{{ 'b' in d }}{{ 1 == 1.0 == true }}{{ (1, 2) == [1, 2] }}{{ (1, 2) < (1, 3) }}
{{ missing }}{{ missing is defined }}{{ missing | default('d') }}{{ (missing or 'o') }}{{ missing | length }}{{ d.missing.x }}
{{ missing.x }}
{{ 'a' if missing }}{{ ('a' if missing) is defined }}
{% generation %}{{ s }}{% set q = 1 %}{% endgeneration %}{{ q }}
{% set __x = 1 %}{{ __x }}{{ s.__class__ is defined }}
a{#- c -#} b {%- if true -%} c {%- endif +%} d {{- ' e ' -}} f {%+ if true %}  g{% endif %}
{% print n, s %}{{ n, s }}{{ () }}{{ (1,) }}{% set x = 1, 2 %}{{ x }}
{{ 0x1F + 0b11 + 0o17 + 1_000 }}{{ 1.5e3 }}{{ .5 }}
{{ 'a' 'b' "c" }}{{ 'tab\tq\x41\u00e9\101\q' }}{{ "it's" }}{{ ["it's", 'q"', 'b\\', '\n'] }}
{% for i in range(3) %}{{ i }}{% endfor %}{{ range(2, 9, 3) | list }}{{ range(5)[1:3] }}{{ range(0) }}{{ loop }}
{{ dict(a=1, **{'b': 2}) }}{{ dict([('a', 1)]) }}{{ d | items | list }}{{ d | length }}{{ {'a': 1, 'a': 2} }}
{{ '<a href="x">' | e }}{{ ('<' | safe) + '>' }}{{ '<' | e ~ '>' }}{{ {'a': 1, 'b': none} | xmlattr }}{{ 'a b/é' | urlencode }}
{{ '3.7' | int }}{{ 'x' | int(5) }}{{ '1_0' | int }}{{ '1e3' | float }}{{ 'inf' | float }}{{ z | int }}{{ t | int }}{{ 3.99 | int }}{{ -3.5 | abs }}
{{ l.append(4) }}{{ l }}
{% set q = l.copy() %}{{ q.index(1) }}{{ l.count(3) }}{{ d.get('x', 5) }}{{ d.get('b') }}
{% include 'x' %}
{{ raise_exception('stop ' ~ n) }}
{{ strftime_now('%Y-%m-%d %H:%M') }}
{% break %}
{% if true %}{{ s }}
""".strip("\n").split("\n")


def vectors():
    return [{"name": f"{rules} {i}", "template": template, "rules": rules, "values": VALUES}
            for i, template in enumerate(TEMPLATES) for rules in ("chat", "task")]
