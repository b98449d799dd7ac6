"""Parts made of rows: tables, summaries, lists of tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.template import Context
from django.template.base import render_value_in_context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from wholestory.govuk.parts.base import Part
from wholestory.govuk.parts.content import Tag
from wholestory.govuk.parts.moving import Link, as_link


@dataclass(frozen=True)
class Column:
    """One column of a table or list.

    `key` names the attribute (or key) of a row it shows. For lists, `sort_by` holds the database columns it sorts by,
    when they differ from `key`. A numeric column is set flush right.
    """

    key: str
    label: str
    numeric: bool = False
    sortable: bool = False
    sort_by: tuple[str, ...] = ()
    hidden_label: bool = False
    sort_url: str = ""
    sorted: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True)
class Table(Part):
    """A table of plain rows. Each row is a sequence of cells, or an object or mapping with the columns' keys.

    `narrow` says what happens on a small screen: `scroll` keeps the table and lets it scroll, `stack` turns
    each row into a small card. The first column heads its row unless `row_headings` is False.
    """

    caption: str
    columns: Sequence[Any]
    rows: Sequence[Any]
    caption_size: Literal["", "s", "m", "l", "xl"] = "m"
    hide_caption: bool = False
    row_headings: bool = True
    narrow: Literal["scroll", "stack"] = "scroll"
    empty: Any = "Nothing to show yet."
    id: str = "table"
    template = "govuk/components/table.html"

    @property
    def heads(self) -> list[Column]:
        return [
            one if isinstance(one, Column) else Column(str(n), str(one)) for n, one in enumerate(self.columns)
        ]

    @property
    def body(self) -> SafeString:
        """The rows, written out. Built here and not in the template: a list of fifty has hundreds of cells."""
        heads = self.heads
        stacked = self.narrow == "stack"
        around = [
            _around(head, heading=self.row_headings and n == 0, stacked=stacked)
            for n, head in enumerate(heads)
        ]
        opening = '<tr class="govuk-table__row" role="row">' if stacked else '<tr class="govuk-table__row">'
        written = []
        for row in self.rows:
            if isinstance(row, list | tuple):
                values: Sequence[Any] = row
            elif isinstance(row, Mapping):
                values = [row.get(head.key) for head in heads]
            else:
                values = [getattr(row, head.key) for head in heads]
            written.append(opening)
            for head, value, (before, after) in zip(heads, values, around, strict=True):
                written.append(f"{before}{_written(_shown(head, value))}{after}")
            written.append("</tr>")
        return SafeString("".join(written))


def _around(head: Column, *, heading: bool, stacked: bool) -> tuple[str, str]:
    """What stands before and after the value of each cell of a column."""
    if heading and stacked:
        return '<th scope="row" role="rowheader" class="govuk-table__header ws-stack__heading">', "</th>"
    if heading:
        return '<th scope="row" class="govuk-table__header">', "</th>"
    numeric = " govuk-table__cell--numeric" if head.numeric else ""
    if not stacked:
        return f'<td class="govuk-table__cell{numeric}">', "</td>"
    label = (
        ""
        if head.hidden_label
        else f'<span class="ws-stack__label" aria-hidden="true">{_written(head.label)}</span>'
    )
    opening = f'<td role="cell" class="govuk-table__cell{numeric}">{label}<span class="ws-stack__value">'
    return opening, "</span></td>"


def _written(value: Any) -> str:
    """A value as a template writes it: escaped, unless it says that it is HTML."""
    return conditional_escape(value) if isinstance(value, str) else render_value_in_context(value, _PLAIN)


_PLAIN = Context()


def _shown(head: Column, value: Any) -> Any:
    """A value as its cell shows it: thousands apart, nothing as nothing."""
    if value is None:
        return ""
    if head.numeric and isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return value


@dataclass(frozen=True)
class Row:
    """One line of a summary: what it is, its value, and what can be done with it."""

    key: Any
    value: Any
    actions: Sequence[Any] = ()

    @property
    def links(self) -> list[Link]:
        return [as_link(one) for one in self.actions]


def as_row(one: Any) -> Row:
    """A summary's row from a `Row` or a (key, value, *actions) sequence."""
    if isinstance(one, Row):
        return one
    key, value, *actions = one
    return Row(key, value, actions)


@dataclass(frozen=True)
class SummaryList(Part):
    """What is known about one thing, line by line."""

    rows: Sequence[Any]
    borders: bool = True
    card_title: str = ""
    template = "govuk/components/summary_list.html"

    @property
    def lines(self) -> list[Row]:
        return [as_row(one) for one in self.rows]

    @property
    def any_actions(self) -> bool:
        return any(one.actions for one in self.lines)


@dataclass(frozen=True)
class SummaryCard(Part):
    """A summary with a title and links of its own, for one of several."""

    title: str
    rows: Sequence[Any]
    actions: Sequence[Any] = ()
    heading_level: int = 2
    template = "govuk/components/summary_card.html"

    @property
    def links(self) -> list[Link]:
        return [as_link(one) for one in self.actions]

    @property
    def summary(self) -> SummaryList:
        return SummaryList(self.rows, card_title=self.title)


@dataclass(frozen=True)
class Task:
    """One thing to do. `status` is words or a `Tag`; a task without a url cannot be started yet."""

    title: Any
    url: str = ""
    status: Any = ""
    hint: Any = ""

    @property
    def is_tag(self) -> bool:
        return isinstance(self.status, Tag)


@dataclass(frozen=True)
class TaskList(Part):
    """Things to do, in order, and how far each is."""

    tasks: Sequence[Task]
    id: str = "task-list"
    template = "govuk/components/task_list.html"
