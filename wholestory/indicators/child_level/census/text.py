"""A file from outside as text: which encoding it is really in, how long it is, and whether it may be opened at all.

Looked at once from end to end before anything is parsed, in constant memory. A document type is refused here: it is
how a few lines of XML grow to gigabytes or fetch something from elsewhere, and a census has none.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wholestory.indicators.child_level.findings import Refused
from wholestory.indicators.child_level.limits import LIMITS, Limits

_CHUNK = 1 << 18
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
WINDOWS = "windows-1252"
RESAVE = "Save it again as XML in UTF-8."


@dataclass(frozen=True, slots=True)
class Source:
    """A file that may be parsed. `misnamed` is the encoding it names when that is not the one it is in; `comments`
    counts them, and `comment_line` is where the first stands."""

    path: Path
    size: int
    sha256: str
    encoding: str
    skip: int
    misnamed: str = ""
    comments: int = 0
    comment_line: int = 0

    @property
    def name(self) -> str:
        """The file's name, as findings give it."""
        return self.path.name

    def chunks(self) -> Iterator[bytes]:
        """The text as UTF-8, piece by piece, without its mark."""
        with self.path.open("rb") as file:
            file.seek(self.skip)
            yield from _as_utf8(iter(lambda: file.read(_CHUNK), b""), self.encoding)


def examine(path: Path, limits: Limits = LIMITS) -> Source:
    """Raises Refused when the file is missing, empty, too long, no XML, in an unknown encoding, or has a document
    type."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as problem:
        raise Refused(path.name, "The file cannot be opened.", "Check its name and place.") from problem
    if size == 0:
        raise Refused(path.name, "The file is empty.", "Export it again.")
    if size > limits.bytes:
        raise Refused(
            path.name,
            f"The file is {size // 2**20:,} MB long; at most {limits.bytes // 2**20:,} MB are read.",
            "Check that it is the census and nothing else.",
        )
    encoding, skip, declared = _encoding(path.name, head)
    if encoding == "utf-8" and not _is_utf8(path):
        encoding = WINDOWS
    misnamed = declared if _other(declared or "utf-8", encoding) else ""
    if encoding == WINDOWS and not declared:
        misnamed = "no encoding, which means UTF-8"
    source = Source(path, size, "", encoding, skip, misnamed)
    comments, line = _look_through(source, head)
    return Source(path, size, _sha256(path), encoding, skip, misnamed, comments, line)


def _encoding(name: str, head: bytes) -> tuple[str, int, str]:
    """The encoding, the bytes of its mark, and the encoding it names."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark), _named(head[len(mark) :].decode(encoding, "ignore").encode())
    if head.startswith(b"<\0"):
        return "utf-16-le", 0, "utf-16"
    if head.startswith(b"\0<"):
        return "utf-16-be", 0, "utf-16"
    declared = _named(head)
    if not declared:
        return "utf-8", 0, ""
    try:
        known = codecs.lookup(declared).name
    except LookupError as problem:
        raise Refused(name, f"The file names an encoding nobody knows, “{declared}”.", RESAVE) from problem
    # One byte for each sign, and yet it says two or four: it was saved again without changing what it says.
    if known.startswith(("utf-16", "utf-32", "utf-8", "utf_8", "ascii")):
        return "utf-8", 0, declared
    # What calls itself Latin-1 here is nearly always Windows', which has letters where Latin-1 has control signs.
    return (WINDOWS if known in {"iso8859-1", "cp1252"} else known), 0, declared


def _named(head: bytes) -> str:
    found = _DECLARED.match(head)
    return found.group(1).decode("ascii").lower() if found else ""


def _other(declared: str, encoding: str) -> bool:
    """Whether the name and the fact differ in a way somebody should know."""
    names = {
        "utf-8": {"utf8", "utf-8", "ascii", "us-ascii"},
        WINDOWS: {WINDOWS, "cp1252", "iso-8859-1", "latin-1"},
    }
    if encoding in names:
        return declared not in names[encoding]
    return not (declared.startswith(encoding[:6]) or codecs.lookup(declared).name == encoding)


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as problem:
            # A letter cut in two at the very end is a file cut short, which the parser tells better.
            return "unexpected end of data" in str(problem)
    return True


def _look_through(source: Source, head: bytes) -> tuple[int, int]:
    """Count comments; refuse what no census has."""
    lines, comments, first, tail, begun = 1, 0, 0, b"", False
    for chunk in source.chunks():
        if not begun and chunk.strip():
            begun = True
            if not chunk.lstrip().startswith(b"<"):
                kind = "a zip archive or workbook" if head.startswith(b"PK") else "no XML"
                raise Refused(source.name, f"The file is {kind}.", "Send the census as the XML file.")
        text = tail + chunk
        if found := _FORBIDDEN.search(text):
            raise Refused(
                source.name,
                "The file has a document type or entities, which a census never has and which can be used to attack"
                " the program that reads it.",
                "Export it again from the case system.",
                line=lines + text.count(b"\n", 0, found.start()),
            )
        comments += text.count(b"<!--")
        if comments and not first:
            first = lines + text.count(b"\n", 0, text.find(b"<!--"))
        cut = max(0, len(text) - 3) if text.endswith((b"<!-", b"<!")) else max(0, len(text) - 8)
        # The last few bytes are looked at again with the next piece, unless a comment begins in them.
        if b"<!--" in text[cut:]:
            cut = len(text)
        lines += text.count(b"\n", 0, cut)
        tail = text[cut:]
    if not begun:
        raise Refused(source.name, "The file holds nothing but blanks.", "Export it again.")
    return comments, first


def _as_utf8(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    if encoding == "utf-8":
        yield from pieces
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for piece in pieces:
        yield decoder.decode(piece).encode("utf-8")
    yield decoder.decode(b"", final=True).encode("utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
