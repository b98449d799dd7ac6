"""Frameworks are written in TOML, so that people who know safeguarding can read and mend them. This reads
them.

``frameworks/NAME.toml`` says what the framework is and which items stand in which standard;
``items/NAME.toml`` hold the items, so that two frameworks that ask the same thing ask it in the same words.
A later file of ``items_from`` may word an item anew.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from wholestory.assurance.definitions.composing import Module
from wholestory.assurance.definitions.framework import Framework, FrameworkCannotWork, Item, Standard
from wholestory.assurance.rules.scales import UnknownScale, scale_called

HERE = Path(__file__).parent
Table: TypeAlias = Mapping[str, object]

_FRAMEWORK = frozenset(
    {
        "key",
        "version",
        "edition",
        "title",
        "titles",
        "scale",
        "compliant_from",
        "commentary_required",
        "source",
        "checked",
        "items_from",
        "signatures",
        "scored",
        "references_on_form",
        "standard",
    }
)
_MODULE = frozenset(
    {"key", "version", "title", "about", "scale", "source", "standard", "heading", "intro", "item"}
)
_STANDARD = frozenset({"key", "title", "intro", "items"})
_ITEM = frozenset(
    {
        "key",
        "text",
        "guidance",
        "points",
        "critical",
        "show",
        "replaces",
        "external_refs",
        "weight",
        "figures",
    }
)


def read(path: Path, items_in: Path = HERE / "items") -> Framework:
    """The framework written in ``path``. Raises FrameworkCannotWork with file and place."""
    table = _load(path)
    place = path.name
    _only(table, _FRAMEWORK, place)
    items: dict[str, Item] = {}
    for name in _texts(table, "items_from", place):
        items.update(_items(items_in / f"{name}.toml"))
    try:
        scale = scale_called(_text(table, "scale", place))
    except UnknownScale as reason:
        raise FrameworkCannotWork(f"{place}: {reason}") from None
    return Framework(
        key=_text(table, "key", place),
        version=_number(table, "version", place),
        edition=_text(table, "edition", place),
        title=_text(table, "title", place),
        scale=scale,
        compliant_from=_text(table, "compliant_from", place),
        standards=tuple(_standard(each, items, place) for each in _tables(table, "standard", place)),
        source=_text(table, "source", place),
        checked=_flag(table, "checked", place),
        commentary_required=_flag(table, "commentary_required", place),
        titles=_titles(table.get("titles", {}), place),
        signatures=_texts(table, "signatures", place),
        scored=_flag(table, "scored", place, usually=True),
        references_on_form=_flag(table, "references_on_form", place),
    )


def read_module(path: Path) -> Module:
    """The module written in ``path``: one standard, with its items in the same file. Raises FrameworkCannotWork with
    file and place."""
    table = _load(path)
    place = path.name
    _only(table, _MODULE, place)
    items = _items_of(table, place)
    standard = Standard(
        _text(table, "standard", place), _text(table, "heading", place), _text(table, "intro", place),
        tuple(items.values()),
    )  # fmt: skip
    return Module(
        key=_text(table, "key", place),
        version=_number(table, "version", place),
        title=_text(table, "title", place),
        about=_text(table, "about", place),
        scale=_text(table, "scale", place),
        standards=(standard,),
        source=_text(table, "source", place),
    )


def _standard(table: Table, items: Mapping[str, Item], place: str) -> Standard:
    key = _text(table, "key", place)
    here = f"{place}, standard {key}"
    _only(table, _STANDARD, here)
    wanted = _texts(table, "items", here)
    missing = [each for each in wanted if each not in items]
    if missing:
        raise FrameworkCannotWork(f"{here}: no item is called {', '.join(missing)}.")
    return Standard(
        key, _text(table, "title", here), _text(table, "intro", here), tuple(items[each] for each in wanted)
    )


def _items(path: Path) -> dict[str, Item]:
    return _items_of(_load(path), path.name)


def _items_of(file: Table, place: str) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for table in _tables(file, "item", place):
        key = _text(table, "key", place)
        here = f"{place}, item {key}"
        _only(table, _ITEM, here)
        if key in found:
            raise FrameworkCannotWork(f"{here}: this key is used twice.")
        found[key] = Item(
            key=key,
            text=_text(table, "text", here),
            guidance=_text(table, "guidance", here),
            descriptors=_texts(table, "points", here),
            critical=_flag(table, "critical", here),
            show=_texts(table, "show", here),
            replaces=_texts(table, "replaces", here),
            external_refs=_texts(table, "external_refs", here),
            weight=_number(table, "weight", here) if "weight" in table else 1,
            figures=_texts(table, "figures", here),
        )
    return found


def _load(path: Path) -> Table:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        raise FrameworkCannotWork(f"{path.name}: there is no such file.") from None
    except tomllib.TOMLDecodeError as reason:
        raise FrameworkCannotWork(f"{path.name}: {reason}") from None


def _only(table: Table, known: frozenset[str], place: str) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise FrameworkCannotWork(f"{place}: nothing is known of {', '.join(unknown)}.")


def _text(table: Table, key: str, place: str) -> str:
    value = table.get(key)
    if not isinstance(value, str):
        raise FrameworkCannotWork(f"{place}: {key} must be text.")
    return value


def _number(table: Table, key: str, place: str) -> int:
    value = table.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise FrameworkCannotWork(f"{place}: {key} must be a whole number.")
    return value


def _flag(table: Table, key: str, place: str, *, usually: bool = False) -> bool:
    value = table.get(key, usually)
    if not isinstance(value, bool):
        raise FrameworkCannotWork(f"{place}: {key} must be true or false.")
    return value


def _texts(table: Table, key: str, place: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise FrameworkCannotWork(f"{place}: {key} must be a list of texts.")
    return tuple(str(each) for each in value)


def _tables(table: Table, key: str, place: str) -> list[Table]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise FrameworkCannotWork(f"{place}: {key} must be a list of tables.")
    return value


def _titles(value: object, place: str) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise FrameworkCannotWork(f"{place}: titles must be texts.")
    return MappingProxyType({str(duty): str(title) for duty, title in value.items()})
