"""The evidence for one standard of a return: what is chosen, for which lines, and the agency's list to choose from."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance.answers import framework_of
from wholestory.assurance.definitions.framework import Standard
from wholestory.assurance.evidence import why_not
from wholestory.assurance.models import EvidenceUse, Return
from wholestory.assurance.operations import evidence_uses as operations
from wholestory.assurance.queries import evidence_list as queries
from wholestory.assurance.views.filling import pages_to_answer
from wholestory.assurance.views.finding import must, the_return
from wholestory.documents import shelf
from wholestory.documents.operations import NotNow
from wholestory.documents.rules.content import NotTaken

MOST_OFFERED = 40
REFUSALS = (operations.UseRefused, NotNow, NotTaken, shelf.Unreachable)


@asks(Verb.WRITE, "assurance.return")
def evidence_for(request: Request, reference: str, standard: str) -> HttpResponse:
    """Choose evidence for the lines of a standard. Works without scripts: two forms, each saves by itself."""
    ret = the_return(request, reference)
    must(request, Verb.WRITE, ret)
    asked = next((each for each in framework_of(ret).standards if each.key == standard), None)
    pages = pages_to_answer(request, ret)
    if asked is None or (pages is not None and standard not in pages):
        raise Http404
    error = why_not(ret.record)
    if request.method == "POST" and not error:
        do = _chosen if request.POST.get("do") == "choose" else _lines
        try:
            do(request, ret, asked)
        except REFUSALS as refused:
            error = str(refused)
        else:
            messages.success(request, "Saved.")
            return redirect("assurance:evidence_for", reference, standard)
    return render(request, "assurance/evidence_for.html", _context(request, ret, asked, error))


def _context(request: Request, ret: Return, asked: Standard, error: str) -> dict[str, object]:
    framework = framework_of(ret)
    lines = [(item.key, f"{framework.numbers[item.key]} {item.text}") for item in asked.items]
    keys = {key for key, _words in lines}
    uses = queries.uses_of(ret, request.today)
    here = [use for use in uses if keys & set(use.lines)]
    taken = {use.item_id for use in here if use.item_id is not None}
    text = request.GET.get("q", "").strip()
    rows = (
        queries.every(ret.board, ret.agency)
        .filter(retired_on=None)
        .exclude(pk__in=taken)
        .order_by("title", "pk")
    )
    if text:
        rows = rows.filter(title__icontains=text[:100])
    found = queries.lines(list(rows[: MOST_OFFERED + 1]), ret.agency, ret.board, request.today)
    ticked = set(request.POST.getlist("item")) | {request.GET.get("new", "")}
    lined = set(request.POST.getlist("line")) | {request.GET.get("line", "")}
    return {
        "ret": ret,
        "standard": asked,
        "lines": [(key, words, key in lined) for key, words in lines],
        "here": [(use, [(key, words, key in use.lines) for key, words in lines]) for use in here],
        "offered": [(each, str(each.id) in ticked) for each in found[:MOST_OFFERED]],
        "more": len(found) > MOST_OFFERED,
        "q": text,
        "error": error,
        "page_has_errors": bool(error),
        "closed": bool(why_not(ret.record)),
        "back": reverse("assurance:form_page", args=[ret.record.reference, asked.key]),
        "add_url": f"{reverse('assurance:evidence_add')}?return={ret.record.reference}&standard={asked.key}",
    }


def _chosen(request: Request, ret: Return, asked: Standard) -> None:
    wanted = _ids(request.POST.getlist("item"))
    items = list(
        queries.every(ret.board, ret.agency)
        .filter(pk__in=wanted, retired_on=None)
        .select_related("file__about")
    )
    lines = {item.key for item in asked.items} & set(request.POST.getlist("line"))
    operations.choose(actor=request.person, ret=ret, items=items, lines=lines, today=request.today)


def _lines(request: Request, ret: Return, asked: Standard) -> None:
    """The lines of each piece as they were sent; its lines in other standards stay as they are."""
    keys = {item.key for item in asked.items}
    shown = set(_ids(request.POST.getlist("use")))
    rows = EvidenceUse.objects.filter(return_of=ret, pk__in=shown)
    for use in rows.select_related("item__file", "file__record", "file__about"):
        wanted = keys & set(request.POST.getlist(f"line-{use.id}"))
        after = {key for key in use.lines if key not in keys} | wanted
        if after != set(use.lines) or use.to_confirm:
            operations.set_lines(
                actor=request.person, ret=ret, use=use, lines=after, today=request.today, now=timezone.now()
            )


def _ids(texts: list[str], make: Callable[[str], UUID] = UUID) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(make(text))
        except ValueError:
            continue
    return found
