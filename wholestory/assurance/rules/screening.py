"""What somebody looks at before a return is judged.

Source: domain notes on quality assurance, 1.5 (states of the lifecycle; case records have no place in evidence) and
6.2 items 18 and 28.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """One thing to look at, asked so that "yes" is how it should be."""

    key: str
    question: str
    hint: str = ""


LOOKS: tuple[Look, ...] = (
    Look("signatory", "Was it signed by somebody senior enough to answer for it?"),
    Look(
        "reasons",
        "Do the reasons for “not applicable” hold?",
        "On critical lines a moderator agrees them one by one",
    ),
    Look("backed", "Does each score rest on more than a word or two?"),
    Look("evidence", "Can the files and links be opened from here, and are they this organisation’s own?"),
    Look("no_child", "Is it free of anything that could point to a child or a member of staff?"),
    Look("plans", "Has every line below compliant a plan with a date?"),
)


def failing(checks: Mapping[str, str]) -> tuple[Look, ...]:
    """What was answered with no."""
    return tuple(look for look in LOOKS if checks.get(look.key) == "no")
