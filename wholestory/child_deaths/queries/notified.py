"""Messages about deaths, as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from wholestory.child_deaths.forms.clock import CLOCKS
from wholestory.child_deaths.models import Case, Notification, NotificationStep, Settled
from wholestory.child_deaths.open_notification.forms import NotificationForm
from wholestory.child_deaths.rules import nhs_number, told
from wholestory.child_deaths.rules.ages import BornAfterDeath, band_at
from wholestory.govuk.parts import Link, Tag
from wholestory.kernel.moments import shown
from wholestory.paperwork import registry
from wholestory.paperwork.form import walk
from wholestory.paperwork.partial_date import PartialDate
from wholestory.paperwork.questions.base import Question
from wholestory.paperwork.questions.choosing import Choices
from wholestory.paperwork.registry import NotShipped

_NOTHING = {
    "not_known": "Not known", "not_applicable": "Does not apply", "not_asked": "Not asked",
    "declined": "Declined to say",
}  # fmt: skip
_ALSO = {
    "born_clock": "Time of birth: before or after the clocks went back",
    "confirmed_clock": "Time the death was confirmed: before or after the clocks went back",
    "notifier_name": "Told by", "notifier_role": "What they do", "notifier_organisation": "Where they work",
    "notifier_telephone": "Their telephone number", "notifier_email": "Their email address",
}  # fmt: skip
_WHICH_CLOCK = {"born_clock": CLOCKS, "confirmed_clock": CLOCKS}


def every() -> QuerySet[Notification]:
    """Messages the acting person may see, each with what became of it (``settled``, ``settled_case``)."""
    newest = NotificationStep.objects.filter(notification=OuterRef("pk")).order_by("-at", "-created_at")
    return Notification.objects.select_related("record", "panel", "entered_by").annotate(
        settled=Subquery(newest.values("settled")[:1]), settled_case=Subquery(newest.values("case")[:1])
    )


@dataclass(frozen=True)
class NotificationLine:
    """A message in a list: no name, because lists name nobody."""

    record_id: UUID
    reference: Any
    received: str
    channel: str
    age: str
    told_by: str
    state: Any
    case: Any


def lines(rows: Sequence[Any]) -> list[NotificationLine]:
    """Lines for a page of messages: one query for their cases, whatever their number."""
    cases = {
        case.pk: case.record.reference
        for case in Case.objects.filter(
            pk__in=[row.settled_case for row in rows if row.settled_case]
        ).select_related("record")
    }
    return [_line(row, cases.get(row.settled_case)) for row in rows]


def _line(row: Any, case: str | None) -> NotificationLine:
    who = told.identity(row.answers)
    reference = row.record.reference
    return NotificationLine(
        row.record_id,
        Link(reference, reverse("child_deaths:notification", args=[reference])),
        shown(row.received_at),
        row.get_channel_display(),
        age_words(who.born.whole if who.born else None, who.died.whole if who.died else None),
        told.said(row.answers, "notifier_organisation")
        or told.said(row.answers, "notifier_role")
        or "Not said",
        state_tag(row.settled),
        Link(case, reverse("child_deaths:case", args=[case])) if case else "",
    )


def age_words(born: Any, died: Any) -> str:
    """The age band, or that the dates do not fit."""
    try:
        return band_at(born, died).label
    except BornAfterDeath:
        return "Dates do not fit"


def settled(notification: Notification) -> str | None:
    """What became of a message that came from ``every``: a key of ``Settled``, or None while nobody has decided."""
    return notification.__dict__.get("settled")


def state_tag(settled: str | None) -> Tag:
    """What became of a message."""
    if settled is None:
        return Tag("To sort", "overdue")
    words = {
        Settled.OPENED: ("Opened a case", "done"), Settled.JOINED: ("Joined to a case", "done"),
        Settled.NO_CASE: ("No case", "not_needed"), Settled.PARTED: ("To sort again", "overdue"),
    }  # fmt: skip
    label, colour = words[Settled(settled)]
    return Tag(label, colour)


def in_words(notification: Notification) -> list[tuple[str, str]]:
    """Every answer as it came, under its question's words, in the order of the form; unknown keys come last."""
    return said_in(notification.answers, notification.form_key, notification.form_version)


def said_in(
    answers: dict[str, Any], form_key: str = "notification", version: int = 1
) -> list[tuple[str, str]]:
    """The same for answers that came otherwise, such as from another panel."""
    asked = _questions(form_key, version)
    order = {key: place for place, key in enumerate([*asked, *NotificationForm.base_fields])}
    found = sorted(answers, key=lambda key: (order.get(key, len(order)), key))
    return [
        (_label(asked.get(key), key), answer_in_words(answers[key], key, asked.get(key))) for key in found
    ]


def _questions(form_key: str, version: int) -> dict[str, Question]:
    try:
        form = registry.version(form_key, version)
    except NotShipped:
        return {}
    return {one.question.key: one.question for one in walk(form)}


def _label(question: Question | None, key: str) -> str:
    if key in _ALSO:
        return _ALSO[key]
    if question is not None:
        return question.label
    field = NotificationForm.base_fields.get(key)
    return str(field.label).replace(" (optional)", "") if field else key.replace("_", " ").capitalize()


def answer_in_words(answer: dict[str, Any], key: str, question: Question | None = None) -> str:
    """One answer as people read it: the label of what was chosen, a date in words. The open page offers a few answers
    that the national form does not; what stands on neither is shown as it came."""
    if "nothing" in answer:
        return _NOTHING.get(answer["nothing"], str(answer["nothing"]))
    value = answer.get("value")
    if isinstance(value, list):
        return "\n".join(_one_in_words(one, key, question) for one in value)
    if isinstance(value, dict):
        value = (
            "-".join(str(value[part]).zfill(2) for part in ("year", "month", "day") if value.get(part))
            or value
        )
    return _one_in_words(value, key, question)


def _one_in_words(value: Any, key: str, question: Question | None) -> str:
    text = str(value)
    if isinstance(question, Choices):
        words = question.value_in_words([text])
    else:
        words = question.value_in_words(value) if question is not None else text
    if words != text:
        return words
    offered = dict(getattr(NotificationForm.base_fields.get(key), "choices", ()) or _WHICH_CLOCK.get(key, ()))
    if text in offered:
        return str(offered[text])
    if key in ("nhs_number", "mother_nhs_number") and nhs_number.is_valid(text):
        return nhs_number.in_words(text)
    if key.endswith("_on"):
        try:
            return PartialDate.of(text).in_words()
        except ValueError:
            return text
    return text
