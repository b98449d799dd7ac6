"""The copy sheet of a case, in the order of the national forms, and the list of what is still to be entered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from wholestory.child_deaths.models import Analysis, Case, Factor, Review
from wholestory.child_deaths.models.national import NationalEntry
from wholestory.child_deaths.queries import caseload, composite
from wholestory.child_deaths.queries.in_words import birth_in_words, death_in_words
from wholestory.child_deaths.queries.review import words_of
from wholestory.child_deaths.queries.summaries import Said
from wholestory.child_deaths.rules import nhs_number
from wholestory.child_deaths.rules.categories import category
from wholestory.child_deaths.rules.composite import Standing
from wholestory.child_deaths.rules.national import (
    ANALYSED,
    IN_LINES,
    NOTIFIED,
    OF_THE_DEATH,
    SCHEMA,
    STATES,
    Field,
    Part,
    state,
)
from wholestory.govuk.parts import Link, Tag

_COLOURS = {
    "to_enter": "in_progress", "again": "overdue", "entered": "done", "not_final": "not_needed",
    "not_taken": "not_needed",
}  # fmt: skip


def final_of(case: Case) -> Analysis | None:
    """The newest final version of the analysis."""
    return Analysis.objects.filter(review__case=case, state="final").order_by("-version").first()


def entered_versions(case: Case) -> frozenset[int]:
    """The versions that were entered nationally."""
    return frozenset(NationalEntry.objects.filter(case=case, back_on=None).values_list("version", flat=True))


def reviewed_on(case: Case) -> date | None:
    """The day the panel first reviewed it."""
    return Review.objects.filter(case=case).values_list("first_reviewed_on", flat=True).first()


def sheet(case: Case) -> tuple[Part, ...]:
    """Everything to copy: notification, what agencies reported (what counts of it), and the final analysis."""
    parts = [_notification(case), *_reported(case)]
    final = final_of(case)
    return (*parts, *(_analysis(final) if final else ()))


def as_json(case: Case, parts: Sequence[Part]) -> dict[str, Any]:
    """The same for a computer: versioned, with every kind of nothing by its name."""
    return {
        "schema": SCHEMA,
        "reference": case.record.reference,
        "form_set": case.form_set,
        "process": case.regime,
        "parts": [
            {
                "title": part.title,
                "fields": [
                    {
                        "key": f.key,
                        "label": f.label,
                        **({"nothing": f.nothing} if f.nothing else {"value": f.value}),
                    }
                    for f in part.fields
                ],
            }
            for part in parts
        ],
    }


def as_rows(case: Case, parts: Sequence[Part]) -> list[dict[str, str]]:
    """The same as lines of a table."""
    return [
        {"reference": case.record.reference, "part": part.title, "key": f.key, "question": f.label, "value": f.value,
         "nothing": f.nothing}
        for part in parts
        for f in part.fields
    ]  # fmt: skip


def _notification(case: Case) -> Part:
    child = case.child
    name = child.names.order_by("created_at").first()
    number = child.identifiers.filter(kind="nhs", belongs_to="child").order_by("created_at").first()
    home = child.addresses.filter(kind="normal").order_by("created_at").first()
    held = {
        "forenames": name.forenames if name else "",
        "surname": name.surname if name else "",
        "born_on": child.born_on.isoformat() if child.born_on else "",
        "sex": child.get_sex_display(),
        "nhs_number": number.value if number else "",
        "ethnicity": child.ethnicity,
        "gestation_weeks": str(child.gestation_weeks or ""),
        "birthweight_grams": str(child.birthweight_grams or ""),
        "address": home.lines if home else "",
        "postcode": home.postcode if home else "",
    }
    words = {
        "born_on": birth_in_words(child) if child.born_on else "",
        "nhs_number": nhs_number.in_words(number.value) if number else "",
    }
    death = dict(death_in_words(case))
    return Part(
        "Notification",
        (
            *(
                _field(
                    key,
                    label,
                    held[key],
                    not_known=getattr(child, key, "") == "not_known",
                    words=words.get(key, ""),
                )
                for key, label in NOTIFIED.items()
            ),
            *(_field(key, label, death.get(label, "")) for key, label in OF_THE_DEATH.items()),
        ),
    )


def _reported(case: Case) -> list[Part]:
    found = []
    for section in composite.page(case).sections:
        fields = []
        for line in section.lines:
            if line.choice is not None:
                fields.append(
                    Field(line.key, line.label, line.choice.words, line.choice.words, line.choice.nothing)
                )
            elif line.composite.proposed is not None:
                fields.append(_field(line.key, line.label, line.composite.proposed.words))
            elif line.standing is Standing.SIDE_BY_SIDE:
                fields.append(_field(line.key, line.label, line.together))
            elif line.standing is Standing.CONFLICT:
                fields.append(
                    Field(line.key, line.label, "Agencies differ: choose first", nothing="not_chosen")
                )
            else:
                fields.append(Field(line.key, line.label, line.standing.label, nothing=line.standing.value))
        if fields:
            found.append(Part(f"Reporting form: {section.title}", tuple(fields)))
    return found


def _analysis(final: Analysis) -> tuple[Part, ...]:
    primary = category(final.primary).name if final.primary else ""
    held = {
        "cause": final.cause,
        "primary_category": f"{final.primary}: {primary}" if final.primary else "",
        "categories": ", ".join(str(one) for one in final.categories),
        "modifiable": final.get_modifiable_display(),
        "story": final.story,
        "issues": final.issues,
        "good_practice": final.good_practice,
        "case_review": final.get_case_review_display(),
        "protection_plan": final.get_protection_plan_display(),
        "looked_after": final.get_looked_after_display(),
        "social_care": final.get_social_care_display(),
        "meeting_on": final.meeting_on.isoformat() if final.meeting_on else "",
    }
    head = Part(
        "Analysis form",
        tuple(
            _field(key, label, held[key], not_known=getattr(final, key, "") == "not_known")
            for key, label in ANALYSED.items()
        ),
    )
    factors = tuple(
        _field(
            f"factor_{place}",
            f"Factor {place}, {one.get_domain_display()}",
            f"{words_of(one)} (grade {one.grade})",
        )
        for place, one in enumerate(Factor.objects.filter(analysis=final), 1)
    )
    learned = tuple(
        _field(f"learning_{n}", f"Learning {n}", one.text)
        for n, one in enumerate(final.learningpoints.all(), 1)
    )
    asked = tuple(
        _field(f"recommendation_{n}", f"Recommendation {n}, {one.get_level_display().lower()}", one.text)
        for n, one in enumerate(final.recommendations.all(), 1)
    )
    rest = (
        Part(IN_LINES["factor"], factors),
        Part(IN_LINES["learning"], learned),
        Part(IN_LINES["recommendation"], asked),
    )
    return (head, *(part for part in rest if part.fields))


def _field(key: str, label: str, value: str, *, not_known: bool = False, words: str = "") -> Field:
    if not_known:
        return Field(key, label, "Not known", nothing="not_known")
    return (
        Field(key, label, words or value, value)
        if value
        else Field(key, label, "Left blank", nothing="blank")
    )


def every() -> QuerySet[Case]:
    """Cases the panel has reviewed, with their newest final version and the newest version entered."""
    final = Analysis.objects.filter(review__case=OuterRef("pk"), state="final").order_by("-version")
    entries = NationalEntry.objects.filter(case=OuterRef("pk"), back_on=None).order_by()
    return (
        caseload.every()
        .filter(Q(record__standing__stage__in=("reviewed", *caseload.FINISHED)))
        .annotate(
            final_version=Subquery(final.values("version")[:1]),
            final_on=Subquery(final.values("final_on")[:1]),
            first_reviewed_on=Subquery(
                Review.objects.filter(case=OuterRef("pk")).values("first_reviewed_on")[:1]
            ),
            entered_version=Subquery(entries.values("case").annotate(last=Max("version")).values("last")),
            entered_on=Subquery(entries.values("case").annotate(last=Max("on")).values("last")),
        )
    )


@dataclass(frozen=True)
class NationalLine:
    """A reviewed case in the list of what goes into the national database."""

    record_id: UUID
    reference: Any
    age: str
    final: str
    state: Any
    entered: str


def lines(cases: Sequence[Any]) -> list[NationalLine]:
    """Lines for a page; no further query."""
    return [_line(case) for case in cases]


def _line(case: Any) -> NationalLine:
    how = state(
        final_version=case.final_version, reviewed_on=case.first_reviewed_on,
        entered=frozenset([case.entered_version] if case.entered_version else []),
    )  # fmt: skip
    reference = case.record.reference
    return NationalLine(
        case.record_id,
        Link(reference, reverse("child_deaths:national_sheet", args=[reference])),
        caseload.age_band(case),
        caseload.short(case.final_on) if case.final_on else "",
        Tag(STATES[how], _COLOURS[how]),
        caseload.short(case.entered_on) if case.entered_on else "",
    )


def summary(case: Case) -> list[Said]:
    """One line for the page of the case, once the review is final. Three queries."""
    final = final_of(case)
    if final is None:
        return []
    how = state(final_version=final.version, reviewed_on=reviewed_on(case), entered=entered_versions(case))
    url = reverse("child_deaths:national_sheet", args=[case.record.reference])
    return [Said("National database", STATES[how], url, _COLOURS[how])]
