"""Looked-after sets as councils send them, made for one test. Every child in them is invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from wholestory.indicators.child_level.figures import Figure
from wholestory.indicators.child_level.findings import Findings
from wholestory.indicators.child_level.looked_after.run import Outcome, work
from wholestory.indicators.child_level.window import Window, reporting_year

YEAR = reporting_year(2025)
HEADINGS = {
    "Header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
    "Episodes": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN",
    "Reviews": "CHILD,DOB,REVIEW,REVIEW_CODE",
    "UASC": "CHILD,SEX,DOB,DUC",
    "OC2": "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,"
    "SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
    "OC3": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM",
    "AD1": "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",
    "PlacedAdoption": "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED",
    "PrevPerm": "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM",
    "Missing": "CHILD,DOB,MISSING,MIS_START,MIS_END",
}

CLEAN: dict[str, list[str]] = {
    "Header": ["A,F,01/06/2015,WBRI,,,", "B,M,10/09/2012,AIND,,,", "C,U,02/02/2007,REFU,,,"],
    "Episodes": [
        "A,01/05/2024,S,C1,N1,U4,PR1,10/09/2024,X1,CUSTOMP,,,",
        "A,10/09/2024,P,C2,N1,U6,PR1,,,,,,",
        "B,15/03/2020,S,C2,N1,U4,PR4,20/12/2024,E4A,,,,",
        "C,01/01/2023,S,V2,N8,K2,PR4,,,,,,",
    ],
    "Reviews": ["A,01/06/2015,20/05/2024,PN1", "C,02/02/2007,01/10/2024,PN1"],
    "UASC": ["C,U,02/02/2007,"],
    "OC2": ["C,02/02/2007,12,,0,1,1,1,1,0,0,0"],
    "OC3": [],
    "AD1": [],
    "PlacedAdoption": [],
    "PrevPerm": ["A,01/06/2015,Z1,,"],
    "Missing": ["C,02/02/2007,M,05/05/2024,06/05/2024"],
}
"""A set in order: two looked after at the end of 2024-25, one who went home in December."""


LAST = {
    "Episodes": ["B,15/03/2020,S,C2,N1,U4,PR4,,,,,,", "C,01/01/2023,S,V2,N8,K2,PR4,,,,,,"],
    "Missing": [],
}
"""What the year before said of the two who were looked after then."""


def write_set(
    folder: Path, changed: Mapping[str, Sequence[str]] = {}, *, drop: Sequence[str] = ()
) -> list[Path]:
    """The clean set in a folder, with tables replaced (`Reviews`) or lengthened (`+Reviews`)."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, (name, headings) in enumerate(HEADINGS.items()):
        if name in drop:
            continue
        rows = [*changed.get(name, CLEAN[name]), *changed.get(f"+{name}", ())]
        path = folder / f"table_{number}.csv"
        path.write_text("\r\n".join([headings, *rows, ""]), encoding="utf-8", newline="")
        paths.append(path)
    return paths


def looked_at(
    folder: Path,
    changed: Mapping[str, Sequence[str]] = {},
    *,
    last: Mapping[str, Sequence[str]] | None = None,
    window: Window = YEAR,
    drop: Sequence[str] = (),
    figures: bool = True,
) -> Outcome:
    """The set read, checked and counted."""
    before = write_set(folder / "last", {**LAST, **last}) if last is not None else []
    return work(write_set(folder / "now", changed, drop=drop), window, last=before, figures=figures)


def wrong(folder: Path, changed: Mapping[str, Sequence[str]] = {}, **more: Any) -> Findings:
    """What is wrong in the set, without counting it."""
    return looked_at(folder, changed, figures=False, **more).findings


def places(findings: Findings) -> set[tuple[str, str, int | None, str]]:
    """(rule, table, line, child) of each finding."""
    return {(one.rule, one.table, one.line, one.child) for one in findings}


def figure(outcome: Outcome, name: str) -> Figure:
    """One figure. Raises ValueError."""
    (found,) = (one for one in outcome.figures if one.id == name)
    return found


def share(outcome: Outcome, name: str) -> tuple[int, int | None]:
    """Numerator and denominator."""
    one = figure(outcome, name)
    return one.numerator, one.denominator
