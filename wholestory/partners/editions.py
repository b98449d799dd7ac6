"""The editions of guidance a board may work under, by name. ``pathways`` says what each holds."""

from __future__ import annotations

EDITIONS: tuple[tuple[str, str], ...] = (
    ("WT2013", "Working Together 2013"),
    ("WT2015", "Working Together 2015"),
    ("TRANS", "Transition from boards to partnerships, 2018 to 2019"),
    ("WT2018", "Working Together 2018"),
    ("WT2023", "Working Together 2023"),
    ("WT2026", "Working Together 2026 (not read yet: no clock is claimed under it)"),
)
NAMES: dict[str, str] = dict(EDITIONS)


def name(key: str) -> str:
    """An edition's name; the key itself for one nobody has named."""
    return NAMES.get(key, key)
