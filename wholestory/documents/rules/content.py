"""What a file really is, judged by its content, and whether that is something the board takes.

Only kinds that can be scanned, opened by everybody and printed are taken. Macros are refused whatever the file's
name says: they are the usual way to bring harm in an office document.
"""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import SEEK_END
from typing import IO

import filetype

from wholestory.documents.rules.names import LONGEST_NAME, ending

MOST_BYTES = 50 * 1024 * 1024
MOST_AT_ONCE = 10
MOST_FOR_ONE_RECORD = 60

_PIECE = 64 * 1024
_HEAD = 8192
_OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")
_MOST_PARTS = 5_000
_MOST_UNPACKED = 500 * 1024 * 1024
_MOST_EXPANSION = 100
_SMALL_UNPACKED = 20 * 1024 * 1024
_MOST_LIST_OF_PARTS = 1024 * 1024


@dataclass(frozen=True)
class FileType:
    """A kind of file the board takes; the first ending is the usual one."""

    media_type: str
    label: str
    endings: tuple[str, ...]


PDF = FileType("application/pdf", "PDF", ("pdf",))
WORD = FileType(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word document", ("docx",)
)
EXCEL = FileType(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel workbook", ("xlsx",)
)
SLIDES = FileType(
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "PowerPoint slides",
    ("pptx",),
)
OPEN_TEXT = FileType("application/vnd.oasis.opendocument.text", "OpenDocument text", ("odt",))
OPEN_SHEET = FileType("application/vnd.oasis.opendocument.spreadsheet", "OpenDocument spreadsheet", ("ods",))
PNG = FileType("image/png", "PNG picture", ("png",))
JPEG = FileType("image/jpeg", "JPEG picture", ("jpg", "jpeg"))
TEXT = FileType("text/plain", "Text", ("txt",))
CSV = FileType("text/csv", "CSV table", ("csv",))

TAKEN = (PDF, WORD, EXCEL, SLIDES, OPEN_TEXT, OPEN_SHEET, PNG, JPEG, TEXT, CSV)
ENDINGS = tuple(end for kind in TAKEN for end in kind.endings)
ACCEPT = ",".join(f".{end}" for end in ENDINGS)
"""For the browser's file chooser: a courtesy, not a check."""
IN_WORDS = (
    "PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), OpenDocument, pictures (.png, .jpg), .txt or .csv"
)

_BY_MAIN_PART = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": WORD,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": EXCEL,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": SLIDES,
}
_BY_OPEN_TYPE = {kind.media_type: kind for kind in (OPEN_TEXT, OPEN_SHEET)}
_MACRO_PARTS = ("vbaproject", "vbadata", "/macrosheets/", "/activex/", "/basic/", "/scripts/")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_ENDINGS = frozenset({"doc", "xls", "ppt", "docx", "xlsx", "pptx"})
_MACRO_ENDINGS = frozenset({"docm", "xlsm", "pptm", "dotm", "xltm", "xlsb", "xlam", "ppam", "potm"})


class NotTaken(Exception):
    """A file the board does not take. The text is a sentence for the person who sent it."""


def in_words(accepts: Sequence[str] = ()) -> str:
    """What may be sent, in words: everything the board takes, or only the endings a place ``accepts``."""
    if not accepts:
        return IN_WORDS
    *most, last = [f".{end}" for end in accepts]
    return f"{', '.join(most)} or {last}" if most else last


def what_is(name: str, size: int, content: IO[bytes], accepts: Sequence[str] = ()) -> FileType:
    """The kind of a file called ``name`` of ``size`` bytes. Leaves ``content`` at its start.

    ``accepts`` are the endings of the place it is for, where that takes fewer kinds than the board does.
    Raises NotTaken with the reason and the way out.
    """
    _check_outside(name, size, accepts)
    content.seek(0)
    try:
        found = _by_content(name, content, accepts)
    finally:
        content.seek(0)
    if accepts and not set(accepts) & set(found.endings):
        raise NotTaken(
            f"“{name}” is a {found.label} by its content, and cannot be added here. Send {in_words(accepts)}"
        )
    if ending(name) not in found.endings:
        raise NotTaken(
            f"“{name}” is a {found.label} by its content. "
            f"Rename it to end in .{found.endings[0]}, or choose another file"
        )
    return found


def _check_outside(name: str, size: int, accepts: Sequence[str]) -> None:
    if len(name) > LONGEST_NAME:
        raise NotTaken(
            f"The name of the file must be {LONGEST_NAME} characters or fewer. Rename it and choose it again"
        )
    if size == 0:
        raise NotTaken(f"“{name}” is empty")
    if size > MOST_BYTES:
        raise NotTaken(f"“{name}” must be smaller than {MOST_BYTES // (1024 * 1024)} MB")
    if ending(name) in _MACRO_ENDINGS:
        raise NotTaken(_with_macros(name))
    if ending(name) not in ENDINGS and ending(name) not in _OLD_ENDINGS:
        raise NotTaken(f"“{name}” cannot be taken. Send {in_words(accepts)}")


def _with_macros(name: str) -> str:
    return (
        f"“{name}” holds macros, which can do harm. Save it without them (.docx, .xlsx) and choose it again"
    )


def _by_content(name: str, content: IO[bytes], accepts: Sequence[str]) -> FileType:
    head = content.read(_HEAD)
    if head.startswith(b"%PDF-"):
        _check_whole_pdf(name, head, content)
        return PDF
    if head.startswith(_OLD_OFFICE):
        raise NotTaken(
            f"“{name}” has a password or is in an older format. Save it as .docx, .xlsx or .pptx without a password"
        )
    guessed = filetype.guess(head)
    for picture in (PNG, JPEG):
        if guessed is not None and guessed.mime == picture.media_type:
            return picture
    if head.startswith(b"PK\x03\x04"):
        return _office(name, content, accepts)
    if ending(name) in {"txt", "csv"} and _is_text(content):
        return CSV if ending(name) == "csv" else TEXT
    raise NotTaken(f"“{name}” is not what its name says, or is damaged. Send {in_words(accepts)}")


def _check_whole_pdf(name: str, head: bytes, content: IO[bytes]) -> None:
    """A first line alone makes no PDF: it holds objects, and ends with a mark (ISO 32000-1, 7.5.5)."""
    size = content.seek(0, SEEK_END)
    content.seek(max(0, size - _HEAD))
    if not _OBJECT.search(head) or b"%%EOF" not in content.read():
        raise NotTaken(f"“{name}” is not a whole PDF. Save it as a PDF again and choose it again")


def _office(name: str, content: IO[bytes], accepts: Sequence[str]) -> FileType:
    content.seek(0)
    damaged = NotTaken(f"“{name}” is damaged. Open it, save it again and choose it again")
    try:
        with zipfile.ZipFile(content) as packed:
            _check_parts(name, packed.infolist())
            listed = _first(packed, "[Content_Types].xml")
            open_type = _first(packed, "mimetype").strip()
    except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, EOFError) as reason:
        raise damaged from reason
    if "macroEnabled" in listed or "vbaProject" in listed:
        raise NotTaken(_with_macros(name))
    for main_part, kind in _BY_MAIN_PART.items():
        if main_part in listed:
            return kind
    if open_type in _BY_OPEN_TYPE:
        return _BY_OPEN_TYPE[open_type]
    raise NotTaken(
        f"“{name}” is not what its name says, or is a packed folder. Send its files one by one: {in_words(accepts)}"
    )


def _check_parts(name: str, parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > _MOST_PARTS:
        raise NotTaken(f"“{name}” has too many parts to be checked")
    packed, unpacked = sum(p.compress_size for p in parts), sum(p.file_size for p in parts)
    if unpacked > _MOST_UNPACKED or (unpacked > _SMALL_UNPACKED and unpacked > packed * _MOST_EXPANSION):
        raise NotTaken(f"“{name}” unpacks to more than can be checked")
    if any(part.flag_bits & 1 for part in parts):
        raise NotTaken(f"“{name}” has a password. Save it without one and choose it again")
    # A slash before each name, so that a part at the top is found like one in a folder.
    names = [f"/{part.filename.lower()}" for part in parts]
    if any(sign in one for one in names for sign in _MACRO_PARTS):
        raise NotTaken(_with_macros(name))


def _first(packed: zipfile.ZipFile, part: str) -> str:
    """The beginning of a part, or nothing when it is not there."""
    if part not in packed.NameToInfo:
        return ""
    with packed.open(part) as opened:
        return opened.read(_MOST_LIST_OF_PARTS).decode("utf-8", "replace")


def _is_text(content: IO[bytes]) -> bool:
    """Whether all of it reads as text, in UTF-8 or as older Windows programs write it."""
    return _reads_as("utf-8-sig", content) or _reads_as("cp1252", content)


def _reads_as(encoding: str, content: IO[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    content.seek(0)
    try:
        for piece, last in _pieces(content):
            text = decoder.decode(piece, final=last)
            if any(character < " " and character not in "\t\n\r\f" for character in text):
                return False
    except UnicodeDecodeError:
        return False
    return True


def _pieces(content: IO[bytes]) -> Iterator[tuple[bytes, bool]]:
    while piece := content.read(_PIECE):
        yield piece, False
    yield b"", True
