"""The census XML as a stream of children, whatever shape the sending system gave it.

One child is in memory at a time. Broken XML, a document type, a record of megabytes and a file that is no census raise
Refused; everything smaller is a finding, and reading goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

from wholestory.indicators.child_level.census.children import ChildReader
from wholestory.indicators.child_level.census.rulebook import Teller
from wholestory.indicators.child_level.census.text import Source, examine
from wholestory.indicators.child_level.findings import Refused
from wholestory.indicators.child_level.limits import LIMITS, Limits

_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_TRUNCATED = (
    "Premature end",
    "EndTag: '</' not found",
    "Extra content",
    "no element found",
    "Couldn't find end",
)


@dataclass(frozen=True, slots=True)
class Header:
    """What the file says of itself. `reference` and `year` are None when missing or unreadable."""

    collection: str
    year: int | None
    reference: date | None
    authority: str
    line: int
    sent: dict[str, str]


class Census:
    """An opened census: its `source` and `header`, then its `children`, once."""

    def __init__(self, source: Source, teller: Teller, limits: Limits) -> None:
        self.source, self.teller, self._limits = source, teller, limits
        self._parser: Any = etree.XMLPullParser(
            events=("end",),
            tag=("{*}Header", "{*}Child"),
            encoding="utf-8",
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        self._chunks = source.chunks()
        self._waiting: list[Any] = []
        self._rooted = False
        self.header = self._header()

    def children(self) -> Iterator[Any]:
        """Each child in the order of the file. Raises Refused where the XML breaks."""
        reader = ChildReader(self.teller, self.header.year or 0)
        found = 0
        for element in self._elements():
            if not element.tag.endswith("Child"):
                continue
            found += 1
            yield reader.child(element)
            self._forget(element)
        reader.finish()
        if not found:
            raise Refused(self.source.name, "The file holds no child.", "Export it again, with its children.")

    def _elements(self) -> Iterator[Any]:
        yield from self._waiting
        self._waiting = []
        while self._more():
            for _, element in self._parser.read_events():
                self._since = 0
                yield element

    _since = 0

    def _more(self) -> bool:
        """Parse the next piece. False at the end of the file."""
        chunk = next(self._chunks, None)
        try:
            if chunk is None:
                self._parser.close()
                return False
            self._since += len(chunk)
            if self._since > self._limits.one_record + len(chunk):
                raise Refused(
                    self.source.name,
                    f"More than {self._limits.one_record // 2**20} MB of the file belong to no child or to one.",
                    "This is not how a census looks; export it again.",
                )
            self._parser.feed(chunk)
        except etree.XMLSyntaxError as problem:
            raise _broken(self.source.name, problem) from problem
        return True

    def _header(self) -> Header:
        first: list[Any] = []
        while not first and self._more():
            for _, element in self._parser.read_events():
                self._since = 0
                first.append(element)
        if not first:
            raise Refused(
                self.source.name, "The file is XML, but no Children in Need census: it holds no child.",
                "Check that it is the right file.",
            )  # fmt: skip
        root = first[0].getroottree().getroot()
        if etree.QName(root).localname != "Message":
            raise Refused(
                self.source.name, "The file is XML, but no Children in Need census: it does not begin with Message.",
                "Check that it is the right file.", line=root.sourceline,
            )  # fmt: skip
        header = first[0] if first[0].tag.endswith("Header") else None
        self._waiting = first[1:] if header is not None else first
        sent = {} if header is None else _leaves(header)
        told = _header(sent, 0 if header is None else header.sourceline, self.source.name)
        if header is not None:
            self._forget(header)
        return told

    def _forget(self, element: Any) -> None:
        """Free what has been read, and the records before it."""
        parent = element.getparent()
        element.clear()
        if parent is None:
            return
        while (before := element.getprevious()) is not None:
            if before.tail and before.tail.strip():
                self.teller.tell_cell("XML-1", "", "", element.sourceline, "", before.tail.strip())
            parent.remove(before)


def open_census(path: Path, teller: Teller, limits: Limits = LIMITS) -> Census:
    """Raises Refused when it cannot be read as a census at all."""
    source = examine(path, limits)
    census = Census(source, teller, limits)
    if source.misnamed:
        teller.tell_file("XML-4", f"says {source.misnamed}; is {source.encoding}", line=1)
    if source.comments:
        teller.tell_file("XML-5", f"{source.comments:,}", line=source.comment_line)
    return census


def _leaves(element: Any) -> dict[str, str]:
    return {
        etree.QName(leaf).localname: text
        for leaf in element.iter(etree.Element)
        if len(leaf) == 0 and (text := (leaf.text or "").strip())
    }


def _header(sent: dict[str, str], line: int, name: str) -> Header:
    collection = sent.get("Collection", "")
    if collection and collection.upper() != "CIN":
        raise Refused(
            name, f"The file is of another collection, “{collection[:20]}”.", "Send the Children in Need census.",
            line=line, rule="PB-05",
        )  # fmt: skip
    year = sent.get("Year", "")
    try:
        reference = date.fromisoformat(sent.get("ReferenceDate", "")[:10])
    except ValueError:
        reference = None
    if reference is not None and not _FIRST_YEAR <= reference.year <= _LAST_YEAR:
        reference = None
    return Header(
        collection,
        int(year)
        if len(year) == 4 and year.isascii() and year.isdigit() and _FIRST_YEAR <= int(year) <= _LAST_YEAR
        else None,
        reference,
        sent.get("LEA", ""),
        line,
        sent,
    )


def _broken(name: str, problem: etree.XMLSyntaxError) -> Refused:
    said = str(problem.msg or "")
    line = problem.lineno or None
    if any(sign in said for sign in _TRUNCATED):
        return Refused(
            name, "The file ends in the middle or goes on after its end: it was cut short or put together wrongly.",
            "Export it again and send it whole.", line=line,
        )  # fmt: skip
    return Refused(
        name, f"The XML is broken ({said.split(', line')[0][:120]}).", "Export it again.", line=line
    )
