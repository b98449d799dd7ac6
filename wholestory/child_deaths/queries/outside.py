"""What runs beside a review, as its page and the page of the case show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from wholestory.child_deaths.models import (
    Case,
    Disclosure,
    Hold,
    OtherProcess,
    ProcessEntry,
    Relative,
    Suspicion,
)
from wholestory.child_deaths.queries.summaries import Said
from wholestory.child_deaths.rules import facts
from wholestory.child_deaths.rules import outside as rules
from wholestory.child_deaths.rules.other_processes import STILL_GOES_ON, Process
from wholestory.kernel.moments import Moment, on_day

_TONES = {"running": "in_progress", "concluded": "done", "awaited": "waiting", "none": "not_needed"}


@dataclass(frozen=True, slots=True)
class Line:
    """One process as it stands, with how it stood before."""

    id: str
    title: str
    label: str
    colour: str
    about: str
    facts: tuple[tuple[str, str], ...]
    words: str
    changed: str
    earlier: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SuspicionLine:
    """How police see one relative, the newest first; for the people of the case alone."""

    who: str
    standing: str
    agree: bool
    contact: str
    words: str
    when: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the page shows."""

    lines: tuple[Line, ...]
    prompts: tuple[str, ...]
    to_add: tuple[tuple[str, str], ...]
    disclosures: tuple[Disclosure, ...]
    suspicions: tuple[SuspicionLine, ...]
    goes_on: tuple[str, ...]


def page(case: Case) -> Page:
    """Shaped for the page, in a number of queries that does not depend on how much there is."""
    found = list(
        OtherProcess.objects.filter(case=case).select_related("about", "changed_by").order_by("created_at")
    )
    entries: dict[Any, list[ProcessEntry]] = {}
    for entry in ProcessEntry.objects.filter(process__case=case).select_related("by").order_by("created_at"):
        entries.setdefault(entry.process_id, []).append(entry)
    on_hold = frozenset(Hold.objects.filter(case=case, ended_on__isnull=True).values_list("why", flat=True))
    known = [
        rules.Known(
            Process(one.kind),
            one.state,
            one.facts,
            one.holds_review,
            bool(entries.get(one.pk)) and entries[one.pk][-1].after_final,
        )
        for one in found
    ]
    return Page(
        lines=tuple(_line(one, entries.get(one.pk, [])) for one in found),
        prompts=rules.prompts(known, looked_after=case.looked_after_by_id is not None, on_hold=on_hold),
        to_add=tuple((each.value, each.label) for each in rules.offered(case.died_on)),
        disclosures=tuple(
            Disclosure.objects.filter(case=case).select_related("by").order_by("-on", "-created_at")
        ),
        suspicions=_suspicions(case),
        goes_on=STILL_GOES_ON if "criminal" in on_hold else (),
    )


def _line(one: OtherProcess, entries: list[ProcessEntry]) -> Line:
    process = Process(one.kind)
    return Line(
        str(one.pk),
        process.label,
        one.get_state_display(),
        _TONES[one.state],
        f"{one.about.relation.capitalize()}: {one.about.name}" if one.about else "",
        facts.shown(rules.shown_fields(process), one.facts),
        one.words,
        f"{facts.day_words(one.changed_on)}, {one.changed_by}",
        tuple(
            f"{facts.day_words(each.on)}, {each.by}: {each.get_state_display()}. "
            + "; ".join(
                f"{label}: {words}" for label, words in facts.shown(rules.shown_fields(process), each.facts)
            )
            for each in entries[:-1]
        ),
    )


def _suspicions(case: Case) -> tuple[SuspicionLine, ...]:
    seen: set[Any] = set()
    found = []
    rows = Suspicion.objects.filter(case=case).select_related("relative", "by")
    for one in rows.order_by("-on", "-created_at"):
        found.append(
            SuspicionLine(
                f"{one.relative.relation.capitalize()}: {one.relative.name}",
                one.get_standing_display(),
                one.police_agree,
                one.contact,
                one.words,
                f"{facts.day_words(one.on)}, {one.by}",
                one.relative_id not in seen,
            )
        )
        seen.add(one.relative_id)
    return tuple(found)


def newest_suspicion(relative_id: Any) -> Suspicion | None:
    """How police see a relative now, as far as the reader may see it at all."""
    return Suspicion.objects.filter(relative=relative_id).order_by("-on", "-created_at").first()


def relatives(case: Case) -> list[Relative]:
    """The child's family and household."""
    return list(Relative.objects.filter(child=case.child_id).order_by("created_at"))


def inquest_settled(case: Case) -> bool:
    """Whether no inquest is awaited or running: what the panel waits for."""
    return not OtherProcess.objects.filter(
        case=case, kind=Process.INQUEST, state__in=("awaited", "running")
    ).exists()


def inquest_result(case: Case) -> Moment | None:
    """When the result of the inquest was known, where there was one."""
    concluded = OtherProcess.objects.filter(case=case, kind=Process.INQUEST, state="concluded").first()
    day: date | None = facts.day_of(concluded.facts.get("concluded_on")) if concluded else None
    return on_day(day) if day else None


def summary(case: Case) -> list[Said]:
    """One line: what runs beside the review, and what has ended. One query."""
    url = reverse("child_deaths:processes", args=[case.record.reference])
    found = list(OtherProcess.objects.filter(case=case).order_by("created_at").values_list("kind", "state"))
    if not found:
        return [Said("Coroner, police and other reviews", "Nothing recorded yet", url, "not_started")]
    waiting = [Process(kind).label for kind, state in found if state in ("running", "awaited")]
    ended = sum(state in ("concluded", "none") for _, state in found)
    words = f"Running or awaited: {'; '.join(dict.fromkeys(waiting))}" if waiting else "Nothing is running"
    if ended:
        words += f". Ended or not needed: {ended}"
    return [Said("Coroner, police and other reviews", words, url, "in_progress" if waiting else "done")]
