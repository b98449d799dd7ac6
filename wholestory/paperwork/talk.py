"""Comments beside a question: what colleagues say to each other while they answer. Never part of the answer.

They are kept in a circle of their own, handed in by the room that mounts the form: a self-audit's comments are seen by
the agency's own people, not by the board. They are in no print, PDF, copy, export or signature.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from wholestory import ledger
from wholestory.paperwork.given import Place
from wholestory.paperwork.models import AnswerSet, Comment
from wholestory.partners.models import Person
from wholestory.records.models import Circle, Office

LONGEST = 2_000


class NoWords(ValueError):
    """There is nothing to keep, or too much; the message is fit for the person who typed it."""


@dataclass(frozen=True)
class Talk:
    """Where a form's comments are kept and who reads them, for one request. ``kept_in`` makes the circle and the office
    when the first comment is kept; ``who`` ends the sentence "Seen by"."""

    kept_in: Callable[[], tuple[Circle, Office]]
    who: str


@dataclass(frozen=True)
class Said:
    """One comment as a page shows it."""

    words: str
    by: str
    at: datetime
    settled: str


def comments_of(form_set: AnswerSet, keys: Collection[str] | None = None) -> dict[Place, list[Said]]:
    """The comments a person may see, by place, oldest first: one query."""
    rows = (
        Comment.objects.filter(answer_set=form_set)
        .select_related("said_by", "settled_by")
        .order_by("said_at", "id")
    )
    if keys is not None:
        rows = rows.filter(key__in=keys)
    found: dict[Place, list[Said]] = defaultdict(list)
    for row in rows:
        settled = row.settled_by.full_name if row.settled_by else ""
        found[Place(row.key, row.item)].append(Said(row.words, row.said_by.full_name, row.said_at, settled))
    return found


def open_at(form_set: AnswerSet) -> dict[Place, int]:
    """How many comments wait at each place: one query."""
    rows = Comment.objects.filter(answer_set=form_set, settled_at=None).order_by().values_list("key", "item")
    return {Place(key, item): number for key, item, number in rows.annotate(n=Count("id"))}


@transaction.atomic
def say(
    *, actor: Person, form_set: AnswerSet, talk: Talk, place: Place, words: str, now: datetime
) -> Comment:
    """Keep a comment. The same words of one person at one place, still open, are one: a button pressed twice."""
    words = words.strip()
    if not words:
        raise NoWords("Write your comment")
    if len(words) > LONGEST:
        raise NoWords(f"Your comment must be {LONGEST:,} characters or fewer")
    ledger.line("paperwork.commented", form_set.record)
    standing = Comment.objects.filter(
        answer_set=form_set, key=place.key, item=place.item, words=words, said_by=actor, settled_at=None
    ).first()
    if standing is not None:
        return standing
    circle, office = talk.kept_in()
    return Comment.objects.create(
        circle=circle, office=office, answer_set=form_set, key=place.key, item=place.item, words=words,
        said_by=actor, said_at=now,
    )  # fmt: skip


@transaction.atomic
def settle(*, actor: Person, form_set: AnswerSet, place: Place, now: datetime) -> int:
    """Mark what was said at a place as settled; it stays to be read. How many were open."""
    ledger.line("paperwork.comments_settled", form_set.record)
    rows = Comment.objects.filter(answer_set=form_set, key=place.key, item=place.item, settled_at=None)
    return rows.update(settled_by=actor, settled_at=now)
