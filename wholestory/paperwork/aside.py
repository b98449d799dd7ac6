"""What a room keeps beside a page of questions, such as the evidence for it: shown there, changed on its own page.

Like comments it is no part of the answers: the form saves first, and then leads to the room's page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wholestory.paperwork.form import Page


@dataclass(frozen=True)
class AsideLine:
    """One thing beside the page. ``about`` is said behind it, ``flags`` are what somebody should look at."""

    words: str
    url: str = ""
    about: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Aside:
    """``on`` gives what stands beside a page; ``url`` is where it is changed, for those who answer the page."""

    heading: str
    nothing: str
    button: str
    on: Callable[[Page], Sequence[AsideLine]]
    url: Callable[[Page], str]
