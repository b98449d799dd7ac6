"""A tool in the making, as JSON: made from what was found, edited part by part, and built into a framework. Pure.

The draft holds a framework's fields under the names ``definitions.stored`` gives them, except that its scale is a code.
Every change gives back a new draft. Fields this page knows nothing of stay as they are.
"""

from __future__ import annotations

import copy
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from wholestory.assurance.definitions.framework import USUAL_TITLES, Framework, FrameworkCannotWork
from wholestory.assurance.definitions.stored import NotStored, decode, encode
from wholestory.assurance.rules.own_tools_found import LONGEST_QUESTION, MOST_ITEMS, Found, plain, too_long
from wholestory.assurance.rules.own_tools_scales import USUAL_GUIDANCE, sentences_for, usual_level
from wholestory.assurance.rules.scales import PLAIN, UnknownScale, scale_called

Json: TypeAlias = dict[str, Any]
#: What the draft keeps for itself and a framework does not know.
_KEPT = "kept"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class NoSuchPart(LookupError):
    """There is no standard or item of that key (any longer)."""


@dataclass(frozen=True)
class DraftFault:
    """What has to be put right before publishing. ``about`` is the key of a standard or an item, or nothing."""

    about: str
    says: str


def new_key(prefix: str = "") -> str:
    """A key nobody else has: ten letters and digits after ``prefix``."""
    return prefix + "".join(secrets.choice(_LETTERS) for _ in range(10))


def part_key(text: str) -> str:
    """A key for a standard or an item: its first words, to be told in a download, and some random letters, so that two
    boards' questions are never taken for one another's."""
    said = re.sub(r"[^a-z0-9]+", "_", text.casefold().encode("ascii", "ignore").decode()).strip("_")
    words = re.sub(r"^[^a-z]+", "", said)[:20].rpartition("_" if len(said) > 20 else "\0")
    return f"{words[0] or words[2] or 'q'}_{new_key()[:6]}"


def blank(title: str, scale: str = "INT0_3") -> Json:
    """A tool without questions."""
    return {
        "title": title,
        "edition": "",
        "scale": scale,
        "compliant_from": usual_level(scale),
        "scored": scale != PLAIN.code,
        "commentary_required": scale != PLAIN.code,
        "standards": [],
    }


def from_found(title: str, scale: str, found: Found) -> Json:
    """A draft of what was read from a list or a table."""
    made = blank(title, scale)
    for std in found.standards:
        items = [
            _item(each.text, each.guidance, each.descriptors, critical=each.critical, show=each.show)
            for each in std.items
        ]
        made["standards"].append(
            {"key": part_key(std.title), "title": std.title, "intro": "", "items": items}
        )
    return made


def _item(
    text: str, guidance: str, descriptors: Sequence[str], *, critical: bool = False, show: Sequence[str] = ()
) -> Json:
    return {
        "key": part_key(text),
        "text": text,
        "guidance": guidance,
        "descriptors": list(descriptors),
        "critical": critical,
        "show": list(show),
    }


def from_framework(framework: Framework) -> Json:
    """A draft that asks what a published framework asks, with the same keys."""
    made: Json = encode(framework)
    made["scale"] = framework.scale.code
    for name in ("key", "version", "source", "checked"):
        del made[name]
    made["usual_titles"] = set(framework.titles.values()) != {framework.title}
    made["titles"] = dict(framework.titles) if made["usual_titles"] else {}
    return made


def standard_of(draft: Json, key: str) -> Json:
    """The standard with this key. Raises NoSuchPart."""
    found = next((std for std in draft["standards"] if std["key"] == key), None)
    if found is None:
        raise NoSuchPart(key)
    return dict(found)


def item_of(draft: Json, key: str) -> tuple[Json, Json]:
    """The standard an item stands in, and the item. Raises NoSuchPart."""
    for std in draft["standards"]:
        for item in std["items"]:
            if item["key"] == key:
                return dict(std), dict(item)
    raise NoSuchPart(key)


def with_about(draft: Json, values: Mapping[str, Any]) -> Json:
    """The draft with another title, scale and so on. When the scale changes, the words for its points are kept, and
    come back with it."""
    made = copy.deepcopy(draft)
    before = made.get("scale", "")
    made.update(values)
    if made["scale"] != before:
        for item in _items(made):
            kept = item.setdefault(_KEPT, {})
            kept[before] = item.get("descriptors", [])
            item["descriptors"] = kept.get(made["scale"], [])
    made["scored"] = made["scale"] != PLAIN.code
    return made


def with_standard(draft: Json, key: str, values: Mapping[str, Any]) -> Json:
    """A standard worded anew, or a new one at the end when ``key`` is empty."""
    made = copy.deepcopy(draft)
    if not key:
        made["standards"].append({"key": part_key(str(values["title"])), "items": [], **values})
        return made
    standard_of(made, key)
    for std in made["standards"]:
        if std["key"] == key:
            std.update(values)
    return made


def with_item(draft: Json, key: str, values: Mapping[str, Any], standard: str) -> Json:
    """An item worded anew, moved to ``standard`` where it stood in another; a new one when ``key`` is empty."""
    made = copy.deepcopy(draft)
    there = _own(made, standard)
    if not key:
        there["items"].append({**_item(str(values["text"]), "", ()), **values})
        return made
    was, _ = item_of(made, key)
    item = next(each for each in _items(made) if each["key"] == key)
    item.update(values)
    if was["key"] != standard:
        _own(made, was["key"])["items"].remove(item)
        there["items"].append(item)
    return made


def moved(draft: Json, key: str, by: int) -> Json:
    """A standard or an item one place up (-1) or down (1). An item at the edge of its standard goes on into the next
    one; at the very edge nothing changes."""
    made = copy.deepcopy(draft)
    standards: list[Json] = made["standards"]
    at = next((n for n, std in enumerate(standards) if std["key"] == key), None)
    if at is not None:
        _swap(standards, at, at + by)
        return made
    for n, std in enumerate(standards):
        for m, item in enumerate(std["items"]):
            if item["key"] != key:
                continue
            if 0 <= m + by < len(std["items"]):
                _swap(std["items"], m, m + by)
            elif 0 <= n + by < len(standards):
                std["items"].remove(item)
                there = standards[n + by]["items"]
                there.insert(len(there) if by < 0 else 0, item)
            return made
    raise NoSuchPart(key)


def _swap(parts: list[Json], one: int, other: int) -> None:
    if 0 <= other < len(parts):
        parts[one], parts[other] = parts[other], parts[one]


def without(draft: Json, key: str) -> Json:
    """The draft without a standard (and all its items) or an item. Raises NoSuchPart."""
    made = copy.deepcopy(draft)
    if any(std["key"] == key for std in made["standards"]):
        made["standards"] = [std for std in made["standards"] if std["key"] != key]
        return made
    item_of(made, key)
    for std in made["standards"]:
        std["items"] = [item for item in std["items"] if item["key"] != key]
    return made


def _own(draft: Json, key: str) -> Json:
    standard_of(draft, key)
    return next(std for std in draft["standards"] if std["key"] == key)


def _items(draft: Json) -> Iterator[Json]:
    for std in draft["standards"]:
        yield from std["items"]


def faults_of(draft: Json) -> list[DraftFault]:
    """Everything that has to be put right before the tool can be published."""
    return list(_faults(draft))


def _faults(draft: Json) -> Iterator[DraftFault]:
    if not str(draft.get("title", "")).strip():
        yield DraftFault("", "Give the tool a title.")
    try:
        scale = scale_called(draft.get("scale", ""))
    except UnknownScale:
        yield DraftFault("", "Choose a scale.")
        return
    if draft.get("compliant_from") not in {point.value for point in scale.points}:
        yield DraftFault("", "Choose from which point of the scale an answer counts as compliant.")
    if not draft["standards"]:
        yield DraftFault("", "Add a heading and the questions under it.")
    if sum(1 for _ in _items(draft)) > MOST_ITEMS:
        yield DraftFault("", f"A tool has at most {MOST_ITEMS} questions.")
    said: set[str] = set()
    for std in draft["standards"]:
        if not str(std.get("title", "")).strip():
            yield DraftFault(std["key"], "Give this heading a title.")
        if not std["items"]:
            yield DraftFault(std["key"], "Nothing stands under this heading. Add a question, or remove it.")
        for item in std["items"]:
            yield from (DraftFault(item["key"], says) for says in _item_faults(item, len(scale.points), said))


def _item_faults(item: Json, points: int, said: set[str]) -> Iterator[str]:
    text = str(item.get("text", "")).strip()
    if not text:
        yield "Write the question."
    elif len(text) > LONGEST_QUESTION:
        yield too_long(text)
    elif plain(text) in said:
        yield "Another question says the same. Reword one of them, or remove it."
    said.add(plain(text))
    written = [str(each).strip() for each in item.get("descriptors", [])]
    if any(written) and (len(written) != points or not all(written)):
        yield f"Say what each of the {points} points of the scale means, or leave all of them empty."


def built(draft: Json, *, key: str, version: int, source: str, mended: bool = False) -> Framework:
    """The framework the draft describes, with guidance and words for the points made where there are none.

    ``mended`` leaves out or fills what is at fault, so that a draft can be looked at. Raises FrameworkCannotWork.
    """
    made = copy.deepcopy(draft)
    scale = scale_called(made["scale"])
    made.update(key=key, version=version, source=source, checked=False, scale=encode(scale))
    if not made.pop("usual_titles", False):
        made["titles"] = dict.fromkeys(USUAL_TITLES, made["title"])
    if mended:
        _mend(made)
    for item in _items(made):
        item.pop(_KEPT, None)
        item["guidance"] = str(item.get("guidance", "")).strip() or USUAL_GUIDANCE
        if not any(item.get("descriptors", [])) or (mended and len(item["descriptors"]) != len(scale.points)):
            item["descriptors"] = list(sentences_for(scale.code))
    try:
        found: Framework = decode(made, Framework)
    except NotStored as reason:
        raise FrameworkCannotWork(str(reason)) from reason
    return found


def _mend(made: Json) -> None:
    made["title"] = str(made.get("title", "")).strip() or "Without a title"
    if made.get("compliant_from") not in {point["value"] for point in made["scale"]["points"]}:
        made["compliant_from"] = usual_level(made["scale"]["code"])
    for std in made["standards"]:
        std["title"] = str(std.get("title", "")).strip() or "Without a title"
        for item in std["items"]:
            item["text"] = str(item.get("text", "")).strip() or "(no question yet)"
            item["descriptors"] = (
                [str(each).strip() or "(nothing said yet)" for each in item.get("descriptors", [])]
                if any(item.get("descriptors", []))
                else []
            )
    made["standards"] = [std for std in made["standards"] if std["items"]]
