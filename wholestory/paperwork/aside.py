"""What a room keeps beside a page of questions, such as the evidence for it: shown there, changed on its own page.

Like comments it is no part of the answers: the form saves first, and then leads to the room's page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from wholestory.paperwork.form import Page
from wholestory.paperwork.given import Place
from wholestory.paperwork.showing import ShownAnswer, ShownPage, ShownSection


@dataclass(frozen=True)
class AsideLine:
    """One thing beside the page. ``about`` is said behind it, ``flags`` are what somebody should look at."""

    words: str
    url: str = ""
    about: str = ""
    flags: tuple[str, ...] = ()


Beside = Mapping[str, Sequence[str]]
"""What stands under a line of a copy, in words, by the key of a question of that line."""


def _nothing() -> Beside:
    return {}


@dataclass(frozen=True)
class Aside:
    """``on`` gives what stands beside a page; ``url`` is where it is changed, for those who answer the page.
    ``in_copies`` gives the same in words, for the filled copies: a list to read, never the things themselves."""

    heading: str
    nothing: str
    button: str
    on: Callable[[Page], Sequence[AsideLine]]
    url: Callable[[Page], str]
    in_copies: Callable[[], Beside] = _nothing


def under_lines(pages: Sequence[ShownPage], aside: Aside | None) -> tuple[ShownPage, ...]:
    """The pages of a filled form with what is kept beside each line under its answers."""
    beside = aside.in_copies() if aside is not None else {}
    if aside is None or not beside:
        return tuple(pages)
    heading = aside.heading

    def added(section: ShownSection) -> ShownSection:
        key = next((each.place.key for each in section.answers if each.place.key in beside), "")
        if not key:
            return section
        said = ShownAnswer(
            Place(key), heading, "", is_required=False, state="value", lines=tuple(beside[key])
        )
        return replace(section, answers=(*section.answers, said))

    return tuple(replace(page, sections=tuple(map(added, page.sections))) for page in pages)
