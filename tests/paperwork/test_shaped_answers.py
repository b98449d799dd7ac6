"""Times, NHS numbers and postcodes: every usual spelling is kept in one, and no message repeats what was typed."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from tests.paperwork.test_definitions import faults_in, one_page
from wholestory.paperwork.definitions import (
    Form,
    Given,
    NhsNumber,
    NotThat,
    Page,
    Postcode,
    Question,
    Time,
    from_json,
    to_json,
)
from wholestory.paperwork.given import Json

ON = date(2016, 3, 14)
TIME, NHS, POSTCODE = Time("q", "Q"), NhsNumber("q", "Q"), Postcode("q", "Q")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("9.30", "09:30"), ("09:30", "09:30"), ("0930", "09:30"), ("930", "09:30"), ("9:30am", "09:30"),
        ("9.30 p.m.", "21:30"), ("9pm", "21:00"), ("12am", "00:00"), ("12pm", "12:00"), ("12:05 AM", "00:05"),
        (" 17:05 ", "17:05"), ("1705", "17:05"), ("00:00", "00:00"), ("23:59", "23:59"), ("midday", "12:00"),
        ("Midnight", "00:00"), ("09:30:00", "09:30"),
    ],
)  # fmt: skip
def test_times_as_people_write_them(typed: str, stored: str):
    assert TIME.understand(typed) == stored
    assert TIME.understand(TIME.typed_from(stored)) == stored
    assert (TIME.in_words(Given(stored)), TIME.for_export(Given(stored))) == (stored, stored)


@pytest.mark.parametrize(
    "typed",
    ["9", "24:00", "9:60", "13:30pm", "0:30am", "half nine", "9:3", "12345", "-9:30", "9:30:15", "٩:٣٠"],
)
def test_what_is_no_time(typed: str):
    with pytest.raises(NotThat, match="24-hour clock"):
        TIME.understand(typed)


@any_of(st.integers(0, 23), st.integers(0, 59))
def test_every_minute_of_the_day_is_read_in_each_spelling(hour: int, minute: int):
    wanted = f"{hour:02d}:{minute:02d}"
    half, spoken = "am" if hour < 12 else "pm", hour % 12 or 12
    for typed in (wanted, f"{hour}.{minute:02d}", f"{hour:02d}{minute:02d}", f"{spoken}:{minute:02d}{half}"):
        assert TIME.understand(typed) == wanted


def test_bounds_of_a_time_are_inclusive():
    office = Time("q", "Q", not_before="09:00", not_after="17:00")
    assert [office.faults_in(each, ON) for each in ("09:00", "17:00")] == [(), ()]
    assert office.faults_in("08:59", ON) == ("The time must be 09:00 or later",)
    assert office.faults_in("17:01", ON) == ("The time must be 17:00 or earlier",)


# ---- NHS numbers: check digit = 11 - (sum of digit x (10..2) mod 11), 11 counts as 0, 10 is never issued ------------
# 943476591: 9x10 + 4x9 + 3x8 + 4x7 + 7x6 + 6x5 + 5x4 + 9x3 + 1x2 = 299; 299 mod 11 = 2; 11 - 2 = 9.


@pytest.mark.parametrize(
    "typed", ["943 476 5919", "9434765919", "943-476-5919", " 943\u00a0476\u00a05919 ", "9 4 3 4 7 6 5 9 1 9"]
)
def test_an_nhs_number_is_kept_as_ten_digits_and_shown_in_groups(typed: str):
    assert NHS.understand(typed) == "9434765919"
    assert NHS.in_words(Given("9434765919")) == "943 476 5919"
    assert NHS.typed_from("9434765919") == "943 476 5919"
    assert NHS.for_export(Given("9434765919")) == "9434765919"


def test_the_published_test_number_is_read():
    assert NHS.understand("987 654 3210") == "9876543210"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("943 476 5918", "compare each digit"),
        ("9434765990", "compare each digit"),
        ("943 476 591", "10 digits; this has 9"),
        ("94347659190", "10 digits; this has 11"),
        ("943 476 591X", "only digits"),
        ("not known", "only digits"),
        ("1111111111", "compare each digit"),
        ("0000000000", "compare each digit"),
        ("٩٤٣٤٧٦٥٩١٩", "only digits"),
    ],
)
def test_what_is_no_nhs_number(typed: str, message: str):
    with pytest.raises(NotThat, match=message) as refused:
        NHS.understand(typed)
    example = "943 476 5919"
    assert not set(re.findall(r"\d{4,}", typed)) & set(
        re.findall(r"\d{4,}", str(refused.value).replace(example, ""))
    )


@any_of(st.integers(0, 999_999_999), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(first: int, place: int, by: int):
    nine = f"{first:09d}"
    check = 11 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    if check == 10 or len(set(nine)) == 1:
        return
    whole = nine + str(check % 11)
    assert NHS.understand(whole) == whole
    slipped = f"{whole[:place]}{(int(whole[place]) + by) % 10}{whole[place + 1 :]}"
    with pytest.raises(NotThat):
        NHS.understand(slipped)


# ---- postcodes: one of each shape of Royal Mail's list ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("m1 1ae", "M1 1AE"), ("B338TH", "B33 8TH"), ("cr2 6xh", "CR2 6XH"), ("DN551PT", "DN55 1PT"),
        ("w1a 1hq", "W1A 1HQ"), ("EC1A  1BB", "EC1A 1BB"), ("sw1a1aa", "SW1A 1AA"), ("GIR0AA", "GIR 0AA"),
        ("bfpo 57", "BFPO 57"), ("BFPO1", "BFPO 1"), ("bf1 3aa", "BF1 3AA"), ("JE2 3AB", "JE2 3AB"),
        ("IM1\u00a01AA", "IM1 1AA"), ("LS1-4AP", "LS1 4AP"),
    ],
)  # fmt: skip
def test_postcodes_are_kept_in_capitals_with_their_space(typed: str, stored: str):
    assert POSTCODE.understand(typed) == stored
    assert POSTCODE.understand(stored) == stored
    assert POSTCODE.in_words(Given(stored)) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "Q1 1AA",
        "AI1 1AA",
        "M1 1AC",
        "M1 AAE",
        "M111 1AE",
        "LS1 4A",
        "GIR 0AB",
        "BFPO",
        "BFPO 01",
        "BFPO 12345",
        "N/A",
    ],
)
def test_what_is_no_postcode(typed: str):
    with pytest.raises(NotThat, match="postcode"):
        POSTCODE.understand(typed)


def test_half_a_postcode_only_where_it_will_do():
    area = Postcode("q", "Q", outward_alone=True)
    assert [area.understand(each) for each in ("ls1", "EC1A", "ls1 4ap", "BFPO 57")] == [
        "LS1", "EC1A", "LS1 4AP", "BFPO 57",
    ]  # fmt: skip
    with pytest.raises(NotThat, match="whole postcode"):
        POSTCODE.understand("LS1")
    with pytest.raises(NotThat, match="first part"):
        area.understand("LS")


@pytest.mark.parametrize("question", [TIME, NHS, POSTCODE])
@any_of(typed=st.text() | st.integers() | st.lists(st.text(), max_size=2))
def test_nothing_breaks_them_and_what_is_kept_is_read_again(question: Question, typed: Json):
    try:
        stored = question.understand(typed)
    except NotThat:
        return
    assert question.understand(stored) == stored


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        (Time("a", "A", not_before="9:00"), "the bound '9:00' must be written as 09:30"),
        (Time("a", "A", not_after="24:00"), "the bound '24:00' must be written as 09:30"),
        (Time("a", "A", not_before="17:00", not_after="09:00"), "no time is both from 17:00 and up to 09:00"),
    ],
)
def test_bounds_that_cannot_work_are_refused(question: Question, fault: str):
    assert fault in faults_in(*one_page(question))[0]


def test_they_come_back_from_their_json():
    items = (
        Time("at", "At", not_before="09:00", not_after="17:00"),
        NhsNumber("nhs", "NHS number"),
        Postcode("postcode", "Postcode", outward_alone=True),
    )
    form = Form("shaped", 1, "Shaped", (Page("one", "One", items),))
    stored = to_json(form)
    assert [each["word"] for each in stored["form"]["pages"][0]["items"]] == [
        "time",
        "nhs_number",
        "postcode",
    ]
    assert from_json(stored) == form
