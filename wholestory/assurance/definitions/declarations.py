"""What somebody declares by signing a return: one wording for the senior officer, another for a governor.

A governor does not run the school: what a head declares about the school's own work, a governor can only say of what
the governing body has seen and asked. A change of wording is a new version; each signature keeps its own.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Declaration:
    """The words, and the version a signature keeps."""

    version: str
    words: str


SENIOR_OFFICER = Declaration(
    "2016-1",
    "I am the senior officer responsible for safeguarding in this organisation, or sign for that person."
    " I have read these answers. They are a fair account of where we stand, and the actions are ours to carry out.",
)
GOVERNOR = Declaration(
    "2016-1-governor",
    "I sign for the governing body, not as the person who runs the school or college. I have read these answers, have"
    " asked about what I did not recognise, and they agree with what governors have seen this year. The whole governing"
    " body will see them, minute that it did, and ask how the actions are going.",
)
_GOVERNS = ("governor", "trustee", "governing body")


def declaration_for(post: str) -> Declaration:
    """What whoever holds this post declares; the senior officer's words for any other."""
    return GOVERNOR if any(word in post.casefold() for word in _GOVERNS) else SENIOR_OFFICER
