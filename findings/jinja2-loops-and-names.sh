#!/usr/bin/env bash
# Jinja2 3.1.6: what looks like Python in a template is not always Python.
# A good guess: a loop's else runs where the loop was not broken off; a name has its given value until it is set; 2 ** 3 ** 2 is 512.
# What happens: else runs wherever no turn reached the end of the body, also behind a break in the first turn. A name that a block
# reads before a set further down is undefined in that block, and prints nothing, though it was given; outside a block it has its
# value. Powers group from the left. None is an error; under StrictUndefined an if without else still gives the lenient undefined.
# Chat templates and prompts of task files are written with these.
# Seen on 2026-11-30 with Python 3.11:
#   jinja2 3.1.6
#   broken off at once: 'else'
#   broken off behind a whole turn: '1'
#   all turns skipped by continue: 'else'
#   given, read in a block, set later: '[] new'
#   given, read outside, set later: '[given] new'
#   2 ** 3 ** 2: '64'
#   strict, an if without else: '[]'
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check jinja2==3.1.6
cd "$work"
"$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

from jinja2 import Environment, StrictUndefined

print("jinja2", version("jinja2"))
def same(what, template, expected, **options):
    environment = Environment(extensions=["jinja2.ext.loopcontrols"], **options)
    seen = environment.from_string(template).render(x="given")
    print(f"{what}: {seen!r}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected!r}")


same("broken off at once", "{% for i in [1, 2] %}{% break %}{% else %}else{% endfor %}", "else")
late = "{% for i in [1, 2] %}{% if i == 2 %}{% break %}{% endif %}{{ i }}{% else %}else{% endfor %}"
same("broken off behind a whole turn", late, "1")
same("all turns skipped by continue", "{% for i in [1, 2] %}{% continue %}{% else %}else{% endfor %}", "else")
block = "{% for i in [1] %}[{{ x }}]{% endfor %}{% set x = 'new' %} {{ x }}"
same("given, read in a block, set later", block, "[] new")
same("given, read outside, set later", "[{{ x }}]{% set x = 'new' %} {{ x }}", "[given] new")
same("2 ** 3 ** 2", "{{ 2 ** 3 ** 2 }}", "64")
same("strict, an if without else", "[{{ 'a' if false }}]", "[]", undefined=StrictUndefined)
PY
