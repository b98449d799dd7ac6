"""Files about children on the board's own system: off without a basis, counted, accepted as a whole, replaced."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from tests.indicators.child_files import (
    HOME,
    IDS,
    QUARTER,
    Holding,
    a_census,
    is_key,
    jobs,
    on_the_shelf,
    referred,
)
from wholestory.documents import shelf
from wholestory.indicators.models import ChildFiles, SealedFile, Submission, Value

pytestmark = pytest.mark.django_db
Browse = Callable[..., Client]


def test_it_is_off_until_a_basis_is_recorded(held: Holding, browse: Browse) -> None:
    page = browse("analyst").get(HOME).content.decode()
    assert "This is off" in page
    assert "wholestory indicators" in page
    assert 'type="file"' not in page
    assert held.send(a_census()).status_code == 200
    with held.figures.acting("analyst"):
        assert not ChildFiles.objects.exists()
    assert on_the_shelf() == []


def test_a_file_is_counted_and_nothing_counts_before_it_is_accepted(held: Holding, browse: Browse) -> None:
    held.basis()
    at = held.counted()
    page = browse("analyst").get(at).content.decode()
    assert "Accept the load as a whole" in page
    assert IDS[2] in page, "whoever puts the file right has to find the child"
    assert "2014-02-31" in page
    with held.figures.acting("analyst"):
        assert not Value.objects.exists()
    assert held.accepted(at).status_code == 302
    load = held.load(at)
    with held.figures.acting("analyst"):
        one = Value.objects.get(measure="C06", label="")
        # Three referrals, one on 31 February: two are counted, and the figure says that one is left out.
        assert one.numerator == 2
        assert one.note == "1 row left out for an error."
        assert (one.period_start, one.period_end) == (date(2014, 4, 1), date(2015, 3, 31))
        assert one.rule == "REF-1"
        sent = Submission.objects.get()
        assert sent.source == "child_level"
        assert [(each["name"], each["role"]) for each in sent.about["inputs"]] == [("cin.xml", "counted")]
        assert sent.about["inputs"][0]["sha256"] == sent.sha256 == load.files.get(role="counted").sha256
        assert sent.about["load"] == load.record.reference
        assert one.circle.kind == "figures"


def test_the_agency_itself_reads_the_figure(held: Holding) -> None:
    held.basis()
    held.accepted(held.counted())
    with held.figures.acting("business_manager"):
        assert Value.objects.filter(measure="C06", in_force=True).exists()
        assert not ChildFiles.objects.exists()
        assert not SealedFile.objects.exists()


def test_the_job_runs_twice_and_counts_once(held: Holding) -> None:
    held.basis()
    at = str(held.send(a_census())["Location"])
    assert held.load(at).state == "waiting"
    assert held.run(at)
    before = held.load(at)
    assert not held.run(at)
    after = held.load(at)
    assert (before.counted, before.findings, before.state) == (after.counted, after.findings, "done")
    assert after.files.count() == before.files.count()


def test_a_job_that_was_stopped_begins_anew(held: Holding) -> None:
    held.basis()
    at = str(held.send(a_census())["Location"])
    with held.figures.acting("analyst"):
        from wholestory import ledger

        ledger.line("indicators.children_counted", held.load(at).record)
        ChildFiles.objects.update(state="running", done=2)
    assert held.run(at)
    assert held.load(at).state == "done"


def test_a_job_holds_keys_and_nothing_else(held: Holding) -> None:
    held.basis()
    held.send(a_census())
    [args] = [args for task, args in jobs() if task == "indicators.count_children"]
    assert set(args) == {"board", "load"}
    assert all(is_key(one) for one in args.values())


def test_what_is_on_the_shelf_is_sealed(held: Holding) -> None:
    held.basis()
    held.counted()
    folder = Path(shelf.storage().base_location)
    # The census, and the workbook with the errors beside the data.
    assert len(on_the_shelf()) == 2
    assert all(IDS[0].encode() not in (folder / each).read_bytes() for each in on_the_shelf())


def test_a_later_file_takes_the_place_of_the_earlier_and_both_are_kept(held: Holding) -> None:
    held.basis()
    held.accepted(held.counted())
    held.accepted(held.counted(referred("2014-05-06", "2014-05-06", "2014-12-01")))
    with held.figures.acting("analyst"):
        counts = Value.objects.filter(measure="C06", label="").order_by("created_at")
        assert list(counts.values_list("numerator", "in_force")) == [(2, False), (3, True)]
        assert sorted(Submission.objects.values_list("state", flat=True)) == ["in_force", "replaced"]


def test_the_same_file_again_changes_nothing(held: Holding) -> None:
    held.basis()
    held.counted()
    assert "Nothing has changed" in held.send(a_census()).content.decode()
    assert held.send(a_census(), period=QUARTER).status_code == 302, "other days are another question"


def test_last_years_file_is_looked_back_into(held: Holding) -> None:
    held.basis()
    at = held.counted(earlier=referred("2013-11-04", year=2014))
    held.accepted(at)
    with held.figures.acting("analyst"):
        # The child of May 2014 had been referred in November 2013; the other had not.
        again = Value.objects.get(measure="C07", label="")
        assert (again.numerator, again.denominator) == (1, 2)
        names = {each["name"]: each["role"] for each in Submission.objects.get().about["inputs"]}
    assert names == {"cin.xml": "counted", "before.xml": "looked_back"}


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b"<Message><Header>&b;</Header></Message>"
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (a_census(authority="873"), "authority 873"),
        (a_census(year=2014), "covers"),
        (a_census()[:400], ""),
        (BOMB, ""),
        (b"PK\x03\x04 no census at all", ""),
    ],
    ids=["another authority", "another year", "cut short", "entity bomb", "no XML"],
)
def test_what_cannot_be_used_loads_nothing_and_is_erased(
    held: Holding,
    browse: Browse,
    django_capture_on_commit_callbacks: Callable[..., object],
    content: bytes,
    words: str,
) -> None:
    held.basis()
    at = str(held.send(content)["Location"])
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        assert not held.run(at)
    load = held.load(at)
    assert (load.state, load.purged_because, load.findings, load.counted) == ("refused", "refused", [], {})
    assert words in load.refused_because
    assert load.refused_because
    assert not any(key in load.refused_because for key in IDS)
    assert on_the_shelf() == []
    with held.figures.acting("analyst"):
        assert not Value.objects.exists()
        assert not Submission.objects.exists()
    page = browse("analyst").get(at).content.decode()
    assert "Nothing was loaded" in page


def test_a_rule_nobody_thought_of_says_nothing_of_the_file(
    held: Holding, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from wholestory.indicators.operations import counting_children

    def quoting(*_: object, **__: object) -> None:
        raise KeyError(IDS[0])

    held.basis()
    at = str(held.send(a_census())["Location"])
    monkeypatch.setattr(counting_children, "work", quoting)
    assert not held.run(at)
    assert held.load(at).refused_because == counting_children.BROKE
    assert IDS[0] not in caplog.text
    assert "could not be counted" in caplog.text


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": "cin.pdf"}, "does not end in .xml"),
        ({"period": "2016-01-01/2016-03-31"}, "Select"),
        ({"source": "annex_a"}, "does not end in .xlsx"),
    ],
)
def test_what_does_not_fit_is_told_beside_its_field(held: Holding, said: dict[str, str], words: str) -> None:
    held.basis()
    answer = held.send(a_census(), **said)
    assert answer.status_code == 200
    if words != "Select":
        assert words in answer.content.decode()
    with held.figures.acting("analyst"):
        assert not ChildFiles.objects.exists()


def test_a_large_file_is_sent_back_to_the_council(held: Holding, monkeypatch: pytest.MonkeyPatch) -> None:
    from wholestory.indicators.operations import children

    held.basis()
    monkeypatch.setattr(children, "MOST_BYTES", 100)
    page = held.send(a_census()).content.decode()
    assert "on its own machine" in page
    assert on_the_shelf() == []


def test_a_review_day_that_is_over_warns_and_stops_nothing(held: Holding, browse: Browse) -> None:
    basis = held.basis(decided_on=date(2016, 2, 1), review_on=date(2016, 3, 15))
    assert "by a day that is over" not in browse("analyst").get(HOME).content.decode()
    from wholestory.indicators.queries import children

    assert children.review_is_over(basis, date(2016, 3, 16))
    assert not children.review_is_over(basis, date(2016, 3, 15))
