"""Reading, checking and counting a load in the background. Files are in clear in memory alone; no line of a log, no
argument of a job and no text of an error says anything of what is in them.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import UUID

from wholestory import ledger
from wholestory.access import acting
from wholestory.documents.sealing import KeyMissing, Tampered
from wholestory.documents.shelf import Unreachable
from wholestory.indicators import in_the_clear
from wholestory.indicators.child_level import aggregate
from wholestory.indicators.child_level.beside import write_beside
from wholestory.indicators.child_level.census.reading import open_census
from wholestory.indicators.child_level.census.rulebook import Teller
from wholestory.indicators.child_level.findings import Findings, Refused
from wholestory.indicators.child_level.kinds import Asked, Worked, work
from wholestory.indicators.child_level.window import Window
from wholestory.indicators.command_line import tool_version
from wholestory.indicators.models import (
    ChildFiles,
    ChildSource,
    ErasedBecause,
    FileRole,
    LoadState,
    SealedFile,
)
from wholestory.indicators.operations import erasing
from wholestory.indicators.operations.children import keep
from wholestory.indicators.queries import children as queries
from wholestory.partners.models import Board

#: Findings of one rule that are kept with a load, and of all rules together. All of them are counted.
MOST_OF_A_RULE, MOST_KEPT = 200, 5_000
#: The workbook beside the data is made of memory too.
_BESIDE = "Errors beside the data.xlsx"
BROKE = (
    "Something in the file made the counting stop, and nothing of it was loaded. Check it with “wholestory returns"
    " check” at the council, or tell whoever looks after Wholestory."
)
log = logging.getLogger("wholestory.indicators")


@dataclass
class _Came:
    worked: Worked
    beside: Path | None


class _Quietly:
    """Whatever stops the work is known by its kind alone: the text of an error can quote what a file holds, and a job
    that fails writes that text into the log. What we say ourselves goes on."""

    _OURS = (Refused, in_the_clear.Harmful, Unreachable, Tampered, KeyMissing)

    def __init__(self) -> None:
        self.stopped = ""

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if kind is None or issubclass(kind, self._OURS) or not issubclass(kind, Exception):
            return False
        self.stopped = kind.__name__
        return True


def count(board: Board, load_id: UUID) -> bool:
    """Count one load; whether it was counted now. A second run finds it done, refused or erased and does nothing; one
    that was stopped half-way begins anew. A load that cannot be used is refused and its files are erased at once."""
    with acting.as_system(board, "tally"):
        load = _standing(load_id)
        if load is None:
            return False
        _note(load, state=LoadState.RUNNING, done=0)
        files = list(load.files.exclude(role=FileRole.BESIDE))
        authorities = queries.authorities(board)
    quietly = _Quietly()
    try:
        with quietly, in_the_clear.desk() as desk:
            came = _worked(board, load, files, authorities, desk)
            _keep(board, load_id, came)
    except Refused as refused:
        place = f"Line {refused.line}: " if refused.line else ""
        _refuse(board, load_id, f"{place}{refused.why} {refused.todo}".strip())
    except (in_the_clear.Harmful, Unreachable) as words:
        _refuse(board, load_id, str(words))
    except (Tampered, KeyMissing):
        _refuse(board, load_id, "The file could not be opened again. Send it once more.")
    else:
        if not quietly.stopped:
            return True
        log.warning(
            "files about children could not be counted",
            extra={"load": str(load_id), "kind": quietly.stopped},
        )
        _refuse(board, load_id, BROKE)
    return False


def _standing(load_id: UUID) -> ChildFiles | None:
    rows = ChildFiles.objects.select_for_update(of=("self",)).select_related("record", "basis", "board")
    return rows.filter(pk=load_id, state__in=[LoadState.WAITING, LoadState.RUNNING]).first()


def _note(load: ChildFiles, **said: Any) -> None:
    ledger.line("indicators.children_counted", load.record)
    for name, value in said.items():
        setattr(load, name, value)
    load.save(update_fields=list(said))


def _tell(board: Board, load_id: UUID, done: int) -> None:
    """Say how far it is, in a transaction of its own, so that a page can show it."""
    with acting.as_system(board, "tally"):
        load = _standing(load_id)
        if load is not None:
            _note(load, done=done)


def _worked(
    board: Board,
    load: ChildFiles,
    files: Sequence[SealedFile],
    authorities: frozenset[str],
    desk: in_the_clear.Desk,
) -> _Came:
    """Raises Refused, and what opening a sealed file raises."""
    paths = [desk.open(one, one.role) for one in files]
    _tell(board, load.pk, 1)
    authority = next(iter(authorities)) if len(authorities) == 1 else None
    if load.source == ChildSource.CENSUS:
        authority = _authority(paths[0], authorities)
    if load.source == ChildSource.LOOKED_AFTER:
        # The tables of a year belong together: each year has a folder of its own.
        paths = list(dict.fromkeys(path.parent for path in paths))
    window = Window(load.first_on, load.last_on)
    results = work(paths, Asked(window, authority, most=MOST_OF_A_RULE))
    for one in results:
        if isinstance(one, Refused):
            raise one
    done = [one for one in results if isinstance(one, Worked)]
    if len(done) != 1:
        raise Refused(files[0].name, "More than one file covers these days.", "Send one, and earlier ones.")
    _tell(board, load.pk, 2)
    worked = done[0]
    if not len(worked.findings):
        return _Came(worked, None)
    beside = desk.blank(_BESIDE)
    write_beside(beside, worked.sheets(), worked.findings, in_memory=True)
    return _Came(worked, beside)


def _authority(path: Path, authorities: frozenset[str]) -> str:
    """The authority of a census, before all of it is read. Raises Refused when the board does not answer for it."""
    header = open_census(path, Teller(path.name, Findings(most=0))).header
    if header.authority not in authorities:
        raise Refused(
            path.name,
            f"The file is of authority {header.authority or '(none)'}, and this board answers for"
            f" {' and '.join(sorted(authorities))}.",
            "Send the file of your own authority.",
            line=header.line,
            rule="PB-05",
        )
    return header.authority


def _keep(board: Board, load_id: UUID, came: _Came) -> None:
    """Write down what was counted and found. What was erased meanwhile stays erased."""
    found = came.worked.findings
    missing = found.not_listed
    with acting.as_system(board, "tally"):
        load = _standing(load_id)
        if load is None:
            return
        counted = aggregate.document(came.worked.made(None), tool=tool_version())
        rules = [
            {"rule": rule, "severity": severity.value, "count": many, "listed": many - missing.get(rule, 0)}
            for rule, severity, many in found.by_rule()
        ]
        listed = [_keepable(one.as_json()) for one in islice(found, MOST_KEPT)]
        _note(
            load, state=LoadState.DONE, done=queries.STEPS, children=came.worked.children, rules=rules, findings=listed,
            counted=counted,
        )  # fmt: skip
        # A run that was stopped may have left one.
        load.files.filter(role=FileRole.BESIDE).update(wrapped_key=b"")
        if came.beside is not None:
            with came.beside.open("rb") as content:
                keep(load, FileRole.BESIDE, _BESIDE, content)


def _keepable(finding: dict[str, Any]) -> dict[str, Any]:
    """A finding without the one letter the database does not keep."""
    return {
        name: value.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value
        for name, value in finding.items()
    }


def _refuse(board: Board, load_id: UUID, why: str) -> None:
    with acting.as_system(board, "tally"):
        load = _standing(load_id)
        if load is not None:
            erasing.erase(load, ErasedBecause.REFUSED, board.today(), refused=why[:600])
