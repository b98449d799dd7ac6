"""One agency's result: its own page with its files, and the letter that brings it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.actions.models import Action, ActionState
from wholestory.assurance.definitions.feedback import Feedback, body
from wholestory.assurance.files import reports as files
from wholestory.assurance.letters import Readers
from wholestory.assurance.models import Judgement, Return, Stage
from wholestory.assurance.queries.own_result import Own, own_result
from wholestory.assurance.queries.past import mark_of
from wholestory.assurance.reports import own as own_report
from wholestory.assurance.rules.figures import moved_of
from wholestory.assurance.rules.rollup import ItemState, compliance_of
from wholestory.assurance.views.finding import can, must, the_return, url_of
from wholestory.assurance.views.results_shared import as_file, downloads, tables
from wholestory.correspondence import operations as post
from wholestory.correspondence.forms import LetterForm
from wholestory.correspondence.operations.letters import LetterText
from wholestory.correspondence.rules.identifying import Identifying
from wholestory.partners.models import Role

#: So many lines of each kind stand in the draft; more would not be read.
_MOST = 6


@asks(Verb.READ, "assurance.return")
def result(request: Request, reference: str) -> HttpResponse:
    """What the agency reads of its own result, beside the others without their names."""
    ret = the_return(request, reference)
    reader = own_report.Reader("" if can(request, Verb.WRITE, ret) else ret.agency.name)
    report = own_report.own(own_result(ret), f"{ret.agency.name}: {ret.title}", reader)
    if mark := mark_of(ret):
        report = replace(report, headline=(mark, *report.headline))
    wanted = request.GET.get("download", "")
    if wanted in files.TYPES:
        must(request, Verb.EXPORT, ret)
        reading.must_leave(request, ret)
        return as_file(request, ret.board, report, wanted)
    return render(
        request,
        "assurance/result.html",
        {
            "ret": ret,
            "report": report,
            "tables": tables(report),
            "downloads": downloads(request) if can(request, Verb.EXPORT, ret) else [],
            "wide": True,
        },
    )


@asks(Verb.MANAGE, "assurance.return")
def feedback(request: Request, reference: str) -> HttpResponse:
    """Draft the feedback letter of a released result: an officer makes it their own, the chair signs it."""
    ret = the_return(request, reference)
    must(request, Verb.MANAGE, ret)
    found = own_result(ret).now
    if ret.stage != Stage.RELEASED or found is None:
        raise Http404
    form = LetterForm(request.POST if request.method == "POST" else None, initial=_draft(request, ret, found))
    if request.method == "POST" and form.is_valid():
        try:
            letter = post.prepare_letter(
                actor=request.person, board=ret.board, text=form.text(), about=ret.record, agency=ret.agency,
                wanted_by_on=form.cleaned_data["wanted_by_on"],
            )  # fmt: skip
        except Identifying as said:
            for finding in said.findings:
                form.add_error(None, finding.sentence)
        else:
            messages.success(request, "The letter waits for the chair’s signature.")
            return redirect("correspondence:letter", reference=letter.record.reference)
    return render(request, "assurance/feedback.html", {"ret": ret, "form": form, "back": url_of(ret)})


def _draft(request: Request, ret: Return, found: Own) -> dict[str, Any]:
    readers = Readers(ret.board_id, [ret.agency_id], request.today)
    signs = readers.of(ret.agency_id, Role.SIGNATORY) or readers.of(ret.agency_id, Role.AGENCY_LEAD)
    to_name = signs[0].full_name if signs else ""
    text = LetterText(
        to_name=to_name,
        subject=f"Your result: {ret.title}"[:250],
        body=body(_said(ret, found, to_name)),
        to_role=signs[0].job_title if signs else "",
        to_address=(signs[0].email if signs else ret.agency.mailbox) or "",
    )
    return {name: getattr(text, name) for name in LetterText.__dataclass_fields__} | {"wanted_by_on": None}


def _said(ret: Return, found: Own, to_name: str) -> Feedback:
    framework, test = found.framework, found.test
    best, below = [], []
    for key, item in framework.items.items():
        line = found.items.get(key)
        if line is None or line[0] != ItemState.SCORED:
            continue
        score, name = line[2] or line[1], f"{framework.numbers[key]} {item.text}"
        if not test.passes(score):
            below.append(name)
        elif score == framework.scale.points[-1].value:
            best.append(name)
    moved = moved_of(found.items, framework.scale)
    moderated = (
        f"Of your scores {moved.moderated} were moderated: {moved.lowered} lowered and {moved.raised} raised. The"
        " reasons stand beside each."
        if moved.lowered or moved.raised
        else "Your own scores stand as you gave them."
    )
    promised = Action.objects.filter(sources__record=ret.record_id).exclude(state=ActionState.DROPPED)
    overall = Judgement.objects.filter(return_of=ret.pk, item="").values_list("reason", flat=True).first()
    result_words = f"Your result: {compliance_of(found.standards.values()).words} {test.label}"
    if not framework.scored:
        answered = sum(score.plain for score in found.standards.values())
        result_words = f"You answered {answered} of {len(framework.items)} questions. Nothing here is scored."
        moderated = "Your answers stand as you gave them."
    return Feedback(
        to_name, ret.board.name, ret.title, result_words,
        moderated, best[:_MOST], below[: 2 * _MOST], promised.distinct().count(), overall or "", below[:3],
    )  # fmt: skip
