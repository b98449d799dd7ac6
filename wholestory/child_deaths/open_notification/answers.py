"""What was typed on the page, as answers: each says something, or which kind of nothing it is. What was left empty and
never asked to be filled is no answer at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.http import QueryDict

from wholestory.child_deaths.open_notification.asked_again import known_part
from wholestory.child_deaths.open_notification.forms import SECTIONS, NotificationForm, asked
from wholestory.child_deaths.rules.matching import folding
from wholestory.govuk.forms import PartialDateField
from wholestory.govuk.forms.dates import DateBoxes
from wholestory.paperwork.partial_date import PartialDate

#: The form whose keys these are: the current set's, in its newest edition.
FORM_KEY, FORM_VERSION = "notification", 3
NAMELESS = ("forenames", "surname")
Answers = dict[str, dict[str, Any]]


def answers_of(said: Mapping[str, Any]) -> Answers:
    """The cleaned form as answers, by question key."""
    found: Answers = {}
    for _, names in SECTIONS:
        for name in names:
            value = said.get(name)
            if value in ("not_known", "unknown"):
                found[name] = {"nothing": "not_known"}
            elif value not in (None, "", [], False):
                # Numbers as the form keeps them: their digits.
                found[name] = {"value": str(value) if isinstance(value, int) and value is not True else value}
    found.pop("dates_as_told", None)
    if found.pop("no_name", None):
        for name in NAMELESS:
            found.setdefault(name, {"nothing": "not_known"})
    if "nhs_number" in found:
        found["nhs_number"] = {"value": folding.number(said["nhs_number"]) or said["nhs_number"]}
        found.pop("nhs_number_absent", None)
    return found


def warnings_of(said: Mapping[str, Any]) -> list[str]:
    """What to look at once more before sending. None of it stops anybody."""
    found = []
    typed = str(said.get("nhs_number") or "")
    if typed and not (figures := folding.number(typed)):
        found.append("The NHS number is not ten figures. Check it, or send it as it is.")
    elif typed and not folding.checks(figures):
        found.append(
            "The last figure of the NHS number does not fit the others: one may be mistyped. Check it, or send it."
        )
    born, died = known_part(said.get("born_on")), known_part(said.get("confirmed_on"))
    if said.get("dates_as_told"):
        found.append("The death is before the birth, and you said that this is what you were told.")
    elif born and died and _birthday(born.latest, 18) <= died.earliest:
        found.append("By these dates the person was 18 or over. Send it if you believe they were younger.")
    if not said.get("circumstances"):
        found.append("You have not said what happened.")
    return found


def shown(form: NotificationForm) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The answers under their headings, in words, for the page where they are checked."""
    for heading, names in asked(form):
        rows = []
        for name in names:
            words = _words(form, name)
            if words:
                rows.append((str(form.fields[name].label).replace(" (optional)", ""), words))
        if rows:
            yield heading, rows


def typed(form: NotificationForm) -> Iterator[tuple[str, str]]:
    """Everything typed, box by box, so that it goes along on the page and nothing is kept in between."""
    boxes: list[str] = []
    for name, field in form.fields.items():
        if isinstance(field.widget, DateBoxes):
            boxes += [f"{name}-{part}" for part in (*DateBoxes.parts, "unknown", "approximate")]
        else:
            boxes.append(name)
    for box in boxes:
        values = form.data.getlist(box) if isinstance(form.data, QueryDict) else ()
        for value in values:
            yield box, value


def _words(form: NotificationForm, name: str) -> str:
    value, field = form.cleaned_data.get(name), form.fields[name]
    if value in (None, "", [], False):
        return ""
    if isinstance(field, PartialDateField):
        return "Not known" if value == "unknown" else PartialDate.of(str(value)).in_words()
    if value is True:
        return "Yes"
    choices = dict(getattr(field, "choices", ()) or ())
    if isinstance(value, list):
        return ", ".join(str(choices.get(one, one)) for one in value)
    return str(choices.get(value, value))


def _birthday(born: date, age: int) -> date:
    """The day somebody reaches an age; somebody born on 29 February, in other years, on 1 March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)
