"""Which agency a name in a file means, and which item a question is: guessed, for somebody to look at. Pure.

Source: domain notes on quality assurance, 6.2 items 17 and 20: only what is matched is compared, and bodies change
their names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.rules import past_tables as tables
from wholestory.assurance.rules.own_tools_columns import TableLike
from wholestory.assurance.rules.own_tools_found import plain
from wholestory.assurance.rules.own_tools_mapping import ALIKE, likeness
from wholestory.assurance.rules.past_tables import Asked, Layout, Shape

#: From this likeness on, a name is proposed; below it nothing is.
_NAME_ALIKE = 0.86
#: How many rare pieces of a name are looked up, and how many near names are compared.
_RAREST, _NEAREST = 12, 8
#: A question whose number and most of whose words agree.
_SAME_NUMBER = 0.5
_SURELY = 0.92
#: Words that say little of who an organisation is.
_FILLING = {"the", "and", "of", "ltd", "limited", "cic", "plc"}
#: Rows at the foot of a table that are no agency.
_SUMS = {
    "total",
    "totals",
    "average",
    "averages",
    "mean",
    "median",
    "overall",
    "all agencies",
    "sum",
    "grand total",
}


@dataclass(frozen=True)
class Named:
    """An agency as the directory has it: every name it goes by."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """What was found; ``sure`` is off where somebody must look. Empty ``id``: nothing was found."""

    id: str = ""
    sure: bool = False
    out: str = ""
    """Why it is no agency at all."""


def agencies_guessed(written: Mapping[str, str], among: Sequence[Named]) -> dict[str, Match]:
    """For each agency of a file, by its key, the one it seems to be. A name that two could answer to is nobody's."""
    exact = _by_name(among, _whole)
    loose = _by_name(among, _bare)
    near = _Near(among)
    return {key: _match(words, near, exact, loose) for key, words in written.items()}


def _match(words: str, near: _Near, exact: Mapping[str, set[str]], loose: Mapping[str, set[str]]) -> Match:
    if plain(words) in _SUMS:
        return Match(out="A sum or an average, no agency")
    for names, name in ((exact, _whole(words)), (loose, _bare(words))):
        found = names.get(name, set())
        if len(found) == 1:
            return Match(next(iter(found)), sure=True)
        if found:
            return Match()
    bare = _bare(words)
    found_near: dict[str, float] = {}
    for one, name in near.to(bare):
        found_near[one] = max(found_near.get(one, 0), likeness(bare, name))
    levels = sorted(((level, one) for one, level in found_near.items()), reverse=True)
    if levels and levels[0][0] >= _NAME_ALIKE and (len(levels) < 2 or levels[1][0] < levels[0][0]):
        return Match(levels[0][1])
    return Match()


def _whole(name: str) -> str:
    return plain(name)


def _bare(name: str) -> str:
    return " ".join(word for word in plain(name).split() if word not in _FILLING)


class _Near:
    """Finds the few names that share most with another, so that six hundred are not compared letter by letter."""

    def __init__(self, among: Sequence[Named]) -> None:
        self.names = [(one.id, name) for one in among for name in map(_bare, one.names) if name]
        self.having: dict[str, list[int]] = {}
        for at, (_, name) in enumerate(self.names):
            for piece in _pieces(name):
                self.having.setdefault(piece, []).append(at)

    def to(self, name: str) -> list[tuple[str, str]]:
        """The ids and names nearest to ``name``: those that share the pieces fewest names have."""
        pieces = sorted((self.having[piece] for piece in _pieces(name) if piece in self.having), key=len)
        shared = Counter(at for piece in pieces[:_RAREST] for at in piece)
        return [self.names[at] for at, _ in shared.most_common(_NEAREST)]


def _pieces(name: str) -> set[str]:
    """Every three letters in a row."""
    return {name[at : at + 3] for at in range(max(len(name) - 2, 1))}


def _by_name(among: Iterable[Named], folded: Callable[[str], str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in among:
        for name in one.names:
            key = folded(name)
            if key:
                found.setdefault(key, set()).add(one.id)
    return found


def questions_guessed(asked: Sequence[Asked], framework: Framework) -> dict[str, Match]:
    """For each question of a file, by its key, the item it seems to be. Each item is given once, the surest first."""
    rows = []
    by_number = {number: key for key, number in framework.numbers.items()}
    for at, one in enumerate(asked):
        for key, item in framework.items.items():
            level = likeness(one.text or one.words, item.text)
            same_number = by_number.get(one.number.rstrip(".)")) == key
            if plain(one.words) == plain(key) or plain(one.text) == plain(item.text):
                level, sure = 2.0, True
            elif same_number and level >= _SAME_NUMBER:
                level, sure = 1 + level, True
            elif level >= ALIKE:
                sure = level >= _SURELY
            elif same_number and not one.text:
                # A bare "1.1" is a number of whoever made the file: to be looked at.
                level, sure = 0.6, False
            else:
                continue
            rows.append((level, at, key, sure))
    found: dict[str, Match] = {one.key: Match() for one in asked}
    given: set[str] = set()
    for _, at, key, sure in sorted(rows, key=lambda row: (-row[0], row[1])):
        if not found[asked[at].key].id and key not in given:
            found[asked[at].key] = Match(key, sure)
            given.add(key)
    return found


_HEADS: Mapping[str, tuple[str, ...]] = {
    tables.AGENCY: (
        "agency", "organisation", "organization", "agency name", "organisation name", "name of agency", "school",
        "provider", "setting", "name of organisation", "partner", "respondent", "school name", "service",
    ),
    tables.NUMBER: (
        "no", "nr", "number", "ref", "reference", "q no", "question no", "question number", "item no", "q", "item",
        "question ref", "standard no", "id",
    ),
    tables.QUESTION: (
        "question", "questions", "statement", "criterion", "criteria", "sub standard", "requirement", "question text",
        "standard statement", "indicator", "expectation",
    ),
    tables.STANDARD: ("standard", "section", "theme", "area", "domain", "category", "key standard", "heading"),
    tables.SCORE: (
        "score", "self score", "rating", "rag", "rag rating", "grade", "self assessment", "self assessed score",
        "answer", "response", "agency score", "self rating", "level", "judgement",
    ),
    tables.MODERATED: (
        "moderated", "moderated score", "moderator score", "panel score", "board score", "validated score",
        "final score", "moderated rating", "lscb score",
    ),
    tables.COMMENT: (
        "comment", "comments", "commentary", "evidence", "narrative", "notes", "agency comments", "supporting evidence",
        "explanation", "evidence comments", "what does this rest on",
    ),
}  # fmt: skip


def role_of(head: str) -> str:
    """What a column seems to hold, by its heading."""
    said = plain(head)
    for role, heads in _HEADS.items():
        if said in heads:
            return role
    last = said.rpartition(" ")[2]
    if "moderated" in said or "moderator" in said:
        return tables.MODERATED
    if last in ("comment", "comments", "commentary", "evidence", "narrative"):
        return tables.COMMENT
    return tables.NOTHING


def roles_guessed(table: TableLike, layout: Layout, names: Iterable[str]) -> tuple[str, ...]:
    """A role for each column of a table that lies as ``layout`` says; ``names`` are agencies' names."""
    heads = tables.heads_of(table, layout)
    roles = [role_of(head) for head in heads]
    known = {plain(name) for name in names if name}
    if layout.shape is Shape.DOWN:
        if tables.AGENCY not in roles:
            roles[_names_in(table, layout, known)] = tables.AGENCY
        first = roles.index(tables.AGENCY)
        return tuple(
            role
            if role in (tables.COMMENT, tables.MODERATED) or at == first
            else tables.SCORE if at > first and head else tables.NOTHING
            for at, (role, head) in enumerate(zip(roles, heads, strict=True))
        )  # fmt: skip
    once: tuple[str, ...] = (tables.NUMBER, tables.QUESTION, tables.STANDARD)
    if layout.shape is Shape.ACROSS:
        roles = [
            role if role in (*once, tables.COMMENT, tables.MODERATED) else tables.SCORE if head else tables.NOTHING
            for role, head in zip(roles, heads, strict=True)
        ]  # fmt: skip
        if tables.QUESTION not in roles and roles:
            roles[0 if roles[0] != tables.NUMBER or len(roles) < 2 else 1] = tables.QUESTION
    else:
        once = (*once, tables.AGENCY, tables.SCORE, tables.COMMENT, tables.MODERATED)
        if layout.shape is Shape.COPY:
            roles = [tables.NOTHING if role == tables.AGENCY else role for role in roles]
    return tuple(
        tables.NOTHING if role in once and roles.index(role) < at else role for at, role in enumerate(roles)
    )


def _names_in(table: TableLike, layout: Layout, known: set[str]) -> int:
    """The column in which most names of agencies stand."""
    rows = [row.cells for row in table.rows if row.number > layout.header]
    counts = [sum(plain(cells[at]) in known for cells in rows) for at in range(table.width)]
    return max(range(table.width), key=lambda at: (counts[at], -at))


def shape_guessed(table: TableLike, header: int, names: Iterable[str]) -> Shape:
    """How a table seems to lie: by its headings, and by where agencies' names stand."""
    known = {plain(name) for name in names if name}
    heads = tables.heads_of(table, Layout(Shape.DOWN, header=header))
    roles = [role_of(head) for head in heads]
    across = sum(plain(head) in known for head in heads)
    down = max((_count(table, header, at, known) for at in range(table.width)), default=0)
    if tables.SCORE in roles and tables.AGENCY in roles:
        return Shape.LONG
    if across > down:
        return Shape.ACROSS
    if tables.SCORE in roles and not down:
        return Shape.COPY
    return Shape.DOWN


def _count(table: TableLike, header: int, at: int, known: set[str]) -> int:
    return sum(plain(row.cells[at]) in known for row in table.rows if row.number > header)


def header_guessed(table: TableLike, names: Iterable[str]) -> int:
    """The number of the row of headings: where most columns say what they hold; else the fullest of the first rows."""
    known = {plain(name) for name in names if name}
    best, at = 0, table.rows[0].number if table.rows else 1
    for row in table.rows[:12]:
        named = sum(bool(role_of(cell)) or plain(cell) in known for cell in row.cells)
        filled = sum(bool(cell) for cell in row.cells)
        worth = named * 3 + (filled if filled > 2 else 0)
        if worth > best:
            best, at = worth, row.number
    return at
