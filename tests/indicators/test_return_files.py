"""The Excel return read back: real files through the real reader, wrong ones refused whole, bad cells told with their
place (quality assurance 5.1, data returns 5 and 9)."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.indicators.people import NOW, Figures
from tests.indicators.returning import QUARTER, Returning
from tests.personas import TODAY
from wholestory.indicators.files.return_workbook import template
from wholestory.indicators.models import ReturnStage, Submission, Value
from wholestory.indicators.operations import loading
from wholestory.indicators.queries import return_form
from wholestory.indicators.rules.entries import Typed
from wholestory.indicators.rules.return_days import NotADay, day_of

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
LONG = [
    "agency", "period_start", "period_end", "measure", "breakdown", "value_label", "numerator", "denominator", "note",
    "status",
]  # fmt: skip


def filled(made: Returning, cells: Mapping[str, Any], merge: str = "") -> bytes:
    """The template as the police download it, with these cells written (``G7``): row 7 is G01a, 11 is G02, 12 G04."""
    with made.figures.acting("police_lead"):
        content = template(return_form.form_of(made.of()), NOW)
    book = openpyxl.load_workbook(io.BytesIO(content))
    for place, value in cells.items():
        book["Return"][place] = value
    if merge:
        book["Return"].merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def long_table(*rows: list[Any]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Data")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for n, row in enumerate([LONG, *rows]):
        for at, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(n, at, value, day)
            else:
                sheet.write(n, at, value)
    book.close()
    return out.getvalue()


def load(made: Returning, content: bytes, name: str = "figures.xlsx") -> Submission:
    upload = SimpleUploadedFile(name, content)
    with made.figures.acting("police_lead") as actor:
        return loading.load(actor=actor, ret=made.of(), upload=upload, today=TODAY, now=NOW)


def use(made: Returning, submission: Submission) -> dict[str, Typed]:
    with made.figures.acting("police_lead") as actor:
        loading.use(actor=actor, ret=made.of(), submission=submission, today=TODAY, now=NOW)
        return return_form.typed_of(return_form.draft_of(made.of()))


GOOD = {"G7": 9, "G8": 4, "G9": 5, "G10": 0, "G11": 48, "H11": 60, "G12": 30, "K12": "One more than usual"}


def test_the_template_read_back_gives_what_was_typed(figures: Figures) -> None:
    made = Returning(figures)
    submission = load(made, filled(made, GOOD))
    assert submission.about["troubles"] == []
    # Nothing counts before somebody takes it.
    with figures.acting("police_lead"):
        assert return_form.draft_of(made.of()) is None
    rows = use(made, submission)
    assert rows["G02"] == Typed("48", "60")
    assert rows["G04"] == Typed("30", note="One more than usual")
    assert rows["G01a|sex|not_known"] == Typed("0")
    made.pass_on()
    made.approve()
    with figures.acting("analyst"):
        value = Value.objects.get(measure="G02", in_force=True)
        assert (value.numerator, value.denominator, value.place) == (48, 60, "Return!G11")


def test_bad_cells_are_told_and_the_rest_waits(figures: Figures) -> None:
    made = Returning(figures)
    bad = {"G7": "<5", "G8": "n/a", "G9": "tbc", "G10": "-", "I11": 0.81, "G12": "30"}
    submission = load(made, filled(made, bad))
    (trouble,) = submission.about["troubles"]
    assert (trouble["cell"], trouble["rule"], trouble["words"]) == (
        "I11", "RT-08", "The cell holds 0.81; it was read as 81%.",
    )  # fmt: skip
    rows = use(made, submission)
    assert rows["G02"] == Typed(percentage="81%")
    assert rows["G04"] == Typed("30")
    with figures.acting("police_lead"):
        form = return_form.form_of(made.of())
    wrong = [(one.key, one.fault.rule) for one in form.checked.findings if one.is_error]
    assert wrong == [
        (key, "PB-01") for key in ("G01a", "G01a|sex|female", "G01a|sex|male", "G01a|sex|not_known")
    ]


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"C1": "health"}, "another organisation"),
        ({"D1": "2014-10-01", "E1": "2014-12-31"}, "Oct to Dec 2014"),
        ({"B1": "FR-OTHER"}, "another return"),
        ({"A1": "something"}, "neither the template"),
    ],
)
def test_a_file_of_another_agency_period_or_kind_loads_nothing(
    figures: Figures, cells: dict[str, str], says: str
) -> None:
    made = Returning(figures)
    with pytest.raises(loading.LoadRefused, match=says):
        load(made, filled(made, GOOD | cells))
    assert made.of().stage == ReturnStage.ASKED
    with figures.acting("analyst"):
        assert not Submission.objects.exists()


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_an_unreadable_file_loads_nothing(figures: Figures, content: bytes) -> None:
    made = Returning(figures)
    with pytest.raises(loading.LoadRefused):
        load(made, content)


def test_the_same_file_twice_changes_nothing(figures: Figures) -> None:
    made = Returning(figures)
    content = filled(made, GOOD)
    use(made, load(made, content))
    with pytest.raises(loading.LoadRefused, match="loaded already"):
        load(made, content)


def test_merged_cells_and_rows_nobody_asked_for_are_left_out(figures: Figures) -> None:
    made = Returning(figures)
    content = filled(made, GOOD | {"A13": "G99", "G13": 3}, merge="G8:G9")
    submission = load(made, content)
    told = [(one["rule"], one["cell"]) for one in submission.about["troubles"]]
    assert told == [("PB-01", "G8:G9"), ("RT-01", "B13")]
    rows = use(made, submission)
    assert "G01a|sex|female" not in rows
    assert rows["G04"].numerator == "30"


def test_what_the_file_leaves_empty_stays_as_it_was_typed(figures: Figures) -> None:
    made = Returning(figures)
    made.type({"G02": ("48", "60")})
    submission = load(made, filled(made, {"G11": "", "H11": "", "G12": 30}))
    assert use(made, submission) | {} == {"G02": Typed("48", "60"), "G04": Typed("30")}


def test_the_long_table_with_days_of_every_kind(figures: Figures) -> None:
    made = Returning(figures)
    content = long_table(
        ["police", date(2015, 10, 1), date(2015, 12, 31), "G02", "", "", 48, 60, "", "provisional"],
        ["police", "01/10/2015", "31 December 2015", "PO-NOT", "", "", 1, 2, "", ""],
        ["Northmarsh Constabulary", 42278, 42369, "G04", "", "", "30", "", "", "final"],
        ["police", "1/10/15", "31/12/15", "G01a", "", "", 9, "", "", ""],
        ["health", "2015-10-01", "2015-12-31", "H01", "", "", 9, "", "", ""],
        ["police", "2015-07-01", "2015-09-30", "G04", "", "", 9, "", "", ""],
    )
    submission = load(made, content)
    told = [(one["rule"], one["cell"]) for one in submission.about["troubles"]]
    # G02 again under the code police know it by; two-digit years, each end; another agency; another quarter.
    assert told == [("RT-02", "B3"), ("PB-01", "B5"), ("PB-01", "C5"), ("PB-05", "A6"), ("PB-05", "B7")]
    assert use(made, submission) == {"G02": Typed("48", "60"), "G04": Typed("30")}
    assert submission.about["provisional"] == ["G02"]


def test_a_long_table_of_another_quarter_loads_nothing(figures: Figures) -> None:
    made = Returning(figures)
    with pytest.raises(loading.LoadRefused, match="quarter"):
        load(made, long_table(["police", "2014-10-01", "2014-12-31", "G04", "", "", 9, "", "", ""]))
    with pytest.raises(loading.LoadRefused, match="another organisation"):
        load(made, long_table(["health", "2015-10-01", "2015-12-31", "G04", "", "", 9, "", "", ""]))


def test_days_are_read_and_never_guessed() -> None:
    assert day_of("2015-10-01") == day_of("01/10/2015") == day_of(42278.0) == QUARTER.start
    for said in ("1/10/15", "2015-13-01", "31/02/2015", "October", "", 12.0):
        with pytest.raises(NotADay):
            day_of(said)


def test_the_file_goes_back_with_what_to_put_right_beside_the_data(figures: Figures, browse: Browse) -> None:
    made = Returning(figures)
    police = browse("police_lead")
    url = f"/figures/returns/{made.reference}/files/"
    upload = SimpleUploadedFile("figures.xlsx", filled(made, GOOD | {"G12": "<5"}))
    page = police.post(url, {"file": upload}, follow=True).content.decode()
    assert "Nothing counts yet" in page
    assert "Return!G12" in page
    sent = police.get(f"{url}1/put-right/").content
    sheet = openpyxl.load_workbook(io.BytesIO(sent))["Return"]
    assert (sheet["G12"].value, str(sheet["L12"].value)[:6]) == ("<5", "PB-01:")
    assert sheet["L11"].value is None
    page = police.post(f"{url}1/", {"use": "1"}, follow=True).content.decode()
    assert "The figures of the file are on the page now" in page
    assert 'value="48"' in page
