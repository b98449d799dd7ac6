"""Ofsted's lists of children (Annex A, an Excel workbook): reading, checking and counting them.

`read` gives the lists, `check` holds them against the rules, `count` makes the figures; in this order.
"""

from wholestory.indicators.child_level.annex_a import between_rows, care, front_door, protection
from wholestory.indicators.child_level.annex_a.checks import check
from wholestory.indicators.child_level.annex_a.counting import Settings, count
from wholestory.indicators.child_level.annex_a.reader import Book, read, rules

#: Importing these declares the rules they hold and the figures they make.
DECLARED_IN = (between_rows, front_door, protection, care)

__all__ = ["DECLARED_IN", "Book", "Settings", "check", "count", "read", "rules"]
