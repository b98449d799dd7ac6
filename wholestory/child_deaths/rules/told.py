"""What a notification's answers say of who died: from answers by question key to an account that can be compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from wholestory.child_deaths.rules.matching import Identity, OtherName, PartDate

Answers = Mapping[str, Mapping[str, Any]]

_ISO = re.compile(r"^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_BRITISH = re.compile(r"^(\d{1,2})[/. ](\d{1,2})[/. ](\d{4})")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_SEX = {"male": "M", "m": "M", "boy": "M", "female": "F", "f": "F", "girl": "F"}
_BORN_AS = {"twin": 2, "more": 3}


def said(answers: Answers, *keys: str) -> str:
    """The first of these answers that says something, as text; empty where none does."""
    for key in keys:
        value = (answers.get(key) or {}).get("value")
        if isinstance(value, (str, int, float)) and str(value).strip():
            return str(value).strip()
    return ""


def day(answers: Answers, *keys: str) -> PartDate | None:
    """The first of these answers that can be read as a day, or as much of one as is known."""
    for key in keys:
        value = (answers.get(key) or {}).get("value")
        found = _day(value)
        if found is not None:
            return found
    return None


def _day(value: Any) -> PartDate | None:
    if isinstance(value, Mapping):
        value = "-".join(str(value[part]) for part in ("year", "month", "day") if value.get(part))
    if not isinstance(value, str):
        return None
    text = value.strip().removeprefix("about ").strip()
    if british := _BRITISH.match(text):
        text = "-".join(reversed(british.groups()))
    found = _ISO.match(text)
    if not found:
        return None
    year, month, of_month = (int(part) if part else None for part in found.groups())
    if year is None or (month is not None and not 1 <= month <= 12):
        return None
    return PartDate(year, month, of_month if month else None)


def identity(answers: Answers) -> Identity:
    """The account a notification gives, by the keys of its form. What it does not say stays empty."""
    mother = names(said(answers, "mother_name"))
    within = _POSTCODE.findall(said(answers, "address").upper())
    codes = [code for code in (said(answers, "postcode"), said(answers, "other_postcode"), *within) if code]
    return Identity(
        forenames=said(answers, "forenames"),
        surname=said(answers, "surname"),
        other_names=_other_names(said(answers, "other_names")),
        born=day(answers, "born_on"),
        estimated_birth=said(answers, "born_on").endswith("~"),
        sex=_SEX.get(said(answers, "sex").lower(), ""),
        nhs_number=said(answers, "nhs_number"),
        postcode=codes[0] if codes else "",
        other_postcodes=tuple(codes[1:]),
        address=said(answers, "address"),
        died=day(answers, "died_on", "confirmed_on"),
        place_of_death=said(answers, "place_of_death"),
        mother_forenames=mother[0],
        mother_surname=mother[1],
        mother_born=day(answers, "mother_born_on"),
        mother_nhs_number=said(answers, "mother_nhs_number"),
        births=_BORN_AS.get(said(answers, "born_as").lower()),
        birth_order=_whole(said(answers, "birth_order")),
    )


def names(text: str) -> tuple[str, str]:
    """Forenames and surname of a name written in one box; the last word is the surname."""
    words = text.split()
    return (" ".join(words[:-1]), words[-1]) if len(words) > 1 else (" ".join(words), "")


def _other_names(text: str) -> tuple[OtherName, ...]:
    """Other names as somebody writes them into one box: one to a line or between commas, the surname last."""
    found = []
    for one in re.split(r"[\n;,]+", text):
        forenames, surname = names(one)
        if forenames:
            found.append(OtherName(forenames, surname))
    return tuple(found[:6])


def _whole(text: str) -> int | None:
    return int(text) if text.isdigit() and 1 <= int(text) <= 9 else None
