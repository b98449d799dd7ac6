"""The ten categories of death, and the rule that the highest in the list wins where more than one applies.

The panel selects every category that applies; the primary one is the one with the lowest number, unless the panel says
otherwise and why. What was suspected at notification, what the certificate says and what the coroner found stay beside
it and never replace it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from wholestory.child_deaths.rules.grounds import Ground, recalled, seen
from wholestory.child_deaths.rules.regimes import FormSet


@dataclass(frozen=True, slots=True)
class Category:
    """One category. ``number`` is also its rank. ``excludes`` names what belongs elsewhere, with where."""

    number: int
    key: str
    name: str
    includes: tuple[str, ...]
    excludes: tuple[str, ...] = ()
    added_2018: str = ""

    def includes_under(self, forms: FormSet) -> tuple[str, ...]:
        """What counts under it on a set of forms."""
        if forms is FormSet.CURRENT and self.added_2018:
            return (*self.includes, self.added_2018)
        return self.includes


WORDING = recalled(
    "category_wording", "What each category takes in is recalled from the form, not read again."
)
HIERARCHY = seen(
    "hierarchy", "Where more than one category applies, the highest in the list is the primary one.", "S52"
)
SUDEP = seen(
    "sudep", "Sudden unexpected death in epilepsy is an acute medical condition (5), not category 10.", "S28"
)

CATEGORIES: tuple[Category, ...] = (
    Category(
        1, "inflicted", "Deliberately inflicted injury, abuse or neglect",
        ("suffocation, shaking, stabbing, shooting or poisoning by somebody else",
         "other probable or definite homicide", "mass violence", "severe neglect"),
    ),
    Category(
        2, "suicide", "Suicide or deliberate self-inflicted harm",
        ("hanging", "self-poisoning", "self-asphyxia", "solvents, alcohol or drugs taken to do harm to oneself"),
        ("usually adolescents; an unintended overdose is category 3",),
    ),
    Category(
        3, "trauma", "Trauma and other external factors",
        ("head injury and multiple injuries", "burns", "drowning", "unintentional poisoning", "anaphylaxis"),
        ("deliberately inflicted injury is category 1",),
        added_2018="complications or errors of medical or surgical care",
    ),
    Category(
        4, "malignancy", "Malignancy",
        ("solid tumours, leukaemia, lymphoma and the like",
         "also when infection or bleeding was what happened last"),
    ),
    Category(
        5, "acute", "Acute medical or surgical condition",
        ("diabetic ketoacidosis", "acute asthma", "appendicitis", "volvulus", "Kawasaki disease",
         "sudden unexpected death in epilepsy"),
    ),
    Category(
        6, "chronic", "Chronic medical condition",
        ("Crohn’s disease", "liver disease", "immune deficiency",
         "cerebral palsy with a clear cause after the time around birth", "also when infection was what happened last"),
        ("cerebral palsy of no known cause is category 8",),
    ),
    Category(
        7, "congenital", "Chromosomal, genetic and congenital anomalies",
        ("trisomies", "single-gene disorders", "neurodegenerative disease", "cystic fibrosis",
         "malformations of the heart and others"),
    ),
    Category(
        8, "perinatal", "Perinatal or neonatal event",
        ("what prematurity led to", "lack of oxygen during birth", "chronic lung disease of prematurity",
         "hydrocephalus after a bleed", "cerebral palsy of no known cause", "infection that began in the first week",
         "at any age at death"),
        ("infection after the first week is category 9",),
    ),
    Category(
        9, "infection", "Infection",
        ("a primary infection after the first week of life, or after a preterm baby has gone home",),
        ("an infection that came from a condition of categories 1 to 8 belongs there",),
    ),
    Category(
        10, "unexplained", "Sudden unexpected, unexplained death",
        ("sudden infant death syndrome", "“unascertained”, at any age"),
        ("sudden unexpected death in epilepsy is category 5",),
    ),
)  # fmt: skip

CLOSE = {frozenset({6, 7}): "Panels often differ between 6 and 7. Say what decided it."}


class NoSuchCategory(ValueError):
    """There are ten categories, numbered 1 to 10."""


class NothingSelected(ValueError):
    """A category has to be selected before there is a primary one."""


def category(number: int) -> Category:
    """The category of this number. Raises NoSuchCategory."""
    if not 1 <= number <= len(CATEGORIES):
        raise NoSuchCategory(f"There is no category {number}: they run from 1 to 10.")
    return CATEGORIES[number - 1]


@dataclass(frozen=True, slots=True)
class Classification:
    """What the panel selected, and its own choice of a primary category where that differs from the rule."""

    selected: tuple[int, ...]
    override: int | None = None
    override_reason: str = ""

    def __post_init__(self) -> None:
        for number in (*self.selected, *([self.override] if self.override is not None else [])):
            category(number)

    @property
    def by_rule(self) -> int:
        """The lowest number selected. Raises NothingSelected."""
        if not self.selected:
            raise NothingSelected("Select at least one category.")
        return min(self.selected)

    @property
    def primary(self) -> int:
        """What counts: the panel's own choice where there is one, else the rule's. Raises NothingSelected."""
        return self.by_rule if self.override is None else self.override

    def missing(self) -> tuple[str, ...]:
        """What keeps it from being final."""
        found = []
        if not self.selected:
            found.append("Select at least one category")
        if self.override is not None and self.override not in self.selected:
            found.append("The primary category must be one of those selected")
        if self.selected and self.override not in (None, self.by_rule) and not self.override_reason.strip():
            found.append(f"Say why category {self.override} comes before category {self.by_rule}")
        return tuple(found)

    @property
    def words(self) -> str:
        """Why the primary category is what it is. Raises NothingSelected."""
        chosen, others = category(self.primary), [n for n in sorted(set(self.selected)) if n != self.primary]
        if not others:
            return f"Category {chosen.number}, {chosen.name}, is the only one selected."
        also = _listed(others)
        if self.primary == self.by_rule:
            return (
                f"Category {chosen.number}, {chosen.name}, is primary: it stands highest in the list of those selected"
                f" (also {also})."
            )
        return (
            f"The panel made category {chosen.number}, {chosen.name}, primary although category {self.by_rule} stands"
            f" higher in the list (selected too: {also}). Its reason: {self.override_reason.strip() or 'none given'}."
        )

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is known to be hard to tell apart."""
        return tuple(words for pair, words in CLOSE.items() if pair & set(self.selected))


def _listed(numbers: list[int]) -> str:
    parts = [str(number) for number in numbers]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


class Teller(StrEnum):
    """Who said what the death was. Each stays under its own name."""

    NOTIFICATION = "notification"
    CERTIFICATE = "certificate"
    CORONER = "coroner"
    PANEL = "panel"

    @property
    def label(self) -> str:
        """In words."""
        return {
            "notification": "Suspected at notification",
            "certificate": "On the certificate",
            "coroner": "Found by the coroner",
            "panel": "Decided by the panel",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Said:
    """A category as one of them gave it. ``minority`` marks the view of a panel member that did not carry the day."""

    teller: Teller
    number: int
    by: str = ""
    minority: bool = False


def differences(said: Iterable[Said]) -> tuple[str, ...]:
    """Where others differ from the panel's final category, in sentences; empty while the panel has not decided."""
    told = list(said)
    final = next((each.number for each in told if each.teller is Teller.PANEL and not each.minority), None)
    if final is None:
        return ()
    found = []
    for each in told:
        if each.number == final:
            continue
        who = f"{each.by or 'A member'}, in the minority" if each.minority else each.teller.label
        found.append(
            f"{who}: {each.number}, {category(each.number).name}. The panel: {final}, {category(final).name}."
        )
    return tuple(found)


def same_meaning(number: int, one: FormSet, other: FormSet) -> bool:
    """Whether a category means the same on both sets of forms. The numbers do not change; category 3 grew wider."""
    return one is other or not category(number).added_2018


def mapped(number: int, one: FormSet, other: FormSet) -> tuple[int, Ground]:
    """A category of one set of forms as the other counts it, with what to say about it."""
    category(number)
    if same_meaning(number, one, other):
        return number, recalled("category_same", "The category keeps its number and its meaning.")
    return number, recalled(
        "category_3_wider",
        "Category 3 keeps its number; from 2018 it also takes in complications and errors of medical or surgical care.",
    )
