"""The aggregate file: written, read back, hidden where asked, and refused when it does not fit together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.indicators.child_level.samples import FOLDER
from wholestory.indicators.catalogue.reading import breakdowns, load
from wholestory.indicators.child_level import feeds
from wholestory.indicators.child_level.aggregate import document, read, seal, write
from wholestory.indicators.child_level.census.counting.counting import definitions
from wholestory.indicators.child_level.figures import Figure, Share
from wholestory.indicators.child_level.findings import Refused
from wholestory.indicators.child_level.hiding import hidden
from wholestory.indicators.child_level.kinds import Asked, Worked, work


@pytest.fixture(scope="module")
def worked() -> Worked:
    (one,) = work([FOLDER / "cin_clean_300.xml"], Asked(authority="874"))
    assert isinstance(one, Worked)
    return one


@pytest.fixture
def told(worked: Worked) -> dict[str, Any]:
    return document(worked.made(57_000), tool="1.0")


def content(told: dict[str, Any]) -> bytes:
    return json.dumps(told).encode()


def test_it_says_where_the_counts_come_from_and_holds_no_child(
    worked: Worked, told: dict[str, Any], tmp_path: Path
) -> None:
    write(tmp_path / "a.json", told)
    text = (tmp_path / "a.json").read_text()
    aggregate = read(text.encode())
    assert aggregate.authority == "874"
    assert str(aggregate.window) == "2024-04-01 to 2025-03-31"
    assert [(one.name, one.role) for one in aggregate.inputs] == [("cin_clean_300.xml", "counted")]
    assert len(aggregate.inputs[0].sha256) == 64
    assert "PCC0" not in text
    assert "T874" not in text
    assert told["sensitivity"].startswith("Counts are exact")


def test_what_it_feeds(told: dict[str, Any]) -> None:
    numbers = {(one.code, one.breakdown, one.part): one for one in read(content(told)).fed()}
    assert (numbers["C07", "", ""].numerator, numbers["C07", "", ""].denominator) == (25, 233)
    assert numbers["D07", "category", "neglect"].numerator == 13
    assert (
        numbers["D08", "category", "neglect"].numerator,
        numbers["D08", "category", "neglect"].denominator,
    ) == (13, 24)
    assert numbers["C09", "assessment_days", "41_45"].numerator == 30
    assert numbers["D03", "", ""].numerator == 7
    assert numbers["D03", "", ""].denominator == 35
    # Sources 6 of 59 and 10 of 4, of 233 referrals.
    assert (
        numbers["C06b", "source", "police"].numerator,
        numbers["C06b", "source", "police"].denominator,
    ) == (59, 233)
    assert numbers["C06b", "source", "not_known"].numerator == 4
    assert sum(one.numerator or 0 for key, one in numbers.items() if key[:2] == ("C06", "age_band")) == 233


def test_every_figure_and_part_that_is_fed_is_in_the_catalogue() -> None:
    table = feeds._table()
    known = {one.code for one in load().definitions}
    assert set(table["figures"].values()) | set(table["derived"]) <= known
    # Visits (CPP-8) are in Ofsted's lists only.
    of_census = {"REF", "ASM", "S47", "ICPC", "CPP", "CIN"}
    expected = {name for name in table["figures"] if name.split("-")[0] in of_census} - {"CPP-8", "CPP-8a"}
    assert expected <= set(definitions()["figures"])


def test_every_part_that_is_fed_is_a_part_of_the_catalogues_breakdown() -> None:
    known = {name: {label.key for label in told.labels} for name, told in breakdowns().items()}
    for told in feeds._table()["breakdowns"].values():
        names = [told["to"]] if isinstance(told["to"], str) else told["to"].values()
        assert set(told["parts"].values()) <= set().union(*(known[name] for name in names))


def test_small_counts_are_hidden_with_what_would_give_them_away(worked: Worked) -> None:
    told = document(worked.made(None), tool="1.0", suppress=6)
    for one in told["figures"]:
        rows = [one, *(share for shares in one["breakdowns"].values() for share in shares.values())]
        for row in rows:
            assert row["numerator"] == "c" or row["numerator"] == 0 or row["numerator"] >= 6
        for shares in one["breakdowns"].values():
            gone = [share for share in shares.values() if share["numerator"] == "c"]
            left = [share for share in shares.values() if share["numerator"] not in ("c", 0)]
            assert len(gone) != 1 or not left
    assert read(content(told)).hidden_below == 6
    withheld = {one.code: one for one in read(content(told)).fed() if not one.breakdown}
    assert withheld["D05"].withheld
    assert withheld["D05"].numerator is None


def test_hiding_by_hand() -> None:
    one = Figure(
        "X-1", "Title", "percent", 95, 97, 2,
        {"age": (Share("0", 3, 3), Share("1-4", 40, 40), Share("5-9", 52, 54))}, (1.0, 2.0, 3.0),
    )  # fmt: skip
    told = hidden(one.as_json(), 6)
    assert told["numerator"] == "c"  # 2 of 97 are left, which is as telling as 2
    assert told["denominator"] == 97
    assert told["value"] is None
    assert told["spread"] is None
    assert told["rows_left_out"] == "c"
    assert {label: share["numerator"] for label, share in told["breakdowns"]["age"].items()} == {
        "0": "c", "1-4": 40, "5-9": "c",
    }  # fmt: skip
    assert {label: share["denominator"] for label, share in told["breakdowns"]["age"].items()} == {
        "0": "c", "1-4": "c", "5-9": 54,
    }  # fmt: skip


def changed(told: dict[str, Any], **more: Any) -> bytes:
    """The file with parts changed and sealed anew, as somebody with the program could."""
    body = {**told, **more}
    return content({**body, "seal": seal(body)})


def test_files_that_are_refused(told: dict[str, Any]) -> None:
    one = told["figures"][0]
    for wrong, said in (
        (b"{", "JSON"),
        (b"[" * 100_000, "JSON"),
        (b'{"format": "other"}', "no aggregate file"),
        (changed(told, format_version=9), "format 9"),
        (content({**told, "authority": "201"}), "seal"),
        (changed(told, figures=[{**one, "numerator": -1}]), "no whole number"),
        (changed(told, figures=[{**one, "numerator": 1.5}]), "no whole number"),
        (changed(told, figures=[{**one, "numerator": 3, "denominator": 2}]), "more than it is a share of"),
        (changed(told, figures=[one, one]), "twice"),
        (changed(told, figures=[{"id": "X"}]), "fit together"),
        (changed(told, inputs=[]), "made from"),
        (changed(told, source="guess"), "source"),
        (changed(told, window={"from": "2025-01-01", "to": "2024-01-01"}), "begins later"),
    ):
        with pytest.raises(Refused, match=said):
            read(wrong)


def test_a_limit_below_two_hides_nothing_and_is_refused(worked: Worked) -> None:
    with pytest.raises(ValueError, match="2 or more"):
        document(worked.made(None), tool="1.0", suppress=1)
