"""The frameworks that come with Wholestory, and the forms made from them.

``shipped()`` lists them; a framework is found by key and version, as a cycle remembers it.
"""

from __future__ import annotations

from functools import cache

from wholestory.assurance.definitions.as_form import as_form
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.definitions.reading import HERE, read
from wholestory.paperwork import registry
from wholestory.paperwork.definitions import Form

__all__ = ["NoSuchFramework", "form_of", "framework_called", "shipped"]


class NoSuchFramework(LookupError):
    """No framework of that key and version comes with Wholestory."""


@cache
def shipped() -> tuple[Framework, ...]:
    """Every framework in ``frameworks/``, by file name."""
    return tuple(read(path) for path in sorted((HERE / "frameworks").glob("*.toml")))


def framework_called(key: str, version: int | None = None) -> Framework:
    """The framework with this key, in this version or the newest. Raises NoSuchFramework."""
    found = [each for each in shipped() if each.key == key and version in (None, each.version)]
    if not found:
        raise NoSuchFramework(f"No framework is called {key}" + (f" version {version}." if version else "."))
    return max(found, key=lambda each: each.version)


@cache
def form_of(framework_key: str, version: int) -> Form:
    """The form of a framework, made once. Raises NoSuchFramework."""
    return as_form(framework_called(framework_key, version))


registry.register(*(form_of(each.key, each.version) for each in shipped()), beside=__file__)
