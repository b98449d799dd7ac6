"""The form of a return: paperwork's pages, with the agency's words round them and the section owners' rule."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from wholestory.access import asking
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance.answers import framework_of
from wholestory.assurance.models import Return, SectionOwner
from wholestory.assurance.status import OPEN_STAGES
from wholestory.assurance.views.finding import the_return, url_of
from wholestory.paperwork.filling import Filling, Surroundings


def _surround(request: Request, reference: str) -> Surroundings:
    ret = the_return(request, reference)
    framework = framework_of(ret)
    owners: dict[str, list[str]] = {}
    for owner in SectionOwner.objects.filter(return_of=ret).select_related("person"):
        owners.setdefault(owner.standard, []).append(owner.person.full_name)
    may_write = ret.stage in OPEN_STAGES and asking.ask(request.person, Verb.WRITE, ret.record).yes
    may_sign = may_write and asking.ask(request.person, Verb.DECIDE, ret.record).yes
    return Surroundings(
        form_set=ret.answers,
        title=ret.title,
        about=f"{ret.agency.name}. {framework.why_asked(ret.duty_basis)}",
        back_url=url_of(ret),
        back_words="Back to the return",
        may_write=may_write,
        pages=_pages(request, ret.id),
        owners={standard: ", ".join(names) for standard, names in owners.items()},
        finish_url=_onwards(reference, may_write=may_write, may_sign=may_sign),
        finish_words="Go on to sign off" if may_sign else "Ask for it to be signed",
    )


def _onwards(reference: str, *, may_write: bool, may_sign: bool) -> str:
    """Where a form that is ready goes on to: to its signature, or to asking for it."""
    if not may_write:
        return ""
    return reverse("assurance:sign" if may_sign else "assurance:ready", args=[reference])


def _pages(request: Request, return_id: UUID) -> frozenset[str] | None:
    """The standards this person may write. Standards nobody was named for are open to everyone at the agency; the
    lead, the substitute and the signatory may write all of them."""
    if any(seat.role in ("agency_lead", "substitute", "signatory") for seat in request.seats):
        return None
    owned = list(SectionOwner.objects.filter(return_of=return_id).values_list("standard", "person_id"))
    if not owned:
        return None
    taken = {standard for standard, _ in owned}
    mine = {standard for standard, person in owned if person == request.person.id}
    ret = Return.objects.only("framework", "framework_version").get(pk=return_id)
    return frozenset(s.key for s in framework_of(ret).standards if s.key not in taken or s.key in mine)


def _pages_to_write(request: Request, set_id: UUID) -> frozenset[str] | None:
    if any(seat.role in ("agency_lead", "substitute", "signatory") for seat in request.seats):
        return None
    found = Return.objects.filter(answers=set_id).values_list("id", flat=True).first()
    return _pages(request, found) if found else frozenset()


FORM = Filling(kind="assurance.return", surround=_surround, pages_to_write=_pages_to_write)
urlpatterns = FORM.urls("returns/<str:reference>/form/")
