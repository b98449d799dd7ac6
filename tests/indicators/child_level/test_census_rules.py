"""Each rule on a file through the real reader: the smallest census that breaks it, and what else that breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.indicators.child_level.samples import (
    CHARACTERISTICS,
    IDENTIFIERS,
    assessment,
    broken,
    census,
    child,
    el,
    enquiry,
    episode,
    in_need_plan,
    plan,
    run,
    written,
)
from wholestory.indicators.child_level.census.checking import covered
from wholestory.indicators.child_level.census.checks import registry
from wholestory.indicators.child_level.census.checks.pupil_numbers import check_letter
from wholestory.indicators.child_level.census.rulebook import rules
from wholestory.indicators.child_level.census.run import work
from wholestory.indicators.child_level.findings import DID_NOT_RUN


def who(**changed: str) -> str:
    """The identifiers with elements changed, or taken out when empty."""
    held = {"LAchildID": "A1", "UPNunknown": "UN1", "PersonBirthDate": "2015-06-01", "Sex": "F", **changed}
    return "".join(el(name, text) for name, text in held.items() if text)


def had(*disabilities: str, ethnicity: str = "WBRI") -> str:
    """The characteristics."""
    return el("Ethnicity", ethnicity) + el("Disabilities", *(el("Disability", one) for one in disabilities))


def known(**changed: str) -> str:
    """A child with nothing wrong but its identifiers."""
    return child(episode(), identifiers=who(**changed))


UNBORN = {"PersonBirthDate": "", "ExpectedPersonBirthDate": "2025-06-01", "UPNunknown": "UN1"}
ON_PLAN = ("2024-06-03", enquiry("2024-06-03", "2024-06-10"))

# Rule: the children that break it, and the other rules they break with it.
CASES: dict[str, tuple[list[str], set[str]]] = {
    "8500": ([known(LAchildID="")], set()),
    "1570": ([known(LAchildID="A" * 21)], set()),
    "1580": ([known(LAchildID="A 1")], set()),
    "8510": ([child(episode()), child(episode("2024-07-01"))], set()),
    "1510": ([known(UPN="A874211000035")], set()),
    "1530": ([known(UPN="R999211000035")], {"1510"}),
    "1540": ([known(UPN="T8742110X0035")], {"1510"}),
    "1550": ([known(UPN="T87421100003O")], {"1510"}),
    "1520": ([known(UPN="T874211000035"), known(LAchildID="A2", UPN="T874211000035")], set()),
    "8525Q": ([known(ExpectedPersonBirthDate="2025-03-05")], set()),
    "8520": ([known(PersonBirthDate="2025-04-01")], {"8606"}),
    "8530Q": (
        [child(episode("2025-03-29"), identifiers=who(**{**UNBORN, "ExpectedPersonBirthDate": "2026-01-01"},
         Sex="U"))],
        set(),
    ),
    "8750": ([child(episode("2025-01-06"), identifiers=who(**UNBORN))], set()),
    "4180": ([known(Sex="X")], set()),
    "4220": ([child(episode(), characteristics=had("NONE", ethnicity="XXXX"))], set()),
    "8540": ([child(episode(), characteristics=had("DEAF"))], set()),
    "8790": ([child(episode(), characteristics=had("NONE", "LD"))], set()),
    "8794": ([child(episode(), characteristics=had("LD", "LD"))], set()),
    "8775Q": ([known(PersonBirthDate="1999-03-30")], set()),
    "8600": ([child(episode("2025-04-01"))], set()),
    "8606": ([child(episode("2014-08-24"))], set()),
    "8866": ([child(episode(source="11"))], set()),
    "8568": ([child(episode(nfa="2"))], {"PB-01"}),
    "8610": ([child(episode(need=""))], set()),
    "8650": ([child(episode(need="N10"))], set()),
    "8569Q": ([child(episode("2024-03-31", nfa="1"))], set()),
    "8831": ([child(episode("2024-06-03", assessment("2024-06-03", "2024-07-01", "1A"), nfa="1"))], set()),
    "8832": ([child(episode("2024-06-03", plan("2024-06-10"), nfa="1", conference="2024-06-10"))], {"8831"}),
    "4000": ([child(episode("2024-06-03", in_need_plan("2024-06-10"), nfa="1"))], set()),
    "8620": ([child(episode("2023-06-01", closed="2024-03-31", reason="RC7"))], set()),
    "8630": ([child(episode("2024-06-03", closed="2024-06-02", reason="RC7"))], set()),
    "8805": ([child(episode(closed="2024-09-02"))], set()),
    "8810": ([child(episode(reason="RC7"))], set()),
    "8640": ([child(episode(closed="2024-09-02", reason="RC10"))], set()),
    "8815": ([child(episode("2024-06-03"), episode("2024-06-03"))], {"8820"}),
    "8816": ([child(episode("2024-06-03"), episode("2024-07-01"))], {"8815", "8820"}),
    "8820": ([child(episode("2024-06-03", closed="2024-09-02", reason="RC7"), episode("2024-09-01"))], set()),
    "8565": (
        [child(episode("2024-06-03", assessment("2024-06-03", "2024-09-03", "1A"), closed="2024-09-02",
         reason="RC7"))],
        set(),
    ),
    "1103": ([child(episode("2024-06-03", assessment("2024-05-31", "2024-07-01", "1A")))], set()),
    "8608": ([child(episode("2024-06-03", assessment("2024-07-02", "2024-07-01", "1A")))], set()),
    "8696": ([child(episode("2024-01-08", assessment("2024-01-08", "2024-03-28", "1A")))], set()),
    "8736": ([child(episode("2024-03-27", assessment("2024-03-28")))], {"8670Q"}),
    "8867": ([child(episode("2025-02-03", assessment("2025-02-03"), closed="2025-03-03", reason="RC7"))], set()),
    "8614": ([child(episode("2025-02-03", assessment("2025-02-03", "", "1A")))], set()),
    "8897Q": ([child(episode("2024-06-03", assessment("2024-06-03", "2024-07-01")))], set()),
    "8869": ([child(episode("2024-06-03", assessment("2024-06-03", "2024-07-01", "1A", "21")))], set()),
    "8898": ([child(episode("2024-06-03", assessment("2024-06-03", "2024-07-01", "1A", "1A")))], set()),
    "8945Q": ([child(episode("2024-06-03", assessment("2024-06-03", "2024-07-01", "18A")))], set()),
    "8950Q": ([child(episode("2024-06-03", assessment("2024-06-03", "2024-07-01", "19A")))], set()),
    "8670Q": ([child(episode("2025-01-01", assessment("2025-01-24")))], set()),
    "2889": ([child(episode("2024-06-03", enquiry("2024-05-31", no_conference="1")))], set()),
    "8615": ([child(episode("2024-06-03", enquiry("2024-06-12", "2024-06-10")))], set()),
    "8868": ([child(episode("2025-03-10", enquiry("2025-03-11"), closed="2025-03-20", reason="RC7"))], set()),
    "8675Q": ([child(episode("2025-03-06", enquiry("2025-03-07")))], set()),
    "8875": ([child(episode("2024-06-03", enquiry("2024-06-03", "2024-06-08")))], set()),
    "8870Q": ([child(episode("2024-06-03", enquiry("2024-06-03", "2024-06-10", target="2024-06-23")))], set()),
    "2884": ([child(episode(*ON_PLAN, conference="2024-06-10"))], set()),
    "2885": ([child(episode(*ON_PLAN, plan("2024-06-11")))], set()),
    "8890": (
        [child(episode("2024-06-03", enquiry("2024-06-03", "2024-06-20"), enquiry("2024-06-10",
         no_conference="1")))],
        set(),
    ),
    "8839": ([child(episode("2025-03-10", enquiry("2025-03-11"), enquiry("2025-03-12")))], {"8890"}),
    "8720": ([child(episode("2024-06-03", plan("")))], set()),
    "8925": ([child(episode(*ON_PLAN, plan("2024-06-10", "2024-06-07")))], set()),
    "8930": ([child(episode("2023-01-09", plan("2023-01-16", "2024-03-28")))], set()),
    "8840": ([child(episode(*ON_PLAN, plan("2024-06-10", "2024-06-10")))], set()),
    "8905": ([child(episode(*ON_PLAN, plan("2024-06-10", first="XXX")))], set()),
    "8910": ([child(episode(*ON_PLAN, plan("2024-06-10", latest="")))], set()),
    "8730": ([child(episode(*ON_PLAN, plan("2024-06-10", previous="")))], set()),
    "8935": ([child(episode(*ON_PLAN, plan("2024-06-10"), plan("2024-06-10", latest="PHY")))], {"8940", "PB-11"}),
    "8940": (
        [child(episode("2022-06-01", plan("2023-06-01", "2024-09-02"), plan("2024-09-02"),
         conference="2024-09-02"))],
        set(),
    ),
    "8841": ([child(episode(*ON_PLAN, plan("2024-06-10", "", "2024-09-02", "2024-06-10")))], set()),
    "4001": (
        [child(episode("2024-05-01", in_need_plan("2024-06-07"), plan("2024-06-10"), conference="2024-06-10"))],
        {"4017"},
    ),
    "4004": ([child(episode("2024-06-03", in_need_plan("2024-06-10"), in_need_plan("2024-07-01")))], {"4014"}),
    "4011": ([child(episode("2024-06-03", in_need_plan("2024-06-10", "2024-06-07")))], set()),
    "4014": (
        [child(episode("2024-06-03", in_need_plan("2024-06-10", "2024-07-01"), in_need_plan("2024-07-01")))],
        set(),
    ),
    "4016": ([child(episode(*ON_PLAN, plan("2024-06-10"), in_need_plan("2024-07-01", "2024-07-08")))], set()),
    "4017": (
        [child(episode("2024-05-01", in_need_plan("2024-05-20", "2024-06-17"), plan("2024-06-10"),
         conference="2024-06-10"))],
        set(),
    ),
    "PB-01": ([child(episode("2024-06-03", enquiry("2024-06-03", "no", no_conference="1")))], set()),
    "PB-08": (
        [child(episode("2025-01-06"), identifiers=who(**{**UNBORN, "ExpectedPersonBirthDate": "2025-02-27"},
         Sex="U"))],
        {"8530Q"},
    ),
    "PB-09": ([child(episode(*ON_PLAN, plan("2024-06-10")), identifiers=who(PersonBirthDate="2007-03-30"))], set()),
    "PB-11": (
        [child(episode("2024-06-03", assessment("2024-06-03", "2024-07-01", "1A"), assessment("2024-06-03",
         "2024-07-02", "1A")))],
        set(),
    ),
    "PB-12": ([child(episode("2024-06-03", assessment("2024-06-03", "2024-07-01", "1A", "99")))], set()),
    "PB-04": ([known(UPN="T874211000035"), known(LAchildID="A2", FormerUPN="T874211000035")], set()),
}  # fmt: skip
ELSEWHERE = {
    "100", "2883", "2886Q", "2887Q", "2888Q", "PB-02", "PB-03", "PB-10", "XML-1", "XML-2", "XML-3", "XML-4", "XML-5",
    "XML-6",
}  # fmt: skip


def test_every_rule_has_words_a_function_and_a_case() -> None:
    assert set(rules()) == covered()
    assert set(rules()) == set(CASES) | ELSEWHERE


@pytest.mark.parametrize("rule", sorted(CASES))
def test_the_rule_is_broken_and_nothing_else(tmp_path: Path, rule: str) -> None:
    children, others = CASES[rule]
    outcome = work(written(tmp_path, census(*children)), figures=False)
    assert broken(outcome) == {rule} | others
    assert all(one.words and one.todo for one in outcome.findings)


FINE = {
    "a plan ends and another begins the next day": episode(
        "2022-06-01", plan("2023-06-01", "2024-09-01"), plan("2024-09-02"), conference="2024-09-02"
    ),
    "45 working days at the end are not over": episode("2025-01-01", assessment("2025-01-27")),
    "15 working days at the end are not over": episode("2025-03-06", enquiry("2025-03-10")),
    "a need is not asked of a referral to no further action": episode(nfa="1", need=""),
    "old factors were right in their day": "",
    "an open plan with reviews": episode(*ON_PLAN, plan("2024-06-10", "", "2024-09-02", "2025-02-03")),
    "280 days before birth": episode("2014-08-25"),
}


@pytest.mark.parametrize("name", sorted(FINE))
def test_what_is_just_right_breaks_nothing(tmp_path: Path, name: str) -> None:
    if not FINE[name]:
        text = census(child(episode("2022-06-01", assessment("2022-06-01", "2022-07-01", "18A"))), year=2023)
    else:
        text = census(child(FINE[name]))
    assert broken(work(written(tmp_path, text), figures=False)) == set()


def test_the_day_an_episode_closes_another_may_begin(tmp_path: Path) -> None:
    outcome = run(tmp_path, child(episode(closed="2024-09-02", reason="RC7"), episode("2024-09-02")))
    assert broken(outcome) == set()


def test_check_letters_of_pupil_numbers() -> None:
    # 2x8 + 3x7 + 4x4 + 5x2 + 6x1 + 7x1 + 12x3 + 13x5 = 177 = 7x23 + 16: the 17th letter without I, O and S.
    assert check_letter("?874211000035") == "T"
    # The last place as a letter: B is worth 1, so 13 in place of 65: 125 = 5x23 + 10: the 11th letter.
    assert check_letter("?87421100003B") == "L"
    assert check_letter("too short") is None


def test_rule_100(tmp_path: Path) -> None:
    assert "100" in run(tmp_path, child(episode()), reference="2025-03-28").findings.counts
    assert "100" in run(tmp_path, child(episode()), reference="").findings.counts
    assert "100" not in run(tmp_path, child(episode())).findings.counts


def test_the_file_as_a_whole(tmp_path: Path) -> None:
    lone = run(
        tmp_path,
        child(episode(*ON_PLAN, plan("2024-06-10"), plan("2024-06-10"))),
        known(LAchildID="A2", Sex="U"),
    )
    assert {"2883", "2886Q", "2887Q", "2888Q"} <= set(lone.findings.counts)
    eight = had("MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS")
    many = run(tmp_path, child(episode(), characteristics=eight))
    assert broken(many) == set()
    assert not {"2883", "2886Q", "2887Q", "2888Q"} & set(many.findings.counts)


def test_last_years_file_beside_this_years(tmp_path: Path) -> None:
    before = written(
        tmp_path,
        census(child(episode("2023-06-01"), id="GONE"), child(episode("2023-06-01")), year=2024),
        "before.xml",
    )
    now = written(
        tmp_path,
        census(
            child(episode("2023-06-01"), identifiers=who(PersonBirthDate="2015-07-01")),
            child(episode("2023-07-03", enquiry("2024-05-01", no_conference="1")), id="A2"),
        ),
    )
    outcome = work(now, earlier=[before], figures=False)
    assert broken(outcome) == {"PB-02", "PB-03", "PB-10"}
    assert {one.rule: one.child for one in outcome.findings if one.rule.startswith("PB")} == {
        "PB-02": "GONE", "PB-03": "A1", "PB-10": "A2",
    }  # fmt: skip


def test_a_rule_that_crashes_is_told_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> object:
        raise KeyError("a name nobody may read")

    monkeypatch.setitem(registry.EPISODES, "8866", crash)
    outcome = run(tmp_path, child(episode(source="77", need="")))
    assert broken(outcome) == {"8610", DID_NOT_RUN}
    (told,) = [one for one in outcome.findings if one.rule == DID_NOT_RUN]
    assert "8866 could not run" in told.words
    assert outcome.findings.errors == 2


def test_identifiers_and_characteristics_are_as_the_cases_think() -> None:
    assert who() == IDENTIFIERS.format(id="A1")
    assert had("NONE") == CHARACTERISTICS
