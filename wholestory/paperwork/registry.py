"""The forms that come with Wholestory. A room registers its own, from its ``definitions`` package::

    registry.register(SECTION_11, beside=__file__)

Definitions are found at start-up (``PaperworkConfig.ready`` imports every room's ``definitions``).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wholestory.paperwork import lock
from wholestory.paperwork.form import Form


@dataclass(frozen=True)
class Shipped:
    """A registered form, and the folder whose lock seals it."""

    form: Form
    folder: Path


class NotShipped(LookupError):
    """No form of that name and version is registered or kept."""


_SHIPPED: dict[tuple[str, int], Shipped] = {}


def register(*forms: Form, beside: str) -> None:
    """Make forms known. ``beside`` is the ``__file__`` of the module that defines them; its folder holds the lock."""
    folder = Path(beside).resolve().parent
    for form in forms:
        known = _SHIPPED.get((form.key, form.version))
        if known is not None and (known.form != form or known.folder != folder):
            raise ValueError(f"Two forms are called {form.key} version {form.version}.")
        _SHIPPED[(form.key, form.version)] = Shipped(form, folder)


def shipped() -> tuple[Shipped, ...]:
    """Everything registered, by key and version."""
    return tuple(_SHIPPED[each] for each in sorted(_SHIPPED))


def latest(key: str) -> Form:
    """The newest registered version of a form. Raises NotShipped."""
    versions = [version for name, version in _SHIPPED if name == key]
    if not versions:
        raise NotShipped(f"No form is called {key}.")
    return _SHIPPED[(key, max(versions))].form


def version(key: str, number: int) -> Form:
    """One version, also one whose Python is gone and which only its room's sealed JSON remembers. Raises NotShipped."""
    known = _SHIPPED.get((key, number))
    if known is not None:
        return known.form
    for folder in folders():
        for line in lock.read(folder):
            if (line.key, line.version) == (key, number):
                return lock.load(folder, line)
    raise NotShipped(f"No form is called {key} version {number}.")


def folders() -> tuple[Path, ...]:
    """The folders that hold locks."""
    return tuple(sorted({each.folder for each in _SHIPPED.values()}))


def faults() -> tuple[str, ...]:
    """What is wrong between all locks and all registered forms: what `make check` and the tests ask."""
    return tuple(
        fault
        for folder in folders()
        for fault in lock.faults(folder, tuple(each.form for each in shipped() if each.folder == folder))
    )


def seal_new() -> tuple[lock.Sealed, ...]:
    """Seal every registered version that has no seal yet."""
    return tuple(
        line
        for folder in folders()
        for line in lock.write(folder, tuple(each.form for each in shipped() if each.folder == folder))
    )
