#!/usr/bin/env python3
"""Literals of Python, chosen and at random, and what ast.literal_eval reads; null where it refuses.

    python tools/golden/python_literals.py > toolkit/lm/src/test/resources/org/soft4j/lm/template/literals.json
"""
import ast
import itertools
import json
import random
import warnings

warnings.simplefilter("ignore")
NONE = {"refused": True}
# What soft4j refuses though Python reads it: the value is then none that it has a use for.
UNUSED = (bytes, set, complex, type(...))

chosen = [
    r"'\d+\s'", r"'\\d'", r"'\q'", r"'\8'", r"'\%'", r"'\ '", r"'a\'b'", r'"a\"b"', r"'\"'", r"'\a\b\f\n\r\t\v'", r"'\x41'", r"'\x4'", r"'\xg1'", r"'\x+1'",
    r"'\u00e9'", r"'\u0e1'", r"'\U0001f600'", r"'\U00110000'", r"'\Uffffffff'", r"'\0'", r"'\7z'", r"'\18'", r"'\101'", r"'\1011'", r"'\400'", r"'\777'",
    "'a\\\nb'", "'a\\\r\nb'", "'a\nb'", "'''a\nb'''", "'''a\r\nb\rc'''", '"""a"b""c"""', "'''a'''", "''''a'''", "'''a''''", "''", "''''''", '""""""',
    r"r'\d'", r"R'\n'", r"r'\''", r"r'\'", r"r'\\'", "r'a\\\nb'", r"r'''\d'''", r"u'\u00e9'", r"U'a'", r"ur'a'", r"ru'a'", r"b'a'", r"br'a'", r"f'a'", r"f'{1}'", r"rb'a'", r"x'a'",
    "'a' 'b'", "'a''b'", "'a'\"b\"", "'a' r'\\d'", "'a' b'b'", "'a'\n'b'", "('a'\n'b')", "['a' 'b', 'c']", "['a', 'b',]", "['a',, 'b']", "[,]", "[]", "[ ]", "()", "(,)", "('a')", "('a',)", "('a', 'b')", "(('a'))", "((), ())",
    "'a', 'b'", "'a',", ",", "1, 2,", "1,, 2", "{}", "{'a': 1}", "{'a': 1,}", "{'a': 1, 'a': 2, 'b': 3}", "{'a'}", "{'a', 'b'}", "{'a': }", "{: 1}", "{[]: 1}", "{1: 2}", "{**{}}", "[*[1]]", "{'a': [1, {'b': (2, 3)}]}",
    "1", "-1", "+1", "--1", "- 1", "1_000", "1__0", "_1", "1_", "01", "00", "0_0", "0", "-0", "01.5", "1.", ".5", ".", "1.e3", "1e5", "1E+5", "1e", "1e-5", "0x1F", "0xg", "0o17", "0b11", "0b2", "0X_1", "1j", "1+2j", "1+2", "1-2", "1 2", "1.2.3", "1e400", "5e-324", "1d", "1f", "1L",
    "True", "False", "None", "true", "null", "Truex", "True1", "[True, None]", "{'a': None}", "NaN", "inf", "-True", "not True",
    " 'a'", "\t'a'", "\n'a'", "\n 'a'", " \n'a'", "'a' ", "'a'\n", "'a'\n\n", "'a'\t\n", "'a'\n'b'\n", "'a';", "'a' # c", "# c\n'a'", "#", "", " ", "['a', # c\n 'b']", "['#']", "[\n'a',\n\n'b'\n]", "[\f'a']", "['a'\u00a0]", "\u00a0['a']", "\ufeff['a']", "['a']\u2003", "[1,\\\n2]", "'a' \\\n 'b'", "\\\n'a'",
    "['é', '日本', '😀']", "'a\0b'", "['a'", "['a']]", "('a']", "'a", "'a\"", "a", "[a]", "list('a')", "'a'.upper()", "'a'*2", "'a'+'b'", "'%s' % 1", "...", "lambda: 1",
    "-(1)", "-((1))", "-(-1)", "(-(1))", "-(True)", "+(1.5)", "- ( 1 )", "-(\n1\n)", "-(1,)", "-()", "-('a')", "+(0x1F)", "-(1)2", "-(1).real", "-( 01)", "[-(1), +(2)]", "{-(1): 2}", "-#c\n1", "-(#c\n1)", "-\\\n1",
    "+(-(1))", "-((1)", "-(1))", "-(None)", "'a'\n# c \n", "'a'\n#c ", "['a'\n ]", "1\n\x0b",
    "[{'model': 'model_1', 'rank': 1}, {'model': 'model_2', 'rank': 2}]", "['yes'\\\n, 'no']", "['it\\'s', \"it's\"]", "['\\\\frac{1}{2}', '\\\\(x\\\\)']", r"['\frac{1}{2}', '\sqrt{x}', '\(x\)']",
]
# What may stand behind a value: every row of up to three such pieces.
TAILS = [" ", "\t", "\f", "\n", "\\\n", "#c", "\r"]
chosen += ["'a'" + "".join(tail) for n in (1, 2, 3) for tail in itertools.product(TAILS, repeat=n)]
draw = random.Random(7)
PIECES = ["'", '"', "'''", '"""', "\\", "\\\\", "\\n", "\\x4", "\\x41", "\\u00e9", "\\1", "\\d", "\n", "\r\n", "r", "u", "[", "]", "(", ")", "{", "}", ":", ",", " ", "a", "é", "1", "-", ".", "e", "_", "0", "x", "#", "None", "True", "\t"]
random_texts = []
while len(random_texts) < 20000:
    middle = "".join(draw.choice(PIECES) for _ in range(draw.randint(1, 7)))
    around = draw.choice([("'", "'"), ('"', '"'), ("r'", "'"), ("'''", "'''"), ("['", "']"), ("[", "]"), ("(", ")"), ("{1: ", "}"), ("['a' ", "]"), ("", ""), ("(1, '", "')"), ("u\"", "\"")])
    random_texts.append(around[0] + middle + around[1])


def plain(value):
    """As JSON holds it: tuples are lists; what JSON has no form for is told by its type."""
    if isinstance(value, UNUSED):
        raise ValueError("unused")
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if isinstance(value, dict):
        if any(isinstance(key, tuple) for key in value) or len({str(k) for k in value}) < len(value):
            raise ValueError("unused")
        return {"map": [[plain(key), plain(inner)] for key, inner in value.items()]}
    if isinstance(value, str) and any(0xD800 <= ord(c) < 0xE000 for c in value):
        raise ValueError("unused")
    if isinstance(value, float):
        return {"double": repr(value)}
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**63:
        raise ValueError("unused")
    return value


def read(text):
    try:
        value = ast.literal_eval(text)
        # A top-level None is no value of a reader that says "none" for a refusal.
        return NONE if value is None else plain(value)
    except Exception:
        return NONE


cases = [(text, read(text)) for text in chosen]
readable = refused = 0
for text in dict.fromkeys(random_texts):
    value = read(text)
    if value != NONE and readable < 500:
        readable += 1
        cases.append((text, value))
    elif value == NONE and refused < 200:
        refused += 1
        cases.append((text, value))
print("[")
print(",\n".join(json.dumps(case) for case in cases))
print("]")
