"""Stale flags, by days counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from wholestory.assurance.rules.stale import Dates, Limits, flags, months_between

TODAY = date(2016, 3, 14)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (Dates(date(2015, 1, 10)), ("document dated 14 months ago",)),
        (Dates(date(2015, 3, 13)), ("document dated 12 months ago",)),
        (Dates(date(2015, 3, 14)), ()),
        (Dates(date(2016, 3, 1)), ()),
        (Dates(), ("undated",)),
        (Dates(review_on=date(2016, 3, 14)), ()),
        (Dates(review_on=date(2016, 3, 13)), ("review date passed on 13 March 2016",)),
        (Dates(date(2016, 1, 1), expires_on=date(2016, 2, 29)), ("expired on 29 February 2016",)),
        (Dates(date(2016, 1, 1), owner_left=True), ("owner has left",)),
        (
            Dates(date(2014, 3, 14), date(2015, 5, 3), None, True),
            ("review date passed on 3 May 2015", "document dated 24 months ago", "owner has left"),
        ),
    ],
)
def test_flags(known: Dates, said: tuple[str, ...]) -> None:
    assert flags(known, TODAY) == said


def test_the_limit_can_be_changed() -> None:
    assert flags(Dates(date(2015, 1, 10)), TODAY, Limits(old_after_months=24)) == ()


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [
        (date(2016, 1, 31), date(2016, 2, 28), 0),
        (date(2016, 1, 15), date(2016, 2, 15), 1),
        (date(2015, 12, 31), date(2016, 1, 30), 0),
        (date(2015, 3, 15), date(2016, 3, 14), 11),
    ],
)
def test_months_between(earlier: date, later: date, months: int) -> None:
    assert months_between(earlier, later) == months
