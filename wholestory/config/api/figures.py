"""Returns of figures of the token's agency: list, read, and save as a draft. People pass them on and send them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Literal, cast

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router

from wholestory.access import reading
from wholestory.access.tokens.models import Scope
from wholestory.config.api import shapes_figures as shapes
from wholestory.config.api.described import answers, needs
from wholestory.config.api.doors import AgencyToken, ApiRequest, may_list
from wholestory.config.api.failures import ApiError, Fault, in_body, wrong
from wholestory.config.api.paging import cut
from wholestory.config.api.shapes import PageNumber, PerPage, Reference
from wholestory.correspondence.clock import moment_of
from wholestory.indicators.models import AgencyReturn, ReturnStage, Source
from wholestory.indicators.operations import drafts
from wholestory.indicators.operations.moving import ReturnRefused
from wholestory.indicators.queries import return_form as queries
from wholestory.indicators.queries.returns_listed import OPEN, days_of, status_of
from wholestory.indicators.rules.entries import Typed, read
from wholestory.indicators.rules.lines import Line
from wholestory.indicators.rules.return_checks import Finding
from wholestory.indicators.views.finding import the_return

router = Router(tags=["Figures"])
_READ, _WRITE = Scope.RETURNS_READ, Scope.RETURNS_WRITE
_KIND = AgencyReturn.record_kind
_FILLED_IN = (ReturnStage.ASKED, ReturnStage.STARTED)


def _line(ret: AgencyReturn, request: ApiRequest) -> shapes.FigureReturnLine:
    return shapes.FigureReturnLine(
        reference=ret.record.reference,
        label=ret.label,
        agency=ret.agency.name,
        period_start=ret.period_start,
        period_end=ret.period_end,
        stage=ret.stage,
        stage_words=str(status_of(ret, request.today).text),
        due_on=ret.due_on,
        extended_to=ret.extended_to,
        is_overdue=ret.stage in OPEN and days_of(ret).late(request.today),
        url=reverse("api:get_figure_return", args=[ret.record.reference]),
    )


@router.get(
    "/figures", auth=AgencyToken(_READ), response=answers({200: shapes.FigureReturns}, 404, 422),
    openapi_extra=needs(_READ), operation_id="list_figure_returns", url_name="list_figure_returns",
    summary="List the agency's returns of figures",
)  # fmt: skip
def list_figure_returns(
    request: HttpRequest, page: PageNumber = 1, per_page: PerPage = 25
) -> shapes.FigureReturns:
    """Every return of figures the agency was asked for, newest first; those withdrawn are left out."""
    asking = cast(ApiRequest, request)
    may_list(asking, _KIND)
    rows = AgencyReturn.objects.select_related("record", "agency").exclude(stage=ReturnStage.WITHDRAWN)
    found, after = cut(request, rows.order_by("-period_end", "-id"), page, per_page)
    reading.shown(asking, _KIND, found)
    return shapes.FigureReturns(returns=[_line(ret, asking) for ret in found], next=after)


@router.get(
    "/figures/{reference}", auth=AgencyToken(_READ), response=answers({200: shapes.FigureReturn}, 404, 422),
    openapi_extra=needs(_READ), operation_id="get_figure_return", url_name="get_figure_return",
    summary="Read a return of figures",
)  # fmt: skip
def get_figure_return(request: HttpRequest, reference: Reference) -> shapes.FigureReturn:
    """Every line that is asked for, what stands in the draft (or, when there is none, what was sent), and what is wrong
    or odd in it. Every kind of nothing has its own name, and none is 0."""
    asking = cast(ApiRequest, request)
    ret = the_return(asking, reference)
    form = queries.form_of(ret, submission=queries.draft_of(ret) or queries.in_force_of(ret))
    return shapes.FigureReturn(
        **_line(ret, asking).model_dump(),
        can_be_filled_in=_open(ret),
        lines=[_shown(form, line) for line in form.lines],
    )


def _open(ret: AgencyReturn) -> bool:
    return ret.stage in _FILLED_IN and ret.record.closed_on is None


def _shown(form: queries.Form, line: Line) -> shapes.FigureLine:
    typed = form.typed.get(line.key, Typed())
    return shapes.FigureLine(
        measure=line.measure,
        version=line.definition.version,
        breakdown=line.breakdown,
        label=line.label,
        title=line.title,
        numerator_is=line.definition.numerator,
        denominator_is=line.definition.denominator,
        numerator=typed.numerator,
        denominator=typed.denominator,
        percentage=typed.percentage,
        nothing=typed.nothing,
        note=typed.note,
        mark=typed.mark,
        last_quarter=form.before(line, 1),
        findings=[_found(one) for one in form.checked.findings if one.key == line.key],
    )


def _found(one: Finding) -> shapes.FigureFinding:
    return shapes.FigureFinding(
        rule=one.fault.rule,
        severity="error" if one.is_error else "query",
        field=one.fault.field,
        words=one.fault.words,
        what_to_do=one.fault.what_to_do,
        accepted_because=one.because,
    )


@router.put(
    "/figures/{reference}/lines", auth=AgencyToken(_WRITE),
    response=answers({200: shapes.FiguresSaved}, 400, 404, 409, 415, 422), openapi_extra=needs(_WRITE),
    operation_id="save_figures", url_name="save_figures", summary="Save figures as a draft",
)  # fmt: skip
def save_figures(
    request: HttpRequest, reference: Reference, given: shapes.FiguresGiven
) -> shapes.FiguresSaved:
    """Keep figures as if typed on the page. Nothing is sent here: a person looks at them and passes them on, and a
    second person sends them.

    All lines are understood or none is kept. A line somebody else changed since your `base` is never overwritten.
    Sending the same again changes nothing. Queries come back with each line; a person answers them on the page.
    """
    asking = cast(ApiRequest, request)
    ret = the_return(asking, reference)
    if not _open(ret):
        raise wrong(HTTPStatus.CONFLICT, "not_open", drafts.NOT_OPEN)
    rows = _understood(queries.lines_of_return(ret), given)
    bases = {_key(one): one.base for one in given.lines}
    try:
        with transaction.atomic():
            saved = drafts.save(
                actor=asking.person, ret=ret, rows=rows, was={key: base for key, base in bases.items() if base},
                reasons={}, today=asking.today, now=moment_of(asking.board, timezone.now()), source=Source.API,
            )  # fmt: skip
    except ReturnRefused as refused:
        raise wrong(HTTPStatus.CONFLICT, "not_open", str(refused)) from refused
    ret.refresh_from_db(fields=["stage"])
    form = queries.form_of(ret, submission=saved.submission)
    return shapes.FiguresSaved(
        reference=ret.record.reference,
        stage=ret.stage,
        saved_at=timezone.now(),
        lines=[_outcome(form, saved, one) for one in given.lines],
    )


def _key(one: shapes.FigureGiven) -> str:
    return queries.key_of(one.measure, one.breakdown, one.label)


def _outcome(form: queries.Form, saved: drafts.Saved, one: shapes.FigureGiven) -> shapes.FigureSaved:
    key = _key(one)
    outcome: Literal["saved", "unchanged", "not_overwritten"] = (
        "saved" if key in saved.changed else "unchanged"
    )
    return shapes.FigureSaved(
        measure=one.measure,
        breakdown=one.breakdown,
        label=one.label,
        outcome="not_overwritten" if key in saved.clashes else outcome,
        mark=form.typed.get(key, Typed()).mark,
        findings=[_found(each) for each in form.checked.findings if each.key == key],
    )


def _understood(lines: list[Line], given: shapes.FiguresGiven) -> dict[str, Typed]:
    """The lines as typed. Raises ApiError with everything that is wrong, and then none is kept."""
    known = {line.key: line for line in lines}
    found: dict[str, Typed] = {}
    faults: list[Fault] = []
    for number, one in enumerate(given.lines):
        key, at = _key(one), f"lines[{number}]"
        typed = Typed(
            shapes.as_typed(one.numerator), shapes.as_typed(one.denominator),
            f"{shapes.as_typed(one.percentage)}%" if one.percentage is not None else "", one.nothing or "",
            one.note.strip(),
        )  # fmt: skip
        line = known.get(key)
        if line is None:
            faults.append(
                _said("no_such_question", f"“{key}” is not asked for in this return.", f"{at}.measure")
            )
            continue
        if key in found:
            faults.append(_said("twice", f"“{key}” is answered twice in this request.", f"{at}.measure"))
            continue
        found[key] = typed
        faults += [
            _said("unreadable", f"{fault.words} {fault.what_to_do}", f"{at}.{fault.field}")
            for fault in read(line, typed)[1]
            if fault.severity == "error"
        ]
    if faults:
        raise ApiError(HTTPStatus.UNPROCESSABLE_ENTITY, faults[0], *faults[1:])
    return found


def _said(code: str, message: str, field: str) -> Fault:
    return Fault(code=code, message=message, place=in_body(field))
