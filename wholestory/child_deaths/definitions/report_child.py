"""Section C of the report: the child, as your agency knew them."""

from __future__ import annotations

from wholestory.child_deaths.definitions.asking import (
    Edition,
    account,
    any_of,
    day,
    number,
    one_of,
    since,
    text,
    yes,
    yes_no,
)
from wholestory.child_deaths.definitions.identity import ethnicity
from wholestory.paperwork.definitions import AnyOf, Page, Question, Section, YesNo

_PLAN = AnyOf("protection_plan", ("current", "previous"))


def gate(key: str, label: str) -> YesNo:
    """The question that opens a page. It has to be answered, so that "we hold nothing" is said and not guessed."""
    return YesNo(key, label, hint="If not, that is all we need to know for this page.", required=True)


def maternal_bmi() -> Question:
    """The mother's body mass index: in the genetic form until April 2022, in the core form since."""
    return number("mother_bmi", "The mother’s body mass index at booking", "kg/m²", whole=False, most=90)


def _birth(edition: Edition) -> tuple[Question, ...]:
    return (
        number("birthweight", "Birthweight", "g", hint="In grams", most=9000),
        number("gestation_weeks", "Completed weeks of pregnancy at birth", "weeks", most=45),
        one_of("born_as", "Born as", ("single", "A single child"), ("twin", "A twin"),
               ("more", "One of three or more")),
        number("birth_order", "For a twin or one of more: which was this child?",
               hint="1 for the first born", most=9),
        one_of("mode_of_birth", "How was the child born?", ("vaginal", "Vaginal birth"),
               ("instrumental", "With forceps or ventouse"), ("planned_section", "Planned caesarean"),
               ("emergency_section", "Emergency caesarean")),
        number("gravidity", "How many pregnancies the mother had had", most=30),
        number("parity", "How many births the mother had had", most=30),
        *since(edition, Edition.APRIL_2022, maternal_bmi()),
        one_of("feeding", "Feeding as a baby", ("breast", "Breast milk"), ("formula", "Formula"), ("mixed", "Both"),
               ("tube", "By tube or drip")),
    )  # fmt: skip


def _health(edition: Edition) -> tuple[Question, ...]:
    return (
        *since(
            edition, Edition.APRIL_2022,
            number("height_cm", "Height, the last time it was measured", "cm", whole=False, most=220),
            number("weight_kg", "Weight, the last time it was measured", "kg", whole=False, most=250),
            day("measured_on", "When height and weight were measured"),
        ),
        account("growth", "Growth, and any worry about it", rows=3),
        account("development", "Development, and any worry about it", rows=3),
        account("known_conditions", "Conditions and illnesses known before", rows=4),
        any_of("impairments", "Disability or impairment", ("motor", "Movement"), ("sensory", "Sight or hearing"),
               ("learning", "Learning"), ("communication", "Communication"), ("other", "Another"),
               ("none", "None known")),
        account("medication", "Medicines at the time of death", rows=3),
        one_of("immunised", "Immunisations", ("up_to_date", "Up to date for their age"), ("partly", "Some missing"),
               ("none", "None")),
        yes_no("child_mental_health",
               "Was there any worry about the child’s mental health or behaviour?", private=True),
        account("child_mental_health_words", "What that worry was, and what was done",
                when=yes("child_mental_health"), rows=3),
        any_of("child_substances", "Did the child smoke, drink or use drugs?", ("tobacco", "Tobacco or vapes"),
               ("alcohol", "Alcohol"), ("drugs", "Drugs"), ("solvents", "Solvents"),
               ("none", "None known"), private=True),
    )  # fmt: skip


def _life() -> tuple[Question, ...]:
    return (
        one_of("education_kind", "Nursery, school or work", ("none", "None, too young or not enrolled"),
               ("nursery", "Nursery or childminder"), ("mainstream", "School or college"),
               ("special", "Special school"), ("home", "Taught at home"), ("work", "Work or training")),
        text("education", "School, nursery or college"),
        number("attendance", "Attendance in the last school year", "%", most=100),
        yes_no("excluded", "Had the child been excluded?"),
        one_of("sen", "Special educational needs", ("none", "None known"), ("support", "Support at school"),
               ("plan", "A statement or an education, health and care plan")),
        text("religion", "Religion", private=True),
        yes_no("travelling_family", "Was the family a travelling one?", private=True),
        one_of("asylum", "Asylum", ("none", "Not an asylum seeker"), ("family", "With a family that seeks asylum"),
               ("alone", "An unaccompanied child who seeks asylum"), private=True),
        text("country_of_birth", "Country of birth"),
        number("years_in_country", "Years in this country, if born elsewhere", "years", whole=False, most=18),
        yes_no("homeless", "Was the child without a settled home?"),
    )  # fmt: skip


def _care() -> tuple[Question, ...]:
    plan = (("current", "At the time of death"), ("previous", "Earlier"), ("never", "Never"))
    return (
        one_of("looked_after", "Looked after by a local authority", *plan),
        text("looked_after_by", "Which authority looked after the child", when=AnyOf("looked_after",
             ("current", "previous"))),
        one_of("care_order", "Care or supervision order", *plan),
        one_of("protection_plan", "Child protection plan", *plan),
        any_of("protection_category", "Category of the plan", ("neglect", "Neglect"), ("physical", "Physical abuse"),
               ("emotional", "Emotional abuse"), ("sexual", "Sexual abuse"), when=_PLAN),
        one_of("child_in_need", "Child in need", *plan),
        one_of("early_help", "Early help", *plan),
        account("exploitation", "Any worry about exploitation, going missing, or harm outside the home", rows=3),
        account("child_voice", "What the child said of their life and wishes, if your agency knows", rows=3),
    )  # fmt: skip


def child_page(edition: Edition) -> Page:
    """The child. What is intrinsic to them comes under A in the current analysis form."""
    held = yes("holds_child")
    return Page(
        "child", "The child",
        (
            gate("holds_child", "Does your agency hold anything about the child’s birth, health or life?"),
            Section("Birth", _birth(edition), show_when=held),
            Section("Health and growth", (ethnicity(edition), *_health(edition)), show_when=held),
            Section("Everyday life", _life(), show_when=held),
            Section("Care and protection", _care(), show_when=held),
        ),
    )  # fmt: skip
