"""The figures by hand: each definition's edge, on files of a child or two."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.indicators.child_level.samples import (
    assessment,
    census,
    child,
    counted,
    enquiry,
    episode,
    figure,
    in_need_plan,
    parts,
    plan,
    run,
    written,
)
from wholestory.indicators.child_level.census.run import work
from wholestory.indicators.child_level.figures import percent, rate
from wholestory.indicators.child_level.findings import Refused
from wholestory.indicators.child_level.window import Window, quarter


@pytest.mark.parametrize(
    ("year", "started", "ended", "days"),
    [
        (2025, "2024-03-27", "2024-04-19", 15),  # Good Friday and Easter Monday
        (2025, "2024-12-02", "2025-02-06", 45),  # Christmas
        (2023, "2022-05-30", "2022-06-06", 3),  # the late May holiday moved, and one more day
        (2024, "2023-05-05", "2023-05-09", 1),  # the coronation
        (2026, "2025-12-24", "2026-01-02", 4),
        (2028, "2027-12-24", "2028-01-04", 4),  # Christmas Day on a Saturday
        (2025, "2024-06-08", "2024-06-10", 1),  # from a Saturday to the Monday after
        (2025, "2024-06-10", "2024-06-10", 0),
    ],
)
def test_working_days(tmp_path: Path, year: int, started: str, ended: str, days: int) -> None:
    outcome = run(tmp_path, child(episode(started, assessment(started, ended, "1A"))), year=year)
    assert figure(outcome, "ASM-3").spread == (days, days, days)
    assert counted(outcome, "ASM-2") == (1, 1)


def test_45_working_days_are_in_time_and_46_are_not(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        child(episode("2024-12-02", assessment("2024-12-02", "2025-02-06", "1A"))),
        child(episode("2024-12-02", assessment("2024-12-02", "2025-02-07", "1A")), id="A2"),
    )
    assert counted(outcome, "ASM-2") == (1, 2)
    assert parts(outcome, "ASM-3", "band") == {"41-45": 1, "46-50": 1}


def test_a_wrong_or_missing_start_is_not_in_time_and_stays_among_all(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        child(
            episode(
                "2024-06-03",
                assessment("2024-07-02", "2024-07-01", "1A"),
                assessment("", "2024-07-05", "1A"),
                assessment("2024-06-03", "2024-07-08", "1A"),
            )
        ),
    )
    assert counted(outcome, "ASM-2") == (1, 3)
    assert counted(outcome, "ASM-2t") == (1, 1)
    assert parts(outcome, "ASM-3", "band") == {"21-30": 1}


def test_re_referrals_look_back_twelve_months_and_no_further(tmp_path: Path) -> None:
    def again(earlier: str, later: str) -> tuple[int, int | None]:
        first = episode(earlier, closed=later, reason="RC7")
        return counted(run(tmp_path, child(first, episode(later))), "REF-2")

    assert again("2024-04-01", "2025-03-31") == (1, 2)
    assert again("2023-06-03", "2024-06-03") == (1, 1)
    assert again("2023-06-02", "2024-06-03") == (0, 1)


def test_29_february_looks_back_to_28_february(tmp_path: Path) -> None:
    first = episode("2023-02-28", closed="2024-02-29", reason="RC7")
    outcome = run(tmp_path, child(first, episode("2024-02-29")), year=2024)
    assert counted(outcome, "REF-2") == (1, 1)


def test_two_referrals_of_a_day_are_one_and_not_a_re_referral(tmp_path: Path) -> None:
    outcome = run(tmp_path, child(episode("2024-06-03", nfa="1"), episode("2024-06-03")))
    assert counted(outcome, "REF-2") == (0, 1)


def test_last_years_file_is_looked_back_to(tmp_path: Path) -> None:
    before = written(tmp_path, census(child(episode("2024-03-01", nfa="1")), year=2024), "before.xml")
    now = written(tmp_path, census(child(episode("2024-06-03"))))
    alone, together = work(now), work(now, earlier=[before])
    assert counted(alone, "REF-2") == (0, 1)
    assert figure(alone, "REF-2").marks == ("partial_look_back",)
    assert counted(together, "REF-2") == (1, 1)
    assert figure(together, "REF-2").marks == ()
    assert [name for name, _ in together.earlier] == ["before.xml"]


def test_a_later_file_is_not_an_earlier_one(tmp_path: Path) -> None:
    now = written(tmp_path, census(child(episode())))
    with pytest.raises(Refused, match="not of an earlier period"):
        work(now, earlier=[now])


def test_quarters_add_up_to_the_year_for_events(tmp_path: Path) -> None:
    days = ("2024-04-01", "2024-06-30", "2024-07-01", "2024-12-31", "2025-01-01", "2025-03-31")
    text = census(*(child(episode(day), id=f"A{n}") for n, day in enumerate(days)))
    path = written(tmp_path, text)
    quarters = [counted(work(path, window=quarter(2025, n)), "REF-1")[0] for n in (1, 2, 3, 4)]
    assert quarters == [2, 1, 1, 2]


def test_a_window_the_file_does_not_cover_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        run(tmp_path, child(episode()), window=Window(date(2024, 3, 1), date(2024, 6, 30)))
    assert refused.value.rule == "PB-05"


def test_a_run_within_the_year_is_accepted_with_a_note(tmp_path: Path) -> None:
    window = Window(date(2024, 10, 1), date(2024, 12, 31))
    outcome = run(tmp_path, child(episode("2024-11-04")), window=window, reference="2024-12-31")
    assert "XML-6" in outcome.findings.counts
    assert "100" not in outcome.findings.counts
    assert counted(outcome, "REF-1") == (1, None)


def test_conferences_once_with_the_clock_of_the_latest_enquiry(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        child(
            episode(
                "2024-05-01",
                enquiry("2024-05-01", "2024-06-10"),  # 27 working days
                enquiry("2024-05-24", "2024-06-10"),  # 10: the one that counts
                conference="2024-06-10",
            )
        ),
        child(episode("2024-06-03", enquiry("2024-06-12", "2024-06-10")), id="A2"),
        child(episode("2024-06-03", conference="2024-06-10"), id="A3"),
    )
    assert counted(outcome, "ICPC-1") == (3, None)
    assert counted(outcome, "ICPC-2") == (1, 3)
    assert counted(outcome, "ICPC-2t") == (1, 1)
    assert parts(outcome, "ICPC-3", "band") == {"0-10": 1}


def test_a_conference_leads_to_a_plan_within_five_days(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        child(episode("2024-06-03", plan("2024-06-15"), conference="2024-06-10")),
        child(episode("2024-06-03", plan("2024-06-16"), conference="2024-06-10"), id="A2"),
    )
    assert counted(outcome, "ICPC-4") == (1, 2)


def test_two_years_on_a_plan_are_more_than_729_days_with_both_ends(tmp_path: Path) -> None:
    # 1 March 2023 to 27 February 2025 are 730 days with both ends, 2024 having a leap day; a day less are 729.
    outcome = run(
        tmp_path,
        child(episode("2023-02-01", plan("2023-03-01", "2025-02-27"))),
        child(episode("2023-02-01", plan("2023-03-01", "2025-02-26")), id="A2"),
    )
    assert counted(outcome, "CPP-5") == (1, 2)
    assert figure(outcome, "CPP-3").spread == (729.25, 729.5, 729.75)


@pytest.mark.parametrize(
    ("started", "reviews", "expected"),
    [
        ("2024-12-30", (), (0, 0)),  # 91 days at the end: no review due
        ("2024-12-29", (), (0, 1)),  # 92 days, none held
        ("2024-10-01", ("2024-12-31",), (1, 1)),  # on day 91
        ("2024-10-01", ("2025-01-01",), (0, 1)),  # on day 92
        ("2024-04-02", ("2024-07-02", "2025-01-01"), (1, 1)),  # 91, then 183 days, then 89 to the end
        ("2024-04-01", ("2024-07-01", "2025-01-01"), (0, 1)),  # the second after 184
        ("2024-06-01", ("2024-08-01",), (0, 1)),  # nothing for 242 days
        ("2024-10-01", ("2024-10-01", "2024-12-31"), (1, 1)),  # the day it began is no review
    ],
)
def test_reviews_on_time(
    tmp_path: Path, started: str, reviews: tuple[str, ...], expected: tuple[int, int]
) -> None:
    outcome = run(tmp_path, child(episode("2024-03-01", plan(started, "", *reviews))))
    assert counted(outcome, "CPP-7") == expected


def test_a_missing_number_of_earlier_plans_is_a_first_plan(tmp_path: Path) -> None:
    plans = [episode("2024-06-03", plan("2024-06-10", previous=sent)) for sent in ("", "0", "1", "7")]
    outcome = run(tmp_path, *(child(one, id=f"A{n}") for n, one in enumerate(plans)))
    assert counted(outcome, "CPP-4") == (2, 4)


def test_a_child_on_a_protection_plan_is_not_also_on_a_child_in_need_plan(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        child(episode("2024-06-03", in_need_plan("2024-06-04"), plan("2024-06-10"))),
        child(episode("2024-06-03", in_need_plan("2024-06-04")), id="A2"),
    )
    assert counted(outcome, "CIN-2") == (1, None)
    assert counted(outcome, "CIN-1") == (2, None)


def test_open_at_the_close_of_the_last_day(tmp_path: Path) -> None:
    window = Window(date(2024, 4, 1), date(2024, 6, 30))
    outcome = run(
        tmp_path,
        child(episode("2024-06-30")),
        child(episode("2024-05-01", closed="2024-06-30", reason="RC7"), id="A2"),
        child(episode("2024-05-01", closed="2024-07-01", reason="RC7"), id="A3"),
        child(episode("2024-07-01"), id="A4"),
        window=window,
    )
    assert counted(outcome, "CIN-1") == (2, None)


def test_factors_once_for_each_assessment_and_domestic_abuse_in_any_form(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        child(
            episode(
                "2024-06-03",
                assessment("2024-06-03", "2024-07-01", "3A", "3B", "1A"),
                assessment("2024-07-03", "2024-08-01", "3C"),
                assessment("2024-08-03", "2024-09-02", "21"),
                assessment("2024-09-03", "2024-10-01"),
            )
        ),
    )
    assert counted(outcome, "ASM-6") == (3, 3)
    assert counted(outcome, "ASM-6d") == (2, 3)
    assert parts(outcome, "ASM-6", "theme") == {"1": 1, "3": 2, "21": 1}


def test_ages_on_the_day(tmp_path: Path) -> None:
    def aged(born: str) -> dict[str, int]:
        who = f"<LAchildID>A1</LAchildID><PersonBirthDate>{born}</PersonBirthDate><Sex>F</Sex>"
        return parts(run(tmp_path, child(episode("2025-03-01"), identifiers=who)), "REF-1", "age")

    assert aged("2024-03-02") == {"0": 1}
    assert aged("2024-03-01") == {"1-4": 1}
    assert aged("2020-02-29") == {"5-9": 1}
    assert aged("2020-03-02") == {"1-4": 1}
    assert aged("2007-03-01") == {"18+": 1}
    assert aged("2007-03-02") == {"16-17": 1}


def test_a_row_with_an_error_is_left_out_of_what_uses_the_field_and_counted(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        child(episode("2024-06-03", source="6")),
        child(episode("2024-06-03", source="77"), id="A2"),
        child(episode("2024-06-03", nfa="maybe"), id="A3"),
        child(episode("2025-04-02"), id="A4"),
    )
    assert counted(outcome, "REF-1") == (3, None)
    assert counted(outcome, "REF-3") == (0, 2)
    assert figure(outcome, "REF-3").left_out == 1
    assert counted(outcome, "REF-5") == (2, 2)
    assert parts(outcome, "REF-1", "source") == {"6": 2, "?": 1}


def test_a_rule_can_be_overlooked_and_the_outcome_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, census(child(episode(), id="A-1")))
    strict, kept = work(path), work(path, keep=frozenset({"1580"}))
    assert counted(strict, "REF-1") == (0, None)
    assert figure(strict, "REF-1").left_out == 1
    assert counted(kept, "REF-1") == (1, None)
    assert kept.kept == {"1580"}
    assert kept.findings.counts["1580"] == 1


def test_rows_that_are_the_same_are_counted_once(tmp_path: Path) -> None:
    twice = assessment("2024-06-03", "2024-07-01", "1A")
    outcome = run(tmp_path, child(episode("2024-06-03", twice, twice)))
    assert counted(outcome, "ASM-1") == (1, None)


def test_percentages_and_rates_agree_with_published_ones() -> None:
    # Peterborough, 2024, as the Department for Education published them.
    assert str(percent(713, 3_708)) == "19.2"
    assert str(percent(2_615, 3_138)) == "83.3"
    assert str(percent(37 + 397, 464)) == "93.5"
    assert str(percent(139, 148)) == "93.9"
    assert str(rate(3_708, 55_957)) == "662.7"
    assert percent(0, 0) is None
    assert str(percent(1, 2_000)) == "0.1"
