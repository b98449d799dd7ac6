"""What is written about a peer challenge panel: to those who sit on it, and to the agency it is about.

Neither the agency nor a word of the return is in these messages: they travel by e-mail.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from wholestory.assurance.letters import Readers
from wholestory.assurance.models import Panel, PanelOutcome, PanelState, Return
from wholestory.correspondence import operations as post
from wholestory.correspondence.models import Letter
from wholestory.partners.models import Person, Role


def _tell(ret: Return, panel: Panel, kind: str, to: Iterable[Person | str], actor: Person) -> None:
    context: dict[str, str | date] = {"due_on": panel.meets_on}
    if kind == "panel_asked":
        context["sender"] = actor.full_name
    link = reverse("assurance:panel", args=[ret.record.reference])
    notes = [
        post.Note(kind=kind, to=one, about=ret.record, context=context, link=link)
        for one in to
        if one != actor
    ]
    post.compose_many(actor=None, board=ret.board, notes=notes)


def ask_members(*, actor: Person, ret: Return, panel: Panel, new: Iterable[Person]) -> None:
    """Those who sit on the panel from now on are told when it meets and where they read."""
    _tell(ret, panel, "panel_asked", new, actor)


def tell_moved(*, actor: Person, ret: Return, panel: Panel, members: Iterable[Person], today: date) -> None:
    """The day or the place changed: the members hear of it, and the agency if it knew the old one."""
    _tell(ret, panel, "panel_moved", [*members, *_agency(ret, panel, today)], actor)


def tell_lines(*, actor: Person, ret: Return, panel: Panel, members: Iterable[Person], today: date) -> None:
    """The lines of enquiry are with the agency: it and the members can read them."""
    _tell(ret, panel, "panel_lines", [*members, *_agency(ret, panel, today)], actor)


def _agency(ret: Return, panel: Panel, today: date) -> list[Person | str]:
    if panel.state == PanelState.PLANNED:
        return []
    roles = (Role.AGENCY_LEAD, Role.SUBSTITUTE, Role.SIGNATORY)
    return Readers(ret.board_id, [ret.agency_id], today).to(ret, *roles)


def letter_url(panel: Panel) -> str:
    """Where the outcome letter is; nothing while none was written, or for whoever may not see it."""
    outcome = PanelOutcome.objects.filter(panel=panel).first()
    found = Letter.objects.filter(record=outcome.letter).select_related("record").first() if outcome else None
    return reverse("correspondence:letter", args=[found.record.reference]) if found else ""
