"""What waits to be sent and is no longer so: a room is asked, before its messages go, which were dealt with meanwhile.

The room registers for a kind of record when it starts; what is written about anything else goes as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from wholestory.correspondence.models import Letter, LetterStatus, Message

Asked = Callable[[Sequence[Message]], Collection[UUID]]


def _signed_letters(messages: Sequence[Message]) -> set[UUID]:
    """Letters somebody was asked to sign, and that are signed or withdrawn since."""
    asked = {one.id: one.about_id for one in messages if one.kind == "letter_to_sign"}
    waiting = Letter.objects.filter(record__in=asked.values(), status=LetterStatus.PREPARED)
    wait = set(waiting.values_list("record_id", flat=True))
    return {key for key, about in asked.items() if about not in wait}


_ASKED: dict[str, Asked] = {Letter.record_kind: _signed_letters}


def register(kind: str, asked: Asked) -> None:
    """Ask ``asked`` about messages about records of ``kind``: which of them, by id, are no longer so.

    It is called as the system, for many messages at once, and takes the same number of queries however many they are.
    """
    _ASKED[kind] = asked


def overtaken(messages: Sequence[Message]) -> set[UUID]:
    """The messages that are no longer so."""
    about: dict[str, list[Message]] = defaultdict(list)
    for one in messages:
        if one.about is not None and one.about.kind in _ASKED:
            about[one.about.kind].append(one)
    return {key for kind, some in about.items() for key in _ASKED[kind](some)}
