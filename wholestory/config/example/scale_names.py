"""Names nobody has. Places are put together from syllables; people from lists of ordinary names; all are invented."""

from __future__ import annotations

import random
from collections.abc import Iterator

from wholestory.partners.models import DutyBasis, Sector

_STARTS = (
    "Brindle", "Carrow", "Dunmar", "Elver", "Farrow", "Gallin", "Harkle", "Illing", "Jorven", "Kettle", "Larkle",
    "Mossen", "Nethel", "Orrin", "Pellow", "Quarrin",
)  # fmt: skip
_ENDS = ("mere", "wick", "marsh", "holme", "stow", "thwaite", "combe", "garth", "sea", "dale", "moor", "beck")
_FIRST = (
    "Ada", "Bel", "Cerys", "Dorian", "Edda", "Farah", "Gethin", "Hana", "Ivo", "Jonty", "Kamal", "Lorna", "Mina",
    "Nuala", "Osric", "Perran", "Quilla", "Rhoda", "Sunil", "Tamsin", "Una", "Viggo", "Wanda", "Xanthe", "Yusuf",
    "Zena",
)  # fmt: skip
_LAST = (
    "Aldermoor", "Bexcombe", "Carnforthy", "Dewhirstle", "Elmsgate", "Fothergrew", "Gorsefield", "Hathersage-Moy",
    "Inglestone", "Jessamy", "Kestrelby", "Lowthwaite", "Marrowby", "Netherclift", "Osmotherby", "Pennifold",
    "Quennelby", "Rushmoor-Hale", "Silverthorn", "Tarrandale", "Underhay", "Vennacott", "Wrayburn", "Yelverby",
)  # fmt: skip

#: (what it is called, sector, duty basis, how many of a hundred agencies)
KINDS: tuple[tuple[str, str, str, int], ...] = (
    ("Primary School", Sector.EDUCATION, DutyBasis.S175, 34),
    ("Academy", Sector.EDUCATION, DutyBasis.S157, 14),
    ("Nursery", Sector.EARLY_YEARS, DutyBasis.S40_CHILDCARE, 12),
    ("Surgery", Sector.HEALTH, DutyBasis.S11, 10),
    ("Youth Club", Sector.VOLUNTARY, DutyBasis.VOLUNTARY, 10),
    ("Sports Trust", Sector.VOLUNTARY, DutyBasis.CONTRACT, 8),
    ("District Council", Sector.COUNCIL, DutyBasis.S11, 4),
    ("Health Trust", Sector.HEALTH, DutyBasis.S11, 4),
    ("Constabulary", Sector.POLICE, DutyBasis.S11, 2),
    ("Probation Service", Sector.PROBATION, DutyBasis.S11, 2),
)

#: What agencies write beside a score.
SAID: tuple[str, ...] = (
    "It is in our policy, which everybody signs when they join. We look at it each spring and note who has read it.",
    "The designated lead sees to this and reports to the governing body each term. The last report was in the autumn.",
    "We have this in writing. In practice it depends on two people, and we have begun to train a third.",
    "Since the last audit we changed the form we use and asked staff what they make of it. Most find it plainer.",
    "It is done for permanent staff. Agency staff and volunteers are told on day one, and we note that less well.",
    "Children told us they know whom to talk to. We asked in class councils and put what they said on the wall.",
)
SHOWN = "The policy of last September, the register of training, and the minutes of two meetings."
PLANS: tuple[str, ...] = (
    "The deputy rewrites the guidance and goes through it with every team.",
    "The lead keeps one register for permanent staff, agency staff and volunteers.",
    "We ask children twice a year what would help, and tell them what we did about it.",
    "The trustees name one of them for this and hear a report each term.",
)
NO_SUCH_WORK = "No such work is done here: the organisation meets children only with their parents."
LOWERED = "The answer speaks of a plan, and the score of something that is in place. Shown so far: the plan."
STANDS = "Read against what was sent. The score stands."


def places(chosen: random.Random) -> Iterator[str]:
    """Names of places, each once; with a number behind them when all combinations are used up."""
    every = [start + end for start in _STARTS for end in _ENDS]
    chosen.shuffle(every)
    yield from every
    for round_ in range(2, 1000):
        yield from (f"{name} {round_}" for name in every)


def person(chosen: random.Random) -> str:
    """A person's name. Two people may share one, as people do."""
    return f"{chosen.choice(_FIRST)} {chosen.choice(_LAST)}"


def kind(chosen: random.Random) -> tuple[str, str, str]:
    """What sort of agency the next one is: name, sector, duty basis."""
    name, sector, duty, _ = chosen.choices(KINDS, weights=[each[3] for each in KINDS])[0]
    return name, sector, duty
