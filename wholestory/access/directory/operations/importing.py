"""A membership spreadsheet from upload to the dry run. Nothing is written to the directory here."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from wholestory.access.directory import doors
from wholestory.access.directory.doors import Refusal
from wholestory.access.directory.models import MembershipImport
from wholestory.partners.importing import spreadsheets
from wholestory.partners.importing.lines import Line, Reading, lines
from wholestory.partners.importing.plan import Choices, Plan
from wholestory.partners.importing.planning import make_plan
from wholestory.partners.importing.same import Oneself
from wholestory.partners.models import Board, Person
from wholestory.partners.queries.snapshot import snapshot
from wholestory.partners.rules import columns
from wholestory.records.opening import office, the_circle

KEPT_FOR = timedelta(days=14)
"""How long an upload waits for its next step; each step begins the time again."""

UNDO_WITHIN = timedelta(days=30)

Open = MembershipImport.State.OPEN


@transaction.atomic
def upload(*, actor: Person, board: Board, file_name: str, content: bytes, today: date) -> MembershipImport:
    """Keep a spreadsheet's cells for the steps that follow. Raises NotASpreadsheet with a sentence."""
    doors.require(actor, board)
    sheets = spreadsheets.read(content)
    circle, _ = the_circle(board, "closed")
    kept = MembershipImport(
        circle=circle, office=office(board, "directory"), board=board, file_name=file_name[:200],
        sheets=[{"name": one.name, "rows": one.rows, "cut": one.cut} for one in sheets],
        uploaded_by=actor, expires_on=today + KEPT_FOR,
    )  # fmt: skip
    if len(sheets) == 1:
        _choose(kept, 0, columns.heading_row(sheets[0].rows))
    doors.line("spreadsheet_uploaded", board, "import", [kept.id])
    kept.save(force_insert=True)
    return kept


def _choose(kept: MembershipImport, sheet: int, heading_row: int) -> None:
    rows = kept.sheets[sheet]["rows"]
    if (kept.sheet, kept.heading_row) != (sheet, heading_row):
        kept.meanings = columns.guess(rows, heading_row)
        kept.options, kept.choices = {}, {}
    kept.sheet, kept.heading_row = sheet, heading_row


def _save(actor: Person, kept: MembershipImport, today: date, what: str) -> None:
    doors.require(actor, kept.board)
    if kept.state != Open:
        raise Refusal("This spreadsheet was applied or thrown away. Upload it again to start over.")
    doors.line(what, kept.board, "import", [kept.id])
    kept.expires_on = today + KEPT_FOR
    kept.save(force_update=True)


@transaction.atomic
def choose_sheet(*, actor: Person, kept: MembershipImport, sheet: int, heading_row: int, today: date) -> None:
    """Which sheet holds the members, and which of its rows the headings (counted from nought)."""
    if not 0 <= sheet < len(kept.sheets) or not 0 <= heading_row < len(kept.sheets[sheet]["rows"]):
        raise Refusal("Choose a row that is in the sheet.", "heading_row")
    _choose(kept, sheet, heading_row)
    _save(actor, kept, today, "spreadsheet_sheet_chosen")


@transaction.atomic
def map_columns(
    *, actor: Person, kept: MembershipImport, meanings: list[str], options: dict[str, Any], today: date
) -> None:
    """What each column holds, and how empty cells are read. Raises Refusal when nobody could be added that way."""
    chosen = [one for one in meanings if one and one != columns.TICKS]
    double = next((one for one in chosen if chosen.count(one) > 1), "")
    if double:
        raise Refusal(f"Two columns are marked as “{columns.LABELS[double]}”. Choose one of them.")
    if not {"full_name", "first_name", "last_name", "agency"} & set(chosen):
        raise Refusal(
            "Say which column holds the names, or the agencies. Without either nothing can be added."
        )
    kept.meanings = meanings
    kept.options = {**kept.options, **options}
    _save(actor, kept, today, "spreadsheet_columns_chosen")


@transaction.atomic
def decide(*, actor: Person, kept: MembershipImport, today: date, **decided: dict[str, Any]) -> None:
    """Remember what was decided about words for seats, agencies, groups or people; other decisions stay."""
    if "roles" in decided:
        kept.options = {**kept.options, "roles": {**kept.options.get("roles", {}), **decided.pop("roles")}}
    for about, values in decided.items():
        kept.choices = {**kept.choices, about: {**kept.choices.get(about, {}), **values}}
    _save(actor, kept, today, "spreadsheet_decided")


@transaction.atomic
def discard(*, actor: Person, kept: MembershipImport, today: date) -> None:
    """Throw a spreadsheet away: its cells are emptied at once."""
    kept_state, kept.state = kept.state, Open
    if kept_state != Open:
        raise Refusal("This spreadsheet was applied or thrown away already.")
    kept.state, kept.sheets, kept.choices = MembershipImport.State.DISCARDED, [], {}
    doors.require(actor, kept.board)
    doors.line("spreadsheet_discarded", kept.board, "import", [kept.id])
    kept.save(force_update=True)


@transaction.atomic
def empty_expired(*, actor: Person, board: Board, today: date) -> int:
    """Empty the cells of spreadsheets whose time is over. Safe to run twice; the system does it each night."""
    doors.require(actor, board)
    over = MembershipImport.objects.filter(board=board, expires_on__lt=today).exclude(sheets=[])
    ids = list(over.values_list("id", flat=True))
    if ids:
        doors.line("spreadsheets_expired", board, "import", ids)
        MembershipImport.objects.filter(pk__in=ids, state=Open).update(state=MembershipImport.State.DISCARDED)
        MembershipImport.objects.filter(pk__in=ids).update(sheets=[], choices={})
    return len(ids)


def reading_of(kept: MembershipImport) -> Reading:
    """How the sheet is to be read, from what was chosen on screen."""
    starts_on = kept.options.get("starts_on")
    return Reading(
        heading_row=kept.heading_row or 0,
        meanings=tuple(kept.meanings),
        fill_down=kept.options.get("fill_down", True),
        role_when_empty=kept.options.get("role_when_empty", ""),
        starts_on=date.fromisoformat(starts_on) if starts_on else None,
        groups_only=kept.options.get("groups_only", False),
        roles=kept.options.get("roles", {}),
    )


def choices_of(kept: MembershipImport) -> Choices:
    """What was decided on screen."""
    said = kept.choices
    return Choices(
        agencies=said.get("agencies", {}),
        sectors={key: (value[0], value[1]) for key, value in said.get("sectors", {}).items()},
        groups=said.get("groups", {}),
        people=said.get("people", {}),
        replace=bool(kept.options.get("replace")),
    )


def rows_of(kept: MembershipImport) -> list[list[str]]:
    """The cells of the chosen sheet."""
    return list(kept.sheets[kept.sheet]["rows"]) if kept.sheet is not None else []


def lines_of(kept: MembershipImport) -> list[Line]:
    """The lines of the chosen sheet, read as it was said."""
    return lines(rows_of(kept), reading_of(kept))


def dry_run(*, actor: Person, kept: MembershipImport, today: date) -> Plan:
    """What applying the spreadsheet would do now. Reads the directory, writes nothing."""
    doors.require(actor, kept.board)
    found = lines_of(kept)
    known = snapshot(kept.board, (line.email for line in found), {line.agency for line in found})
    own = Oneself(
        actor.email or "",
        ""
        if doors.is_manager(actor, kept.board)
        else "This is you. Ask the business manager to change your own seats.",
        doors.NOT_AN_AGENCY,
    )
    return make_plan(found, known, choices_of(kept), today, own)
