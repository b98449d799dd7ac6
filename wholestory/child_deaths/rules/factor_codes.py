"""The headings of the analysis form in both editions, and the typical factors under them.

Two headings of 2015 became one in 2018, and what belongs to the physical environment got its own. A factor keeps the
heading it was written under; what it is compared under stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wholestory.child_deaths.rules.grounds import ours, seen
from wholestory.child_deaths.rules.regimes import FormSet


class FactorEdition(StrEnum):
    """Which analysis form a factor was written on."""

    EARLY = "early"
    FORM_2015 = "2015"
    CURRENT = "current"

    @classmethod
    def of(cls, forms: FormSet) -> FactorEdition:
        """The edition of a set of forms."""
        return cls.FORM_2015 if forms is FormSet.FORMS_2015 else cls.CURRENT


class Domain(StrEnum):
    """A heading of the analysis form; the first four are of 2015, the lettered ones of 2018."""

    NEEDS_2015 = "needs_2015"
    FAMILY_2015 = "family_2015"
    PARENTING_2015 = "parenting_2015"
    SERVICE_2015 = "service_2015"
    A = "A"
    B = "B"
    C = "C"
    D = "D"

    @property
    def label(self) -> str:
        """In words."""
        return _DOMAINS[self]

    @property
    def is_current(self) -> bool:
        """Whether it is one of the four of 2018."""
        return len(self.value) == 1


_DOMAINS = {
    Domain.NEEDS_2015: "The child’s needs",
    Domain.FAMILY_2015: "Family and environment",
    Domain.PARENTING_2015: "Parenting capacity",
    Domain.SERVICE_2015: "Service provision",
    Domain.A: "A. In the child",
    Domain.B: "B. Social environment, with family and parenting capacity",
    Domain.C: "C. Physical environment",
    Domain.D: "D. Service provision",
}

_AS_CURRENT = {
    Domain.NEEDS_2015: Domain.A,
    Domain.FAMILY_2015: Domain.B,
    Domain.PARENTING_2015: Domain.B,
    Domain.SERVICE_2015: Domain.D,
}
MAPPING = ours(
    "domains_mapped",
    "Family and parenting of 2015 both count under B. What belongs to the physical environment was written under family"
    " in 2015, so it counts under C only where its own code says so.",
)


def domains_of(edition: FactorEdition) -> tuple[Domain, ...]:
    """The headings of an edition, in its order."""
    current = edition is FactorEdition.CURRENT
    return tuple(each for each in Domain if each.is_current is current)


def as_current(domain: Domain, code: str = "") -> Domain:
    """The heading of 2018 that a factor is compared under; its own heading stays with it."""
    if code in _BY_CODE:
        return _BY_CODE[code].domain
    return _AS_CURRENT.get(domain, domain)


@dataclass(frozen=True, slots=True)
class FactorCode:
    """A typical factor. ``domain`` is its heading of 2018, ``domain_2015`` that of 2015."""

    code: str
    label: str
    domain: Domain
    domain_2015: Domain


def _codes(domain: Domain, before: Domain, *pairs: tuple[str, str]) -> tuple[FactorCode, ...]:
    return tuple(FactorCode(code, label, domain, before) for code, label in pairs)


CODES: tuple[FactorCode, ...] = (
    *_codes(
        Domain.A, Domain.NEEDS_2015,
        ("acute_illness", "Acute illness"), ("asthma", "Asthma"), ("epilepsy", "Epilepsy"), ("diabetes", "Diabetes"),
        ("chronic_illness", "Other long-term illness"), ("learning_impairment", "Learning impairment"),
        ("motor_impairment", "Motor impairment"), ("sensory_impairment", "Sensory impairment"),
        ("child_mental_health", "Emotional, behavioural or mental health of the child"), ("allergy", "Allergies"),
        ("child_substances", "Alcohol or substance use by the child"), ("prematurity", "Prematurity"),
    ),
    *_codes(
        Domain.B, Domain.FAMILY_2015,
        ("parent_mental_health", "Mental health of a parent"),
        ("parent_substances", "Alcohol or substance use in the family"),
        ("household_smoking", "Smoking in the household"), ("smoking_in_pregnancy", "Smoking in pregnancy"),
        ("domestic_abuse", "Domestic abuse"), ("co_sleeping", "Sleeping with the baby"), ("bullying", "Bullying"),
        ("gangs_knives", "Gangs or knife crime"), ("consanguinity", "Parents related by blood"),
    ),
    *_codes(
        Domain.B, Domain.PARENTING_2015,
        ("poor_supervision", "Poor supervision"), ("neglect", "Neglect"), ("basic_care", "Basic care"),
        ("keeping_safe", "Keeping the child safe"), ("antenatal_uptake", "Late or little antenatal care taken up"),
    ),
    *_codes(
        Domain.C, Domain.FAMILY_2015,
        ("housing", "Housing"), ("home_safety", "Safety in the home"), ("sleep_place", "Where and how the child slept"),
        ("road_safety", "Road safety"), ("water_safety", "Water safety"), ("animals", "Animals"),
    ),
    *_codes(
        Domain.D, Domain.SERVICE_2015,
        ("access_to_care", "Access to care"), ("recognising_severity", "How ill the child was, recognised or not"),
        ("communication", "Communication"), ("guidelines", "Guidelines and pathways"), ("staffing", "Staffing"),
        ("transfers", "Transfers"), ("follow_up", "Follow-up"),
    ),
)  # fmt: skip
_BY_CODE = {each.code: each for each in CODES}
CODES_GROUND = seen(
    "factor_codes", "Typical factors of two published forms; the list can be added to.", "S46", "S49"
)


def codes_in(domain: Domain) -> tuple[FactorCode, ...]:
    """The typical factors under a heading of either edition."""
    return tuple(each for each in CODES if domain in (each.domain, each.domain_2015))
