"""Small counts of one figure hidden as `c`, together with what would give them away within it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wholestory.indicators.child_level.feeds import WITHHELD

LEAST_FOR_PERCENT = 10
"""Below this many a percentage is not given."""


def hidden(figure: Mapping[str, Any], limit: int) -> dict[str, Any]:
    """The figure with counts from 1 to `limit` - 1 hidden. A numerator is also hidden when what is left of its
    denominator is as small, and the next smallest part of a breakdown when a single part hidden could be worked out
    from the total."""
    told = {**figure, **_row(figure, limit)}
    told["breakdowns"] = {name: _parts(shares, limit) for name, shares in figure["breakdowns"].items()}
    under = figure["denominator"]
    small = (under if under is not None else figure["numerator"]) < LEAST_FOR_PERCENT
    if WITHHELD in (told["numerator"], told["denominator"]) or (figure["unit"] == "percent" and small):
        told["value"] = None
    if told.get("spread") and (small or told["numerator"] == WITHHELD):
        told["spread"] = None
    left_out = figure["rows_left_out"]
    told["rows_left_out"] = WITHHELD if 0 < left_out < limit else left_out
    return told


def _row(row: Mapping[str, Any], limit: int) -> dict[str, Any]:
    over, under = row["numerator"], row["denominator"]
    small_under = under is not None and 0 < under < limit
    rest = under is not None and 0 < under - over < limit
    return {
        "numerator": WITHHELD if 0 < over < limit or rest or small_under else over,
        "denominator": WITHHELD if small_under else under,
    }


def _parts(shares: Mapping[str, Mapping[str, Any]], limit: int) -> dict[str, dict[str, Any]]:
    told = {label: _row(share, limit) for label, share in shares.items()}
    for which in ("numerator", "denominator"):
        _further(shares, told, which, limit)
    return told


def _further(
    shares: Mapping[str, Mapping[str, Any]], told: dict[str, dict[str, Any]], which: str, limit: int
) -> None:
    """Hide the next smallest until those hidden together are more than one, and too many to tell apart."""
    while True:
        gone = [label for label, row in told.items() if row[which] == WITHHELD]
        if not gone:
            return
        together = sum(shares[label][which] for label in gone)
        if len(gone) > 1 and together >= limit:
            return
        left = [label for label, row in told.items() if row[which] not in (WITHHELD, None, 0)]
        if not left:
            return
        told[min(left, key=lambda label: shares[label][which])][which] = WITHHELD
