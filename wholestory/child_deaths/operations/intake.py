"""Taking in what somebody tells us about a death, whichever way it came. Kept as it came and sorted later.

The public page and agencies' own systems do not come through ``take``: they may read nothing, and only call a
function of the database (``sql/notify.sql``), which makes the same rows.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from django.db import transaction

from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import Channel, Notification, Panel
from wholestory.kernel.moments import Moment, london_day
from wholestory.partners.models import Person
from wholestory.records import opening
from wholestory.records.models import Circle, Office, Record

NOTIFICATION = opening.Opening("child_deaths.notification", "DN", "child_deaths")
CIRCLE, OFFICE = "death_intake", "child_deaths"

#: One answer, and all of them: what a person types on such a page fits many times over. The database holds the page
#: to the same.
LONGEST_ANSWER = 4_000
LONGEST = 60_000
MOST_ANSWERS = 80
NOTHINGS = frozenset({"not_known", "not_applicable", "not_asked", "declined"})
_KEY = re.compile(r"^[a-z][a-z0-9_]{0,59}$")

Answer = dict[str, Any]
Answers = Mapping[str, Answer]


class NotTaken(ValueError):
    """The message cannot be kept as it is; the sentence says why."""


def said(value: Any) -> Answer:
    """An answer that says something."""
    return {"value": value}


def nothing(kind: Literal["not_known", "not_applicable", "not_asked", "declined"] = "not_known") -> Answer:
    """An answer that says which kind of nothing it is."""
    return {"nothing": kind}


def fingerprint(panel: Panel, channel: Channel, answers: Answers) -> str:
    """The same for the same message sent twice by the same way."""
    canonical = json.dumps([str(panel.pk), channel.value, dict(answers)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


@transaction.atomic
def take(
    *,
    panel: Panel,
    channel: Channel,
    answers: Answers,
    received: Moment,
    actor: Person,
    form_key: str,
    now: datetime,
    form_version: int = 1,
    raw: Any = None,
) -> Notification:
    """Keep one message about one death, in the panel's board's closed circle for messages not yet sorted.

    ``received`` is when it first reached the panel, as it was told; ``now`` when it was entered. ``raw`` is what
    another system sent, unread. Of a day without a time the end counts, but never a moment after ``now``.

    Raises NotTaken for what cannot be kept; asking.NotForYou for whoever does not run the board's child death reviews.
    """
    if panel.board is None:
        raise NotTaken(f"{panel.name} does not use this system: send it to them instead.")
    if received.on > london_day(now) or (received.timed and received.at > now):
        raise NotTaken("It cannot have been told later than now.")
    checked(answers)
    board = panel.board
    circle, office = doors(panel)
    door = Record(kind=NOTIFICATION.kind, circle=circle, office=office)
    asking.require(actor, Verb.WRITE, door, kind=NOTIFICATION.kind)
    record = opening.sheet(NOTIFICATION, board, circle, office, london_day(now), verb="child_deaths.notified")
    return Notification.objects.create(
        record=record, circle=circle, office=office, panel=panel, channel=channel, received_at=min(received.at, now),
        received_precision=received.precision.value, entered_at=now, entered_by=actor, form_key=form_key,
        form_version=form_version, answers=dict(answers), raw=raw, fingerprint=fingerprint(panel, channel, answers),
    )  # fmt: skip


def doors(panel: Panel) -> tuple[Circle, Office]:
    """Where a panel's new messages are kept. The circle is closed: the office alone opens it."""
    if panel.board is None:
        raise NotTaken(f"{panel.name} does not use this system: send it to them instead.")
    circle, _ = opening.the_circle(panel.board, CIRCLE)
    return circle, opening.office(panel.board, OFFICE)


def checked(answers: Answers) -> None:
    """Raise NotTaken for answers that are not of the shape that is kept, or too long."""
    if not answers:
        raise NotTaken("There is nothing in it.")
    if len(answers) > MOST_ANSWERS or len(json.dumps(dict(answers), ensure_ascii=False).encode()) > LONGEST:
        raise NotTaken("It is too long. Send the story in fewer words, and the rest by another way.")
    for key, answer in answers.items():
        if not _KEY.match(key):
            raise NotTaken("An answer has no proper key.")
        if set(answer) == {"nothing"} and answer["nothing"] in NOTHINGS:
            continue
        if set(answer) != {"value"} or answer["value"] in (None, "", [], {}):
            raise NotTaken(f"“{key}” is neither an answer nor one of the kinds of nothing.")
        if len(json.dumps(answer["value"], ensure_ascii=False)) > LONGEST_ANSWER + 2:
            raise NotTaken(f"“{key}” is too long: at most {LONGEST_ANSWER} letters.")
