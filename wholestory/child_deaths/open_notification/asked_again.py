"""What the page asks only when what was typed makes it a question: which hour it was in the night when the clocks go
back, whether dates that do not fit are meant, and text with a character in it that cannot be kept.

Each comes as an error beside the question it is about, with everything typed still there; nothing needs a script.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from wholestory.child_deaths.forms.clock import WhichClockField, at_clock, happened_twice, typed_in
from wholestory.govuk import forms
from wholestory.kernel.moments import NotAMoment
from wholestory.paperwork.partial_date import PartialDate

#: The questions with a day and a time of day: what is asked of each, and under which name.
TIMED = (("born", "Time of birth"), ("confirmed", "Time the death was confirmed"))
DOES_NOT_FIT = (
    "The death is before the birth. Put right whichever date is wrong."
    " If it is what you were told, tick the box below it"
)
CANNOT_BE_KEPT = (
    "There was a character in this that cannot be kept. It is taken out: read it again before you go on"
)


def add_questions(form: Any) -> None:
    """Add to a form that was sent what has to be asked about what was typed."""
    for name, what in TIMED:
        day, clock = whole(typed_in(form, f"{name}_on")), typed_in(form, f"{name}_time")
        if happened_twice(day, clock):
            form.fields[f"{name}_clock"] = WhichClockField(what)
    if _before_birth(typed_in(form, "born_on"), typed_in(form, "confirmed_on")) or _same_day_too_soon(form):
        form.fields["dates_as_told"] = forms.ConfirmField(
            label="These dates are what I was told: send them as they are", required=False
        )


def check(form: Any, said: dict[str, Any]) -> None:
    """Errors beside the times that never were, the dates that do not fit, and what a database cannot hold."""
    for name, _ in TIMED:
        day, clock = whole(said.get(f"{name}_on")), said.get(f"{name}_time")
        if day and clock:
            try:
                at_clock(day, clock)
            except NotAMoment as trouble:
                form.add_error(f"{name}_time", f"{trouble} Put the time right, or leave it empty")
    if "dates_as_told" in form.fields and not said.get("dates_as_told"):
        form.add_error("confirmed_on", DOES_NOT_FIT)


def whole(typed: Any) -> date | None:
    """A date of which the day is known."""
    known = known_part(typed)
    return known.earliest if known and known.precision == "day" else None


def known_part(typed: Any) -> PartialDate | None:
    """A date as far as it is known."""
    return PartialDate.of(str(typed)) if typed and typed != "unknown" else None


def _before_birth(born: Any, died: Any) -> bool:
    birth, death = known_part(born), known_part(died)
    return bool(birth and death and birth.earliest > death.latest)


def _same_day_too_soon(form: Any) -> bool:
    """Born and died on one day, at times the wrong way round; not in the night when an hour happens twice."""
    born, died = whole(typed_in(form, "born_on")), whole(typed_in(form, "confirmed_on"))
    first, last = typed_in(form, "born_time"), typed_in(form, "confirmed_time")
    if not (born and born == died and first and last and first > last):
        return False
    return not (happened_twice(born, first) or happened_twice(born, last))
