"""`wholestory start`: from an empty system to somebody who can sign in, with everything wrong said in a sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.partners import sheets
from wholestory.access import acting
from wholestory.access.directory.models import MembershipImport
from wholestory.access.models import Account
from wholestory.config.start import main
from wholestory.partners.models import Board, Seat
from wholestory.records.models import Office

GIVEN = [
    "--board", "Eastmere Safeguarding Children Board", "--short-name", "ESCB", "--edition", "WT2023",
    "--name", "Frances Auden", "--email", "frances.auden@eastmere.example",
]  # fmt: skip


def link_in(text: str) -> str:
    found = re.search(r"https?://[^/]+(/start/sign-in/\S+)", text)
    assert found, text
    return found[1]


def test_it_makes_a_board_a_person_with_two_seats_and_a_link_that_works_once(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(GIVEN) == 0
    said = capsys.readouterr().out
    board = Board.objects.get(slug="escb")
    assert (board.edition, board.is_example, board.set_up_at) == ("WT2023", False, None)
    assert board.kind == "partnership", "under this guidance"
    assert set(Seat.objects.filter(board=board).values_list("role", flat=True)) == {
        "business_manager",
        "administrator",
    }
    assert Office.objects.filter(board=board, key="assurance").exists()
    account = Account.objects.get(email="frances.auden@eastmere.example")
    assert not account.has_usable_password()
    link, client = link_in(said), Client()
    page = client.get(link)
    assert "Frances Auden" in page.content.decode()
    assert "_auth_user_id" not in client.session, "looking at the link does not spend it"
    answer = client.post(link)
    assert (answer.status_code, answer["Location"]) == (302, "/start/steps/")
    assert "Set up Eastmere" in client.get("/start/steps/").content.decode()
    spent = Client().get(link)
    assert spent.status_code == 410
    assert "no longer works" in spent.content.decode()


def test_a_link_changed_by_a_letter_opens_nothing(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    main(GIVEN)
    link = link_in(capsys.readouterr().out)
    assert Client().post(link[:-2] + ("a/" if link[-2] != "a" else "b/")).status_code == 410


def test_a_second_board_is_made_only_when_it_is_meant(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    main(GIVEN)
    assert main(GIVEN) == 2
    assert "there is a board already (Eastmere Safeguarding Children Board)" in capsys.readouterr().err
    again = [*GIVEN[:1], "Westmere Safeguarding Children Board", *GIVEN[2:], "--another"]
    assert main(again) == 0
    assert Board.objects.filter(name__endswith="mere Safeguarding Children Board").count() == 2
    assert Account.objects.filter(email="frances.auden@eastmere.example").count() == 1


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ([], "say also --board, --short-name, --edition, --name, --email"),
        ([*GIVEN[:-1], "not an address"], "“not an address” is not an e-mail address"),
        ([*GIVEN, "--membership", "/nowhere/list.xlsx"], "cannot be read"),
        (["--link", "nobody@eastmere.example"], "nobody who is setting a board up"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_made(
    db: None, capsys: pytest.CaptureFixture[str], argv: list[str], said: str
) -> None:
    before = Board.objects.count()
    assert main(argv) == 2
    assert said in capsys.readouterr().err
    assert Board.objects.count() == before


def test_a_file_that_is_no_spreadsheet_leaves_no_half_made_board(
    db: None, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "list.xlsx").write_bytes(b"%PDF-1.7")
    assert main([*GIVEN, "--membership", str(tmp_path / "list.xlsx")]) == 2
    assert "PDF" in capsys.readouterr().err
    assert not Board.objects.filter(slug="escb").exists()


def test_the_membership_spreadsheet_waits_for_the_first_steps(db: None, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(sheets.as_csv(sheets.MESSY))
    assert main([*GIVEN, "--membership", str(tmp_path / "list.csv")]) == 0
    with acting.as_system(Board.objects.get(slug="escb")):
        kept = MembershipImport.objects.get()
    assert (kept.file_name, kept.heading_row, kept.state) == ("list.csv", 3, "open")


def test_somebody_setting_up_gets_another_link(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    main(GIVEN)
    capsys.readouterr()
    assert main(["--link", "Frances.Auden@eastmere.example"]) == 0
    assert Client().get(link_in(capsys.readouterr().out)).status_code == 200
