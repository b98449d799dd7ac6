"""What the words of a membership spreadsheet mean: seats, sectors, and why an organisation answers to the board.

Everything here is a guess that somebody sees and can change before anything is written. The keys are those of
``partners.models`` (Role, Sector, DutyBasis); a test keeps the two lists equal.
"""

from __future__ import annotations

import re

from wholestory.partners.rules.names import fold

#: In this order: the first pattern that matches decides ("vice chair" before "chair").
_ROLES: tuple[tuple[str, str], ...] = (
    (
        r"\b(business|board|partnership) (manager|lead)\b|\blscb manager\b|\bhead of (the )?business unit\b",
        "business_manager",
    ),
    (r"\b(quality|assurance|audit)\b.*\b(officer|manager|lead)\b", "quality_officer"),
    (r"\b(performance|data)\b.*\b(analyst|officer|manager)\b|^analyst$", "performance_analyst"),
    (r"\b(child death|cdop)\b.*\b(co ?ordinator|officer|manager)\b", "child_death_coordinator"),
    (r"\binformation governance\b|\bdata protection officer\b|\bcaldicott\b", "information_governance_lead"),
    (
        r"\b(administrator|admin|administration|board support|business support|minute taker|secretary)\b",
        "administrator",
    ),
    (r"\b(vice|deputy|dep)\b", "deputy"),
    (r"\blay\b", "lay_member"),
    (r"\b(independent )?chair(man|woman|person)?\b", "independent_chair"),
    (r"\b(advis[eo]r|in attendance|attendee|observer|co ?opted|participant observer)\b", "adviser"),
    (r"\bsubstitute\b", "substitute"),
    (r"\bsign(atory|s off|er)\b|\bsenior officer\b", "signatory"),
    (r"\bcontributor\b", "contributor"),
    (
        r"\b(agency|section 11|s11|s 11|safeguarding|designated|named)\b.*\b(lead|contact|professional|person)\b",
        "agency_lead",
    ),
    (r"\bdsl\b|\blead\b|\bcontact\b", "agency_lead"),
    (r"\b(member|representative|rep|full|core|statutory|voting)\b", "member"),
)

_SECTORS: tuple[tuple[str, str, str], ...] = (
    (r"\b(non maintained special)\b", "education", "nmss"),
    (r"\b(academy|academies|free school|independent school|trust school|mat)\b", "education", "s157"),
    (
        r"\b(nursery|nurseries|pre ?school|childminder|early years|day ?care|playgroup)\b",
        "early_years",
        "s40_childcare",
    ),
    (
        r"\b(school|college|infant|junior|primary|secondary|sixth form|grammar|education)\b",
        "education",
        "s175",
    ),
    (r"\b(constabulary|police|crime commissioner|pcc)\b", "police", "s11"),
    (
        r"\b(probation|rehabilitation|youth offending|youth justice|yot|yos|crc|prison|yoi)\b",
        "probation",
        "s11",
    ),
    (r"\b(fire)\b", "fire", "other"),
    (r"\b(border force|immigration)\b", "national", "s55_bci"),
    (r"\b(cafcass|british transport police|national crime agency|crown prosecution)\b", "national", "other"),
    (r"\b(healthwatch)\b", "voluntary", "voluntary"),
    (
        r"\b(nhs|health|healthcare|hospitals?|ccg|clinical commissioning|integrated care|icb|ambulance)\b"
        r"|\b(gp|surgery|medical|midwifery)\b",
        "health",
        "s11",
    ),
    (
        r"\b(council|local authority|borough|district|county|social care|childrens services|housing|public health)\b",
        "council",
        "s11",
    ),
    (
        r"\b(charity|trust|voluntary|church|diocese|mosque|faith|youth|barnardos|nspcc|scouts|guides|sport|football|rugby|swimming|club)\b",
        "voluntary",
        "voluntary",
    ),
)

#: What sector columns say, by the sector it means.
_SAID: dict[str, tuple[str, ...]] = {
    "council": ("local authority", "council", "la"),
    "health": ("health", "nhs", "ccg"),
    "police": ("police", "criminal justice", "justice"),
    "probation": ("probation", "youth justice", "yot", "yos", "nps", "crc"),
    "education": ("education", "schools", "school", "academy", "college"),
    "early_years": ("early years", "early yrs"),
    "fire": ("fire",),
    "voluntary": (
        "voluntary",
        "vcs",
        "third sector",
        "faith",
        "community",
        "charity",
        "sport",
        "vol",
        "vol sector",
    ),
    "national": ("national",),
    "other": ("other", "lay"),
}
_SECTOR_WORDS = {word: sector for sector, words in _SAID.items() for word in words}

_TICKS = frozenset(
    {"x", "y", "yes", "true", "1", "✓", "✔", "√", "•", "●", "*", "member", "m", "tick", "a", "ü", "þ"}
)
_NO_TICKS = frozenset({"", "n", "no", "false", "0", "-", "–", "—", "n/a", "na", "none", "☐", "✗", "✘", "×"})


def role(words: str) -> str:
    """The seat these words most likely mean, or nothing."""
    folded = fold(words)
    if not folded:
        return ""
    return next((key for pattern, key in _ROLES if re.search(pattern, folded)), "")


def sector_and_duty(name: str) -> tuple[str, str]:
    """The sector an organisation of this name most likely belongs to, and why it answers; "other" for no guess."""
    folded = fold(name)
    for pattern, sector, duty in _SECTORS:
        if re.search(pattern, folded):
            return sector, duty
    return "other", "other"


def sector(words: str) -> str:
    """The sector named by a spreadsheet's own sector column, or nothing."""
    folded = fold(words)
    if folded in _SECTOR_WORDS:
        return _SECTOR_WORDS[folded]
    guess = sector_and_duty(words)[0]
    return "" if guess == "other" else guess


def no_agency(words: str) -> bool:
    """Whether an agency cell says that somebody sits for nobody: “Lay”, “Independent”, “n/a”."""
    return fold(words) in {
        "lay",
        "lay member",
        "lay members",
        "independent",
        "independent chair",
        "n a",
        "na",
        "none",
        "self",
        "tbc",
        "community",
    }


def ticked(words: str) -> bool | None:
    """Whether a cell ticks somebody as a member of the column's group; None when it says something else."""
    plain = words.strip().casefold()
    if plain in _NO_TICKS:
        return False
    return True if plain in _TICKS else None
