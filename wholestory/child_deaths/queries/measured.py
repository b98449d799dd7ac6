"""Of which rows of figures each measure is asked, and of which it holds: said once, for every page that counts them.

The same as ``rules.data_quality`` says of one death. “Inadequate information” is an answer. How soon the panel was told
of a death that was brought in is shown with its case and is never counted as ours.
"""

from __future__ import annotations

from django.db.models import Q

from wholestory.child_deaths.rules.data_quality import NOTIFIED_WITHIN_HOURS

#: Rows whose hours until the panel was told are counted.
HOURS_COUNT = Q(brought_in=False, hours_to_notified__isnull=False)


def said_or_not(column: str) -> tuple[Q, Q]:
    """A column that says yes or no: asked of whichever rows have it."""
    return Q(**{f"{column}__isnull": False}), Q(**{column: True})


_ALL_KNOWN = ~Q(has_ethnicity=False) & ~Q(has_postcode=False) & ~Q(has_sex=False)
_ALL_KNOWN &= (Q(has_gestation=True) | Q(has_gestation=None)) & (
    Q(has_birthweight=True) | Q(has_birthweight=None)
)
#: Each measure by its key: of which rows it is asked, and of which of them it holds.
OF_ROWS: dict[str, tuple[Q, Q]] = {
    "nhs_number": said_or_not("has_nhs_number"),
    "told": (HOURS_COUNT, Q(hours_to_notified__lte=NOTIFIED_WITHIN_HOURS)),
    "demographics": (Q(withheld=False), _ALL_KNOWN),
    **{
        name: said_or_not(f"has_{name}")
        for name in ("ethnicity", "postcode", "sex", "gestation", "birthweight")
    },
    "modifiable": (Q(year_reviewed__isnull=False, withheld=False), ~Q(modifiable="")),
    "final": said_or_not("final_in_time"),
}
