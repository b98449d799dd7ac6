"""Beginning the review of a case, and writing its analysis. Only those who draft it may, and only while it is a draft.

Every text is looked through for names before it is kept: the review's circle never holds what its readers may not see.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking, derive
from wholestory.access.asking import Answer, NotForYou
from wholestory.access.models import Grant
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import Analysis, Case, Review
from wholestory.child_deaths.operations import relatives
from wholestory.child_deaths.operations.circles import circle_for
from wholestory.child_deaths.queries import listed
from wholestory.child_deaths.queries.known_names import places_found
from wholestory.child_deaths.queries.review import TEXTS, draft_is_shut
from wholestory.child_deaths.rules.anonymity import Finding
from wholestory.child_deaths.rules.factor_codes import FactorEdition
from wholestory.child_deaths.rules.regimes import FormSet
from wholestory.partners.models import Person
from wholestory.records import opening

REVIEW = opening.Opening(Review.record_kind, "DP", "child_deaths")
#: Who writes the analysis: those who run the duty, and the chair of the meeting where the case is listed.
DRAFT = "child_deaths.analysis"


class ReviewRefused(ValueError):
    """It cannot be done now; the sentence says what to do instead."""


class NamesSomebody(ReviewRefused):
    """A text names, or may name, somebody; nothing was kept. ``may_be_chance`` says that a person who has looked at
    the words may keep them."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        sure = [each for each in findings if each.sure]
        places = ", ".join(dict.fromkeys(f"“{each.words}”" for each in sure or findings))
        super().__init__(
            f"{places} would tell the panel who somebody is. Write “the child”, “the mother”, “the hospital” instead."
            if sure
            else f"{places} may tell who somebody is. Change it, or say that you have looked and it names nobody."
        )
        self.findings = findings
        self.may_be_chance = not sure


@transaction.atomic
def begin(*, actor: Person, case: Case, today: date, now: datetime) -> Review:
    """Begin the review: its circle and the first draft of the analysis, on the forms the case is on. Found, when there.

    Raises NotForYou. Whoever was let in to a restricted case by name is let in to its review too.
    """
    asking.require(actor, Verb.WRITE, case, kind=Case.record_kind)
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    there = Review.objects.select_related("record__board").filter(case=case).first()
    if there is not None:
        return there
    ledger.line("child_deaths.review_begun", case.record)
    # What is refused on the case is refused on every circle that is made for it from now on.
    relatives.keep_out(
        actor=actor, case=case, circle=case.circle, people=relatives.colleagues(case, today), about=case.record,
        today=today,
    )  # fmt: skip
    circle = circle_for(case, "death_review")
    let_in = Grant.objects.filter(circle=case.circle_id, role="restricted_case", withdrawn_at=None)
    grants = [
        Grant(
            circle=circle, office_id=case.office_id, person_id=one.person_id, role=one.role, purpose=one.purpose,
            starts_on=one.starts_on, ends_on=one.ends_on, expires_at=one.expires_at, given_by_id=one.given_by_id,
        )
        for one in let_in
    ]  # fmt: skip
    already = set(Grant.objects.filter(circle=circle, withdrawn_at=None).values_list("person_id", flat=True))
    grants = [one for one in grants if one.person_id not in already]
    if grants:
        # Let in first: on a restricted case no office lets anybody write here.
        derive.add_grants(grants)
        Grant.objects.bulk_create(grants)
    record = opening.sheet(
        REVIEW, case.record.board, circle, case.office, today, verb="child_deaths.review_begun",
        edition=case.record.edition,
    )  # fmt: skip
    review = Review.objects.create(record=record, circle=circle, office_id=case.office_id, case=case)
    Analysis.objects.create(
        review=review, circle=circle, office_id=case.office_id, edition=FactorEdition.of(FormSet(case.form_set)).value,
        begun_on=today, begun_by=actor, changed_at=now, changed_by=actor,
    )  # fmt: skip
    return review


def may_draft(actor: Person, review: Review) -> bool:
    """Whether ``actor`` writes this analysis."""
    return asking.ask(actor, Verb.WRITE, review, kind=DRAFT).yes


def draft(actor: Person, review: Review) -> Analysis:
    """The draft, held until the end of the transaction. Raises NotForYou, and ReviewRefused when it is final."""
    answer = asking.ask(actor, Verb.WRITE, review, kind=DRAFT)
    if not answer:
        raise NotForYou(Answer(False, answer.code, answer.because))
    found = (
        Analysis.objects.select_for_update(of=("self",))
        .filter(review=review, state=Analysis.State.DRAFT)
        .first()
    )
    if found is None:
        raise ReviewRefused("This analysis is final. Open the case again to write a new version.")
    if answer.code.startswith("grant.") and draft_is_shut(review, listed.item_of(review), answer.code):
        raise ReviewRefused(
            "This draft was begun after your meeting. It is yours again when the case is listed."
        )
    return found


def must_name_nobody(review: Review, looked: bool, **texts: str) -> None:
    """Raise NamesSomebody for a text that tells who somebody is, or may and nobody has ``looked`` at it."""
    found = places_found(review, {key: text for key, text in texts.items() if text.strip()})
    if any(each.sure for each in found) or (found and not looked):
        raise NamesSomebody(found)


#: What one page of the form may set. The categories and lines have operations of their own.
ANSWERS = frozenset(
    [
        "written_from",
        "meeting_on",
        "agencies",
        "certificate_changed",
        "modifiable",
        "follow_up",
        "case_review",
        "protection_plan",
        "looked_after",
        "social_care",
        "response_held",
        "notified_category",
        "certificate_category",
        "coroner_category",
    ]
) | (TEXTS - {"override_reason", "because", "changed_since_panel"})


@transaction.atomic
def answer(
    *, actor: Person, review: Review, said: Mapping[str, Any], now: datetime, looked: bool = False
) -> Analysis:
    """Keep some answers of the form, by field. Raises ReviewRefused, NamesSomebody, NotForYou."""
    if unknown := set(said) - ANSWERS:
        raise KeyError(f"no answers of the analysis: {sorted(unknown)}")
    analysis = draft(actor, review)
    changed = {key: value for key, value in said.items() if getattr(analysis, key) != value}
    if not changed:
        return analysis
    must_name_nobody(review, looked, **{key: value for key, value in changed.items() if key in TEXTS})
    ledger.line("child_deaths.analysis_written", review.record)
    for key, value in changed.items():
        setattr(analysis, key, value)
    return touched(analysis, actor, now, *changed)


def touched(analysis: Analysis, actor: Person, now: datetime, *fields: str) -> Analysis:
    """Save these fields, with who wrote them and when."""
    analysis.changed_at, analysis.changed_by = now, actor
    analysis.save(update_fields=[*fields, "changed_at", "changed_by"])
    return analysis
