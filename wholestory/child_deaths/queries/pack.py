"""What the papers of a case are made from, and what in them may still name somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.text import slugify

from wholestory.child_deaths.models import Address, Case, PackPart, Review, Service
from wholestory.child_deaths.queries import composite
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
    """What counts of the agencies' answers, a piece for each section of the forms. What only some may see is left out,
    and which agency said it: it would tell more than the panel needs."""
    counts = composite.chosen(case)
    found = []
    for number, section in enumerate(composite.page(case).sections, 1):
        lines = [
            f"{line.label}: {words}"
            for line in section.lines
            if not line.restricted and line.key in counts and (words := str(counts[line.key].words).strip())
        ]
        if lines:
            key = f"section_{number}_{slugify(section.title)}"[:60]
            found.append(Piece(key, section.title[:200], "\n".join(lines), "What agencies reported"))
    return found


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
