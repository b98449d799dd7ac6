"""``wholestory published``: looking through a file takes no database; loading is for those who may."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.indicators.people import Figures
from tests.indicators.test_releases import BAD_CELL, GOOD
from wholestory.indicators.commands import published
from wholestory.indicators.models import Release

Capture = pytest.CaptureFixture[str]


def _file(tmp_path: Path, text: str) -> str:
    path = tmp_path / "d3.csv"
    path.write_text(text)
    return str(path)


def test_every_table_is_listed(capsys: Capture) -> None:
    assert published.main(["tables"]) == 0
    assert "c1          Referrals and re-referrals: Department for Education" in capsys.readouterr().out


def test_a_file_is_looked_through(tmp_path: Path, capsys: Capture) -> None:
    assert published.main(["check", _file(tmp_path, GOOD)]) == 0
    assert capsys.readouterr().out == "Second and later plans: 6 figures on 3 lines\n"


def test_what_is_wrong_is_told_for_people_and_for_programs(tmp_path: Path, capsys: Capture) -> None:
    file = _file(tmp_path, BAD_CELL)
    assert published.main(["check", file]) == 1
    assert "- line 3, column CPP_start: “18G” is neither a number" in capsys.readouterr().out
    assert published.main(["check", file, "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["unusable"], said["faults"][0]["line"], said["faults"][0]["sent"]) == (False, 3, "18G")


def test_a_file_that_is_not_there_or_of_no_table(tmp_path: Path, capsys: Capture) -> None:
    assert published.main(["check", str(tmp_path / "none.csv")]) == 1
    assert published.main(["check", _file(tmp_path, "a,b\n1,2\n")]) == 1
    assert "of no table that is known" in capsys.readouterr().err


@pytest.mark.django_db
def test_whoever_may_on_the_page_may_here(figures: Figures, tmp_path: Path, capsys: Capture) -> None:
    file = _file(tmp_path, GOOD)
    north, people = figures.world.boards["north"].slug, figures.world.people
    asked = ["load", file, "--name", "Plans 2024", "--board", north]
    assert published.main([*asked, "--by", people["chair"].email or ""]) == 1
    assert "may not load" in capsys.readouterr().err
    assert published.main([*asked, "--by", people["analyst"].email or ""]) == 0
    assert Release.objects.get().loaded_by == people["analyst"]
    assert published.main([*asked, "--by", people["analyst"].email or ""]) == 1
    assert "loaded already" in capsys.readouterr().err
    assert published.main([*asked, "--by", "nobody@people.example"]) == 1


@pytest.mark.slow
@pytest.mark.django_db
def test_what_ships_is_loaded_once(figures: Figures, capsys: Capture) -> None:
    asked = ["shipped", "--board", figures.world.boards["north"].slug]
    assert published.main(asked) == 0
    assert capsys.readouterr().out.count("loaded ") == 18
    assert published.main(asked) == 0
    assert "loaded already" in capsys.readouterr().out
    assert published.main(["shipped", "--board", "nowhere"]) == 1
