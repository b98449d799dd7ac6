"""The form of a return: paperwork's pages, with the agency's words round them and the section owners' rule."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from wholestory.access import asking
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance import lapsing
from wholestory.assurance.answers import framework_of
from wholestory.assurance.models import Return, SectionOwner
from wholestory.assurance.operations import returns, shared_answers
from wholestory.assurance.operations.among_colleagues import comments_on
from wholestory.assurance.queries import evidence_list
from wholestory.assurance.queries.past import carried_mark, mark_of
from wholestory.assurance.queries.signatures import signatures
from wholestory.assurance.rules.who_reads import while_written
from wholestory.assurance.status import can_be_answered
from wholestory.assurance.views.finding import the_return, url_of
from wholestory.paperwork.aside import Aside, AsideLine
from wholestory.paperwork.filling import Filling, Surroundings
from wholestory.paperwork.form import Page
from wholestory.paperwork.talk import Talk
from wholestory.partners.models import AGENCY_ROLES, Role

#: What the form of an interim year begins with: nobody scores every line anew.
INTERIM = (
    "This is an interim year. The answers you signed last time are filled in already, and they stand. Change only what"
    " has changed since; leave the rest as it is. Whoever signs confirms both."
)
SPEAKS = frozenset({Role.AGENCY_LEAD, Role.SUBSTITUTE, Role.SIGNATORY})


def _surround(request: Request, reference: str) -> Surroundings:
    ret = the_return(request, reference)
    framework = framework_of(ret)
    owners: dict[str, list[str]] = {}
    for owner in SectionOwner.objects.filter(return_of=ret).select_related("person"):
        owners.setdefault(owner.standard, []).append(owner.person.full_name)
    for standard in shared_answers.standards_elsewhere(ret):
        owners[standard] = ["answered once, in your return to another board"]
    may_write = can_be_answered(ret) and asking.ask(request.person, Verb.WRITE, ret.record).yes
    may_sign = may_write and asking.ask(request.person, Verb.DECIDE, ret.record).yes
    return Surroundings(
        form_set=ret.answers,
        title=ret.title,
        about=" ".join(
            filter(
                None,
                (f"{ret.agency.name}.", framework.why_asked(ret.duty_basis), mark_of(ret), carried_mark(ret)),
            )
        ),
        back_url=url_of(ret),
        back_words="Back to the return",
        may_write=may_write,
        pages=pages_to_answer(request, ret),
        owners={standard: ", ".join(names) for standard, names in owners.items()},
        finish_url=_onwards(
            reference, may_sign=may_sign, asks=may_write and ret.agency_id in _spoken_for(request)
        ),
        sent_words="signed and sent",
        closed_because="The board has closed this round, so no answer can be changed any more."
        if ret.record.closed_on
        else "",
        finish_words="Go on to sign off" if may_sign else "Ask for it to be signed",
        may_load_for=_loads_for(request, ret),
        talk=_talk(request, ret),
        read_by=while_written(ret.board.name) if may_write else "",
        intro=INTERIM if ret.baseline_id is not None else "",
        warning=lapsing.words(signatures(ret)) if may_write else "",
        read_by_url=reverse("access:who_can_see", args=[reference]),
        aside=_aside(ret, request),
        # A copy may be loaded before anybody pressed "Start": last time's answers then come to the lines it left open.
        after_load=partial(
            returns.begin, actor=request.person, ret=ret, today=request.today, now=timezone.now()
        ),
    )


def _aside(ret: Return, request: Request) -> Aside:
    """The evidence for a standard's lines: chosen from the agency's own list, read by whoever reads the return."""

    def on(page: Page) -> list[AsideLine]:
        framework = framework_of(ret)
        shown = {
            item.key
            for standard in framework.standards
            if standard.key == page.key
            for item in standard.items
        }
        found = []
        for one in evidence_list.uses_of(ret, request.today):
            if keys := [key for key in one.lines if key in shown]:
                numbers = ", ".join(str(framework.numbers[key]) for key in keys)
                parts = (
                    f"{one.kind} for {numbers}",
                    one.dates,
                    "to confirm" if one.to_confirm else "",
                    one.caution,
                )
                said = ". ".join(part for part in parts if part)
                found.append(AsideLine(one.title, one.url, said, one.flags))
        return found

    def in_copies() -> dict[str, list[str]]:
        """Titles and dates, never the files: a copy may go further than the return does."""
        found = evidence_list.by_line(evidence_list.uses_of(ret, request.today))
        return {
            key: [
                ", ".join(filter(None, (one.title, one.kind.lower(), one.dates)))
                + " (to confirm)" * one.to_confirm
                for one in some
            ]
            for key, some in found.items()
        }

    return Aside(
        "Evidence for this",
        "No evidence has been chosen for these lines yet.",
        "Choose evidence for these lines",
        on,
        lambda page: reverse("assurance:evidence_for", args=[ret.record.reference, page.key]),
        in_copies,
    )


def _talk(request: Request, ret: Return) -> Talk | None:
    """Comments beside the questions: for the agency's own people. The board's team neither reads nor writes them."""
    if not any(seat.agency_id == ret.agency_id and seat.role in AGENCY_ROLES for seat in request.seats):
        return None
    return comments_on(ret)


def _loads_for(request: Request, ret: Return) -> str:
    """The agency for which the board's team may load a copy: some agencies only ever send a file by e-mail."""
    on_the_team = can_be_answered(ret) and asking.ask(request.person, Verb.MANAGE, ret.record).yes
    return ret.agency.name if on_the_team else ""


def _onwards(reference: str, *, may_sign: bool, asks: bool) -> str:
    """Where a form that is ready goes on to: to its signature, or, for those who speak for the agency, to asking for
    it."""
    if not (may_sign or asks):
        return ""
    return reverse("assurance:sign" if may_sign else "assurance:ready", args=[reference])


def _spoken_for(request: Request) -> set[UUID | None]:
    """The agencies this person speaks for: they may write every part of those agencies' returns."""
    return {seat.agency_id for seat in request.seats if seat.role in SPEAKS}


def pages_to_answer(request: Request, ret: Return) -> frozenset[str] | None:
    """The standards this person may write: all for the lead, the substitute and the signatory; for others those they
    were named for, and those nobody was named for."""
    elsewhere = shared_answers.standards_elsewhere(ret)
    if ret.agency_id in _spoken_for(request):
        return frozenset(s.key for s in framework_of(ret).standards) - elsewhere if elsewhere else None
    owned = list(SectionOwner.objects.filter(return_of=ret).values_list("standard", "person_id"))
    if not owned and not elsewhere:
        return None
    taken = {standard for standard, _ in owned}
    mine = {standard for standard, person in owned if person == request.person.id}
    open_here = {s.key for s in framework_of(ret).standards if s.key not in taken or s.key in mine}
    return frozenset(open_here - elsewhere)


def _pages_to_write(request: Request, set_id: UUID) -> frozenset[str] | None:
    found = Return.objects.filter(answers=set_id).first()
    return pages_to_answer(request, found) if found else frozenset()


FORM = Filling(kind="assurance.return", surround=_surround, pages_to_write=_pages_to_write)
urlpatterns = FORM.urls("returns/<str:reference>/form/")
