"""The death and its moments in words, as pages and copy sheets say them."""

from __future__ import annotations

from datetime import date, datetime

from wholestory.child_deaths.models import Case, Child
from wholestory.child_deaths.rules.code_lists import PLACES_OF_DEATH, label_in
from wholestory.child_deaths.rules.partial_ages import Span, part_in_words, span
from wholestory.child_deaths.rules.regimes import Regime
from wholestory.kernel.moments import LONDON, Precision, shown, shown_day

KIND_OF_PLACE = "Kind of place"


def death_in_words(case: Case) -> list[tuple[str, str]]:
    """What is held of the death, under the words a page uses; what is empty is left out."""
    rows = [
        ("Death confirmed", _moment(case.confirmed_at, case.confirmed_precision) or _part(case.died_part)),
        ("What led to it began", _moment(case.event_at, case.event_precision)),
        ("Found", _moment(case.found_at, case.found_precision)),
        ("Certified", _moment(case.certified_at, case.certified_precision)),
        ("Where the child died", ", ".join(p for p in (case.place_name, str(case.place_area or "")) if p)),
        (KIND_OF_PLACE, label_in(PLACES_OF_DEATH, case.place_kind)),
        ("Where it began", ", ".join(p for p in (case.event_place, str(case.event_area or "")) if p)),
        ("Died abroad, in", case.died_abroad_in),
        ("Expected?", case.get_expected_display()),
        ("What happened", case.circumstances),
        ("Suspected cause", case.suspected_cause),
        ("Process", Regime(case.regime).label),
        ("Forms", case.get_form_set_display()),
        ("Home area", case.home_area.name if case.home_area else "Not decided"),
        ("Looked after by", case.looked_after_by.name if case.looked_after_by else ""),
    ]
    return [row for row in rows if row[1]]


def birth_in_words(child: Child) -> str:
    """The day of birth, or as much of it as is known."""
    return _part(child.born_part) if child.born_part else day_in_words(child.born_on, child.born_precision)


def spans_of(case: Case) -> tuple[Span | None, Span | None]:
    """The days on which the child can have been born, and can have died."""
    return span(case.child.born_on, case.child.born_part), span(case.died_on, case.died_part)


def _part(part: str) -> str:
    return f"{part_in_words(part)}, day not known" if part else ""


def day_in_words(day: date | None, precision: str) -> str:
    if day is None:
        return "Not known"
    words = shown_day(day)
    return words if precision == Precision.DATE.value else f"about {words}"


def _moment(at: datetime | None, precision: str) -> str:
    if at is None:
        return ""
    if precision in (Precision.DATE.value, Precision.TIME_UNKNOWN.value):
        return f"{shown_day(at.astimezone(LONDON).date())}, time not known"
    return f"about {shown(at)}" if precision == Precision.ABOUT.value else shown(at)
