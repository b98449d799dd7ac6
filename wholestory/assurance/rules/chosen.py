"""The rules a board chooses for a cycle, and all six rules of its figures in words, as they apply to that cycle.

Source: domain notes on quality assurance, 1.6: each rule is said on screen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from wholestory.assurance.rules.rollup import CriticalCap, Weighting
from wholestory.assurance.rules.scales import CompliantTest, Scale

CRITICAL = "Critical lines"


@dataclass(frozen=True)
class CycleRules:
    """The rules chosen for a cycle."""

    critical_cap: bool = False
    cap_at: str = ""
    reweight: bool = False
    weighting: str = Weighting.STANDARDS.value
    has_panel: bool = False


class HasRules(Protocol):
    """Whatever keeps a cycle's rules: the cycle itself, or a part of it."""

    critical_cap: bool
    cap_at: str
    reweight: bool
    weighting: str
    has_panel: bool


def rules_in(cycle: HasRules) -> CycleRules:
    """The rules of a cycle by themselves."""
    return CycleRules(cycle.critical_cap, cycle.cap_at, cycle.reweight, cycle.weighting, cycle.has_panel)


def cap_under(rules: HasRules | CycleRules, scale: Scale) -> CriticalCap | None:
    """The cap these rules put on standards with a lowest score on a critical item; None while it is off."""
    if not rules.critical_cap:
        return None
    usual = CriticalCap.usual(scale)
    return replace(usual, capped_at=rules.cap_at) if rules.cap_at else usual


@dataclass(frozen=True)
class Made:
    """One rule: what it is about, and what it says."""

    about: str
    says: str


def how_made(
    test: CompliantTest,
    *,
    cap: CriticalCap | None,
    reweight: bool,
    weighting: str,
    has_weights: bool = False,
    scored: bool = True,
) -> tuple[Made, ...]:
    """The six rules in the order of the notes; for answers that are not scored, the one thing there is to say."""
    if not scored:
        return (
            Made(
                "Not scored",
                "These answers are plain words. No figure is made of them; they are left out of every mean, percentage"
                " and comparison, and the page says “Answered (not scored)”.",
            ),
        )
    return (
        Made("From a line to a standard", _standard(reweight=reweight, has_weights=has_weights)),
        Made("From standards to an agency", _agency(weighting, reweight=reweight, has_weights=has_weights)),
        Made(CRITICAL, _cap(cap, test.scale)),
        Made(
            "The area as a whole",
            "Agencies are listed and counted by score. They are not averaged: a small charity and a police force do"
            " not weigh the same.",
        ),
        Made(
            "How much is compliant",
            f"{test.label} The share is compliant lines out of those that apply and were answered, summed over lines"
            " and never averaged over percentages. How much was answered stands beside it. A line left blank is"
            " never compliant, and is shown as blank and not as nought.",
        ),
        Made(
            "Whose scores",
            "The moderated score where there is one, otherwise the agency's own; each figure says which.",
        ),
    )


def _standard(*, reweight: bool, has_weights: bool) -> str:
    mean = (
        "The mean of its lines that apply and were answered, each counting by its points."
        if has_weights
        else "The mean of its lines that apply and were answered."
    )
    gone = (
        "The points of a line that does not apply go to the others of its standard, which keeps its whole weight."
        if reweight
        else "A line that does not apply leaves the reckoning, and its weight with it."
    )
    return f"{mean} {gone} Beside it stand how many apply, how many were answered, and how many do not apply."


def _agency(weighting: str, *, reweight: bool, has_weights: bool) -> str:
    if weighting == Weighting.STANDARDS:
        return f"{Weighting.STANDARDS.label}, however many lines it has."
    counts = "Each answered line counts by its points" if has_weights else Weighting.ITEMS.label
    kept = ", and a standard keeps the points of its lines that do not apply" if reweight else ""
    return f"{counts}{kept}."


def _cap(cap: CriticalCap | None, scale: Scale) -> str:
    if cap is None:
        return "No line holds its standard down by itself. The board has not switched that rule on."
    low, held = scale.point(cap.triggered_at), scale.point(cap.capped_at)
    return (
        f"A score of {_words(scale, low.value)} on a line marked critical holds its standard at"
        f" {_words(scale, held.value)} or lower, and the standard says so."
    )


def _words(scale: Scale, value: str) -> str:
    label = scale.point(value).label
    return f"{value} ({label})" if scale.numeric and label != value else label
