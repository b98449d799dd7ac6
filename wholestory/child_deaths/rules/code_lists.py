"""Lists of answers: ethnicity, sex, places of death, ways of dying, kinds of agency.

A key never changes and is never used again for something else; labels are for readers. Forms that were sealed keep the
list they were sealed with.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wholestory.child_deaths.rules.grounds import ours, recalled, seen


@dataclass(frozen=True, slots=True)
class Code:
    """One answer of a list."""

    key: str
    label: str


def _list(*pairs: tuple[str, str]) -> tuple[Code, ...]:
    return tuple(Code(key, label) for key, label in pairs)


def label_in(codes: tuple[Code, ...], key: str) -> str:
    """The label of a key; a key that is no longer on the list is shown as it is."""
    return next((each.label for each in codes if each.key == key), key)


SEX = _list(
    ("male", "Male"), ("female", "Female"), ("indeterminate", "Indeterminate"), ("not_known", "Not known")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ethnicity:
    """One line of the list of 2015, with the NHS code it is counted under."""

    key: str
    label: str
    nhs: str


ETHNICITY_2015 = (
    Ethnicity("white_british", "White British", "A"),
    Ethnicity("white_irish", "White Irish", "B"),
    Ethnicity("white_other", "Any other White background", "C"),
    Ethnicity("irish_traveller", "Traveller of Irish heritage", "C"),
    Ethnicity("gypsy_roma", "Gypsy or Roma", "C"),
    Ethnicity("white_black_caribbean", "White and Black Caribbean", "D"),
    Ethnicity("white_black_african", "White and Black African", "E"),
    Ethnicity("white_asian", "White and Asian", "F"),
    Ethnicity("mixed_other", "Any other mixed background", "G"),
    Ethnicity("indian", "Indian", "H"),
    Ethnicity("pakistani", "Pakistani", "J"),
    Ethnicity("bangladeshi", "Bangladeshi", "K"),
    Ethnicity("asian_other", "Any other Asian background", "L"),
    Ethnicity("caribbean", "Caribbean", "M"),
    Ethnicity("african", "African", "N"),
    Ethnicity("black_other", "Any other Black background", "P"),
    Ethnicity("chinese", "Chinese", "R"),
    Ethnicity("other", "Any other background", "S"),
    Ethnicity("not_stated", "Not stated", "Z"),
    Ethnicity("not_known", "Not known", "99"),
)
ETHNICITY_GROUND = seen(
    "ethnicity_list", "The list of one area’s notification dataset of 2015.", "S48", "S47"
)
NHS_CODES_GROUND = recalled("nhs_ethnic_codes", "NHS ethnic codes A to S, Z not stated, 99 not known.")
TRAVELLERS = ours(
    "travellers_code", "The NHS codes have none for Travellers of Irish heritage, Gypsies and Roma: C here."
)
NHS_ETHNICITY = _list(
    ("A", "White: British"), ("B", "White: Irish"), ("C", "White: any other"),
    ("D", "Mixed: White and Black Caribbean"), ("E", "Mixed: White and Black African"),
    ("F", "Mixed: White and Asian"), ("G", "Mixed: any other"),
    ("H", "Asian: Indian"), ("J", "Asian: Pakistani"), ("K", "Asian: Bangladeshi"), ("L", "Asian: any other"),
    ("M", "Black: Caribbean"), ("N", "Black: African"), ("P", "Black: any other"),
    ("R", "Chinese"), ("S", "Any other"), ("Z", "Not stated"), ("99", "Not known"),
)  # fmt: skip


class EthnicGroup(StrEnum):
    """The groups of the national figures, which report Chinese apart from Asian."""

    WHITE = "white"
    MIXED = "mixed"
    ASIAN = "asian"
    BLACK = "black"
    CHINESE = "chinese"
    OTHER = "other"
    NOT_KNOWN = "not_known"


GROUPS_GROUND = seen("ethnic_groups", "The national figures report Chinese apart from Asian.", "S35")


def ethnic_group(nhs_code: str) -> EthnicGroup:
    """The group of an NHS code; not stated and unreadable codes count as not known."""
    for codes, group in (
        ("ABC", EthnicGroup.WHITE), ("DEFG", EthnicGroup.MIXED), ("HJKL", EthnicGroup.ASIAN),
        ("MNP", EthnicGroup.BLACK), ("R", EthnicGroup.CHINESE), ("S", EthnicGroup.OTHER),
    ):  # fmt: skip
        if len(nhs_code) == 1 and nhs_code in codes:
            return group
    return EthnicGroup.NOT_KNOWN


def nhs_ethnicity(key: str) -> str:
    """The NHS code of a line of the list of 2015; ``99`` for a key that is not on it."""
    return next((each.nhs for each in ETHNICITY_2015 if each.key == key), "99")


PLACES_OF_DEATH = _list(
    ("emergency_department", "Hospital: emergency department"),
    ("paediatric_ward", "Hospital: children’s ward"),
    ("delivery_suite", "Hospital: delivery suite or labour ward"),
    ("neonatal_unit", "Hospital: neonatal unit"),
    ("intensive_care", "Hospital: intensive care"),
    ("hospital_other", "Hospital: elsewhere"),
    ("home", "Home of normal residence"),
    ("other_private_home", "Another private home"),
    ("foster_home", "Foster home"),
    ("residential_care", "Residential care"),
    ("public_place", "A public place"),
    ("school", "School"),
    ("hospice", "Hospice"),
    ("mental_health_unit", "Mental health inpatient unit"),
    ("custody", "Custody"),
    ("abroad", "Abroad"),
    ("other", "Somewhere else"),
)
PLACES_GROUND = seen(
    "places_of_death", "Published copies of Form B; delivery suite and custody are added here.", "S45"
)
HOSPITAL_PLACES = frozenset(
    {
        "emergency_department",
        "paediatric_ward",
        "delivery_suite",
        "neonatal_unit",
        "intensive_care",
        "hospital_other",
    }
)

MODES_OF_DEATH = _list(
    ("planned_palliative", "Expected death with planned palliative care"),
    ("found", "Found dead or collapsed"),
    ("witnessed", "Collapse or event that somebody saw"),
    ("withdrawal", "Treatment was withdrawn or stopped"),
    ("brain_stem", "Brain stem death"),
)
MODES_GROUND = seen("modes_of_death", "Published copies of Form B.", "S45")

EVENTS = _list(
    ("road_traffic", "Road traffic or another vehicle"),
    ("drowning", "Drowning"),
    ("fire", "Fire, burns or electrocution"),
    ("poisoning", "Poisoning"),
    ("other_accident", "Another accident"),
    ("substance", "Substance misuse"),
    ("homicide", "Apparent homicide, violence or maltreatment"),
    ("suicide", "Apparent suicide or self-harm"),
    ("none", "None of these"),
)

AGENCY_KINDS = _list(
    ("gp", "GP practice"), ("midwifery", "Midwifery"), ("health_visiting", "Health visiting"),
    ("school_nursing", "School nursing"), ("community_paediatrics", "Community children’s health"),
    ("hospital", "Hospital"), ("neonatal", "Neonatal unit"), ("ambulance", "Ambulance service"),
    ("mental_health", "Mental health service"), ("hospice", "Hospice or palliative care"),
    ("social_care", "Children’s social care"), ("police", "Police"), ("education", "School, nursery or college"),
    ("youth_justice", "Youth justice"), ("probation", "Probation"), ("housing", "Housing"),
    ("substance_service", "Drug and alcohol service"), ("domestic_abuse_service", "Domestic abuse service"),
    ("coroner", "Coroner’s office"), ("registrar", "Registrar"), ("fire_service", "Fire and rescue"),
    ("voluntary", "Charity or community group"), ("other", "Another agency"),
)  # fmt: skip
EDITABLE = ours("agency_kinds", "Kinds of agency are a list a board can add to.")
