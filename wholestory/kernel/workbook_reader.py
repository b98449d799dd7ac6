"""The cells of a workbook, read in a process of its own: ``python -m wholestory.kernel.workbook_reader SHEETS ROWS
COLUMNS``. Only ``kernel.workbooks`` starts it.

The file comes in on standard input, JSON leaves on standard output. The library makes room for every cell between the
first and the last of a sheet, and for every repetition a file asks for: one cell in the far corner, a long text that
a million cells point to, or a row repeated a million times ask for more memory than there is, and then the process is
ended, not the request refused. So it is this process, and no other. Ends with 3 where the file cannot be read, with 4
where it has a password, and with 5 where it holds more than is taken.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

CANNOT_READ, PASSWORD, TOO_LARGE = 3, 4, 5
LONGEST_CELL = 32_767
#: Characters of all cells together, and sheets' cells together, empty ones counted.
MOST_CHARACTERS = 30_000_000
MOST_CELLS = 4_000_000
_MOST_MEMORY = 1536 * 1024 * 1024
_MOST_SECONDS = 30


def main(argv: list[str]) -> int:
    """Read the sheets as far as the limits go."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read())) as book:
            read = _sheets(book, *map(int, argv))
    except PasswordError:
        return PASSWORD
    except MemoryError:
        return TOO_LARGE
    except (CalamineError, OSError, ValueError):
        return CANNOT_READ
    if read is None:
        return TOO_LARGE
    json.dump(read, sys.stdout, default=_moment)
    return 0


def _sheets(book: Any, most: int, rows: int, columns: int) -> list[dict[str, object]] | None:
    """Each sheet's cells, up to so many rows and columns, with what else is known of it. None: more than is taken."""
    cells = characters = 0
    found: list[dict[str, object]] = []
    for about in book.sheets_metadata[:most]:
        kept: list[list[Any]] = []
        height = width = 0
        sheet = book.get_sheet_by_name(about.name) if _holds_cells(about) else None
        if sheet is not None:
            height, width = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
            cells += min(height, rows) * width
            if cells > MOST_CELLS:
                return None
            for row in sheet.to_python(skip_empty_area=False, nrows=rows):
                kept.append([one[:LONGEST_CELL] if isinstance(one, str) else one for one in row[:columns]])
                characters += sum(len(one) for one in kept[-1] if isinstance(one, str))
                if characters > MOST_CHARACTERS:
                    return None
        found.append(
            {
                "name": about.name,
                "rows": kept,
                "height": height,
                "width": width,
                "merged": list(sheet.merged_cell_ranges or ()) if sheet is not None else [],
                "hidden": str(about.visible) != "SheetVisibleEnum.Visible",
                "sheets": len(book.sheets_metadata),
            }
        )
    return found


def _holds_cells(about: Any) -> bool:
    return str(about.typ) == "SheetTypeEnum.WorkSheet"


def _moment(value: object) -> dict[str, object]:
    """A day or a time in JSON, to be told from a text by whoever reads it."""
    if isinstance(value, timedelta):
        return {"seconds": value.total_seconds()}
    if isinstance(value, (datetime, date, time)):
        return {type(value).__name__: value.isoformat()}
    raise TypeError(f"No cell holds a {type(value).__name__}.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
