"""Numbers and tables as the report shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def ms(value: float) -> str:
    """Milliseconds, with a tenth where they are few."""
    return f"{value:,.1f}" if value < 10 else f"{value:,.0f}"


def aim(value: float, most: float, shown: str) -> str:
    """A number as it is shown; one that misses its aim is bold and names it."""
    return shown if value <= most else f"**{shown}** (aim {most:g})"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table."""
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "|".join("---" if at == 0 else "---:" for at in range(len(heads))) + "|"
    for row in rows:
        yield "| " + " | ".join(row) + " |"
