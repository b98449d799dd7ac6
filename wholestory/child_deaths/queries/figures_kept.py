"""The counted figures of the dashboard, kept in memory until a row they were counted from changes.

Nothing is kept that somebody else might be shown. What is kept is found again by a mark of the very rows the acting
person sees: for each circle they see, how many rows there are and which transactions wrote them. The database works the
mark out anew each time, under the same rules as the figures themselves: whoever sees other rows has another mark, and
so has everybody after a row was written, changed or taken away. The memory is the process's own; nothing is on disk.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from datetime import date
from threading import Lock
from typing import Any

from django.db.models import BigIntegerField, Count, Func, Max, Sum, TextField
from django.db.models.functions import Cast

from wholestory.child_deaths.models import DeathRow
from wholestory.child_deaths.queries import patterns

#: So many answers are kept: a panel's usual filters, as a few people see them.
MOST = 64

_kept: OrderedDict[Hashable, patterns.Numbers] = OrderedDict()
_one_at_a_time = Lock()


def numbers(wanted: Mapping[str, Any], today: date, *, exact: bool) -> patterns.Numbers:
    """What ``patterns.numbers`` counts of the rows an answered filter leaves, counted only where it has to be. One
    question to the database where it is kept, as many as the counting has and one where not."""
    # Taken before the counting: were a row changed in between, the next who asks has another mark.
    key = (_mark(), tuple(sorted((name, str(value)) for name, value in wanted.items())), today, exact)
    with _one_at_a_time:
        if (kept := _kept.get(key)) is not None:
            _kept.move_to_end(key)
            return kept
    found = patterns.numbers(patterns.rows(wanted), today, exact=exact)
    with _one_at_a_time:
        _kept[key] = found
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return found


def forget() -> None:
    """Count everything anew from here on: for measuring."""
    with _one_at_a_time:
        _kept.clear()


class _WrittenBy(Func):
    """The transaction that wrote a row: PostgreSQL's own column. A change writes a row anew."""

    template = "xmin"
    output_field = TextField()


def _mark() -> tuple[Any, ...]:
    """Of every circle whose rows the acting person sees: how many, and the sum and the highest of who wrote them. As
    many rows written later have a higher sum."""
    written = Cast(Cast(_WrittenBy(), TextField()), BigIntegerField())
    rows = DeathRow.objects.order_by("circle").values("circle")
    found = rows.annotate(number=Count("pk"), sum=Sum(written), last=Max(written))
    return tuple(found.values_list("circle", "number", "sum", "last"))
