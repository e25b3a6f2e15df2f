"""Rows that fit a task file: their columns and types are read from its templates, their values are made up.

A template says what it needs: `{{choices.text[answer]}}` needs an object with a list and a whole number. What it does
not say is tried: values are drawn from a seeded generator until Jinja2 and the harness's own rules accept a row.
"""
import ast
import functools
import json
import random
import re

import jinja2
import lm_eval.utils
from jinja2 import nodes

TEXT, WHOLE, LETTER, LIST, INDEX = "text", "whole", "letter", "list", "index"
LETTERS = ["A", "B", "C", "D"]
# Texts with what templates, JSON and prompts may stumble over.
WORDS = ["Why is it so?", "  leading", "trailing ", "two\nlines", "it's \"quoted\"", "naïve – résumé", "日本の首都", "{{ braces }} {% x %}",
         "a\\b \\n", "<b>&amp;</b>", "tab\tstop", "emoji 😀 end", "42", "x", "A long sentence. It has two, even three: parts?", "नमस्ते दुनिया"]
STRING_METHODS = {"split", "strip", "lstrip", "rstrip", "lower", "upper", "replace", "startswith", "endswith", "title", "capitalize",
                  "find", "format", "join", "isdigit", "count", "rsplit", "splitlines", "swapcase", "zfill", "removeprefix", "removesuffix"}
OBJECT_METHODS = {"items", "keys", "values", "get"}
TEXT_FILTERS = {"trim", "upper", "lower", "capitalize", "title", "replace", "regex_replace", "wordcount", "e", "escape"}
LIST_FILTERS = {"join", "first", "last", "length", "count", "map", "select", "reject", "list", "sort", "unique", "sum", "random", "batch"}
ENVIRONMENT = jinja2.Environment()
ENVIRONMENT.filters["regex_replace"] = lambda text, *_: text


@functools.lru_cache(4000)
def compiled(template):
    return lm_eval.utils.env.from_string(template)


def apply_template(template, row):
    """The harness's function, which compiles a template once and not for every row."""
    return compiled(template).render(**row)


lm_eval.utils.apply_template = apply_template


class Shape:
    """What is known of a value: its parts, whether it is a list, a number, a text, and values it is compared with."""

    def __init__(self):
        self.parts, self.element, self.kinds, self.values = {}, None, set(), []

    def part(self, key):
        return self.parts.setdefault(key, Shape())

    def of_list(self):
        self.element = self.element or Shape()
        return self.element


class Reader:
    """Walks a template and fills in the shapes of the columns it names."""

    def __init__(self, columns):
        self.columns, self.local = columns, {}

    def read(self, text):
        self.local = {}
        self.visit(ENVIRONMENT.parse(text))

    def shape(self, node):
        """The shape an expression stands for; None where it is none of a column's."""
        if isinstance(node, nodes.Name):
            if node.name in self.local:
                return self.local[node.name]
            return None if node.name in ("loop", "range", "namespace", "dict", "cycler", "joiner", "lipsum") else self.columns.setdefault(node.name, Shape())
        if isinstance(node, nodes.Getattr):
            inner = self.shape(node.node)
            return inner.part(node.attr) if inner else None
        if isinstance(node, nodes.Getitem):
            inner = self.shape(node.node)
            if inner is None:
                return None
            if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
                return inner.part(node.arg.value)
            if isinstance(node.arg, nodes.Slice):
                return inner
            self.number(node.arg)
            return inner.of_list()
        if isinstance(node, nodes.Filter) and node.name in ("list", "trim", "lower", "upper", "string", "int"):
            return self.shape(node.node)
        return None

    def number(self, node):
        found = self.shape(node)
        if found is not None:
            found.kinds.add(WHOLE)

    def visit(self, node):
        if isinstance(node, nodes.For):
            self.visit(node.iter)
            inner = self.shape(node.iter)
            names = [n.name for n in node.target.find_all(nodes.Name)] or [node.target.name]
            names = names if not isinstance(node.target, nodes.Name) else [node.target.name]
            if inner is not None:
                inner.kinds.add(LIST)
            for name in names:
                self.local[name] = inner.of_list() if inner is not None and len(names) == 1 else Shape()
            for child in node.body + node.else_ + ([node.test] if node.test else []):
                self.visit(child)
            return
        if isinstance(node, nodes.Assign):
            self.visit(node.node)
            bound = self.shape(node.node)
            for name in [node.target] if isinstance(node.target, nodes.Name) else node.target.find_all(nodes.Name):
                self.local[name.name] = bound if bound is not None else Shape()
            return
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):
            self.call(node)
            return
        if isinstance(node, nodes.Filter) and node.node is not None:
            found = self.shape(node.node)
            if found is not None:
                found.kinds.add(TEXT if node.name in TEXT_FILTERS else LIST if node.name in LIST_FILTERS else TEXT)
        if isinstance(node, nodes.Compare):
            self.compare(node)
        if isinstance(node, nodes.Getitem):
            self.item(node)
        if isinstance(node, (nodes.Sub, nodes.Mul, nodes.FloorDiv, nodes.Mod)):
            self.number(node.left)
            self.number(node.right)
        if isinstance(node, nodes.Add):
            for one, other in ((node.left, node.right), (node.right, node.left)):
                if isinstance(one, nodes.Const) and isinstance(one.value, int):
                    self.number(other)
        self.shape(node)
        for child in node.iter_child_nodes():
            self.visit(child)

    def call(self, node):
        owner, method = node.node.node, node.node.attr
        found = self.shape(owner)
        if found is not None and method in STRING_METHODS:
            found.kinds.add(TEXT)
        elif found is not None and method in OBJECT_METHODS:
            pass
        elif found is not None and method == "index":
            found.kinds.add(LIST)
        if method == "index" and isinstance(owner, nodes.List) and node.args:
            self.among(node.args[0], [item.value for item in owner.items if isinstance(item, nodes.Const)])
        self.visit(owner)
        for child in node.args + [keyword.value for keyword in node.kwargs]:
            self.visit(child)

    def among(self, node, values):
        while isinstance(node, (nodes.Call, nodes.Filter)):
            node = node.node.node if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr) else node.node
        found = self.shape(node)
        if found is not None:
            found.values += [v for v in values if v not in found.values and v is not None]

    def compare(self, node):
        for operand in node.ops:
            for one, other in ((node.expr, operand.expr), (operand.expr, node.expr)):
                if isinstance(other, nodes.Const):
                    self.among(one, [other.value])
                if isinstance(other, (nodes.List, nodes.Tuple)):
                    self.among(one, [item.value for item in other.items if isinstance(item, nodes.Const)])

    def item(self, node):
        if isinstance(node.node, nodes.List):
            self.among(node.arg, list(range(len(node.node.items))))
        elif isinstance(node.node, nodes.Dict):
            self.among(node.arg, [pair.key.value for pair in node.node.items if isinstance(pair.key, nodes.Const)])


def is_template(text):
    return "{{" in text or "{%" in text or "{#" in text


def leaves(shape, path=()):
    if shape.parts:
        for key, part in shape.parts.items():
            yield from leaves(part, path + (key,))
    elif shape.element is not None and (shape.element.parts or shape.element.element is not None):
        yield from leaves(shape.element, path + (0,))
    else:
        yield path, shape


class Rows:
    """Draws rows for one task's fields (a dictionary with the harness's names)."""

    found = {}  # the typing that fitted the same templates before
    FIELDS = ("doc_to_text", "doc_to_target", "doc_to_choice", "description", "gen_prefix")

    def __init__(self, fields, extra=None, seed=1):
        self.fields, self.random = fields, random.Random(seed)
        self.columns, self.extra = {}, extra or {}
        reader = Reader(self.columns)
        examples = {**fields, **(fields.get("fewshot_config") or {})}
        for holder in (fields, examples):
            for name in self.FIELDS:
                value = holder.get(name)
                if not isinstance(value, str):
                    continue
                if is_template(value):
                    reader.read(value)
                elif name in ("doc_to_text", "doc_to_target", "doc_to_choice") and re.fullmatch(r"[A-Za-z_][\w.\- ]{0,40}", value):
                    column = self.columns.setdefault(value, Shape())
                    if name == "doc_to_choice":
                        column.kinds.add(LIST)
                    if name == "doc_to_text":
                        column.kinds.add(TEXT)
        choices = fields.get("doc_to_choice")
        target = self.columns.get(fields.get("doc_to_target")) if isinstance(fields.get("doc_to_target"), str) else None
        self.target, self.kinds = target, None
        if target is not None and isinstance(choices, (list, dict)):
            target.values = [str(c) for c in (choices.values() if isinstance(choices, dict) else choices)]

    def candidates(self, path, shape):
        if shape.values and shape is self.target:
            return ["values", INDEX]
        if shape.values:
            return ["values"] + (["values+"] if shape.kinds else [])
        if shape.element is not None or LIST in shape.kinds:
            return [LIST, TEXT] if shape.element is None or TEXT in shape.kinds else [LIST]
        if WHOLE in shape.kinds:
            return [INDEX, WHOLE]
        if TEXT in shape.kinds:
            return [TEXT, LETTER, "digit"]
        target = (self.fields.get("doc_to_target") or "") if isinstance(self.fields.get("doc_to_target"), str) else ""
        if path and isinstance(path[0], str) and path[0] in target:
            return [INDEX, LETTER, TEXT, LIST, "digit", WHOLE]
        return [TEXT, TEXT, LIST, INDEX, LETTER]

    def value(self, kind, path, shape, number):
        draw = self.random
        if kind in ("values", "values+"):
            return draw.choice(shape.values)
        if kind == INDEX:
            return draw.randrange(0, 2)
        if kind == WHOLE:
            return draw.randrange(1, 4)
        if kind == LETTER:
            return draw.choice(LETTERS)
        if kind == "digit":
            return str(draw.randrange(0, 2))
        if kind == LIST:
            name = str(path[-1]).lower() if path else ""
            if "label" in name or "key" in name or "letter" in name:
                return LETTERS[:]
            return [f"{draw.choice(WORDS).strip() or 'x'} {name}{i}" for i in range(4)]
        return f"{draw.choice(WORDS)}" if draw.random() < 0.5 else f"{path[-1] if path else ''} {number}: {draw.choice(WORDS)}"

    def build(self, shape, path, number):
        if shape.parts:
            return {key: self.build(part, path + (key,), number) for key, part in shape.parts.items()}
        if shape.element is not None and (shape.element.parts or shape.element.element is not None):
            return [self.build(shape.element, path + (0,), number) for _ in range(4)]
        return self.value(self.kinds[path], path, shape, number)

    def row(self, number):
        return {**{name: self.build(shape, (name,), number) for name, shape in self.columns.items()}, **{k: v(number) if callable(v) else v for k, v in self.extra.items()}}

    def fit(self, holder, row):
        """Whether the harness can use the row; its own rules in short."""
        def render(field):
            return row[field] if field in row else apply_template(field, row)
        choices = holder.get("doc_to_choice")
        if isinstance(choices, str):
            choices = row[choices] if choices in row else ast.literal_eval(apply_template(choices, row))
        elif isinstance(choices, dict):
            choices = list(choices.values())
        if choices is not None and not (isinstance(choices, list) and choices and all(isinstance(c, str) and c for c in choices)):
            return False
        text, target = holder.get("doc_to_text"), holder.get("doc_to_target")
        if isinstance(text, str):
            text = render(text)
        if isinstance(target, str):
            target = render(target)
        if isinstance(target, str) and target.isdigit() and choices is not None:
            target = int(target)
        if isinstance(text, str) and text.isdigit() and choices is not None:
            text = int(text)
        if isinstance(target, str) and len(target) > 1 and target[0] == "[" and target[-1] == "]" and is_template(str(holder.get("doc_to_target"))):
            try:
                target = ast.literal_eval(target)
            except (SyntaxError, ValueError):
                pass
        for name in ("description", "gen_prefix"):
            if isinstance(holder.get(name), str) and holder[name]:
                render(holder[name])
        if self.fields.get("output_type") == "multiple_choice":
            gold = text if isinstance(text, int) else target
            golds = gold if isinstance(gold, list) else [gold]
            if not golds:
                return False
            for one in golds:
                if not (isinstance(one, int) and not isinstance(one, bool) and 0 <= one < len(choices) or isinstance(one, str) and one in choices):
                    return False
            if isinstance(text, int) and not isinstance(target, str):
                return False
            if isinstance(text, str) and holder is not self.fields and isinstance(target, int) and self.fields.get("num_fewshot") and choices is None:
                return False
            return isinstance(text, (str, int))
        if choices is not None:
            return isinstance(text, str) and isinstance(target, int) and target < len(choices)
        return isinstance(text, str) and (isinstance(target, str) or isinstance(target, int) and not self.fields.get("num_fewshot")
                                          or isinstance(target, list) and bool(target) and all(isinstance(t, str) for t in target))

    def fits(self, row):
        examples = {**self.fields, **{k: v for k, v in (self.fields.get("fewshot_config") or {}).items() if v is not None}}
        try:
            return self.fit(self.fields, row) and (not self.fields.get("num_fewshot") or self.fit(examples, row))
        except Exception:  # noqa: BLE001 whatever a template raises means that the row does not fit
            return False

    def draw(self, count):
        """So many rows of one typing, or None where none was found."""
        spots = [(name,) + path for name, shape in self.columns.items() for path, _ in leaves(shape)]
        shapes = {(name,) + path: leaf for name, shape in self.columns.items() for path, leaf in leaves(shape)}
        options = {spot: self.candidates(spot, shapes[spot]) for spot in spots}
        signature = json.dumps([self.fields.get(name) for name in self.FIELDS] + [self.fields.get("fewshot_config"), self.fields.get("output_type")], default=str)
        before = self.found.get(signature)
        if before == "none":
            return None
        for attempt in range(120):
            self.kinds = {spot: options[spot][0] if attempt == 0 else self.random.choice(options[spot]) for spot in spots}
            if attempt == 0 and before:
                self.kinds = before
            if not any(self.fits(self.row(n)) for n in range(1 + attempt % 4)):
                continue
            rows = []
            for number in range(count * 15):
                row = self.row(len(rows))
                if self.fits(row) and row not in rows:
                    rows.append(row)
                if len(rows) == count:
                    self.found[signature] = self.kinds
                    return rows
            if len(rows) >= 1 and attempt > 60:
                return rows
        self.found[signature] = "none"
        return None
