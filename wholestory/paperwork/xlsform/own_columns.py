"""Our own columns: one for each field that XLSForm has no word for, named after it (``wholestory::carries``).

A text stands as it is; anything else as JSON, in the spelling sealed definitions use. What stands in an own column
wins over what the standard columns of the row say.
"""

from __future__ import annotations

import dataclasses
import json
import re
import typing
from collections.abc import Mapping
from typing import Any

from wholestory.paperwork.words import NotADefinition, Word, decode, encode
from wholestory.paperwork.xlsform.headers import OWN, Row

#: What an own column says of the row itself, not of a field.
KIND, DESCRIPTORS = "kind", "descriptors"
LOOKS_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""What a workbook's reader may take for a character written by its number."""
_HINTS: dict[str, dict[str, Any]] = {}


def hints(cls: type[Word]) -> dict[str, Any]:
    """The fields of a word and what each may hold; found once for each word."""
    if cls.word not in _HINTS:
        found = typing.get_type_hints(cls)
        _HINTS[cls.word] = {field.name: found[field.name] for field in dataclasses.fields(cls)}
    return _HINTS[cls.word]


def to_cell(value: object, hint: Any) -> str:
    """A field's value as the text of a cell; never an empty one."""
    stored = encode(value)
    if isinstance(stored, str) and stored == stored.strip() and _is_plain(stored):
        try:
            if encode(_read(stored, hint)) == stored:
                return stored
        except NotADefinition:
            pass
    return LOOKS_ESCAPED.sub(r"\\u005fx\1_", json.dumps(stored, ensure_ascii=not _is_safe(stored)))


def from_cell(text: str, hint: Any, place: str) -> Any:
    """The value a cell holds. Raises NotADefinition."""
    return _read(text, hint, place)


def given(row: Row) -> dict[str, str]:
    """What stands in our own columns of a row, by field."""
    return {name.removeprefix(OWN): cell.text for name, cell in row.cells.items() if name.startswith(OWN)}


def descriptors_to_cell(says: tuple[str, ...]) -> str:
    """What each choice says, a line each; as JSON where one is of several lines."""
    plain = all(_is_plain(each) and each == each.strip() for each in says)
    return "\n".join(says) if plain and says[-1] and says[0] else json.dumps(list(says))


def descriptors_from_cell(text: str) -> tuple[str, ...]:
    """The lines of a cell of descriptors. Raises NotADefinition."""
    if text.startswith("["):
        try:
            found = json.loads(text)
        except ValueError as reason:
            raise NotADefinition("what each choice says cannot be read as a list") from reason
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            raise NotADefinition("what each choice says must be a list of texts")
        return tuple(found)
    return tuple(line.strip() for line in text.split("\n"))


def differing(
    cls: type[Word], actual: Word, candidate: Mapping[str, Any], left_out: frozenset[str]
) -> dict[str, str]:
    """The own columns a word needs beside what its standard columns already say (``candidate``)."""
    out = {}
    for name, hint in hints(cls).items():
        if name in left_out:
            continue
        field = cls.__dataclass_fields__[name]
        held = getattr(actual, name)
        if name in candidate:
            said = candidate[name]
            same = encode(said) == encode(held) and type(said) is type(held)
        else:
            same = held == field.default and type(held) is type(field.default)
        if not same:
            out[name] = to_cell(held, hint)
    return out


def _read(text: str, hint: Any, place: str = "the cell") -> Any:
    try:
        return decode(text if not text.startswith('"') else json.loads(text), hint, place)
    except (NotADefinition, ValueError) as first:
        lowered = text.lower()
        try:
            stored = json.loads(lowered if lowered in ("true", "false", "null") else text)
            return decode(stored, hint, place)
        except (ValueError, RecursionError):
            reason = (
                first if isinstance(first, NotADefinition) else NotADefinition(f"{place}: it cannot be read")
            )
            raise reason from None


def _is_plain(text: str) -> bool:
    """Whether a text survives a cell as it is, and is not taken for JSON."""
    return bool(text) and text[0] not in '"[{' and text.isprintable() and not LOOKS_ESCAPED.search(text)


def _is_safe(stored: Any) -> bool:
    if isinstance(stored, str):
        return stored.isprintable()
    if isinstance(stored, list):
        return all(map(_is_safe, stored))
    if isinstance(stored, dict):
        return all(map(_is_safe, stored.values()))
    return True
