"""One page of a form as fields in a browser: made from what stands, read back into what was given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.forms.boundfield import BoundField
from django.http import QueryDict

from wholestory.govuk import forms
from wholestory.paperwork import uploads
from wholestory.paperwork.faces import Face, Offers, face_of
from wholestory.paperwork.faces.base import Posted, confirm_name, name_of, revision_name
from wholestory.paperwork.faces.boxes import FileFace
from wholestory.paperwork.faces.gridded import GridFace
from wholestory.paperwork.form import Page, Section
from wholestory.paperwork.given import BLANK, Given, Place
from wholestory.paperwork.operations import Save
from wholestory.paperwork.queries import Filled
from wholestory.paperwork.questions.base import Question
from wholestory.paperwork.questions.calculated import Calculated
from wholestory.paperwork.questions.gridded import Grid
from wholestory.paperwork.questions.repeating import Repeat
from wholestory.paperwork.showing import working_words
from wholestory.paperwork.since import NOTHING_CARRIED, Since, SinceLastTime

Messages = Mapping[Place, Iterable[str]]


@dataclass(frozen=True)
class GridRowFields:
    """One row of a grid with its fields, in the order of the columns."""

    label: str
    cells: tuple[BoundField, ...]


@dataclass(frozen=True)
class GridTotal:
    """What stands under a column of a grid, as far as it is saved."""

    column: str
    label: str
    words: str
    is_added_up: bool


@dataclass(frozen=True)
class Block:
    """A question as it is drawn: its fields, and what is known about the answer that stands."""

    place: Place
    question: Question
    bound: tuple[BoundField, ...]
    is_shown: bool
    revision: int
    saved_by: str = ""
    saved_at: datetime | None = None
    to_confirm: bool = False
    items: tuple[Item, ...] = ()
    files: tuple[uploads.Card, ...] = ()
    rows: tuple[GridRowFields, ...] = ()
    totals: tuple[GridTotal, ...] = ()
    result: str = ""
    working: str = ""
    since: Since = ""
    earlier: str = ""

    @property
    def name(self) -> str:
        return name_of(self.place)

    @property
    def revision_name(self) -> str:
        return revision_name(self.place)

    @property
    def confirm_name(self) -> str:
        return confirm_name(self.place)

    @property
    def is_worked_out(self) -> bool:
        return isinstance(self.question, Calculated)

    @property
    def is_group(self) -> bool:
        return isinstance(self.question, Repeat)

    @property
    def can_add(self) -> bool:
        return isinstance(self.question, Repeat) and len(self.items) < self.question.at_most


@dataclass(frozen=True)
class Item:
    """One item of a repeating group. ``number`` counts as people count, ``place`` names it for good."""

    number: int
    place: Place
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class SectionBlock:
    """A section with its questions."""

    section: Section
    is_shown: bool
    blocks: tuple[Block, ...]


@dataclass
class PageForm:
    """A page ready to be drawn. ``form`` carries the errors for the summary."""

    form: forms.Form
    sections: tuple[SectionBlock, ...] = ()
    to_confirm: int = 0
    faces: dict[Place, Face] = field(default_factory=dict)


def every_place(filled: Filled, page: Page) -> Iterator[Place]:
    """Every place on a page, those included that do not apply just now: an answer may bring them in."""
    for question in page.questions():
        yield Place(question.key)
        if isinstance(question, Repeat):
            for item in filled.sheet.items(question):
                for inner in question.questions:
                    yield Place(inner.key, item)


def make(
    filled: Filled,
    page: Page,
    offers: Offers,
    *,
    told: Messages | None = None,
    posted: Posted | None = None,
    since: SinceLastTime = NOTHING_CARRIED,
) -> PageForm:
    """The page. ``told`` are the messages to show at each place; ``posted`` shows what was sent instead of what
    stands, for the rare case that it could not be saved; ``since`` says what changed since last time."""
    sheet = filled.sheet
    faces = {place: face_of(sheet.question(place), place, offers) for place in every_place(filled, page)}
    form = forms.Form(data=posted if posted is not None else _as_posted(filled, faces))
    own: dict[Place, list[str]] = {}
    for place, face in faces.items():
        fields = face.fields(sheet.at(place))
        form.fields.update(fields)
        own[place] = list(fields)
    form.full_clean()
    _tell(form, faces, told or {})
    made = PageForm(form, faces=faces)
    revealed = form.revealed_names()
    cards = _cards(filled, faces)

    def block(place: Place) -> Block:
        standing = filled.standing.get(place)
        question, face = sheet.question(place), faces[place]
        shown = sheet.applies(place)
        waits = bool(standing and standing.given.to_confirm and shown)
        made.to_confirm += waits
        rows = _rows(form, face) if isinstance(face, GridFace) else ()
        in_cells = {bound.name for row in rows for bound in row.cells}
        return Block(
            place=place,
            question=question,
            bound=tuple(form[name] for name in own[place] if name not in revealed | in_cells),
            is_shown=shown,
            revision=filled.revision(place),
            saved_by=standing.saved_by if standing else "",
            saved_at=standing.saved_at if standing else None,
            to_confirm=waits,
            items=_items(filled, question, block) if isinstance(question, Repeat) else (),
            files=cards.get(place, ()),
            rows=rows,
            totals=_totals(question, sheet.at(place)) if isinstance(question, Grid) else (),
            result=question.in_words(sheet.at(place)) if isinstance(question, Calculated) else "",
            working=working_words(sheet.form, question),
            since=since.at(sheet, place),
            earlier=since.earlier(sheet, place),
        )

    made.sections = tuple(
        SectionBlock(
            section,
            sheet.section_applies(section),
            tuple(block(Place(question.key)) for question in section.questions),
        )
        for section in page.sections()
    )
    return made


def read(
    filled: Filled, page: Page, offers: Offers, posted: Posted, *, only: set[str] | None = None
) -> list[Save]:
    """What was sent, place by place, without judging any of it. ``only`` names the fields an autosave is about."""
    saves = []
    for place in every_place(filled, page):
        face = face_of(filled.sheet.question(place), place, offers)
        if not face.is_sent(posted) or (only is not None and face.name not in only):
            continue
        before = filled.sheet.at(place) if place in filled.standing else BLANK
        saves.append(
            Save(
                place,
                face.read(posted, before),
                base=number(posted.get(revision_name(place))),
                confirm=confirm_name(place) in posted,
            )
        )
    return saves


def _rows(form: forms.Form, face: GridFace) -> tuple[GridRowFields, ...]:
    return tuple(
        GridRowFields(
            row.label, tuple(form[face.cell_name(row.key, column.key)] for column in face.question.columns)
        )
        for row in face.question.rows
    )


def _totals(grid: Grid, given: Given) -> tuple[GridTotal, ...]:
    return tuple(
        GridTotal(
            each.key,
            each.label,
            grid.total_in_words(given.value, each.key),
            is_added_up=each.key in grid.totals,
        )
        for each in (grid.columns if grid.totals else ())
    )


def _items(filled: Filled, repeat: Repeat, block: Callable[[Place], Block]) -> tuple[Item, ...]:
    return tuple(
        Item(
            number,
            Place(repeat.key, item),
            tuple(block(Place(inner.key, item)) for inner in repeat.questions),
        )
        for number, item in enumerate(filled.sheet.items(repeat), 1)
    )


def _cards(filled: Filled, faces: Mapping[Place, Face]) -> dict[Place, tuple[uploads.Card, ...]]:
    """The kept files of every file question, as far as they can be opened: one query for the page."""
    kept = {
        place: face.kept(filled.sheet.at(place))
        for place, face in faces.items()
        if isinstance(face, FileFace)
    }
    known = uploads.cards(card["ref"] for cards in kept.values() for card in cards)
    return {
        place: tuple(known.get(card["ref"], uploads.Card(card["ref"], card["name"])) for card in cards)
        for place, cards in kept.items()
    }


def _as_posted(filled: Filled, faces: Mapping[Place, Face]) -> QueryDict:
    data = QueryDict(mutable=True)
    for place, face in faces.items():
        given: Given = filled.sheet.at(place)
        for name, values in face.posted(given).items():
            data.setlist(name, values)
    return data


def _tell(form: forms.Form, faces: Mapping[Place, Face], told: Messages) -> None:
    for place, messages in told.items():
        if place not in faces:
            continue
        for message in messages:
            wanted = faces[place].error_field(message)
            at = (
                wanted
                if wanted in form.fields
                else next((n for n in form.fields if n.startswith(f"{wanted}-")), None)
            )
            form.add_error(at, message)


def number(text: object) -> int:
    """A revision as a browser sends it; 0 for anything that is none."""
    return int(str(text)) if str(text).isascii() and str(text).isdigit() and len(str(text)) < 9 else 0
