"""Tables as people have them (Excel, older Excel, Word, CSV), read as rows of text that know their place.

``read_tables(content, name)`` gives every table of a file. Nothing is worked out: of a formula only the value that was
last saved with it is read. A merged cell gives its text to every row it covers, in its first column only: a heading
over the whole width stays one heading, and a standard beside six questions stands beside each of them.
"""

from __future__ import annotations

from wholestory.assurance.tables.excel import read_excel
from wholestory.assurance.tables.plain import read_csv, read_pasted
from wholestory.assurance.tables.shape import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    NotReadable,
    Row,
    Table,
    column_letter,
)
from wholestory.assurance.tables.word import read_paragraphs, read_word

__all__ = [
    "ENDINGS", "MOST_BYTES", "MOST_COLUMNS", "MOST_ROWS", "Cell", "NotReadable", "Row", "Table", "column_letter",
    "read_paragraphs", "read_pasted", "read_tables",
]  # fmt: skip

#: The endings of files this reads.
ENDINGS = ("xlsx", "xls", "docx", "csv")


def read_tables(content: bytes, name: str) -> tuple[Table, ...]:
    """Every table of the file called ``name`` that holds anything, in its order.

    Raises NotReadable with a sentence for the person who sent it: not one of ``ENDINGS``, damaged, protected by a
    password, or larger than ``MOST_BYTES``, ``MOST_ROWS`` or ``MOST_COLUMNS``.
    """
    if len(content) > MOST_BYTES:
        raise NotReadable(
            f"“{name}” is larger than {MOST_BYTES // (1024 * 1024)} MB. Keep only the table in it"
        )
    if not content:
        raise NotReadable(f"“{name}” is empty")
    ending = name.rpartition(".")[2].lower()
    if ending in {"xlsx", "xls"}:
        return read_excel(content, name)
    if ending == "docx":
        return read_word(content, name)
    if ending == "csv":
        return read_csv(content, name)
    raise NotReadable(f"“{name}” cannot be read. Send .xlsx, .xls, .docx or .csv")
