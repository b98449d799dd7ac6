"""Every box for text of the rooms about deaths, meetings and learning says how much it takes: what is more comes back
with an error beside it, and nothing is cut without a word."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django import forms

ROOMS = ("child_deaths", "meetings", "learning", "challenge", "performance")
#: A box nobody sees, for machines that fill in everything: what is in it is thrown away unread.
TRAP = "website"


def declared(room: str) -> Iterator[tuple[str, type[forms.BaseForm]]]:
    package = import_module(f"wholestory.{room}")
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if "forms" not in found.name.split(".")[2:]:
            continue
        module = import_module(found.name)
        for name, value in vars(module).items():
            if (
                inspect.isclass(value)
                and issubclass(value, forms.BaseForm)
                and value.__module__ == found.name
            ):
                yield f"{found.name}.{name}", value


def call_of(text: str) -> str:
    """The call a text begins with, up to its closing bracket."""
    depth = 0
    for at, letter in enumerate(text):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == ")" and not depth:
            return text[:at]
    return text


@pytest.mark.parametrize("room", ROOMS)
def test_every_field_of_text_has_a_limit(room: str) -> None:
    seen = 0
    without = []
    for name, form in declared(room):
        for key, field in getattr(form, "base_fields", {}).items():
            if isinstance(field, forms.CharField) and key != TRAP:
                seen += 1
                if field.max_length is None:
                    without.append(f"{name}.{key}")
    assert seen > 2
    assert without == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_field_added_to_a_form_as_it_is_made_has_one(room: str) -> None:
    root = Path(str(import_module(f"wholestory.{room}").__file__)).parent
    without = []
    for path in [*root.rglob("forms/*.py"), *root.rglob("forms.py")]:
        for call in path.read_text().split("self.fields[")[1:]:
            made, _, rest = call.partition("] = ")
            text = rest.startswith(("forms.TextField(", "forms.LongTextField(", "forms.PhoneField("))
            if text and "max_length" not in call_of(rest):
                without.append(f"{path.relative_to(root)}: {made}")
    assert without == []
