"""From a Django field, with its value and errors, to everything its component's template shows.

Templates stay plain because every id, class and `aria-` attribute is settled here, in one place.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

from wholestory.govuk.forms.dates import DateBoxes
from wholestory.govuk.forms.drawn import Box, Choice, Part, element_id, wrong_boxes
from wholestory.govuk.forms.look import Look, look_of

# Attributes the component decides on; a widget may add any other (data-*, hx-*).
_SETTLED = {
    "id", "name", "class", "type", "value", "aria-describedby", "maxlength", "minlength", "required", "rows", "cols",
    "multiple",
}  # fmt: skip


def draw(bound: BoundField) -> Part:
    """Work out how one field looks."""
    widget, look = bound.field.widget, look_of(bound.field)
    base = element_id(bound)
    errors = [
        (f"{base}-error" + (f"-{n}" if n > 1 else ""), str(text)) for n, text in enumerate(bound.errors, 1)
    ]
    hint = str(bound.help_text or "")
    described = [f"{base}-hint"] if hint else []
    described += [one for one, _ in errors]
    part = Part(
        bound=bound,
        template="govuk/forms/input.html",
        id=base,
        look=look,
        label=str(bound.label or ""),
        label_class=_label_size(bound, look),
        hint=hint,
        errors=errors,
        described_by=" ".join(described),
    )
    for kind, complete in _KINDS:
        if isinstance(widget, kind):
            complete(part, widget)
            return part
    _input(part, widget)
    return part


def _label_size(bound: BoundField, look: Look) -> str:
    if look.label_size is not None:
        return look.label_size
    return "l" if look.page_heading else str(getattr(bound.form, "label_size", ""))


def _attributes(
    part: Part, widget: forms.Widget, classes: str, *, described: str | None = None, **settled: Any
) -> SafeString:
    """Attributes of the one input of a field."""
    extra = {name: value for name, value in widget.attrs.items() if name not in _SETTLED}
    own_class = widget.attrs.get("class", "")
    everything = {
        "class": f"{classes} {own_class}".strip(),
        "id": part.id,
        "name": part.bound.html_name,
        **settled,
        "disabled": part.bound.field.disabled,
        "aria-describedby": described or part.described_by or None,
        **extra,
    }
    return flatatt({name: value for name, value in everything.items() if value not in (None, "", False)})


def _error_class(part: Part, name: str) -> str:
    return f" {name}--error" if part.errors else ""


def _input(part: Part, widget: forms.Widget) -> None:
    look = part.look
    value = widget.format_value(part.bound.value())
    classes = " ".join(
        one
        for one in (
            "govuk-input" + _error_class(part, "govuk-input"),
            look.width_class,
            "govuk-input--extra-letter-spacing" if look.spaced_letters else "",
        )
        if one
    )
    kind = widget.attrs.get("type") or getattr(widget, "input_type", "text")
    if kind == "number":
        # A spinner changes numbers when the page is scrolled; the design system uses a text box.
        kind = "text"
        widget.attrs.setdefault("inputmode", "numeric")
    part.attributes = _attributes(part, widget, classes, type=kind, value=value)


def _password(part: Part, widget: forms.Widget) -> None:
    part.template = "govuk/forms/password.html"
    classes = "govuk-input govuk-password-input__input govuk-js-password-input-input" + _error_class(
        part, "govuk-input"
    )
    settled = {"spellcheck": "false", "autocapitalize": "none"}
    part.attributes = _attributes(
        part, widget, f"{classes} {part.look.width_class}".strip(), type="password", **settled
    )


def _textarea(part: Part, widget: forms.Widget) -> None:
    look = part.look
    part.template = "govuk/forms/textarea.html"
    part.value = widget.format_value(part.bound.value()) or ""
    counted = look.max_words or _max_length(part)
    classes = (
        ("govuk-js-character-count " if counted else "")
        + "govuk-textarea"
        + _error_class(part, "govuk-textarea")
    )
    described = f"{part.id}-info {part.described_by}".strip() if counted else None
    rows = look.rows if look.rows != 5 or widget.attrs.get("rows") in (None, "10") else widget.attrs["rows"]
    part.attributes = _attributes(part, widget, classes, rows=rows, described=described)


def _max_length(part: Part) -> int | None:
    found = getattr(part.bound.field, "max_length", None)
    return found if isinstance(found, int) else None


def _file(part: Part, widget: forms.Widget) -> None:
    part.template = "govuk/forms/file.html"
    several = bool(getattr(widget, "allow_multiple_selected", False))
    form = part.bound.form
    # A browser never keeps a chosen file: say so when another answer sent the page back.
    part.resend = (
        form.is_bound and not part.errors and bool(form.errors) and bool(form.files.get(part.bound.html_name))
    )
    classes = "govuk-file-upload" + _error_class(part, "govuk-file-upload")
    part.attributes = _attributes(part, widget, classes, type="file", multiple=several)


def _hidden(part: Part, widget: forms.Widget) -> None:
    part.template = "govuk/forms/hidden.html"


def _single_box(part: Part, widget: forms.Widget) -> None:
    part.template = "govuk/forms/confirm.html"
    value = part.bound.value()
    ticked = widget.check_test(value) if isinstance(widget, forms.CheckboxInput) else bool(value)
    one = Choice(part.id, part.bound.html_name, "on", part.label, ticked, hint=part.hint)
    one.attributes = _choice_attributes(part, widget, one, part.errors and [name for name, _ in part.errors])
    if reveal := part.look.reveals.get("on"):
        one.revealed = _reveal(part, reveal)
    part.groups = [("", [one])]


def _select(part: Part, widget: forms.Widget) -> None:
    part.template = "govuk/forms/select.html"
    part.groups = _choices(part, widget)
    classes = "govuk-select" + _error_class(part, "govuk-select")
    if part.look.width_class:
        classes += f" {part.look.width_class}"
    several = bool(getattr(widget, "allow_multiple_selected", False))
    part.attributes = _attributes(part, widget, classes, multiple=several)


def _radios(part: Part, widget: forms.Widget) -> None:
    part.template = "govuk/forms/radios.html"
    part.groups = _choices(part, widget)


def _checkboxes(part: Part, widget: forms.Widget) -> None:
    part.template = "govuk/forms/checkboxes.html"
    part.groups = _choices(part, widget)


def _choices(part: Part, widget: forms.Widget) -> list[tuple[str, list[Choice]]]:
    """The choices in their groups, each knowing whether it is chosen."""
    if not isinstance(widget, forms.widgets.ChoiceWidget):
        return []
    look, name = part.look, part.bound.html_name
    is_list = isinstance(widget, forms.Select)
    groups: list[tuple[str, list[Choice]]] = []
    count = 0
    for label, options, _ in widget.optgroups(name, widget.format_value(part.bound.value()), {}):
        choices = []
        for option in options:
            value = str(option["value"])
            if not is_list and value == "" and str(option["label"]).startswith("---"):
                continue
            count += 1
            one = Choice(
                id=part.id if count == 1 else f"{part.id}-{count}",
                name=name,
                value=value,
                label=str(option["label"]),
                chosen=bool(option["selected"]),
                hint=str(look.hints.get(value, "")),
                exclusive=value in look.exclusive,
            )
            if one.exclusive:
                one.divider = "or"
            if value in look.reveals:
                one.revealed = _reveal(part, look.reveals[value])
            if not is_list:
                one.attributes = _choice_attributes(part, widget, one, [])
            choices.append(one)
        if choices:
            groups.append((str(label or ""), choices))
    # Without groups Django gives one group per choice: join neighbours that share a heading.
    joined: list[tuple[str, list[Choice]]] = []
    for label, choices in groups:
        if joined and joined[-1][0] == label:
            joined[-1][1].extend(choices)
        else:
            joined.append((label, choices))
    return joined


def _choice_attributes(part: Part, widget: forms.Widget, one: Choice, also: Any) -> SafeString:
    extra = {name: value for name, value in widget.attrs.items() if name not in _SETTLED}
    described = " ".join([*([one.hint_id] if one.hint else []), *(also or [])])
    settled = {
        "checked": one.chosen,
        "disabled": part.bound.field.disabled,
        "data-aria-controls": one.reveal_id if one.revealed else None,
        "data-behaviour": "exclusive" if one.exclusive else None,
        "aria-describedby": described or None,
    }
    return flatatt(
        {name: value for name, value in {**settled, **extra}.items() if value not in (None, "", False)}
    )


def _reveal(part: Part, name: str) -> SafeString | str:
    form = part.bound.form
    return form[name].as_field_group() if name in form.fields else ""


def _date(part: Part, widget: forms.Widget) -> None:
    if not isinstance(widget, DateBoxes):
        return
    part.template = "govuk/forms/date.html"
    typed = widget.boxes(part.bound.value())
    wrong = wrong_boxes(part.bound) or (DateBoxes.parts if part.errors else ())
    name = part.bound.html_name
    completing = str(widget.attrs.get("autocomplete", ""))
    for one in DateBoxes.parts:
        classes = "govuk-input govuk-date-input__input"
        classes += " govuk-input--error" if one in wrong else ""
        classes += " govuk-input--width-4" if one == "year" else " govuk-input--width-2"
        attributes = {
            "inputmode": "numeric",
            "autocomplete": f"{completing}-{one}" if completing == "bday" else None,
            "disabled": part.bound.field.disabled,
        }
        part.boxes.append(
            Box(
                f"{part.id}-{one}",
                f"{name}-{one}",
                one.capitalize(),
                getattr(typed, one),
                classes,
                flatatt({key: value for key, value in attributes.items() if value not in (None, False)}),
            )
        )
    for wanted, key, label, ticked in (
        (widget.may_be_approximate, "approximate", "This date is approximate", typed.approximate),
        (widget.may_be_unknown, "unknown", "The date is not known", typed.unknown),
    ):
        if wanted:
            part.ticks.append(Choice(f"{part.id}-{key}", f"{name}-{key}", "on", label, ticked))


_KINDS: tuple[tuple[Any, Any], ...] = (
    (forms.HiddenInput, _hidden),
    (forms.MultipleHiddenInput, _hidden),
    (DateBoxes, _date),
    (forms.CheckboxInput, _single_box),
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.Select, _select),
    (forms.FileInput, _file),
    (forms.PasswordInput, _password),
    (forms.Textarea, _textarea),
)
