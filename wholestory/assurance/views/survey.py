"""The team's pages about a survey: prepare, word, preview, open, tell people, close, share, read remarks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.files import qr_code
from wholestory.assurance.forms.survey import PrepareForm, ReplyForm, WordingForm
from wholestory.assurance.models import Cycle, Survey, SurveyReply, SurveyState
from wholestory.assurance.operations import survey as operations
from wholestory.assurance.operations import survey_sharing
from wholestory.assurance.queries import survey as queries
from wholestory.assurance.views.finding import the_cycle

KIND = "assurance.survey"


def the_survey(request: Request, reference: str) -> Survey:
    """The survey, if this person may see it; otherwise the one "not found" page."""
    rows = Survey.objects.select_related("record", "board", "cycle__record", "cycle__board")
    return reading.one(request, rows, reference=reference)


def may(request: Request, verb: Verb, survey: Survey) -> bool:
    """Whether the person may do this with what they already see."""
    return asking.ask(request.person, verb, survey.record).yes


def _managed(request: Request, reference: str) -> Survey:
    survey = the_survey(request, reference)
    if not may(request, Verb.MANAGE, survey):
        raise Http404
    return survey


def _home(survey: Survey) -> HttpResponse:
    return redirect("assurance:survey", survey.record.reference)


def _done(request: Request, survey: Survey, act: Callable[[], Any], words: str) -> HttpResponse:
    """Do it and say so, or say why not; back to the survey's page either way."""
    try:
        act()
    except operations.SurveyRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
    return _home(survey)


def _last_day(cycle: Cycle, today: date) -> date:
    """The day the returns are due, or two weeks from now where that is sooner than anybody could answer."""
    return max(cycle.due_on, today + timedelta(days=14))


@asks(Verb.MANAGE, KIND)
def new(request: Request, reference: str) -> HttpResponse:
    """Prepare the survey of a cycle; on to it when there is one."""
    cycle = the_cycle(request, reference)
    if not asking.ask(request.person, Verb.MANAGE, cycle.record):
        raise Http404
    there = queries.of_cycle(cycle)
    if there is not None:
        return _home(there)
    form = PrepareForm(
        request.POST or None, today=request.today, initial={"last_day_on": _last_day(cycle, request.today)}
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            survey = operations.prepare(
                actor=request.person, cycle=cycle, last_day_on=said["last_day_on"], minimum=said["minimum"],
                today=request.today,
            )  # fmt: skip
        except operations.SurveyRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The survey is prepared. Nobody can answer it until you open it.")
            return _home(survey)
    return render(request, "assurance/survey_new.html", {"cycle": cycle, "form": form})


@asks(Verb.LIST, KIND)
def page(request: Request, reference: str) -> HttpResponse:
    """Where the survey stands and what comes next."""
    survey = the_survey(request, reference)
    link = queries.link_of(survey)
    return render(
        request,
        "assurance/survey.html",
        {
            "survey": survey,
            "cycle": survey.cycle,
            "so_far": queries.replies_so_far(survey),
            "statements": [one for one in survey.statements if one["on"]],
            "url": address(request, link.token) if link else "",
            "may_manage": may(request, Verb.MANAGE, survey),
        },
    )


def address(request: Request, token: str) -> str:
    """The whole address of the open page, as it stands on a poster."""
    path = reverse("survey:page", args=[token])
    return (
        f"{settings.OPEN_ADDRESS.rstrip('/')}{path}"
        if settings.OPEN_ADDRESS
        else request.build_absolute_uri(path)
    )


@asks(Verb.MANAGE, KIND)
def word(request: Request, reference: str) -> HttpResponse:
    """Choose statements and add the board's own."""
    survey = _managed(request, reference)
    if survey.state != SurveyState.PREPARED:
        messages.error(request, "The survey was opened. Its statements stay as they are.")
        return _home(survey)
    framework = framework_called(survey.cycle.framework, survey.cycle.framework_version)
    form = WordingForm(
        request.POST or None, statements=survey.statements, items=queries.offered_items(framework), today=request.today,
        initial={"minimum": survey.minimum, "last_day_on": survey.last_day_on},
    )  # fmt: skip
    if form.is_valid():
        said = form.cleaned_data
        try:
            operations.word(
                actor=request.person, survey=survey, on=said["on"], own=form.own(), minimum=said["minimum"],
                last_day_on=said["last_day_on"], today=request.today,
            )  # fmt: skip
        except operations.SurveyRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The survey is saved.")
            return _home(survey)
    return render(request, "assurance/survey_word.html", {"survey": survey, "form": form})


@asks(Verb.LIST, KIND)
def preview(request: Request, reference: str) -> HttpResponse:
    """The open page as people will see it. Nothing can be sent from here."""
    survey = the_survey(request, reference)
    published = survey.published or operations.as_published(survey)
    form = ReplyForm(published=published)
    return render(
        request,
        "assurance/survey_preview.html",
        {"survey": survey, "published": published, "form": form, "last_day": survey.last_day_on},
    )


def _confirmed(
    request: Request,
    survey: Survey,
    question: str,
    consequences: list[str],
    label: str,
    act: Callable[[], Any],
    said: str,
) -> HttpResponse:
    if request.method == "POST":
        return _done(request, survey, act, said)
    back = reverse("assurance:survey", args=[survey.record.reference])
    context = {"question": question, "consequences": consequences, "confirm_label": label, "cancel_url": back}
    return render(request, "govuk/confirm.html", context)


@asks(Verb.MANAGE, KIND)
def open_(request: Request, reference: str) -> HttpResponse:
    """Open it."""
    survey = _managed(request, reference)
    return _confirmed(
        request, survey, "Open this survey?",
        [
            "Anybody with the link can answer, without signing in, until you close it or the last day is over.",
            "The page shows the statements and the names of the organisations asked in this cycle.",
            "Statements, staff groups and the smallest group shown stay as they are from now on.",
            "Nobody sees any answer, you included, until the survey is closed.",
        ],
        "Open the survey", lambda: operations.open_(actor=request.person, survey=survey, today=request.today),
        "The survey is open. Now tell people.",
    )  # fmt: skip


@asks(Verb.MANAGE, KIND)
def close(request: Request, reference: str) -> HttpResponse:
    """Close it."""
    survey = _managed(request, reference)
    return _confirmed(
        request, survey, "Close this survey?",
        [
            "Nobody can answer any more. It cannot be opened again.",
            "You can read the results. The board and the organisations cannot until you share them.",
        ],
        "Close the survey", lambda: operations.close(actor=request.person, survey=survey, today=request.today),
        "The survey is closed. You can read the results.",
    )  # fmt: skip


@asks(Verb.MANAGE, KIND)
def renew(request: Request, reference: str) -> HttpResponse:
    """A new link in place of the one in use."""
    survey = _managed(request, reference)
    return _confirmed(
        request, survey, "Make a new link?",
        ["The link in use stops working, on every poster and in every message.", "Replies so far are kept."],
        "Make a new link", lambda: operations.renew_link(actor=request.person, survey=survey, today=request.today),
        "The new link works. The one before has stopped.",
    )  # fmt: skip


@asks(Verb.MANAGE, KIND)
def share(request: Request, reference: str) -> HttpResponse:
    """Show the board and the organisations."""
    survey = _managed(request, reference)
    return _confirmed(
        request, survey, "Share the results?",
        [
            f"The board sees everything shown on your page, and never a group of fewer than {survey.minimum} people.",
            "Each organisation sees its own people’s answers where enough of them replied, and nobody else’s.",
            "Leaders’ scores stand beside them for returns whose result is released; the board’s page shows them once"
            " results are released to the board. Share again later to bring them up to date.",
            "What people wrote in their own words is not shared.",
        ],
        "Share the results", lambda: survey_sharing.share(actor=request.person, survey=survey, today=request.today),
        "The results are shared.",
    )  # fmt: skip


@asks(Verb.LIST, KIND)
def invitation(request: Request, reference: str) -> HttpResponse:
    """Words for a poster and an e-mail, with the link in large type."""
    survey = the_survey(request, reference)
    link = queries.link_of(survey)
    if link is None:
        messages.error(request, "Open the survey first: then there is a link to tell people.")
        return _home(survey)
    url = address(request, link.token)
    picture = qr_code.svg(url, f"QR code that opens {url}")
    return render(
        request, "assurance/survey_invitation.html", {"survey": survey, "url": url, "picture": picture}
    )


@asks(Verb.LIST, KIND)
def remarks(request: Request, reference: str) -> HttpResponse:
    """What people wrote in their own words, apart from everything else they said."""
    survey = the_survey(request, reference)
    found = queries.remarks_of(survey)
    return render(
        request,
        "assurance/survey_remarks.html",
        {"survey": survey, "remarks": found, "may_manage": may(request, Verb.MANAGE, survey)},
    )


@asks(Verb.MANAGE, KIND)
def take_out(request: Request, reference: str, reply: Any) -> HttpResponse:
    """Take one remark out, because it names somebody."""
    survey = _managed(request, reference)
    if not SurveyReply.objects.filter(survey=survey, pk=reply).exclude(remark="").exists():
        raise Http404
    return _confirmed(
        request, survey, "Take this remark out?",
        ["Its words are gone for good. The other answers of the same person stay counted."],
        "Take it out", lambda: operations.take_out_remark(actor=request.person, survey=survey, reply=reply),
        "The remark is taken out.",
    )  # fmt: skip
