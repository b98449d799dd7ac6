"""What a report was compared with stays: its release is not taken back."""

from __future__ import annotations

import pytest

from tests.indicators.people import Figures
from tests.performance.quarter import TODAY, begun, figures_of_quarter
from wholestory.indicators.models import Release
from wholestory.indicators.operations import releases
from wholestory.indicators.operations.releases import ReleaseRefused, Sent

pytestmark = pytest.mark.django_db

HEAD = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code"
    ",new_la_code,la_name,category,Section47,Section47_rate,Section47_child,ICPC,ICPC_rate,ICPC_child"
    ",Duration_0-10_days,Duration_11-15_days,Duration_16-20_days,Duration_21+_days,Duration_median"
)
ENGLAND = "Reporting year,National,E92000001,England,,,,,,x,160150,138.2,140500,71140,61.4,70000"


def _load(figures: Figures, name: str, year: int) -> Release:
    content = f"{HEAD}\n{year},{ENGLAND},9000,44000,9000,9140,13\n".encode()
    with figures.acting() as actor:
        sent = Sent(content, "c4", name)
        return releases.load(actor=actor, board=figures.world.board, sent=sent, today=TODAY)


def _take_back(figures: Figures, release: Release) -> None:
    with figures.acting() as actor:
        releases.take_back(actor=actor, board=figures.world.board, release=release, today=TODAY)


def test_a_release_that_a_report_shows_is_not_taken_back(figures: Figures) -> None:
    figures_of_quarter(figures)
    shown = _load(figures, "Children in need 2015, table C4", 2015)
    begun(figures)
    later = _load(figures, "Children in need 2016, table C4", 2016)
    with pytest.raises(ReleaseRefused, match="the report “2015-16 quarter 3” shows figures of it"):
        _take_back(figures, shown)
    _take_back(figures, later)
    assert {each.name: each.withdrawn_on for each in Release.objects.all()} == {
        shown.name: None, later.name: TODAY,
    }  # fmt: skip
