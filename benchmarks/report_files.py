"""The figures about files of children as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.shown import aim, table


def censuses(found: list[dict[str, Any]]) -> Iterator[str]:
    """A census, every rule and every figure, beside the published validator."""
    yield "### A census: every rule and every figure"
    yield ""
    yield from table(
        ("what", "children", "processor s", "for 1,000 children", "MB"),
        [
            (
                {"ours": "Wholestory, rules and figures", "theirs": "csc-validator-be-cin, rules only"}[
                    row["what"]
                ],
                f"{row['children']:,}",
                _within(row["seconds"], row["aim"][0], f"{row['seconds']:,.1f}"),
                f"{1_000 * row['seconds'] / row['children']:,.2f}",
                _within(row["megabytes"], row["aim"][1], f"{row['megabytes']:,.0f}"),
            )
            for row in found
        ],
    )
    yield ""
    yield "The published validator's time grows with the square of the children once they are many."


def looked_after(found: list[dict[str, Any]]) -> Iterator[str]:
    """The looked-after return."""
    yield "### The looked-after return: every rule and every figure"
    yield ""
    yield from table(
        ("children", "processor s", "MB", "published validator, processor s", "MB"),
        [
            (
                f"{row['children']:,}",
                _within(row["seconds"], row["aim"][0], f"{row['seconds']:,.1f}"),
                _within(row["megabytes"], row["aim"][1], f"{row['megabytes']:,.0f}"),
                f"{row['other_seconds']:,.1f}" if "other_seconds" in row else "",
                f"{row['other_megabytes']:,.0f}" if "other_seconds" in row else "",
            )
            for row in found
        ],
    )
    yield ""
    yield (
        "The published validator (csc-validator-be-903 0.1.17) runs more rules, those of adoption and social workers"
        " among them, and works out no figure."
    )


def _within(value: float, most: float | None, shown: str) -> str:
    return shown if most is None else aim(value, most, shown)
