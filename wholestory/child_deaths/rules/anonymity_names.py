"""Finding names in text: of people, streets and institutions, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wholestory.child_deaths.rules.folding import Read, words_of
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
#: What stands in the place of a name and names nobody: “Baby girl of ...”, “Twin one”, “Unnamed infant”.
_LITTLE = _words(
    """
    a an and babe baby boy child daughter female first girl i ii iii infant male man miss mr mrs ms newborn no none not
    of one or second son sibling stillborn the third three to triplet twin two unborn unknown unnamed mother father
    brother sister parent family name with for in is
    """
)
#: Of these, what some family is called.
_AS_SURNAMES = _words("boy child babe male miss")
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


def in_words_of(read: Read, forenames: str, surname: str, *, near_misses: bool) -> Iterator[Hit]:
    """Every word, or two words written apart, that is part of this name, one of its short forms, or (in a long enough
    name, when ``near_misses``) one letter away from it."""
    first, last = _naming(forenames), _naming(surname)
    # Where nothing else names somebody, a surname like Boy is what is left: it counts where it is written as a name.
    only = {each.folded for each in words_of(surname)} if first and not last else set()
    wanted = {
        each for each in (*first, *last)
        if len(each) >= SHORTEST and each not in _PARTICLES and not each.isdigit()
    }  # fmt: skip
    joined = {"".join(part) for part in (last, first)}
    for little in only & _AS_SURNAMES:
        for place in read.places.get(little, ()):
            word = read.words[place]
            if word.capital and not _begins(read, place):
                yield Hit(word.start, word.end, False)
    whole = wanted | {each for each in joined if len(each) > SHORTEST}
    short = {form for each in first for form in forms_of(each)} - whole
    for name in whole:
        for word in read.all(name):
            yield Hit(word.start, word.end, word.capital or name not in EVERYDAY)
        if len(name) >= LONG_ENOUGH:
            yield from _written_apart(read, name)
    for name in short:
        for word in read.all(name):
            yield Hit(word.start, word.end, word.capital and name not in EVERYDAY)
    if near_misses:
        long = [each for each in wanted if len(each) >= LONG_ENOUGH]
        for found in read.places.keys() - whole - short:
            if len(found) >= LONG_ENOUGH - 1 and any(_one_apart(found, each) for each in long):
                yield from (Hit(word.start, word.end, False) for word in read.all(found) if word.capital)


def _naming(name: str) -> tuple[str, ...]:
    """The words of a name that name somebody."""
    return tuple(each.folded for each in words_of(name) if each.folded not in _LITTLE)


def _begins(read: Read, place: int) -> bool:
    """Whether a word is the first of a text, or stands after a point: there a capital says nothing."""
    return place == 0 or read.words[place - 1].end + 1 < read.words[place].start


def _written_apart(read: Read, name: str) -> Iterator[Hit]:
    """``Mac Donald`` for ``MacDonald``."""
    for cut in range(1, len(name)):
        for place in read.places.get(name[:cut], ()):
            if place + 1 == len(read.words):
                continue
            word, after = read.words[place], read.words[place + 1]
            if after.folded == name[cut:] and after.start - word.end <= 1:
                yield Hit(word.start, after.end, word.capital)


def initials_in(text: str, forenames: str, surname: str) -> Iterator[Hit]:
    """The first letters of this name: ``J.S.``, ``J S``, ``JS``. Never sure; usual abbreviations only with points."""
    first = [each[0] for each in _naming(forenames) if each]
    last = [each[0] for each in _naming(surname) if each and each not in _PARTICLES]
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


def streets_in(read: Read, addresses: Iterable[str]) -> Iterator[Hit]:
    """The street of an address, with its number where that stands before it; street and road may be shortened."""
    words = read.words
    for address in addresses:
        for line in re.split(r"[,\n]", address):
            number, street = _parted([_long(each.folded) for each in words_of(line)])
            if len(street) < 2 or len("".join(street)) < LONG_ENOUGH:
                continue
            for place in _runs(read, street, whole_words=False):
                with_number = number != "" and place > 0 and words[place - 1].folded == number
                yield Hit(
                    words[place - 1 if with_number else place].start, words[place + len(street) - 1].end, True
                )


def institutions_in(read: Read, institutions: Iterable[str], unmasked: Iterable[str]) -> Iterator[Hit]:
    """Institutions by their whole name, and (not sure) by what sets the name apart: Oakfield for Oakfield Primary."""
    allowed = {_plain(each) for each in unmasked}
    words = read.words
    for institution in institutions:
        whole = _plain(institution)
        if not whole or whole in allowed:
            continue
        for place in _runs(read, whole):
            yield Hit(words[place].start, words[place + len(whole) - 1].end, True)
        apart = tuple(each for each in whole if each not in _GENERIC)
        if not apart or len("".join(apart)) < LONG_ENOUGH - 1:
            continue
        for place in _runs(read, apart):
            if all(word.capital for word in words[place : place + len(apart)]):
                yield Hit(words[place].start, words[place + len(apart) - 1].end, False)


def perhaps_in(read: Read, places: Iterable[str], unmasked: Iterable[str]) -> Iterator[Hit]:
    """Places and agencies that may be meant, never sure. Written small only a name of three words or more counts:
    many a place is recorded by words that name nothing, like a garden pond."""
    allowed = {_plain(each) for each in unmasked}
    for place in places:
        whole = _plain(place)
        if not whole or whole in allowed:
            continue
        apart = tuple(each for each in whole if each not in _GENERIC)
        for wanted in {whole, apart}:
            if len("".join(wanted)) < LONG_ENOUGH - 1:
                continue
            for at in _runs(read, wanted):
                words = read.words[at : at + len(wanted)]
                capital = all(word.capital for word in words if word.folded not in _GENERIC or not apart)
                if capital or (wanted == whole and len(whole) > 2):
                    yield Hit(words[0].start, words[-1].end, False)


def _plain(text: str) -> tuple[str, ...]:
    return tuple(each.folded for each in words_of(text))


def _parted(parts: list[str]) -> tuple[str, list[str]]:
    if parts and parts[0][:1].isdigit():
        return parts[0], parts[1:]
    return "", parts


def _long(folded: str) -> str:
    return _STREETS.get(folded, folded)


def _runs(read: Read, wanted: Sequence[str], *, whole_words: bool = True) -> Iterator[int]:
    """Where these words stand one after another; without ``whole_words`` a shortened street counts as the long one."""
    firsts = (
        [wanted[0]]
        if whole_words
        else [wanted[0], *(short for short, long in _STREETS.items() if long == wanted[0])]
    )
    for first in firsts:
        for place in read.places.get(first, ()):
            found = [each.folded for each in read.words[place : place + len(wanted)]]
            if found == list(wanted) or (not whole_words and [_long(each) for each in found] == list(wanted)):
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
