"""An analysis shaped for the page, the print and the file: everybody reads the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wholestory.access import acting
from wholestory.actions.models import Action
from wholestory.child_deaths.models import Analysis, Review
from wholestory.child_deaths.queries import review as reads
from wholestory.child_deaths.rules import code_lists
from wholestory.child_deaths.rules.categories import CATEGORIES, category
from wholestory.child_deaths.rules.factor_codes import Domain, FactorEdition, domains_of
from wholestory.child_deaths.rules.factors import Grade, grades_of
from wholestory.learning.models import Change, Lesson

EDITIONS = {
    FactorEdition.EARLY: "Early form",
    FactorEdition.FORM_2015: "Form C (2015)",
    FactorEdition.CURRENT: "Current analysis form",
}
NOT_SAID = "Not said yet"


@dataclass(frozen=True)
class Line:
    """A line of a list: its words, and what is said beside it."""

    id: UUID
    words: str
    beside: str = ""


@dataclass(frozen=True)
class Heading:
    """One heading with its factors."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Recommended:
    """A recommendation and, once it is an action, how that stands."""

    id: UUID
    words: str
    level: str
    owner: str
    due_on: date | None
    has_agency: bool
    action: str = ""


@dataclass(frozen=True)
class Shown:
    """One version of an analysis. ``parts`` are the pages that keep answers: key, title, rows of label and words."""

    version: int
    state: str
    is_draft: bool
    edition: str
    why: str
    changed: str
    category: str
    category_words: str
    explained: str
    headings: tuple[Heading, ...]
    learning: tuple[Line, ...]
    recommendations: tuple[Recommended, ...]
    views: tuple[Line, ...]
    parts: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    missing: tuple[str, ...]
    cautions: tuple[str, ...]

    @property
    def said_parts(self) -> tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]:
        """The same without what nobody has said yet: for those who only read."""
        said = (
            (key, title, tuple(row for row in rows if row[1] != NOT_SAID)) for key, title, rows in self.parts
        )
        return tuple(part for part in said if part[2])


def shown(review: Review, analysis: Analysis) -> Shown:
    """The whole of one version, in a number of queries that does not depend on how many lines it has."""
    sheet = reads.sheet_of(analysis)
    classified = sheet.classification
    primary = classified.primary if classified.selected else None
    return Shown(
        version=analysis.version,
        state=analysis.get_state_display(),
        is_draft=analysis.state == Analysis.State.DRAFT,
        edition=EDITIONS[FactorEdition(analysis.edition)],
        why=analysis.because,
        changed=analysis.changed_since_panel,
        category=f"{primary}. {category(primary).name}" if primary else NOT_SAID,
        category_words=classified.words if classified.selected else "",
        explained=(
            "Select every category that applies. Where more than one does, the one that stands highest in the list of"
            " ten comes first, unless the panel says otherwise and why."
        ),
        headings=_headings(analysis),
        learning=_learning(review, analysis),
        recommendations=_recommendations(review, analysis),
        views=tuple(
            Line(
                one.pk,
                one.text,
                f"{one.role}, about: {one.get_about_display().lower()}{_numbered(one.category)}",
            )
            for one in analysis.minorityviews.all()
        ),
        parts=_parts(analysis),
        missing=sheet.missing(),
        cautions=sheet.cautions(),
    )


def _headings(analysis: Analysis) -> tuple[Heading, ...]:
    edition = FactorEdition(analysis.edition)
    grades = grades_of(edition)
    found: dict[str, list[Line]] = {each.value: [] for each in domains_of(edition)}
    for one in analysis.factors.all():
        beside = f"Grade {one.grade}: {grades[Grade(one.grade)]}"
        if one.modifiable is not None:
            beside += ". Could be changed" if one.modifiable else ". Could not be changed"
        found.setdefault(one.domain, []).append(Line(one.pk, reads.words_of(one), beside))
    return tuple(Heading(Domain(key).label, tuple(lines)) for key, lines in found.items())


def _learning(review: Review, analysis: Analysis) -> tuple[Line, ...]:
    """What was learned, with the lesson it became, where that stands, and what was last said to have changed."""
    rows = list(analysis.learningpoints.all())
    became = [row.lesson_id for row in rows if row.lesson_id]
    said: dict[UUID, str] = {}
    if became:
        # A draft is the team's own; where it stands, and what changed, is no secret to whoever reads the review.
        with acting.as_system(review.record.board_id, "tally"):
            changes = {
                one.lesson_id: f" {one.get_verdict_display()}, {_day(one.on)}: {one.words}"
                for one in Change.objects.filter(lesson__record__in=became).order_by("on", "created_at")
            }
            said = {
                one.record_id: f"Lesson {one.record.reference}, {one.get_state_display().lower()}."
                + changes.get(one.pk, "")
                for one in Lesson.objects.filter(record__in=became).select_related("record")
            }
    return tuple(Line(row.pk, row.text, said.get(row.lesson_id, "") if row.lesson_id else "") for row in rows)


def _recommendations(review: Review, analysis: Analysis) -> tuple[Recommended, ...]:
    rows = list(analysis.recommendations.select_related("agency"))
    became = [row.action_id for row in rows if row.action_id]
    states: dict[UUID, str] = {}
    if became:
        # Whoever reads a review may not see the agency's action; where it stands is no secret to the panel.
        with acting.as_system(review.record.board_id, "tally"):
            states = {
                one.record_id: f"{one.record.reference}, {one.get_state_display().lower()}, due {_day(one.due_on)}"
                for one in Action.objects.filter(record__in=became).select_related("record")
            }
    return tuple(
        Recommended(
            row.pk, row.text, row.get_level_display(),
            ", ".join(part for part in (row.agency.name if row.agency else "", row.owner_title) if part),
            row.due_on, row.agency_id is not None,
            states.get(row.action_id, "It has become an action") if row.action_id else "",
        )
        for row in rows
    )  # fmt: skip


def _parts(one: Analysis) -> tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]:
    agencies = ", ".join(code_lists.label_in(code_lists.AGENCY_KINDS, key) for key in one.agencies)
    return (
        ("answers", "Modifiable factors, issues and good practice", _rows(
            ("Modifiable factors", one.get_modifiable_display()), ("Issues", one.issues),
            ("Good practice", one.good_practice), ("Something to be done at once", one.get_follow_up_display()),
            ("What has to be done", one.follow_up_words),
        )),
        ("meeting", "The meeting it was drafted from", _rows(
            ("Drafted from", one.get_written_from_display()), ("Held on", _day(one.meeting_on)),
            ("Chaired by", one.meeting_chair), ("Agencies there", agencies), ("Documents read", one.documents),
        )),
        ("cause", "Cause of death and summary", _rows(
            ("Cause as now understood", one.cause), ("Summary", one.story),
            ("Differs from the certificate", one.get_certificate_changed_display()),
        )),
        ("told", "What others said it was", _rows(
            ("Suspected at notification", _named(one.notified_category)),
            ("On the certificate", _named(one.certificate_category)),
            ("Found by the coroner", _named(one.coroner_category)), ("The coroner’s conclusion", one.coroner_words),
        )),
        ("circumstances", "Safeguarding and other reviews", _rows(
            ("Rapid or joint agency response", one.get_response_held_display()),
            ("Case review", one.get_case_review_display()),
            ("Child protection plan", one.get_protection_plan_display()),
            ("Looked after", one.get_looked_after_display()),
            ("Known to children’s social care", one.get_social_care_display()), ("Other reviews", one.other_reviews),
        )),
    )  # fmt: skip


#: What a final analysis usually says; without it one can still be final.
_USUAL = ("answers", "meeting", "cause")
_ONLY_IF = ("What has to be done", "Differs from the certificate")


def unsaid(analysis: Analysis) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What nobody has said yet of the meeting, the cause and the answers: the page it is said on, and the labels. No
    query. It stops nobody."""
    found = (
        (key, tuple(label for label, words in rows if words == NOT_SAID and label not in _ONLY_IF))
        for key, _title, rows in _parts(analysis)
        if key in _USUAL
    )
    return tuple(part for part in found if part[1])


def _rows(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((label, words or NOT_SAID) for label, words in pairs)


def _named(number: int | None) -> str:
    return f"{number}. {category(number).name}" if number else ""


def _numbered(number: int | None) -> str:
    return f" ({_named(number)})" if number else ""


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B} {day.year}" if day else ""


def hierarchy() -> list[tuple[int, str]]:
    """The ten categories in their order."""
    return [(each.number, each.name) for each in CATEGORIES]
