"""A framework as JSON and back, without loss, and its seal: how a board's own audit tools are kept.

Every field of every part is written out, defaults too, so that a tool still reads the same after a default changed.
The fields are found from the dataclasses themselves: one that is added later is carried without a line here. A part
that is written without a field it has now (because it was published before there was one) takes the field's default.

The format has a number. What a later format wrote is refused and never half understood.
"""

from __future__ import annotations

import dataclasses
import hashlib
import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Literal, Union, get_args, get_origin

from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.rules.scales import Scale, UnknownScale, scale_called
from wholestory.paperwork.sealing import canonical

FORMAT = 1


class NotStored(ValueError):
    """JSON that holds no framework; the message names the place, such as ``framework.standards[1].items[0]``."""


def to_json(framework: Framework) -> dict[str, Any]:
    """The whole framework as JSON: what it asks, on which scale, what counts."""
    return {"format": FORMAT, "framework": encode(framework)}


def from_json(stored: Any) -> Framework:
    """The framework a JSON holds. Raises NotStored, or FrameworkCannotWork where it can be read and has a fault."""
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise NotStored(f"framework: only format {FORMAT} can be read.")
    found: Framework = decode(stored.get("framework"), Framework)
    return found


def seal_of(stored: Any) -> str:
    """The seal of stored JSON: sha256 (64 hex digits) over its one canonical spelling."""
    return hashlib.sha256(canonical(stored)).hexdigest()


def encode(value: object) -> Any:
    """The JSON of a framework or of a part of one. Raises TypeError for what JSON cannot hold without loss."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: encode(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return encode(value.value)
    if isinstance(value, (Fraction, Decimal)):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("Only words can be the keys of what is stored.")
        return {str(key): encode(each) for key, each in value.items()}
    if isinstance(value, (tuple, list)):
        return [encode(each) for each in value]
    if isinstance(value, (frozenset, set)):
        return sorted(encode(each) for each in value)
    if value is None or isinstance(value, (str, bool, int)):
        return value
    raise TypeError(f"A stored framework cannot hold a {type(value).__name__}.")


def decode(stored: Any, expected: Any, place: str = "framework") -> Any:
    """Read ``stored`` as ``expected`` (a class or a type hint). Raises NotStored naming the place."""
    origin, inner = get_origin(expected), get_args(expected)
    if origin in (Union, types.UnionType):
        return _either(stored, inner, place)
    if origin is Literal:
        if stored not in inner:
            raise NotStored(f"{place}: {stored!r} is not one of {', '.join(map(str, inner))}.")
        return stored
    if origin in (tuple, frozenset):
        return _several(stored, origin, inner, place)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        if not isinstance(stored, dict):
            raise NotStored(f"{place}: expected words and their values.")
        return MappingProxyType(
            {key: decode(each, inner[1], f"{place}.{key}") for key, each in stored.items()}
        )
    if dataclasses.is_dataclass(expected):
        return _part(stored, typing.cast(type, expected), place)
    return _plain(stored, expected, place)


def _several(stored: Any, origin: Any, inner: tuple[Any, ...], place: str) -> Any:
    if not isinstance(stored, list):
        raise NotStored(f"{place}: expected a list.")
    if origin is tuple and Ellipsis not in inner:
        if len(stored) != len(inner):
            raise NotStored(f"{place}: expected {len(inner)} values.")
        kinds = list(inner)
    else:
        kinds = [inner[0]] * len(stored)
    pairs = zip(stored, kinds, strict=True)
    return origin(decode(each, kind, f"{place}[{n}]") for n, (each, kind) in enumerate(pairs))


def _either(stored: Any, choices: tuple[Any, ...], place: str) -> Any:
    if stored is None and type(None) in choices:
        return None
    reasons = []
    for choice in choices:
        if choice is type(None):
            continue
        try:
            return decode(stored, choice, place)
        except NotStored as reason:
            reasons.append(str(reason))
    raise NotStored(reasons[0])


def _part(stored: Any, expected: type, place: str) -> Any:
    if not isinstance(stored, dict):
        raise NotStored(f"{place}: expected a {expected.__name__.lower()}.")
    hints = typing.get_type_hints(expected)
    fields = [field.name for field in dataclasses.fields(expected) if field.init]
    if unknown := sorted(set(stored) - set(fields)):
        raise NotStored(
            f"{place}: nothing is known of {', '.join(unknown)}. A later version may have written it."
        )
    held = {name: decode(stored[name], hints[name], f"{place}.{name}") for name in fields if name in stored}
    try:
        made = expected(**held)
    except TypeError as missing:
        raise NotStored(f"{place}: a {expected.__name__.lower()} is incomplete ({missing}).") from missing
    return _known(made) if isinstance(made, Scale) else made


def _known(scale: Scale) -> Scale:
    """The scale that comes with Wholestory where it still is the same, otherwise the one that was stored."""
    try:
        usual = scale_called(scale.code)
    except UnknownScale:
        return scale
    return usual if usual == scale else scale


def _plain(stored: Any, expected: Any, place: str) -> Any:
    wrong = NotStored(f"{place}: {stored!r} cannot be read as {getattr(expected, '__name__', expected)}.")
    if expected in (bool, int, str):
        if type(stored) is not expected:
            raise wrong
        return stored
    if expected not in (Fraction, Decimal) and not (
        isinstance(expected, type) and issubclass(expected, (Enum, date))
    ):
        raise TypeError(f"{place}: nobody has said how a {expected} is stored.")
    try:
        return date.fromisoformat(stored) if expected is date else expected(stored)
    except (ValueError, ArithmeticError, TypeError) as reason:
        raise wrong from reason
