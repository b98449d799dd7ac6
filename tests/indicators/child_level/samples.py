"""Censuses for tests: the samples, and small ones written to order."""

from __future__ import annotations

from pathlib import Path

from wholestory.indicators.child_level.census.run import Outcome, work
from wholestory.indicators.child_level.figures import Figure
from wholestory.indicators.child_level.window import Window, reporting_year

FOLDER = Path(__file__).parents[1] / "data" / "census"
YEAR_2025 = reporting_year(2025)

IDENTIFIERS = (
    "<LAchildID>{id}</LAchildID><UPNunknown>UN1</UPNunknown>"
    "<PersonBirthDate>2015-06-01</PersonBirthDate><Sex>F</Sex>"
)
CHARACTERISTICS = "<Ethnicity>WBRI</Ethnicity><Disabilities><Disability>NONE</Disability></Disabilities>"


def el(name: str, *inside: object) -> str:
    """An element."""
    return f"<{name}>{''.join(map(str, inside))}</{name}>"


def child(
    *episodes: str, id: str = "A1", identifiers: str = "", characteristics: str = CHARACTERISTICS
) -> str:
    """A child of ten with nothing wrong, unless told otherwise."""
    identifiers = identifiers or IDENTIFIERS.format(id=id)
    return el(
        "Child", el("ChildIdentifiers", identifiers), el("ChildCharacteristics", characteristics), *episodes
    )


def episode(
    referred: str = "2024-06-03", *groups: str, source: str = "6", nfa: str = "0", need: str = "N1", closed: str = "",
    reason: str = "", conference: str = "",
) -> str:  # fmt: skip
    """An episode, open unless it has a closing date."""
    return el(
        "CINdetails",
        el("CINreferralDate", referred) if referred else "",
        el("ReferralSource", source),
        el("PrimaryNeedCode", need) if need else "",
        el("CINclosureDate", closed) if closed else "",
        el("ReasonForClosure", reason) if reason else "",
        el("DateOfInitialCPC", conference) if conference else "",
        *groups,
        el("ReferralNFA", nfa),
    )


def assessment(started: str = "", authorised: str = "", *factors: str) -> str:
    """An assessment; finished ones need a factor to have nothing wrong."""
    return el(
        "Assessments",
        el("AssessmentActualStartDate", started) if started else "",
        el("AssessmentAuthorisationDate", authorised) if authorised else "",
        el("FactorsIdentifiedAtAssessment", *(el("AssessmentFactors", one) for one in factors)) if factors else "",
    )  # fmt: skip


def enquiry(started: str = "", conference: str = "", no_conference: str = "0", target: str = "") -> str:
    """A section 47 enquiry."""
    return el(
        "Section47",
        el("S47ActualStartDate", started) if started else "",
        el("InitialCPCtarget", target) if target else "",
        el("DateOfInitialCPC", conference) if conference else "",
        el("ICPCnotRequired", no_conference) if no_conference else "",
    )


def plan(
    started: str, ended: str = "", *reviews: str, previous: str = "0", first: str = "NEG", latest: str = "NEG"
) -> str:
    """A child protection plan."""
    return el(
        "ChildProtectionPlans",
        el("CPPstartDate", started) if started else "",
        el("CPPendDate", ended) if ended else "",
        el("InitialCategoryOfAbuse", first),
        el("LatestCategoryOfAbuse", latest),
        el("NumberOfPreviousCPP", previous) if previous else "",
        el("Reviews", *(el("CPPreviewDate", one) for one in reviews)) if reviews else "",
    )


def in_need_plan(started: str, ended: str = "") -> str:
    """A child in need plan."""
    return el("CINPlanDates", el("CINPlanStartDate", started), el("CINPlanEndDate", ended) if ended else "")


def census(
    *children: str, year: int = 2025, reference: str | None = None, authority: str = "874", body: str = ""
) -> str:
    """A whole file, a line for each child."""
    reference = f"{year}-03-31" if reference is None else reference
    header = el(
        "Header",
        el("CollectionDetails", el("Collection", "CIN"), el("Year", year), el("ReferenceDate", reference)),
        el("Source", el("SourceLevel", "L"), el("LEA", authority)),
    )
    return el("Message", header, "\n", el("Children", "\n", *(f"{one}\n" for one in children)), body)


def written(folder: Path, text: str | bytes, name: str = "census.xml") -> Path:
    """The text as a file."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def run(folder: Path, *children: str, window: Window | None = None, **header: object) -> Outcome:
    """The outcome of a small census."""
    return work(written(folder, census(*children, **header)), window=window)  # type: ignore[arg-type]


def broken(outcome: Outcome) -> set[str]:
    """The rules that are broken, leaving out those about a whole file, which no small one satisfies."""
    return set(outcome.findings.counts) - {"2886Q", "2887Q", "2888Q", "2883"}


def figure(outcome: Outcome, name: str) -> Figure:
    """One figure by its id."""
    return next(one for one in outcome.figures if one.id == name)


def counted(outcome: Outcome, name: str) -> tuple[int, int | None]:
    """Its numerator and denominator."""
    one = figure(outcome, name)
    return one.numerator, one.denominator


def parts(outcome: Outcome, name: str, breakdown: str) -> dict[str, int]:
    """The numerators of a breakdown, without the noughts."""
    return {one.label: one.numerator for one in figure(outcome, name).breakdowns[breakdown] if one.numerator}
