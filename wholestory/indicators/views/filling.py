"""Filling in a return on the page: one block for each measure, saved as it is typed, findings beside their fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.correspondence.clock import moment_of
from wholestory.indicators.models import AgencyReturn, ReturnStage
from wholestory.indicators.operations import drafts
from wholestory.indicators.operations.moving import ReturnRefused
from wholestory.indicators.queries import return_form as queries
from wholestory.indicators.queries.returns_listed import days_of
from wholestory.indicators.rules.entries import FIELDS, KINDS_OF_NOTHING, Typed
from wholestory.indicators.rules.lines import SHARE, Line
from wholestory.indicators.rules.return_checks import Finding
from wholestory.indicators.views.finding import back_to, must, the_return

_RETURN = AgencyReturn.record_kind
_OPEN = (ReturnStage.ASKED, ReturnStage.STARTED)
#: Before a reason that accepts a query, in the name of its field.
_REASON = "reason:"
_WAS = ":was"


@dataclass(frozen=True)
class Row:
    """One line as the page shows it. ``number`` makes the ids of its fields; ``was`` tells what it was shown with."""

    number: int
    line: Line
    typed: Typed
    was: str
    last_quarter: str
    last_year: str
    findings: tuple[Finding, ...]
    clash: Typed | None = None

    @property
    def is_share(self) -> bool:
        return self.line.way == SHARE

    @property
    def may_be_percentage(self) -> bool:
        return self.is_share and self.line.definition.unit == "percent"

    @property
    def how_many(self) -> str:
        """What the first box is called."""
        return {"days": "Days", "fte": "Full-time equivalents"}.get(self.line.definition.unit, "How many")

    @property
    def errors(self) -> Mapping[str, list[Finding]]:
        """What is wrong, by field."""
        found: dict[str, list[Finding]] = {}
        for one in self.findings:
            if one.is_error:
                found.setdefault(one.fault.field, []).append(one)
        return found

    @property
    def queries(self) -> list[Finding]:
        return [one for one in self.findings if not one.is_error]


@dataclass(frozen=True)
class Group:
    """A measure: its whole, and its parts where they are asked for."""

    total: Row
    parts: tuple[Row, ...]

    @property
    def open(self) -> bool:
        """Whether the parts are shown at once: somebody has begun them, or something is wrong in them."""
        return any(not one.typed.blank or one.findings or one.clash for one in self.parts)


def _rows(
    form: queries.Form, typed: Mapping[str, Typed], clashes: Mapping[str, Typed], was: Mapping[str, str]
) -> list[Row]:
    by_key: dict[str, list[Finding]] = {}
    for one in form.checked.findings:
        by_key.setdefault(one.key, []).append(one)
    return [
        Row(
            number, line, typed.get(line.key, Typed()), was.get(line.key, Typed().mark), form.before(line, 1),
            form.before(line, 4), tuple(by_key.get(line.key, ())), clashes.get(line.key),
        )
        for number, line in enumerate(form.lines, 1)
    ]  # fmt: skip


def _groups(rows: list[Row]) -> list[Group]:
    totals = [row for row in rows if not row.line.breakdown]
    return [
        Group(
            total, tuple(row for row in rows if row.line.breakdown and row.line.measure == total.line.measure)
        )
        for total in totals
    ]


def sent_rows(request: Request, lines: list[Line]) -> tuple[dict[str, Typed], dict[str, str], dict[str, str]]:
    """What the page sent: each line, the mark it was shown with, and reasons for queries. Lines that were not sent
    are left out."""
    posted = request.POST
    rows, was = {}, {}
    for line in lines:
        names = {field: f"{line.key}:{field}" for field in FIELDS}
        if not any(name in posted for name in names.values()):
            continue
        rows[line.key] = Typed.of({field: posted.get(name, "")[:1000] for field, name in names.items()})
        if f"{line.key}{_WAS}" in posted:
            was[line.key] = posted[f"{line.key}{_WAS}"]
    reasons = {name[len(_REASON) :]: words for name, words in posted.items() if name.startswith(_REASON)}
    return rows, was, {code: str(words) for code, words in reasons.items()}


@asks(Verb.WRITE, _RETURN)
def fill(request: Request, reference: str) -> HttpResponse:
    """The page on which figures are typed."""
    ret = the_return(request, reference)
    must(request, Verb.WRITE, ret)
    if ret.stage not in _OPEN or ret.record.closed_on is not None:
        return back_to(ret)
    clashes: Mapping[str, Typed] = {}
    sent: Mapping[str, Typed] = {}
    if request.method == "POST":
        lines = queries.lines_of_return(ret)
        sent, was, reasons = sent_rows(request, lines)
        try:
            saved = drafts.save(
                actor=request.person, ret=ret, rows=sent, was=was, reasons=reasons, today=request.today,
                now=moment_of(request.board, timezone.now()),
            )  # fmt: skip
        except ReturnRefused as refused:
            messages.error(request, str(refused))
            return back_to(ret)
        clashes = saved.clashes
        if not clashes:
            put_right = any(one.is_error for one in queries.form_of(ret).checked.findings)
            if put_right:
                messages.info(request, "Saved. There is something to put right.")
            else:
                messages.success(request, "Saved.")
            to = "return_meaning" if "go_on" in request.POST else "return_fill"
            return redirect(reverse(f"indicators:{to}", args=[reference]))
        ret.refresh_from_db(fields=["stage"])
    form = queries.form_of(ret)
    shown = {**form.typed, **{key: sent[key] for key in clashes}}
    marks = {key: typed.mark for key, typed in form.typed.items()}
    rows = _rows(form, shown, clashes, marks)
    return render(
        request, "indicators/return_fill.html",
        {
            "ret": ret, "form": form, "groups": _groups(rows), "kinds": KINDS_OF_NOTHING.items(),
            "last_day": days_of(ret).last, "wide": True,
            "errors": [
                (f"{row.line.title}: {one.fault.words}", f"f{row.number}-{one.fault.field}")
                for row in rows
                for one in row.findings
                if one.is_error
            ],
            "clashes": [row for row in rows if row.clash is not None],
            "filled": form.checked.filled,
        },
    )  # fmt: skip


@asks(
    Verb.WRITE,
    _RETURN,
    no_line="Saving while somebody types writes a line of its own when it changes anything",
)
def save(request: Request, reference: str) -> HttpResponse:
    """Saved while somebody types: answers with what to show, and the new marks of the lines that changed."""
    ret = the_return(request, reference)
    must(request, Verb.WRITE, ret)
    if request.method != "POST":
        return redirect(reverse("indicators:return_fill", args=[reference]))
    lines = queries.lines_of_return(ret)
    rows, was, reasons = sent_rows(request, lines)
    try:
        saved = drafts.save(
            actor=request.person, ret=ret, rows=rows, was=was, reasons=reasons, today=request.today,
            now=moment_of(request.board, timezone.now()),
        )  # fmt: skip
    except ReturnRefused as refused:
        return render(request, "indicators/return_saved.html", {"refused": str(refused)})
    number = {line.key: n for n, line in enumerate(lines, 1)}
    context: dict[str, Any] = {
        "marks": [(number[key], key, rows[key].mark) for key in saved.changed],
        "clashes": [line.title for line in lines if line.key in saved.clashes],
        "at": timezone.now(),
    }
    return render(request, "indicators/return_saved.html", context)
