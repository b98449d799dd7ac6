"""Supplementary form: a death in the first weeks, on a delivery suite, a labour ward or a neonatal unit."""

from __future__ import annotations

from wholestory.child_deaths.definitions.asking import (
    Edition,
    account,
    any_of,
    clock,
    day,
    number,
    one_of,
    since,
    text,
    yes,
    yes_no,
)
from wholestory.child_deaths.definitions.report_child import maternal_bmi
from wholestory.child_deaths.definitions.supplement import supplement
from wholestory.child_deaths.rules.forms_by_circumstance import Topic
from wholestory.paperwork.definitions import AnyOf, Form, Question, Section

_ORGANISMS = (
    ("group_b_strep", "Group B streptococcus"), ("e_coli", "E. coli"), ("listeria", "Listeria"),
    ("staphylococcus", "Staphylococcus"), ("candida", "Candida"), ("cytomegalovirus", "Cytomegalovirus"),
)  # fmt: skip
_MORE_ORGANISMS = (("other", "Another"), ("none", "None found"))
_HERPES = ("herpes", "Herpes in the newborn")


def _mother() -> tuple[Question, ...]:
    return (
        number("mother_age", "Age of the mother at the child’s death", "years", most=100),
        number("gravidity", "How many pregnancies the mother had had", most=30),
        number("parity", "How many births the mother had had", most=30),
        maternal_bmi(),
        number("booking_weeks", "Weeks of pregnancy at the first antenatal visit", "weeks", most=45),
        account("antenatal_care", "Antenatal care", rows=3),
        one_of("mother_smoked_pregnancy", "Did the mother smoke in pregnancy?", ("no", "No"), ("stopped", "Stopped"),
               ("yes", "Throughout"), private=True),
        yes_no("substances_pregnancy", "Was there any worry about alcohol or drugs in pregnancy?", private=True),
        account("pregnancy_complications", "Complications of the pregnancy", rows=3),
    )  # fmt: skip


def _labour() -> tuple[Question, ...]:
    return (
        text("birth_place", "Where the baby was born"),
        number("gestation_weeks", "Completed weeks of pregnancy at birth", "weeks", most=45),
        number("birthweight", "Birthweight", "g", hint="In grams", most=9000),
        one_of("born_as", "Born as", ("single", "A single child"), ("twin", "A twin"),
               ("more", "One of three or more")),
        number("birth_order", "For a twin or one of more: which was this child?",
               hint="1 for the first born", most=9),
        one_of("mode_of_birth", "How was the child born?", ("vaginal", "Vaginal birth"),
               ("instrumental", "With forceps or ventouse"), ("planned_section", "Planned caesarean"),
               ("emergency_section", "Emergency caesarean")),
        one_of("presentation", "How the baby lay before birth", ("head", "Head first"), ("breech", "Breech"),
               ("other", "Another")),
        one_of("steroids", "Steroids before birth", ("full", "Full course"), ("part", "Part of a course"),
               ("none", "None")),
        yes_no("magnesium", "Was magnesium given before birth?"),
        day("ruptured_on", "Waters broke on"),
        clock("ruptured_time", "Time the waters broke"),
        account("labour_events", "What happened in labour", rows=4),
    )  # fmt: skip


def _first_hour() -> tuple[Question, ...]:
    return (
        number("apgar_1", "Apgar at 1 minute", most=10),
        number("apgar_5", "Apgar at 5 minutes", most=10),
        number("apgar_10", "Apgar at 10 minutes", most=10),
        number("cord_ph", "Cord pH", whole=False, most=8),
        number("cord_base_deficit", "Cord base deficit", "mmol/l", whole=False, most=40),
        yes_no("resuscitated_at_birth", "Was the baby resuscitated at birth?"),
        account(
            "resuscitated_words",
            "How the baby was resuscitated, and by whom",
            when=yes("resuscitated_at_birth"),
            rows=3,
        ),
        number("admission_temperature", "Temperature on admission to the unit", "°C", whole=False, most=43),
    )


def _unit(edition: Edition) -> tuple[Question, ...]:
    herpes = (_HERPES,) if edition >= Edition.APRIL_2022 else ()
    return (
        one_of("transferred", "Was the baby moved between hospitals?", ("no", "No"), ("before", "Before birth"),
               ("after", "After birth"), ("both", "Both")),
        account("transferred_words", "Moved from where to where, and why", rows=2,
                when=AnyOf("transferred", ("before", "after", "both"))),
        yes_no("surfactant", "Was surfactant given?"),
        any_of("breathing_support", "Help with breathing", ("ventilation", "Ventilator"),
               ("cpap", "CPAP or high flow"),
               ("oxygen", "Oxygen"), ("none", "None")),
        yes_no("infection", "Was there an infection?"),
        any_of("organisms", "Which organisms were found", *_ORGANISMS, *herpes, *_MORE_ORGANISMS,
               when=yes("infection")),
        one_of("hie", "Brain injury from lack of oxygen (HIE)", ("none", "None"), ("1", "Grade 1, mild"),
               ("2", "Grade 2, moderate"), ("3", "Grade 3, severe")),
        yes_no("cooled", "Was the baby cooled?", when=AnyOf("hie", ("1", "2", "3"))),
        yes_no("nec", "Was there necrotising enterocolitis?"),
        one_of("ivh", "Bleeding in the brain (IVH)", ("none", "None"), ("1", "Grade 1"), ("2", "Grade 2"),
               ("3", "Grade 3"), ("4", "Grade 4")),
        yes_no("care_redirected", "Was care turned to comfort?"),
        account("care_redirected_words", "How turning to comfort was decided with the parents",
                when=yes("care_redirected"), rows=3),
    )  # fmt: skip


def _afterwards(edition: Edition) -> tuple[Question, ...]:
    return (
        yes_no("examination_held", "Was there a post-mortem?"),
        account("examination_result", "What the post-mortem found", when=yes("examination_held"), rows=3),
        yes_no("placenta_sent", "Was the placenta examined?"),
        account("placenta_result", "What the placenta showed", when=yes("placenta_sent"), rows=3),
        *since(
            edition, Edition.APRIL_2019,
            text("pmrt_reference", "Reference of the Perinatal Mortality Review Tool"),
            text("pmrt_grades", "Grades of care of that review"),
        ),
    )  # fmt: skip


def neonatal(edition: Edition, version: int) -> Form:
    """The form of an edition."""
    return supplement(
        Topic.NEONATAL, edition, version,
        ("pregnancy", "Pregnancy and birth", (
            Section("The mother and the pregnancy", _mother()),
            Section("Labour and birth", _labour()),
            Section("The first hour", _first_hour()),
        )),
        ("unit", "After birth", (
            Section("On the unit", _unit(edition)),
            Section("Since", _afterwards(edition)),
        )),
    )  # fmt: skip


NEONATAL_2015 = neonatal(Edition.FORMS_2015, 1)
NEONATAL = (neonatal(Edition.APRIL_2019, 1), neonatal(Edition.APRIL_2022, 2))
