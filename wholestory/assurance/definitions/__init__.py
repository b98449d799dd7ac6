"""The frameworks that come with Wholestory, and the forms made from them.

``shipped()`` lists them; a framework is found by key and version, as a cycle remembers it, also one that was made of
another and a module of ``modules()`` or a level of its own. Those a board made itself are found in the same way. This
package knows no database: where they are kept, ``assurance.own_frameworks``, is made known by ``find_in``.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Protocol

from wholestory.assurance.definitions.as_form import as_form
from wholestory.assurance.definitions.composing import (
    Module,
    Parts,
    parts_of,
    versions_of,
    with_level,
    with_module,
)
from wholestory.assurance.definitions.framework import Framework, FrameworkCannotWork
from wholestory.assurance.definitions.reading import HERE, read, read_module
from wholestory.assurance.rules.scales import scale_called
from wholestory.paperwork import registry
from wholestory.paperwork.definitions import Form

__all__ = [
    "OWN", "Module", "NoSuchFramework", "find_in", "form_of", "framework_called", "is_own", "module_called", "modules",
    "newest", "shipped",
]  # fmt: skip

#: How the key of every framework begins that a board made itself. None that comes with Wholestory begins so.
OWN = "own_"


class NoSuchFramework(LookupError):
    """No framework of that key and version comes with Wholestory, or was published by a board."""


class Shelf(Protocol):
    """Where the boards' own published frameworks are kept."""

    def __call__(self, key: str, version: int | None) -> Framework | None:
        """The framework of this key in this version, or the newest; None when there is none."""


_SHELVES: list[Shelf] = []


def find_in(shelf: Shelf) -> None:
    """Make known where the boards' own frameworks are kept. Saying it twice changes nothing."""
    if shelf not in _SHELVES:
        _SHELVES.append(shelf)


def is_own(key: str) -> bool:
    """Whether a framework of this key was made by a board."""
    return key.startswith(OWN)


@cache
def shipped() -> tuple[Framework, ...]:
    """Every framework in ``frameworks/``, by file name."""
    return tuple(read(path) for path in sorted((HERE / "frameworks").glob("*.toml")))


def framework_called(key: str, version: int | None = None) -> Framework:
    """The framework with this key, in this version or the newest. Raises NoSuchFramework."""
    made_of = parts_of(key)
    if made_of.key != made_of.framework:
        return _composed(key, version)
    found = [each for each in shipped() if each.key == key and version in (None, each.version)]
    if is_own(key):
        found = [each for shelf in _SHELVES if (each := shelf(key, version)) is not None]
    if not found:
        raise NoSuchFramework(f"No framework is called {key}" + (f" version {version}." if version else "."))
    return max(found, key=lambda each: each.version)


def _composed(key: str, version: int | None) -> Framework:
    """A framework made of others. Of what is asked without a version the newest is looked up each time: a board may
    have published another since."""
    made_of = parts_of(key)
    first, second = (
        (None, None) if version is None else versions_of(version) if made_of.module else (version, None)
    )
    made = framework_called(made_of.framework, first)
    module = module_called(made_of.module, second) if made_of.module else None
    return _made(made_of, made.version, module.version if module else 0)


@lru_cache(maxsize=500)
def _made(made_of: Parts, version: int, module_version: int) -> Framework:
    made = framework_called(made_of.framework, version)
    try:
        if made_of.module:
            made = with_module(made, module_called(made_of.module, module_version))
        return with_level(made, made_of.level) if made_of.level else made
    except FrameworkCannotWork as reason:
        raise NoSuchFramework(str(reason)) from None


def newest() -> tuple[Framework, ...]:
    """The newest version of each framework that comes with Wholestory: what a new cycle is offered."""
    return tuple(each for each in shipped() if framework_called(each.key) is each)


@cache
def modules() -> tuple[Module, ...]:
    """Every module in ``modules/``: what a board asks beside a framework in one round and not in the next."""
    return tuple(read_module(path) for path in sorted((HERE / "modules").glob("*.toml")))


def module_called(key: str, version: int | None = None) -> Module:
    """The module with this key, in this version or the newest. Raises NoSuchFramework."""
    found = [each for each in modules() if each.key == key and version in (None, each.version)]
    if not found:
        raise NoSuchFramework(f"No module is called {key}" + (f" version {version}." if version else "."))
    return max(found, key=lambda each: each.version)


def module_form(module: Module) -> Form:
    """The module as a form of its own. Nobody fills it in: it is sealed, so that a module that was asked never changes
    under its version."""
    scale = scale_called(module.scale)
    level = scale.compliant_from or scale.levels[0]
    alone = Framework(
        f"module_{module.key}", module.version, "", module.title, scale, level, module.standards, module.source,
        references_on_form=True,
    )  # fmt: skip
    return as_form(alone)


@lru_cache(maxsize=500)
def form_of(framework_key: str, version: int) -> Form:
    """The form of a framework, made once. Raises NoSuchFramework."""
    return as_form(framework_called(framework_key, version))


registry.register(*(form_of(each.key, each.version) for each in shipped()), beside=__file__)
registry.register(*map(module_form, modules()), beside=__file__)
