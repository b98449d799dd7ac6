"""What the papers of a case are made from, and what in them may still name somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from uuid import UUID

from wholestory.child_deaths.models import Address, Case, PackPart, Review, Service
from wholestory.child_deaths.queries.known_names import kept, known_of, unanswered
from wholestory.child_deaths.rules import ages, code_lists
from wholestory.child_deaths.rules.anonymity import Finding, instead_of_address, scan


@dataclass(frozen=True)
class Piece:
    """One piece of the papers as the case tells it, not looked through yet."""

    key: str
    label: str
    text: str
    source: str


def pieces(case: Case) -> list[Piece]:
    """Everything a panel reads about a case in words: what was told, and what counts of the agencies' answers."""
    found = [
        Piece("circumstances", "What happened", case.circumstances, "The message that told of the death"),
        Piece(
            "suspected_cause",
            "Suspected cause of death",
            case.suspected_cause,
            "The message that told of the death",
        ),
        *_chosen(case),
        Piece("services", "Who knew the child", "\n".join(_services(case)), "The list of services"),
    ]
    return [piece for piece in found if piece.text.strip()]


def _chosen(case: Case) -> list[Piece]:
    """What was chosen of the agencies' answers, where that room has something to say."""
    name = "wholestory.child_deaths.queries.composite"
    chosen = getattr(import_module(name), "chosen", None) if find_spec(name) else None
    found: list[Piece] = []
    for line in (chosen(case) or ()) if chosen else ():
        label, words = getattr(line, "label", ""), getattr(line, "words", "")
        key = str(getattr(line, "key", "") or getattr(line, "question", "")) or f"line_{len(found) + 1}"
        if label and words:
            sources = getattr(line, "sources", ())
            found.append(Piece(f"said_{key}"[:60], str(label)[:200], str(words), _kinds(sources)))
    return found


def _kinds(sources: object) -> str:
    """How many told it: which agency it was would tell more than the panel needs."""
    many = len(tuple(sources)) if isinstance(sources, (list, tuple, set, frozenset)) else 0
    return "" if many == 0 else "From one agency" if many == 1 else f"From {many} agencies"


def _services(case: Case) -> list[str]:
    """Services by type and never by name."""
    rows = Service.objects.filter(child=case.child_id).select_related("agency").order_by("created_at")
    kinds = [
        row.role or (row.agency.get_sector_display() if row.agency else "Another service") for row in rows
    ]
    return list(dict.fromkeys(kinds))


def facts(case: Case, reference: str) -> list[tuple[str, str]]:
    """The facts at the head of the papers: an age and never a date of birth, a district and never an address."""
    child = case.child
    found = [("Reference", reference), ("Age at death", _age(case)), ("Sex", child.get_sex_display())]
    if child.ethnicity:
        of_2015 = {each.key: each.label for each in code_lists.ETHNICITY_2015}
        words = of_2015.get(child.ethnicity) or code_lists.label_in(code_lists.NHS_ETHNICITY, child.ethnicity)
        found.append(("Ethnicity", words))
    if child.gestation_weeks and _is_infant(case):
        found.append(("Gestation", ages.gestation_band(child.gestation_weeks).label))
    if child.birthweight_grams and _is_infant(case):
        found.append(("Birthweight", ages.weight_band(child.birthweight_grams).label))
    found.append(("Where the child lived", _home(case)))
    place = (
        code_lists.label_in(code_lists.PLACES_OF_DEATH, case.place_kind)
        if case.place_kind
        else "Not recorded"
    )
    found += [("Place of death", place), ("Expected or not", case.get_expected_display())]
    if case.died_on:
        first = case.died_on.year if case.died_on.month >= 4 else case.died_on.year - 1
        found.append(("Died in the year to 31 March", str(first + 1)))
    found.append(("Process", case.get_regime_display()))
    return found


def neutral(case: Case) -> str:
    """All that an agenda says of a case before anybody has declared: an age band."""
    band = _band(case)
    return (
        f"A child, {band.label.lower()}" if band is not ages.AgeBand.NOT_KNOWN else "A child, age not known"
    )


def _band(case: Case) -> ages.AgeBand:
    try:
        return ages.band_at(case.child.born_on, case.died_on)
    except ages.BornAfterDeath:
        return ages.AgeBand.NOT_KNOWN


def _age(case: Case) -> str:
    if case.child.born_on is None or case.died_on is None:
        return "Not known"
    try:
        age = ages.age_at(case.child.born_on, case.died_on).text
    except ages.BornAfterDeath:
        return "Not known"
    about = case.child.age_uncertain or case.child.born_precision == "about"
    return f"About {age}" if about else age[:1].upper() + age[1:]


def _is_infant(case: Case) -> bool:
    return _band(case) in (ages.AgeBand.NEONATAL, ages.AgeBand.INFANT)


def _home(case: Case) -> str:
    home = (
        Address.objects.filter(child=case.child_id, kind=Address.Kind.NORMAL).order_by("-created_at").first()
    )
    area = case.home_area or (home.area if home else None)
    return (
        instead_of_address(area.name if area else "", home.deprivation if home else None)
        .removeprefix("in ")
        .capitalize()
    )


def found_in(review: Review, case: Case, parts: Iterable[PackPart]) -> dict[UUID, tuple[Finding, ...]]:
    """For each part that goes to the panel, the places nobody has answered for."""
    known, left_in = known_of(case), kept(review)
    found = {}
    for part in parts:
        if not part.left_out:
            texts = {part.label: part.text}
            found[part.pk] = unanswered(scan(texts, known), left_in)
    return found
