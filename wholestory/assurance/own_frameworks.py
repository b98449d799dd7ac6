"""The boards' own audit tools, as the rest of the room finds frameworks: by key and version, read once.

A published version never changes, so each process keeps what it has read. Whether one is still offered may change, and
is asked of the database each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from wholestory.assurance.definitions import NoSuchFramework, framework_called, is_own, newest
from wholestory.assurance.definitions.comparing import Mapped, mapped, mapping
from wholestory.assurance.definitions.composing import parts_of, versions_of
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.definitions.stored import from_json, seal_of
from wholestory.assurance.models import FrameworkVersion, JointBoard
from wholestory.assurance.rules import own_tools_mapping as rules
from wholestory.partners.models import Board

#: Versions kept in memory before the oldest go; a board has a handful.
MOST_KEPT = 500


class SealBroken(Exception):
    """What is stored is not what was published."""


@dataclass(frozen=True)
class Published:
    """A published version: whose it is, what it asks, and what it was built on."""

    id: UUID
    board_id: UUID
    framework: Framework
    builds_on: str
    mapping: tuple[Mapped, ...]

    @property
    def before(self) -> Framework | None:
        """The framework it was built on, if that can still be found."""
        return named(self.builds_on)


_KEPT: dict[tuple[str, int], Published] = {}


def called(key: str, version: int | None) -> Framework | None:
    """A board's own framework of this key, in this version or the newest; None when there is none."""
    found = published(key, version)
    return None if found is None else found.framework


def published(key: str, version: int | None = None) -> Published | None:
    """The published version, or None. Raises SealBroken."""
    if not is_own(key):
        return None
    if version is None:
        rows = FrameworkVersion.objects.filter(key=key).order_by("-version")
        newest = rows.values_list("version", flat=True).first()
        return None if newest is None else published(key, newest)
    if (key, version) not in _KEPT:
        row = FrameworkVersion.objects.filter(key=key, version=version).first()
        if row is None:
            return None
        _keep(row)
    return _KEPT[(key, version)]


def _keep(row: FrameworkVersion) -> Published:
    known = _KEPT.get((row.key, row.version))
    if known is not None and known.id == row.id:
        return known
    if seal_of(row.definition) != row.seal:
        raise SealBroken(f"{row.key} version {row.version} is not what was published.")
    if len(_KEPT) >= MOST_KEPT:
        _KEPT.pop(next(iter(_KEPT)))
    stored = rules.from_json(row.mapping)
    made = Published(row.id, row.board_id, from_json(row.definition), row.builds_on, stored)
    _KEPT[(row.key, row.version)] = made
    return made


def named(name: str) -> Framework | None:
    """The framework named ``KEY.VERSION``, shipped or a board's own; None when there is none."""
    key, _, version = name.rpartition(".")
    if not key or not version.isdigit():
        return None
    try:
        return framework_called(key, int(version))
    except NoSuchFramework:
        return None


def name_of(framework: Framework) -> str:
    """``KEY.VERSION``."""
    return f"{framework.key}.{framework.version}"


def offered_to(board: Board) -> list[Framework]:
    """What a new cycle of this board may ask: what comes with Wholestory, and the newest version of each tool of its
    own that is not withdrawn. Two queries at most; never another board's."""
    rows = FrameworkVersion.objects.filter(board=board, withdrawn_on=None).order_by("key", "version")
    latest = dict(rows.values_list("key", "version"))
    unread = [each for each in latest.items() if each not in _KEPT]
    if unread:
        for row in rows:
            if (row.key, row.version) in unread:
                _keep(row)
    own = [_KEPT[each].framework for each in latest.items()]
    return [*newest(), *sorted(own, key=lambda each: each.title.casefold())]


def may_ask(board: Board, framework: Framework) -> bool:
    """Whether a new cycle of this board may ask it: shipped ones always, own ones until they are withdrawn, and another
    board's where that board asked it to take part in a round with it."""
    if not is_own(framework.key):
        return True
    key, version = _alone(framework)
    mine = FrameworkVersion.objects.filter(board=board, key=key, version=version, withdrawn_on=None)
    together = JointBoard.objects.filter(board=board, round__framework=key, round__framework_version=version)
    return mine.exists() or together.exists()


def _alone(framework: Framework) -> tuple[str, int]:
    """Key and version of a framework without a module or a level that was added to it."""
    parts = parts_of(framework.key)
    return parts.framework, versions_of(framework.version)[0] if parts.module else framework.version


def confirmed(before: Framework, after: Framework) -> tuple[Mapped, ...] | None:
    """What an officer confirmed of these two, through every version between them; None where nobody did."""
    last, first = published(*_alone(after)), named(".".join(map(str, _alone(before))))
    if last is None or first is None:
        return None
    rows = _steps(first, last)
    if rows is None or (first, last.framework) == (before, after):
        return rows
    # With a module beside it: what was confirmed of the tool, and the module's own items by their keys.
    alone = rules.came_from(rows)
    own = {key: (key,) for key in after.items if key not in alone and key in before.items}
    return mapped(before, after, {**own, **alone})


def _steps(first: Framework, last: Published) -> tuple[Mapped, ...] | None:
    before = last.before
    if before is None:
        return None
    if name_of(before) == name_of(first):
        return last.mapping or None
    if not _reaches(before, first):
        return None
    # The step before may be one that nobody had to confirm: then keys and words say it.
    return rules.followed(mapping(first, before), last.mapping, first, last.framework)


def _reaches(start: Framework, wanted: Framework) -> bool:
    """Whether ``start`` was built on ``wanted``, over however many versions."""
    at: Framework | None = start
    seen: set[str] = set()
    while at is not None and name_of(at) not in seen:
        seen.add(name_of(at))
        row = published(at.key, at.version)
        at = None if row is None else row.before
        if at is not None and (at.key, at.version) == (wanted.key, wanted.version):
            return True
    return False
