"""Each question type reads, stores, judges and shows its own answers; kinds of nothing stay apart from blanks."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from tests.paperwork.kitchen_sink import KITCHEN_SINK, POINTS
from wholestory.paperwork.definitions import (
    BLANK,
    NOT_APPLICABLE,
    NOT_KNOWN,
    TODAY,
    AgencyQ,
    Choice,
    Choices,
    Date,
    File,
    Given,
    LongText,
    Nothing,
    NotThat,
    Number,
    Option,
    PartialDate,
    PersonQ,
    Place,
    Question,
    Scale,
    Text,
    YesNo,
)
from wholestory.paperwork.given import Json

ON = date(2016, 3, 14)
SOMEBODY = "6f1c2a34-0000-4000-8000-000000000001"
OPTIONS = (Option("a", "Apples"), Option("b", "Bread"), Option("c", "Cheese"))


@pytest.mark.parametrize(
    ("question", "typed", "stored", "words", "exported"),
    [
        (Text("q", "Q"), "  one\r\ntwo ", "one two", "one two", "one two"),
        (Text("q", "Q"), "one \u202eowt\u2069", "one owt", "one owt", "one owt"),
        (LongText("q", "Q"), "\nfirst \r\n\r\nsecond\x0bthird\n", "first\n\nsecond\nthird", None, None),
        (YesNo("q", "Q"), "yes", "yes", "Yes", "Yes"),
        (YesNo("q", "Q", no="Not yet"), "no", "no", "Not yet", "Not yet"),
        (Choice("q", "Q", OPTIONS), "b", "b", "Bread", "Bread"),
        (Choices("q", "Q", OPTIONS), ["c", "a", "c"], ["a", "c"], "Apples\nCheese", "Apples; Cheese"),
        (Scale("q", "Q", POINTS), "2", 2, "2: Met", "2"),
        (
            Date("q", "Q"),
            {"day": "4", "month": "3", "year": "2016"},
            "2016-03-04",
            "4 March 2016",
            "2016-03-04",
        ),
        (
            Date("q", "Q"),
            {"day": "4", "month": "Mar", "year": "2016"},
            "2016-03-04",
            "4 March 2016",
            "2016-03-04",
        ),
        (Date("q", "Q"), {"month": "3", "year": "2016"}, "2016-03", "March 2016", "2016-03"),
        (
            Date("q", "Q", approximate=True),
            {"year": "2016", "about": "1"},
            "2016~",
            "about 2016",
            "2016~",
        ),
        (Number("q", "Q"), " 1,234.50 ", "1234.5", "1,234.5", "1234.5"),
        (Number("q", "Q", unit="£"), "£12", "12", "£12", "12"),
        (Number("q", "Q", unit="days"), "3 days", "3", "3 days", "3"),
        (Number("q", "Q", unit="%"), "−0.50", "-0.5", "-0.5%", "-0.5"),
        (
            PersonQ("q", "Q"),
            {"id": SOMEBODY, "name": "Jo Ash"},
            {"id": SOMEBODY, "name": "Jo Ash"},
            "Jo Ash",
            "Jo Ash",
        ),
        (
            AgencyQ("q", "Q", or_typed=True),
            {"name": " Elm House "},
            {"id": "", "name": "Elm House"},
            "Elm House",
            None,
        ),
        (
            File("q", "Q"),
            [{"ref": "r1", "name": "a.pdf"}],
            [{"ref": "r1", "name": "a.pdf"}],
            "a.pdf",
            "a.pdf",
        ),
    ],
)
def test_what_is_typed_becomes_what_is_stored(
    question: Question, typed: Json, stored: Json, words: str | None, exported: str | None
):
    assert question.understand(typed) == stored
    assert question.understand(question.typed_from(stored)) == stored
    assert words is None or question.in_words(Given(stored)) == words
    assert exported is None or question.for_export(Given(stored)) == exported


@pytest.mark.parametrize(
    "question", [each.question for each in KITCHEN_SINK.asked.values()], ids=lambda q: q.key
)
def test_a_blank_is_a_blank_for_every_type(question: Question):
    assert question.understand(None) is None
    assert question.understand("") is None
    assert question.in_words(BLANK) == ""
    assert question.for_export(BLANK) == ""
    assert question.comparable(BLANK) is None
    assert question.faults(BLANK, ON) == ()
    assert question.carry(BLANK) == BLANK


@pytest.mark.parametrize(
    ("question", "typed", "message"),
    [
        (YesNo("q", "Q"), "maybe", "Choose one"),
        (Choices("q", "Q", OPTIONS), ["a", "z"], "Choose from"),
        (Scale("q", "Q", POINTS), "7", "points on the scale"),
        (Date("q", "Q"), {"day": "31", "month": "2", "year": "2016"}, "no such date"),
        (Date("q", "Q"), {"day": "1", "month": "2", "year": "16"}, "four numbers"),
        (Date("q", "Q"), {"day": "1", "year": "2016"}, "include a month"),
        (Date("q", "Q"), {"day": "1", "month": "2"}, "include a year"),
        (Date("q", "Q"), {"day": "1", "month": "Ma", "year": "2016"}, "real date"),
        (Date("q", "Q"), {"day": "x", "month": "2", "year": "2016"}, "real date"),
        (Date("q", "Q"), "yesterday", "real date"),
        (Number("q", "Q"), "twelve", "Enter a number"),
        (Number("q", "Q"), "1e9", "Enter a number"),
        (Number("q", "Q"), "NaN", "Enter a number"),
        (PersonQ("q", "Q"), {"id": "not-a-uuid", "name": "x"}, "from the list"),
        (PersonQ("q", "Q"), {"name": "typed by hand"}, "from the list"),
        (File("q", "Q"), ["x"], "Choose a file"),
    ],
)
def test_what_cannot_be_read_says_so_and_is_kept_in_the_draft(question: Question, typed: Json, message: str):
    with pytest.raises(NotThat, match=message):
        question.understand(typed)
    (fault,) = question.faults(Given(typed=typed), ON)
    assert message in fault


@pytest.mark.parametrize(
    ("question", "stored", "message"),
    [
        (Text("q", "Q", max_length=3), "four", "1 too long"),
        (LongText("q", "Q", max_length=3), "fourteen", "5 too long"),
        (Choices("q", "Q", OPTIONS, at_most=1), ["a", "b"], "no more than 1"),
        (Date("q", "Q", not_after=TODAY), "2016-03-15", "in the future"),
        (Date("q", "Q", not_before=TODAY), "2016-02", "must include a day"),
        (Date("q", "Q", not_before=TODAY, coarsest="month"), "2016-02", "in the past"),
        (Date("q", "Q", not_before=date(2013, 4, 1)), "2013-03-31", "1 April 2013 or later"),
        (Date("q", "Q", coarsest="month"), "2016", "must include a month"),
        (Number("q", "Q", whole=True), "1.5", "whole number"),
        (Number("q", "Q", minimum=Decimal(0)), "-1", "0 or more"),
        (Number("q", "Q", maximum=Decimal(100)), "100.01", "100 or fewer"),
        (File("q", "Q"), [{"ref": "1", "name": "a"}, {"ref": "2", "name": "b"}], "no more than 1 file"),
        (PersonQ("q", "Q"), {"id": SOMEBODY, "name": "x" * 201}, "200 characters"),
    ],
)
def test_what_can_be_read_but_not_sent(question: Question, stored: Json, message: str):
    (fault,) = question.faults(Given(stored), ON)
    assert message in fault


def test_bounds_are_inclusive_and_a_coarse_date_gets_the_benefit_of_the_doubt():
    assert Date("q", "Q", not_after=TODAY).faults_in("2016-03-14", ON) == ()
    assert Date("q", "Q", not_after=TODAY, coarsest="year").faults_in("2016", ON) == ()
    assert Date("q", "Q", not_after=TODAY, coarsest="year").faults_in("2017", ON) != ()


def test_kinds_of_nothing_are_answers_of_their_own():
    question = YesNo("q", "Q", nothing=(NOT_KNOWN, NOT_APPLICABLE))
    unknown = Given(nothing=Nothing.NOT_KNOWN)
    assert not unknown.is_blank
    assert question.comparable(unknown) == "not_known"
    assert question.for_export(unknown) == "[not_known]" != question.for_export(BLANK)
    assert question.in_words(unknown) == "Not known"
    assert question.faults(unknown, ON) == ()
    assert "not an answer" in question.faults(Given(nothing=Nothing.DECLINED), ON)[0]


def test_not_applicable_may_have_to_say_why():
    question = YesNo("q", "Q", nothing=(NOT_APPLICABLE,))
    assert question.faults(Given(nothing=Nothing.NOT_APPLICABLE, reason=" "), ON) == (
        "Say why you chose “Not applicable”",
    )
    said = Given(nothing=Nothing.NOT_APPLICABLE, reason="We have no premises")
    assert question.faults(said, ON) == ()
    assert question.in_words(said) == "Not applicable: We have no premises"


def test_both_a_value_and_a_kind_of_nothing_stay_in_the_draft_and_are_told():
    question = Text("q", "Q", nothing=(NOT_KNOWN,))
    both = Given("something", Nothing.NOT_KNOWN)
    assert question.faults(both, ON) == ("Give an answer or choose “Not known”, not both",)
    assert question.in_words(both) == "something\nNot known"


def test_what_is_carried_forward_waits_to_be_confirmed():
    question = Text("q", "Q")
    assert question.carry(Given("as before")).to_confirm
    assert Text("q", "Q", carries=False).carry(Given("as before")) == BLANK


def test_a_choice_no_longer_on_offer_still_shows():
    assert Choice("q", "Q", OPTIONS).in_words(Given("gone")) == "gone"
    assert Scale("q", "Q", POINTS).in_words(Given(9)) == "9"


def test_a_scale_knows_where_it_stands():
    scale = Scale("q", "Q", POINTS, compliant_from=2)
    assert [scale.normalised(point.value) for point in POINTS] == [0.0, 0.5, 1.0]
    assert [scale.is_compliant(point.value) for point in POINTS] == [False, False, True]
    assert Scale("q", "Q", POINTS).is_compliant(2) is None


@any_of(st.text())
def test_text_pasted_from_anywhere_is_kept_as_paragraphs(text: str):
    question = LongText("q", "Q")
    stored = question.understand(text)
    assert stored is None or not set("\r\x00\x0b\u2028") & set(str(stored))
    assert question.understand(stored) == stored


@any_of(
    st.dates(date(1000, 1, 1), date(9999, 12, 31)), st.sampled_from(["day", "month", "year"]), st.booleans()
)
def test_partial_dates_come_back_the_same(day: date, precision: str, approximate: bool):
    held = PartialDate(
        day.year,
        day.month if precision != "year" else None,
        day.day if precision == "day" else None,
        approximate,
    )
    assert PartialDate.of(str(held)) == held
    assert held.earliest <= day <= held.latest
    assert held.precision == precision


@any_of(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4))
def test_numbers_keep_every_digit(amount: Decimal):
    stored = Number("q", "Q").understand(format(amount, "f"))
    assert stored is not None
    assert Decimal(str(stored)) == amount
    assert Number("q", "Q").understand(stored) == stored


@pytest.mark.parametrize("text", ["", "a.b", ".1", "a.", "a.²"])
def test_what_is_not_a_place(text: str):
    with pytest.raises(ValueError, match="not a place"):
        Place.of(text)


def test_places_come_back_the_same():
    assert [Place.of(str(place)) for place in (Place("a"), Place("a", 3))] == [Place("a"), Place("a", 3)]
