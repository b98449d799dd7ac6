"""Rules about the child. Each answers whether the child breaks it."""

from __future__ import annotations

from datetime import date

from wholestory.indicators.child_level.census.checks import pupil_numbers
from wholestory.indicators.child_level.census.checks.registry import CHILD, Period, over
from wholestory.indicators.child_level.census.records import Child
from wholestory.indicators.child_level.census.versions import codes
from wholestory.indicators.child_level.window import months_after

_ETHNICITIES = frozenset(codes()["Ethnicity"])
_DISABILITIES = frozenset(codes()["Disability"])
LONGEST_ID = 20


@over(CHILD, "8500")
def _no_id(child: Child, period: Period) -> object:
    return child.key is None


@over(CHILD, "1570")
def _long_id(child: Child, period: Period) -> object:
    return child.key is not None and len(child.key) > LONGEST_ID


@over(CHILD, "1580")
def _signs_in_id(child: Child, period: Period) -> object:
    return child.key is not None and not (child.key.isascii() and child.key.isalnum())


@over(CHILD, "1510")
def _check_letter(child: Child, period: Period) -> object:
    number = child.sent.get("UPN")
    return number is not None and pupil_numbers.letter_wrong(number)


@over(CHILD, "1530")
def _authority_digits(child: Child, period: Period) -> object:
    number = child.sent.get("UPN")
    return number is not None and pupil_numbers.authority_unknown(number)


@over(CHILD, "1540")
def _middle_digits(child: Child, period: Period) -> object:
    number = child.sent.get("UPN")
    return number is not None and pupil_numbers.middle_not_digits(number)


@over(CHILD, "1550")
def _last_sign(child: Child, period: Period) -> object:
    number = child.sent.get("UPN")
    return number is not None and pupil_numbers.last_wrong(number)


@over(CHILD, "8525Q")
def _one_birth_date(child: Child, period: Period) -> object:
    return ("PersonBirthDate" in child.sent) == ("ExpectedPersonBirthDate" in child.sent)


@over(CHILD, "8520")
def _born_later(child: Child, period: Period) -> object:
    return child.born is not None and child.born > period.last


@over(CHILD, "8530Q")
def _expected_far_off(child: Child, period: Period) -> object:
    return child.expected is not None and not period.due_from <= child.expected <= period.due_to


@over(CHILD, "PB-08")
def _expected_and_passed(child: Child, period: Period) -> object:
    return (
        child.expected is not None
        and child.expected < period.due_from
        and "PersonBirthDate" not in child.sent
    )


@over(CHILD, "8750")
def _sex_of_unborn(child: Child, period: Period) -> object:
    return (
        child.expected is not None
        and "PersonBirthDate" not in child.sent
        and child.sex is not None
        and child.sex != "U"
    )


@over(CHILD, "4180")
def _sex(child: Child, period: Period) -> object:
    return child.sex is None


@over(CHILD, "4220")
def _ethnicity(child: Child, period: Period) -> object:
    return child.ethnicity not in _ETHNICITIES


@over(CHILD, "8540")
def _disability(child: Child, period: Period) -> object:
    return (
        child.born is not None
        and (not child.disabilities or not _DISABILITIES.issuperset(child.disabilities))
        and any(episode.nfa is False for episode in child.episodes)
    )


@over(CHILD, "8790")
def _none_and_some(child: Child, period: Period) -> object:
    return len(child.disabilities) > 1 and "NONE" in child.disabilities and len(set(child.disabilities)) > 1


@over(CHILD, "8794")
def _disability_twice(child: Child, period: Period) -> object:
    return len(child.disabilities) != len(set(child.disabilities))


@over(CHILD, "8775Q")
def _over_25(child: Child, period: Period) -> object:
    if child.born is None or child.born >= period.born_25:
        return False
    birthday = months_after(date.fromordinal(child.born), 12 * 25).toordinal()
    return any(episode.closed is None or episode.closed > birthday for episode in child.episodes)
