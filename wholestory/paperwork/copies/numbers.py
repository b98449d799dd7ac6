"""What each question is numbered in a copy. Pure."""

from __future__ import annotations

import re

from wholestory.paperwork.form import Form, Page

_OWN_NUMBER = re.compile(r"(\d+\.\d+(?:\.\d+)*)[.)]?\s")


def numbers_of(form: Form) -> dict[str, str]:
    """The number of each question, by its key: 2.1, 2.2 and on.

    Where the lines of a form have numbers of their own, as a framework's have, there is no second numbering beside
    them: the questions of line 4.1 are 4.1a, 4.1b and on, and those of its page outside any line 4a, 4b. Word copies
    are read back by these numbers, so a form that numbers two lines alike is counted through.
    """
    out: dict[str, str] = {}
    for number, page in enumerate(form.pages, 1):
        out |= _lettered(page, number)
    if len(set(out.values())) == len(out):
        return out
    counted = ((page, number) for number, page in enumerate(form.pages, 1))
    return {key: said for page, number in counted for key, said in _counted(page, number).items()}


def _counted(page: Page, number: int) -> dict[str, str]:
    return {each.key: f"{number}.{count}" for count, each in enumerate(page.questions(), 1)}


def _lettered(page: Page, number: int) -> dict[str, str]:
    sections = list(page.sections())
    own = [found[1] if (found := _OWN_NUMBER.match(each.title)) else "" for each in sections]
    if not any(own):
        return _counted(page, number)
    out: dict[str, str] = {}
    under: dict[str, int] = {}
    for section, its in zip(sections, own, strict=True):
        for question in section.questions:
            before = its or str(number)
            under[before] = under.get(before, 0) + 1
            out[question.key] = before + _letters(under[before])
    return out


def _letters(count: int) -> str:
    """a, b … z, aa, ab."""
    more, last = divmod(count - 1, 26)
    return (_letters(more) if more else "") + chr(ord("a") + last)
