"""What makes a worked-out answer unable to work in its form: it may only read what stands before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wholestory.paperwork.form import Asked
from wholestory.paperwork.questions.amounts import Number
from wholestory.paperwork.questions.calculated import Calculated
from wholestory.paperwork.questions.gridded import Grid
from wholestory.paperwork.questions.when import Date
from wholestory.paperwork.questions.working import Needs

MOST_STEPS = 10
"""How many worked-out answers may stand on each other's shoulders."""


def working_faults(first: Mapping[str, Asked]) -> Iterator[tuple[str, str]]:
    """(key, what is wrong) for every worked-out answer of a form that cannot work; ``first`` is every question by its
    key, in order."""
    steps: dict[str, int] = {}
    for key, asked in first.items():
        if not isinstance(asked.question, Calculated):
            continue
        needs = asked.question.working.needs()
        found = [what for each in needs if (what := _fault(each, asked, first))]
        yield from ((key, f"is worked out from '{what}") for what in dict.fromkeys(found))
        steps[key] = 1 + max((steps.get(each.key, 0) for each in needs), default=0)
        if steps[key] > MOST_STEPS:
            yield key, f"is worked out over more than {MOST_STEPS} steps"


def _fault(needs: Needs, asked: Asked, first: Mapping[str, Asked]) -> str:
    about = first.get(needs.key)
    if about is None:
        return f"{needs.key}', which this form does not ask"
    if about is asked:
        return f"{needs.key}', which is itself"
    if about.position >= asked.position:
        return f"{needs.key}', which comes later"
    if about.inside is not None and about.inside is not asked.inside:
        return f"{needs.key}', which is asked many times, in '{about.inside.key}'"
    if asked.inside is not None and about.question is asked.inside:
        return f"{needs.key}', the group it is in"
    return _wrong_kind(needs, about)


def _wrong_kind(needs: Needs, about: Asked) -> str:
    question = about.question
    if needs.kind == "date" and not isinstance(question, Date):
        return f"{needs.key}', which is not a date"
    if needs.kind == "number" and question.compares_to != "numbers":
        return f"{needs.key}', whose answers are not numbers"
    if needs.kind == "column":
        columns = question.columns if isinstance(question, Grid) else ()
        if not any(each.key == needs.column and isinstance(each, Number) for each in columns):
            return f"{needs.key}', which has no column of numbers '{needs.column}'"
    return ""
