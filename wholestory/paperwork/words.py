"""The grammar of definitions: typed, frozen words that turn into JSON and back without loss.

A definition is built only from words. Each word has a stable name of its own (``long_text``, ``is``), which is what a
stored definition says; the Python class behind a name may move, the name may not.

Two rules keep a sealed definition's hash true for ever:

* a field that holds its default is left out, so a word may gain a field with a default without touching old hashes;
* a default, once released, never changes (``tests/paperwork/test_sealing.py`` holds a definition that would notice).
"""

from __future__ import annotations

import dataclasses
import types
import typing
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, ClassVar, Literal, Union, get_args, get_origin

_WORDS: dict[str, type[Word]] = {}


class NotADefinition(ValueError):
    """Stored JSON that is not a definition; the message names the place, such as ``pages[1].items[0]``."""


@dataclass(frozen=True)
class Word:
    """Anything a definition is made of. Subclass as ``class LongText(Question, word="long_text")``."""

    word: ClassVar[str] = ""

    def __init_subclass__(cls, word: str = "", **rest: Any) -> None:
        super().__init_subclass__(**rest)
        if word:
            if word in _WORDS and _WORDS[word].__qualname__ != cls.__qualname__:
                raise TypeError(f"Two words are called {word!r}.")
            cls.word = word
            _WORDS[word] = cls


def all_words(kind: type[Word] = Word) -> dict[str, type[Word]]:
    """Every word of a kind by its name: what tests of discovery walk."""
    return {name: cls for name, cls in sorted(_WORDS.items()) if issubclass(cls, kind)}


def encode(value: object) -> Any:
    """The JSON of a word, leaving out every field that holds its default."""
    if isinstance(value, Word):
        out: dict[str, Any] = {"word": value.word}
        for field in dataclasses.fields(value):
            held = getattr(value, field.name)
            if (
                field.default is not dataclasses.MISSING
                and held == field.default
                and type(held) is type(field.default)
            ):
                continue
            out[field.name] = encode(held)
        return out
    if isinstance(value, tuple):
        return [encode(each) for each in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, (str, bool, int)):
        return value
    raise TypeError(f"A definition cannot hold a {type(value).__name__}.")


def decode(stored: Any, expected: Any, place: str = "form") -> Any:
    """Read ``stored`` as ``expected`` (a class or a type hint). Raises NotADefinition naming the place."""
    origin = get_origin(expected)
    if origin in (Union, types.UnionType):
        return _decode_either(stored, get_args(expected), place)
    if origin is tuple:
        if not isinstance(stored, list):
            raise NotADefinition(f"{place}: expected a list.")
        (inner, _ellipsis) = get_args(expected)
        return tuple(decode(each, inner, f"{place}[{n}]") for n, each in enumerate(stored))
    if origin is Literal:
        if stored not in get_args(expected):
            raise NotADefinition(
                f"{place}: {stored!r} is not one of {', '.join(map(repr, get_args(expected)))}."
            )
        return stored
    if isinstance(expected, type) and issubclass(expected, Word):
        return _decode_word(stored, expected, place)
    return _decode_plain(stored, expected, place)


def plain_decimal(value: Decimal) -> str:
    """A decimal in its one canonical spelling: no exponent, no trailing zeros, no minus zero."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _decode_either(stored: Any, choices: tuple[Any, ...], place: str) -> Any:
    if stored is None and type(None) in choices:
        return None
    reasons = []
    for choice in choices:
        if choice is type(None):
            continue
        try:
            return decode(stored, choice, place)
        except NotADefinition as reason:
            reasons.append(str(reason))
    raise NotADefinition(reasons[0])


def _decode_word(stored: Any, expected: type[Word], place: str) -> Word:
    if not isinstance(stored, dict) or "word" not in stored:
        raise NotADefinition(f"{place}: expected a {expected.__name__.lower()}.")
    cls = _WORDS.get(str(stored["word"]))
    if cls is None or not issubclass(cls, expected):
        raise NotADefinition(f"{place}: {stored['word']!r} is not a kind of {expected.__name__.lower()}.")
    hints = typing.get_type_hints(cls)
    fields = {field.name: field for field in dataclasses.fields(cls)}
    unknown = sorted(set(stored) - set(fields) - {"word"})
    if unknown:
        raise NotADefinition(f"{place}: a {cls.word} has no {', '.join(unknown)}.")
    held = {name: decode(stored[name], hints[name], f"{place}.{name}") for name in fields if name in stored}
    try:
        return cls(**held)
    except TypeError as missing:
        raise NotADefinition(f"{place}: a {cls.word} is incomplete ({missing}).") from missing


def _decode_plain(stored: Any, expected: Any, place: str) -> Any:
    wrong = NotADefinition(
        f"{place}: {stored!r} cannot be read as {getattr(expected, '__name__', expected)}."
    )
    if expected is bool or expected is int:
        if type(stored) is not expected:
            raise wrong
        return stored
    if not isinstance(stored, str):
        raise wrong
    try:
        if expected is Decimal:
            return Decimal(stored)
        if expected is date:
            return date.fromisoformat(stored)
        return expected(stored)
    except (ValueError, InvalidOperation) as reason:
        raise wrong from reason
