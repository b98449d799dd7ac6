"""What is written instead of a name, a date or a number that is taken out of papers."""

from __future__ import annotations

from collections.abc import Iterable

from wholestory.child_deaths.rules.anonymity import Finding, What

INSTEAD: dict[What, str] = {
    What.CHILD_NAME: "[the child]",
    What.FAMILY_NAME: "[a member of the family]",
    What.PRACTITIONER_NAME: "[a professional]",
    What.SOMEBODYS_NAME: "[a person]",
    What.INITIALS: "[initials]",
    What.BIRTH_DATE: "[date of birth]",
    What.A_DATE: "[a date]",
    What.ADDRESS: "[an address]",
    What.POSTCODE: "[a postcode]",
    What.OUTWARD: "[part of a postcode]",
    What.NHS_NUMBER: "[a number]",
    What.INSTITUTION: "[a hospital, school or service]",
    What.TELEPHONE: "[a telephone number]",
    What.EMAIL: "[an e-mail address]",
}


def masked(text: str, found: Iterable[Finding]) -> str:
    """The text with these places taken out, each with what it was in square brackets. Two that touch become one."""
    for each in sorted(found, key=lambda one: one.start, reverse=True):
        text = text[: each.start] + INSTEAD[each.what] + text[each.end :]
    for words in dict.fromkeys(INSTEAD.values()):
        while f"{words} {words}" in text:
            text = text.replace(f"{words} {words}", words)
    return text
