"""What must not stand in the papers of a case: everybody's names, dates of birth, addresses, numbers and places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from django.utils import timezone

from wholestory.access import acting
from wholestory.child_deaths.models import (
    Address,
    AgencyRequest,
    Case,
    ChildName,
    Identifier,
    Kept,
    Notification,
    Relative,
    Review,
    Service,
)
from wholestory.child_deaths.rules import told
from wholestory.child_deaths.rules.anonymity import Finding, Known, Name, Who, scan


def words(text: str) -> frozenset[str]:
    """Words written one after the other."""
    return frozenset(text.split())


#: Words in a name that are nobody's: "Baby girl of Jane Ashby".
_NOBODYS = words(
    "baby girl boy infant child twin triplet of the one two three first second unknown unnamed male female not known"
)
_TITLES = words("dr mr mrs ms miss mx prof professor nurse sister midwife pc ps dc ds di sgt rev")
#: Kinds of institution that are told by type only. Police and social care of an area are not.
_MASKED = frozenset({"health", "education", "early_years", "voluntary", "housing"})
#: Words of places that name none: "Home", "Emergency department".
_NO_PLACE = words(
    "a and at in of on the to way home house family own address garden road street hospital emergency department dept"
    " accident e ed unit ward intensive care neonatal maternity labour delivery suite theatre paediatric children's"
    " children’s childrens resuscitation room ambulance hospice school nursery surgery not known"
)


def known_of(case: Case) -> Known:
    """Everything the look through the papers is told to find. Read with the eyes of whoever may see the case."""
    names: list[Name] = []
    for one in ChildName.objects.filter(child=case.child_id):
        names += _name(Who.CHILD, one.forenames, one.surname)
    born = [case.child.born_on] if case.child.born_on else []
    numbers = []
    for relative in Relative.objects.filter(child=case.child_id):
        names += _one_line(Who.FAMILY, relative.name)
        born += [relative.born_on] if relative.born_on else []
        numbers += [relative.nhs_number] if relative.nhs_number else []
    places = [case.place_name, case.event_place]
    for service in Service.objects.filter(child=case.child_id).select_related("agency"):
        names += _one_line(Who.PRACTITIONER, service.name)
        if service.agency is None or service.agency.sector in _MASKED:
            places.append(service.agency.name if service.agency else service.organisation)
    for message in Notification.objects.filter(steps__case=case).distinct():
        names += _one_line(Who.PRACTITIONER, told.said(message.answers, "notifier_name"))
        places.append(told.said(message.answers, "notifier_organisation"))
    asked = AgencyRequest.objects.filter(case=case).values_list("organisation", "agency__name")
    perhaps = [*places, *(name for pair in asked for name in pair if name)]
    days = [case.died_on] if case.died_on else []
    days += [timezone.localdate(case.event_at)] if case.event_at else []
    addresses = Address.objects.filter(child=case.child_id).values_list("lines", "postcode")
    numbers += Identifier.objects.filter(child=case.child_id).values_list("value", flat=True)
    return Known(
        names=tuple(dict.fromkeys(names)),
        born_on=tuple(born),
        addresses=tuple(lines for lines, _ in addresses if lines),
        postcodes=tuple(code for _, code in addresses if code),
        nhs_numbers=tuple(numbers),
        institutions=tuple(dict.fromkeys(part for place in places for part in _parts(place))),
        perhaps=tuple(dict.fromkeys(part for place in perhaps for part in _perhaps(place))),
        days=tuple(days),
    )


def kept(review: Review) -> set[tuple[str, str]]:
    """What a person left in, as kind and words in small letters."""
    return set(Kept.objects.filter(review=review).values_list("what", "words"))


def places_found(review: Review, texts: Mapping[str, str]) -> tuple[Finding, ...]:
    """What in these texts may name somebody and was not answered by a person, whoever asks.

    A chair who writes in the meeting may not see the case, so the look is the system's; only the places come back.
    """
    if not any(text.strip() for text in texts.values()):
        return ()
    with acting.as_system(review.record.board_id, "keeper"):
        case = Case.objects.select_related("child").get(pk=review.case_id)
        known, left_in = known_of(case), kept(review)
    return unanswered(scan(texts, known), left_in)


def unanswered(found: Iterable[Finding], left_in: set[tuple[str, str]]) -> tuple[Finding, ...]:
    """The places nobody has answered for."""
    return tuple(each for each in found if (each.what.value, each.words.casefold()) not in left_in)


def _name(who: Who, forenames: str, surname: str) -> Iterator[Name]:
    first, last = _named(forenames), _named(surname)
    if first or last:
        yield Name(who, first, last)


def _one_line(who: Who, text: str) -> Iterator[Name]:
    words = _named(text).split()
    if words:
        yield Name(who, " ".join(words[:-1]), words[-1])


def _named(text: str) -> str:
    """A name without what is nobody's: titles and "baby of"."""
    kept_words = [
        word
        for word in text.replace(",", " ").split()
        if word.casefold().strip(".") not in _NOBODYS | _TITLES
    ]
    return " ".join(kept_words)


def _parts(place: str) -> Iterator[str]:
    """A place as it was typed, and its name alone where a department follows it."""
    for part in (place.strip(), place.split(",")[0].strip()):
        if _trimmed(part):
            yield part


def _perhaps(place: str) -> Iterator[str]:
    """Every part of a place that may be its name: "Emergency department, Welland Bridge Hospital" has one."""
    for part in re.split(r"[,;()/\n]|\s[-–]\s|\bat\b", place):
        if name := _trimmed(part):
            yield part.strip()
            yield name


def _trimmed(place: str) -> str:
    """A place without the words before and after its name that name nothing. Empty where no other is left."""
    parts = place.split()
    while parts and _names_nothing(parts[0]):
        parts = parts[1:]
    while parts and _names_nothing(parts[-1]):
        parts = parts[:-1]
    return " ".join(parts)


def _names_nothing(word: str) -> bool:
    plain = word.casefold().strip(".,&")
    return not plain or plain.isdigit() or plain in _NO_PLACE
