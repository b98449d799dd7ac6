"""The summary at the top of a page that came back with errors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.forms.formsets import BaseFormSet

from wholestory.govuk.forms.drawn import first_input_id
from wholestory.govuk.parts.base import Part


@dataclass(frozen=True)
class ErrorSummary(Part):
    """Every error of the page's forms, each a link to where it is put right.

    Takes forms, formsets and (text, id) pairs.
    """

    sources: tuple[Any, ...]
    title: str = "There is a problem"
    template = "govuk/components/error_summary.html"

    @property
    def errors(self) -> list[tuple[str, str]]:
        """(text, id of the input or nothing), in the order of the page."""
        found: list[tuple[str, str]] = []
        for source in self.sources:
            found.extend(_errors(source))
        return found


def has_errors(source: Any) -> bool:
    """Whether a form or formset was sent and did not hold."""
    if isinstance(source, BaseForm):
        return source.is_bound and bool(source.errors)
    if isinstance(source, BaseFormSet):
        return source.is_bound and (any(map(bool, source.errors)) or bool(source.non_form_errors()))
    return False


def _errors(source: Any) -> Iterator[tuple[str, str]]:
    if not source:
        return
    if isinstance(source, BaseFormSet):
        for text in source.non_form_errors():
            yield str(text), ""
        for form in source.forms:
            yield from _errors(form)
    elif isinstance(source, BaseForm):
        if not has_errors(source):
            return
        for text in source.non_field_errors():
            yield str(text), ""
        for bound in source:
            link = "" if bound.is_hidden else first_input_id(bound)
            for text in bound.errors:
                yield (str(text) if link else f"{bound.label}: {text}"), link
    elif isinstance(source, list):
        for one in source:
            yield from _errors(one)
    elif isinstance(source, tuple):
        text, link = source
        yield str(text), str(link)
    else:
        yield str(source), ""
