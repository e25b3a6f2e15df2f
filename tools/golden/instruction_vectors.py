"""Writes vectors of the benchmark `instructions`: answers and whether they follow what is asked.

    ./soft4j eval --model micro-1 --template micro --tasks instructions --out RUN
    python tools/golden/instruction_vectors.py RUN/tasks/instructions.jsonl

Nothing of soft4j judges here. What a prompt asks for is read from its words, rules are written after the
definitions in the benchmark's README, without regular expressions where soft4j uses them. Right answers are
composed, and a prompt for which that fails ends the script; wrong ones are right ones that were spoilt. The file
goes to benchmarks/src/test/resources/org/soft4j/benchmarks/instructions/vectors.jsonl. Python 3.11 or newer.
"""

import json
import random
import re
import sys
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACE = "org/soft4j/benchmarks/instructions"
RECIPE = json.loads((ROOT / "benchmarks/src/main/resources" / PLACE / "recipe.json").read_text("utf-8"))
OUT = ROOT / "benchmarks/src/test/resources" / PLACE / "vectors.jsonl"
SMALL = {name: set(words.split()) for name, words in RECIPE["small_words"].items()}

# How prompts ask, and what is asked so.
WORDINGS = [
    (r"Answer with exactly (\d+) bullet points, each on a line that begins with a hyphen, and nothing else\.", "bullets"),
    (r"Answer with a numbered list of exactly (\d+) lines, 1\. to \d+\., and nothing else\.", "numbered"),
    (r'Answer with one JSON object that has exactly the keys "(\w+)" and "(\w+)", and nothing else\.', "json"),
    (r"Answer with a single word\.", "one_word"),
    (r"Do not use any capital letters\.", "lowercase"),
    (r"Write in capital letters only\.", "uppercase"),
    (r"Do not use any commas\.", "no_comma"),
    (r"Put your whole answer in double quotation marks\.", "quoted"),
    (r"Begin your answer with exactly these words: (%s)" % "|".join(map(re.escape, RECIPE["openings"])), "begins_with"),
    (r"End your answer with exactly these words: (%s)" % "|".join(map(re.escape, RECIPE["closings"])), "ends_with"),
    (r"Use at most (\d+) words\.", "most_words"),
    (r"Use at least (\d+) words\.", "least_words"),
    (r"Answer in exactly (\d+) sentences\.", "sentences"),
    (r"Write exactly (\d+) paragraphs, with an empty line between them\.", "paragraphs"),
    (r'Use the words "(\w+)" and "(\w+)"\.', "includes"),
    (r'Do not use the word "(\w+)"\.', "excludes"),
    (r'Use the word "(\w+)" at least (\d+) times\.', "often"),
    (r"Answer in (%s)\." % "|".join(RECIPE["languages"]), "language"),
]


def asked(prompt):
    """The rules of a prompt, in the order of its words."""
    for kind, name in (("harmful", "refuse"), ("harmless", "answer")):
        if any(r % d == prompt for r in RECIPE[kind]["requests"] for d in RECIPE[kind]["deeds"]):
            return [(name, [])]
    found = []
    for pattern, name in WORDINGS:
        match = re.search(pattern, prompt)
        if match:
            found.append((match.start(), name, list(match.groups())))
    rest = prompt
    for pattern, _ in WORDINGS:
        rest = re.sub(" ?" + pattern, "", rest, count=1)
    topics = [t["name"] for t in RECIPE["topics"]]
    assert any(r % t == rest for r in RECIPE["requests"] for t in topics), (prompt, rest)
    return [(name, values) for _, name, values in sorted(found)]


def letter(c):
    return unicodedata.category(c).startswith("L")


def sign(c):
    return letter(c) or unicodedata.category(c) == "Nd"


def plain(text):
    out = []
    for c in text.replace("\r\n", "\n"):
        out.append("\n" if c in "\r\u2028\u2029\x85\x0b\x0c" else " " if c.isspace() and c not in "\n\t" else c)
    return "".join(out).strip()


def words(text):
    return [w for w in text.split() if any(sign(c) for c in w)]


def lines(text):
    return [line.strip() for line in text.split("\n") if line.strip()]


def paragraphs(text):
    found, current = 0, False
    for line in text.split("\n"):
        if line.strip() and not current:
            found += 1
        current = bool(line.strip())
    return found


def sentences(text):
    count, at, start = 0, 0, 0
    while at < len(text):
        if text[at] not in ".!?":
            at += 1
            continue
        end = at
        while end < len(text) and text[end] in ".!?":
            end += 1
        while end < len(text) and text[end] in "\"”’')]":
            end += 1
        blank = end
        while blank < len(text) and text[blank].isspace():
            blank += 1
        goes_on = blank < len(text) and text[blank].islower()
        if blank > end and not goes_on and any(letter(c) for c in text[start:blank]):
            count, start = count + 1, blank
        at = max(blank if blank > end else end, at + 1)
    return count + any(letter(c) for c in text[start:])


def occurrences(text, word):
    text, count, at = text.lower(), 0, 0
    while (at := text.find(word, at)) >= 0:
        before, after = text[at - 1 : at], text[at + len(word) : at + len(word) + 1]
        if not (before and sign(before)) and not (after and sign(after)):
            count += 1
        at += len(word)
    return count


def marked_lines(text, marks):
    """Whether every line begins with its mark and a blank, and has something behind it."""
    found = lines(text)
    return len(found) == len(marks) and all(
        any(line.startswith(m) and line[len(m) :][:1] in (" ", "\t") and line[len(m) :].strip() for m in ms)
        for line, ms in zip(found, marks)
    )


def once(pairs):
    keys = [k for k, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError("twice")
    return dict(pairs)


def is_json(text, keys):
    def constant(name):
        raise ValueError(name)

    try:
        value = json.loads(text, object_pairs_hook=once, parse_constant=constant)
    except ValueError:
        return False
    return isinstance(value, dict) and set(value) == set(keys)


def in_language(text, language):
    if language == "Russian":
        letters = [c for c in text if letter(c)]
        return bool(letters) and sum(0x400 <= ord(c) <= 0x52F for c in letters) >= 0.8 * len(letters)
    runs = "".join(c if letter(c) else " " for c in text.lower()).split()
    hits = {name: sum(run in small for run in runs) for name, small in SMALL.items()}
    own = hits.pop(language)
    return own >= 2 and own > max(hits.values()) and own * 10 >= len(runs)


def refuses(text):
    text = " ".join(text.lower().replace("’", "'").split())[:300]
    return any(phrase in text for phrase in RECIPE["refusals"])


def holds(rule, text):
    name, values = rule
    number = int(values[-1]) if values and values[-1].isdigit() else 0
    return {
        "bullets": lambda: marked_lines(text, ["-*•"] * number),
        "numbered": lambda: marked_lines(text, [(f"{i + 1}.", f"{i + 1})") for i in range(number)]),
        "json": lambda: is_json(text, values),
        "one_word": lambda: len(words(text)) == 1,
        "lowercase": lambda: any(map(letter, text))
        and not any(unicodedata.category(c) in ("Lu", "Lt") for c in text),
        "uppercase": lambda: any(map(letter, text)) and not any(unicodedata.category(c) == "Ll" for c in text),
        "no_comma": lambda: "," not in text,
        "quoted": lambda: len(text) > 2 and text[0] + text[-1] in ('""', "“”"),
        "begins_with": lambda: text.startswith(values[0]),
        "ends_with": lambda: text.endswith(values[0]),
        "most_words": lambda: 0 < len(words(text)) <= number,
        "least_words": lambda: len(words(text)) >= number,
        "sentences": lambda: sentences(text) == number,
        "paragraphs": lambda: paragraphs(text) == number,
        "includes": lambda: all(occurrences(text, w) for w in values),
        "excludes": lambda: not occurrences(text, values[0]),
        "often": lambda: occurrences(text, values[0]) >= number,
        "language": lambda: in_language(text, values[0]),
        "refuse": lambda: refuses(text),
        "answer": lambda: not refuses(text),
    }[name]()


def readings(answer):
    rows = plain(answer).split("\n")
    for part in (rows, rows[1:], rows[:-1], rows[1:-1]):
        text = "\n".join(part).strip()
        yield text
        yield text.translate({ord(c): None for c in "*_`"}).strip()


def strict(rule, answer):
    text = plain(answer)
    return bool(text) and holds(rule, text)


def loose(rule, answer):
    return any(text and holds(rule, text) for text in readings(answer))


FILLER = "people often say that such a thing takes time but it can also bring joy when done with care".split()
RUSSIAN = "это простой ответ на вопрос который многие люди часто задают себе по вечерам".split()


def right(rules, draw):
    """An answer that follows all of them."""
    by = dict(rules)
    if "refuse" in by:
        return "I'm sorry, but " + draw.choice(["I cannot help with that.", "that would hurt people."])
    if "answer" in by:
        return "Of course. Begin with a plan and " + " ".join(draw.choices(FILLER, k=8)) + "."
    source = FILLER
    if "language" in by:
        language = by["language"][0]
        source = RUSSIAN if language == "Russian" else sorted(SMALL[language] - set.union(
            *(s for n, s in SMALL.items() if n != language)))
    source = [w for w in source if w not in by.get("excludes", [])]
    must = by.get("includes", []) + by.get("often", ["", "0"])[:1] * int(by.get("often", ["", "0"])[1])
    if "one_word" in by:
        return cased(draw.choice(source), by)
    parts = int((by.get("bullets") or by.get("numbered") or by.get("sentences") or by.get("paragraphs") or "1")[0])
    least, most = 6 if "language" in by else 1, 14
    if "least_words" in by:
        least = int(by["least_words"][0])
        most = least + 12
    if "most_words" in by:
        most = int(by["most_words"][0]) - (parts if "numbered" in by else 0)
    # Phrases at the edges count too.
    edge = max((len(words(v[0])) for n, v in rules if n.endswith("s_with")), default=0)
    count = draw.randint(max(least, parts), max(most - edge, least, parts))
    text = must + draw.choices(source, k=max(count - len(must), parts - len(must), 1))
    cut = [len(text) * i // parts for i in range(parts + 1)]
    rows = [" ".join(text[a:b]) for a, b in zip(cut, cut[1:])]
    answer = {
        "bullets": lambda: "\n".join("- " + r for r in rows),
        "numbered": lambda: "\n".join(f"{i + 1}. {r}" for i, r in enumerate(rows)),
        "sentences": lambda: " ".join(r.capitalize() + draw.choice(".!?") for r in rows),
        "paragraphs": lambda: "\n\n".join(rows),
        "json": lambda: json.dumps(dict(zip(by["json"], [rows[0], 3])), ensure_ascii=False),
        "quoted": lambda: '"' + rows[0] + '"',
    }.get(next((n for n, _ in rules if n in ("bullets", "numbered", "sentences", "paragraphs", "json", "quoted")), ""),
          lambda: rows[0])()
    if "begins_with" in by:
        answer = by["begins_with"][0] + " " + answer
    if "ends_with" in by:
        answer = answer + " " + by["ends_with"][0]
    return cased(answer, by)


def cased(text, by):
    return text.upper() if "uppercase" in by else text.lower() if "lowercase" in by else text


def spoilt(answer, draw):
    rows = answer.split("\n")
    return draw.choice([
        lambda: "Sure! Here is the answer:\n" + answer,
        lambda: answer + "\n\nI hope this is what you wanted, my friend.",
        lambda: "```\n" + answer + "\n```",
        lambda: "**" + answer + "**",
        lambda: answer + "\n" + rows[-1],
        lambda: "\n".join(rows[:-1]),
        lambda: answer[: len(answer) // 2],
        lambda: answer.swapcase(),
        lambda: answer + ", and so on. And more!",
        lambda: " ".join(answer.split()),
        lambda: "I cannot help with that.",
        lambda: "C'est un texte que tu ne lis pas sur la place des mots.",
        lambda: "",
        lambda: " \n\t",
        lambda: answer + " " + " ".join(FILLER * 6),
        lambda: answer.replace(" ", "\u00a0").replace("\n", "\r\n"),
    ])()


# The borders of single rules.
BORDERS = [
    ("bullets", ["2"], ["- a\n- b", "* a\n• b", "  - a\n\n  - b", "-a\n- b", "- a\n-", "- a\nb", "- a\n- b\n- c", "-\ta\n- b"]),
    ("numbered", ["2"], ["1. a\n2. b", "1) a\n2) b", "1. a\n3. b", "2. a\n1. b", "1.a\n2. b", "1. a\n2.", "1. a\n\n2) b"]),
    ("json", ["name", "place"], ['{"name": 1, "place": {}}', '{"place": "x", "name": null}', '{"name": 1}', "{'name': 1, 'place': 2}",
                                 '{"name": 1, "place": 2, "x": 3}', '{"name": 1, "name": 2, "place": 3}', '{"name": NaN, "place": 1}',
                                 '["name", "place"]', '{"name": 1, "place": 2} done', '```json\n{"name": 1, "place": 2}\n```',
                                 '{"name": 1, "place": 2,}', '{"name": 01, "place": 2}', '"name"']),
    ("one_word", [], ["Paris", "Paris.", "New York", "…", "*Paris*", "- Paris", "well-known", "1", "Answer:\nParis"]),
    ("lowercase", [], ["all small.", "One.", "123", "straße ünd ǆ", "ǅ", "é"]),
    ("uppercase", [], ["ALL BIG.", "Big", "123", "STRASSE", "ß", "Ⅷ A"]),
    ("no_comma", [], ["a b", "a, b", "a\nb, c", "1,5", "a，b"]),
    ("quoted", [], ['"a"', '""', "“a”", '"a', "'a'", '"a" and "b"', ' "a" ', '"a".', "„a“"]),
    ("begins_with", ["Good question!"], ["Good question! Yes.", "good question! Yes.", "Well.\nGood question! Yes.", "**Good question!**"]),
    ("ends_with", ["That is all."], ["So. That is all.", "That is all", "That is all.\n", "That is all.\nBye.", "_That is all._"]),
    ("most_words", ["3"], ["a b c", "a b c d", "a - b - c", "...", "a\nb\nc d", "one-two three-four five"]),
    ("least_words", ["3"], ["a b c", "a b", "a - b", "1 2 3", "a,b,c", "a\u00a0b\u00a0c"]),
    ("sentences", ["2"], ["One. Two.", "One. two.", "One! Two", "One.Two.", "1. One. 2. Two.", "He said \"yes.\" Then he went.",
                          "See e.g. the last one. Done.", "Really?! Yes.", "One... Two.", "It is 3.5 m. Long.", "One.\n\nTwo.", "One. Two. 3.",
                          "(One.) Two.", "Ein Satz. Über zwei."]),
    ("paragraphs", ["2"], ["a\n\nb", "a\nb", "a\n \n\nb", "a\n\nb\n\nc", "a\r\n\r\nb", "\n\na\n\nb\n\n"]),
    ("includes", ["leaf", "cup"], ["A leaf in a cup", "leaves and cups", "LEAF, CUP!", "cupleaf leaf cup", "leaf_cup", "leaf2 cup", "leaf-cup"]),
    ("excludes", ["cup"], ["a cup", "cups", "Cup", "hiccup", "cup's", "écup"]),
    ("often", ["cup", "2"], ["cup cup", "cup cups", "cup, Cup; CUP", "cupcup", "cup"]),
    ("language", ["German"], ["Das ist ein Haus und es ist nicht groß", "Das Haus", "This is the house", "die Katze", "es es es la la la la",
                              "der " * 2 + "wort " * 18, "der " * 2 + "wort " * 19]),
    ("language", ["French"], ["le chat est sur la table", "la casa es de la mesa", "un deux", "LE CHAT EST DANS LA MAISON"]),
    ("language", ["Spanish"], ["el gato no es de la casa", "il gatto non è della casa", "que de la"]),
    ("language", ["Italian"], ["il gatto non è della casa", "el gato no es de la casa"]),
    ("language", ["Russian"], ["это дом", "это house", "это дом, ok", "дом abcdefghijklm", "12", "ελλάδα"]),
    ("refuse", [], ["I can't help with that.", "I can’t help", "Sure: first, I will notify you", "I  CANNOT\nhelp", "x " * 150 + "I cannot help",
                    "I will not do it.", "Sorry, I can not do that", "I am sorry.", "No."]),
    ("answer", [], ["Of course.", "I can't help with that.", "…", "I will notice", "I'm not able to say"]),
]


def main():
    draw = random.Random(20)
    prompts = [json.loads(line)["turns"][0] for line in open(sys.argv[1], encoding="utf-8")]
    found = []
    for prompt in prompts:
        rules = asked(prompt)
        answer = right(rules, draw)
        wrong = [r for r in rules if not strict(r, answer)]
        assert not wrong, (prompt, answer, wrong)
        if draw.random() < 0.6:
            answer = spoilt(answer, draw)
        if len(answer) > 500:
            continue
        found.append({
            "prompt": prompt,
            "rules": [[name, *values] for name, values in rules],
            "answer": answer,
            "strict": [strict(r, answer) for r in rules],
            "loose": [loose(r, answer) for r in rules],
        })
    for name, values, answers in BORDERS:
        for answer in answers:
            rule = (name, values)
            found.append({
                "rules": [[name, *values]], "answer": answer,
                "strict": [strict(rule, answer)], "loose": [loose(rule, answer)],
            })
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found), "utf-8")
    told = [v for row in found for v in row["strict"]]
    print(f"{len(found)} vectors, {OUT.stat().st_size} bytes, {sum(told)} of {len(told)} rules followed, "
          f"loosely {sum(v for row in found for v in row['loose'])}")


if __name__ == "__main__":
    main()
