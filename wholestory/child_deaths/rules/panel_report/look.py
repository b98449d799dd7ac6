"""A look at what somebody wrote for the public version: what a reader might recognise a child by. It warns, and never
refuses; that it finds nothing is no proof."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from wholestory.child_deaths.rules.anonymity import Known, scan

_AGES = re.compile(r"\b(?:aged?\s+\d{1,2}|\d{1,2}[\s-]*(?:year|month|week|day)s?[\s-]*old)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"]([^”\"]{25,})[”\"]")
_FEW = re.compile(
    r"\b(?:one|two|three|four|[1-4])\s+(?:\w+\s+)?(?:deaths?|child(?:ren)?|bab(?:y|ies)|infants?|boys?|girls?|reviews?"
    r"|famil(?:y|ies)|cases?)\b",
    re.IGNORECASE,
)
_PLACES = re.compile(
    r"\b[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*\s+(?:Hospital|Infirmary|Ward|School|Academy|Hospice)\b"
)


def warnings(texts: Mapping[str, str], known: Known) -> tuple[str, ...]:
    """One sentence for each stretch of text to look at, section by section."""
    found = [each.sentence for each in scan(texts, known)]
    for place, text in texts.items():
        found += [f"“{words}” {why} ({place})" for words, why in _shapes(text)]
    return tuple(dict.fromkeys(found))


def _shapes(text: str) -> Iterator[tuple[str, str]]:
    for match in _AGES.finditer(text):
        yield match[0], "gives an age; the public version has bands alone"
    for match in _QUOTED.finditer(text):
        yield f"{match[1][:40]}…", "looks like somebody’s own words; the public version quotes nobody"
    for match in _FEW.finditer(text):
        yield match[0], "gives a small number, which no table of the public version would show"
    for match in _PLACES.finditer(text):
        yield match[0], "names one hospital, ward or school"
