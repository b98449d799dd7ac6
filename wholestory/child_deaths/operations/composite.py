"""Choosing what counts where agencies' answers differ. Every agency's own answer stays as it was sent."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import Case, CompositeChoice
from wholestory.child_deaths.queries import composite
from wholestory.kernel.moments import Moment
from wholestory.partners.models import Person


class CannotChoose(ValueError):
    """It cannot be chosen as it stands; the sentence is for the person."""


@transaction.atomic
def choose(
    *,
    actor: Person,
    case: Case,
    question: str,
    value: Any = None,
    nothing: str = "",
    words: str = "",
    reason: str,
    basis: str,
    now: Moment,
) -> CompositeChoice:
    """Keep what counts for a question. ``basis`` is what was said when the person looked.

    Raises CannotChoose without a reason, for a question nobody was asked, and when an answer came meanwhile.
    """
    asking.require(actor, Verb.MANAGE, case.record)
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if not reason.strip():
        raise CannotChoose("Say why this is what counts.")
    found = composite.line_of(case, question)
    if found is None:
        raise CannotChoose("No agency was asked this.")
    page, line = found
    if line.basis != basis:
        raise CannotChoose("An answer came or was changed while you were choosing. Look at them once more.")
    labels = {each.label: each.reference for each in page.sources}
    ledger.line("child_deaths.composite_chosen", case.record)
    return CompositeChoice.objects.create(
        circle_id=case.circle_id, office_id=case.office_id, case=case, question=question, value=value,
        nothing=nothing, words=words, reason=reason.strip(), basis=basis, by=actor, at=now.at,
        sources=[labels[each] for each in line.composite.sources if each in labels],
    )  # fmt: skip


@transaction.atomic
def undo(*, actor: Person, case: Case, question: str, reason: str, now: Moment) -> CompositeChoice:
    """Take back what was chosen; the earlier choices stay on the record."""
    asking.require(actor, Verb.MANAGE, case.record)
    newest = (
        CompositeChoice.objects.filter(case=case, question=question).order_by("-at", "-created_at").first()
    )
    if newest is None or newest.undone:
        raise CannotChoose("Nothing is chosen for this question.")
    if not reason.strip():
        raise CannotChoose("Say why it is taken back.")
    ledger.line("child_deaths.composite_undone", case.record)
    return CompositeChoice.objects.create(
        circle_id=case.circle_id, office_id=case.office_id, case=case, question=question, basis=newest.basis,
        reason=reason.strip(), undone=True, by=actor, at=now.at,
    )  # fmt: skip
