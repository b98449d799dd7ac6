"""The page of a case: the child, the death, where it stands, its limits, and a line from each piece of the work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from wholestory.child_deaths import pathway
from wholestory.child_deaths.models import Address, Case, Identifier, LeadDecision, NotificationStep, Transfer
from wholestory.child_deaths.queries import (
    family,
    holds,
    limits,
    national,
    outside,
    requests,
    response,
    review,
)
from wholestory.child_deaths.queries.caseload import age_band
from wholestory.child_deaths.queries.in_words import KIND_OF_PLACE, birth_in_words, death_in_words, spans_of
from wholestory.child_deaths.queries.summaries import Said
from wholestory.child_deaths.queries.where_from import told_in, with_source
from wholestory.child_deaths.rules import nhs_number
from wholestory.child_deaths.rules.code_lists import ETHNICITY_2015, NHS_ETHNICITY
from wholestory.child_deaths.rules.partial_ages import age_words
from wholestory.child_deaths.rules.told_particulars import Told
from wholestory.kernel.moments import Moment, Precision
from wholestory.pathways.models import StageChange
from wholestory.pathways.queries import clocks

#: What each piece of the work says of a case, in the order of the page.
SUMMARIES: tuple[Callable[[Case], Sequence[Said]], ...] = (
    response.summary, requests.summary, outside.summary, holds.summary, family.summary, review.summary,
    national.summary,
)  # fmt: skip

#: What happened to a case, by the name its history keeps it under: the moves of its pathway and what is written beside.
MOVES_IN_WORDS: dict[str, str] = {
    **{move.name: move.label for move in pathway.CASE.moves},
    "begun": "Began to be sorted",
    "brought_in": "Brought in from a list of earlier cases",
    "entry_taken_back": "The national entry was taken back with its list",
    "put_back": "Put back where it stood before",
}


def find() -> QuerySet[Case]:
    """Cases with all that the page shows of the row itself."""
    return Case.objects.select_related(
        "record__standing", "record__board", "child", "panel", "home_area", "place_area", "event_area",
        "looked_after_by", "merged_into__record",
    )  # fmt: skip


@dataclass(frozen=True)
class Page:
    """Everything the page shows besides the case's own row."""

    name: str
    age: str
    child: list[tuple[str, str]]
    death: list[tuple[str, str]]
    clocks: list[clocks.ClockRow]
    lines: list[Said]
    messages: list[NotificationStep]
    leads: list[LeadDecision]
    transfers: list[Transfer]
    history: list[tuple[date, str, str, str]]


def page(case: Case, now: Moment) -> Page:
    """Shaped for the page, in a number of queries that does not depend on how much there is."""
    child = case.child
    names = list(child.names.order_by("created_at"))
    messages = list(
        NotificationStep.objects.filter(case=case)
        .select_related("notification__record", "by")
        .order_by("notification__received_at")
    )
    told = told_in(messages)
    return Page(
        name=str(names[0]) if names else "No name given",
        age=_age(case),
        child=_child(case, [str(name) for name in names[1:]], told),
        death=[
            (label, with_source(case, "place_kind", words, told) if label == KIND_OF_PLACE else words)
            for label, words in death_in_words(case)
        ],
        clocks=limits.of_case(case, now),
        lines=lines(case),
        messages=messages,
        leads=list(
            LeadDecision.objects.filter(case=case)
            .select_related("leads", "by", "home_area")
            .order_by("-created_at")
        ),
        transfers=list(
            Transfer.objects.filter(case=case)
            .select_related("to_panel", "from_panel", "record")
            .order_by("-sent_at")
        ),
        history=_history(case),
    )


def _history(case: Case) -> list[tuple[date, str, str, str]]:
    """Day, what happened, by whom, and why, newest first."""
    changes = StageChange.objects.filter(record=case.record).select_related("by").order_by("-created_at")
    return [
        (
            one.on,
            MOVES_IN_WORDS.get(one.move, "Moved on"),
            str(one.by),
            one.reason,
        )
        for one in changes
    ]


def lines(case: Case) -> list[Said]:
    """One line, or a few, from each piece of the work."""
    found: list[Said] = []
    for summary in SUMMARIES:
        found += summary(case)
    return found


def _label(codes: Sequence[Any], key: str) -> str:
    """A code in words; one that is on no list is shown as it is."""
    return next((one.label for one in codes if one.key == key), key)


def _number(one: Identifier) -> str:
    return nhs_number.in_words(one.value) if one.kind == Identifier.Kind.NHS else one.value


def _age(case: Case) -> str:
    if case.child.born_on is not None and case.child.born_precision != Precision.DATE.value:
        return age_band(case)
    return age_words(*spans_of(case)) or age_band(case)


def _fifth(home: Address) -> str:
    return f"deprivation: fifth {home.deprivation} of 5 (1 is the most deprived)" if home.deprivation else ""


def _child(case: Case, other_names: Sequence[str], told: Sequence[Told]) -> list[tuple[str, str]]:
    child = case.child
    rows = [
        ("Date of birth", birth_in_words(child)),
        ("Sex", with_source(case, "sex", child.get_sex_display(), told)),
        ("Also known as", "; ".join(other_names)),
    ]
    rows += [
        (
            one.get_kind_display(),
            _number(one) if one.belongs_to == "child" else f"{_number(one)} ({one.get_belongs_to_display()})",
        )
        for one in child.identifiers.order_by("created_at")
    ]
    rows += [
        (one.get_kind_display(), ", ".join(part for part in (one.lines, one.postcode, _fifth(one)) if part))
        for one in child.addresses.order_by("created_at")
    ]
    rows += [(one.relation.capitalize(), one.name) for one in child.relatives.order_by("created_at")]
    if child.born_as in ("twin", "more"):
        order = f", born number {child.birth_order}" if child.birth_order else ""
        rows.append(("Born as", f"{child.get_born_as_display()}{order}"))
    if child.gestation_weeks:
        weeks = with_source(case, "gestation_weeks", str(child.gestation_weeks), told)
        rows.append(("Weeks of pregnancy", weeks))
    if child.birthweight_grams:
        weight = with_source(case, "birthweight_grams", f"{child.birthweight_grams} g", told)
        rows.append(("Birthweight", weight))
    if child.ethnicity:
        words = _label((*ETHNICITY_2015, *NHS_ETHNICITY), child.ethnicity)
        rows.append(("Ethnicity", with_source(case, "ethnicity", words, told)))
    return [row for row in rows if row[1]]


def steps(case: Case) -> list[tuple[str, str]]:
    """What can be done next at the stage where the case stands: label and address."""
    standing = getattr(case.record, "standing", None)
    reference = case.record.reference
    if standing is None:
        return []
    names = {move.name for move in pathway.CASE.moves_from(standing.stage)}
    offered = (
        ("taken_on", "Sort: is it reviewed, and who leads?", "child_deaths:sort"),
        ("accepted_elsewhere", "Hand over to another panel", "child_deaths:hand_over"),
        ("taken_back_in", "Take up after all", "child_deaths:take_back_in"),
    )
    return [(label, reverse(url, args=[reference])) for name, label, url in offered if name in names]
