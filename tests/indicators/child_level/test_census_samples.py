"""The sample censuses: planted errors, the figures of the clean file, and another validator's findings."""

from __future__ import annotations

import json

import pytest

from tests.indicators.child_level.samples import FOLDER, counted, figure, parts
from wholestory.indicators.child_level.census.run import Outcome, work
from wholestory.indicators.child_level.findings import Severity


@pytest.fixture(scope="module")
def clean() -> Outcome:
    return work(FOLDER / "cin_clean_300.xml")


@pytest.fixture(scope="module")
def planted() -> Outcome:
    return work(FOLDER / "cin_errors_300.xml", figures=False)


@pytest.fixture(scope="module")
def figures() -> dict:
    return json.loads((FOLDER / "cin_clean_300.indicators.json").read_text())


# One error planted often breaks a second rule of the same child: two open plans also overlap.
FOLLOW = {
    "4004": {"4014"},
    "8815": {"8816", "8820"},
    "8630": {"8565"},
    "8620": {"8820"},
    "8520": {"8606"},
    "8867": {"8670Q"},
    "4180": set(),
}


def test_every_planted_error_is_found(planted: Outcome) -> None:
    truth = {tuple(one) for one in json.loads((FOLDER / "cin_errors_300.truth.json").read_text())["planted"]}
    found = {(one.child, one.rule) for one in planted.findings}
    assert truth - found == set()


def test_nothing_is_found_that_was_not_planted_or_follows_from_it(planted: Outcome) -> None:
    truth = {tuple(one) for one in json.loads((FOLDER / "cin_errors_300.truth.json").read_text())["planted"]}
    follows = {(child, other) for child, rule in truth for other in FOLLOW.get(rule, ())}
    extra = {
        (one.child, one.rule) for one in planted.findings if one.severity is Severity.ERROR
    } - truth  # fmt: skip
    assert extra - follows == set()


def test_the_clean_file_has_no_error(clean: Outcome) -> None:
    assert clean.findings.errors == 0
    assert clean.findings.counts == {"8670Q": 2}
    assert clean.children == 300


@pytest.mark.parametrize(
    ("name", "over", "under"),
    [
        ("REF-1", "referrals", None),
        ("REF-1c", "referrals_children", None),
        ("REF-2", "rereferrals_12m", "referrals"),
        ("REF-2c", "rereferrals_children", "referrals_children"),
        ("REF-3", "referrals_nfa", "referrals"),
        ("REF-4", "referrals_not_in_need", "referrals"),
        ("ASM-1", "assessments_completed", None),
        ("ASM-2", "assessments_within_45wd_of_start", "assessments_completed"),
        ("ASM-2t", "assessments_within_45wd_of_start", "assessments_with_valid_duration"),
        ("ASM-4", "assessments_open_at_end", None),
        ("S47-1", "s47_started", None),
        ("S47-1c", "s47_children", None),
        ("ICPC-1", "icpc", None),
        ("ICPC-1c", "icpc_children", None),
        ("ICPC-2", "icpc_within_15wd_of_s47", "icpc"),
        ("ICPC-2t", "icpc_within_15wd_of_s47", "icpc_with_s47_date"),
        ("CPP-1", "cpp_open_at_end", None),
        ("CPP-2", "cpp_started", None),
        ("CPP-3", "cpp_ended", None),
        ("CPP-4", "cpp_second_or_subsequent", "cpp_started"),
        ("CPP-5", "cpp_ended_2y_plus", "cpp_ended"),
        ("CPP-6", "cpp_open_2y_plus", "cpp_open_at_end"),
        ("CPP-7", "cpp_reviews_on_time", "cpp_reviews_eligible"),
        ("CIN-1", "cin_open_at_end", None),
        ("CIN-2", "cin_plan_open_at_end", None),
    ],
)
def test_the_figures_of_the_clean_file(
    clean: Outcome, figures: dict, name: str, over: str, under: str | None
) -> None:
    assert counted(clean, name) == (figures[over], None if under is None else figures[under])
    assert figure(clean, name).left_out == 0


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("REF-2", "rereferrals_12m_pct"),
        ("REF-3", "referrals_nfa_pct"),
        ("ASM-2", "assessments_within_45wd_pct"),
        ("ICPC-2", "icpc_within_15wd_pct"),
        ("CPP-4", "cpp_second_or_subsequent_pct"),
        ("CPP-5", "cpp_ended_2y_plus_pct"),
        ("CPP-6", "cpp_open_2y_plus_pct"),
        ("CPP-7", "cpp_reviews_on_time_pct"),
    ],
)
def test_the_percentages_of_the_clean_file(clean: Outcome, figures: dict, name: str, key: str) -> None:
    assert float(figure(clean, name).value()) == figures[key]


def test_the_breakdowns_of_the_clean_file(clean: Outcome, figures: dict) -> None:
    def without_noughts(told: dict) -> dict:
        return {label.replace("_", " "): count for label, count in told.items() if count}

    assert parts(clean, "REF-5", "source") == without_noughts(figures["referrals_by_source"])
    assert parts(clean, "ASM-3", "band") == without_noughts(figures["assessment_bands_wd"])
    assert parts(clean, "ICPC-3", "band") == without_noughts(figures["icpc_bands_wd"])
    assert parts(clean, "CPP-1", "latest_category") == figures["cpp_open_by_latest_category"]
    assert parts(clean, "CIN-1", "age") == without_noughts(figures["cin_open_by_age"])
    factors = parts(clean, "ASM-6", "factor")
    for code, count in figures["factors_top5"]:
        assert factors[code] == count
    assert counted(clean, "ASM-5")[0] == figures["assessments_within_45wd_of_referral"]


def test_parts_add_up(clean: Outcome) -> None:
    assert sum(parts(clean, "ASM-3", "band").values()) == counted(clean, "ASM-1")[0]
    assert sum(parts(clean, "ICPC-3", "band").values()) == counted(clean, "ICPC-1")[0]
    for name in ("REF-1", "ASM-1", "S47-1", "CPP-2", "CPP-3"):
        for breakdown in ("age", "sex", "ethnicity", "disability"):
            assert sum(parts(clean, name, breakdown).values()) == counted(clean, name)[0]


# Rules another validator has that no figure of ours leans on, and that our list of rules leaves out.
NOT_OURS = {"1104", "1105", "1560Q", "2990", "4013", "8545Q", "8555Q", "8585Q", "8715", "8825Q"}

# (file, rule): their children, ours, why.
DIFFERENCES = {
    ("CIN_Census_2021", "4180"): (1, None, "GenderCurrent is read as Sex; theirs looks for Sex alone"),
    ("CIN_Census_2021", "2886Q"): (1, None, "the same"),
    ("CIN_Census_2021", "8525Q"): (
        None,
        1,
        "both birth dates are there; theirs drops the year 1066 as unreadable",
    ),
    ("CIN_Census_2021", "8530Q"): (None, 1, "the expected birth date is in 1066"),
    ("CIN_header_issues_100", "4180"): (1, None, "GenderCurrent is read as Sex"),
    ("CIN_header_issues_100", "2886Q"): (1, None, "the same"),
    ("CIN_header_issues_100", "8525Q"): (None, 1, "as in CIN_Census_2021"),
    ("CIN_header_issues_100", "8530Q"): (None, 1, "as in CIN_Census_2021"),
    ("fake_CIN_data", "2887Q"): (1, None, "12 codes are used; theirs counts the children with none"),
    ("fake_CIN_data", "4180"): (332, None, "GenderCurrent is read as Sex"),
}


@pytest.mark.parametrize(
    "name", ["CIN_Census_2021", "CIN_Census_2026", "CIN_header_issues_100", "fake_CIN_data"]
)
def test_another_validator_agrees_or_the_difference_is_known(name: str) -> None:
    peer = json.loads((FOLDER / f"peer_cin_{name}.json").read_text())
    theirs = {**peer["children_by_rule"], **dict.fromkeys(peer["multichild"], 1)}
    outcome = work(FOLDER / f"{name}.xml", figures=False)
    children: dict[str, set[str]] = {}
    for one in outcome.findings:
        if not one.rule.startswith(("PB", "XML")):
            children.setdefault(one.rule, set()).add(one.child)
    ours = {rule: len(found) for rule, found in children.items()}
    for rule in NOT_OURS:
        assert rule not in ours
    differ = {
        (name, rule): (theirs.get(rule), ours.get(rule))
        for rule in (set(theirs) | set(ours)) - NOT_OURS
        if theirs.get(rule) != ours.get(rule)
    }
    assert differ == {key: told[:2] for key, told in DIFFERENCES.items() if key[0] == name}
