"""Everything held of one case, for one print: headings with lines under them, in the order in which it happened.

The family's record stays apart: only the line about it that stands on the case is here. What police suspect is left
out too: a print lies on desks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wholestory.child_deaths.models import Case
from wholestory.child_deaths.queries import (
    analysis_shown,
    case_page,
    composite,
    holds,
    notified,
    outside,
    response,
)
from wholestory.child_deaths.queries import review as reviews
from wholestory.govuk.forms.dates import in_words
from wholestory.kernel.moments import Moment, shown

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Part:
    """A heading, and what stands under it: label and words."""

    title: str
    rows: Rows


def whole(case: Case, now: Moment) -> tuple[str, list[Part]]:
    """The child's name and every part that says something."""
    page = case_page.page(case, now)
    parts = [
        Part("Where it stands", tuple((one.label, one.words) for one in page.lines)),
        Part("The child", tuple(page.child)),
        Part("The death", tuple(page.death)),
        Part("Limits", tuple(
            (one.title, f"due {in_words(one.due_on)}" if one.due_on else "no limit set") for one in page.clocks
        )),
        *(
            Part(
                f"Message {step.notification.record.reference}, {shown(step.notification.received_at)}",
                tuple(notified.in_words(step.notification)),
            )
            for step in page.messages
        ),
        Part("Who leads, as decided", tuple(
            (in_words(one.on), f"{one.leads.name} leads. {one.evidence} Decided by {one.by}.") for one in page.leads
        )),
        *_response(case, now),
        *_outside(case),
        *_holds(case, now),
        *_agencies(case),
        *_analysis(case),
        Part("History", tuple(
            (in_words(on), ". ".join(part for part in (f"{what}, {by}", why) if part))
            for on, what, by, why in page.history
        )),
    ]  # fmt: skip
    return page.name, [part for part in parts if part.rows]


def _response(case: Case, now: Moment) -> Iterable[Part]:
    page = response.page(case, now)
    decided = [
        (one.title, " ".join((one.when, one.who, *one.lines))) for one in (*page.decisions, *page.expected)
    ]
    steps = [
        (one.title, "\n".join(part for part in (
            one.when, *(f"{label}: {words}" for label, words in one.facts), one.words, "; ".join(one.people)
        ) if part))
        for one in page.steps
    ]  # fmt: skip
    tasks = [
        (one.organisation, ". ".join(part for part in (one.words, one.owner, one.done) if part))
        for one in page.tasks
    ]
    yield Part(page.name, (*decided, *steps, *tasks))


def _outside(case: Case) -> Iterable[Part]:
    yield Part("Other processes", tuple(
        (one.title, "\n".join([one.label, *(f"{label}: {words}" for label, words in one.facts), one.words]).strip())
        for one in outside.page(case).lines
    ))  # fmt: skip


def _holds(case: Case, now: Moment) -> Iterable[Part]:
    page = holds.page(case, now)
    yield Part("Holds", tuple(
        (one.title, "\n".join(part for part in (one.words, f"Since {one.since}", *one.steps) if part))
        for one in (*page.open, *page.ended)
    ))  # fmt: skip


def _agencies(case: Case) -> Iterable[Part]:
    """Every answer with who gave it; where one was chosen, that it counts."""
    page = composite.page(case).only("")
    names = [one.label for one in page.sources if not one.nothing_known]
    for section in page.sections:
        rows = []
        for line in section.lines:
            said = [f"{name}: {words}" for name, words in zip(names, line.cells, strict=True) if words]
            if line.choice is not None:
                said.append(f"Counts: {line.choice.words} ({line.choice.reason})")
            rows.append((line.label, "\n".join(said)))
        yield Part(f"What agencies said: {section.title}", tuple(rows))
    nothing = [one.label for one in page.sources if one.nothing_known]
    yield Part("Know nothing of the child", tuple((one, "Looked, and found nothing") for one in nothing))


def _analysis(case: Case) -> Iterable[Part]:
    found = reviews.of_case(case)
    if found is None:
        return
    one = analysis_shown.shown(found, reviews.newest(found))
    rows = [("Category", f"{one.category}. {one.category_words}".strip())]
    rows += [(part.label, line.words + (f" ({line.beside})" if line.beside else "")) for part in one.headings
             for line in part.lines]  # fmt: skip
    rows += [(label, words) for _, _, lines in one.said_parts for label, words in lines]
    rows += [("What was learned", line.words) for line in one.learning]
    rows += [
        ("Recommended", f"{line.words} ({line.level}. {line.owner or 'no owner yet'})")
        for line in one.recommendations
    ]
    rows += [("Seen otherwise", f"{line.words} ({line.beside})") for line in one.views]
    yield Part(f"Analysis, version {one.version}, {one.state.lower()}", tuple(rows))
