"""Every part as a tag, and the filters pages need. `{% load govuk %}` at the top of a template.

A tag takes what its part takes (`wholestory.govuk.parts`); README.md beside the room shows one example of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from wholestory.govuk import parts
from wholestory.govuk.forms.dates import in_words
from wholestory.govuk.markdown import to_html
from wholestory.govuk.parts.errors import has_errors

register = template.Library()


@register.simple_tag
def button(text: Any, **wanted: Any) -> SafeString:
    """A button; `kind`, `name`, `value`, `once`, `disabled`, `id`, `type`. Other arguments become attributes."""
    return _button(text, "", wanted)


@register.simple_tag
def link_button(text: Any, url: str, **wanted: Any) -> SafeString:
    """A link that looks like a button."""
    return _button(text, url, wanted)


_BUTTON_WORDS = {"kind", "name", "value", "type", "disabled", "once", "id"}


def _button(text: Any, url: str, wanted: dict[str, Any]) -> SafeString:
    own = {name: value for name, value in wanted.items() if name in _BUTTON_WORDS}
    other = {name.replace("_", "-"): value for name, value in wanted.items() if name not in _BUTTON_WORDS}
    return parts.Button(text, url=str(url), attributes=other, **own).__html__()


@register.simple_tag
def back_link(url: str, text: str = "Back") -> SafeString:
    """The way back, for the block `before_main`."""
    return parts.BackLink(str(url), text).__html__()


@register.simple_tag
def breadcrumbs(*items: Any) -> SafeString:
    """Where this page is: one list of links, or text and url by turns, ending in the page's own name."""
    if len(items) == 1 and not isinstance(items[0], str):
        return parts.Breadcrumbs(items[0]).__html__()
    pairs = [items[at : at + 2] for at in range(0, len(items), 2)]
    return parts.Breadcrumbs(pairs).__html__()


@register.simple_tag
def tag(text: Any, colour: str = "") -> SafeString:
    """A status; `colour` is a colour or a meaning such as overdue."""
    return parts.Tag(text, colour).__html__()


@register.simple_tag
def status(one: Any) -> SafeString:
    """A status object's tag: anything with `label` and `colour`."""
    return parts.Tag(one.label, one.colour).__html__()


@register.simple_tag
def banner(text: Any, kind: str = "important", title: str = "", id: str = "banner-title") -> SafeString:
    """News about the whole page; `kind` is important or success."""
    return parts.Banner(text, "success" if kind == "success" else "important", title, id).__html__()


@register.simple_tag
def panel(title: Any, text: Any = "") -> SafeString:
    """The end of a journey. Holds the page's h1."""
    return parts.Panel(title, text).__html__()


@register.simple_tag
def warning(text: Any) -> SafeString:
    """Something with consequences."""
    return parts.WarningText(text).__html__()


@register.simple_block_tag
def details(content: str, summary: Any, open: bool = False, id: str = "") -> SafeString:
    """`{% details "Summary" %}...{% enddetails %}`."""
    return parts.Details(summary, content, open, id).__html__()


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """`{% inset %}...{% endinset %}`."""
    return parts.Inset(content).__html__()


@register.simple_tag
def summary_list(rows: Sequence[Any], borders: bool = True) -> SafeString:
    """What is known about one thing; rows are `Row`s or (key, value, *links)."""
    return parts.SummaryList(rows, borders).__html__()


@register.simple_tag
def summary_card(
    title: str, rows: Sequence[Any], actions: Sequence[Any] = (), heading_level: int = 2
) -> SafeString:
    """A summary with a title of its own."""
    return parts.SummaryCard(title, rows, actions, heading_level).__html__()


@register.simple_tag
def table(
    caption: Any, columns: Sequence[Any] = (), rows: Sequence[Any] = (), narrow: str = "scroll", **wanted: Any
) -> SafeString:
    """A table: a `Table`, or a caption, columns and rows."""
    if isinstance(caption, parts.Table):
        return caption.__html__()
    return parts.Table(
        caption, columns, rows, narrow="stack" if narrow == "stack" else "scroll", **wanted
    ).__html__()


@register.simple_tag
def task_list(tasks: Sequence[parts.Task], id: str = "task-list") -> SafeString:
    """Things to do and how far each is."""
    return parts.TaskList(tasks, id).__html__()


@register.simple_tag
def accordion(id: str, sections: Sequence[parts.Section], heading_level: int = 2) -> SafeString:
    """Sections that open one by one."""
    return parts.Accordion(id, sections, heading_level).__html__()


@register.simple_tag
def tabs(items: Sequence[parts.Tab], title: str = "Contents") -> SafeString:
    """Views of the same thing."""
    return parts.Tabs(items, title).__html__()


@register.simple_tag
def progress(done: int, total: int, what: str = "answered", id: str = "progress") -> SafeString:
    """How many of how many."""
    return parts.Progress(done, total, what, id).__html__()


@register.simple_tag
def timeline(events: Sequence[parts.Event], heading_level: int = 3) -> SafeString:
    """A history."""
    return parts.Timeline(events, heading_level).__html__()


@register.simple_tag
def who_can_see(people: Sequence[Any], note: Any = "", url: str = "", heading_level: int = 2) -> SafeString:
    """Who can see this."""
    return parts.WhoCanSee(people, note, str(url), heading_level).__html__()


@register.simple_tag
def access_record_link(url: str) -> SafeString:
    """The way to the access record."""
    return parts.AccessRecordLink(str(url)).__html__()


@register.simple_tag
def error_summary(*sources: Any) -> SafeString:
    """Every error of the page's forms and formsets; nothing when there is none."""
    return parts.ErrorSummary(sources).__html__()


@register.simple_tag(takes_context=True)
def error_prefix(context: Context) -> str:
    """“Error: ” for the page's title when any form of the page came back with errors."""
    if context.get("page_has_errors"):
        return "Error: "
    found: list[Any] = list(context.flatten().values())
    return "Error: " if any(map(has_errors, found)) else ""


@register.inclusion_tag("govuk/components/filter_panel.html")
def filter_panel(form: Any, clear_url: str = "", label: str = "Narrow this list") -> dict[str, Any]:
    """Search and selects above a list, sent with GET."""
    # An answer that cannot be followed narrows nothing, so nothing is said to be narrowed.
    wrong = bool(form.errors)
    chosen = form.chosen() if hasattr(form, "chosen") and not wrong else []
    return {"form": form, "chosen": chosen, "wrong": wrong, "clear_url": clear_url or "?", "label": label}


@register.inclusion_tag("govuk/components/download_links.html")
def download_links(page: Any) -> dict[str, Any]:
    """Download what I see, as CSV and Excel; takes a `ListPage`."""
    return {"page": page}


@register.filter
def paragraphs(text: Any) -> SafeString:
    """Plain text with its paragraphs and line breaks kept."""
    blocks = [one for one in str(text).replace("\r\n", "\n").split("\n\n") if one.strip()]
    return SafeString("".join(_paragraph(one) for one in blocks))


def _paragraph(block: str) -> str:
    lines = (conditional_escape(one) for one in block.strip().split("\n"))
    return format_html('<p class="govuk-body">{}</p>', SafeString("<br>".join(lines)))


@register.filter
def markdown(text: Any) -> SafeString:
    """Markdown as safe HTML in the design system's classes."""
    return to_html(str(text))


@register.filter
def day(value: Any) -> str:
    """A date in words: 14 March 2016. Nothing for nothing."""
    if isinstance(value, datetime):
        value = _local(value).date()
    return in_words(value) if isinstance(value, date) else ""


@register.filter
def moment(value: Any) -> str:
    """A moment in words, in London time: 14 March 2016 at 3:04pm."""
    if not isinstance(value, datetime):
        return day(value)
    local = _local(value)
    return f"{in_words(local.date())} at {clock_time(local)}"


def clock_time(local: datetime) -> str:
    """The time of day as the design system writes it: 9am, 3:04pm, midday, midnight."""
    if (local.hour, local.minute) in {(0, 0), (12, 0)}:
        return "midday" if local.hour else "midnight"
    half = "am" if local.hour < 12 else "pm"
    hour = local.hour % 12 or 12
    return f"{hour}:{local.minute:02d}{half}" if local.minute else f"{hour}{half}"


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value
