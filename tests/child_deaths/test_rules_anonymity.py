"""Anonymised papers: section 1.10 of the domain notes, the check before release. Everybody here is invented."""

from datetime import date

import pytest

from wholestory.child_deaths.rules.anonymity import (
    Known,
    Name,
    What,
    Who,
    instead_of_address,
    instead_of_birth_date,
    may_be_released,
    scan,
)

KNOWN = Known(
    names=(
        Name(Who.CHILD, "Zoë Alexandra", "O’Brien-Smythe"),
        Name(Who.FAMILY, "William", "Featherstone"),
        Name(Who.FAMILY, "Grace", "MacDonald"),
        Name(Who.PRACTITIONER, "Priya", "Raman"),
    ),
    born_on=(date(2013, 7, 5),),
    addresses=("14 Larkspur Avenue, Whittlesey",),
    postcodes=("PE99 9ZZ",),
    nhs_numbers=("943 476 5919",),
    institutions=("Oakfield Primary School", "Fenwick City Hospital"),
)


def found(text, known=KNOWN):
    return [(each.what, each.words, each.sure) for each in scan({"summary": text}, known)]


@pytest.mark.parametrize("written", ["Zoë", "Zoe", "ZOE", "zoe", "Zoë’s", "Zoe's"])
def test_accents_capitals_and_possessives_make_no_difference(written):
    (only,) = found(f"Then {written} bag was found.")
    assert (only[0], only[2]) == (What.CHILD_NAME, True)
    assert only[1] == written


@pytest.mark.parametrize("written", ["O'Brien", "O’Brien", "OBrien", "obrien", "Smythe", "O'Brien-Smythe"])
def test_surnames_with_apostrophes_and_hyphens(written):
    whats = {what for what, _words, _sure in found(f"the {written} family")}
    assert whats == {What.CHILD_NAME}


@pytest.mark.parametrize("written", ["MacDonald", "Macdonald", "Mac Donald", "MACDONALD"])
def test_names_written_apart(written):
    assert (What.FAMILY_NAME, written, True) in found(f"seen with {written} at home")


@pytest.mark.parametrize("written", ["Alex", "Lexi", "Sasha"])
def test_short_forms_are_found(written):
    assert (What.CHILD_NAME, written, True) in found(f"known as {written} at home")


def test_everyday_words_written_small_are_only_pointed_out():
    assert found("They will meet with grace.") == [
        (What.FAMILY_NAME, "will", False),
        (What.FAMILY_NAME, "grace", False),
    ]
    assert (What.FAMILY_NAME, "Grace", True) in found("They met Grace there.")


@pytest.mark.parametrize("written", ["Fetherstone", "Featherstome", "Feahterstone", "Featherstonee"])
def test_one_letter_wrong_is_pointed_out(written):
    assert found(f"seen with {written} at home") == [(What.FAMILY_NAME, written, False)]


@pytest.mark.parametrize("written", ["W.F.", "WF", "W F"])
def test_initials_are_pointed_out(written):
    assert [what for what, _words, _sure in found(f"as {written} said then")] == [What.INITIALS]


def test_practitioners_by_name_and_anybody_after_a_title():
    assert (What.PRACTITIONER_NAME, "Raman", True) in found("Dr Raman was called.")
    assert found("PC 4417 Hollings attended.") == [(What.SOMEBODYS_NAME, "Hollings", False)]


@pytest.mark.parametrize(
    "written",
    [
        "05/07/2013",
        "5.7.13",
        "5-7-2013",
        "2013-07-05",
        "5 July 2013",
        "5th Jul 2013",
        "July 5, 2013",
        "5th of July 2013",
    ],
)
def test_a_date_of_birth_however_written(written):
    assert found(f"was born {written} and") == [(What.BIRTH_DATE, written, True)]
    assert found(f"on {written} and") == [(What.BIRTH_DATE, written, True)]


def test_other_exact_dates_and_birthdays_are_pointed_out():
    assert found("seen on 3 March 2016") == [(What.A_DATE, "3 March 2016", False)]
    assert found("DOB: 01/02/2001, brother") == [(What.BIRTH_DATE, "01/02/2001", True)]
    assert found("her birthday, 5 July, was") == [(What.BIRTH_DATE, "5 July", False)]
    assert found("31/02/2016") == []


@pytest.mark.parametrize(
    "written", ["14 Larkspur Avenue", "14 Larkspur Ave", "Larkspur avenue", "LARKSPUR AVE"]
)
def test_streets_shortened_or_not(written):
    assert found(f"moved to {written} then") == [(What.ADDRESS, written, True)]


@pytest.mark.parametrize("written", ["PE99 9ZZ", "PE999ZZ", "pe99 9zz", "CB1 2AB"])
def test_postcodes_known_or_not(written):
    assert found(f"at {written} then") == [(What.POSTCODE, written, True)]


def test_nhs_numbers_known_or_valid():
    assert found("number 943 476 5919 on") == [(What.NHS_NUMBER, "943 476 5919", True)]
    assert found("number 943-476-5918 on") == []


def test_telephones_and_addresses_of_mail():
    assert found("ring 01632 960123 or a.b@example.org") == [
        (What.TELEPHONE, "01632 960123", False),
        (What.EMAIL, "a.b@example.org", True),
    ]


def test_institutions_by_whole_name_or_by_what_sets_them_apart():
    assert found("went to Oakfield Primary School on") == [
        (What.INSTITUTION, "Oakfield Primary School", True)
    ]
    assert found("went to Oakfield on") == [(What.INSTITUTION, "Oakfield", False)]
    assert found("went to the primary school on") == []


@pytest.mark.parametrize(
    "written",
    [
        "13th of March",
        "13 March",
        "13th Mar",
        "March 13",
        "March the 13th",
        "thirteenth of March",
        "Thirteenth March",
    ],
)
def test_the_day_of_the_death_without_its_year_is_pointed_out(written):
    known = Known(days=(date(2016, 3, 13),))
    assert found(f"on Sunday the {written} it rained", known) == [(What.A_DATE, written, False)]
    assert found(f"on {written}", Known(days=(date(2016, 4, 13),))) == []


def test_a_birthday_in_words_is_pointed_out():
    assert found("on the twenty-first of July", Known(born_on=(date(2013, 7, 21),))) == [
        (What.BIRTH_DATE, "twenty-first of July", False)
    ]


def test_the_first_half_of_the_postcode_is_pointed_out():
    known = Known(postcodes=("PE1 9ZZ",))
    assert found("lived in PE1 then", known) == [(What.OUTWARD, "PE1", False)]
    assert found("lived in PE10 then", known) == []
    assert found("at PE1 9ZZ then", known) == [(What.POSTCODE, "PE1 9ZZ", True)]


def test_a_place_that_may_be_meant_is_pointed_out():
    known = Known(perhaps=("Welland Bridge Hospital", "garden pond"))
    for written in ("Welland Bridge Hospital", "welland bridge hospital"):
        assert found(f"taken to {written} then", known) == [(What.INSTITUTION, written, False)]
    assert found("Welland Bridge Hospitals NHS Trust said", known) == [
        (What.INSTITUTION, "Welland Bridge", False)
    ]
    assert found("taken to the hospital from a garden pond", known) == []


def test_the_chair_may_let_an_institution_be_named():
    known = Known(institutions=("Oakfield Primary School",), unmasked=("Oakfield primary school",))
    assert found("went to Oakfield Primary School", known) == []


def test_what_says_nothing_about_anybody_is_left_alone():
    text = "The child was aged 3 years and lived with both parents. The GP saw a cough in winter."
    assert found(text) == []


def test_places_and_positions_are_told_and_the_text_is_not_touched():
    texts = {"summary": "All well.", "police": "Then Zoë ran."}
    (only,) = scan(texts, KNOWN)
    assert (only.place, texts["police"][only.start : only.end]) == ("police", "Zoë")
    assert only.sentence == "“Zoë” is the child’s name (police)"
    assert texts == {"summary": "All well.", "police": "Then Zoë ran."}


def test_an_accent_typed_apart_keeps_its_place():
    text = "Then Zoe\u0308 ran."
    (only,) = scan({"a": text}, KNOWN)
    assert text[only.start : only.end] == "Zoe\u0308"


def test_nothing_is_released_with_a_finding_nobody_looked_at():
    findings = scan({"a": "Zoë and W.F."}, KNOWN)
    assert not may_be_released(findings)
    assert not may_be_released(findings, findings[:1])
    assert may_be_released(findings, findings)
    assert may_be_released(())


def test_ages_and_districts_instead_of_dates_and_addresses():
    assert instead_of_birth_date(date(2013, 7, 5), date(2016, 3, 14)) == "aged 2 years"
    assert instead_of_birth_date(date(2016, 3, 1), date(2016, 3, 14)) == "aged 13 days"
    assert instead_of_birth_date(date(2016, 3, 15), date(2016, 3, 14)) == ""
    assert instead_of_address("Fenland", 1) == "in Fenland, in the most deprived fifth of areas"
    assert instead_of_address("Fenland") == "in Fenland"
    with pytest.raises(ValueError):
        instead_of_address("Fenland", 6)


ORDINARY = (
    "The death of a baby is the worst of all. Of the infants, two were twins; one girl and one boy. Baby deaths and the"
    " care of the unnamed and the newborn: the mother of each child was asked. Twin pregnancies. Infant mortality."
)


@pytest.mark.parametrize(
    ("forenames", "surname"),
    [("Baby", "of Northmarsh"), ("Baby girl of", "Quillfeather"), ("Twin one", "Unnamed"), ("Unnamed", "Baby"),
     ("Infant", "Boy"), ("The", "Girl"), ("Baby and twin", "of Ashby"), ("Mother of", "Baby")],
)  # fmt: skip
def test_little_words_in_a_name_are_no_name(forenames: str, surname: str) -> None:
    for who in (Who.CHILD, Who.FAMILY):
        assert scan({"Foreword": ORDINARY}, Known(names=(Name(who, forenames, surname),))) == ()


@pytest.mark.parametrize(
    ("forenames", "surname", "text", "words"),
    [
        ("Baby girl of", "Quillfeather", "The Quillfeather family asked.", "Quillfeather"),
        ("Baby", "of Ashby", "What happened to Ashby’s child.", "Ashby’s"),
        ("Twin", "O’Brien", "As Mrs O’Brien said.", "O’Brien"),
        ("Baby Rowan", "Unnamed", "It was Rowan who died.", "Rowan"),
        # A family that is called so: written as a name, and not where any word has a capital.
        ("Rowan", "Boy", "The house of the Boy family. Boy or girl, each counts.", "Boy"),
    ],
)
def test_the_rest_of_such_a_name_is_still_found(forenames: str, surname: str, text: str, words: str) -> None:
    found = scan({"Foreword": text}, Known(names=(Name(Who.CHILD, forenames, surname),)))
    assert [each.words for each in found if each.what is What.CHILD_NAME] == [words]
