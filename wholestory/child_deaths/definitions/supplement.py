"""Putting a supplementary form together: one topic, one or more pages, the same first words for all.

A form is known by its topic, never by a number: the same number was another form in another issue.
"""

from __future__ import annotations

from wholestory.child_deaths.definitions.asking import ONLY_WHAT_YOU_HOLD, Edition
from wholestory.child_deaths.rules.forms_by_circumstance import Topic
from wholestory.child_deaths.rules.regimes import FormSet
from wholestory.paperwork.definitions import Form, Page, Question, Section

Parts = tuple[Section | Question, ...]


def key_of(topic: Topic, forms: FormSet) -> str:
    """The key of a topic's form in a set."""
    return f"about_{topic.value}" + ("_2015" if forms is FormSet.FORMS_2015 else "")


def supplement(topic: Topic, edition: Edition, version: int, *pages: tuple[str, str, Parts]) -> Form:
    """A form about one topic. Pages are given as key, title and what is on them."""
    forms = FormSet.CURRENT if edition.is_current else FormSet.FORMS_2015
    return Form(
        key_of(topic, forms), version, topic.name_in(forms),
        tuple(Page(key, title, parts) for key, title, parts in pages),
        intro=ONLY_WHAT_YOU_HOLD,
    )  # fmt: skip
