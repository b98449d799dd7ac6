"""The sentences that stand beside every figure: whose score, over how many, under which rules, from where."""

from __future__ import annotations

from datetime import date

from wholestory.assurance.queries.figures import Round
from wholestory.assurance.reports.base import day, plural

WHOSE = "Scores are the moderated ones where there are any, otherwise the agency’s own."
SHARES = (
    "A share is the number compliant out of those that gave a score. Not applicable, left blank and not asked are"
    " counted apart and are never a score."
)


def over(found: Round, today: date) -> str:
    """How many returns, and how many of them moderated."""
    figures = found.figures
    said = f"{plural(figures.returns, 'return')} with scores, {figures.moderated:,} of them moderated"
    if found.items_on is not None:
        return f"{said}: results released to the agencies, added up on {day(found.items_on)}."
    return f"{said}, as they stand on {day(today)}."


def rules_of(found: Round) -> str:
    """The rules in force, one sentence each."""
    cycle = found.cycle
    cap = (
        "A lowest score on an item marked critical holds its standard down."
        if cycle.critical_cap
        else "No item holds its standard down by itself."
    )
    weight = " What does not apply gives its weight to the rest of its standard." if cycle.reweight else ""
    return f"{found.test.label} {cap}{weight}"


def made(found: Round, today: date, *more: str) -> tuple[str, ...]:
    """How the figures of a page are made."""
    scale = found.framework.scale
    asked = f"{found.framework.title}, version {found.framework.version}. Scale: {scale.title}."
    said = (over(found, today), WHOSE, SHARES, rules_of(found), asked, *more, found.framework.status)
    return tuple(sentence for sentence in said if sentence)
