"""Words as they are compared for what deaths have in common: what says little, other spellings, plurals. Pure.

Our own lists, for a board to add to: short forms people write, other names of the same thing, and words that stand in
the name of many places, schools or products and tell none of them from another.
"""

from __future__ import annotations

import re

from wholestory.child_deaths.rules.matching.folding import folded


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words that tell nothing anywhere.
_LITTLE = _words(
    """
    the a an of at in on near by to from and or with for off opposite outside behind next beside it was is his her
    their some any possible possibly suspected probable probably apparent apparently query due via using used after
    make made brand model type kind sort about
    """
)
#: Short forms and other spellings, by what they stand for.
_SPELLINGS = {
    "rd": "road", "ave": "avenue", "av": "avenue", "ln": "lane", "dr": "drive", "cl": "close", "cres": "crescent",
    "gdns": "garden", "sch": "school", "pri": "primary", "prim": "primary", "sec": "secondary", "acad": "academy",
    "jnr": "junior", "jr": "junior", "inf": "infant", "coll": "college", "uni": "university", "stn": "station",
    "center": "centre", "theater": "theatre", "harbor": "harbour", "tire": "tyre", "pediatric": "paediatric",
    "hemorrhage": "haemorrhage", "anemia": "anaemia", "edema": "oedema", "acetaminophen": "paracetamol",
    "panadol": "paracetamol", "calpol": "paracetamol", "mdma": "ecstasy", "ketamin": "ketamine",
    "ebike": "e-bike", "escooter": "e-scooter", "pram": "pushchair", "buggy": "pushchair", "stroller": "pushchair",
    "crib": "cot", "ligatured": "ligature", "hanged": "hanging", "hung": "hanging", "drowned": "drowning",
    "drown": "drowning", "choked": "choking", "suffocated": "suffocation", "strangled": "strangulation",
    "poisoned": "poisoning", "nitazenes": "nitazene", "blinds": "blind", "saint": "st",
}  # fmt: skip
#: Words that belong together, and other names of the same thing.
_PHRASES = (
    (r"laughing gas|whippits?|nos canisters?|n2o", "nitrous oxide"),
    (r"\bco poisoning|carbon monoxide poisoning", "carbon monoxide"),
    (r"\be[ -]?(bike|scooter)s?\b", r"e-\1"), (r"electric (bike|bicycle)s?\b", "e-bike"),
    (r"\belectric scooters?\b", "e-scooter"), (r"button (cell|batter(y|ies))|coin cells?|cr ?20\d\d", "button-battery"),
    (r"batteries", "battery"), (r"c ?of ?e\b|church of england", ""), (r"\broman catholic|\brc\b", ""),
    (r"sixth form", "sixthform"), (r"pre ?school|play ?group", "preschool"), (r"fire ?works?", "firework"),
    (r"\bpara ?cetamol", "paracetamol"), (r"\bsuper ?glue", "superglue"), (r"\bhot ?tub", "hottub"),
)  # fmt: skip
_WAYS = _words(
    "road street lane avenue drive close crescent way court place garden grove terrace row square walk hill"
)
#: Words that stand in many names of one subject and tell none from another.
_COMMON = {
    "place": _WAYS | _words(
        """
        river canal lake park wood bridge station railway level crossing platform house flat field farm beach sea pool
        swimming leisure centre town village junction roundabout north south east west end
        """
    ),
    "school": _words(
        """
        school primary secondary academy nursery college infant junior high grammar community county preschool
        sixthform trust free special st voluntary aided controlled day child
        """
    ),
    "product": _words(
        """
        baby child toy product item box pack bottle new old small large red blue black white
        swallowed ingested inhaled trapped caught found
        """
    ),
    "agent": _words("tablet capsule drug medicine substance overdose dose mg ml g gram bottle"),
}  # fmt: skip
_COMMON["event"] = _COMMON["place"]
#: Kinds of school: two of different kinds are two schools, whatever else their names share.
_KINDS = (
    frozenset({"nursery", "preschool"}), frozenset({"primary", "infant", "junior"}),
    frozenset({"secondary", "high", "grammar"}), frozenset({"college", "sixthform"}),
)  # fmt: skip
_DIGITS = re.compile(r"\d+[a-z]?")


#: Most texts have none of them, and are read in one look.
_ANY_PHRASE = re.compile("|".join(pattern for pattern, _ in _PHRASES))


def words_of(said: str) -> frozenset[str]:
    """The words of what was written, each in one spelling and in the singular, without those that tell nothing."""
    plain = folded(said)
    if _ANY_PHRASE.search(plain):
        for pattern, instead in _PHRASES:
            plain = re.sub(pattern, instead, plain)
    found = []
    for word in plain.split():
        word = _SPELLINGS.get(word, word)
        if word not in _LITTLE:
            single = _single(word)
            found.append(_SPELLINGS.get(single, single))
    return frozenset(found)


def _single(word: str) -> str:
    """A word in the singular: batteries, crosses, tablets; but not gas, abscess or sepsis."""
    if (
        len(word) < 4
        or _DIGITS.fullmatch(word)
        or not word.endswith("s")
        or word.endswith(("ss", "us", "is"))
    ):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes")) else word[:-1]


def common(subject: str) -> frozenset[str]:
    """The words that stand in many names of a subject."""
    return _COMMON.get(subject, frozenset())


def numbers(words: frozenset[str]) -> frozenset[str]:
    """The numbers among words: of houses, of doses, of junctions."""
    return frozenset(word for word in words if _DIGITS.fullmatch(word))


def ways(words: frozenset[str]) -> frozenset[str]:
    """Road, lane, close: what tells Mill Road from Mill Lane."""
    return words & _WAYS


def kinds(words: frozenset[str]) -> frozenset[int]:
    """Which kinds of school a name speaks of, by their place in the list of kinds."""
    return frozenset(at for at, kind in enumerate(_KINDS) if words & kind)
