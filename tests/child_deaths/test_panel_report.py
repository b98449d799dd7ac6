"""The yearly report: figures that stay as they were frozen, its two versions, and the way to being published."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.db import Error, transaction

from tests.child_deaths.counted import REVIEWED, rows
from tests.child_deaths.panel_reports import BOY, Reports, of_2015
from tests.child_deaths.people import Deaths
from tests.personas import TODAY
from wholestory import ledger
from wholestory.child_deaths.models import FrozenFigures, PublicReport, PublicState, SuppressionLog
from wholestory.child_deaths.operations import panel_report, panel_report_versions
from wholestory.child_deaths.rules.panel_report.shape import Report, Table, from_data
from wholestory.kernel.moments import LONDON, at_instant


@pytest.fixture
def reports(deaths: Deaths) -> Reports:
    of_2015(deaths)
    return Reports(deaths)


def table(report: Report, key: str) -> Table:
    return next(one for section in report.sections for one in section.tables if one.key == key)


def line(report: Report, key: str, label: str) -> tuple[str, ...]:
    return next(row for row in table(report, key).rows if row[0] == label)


def words(report: Report) -> str:
    return " ".join(said for section in report.sections for said in section.words)


def test_frozen_figures_stay_when_cases_change(reports: Reports) -> None:
    report = reports.begun()
    first = reports.frozen(report)
    rows(reports.deaths, BOY, number=5)
    second = reports.frozen(report, by="analyst")
    with reports.deaths.acting() as actor:
        kept = {one.number: one for one in FrozenFigures.objects.filter(report=report)}
        assert kept[1].figures["cells"]["notified:2015"] == 60
        assert kept[2].figures["cells"]["notified:2015"] == 65
        assert (first.by, second.by.full_name) == (actor, "Wen Tarrant")
        ledger.line("child_deaths.figures_frozen", report.record)
        with pytest.raises(Error, match="history"), transaction.atomic():
            FrozenFigures.objects.filter(pk=kept[1].pk).update(figures={})


def test_the_confidential_version_is_exact(reports: Reports) -> None:
    report = reports.begun()
    reports.frozen(report)
    reports.wrote(report, "foreword", "One.\n\nTwo.")
    reports.wrote(report, "foreword", "For the panel alone.", stands_in="confidential")
    given = from_data(reports.given(report).document)
    # 60 notified: 20 + 2 girls and 38 boys. 40 reviewed: 38 of category 8, 2 of category 2.
    assert line(given, "sex", "Female")[1] == "22"
    assert line(given, "sex", "Male")[1] == "38"
    assert line(given, "category", "2. Suicide or deliberate self-inflicted harm")[1] == "2"
    # 8 of 40 with an answer: 20%, and Wilson's interval ends at 34.8%.
    assert re.fullmatch(r"20% \(1[01]% to 35%\)", line(given, "by_year", "2015 to 2016")[-2])
    assert line(given, "crossed", "8. Perinatal or neonatal event")[1:3] == ("8", "30")
    assert "Half of them ended within 100 days" in words(given)
    foreword = next(one for one in given.sections if one.key == "foreword")
    assert foreword.words == ("One.", "Two.", "For the panel alone.")
    assert given.front[0].startswith(
        "Confidential. Only for the coordinator, the designated doctor and the members"
    )
    assert any(one.key == "month" for section in given.sections for one in section.tables)


def test_edge_case_12_three_calendars_are_kept_apart(deaths: Deaths) -> None:
    reports = Reports(deaths)
    # Died in 2013, told of in 2014, reviewed in 2015; and seven who died and were told of in 2015.
    rows(deaths, {**BOY, **REVIEWED, "year_of_death": 2013, "year_notified": 2014})
    rows(deaths, BOY, number=7)
    report = reports.begun()
    reports.frozen(report)
    given = from_data(reports.given(report).document)
    assert line(given, "calendars", "2013 to 2014")[1:] == ("1", "0", "0")
    assert line(given, "calendars", "2014 to 2015")[1:] == ("0", "1", "0")
    assert line(given, "calendars", "2015 to 2016")[1:] == ("7", "7", "1")
    assert line(given, "died", "Earlier")[1] == "1"
    said = words(given) + " ".join(
        head for section in given.sections for one in section.tables for head in one.heads
    )
    assert "completion" not in said.lower()
    assert "never divided by the deaths of that year" in said


def test_the_public_version_hides_what_is_small_and_what_would_tell_it(reports: Reports) -> None:
    report = reports.begun()
    reports.frozen(report)
    reports.wrote(report, "foreword", "Secret of the panel.", stands_in="confidential")
    public = reports.prepared(report)
    shown = from_data(public.document)
    # Two of category 2: the only other number above 0 would tell them, so both go, with their shares.
    two, eight = (
        line(shown, "category", name)
        for name in ("2. Suicide or deliberate self-inflicted harm", "8. Perinatal or neonatal event")
    )
    assert two[1:3] == eight[1:3] == ("[c]", "[c]")
    assert line(shown, "category", "9. Infection")[1] == "0"
    assert "Secret" not in str(public.document)
    assert not any(one.key in ("month", "place_kind") for section in shown.sections for one in section.tables)
    with reports.deaths.acting():
        log = SuppressionLog.objects.get(public=public)
        assert ["Category of death", two[0], "This year", "Small number"] in log.lines
        assert any(why == "It would tell a small number of the same table" for *_, why in log.lines)
        assert "2 " not in str([why for *_, why in log.lines])


def test_edge_case_33_a_small_whole_takes_its_table_with_it(deaths: Deaths) -> None:
    reports = Reports(deaths)
    rows(deaths, {**BOY, **REVIEWED}, number=3)
    rows(deaths, BOY, number=30)
    report = reports.begun()
    reports.frozen(report)
    shown = from_data(reports.prepared(report).document)
    keys = {one.key for section in shown.sections for one in section.tables}
    assert "sex" in keys
    # Three reviews: no table of reviews is left, and no sentence says how many there were.
    assert not keys & {"took", "category", "died", "crossed", "final_in_time"}
    assert "[c] reviews ended in the year." in words(shown)
    assert "Not shown, so that no child can be recognised" in words(shown)
    assert " 3 " not in words(shown)


def test_a_stricter_owner_of_data_counts(reports: Reports) -> None:
    report = reports.begun()
    reports.frozen(report)
    with reports.deaths.acting() as actor:
        panel_report.say_small(
            actor=actor, report=report, hides_to=9, owner="Invented hospital trust", section="categories",
            because="Agreement of 2014", now=reports.deaths.now,
        )  # fmt: skip
    public = reports.prepared(report)
    shown = from_data(public.document)
    # 8 with modifiable factors: hidden in the crossing, whose owner asks for 1 to 9, and so everywhere else.
    assert "8" not in {cell for row in table(shown, "by_year").rows for cell in row[1:5]}
    with reports.deaths.acting():
        assert [
            "Invented hospital trust",
            "Categories of death",
            "1 to 9",
            "Maren Foulds, 14 March 2016",
        ] in (SuppressionLog.objects.get(public=public).thresholds)


def test_rounding_comes_after_hiding(reports: Reports) -> None:
    report = reports.begun()
    reports.frozen(report)
    with reports.deaths.acting() as actor:
        panel_report.choose_rounding(actor=actor, report=report, rounded=True)
    shown = from_data(reports.prepared(report).document)
    # 22 becomes 20 and 38 becomes 40.
    assert (line(shown, "sex", "Female")[1], line(shown, "sex", "Male")[1]) == ("20", "40")
    assert line(shown, "category", "2. Suicide or deliberate self-inflicted harm")[1] == "[c]"


def test_the_approver_is_somebody_who_did_not_work_on_it(reports: Reports) -> None:
    report = reports.begun()
    reports.frozen(report, by="analyst")
    public = reports.prepared(report)
    for name in ("coordinator", "analyst", "lay_member"):
        with pytest.raises(panel_report.ReportRefused):
            reports.proposed(public, name)
    approver = reports.proposed(public, "health_member")
    with reports.deaths.acting("health_member"):
        mine = PublicReport.objects.select_related("record__board", "panel__board").get(pk=public.pk)
        panel_report_versions.send_back(
            actor=approver, public=mine, because="The foreword is missing.", now=reports.deaths.now
        )
    published = reports.published(public)
    assert published.state == PublicState.PUBLISHED
    assert published.decided_by == approver


def test_what_is_published_is_sealed_and_replaced_by_another(reports: Reports) -> None:
    report = reports.begun()
    reports.frozen(report)
    first = reports.published(reports.prepared(report))
    second = reports.published(reports.prepared(report))
    with reports.deaths.acting() as actor:
        old = PublicReport.objects.get(pk=first.pk)
        assert (old.state, old.because) == ("replaced", "A newer version was published.")
        assert second.against == [first.record.reference]
        ledger.line("child_deaths.report_withdrawn", report.record)
        with pytest.raises(Error, match="history"), transaction.atomic():
            PublicReport.objects.filter(pk=first.pk).update(document={})
        mine = PublicReport.objects.select_related("record__board").get(pk=second.pk)
        panel_report_versions.withdraw(actor=actor, public=mine, because="A mistake.", now=reports.deaths.now)
        assert PublicReport.objects.get(pk=second.pk).state == PublicState.WITHDRAWN


def test_a_version_checked_before_another_was_published_is_prepared_again(reports: Reports) -> None:
    deaths = reports.deaths
    report, before = reports.begun(), reports.begun(2014)
    reports.frozen(report)
    reports.frozen(before)
    waits = reports.prepared(report)
    reports.published(reports.prepared(before))
    with pytest.raises(panel_report.ReportRefused, match="prepared again"):
        reports.published(waits)
    with deaths.acting():
        assert PublicReport.objects.get(pk=waits.pk).state == PublicState.PROPOSED


def test_part_of_a_year_is_marked_for_the_panel_and_never_published(reports: Reports) -> None:
    report = reports.begun()
    reports.frozen(report, now=at_instant(datetime(2016, 3, 31, 23, 0, tzinfo=LONDON)))
    given = from_data(reports.given(report).document)
    assert given.front[1].startswith("Part of a year, to 31 March 2016")
    with pytest.raises(panel_report.ReportRefused, match="ends on 31 March 2016"):
        reports.prepared(report)
    reports.frozen(report, now=at_instant(datetime(2016, 4, 1, 0, 30, tzinfo=LONDON)))
    assert "Part of a year" not in str(reports.given(report).document)
    public = reports.prepared(report)
    assert "Part of a year" not in str(public.document)
    # One that was prepared before the year ended is neither sent nor published.
    with reports.deaths.acting() as actor:
        public.prepared_at = reports.deaths.now.at
        with pytest.raises(panel_report.ReportRefused, match="never published"):
            panel_report_versions.propose(
                actor=actor, public=public, approver=reports.deaths.world.people["health_member"], today=TODAY,
                now=reports.deaths.now,
            )  # fmt: skip


def test_a_total_that_can_be_worked_out_is_shown(deaths: Deaths) -> None:
    # 21 of which nothing is known, and 2 that another panel reviews: "not known 21, all else 0" tells the 21.
    rows(deaths, {"ethnic_group": "", "place_kind": "", "deprivation": None}, number=21)
    rows(deaths, {"group": "elsewhere"}, number=2)
    reports = Reports(deaths)
    report = reports.begun()
    reports.frozen(report)
    shown = from_data(reports.prepared(report).document)
    assert line(shown, "ethnic", "Not known or not given")[1] == "21"
    assert line(shown, "ethnic", "All")[1] == "21"
    assert "In the year the panel was told of 21 deaths" in words(shown)
    assert line(shown, "told", "This panel")[1] == "21"
    # The two stay hidden, and so does the sum that would tell them.
    assert [row[1] for row in table(shown, "told").rows[1:]] == ["[c]", "[c]"]


@pytest.mark.parametrize(
    ("number", "days", "said"),
    [
        # 232 days are seven months and 18 or 19 days; 30 days are within a month.
        (20, 232, "Half of them ended within 8 months of the death."),
        (20, 30, "Half of them ended within 1 month of the death."),
        (19, 232, "They are too few to say how long reviews usually took."),
    ],
)
def test_the_public_reads_no_middle_to_the_day_and_none_of_few(
    deaths: Deaths, number: int, days: int, said: str
) -> None:
    rows(deaths, {**BOY, **REVIEWED, "days_to_review": days}, number=number)
    reports = Reports(deaths)
    report = reports.begun()
    reports.frozen(report)
    public = words(from_data(reports.prepared(report).document))
    assert said in public
    assert "days of the death" not in public
    assert f"within {days} days of the death" in words(from_data(reports.given(report).document))
