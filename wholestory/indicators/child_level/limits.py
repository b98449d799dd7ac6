"""How much of somebody else's file is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file. Beyond any of them it is refused with words, in the memory these allow."""

    bytes: int = 2048 * MEGABYTE
    """Of the file on disk. A census of 500,000 children is about 600 MB."""
    one_record: int = 2 * MEGABYTE
    """Of one child's part of an XML file; the largest real ones are a few tens of thousand."""
    columns: int = 200
    """Of a CSV file or sheet."""
    one_cell: int = 10_000
    """Characters in one cell."""


LIMITS = Limits()
