"""The access record, for the information governance lead: who saw, changed or tried a record, without the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from wholestory import ledger
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.screens import queries, wording
from wholestory.access.verbs import Verb
from wholestory.govuk import forms
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column
from wholestory.govuk.templatetags.govuk import moment
from wholestory.ledger import reading
from wholestory.partners.models import Person
from wholestory.records.references import tidy

KIND = "access.record"
OF_A_RECORD = [
    Column("at", "When", sortable=True),
    Column("who", "Who", sortable=True),
    Column("seat", "Acting as", sortable=True),
    Column("what", "What they did", sortable=True),
    Column("why", "Why they could"),
    Column("changed", "Changed it?"),
]
OF_A_PERSON = [
    Column("at", "When", sortable=True),
    Column("what", "What they did", sortable=True),
    Column("record", "Record", sortable=True),
    Column("kind", "Kind of record", sortable=True),
    Column("seat", "Acting as"),
    Column("why", "Why they could"),
    Column("changed", "Changed it?"),
]


class SearchForm(forms.FilterForm):
    q = forms.TextField(
        label="A record’s reference, or a person’s name or work address",
        hint="For example SA-7F3K9QXD, or Ashdown",
        spellcheck=False,
        width="two-thirds",
        max_length=200,
    )
    since = forms.DateField(label="From")
    until = forms.DateField(label="To")


@asks(Verb.LIST, KIND)
def record_search(request: Request) -> HttpResponse:
    """Search by a reference or a person. Looking is itself noted."""
    form = SearchForm(request.GET or None)
    words, since, until = "", None, None
    if form.is_valid():
        words = form.cleaned_data["q"].strip()
        since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    cover = reading.find(tidy(words)) if words else None
    if cover is not None:
        return _of_record(request, form, cover, since, until)
    if chosen := request.GET.get("person"):
        return _of_person(request, form, _person(chosen, request), since, until)
    found = queries.people_called(words, request.board) if words else []
    ledger.line("access.people_searched", kind=KIND, writes=False, board_id=request.board.id)
    context = {"form": form, "people": found, "words": words, "nothing": bool(words) and not found}
    return render(request, "access/record_search.html", context)


def _person(key: str, request: Request) -> Person:
    try:
        return get_object_or_404(Person.objects.filter(seats__board=request.board).distinct(), pk=UUID(key))
    except ValueError:
        raise Http404 from None


def _page(request: Request, rows: Sequence[Any], columns: list[Column], caption: str) -> ListPage:
    def shown(cut: list[Any]) -> list[Any]:
        return [replace(row, at=moment(row.at)) for row in cut]

    # A file keeps moments as moments, to the second; the page says them in words.
    in_words = None if request.GET.get("download") else shown
    return ListPage(
        request.GET, rows=rows, columns=columns, sort="-at", caption=caption, shape=in_words, per_page=50
    )


def _of_record(
    request: Request, form: SearchForm, cover: reading.Cover, since: Any, until: Any
) -> HttpResponse:
    lines = queries.about_record(cover, since, until)
    page = _page(request, lines, OF_A_RECORD, "Who saw or changed it")
    context = {
        "about": f"{wording.kind(cover.kind)} {cover.reference}",
        "lead": "The record itself is not shown here, and is not open to you through this page.",
    }
    return _answer(request, form, page, context, f"Access record of {cover.reference}", cover)


def _of_person(request: Request, form: SearchForm, person: Person, since: Any, until: Any) -> HttpResponse:
    lines = queries.about_person(person, since, until)
    page = _page(request, lines, OF_A_PERSON, "What they did")
    context = {
        "about": person.full_name,
        "lead": "What this person did, saw and tried for this board.",
        "person_id": person.id,
    }
    return _answer(request, form, page, context, "Access record of a person", None)


def _answer(
    request: Request,
    form: SearchForm,
    page: ListPage,
    context: dict[str, Any],
    name: str,
    cover: reading.Cover | None,
) -> HttpResponse:
    verb = "access.record_exported" if page.wants_export else "access.record_searched"
    if cover is not None:
        ledger.line(verb, cover, reason=f"seat.{request.seat.role}" if request.seat else "", writes=False)
    else:
        ledger.line("access.people_searched", kind=KIND, writes=False, board_id=request.board.id)
    if page.wants_export:
        return page.export(request, name)
    context |= {
        "form": form,
        "page": page,
        "most": queries.MOST_LINES,
        "full": page.total > queries.MOST_LINES - 1,
    }
    return render(request, "access/record_lines.html", context)
