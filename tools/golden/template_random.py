"""Random templates: statements, expressions, filters and tests of Jinja over a few variables of known kinds."""

VALUES = {
    "s": "Hello World", "t": " a,b;c\n", "e": "", "n": 7, "m": -3, "o": 0, "f": 2.5, "z": None, "b": True, "w": False,
    "l": [3, 1, 2], "k": ["b", "a", "C"], "x": [], "d": {"b": 1, "a": 2, "items": 5}, "r": [{"k": "b", "v": 1}, {"k": "a", "v": 2.5}, {"v": None}],
    "messages": [{"role": "system", "content": "Be <b>."}, {"role": "user", "content": "Hi\n there "}, {"role": "assistant", "content": ""}],
}
NAMES = {"text": ["s", "t", "e"], "number": ["n", "m", "o", "f"], "list": ["l", "k", "x", "r", "messages"], "dict": ["d"], "any": ["z", "b", "w", "u", "v", "q"]}
KINDS = ["text", "text", "number", "list", "dict", "any"]
FILTERS = {
    "text": ["upper", "lower", "title", "capitalize", "trim", "trim('H d')", "replace('l', 'L')", "replace('o', '', 1)", "string", "default('x')", "truncate(5)", "truncate(6, true)", "center(14)",
             "indent", "indent(2, true)", "reverse", "tojson", "e", "safe", "urlencode", "format", "d('y', true)", "forceescape"],
    "number": ["abs", "int", "float", "round", "round(1)", "round(0, 'ceil')", "round(1, 'floor')", "int(5)", "float(1.5)"],
    "list": ["list", "sort", "sort(reverse=true)", "unique | list", "reverse | list", "map('upper') | list", "map('string') | list", "select | list", "reject('none') | list", "select('string') | list",
             "select('gt', 1) | list", "batch(2) | list", "batch(2, 0) | list", "slice(2) | list", "map(attribute='v') | list", "map(attribute='k', default='-') | list", "selectattr('k') | list",
             "selectattr('v', 'none') | list", "rejectattr('k', 'defined') | list", "sort(attribute='v')", "groupby('k')", "groupby('k', default='z')", "map('length') | list", "dictsort", "items | list", "map('abs')", "select('odd')"],
    "to text": ["join", "join(', ')", "join('-', attribute='v')", "string", "tojson", "tojson(indent=1)", "first", "last", "xmlattr"],
    "to number": ["length", "count", "sum", "sum(attribute='v')", "min", "max", "int", "wordcount", "max(attribute='v')"],
}
METHODS = ["strip()", "lstrip()", "rstrip('d')", "upper()", "lower()", "title()", "capitalize()", "swapcase()", "replace('l', '')", "replace('l', 'x', 1)", "zfill(14)", "center(15)", "ljust(13, '.')", "rjust(13)",
           "removeprefix('He')", "removesuffix('d')", "format(1)", "join(k)", "join('ab')"]
TO_LISTS = ["split()", "split('l')", "split('o', 1)", "rsplit('o', 1)", "rsplit(None, 1)", "splitlines()", "partition(' ')", "rpartition('o')", "splitlines(true)"]
TO_NUMBERS = ["find('o')", "rfind('o')", "count('l')", "index('l')", "find('zz')"]
TO_TRUTHS = ["startswith('H')", "endswith(('d', 'x'))", "isdigit()", "isalpha()", "isspace()", "isupper()", "islower()", "isalnum()"]
TESTS = ["defined", "undefined", "none", "string", "number", "mapping", "sequence", "iterable", "true", "false", "boolean", "integer", "float", "odd", "even", "divisibleby 2", "divisibleby(3)", "eq 7", "in l", "in s",
         "lower", "upper", "callable", "sameas none", "sameas(true)", "gt 1", "ne ''", "equalto('a')", "escaped", "filter", "test"]
FORMATS = ["%s", "%d", "%5.1f", "%-8s|", "%08.3f", "%+d", "%x", "%r", "%g", "%e", "%%", "%(a)s", "%3d", "%.2s"]
BRACES = ["{}", "{:>6}", "{:<6}|", "{:^7}", "{!r}", "{:.2f}", "{:05d}", "{:,}", "{0}", "{a}", "{:x}", "{:.1%}", "{:*^9}", "{:e}", "{:g}"]
TEXTS = ["''", "'a'", "'Ab c'", "\"it's\"", "'\\n'", "'é😀'", "'3'", "'1.5'", "' x '"]
NUMBERS = ["0", "1", "2", "3", "-1", "10", "2.5", "0.1", "1e3", "100", "1_000", "0x10"]


class Maker:
    def __init__(self, random, chat):
        self.random, self.chat, self.loops, self.macros, self.size = random, chat, 0, [], 0

    def pick(self, options): return self.random.choice(options)
    def chance(self, p): return self.random.random() < p

    def kind(self): return self.pick(KINDS)

    def expression(self, kind, depth):
        self.size += 1
        if depth <= 0 or self.chance(0.25):
            return self.atom(kind)
        deep = lambda k: self.expression(k, depth - 1)
        if self.chance(0.06): return f"({deep(kind)})"
        if self.chance(0.06): return f"({deep(kind)} if {deep(self.kind())}{' else ' + deep(kind) if self.chance(0.8) else ''})"
        if self.chance(0.05): return f"({deep(kind)} {self.pick(['or', 'and'])} {deep(kind)})"
        if kind == "text":
            return self.pick([
                lambda: f"{deep('text')} ~ {deep(self.kind())}", lambda: f"{deep('text')} + {deep('text')}", lambda: f"{deep('text')} | {self.pick(FILTERS['text'])}", lambda: f"({deep('text')}).{self.pick(METHODS)}",
                lambda: f"({deep('text')})[{self.slice(depth)}]", lambda: f"{deep('list')} | {self.pick(FILTERS['to text'])}", lambda: f"({deep('text')}) * {self.pick(['0', '1', '2'])}",
                lambda: f"'{self.pick(FORMATS)} {self.pick(FORMATS)}' % ({deep(self.kind())}, {deep(self.kind())})", lambda: f"'{self.pick(FORMATS)}' % ({deep(self.pick(['number', 'text']))})",
                lambda: f"'{self.pick(BRACES)}{self.pick(BRACES)}'.format({deep('number')}, {deep(self.kind())}, a={deep('any')})", lambda: f"'{self.pick(BRACES)}'.format({deep(self.kind())})", lambda: f"({deep('list')})[{self.atom('number')}]"])()
        if kind == "number":
            return self.pick([
                lambda: f"{deep('number')} {self.pick(['+', '-', '*', '/', '//', '%'])} {deep('number')}", lambda: f"({deep('number')}) ** {self.pick(['2', '3', '0', '-1', '0.5'])}", lambda: f"-{self.atom('number')}", lambda: f"({deep('number')}) | {self.pick(FILTERS['number'])}",
                lambda: f"{deep(self.pick(['list', 'text']))} | {self.pick(FILTERS['to number'])}", lambda: f"({deep('text')}).{self.pick(TO_NUMBERS)}", lambda: 'd.' + self.pick(['a', 'b', 'items', "get('a')", 'zz']), lambda: self.loop_member()])()
        if kind == "list":
            return self.pick([
                lambda: f"{deep('list')} | {self.pick(FILTERS['list'])}", lambda: f"({deep('list')})[{self.slice(depth)}]", lambda: f"({deep('list')}) + ({deep('list')})", lambda: f"[{deep(self.kind())}, {deep(self.kind())}]", lambda: f"({deep(self.kind())}, {deep(self.kind())})",
                lambda: f"range({self.pick(['3', 'n', '1, 5', '5, 0, -2'])})", lambda: f"({deep('text')}).{self.pick(TO_LISTS)}", lambda: f"d.{self.pick(['items()', 'keys()', 'values()'])}", lambda: f"({deep('dict')}) | {self.pick(FILTERS['list'])}"])()
        if kind == "dict":
            return self.pick([lambda: f"{{'a': {deep(self.kind())}, {self.atom('text')}: {deep(self.kind())}}}", lambda: f"dict(a={deep(self.kind())})", lambda: "messages[0]", lambda: "r[1]", lambda: "d.copy()"])()
        return self.pick([
            lambda: f"{deep(self.kind())} {self.pick(['==', '!=', '<', '>', '<=', '>=', 'in', 'not in'])} {deep(self.kind())}", lambda: f"not {deep(self.kind())}", lambda: f"({deep(self.kind())}) is {self.pick(['', 'not '])}{self.pick(TESTS)}",
            lambda: f"({deep('text')}).{self.pick(TO_TRUTHS)}", lambda: f"({deep('list')})[{self.atom('number')}]", lambda: f"({deep('dict')}).{self.pick(['a', 'role', 'v', 'get'])}", lambda: f"({deep('dict')})['{self.pick(['a', 'role', 'k', 'keys'])}']",
            lambda: f"{deep('number')} < {deep('number')} <= {deep('number')}", lambda: self.loop_member(), lambda: f"({deep('any')}) | {self.pick(['default(1)', 'd(none, true)', 'string', 'tojson', 'list', 'length', 'int', 'first'])}",
            lambda: f"{self.pick(self.macros)}({self.pick(['', deep(self.kind()), 'a=' + deep(self.kind()), '1, 2, 3', '*l', '**d'])})" if self.macros else "u", lambda: "ns.x"])()

    def slice(self, depth):
        part = lambda: self.pick(["", "", "1", "-1", "2", "-2", "n"])
        return f"{part()}:{part()}" + (f":{self.pick(['', '1', '2', '-1'])}" if self.chance(0.3) else "")

    def loop_member(self):
        return "loop." + self.pick(["index", "index0", "revindex", "first", "last", "length", "previtem", "nextitem", "depth", "cycle('a', 'b')", "changed(n)"]) if self.loops or self.chance(0.1) else "n"

    def atom(self, kind):
        if kind == "text": return self.pick(TEXTS + NAMES["text"])
        if kind == "number": return self.pick(NUMBERS + NAMES["number"])
        if kind == "list": return self.pick(NAMES["list"] + ["[]", "[1, 2]", "['a', 'b']", "(1, 'a')"])
        if kind == "dict": return self.pick(["d", "{}", "{'a': 1}", "messages[1]"])
        return self.pick(NAMES["any"] + ["true", "none", "i", "y", "__p"])

    def mark(self): return self.pick(["", "", "", "", "-", "+"])

    def tag(self, code):
        left, right = self.mark(), self.mark()
        return f"{{%{left} {code} {right}%}}"

    def space(self): return self.pick(["", "", "", " ", "\n", "  ", "a", " b\n", "\n\n", "\t", "}", "{ "])

    def body(self, depth):
        return "".join(self.space() + self.statement(depth) for _ in range(self.pick([1, 1, 2, 3]))) + self.space()

    def output(self, depth):
        return f"{{{{{self.pick(['', '', '', '-'])} {self.expression(self.kind(), depth)} {self.pick(['', '', '', '-'])}}}}}"

    def target(self): return self.pick(["y", "q", "n", "v", "s", "__p", "a, q", "ns.x"])

    def statement(self, depth):
        if depth <= 0 or self.chance(0.45): return self.output(self.pick([1, 2, 3]))
        inner = lambda: self.body(depth - 1)
        e = lambda: self.expression(self.kind(), 2)
        return self.pick([
            lambda: self.tag(f"if {e()}") + inner() + (self.tag(f"elif {e()}") + inner() if self.chance(0.3) else "") + (self.tag("else") + inner() if self.chance(0.5) else "") + self.tag("endif"),
            lambda: self.loop(depth), lambda: self.loop(depth), lambda: self.tag(f"set {self.target()} = {e()}"), lambda: self.tag(f"set {self.pick(['y', 'q', '__p'])}{self.pick(['', ' | upper', ' | trim | length'])}") + inner() + self.tag("endset"),
            lambda: self.macro(depth), lambda: self.tag(f"with {self.pick(['y', 'n'])} = {e()}, i = {e()}") + inner() + self.tag("endwith"), lambda: self.tag('filter ' + self.pick(['upper', 'trim', "replace('a', 'b') | title", 'indent', 'e'])) + inner() + self.tag("endfilter"),
            lambda: self.call(depth), lambda: (self.tag("generation") + self.isolated(inner) + self.tag("endgeneration")) if self.chat else self.output(2), lambda: "{#" + self.mark() + " c " + self.mark() + "#}", lambda: self.tag("raw").replace("+%}", "%}") + self.space() + "{{ x }}" + self.space() + self.tag("endraw"),
            lambda: (self.tag("if " + e()) + self.tag(self.pick(["break", "continue"])) + self.tag("endif")) if self.loops and self.chat else self.output(2), lambda: self.tag(f"print {e()}"), lambda: self.tag("set ns = namespace(x=" + e() + ")")])()

    def isolated(self, make):
        loops, self.loops = self.loops, 0
        made = make()
        self.loops = loops
        return made

    def loop(self, depth):
        recursive = self.chance(0.05)
        target, values = self.pick([("i", self.expression("list", 2)), ("i", self.expression("list", 1)), ("i", self.atom("list")), ("i, y", "d.items()"), ("y", "range(4)"), ("i", self.expression(self.kind(), 1)), ("i, j", "[(1, 2), (3, 4)]")])
        test = f" if {self.expression('any', 2)}" if self.chance(0.25) else ""
        self.loops += 1
        body = self.body(depth - 1) + ("{{ loop(i) }}" if recursive else "")
        self.loops -= 1
        other = self.tag("else") + self.body(depth - 1) if self.chance(0.25) else ""
        return self.tag(f"for {target} in {values}{test}{' recursive' if recursive else ''}") + body + other + self.tag("endfor")

    def macro(self, depth):
        name = self.pick(["g", "h"])
        body = self.isolated(lambda: self.body(depth - 1))
        self.macros.append(name)
        return self.tag(f"macro {name}({self.pick(['', 'a', 'a, q=1', 'a=n', 'y=s, a=y'])})") + body + self.pick(["", "{{ a }}", "{{ caller() }}", "{{ varargs }}{{ kwargs }}", "{{ y }}"]) + self.tag("endmacro")

    def call(self, depth):
        if not self.macros: return self.output(2)
        return self.tag(f"call{self.pick(['', '(y)'])} {self.pick(self.macros)}({self.pick(['', '1', 'a=2'])})") + self.isolated(lambda: self.body(depth - 1)) + self.tag("endcall")


def rows(random, count):
    made = []
    while len(made) < count:
        chat = random.random() < 0.6
        maker = Maker(random, chat)
        template = maker.body(random.choice([1, 2, 3]))
        if len(template) < 1500:
            made.append({"name": f"random {len(made)}", "template": template, "rules": "chat" if chat else "task", "values": VALUES})
    return made
