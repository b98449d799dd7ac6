"""The pathways of every room, so that they can be checked, drawn and looked up from below.

A room calls ``register(PATHWAY)`` when it starts (in its ``apps.py``). Old versions stay registered, because
records stay on the version under which they began.
"""

from __future__ import annotations

from wholestory.pathways.rules.stages import Pathway

_known: dict[tuple[str, int], Pathway] = {}


class UnknownPathway(LookupError):
    """No room has registered that pathway in that version."""


class DifferentPathway(ValueError):
    """Two different pathways carry the same name and version: a changed pathway needs a new version."""


def register(pathway: Pathway) -> Pathway:
    """Make a pathway known. Registering the same one again changes nothing. Raises DifferentPathway."""
    name = (pathway.key, pathway.version)
    if _known.get(name, pathway) != pathway:
        raise DifferentPathway(f"{pathway.key} {pathway.version} is already registered and is not the same.")
    _known[name] = pathway
    return pathway


def registered() -> tuple[Pathway, ...]:
    """Every pathway and version, in order of name and version."""
    return tuple(_known[name] for name in sorted(_known))


def pathway(key: str, version: int | None = None) -> Pathway:
    """A pathway in one version, or the newest. Raises UnknownPathway."""
    versions = [number for name, number in _known if name == key]
    if not versions or (version is not None and version not in versions):
        raise UnknownPathway(f"No room has registered the pathway “{key}”{f' {version}' if version else ''}.")
    return _known[(key, version if version is not None else max(versions))]
