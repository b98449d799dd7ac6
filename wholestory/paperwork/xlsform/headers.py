"""The columns of an XLSForm: their names, older names and languages, found in whatever order and case they stand.

The names are those of the XLSForm reference and of the program most others are built on (pyxform); older spellings are
read as it reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from wholestory.paperwork.xlsform.findings import Finding, Spot
from wholestory.paperwork.xlsform.workbook import Sheet

OWN = "wholestory::"
"""What our own columns begin with."""
_OWN_SPELLINGS = ("wholestory::", "wholestory:", "wholestory_")

SURVEY: Mapping[str, str] = {
    "type": "type", "command": "type", "name": "name", "tag": "name", "value": "name", "label": "label",
    "caption": "label", "hint": "hint", "guidance_hint": "guidance_hint", "required": "required",
    "bind::required": "required", "required_message": "required_message", "requiredmsg": "required_message",
    "bind::jr::requiredmsg": "required_message", "relevant": "relevant", "relevance": "relevant",
    "bind::relevant": "relevant", "constraint": "constraint", "bind::constraint": "constraint",
    "constraint_message": "constraint_message", "constraining_message": "constraint_message",
    "bind::jr::constraintmsg": "constraint_message", "calculation": "calculation", "calculate": "calculation",
    "bind::calculate": "calculation", "choice_filter": "choice_filter", "appearance": "appearance",
    "control::appearance": "appearance", "default": "default", "read_only": "read_only", "readonly": "read_only",
    "bind::readonly": "read_only", "repeat_count": "repeat_count", "count": "repeat_count",
    "jr::count": "repeat_count", "parameters": "parameters", "rows": "rows", "control::rows": "rows",
    "disabled": "disabled", "trigger": "trigger", "autoplay": "autoplay", "save_to": "save_to",
}  # fmt: skip
CHOICES: Mapping[str, str] = {
    "list_name": "list_name", "name": "name", "value": "name", "label": "label", "caption": "label",
}  # fmt: skip
SETTINGS: Mapping[str, str] = {
    "form_title": "form_title", "set_form_title": "form_title", "title": "form_title", "form_id": "form_id",
    "set_form_id": "form_id", "id_string": "form_id", "version": "version",
    "default_language": "default_language", "allow_choice_duplicates": "allow_choice_duplicates",
}  # fmt: skip
_MEDIA = ("image", "big-image", "audio", "video")
_TRANSLATED = frozenset({"label", "hint", "guidance_hint", "constraint_message", "required_message"})
_ENGLISH = ("english", "en")


@dataclass(frozen=True)
class Cell:
    """One cell: its text without spaces around it, and where it is."""

    text: str
    spot: Spot


@dataclass(frozen=True)
class Row:
    """One row: its cells by the plain name of their column, our own by ``wholestory::name``."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]
    columns: Mapping[str, Spot]

    def text(self, column: str) -> str:
        """What stands in a column; nothing where there is none."""
        found = self.cells.get(column)
        return found.text if found else ""

    def spot(self, column: str) -> Spot:
        """Where a column's cell of this row is, also an empty one."""
        head = self.columns.get(column)
        return (
            Spot(self.sheet, self.number, head.column, head.header) if head else Spot(self.sheet, self.number)
        )


@dataclass(frozen=True)
class ExtraColumn:
    """A column that means nothing to us, kept as it was: its cells by row number."""

    spot: Spot
    cells: Mapping[int, str]


@dataclass
class Table:
    """A sheet by its columns."""

    name: str
    columns: dict[str, Spot] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    extras: list[ExtraColumn] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)
    not_held: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class _Header:
    column: int
    spelled: str
    plain: str
    language: str = ""
    kind: str = "known"


def languages(sheet: Sheet, known: Mapping[str, str]) -> Iterator[str]:
    """The languages of a sheet's labels, in order; empty for a label without one."""
    for header in _headers(sheet, known):
        if header.plain == "label":
            yield header.language


def chosen_language(sheets: list[tuple[Sheet, Mapping[str, str]]], default: str) -> str:
    """The one language that is read: the default one, else labels without any, else English, else the first."""
    found = [language for sheet, known in sheets for language in languages(sheet, known)]
    wanted = default.strip().casefold()
    if wanted and any(each.casefold() == wanted for each in found):
        return wanted
    if not found or "" in found:
        return ""
    return next((each for each in found if is_english(each)), found[0]).casefold()


def is_english(language: str) -> bool:
    """``English``, ``en``, ``English (en)``."""
    plain = language.casefold().strip()
    return plain in _ENGLISH or plain.startswith("english") or plain.endswith(("(en)", "(en-gb)"))


def read_table(sheet: Sheet, known: Mapping[str, str], language: str) -> Table:
    """A sheet by its columns, with what is wrong with its header row."""
    table = Table(sheet.name)
    if not sheet.rows:
        return table
    headers = list(_headers(sheet, known))
    taken = _one_for_each(table, headers, language)
    _set_aside(table, sheet, headers, taken)
    table.columns = {plain: Spot(sheet.name, 1, each.column, each.spelled) for plain, each in taken.items()}
    formulas = frozenset(sheet.formulas)
    for number, texts in enumerate(sheet.rows[1:], 2):
        cells = {}
        for plain, header in taken.items():
            text = texts[header.column - 1].strip()
            spot = Spot(sheet.name, number, header.column, header.spelled)
            if (number, header.column) in formulas:
                _formula(table, spot, text)
            if text:
                cells[plain] = Cell(text, spot)
        table.rows.append(Row(sheet.name, number, cells, table.columns))
    return table


def _formula(table: Table, spot: Spot, text: str) -> None:
    if text:
        what = f"a formula stands here; what it came to when the workbook was saved was read: “{text[:60]}”"
        table.not_held.append(Finding(spot, what))
    else:
        what = "a formula stands here, and the workbook does not say what it comes to: write the value itself"
        table.faults.append(Finding(spot, what))


def _headers(sheet: Sheet, known: Mapping[str, str]) -> Iterator[_Header]:
    for column, text in enumerate(sheet.rows[0] if sheet.rows else (), 1):
        spelled = " ".join(text.split())
        if spelled:
            yield _header(column, spelled, known)


def _header(column: int, spelled: str, known: Mapping[str, str]) -> _Header:
    folded = spelled.casefold()
    for own in _OWN_SPELLINGS:
        if folded.startswith(own):
            return _Header(column, spelled, OWN + folded.removeprefix(own).strip().replace(" ", "_"))
    divided = spelled.replace("::", ":").split(":")
    parts = [part.strip() for part in divided]
    plain = [part.casefold().replace(" ", "_") for part in parts]
    for many in (3, 2, 1):
        name = known.get("::".join(plain[:many]))
        if name is None or len(parts) < many:
            continue
        rest = parts[many:]
        if not rest:
            return _Header(column, spelled, name)
        if name in _TRANSLATED:
            return _Header(column, spelled, name, ":".join(rest))
    if plain[0] in _MEDIA or (plain[0] == "media" and len(plain) > 1 and plain[1] in _MEDIA):
        return _Header(column, spelled, "media", kind="media")
    return _Header(column, spelled, folded, kind="extra")


def _one_for_each(table: Table, headers: list[_Header], language: str) -> dict[str, _Header]:
    """The column that is read for each name."""
    taken: dict[str, _Header] = {}
    by_name: dict[str, list[_Header]] = {}
    for header in headers:
        if header.kind == "known":
            by_name.setdefault(header.plain, []).append(header)
    for plain, found in by_name.items():
        seen: dict[str, _Header] = {}
        for header in found:
            twin = seen.setdefault(header.language.casefold(), header)
            if twin is not header:
                what = f"this is the same column as “{twin.spelled}”: rename or remove one of the two"
                table.faults.append(Finding(Spot(table.name, 1, header.column, header.spelled), what))
        english = next((each for each in seen if is_english(each)), "")
        for wanted in (language, "", english, next(iter(seen))):
            if wanted in seen:
                taken[plain] = seen[wanted]
                break
    return taken


def _set_aside(table: Table, sheet: Sheet, headers: list[_Header], taken: dict[str, _Header]) -> None:
    """Columns that are not read: other languages, media, and those nobody knows."""
    read = {header.column for header in taken.values()}
    twice = {fault.spot.column for fault in table.faults}
    for header in headers:
        cells = {
            number: texts[header.column - 1].strip()
            for number, texts in enumerate(sheet.rows[1:], 2)
            if texts[header.column - 1].strip()
        }
        if header.column in read or header.column in twice or not cells:
            continue
        spot = Spot(sheet.name, 1, header.column, header.spelled)
        table.extras.append(ExtraColumn(spot, cells))
        table.not_held.append(Finding(spot, f"{_why_aside(header)} ({_counted(len(cells))})"))


def _why_aside(header: _Header) -> str:
    if header.kind == "media":
        return "pictures, sound and film beside a question are not held"
    if header.kind == "known":
        return "a form has one language here; this column was not read"
    return "this column means nothing to us and was kept aside"


def _counted(many: int) -> str:
    return "1 cell" if many == 1 else f"{many} cells"
