"""Frameworks made of others: with the board's priorities of this round, and with a level of its own for compliant.

The key of what is made says what it was made of (``section_11_wt2015__neglect__from_3``), so that a cycle finds it
again by key and version alone. Items keep their keys: what was answered last time comes forward though the module
changed.

A module is a part of its own, for one round. Its version is written into the version of what is made: version 103 is
version 3 of the framework with version 2 of the module, version 3 is version 3 with version 1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from wholestory.assurance.definitions.framework import Framework, FrameworkCannotWork, Standard

BETWEEN = "__"
LEVEL = "from_"
#: Frameworks count their versions below this.
STEP = 100


@dataclass(frozen=True)
class Module:
    """Standards that are added to a framework for a round. ``about`` tells an officer in a sentence what it asks."""

    key: str
    version: int
    title: str
    about: str
    scale: str
    standards: tuple[Standard, ...]
    source: str = ""


@dataclass(frozen=True)
class Parts:
    """What a key says a framework is made of. ``module`` and ``level`` may be empty."""

    framework: str
    module: str
    level: str

    @property
    def key(self) -> str:
        """The key again. The framework's own key has no double underscore."""
        level = f"{LEVEL}{self.level}" if self.level else ""
        return BETWEEN.join(part for part in (self.framework, self.module, level) if part)


def parts_of(key: str) -> Parts:
    """The parts of a key: those of a framework as it stands are its key and nothing."""
    framework, *more = key.split(BETWEEN)
    level = more.pop()[len(LEVEL) :] if more and more[-1].startswith(LEVEL) else ""
    return Parts(framework, BETWEEN.join(more), level)


def versions_of(version: int) -> tuple[int, int]:
    """The version of the framework, and of the module, in the version of what was made of them."""
    return (version - 1) % STEP + 1, (version - 1) // STEP + 1


def with_module(framework: Framework, module: Module) -> Framework:
    """The framework with the module's standards after its own. Raises FrameworkCannotWork where the two have different
    scales, or share a key."""
    parts = parts_of(framework.key)
    if parts.module:
        raise FrameworkCannotWork(f"{framework.key} has a module already.")
    if not framework.scored or framework.scale.code != module.scale:
        raise FrameworkCannotWork(
            f"“{framework.title}” and “{module.title}” are answered on different scales:"
            " they cannot be asked together."
        )
    return replace(
        framework,
        key=replace(parts, module=module.key).key,
        version=framework.version + STEP * (module.version - 1),
        standards=(*framework.standards, *module.standards),
        source="; ".join(part for part in (framework.source, module.source) if part),
    )


def with_level(framework: Framework, level: str) -> Framework:
    """The framework with ``level`` as the lowest score that is compliant; itself where that is its level anyway.
    Raises FrameworkCannotWork where its scale leaves no choice, or not this one."""
    if level == framework.compliant_from:
        return framework
    if level not in framework.scale.levels:
        raise FrameworkCannotWork(
            f"On the scale {framework.scale.title}, {level} cannot be chosen as the level for compliant."
        )
    return replace(framework, key=replace(parts_of(framework.key), level=level).key, compliant_from=level)
