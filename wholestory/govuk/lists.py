"""Lists: filter, sort, page and download, the same way on every page that has one.

    page = ListPage(request.GET, rows=open_actions, columns=COLUMNS, sort="due_on", filters=ActionFilters(request.GET))
    if page.wants_export:
        return page.export(request, "Open actions")
    return render(request, "actions/open.html", {"page": page})

In the template: `{% filter_panel page.filters page.clear_url %} {{ page.count }} {{ page.table }} {{ page.pagination }}
{% download_links page %}`. The caller writes the access record's line for what was listed or downloaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict

from wholestory.govuk import downloads
from wholestory.govuk.forms import FilterForm
from wholestory.govuk.parts import Column, Pagination, Table

COUNT_UP_TO = 1_000
"""Beyond this nobody pages through a list, and counting further under row-level security is slow."""

FURTHEST = 10_000
"""No page begins beyond this row: a database has to walk past every row it skips."""

PAGE, SORT, FORMAT = "page", "sort", "download"


class ListPage:
    """One page of a list, worked out from the address.

    `rows` is a queryset, or a sequence of objects. `columns` say what is shown; `sort` is the key it starts with, with
    a minus for the reverse. `shape` turns the rows of one page into what is shown (a list of the same length), after
    the page was cut, so that it may look up more about just those rows. An address that makes no sense (page=x, an
    unknown sort, a filter that does not hold) shows the list as it starts: nobody types these by hand.

    `fetch` reads a page of a list whose order can be found in a quicker way than by sorting it all: it is given the
    rows that match, in order, the sort asked for, and where the page begins and ends.
    """

    def __init__(
        self,
        query: QueryDict,
        *,
        rows: QuerySet[Any] | Sequence[Any],
        columns: Sequence[Column],
        sort: str = "",
        filters: FilterForm | None = None,
        per_page: int = 25,
        caption: str = "",
        shape: Callable[[list[Any]], Sequence[Any]] | None = None,
        tie_break: str = "pk",
        narrow: str = "stack",
        empty: str = "Nothing to show yet.",
        fetch: Callable[[Any, str, int, int], list[Any]] | None = None,
    ) -> None:
        self.query = query
        self.columns = list(columns)
        self.filters = filters
        self.per_page = per_page
        self.caption = caption
        self._shape = shape
        self._tie_break = tie_break
        self._narrow = narrow
        self._empty = empty
        self._fetch = fetch or (lambda matching, sort, start, end: list(matching[start:end]))
        self._all_rows = rows
        self._first_sort = sort

    # What is in the list

    @property
    def filtered(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.filters is not None and self.filters.chosen())

    @cached_property
    def matching(self) -> Any:
        """Every row that matches, in order: a queryset, or a list."""
        rows: Any = self._all_rows
        if self.filters is not None and self.filters.is_valid():
            rows = self.filters.apply(rows)
        return _sorted(rows, self._sort_column, self._reverse, self._tie_break)

    @cached_property
    def total(self) -> int:
        """How many match, counted no further than one beyond `COUNT_UP_TO`."""
        if isinstance(self.matching, QuerySet):
            return self.matching.order_by()[: COUNT_UP_TO + 1].count()
        return len(self.matching)

    @property
    def count(self) -> str:
        """How many match, in words."""
        if self.total > COUNT_UP_TO:
            return f"More than {COUNT_UP_TO:,}"
        return f"{self.total:,}"

    @cached_property
    def number(self) -> int:
        """The page asked for, brought back into the list."""
        asked = self.query.get(PAGE, "1")
        wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
        if self.total > COUNT_UP_TO:
            return min(max(1, wanted), FURTHEST // self.per_page)
        return min(max(1, wanted), self._last or 1)

    @cached_property
    def _cut(self) -> tuple[list[Any], bool]:
        start = (self.number - 1) * self.per_page
        # One more than is shown tells whether there is a next page without counting them all.
        found = self._fetch(self.matching, self._asked_sort, start, start + self.per_page + 1)
        more = len(found) > self.per_page and self.number < FURTHEST // self.per_page
        return found[: self.per_page], more

    @cached_property
    def rows(self) -> list[Any]:
        """The rows of this page, shaped for showing."""
        rows, _ = self._cut
        return list(self._shape(rows)) if self._shape else rows

    # How it is sorted

    @cached_property
    def _asked_sort(self) -> str:
        asked = self.query.get(SORT, "")
        keys = {column.key for column in self.columns if column.sortable}
        return asked if asked.removeprefix("-") in keys else self._first_sort

    @property
    def _reverse(self) -> bool:
        return self._asked_sort.startswith("-")

    @property
    def _sort_column(self) -> Column | None:
        key = self._asked_sort.removeprefix("-")
        found = next((column for column in self.columns if column.key == key), None)
        return found or (Column(key, "") if key else None)

    @property
    def heads(self) -> list[Column]:
        """The columns with the address that sorts by each, and which one the list is sorted by."""
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column) -> Column:
        if not column.sortable:
            return column
        current = self._asked_sort.removeprefix("-") == column.key
        target = f"-{column.key}" if current and not self._reverse else column.key
        linked = replace(column, sort_url=self.url(**{SORT: target}))
        if not current:
            return linked
        return replace(linked, sorted="descending" if self._reverse else "ascending")

    # Addresses

    def url(self, **changed: Any) -> str:
        """This list with something changed; going anywhere but to a page starts at the first page again."""
        query = self.query.copy()
        for name in (PAGE, FORMAT):
            query.pop(name, None)
        for name, value in changed.items():
            if value in (None, ""):
                query.pop(name, None)
            else:
                query[name] = str(value)
        return "?" + query.urlencode()

    @property
    def clear_url(self) -> str:
        """The whole list, still sorted as it is."""
        kept = self.query.get(SORT, "")
        return f"?{SORT}={kept}" if kept and self._asked_sort == kept else "?"

    @property
    def csv_url(self) -> str:
        return self.url(**{FORMAT: "csv"})

    @property
    def xlsx_url(self) -> str:
        return self.url(**{FORMAT: "xlsx"})

    # Parts

    @property
    def _last(self) -> int | None:
        return None if self.total > COUNT_UP_TO else max(1, -(-self.total // self.per_page))

    @property
    def pagination(self) -> Pagination:
        """The way to the other pages; draws nothing when there are none."""
        _, more = self._cut
        return Pagination(self.number, self._last, lambda number: self.url(**{PAGE: number}), has_next=more)

    @property
    def table(self) -> Table:
        """The rows of this page as a table."""
        nothing = "Nothing matches what you chose." if self.filtered else self._empty
        return Table(
            self.caption,
            self.heads,
            self.rows,
            hide_caption=True,
            narrow="stack" if self._narrow == "stack" else "scroll",
            empty=nothing,
            id="list",
        )

    # Downloads

    @property
    def wants_export(self) -> str:
        """The kind of file asked for, or nothing."""
        asked = self.query.get(FORMAT, "")
        return asked if asked in downloads.FORMATS else ""

    def export(self, request: HttpRequest, name: str, **wanted: Any) -> HttpResponse:
        """Everything that matches, as the file asked for. Takes what `downloads.export` takes."""
        rows: Sequence[Any] = list(self.matching)
        if self._shape:
            rows = self._shape(list(rows))
        return downloads.export(request, rows, self.columns, name, self.wants_export or "csv", **wanted)


def _sorted(rows: Any, column: Column | None, reverse: bool, tie_break: str) -> Any:
    """In order, and always in the same order: what ties is told apart by something unique."""
    if isinstance(rows, QuerySet):
        names = (column.sort_by or (column.key,)) if column else ()
        return rows.order_by(*(_turned(name, reverse) for name in names), tie_break)
    if column is None:
        return list(rows)
    names = column.sort_by or (column.key,)
    key = names[0]
    known = [row for row in rows if _given(row, key) not in (None, "")]
    unknown = [row for row in rows if _given(row, key) in (None, "")]
    # What has no value stands last whichever way the list is turned.
    return sorted(known, key=lambda row: [_place(row, name) for name in names], reverse=reverse) + unknown


def _turned(name: str, reverse: bool) -> str:
    if not reverse:
        return name
    return name[1:] if name.startswith("-") else f"-{name}"


def _place(row: Any, name: str) -> tuple[bool, Any]:
    """Where a value stands among others: words without regard to capitals, nothing last."""
    value = _given(row, name)
    if value in (None, ""):
        return True, ""
    return False, value.casefold() if isinstance(value, str) else value


def _given(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, Mapping) else getattr(row, name)
