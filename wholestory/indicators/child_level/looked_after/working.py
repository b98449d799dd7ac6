"""Sets of the looked-after return for the command and for loading: the latest counted, the one before it looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from wholestory.indicators.child_level.aggregate import Input
from wholestory.indicators.child_level.beside import Sheet
from wholestory.indicators.child_level.days import NotADay, day_of_text
from wholestory.indicators.child_level.findings import Findings, Refused
from wholestory.indicators.child_level.kinds import Asked, Worked
from wholestory.indicators.child_level.looked_after.reading import read
from wholestory.indicators.child_level.looked_after.run import Outcome, work
from wholestory.indicators.child_level.window import reporting_year


def worked(paths: Sequence[Path], asked: Asked) -> list[Worked | Refused]:
    """The files of each folder are a set. Of several, the one whose episodes end last is counted, and the one before
    it is last year's. The tables name no period, so the window or the year has to be named."""
    sets = [files for files in _sets(paths) if files]
    if not sets:
        return [Refused(paths[0].name, "The folder holds no CSV file.", "Name the folder with the tables.")]
    window = asked.window or (reporting_year(asked.year) if asked.year else None)
    if window is None:
        return [
            Refused(
                sets[0][0].name,
                "The tables do not say which year they are of.",
                "Give the year with --year, or the window with --from and --to.",
            )
        ]
    try:
        if len(sets) > 2:
            raise Refused(sets[2][0].name, "More than two sets.", "Name this year's set and last year's.")
        ordered = sorted(sets, key=_latest) if len(sets) > 1 else sets
        outcome = work(
            ordered[-1],
            window,
            last=ordered[0] if len(ordered) > 1 else (),
            figures=asked.figures,
            keep=asked.keep,
            most=asked.most,
        )
    except Refused as refused:
        return [refused]
    return [_worked(ordered[-1], asked, outcome)]


def _sets(paths: Sequence[Path]) -> Iterable[list[Path]]:
    folders: dict[Path, list[Path]] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if one.suffix.lower() == ".csv")
            folders.setdefault(path.resolve(), []).extend(inside)
        else:
            folders.setdefault(path.resolve().parent, []).append(path)
    return folders.values()


def _latest(paths: Sequence[Path]) -> str:
    """The latest day an episode began in a set, to tell this year's from last year's."""
    latest = ""
    for path in paths:
        table = read(path, Findings(most=0))
        if table.layout.name == "Episodes":
            for sent in set(table.columns["DECOM"]):
                try:
                    latest = max(latest, day_of_text(sent).isoformat())
                except NotADay:
                    continue
    return latest


def _worked(paths: Sequence[Path], asked: Asked, outcome: Outcome) -> Worked:
    inputs = [Input(table.file, table.sha256) for table in outcome.tables.values()]
    inputs += [Input(table.file, table.sha256, "looked_back") for table in outcome.last.values()]
    name = paths[0].name if len(paths) == 1 else paths[0].resolve().parent.name
    return Worked(
        "looked_after",
        name,
        tuple(inputs),
        asked.authority or "",
        outcome.window,
        outcome.findings,
        outcome.children,
        outcome.figures,
        outcome.not_counted,
        asked.keep,
        sheets=partial(_sheets, outcome),
    )


def _sheets(outcome: Outcome) -> Iterable[Sheet]:
    told = {one.table for one in outcome.findings}
    for table in outcome.tables.values():
        if table.layout.name in told:
            yield Sheet(table.layout.name, list(table.columns), table.rows())
