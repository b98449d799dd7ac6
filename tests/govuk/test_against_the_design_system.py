"""Our parts give the HTML of the design system's own examples."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django import forms as django_forms
from django.test.html import parse_html
from django.utils.safestring import SafeString

from wholestory.govuk import forms, parts
from wholestory.govuk.forms import drawing

EXAMPLES = json.loads((Path(__file__).parent / "fixtures" / "govuk-frontend.json").read_text())
Options = dict[str, Any]


def words(given: Options | None) -> Any:
    """Text, or HTML that the example gives as it is."""
    given = given or {}
    return SafeString(given["html"].strip()) if "html" in given else given.get("text", "")


def tab_words(given: Options) -> Any:
    """A tab's text is a paragraph; with us whoever writes the tab writes the paragraph."""
    return words(given) if "html" in given else SafeString(f'<p class="govuk-body">{given["text"]}</p>')


def field_html(
    options: Options, field: django_forms.Field, initial: Any = None, wrong_parts: tuple[str, ...] = ()
) -> str:
    """One field drawn as the example asks: its id, name, label, hint and error."""
    name = options.get("name") or options["id"]
    heading = options.get("label") or options.get("fieldset", {}).get("legend") or {}
    field.label = words(heading)
    field.help_text = words(options.get("hint"))
    field.widget.attrs["id"] = options.get("id") or options.get("idPrefix") or name
    size = heading.get("classes", "").rpartition("--")[2]
    look = {**field.look.__dict__, "label_size": size, "page_heading": bool(heading.get("isPageHeading"))}
    field.look = forms.Look(**look)
    form_class = type("Example", (forms.Form,), {name: field})
    form = form_class({}) if "errorMessage" in options else form_class()
    form.initial = {name: initial} if initial is not None else {}
    if "errorMessage" in options:
        form.is_bound = False
        form._errors = django_forms.utils.ErrorDict()
        form.cleaned_data = {}
        form.add_error(
            name, django_forms.ValidationError(words(options["errorMessage"]), params={"parts": wrong_parts})
        )
    return str(form[name].as_field_group())


def look_from(classes: str) -> Options:
    """What a look says instead of classes."""
    found: Options = {"spaced_letters": "extra-letter-spacing" in classes}
    found["inline"] = "--inline" in classes
    found["small"] = "--small" in classes
    for one in classes.split():
        if "--width-" in one:
            found["width"] = int(one.rpartition("-")[2])
    return found


def draw_input(options: Options) -> str:
    field = forms.TextField(
        prefix=words(options.get("prefix")),
        suffix=words(options.get("suffix")),
        **look_from(options.get("classes", "")),
    )
    return field_html(options, field, options.get("value"))


def draw_textarea(options: Options) -> str:
    return field_html(options, forms.LongTextField(rows=options.get("rows", 5)), options.get("value"))


def draw_character_count(options: Options) -> str:
    limit = "max_words" if options.get("countType") == "words" else "max_length"
    field = forms.LongTextField(threshold=options.get("threshold"), **{limit: options["maxlength"]})
    return field_html(options, field, options.get("value"))


def draw_choices(kind: Any) -> Callable[[Options], str]:
    def draw(options: Options) -> str:
        items = [one for one in options["items"] if one and "divider" not in one]
        chosen = [str(one["value"]) for one in items if one.get("checked") or one.get("selected")]
        chosen += [str(one) for one in options.get("values", [])]
        exclusive = [str(one["value"]) for one in items if one.get("behaviour") == "exclusive"]
        wanted: Options = look_from(options.get("classes", ""))
        if kind is forms.ManyChoicesField:
            wanted["exclusive"] = exclusive
        if kind is forms.SelectField:
            wanted["prompt"] = None
        field = kind(
            choices=[(str(one["value"]), words(one)) for one in items],
            hints={str(one["value"]): words(one["hint"]) for one in items if "hint" in one},
            reveals={str(one["value"]): one["conditional"]["html"] for one in items if "conditional" in one},
            **wanted,
        )
        initial = chosen if kind is forms.ManyChoicesField else (chosen or [None])[0]
        return field_html(options, field, initial)

    return draw


def draw_date(options: Options) -> str:
    values = options.get("values", {})
    boxes = forms.dates.Boxes(*(str(values.get(part, "")) for part in ("day", "month", "year")))
    wrong = tuple(part for part in ("day", "month", "year") if options.get(part, {}).get("error"))
    return field_html(options, forms.DateField(), boxes, wrong)


def draw_pagination(options: Options) -> str:
    current = next(one["number"] for one in options["items"] if one.get("current"))
    return str(parts.Pagination(current, len(options["items"]), lambda n: f"/page/{n}", label="Pagination"))


def draw_summary(options: Options) -> str:
    rows = []
    for one in options["rows"]:
        actions = one.get("actions", {}).get("items", [])
        links = [parts.Link(act["text"], act["href"], act.get("visuallyHiddenText", "")) for act in actions]
        rows.append(parts.Row(words(one["key"]), words(one["value"]), links))
    return str(parts.SummaryList(rows, borders="no-border" not in options.get("classes", "")))


def draw_button(options: Options) -> str:
    kind = "start" if options.get("isStartButton") else options.get("classes", "").rpartition("--")[2]
    return str(
        parts.Button(
            options["text"],
            kind,
            options.get("href", ""),
            options.get("name", ""),
            disabled=options.get("disabled", False),
        )
    )


def draw_errors(options: Options) -> str:
    errors = tuple((one["text"], one.get("href", "").lstrip("#")) for one in options["errorList"])
    return str(parts.ErrorSummary(errors))


DRAW: dict[str, Callable[[Options], str]] = {
    "back-link": lambda o: str(parts.BackLink("#")),
    "breadcrumbs": lambda o: str(parts.Breadcrumbs([(one["text"], one["href"]) for one in o["items"]])),
    "button": draw_button,
    "character-count": draw_character_count,
    "checkboxes": draw_choices(forms.ManyChoicesField),
    "date-input": draw_date,
    "details": lambda o: str(
        parts.Details(o["summaryText"], o["text"], o.get("open", False), o.get("id", ""))
    ),
    "error-summary": draw_errors,
    "file-upload": lambda o: field_html(o, forms.FilesField() if o.get("multiple") else forms.FileField()),
    "input": draw_input,
    "inset-text": lambda o: str(parts.Inset(o["text"])),
    "notification-banner": lambda o: str(
        parts.Banner(
            o["text"],
            o.get("type", "important"),
            "Success" if o.get("type") else "Important",
            "govuk-notification-banner-title",
        )
    ),
    "pagination": draw_pagination,
    "panel": lambda o: str(parts.Panel(SafeString(o["titleHtml"]), SafeString(o["html"]))),
    "password-input": lambda o: field_html(o, forms.PasswordField()),
    "radios": draw_choices(forms.RadiosField),
    "select": draw_choices(forms.SelectField),
    "summary-list": draw_summary,
    "tabs": lambda o: str(
        parts.Tabs([parts.Tab(one["id"], one["label"], tab_words(one["panel"])) for one in o["items"]])
    ),
    "tag": lambda o: str(parts.Tag(o["text"], o.get("classes", "").rpartition("--")[2])),
    "textarea": draw_textarea,
    "warning-text": lambda o: str(parts.WarningText(o["text"])),
}

# Where ours differs on purpose: (component, what the example has, what we have, why).
DIFFERENT: tuple[tuple[str, str, str, str], ...] = (
    ("pagination", '"/previous"', '"/page/{before}"', "the example's addresses are of no page"),
    ("pagination", '"/next"', '"/page/{after}"', "the example's addresses are of no page"),
    ("select", " disabled", "", "a choice nobody can make is not offered"),
    (
        "checkboxes",
        "with-divider-and-none-5",
        "with-divider-and-none-4",
        "only choices are counted, not the word “or”",
    ),
    ("date-input", 'name="day"', 'name="{id}-day"', "a page may hold two dates"),
    ("date-input", 'name="month"', 'name="{id}-month"', "a page may hold two dates"),
    ("date-input", 'name="year"', 'name="{id}-year"', "a page may hold two dates"),
)


def expected(component: str, options: Options, html: str) -> str:
    for about, theirs, ours, _ in DIFFERENT:
        if about == component:
            current = next((one["number"] for one in options.get("items", []) if one.get("current")), 0)
            html = html.replace(
                theirs, ours.format(before=current - 1, after=current + 1, id=options.get("id"))
            )
    return html


@pytest.mark.parametrize(
    ("component", "name"), [(component, name) for component, found in EXAMPLES.items() for name in found]
)
def test_it_is_the_design_systems_html(component: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_reveal", lambda part, html: SafeString(html))
    example = EXAMPLES[component][name]
    drawn = DRAW[component](example["options"])
    assert str(parse_html(drawn)) == str(parse_html(expected(component, example["options"], example["html"])))
