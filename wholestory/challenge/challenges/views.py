"""The challenge log, one challenge, and putting one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from wholestory.access import acting, asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.challenge import measures
from wholestory.challenge.challenges import forms, operations, queries
from wholestory.challenge.models import AWAITS_AGENCY, OVER, Challenge, Stage
from wholestory.correspondence.clock import moment_of
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column
from wholestory.kernel.working_days import ENGLAND_AND_WALES
from wholestory.partners.models import Agency, AgencyBoard, Group

KIND = operations.CHALLENGE.kind
#: Seats of the board itself that put challenges for any of its groups.
_RAISE = frozenset({"business_manager", "quality_officer", "performance_analyst", "independent_chair"})
COLUMNS = (
    Column("reference", "Challenge"),
    Column("about", "About", sortable=True, sort_by=("about_label",)),
    Column("agency", "Agency", sortable=True, sort_by=("agency__name",)),
    Column("raised", "Raised", sortable=True, sort_by=("raised_on",)),
    Column("due", "Answer due", sortable=True, sort_by=("due_on",)),
    Column("status", "State", sortable=True, sort_by=("stage",)),
    Column("decision", "Decision"),
    Column("difference", "Difference it made"),
)


def sits_in(request: Request) -> bool:
    """Whether they sit in a group of the board they act for."""
    return any(seat.board_id == getattr(request.board, "id", None) for seat in request.in_groups)


@asks(Verb.LIST, KIND, by_grant=True)
def every(request: Request) -> HttpResponse:
    """Every challenge this person may see: an agency's own, the group's, or all of the board's."""
    if not asking.may(request.seats, Verb.LIST, KIND, request.board) and not sits_in(request):
        raise Http404
    rows = queries.every(request.board)
    agencies = Agency.objects.filter(challenges__in=rows.order_by()).distinct().order_by("name")
    page = ListPage(
        request.GET,
        rows=rows,
        columns=COLUMNS,
        sort="-raised",
        filters=forms.ChallengeFilter(
            request.GET, agencies=[(one.slug, one.name) for one in agencies], today=request.today
        ),
        shape=lambda found: queries.lines(found, request.today),
        caption="Challenges",
        empty="No challenge has been put yet.",
    )
    if page.wants_export:
        page.matching = page.matching.exclude(circle__in=acting.only_for_reading())
        ids = list(page.matching.values_list("record_id", flat=True))
        reading.listed(request, KIND, ids, verb="access.downloaded")
        return page.export(request, "Challenges")
    reading.shown(request, KIND, page.rows)
    context = {"page": page, "may_put": bool(_groups(request)), "wide": True, "may_set": _may_set(request)}
    return render(request, "challenge/challenges/list.html", context)


@asks(Verb.READ, KIND)
def challenge(request: Request, reference: str) -> HttpResponse:
    """One challenge: what was asked and answered, what was decided, and what can be done next."""
    found = find(request, reference)
    decides = may(request, Verb.DECIDE, found)
    writes = may(request, Verb.WRITE, found)
    context = {
        "challenge": found, "page": queries.page_of(found, request.today),
        "status": queries.status_of(found, request.today), "decides": decides, "writes": writes,
        "awaited": found.stage in AWAITS_AGENCY, "answered": found.stage == Stage.ANSWERED,
        "over": found.stage in OVER, "settled": found.stage == Stage.SETTLED,
        "may_withdraw": found.stage not in OVER and (decides or found.raised_by_id == request.person.id),
    }  # fmt: skip
    return render(request, "challenge/challenges/challenge.html", context)


@asks(Verb.MANAGE, KIND, by_grant=True, no_line="an empty form shows no record")
def put(request: Request) -> HttpResponse:
    """Put a challenge. The address may say what it is about: ``measure``, ``period``, ``agency``, ``label``,
    ``about`` and ``reference``, as the pages that lead here do."""
    groups = _groups(request)
    if not groups:
        raise Http404
    agencies = _agencies(request)
    asked = request.GET
    measure = measures.known(request.board, asked["measure"][:40]) if asked.get("measure") else None
    rungs = queries.ladder_of(request.board)
    form = forms.PutForm(
        request.POST or None,
        groups=[(one.slug, one.name) for one in groups],
        agencies=[(one.slug, one.name) for one in agencies],
        board=request.board,
        today=request.today,
        initial={
            "agency": asked.get("agency") or (measure.asked[0] if measure and len(measure.asked) == 1 else ""),
            "about_label": (asked.get("label") or (measure.title if measure else ""))[:300],
            "measure": measure.code if measure else asked.get("measure", "")[:40],
            "about": asked.get("about") or (Challenge.About.MEASURE if asked.get("measure") else ""),
            "group": asked.get("group") or _usual_group(request, groups),
            "due_on": ENGLAND_AND_WALES.after(request.today, rungs[0].days),
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        period = parse_date(asked.get("period", "")) if _is_day(asked.get("period", "")) else None
        try:
            made = operations.put(
                actor=request.person, board=request.board,
                agency=next(one for one in agencies if one.slug == said["agency"]),
                group=next(one for one in groups if one.slug == said["group"]),
                said=operations.Put(
                    said["question"], said["due_on"], said["about_label"], said["why"] or "", said["about"],
                    asked.get("reference", "")[:20], said["measure"] or "", period,
                ),
                today=request.today, now=moment_of(request.board, timezone.now()),
            )  # fmt: skip
        except operations.PutAlready as already:
            messages.info(
                request, "This challenge was put a moment ago already. Nothing was put a second time."
            )
            return redirect("challenges:challenge", already.challenge.record.reference)
        except operations.ChallengeRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The challenge was put. The agency’s people were told by e-mail.")
            return redirect("challenges:challenge", made.record.reference)
    context = {"form": form, "heading": "Put a challenge", "label": "Put it to the agency"}
    return render(request, "challenge/challenges/step.html", {**context, "back": reverse("challenges:list")})


@asks(Verb.MANAGE, "indicators.figures", no_line="the steps say nothing of any record")
def ladder(request: Request) -> HttpResponse:
    """To whom a challenge goes when it is taken further."""
    rungs = queries.ladder_of(request.board)
    as_text = "\n".join(f"{one.to}, {one.days}" for one in rungs)
    form = forms.LadderForm(request.POST or None, initial={"text": as_text})
    if request.method == "POST" and form.is_valid():
        try:
            operations.set_ladder(
                actor=request.person, board=request.board, text=form.cleaned_data["text"],
                now=moment_of(request.board, timezone.now()),
            )  # fmt: skip
        except operations.ChallengeRefused as refused:
            form.add_error("text", str(refused))
        else:
            messages.success(request, "Saved. Challenges that were put before keep the step they are on.")
            return redirect("challenges:list")
    context = {"form": form, "heading": "Taking a challenge further", "label": "Save"}
    return render(request, "challenge/challenges/step.html", {**context, "back": reverse("challenges:list")})


def find(request: Request, reference: str) -> Challenge:
    """The challenge, if this person may see it; otherwise the one "not found" page."""
    rows = Challenge.objects.select_related("record", "board", "agency", "group", "raised_by", "decided_by")
    return reading.one(request, rows, reference=reference)


def may(request: Request, verb: Verb, found: Challenge) -> bool:
    """Whether this person may do that with it."""
    return asking.ask(request.person, verb, found, kind=KIND).yes


def _may_set(request: Request) -> bool:
    return asking.may(request.seats, Verb.MANAGE, "indicators.figures", request.board)


def _groups(request: Request) -> list[Group]:
    """The groups this person may put a challenge for: their own, or every group of the board for its team."""
    if asking.may(request.seats, Verb.MANAGE, KIND, request.board) and any(
        seat.role in _RAISE for seat in request.seats
    ):
        return list(request.board.groups.exclude(ends_on__lt=request.today).order_by("name"))
    own = {seat.group_id for seat in request.in_groups if seat.group_id and seat.board_id == request.board.id}
    return (
        list(Group.objects.filter(pk__in=own).exclude(ends_on__lt=request.today).order_by("name"))
        if own
        else []
    )


def _agencies(request: Request) -> list[Agency]:
    """The agencies that answer to the board today, also those that stop on a day to come."""
    links = AgencyBoard.objects.filter(board=request.board, starts_on__lte=request.today)
    links = links.exclude(ends_on__lt=request.today)
    return list(Agency.objects.filter(pk__in=links.values("agency")).order_by("name"))


def _usual_group(request: Request, groups: list[Group]) -> str:
    """The group to begin with: the one this person sits in, the one that reads the figures, or the only one."""
    slugs = {one.pk: one.slug for one in groups}
    sits = {slugs[seat.group_id] for seat in request.in_groups if seat.group_id in slugs}
    reads = measures.reading_group(request.board)
    if reads in slugs.values() and (reads in sits or len(sits) != 1):
        return reads
    if len(sits) == 1:
        return sits.pop()
    return groups[0].slug if len(groups) == 1 else ""


def _is_day(text: str) -> bool:
    try:
        return parse_date(text) is not None
    except ValueError:
        return False
