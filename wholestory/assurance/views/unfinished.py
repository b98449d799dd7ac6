"""What stands in the way of a signature, and what was left open: each with the link to where it is put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse

from wholestory.paperwork import queries
from wholestory.paperwork.faces.base import name_of
from wholestory.paperwork.given import Place

#: More than this on one page of the form are told as one line: nobody reads a list of a hundred.
TOLD_SINGLY = 4


@dataclass(frozen=True)
class Missing:
    """One thing to put right, or left open, with the link to where it is."""

    words: str
    url: str


def unfinished(filled: queries.Filled, reference: str, today: date) -> list[Missing]:
    """Everything that has to be put right before the return can be signed."""
    told = [
        Missing(
            f"Two people wrote the same answer: choose between them ({each.label})",
            reverse("assurance:form_compare", args=[reference]),
        )
        for each in queries.open_clashes(filled)
    ]
    for page, found in groupby(filled.sheet.problems(today), key=lambda problem: problem.page):
        url = reverse("assurance:form_page", args=[reference, page.key])
        some = list(found)
        if len(some) > TOLD_SINGLY:
            told.append(Missing(f"{page.title}: {len(some)} things to answer or put right", url))
            continue
        for one in some:
            problem = "is not answered" if one.is_blank else one.message
            told.append(at(filled, reference, one.place, problem))
    return told


def left_open(filled: queries.Filled, reference: str) -> list[Missing]:
    """The questions without an answer that may stay so, by page."""
    told = []
    sheet = filled.sheet
    for page in filled.form.pages:
        places = sheet.places_of(page) if sheet.page_applies(page) else ()
        some = [place for place in places if sheet.at(place).is_blank and not sheet.question(place).required]
        if len(some) > TOLD_SINGLY:
            url = reverse("assurance:form_page", args=[reference, page.key])
            told.append(Missing(f"{page.title}: {len(some)} questions are not answered", url))
        else:
            told += [at(filled, reference, place, "is not answered") for place in some]
    return told


def at(filled: queries.Filled, reference: str, place: Place, what: str = "") -> Missing:
    """One question, by its line and its words, with what there is to say about it."""
    asked = filled.form.asked[place.key]
    where = asked.section.title or asked.page.title
    url = reverse("assurance:form_page", args=[reference, asked.page.key])
    return Missing(f"{where} “{asked.question.label}” {what}".strip(), f"{url}#q-{name_of(place)}")
