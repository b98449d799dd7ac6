"""Every agency's answers side by side, what is chosen where they differ, and what that means for the analysis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from wholestory.child_deaths.definitions.side_by_side import Filled, Part, Row, lay
from wholestory.child_deaths.models import AgencyRequest, Asked, Case, CompositeChoice, RequestForm
from wholestory.child_deaths.rules.composite import Composite, Standing
from wholestory.child_deaths.rules.composite_said import basis_of, cell
from wholestory.govuk.parts import Tag
from wholestory.paperwork.given import NOTHING_LABELS, Nothing
from wholestory.paperwork.models import Answer, Status
from wholestory.paperwork.queries import form_of

_TONES = {
    Standing.AGREED: "done",
    Standing.CONFLICT: "overdue",
    Standing.ONLY_ONE: "in_progress",
    Standing.SIDE_BY_SIDE: "in_progress",
    Standing.NOT_KNOWN: "waiting",
}
NOT_THERE = ""


@dataclass(frozen=True)
class Source:
    """One agency that answered. ``late`` marks an answer that came after the review was saved as final."""

    label: str
    record_id: UUID
    reference: str
    url: str
    answered_on: date | None
    by: str
    nothing_known: bool = False
    late: bool = False


@dataclass(frozen=True)
class Choice:
    """What counts for a question, as a person chose it. ``stale``: an answer came or changed since."""

    words: str
    value: Any
    nothing: str
    reason: str
    by: str
    at: datetime
    stale: bool


@dataclass(frozen=True)
class Line:
    """One question with each source's answer, in the order of the sources; what counts; whether to look at it."""

    key: str
    label: str
    cells: tuple[str, ...]
    standing: Standing
    tag: Tag
    together: str
    choice: Choice | None
    url: str
    withdrawn: bool
    restricted: bool
    basis: str
    composite: Composite

    @property
    def to_look_at(self) -> bool:
        """Whether a person should choose, or choose again."""
        return self.choice.stale if self.choice else self.standing is Standing.CONFLICT


@dataclass(frozen=True)
class Section:
    """A page of a form with its questions."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Page:
    """The whole composite."""

    sources: tuple[Source, ...]
    sections: tuple[Section, ...]
    awaited: int
    reopened: tuple[str, ...]
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def lines(self) -> list[Line]:
        """Every question."""
        return [line for section in self.sections for line in section.lines]

    def only(self, which: str) -> Page:
        """The same, narrowed: to what somebody has answered, to ``conflicts`` (chosen or not), to what is
        ``open`` or ``chosen``; anything else is every question."""
        keep = _KEEPS.get(which)
        if keep is None:
            return self
        sections = (
            Section(each.title, tuple(line for line in each.lines if keep(line))) for each in self.sections
        )
        return Page(
            self.sources, tuple(each for each in sections if each.lines), self.awaited, self.reopened,
            self.counts,
        )  # fmt: skip


def _said(line: Line) -> bool:
    return line.standing not in (Standing.BLANK, Standing.NOT_ASKED)


_KEEPS: dict[str, Callable[[Line], bool]] = {
    "": _said,
    "conflicts": lambda line: line.standing is Standing.CONFLICT,
    "open": lambda line: line.to_look_at,
    "chosen": lambda line: line.choice is not None,
}


@dataclass(frozen=True)
class Counts:
    """One value that counts for a question: for the analysis form. ``by_choice``: a person chose it."""

    value: Any
    words: str
    sources: tuple[str, ...]
    by_choice: bool
    reason: str = ""


def page(case: Case) -> Page:
    """Every question any agency was asked, with every answer that was sent. A constant number of queries."""
    requests, filled = _filled(case)
    sources = _sources(case, requests)
    labels = {each.record_id: each.label for each in sources}
    parts = lay(
        Filled(labels[request.record_id], form, given)
        for request, form, given in filled
        if request.record_id in labels
    )
    choices = _choices(case)
    answering = [each for each in sources if not each.nothing_known]
    sections = tuple(
        Section(part.title, tuple(_line(case, row, answering, choices.get(row.key)) for row in part.rows))
        for part in parts
    )
    awaited = sum(each.awaited for each in requests)
    reopened = tuple(each.organisation for each in requests if each.awaited and each.reopened)
    found = Page(tuple(sources), sections, awaited, reopened)
    counted = Counter(line.standing for line in found.lines)
    found.counts.update(
        questions=len(found.lines), said=sum(map(_said, found.lines)), conflicts=counted[Standing.CONFLICT],
        open=sum(line.to_look_at for line in found.lines), chosen=sum(bool(line.choice) for line in found.lines),
    )  # fmt: skip
    return found


def line_of(case: Case, question: str) -> tuple[Page, Line] | None:
    """One question with everything said about it; None where nobody was asked it."""
    found = page(case)
    return next(((found, line) for line in found.lines if line.key == question), None)


def chosen(case: Case) -> dict[str, Counts]:
    """What counts for each question: what a person chose, or what every source that says something agrees on, or says
    alone. Conflicts nobody has settled and accounts side by side are left out. Feeds the analysis form."""
    found: dict[str, Counts] = {}
    for line in page(case).lines:
        if line.choice is not None:
            if not line.choice.nothing:
                found[line.key] = Counts(
                    line.choice.value, line.choice.words, line.composite.sources, True, line.choice.reason
                )
        elif (version := line.composite.proposed) is not None:
            found[line.key] = Counts(version.value, version.words, version.sources, False)
    return found


def history(case: Case, question: str) -> list[CompositeChoice]:
    """Everything that was ever chosen for a question, newest first."""
    rows = CompositeChoice.objects.filter(case=case, question=question).select_related("by")
    return list(rows.order_by("-at", "-created_at"))


def _filled(case: Case) -> tuple[list[AgencyRequest], list[tuple[AgencyRequest, Any, Any]]]:
    rows = AgencyRequest.objects.filter(case=case, revoked_at=None).select_related("record", "answered_by")
    requests = list(rows.order_by("organisation", "asked_on", "pk"))
    by_id = {each.id: each for each in requests}
    forms = list(
        RequestForm.objects.filter(request__in=by_id, answers__status=Status.SUBMITTED)
        .select_related("answers__form_version")
        .order_by("place")
    )
    given: dict[UUID, dict[Any, Any]] = {}
    for each in Answer.objects.filter(answer_set__in=[form.answers_id for form in forms]):
        given.setdefault(each.answer_set_id, {})[each.place] = each.given
    return requests, [
        (by_id[form.request_id], form_of(form.answers.form_version), given.get(form.answers_id, {}))
        for form in forms
    ]


def _sources(case: Case, requests: list[AgencyRequest]) -> list[Source]:
    answered = [each for each in requests if each.state in (Asked.RETURNED, Asked.NOTHING)]
    twice = Counter(each.organisation for each in answered)
    return [
        Source(
            each.organisation
            if twice[each.organisation] == 1
            else f"{each.organisation} ({each.record.reference})",
            each.record_id,
            each.record.reference,
            reverse("child_deaths:request", args=[case.record.reference, each.record.reference]),
            each.answered_on,
            each.answered_by.full_name if each.answered_by else "",
            each.state == Asked.NOTHING,
            each.after_final,
        )
        for each in answered
    ]


def _choices(case: Case) -> dict[str, CompositeChoice]:
    found: dict[str, CompositeChoice] = {}
    rows = CompositeChoice.objects.filter(case=case).select_related("by").order_by("at", "created_at")
    for each in rows:
        if each.undone:
            found.pop(each.question, None)
        else:
            found[each.question] = each
    return found


def _line(case: Case, row: Row, sources: list[Source], made: CompositeChoice | None) -> Line:
    basis = basis_of(row.composite)
    choice = None
    if made is not None:
        words = made.words or (NOTHING_LABELS[Nothing(made.nothing)] if made.nothing else "")
        choice = Choice(
            words, made.value, made.nothing, made.reason, made.by.full_name, made.at, made.basis != basis
        )
    proposed = row.composite.proposed
    together = choice.words if choice else (proposed.words if proposed else NOT_THERE)
    return Line(
        key=row.key,
        label=row.label,
        cells=tuple(cell(row.composite, each.label) for each in sources),
        standing=row.composite.standing,
        tag=Tag(row.composite.standing.label, _TONES.get(row.composite.standing, "not_needed")),
        together=together,
        choice=choice,
        url=reverse("child_deaths:composite_choose", args=[case.record.reference, row.key]),
        withdrawn=row.withdrawn,
        restricted=row.restricted,
        basis=basis,
        composite=row.composite,
    )


def as_rows(found: Page) -> list[dict[str, str]]:
    """Every question as a row of a file."""
    rows = []
    for section in found.sections:
        for line in section.lines:
            row = {"section": section.title, "question": line.label, "standing": line.tag.text}
            answering = [each for each in found.sources if not each.nothing_known]
            row |= {
                f"source_{place}": said
                for place, (_source, said) in enumerate(zip(answering, line.cells, strict=True))
            }
            row |= {
                "together": line.together,
                "chosen_by": line.choice.by if line.choice else "",
                "reason": line.choice.reason if line.choice else "",
            }
            rows.append(row)
    return rows


__all__ = ["Counts", "Page", "Part", "as_rows", "chosen", "history", "line_of", "page"]
