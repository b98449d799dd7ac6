"""The team's pages of who is asked for what."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column
from wholestory.indicators.forms.asking import AskForm, MatrixFilter
from wholestory.indicators.models import AgencyReturn, Asked
from wholestory.indicators.operations import asking as operations
from wholestory.indicators.queries import asking as queries
from wholestory.indicators.queries.measures import catalogue_of
from wholestory.indicators.rules.periods import quarter_of
from wholestory.partners.models import Agency

_KIND = AgencyReturn.record_kind


@asks(Verb.MANAGE, "indicators.collection")
def matrix(request: Request) -> HttpResponse:
    """Measures down, agencies across: who is asked for what."""
    agencies = queries.agencies_of(request.board, request.today)
    filters = MatrixFilter(request.GET, agencies=[(each.slug, each.name) for each in agencies])
    wanted = filters.cleaned_data if filters.is_valid() else {}
    found = queries.matrix(
        request.board, catalogue_of(request.board), request.today,
        theme=wanted.get("theme", ""), agency=wanted.get("agency", ""),
    )  # fmt: skip
    columns = [
        Column("code", "Code", sortable=True), Column("title", "Measure", sortable=True),
        Column("theme", "Theme", sortable=True),
        *[Column(each.slug, each.short_name or each.name) for each in found.agencies],
    ]  # fmt: skip
    page = ListPage(
        request.GET, rows=found.rows, columns=columns, filters=filters, caption="Who is asked for what",
        narrow="scroll", per_page=50, empty="Nobody is asked for anything yet. Choose an agency below.",
    )  # fmt: skip
    if page.wants_export:
        reading.listed(request, _KIND, [], verb="access.downloaded")
        return page.export(request, "Who is asked for what")
    reading.listed(request, _KIND, [])
    context = {"page": page, "agencies": agencies, "wide": True}
    return render(request, "indicators/asking.html", context)


def _agency(request: Request, slug: str) -> Agency:
    found = next((one for one in queries.agencies_of(request.board, request.today) if one.slug == slug), None)
    if found is None:
        raise Http404
    return found


@asks(Verb.MANAGE, "indicators.collection")
def agency(request: Request, slug: str) -> HttpResponse:
    """What one agency is asked for: tick to ask, untick to ask no more."""
    of = _agency(request, slug)
    measures = catalogue_of(request.board)
    standing = queries.asked_of(request.board, of, measures)
    asked = {line.code for line in standing}
    offered = queries.offered_to(of, measures)
    known = {each.code for each in offered}
    others = [each for each in measures.values() if each.code not in known]
    splits = queries.breakdowns_of(offered)
    form = AskForm(
        request.POST if request.method == "POST" else None, offered=offered, others=others, breakdowns=splits,
        initial=_now(request, asked, standing, measures, splits),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = _change(request, of, form, measures, asked)
        messages.success(request, said)
        return redirect("indicators:asking_of", slug)
    reading.listed(request, _KIND, [])
    return render(
        request, "indicators/asking_of.html",
        {"agency": of, "form": form, "not_held": [line for line in standing if line.not_held], "standing": standing},
    )  # fmt: skip


def _now(request: Request, asked: set[str], standing: Any, measures: Any, splits: Any) -> dict[str, Any]:
    """The form as things stand."""
    initial: dict[str, Any] = {"from_on": quarter_of(request.today).start, "others": list(asked)}
    initial |= {f"theme_{each.theme}": list(asked) for each in measures.values()}
    titles = {title: key for key, title in splits}
    chosen = {titles[name] for line in standing for name in line.breakdowns.split(", ") if name in titles}
    initial["breakdowns"] = sorted(chosen)
    initial["steward"] = next((line.steward for line in standing if line.steward), "")
    return initial


def _change(request: Request, of: Agency, form: AskForm, measures: Any, asked: set[str]) -> str:
    chosen = form.chosen
    splits = set(form.cleaned_data.get("breakdowns", []))
    wanted = {
        code: [each.key for each in measures[code].breakdowns if each.key in splits and each.labels]
        for code in chosen
    }
    actor, board = request.person, request.board
    new = operations.ask_for(
        actor=actor, board=board, agency=of, wanted=wanted, from_on=form.cleaned_data["from_on"],
        steward=form.cleaned_data["steward"],
    )  # fmt: skip
    gone = sorted(asked - set(chosen))
    if gone:
        operations.stop_asking(actor=actor, board=board, agency=of, measures=gone, last_on=request.today)
    measured = f"{len(chosen)} measure{'' if len(chosen) == 1 else 's'}"
    return f"{of.name} is asked for {measured}: {len(new)} new, {len(gone)} ended."


@asks(Verb.MANAGE, "indicators.collection")
def again(request: Request, key: UUID) -> HttpResponse:
    """Ask anew for what an agency said it does not hold."""
    asked = get_object_or_404(Asked.objects.select_related("agency"), pk=key, board=request.board)
    if request.method == "POST":
        try:
            operations.ask_again(actor=request.person, asked=asked)
        except operations.AskingRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"The next round asks {asked.agency.name} for {asked.measure} again.")
        return redirect("indicators:asking_of", asked.agency.slug)
    reading.listed(request, _KIND, [])
    return render(
        request, "govuk/confirm.html",
        {
            "question": f"Ask {asked.agency.name} for {asked.measure} again?",
            "consequences": ["They said that they do not hold it.", "The next round has it in their return again."],
            "confirm_label": "Ask again",
            "cancel_url": reverse("indicators:asking_of", args=[asked.agency.slug]),
        },
    )  # fmt: skip
