"""`wholestory returns check` and `wholestory indicators`, as somebody at a council runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.indicators.child_level.samples import FOLDER, census, child, episode, written
from wholestory.indicators import figures_command, returns_command
from wholestory.indicators.child_level.aggregate import read

CLEAN, ERRORS = str(FOLDER / "cin_clean_300.xml"), str(FOLDER / "cin_errors_300.xml")
Capture = pytest.CaptureFixture[str]


def test_a_file_with_errors(capsys: Capture) -> None:
    assert returns_command.main(["check", ERRORS]) == 1
    shown = capsys.readouterr().out
    assert "300 children" in shown
    assert "8610         8" in shown
    assert "child PCC0000007, line" in shown
    assert "more. --annotated and --json list them." in shown


def test_a_file_with_queries_only_ends_well(capsys: Capture) -> None:
    assert returns_command.main(["check", CLEAN]) == 0
    assert "Query" in capsys.readouterr().out


def test_everything_as_json(capsys: Capture) -> None:
    assert returns_command.main(["check", ERRORS, "--json"]) == 1
    (one,) = json.loads(capsys.readouterr().out)["files"]
    assert one["source"] == "census"
    assert one["authority"] == "874"
    assert one["findings"]["errors"] == sum(
        rule["count"] for rule in one["findings"]["by_rule"] if rule["severity"] == "E"
    )
    assert {"rule", "severity", "child", "table", "field", "line", "value", "words", "todo"} <= set(
        one["findings"]["findings"][0]
    )


def test_errors_beside_the_data(tmp_path: Path) -> None:
    out = tmp_path / "errors.xlsx"
    assert returns_command.main(["check", ERRORS, "--annotated", str(out)]) == 1
    book = load_workbook(out)
    assert {"Findings", "Counts", "ChildIdentifiers", "CINdetails", "Assessments", "Reviews"} <= set(
        book.sheetnames
    )
    sheet = book["CINdetails"]
    head = [cell.value for cell in sheet[1]]
    wrong = [row for row in sheet.iter_rows(min_row=2, values_only=True) if "8866" in str(row[-2])]
    assert len(wrong) == 5
    assert head[:3] == ["Row or line", "LAchildID", "CINreferralDate"]
    assert "PCC0000043" in {row[1] for row in wrong}


def test_errors_as_a_list(tmp_path: Path) -> None:
    out = tmp_path / "errors.csv"
    assert returns_command.main(["check", ERRORS, "--annotated", str(out)]) == 1
    assert "PCC0000043" in out.read_text(encoding="utf-8-sig")


def test_a_refused_file_ends_with_2_and_the_others_are_checked(tmp_path: Path, capsys: Capture) -> None:
    cut = written(tmp_path, census(child(episode()))[:-40], "cut.xml")
    assert returns_command.main(["check", str(cut), CLEAN]) == 2
    shown = capsys.readouterr().out
    assert "cut.xml" in shown
    assert "refused" in shown
    assert "cin_clean_300.xml: Children in Need census" in shown


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--authority", "201"], "not of 201"),
        (["--year", "2024"], "not of 2024"),
        (["--from", "2024-04-01"], "both --from and --to"),
        (["--from", "1/4/2024", "--to", "2024-06-30"], "is no date"),
        (["--from", "2024-07-01", "--to", "2024-06-30"], "begins later"),
        (["--from", "2023-04-01", "--to", "2024-03-31"], "not inside it"),
        (["--annotated", "errors.doc"], ".xlsx or .csv"),
        (["--nonsense"], "unrecognized"),
        (["--keep", "1580", "--keep", "1850"], "no rule 1850"),
    ],
)
def test_what_cannot_be_done_is_said(capsys: Capture, more: list[str], said: str) -> None:
    assert returns_command.main(["check", CLEAN, *more]) == 2
    captured = capsys.readouterr()
    assert said in captured.out + captured.err


def test_a_file_of_no_known_kind(tmp_path: Path, capsys: Capture) -> None:
    path = written(tmp_path, "x", "letter.docx")
    assert returns_command.main(["check", str(path)]) == 2
    assert "does not say what the file is" in capsys.readouterr().out


def test_figures_in_words(capsys: Capture) -> None:
    assert figures_command.main([CLEAN, "--population", "57000"]) == 0
    shown = capsys.readouterr().out
    # 233 of 57,000, by hand: 40.877 per 10,000.
    assert "40.9 per 10,000" in shown
    assert "25 of 233  10.7%  (partial look back)" in shown


def test_figures_of_a_quarter_as_json(capsys: Capture) -> None:
    assert figures_command.main([CLEAN, "--from", "2025-01-01", "--to", "2025-03-31", "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)["files"]
    assert one["window"] == {"from": "2025-01-01", "to": "2025-03-31"}
    figures = {figure["id"]: figure for figure in one["figures"]}
    assert 0 < figures["REF-1"]["numerator"] < 233
    assert figures["CIN-1"]["numerator"] == 161
    assert "findings" not in one["findings"]


def test_an_earlier_file_is_looked_back_to(tmp_path: Path, capsys: Capture) -> None:
    before = written(tmp_path, census(child(episode("2024-03-01", nfa="1")), year=2024), "before.xml")
    now = written(tmp_path, census(child(episode("2024-06-03"))), "now.xml")
    asked = [str(now), str(before), "--from", "2024-04-01", "--to", "2025-03-31", "--json"]
    assert figures_command.main(asked) == 0
    (one,) = json.loads(capsys.readouterr().out)["files"]
    assert [(part["name"], part["role"]) for part in one["inputs"]] == [
        ("now.xml", "counted"), ("before.xml", "looked_back"),
    ]  # fmt: skip
    again = next(figure for figure in one["figures"] if figure["id"] == "REF-2")
    assert (again["numerator"], again["denominator"], again["marks"]) == (1, 1, [])


def test_the_aggregate_file_is_written(tmp_path: Path) -> None:
    out = tmp_path / "to_the_board.json"
    assert figures_command.main([CLEAN, "--aggregate", str(out), "--suppress", "6"]) == 0
    assert read(out.read_bytes()).hidden_below == 6


def test_nothing_is_written_when_a_file_is_refused(tmp_path: Path) -> None:
    out, cut = tmp_path / "out.json", written(tmp_path, "<Message>", "cut.xml")
    assert figures_command.main([str(cut), CLEAN, "--aggregate", str(out)]) == 2
    assert not out.exists()


def test_it_runs_without_settings_a_database_or_django(tmp_path: Path) -> None:
    program = (
        "import sys; from wholestory.indicators import figures_command as f, returns_command as r\n"
        f"assert f.main([{CLEAN!r}]) == 0 and r.main(['check', {CLEAN!r}]) == 0\n"
        "assert not [name for name in sys.modules if name.split('.')[0] in {'django', 'psycopg'}]"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
