"""Sections D and E of the report: parents and carers, the family, the home. Current forms part it by where it belongs:
social environment (B) and physical environment (C). The questions keep their keys whatever the section is called."""

from __future__ import annotations

from wholestory.child_deaths.definitions.asking import (
    ANSWERS,
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
from wholestory.child_deaths.definitions.report_child import gate
from wholestory.paperwork.definitions import Page, Question, Repeat, Section, Text

_ADULTS = (("mother", "mother"), ("father", "father"), ("carer", "other main carer"))


def _adult(key: str, noun: str) -> tuple[Question, ...]:
    """The same questions of each adult, under keys of their own."""
    the = f"the {noun}"
    pregnancy = (
        (
            one_of("mother_smoked_pregnancy", "Did the mother smoke in pregnancy?", ("no", "No"),
                   ("stopped", "Stopped"),
                   ("yes", "Throughout"), private=True),
        )
        if key == "mother"
        else ()
    )  # fmt: skip
    return (
        number(f"{key}_age", f"Age of {the} at the child’s death", "years", most=100),
        text(f"{key}_occupation", f"Work of {the}", private=True),
        one_of(f"{key}_employed", f"Was {the} in work?", ("full", "Full time"), ("part", "Part time"),
               ("study", "Studying"), ("no", "Not in work")),
        one_of(f"{key}_smokes", f"Does {the} smoke?", ("no", "No"), ("outside", "Outside only"), ("yes", "Yes"),
               private=True),
        *pregnancy,
        yes_no(f"{key}_alcohol", f"Was there a worry about alcohol and {the}?", private=True),
        yes_no(f"{key}_drugs", f"Was there a worry about drugs and {the}?", private=True),
        yes_no(f"{key}_mental_health", f"Did {the} have a mental health difficulty?", private=True),
        yes_no(f"{key}_physical_health", f"Did {the} have a physical illness or disability?", private=True),
        yes_no(f"{key}_learning_disability", f"Does {the} have a learning disability?", private=True),
        yes_no(f"{key}_domestic_abuse", f"Is domestic abuse known, done to or by {the}?", private=True),
        yes_no(f"{key}_known_to_police", f"Was {the} known to the police?", private=True),
        account(f"{key}_words", f"What else matters about {the}", rows=3),
    )  # fmt: skip


def _adult_sections() -> tuple[Section, ...]:
    titles = {"mother": "The mother", "father": "The father", "carer": "Another main carer"}
    two = "If the child had two mothers or two fathers, use a part for each and say so in your words."
    return tuple(
        Section(
            titles[key],
            _adult(key, noun),
            intro=two if key == "mother" else "",
            show_when=yes("holds_family"),
        )
        for key, noun in _ADULTS
    )


def _parenting() -> tuple[Question, ...]:
    return (
        account("parenting", "How the child was cared for: what went well, what was hard", rows=4),
        any_of("parenting_worries", "Was there any worry about", ("basic_care", "Basic care"),
               ("safety", "Keeping safe"),
               ("supervision", "Supervision"), ("warmth", "Emotional warmth"),
               ("boundaries", "Guidance and boundaries"),
               ("health_needs", "Meeting health needs"), ("none", "No worry known")),
        yes_no("late_booking", "Was antenatal care late, or little of it taken up?", private=True),
    )  # fmt: skip


def _family(edition: Edition) -> tuple[Question, ...]:
    poverty = since(
        edition, Edition.APRIL_2021,
        yes_no("poverty", "Did the child live in poverty or hardship?", private=True),
        any_of("poverty_signs", "What shows poverty or hardship", ("benefits", "Means-tested benefits"),
               ("meals", "Free school meals"),
               ("food_bank", "Food bank"), ("debt", "Debt"), ("fuel", "Cannot heat the home"),
               ("other", "Something else"),
               when=yes("poverty")),
    )  # fmt: skip
    return (
        one_of("parents_together", "How the parents live", ("together", "Live together"), ("apart", "Live apart"),
               ("one_died", "One has died"), ("other", "Another arrangement")),
        yes_no("consanguinity", "Are the parents related by blood?", private=True),
        Repeat(
            "children_of_household", "Other children of the household or family",
            (
                Text("sibling_name", "Name of this child", required=False, nothing=ANSWERS),
                day("sibling_born_on", "Date of birth of this child"),
                text("sibling_words", "Anything that matters about this child’s health or safety"),
            ),
            noun="child", nouns="children", required=False,
        ),
        yes_no("sibling_died", "Has another child of the family died?", private=True,
               hint="Only those who need it are shown this answer."),
        text("support_network", "Who supports the family"),
        account("family_stress", "What was hard for the family at the time", rows=3),
        *poverty,
    )  # fmt: skip


def _home() -> tuple[Question, ...]:
    return (
        one_of("housing", "Kind of home", ("owned", "Owned"), ("private_rent", "Rented from a private landlord"),
               ("social_rent", "Rented from a council or housing association"), ("temporary", "Temporary"),
               ("hostel", "Hostel or refuge"), ("caravan", "Caravan or boat"), ("asylum", "Asylum accommodation"),
               ("none", "No fixed home"), ("other", "Another")),
        yes_no("overcrowded", "Was the home overcrowded?"),
        yes_no("damp", "Was it damp, mouldy or cold?"),
        yes_no("smoke_alarm", "Was there a working smoke alarm?"),
        yes_no("household_smoking", "Did anybody smoke in the home?"),
        number("moves", "How many times the child moved in the last two years", "moves", most=50),
        yes_no("animals", "Were there animals in the home?"),
        account("home_safety", "Anything about the home, the road or water nearby that mattered", rows=3),
    )  # fmt: skip


def family_pages(edition: Edition) -> tuple[Page, ...]:
    """Two pages of 2015 (parents; family and environment), or two of the current form (social; physical)."""
    held_family, held_home = yes("holds_family"), yes("holds_home")
    opens_family = gate("holds_family", "Does your agency hold anything about the parents, carers or family?")
    opens_home = gate("holds_home", "Does your agency hold anything about the home?")
    adults = (*_adult_sections(), Section("Caring for the child", _parenting(), show_when=held_family))
    if edition.is_current:
        return (
            Page("social", "Family, parents and carers",
                 (opens_family, *adults, Section("The family", _family(edition), show_when=held_family))),
            Page("physical", "The home and what is around it",
                 (opens_home, Section("The home", _home(), show_when=held_home))),
        )  # fmt: skip
    return (
        Page("parents", "Parents and carers", (opens_family, *adults)),
        Page("environment", "The family and where it lives",
             (opens_home, Section("The family", _family(edition), show_when=held_home),
              Section("The home", _home(), show_when=held_home))),
    )  # fmt: skip
