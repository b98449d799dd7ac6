"""The figures about deaths and statistics as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.shown import aim, ms, table

DUPLICATES_AIM, PATTERNS_AIM, NATIONAL_AIM = 300, 2_000, 150


def duplicates(found: list[dict[str, Any]]) -> Iterator[str]:
    """Whether a death is known already."""
    yield "### Is a death known already?"
    yield ""
    yield from table(
        (
            "one new message against", "p50 ms", "p95 ms", "of it processor: ours", "PostgreSQL",
            "right among five", "queries",
        ),
        [
            (
                row["what"], ms(row["p50"]), aim(row["p95"], DUPLICATES_AIM, ms(row["p95"])),
                ms(row["own"]) if row.get("own") else "", ms(row["database"]) if row.get("own") else "",
                "" if row["top_five"] is None else f"{row['top_five']:.1%}", str(row["queries"] or ""),
            )
            for row in found
        ],
    )  # fmt: skip


def numbers(found: list[dict[str, Any]]) -> Iterator[str]:
    """Statistics by themselves."""
    yield "### Statistics by themselves"
    yield ""
    yield from table(
        ("what", "p50 ms", "of it processor", "at most", "public programs", "times as fast"),
        [
            (
                row["what"],
                ms(row["p50"]) if row["aim"] is None else aim(row["p50"], row["aim"], ms(row["p50"])),
                ms(row["own"]), "" if row["aim"] is None else ms(row["aim"]),
                "" if row["others"] is None else ms(row["others"]),
                "" if row["others"] is None else f"{row['others'] / row['p50']:.1f}",
            )
            for row in found
        ],
    )  # fmt: skip


def patterns(found: list[dict[str, Any]]) -> Iterator[str]:
    """The dashboard."""
    yield "### The dashboard of 35,000 deaths"
    yield ""
    yield from table(
        ("what", "rows", "p50 ms", "p95 ms"),
        [
            (
                row["what"],
                f"{row['rows']:,}",
                ms(row["p50"]),
                aim(row["p95"], PATTERNS_AIM, ms(row["p95"])),
            )
            for row in found
        ],
    )


def national(found: list[dict[str, Any]]) -> Iterator[str]:
    """The pages of a country."""
    yield "### The pages of a country: 35,000 deaths in 153 areas, all seen by one coordinator"
    yield ""
    yield from table(
        ("page", "p50 ms", "p95 ms", "of it processor: ours", "PostgreSQL", "queries"),
        [
            (
                row["page"], ms(row["p50"]), aim(row["p95"], NATIONAL_AIM, ms(row["p95"])), ms(row["own"]),
                ms(row["database"]), str(row["queries"]),
            )
            for row in found
        ],
    )  # fmt: skip
