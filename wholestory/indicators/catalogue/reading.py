"""Reads the catalogue: a file for each theme, ``a_context.toml`` to ``k_board.toml``, beside ``breakdowns.toml``.

A file begins with ``[defaults]``, fields for all of its measures; then one ``[[measure]]`` after the other. A field
that is not known, not there or not of its kind is a fault that names file, code and field; all are told at once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from wholestory.indicators.catalogue import words
from wholestory.indicators.catalogue.definition import Break, Breakdown, Definition, Label, Lag, Threshold

FOLDER = Path(__file__).resolve().parent
BREAKDOWNS = "breakdowns.toml"
CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,11}[a-z]?")
CHOICES: Mapping[str, Iterable[str]] = {
    "theme": words.THEMES,
    "unit": words.UNITS,
    "polarity": words.POLARITIES,
    "aggregation": words.AGGREGATIONS,
    "frequency": words.FREQUENCIES,
    "year": words.YEARS,
    "small_numbers": words.SMALL_NUMBERS,
    "oba": words.OBA,
    "providers": words.PROVIDERS,
    "also": words.ALSO,
    "population": words.POPULATIONS,
}
LISTS = ("providers", "also", "benchmarks", "also_known_as", "questions")
DAYS = ("valid_from", "valid_to")
NUMBERS = ("version", "tier", "multiplier")


class CatalogueFault(ValueError):
    """A catalogue that cannot be used; ``faults`` holds one sentence for each thing that is wrong."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All measures that ship, as read from one folder."""

    definitions: tuple[Definition, ...]

    def get(self, code: str) -> Definition:
        """The definition of a code in force, or of a code under which an agency knows it. Raises KeyError."""
        for each in self.definitions:
            if code == each.code or code in each.also_known_as:
                return each
        raise KeyError(code)

    def of_theme(self, theme: str) -> tuple[Definition, ...]:
        """The measures of one theme, in the order of their file."""
        return tuple(each for each in self.definitions if each.theme == theme)

    def with_feed(self, feed: str) -> tuple[Definition, ...]:
        """The measures that a figure from child-level files answers."""
        return tuple(each for each in self.definitions if each.feed == feed)


@cache
def load(folder: Path = FOLDER) -> Catalogue:
    """The catalogue of a folder. Raises CatalogueFault with everything that is wrong."""
    faults: list[str] = []
    splits = _breakdowns(folder / BREAKDOWNS, faults)
    found: list[Definition] = []
    for path in sorted(folder.glob("[a-z]_*.toml")):
        found += _theme(path, splits, faults)
    faults += _across(found)
    if faults:
        raise CatalogueFault(faults)
    return Catalogue(tuple(found))


def from_fields(stated: Mapping[str, Any], splits: Mapping[str, Breakdown], where: str = "") -> Definition:
    """One definition from its fields, as in a file. Raises CatalogueFault; its sentences begin with ``where``."""
    faults: list[str] = []
    definition = _definition(stated, splits, where, faults)
    if definition is None or faults:
        raise CatalogueFault(faults)
    return definition


def breakdowns(folder: Path = FOLDER) -> dict[str, Breakdown]:
    """How measures may be split, by key. Raises CatalogueFault."""
    faults: list[str] = []
    found = _breakdowns(folder / BREAKDOWNS, faults)
    if faults:
        raise CatalogueFault(faults)
    return found


def _toml(path: Path, faults: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        faults.append(f"{path.name}: there is no such file.")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as reason:
        faults.append(f"{path.name}: cannot be read: {reason}.")
    return {}


def _breakdowns(path: Path, faults: list[str]) -> dict[str, Breakdown]:
    found = {}
    for key, stated in _toml(path, faults).items():
        known = isinstance(stated, dict) and set(stated) <= {"title", "labels", "overlapping"}
        if (
            not known
            or not isinstance(stated.get("title"), str)
            or not isinstance(stated.get("labels", {}), dict)
        ):
            faults.append(f"{path.name}: {key}: needs a title, and may have labels and overlapping.")
            continue
        labels = tuple(Label(each, title) for each, title in stated.get("labels", {}).items())
        found[key] = Breakdown(key, stated["title"], labels, bool(stated.get("overlapping", False)))
    return found


def _theme(path: Path, splits: Mapping[str, Breakdown], faults: list[str]) -> list[Definition]:
    told = _toml(path, faults)
    shared = told.get("defaults", {})
    found = []
    for number, stated in enumerate(told.get("measure", ()), 1):
        code = stated.get("code")
        where = f"{path.name}: {code or f'measure {number}'}"
        definition = _definition({"theme": path.name[0], **shared, **stated}, splits, where, faults)
        if definition is not None:
            found.append(definition)
    faults += [f"{path.name}: {key}: not a part of a theme." for key in set(told) - {"defaults", "measure"}]
    return found


FIELDS = {each.name: each for each in fields(Definition)}
REQUIRED = {name for name, each in FIELDS.items() if each.default is MISSING} - {"denominator"}


def _definition(
    stated: Mapping[str, Any], splits: Mapping[str, Breakdown], where: str, faults: list[str]
) -> Definition | None:
    before = len(faults)
    faults += [f"{where}: {name}: not a field of a measure." for name in sorted(set(stated) - set(FIELDS))]
    faults += [f"{where}: {name}: missing." for name in sorted(REQUIRED - set(stated))]
    given: dict[str, Any] = {"denominator": ""}
    for name, value in stated.items():
        if name in FIELDS:
            try:
                given[name] = _value(name, value, splits)
            except (ValueError, TypeError, KeyError) as reason:
                faults.append(f"{where}: {name}: {reason.args[0] if reason.args else reason}")
    if len(faults) > before:
        return None
    definition = Definition(**given)
    faults += [f"{where}: {fault}" for fault in _within(definition)]
    return definition


def _value(name: str, value: Any, splits: Mapping[str, Breakdown]) -> Any:
    """One field's value. Raises ValueError with what is wrong."""
    if name == "lag":
        return _lag(value)
    if name == "breakdowns":
        return tuple(_split(each, splits) for each in _texts(value))
    if name == "thresholds":
        return _threshold(value)
    if name == "breaks":
        return tuple(_break(each) for each in value)
    if name in LISTS:
        texts = _texts(value)
        for each in texts:
            _choice(name, each)
        return texts
    if name in DAYS:
        if not isinstance(value, date):
            raise ValueError("needs a day.")
        return value
    if name in NUMBERS:
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise ValueError(f"“{value}” is not a whole number of 1 or more.")
        return value
    if not isinstance(value, str):
        raise ValueError("needs text.")
    _choice(name, value)
    return value.strip()


def _choice(name: str, value: str) -> None:
    if name in CHOICES and value not in CHOICES[name]:
        raise ValueError(f"“{value}” is none of {', '.join(CHOICES[name])}.")


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError("needs a list of texts.")
    return tuple(value)


def _split(key: str, splits: Mapping[str, Breakdown]) -> Breakdown:
    if key not in splits:
        raise ValueError(f"“{key}” is not in {BREAKDOWNS}.")
    return splits[key]


def _lag(value: Any) -> Lag:
    amount, _, unit = value.partition(" ") if isinstance(value, str) else ("", "", "")
    unit = unit.replace(" ", "_")
    if not amount.isdigit() or unit not in words.LAG_UNITS:
        raise ValueError("needs a text such as “15 working days” or “8 months”.")
    return Lag(int(amount), unit)


def _threshold(value: Any) -> Threshold:
    known = {each.name for each in fields(Threshold)}
    if not isinstance(value, dict) or set(value) - known:
        raise ValueError(f"may hold {', '.join(sorted(known))}.")
    limits: dict[str, Any] = {}
    for key, each in value.items():
        limits[key] = str(each) if isinstance(each, int | float) and not isinstance(each, bool) else each
    return Threshold(**limits)


def _break(value: Any) -> Break:
    if not isinstance(value, dict) or set(value) - {"from_on", "because"} or not value.get("because"):
        raise ValueError("each break says because, and may say from_on.")
    if not isinstance(value.get("from_on"), date | None):
        raise ValueError("from_on of a break is a day.")
    return Break(value.get("from_on"), value["because"])


def _within(definition: Definition) -> Iterable[str]:
    """What the fields of one definition say against each other."""
    if not CODE.fullmatch(definition.code):
        yield "code: capitals, digits and hyphens, with at most one small letter at the end."
    if definition.tier not in (1, 2):
        yield "tier: 1 or 2."
    if definition.unit in ("percent", "rate", "ratio") and not definition.denominator:
        yield f"denominator: a {definition.unit} needs one."
    if definition.unit == "count" and definition.denominator:
        yield "denominator: a count has none."
    if definition.unit == "percent" and definition.multiplier != 100:
        yield "multiplier: 100 for a per cent."
    if definition.population and "rate" not in (definition.unit, *definition.also):
        yield "population: only for a rate."
    if "rate" in definition.also and not definition.population:
        yield "also: a rate needs a population."
    if not definition.providers:
        yield "providers: at least one."


def _across(found: list[Definition]) -> Iterable[str]:
    """What definitions say against each other."""
    codes: dict[str, str] = {}
    for each in found:
        for code in (each.code, *each.also_known_as):
            if code in codes:
                yield f"{each.code}: code: {code} is already {codes[code]}."
            codes[code] = each.code
    known = {each.code for each in found}
    for each in found:
        for name in ("part_of", "quality_source"):
            other = getattr(each, name)
            if other and other not in known:
                yield f"{each.code}: {name}: there is no {other}."
