"""Census files for the command and for loading: the latest of them counted, earlier ones looked back to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from wholestory.indicators.child_level.aggregate import Input
from wholestory.indicators.child_level.beside import Sheet
from wholestory.indicators.child_level.census.reading import open_census
from wholestory.indicators.child_level.census.records import CHILD_FIELDS, FIELDS, Child, Record
from wholestory.indicators.child_level.census.rulebook import Teller
from wholestory.indicators.child_level.census.run import Expected, Outcome, covers, work
from wholestory.indicators.child_level.findings import Findings, Refused
from wholestory.indicators.child_level.kinds import Asked, Worked
from wholestory.indicators.child_level.window import Window


def worked(paths: Sequence[Path], asked: Asked) -> list[Worked | Refused]:
    """With a window, the file that covers it is counted and the earlier ones are looked back to. Without one, every
    file is taken over its own year, looking back to those before it."""
    if len(paths) == 1:
        return [_one(paths[0], (), asked)]
    results: list[Worked | Refused] = []
    placed: list[tuple[Window, Path]] = []
    for path in paths:
        try:
            placed.append((covers(path), path))
        except Refused as refused:
            results.append(refused)
    placed.sort(key=lambda one: one[0].last)
    counted = placed
    if asked.window is not None and len(placed) > 1:
        counted = [one for one in placed if one[0].holds(asked.window.last)] or placed[-1:]
    for window, path in counted:
        results.append(_one(path, [other for span, other in placed if span.last < window.last], asked))
    return results


def _one(path: Path, before: Sequence[Path], asked: Asked) -> Worked | Refused:
    try:
        outcome = work(
            path,
            window=asked.window,
            earlier=before,
            expected=Expected(asked.authority, asked.year),
            figures=asked.figures,
            keep=asked.keep,
            most=asked.most,
        )
    except Refused as refused:
        return refused
    return _worked(path, outcome)


def _worked(path: Path, outcome: Outcome) -> Worked:
    inputs = (Input(outcome.file, outcome.sha256), *(Input(*one, "looked_back") for one in outcome.earlier))
    return Worked(
        "census",
        outcome.file,
        inputs,
        outcome.header.authority,
        outcome.window,
        outcome.findings,
        outcome.children,
        outcome.figures,
        kept=outcome.kept,
        sheets=partial(sheets, path, outcome.findings),
    )


COLUMNS: dict[str, tuple[str, ...]] = {
    "ChildIdentifiers": CHILD_FIELDS[:-1],
    "ChildCharacteristics": ("Ethnicity", "Disability"),
    **FIELDS,
    "Reviews": ("CPPstartDate", "CPPreviewDate"),
}


def sheets(path: Path, findings: Findings) -> Iterable[Sheet]:
    """The records that have a finding, table by table. The file is read again, so that none had to be kept."""
    wanted = {(one.table, one.line) for one in findings if one.line is not None}
    rows: dict[str, list[tuple[int, Sequence[Any]]]] = {table: [] for table in COLUMNS}
    census = open_census(path, Teller(path.name, Findings(most=0)))
    for child in census.children():
        for table, line, record, more in _records(child):
            if (table, line) in wanted:
                columns = COLUMNS[table]
                cells = [more.get(name, record.sent.get(name, "")) for name in columns]
                rows[table].append((line, [child.key or "", *cells]))
    for table, found in rows.items():
        if found:
            named = COLUMNS[table] if table == "ChildIdentifiers" else ("LAchildID", *COLUMNS[table])
            yield Sheet(
                table, named, [(n, row[1:]) for n, row in found] if named is COLUMNS[table] else found
            )


def _records(child: Child) -> Iterable[tuple[str, int, Record, dict[str, str]]]:
    yield "ChildIdentifiers", child.line, child, {}
    yield "ChildCharacteristics", child.characteristics_line, child, {}
    for episode in child.episodes:
        records: tuple[Sequence[Record], ...] = (
            [episode], episode.assessments, episode.enquiries, episode.plans, episode.protection,
        )  # fmt: skip
        for kind in records:
            for record in kind:
                yield record.table, record.line, record, {}
        for plan in episode.protection:
            for line in dict.fromkeys(line for _, line in plan.reviews):
                dates = " ".join(plan.review_texts(line))
                yield "Reviews", line, plan, {"CPPreviewDate": dates}
