"""Files about children: sending them, watching them counted, reading what was found, accepting or erasing them.

For whoever counts them alone. Ids as they were sent are on the page of a load and in its downloads, and nowhere else.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.correspondence.clock import moment_of
from wholestory.documents import sealing, shelf
from wholestory.documents.rules.content import MOST_BYTES
from wholestory.govuk import downloads
from wholestory.govuk.parts import Column, Table
from wholestory.indicators.child_level import aggregate
from wholestory.indicators.child_level.findings import Severity
from wholestory.indicators.forms.children import AcceptForm, ChildFilesForm
from wholestory.indicators.models import ChildFiles, ChildSource
from wholestory.indicators.operations import children as operations
from wholestory.indicators.queries import aggregates as plans
from wholestory.indicators.queries import children as queries
from wholestory.indicators.views.aggregates import COMING, counted
from wholestory.partners.models import Agency, Sector

KIND = ChildFiles.record_kind
MARKING = "OFFICIAL-SENSITIVE: names children. Only for putting the file right; erase it afterwards"
FOUND = (Column("child", "Child"), Column("rule", "Rule"), Column("grave", "Severity"),
         Column("words", "What is wrong"), Column("todo", "What to do"), Column("file", "File"),
         Column("table", "Table"), Column("field", "Field"), Column("line", "Line or row"), Column("column", "Column"),
         Column("value", "As sent"))  # fmt: skip
WHOLE = tuple(column for column in COMING if column.key != "part")
_ON_PAGE = frozenset(("child", "rule", "grave", "words", "todo", "table", "line", "column", "value"))
log = logging.getLogger("wholestory.indicators")


@asks(Verb.WRITE, KIND)
def home(request: Request) -> HttpResponse:
    """What was sent, and the way to send more; without a lawful basis what to do instead."""
    basis, found = queries.basis_of(request.board), queries.loads(request.board)
    reading.shown(request, KIND, found)
    context = {
        "basis": basis, "loads": found, "late": queries.review_is_over(basis, request.today),
        "most": MOST_BYTES // 2**20,
    }  # fmt: skip
    if basis is None:
        if request.method == "POST":
            messages.error(request, operations.NO_BASIS)
        return render(request, "indicators/children/home.html", context)
    posted = request.method == "POST"
    agencies = list(
        Agency.objects.filter(boards=request.board, sector=Sector.COUNCIL).order_by("name").distinct()
    )
    form = ChildFilesForm(
        request.POST if posted else None, request.FILES if posted else None, agencies=agencies,
        periods=queries.periods(request.today),
    )  # fmt: skip
    if form.is_valid():
        said = form.cleaned_data
        sent = operations.Sent(
            source=ChildSource(said["source"]), window=queries.period_of(said["period"]), files=said["sent"],
            earlier=said["earlier"], agency=next(each for each in agencies if each.slug == said["agency"]),
        )  # fmt: skip
        try:
            load = operations.send(
                actor=request.person,
                board=request.board,
                sent=sent,
                now=moment_of(request.board, timezone.now()),
                today=request.today,
            )
        except operations.ChildrenRefused as refused:
            form.add_error(refused.field, str(refused))
        except shelf.Unreachable as away:
            form.add_error("sent", str(away))
        else:
            return redirect("indicators:children_load", load.record.reference)
    return render(request, "indicators/children/home.html", {**context, "form": form})


def _load(request: Request, reference: str, verb: str = "access.opened") -> ChildFiles:
    return reading.one(request, queries.rows(), reference=reference, verb=verb)


@asks(Verb.MANAGE, KIND)
def page(request: Request, reference: str) -> HttpResponse:
    """How far a load is; then what was found in it and what was counted, to be accepted as a whole."""
    load = _load(request, reference)
    wanted = request.GET.get("download", "")
    if wanted in downloads.FORMATS and load.findings:
        reading.must_leave(request, load)
        reading.listed(request, KIND, [load.record_id], verb="access.downloaded")
        rows = [_row(one) for one in queries.findings(load, every=True).shown]
        return downloads.export(
            request, rows, FOUND, f"Findings {load.record.reference}", wanted, marking=MARKING
        )
    context = {
        "one": load,
        "files": queries.sealed(load),
        "working": queries.working(load),
        "steps": queries.STEPS,
    }
    if queries.working(load) or load.purged_on is not None:
        return render(request, "indicators/children/load.html", context)
    plan = None
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if queries.waits(load):
        told = aggregate.read(json.dumps(load.counted).encode(), reference)
        plan = plans.planned(load.board, load.agency, told)
        if form.is_valid():
            try:
                came = operations.accept(
                    actor=request.person, load=load, seen=form.cleaned_data["seen"], today=request.today,
                    now=moment_of(request.board, timezone.now()),
                )  # fmt: skip
            except operations.ChildrenRefused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, f"{came} figures are in force.")
                return redirect("indicators:children_load", reference)
    found = queries.findings(load, request.GET.get("rule", ""))
    shown = [column for column in FOUND if column.key in _ON_PAGE]
    context |= {
        "plan": plan, "form": form, "wide": True, "found": found, "beside": queries.beside(load),
        "rules": [{**one, "grave": Severity(one["severity"]).label} for one in load.rules],
        "table": Table("Findings", shown, [_row(one) for one in found.shown], hide_caption=True, narrow="stack"),
    }  # fmt: skip
    if plan is not None:
        rows = counted(plan)
        context |= {
            "coming": Table("What was counted", WHOLE, [row for row in rows if row["part"] == "–"], hide_caption=True),
            "parts": Table("Part by part", COMING, [row for row in rows if row["part"] != "–"], hide_caption=True),
        }  # fmt: skip
    return render(request, "indicators/children/load.html", context)


def _row(one: Mapping[str, Any]) -> dict[str, Any]:
    # A finding about the whole file, or about a record without an id, names no child.
    return {**one, "child": one["child"] or "–", "grave": Severity(one["severity"]).label}


@asks(Verb.MANAGE, KIND)
def beside(request: Request, reference: str) -> HttpResponseBase:
    """The workbook with each error beside the row it is in, for sending back."""
    load = _load(request, reference, "access.downloaded")
    reading.must_leave(request, load)
    file = queries.beside(load)
    if file is None:
        messages.error(request, "There is no such workbook: nothing was found, or it is erased.")
        return redirect("indicators:children_load", reference)
    try:
        pieces = shelf.handed_out(file.place, bytes(file.wrapped_key), file.seal_id)
    except shelf.Unreachable as away:
        messages.error(request, str(away))
        return redirect("indicators:children_load", reference)
    except (sealing.Tampered, sealing.KeyMissing):
        log.warning("a sealed workbook cannot be opened", extra={"record": str(load.record_id)})
        messages.error(request, "This file is not as it was stored, so it is not handed out.")
        return redirect("indicators:children_load", reference)
    response = StreamingHttpResponse(pieces, content_type=downloads.FORMATS["xlsx"])
    response["Content-Length"] = str(file.size)
    name = f"errors-beside-the-data-{load.record.reference}.xlsx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@asks(Verb.MANAGE, KIND)
def aside(request: Request, reference: str) -> HttpResponse:
    """Erase a load before its time."""
    load = _load(request, reference)
    if load.purged_on is not None:
        return redirect("indicators:children_load", reference)
    if request.method == "POST":
        try:
            operations.put_aside(actor=request.person, load=load, today=request.today)
        except operations.ChildrenRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The files are erased, and everything that names a child.")
        return redirect("indicators:children_load", reference)
    return render(request, "indicators/children/aside.html", {"one": load})
