"""Which kind of file somebody has, and one way to check and count each kind.

A census is XML, Ofsted's lists are a workbook, and the looked-after return is a set of CSV files. Each kind has a
function `worked(paths, asked)`, imported only when it is wanted.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from wholestory.indicators.child_level.aggregate import Input, Made
from wholestory.indicators.child_level.beside import Sheet
from wholestory.indicators.child_level.figures import Figure
from wholestory.indicators.child_level.findings import Findings, Refused
from wholestory.indicators.child_level.window import Window

WORKED = {
    "census": "wholestory.indicators.child_level.census.working",
    "annex_a": "wholestory.indicators.child_level.annex_a.working",
    "looked_after": "wholestory.indicators.child_level.looked_after.working",
}
TITLES = {
    "census": "Children in Need census",
    "annex_a": "Ofsted's lists (Annex A)",
    "looked_after": "Looked-after children (SSDA903)",
}
_ENDINGS = {
    ".xml": "census",
    ".csv": "looked_after",
    ".xlsx": "annex_a",
    ".xlsm": "annex_a",
    ".xls": "annex_a",
    ".ods": "annex_a",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of the files. `keep` are error rules whose rows are counted all the same."""

    window: Window | None = None
    authority: str | None = None
    year: int | None = None
    figures: bool = True
    sheets: bool = False
    keep: frozenset[str] = frozenset()
    most: int | None = None


@dataclass(slots=True)
class Worked:
    """What came of one file or set of files that belong together."""

    source: str
    name: str
    inputs: tuple[Input, ...]
    authority: str
    window: Window
    findings: Findings
    children: int
    figures: Sequence[Figure] = ()
    not_counted: dict[str, str] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    sheets: Callable[[], Iterable[Sheet]] = tuple
    """The rows as they were sent, for writing the errors beside them."""

    def made(self, population: int | None) -> Made:
        """For the aggregate file."""
        return Made(
            self.source, self.authority, self.window, self.inputs, self.figures, self.findings, self.children,
            self.kept, self.not_counted, population,
        )  # fmt: skip


def kind_of(path: Path) -> str:
    """By how the name ends; a folder is a set of CSV files. Raises Refused."""
    if path.is_dir():
        return "looked_after"
    kind = _ENDINGS.get(path.suffix.lower())
    if kind is None:
        raise Refused(
            path.name, "The name does not say what the file is.",
            "Census files end in .xml, looked-after tables in .csv, Ofsted's lists in .xlsx.",
        )  # fmt: skip
    return kind


def work(paths: Sequence[Path], asked: Asked) -> list[Worked | Refused]:
    """Check, and where it is asked count, every file. One that is refused comes out as that, and the others go on."""
    groups: dict[str, list[Path]] = {}
    results: list[Worked | Refused] = []
    for path in paths:
        try:
            groups.setdefault(kind_of(path), []).append(path)
        except Refused as refused:
            results.append(refused)
    for kind, group in groups.items():
        try:
            results += _worker(kind, group)(group, asked)
        except Refused as refused:
            results.append(refused)
    return results


Worker = Callable[[Sequence[Path], Asked], "list[Worked | Refused]"]


def _worker(kind: str, paths: Sequence[Path]) -> Worker:
    try:
        module = importlib.import_module(WORKED[kind])
    except ModuleNotFoundError as missing:
        if missing.name != WORKED[kind]:
            raise
        raise Refused(
            paths[0].name, f"This version does not read files of this kind ({TITLES[kind]})."
        ) from missing
    return cast("Worker", module.worked)
