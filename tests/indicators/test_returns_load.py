"""``wholestory returns load``: whoever may on the page may here, and what is loaded is what the page loads."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.indicators.counted import a_file, council
from tests.indicators.people import Figures
from wholestory.indicators import returns_command
from wholestory.indicators.models import Submission, Value

pytestmark = pytest.mark.django_db
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def file(figures: Figures, tmp_path: Path) -> Path:
    council(figures.world)
    path = tmp_path / "counts.json"
    path.write_bytes(a_file())
    return path


def load(path: Path, *more: str, by: str = "analyst") -> int:
    who = ["--board", "north", "--agency", "council", "--by", f"{by}@people.example"]
    return returns_command.main(["load", str(path), *who, *more])


def test_counts_are_looked_through_and_then_in_force(figures: Figures, file: Path, capsys: Capture) -> None:
    assert load(file) == 0
    assert "Nothing counts yet" in capsys.readouterr().out
    with figures.acting("analyst"):
        assert not Value.objects.exists()
    assert load(file, "--yes") == 0
    assert "XYZ-9: no measure of the catalogue takes it" in capsys.readouterr().out
    with figures.acting("analyst"):
        assert Value.objects.get(measure="C07", in_force=True).numerator == 188
        assert Submission.objects.filter(state="in_force").count() == 1


@pytest.mark.parametrize("by", ["chair", "head", "police_lead", "sister_analyst", "stranger", "lay_member"])
def test_nobody_else_may(figures: Figures, file: Path, capsys: Capture, by: str) -> None:
    assert load(file, "--yes", by=by) == 2
    assert "may not load this" in capsys.readouterr().err
    with figures.acting("analyst"):
        assert not Submission.objects.exists()


def test_what_cannot_be_used_is_said_in_a_sentence(figures: Figures, file: Path, capsys: Capture) -> None:
    assert load(file, by="nobody") == 2
    assert "Nobody has the e-mail address nobody@people.example" in capsys.readouterr().err
    assert load(file.with_suffix(".docx")) == 2
    assert "Load files of one kind at a time" in capsys.readouterr().err
    assert load(file.with_name("none.json")) == 2
    assert "cannot be read" in capsys.readouterr().err
    census = file.with_suffix(".xml")
    census.write_text("<Message/>")
    assert load(census) == 2
    assert "--from and --to" in capsys.readouterr().err
    assert load(census, "--from", "2015-10-01", "--to", "2015-12-31") == 2
    assert "no lawful basis" in capsys.readouterr().err
