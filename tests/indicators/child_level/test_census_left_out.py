"""Rows an error keeps out of a figure: which, and how many are said to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.indicators.child_level.samples import (
    assessment,
    child,
    counted,
    enquiry,
    episode,
    figure,
    in_need_plan,
    plan,
    run,
)

CLOSED = {"closed": "2025-03-03", "reason": "RC7"}
GOOD = {
    "ASM-1": episode("2024-06-03", assessment("2024-06-03", "2024-07-01", "1A")),
    "ASM-4": episode("2025-02-03", assessment("2025-02-03")),
    "ASM-6": episode("2024-06-03", assessment("2024-06-03", "2024-07-01", "1A")),
    "S47-1": episode("2024-06-03", enquiry("2024-06-03", no_conference="1")),
    "ICPC-1": episode("2024-06-03", enquiry("2024-06-03", "2024-06-10")),
    "CPP-1": episode("2024-06-03", plan("2024-06-10"), conference="2024-06-10"),
    "CPP-3": episode("2024-06-03", plan("2024-06-10", "2024-09-02"), conference="2024-06-10"),
    "CIN-1": episode("2024-06-03"),
    "CIN-2": episode("2024-06-03", in_need_plan("2024-06-04")),
}
# Figure, and an episode whose row the figure leaves out.
LEFT = [
    ("ASM-1", episode("2024-06-03", assessment("2024-06-03", "1 July", "1A"))),
    ("ASM-4", episode("2025-02-03", assessment("2025-02-03"), **CLOSED)),
    ("ASM-4", episode("2025-02-03", assessment("2025-02-03", "soon"))),
    ("ASM-4", episode("2025-02-03", assessment("3 February"))),
    ("ASM-6", episode("2024-06-03", assessment("2024-06-03", "2024-07-01", "1A", "21"))),
    ("S47-1", episode("2024-06-03", enquiry("2024-05-31", no_conference="1"))),
    ("S47-1", episode("2024-06-03", enquiry("31 May", no_conference="1"))),
    ("ICPC-1", episode("2024-06-03", enquiry("2024-06-03", "2024-06-08"))),
    ("ICPC-1", episode("2024-06-03", enquiry("2024-06-03", "10 June"))),
    ("ICPC-1", episode("2024-06-03", conference="10 June")),
    ("CPP-1", episode("2024-06-03", plan("2024-06-10", "never"), conference="2024-06-10")),
    ("CPP-1", episode("2024-06-03", plan(""))),
    ("CPP-3", episode("2024-06-03", plan("2024-06-10", "2 September"), conference="2024-06-10")),
    ("CPP-3", episode("2024-06-03", plan("2024-06-10", "2024-06-07"), conference="2024-06-10")),
    ("CIN-1", episode("2024-06-03", closed="soon", reason="RC7")),
    ("CIN-1", episode("2024-06-03", nfa="perhaps")),
    ("CIN-2", episode("2024-06-03", in_need_plan("2024-06-04", "soon"))),
]


@pytest.mark.parametrize(("name", "wrong"), LEFT)
def test_a_row_with_an_error_is_left_out_and_counted(tmp_path: Path, name: str, wrong: str) -> None:
    outcome = run(tmp_path, child(GOOD[name]), child(wrong, id="A2"))
    assert outcome.findings.errors > 0
    assert counted(outcome, name)[0] == 1
    assert figure(outcome, name).left_out == 1


def test_what_lies_outside_the_window_is_not_said_to_be_left_out(tmp_path: Path) -> None:
    outcome = run(tmp_path, child(episode("2023-06-01", assessment("2023-06-01", "2024-03-28", "1A"))))
    assert outcome.findings.counts["8696"] == 1
    assert figure(outcome, "ASM-1").left_out == 0


def test_a_conference_recorded_twice_is_counted_once(tmp_path: Path) -> None:
    both = episode("2024-06-03", enquiry("2024-06-03", "2024-06-10"), conference="2024-06-10")
    assert counted(run(tmp_path, child(both)), "ICPC-1") == (1, None)
