"""Cells of a spreadsheet as they are kept."""

from __future__ import annotations

import pytest

from wholestory.partners.rules import values


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("  Jo \u00a0 Ashdown\u200b ", "Jo Ashdown"),
        ("Jo\r\nAshdown", "Jo Ashdown"),
        ("Fenmarsh \u202eymedacA\u202c", "Fenmarsh ymedacA"),
        ("\u2067Fenmarsh\u2069\x07\x00", "Fenmarsh"),
    ],
)
def test_a_cell_is_one_line_that_reads_as_it_stands(cell: str, kept: str) -> None:
    assert values.tidy(cell) == kept
