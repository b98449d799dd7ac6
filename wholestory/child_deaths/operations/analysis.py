"""The lines of an analysis: categories, factors one by one, learning, recommendations, minority views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from wholestory import ledger
from wholestory.child_deaths.models import (
    Analysis,
    Factor,
    LearningPoint,
    MinorityView,
    Recommendation,
    Review,
)
from wholestory.child_deaths.operations.review import ReviewRefused, draft, must_name_nobody, touched
from wholestory.child_deaths.rules import factors as rules
from wholestory.child_deaths.rules.categories import Classification, category
from wholestory.child_deaths.rules.factor_codes import Domain, FactorEdition, domains_of
from wholestory.partners.models import Agency, Person

#: The kinds of line by the word that stands in their address.
LINES: dict[str, type[Any]] = {
    "factors": Factor,
    "learning": LearningPoint,
    "recommendations": Recommendation,
    "views": MinorityView,
}
Line = Factor | LearningPoint | Recommendation | MinorityView
L = TypeVar("L", Factor, LearningPoint, Recommendation, MinorityView)


@transaction.atomic
def classify(
    *,
    actor: Person,
    review: Review,
    selected: Sequence[int],
    override: int | None,
    reason: str,
    now: datetime,
    looked: bool = False,
) -> Analysis:
    """Keep the categories selected. The lowest number is the primary one unless ``override`` says otherwise and why.

    Raises ReviewRefused in words for what cannot be; a draft may have none yet.
    """
    chosen = Classification(tuple(sorted(set(selected))), override, reason.strip())
    if override is not None and chosen.selected and override == chosen.by_rule:
        chosen = Classification(chosen.selected)
    missing = chosen.missing() if chosen.selected or override is not None else ()
    if missing:
        raise ReviewRefused(". ".join(missing) + ".")
    analysis = draft(actor, review)
    must_name_nobody(review, looked, override_reason=chosen.override_reason)
    ledger.line("child_deaths.categories_selected", review.record)
    analysis.categories = list(chosen.selected)
    analysis.override, analysis.override_reason = (
        chosen.override,
        chosen.override_reason if chosen.override else "",
    )
    analysis.primary = chosen.primary if chosen.selected else None
    return touched(analysis, actor, now, "categories", "override", "override_reason", "primary")


@dataclass(frozen=True)
class FactorSaid:
    """One factor as it is typed. ``code`` is a typical factor, or empty; ``text`` what is said in words."""

    domain: str
    grade: str
    code: str = ""
    text: str = ""
    modifiable: bool | None = None


@transaction.atomic
def write_factor(
    *,
    actor: Person,
    review: Review,
    said: FactorSaid,
    now: datetime,
    line: UUID | None = None,
    looked: bool = False,
) -> Factor:
    """Add a factor on a line of its own, or change one. Raises ReviewRefused with the reason, NamesSomebody.

    Grade 3 is refused on the current form; headings are those of the analysis's edition.
    """
    analysis = draft(actor, review)
    edition = FactorEdition(analysis.edition)
    try:
        grade = rules.grade(said.grade, edition)
    except rules.NotOnThisForm as wrong:
        raise ReviewRefused(str(wrong)) from wrong
    if said.domain not in {each.value for each in domains_of(edition)}:
        raise ReviewRefused("Choose a heading of this form.")
    if said.code and said.code not in {each.code for each in rules.codes_in(Domain(said.domain))}:
        raise ReviewRefused("Choose a factor that belongs under this heading, or describe it in words.")
    if not (said.code or said.text.strip()):
        raise ReviewRefused("Choose a factor, or describe it.")
    must_name_nobody(review, looked, text=said.text)
    ledger.line("child_deaths.factor_written", review.record)
    factor = _line(Factor, analysis, line)
    factor.edition, factor.domain, factor.code = edition.value, said.domain, said.code
    factor.text, factor.grade, factor.modifiable = said.text.strip(), grade.value, said.modifiable
    factor.save()
    touched(analysis, actor, now)
    return factor


@transaction.atomic
def write_learning(
    *, actor: Person, review: Review, text: str, now: datetime, line: UUID | None = None, looked: bool = False
) -> LearningPoint:
    """Add or change one thing that was learned."""
    analysis = draft(actor, review)
    if not text.strip():
        raise ReviewRefused("Enter what was learned.")
    must_name_nobody(review, looked, text=text)
    ledger.line("child_deaths.learning_written", review.record)
    point = _line(LearningPoint, analysis, line)
    point.text = text.strip()
    point.save()
    touched(analysis, actor, now)
    return point


@dataclass(frozen=True)
class Recommended:
    """A recommendation as it is typed."""

    text: str
    level: str
    agency: Agency | None = None
    owner_title: str = ""
    due_on: date | None = None


@transaction.atomic
def write_recommendation(
    *,
    actor: Person,
    review: Review,
    said: Recommended,
    now: datetime,
    line: UUID | None = None,
    looked: bool = False,
) -> Recommendation:
    """Add or change a recommendation. Once it is promised the promise itself is changed, and not this."""
    analysis = draft(actor, review)
    if not said.text.strip():
        raise ReviewRefused("Enter what is recommended.")
    if said.level not in Recommendation.Level.values:
        raise ReviewRefused("Choose whether it is local, regional or national.")
    must_name_nobody(review, looked, text=said.text, owner_title=said.owner_title)
    made = _line(Recommendation, analysis, line)
    if made.action_id:
        raise ReviewRefused("This recommendation has become an action. Change the action.")
    ledger.line("child_deaths.recommendation_written", review.record)
    made.text, made.level, made.agency = said.text.strip(), said.level, said.agency
    made.owner_title, made.due_on = said.owner_title.strip()[:120], said.due_on
    made.save()
    touched(analysis, actor, now)
    return made


@transaction.atomic
def write_view(
    *,
    actor: Person,
    review: Review,
    role: str,
    about: str,
    text: str,
    now: datetime,
    number: int | None = None,
    line: UUID | None = None,
    looked: bool = False,
) -> MinorityView:
    """Write down who saw it differently, by role, and how. Raises ReviewRefused, NamesSomebody."""
    analysis = draft(actor, review)
    if not role.strip() or not text.strip():
        raise ReviewRefused("Say whose view it is, by role, and how they saw it.")
    if about not in MinorityView.About.values:
        raise ReviewRefused("Choose what they saw differently.")
    if number is not None:
        category(number)
    must_name_nobody(review, looked, role=role, text=text)
    ledger.line("child_deaths.minority_view_written", review.record)
    view = _line(MinorityView, analysis, line)
    view.role, view.about, view.text = role.strip()[:120], about, text.strip()
    view.category = number if about == MinorityView.About.CATEGORY else None
    view.save()
    touched(analysis, actor, now)
    return view


@transaction.atomic
def remove_line(*, actor: Person, review: Review, kind: str, line: UUID, now: datetime) -> None:
    """Take a line away. An earlier version keeps its own."""
    analysis = draft(actor, review)
    found = _line(LINES[kind], analysis, line)
    if isinstance(found, Recommendation) and found.action_id:
        raise ReviewRefused("This recommendation has become an action, so it stays.")
    ledger.line("child_deaths.line_removed", review.record, reason=kind)
    found.delete()
    touched(analysis, actor, now)


def _line(kind: type[L], analysis: Analysis, line: UUID | None) -> L:
    """A line of this analysis, or a new one at the end. Raises ReviewRefused when it was removed meanwhile."""
    rows = kind._default_manager.filter(analysis=analysis)
    if line is None:
        last = rows.aggregate(last=Max("place"))["last"] or 0
        return kind(
            analysis=analysis, circle_id=analysis.circle_id, office_id=analysis.office_id, place=last + 1
        )
    found = rows.filter(pk=line).first()
    if found is None:
        raise ReviewRefused("This line was removed meanwhile. Go back and look at the list.")
    return found
