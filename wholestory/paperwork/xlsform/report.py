"""What another XLSForm program will not see of a form written here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wholestory.paperwork.checks import Check, RequiredWhen
from wholestory.paperwork.form import Form, Page, Section
from wholestory.paperwork.given import Nothing
from wholestory.paperwork.questions.base import Question
from wholestory.paperwork.questions.calculated import Calculated
from wholestory.paperwork.questions.choosing import Choice, Choices, Scale, YesNo
from wholestory.paperwork.questions.gridded import Grid
from wholestory.paperwork.questions.naming import AgencyQ, File, PersonQ
from wholestory.paperwork.questions.repeating import Repeat
from wholestory.paperwork.questions.shaped import NhsNumber, Postcode
from wholestory.paperwork.xlsform.constraints import speaks_at
from wholestory.paperwork.xlsform.written import Written

_FIELDS: Mapping[str, str] = {
    "nothing": "that “not known”, “not applicable” and the like are answers, and when they need a reason",
    "carries": "that an answer is asked afresh each time and never carried forward",
    "descriptors": "what each choice stands for",
    "points": "the points of the scale as they are",
    "options": "the choices as they are",
    "code": "which scale it is",
    "compliant_from": "from which point an answer counts as compliant",
    "unit": "the unit of the number",
    "width": "how wide the box is",
    "coarsest": "that a month or a year alone will do",
    "approximate": "that a date may be approximate",
    "not_before": "the earliest that is taken",
    "not_after": "the latest that is taken",
    "choices_from": "whom the list offers",
    "or_typed": "that a name may be typed that is not in the list",
    "at_least": "how many there must be",
    "at_most": "how many there may be",
    "accepts": "which kinds of file are taken",
    "noun": "what one of them is called",
    "nouns": "what several of them are called",
    "totals": "the totals below the table",
    "rows_title": "the heading of the rows",
    "outward_alone": "that the first half of a postcode will do",
    "required": "that it must be answered",
    "intro": "the introduction exactly as written",
    "label": "the label exactly as written",
    "title": "the title exactly as written",
    "hint": "the hint exactly as written",
    "guidance": "the guidance exactly as written",
    "edition": "which edition of the guidance the form belongs to",
    "yes": "the word for yes",
    "no": "the word for no",
    "max_length": "the greatest length",
}
_SAID_OTHERWISE = frozenset({"key", "version", "show_when", "working", "decimals", "checks"})
"""Fields whose own column only holds our spelling of what a standard column says too, or that are told apart below."""
_KINDS: tuple[tuple[type[Question], str], ...] = (
    (PersonQ, "a person is asked for as plain text, without the board's list"),
    (AgencyQ, "an agency is asked for as plain text, without the board's list"),
    (File, "one file is taken, not several"),
    (NhsNumber, "an NHS number is checked for its ten digits only, not for its check digit"),
    (Postcode, "a postcode is checked for its rough shape only"),
    (Grid, "a table is a group of groups: every cell is a question there"),
    (Calculated, "what is worked out is not shown, only kept; ages are worked out roughly"),
    (Repeat, "how many there must be is not checked"),
)


@dataclass(frozen=True)
class Unseen:
    """One thing another program does not see, and the questions, pages or sections it concerns."""

    what: str
    where: tuple[str, ...]

    def __str__(self) -> str:
        """``the unit of the number (employed, trained)``."""
        shown = ", ".join(self.where[:8]) + (
            f" and {len(self.where) - 8} more" if len(self.where) > 8 else ""
        )
        return f"{self.what} ({shown})" if shown else self.what


@dataclass(frozen=True)
class Report:
    """What is in the workbook for us alone. Read again here, the form is the same."""

    unseen: tuple[Unseen, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """A line for each, for a page or a terminal."""
        return tuple(map(str, self.unseen))


def report_of(
    form: Form, rows: Sequence[Written], own: Sequence[Mapping[str, str]], settings: Mapping[str, str]
) -> Report:
    """What the own columns of the rows and of the form say that nothing beside them does."""
    where: dict[str, list[str]] = {}
    for row, said in zip(rows, own, strict=True):
        for name in sorted(said.keys() - _SAID_OTHERWISE):
            where.setdefault(_FIELDS.get(name, name.replace("_", " ")), []).append(_called(row))
    for name in sorted(settings.keys() - _SAID_OTHERWISE):
        where.setdefault(_FIELDS.get(name, name.replace("_", " ")), []).append("the form")
    for cls, what in _KINDS:
        where.setdefault(what, []).extend(
            key for key, asked in form.asked.items() if isinstance(asked.question, cls)
        )
    where["a check between answers"] = [check.message for check in _checks(form) if _is_unseen(check)]
    where["when it is shown, where that rests on “not known” and the like"] = list(_shown_by_nothing(form))
    order = {what: at for at, what in enumerate(dict.fromkeys([*_FIELDS.values(), *where]))}
    found = [Unseen(what, tuple(dict.fromkeys(keys))) for what, keys in where.items() if keys]
    return Report(tuple(sorted(found, key=lambda one: order[one.what])))


def _checks(form: Form) -> Iterator[Check]:
    yield from form.checks
    for asked in form.asked.values():
        if isinstance(asked.question, Repeat):
            yield from asked.question.checks


def _is_unseen(check: Check) -> bool:
    return not speaks_at(check) and not isinstance(check, RequiredWhen)


def _shown_by_nothing(form: Form) -> Iterator[str]:
    """Questions that are shown for a kind of nothing which is no choice in a list, so that no other program has it."""
    for key, asked in form.asked.items():
        condition = asked.question.show_when
        for simple in condition.about() if condition is not None else ():
            values = (*getattr(simple, "values", ()), getattr(simple, "value", None))
            about = form.asked.get(str(getattr(simple, "key", "")))
            in_list = about is not None and isinstance(about.question, (YesNo, Choice, Choices, Scale))
            if not in_list and any(value in set(Nothing) for value in values if isinstance(value, str)):
                yield key


def _called(row: Written) -> str:
    word = row.word
    if isinstance(word, Question):
        return word.key
    return f"“{word.title}”" if isinstance(word, (Page, Section)) else row.name
