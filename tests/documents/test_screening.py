"""What looks like a record about a child, and what does not. Every name, number and text here is made up.

NHS numbers are of the range 999, which is kept for tests and given to nobody; their check digits were worked out by
hand with the weights 10 to 2 (NHS Data Dictionary): 999 000 001 gives 245, 245 mod 11 is 3, and 11 - 3 is 8.
The pupil number's letter: 801200001001 times 2 to 13 is 16+0+4+10+0+0+0+0+10+0+0+13 = 53, 53 mod 23 = 7: the eighth
letter of its alphabet, H.
"""

from __future__ import annotations

import pytest

from wholestory.documents.rules.screening import MANY_NAMES, Kind, Line, look_at, look_at_name, look_at_words

RECORDS = [
    ("Her NHS number is 999 000 0018.", Kind.NHS_NUMBER),
    ("NHS No. 999-000-0018", Kind.NHS_NUMBER),
    ("9990000018", Kind.NHS_NUMBER),
    ("UPN: H801200001001", Kind.PUPIL_NUMBER),
    ("DOB 12/03/2008", Kind.BIRTH_DATE),
    ("D.O.B.: 3.4.09", Kind.BIRTH_DATE),
    ("Date of birth: 12th March 2008", Kind.BIRTH_DATE),
    ("date of birth 2008-03-12", Kind.BIRTH_DATE),
    ("He was born on 12 March 2008 at home.", Kind.BIRTH_DATE),
    ("Kian Ashgrove, aged 7, told his teacher", Kind.NAME_AND_AGE),
    ("Zofia (8) was seen alone", Kind.NAME_AND_AGE),
    ("Tolu Adebanjo is 14 years old", Kind.NAME_AND_AGE),
    ("a 9-year-old girl called Maya Thornfield", Kind.NAME_AND_AGE),
    ("Child A (dob 2008) lived with", Kind.CHILD_BY_LETTER),
    ("Child B, aged 3, was seen", Kind.CHILD_BY_LETTER),
    ("Case number: 1234567", Kind.CASE_REFERENCE),
    ("LCS ID 203948", Kind.CASE_REFERENCE),
    ("the court heard PE15C00123", Kind.CASE_REFERENCE),
]

POLICIES = [
    "Staff record the child's NHS number, name and date of birth on the referral form, and check them with the family.",
    "An NHS number has ten digits and a check digit. Do not write it in an e-mail.",
    "Ring the duty team on 01733 864180, or 020 7946 0958 out of hours, or 07700 900123.",
    "The policy was agreed on 12 March 2015 and is due for review on 31 March 2016. Born of the review of 2014.",
    "Working Together to Safeguard Children (2015) and section 11 of the Children Act 2004 apply to us.",
    "Young People aged 16 and 17 may consent for themselves. Children aged 10 to 17 are told of the advocate.",
    "Anyone aged 17 or under is a child in this policy. Looked After Children (12) and Care Leavers (3) were trained.",
    "Children born on 1 September 2011 or later start school in the autumn.",
    "See ISBN 4-87187-035-2 and ISBN 4871870352 for the practice handbook. Company number 01234567. Charity 1092328.",
    "Every allegation gets a case number. The case number is written on the front of the file. See appendix 3 (4).",
    "Designated Safeguarding Lead: Ms Rowan Tilbrook. Named Governor: Mr Tomos Hale. Reviewed 4 May 2016.",
    "Serious case reviews are anonymised: a review speaks of Child A and never gives the child's name.",
    "Order number 7700123456, unit 1234567890, barcode 0000000000 and 1111111111.",
    "Year 6 pupils, Key Stage 2 (7) and Reception (4) follow the online safety scheme. Willow Lane Academy, aged 150.",
    "Safer recruitment: 48 of 50 staff hold a DBS check dated within three years. Training: Level 1 (40), Level 2 (8).",
]


@pytest.mark.parametrize(("words", "kind"), RECORDS)
def test_what_looks_like_a_record(words: str, kind: Kind) -> None:
    assert kind in {finding.kind for finding in look_at_words(words)}


@pytest.mark.parametrize("words", POLICIES)
def test_policies_that_speak_of_such_things_pass(words: str) -> None:
    assert look_at_words(words) == ()


def test_a_number_with_a_wrong_check_digit_is_none() -> None:
    assert look_at_words("NHS number 999 000 0019") == ()
    assert look_at_words("UPN: A801200001001") == ()


def test_a_finding_says_where_and_never_what() -> None:
    (finding,) = look_at([Line("page 2", ("NHS number 999 000 0018",))])
    assert finding.words == "what looks like an NHS number (page 2)"
    assert "999" not in repr(finding)


def test_a_column_of_dates_under_its_heading_and_an_empty_form() -> None:
    head, row = (
        Line("row 1", ("Pupil name", "DOB", "Class"), "t"),
        Line("row 2", ("K. A.", "39519", "4B"), "t"),
    )
    assert [f.kind for f in look_at([head, row])] == [Kind.BIRTH_DATE]
    assert look_at([head, Line("row 2", ("", "", ""), "t")]) == ()
    # The same number in another table, or under another heading, is a number.
    assert look_at([head, Line("row 1", ("K. A.", "39519", "4B"), "u")]) == ()
    assert look_at([head, Line("row 2", ("K. A.", "4B", "39519"), "t")]) == ()


def _names(number: int) -> list[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [f"Kim{letters[n]} Thornfield" for n in range(number)]


def test_a_long_list_of_names_and_a_shorter_one() -> None:
    found = look_at(Line(f"line {n}", (one,)) for n, one in enumerate(_names(MANY_NAMES), 1))
    assert [f.kind for f in found] == [Kind.LIST_OF_NAMES]
    assert look_at(Line(f"line {n}", (one,)) for n, one in enumerate(_names(MANY_NAMES - 1), 1)) == ()


def test_children_by_name_are_few_before_they_are_a_list_and_staff_are_none() -> None:
    rows = [Line(f"row {n}", (one, "x"), "t") for n, one in enumerate(_names(3), 2)]
    assert look_at([Line("row 1", ("Child’s name", "Note"), "t"), *rows]) != ()
    assert look_at([Line("row 1", ("Child’s name", "Note"), "t"), *rows[:2]]) == ()
    many = [Line(f"row {n}", (one, "x"), "t") for n, one in enumerate(_names(MANY_NAMES + 5), 2)]
    assert look_at([Line("row 1", ("Name", "Job title"), "t"), *many]) == ()


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("Core_assessment_Kian_Ashgrove.docx", {Kind.CASE_DOCUMENT}),
        ("CIN plan Aisha T.pdf", {Kind.CASE_DOCUMENT}),
        ("visit DOB 12.03.2008.pdf", {Kind.BIRTH_DATE}),
        ("999 000 0018.pdf", {Kind.NHS_NUMBER}),
        ("Chronology template Willow Lane.docx", set()),
        ("Child protection policy Willow Lane.pdf", set()),
        ("Safeguarding policy March 2016 v2.1.docx", set()),
        ("Strategy meeting procedure.pdf", set()),
        ("20160314_training-figures.xlsx", set()),
    ],
)
def test_names_of_files(name: str, kinds: set[Kind]) -> None:
    assert {finding.kind for finding in look_at_name(name)} == kinds


def test_nothing_takes_long() -> None:
    """Lines made to keep a pattern busy; a pattern that went back and forth would take minutes."""
    import time

    started = time.perf_counter()
    for nasty in (
        "Aa " * 20_000,
        "1" * 60_000,
        "a" * 60_000,
        "Child A " * 8_000,
        "dob" * 20_000,
        "1 1 " * 15_000,
    ):
        look_at([Line("line 1", (nasty[:5_000],)) for _ in range(10)])
    assert time.perf_counter() - started < 10
