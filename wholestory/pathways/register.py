"""The rule register: every clock and threshold, found by discovery, looked up by key and edition."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Iterator
from functools import lru_cache

from wholestory.pathways import definitions
from wholestory.pathways.editions import Edition, edition
from wholestory.pathways.rules.editions import Reading
from wholestory.pathways.rules.terms import Clock, Threshold


class UnknownRule(LookupError):
    """No clock or threshold has that key. The message names the nearest."""


class NotInEdition(LookupError):
    """The clock exists, but not under that edition. The message says under which."""


@lru_cache(maxsize=1)
def clocks() -> tuple[Clock, ...]:
    """Every clock of every edition, in the order of their files."""
    found = (getattr(module, "CLOCKS", ()) for module in _modules())
    return tuple(clock for group in found for clock in group)


@lru_cache(maxsize=1)
def thresholds() -> tuple[Threshold, ...]:
    """Every threshold."""
    found = (getattr(module, "THRESHOLDS", ()) for module in _modules())
    return tuple(threshold for group in found for threshold in group)


def _modules() -> Iterator[object]:
    for info in pkgutil.iter_modules(definitions.__path__):
        yield importlib.import_module(f"{definitions.__name__}.{info.name}")


def rules() -> tuple[Clock | Threshold, ...]:
    """Clocks and thresholds together."""
    return (*clocks(), *thresholds())


def clock_keys() -> tuple[str, ...]:
    """The keys of all clocks, each once, in order."""
    return tuple(dict.fromkeys(clock.key for clock in clocks()))


def versions(key: str) -> tuple[Clock, ...]:
    """Every version of the clock called ``key`` (hyphens and capitals do not matter). Raises UnknownRule."""
    wanted = key.strip().lower().replace("-", "_").replace(" ", "_")
    found = tuple(clock for clock in clocks() if clock.key == wanted)
    if not found:
        raise UnknownRule(f"There is no clock “{key}”. " + _nearest(wanted))
    return found


def _nearest(wanted: str) -> str:
    words = set(wanted.split("_"))
    near = difflib.get_close_matches(wanted, clock_keys(), n=5, cutoff=0.5)
    near += [key for key in clock_keys() if words & set(key.split("_")) and key not in near]
    if not near:
        return "See `wholestory due --list` for all of them."
    return "Nearest: " + ", ".join(near[:5]) + "."


def clock(key: str, under: Edition | str) -> Clock:
    """The clock ``key`` as it stands under an edition.

    Raises UnknownRule, UnknownEdition, or NotInEdition when the edition has no such clock or is unread.
    """
    chosen = edition(under) if isinstance(under, str) else under
    found = versions(key)
    for each in found:
        if chosen.key in each.editions:
            return each
    where = ", ".join(name for each in found for name in each.editions)
    if chosen.reading is Reading.UNREAD:
        raise NotInEdition(
            f"{chosen.title} has not been read, so no clock is claimed under it. "
            f"“{found[0].title}” is held under: {where}."
        )
    raise NotInEdition(f"“{found[0].title}” is not held under {chosen.key}. It is held under: {where}.")


def rule_id(rule: Clock | Threshold) -> str:
    """A stable name for one version of a rule: its key and its first edition, as in ``scr_decision@WT2015``."""
    return f"{rule.key}@{rule.editions[0]}"


def by_id(name: str) -> Clock | Threshold:
    """The rule of a stable name. Raises UnknownRule."""
    for rule in rules():
        if rule_id(rule) == name:
            return rule
    raise UnknownRule(f"There is no rule “{name}”.")


def of_edition(under: Edition | str) -> tuple[Clock, ...]:
    """The clocks held under an edition."""
    chosen = edition(under) if isinstance(under, str) else under
    return tuple(each for each in clocks() if chosen.key in each.editions)
