"""Markdown does no harm and looks like the rest of the page."""

import pytest

from wholestory.govuk.markdown import to_html


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,hello)",
        "<img src=x onerror=alert(1)>",
        "![a picture](https://example.org/track.gif)",
        '<a href="x" onclick="alert(1)">x</a>',
        "<javascript:alert(1)>",
    ],
)
def test_nothing_in_it_runs_or_calls_home(written: str) -> None:
    html = to_html(written)
    assert "<script" not in html
    assert "<img" not in html
    for tag in html.split("<")[1:]:
        inside = tag.split(">")[0]
        assert not any(word in inside for word in ("javascript:", "data:", " on")), html


def test_it_has_the_design_systems_classes() -> None:
    html = to_html(
        "# Title\n\nText with [a link](https://example.org).\n\n- one\n\n1. first\n\n| A |\n|---|\n| b |\n"
    )
    assert '<h2 class="govuk-heading-m">Title</h2>' in html
    assert 'class="govuk-link"' in html
    assert 'rel="noopener noreferrer"' in html
    assert 'class="govuk-list govuk-list--bullet"' in html
    assert 'class="govuk-list govuk-list--number"' in html
    assert (
        '<th scope="col" class="govuk-table__header">A</th>' in html or 'class="govuk-table__header"' in html
    )


def test_no_heading_competes_with_the_pages_own() -> None:
    assert "<h1" not in to_html("# One\n\nTwo\n===")
