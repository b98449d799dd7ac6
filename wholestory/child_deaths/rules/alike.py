"""What two deaths may have in common that is worth a look, and what everybody's death has in common with others.

Words are compared without case, marks and plurals, in one spelling, and a slip of one letter is forgiven. Places,
schools, products and substances are the same where every telling word of one is in the other; causes where all telling
words of both are the same. Our own choice, for a board to change: a prompt that comes every week is read by nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from wholestory.child_deaths.rules.alike_words import common, kinds, numbers, ways, words_of
from wholestory.child_deaths.rules.grounds import ours
from wholestory.child_deaths.rules.matching.folding import folded

SUBJECTS: dict[str, str] = {
    "place": "Place of death",
    "event": "Place of what led to death",
    "school": "School, nursery or college",
    "cause": "Suspected cause",
    "method": "Method",
    "product": "Product",
    "agent": "Substance",
    "mechanism": "How the child was hurt",
    "sleep_surface": "Where the child slept",
    "accident_kind": "Kind of accident",
    "fire_kind": "Kind of fire or burn",
    "water": "Water",
    "agent_kind": "Kind of substance",
    "road_user": "On the road as",
}
#: What the coordinator is told of by e-mail. Causes and kinds of accident that many share are on the page alone.
TOLD_OF = frozenset({"place", "event", "school", "method", "product", "agent"})
GROUND = ours("alike", "Two deaths or more within twelve months with the same thing for one of these.")
#: Answers chosen from a list, and those that are worth a look when two deaths share them. What is left out happens to
#: many, or says nothing.
CODED: dict[str, dict[str, str]] = {
    "method": {
        "hanging": "Hanging or strangling", "poisoning": "Poisoning", "jump": "Jumping or falling",
        "rail": "Train or tram", "road": "Road", "drowning": "Drowning", "firearm": "Firearm",
        "suffocation": "Suffocation",
    },
    "mechanism": {
        "knife": "Knife", "firearm": "Firearm", "suffocation": "Suffocation or strangling", "poison": "Poison",
        "burn": "Burning", "neglect": "Neglect",
    },
    "sleep_surface": {"sofa": "A sofa or armchair", "pram": "Pram, car seat or swing", "floor": "The floor"},
    "accident_kind": {
        "choking": "Choking", "strangled": "Blind cord, strap or rope", "trapped": "Trapped or crushed",
        "animal": "Animal", "farm": "Farm or work", "cold_heat": "Cold or heat",
    },
    "fire_kind": {"house": "House fire", "clothes": "Clothes", "scald": "Scald", "electric": "Electricity"},
    "water": {
        "bath": "Bath", "pool": "Swimming pool", "paddling_pool": "Paddling pool or hot tub", "pond": "Garden pond",
        "river": "River or canal", "lake": "Lake, quarry or reservoir", "sea": "Sea",
        "container": "Bucket or other container",
    },
    "agent_kind": {
        "household": "A household or garden product", "gas": "Carbon monoxide or another gas", "drug": "A drug",
        "battery": "A battery or magnet", "plant": "A plant",
    },
    "road_user": {"cyclist": "Cyclist", "motorcycle": "Motorcycle", "scooter": "Scooter", "bus": "Bus"},
}  # fmt: skip
#: Questions answered in words, and the subject each is of.
IN_WORDS = {
    "product": "product", "agent": "agent", "weapon": "product", "fire_source": "product", "place_of_event": "event",
}  # fmt: skip
_LEAST = 4
#: Where many die, or nobody said where.
_EVERYWHERE = (
    "hospital", "infirmary", "emergency department", "ward", "unit", "hospice", "delivery suite", "intensive care",
    "accident and emergency",
)  # fmt: skip
_NOTHING = frozenset(
    {
        "home", "at home", "family home", "home address", "own home", "not known", "unknown", "none", "n a", "nil",
        "abroad", "other", "public place", "street", "road", "not yet known", "awaiting post mortem", "unascertained",
        "prematurity", "extreme prematurity", "cardiac arrest", "natural causes", "sudden unexpected death",
        "to follow", "awaited", "see above", "no product", "not applicable", "the park", "park", "garden", "bedroom",
        "bath", "school", "nursery", "at school", "friend s house", "friends house", "relative s home", "in the sea",
        "sids", "sudi", "stillbirth", "sepsis", "neonatal sepsis", "respiratory failure", "multiple organ failure",
        "congenital heart disease", "necrotising enterocolitis", "hypoxic ischaemic encephalopathy", "pneumonia",
    }
)  # fmt: skip
_SCHOOLS = (
    "school",
    "academy",
    "nursery",
    "college",
    "primary",
    "infants",
    "juniors",
    "pre school",
    "preschool",
)
_SCHOOL_WORDS = frozenset({"school", "academy", "nursery", "college", "preschool"})
#: What may be the same thing where the words of one are all among those of the other.
_CONTAINED = frozenset({"place", "event", "school", "product", "agent", "method"})


def same(words: str) -> str:
    """The words as they are compared with what tells nothing."""
    return " ".join(folded(words).split())


def telling(subject: str, words: str) -> bool:
    """Whether the same words for two deaths would be worth a look."""
    compared = same(words)
    if len(compared) < _LEAST or compared in _NOTHING:
        return False
    return not (subject in ("place", "event") and any(word in compared for word in _EVERYWHERE))


def is_school(organisation: str) -> bool:
    """Whether an organisation that knew the child seems to be a school, nursery or college."""
    compared = same(organisation)
    return any(word in compared for word in _SCHOOLS) or bool(words_of(organisation) & _SCHOOL_WORDS)


def told_apart(subject: str, every: frozenset[str], areas: frozenset[str] = frozenset()) -> frozenset[str]:
    """The telling words among those of a text: without those many names of the subject have, and without the words of
    the names of ``areas``, which many places of one area carry."""
    mine = every - common(subject) - numbers(every)
    return mine - areas if subject in ("place", "event") else mine


def area_words(places: Iterable[str]) -> frozenset[str]:
    """The words of the names of areas."""
    return frozenset(word for place in places for word in words_of(place))


@dataclass(frozen=True, slots=True)
class Read:
    """A text made ready to be compared with others of its subject."""

    said: str
    telling: bool
    mine: frozenset[str]
    kinds: frozenset[int]
    ways: frozenset[str]
    numbers: frozenset[str]


def read(subject: str, words: str, areas: frozenset[str] = frozenset()) -> Read:
    """A text made ready once, however many it is compared with."""
    every = words_of(words)
    is_place = subject in ("place", "event")
    return Read(
        same(words), telling(subject, words), told_apart(subject, every, areas),
        kinds(every) if subject == "school" else frozenset(), ways(every) if is_place else frozenset(),
        numbers(every) if is_place else frozenset(),
    )  # fmt: skip


def alike(subject: str, one: str, other: str, places: Iterable[str] = ()) -> bool:
    """Whether two texts seem to speak of one thing."""
    areas = area_words(places)
    return read_alike(subject, read(subject, one, areas), read(subject, other, areas))


def read_alike(subject: str, one: Read, other: Read) -> bool:
    """The same of two texts that were made ready."""
    if not (one.telling and other.telling):
        return False
    if one.said == other.said:
        return True
    if not one.mine or not other.mine or not any(len(word) >= _LEAST for word in one.mine):
        return False
    if _apart(one.kinds, other.kinds) or _apart(one.ways, other.ways) or _apart(one.numbers, other.numbers):
        return False
    less, more = sorted((one.mine, other.mine), key=len)
    if subject not in _CONTAINED and len(less) != len(more):
        return False
    return all(word in more or any(_one_word(word, each) for each in more) for word in less)


def _apart(mine: frozenset[int] | frozenset[str], theirs: frozenset[int] | frozenset[str]) -> bool:
    """Whether both say something and nothing of it is the same."""
    return bool(mine) and bool(theirs) and not set(mine) & set(theirs)


def _one_word(one: str, other: str) -> bool:
    """One word, or a slip in it: one letter in five and more, two in nine and more. The first letter holds."""
    if one == other:
        return True
    short = min(len(one), len(other))
    if short < 5 or one[0] != other[0] or any(sign.isdigit() for sign in one + other):
        return False
    slips = 2 if short >= 9 else 1
    return OSA.distance(one, other, score_cutoff=slips) <= slips
