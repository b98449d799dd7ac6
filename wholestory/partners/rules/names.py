"""When two names are probably the same person or the same organisation. A person always decides; this only flags."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

_TITLES = frozenset(
    ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev", "revd", "reverend", "sir", "dame", "lady",
     "lord", "cllr", "councillor", "canon", "fr", "sister", "pc", "dc", "sgt", "sergeant", "ds", "di", "dci", "dsu",
     "supt", "superintendent", "dcs", "acc", "dcc", "cc", "insp", "inspector", "ch", "chief", "det", "detective",
     "constable", "obe", "mbe", "cbe", "qpm", "phd"]
)  # fmt: skip
#: Words that tell legal forms apart and not organisations.
_LEGAL_FORMS = frozenset(
    ["the", "ltd", "limited", "plc", "cic", "llp", "nhs", "trust", "foundation", "ft", "and", "of", "for"]
)
_SHORT_FORMS = {
    "&": " and ",
    "comm": "community",
    "pri": "primary",
    "sch": "school",
    "acad": "academy",
    "cofe": "church england",
}

ALIKE = 0.86
"""From this share of matching letters on, two names are shown side by side for somebody to decide."""


def fold(text: str) -> str:
    """A name as it is compared: no capitals, accents, titles, dots or double spaces."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(one for one in plain if not unicodedata.combining(one)).casefold()
    plain = re.sub(r"['’`]", "", plain)
    words = re.sub(r"[^a-z0-9]+", " ", plain.replace("&", " and ")).split()
    while len(words) > 1 and words[0] in _TITLES:
        words.pop(0)
    while len(words) > 1 and words[-1] in _TITLES:
        words.pop()
    return " ".join(words)


def fold_agency(text: str) -> str:
    """An organisation's name as it is compared; a part in brackets counts, a leading “the” does not."""
    words = [_SHORT_FORMS.get(word, word) for word in fold(text).split()]
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def fold_group(text: str) -> str:
    """A group's name as it is compared, whether or not the word “group” is added."""
    folded = fold(text)
    words = [word for word in folded.split() if word not in {"the", "group", "sub", "subgroup", "and"}]
    return " ".join(words) or folded


def turned(text: str) -> str:
    """“Ashdown, Jo” as “Jo Ashdown”; anything else as it is."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 2 and all(parts) and len(parts[0].split()) <= 3 and fold(parts[1]) not in _TITLES:
        return f"{parts[1]} {parts[0]}"
    return text.strip()


def likeness(one: str, other: str) -> float:
    """From 0 to 1: how much of two folded names matches, in whichever order their words stand."""
    if one == other:
        return 1.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if (
        matcher.quick_ratio() < ALIKE
    ):  # an upper bound, and much cheaper; it does not depend on the order of letters
        return matcher.quick_ratio()
    straight = matcher.ratio()
    sorted_ = SequenceMatcher(
        None, " ".join(sorted(one.split())), " ".join(sorted(other.split())), autojunk=False
    )
    return max(straight, sorted_.ratio())


def people_alike(one: str, other: str) -> bool:
    """Whether two people's names are close enough to ask about. Takes names as written."""
    a, b = fold(one), fold(other)
    if not a or not b:
        return False
    first, second = a.split(), b.split()
    if first[-1] == second[-1] and _forenames_alike(first[0], second[0]):
        return True
    return likeness(a, b) >= ALIKE


def _forenames_alike(one: str, other: str) -> bool:
    """Jo and Joanna, J and Jo; not Jo and Pat."""
    return one == other or one.startswith(other) or other.startswith(one)


def could_be_one_person(one: str, other: str) -> bool:
    """Whether two names under one e-mail address may be one person: a shared surname or forename is enough."""
    first, second = fold(one).split(), fold(other).split()
    return bool(set(first) & set(second)) or people_alike(one, other)


def agencies_alike(one: str, other: str) -> bool:
    """Whether two organisations' names are close enough to ask about. Takes names as written."""
    a, b = fold_agency(one), fold_agency(other)
    if not a or not b:
        return False
    if a == b or likeness(a, b) >= ALIKE:
        return True
    first = frozenset(a.split()) - _LEGAL_FORMS
    second = frozenset(b.split()) - _LEGAL_FORMS
    shared, all_ = first & second, first | second
    # One name inside the other, and most of it: a place they share (“Peterborough council”) is not enough.
    return len(shared) >= 2 and shared in (first, second) and len(shared) * 5 >= len(all_) * 3


def candidates(name: str, index: dict[str, list[int]]) -> list[int]:
    """Places in the list that ``index`` was made from whose names may look like ``name``."""
    return sorted({place for key in keys(fold(name)) for place in index.get(key, ())})


def index_of(names: Iterable[str]) -> dict[str, list[int]]:
    """For `candidates`: where each start of a surname and each forename stands."""
    found: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        for key in keys(fold(name)):
            found.setdefault(key, []).append(place)
    return found


def keys(folded: str) -> set[str]:
    """Under what a folded name is filed, so that only names with something in common are compared."""
    words = folded.split()
    if len(words) < 2:
        return {f"s:{folded}"} if words else set()
    return {f"s:{words[-1]}", f"f:{words[0]} {words[-1][0]}"}
