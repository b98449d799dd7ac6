"""Names, postcodes and numbers as they are compared: without accents, case, spaces and typing habits."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from stdnum.gb import nhs

#: Letters that Unicode does not take apart into a plain letter and a mark.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼ")
_NOT_IN_A_CODE, _NOT_A_FIGURE = re.compile(r"[^A-Z0-9]+"), re.compile(r"[^0-9]+")
_BABY_OF = re.compile(r"\bb\s*/\s*o\b", re.IGNORECASE)

#: Words that stand where a forename should be when a baby has none yet.
_BABY = frozenset(
    {"baby", "babe", "infant", "newborn", "neonate", "unnamed", "unborn", "child", "foetus", "fetus"}
)
_TOGETHER = {"twin": 2, "twins": 2, "triplet": 3, "triplets": 3, "quadruplet": 4, "quadruplets": 4, "quad": 4}
_SEXES = {"boy": "M", "male": "M", "son": "M", "girl": "F", "female": "F", "daughter": "F"}
_ORDER = {
    "1": 1, "one": 1, "i": 1, "first": 1, "a": 1, "2": 2, "two": 2, "ii": 2, "second": 2, "b": 2,
    "3": 3, "three": 3, "iii": 3, "third": 3, "c": 3, "4": 4, "four": 4, "iv": 4, "fourth": 4, "d": 4,
}  # fmt: skip
_NOT_KNOWN = frozenset({"unknown", "nk", "na", "none", "tbc", "not", "known", "given", "withheld"})
_BETWEEN = frozenset({"of", "to", "the", "no", "number", "and"})


@dataclass(frozen=True, slots=True)
class Forenames:
    """What stood in the box for forenames: names (folded), or that there is none yet and what that told instead."""

    names: tuple[str, ...] = ()
    #: Whether a word for a baby stood there; ``names`` may then be a surname ("Baby Smith") or a name ("Baby Rose").
    placeholder: bool = False
    of_mother: tuple[str, ...] = ()
    sex: str = ""
    births: int | None = None
    order: int | None = None


def folded(text: str) -> str:
    """Lower-case letters and figures with single spaces: "O'Brien-Łuczak" gives "obrien luczak"."""
    if text.isascii() and (not text or text.isalpha()):
        return text.lower()
    if text.isascii():
        plain = text.casefold().translate(_APOSTROPHES)
    else:
        apart = unicodedata.normalize("NFKD", text.casefold().translate(_APOSTROPHES).translate(_PLAIN))
        plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain).split())


def forenames(text: str) -> Forenames:
    """Read the box: "Twin 2 of Sarah" tells the order, how many there were and the mother, and no forename."""
    words = folded(_BABY_OF.sub(" baby of ", text)).split()
    if not words:
        return Forenames(placeholder=True)
    if not _placeholder(words):
        return Forenames(tuple(words))
    sex, births, order = "", None, None
    mother: list[str] = []
    names: list[str] = []
    after_of = False
    for at, word in enumerate(words):
        if word in _TOGETHER:
            births = _TOGETHER[word]
        elif word in _SEXES:
            sex = _SEXES[word]
        elif word == "of":
            after_of = True
        elif after_of:
            mother.append(word)
        elif word in _ORDER and (births or _follows(words, at, "baby")):
            order = _ORDER[word]
        elif word not in _BABY | _NOT_KNOWN | _BETWEEN:
            names.append(word)
    return Forenames(tuple(names), True, tuple(mother), sex, births, order)


def surname(text: str) -> tuple[str, ...]:
    """The parts of a surname; "Unknown" and the like are none. "Smith (twin 1)" is Smith."""
    words = folded(text).split()
    kept = [word for word in words if word not in _NOT_KNOWN | _BABY]
    if any(word in _TOGETHER for word in kept):
        kept = [word for word in kept if word not in _TOGETHER and word not in _ORDER]
    return tuple(kept)


def order_in(text: str) -> tuple[int | None, int | None]:
    """How many were born together and which this was, as far as a name says: "Smith Twin 2" gives (2, 2)."""
    words = folded(text).split()
    births = next((_TOGETHER[word] for word in words if word in _TOGETHER), None)
    if births is None:
        return None, None
    return births, next((_ORDER[word] for word in words if word in _ORDER), None)


def postcode(text: str) -> str:
    """Letters and figures only, in capitals; empty for what is too short to be one, or the code for no fixed abode."""
    plain = _NOT_IN_A_CODE.sub("", text.upper())
    return plain if 5 <= len(plain) <= 7 and not plain.startswith("ZZ99") else ""


def number(text: str) -> str:
    """The ten figures of an NHS number; empty for anything else, and for ten times the same figure."""
    figures = _NOT_A_FIGURE.sub("", text)
    return figures if len(figures) == 10 and len(set(figures)) > 1 else ""


def checks(figures: str) -> bool:
    """Whether the check digit agrees (weights 10 to 2, modulo 11)."""
    return bool(nhs.is_valid(figures))


def _placeholder(words: list[str]) -> bool:
    """Whether these words stand for no name: a word for a baby, or nothing but words for a sex or not known."""
    if any(word in _BABY or word in _TOGETHER for word in words):
        return True
    return all(word in _SEXES or word in _NOT_KNOWN or word in _BETWEEN for word in words) or (
        words[0] in _SEXES and "of" in words
    )


def _follows(words: list[str], at: int, word: str) -> bool:
    return at > 0 and words[at - 1] in {word, *_SEXES, "number", "no"}
