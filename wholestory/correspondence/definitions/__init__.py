"""Every kind of message and its wording. A room with kinds of its own registers them when it starts."""

from __future__ import annotations

from wholestory.correspondence.definitions.agencies import TO_AGENCIES
from wholestory.correspondence.definitions.board import TO_THE_BOARD
from wholestory.correspondence.rules.wording import CannotWork, Wording

DIGEST, LETTER, PLAIN = "digest", "letter", "plain"
"""Kinds whose text does not come from a wording: several in one, a signed letter, and what another room worded."""

_WORDINGS: dict[str, Wording] = {}
_TITLES: dict[str, str] = {DIGEST: "Digest", LETTER: "Letter", PLAIN: "Notice"}


def register(*wordings: Wording) -> None:
    """Make kinds of message known. Raises CannotWork when a kind is known already with other words."""
    for wording in wordings:
        if _WORDINGS.get(wording.kind, wording) != wording or wording.kind in _TITLES:
            raise CannotWork(f"the kind “{wording.kind}” is worded twice")
        _WORDINGS[wording.kind] = wording


def wording(kind: str) -> Wording:
    """The wording of a kind. Raises KeyError for a kind nobody registered."""
    return _WORDINGS[kind]


def titles() -> dict[str, str]:
    """Every kind and what people call it, in the order of the alphabet."""
    every = _TITLES | {kind: one.title for kind, one in _WORDINGS.items()}
    return dict(sorted(every.items(), key=lambda item: item[1]))


def title(kind: str) -> str:
    """What people call a kind; a kind that is no longer registered keeps its key."""
    return titles().get(kind, kind.replace("_", " "))


register(*TO_AGENCIES, *TO_THE_BOARD)
