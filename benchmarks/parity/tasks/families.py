"""Rows of sets whose task files name functions that soft4j has as well: the columns those functions read."""
import dataclasses
import itertools
import random
import re


@dataclasses.dataclass
class Family:
    columns: dict = dataclasses.field(default_factory=dict)
    rows: object = None


def of(name, fields):
    """What is known of a file's rows beyond its templates."""
    for pattern, make in FAMILIES:
        if re.search(pattern, name):
            return make(fields)
    return Family()


def filtered(column, form="{}", others=2, **more):
    """Rows of which all but one of so many are of the category the file's function keeps."""
    def make(fields):
        wanted = form.format(next(iter(fields["process_docs"].keywords.values())))
        turn = itertools.count()
        return Family({column: lambda number: "none of these" if next(turn) % others == others - 1 else wanted, **more})
    return make


def words(draw, count):
    return " ".join(draw.choice(["the", "A", "12", "it's", "\u00e9t\u00e9", "{x}", "\u65e5\u672c", "no."]) for _ in range(count))


def professional(fields):
    """Rows of MMLU-ProX: ten columns of options, the last ones empty, and an answer with its reasons."""
    wanted = next(iter(fields["process_docs"].keywords.values()))

    def rows(count, seed):
        draw = random.Random(seed)
        return [{"question_id": i, "question": words(draw, 4), **{f"option_{k}": words(draw, 2) if k < 4 + i % 5 else None for k in range(10)}, "answer": "ABC"[i % 3], "answer_index": i % 3,
                 "cot_content": f"A: {words(draw, 6)}. {words(draw, 2)} (B).", "category": "none of these" if i % 4 == 3 else wanted, "src": "made up"} for i in range(2 * count)]
    return Family(rows=rows)


def endings(fields):
    """Rows of hellaswag."""
    def rows(count, seed):
        draw = random.Random(seed)
        return [{"ind": i, "activity_label": words(draw, 2), "ctx_a": words(draw, 3) + " [title] x", "ctx_b": words(draw, 2), "ctx": "", "endings": [words(draw, 2) + "  [step] y" for _ in range(4)], "label": str(i % 4)}
                for i in range(count)]
    return Family(rows=rows)


def piqa(choices):
    """Rows whose label is the number of a choice."""
    def make(fields):
        return Family({"label": lambda number: number % choices})
    return make


FAMILIES = [
    ("^global_piqa/parallel_cloze/", piqa(4)),
    ("^global_piqa/nonparallel_cloze/", piqa(2)),
    ("^global_mmlu/full/", filtered("subject")),
    ("^include/", filtered("domain")),
    ("^openai-mmmlu/default/", filtered("Subject")),
    ("^global_mmlu/default/", filtered("subject_category")),
    ("^llama3/instruct/mmlu_pro/", filtered("category", others=4, cot_content="A: Let's think step by step. x The answer is (B).")),
    *((f"^llama3/instruct/mmlu_{language}/", filtered("subtask_name", f"mmlu_{language}_chat.{{}}")) for language in ("de", "es", "fr", "hi", "it", "pt", "th")),
    ("^mmlu_prox/", professional),
    ("^hellaswag/", endings),
]
