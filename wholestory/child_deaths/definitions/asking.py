"""Short words for writing the questions of child death forms.

Every question takes "not known" and "not applicable" as real answers, and the private ones "declined to say" too. None
has to be answered for the form to be sent, unless it says so: an agency writes what it holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import IntEnum

from wholestory.child_deaths.rules.code_lists import Code
from wholestory.paperwork.definitions import (
    DECLINED,
    NOT_KNOWN,
    TODAY,
    Allow,
    Choice,
    Choices,
    Condition,
    Date,
    Is,
    LongText,
    Nothing,
    Number,
    Option,
    Question,
    Text,
    Time,
    YesNo,
)

NOT_APPLICABLE = Allow(Nothing.NOT_APPLICABLE)
ANSWERS = (NOT_KNOWN, NOT_APPLICABLE)
PRIVATE = (NOT_KNOWN, NOT_APPLICABLE, DECLINED)

ONLY_WHAT_YOU_HOLD = (
    "Write only what your agency holds. Nobody expects you to find out what others know: they are asked too.\n\n"
    "If you do not know, choose **Not known** rather than leave a blank. It tells us that somebody looked."
)
Pairs = Iterable[tuple[str, str]]


class Edition(IntEnum):
    """The editions of the forms, oldest first. The numbers are years: the one of 2015, and each April that changed
    something."""

    FORMS_2015 = 2015
    APRIL_2019 = 2019
    APRIL_2021 = 2021
    APRIL_2022 = 2022

    @property
    def is_current(self) -> bool:
        """Whether it is of the set that came in April 2019."""
        return self is not Edition.FORMS_2015


def since(edition: Edition, first: Edition, *questions: Question) -> tuple[Question, ...]:
    """These questions from that edition on; none before."""
    return questions if edition >= first else ()


def until(edition: Edition, gone: Edition, *questions: Question) -> tuple[Question, ...]:
    """These questions before that edition; none from it on. Their keys are never used again for something else."""
    return questions if edition < gone else ()


def yes(key: str) -> Condition:
    """The answer to an earlier question is yes."""
    return Is(key, "yes")


def _allowed(private: bool) -> tuple[Allow, ...]:
    return PRIVATE if private else ANSWERS


def yes_no(
    key: str, label: str, *, hint: str = "", guidance: str = "", when: Condition | None = None, private: bool = False
) -> YesNo:  # fmt: skip
    """Yes or no."""
    return YesNo(
        key, label, hint=hint, guidance=guidance, required=False, nothing=_allowed(private), show_when=when
    )


def text(
    key: str, label: str, *, hint: str = "", when: Condition | None = None, private: bool = False,
    required: bool = False,
) -> Text:  # fmt: skip
    """One line."""
    return Text(key, label, hint=hint, required=required, nothing=_allowed(private), show_when=when)


def own(key: str, label: str, *, required: bool = False) -> Text:
    """One line about whoever writes: they know it, so no kind of nothing is offered."""
    return Text(key, label, required=required)


def account(
    key: str, label: str, *, hint: str = "", guidance: str = "", when: Condition | None = None, rows: int = 5
) -> LongText:  # fmt: skip
    """Paragraphs."""
    return LongText(
        key, label, hint=hint, guidance=guidance, required=False, nothing=ANSWERS, show_when=when, rows=rows
    )


def day(
    key: str, label: str, *, hint: str = "", when: Condition | None = None, future: bool = False
) -> Date:  # fmt: skip
    """A date; its month or year where that is all that is known."""
    return Date(
        key, label, hint=hint, required=False, nothing=ANSWERS, show_when=when, coarsest="year",
        approximate=True, not_after=None if future else TODAY,
    )  # fmt: skip


def clock(key: str, label: str, *, hint: str = "", when: Condition | None = None) -> Time:
    """A time of day."""
    return Time(key, label, hint=hint, required=False, nothing=ANSWERS, show_when=when)


def number(
    key: str, label: str, unit: str = "", *, hint: str = "", when: Condition | None = None, whole: bool = True,
    most: int | None = None,
) -> Number:  # fmt: skip
    """A number from 0."""
    return Number(
        key, label, hint=hint, required=False, nothing=ANSWERS, show_when=when, unit=unit, whole=whole,
        minimum=Decimal(0), maximum=None if most is None else Decimal(most),
    )  # fmt: skip


def one_of(
    key: str, label: str, *pairs: tuple[str, str], hint: str = "", guidance: str = "",
    when: Condition | None = None, private: bool = False,
) -> Choice:  # fmt: skip
    """One of several."""
    return Choice(
        key, label, options=tuple(Option(*pair) for pair in pairs), hint=hint, guidance=guidance, required=False,
        nothing=_allowed(private), show_when=when,
    )  # fmt: skip


def any_of(
    key: str, label: str, *pairs: tuple[str, str], hint: str = "", when: Condition | None = None,
    private: bool = False,
) -> Choices:  # fmt: skip
    """Any number of several."""
    return Choices(
        key, label, options=tuple(Option(*pair) for pair in pairs), hint=hint, required=False,
        nothing=_allowed(private), show_when=when,
    )  # fmt: skip


def pairs(codes: Iterable[Code], leave: frozenset[str] = frozenset({"not_known"})) -> list[tuple[str, str]]:
    """A code list as options, without what is a kind of nothing here."""
    return [(each.key, each.label) for each in codes if each.key not in leave]
