"""Parts of a page: what they show, what they escape, what they leave out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.utils.safestring import SafeString

from wholestory.govuk import forms, parts
from wholestory.govuk.parts.heat_map import STATES, State, cells

STATIC = Path(parts.__file__).resolve().parents[1] / "static" / "govuk"


def drawn(source: str, **context: object) -> str:
    return Template("{% load govuk %}" + source).render(Context(context))


def test_a_part_may_stand_in_a_cell_and_text_beside_it_is_escaped() -> None:
    table = parts.Table(
        "Returns <2016>",
        ["Agency", "State"],
        [("<b>Ash</b>", parts.Tag("Overdue & late", "overdue"))],
        narrow="stack",
    )
    html = drawn("{{ table }}", table=table)
    assert "&lt;b&gt;Ash&lt;/b&gt;" in html
    assert "Returns &lt;2016&gt;" in html
    assert '<strong class="govuk-tag govuk-tag--red">Overdue &amp; late</strong>' in html


def test_nothing_stands_around_a_link() -> None:
    assert (
        drawn("See {{ link }}.", link=parts.Link("the page", "/p"))
        == 'See <a class="govuk-link" href="/p">the page</a>.'
    )


def test_a_table_takes_rows_of_every_kind() -> None:
    columns = [parts.Column("a", "A"), parts.Column("n", "N", numeric=True)]
    html = str(parts.Table("T", columns, [("x", 1234), {"a": "y", "n": None}, parts.Row("k", "v")][:2]))
    assert ">1,234</td>" in html
    assert html.count("<tr") == 3
    assert html.count('scope="row"') == 2


def test_a_table_that_is_too_short_says_so_at_once() -> None:
    with pytest.raises(ValueError, match="zip"):
        str(parts.Table("T", ["A", "B"], [("only one",)]))


def test_a_wide_table_can_be_reached_and_scrolled_with_the_keyboard() -> None:
    html = str(parts.Table("T", ["A"], [("x",)], id="t"))
    assert '<div class="ws-scroll" role="region" aria-labelledby="t-caption" tabindex="0">' in html


def test_an_empty_table_says_so_instead_of_showing_headings() -> None:
    html = str(parts.Table("T", ["A"], [], empty="No action is open."))
    assert "No action is open." in html
    assert "<thead" not in html


def test_a_sorted_column_says_so_and_turns_round() -> None:
    column = parts.Column("a", "Agency", sortable=True, sort_url="?sort=-a", sorted="ascending")
    html = str(parts.Table("T", [column], [("x",)]))
    assert 'aria-sort="ascending"' in html
    assert 'href="?sort=-a"' in html
    assert "reverse the order" in html


def test_a_colour_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="turquoise"):
        str(parts.Tag("x", "turquoise"))


def test_links_called_the_same_are_told_apart() -> None:
    html = str(
        parts.SummaryCard("Hollow Lane", [("Name", "Idris", parts.Link("Change", "/c"))], [("Remove", "/r")])
    )
    assert 'Change<span class="govuk-visually-hidden"> Name (Hollow Lane)</span>' in html
    assert 'Remove<span class="govuk-visually-hidden"> (Hollow Lane)</span>' in html


@pytest.mark.parametrize(
    ("current", "last", "shown"),
    [
        (1, 1, [1]),
        (1, 4, [1, 2, 3, 4]),
        (3, 5, [1, 2, 3, 4, 5]),
        (7, 20, [1, "…", 6, 7, 8, "…", 20]),
        (20, 20, [1, "…", 19, 20]),
    ],
)
def test_pages_of_a_list_show_the_ends_and_the_neighbours(
    current: int, last: int, shown: list[object]
) -> None:
    pages = parts.Pagination(current, last, lambda n: f"?page={n}").pages
    assert ["…" if one.get("gap") else one["number"] for one in pages] == shown


def test_pages_of_an_uncounted_list_go_on_while_there_is_more() -> None:
    assert parts.Pagination(3, None, str, has_next=True).next_url == "4"
    assert parts.Pagination(3, None, str, has_next=False).next_url == ""
    assert str(parts.Pagination(1, None, str, has_next=False)) == ""


def test_the_heat_map_can_be_read_without_colour() -> None:
    columns = [
        parts.HeatColumn("1.1", "Leadership <x>"),
        parts.HeatColumn("1.2", "Policy"),
        parts.HeatColumn("1.3", "Y"),
    ]
    row = parts.HeatRow(
        "Ash & Co",
        [
            *cells([0, "not_applicable"]),
            parts.HeatCell(score=2, url="/c", note="Moderated from 3", changed=True),
        ],
    )
    html = str(parts.HeatMap("Map", columns, [row]))
    assert '<span class="govuk-visually-hidden">0, Not met</span>' in html
    assert '<span class="govuk-visually-hidden">Not applicable, with a reason</span>' in html
    assert "2, Mostly met. Moderated from 3" in html
    assert '<a href="/c">' in html
    assert "Ash &amp; Co" in html
    assert "Leadership &lt;x&gt;" in html
    assert "Score changed at moderation" in html
    assert "Has an extension" not in html


def test_a_mean_stands_in_its_band_beside_the_score_of_the_same_band() -> None:
    row = parts.HeatRow("Ash", [parts.HeatCell(score=2), parts.HeatCell(score=2, shown="2.4")])
    html = str(parts.HeatMap("Map", [parts.HeatColumn("1", "x"), parts.HeatColumn("2", "y")], [row]))
    assert "2, Mostly met" in html
    assert "2.4, Mostly met" in html


def test_every_kind_of_nothing_has_its_own_face() -> None:
    row = parts.HeatRow("A", cells(cast("list[State]", list(STATES))))
    columns = [parts.HeatColumn(str(n), "x") for n in range(len(STATES))]
    html = str(parts.HeatMap("Map", columns, [row]))
    faces = {one.split('"')[0] for one in html.split('<td class="ws-heat__cell ')[1:]}
    styles = (STATIC / "css" / "heat_map.css").read_text()
    assert len(faces) == len(STATES)
    assert len({short for short, _ in STATES.values()}) == len(STATES)
    for face in faces:
        assert f".{face} {{" in styles or f".{face}," in styles, f"{face} has no look of its own"


def test_a_large_heat_map_is_drawn_in_a_moment() -> None:
    import time

    columns = [parts.HeatColumn(str(n), "x") for n in range(25)]
    rows = [parts.HeatRow(f"Agency {n}", cells([0, 1, 2, 3, None] * 5), url=f"/a/{n}") for n in range(600)]
    start = time.perf_counter()
    html = str(parts.HeatMap("Map", columns, rows))
    assert html.count("<td") == 15_000
    assert time.perf_counter() - start < 2


def test_a_message_is_shown_as_it_was_written_and_marked_as_invented() -> None:
    preview = parts.MessagePreview("Idris <i@example.org>", "Due", "Dear Idris,\n\n<b>no</b>", example=True)
    html = str(preview)
    assert "Example: invented" in html
    assert "Idris &lt;i@example.org&gt;" in html
    assert "&lt;b&gt;no&lt;/b&gt;" in html


def test_progress_never_divides_by_nothing() -> None:
    assert 'max="1"' in str(parts.Progress(0, 0))
    assert "0 of 0 answered" in str(parts.Progress(0, 0))
    assert 'value="1234" max="2000"' in str(parts.Progress(1234, 2000))


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("{{ v|day }}", "14 March 2016"),
        ("{{ at|day }}", "14 March 2016"),
        ("{{ at|moment }}", "14 March 2016 at 3:04pm"),
        ("{{ summer|moment }}", "1 July 2016 at 10am"),
        ("{{ noon|moment }}", "14 March 2016 at midday"),
        ("{{ nothing|day }}", ""),
    ],
)
def test_dates_and_moments_in_words(source: str, html: str) -> None:
    context = {
        "v": date(2016, 3, 14),
        "at": datetime(2016, 3, 14, 15, 4, tzinfo=UTC),
        "summer": datetime(2016, 7, 1, 9, 0, tzinfo=UTC),
        "noon": datetime(2016, 3, 14, 12, 0, tzinfo=UTC),
        "nothing": None,
    }
    assert drawn(source, **context) == html


def test_blocks_keep_their_html_and_the_summary_is_escaped() -> None:
    html = drawn("{% details s %}<p>{{ x }}</p>{% enddetails %}", s="What <is> it", x="<y>")
    assert "What &lt;is&gt; it" in html
    assert "<p>&lt;y&gt;</p>" in html


def test_buttons_take_other_attributes() -> None:
    html = drawn('{% button "Save" kind="warning" once=True hx_post="/x" %}')
    assert 'hx-post="/x"' in html
    assert 'data-prevent-double-click="true"' in html
    assert "govuk-button--warning" in html


def test_breadcrumbs_end_in_the_page_itself() -> None:
    html = drawn('{% breadcrumbs "Home" "/" "Returns" %}')
    assert '<li class="govuk-breadcrumbs__list-item" aria-current="page">Returns</li>' in html


class OneField(forms.Form):
    name = forms.TextField(label="Name")


@pytest.mark.parametrize(
    ("context", "prefix"),
    [
        ({"form": OneField({})}, "Error: "),
        ({"anything": OneField({})}, "Error: "),
        ({"form": OneField()}, ""),
        ({"form": OneField(QueryDict("name=x"))}, ""),
        ({"page_has_errors": True}, "Error: "),
    ],
)
def test_the_title_says_that_there_are_errors(context: dict[str, object], prefix: str) -> None:
    assert drawn("{% error_prefix %}", **context) == prefix


def test_safe_text_stays_safe_and_plain_text_keeps_its_lines() -> None:
    assert (
        drawn("{{ t|paragraphs }}", t="a\nb\r\n\r\n<c>")
        == '<p class="govuk-body">a<br>b</p><p class="govuk-body">&lt;c&gt;</p>'
    )
    assert drawn("{% tag t %}", t=SafeString("<i>x</i>")) == '<strong class="govuk-tag"><i>x</i></strong>'
