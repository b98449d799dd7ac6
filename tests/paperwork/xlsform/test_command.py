"""`wholestory forms to-xlsform` and `from-xlsform`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.paperwork.xlsform.books import REAL
from wholestory.paperwork import registry
from wholestory.paperwork.command import main
from wholestory.paperwork.sealing import from_json
from wholestory.paperwork.xlsform import read_workbook


def test_a_form_that_ships_is_written_and_what_others_miss_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "short.xlsx"
    assert main(["to-xlsform", "short_self_assessment", str(file)]) == 0
    said = capsys.readouterr().out
    assert "Another XLSForm program will not see:" in said
    assert "- what each choice stands for (" in said
    assert read_workbook(file.read_bytes()).form == registry.latest("short_self_assessment")


def test_a_form_nobody_knows_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["to-xlsform", "nowhere", str(tmp_path / "x.xlsx")]) == 1
    assert capsys.readouterr().err == "No form is called nowhere.\n"
    assert main(["to-xlsform", "short_self_assessment", str(tmp_path / "no" / "x.xlsx")]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_a_workbook_is_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["from-xlsform", "--check", str(REAL / "group.xls")]) == 0
    said = capsys.readouterr().out
    assert "- survey, row 4, column A (type): that only digits may be typed is not held" in said
    assert said.endswith("group (version 1), 3 questions\n")
    assert main(["from-xlsform", "--check", str(REAL / "bad_calc.xlsx")]) == 1
    assert "- survey, row 2, column D (calculation): " in capsys.readouterr().out


def test_a_workbook_becomes_the_json_of_a_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["from-xlsform", str(REAL / "group.xls")]) == 0
    said = capsys.readouterr()
    assert (
        from_json(json.loads(said.out)) == read_workbook((REAL / "group.xls").read_bytes(), "group.xls").form
    )
    assert "What this form cannot carry:" in said.err
    assert main(["from-xlsform", "nowhere.xlsx"]) == 1
