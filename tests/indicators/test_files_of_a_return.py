"""The files page of a return: which file is which, what a file leaves out, and how what was sent is numbered."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.indicators.people import Figures
from tests.indicators.returning import Returning
from tests.indicators.test_return_files import GOOD, filled, load, long_table, use

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


def test_files_of_one_name_are_told_apart_and_opened_again(figures: Figures, browse: Browse) -> None:
    made = Returning(figures)
    load(made, filled(made, GOOD), "figures.xlsx")
    load(made, filled(made, GOOD | {"G12": 31}), "figures.xlsx")
    police = browse("police_lead")
    url = f"/figures/returns/{made.reference}/files/"
    page = police.get(url).content.decode()
    assert "File 1, " in page
    assert "File 2, " in page
    assert page.count("figures.xlsx (looked at, not used yet)") == 2
    assert f'href="{url}1/">What was read' in page
    assert police.get(f"{url}1/").status_code == 200
    police.post(f"{url}1/", {"aside": "1"})
    page = police.get(url).content.decode()
    assert "figures.xlsx (put aside)" in page
    assert f'href="{url}1/"' not in page
    assert f'href="{url}2/">What was read' in page


def test_rows_that_are_missing_are_named(figures: Figures, browse: Browse) -> None:
    made = Returning(figures)
    made.fill()
    book = openpyxl.load_workbook(io.BytesIO(filled(made, {}, merge="G8:G9")))
    book["Return"].delete_rows(12)
    out = io.BytesIO()
    book.save(out)
    upload = SimpleUploadedFile("figures.xlsx", out.getvalue())
    url = f"/figures/returns/{made.reference}/files/"
    page = browse("police_lead").post(url, {"file": upload}, follow=True).content.decode()
    assert "(G04) is not in the file" in page
    assert page.count("(G01a) is not in the file") == 2
    assert "(G02) is not in the file" not in page
    assert "the file says what stands on the page already" not in page


def test_an_untouched_template_has_no_figure_in_it(figures: Figures, browse: Browse) -> None:
    made = Returning(figures)
    upload = SimpleUploadedFile("figures.xlsx", filled(made, {}))
    url = f"/figures/returns/{made.reference}/files/"
    page = browse("police_lead").post(url, {"file": upload}, follow=True).content.decode()
    assert "Nothing: no figure is filled in in the file." in page


def test_only_what_was_sent_is_numbered(figures: Figures, browse: Browse) -> None:
    made = Returning(figures)
    load(made, filled(made, GOOD | {"G12": 31}), "first.xlsx")
    load(made, filled(made, GOOD | {"G12": 32}), "second.xlsx")
    use(made, load(made, filled(made, GOOD), "third.xlsx"))
    made.pass_on()
    made.approve()
    police = browse("police_lead")
    url = f"/figures/returns/{made.reference}/"
    assert "Version" not in police.get(url).content.decode()
    police.post(f"{url}correct/", {"reason": "A late case"})
    made.type({"G04": ("31",)})
    made.pass_on()
    made.approve()
    page = police.get(url).content.decode()
    assert "Version 2, " in page
    assert "Version 1, " in page
    assert "Version 4" not in page
    compared = police.get(_compare(page)).content.decode()
    assert "Version 2 of " in compared
    assert "against version 1 of " in compared


def _compare(page: str) -> str:
    return page.split('">What it changed')[0].split('href="')[-1]


def test_a_year_of_two_digits_is_told_the_day_of_its_own_column(figures: Figures) -> None:
    made = Returning(figures)
    submission = load(
        made,
        long_table(
            ["police", "1/10/15", "31/12/15", "G04", "", "", 9, "", "", ""],
            ["police", date(2015, 10, 1), date(2015, 12, 31), "G02", "", "", 48, 60, "", ""],
        ),
    )
    assert [one["what_to_do"] for one in submission.about["troubles"]] == [
        "Write the year with four digits: 2015-10-01.",
        "Write the year with four digits: 2015-12-31.",
    ]


def test_saved_with_an_error_is_not_simply_done(figures: Figures, browse: Browse) -> None:
    made = Returning(figures)
    police = browse("police_lead")
    url = f"/figures/returns/{made.reference}/figures/"
    page = police.post(url, {"G04:numerator": "<5"}, follow=True).content.decode()
    assert "There is a problem" in page
    assert "Saved. There is something to put right." in page
    assert "Success" not in page
    page = police.post(url, {"G04:numerator": "5"}, follow=True).content.decode()
    assert "Saved." in page
    assert "something to put right" not in page
