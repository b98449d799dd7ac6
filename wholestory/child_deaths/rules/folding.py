"""Text as it is compared: without accents, capitals and odd apostrophes, with the way back to where each word stood."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
# Letters that do not fall apart into a plain one and an accent.
_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word: ``folded`` for comparing (no apostrophes, no possessive), and where it stands in the text."""

    folded: str
    start: int
    end: int
    capital: bool
    written: str


@dataclass(frozen=True)
class Read:
    """A text as its words, with where each folded word stands: long papers are looked through for many names."""

    words: tuple[Word, ...]
    places: dict[str, list[int]]

    @classmethod
    def of(cls, text: str) -> Read:
        """The words of a text."""
        words = words_of(text)
        places: dict[str, list[int]] = {}
        for place, word in enumerate(words):
            places.setdefault(word.folded, []).append(place)
        return cls(words, places)

    def all(self, folded: str) -> list[Word]:
        """Every time this word stands there."""
        return [self.words[place] for place in self.places.get(folded, ())]


def fold(text: str) -> str:
    """Lower case, no accents, plain apostrophes."""
    plain = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    plain = "".join(_LETTERS.get(each, each) for each in plain)
    return "".join(each for each in plain if not unicodedata.combining(each))


def words_of(text: str) -> tuple[Word, ...]:
    """Every word with its place. ``Sam’s`` is the word ``sam``; ``O’Brien`` is ``obrien``; hyphens part words."""
    found = []
    for match in _WORD.finditer(_keeping_places(text.translate(_APOSTROPHES))):
        written = text[match.start() : match.end()]
        folded = fold(written)
        folded = re.sub(r"'s$", "", folded).replace("'", "")
        found.append(Word(folded, match.start(), match.end(), written[:1].isupper(), written))
    return tuple(found)


def _keeping_places(text: str) -> str:
    """The text with each combining mark read as part of its letter, and every place as it was."""
    return "".join("a" if unicodedata.combining(each) else each for each in text)
