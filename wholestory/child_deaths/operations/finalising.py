"""Saving an analysis as final, which seals it, and opening a case again, which begins the next version."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import Analysis, Case, Review
from wholestory.child_deaths.operations import case_clocks
from wholestory.child_deaths.operations.analysis import LINES
from wholestory.child_deaths.operations.review import DRAFT, ReviewRefused, draft, must_name_nobody
from wholestory.child_deaths.queries import review as reads
from wholestory.child_deaths.rules.analysis import changed_since
from wholestory.kernel.moments import Moment
from wholestory.partners.models import Person
from wholestory.pathways.operations.moves import move

FINALISED = ("death_analysis_finalised",)


@transaction.atomic
def finalise(
    *, actor: Person, review: Review, today: date, now: Moment, changed_because: str = ""
) -> Analysis:
    """Save the analysis as final: an act of its own, never a consequence of another. Nothing of it changes afterwards.

    Where it differs from what the panel decided, ``changed_because`` says why. Raises ReviewRefused with what is
    missing, CannotMove when the case does not stand at “reviewed”, NotForYou.
    """
    asking.require(actor, Verb.MANAGE, review, kind=DRAFT)
    analysis = draft(actor, review)
    sheet = reads.sheet_of(analysis)
    if missing := sheet.missing():
        raise ReviewRefused(". ".join(missing) + ".")
    differs = differs_from_panel(review, analysis)
    if differs and not changed_because.strip():
        raise ReviewRefused("It differs from what the panel decided. Say why, and who agreed to it.")
    must_name_nobody(review, True, changed_since_panel=changed_because)
    case = Case.objects.select_related("record", "panel").get(pk=review.case_id)
    ledger.line("child_deaths.analysis_final", review.record)
    analysis.changed_since_panel = changed_because.strip() if differs else ""
    analysis.primary = sheet.classification.primary
    analysis.state, analysis.final_on, analysis.final_by = Analysis.State.FINAL, today, actor
    analysis.changed_at, analysis.changed_by = now.at, actor
    analysis.save()
    move(actor=actor, record=case.record, name="made_final", today=today, now=now, holding={"analysis"})
    case_clocks.meet(actor=actor, case=case, keys=FINALISED, met=now, now=now)
    return analysis


def differs_from_panel(review: Review, analysis: Analysis) -> tuple[str, ...]:
    """In words, where this version differs from what the panel decided last. Nothing while it has not decided."""
    decided = reads.last_decision(review)
    return changed_since(decided.as_decided, reads.sheet_of(analysis).as_decided()) if decided else ()


@transaction.atomic
def reopen(*, actor: Person, review: Review, because: str, today: date, now: Moment) -> Analysis:
    """Open a final case again: a new draft with everything of the last version, which stays as it is and readable.

    The day of the first review stays too. Raises ReviewRefused, CannotMove, NamesSomebody, NotForYou.
    """
    asking.require(actor, Verb.WRITE, review, kind=DRAFT)
    if not because.strip():
        raise ReviewRefused("Say why the case is opened again.")
    last = (
        Analysis.objects.select_for_update(of=("self",)).filter(review=review).order_by("-version")[:1].get()
    )
    if last.state != Analysis.State.FINAL:
        raise ReviewRefused("This analysis is still a draft.")
    must_name_nobody(review, True, because=because)
    case = Case.objects.select_related("record").get(pk=review.case_id)
    move(actor=actor, record=case.record, name="reopened", today=today, now=now, reason=because.strip())
    ledger.line("child_deaths.analysis_reopened", review.record)
    case.reopened += 1
    case.save(update_fields=["reopened"])
    if case.record.closed_on is not None:
        case.record.closed_on = None
        case.record.save(update_fields=["closed_on"])
    fresh = _copy(last, actor, today, now)
    fresh.because = because.strip()
    fresh.save(force_insert=True)
    for kind in LINES.values():
        kind._default_manager.bulk_create(
            [_again(line, fresh) for line in kind._default_manager.filter(analysis=last)]
        )
    return fresh


#: What belongs to one version alone.
_OWN = frozenset(
    [
        "id",
        "created_at",
        "version",
        "state",
        "because",
        "changed_since_panel",
        "begun_on",
        "begun_by",
        "changed_at",
        "changed_by",
        "final_on",
        "final_by",
    ]
)


def _copy(last: Analysis, actor: Person, today: date, now: Moment) -> Analysis:
    same = {
        field.attname: getattr(last, field.attname)
        for field in Analysis._meta.concrete_fields
        if field.name not in _OWN
    }
    return Analysis(
        **same, version=last.version + 1, begun_on=today, begun_by=actor, changed_at=now.at, changed_by=actor
    )


def _again(line: Any, of: Analysis) -> Any:
    same = {
        field.attname: getattr(line, field.attname)
        for field in type(line)._meta.concrete_fields
        if field.name not in ("id", "created_at", "analysis")
    }
    return type(line)(analysis=of, **same)
