"""Finding names in text: of people, streets and institutions, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wholestory.child_deaths.rules.folding import Word, fold, words_of
from wholestory.child_deaths.rules.short_names import EVERYDAY, forms_of


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SHORTEST = 2
#: From so many letters a name with one letter changed is still pointed out.
LONG_ENOUGH = 5
_PARTICLES = _words("de la le da di du van von der den al el bin binti ibn mac mc st saint ap o")
_ABBREVIATIONS = _words(
    "GP ED HV SW MH CP PM DV DA AE IV CT MR HR BP OT PT ID UK NHS JP PC DC DS DI QC IT PE RE TA AP CM KG MG ML PH RR"
    " SN SP ST TB UTI"
)
_STREETS = {
    "ave": "avenue", "av": "avenue", "rd": "road", "st": "street", "cl": "close", "cres": "crescent", "ct": "court",
    "dr": "drive", "gdns": "gardens", "gdn": "garden", "gr": "grove", "grn": "green", "la": "lane", "ln": "lane",
    "pk": "park", "pl": "place", "sq": "square", "ter": "terrace", "terr": "terrace", "wy": "way",
}  # fmt: skip
_GENERIC = _words(
    """
    academy and catholic ce center centre child children childrens church churchs city clinic college
    community foundation general grammar health high home hospice hospital hospitals house infant infants
    junior medical nhs nursery of playgroup practice pre preschool primary rc royal saint school schools
    secondary st surgery the trust trusts unit university ward
    """
)
_TITLE = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Miss|Mx|Prof(?:essor)?|Nurse|Sister|Midwife|PC|PS|DC|DS|DI|DCI|Insp(?:ector)?|Sgt|Sergeant"
    r"|Constable|Judge|Rev|Councillor|Cllr)\.?\s(?:\d{2,6}\s)?"
    r"([A-ZÀ-ÖØ-Þ][\w’'-]+(?:\s[A-ZÀ-ÖØ-Þ][\w’'-]+)?)"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """Where something stands, and whether it is hardly anything else."""

    start: int
    end: int
    sure: bool


def in_words_of(words: Sequence[Word], forenames: str, surname: str, *, near_misses: bool) -> Iterator[Hit]:
    """Every word, or two words written apart, that is part of this name, one of its short forms, or (in a long enough
    name, when ``near_misses``) one letter away from it."""
    wanted = [each.folded for each in (*words_of(forenames), *words_of(surname))]
    wanted = [
        each for each in wanted if len(each) >= SHORTEST and each not in _PARTICLES and not each.isdigit()
    ]
    short = {form for each in words_of(forenames) for form in forms_of(each.folded)} - set(wanted)
    joined = {fold(re.sub(r"[\W_]+", "", surname)), fold(re.sub(r"[\W_]+", "", forenames))} - {""}
    for place, word in enumerate(words):
        if word.folded in wanted or (word.folded in joined and len(word.folded) > SHORTEST):
            yield Hit(word.start, word.end, word.capital or word.folded not in EVERYDAY)
        elif word.folded in short:
            yield Hit(word.start, word.end, word.capital and word.folded not in EVERYDAY)
        elif (
            near_misses
            and word.capital
            and len(word.folded) >= LONG_ENOUGH - 1
            and any(len(each) >= LONG_ENOUGH and _one_apart(word.folded, each) for each in wanted)
        ):
            yield Hit(word.start, word.end, False)
        if place + 1 < len(words):
            after = words[place + 1]
            pair = word.folded + after.folded
            if after.start - word.end <= 1 and len(pair) >= LONG_ENOUGH and pair in {*wanted, *joined}:
                yield Hit(word.start, after.end, word.capital)


def initials_in(text: str, forenames: str, surname: str) -> Iterator[Hit]:
    """The first letters of this name: ``J.S.``, ``J S``, ``JS``. Never sure; usual abbreviations only with points."""
    first = [each.folded[0] for each in words_of(forenames) if each.folded]
    last = [each.folded[0] for each in words_of(surname) if each.folded and each.folded not in _PARTICLES]
    if not first or not last:
        return
    for letters in {"".join([first[0], last[-1]]).upper(), "".join([*first, *last]).upper()}:
        apart = r"\.?\s?".join(re.escape(each) for each in letters)
        for match in re.finditer(rf"(?<![\w.]){apart}\b\.?(?!\w)", text):
            plain = match.group().strip()
            if plain in _ABBREVIATIONS:
                continue
            yield Hit(match.start(), match.start() + len(plain), False)


def after_titles(text: str) -> Iterator[Hit]:
    """A name after a title, whoever it is."""
    for match in _TITLE.finditer(text):
        yield Hit(match.start(1), match.end(1), False)


def streets_in(words: Sequence[Word], addresses: Iterable[str]) -> Iterator[Hit]:
    """The street of an address, with its number where that stands before it; street and road may be shortened."""
    read = [_STREETS.get(word.folded, word.folded) for word in words]
    for address in addresses:
        for line in re.split(r"[,\n]", address):
            parts = [_STREETS.get(each.folded, each.folded) for each in words_of(line)]
            number, street = _parted(parts)
            if len(street) < 2 or len("".join(street)) < LONG_ENOUGH:
                continue
            for place in _runs(read, street):
                with_number = number != "" and place > 0 and read[place - 1] == number
                start = words[place - 1 if with_number else place].start
                yield Hit(start, words[place + len(street) - 1].end, True)


def institutions_in(
    words: Sequence[Word], institutions: Iterable[str], unmasked: Iterable[str]
) -> Iterator[Hit]:
    """Institutions by their whole name, and (not sure) by what sets the name apart: Oakfield for Oakfield Primary."""
    allowed = {_plain(each) for each in unmasked}
    read = [word.folded for word in words]
    for institution in institutions:
        whole = _plain(institution)
        if not whole or whole in allowed:
            continue
        for place in _runs(read, list(whole)):
            yield Hit(words[place].start, words[place + len(whole) - 1].end, True)
        apart = [each for each in whole if each not in _GENERIC]
        if not apart or len("".join(apart)) < LONG_ENOUGH - 1:
            continue
        for place in _runs(read, apart):
            if all(word.capital for word in words[place : place + len(apart)]):
                yield Hit(words[place].start, words[place + len(apart) - 1].end, False)


def _plain(text: str) -> tuple[str, ...]:
    return tuple(each.folded for each in words_of(text))


def _parted(parts: list[str]) -> tuple[str, list[str]]:
    if parts and parts[0][:1].isdigit():
        return parts[0], parts[1:]
    return "", parts


def _runs(read: list[str], wanted: list[str]) -> Iterator[int]:
    for place in range(len(read) - len(wanted) + 1):
        if read[place : place + len(wanted)] == wanted:
            yield place


def _one_apart(one: str, other: str) -> bool:
    """Whether one letter was changed, left out, added, or two neighbours changed places."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        wrong = [place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
        if len(wrong) == 1:
            return True
        return (
            len(wrong) == 2
            and wrong[1] == wrong[0] + 1
            and one[wrong[0]] == other[wrong[1]]
            and (one[wrong[1]] == other[wrong[0]])
        )
    short, long = sorted((one, other), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
