"""What the rules propose for a case that is being sorted. A person decides; the proposal shows its grounds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from wholestory.child_deaths.models import Case, Panel
from wholestory.child_deaths.queries.in_words import spans_of
from wholestory.child_deaths.rules import routing, scope
from wholestory.partners.models import Area

_KNOWN = {"yes": True, "no": False}


def scope_of(case: Case, said: Mapping[str, Any]) -> scope.Scope:
    """Whether the death is reviewed, by what the case holds and what was answered (``forms.sorting.ScopeForm``)."""
    born, died = spans_of(case)
    if case.child.age_uncertain or born is None or died is None:
        return _scope_of(case, said, case.child.born_on, case.died_on)
    if born[0] == born[1] and died[0] == died[1]:
        return _scope_of(case, said, born[0], died[0])
    # Only a month or a year is known: what holds for the first and the last day it can have been, holds.
    found = [_scope_of(case, said, first, last) for first in born for last in died if first <= last]
    agreed = len({one.verdict for one in found}) == 1
    return found[0] if agreed else _scope_of(case, said, None, None)


def _scope_of(case: Case, said: Mapping[str, Any], born: date | None, died: date | None) -> scope.Scope:
    child = case.child
    weeks = said.get("gestation_weeks") or child.gestation_weeks
    return scope.scope_of(
        scope.WhatIsKnown(
            born_on=None if child.age_uncertain else born,
            died_on=died,
            believed_under_18=_KNOWN.get(said.get("believed_under_18") or "")
            if child.age_uncertain
            else None,
            signs_of_life=_KNOWN.get(said.get("signs_of_life") or ""),
            gestation_weeks=int(weeks) if weeks else None,
            legal_termination=said.get("legal_termination") == "yes",
            attended=_KNOWN.get(said.get("attended") or ""),
        )
    )


def routing_of(case: Case) -> routing.Routing:
    """Who is proposed to lead, who is to be told, whose coroner it is, each with its reason."""
    panels = _panels()
    return routing.route(
        routing.Circumstances(
            ours=case.panel.short_name,
            residence=_place(case.home_area, panels),
            died_at=_died_at(case, panels),
            event_at=_place(case.event_area, panels),
            looked_after_by=_place(case.looked_after_by, panels),
            died_named=case.place_name,
            event_named=case.event_place,
        )
    )


def places_known(case: Case) -> list[tuple[str, str]]:
    """What was said of where: each place in words, with its area where somebody has put it in."""
    homes = [
        ", ".join(part for part in (*one.lines.split("\n"), one.postcode) if part.strip())
        for one in case.child.addresses.filter(withheld=False).order_by("created_at")
    ]
    found = [
        ("Home, as told", "; ".join(homes), case.home_area),
        ("Died", case.died_abroad_in or case.place_name, case.place_area),
        ("It began", case.event_place, case.event_area),
    ]
    return [
        (
            label,
            f"{words} ({area.name})" if words and area else words or (area.name if area else "Not recorded"),
        )
        for label, words, area in found
    ]


def _panels() -> dict[Any, Panel]:
    through = Panel.areas.through.objects.select_related("panel")
    return {row.area_id: row.panel for row in through}


def _place(area: Area | None, panels: Mapping[Any, Panel]) -> routing.Place | None:
    if area is None:
        return None
    panel = panels.get(area.pk)
    nation = routing.Nation(panel.nation if panel and panel.nation != "ni" else "england") if panel else None
    return routing.Place(area.name, panel.short_name if panel else "", nation or routing.Nation.ENGLAND)


def _died_at(case: Case, panels: Mapping[Any, Panel]) -> routing.Place | None:
    if case.died_abroad_in:
        return routing.Place(case.died_abroad_in, "", routing.Nation.ABROAD)
    return _place(case.place_area, panels)
