"""How good the data are: measures with the cases behind them, for those who see the cases; rounded for others."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wholestory.access import acting, asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms.data_quality import QualityFilter
from wholestory.child_deaths.models import Panel
from wholestory.child_deaths.queries import caseload, data_answers, data_quality
from wholestory.child_deaths.queries.data_answers import Answered, Owed
from wholestory.child_deaths.queries.data_quality import Found
from wholestory.child_deaths.queries.pattern_blocks import FEWEST_SHOWN, Block, share
from wholestory.child_deaths.rules.data_quality import BY_KEY, COUNTS, NOT_SO, WAITED
from wholestory.child_deaths.views.patterns import PAGES, sees_cases, table_of
from wholestory.child_deaths.views.patterns_taken import COLUMNS as TAKEN
from wholestory.child_deaths.views.patterns_taken import cannot_follow, head_of, lines, narrowed_by, status_of
from wholestory.govuk import downloads
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column, Link
from wholestory.statistics.rounding import percent

KIND = "child_deaths.quality"
CASES = "child_deaths.case"
#: Questions on the page; the download has every one.
MOST_QUESTIONS = 25
_BEHIND = (
    Column("reference", "Case", sortable=True, sort_by=("record__reference",)), Column("age", "Age"),
    Column("area", "Home area", sortable=True, sort_by=("home_area__name",)),
    Column("stage", "Stage", sortable=True, sort_by=("record__standing__stage",)), Column("waits", "Waits for"),
    Column("told", "First told", sortable=True, sort_by=("first_received_at",)),
)  # fmt: skip


@asks(Verb.LIST, KIND)
def page(request: Request) -> HttpResponse:
    """Every measure, by year and panel."""
    reading.listed(request, KIND, [])
    form = _filter(request)
    exact = sees_cases(request)
    around: dict[str, Any] = {
        "form": form, "clear": reverse("child_deaths:data_quality"), "exact": exact, "tabs": _tabs(request),
        "wide": True,
    }  # fmt: skip
    if cannot_follow(form):
        around["unfit"] = True
        return render(request, "child_deaths/data_quality.html", around, status=status_of(request, form))
    if exact:
        cases = data_quality.cases_of(request.board, form.wanted)
        found = data_quality.quality(cases)
        by_question, by_agency = data_answers.answered(cases)
        wanted = request.GET.get("download", "")
        blocks = [
            _measures(found, form.wanted),
            _counts(found, len(data_answers.owing(cases)), form.wanted),
            _owed(data_answers.owed(cases, request.today)),
            _answered("agencies", "How agencies filled in what they returned", by_agency, agencies=True),
            _answered("questions", "How questions were answered", by_question[: None if wanted else MOST_QUESTIONS]),
        ]  # fmt: skip
        number = f"{found.cases:,}"
    else:
        many, measures = data_quality.rounded_quality(request.board, form.wanted)
        hidden = many < FEWEST_SHOWN
        number = f"fewer than {FEWEST_SHOWN}" if hidden else f"{many:,}"
        blocks = [] if hidden else [_rounded(measures)]
    if (file := _taken(request, form, blocks, number, exact=exact)) is not None:
        return file
    context = {
        **around, "number": number, "blocks": [(block, table_of(block)) for block in blocks], "taken": _urls(request),
    }  # fmt: skip
    return render(request, "child_deaths/data_quality.html", context)


@asks(Verb.LIST, CASES)
def behind(request: Request, measure: str) -> HttpResponse:
    """The cases behind a number: those of which the measure does not hold, or that were counted."""
    if measure not in BY_KEY and measure not in COUNTS:
        raise Http404
    form = _filter(request)
    cases = data_quality.cases_of(request.board, form.wanted)
    if cannot_follow(form):
        cases = cases.none()
    ids = (
        data_answers.owing(cases)
        if measure == "outstanding"
        else data_quality.quality(cases).missing(measure)
    )
    title = COUNTS.get(measure) or NOT_SO[measure]
    listed = ListPage(
        request.GET, rows=caseload.every().filter(pk__in=ids), columns=_BEHIND, sort="-told", filters=form,
        shape=lambda found: caseload.lines(found, request.today), caption=title,
        empty="No case: nothing stands behind this number.",
    )  # fmt: skip
    if listed.wants_export and not cannot_follow(form):
        listed.matching = listed.matching.exclude(circle__in=acting.only_for_reading())
        records = list(listed.matching.values_list("record_id", flat=True))
        reading.listed(request, CASES, records, verb="access.downloaded")
        return listed.export(request, title)
    reading.shown(request, CASES, listed.rows)
    return render(
        request, "child_deaths/data_quality_cases.html", {"page": listed, "title": title, "wide": True},
        status=status_of(request, form),
    )  # fmt: skip


def _filter(request: Request) -> QualityFilter:
    panels = list(Panel.objects.filter(board=request.board).order_by("name"))
    return QualityFilter(request.GET, today=request.today, panels=panels)


def _tabs(request: Request) -> list[tuple[str, str, bool]]:
    if not asking.may(request.seats, Verb.LIST, "child_deaths.figures", request.board):
        return []
    return [(reverse(f"child_deaths:{name}"), label, name == "data_quality") for name, label in PAGES]


def _urls(request: Request) -> list[tuple[str, str]]:
    if not asking.may(request.seats, Verb.EXPORT, KIND, request.board):
        return []
    asked = request.GET.copy()
    found = []
    for fmt, label in (("csv", "CSV"), ("xlsx", "Excel")):
        asked["download"] = fmt
        found.append((f"?{asked.urlencode()}", label))
    return found


def _taken(
    request: Request, form: QualityFilter, blocks: list[Block], number: str, *, exact: bool
) -> HttpResponse | None:
    wanted = request.GET.get("download", "")
    if wanted not in downloads.FORMATS or not _urls(request):
        return None
    reading.listed(request, KIND, [], verb="access.downloaded")
    narrowed = narrowed_by(form)
    return downloads.export(
        request, lines(blocks, [("Deaths", number)]), TAKEN, "Data quality", wanted,
        notes=head_of(request, narrowed, exact=exact), narrowed_by=" ".join(narrowed),
    )  # fmt: skip


def _link(measure: str, number: int, wanted: dict[str, Any]) -> Any:
    if not number:
        return 0
    asked = urlencode({key: value for key, value in wanted.items() if value})
    url = reverse("child_deaths:data_quality_cases", args=[measure])
    return Link(f"{number:,}", f"{url}?{asked}" if asked else url)


def _measures(found: data_quality.Quality, wanted: dict[str, Any]) -> Block:
    rows = [
        (BY_KEY[one.key].title, BY_KEY[one.key].of, one.good, one.of, share(one.good, one.of),
         _link(one.key, len(one.missing), wanted))
        for one in found.measures
    ]  # fmt: skip
    said = (
        "No death of these has a time at which it was confirmed."
        if found.hours is None
        else f"The panel was told {found.hours:.0f} hours after the death was confirmed, at the median."
    )
    return Block(
        "measures", "What is known and done", (said,),
        (Column("0", "Measure"), Column("1", "Asked of"), Column("2", "Holds", numeric=True),
         Column("3", "Of", numeric=True), Column("4", "Share (95% interval)", numeric=True),
         Column("5", "Cases to look at", numeric=True)),
        rows,
        "Restricted cases are in the measures of time alone. Reviews and messages from before this system are in no"
        " measure of time.",
    )  # fmt: skip


def _counts(found: data_quality.Quality, owing: int, wanted: dict[str, Any]) -> Block:
    numbers = {"outstanding": owing, **{key: len(ids) for key, ids in found.behind.items()}}
    rows = [(words, _link(key, numbers[key], wanted)) for key, words in COUNTS.items()]
    return Block(
        "counts", "Cases to look at", (), (Column("0", "What"), Column("1", "Cases", numeric=True)), rows
    )


def _owed(owed: list[Owed]) -> Block:
    number = sum(one.number for one in owed)
    words = f"{number:,} form{'' if number == 1 else 's'} asked for and not returned." if number else ""
    bands = [Column(str(at), label, numeric=True) for at, (_, label) in enumerate(WAITED, 1)]
    return Block(
        "owed", "Forms agencies have not returned, by how long ago they were asked", (words or "Nothing is owed.",),
        (Column("0", "Agency"), *bands, Column("5", "Past their day", numeric=True)),
        [(one.organisation, *one.bands, one.late) for one in owed],
        "There is no national limit for returning a form: the day is the one this panel set.",
    )  # fmt: skip


def _answered(key: str, title: str, found: list[Answered], *, agencies: bool = False) -> Block:
    rows = [
        (one.label, *([one.forms] if agencies else []), one.asked, one.known, one.not_known,
         _percent(one.not_known, one.asked), one.declined, one.not_applicable, one.blank,
         _percent(one.blank, one.asked))
        for one in found
    ]  # fmt: skip
    labels = ["Agency" if agencies else "Question", *(["Forms"] if agencies else []), "Asked", "Answered", "Not known",
              "Share not known", "Declined to say", "Not applicable", "Left blank", "Share left blank"]  # fmt: skip
    said = "“Not known” is an answer; a blank is not. Questions that did not apply are in no number."
    if not agencies:
        said += f" The {MOST_QUESTIONS} least known are shown; the download has every one."
    columns = tuple(Column(str(at), label, numeric=at > 0) for at, label in enumerate(labels))
    return Block(
        key, title, (said if found else "No form has been returned yet.",), columns if found else (), rows
    )


def _percent(part: int, whole: int) -> str:
    return f"{percent(part, whole)}%" if whole else "–"


def _rounded(measures: tuple[Found, ...]) -> Block:
    rows = [
        (BY_KEY[one.key].title, BY_KEY[one.key].of,
         *((one.good, one.of, share(one.good, one.of)) if one.of >= FEWEST_SHOWN
           else ("–", "–", f"fewer than {FEWEST_SHOWN}: not shown")))
        for one in measures
    ]  # fmt: skip
    return Block(
        "measures", "What is known and done", (),
        (Column("0", "Measure"), Column("1", "Asked of"), Column("2", "Holds", numeric=True),
         Column("3", "Of", numeric=True), Column("4", "Share (95% interval)", numeric=True)),
        rows,
        "What agencies owe, how each question was answered, factors, and cases joined are shown to those who see the"
        " cases.",
    )  # fmt: skip
