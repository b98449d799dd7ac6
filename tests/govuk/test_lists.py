"""Lists: sorting, paging and narrowing by address, and never more counting than is worth it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import QuerySet
from django.http import QueryDict
from django.test import RequestFactory

from wholestory.govuk import forms
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column


@dataclass(frozen=True)
class Agency:
    name: str
    sector: str = "school"
    answered: int | None = None


AGENCIES = [Agency("birch", answered=3), Agency("Ash", answered=None), Agency("Cedar", "police", 1)]
COLUMNS = [
    Column("name", "Agency", sortable=True),
    Column("sector", "Sector"),
    Column("answered", "Answered", numeric=True, sortable=True),
]


class Narrow(forms.FilterForm):
    q = forms.TextField(label="Agency")

    def apply(self, rows: Any) -> Any:
        return [one for one in rows if self.cleaned_data["q"].casefold() in one.name.casefold()]


def page(address: str = "", rows: Any = AGENCIES, **wanted: Any) -> ListPage:
    query = QueryDict(address)
    return ListPage(query, rows=rows, columns=COLUMNS, sort="name", filters=Narrow(query), **wanted)


def names(found: ListPage) -> list[str]:
    return [one.name for one in found.rows]


def test_words_sort_without_regard_to_capitals() -> None:
    assert names(page()) == ["Ash", "birch", "Cedar"]
    assert names(page("sort=-name")) == ["Cedar", "birch", "Ash"]


def test_what_has_no_value_stands_last_both_ways() -> None:
    assert names(page("sort=answered")) == ["Cedar", "birch", "Ash"]
    assert names(page("sort=-answered")) == ["birch", "Cedar", "Ash"]


@pytest.mark.parametrize(
    "address",
    ["sort=sector", "sort=password", "sort=--name", "sort=", "page=x", "page=-1", "page=99", "page=0"],
)
def test_an_address_that_makes_no_sense_shows_the_list_as_it_starts(address: str) -> None:
    assert names(page(address)) == ["Ash", "birch", "Cedar"]


def test_a_heading_sorts_and_then_turns_round_and_forgets_the_page() -> None:
    heads = page("q=a&page=2").heads
    assert heads[0].sort_url == "?q=a&sort=-name"
    assert heads[0].sorted == "ascending"
    assert heads[1].sort_url == ""
    assert heads[2].sort_url == "?q=a&sort=answered"
    assert heads[2].sorted == ""


def test_the_filter_narrows_and_every_address_keeps_it() -> None:
    found = page("q=A&sort=-name", per_page=1)
    assert names(found) == ["Cedar"]
    assert found.total == 2
    assert found.pagination.next_url == "?q=A&sort=-name&page=2"
    assert found.csv_url == "?q=A&sort=-name&download=csv"
    assert found.clear_url == "?sort=-name"
    assert found.filtered
    assert not page().filtered


def test_nothing_found_says_why() -> None:
    assert "Nothing matches what you chose." in str(page("q=zzz").table)
    assert "Nothing to show yet." in str(page(rows=[]).table)


def test_only_the_rows_of_the_page_are_shaped() -> None:
    seen: list[int] = []

    def shape(rows: list[Any]) -> list[Any]:
        seen.append(len(rows))
        return rows

    assert len(page(rows=AGENCIES * 20, per_page=10, shape=shape).rows) == 10
    assert seen == [10]


def test_a_list_says_exactly_how_many_up_to_a_thousand() -> None:
    assert page(rows=AGENCIES * 333 + AGENCIES[:1]).count == "1,000"
    assert page(rows=AGENCIES * 334).count == "More than 1,000"


class Rows(QuerySet[Any]):
    """A queryset that answers without a database, and remembers what it was asked."""

    asked: list[Any]

    def __init__(self, size: int, start: int = 0, asked: list[Any] | None = None) -> None:
        self.size, self.start, self.asked = size, start, [] if asked is None else asked

    def order_by(self, *names: Any) -> Any:
        self.asked.append(("order_by", names))
        return self

    def filter(self, *args: Any, **kwargs: Any) -> Any:
        self.asked.append(("filter", args))
        return self

    def count(self) -> int:
        self.asked.append(("count", self.size))
        return self.size

    def __getitem__(self, part: Any) -> Any:
        start, stop = part.start or 0, part.stop
        self.asked.append(("rows", start, stop))
        return Rows(max(0, min(self.size, stop) - start), start, self.asked)

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Any:
        return iter([Agency(f"Agency {n}") for n in range(self.start, self.start + self.size)])


def from_database(address: str, size: int) -> tuple[ListPage, list[Any]]:
    rows = Rows(size)
    return ListPage(QueryDict(address), rows=rows, columns=COLUMNS, sort="name", per_page=25), rows.asked


def test_the_database_sorts_and_tells_ties_apart() -> None:
    found, asked = from_database("sort=-answered", 10)
    assert len(found.rows) == 10
    assert ("order_by", ("-answered", "pk")) in asked


def test_the_database_counts_no_further_than_it_must() -> None:
    found, asked = from_database("page=3", 20_000)
    assert found.count == "More than 1,000"
    assert len(found.rows) == 25
    assert ("rows", 0, 1001) in asked
    assert ("rows", 50, 76) in asked
    assert found.pagination.next_url == "?page=4"
    assert found.pagination.last is None


def test_nobody_walks_to_the_end_of_the_world() -> None:
    found, asked = from_database("page=999999", 20_000)
    assert found.number == 400
    assert len(found.rows) == 25
    assert ("rows", 9975, 10001) in asked
    assert found.pagination.next_url == ""


def test_the_lookups_of_a_filter_become_one_condition_each() -> None:
    class Lookups(forms.FilterForm):
        lookups = {"q": ("name__icontains", "reference"), "sector": "sector"}
        q = forms.TextField(label="Words")
        sector = forms.SelectField(label="Sector", choices=[("p", "Police")], prompt="All")

    rows = Rows(1)
    form = Lookups(QueryDict("q=ash&sector="))
    assert form.is_valid()
    form.apply(rows)
    assert str(rows.asked) == "[('filter', (<Q: (OR: ('name__icontains', 'ash'), ('reference', 'ash'))>,))]"


def test_a_download_holds_every_page() -> None:
    request = RequestFactory().get("/?download=csv")
    found = page("download=csv", rows=AGENCIES * 20, per_page=5)
    assert found.wants_export == "csv"
    assert found.export(request, "Agencies").content.decode().count("Cedar") == 20
    assert page("download=exe").wants_export == ""
