"""A list of earlier cases as a panel's spreadsheet has one. Everybody in it is invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

HEADINGS = (
    "CDOP ref", "Name of child", "DOB", "Sex", "NHS Number", "Postcode", "District", "Date of death",
    "Date notified", "Date reviewed", "Category", "Modifiable?", "Expected?", "Status", "Notes",
)  # fmt: skip

#: A finished case, an open one that waits for an inquest, one reviewed elsewhere.
FINISHED = (
    "NM/08/01", "Tamsin Orchard", "02/05/2008", "F", "999 000 0018", "ZZ99 3WZ", "Northmarsh", "14/03/2009",
    "15/03/2009", "1/9/2009", "8", "No", "No", "Closed", "Seen at the neonatal panel",
)  # fmt: skip
OPEN = (
    "NM/15/07", "Corwin Dell", "11/11/2001", "M", "", "ZZ99 3WZ", "Northmarsh", "2015-12-20", "2015-12-21", "", "", "",
    "Unexpected", "Awaiting inquest", "",
)  # fmt: skip
ELSEWHERE = (
    "NM/12/03", "Una Marlow", "1.2.12", "female", "", "", "Farhaven", "3 February 2012", "06/02/2012", "", "", "", "",
    "Out of area", "",
)  # fmt: skip


def as_csv(*lines: Sequence[str], headings: Sequence[str] = HEADINGS) -> bytes:
    """The list as a CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([headings, *lines])
    return out.getvalue().encode()
