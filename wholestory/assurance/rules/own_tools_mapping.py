"""What became of each item from one version of a tool to the next: proposed, put into JSON, and followed over several
versions. Pure.

Source: domain notes on quality assurance, 6.2 item 17. A proposal is for an officer to confirm or correct.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from wholestory.assurance.definitions.comparing import Kind, Mapped, mapped
from wholestory.assurance.definitions.framework import Framework, Item

#: From this likeness (0 to 1) on, two texts are proposed as one item worded anew.
ALIKE = 0.72


def likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1: by their words, and by their letters where words were bent."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return 0.0
    by_words = SequenceMatcher(None, first, second, autojunk=False).ratio()
    by_letters = SequenceMatcher(None, " ".join(first), " ".join(second), autojunk=False).ratio()
    return max(by_words, by_letters)


def _words(text: str) -> list[str]:
    kept = "".join(letter if letter.isalnum() else " " for letter in text.casefold())
    return kept.split()


def proposed(before: Framework, after: Framework) -> dict[str, tuple[str, ...]]:
    """Which items of ``before`` each item of ``after`` seems to come from: by key, by what it says it replaces, then
    by likeness, the most alike pair first. Each earlier item is proposed once by likeness."""
    found: dict[str, tuple[str, ...]] = {}
    for key, item in after.items.items():
        if key in before.items:
            found[key] = (key,)
        elif olds := tuple(old for old in item.replaces if old in before.items):
            found[key] = olds
    used = {old for olds in found.values() for old in olds}
    open_new = [item for key, item in after.items.items() if key not in found]
    open_old = [item for key, item in before.items.items() if key not in used]
    for new, old in _by_likeness(open_new, open_old):
        found[new.key] = (old.key,)
    return found


def _by_likeness(new: Sequence[Item], old: Sequence[Item]) -> Iterable[tuple[Item, Item]]:
    pairs = [(likeness(a.text, b.text), n, m) for n, a in enumerate(new) for m, b in enumerate(old)]
    taken_new: set[int] = set()
    taken_old: set[int] = set()
    for level, n, m in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if level < ALIKE:
            return
        if n in taken_new or m in taken_old:
            continue
        taken_new.add(n)
        taken_old.add(m)
        yield new[n], old[m]


def as_json(rows: Iterable[Mapped]) -> list[dict[str, Any]]:
    """A mapping as it is kept."""
    return [{"kind": row.kind.value, "item": row.item, "was": list(row.was)} for row in rows]


def from_json(stored: object) -> tuple[Mapped, ...]:
    """A mapping as it was kept. Raises ValueError for anything else."""
    if not isinstance(stored, list):
        raise ValueError("A mapping is a list.")
    return tuple(Mapped(Kind(row["kind"]), str(row["item"]), tuple(map(str, row["was"]))) for row in stored)


def came_from(rows: Iterable[Mapped]) -> dict[str, tuple[str, ...]]:
    """Which earlier items each item came from."""
    return {row.item: row.was for row in rows if row.item}


def rebuilt(before: Framework, after: Framework, chosen: Mapping[str, Sequence[str]]) -> tuple[Mapped, ...]:
    """The mapping that follows from what was chosen, leaving out what either version has no longer."""
    kept = {
        key: tuple(dict.fromkeys(old for old in olds if old in before.items))
        for key, olds in chosen.items()
        if key in after.items
    }
    return mapped(before, after, kept)


def followed(
    first: Iterable[Mapped], then: Iterable[Mapped], before: Framework, after: Framework
) -> tuple[Mapped, ...]:
    """The mapping over two steps. An item is comparable only if it was on both; what was split or merged on the way
    stays so, and what was new on the way is new."""
    earlier = {row.item: row for row in first if row.item}
    rows: list[Mapped] = []
    for row in then:
        if not row.item:
            continue
        steps = [earlier[old] for old in row.was if old in earlier]
        olds = tuple(dict.fromkeys(old for step in steps for old in step.was))
        kinds = {row.kind, *(step.kind for step in steps if step.was)}
        rows.append(Mapped(_together(kinds, olds), row.item, olds))
    used = [old for row in rows for old in row.was]
    rows = [
        Mapped(Kind.SPLIT, row.item, row.was)
        if row.kind.is_comparable and used.count(row.was[0]) > 1
        else row
        for row in rows
    ]
    by_item = {row.item: row for row in rows}
    kept = tuple(by_item.get(key, Mapped(Kind.NEW, key, ())) for key in after.items)
    return (*kept, *(Mapped(Kind.DROPPED, "", (old,)) for old in before.items if old not in used))


def _together(kinds: set[Kind], olds: tuple[str, ...]) -> Kind:
    if not olds:
        return Kind.NEW
    if len(olds) > 1 or Kind.MERGED in kinds:
        return Kind.MERGED
    if Kind.SPLIT in kinds:
        return Kind.SPLIT
    return Kind.REWORDED if Kind.REWORDED in kinds else Kind.SAME
