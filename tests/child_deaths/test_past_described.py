"""What a list of earlier cases says of the child besides name and days. Expected values are by hand."""

from __future__ import annotations

from datetime import date

import pytest

from tests.child_deaths.past_lists import FINISHED, HEADINGS, as_csv
from tests.child_deaths.people import Deaths
from tests.personas import TODAY
from wholestory.child_deaths.models import Address, Case, DeathRow
from wholestory.child_deaths.operations import bringing_in, figures
from wholestory.child_deaths.queries import past
from wholestory.child_deaths.rules import brought_in_child
from wholestory.child_deaths.rules.brought_in import Holds, Layout, guessed, stage_guessed
from wholestory.child_deaths.rules.brought_in_lines import Line, read

MORE = ("Ethnic group", "Gestation", "Birth weight", "Place of death type", "IMD quintile")
SAID = ("White - British", "27+3", "940 g", "NICU", "2")


def lines(*said: tuple[str, ...], headings: tuple[str, ...] = MORE) -> list[Line]:
    whole = (*HEADINGS, *headings)
    rows = [(n, (f"R/{n}", *FINISHED[1:], *one)) for n, one in enumerate(said, 2)]
    return read(rows, Layout(tuple(guessed(whole)), {}, whole), date(2016, 3, 14))


def test_their_columns_are_known_by_their_headings() -> None:
    assert guessed((*HEADINGS, *MORE))[len(HEADINGS) :] == [
        Holds.ETHNICITY, Holds.GESTATION, Holds.BIRTHWEIGHT, Holds.PLACE_KIND, Holds.DEPRIVATION,
    ]  # fmt: skip


def test_what_they_say_is_read() -> None:
    found = lines(SAID)[0]
    assert found.described == brought_in_child.Described("white_british", "neonatal_unit", 27, 940, 2)
    assert found.problems == []


def test_what_cannot_be_read_is_said_and_stops_nothing() -> None:
    found = lines(("Cornish", "term", "3.2", "by the sea", "most"))[0]
    assert found.described == brought_in_child.Described()
    assert len(found.problems) == 5
    assert not found.stopped
    assert all("stays not known" in one.words for one in found.problems)


@pytest.mark.parametrize("nothing", ["", "Not known", "NK", "n/a"])
def test_not_known_stays_not_known_without_a_word(nothing: str) -> None:
    found = lines((nothing,) * 5)[0]
    assert found.described == brought_in_child.Described()
    assert found.problems == []


@pytest.mark.parametrize(("tenth", "fifth"), [("1", 1), ("2", 1), ("3", 2), ("10", 5), ("11", None)])
def test_tenths_are_halved_where_the_heading_says_so(tenth: str, fifth: int | None) -> None:
    found = lines((*SAID[:4], tenth), headings=(*MORE[:4], "IMD decile"))[0]
    assert found.described.deprivation == fifth


def test_a_column_with_a_number_above_five_is_read_as_no_fifths_at_all() -> None:
    found = lines((*SAID[:4], "3"), (*SAID[:4], "7"), (*SAID[:4], ""), headings=(*MORE[:4], "IMD"))
    assert [one.described.deprivation for one in found] == [None, None, None]
    assert [len(one.problems) for one in found] == [1, 1, 0]


@pytest.mark.parametrize(
    ("written", "expected"),
    [("940", 940), ("3,200 g", 3200), ("3.2 kg", 3200), ("0.94kg", 940), ("3.2", None), ("99", None), ("7001", None)],
)  # fmt: skip
def test_weights_as_people_write_them(written: str, expected: int | None) -> None:
    assert brought_in_child.grams(written) == expected


def test_it_comes_in_and_the_figures_count_it(deaths: Deaths) -> None:
    # FINISHED was born in May 2008 and died in March 2009: under one, so that weeks and weight are asked of it.
    whole = (*HEADINGS, *MORE)
    with deaths.acting() as actor:
        file = bringing_in.start(
            actor=actor, panel=deaths.panel, name="cases.csv",
            content=as_csv((*FINISHED, *SAID), headings=whole), today=TODAY,
        )  # fmt: skip
        file = bringing_in.choose_columns(actor=actor, file=file, columns=guessed(whole))
        stages = {word: stage_guessed(word) for word in past.stage_words(file)}
        file = bringing_in.choose_stages(actor=actor, file=file, stages=stages)
        plan = past.plan_of(file, TODAY)
        bringing_in.take(
            actor=actor, file=file, seen=plan.seen, without_stopped=False, with_doubles=False, today=TODAY,
            now=deaths.now,
        )  # fmt: skip
        case = Case.objects.select_related("child").get()
        child = case.child
        assert (child.ethnicity, child.gestation_weeks, child.birthweight_grams, case.place_kind) == (
            "white_british", 27, 940, "neonatal_unit"
        )  # fmt: skip
        assert Address.objects.get().deprivation == 2
    figures.rebuild(deaths.panel)
    with deaths.acting():
        row = DeathRow.objects.get()
    assert (row.deprivation, row.ethnic_group, row.place_kind, row.has_gestation, row.has_birthweight) == (
        2, "white", "neonatal_unit", True, True
    )  # fmt: skip
