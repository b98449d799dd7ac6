"""Groups as pages and sections. A group at the top is a page, a group in it a section; what is deeper is taken apart
into sections, in order. A note is the introduction of what follows it."""

from __future__ import annotations

from dataclasses import dataclass, field

from wholestory.paperwork.conditions import All, Condition
from wholestory.paperwork.form import Page, Section
from wholestory.paperwork.questions.base import Question
from wholestory.paperwork.xlsform import own_columns
from wholestory.paperwork.xlsform.building import is_question, make_question, make_word, read_question
from wholestory.paperwork.xlsform.context import Candidate, Context
from wholestory.paperwork.xlsform.findings import Spot
from wholestory.paperwork.xlsform.headers import OWN
from wholestory.paperwork.xlsform.naming import key_for
from wholestory.paperwork.xlsform.questions import relevant
from wholestory.paperwork.xlsform.survey import Line


@dataclass
class _Part:
    """Questions under one heading, while they are gathered."""

    title: str = ""
    intro: str = ""
    shown: tuple[Condition, ...] = ()
    line: Line | None = None
    lines: list[Line] = field(default_factory=list)


@dataclass
class _Sheet:
    """A page while it is gathered: ``line`` is its group, None for rows that stand in no group."""

    line: Line | None
    intro: str = ""
    parts: list[_Part] = field(default_factory=list)


@dataclass
class Layout:
    """The pages of a form, gathered in the order of the rows. ``intro`` is the form's own."""

    ctx: Context
    title: str
    intro: str = ""
    sheets: list[_Sheet] = field(default_factory=list)

    def gather(self, lines: list[Line]) -> None:
        """Read every row in order: conditions may only look at what came before."""
        loose: _Sheet | None = None
        for line in lines:
            is_group = line.is_block and not is_question(line)
            if line.type.kind == "note" and not self.sheets and not _followed_by_question(line, lines):
                self.intro = _more(self.intro, self._note(line))
                continue
            if is_group:
                loose = None
                sheet = _Sheet(line)
                self.sheets.append(sheet)
                self._read_group(line, Page)
                self._items(sheet, line.children)
                continue
            if loose is None:
                loose = _Sheet(None)
                self.sheets.append(loose)
            self._items(loose, [line])

    def _read_group(self, line: Line, cls: type[Page] | type[Section]) -> Condition | None:
        ctx = self.ctx
        ctx.silent, ctx.known.inside = frozenset(own_columns.given(line.row)), ""
        ctx.known.blocks.add(line.name)
        shown: Condition | None = relevant(ctx, line)
        ctx.candidates[line.row.number, line.name] = Candidate(cls, {"show_when": shown}, line.name)
        for column in ("hint", "guidance_hint", "required", "constraint"):
            if line.row.text(column):
                ctx.leave(line.row.spot(column), "a group has a heading only")
        drawn = set(line.row.text("appearance").split()) - {"field-list"}
        if drawn:
            ctx.leave(line.row.spot("appearance"), f"how it is drawn there is not held (“{' '.join(drawn)}”)")
        return shown

    def _items(self, sheet: _Sheet, lines: list[Line]) -> None:
        for line in lines:
            last = sheet.parts[-1] if sheet.parts else None
            if line.type.kind == "note":
                self._note_in(sheet, line, lines)
            elif line.is_block and not is_question(line):
                self._section(sheet, line, ())
            else:
                if last is None or last.line is not None:
                    last = _Part()
                    sheet.parts.append(last)
                read_question(self.ctx, line)
                last.lines.append(line)

    def _note_in(self, sheet: _Sheet, line: Line, lines: list[Line]) -> None:
        text = self._note(line)
        if not text:
            return
        if not sheet.parts:
            sheet.intro = _more(sheet.intro, text)
        elif sheet.line is None or _followed_by_question(line, lines):
            sheet.parts.append(_Part(intro=text))
        else:
            self.ctx.leave(line.row.spot("label"), "a note after the last question of a group is not held")

    def _note(self, line: Line) -> str:
        """A note's words; nothing when they cannot be held, which is then said."""
        ctx, row = self.ctx, line.row
        ctx.silent = frozenset()
        ctx.known.dropped.add(line.name)
        if row.text("relevant"):
            ctx.leave(row.spot("relevant"), "a note that is shown only at times is not held")
            return ""
        if "${" in row.text("label"):
            ctx.leave(row.spot("label"), "a note that repeats an answer is not held")
            return ""
        if row.text("calculation"):
            ctx.leave(row.spot("calculation"), "what a note works out is not held")
        return _more(row.text("label"), row.text("hint")) if line.kind != "intro" else row.text("label")

    def _section(self, sheet: _Sheet, line: Line, outer: tuple[Condition, ...]) -> None:
        own = self._read_group(line, Section)
        shown = (*outer, own) if own is not None else outer
        first = _Part(line.row.text("label"), "", shown, line)
        sheet.parts.append(first)
        part = first
        for at, child in enumerate(line.children):
            if child.type.kind == "note":
                text = self._note(child)
                if text and not part.lines:
                    part.intro = _more(part.intro, text)
                elif text and _followed_by_question(child, line.children[at:]):
                    part = _Part("", text, shown, line)
                    sheet.parts.append(part)
                elif text:
                    what = "a note after the last question of a group is not held"
                    self.ctx.leave(child.row.spot("label"), what)
            elif child.is_block and not is_question(child):
                self.ctx.tell(child.row.spot("type"), "a group within a section is a section of its own here")
                self._section(sheet, child, shown)
                part = _Part(first.title, "", shown, line)
                sheet.parts.append(part)
            else:
                read_question(self.ctx, child)
                part.lines.append(child)

    # ---- making -----------------------------------------------------------------------------------------------------

    def pages(self) -> tuple[Page, ...]:
        """The pages with their questions; those without any are left out, which is said."""
        out, keys = [], set[str]()
        for sheet in self.sheets:
            if sheet.line is not None and (name := sheet.line.row.text(f"{OWN}key") or sheet.line.name):
                sheet.line.key = key_for(name, keys)
        for sheet in self.sheets:
            page = self._page(sheet, keys)
            if page is not None:
                out.append(page)
        return tuple(out)

    def _page(self, sheet: _Sheet, keys: set[str]) -> Page | None:
        items: list[Section | Question] = []
        for part in sheet.parts:
            items += self._items_of(sheet, part)
        line = sheet.line
        if line is None:
            if not items:
                return None
            first = sheet.parts[0].lines[0] if sheet.parts and sheet.parts[0].lines else None
            if first is not None:
                what = "questions in no group make a page of their own; its title is the form's"
                self.ctx.tell(first.row.spot("type"), what)
            return Page(key_for("page", keys), self.title, tuple(items), intro=sheet.intro)
        if not items:
            self.ctx.leave(line.row.spot("type"), f"the group “{line.name}” is not held: nothing in it is")
            return None
        fields = {
            "key": line.key, "title": line.row.text("label") or line.name, "items": tuple(items),
            "intro": sheet.intro, **self.ctx.candidates[line.row.number, line.name].fields,
        }  # fmt: skip
        self.ctx.candidates[line.row.number, line.name].fields = fields
        self.ctx.silent = frozenset()
        made = make_word(self.ctx, line, Page, dict(fields))
        return made if isinstance(made, Page) else None

    def _items_of(self, sheet: _Sheet, part: _Part) -> list[Section | Question]:
        questions = [made for each in part.lines if (made := make_question(self.ctx, each)) is not None]
        if not questions:
            if (
                part.line is not None
                and part.title
                and not any(other.lines for other in sheet.parts if other.line is part.line)
            ):
                self.ctx.leave(
                    part.line.row.spot("type"), f"the group “{part.line.name}” is not held: nothing in it is"
                )
            return []
        if part.line is None and not part.intro:
            return list(questions)
        shown = All(part.shown) if len(part.shown) > 1 else part.shown[0] if part.shown else None
        fields = {"title": part.title, "questions": tuple(questions), "intro": part.intro, "show_when": shown}
        if part.line is None or part.line.kind != "section":
            return [Section(part.title, tuple(questions), intro=part.intro, show_when=shown)]
        self.ctx.candidates[part.line.row.number, part.line.name].fields = fields
        self.ctx.silent = frozenset()
        section = make_word(self.ctx, part.line, Section, fields)
        return [section] if isinstance(section, Section) else []


def _more(before: str, text: str) -> str:
    return f"{before}\n\n{text}" if before and text else before or text


def _followed_by_question(line: Line, lines: list[Line]) -> bool:
    """Whether a question comes after a note before the next group does."""
    at = next((n for n, each in enumerate(lines) if each is line), 0)
    for each in lines[at + 1 :]:
        if each.type.kind == "note":
            continue
        return is_question(each)
    return False


def where(ctx: Context, key: str, survey: str) -> Spot:
    """Where the question with this key stands."""
    return ctx.rows.get(key, Spot(survey))
