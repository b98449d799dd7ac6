"""The review of a case: finding it, its analysis as the rules see it, and its line on the page of the case."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from wholestory.child_deaths import pathway
from wholestory.child_deaths.models import Analysis, Case, Factor, MinorityView, Pack, PanelDecision, Review
from wholestory.child_deaths.queries.known_names import words
from wholestory.child_deaths.queries.listed import CHAIR, MEMBER
from wholestory.child_deaths.queries.summaries import Said
from wholestory.child_deaths.rules import analysis as rules
from wholestory.child_deaths.rules.categories import Classification, Teller, category
from wholestory.child_deaths.rules.categories import Said as SaidCategory
from wholestory.child_deaths.rules.factor_codes import CODES, Domain
from wholestory.child_deaths.rules.factors import Grade, Graded, Modifiable
from wholestory.meetings.models import Item

#: What of an analysis is words that somebody types.
TEXTS = words(
    "meeting_chair documents cause story override_reason coroner_words issues good_practice follow_up_words"
    " other_reviews because changed_since_panel"
)
LABELS = {each.code: each.label for each in CODES}


def of_case(case: Case) -> Review | None:
    """The case's review, once somebody began it."""
    return Review.objects.select_related("record").filter(case=case).first()


def every() -> Any:
    """Every review this person may see, with its cover sheet. The case behind it may be closed to them."""
    return Review.objects.select_related("record__board")


def case_of(review: Review) -> Case | None:
    """The case behind it, for those who may see it; nothing for a member of the panel."""
    return Case.objects.select_related("record__standing").filter(pk=review.case_id).first()


def stage_words(case: Case | None) -> str:
    """Where the case stands, in words."""
    standing = getattr(case.record, "standing", None) if case else None
    return pathway.CASE.label(standing.stage) if standing else ""


def newest(review: Review) -> Analysis:
    """The version that counts: the draft where there is one, else the last final one."""
    return Analysis.objects.filter(review=review).order_by("-version")[:1].get()


def for_panel(review: Review, item: Item | None) -> Analysis | None:
    """The version a member of the panel reads: the draft while ``item`` waits for a decision, and the draft the panel
    reviewed there until it is final; never one begun afterwards. Otherwise the last final one; nothing where none is.
    """
    one = newest(review)
    if one.state == Analysis.State.FINAL:
        return one
    if item is not None:
        decided = PanelDecision.objects.filter(item=item).order_by("-created_at").first()
        if decided is None or (decided.outcome == "reviewed" and decided.version == one.version):
            return one
    final = Analysis.objects.filter(review=review, state=Analysis.State.FINAL)
    return final.order_by("-version").first()


def draft_is_shut(review: Review, item: Item | None, code: str) -> bool:
    """Whether whoever got in by this answer's ``code`` is of the panel alone, and the draft is not the panel's now."""
    if code not in (f"grant.{MEMBER}", f"grant.{CHAIR}") or case_of(review) is not None:
        return False
    one = for_panel(review, item)
    return one is None or one.state == Analysis.State.FINAL


def words_of(factor: Factor) -> str:
    """A factor in words: its typical name, and what was written."""
    return ": ".join(part for part in (LABELS.get(factor.code, ""), factor.text.strip()) if part)


def classification_of(analysis: Analysis) -> Classification:
    """The categories selected and the panel's own choice."""
    return Classification(tuple(analysis.categories), analysis.override, analysis.override_reason)


def sheet_of(analysis: Analysis) -> rules.Sheet:
    """The analysis as far as the rules need it. Three queries."""
    lines = tuple(
        rules.Line(Domain(one.domain), words_of(one), Graded(Grade(one.grade), one.modifiable))
        for one in analysis.factors.all()
    )
    classification = classification_of(analysis)
    told = rules.told(
        panel=classification.primary if classification.selected else None,
        notified=analysis.notified_category,
        certificate=analysis.certificate_category,
        coroner=analysis.coroner_category,
    )
    minority = MinorityView.objects.filter(analysis=analysis, category__isnull=False)
    told += tuple(SaidCategory(Teller.PANEL, one.category or 0, one.role, minority=True) for one in minority)
    return rules.Sheet(
        cause=analysis.cause,
        classification=classification,
        modifiable=Modifiable(analysis.modifiable) if analysis.modifiable else None,
        lines=lines,
        told=told,
        follow_up_answered=bool(analysis.follow_up),
        recommendations_without_owner=analysis.recommendations.filter(
            agency__isnull=True, owner_title=""
        ).count(),
    )


def texts_of(analysis: Analysis) -> list[str]:
    """Everything somebody typed into an analysis and its lines."""
    typed = [str(getattr(analysis, name)) for name in TEXTS]
    for lines in (
        analysis.factors,
        analysis.learningpoints,
        analysis.recommendations,
        analysis.minorityviews,
    ):
        typed += lines.values_list("text", flat=True)
    return typed


def last_decision(review: Review) -> PanelDecision | None:
    """What the panel decided last, other than to put the case off."""
    found = PanelDecision.objects.filter(review=review, outcome="reviewed").select_related(
        "meeting", "by", "on_word_of"
    )
    return found.order_by("-decided_on", "-created_at").first()


def released(review: Review) -> Pack | None:
    """The papers members may read now."""
    found = Pack.objects.filter(review=review, withdrawn_at=None).select_related("released_by")
    return found.order_by("-version").first()


def summary(case: Case) -> list[Said]:
    """How analysis and panel stand, for the page of the case."""
    url = reverse("child_deaths:analysis", args=[case.record.reference])
    review = of_case(case)
    if review is None:
        return [Said("Analysis and panel", "Not begun", url, "not_started")]
    analysis = newest(review)
    words = f"Version {analysis.version}, {analysis.get_state_display().lower()}"
    if analysis.primary:
        words += f". Category {analysis.primary}, {category(analysis.primary).name}"
    said = [Said("Analysis", words, url, "done" if analysis.state == Analysis.State.FINAL else "in_progress")]
    if review.first_reviewed_on:
        said.append(Said("Panel", f"First reviewed on {_day(review.first_reviewed_on)}", url, "done"))
    elif released(review) is not None:
        said.append(Said("Panel", "The anonymised papers are released", url, "in_progress"))
    else:
        said.append(Said("Panel", "The anonymised papers are not released yet", url, "not_started"))
    if review.elsewhere_on or review.elsewhere_by:
        said.append(Said("Reviewed before", f"By {review.elsewhere_by or 'another panel'}", url, "waiting"))
    return said


def _day(day: Any) -> str:
    return f"{day.day} {day:%B} {day.year}"
