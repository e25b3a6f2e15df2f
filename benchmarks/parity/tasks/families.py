"""Rows of sets whose task files name functions that soft4j has as well: the columns those functions read."""
import dataclasses
import itertools
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


def filtered(column):
    """Rows of which every second is of the category the file's function keeps."""
    def make(fields):
        wanted = next(iter(fields["process_docs"].keywords.values()))
        turn = itertools.count()
        return Family({column: lambda number: wanted if next(turn) % 2 == 0 else "none of these"})
    return make


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
]
