"""Who the child is, and who writes: the first page of every form, which is taken off for anonymised papers.

The keys are those of the open notification page, so that what was told there fills in what is asked here.
"""

from __future__ import annotations

from wholestory.child_deaths.definitions.asking import (
    ANSWERS,
    Edition,
    account,
    clock,
    day,
    number,
    one_of,
    own,
    pairs,
    since,
    text,
    yes_no,
)
from wholestory.child_deaths.rules.code_lists import ETHNICITY_2015, NHS_ETHNICITY, SEX, label_in
from wholestory.child_deaths.rules.nhs_number import Absent
from wholestory.paperwork.definitions import Answered, NhsNumber, Not, Postcode, Question

_STATED = frozenset({"not_known", "not_stated"})
_NOT_NHS = frozenset({"irish_traveller", "gypsy_roma"})


def child(edition: Edition) -> tuple[Question, ...]:
    """The child's name, birth, number and sex."""
    return (
        text("forenames", "First and other names"),
        text("surname", "Family name"),
        text("other_names", "Other names the child is or was known by", hint="Earlier names and other spellings too"),
        day("born_on", "Date of birth"),
        clock("born_time", "Time of birth", hint="For a baby less than a week old"),
        one_of("sex", "Sex", *pairs(SEX)),
        NhsNumber("nhs_number", "NHS number", hint="The child’s own number, not the mother’s", required=False,
                  nothing=ANSWERS),
        *since(edition, Edition.APRIL_2019, _no_number(edition)),
    )  # fmt: skip


def _no_number(edition: Edition) -> Question:
    """From April 2022 the form gives the two reasons; before, the reason was written."""
    label, when = "If there is no NHS number, why?", Not(Answered("nhs_number"))
    if edition < Edition.APRIL_2022:
        return text("nhs_number_absent_words", label, when=when)
    return one_of("nhs_number_absent", label, *((each.value, each.label) for each in Absent), when=when)


def ethnicity(edition: Edition) -> Question:
    """The child's own ethnicity, which is not always the mother's. Both lists use the same short names for the same
    answers; the current one has the NHS categories, which know no Travellers."""
    lines = [each for each in ETHNICITY_2015 if each.key not in _STATED]
    if edition.is_current:
        lines = [each for each in lines if each.key not in _NOT_NHS]
        named = [(each.key, label_in(NHS_ETHNICITY, each.nhs)) for each in lines]
    else:
        named = [(each.key, each.label) for each in lines]
    return one_of("ethnicity", "Ethnicity of the child", *named, private=True)


def home() -> tuple[Question, ...]:
    """Where the child lived."""
    return (
        account("address", "Where the child lived", hint="If there are two homes, give both", rows=3),
        Postcode("postcode", "Postcode of that address", required=False, nothing=ANSWERS),
        Postcode("other_postcode", "Postcode of a second or earlier home", required=False, nothing=ANSWERS),
    )


def baby() -> tuple[Question, ...]:
    """What tells one baby from another before there is a name."""
    return (
        text("mother_name", "The mother’s name"),
        day("mother_born_on", "The mother’s date of birth"),
        one_of(
            "born_as",
            "Born as",
            ("single", "A single child"),
            ("twin", "A twin"),
            ("more", "One of three or more"),
        ),
        number(
            "birth_order",
            "For a twin or one of more: which was this child?",
            hint="1 for the first born",
            most=9,
        ),
    )


def died(edition: Edition) -> tuple[Question, ...]:
    """When and where. Where it began and where the child died are two questions."""
    return (
        day("confirmed_on", "Date the death was confirmed"),
        clock("confirmed_time", "Time the death was confirmed"),
        text("place_of_death", "Where the child died", hint="The name of the hospital or place"),
        text("place_of_event", "Where it began, if that was somewhere else",
             hint="Where the child collapsed or was found, or where the accident was"),
        *since(edition, Edition.APRIL_2021, yes_no(
            "unattended_stillbirth", "Might this be a stillbirth at home with no health professional present?")),
    )  # fmt: skip


def writer() -> tuple[Question, ...]:
    """Who fills in a report. The agency and the name are needed; all else may be left out."""
    return (
        own("reporter_agency", "Your agency", required=True),
        own("reporter_name", "Your name", required=True),
        own("reporter_role", "What you do"),
        own("reporter_address", "Address of your agency"),
        own("reporter_telephone", "Your telephone number"),
        own("reporter_email", "Your email address"),
    )
