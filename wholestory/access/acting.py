"""Who acts. Every transaction names the person (and the seat they act in), or nobody and sees nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, transaction

if TYPE_CHECKING:
    from wholestory.partners.models import Board, Person, Seat

log = logging.getLogger(__name__)

#: Arrays of circles are compared row by row: 200 are fast, a thousand are not. Wider duties use offices.
MOST_CIRCLES = 200

#: The system's own actors, with fixed keys so that every installation names them alike.
SYSTEM_ACTORS: dict[str, tuple[UUID, str]] = {
    "timekeeper": (UUID("00000000-0000-4000-8000-000000000001"), "Wholestory timekeeper"),
    "postroom": (UUID("00000000-0000-4000-8000-000000000002"), "Wholestory postroom"),
    "tally": (UUID("00000000-0000-4000-8000-000000000003"), "Wholestory counts"),
    "keeper": (UUID("00000000-0000-4000-8000-000000000004"), "Wholestory access keeper"),
    "founder": (UUID("00000000-0000-4000-8000-000000000005"), "Wholestory set-up"),
}


@dataclass(frozen=True)
class Acting:
    """A person in a seat, or (``board`` set) one of the system's actors for a whole board."""

    person: UUID
    seat: UUID | None = None
    board: UUID | None = None


_current: ContextVar[Acting | None] = ContextVar("acting", default=None)

#: Answers of this transaction about who may see what, each with the savepoints it was given under.
Remembered = dict[Any, tuple[tuple[Any, ...], Any]]
_remembered: ContextVar[Remembered | None] = ContextVar("acting_remembered", default=None)


def current() -> Acting | None:
    """Who acts now, if anybody."""
    return _current.get()


def remember(about: Any, answer: Any) -> None:
    """Keep an answer about who may see what, for as long as the same person acts and nobody is let in or kept out."""
    known = _remembered.get()
    if known is not None:
        known[about] = (tuple(connection.savepoint_ids), answer)


def remembered(about: Any) -> Any:
    """The answer kept for this question, or None. One given under a savepoint counts nowhere outside it, because
    what it rests on may have been rolled back."""
    given_under, answer = (_remembered.get() or {}).get(about, ((), None))
    now_under = tuple(connection.savepoint_ids)
    return answer if now_under[: len(given_under)] == given_under else None


def forget() -> None:
    """Who may see what may have changed: ask again."""
    known = _remembered.get()
    if known is not None:
        known.clear()


def state(cursor: Any, who: Acting) -> None:
    """Tell the database who acts in this transaction."""
    if who.board is not None:
        cursor.execute("select access_act_as_system(%s, %s)", [who.person, who.board])
        return
    cursor.execute("select access_act_as(%s, %s)", [who.person, who.seat])
    circles = cursor.fetchone()[0]
    if circles > MOST_CIRCLES:
        log.warning("a person is in more circles than lists are fast for", extra={"circles": circles})


@contextmanager
def stated(who: Acting) -> Iterator[None]:
    before = _current.get()
    token = _current.set(who)
    memory = _remembered.set({})
    outermost = not connection.in_atomic_block
    try:
        with transaction.atomic():
            if not outermost:
                with connection.cursor() as cursor:
                    state(cursor, who)
            yield
            if not outermost and before is not None and not connection.needs_rollback:
                with connection.cursor() as cursor:
                    state(cursor, before)
            elif not outermost and before is None and not connection.needs_rollback:
                nobody(connection)
    finally:
        _remembered.reset(memory)
        forget()  # whoever acted before may be let in further now
        _current.reset(token)


def nobody(using: Any) -> None:
    """Forget who acts: protected tables show nothing again."""
    with using.cursor() as cursor:
        cursor.execute(
            "select set_config('app.person', '', true), set_config('app.seat', '', true),"
            " set_config('app.circles', '', true), set_config('app.offices', '', true),"
            " set_config('app.refused', '', true), set_config('app.read_only', '', true)"
        )


def only_for_reading() -> list[int]:
    """The circles the acting person is in by emergency access alone: nothing in them is exported."""
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(nullif(current_setting('app.read_only', true), ''), '{}')::int[]")
        return list(cursor.fetchone()[0])


@contextmanager
def acting_as(person: Person, seat: Seat | None = None) -> Iterator[None]:
    """A transaction in which ``person`` acts (in ``seat``, for those who hold several team seats)."""
    with stated(Acting(person.id, seat.id if seat else None)):
        yield


@contextmanager
def as_system(board: Board | UUID, actor: str = "tally") -> Iterator[None]:
    """A transaction in which a named system actor sees everything of one board; nested ones give way again after."""
    with stated(Acting(SYSTEM_ACTORS[actor][0], None, board if isinstance(board, UUID) else board.id)):
        yield


def refresh() -> None:
    """State the acting person again, after a change to who may see what within the same transaction."""
    forget()
    who = _current.get()
    if who is not None and connection.in_atomic_block:
        with connection.cursor() as cursor:
            state(cursor, who)
