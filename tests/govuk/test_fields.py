"""What each field takes, keeps and refuses, in which words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms as django_forms
from django.core.exceptions import ValidationError

from wholestory.govuk import forms
from wholestory.govuk.forms.dates import Boxes


def refused(field: django_forms.Field, value: Any) -> str:
    with pytest.raises(ValidationError) as refusal:
        field.clean(value)
    return refusal.value.messages[0]


def boxes_wrong(field: django_forms.Field, value: Any) -> tuple[str, ...]:
    with pytest.raises(ValidationError) as refusal:
        field.clean(value)
    return tuple(refusal.value.params["parts"])


BORN = forms.DateField(label="Date of birth", not_before=date(1998, 1, 1), not_after=date(2016, 3, 14))


@pytest.mark.parametrize("month", ["3", "03", "march", "Mar", "MAR."])
def test_a_month_may_be_a_number_or_a_word(month: str) -> None:
    assert BORN.clean(Boxes("4", month, "2007")) == date(2007, 3, 4)


@pytest.mark.parametrize(
    ("typed", "words", "parts"),
    [
        (Boxes(), "Enter date of birth", ("day", "month", "year")),
        (Boxes("4", "", "2007"), "Date of birth must include a month", ("month",)),
        (Boxes("", "", "2007"), "Date of birth must include a day and month", ("day", "month")),
        (Boxes("31", "2", "2007"), "Date of birth must be a real date", ("day",)),
        (Boxes("31", "13", "2007"), "Date of birth must be a real date", ("month",)),
        (Boxes("x", "y", "2007"), "Date of birth must be a real date", ("day", "month")),
        (Boxes("1", "1", "07"), "Date of birth must have a year of 4 numbers", ("year",)),
        (Boxes("1", "1", "٢٠٠٧"), "Date of birth must have a year of 4 numbers", ("year",)),
        (Boxes("1", "1", "0000"), "Date of birth must have a year of 4 numbers", ("year",)),
        (
            Boxes("15", "3", "2016"),
            "Date of birth must be the same as or before 14 March 2016",
            ("day", "month", "year"),
        ),
        (
            Boxes("31", "12", "1997"),
            "Date of birth must be the same as or after 1 January 1998",
            ("day", "month", "year"),
        ),
    ],
)
def test_a_wrong_date_says_what_is_wrong_and_where(typed: Boxes, words: str, parts: tuple[str, ...]) -> None:
    assert refused(BORN, typed) == words
    assert boxes_wrong(BORN, typed) == parts


def test_the_last_day_of_february_follows_the_calendar() -> None:
    assert forms.DateField(label="Day").clean(Boxes("29", "2", "2016")) == date(2016, 2, 29)
    assert refused(forms.DateField(label="Day"), Boxes("29", "2", "2015")) == "Day must be a real date"


def test_a_question_is_not_used_as_a_subject() -> None:
    field = forms.DateField(label="When did it happen?")
    assert refused(field, Boxes()) == "Answer the question “When did it happen?”"
    assert (
        refused(field, Boxes("31", "2", "2015")) == "Your answer to “When did it happen?” must be a real date"
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (Boxes("4", "3", "2012"), "2012-03-04"),
        (Boxes("", "march", "2012"), "2012-03"),
        (Boxes("", "", "2012"), "2012"),
        (Boxes("", "", "2012", approximate=True), "2012~"),
        (Boxes(unknown=True), "unknown"),
    ],
)
def test_a_date_is_kept_as_it_is_known_and_shown_again(typed: Boxes, kept: str) -> None:
    field = forms.PartialDateField(label="When?", may_be_approximate=True)
    assert field.clean(typed) == kept
    assert field.clean(field.widget.boxes(kept)) == kept


def test_a_partial_date_refuses_what_cannot_be() -> None:
    field = forms.PartialDateField(label="Start", not_after=date(2016, 3, 14))
    assert refused(field, Boxes("4", "", "2012")) == "Start must include a month"
    assert refused(field, Boxes("", "13", "2012")) == "Start must have a real month"
    assert (
        refused(field, Boxes("", "", "2012", unknown=True))
        == "Enter a date or tick that it is not known, not both"
    )
    assert refused(field, Boxes("", "", "2017")) == "Start must be the same as or before 14 March 2016"
    assert field.clean(Boxes("", "", "2016")) == "2016"
    assert (
        refused(forms.PartialDateField(label="Start", needs="month"), Boxes("", "", "2012"))
        == "Start must include a month"
    )
    assert forms.PartialDateField(required=False).clean(Boxes()) == ""


def test_a_date_that_was_only_written_differently_has_not_changed() -> None:
    field = forms.DateField()
    assert not field.has_changed(date(2016, 3, 4), Boxes("04", "March", "2016"))
    assert field.has_changed(date(2016, 3, 4), Boxes("5", "3", "2016"))


@pytest.mark.parametrize(("typed", "number"), [("1,204", 1204), (" 41 ", 41), ("£12", 12), ("-3", -3)])
def test_a_number_may_be_written_as_people_write_it(typed: str, number: int) -> None:
    assert forms.NumberField(label="Staff").clean(typed) == number


def test_a_number_that_is_none_says_so() -> None:
    staff, cost = forms.NumberField(label="Staff"), forms.DecimalField(label="Cost (%)")
    assert refused(staff, "about forty") == "Staff must be a whole number, like 12"
    assert refused(cost, "lots") == "Cost (%) must be a number, like 12 or 12.5"
    assert refused(cost, "NaN") == "Cost (%) must be a number, like 12 or 12.5"


FULL_NAME = forms.TextField(label="Full name", min_length=2, max_length=1200)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        (FULL_NAME, "x" * 1201, "Full name must be 1,200 characters or fewer"),
        (FULL_NAME, "x", "Full name must be 2 characters or more"),
        (FULL_NAME, "", "Enter full name"),
        (
            FULL_NAME,
            "Jo\x00Ashdown",
            "Full name must not include characters that cannot be seen. Type it again instead of pasting it",
        ),
        (
            forms.TextField(label="What will be done?", max_length=3),
            "four",
            "Your answer to “What will be done?” must be 3 characters or fewer",
        ),
        (
            forms.LongTextField(label="More about it (optional)", max_length=3),
            "four",
            "More about it must be 3 characters or fewer",
        ),
        (forms.TextField(label="Share (%s)", max_length=3), "four", "Share (%s) must be 3 characters or fewer"),
        (forms.TextField(max_length=3), "four", "Your answer must be 3 characters or fewer"),
        (forms.NumberField(label="Year", min_value=1995), "12", "Year must be 1995 or more"),
        (forms.NumberField(label="Year", max_value=2100), "9999", "Year must be 2100 or less"),
        (forms.NumberField(label="Which year?", subject="a year"), "x", "A year must be a whole number, like 12"),
        (
            forms.DecimalField(label="Cost", max_digits=4, decimal_places=1),
            "12345.1",
            "Cost must be no longer than 4 digits",
        ),
        (
            forms.EmailField(label="Email address", max_length=9),
            "a@example.org",
            "Email address must be 9 characters or fewer",
        ),
    ],
)  # fmt: skip
def test_what_a_field_does_not_take_it_says_by_name_and_in_plain_words(
    field: django_forms.Field, typed: str, said: str
) -> None:
    assert refused(field, typed) == said


def test_an_address_beyond_djangos_own_limit_is_refused_in_our_words() -> None:
    with pytest.raises(ValidationError) as refusal:
        forms.EmailField(label="Email address").clean(f"{'a' * 320}@example.org")
    assert "Email address must be 320 characters or fewer" in refusal.value.messages
    assert not any("Ensure" in one for one in refusal.value.messages)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Fenmarsh \u202eymedacA", "Fenmarsh ymedacA"),
        ("\u2066Fen\u2069\u200bmarsh\ufeff", "Fenmarsh"),
        ("2015/16\r\ncycle", "2015/16 cycle"),
        ("2015/16\u2028cycle\x07", "2015/16 cycle"),
        ("O\u200cwen \U0001f469\u200d\U0001f3eb", "O\u200cwen \U0001f469\u200d\U0001f3eb"),
    ],
)
def test_one_line_is_one_line_and_reads_as_it_stands(typed: str, kept: str) -> None:
    assert forms.TextField(label="Title").clean(typed) == kept


def test_what_shows_as_nothing_is_no_answer() -> None:
    assert refused(forms.TextField(label="Title"), "\u202e\u200b") == "Enter title"


def test_long_text_keeps_its_paragraphs() -> None:
    assert forms.LongTextField(label="Note").clean("one\n\ntwo") == "one\n\ntwo"


def test_long_text_counts_a_line_end_once_as_the_page_does() -> None:
    field = forms.LongTextField(label="Note", max_length=5)
    assert field.clean("ab\r\ncd") == "ab\ncd"
    assert field.clean("ab\rcd") == "ab\ncd"
    assert refused(field, "abcdef") == "Note must be 5 characters or fewer"


def test_words_are_counted_kindly() -> None:
    field = forms.LongTextField(label="Your answer", max_words=3)
    assert field.clean("it’s well-being – here") == "it’s well-being – here"
    assert refused(field, "one two three four") == "Your answer must be 3 words or fewer"


@pytest.mark.parametrize("given", ["01632 960001", "+44 (0)808 157 0192", "01632 960 001 ext 12"])
def test_a_telephone_number_is_kept_as_written(given: str) -> None:
    assert forms.PhoneField().clean(given) == given


def test_an_address_and_a_telephone_number_that_are_none_say_how_they_look() -> None:
    assert "name@example.com" in refused(forms.EmailField(), "t.ferrier")
    assert "01632" in refused(forms.PhoneField(), "call me")


def test_a_code_may_come_with_spaces_and_hyphens() -> None:
    assert forms.CodeField().clean(" 123-456 ") == "123456"
    assert forms.CodeField().clean("12 34–56") == "123456"


def test_a_password_keeps_its_spaces() -> None:
    assert forms.PasswordField().clean(" two words ") == " two words "


def test_none_of_these_stands_alone() -> None:
    field = forms.ManyChoicesField(choices=[("a", "A policy"), ("none", "None of these")], exclusive=["none"])
    assert field.clean(["none"]) == ["none"]
    assert refused(field, ["a", "none"]) == "Select either “None of these” or other answers, not both"


def test_yes_and_no_are_true_and_false_and_blank_is_neither() -> None:
    assert forms.YesNoField(label="Trained?").clean("yes") is True
    assert forms.YesNoField(label="Trained?").clean("no") is False
    assert forms.YesNoField(label="Trained?", required=False).clean("") is None
    assert refused(forms.YesNoField(label="Trained?"), "") == "Select yes or no: “Trained?”"
    assert refused(forms.YesNoField(label="Trained?"), "maybe") == "Select yes or no"
