"""The example's areas have an invented number of children, so that rates can be shown, and marked as invented."""

from __future__ import annotations

import pytest

from wholestory.child_deaths.models import Benchmark
from wholestory.config.example import deaths_children
from wholestory.partners.models import Area

pytestmark = pytest.mark.django_db


def test_children_of_the_example_are_invented_and_kept_once() -> None:
    areas = [Area.objects.get_or_create(name=name)[0] for name in ("Peterborough", "Cambridgeshire")]
    deaths_children.keep()
    deaths_children.keep()
    kept = Benchmark.objects.filter(area__in=areas)
    # Eight years of children and births, and one middle, for each of two areas.
    assert kept.count() == 2 * (8 * 2 + 2)
    assert not kept.filter(invented=False).exists()
    assert int(kept.get(area=areas[0], measure="children", period="2015-16").value) == 44_000 + 7 * 600
