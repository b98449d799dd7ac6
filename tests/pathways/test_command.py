"""``wholestory due``: answers with their reasons, and clear errors. No database, no settings."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from wholestory.pathways import register
from wholestory.pathways.command import main


def due(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = main(list(argv))
    said = capsys.readouterr()
    return code, said.out, said.err


def test_an_answer_comes_with_each_day_left_out_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = due(capsys, "incident_notification", "--edition", "WT2015", "--from", "2015-12-23")
    assert code == 0
    assert "Due by the end of Monday 4 January 2016." in out
    assert "Monday 28 December 2015: Boxing Day (substitute day), a bank holiday" in out
    assert "Days left out:                 7" in out
    assert "Found in a public source" in out


def test_an_unchecked_rule_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = due(capsys, "scr-decision", "--edition", "WT2015", "--from", "14 March 2016")
    assert "Not checked against the guidance" in out
    assert "statutory" not in out.lower()


def test_json_carries_the_same_account(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = due(capsys, "return_interview", "--from", "2016-03-25 22:00", "--json")
    told = json.loads(out)
    assert code == 0
    assert told["due_at"] == "2016-03-28T22:00:00Z"
    assert told["due_local"] == "2016-03-28T23:00:00+01:00"
    assert told["edition"] == "WT2015"
    assert told["status"] == "found"
    assert told["provisional"] is False


def test_pauses_show_gross_and_net(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = due(
        capsys, "death_panel", "--edition", "CDR2018",
        "--from", "review_meeting_output=2026-03-02", "--from", "inquest_result=2026-03-03",
        "--pause", "2026-03-10..2026-03-24",
    )  # fmt: skip
    assert "the inquest's result was known: Tuesday 3 March 2026" in out
    assert "Without pauses (gross):        the end of Tuesday 14 April 2026" in out
    assert "Leaving paused time out (net): the end of Tuesday 28 April 2026" in out


def test_a_day_proclaimed_since_can_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = due(
        capsys,
        "incident_notification",
        "--edition",
        "WT2023",
        "--from",
        "2027-06-01",
        "--also-closed",
        "2027-06-04",
    )
    assert "Wednesday 9 June 2027" in out
    assert "Named with --also-closed" in out


def test_beyond_the_published_holidays_it_is_provisional(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = due(capsys, "rapid_review", "--edition", "WT2023", "--from", "2029-03-01")
    assert "Provisional." in out
    assert "only until Sunday 31 December 2028" in out


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ([], "--list"),
        (["nothing_like_it"], "--list"),
        (["scr-desicion", "--from", "2016-03-14"], "Nearest: scr_decision"),
        (["scr_decision"], "--from is needed"),
        (["scr_decision", "--from", "yesterday"], "Accepted forms: 2016-03-14"),
        (["scr_decision", "--from", "2016-02-30"], "not a day in the calendar"),
        (["scr_decision", "--from", "told=2016-03-14"], "Facts: board_notified"),
        (["scr_decision", "--from", "2016-03-14", "--from", "2016-03-15"], "has 1 start fact only"),
        (["scr_decision", "--from", "2016-03-14", "--edition", "WT2031"], "Did you mean"),
        (["scr_decision", "--from", "2016-03-14", "--edition", "WT2026"], "has not been read"),
        (["scr_decision", "--from", "2016-03-14", "--edition", "WT2023"], "not held under WT2023"),
        (["scr_decision", "--from", "2016-03-14", "--pause", "2016-03-20"], "write A..B"),
        (["scr_decision", "--from", "2016-03-14", "--pause", "2016-03-20..2016-03-18"], "before it begins"),
        (
            ["copies_before_publication", "--edition", "WT2015", "--from", "2016-03-28"],
            "2016-03-24 and 2016-03-29",
        ),
        (["scr_decision", "--when", "2016-03-14"], "--help"),
        (["rapid_review_from_awareness", "--from", "9999-12-30"], "beyond the end of the calendar"),
        (["--list", "--edition", "WT2031"], "There is no edition"),
    ],
)
def test_a_mistake_is_explained(capsys: pytest.CaptureFixture[str], argv: list[str], said: str) -> None:
    code, out, err = due(capsys, *argv)
    assert code == 2
    assert out == ""
    assert said in err
    assert "Traceback" not in err


def test_the_list_of_an_edition(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = due(capsys, "--list", "--edition", "WT2013")
    assert code == 0
    assert "copies_before_publication" in out
    assert "at least 1 week before" in out
    _, out, _ = due(capsys, "--list", "--edition", "WT2026")
    assert "No clock is held under" in out
    _, out, _ = due(capsys, "--list", "--json")
    assert {"clock", "limit", "status", "editions"} <= set(json.loads(out)[0])
    _, out, _ = due(capsys, "--editions", "--json")
    assert json.loads(out)[0]["edition"] == "WT2013"


def test_help_explains(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = due(capsys, "--help")
    assert code == 0
    assert "examples:" in out


@pytest.mark.parametrize("key", register.clock_keys())
@pytest.mark.parametrize(
    "when", ["0001-01-01", "1899-12-31 00:00", "2100-02-28", "9999-12-31", "9999-12-30 23:00"]
)
def test_any_day_is_answered_or_explained(capsys: pytest.CaptureFixture[str], key: str, when: str) -> None:
    clock = register.versions(key)[0]
    code, out, err = due(capsys, key, "--edition", clock.editions[0], "--from", when)
    assert (code == 0 and clock.title in out) or (code == 2 and err.startswith("wholestory due: "))


def test_a_reader_may_stop_reading() -> None:
    ran = subprocess.run(
        f"{sys.executable} -m wholestory due --list | head -1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in ran.stderr


def test_it_runs_without_django() -> None:
    """The command has to work where there is no database and no settings at all."""
    script = (
        "import sys; from wholestory.pathways.command import main; "
        "code = main(['scr_decision', '--edition', 'WT2015', '--from', '2016-03-14']); "
        "sys.exit(code or ('django' in sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "Thursday 14 April 2016" in ran.stdout
