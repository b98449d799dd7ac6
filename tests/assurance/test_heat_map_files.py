"""The heat map as a workbook: what is a number can be counted with, what is a word stays one."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
from django.test import Client

from tests.assurance.conftest import Round


def test_scores_are_numbers_and_states_are_words(
    signed_school: Round, browse: Callable[[str], Client]
) -> None:
    signed_school.release("school")
    reference = signed_school.cycle.record.reference
    answer = browse("business_manager").get(
        f"/self-audits/cycles/{reference}/heat-map/", {"download": "xlsx"}
    )
    assert answer.status_code == 200
    assert "-2016-03-14.xlsx" in answer["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = {row[0]: row[1:] for row in book["Heat map"].iter_rows(values_only=True) if row[0]}
    school, police = rows["Willow Lane Academy"], rows["Northmarsh Constabulary"]
    assert all(isinstance(value, int | float) for value in school if value is not None), school
    assert all(isinstance(value, str) for value in police if value is not None), police
    words = {type(row[2]) for row in book["In words"].iter_rows(min_row=2, values_only=True)}
    assert words == {float, str} or words == {int, str} or words == {int, float, str}
