"""Markdown that board members write, as HTML that can do no harm."""

from __future__ import annotations

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

# Raw HTML is never let through; a picture could call home, so there are none.
_reader = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table").disable("image")

_TAGS = {
    "p", "br", "strong", "em", "code", "pre", "blockquote", "hr", "ul", "ol", "li", "a",
    "h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_CLASSES = {
    "p": "govuk-body",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "a": "govuk-link",
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
    "h4": "govuk-heading-s",
    "blockquote": "govuk-inset-text",
    "hr": "govuk-section-break govuk-section-break--m govuk-section-break--visible",
    "table": "govuk-table",
    "tr": "govuk-table__row",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
}
_cleaner = nh3.Cleaner(
    tags=_TAGS,
    attributes={"a": {"href", "title"}, "ol": {"start"}, "th": {"scope"}},
    set_tag_attribute_values={tag: {"class": names} for tag, names in _CLASSES.items()},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener noreferrer",
)


def to_html(text: str) -> SafeString:
    """The text as safe HTML. Headings start at h2: the page has its own h1."""
    tokens = _reader.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 1, 4)}"
        elif token.type == "th_open":
            token.attrs = {"scope": "col"}
    return SafeString(_cleaner.clean(_reader.renderer.render(tokens, _reader.options, {})))
