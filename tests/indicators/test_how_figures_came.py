"""Every figure says how it came, line by line: in a file, from an earlier one, or typed over it on the page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.indicators.people import NOW, Figures
from tests.indicators.returning import Returning
from tests.indicators.test_return_files import GOOD, filled, load, use
from tests.personas import TODAY
from wholestory.indicators.models import Submission, Value
from wholestory.indicators.operations import sending
from wholestory.indicators.queries import provenance

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


def came(made: Returning, *measures: str) -> dict[str, tuple[str, str]]:
    """How each figure in force came, and its place."""
    with made.figures.acting("police_lead"):
        links = provenance.chain(Value.objects.filter(in_force=True, measure__in=measures, breakdown=""))
        return {link.value.measure: (link.source, link.value.place) for link in links}


def test_a_line_typed_over_the_file_was_typed_on_the_page(figures: Figures, browse: Browse) -> None:
    made = Returning(figures)
    use(made, load(made, filled(made, GOOD), "filled.xlsx"))
    # Another figure for G02; only another note for G04, so its figure is still that of the file.
    made.type({"G02": ("49", "60"), "G04": ("30", "", "", "", "Checked")})
    made.pass_on()
    made.approve()
    assert came(made, "G02", "G04") == {
        "G02": ("Typed on the page", ""),
        "G04": ("Excel return, filled.xlsx", "Return!G12"),
    }
    police = browse("police_lead")
    page = police.get(f"/figures/returns/{made.reference}/").content.decode()
    assert "Excel return, filled.xlsx (5 of 6 figures); Typed on the page (1 of 6 figures)" in page
    with figures.acting("police_lead"):
        typed, kept = (Value.objects.get(measure=code, in_force=True) for code in ("G02", "G04"))
    page = police.get(f"/figures/values/{typed.pk}/").content.decode()
    assert "Typed on the page" in page
    assert "filled.xlsx" not in page
    assert "SHA-256" not in page
    assert "Excel return, filled.xlsx" in police.get(f"/figures/values/{kept.pk}/").content.decode()


def test_when_every_line_was_typed_over_the_page_is_the_source(figures: Figures, browse: Browse) -> None:
    made = Returning(figures)
    use(made, load(made, filled(made, {"G12": 31}), "filled.xlsx"))
    made.fill()
    made.pass_on()
    made.approve()
    page = browse("police_lead").get(f"/figures/returns/{made.reference}/").content.decode()
    assert "Typed on the page." in page
    assert "filled.xlsx" not in page


def test_what_a_second_file_leaves_empty_and_what_a_correction_keeps(figures: Figures) -> None:
    made = Returning(figures)
    use(made, load(made, filled(made, {key: GOOD[key] for key in GOOD if key != "G12"}), "first.xlsx"))
    use(made, load(made, filled(made, {"G11": "", "H11": "", "G12": 30}), "second.xlsx"))
    made.pass_on()
    made.approve()
    both = {
        "G02": ("Excel return, first.xlsx", "Return!G11"),
        "G04": ("Excel return, second.xlsx", "Return!G12"),
    }
    assert came(made, "G02", "G04") == both
    with figures.acting("police_lead") as actor:
        sending.revise(actor=actor, ret=made.of(), reason="A late case", today=TODAY, now=NOW)
    made.type({"G04": ("31",)})
    made.pass_on()
    made.approve()
    assert came(made, "G02", "G04") == both | {"G04": ("Typed on the page", "")}
    with figures.acting("police_lead"):
        assert Submission.objects.get(state="in_force").source == "web"
