"""The number a line of an officer's list begins with: 3, 3.1, 4a, 4(a), A1, Q7, ii) and “Standard 3:”. Pure.

Some of these may as well begin a sentence (“24 hour cover”, “A4 paper”). They are ``sure`` only with something that
marks them; whether a list counts on with the others is for the reader of the list to say, by ``goes_on``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = r"\d{1,3}(?:\.\d{1,3}){0,3}"
_BELOW = r"\.?[a-z]|[A-Z]|\.?\s?\((?:[A-Za-z]|[ivx]{2,4})\)"
_ENDS = r"(?P<sign>\.\)|[.):])?(?:\s+|$|(?<=[.):])(?=[^\W\d_]))(?P<text>.*)$"
_NUMBER = re.compile(rf"^\(?(?P<top>{_DIGITS})(?P<below>{_BELOW})?{_ENDS}", re.DOTALL)
_UNDER_LETTER = re.compile(
    rf"^\(?(?P<letter>[A-Z])[.-]?(?P<top>\d{{1,2}}(?:\.\d{{1,3}}){{0,2}})(?P<below>[a-z])?{_ENDS}", re.DOTALL
)
_LETTER = re.compile(r"^\(?([A-Za-z]|[ivx]{2,4})(?:[.)]\s+|\)(?=[^\W\d_]))(.+)$", re.DOTALL)
_ASKED = re.compile(r"^(?:q|qu|question)\.?\s*(?=\d)", re.IGNORECASE)
_NAMED = re.compile(
    r"^(?:key\s+)?(?:standard|section|part|area|theme|domain)\s+([A-Za-z]|\d{1,3})\s*(?:[:.)–—-]\s*(.*))?$",
    re.IGNORECASE | re.DOTALL,
)
_FIRST = (1, "a", "A", "i")


@dataclass(frozen=True)
class Numbered:
    """A text without the number before it. ``parts`` are those of the number: 4, then "a", for ``4(a)``. ``depth`` is
    0 without a number, 1 for ``3``, 2 for ``3.1``, ``4a`` or ``a)``; ``sure`` is off for one that may be a part of the
    sentence; ``is_heading`` is on for ``Standard 3:``."""

    number: str
    depth: int
    text: str
    sure: bool = True
    is_heading: bool = False
    parts: tuple[int | str, ...] = ()

    @property
    def top(self) -> int:
        """The number before anything else; 0 where there is none."""
        first = self.parts[0] if self.parts else 0
        return first if isinstance(first, int) else 0


def numbered(text: str) -> Numbered:
    """A text and the number it begins with."""
    text = text.strip()
    if named := _NAMED.match(text):
        return Numbered(
            named[1], 1, (named[2] or "").strip() or text, is_heading=True, parts=_parts(named[1])
        )
    asked = _ASKED.sub("", text)
    found = _NUMBER.match(asked)
    if found and (found["text"] or not found["sign"]):
        below = (found["below"] or "").strip(". ()")
        parts = (*_parts(found["top"]), *_parts(below))
        number = found["top"] + (found["below"] or "").strip(". ")
        says = found["text"].strip()
        marked = bool(found["sign"]) or asked != text or "(" in (found["below"] or "")
        return Numbered(
            number,
            len(parts),
            says,
            sure=marked or not says or (len(parts) > 1 and not below),
            parts=parts,
        )
    if (under := _UNDER_LETTER.match(text)) and (under["text"] or not under["sign"]):
        parts = (under["letter"], *_parts(under["top"]), *_parts(under["below"] or ""))
        says = under["text"].strip()
        number = f"{under['letter']}{under['top']}{under['below'] or ''}"
        sure = bool(under["sign"]) or not says or "." in under["top"]
        return Numbered(number, len(parts), says, sure=sure, parts=parts)
    if lettered := _LETTER.match(text):
        return Numbered(lettered[1], 2, lettered[2].strip(), parts=(lettered[1],))
    return Numbered("", 0, text)


def is_asked(text: str) -> bool:
    """Whether the number says itself that it is a question’s: Q7, Question 7."""
    return bool(_ASKED.match(text.strip()))


def _parts(number: str) -> tuple[int | str, ...]:
    return tuple(int(each) if each.isdigit() else each for each in number.split(".") if each)


def without_number(text: str) -> str:
    """The text without a number that surely is one; a bare number stays."""
    found = numbered(text)
    return found.text if found.sure and found.text else text.strip()


def goes_on(before: tuple[int | str, ...], after: tuple[int | str, ...]) -> bool:
    """Whether one number counts on from another: 4 then 5, 4 then 4a, 4a then 4b, 4b then 5, 3b then 4a; or, with
    nothing before, whether it begins a count."""
    if not before:
        return bool(after) and all(part in _FIRST for part in after)
    if len(after) == len(before) + 1 and after[:-1] == before:
        return after[-1] in _FIRST
    for at, part in enumerate(before):
        if after[:at] != before[:at] or len(after) <= at:
            return False
        if after[at] == _next(part):
            return len(after) == at + 1 or (len(after) == at + 2 and after[-1] in _FIRST)
    return False


def _next(part: int | str) -> int | str:
    if isinstance(part, int):
        return part + 1
    return chr(ord(part) + 1) if len(part) == 1 else ""
