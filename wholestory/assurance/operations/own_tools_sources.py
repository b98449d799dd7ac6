"""What a draft was begun from, as it keeps it: a pasted list, or the tables of a file with the columns chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, TypeAlias

from wholestory.assurance.models import FrameworkDraft
from wholestory.assurance.rules.own_tools_columns import Columns, guessed
from wholestory.assurance.rules.own_tools_found import Found
from wholestory.assurance.rules.own_tools_list import read_list
from wholestory.assurance.rules.own_tools_rows import read_rows
from wholestory.assurance.tables import Row, Table

FORMAT = 1
#: Cells of an uploaded table that a draft keeps. A tool has some hundreds.
MOST_KEPT_CELLS = 60_000
LONGEST_LIST = 200_000
Json: TypeAlias = dict[str, Any]


class ToolRefused(ValueError):
    """The tool cannot be changed or published like that; the message says what to do."""


def as_source(tables: Sequence[Table], name: str) -> Json:
    """Tables as a draft keeps them. Raises ToolRefused when they are too large to be a list of questions."""
    if sum(len(table.rows) * table.width for table in tables) > MOST_KEPT_CELLS:
        raise ToolRefused(
            f"“{name}” holds more than {MOST_KEPT_CELLS:,} cells. Keep only the table with the questions in it."
        )
    return {"kind": "table", "name": name, "tables": [asdict(table) for table in tables]}


def tables_of(draft: FrameworkDraft) -> tuple[Table, ...]:
    """The tables a draft was begun from; none where it was begun from something else."""
    return tuple(
        Table(
            each["name"],
            tuple(Row(row["number"], tuple(row["cells"])) for row in each["rows"]),
            each["kind"],
            each["heading"],
        )
        for each in draft.definition.get("source", {}).get("tables", [])
    )


def columns_of(draft: FrameworkDraft) -> Columns:
    """The columns as chosen; as guessed until somebody chose."""
    if chosen := draft.definition.get("columns"):
        return Columns(chosen["table"], chosen["header"], chosen["scale"], tuple(chosen["roles"]))
    return guessed(tables_of(draft))


def list_of(draft: FrameworkDraft) -> str:
    """The list it was begun from."""
    return str(draft.definition.get("source", {}).get("text", ""))


def said_of(draft: FrameworkDraft) -> dict[str, str]:
    """What the officer said that lines of the list are, by the line's key."""
    return dict(draft.definition.get("source", {}).get("said", {}))


def found_in(draft: FrameworkDraft) -> Found:
    """The dry run: the questions that would be made of its source, and every fault."""
    tables = tables_of(draft)
    return read_rows(tables, columns_of(draft)) if tables else read_list(list_of(draft), said_of(draft))
