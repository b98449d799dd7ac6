"""A message never says who a record is about. E-mail is read on telephones, forwarded and kept by others.

This finds what has a shape: numbers of children, dates of birth, full postcodes, how somebody is related to
somebody, and names the caller says must not appear. It cannot know a name it was not told; the wordings leave no
place for one, and free text is read by a person before it is sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something that could tell who a message is about: what it is, and the words that say it."""

    what: str
    words: str

    @property
    def sentence(self) -> str:
        """For the person who wrote it."""
        return f"Take out “{self.words}”: it looks like {self.what}. Use the reference and the link instead"


class Identifying(ValueError):
    """A message says, or may say, who a record is about."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(finding.sentence for finding in self.findings))


_TEN_DIGITS = re.compile(r"(?<![\d-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d-])")
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a pupil number", re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]\b")),
    ("a National Insurance number", re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")),
    ("a full postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b")),
    (
        "a date of birth",
        re.compile(r"\b(?:d\.? ?o\.? ?b\b\.?|date of birth|born (?:on|in)\b)[^.\n]{0,20}", re.IGNORECASE),
    ),
    (
        "how somebody is related to somebody",
        re.compile(
            r"\b(?:[Mm]other|[Ff]ather|[Mm]um|[Dd]ad|[Ss]ister|[Bb]rother|[Ss]on|[Dd]aughter) "
            r"(?:of |to )?[A-Z][a-z]+(?: [A-Z][a-z]+)?"
        ),
    ),
    ("what a child in a case is called", re.compile(r"\b[Cc]hild [A-Z]{1,2}\d?\b")),
)
_SHORTEST_NAME = 3


def findings(text: str, never: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Everything in ``text`` that may tell who it is about; ``never`` are names the caller knows must not appear."""
    return tuple(_found(text, never))


def check(*texts: str, never: Iterable[str] = ()) -> None:
    """Raises Identifying when any of the texts says too much."""
    names = tuple(never)
    found = [finding for text in texts for finding in findings(text, names)]
    if found:
        raise Identifying(found)


def _found(text: str, never: Iterable[str]) -> Iterator[Finding]:
    for match in _TEN_DIGITS.finditer(text):
        if _is_nhs_number(match.group()):
            yield Finding("an NHS number", match.group())
    for what, shape in _SHAPES:
        for match in shape.finditer(text):
            yield Finding(what, match.group().strip())
    for name in never:
        for word in name.split():
            if len(word) >= _SHORTEST_NAME and re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE):
                yield Finding("the name of somebody the record is about", word)


def _is_nhs_number(typed: str) -> bool:
    """Whether the check digit holds (modulus 11, NHS Data Dictionary); most telephone numbers fail it."""
    digits = [int(one) for one in typed if one.isdigit()]
    check_digit = 11 - sum(d * w for d, w in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return check_digit != 10 and digits[9] == check_digit % 11
