"""The sentences that stand beside every figure: whose score, over how many, under which rules, from where."""

from __future__ import annotations

from datetime import date

from wholestory.assurance.answers import how_made_of
from wholestory.assurance.queries.figures import Round
from wholestory.assurance.reports.base import day, plural
from wholestory.assurance.rules.chosen import rules_in

WHOSE = "Scores are the moderated ones where there are any, otherwise the agency’s own."
UNSCORED = "Each number is a number of agencies that gave this answer. Nothing here is a score."
SHARES = (
    "A share is the number compliant out of those that gave a score. Not applicable, left blank and not asked are"
    " counted apart and are never a score."
)


def over(found: Round, today: date) -> str:
    """How many returns, and how many of them moderated."""
    figures = found.figures
    if not found.framework.scored:
        stands = day(found.items_on or today)
        return f"{plural(figures.returns, 'return')} answered, in words and without scores, as of {stands}."
    said = f"{plural(figures.returns, 'return')} with scores, {figures.moderated:,} of them moderated"
    if found.items_on is not None:
        return f"{said}: results released to the agencies, added up on {day(found.items_on)}."
    return f"{said}, as they stand on {day(today)}."


def made(found: Round, today: date, *more: str) -> tuple[str, ...]:
    """How the figures of a page are made: over what, whose scores, and each rule in force."""
    framework = found.framework
    asked = f"{framework.title}, version {framework.version}. Scale: {framework.scale.title}."
    rules = [
        f"{rule.about}: {rule.says}" for rule in how_made_of(framework, found.test, rules_in(found.cycle))
    ]
    figures: tuple[str, ...] = (WHOSE, SHARES)
    if not framework.scored:
        asked, figures, more = f"{framework.title}, version {framework.version}.", (UNSCORED,), ()
    said = (over(found, today), *figures, *rules, asked, *more, framework.status)
    return tuple(sentence for sentence in said if sentence)
