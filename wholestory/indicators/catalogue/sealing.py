"""Seals: once a version of a definition is published, it stays as it was; a change is a new version.

``catalogue.lock`` has one line for each sealed version (code, version, sha256 over its canonical JSON);
``sealed/THEME.jsonl`` keeps each of them whole, one to a line, so that an old figure can always be read under the
definition it was made by.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import MISSING, asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from wholestory.indicators.catalogue.definition import Break, Breakdown, Definition, Label, Lag, Threshold
from wholestory.indicators.catalogue.reading import FOLDER, load

FORMAT = 1
LOCK = "catalogue.lock"
HEAD = "# Seals of the measures: code version sha256. Written by `wholestory measures seal`; never edited by hand.\n"


class BadSeal(ValueError):
    """A lock or a sealed definition that cannot be read; the message names file and line."""


@dataclass(frozen=True, order=True, slots=True)
class Sealed:
    """One line of the lock."""

    code: str
    version: int
    sha256: str


def to_json(definition: Definition) -> dict[str, Any]:
    """The definition as JSON. A field left at its default is left out, so that a field added later moves no seal."""
    said: dict[str, Any] = {"format": FORMAT}
    for each in fields(Definition):
        value = getattr(definition, each.name)
        if each.default is MISSING or value != each.default:
            said[each.name] = _plain(value)
    return said


def from_json(stored: Any) -> Definition:
    """The definition a JSON holds. Raises BadSeal."""
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise BadSeal(f"A measure: only format {FORMAT} can be read.")
    given = {key: value for key, value in stored.items() if key != "format"}
    try:
        for name in ("providers", "also", "benchmarks", "also_known_as", "questions"):
            if name in given:
                given[name] = tuple(given[name])
        for name in ("valid_from", "valid_to"):
            if given.get(name):
                given[name] = date.fromisoformat(given[name])
        given["lag"] = Lag(**given["lag"])
        if "thresholds" in given:
            given["thresholds"] = Threshold(**given["thresholds"])
        given["breaks"] = tuple(_break(each) for each in given.get("breaks", ()))
        given["breakdowns"] = tuple(_split(each) for each in given.get("breakdowns", ()))
        return Definition(**given)
    except (TypeError, KeyError, ValueError, AttributeError) as reason:
        raise BadSeal(f"A measure cannot be read: {reason}") from reason


def canonical(definition: Definition) -> str:
    """The one spelling that is hashed and kept: sorted keys, no spaces."""
    return json.dumps(to_json(definition), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def seal(definition: Definition) -> str:
    """sha256 (64 hex digits) over the canonical JSON."""
    return hashlib.sha256(canonical(definition).encode()).hexdigest()


def read_lock(folder: Path = FOLDER) -> tuple[Sealed, ...]:
    """The lines of the lock; none when there is no lock yet. Raises BadSeal."""
    path = folder / LOCK
    if not path.exists():
        return ()
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.split()
        if len(parts) != 3 or not parts[1].isdigit():
            raise BadSeal(f"{path.name}, line {number}: expected a code, a version and a seal.")
        found.append(Sealed(parts[0], int(parts[1]), parts[2]))
    return tuple(found)


def kept(folder: Path = FOLDER) -> dict[tuple[str, int], Definition]:
    """Every version ever sealed, by code and version. Raises BadSeal."""
    found = {}
    for path in sorted((folder / "sealed").glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                definition = from_json(json.loads(line))
            except (BadSeal, json.JSONDecodeError) as reason:
                raise BadSeal(f"{path.name}, line {number}: {reason}") from reason
            found[definition.code, definition.version] = definition
    return found


def version(code: str, number: int, folder: Path = FOLDER) -> Definition:
    """One version of a measure, in force or superseded. Raises KeyError."""
    for each in load(folder).definitions:
        if (each.code, each.version) == (code, number):
            return each
    return kept(folder)[code, number]


def faults(folder: Path = FOLDER) -> tuple[str, ...]:
    """What is wrong between the catalogue and its seals, each as one sentence; empty when all is well."""
    found: list[str] = []
    locked = {(each.code, each.version): each for each in read_lock(folder)}
    stored = kept(folder)
    for (code, number), line in locked.items():
        name = f"{code} version {number}"
        if (code, number) not in stored:
            found.append(f"{name}: sealed, but not kept in sealed/.")
        elif seal(stored[code, number]) != line.sha256:
            found.append(f"{name}: what is kept in sealed/ is not what was sealed.")
    found += [
        f"{code} version {number}: kept, but not in {LOCK}." for code, number in stored.keys() - locked.keys()
    ]
    newest: dict[str, int] = {}
    for code, number in locked:
        newest[code] = max(number, newest.get(code, 0))
    for each in load(folder).definitions:
        name, last = f"{each.code} version {each.version}", newest.get(each.code, 0)
        line_of = locked.get((each.code, each.version))
        if line_of is None and each.version <= last:
            found.append(f"{name}: version {last} is already sealed; number it {last + 1}.")
        elif line_of is None:
            found.append(f"{name}: not sealed yet. Run `wholestory measures seal`.")
        elif line_of.sha256 != seal(each):
            found.append(
                f"{name}: changed since it was sealed. Give the changed measure version {last + 1};"
                f" version {each.version} stays as it was."
            )
    return tuple(found)


def write(folder: Path = FOLDER) -> tuple[Sealed, ...]:
    """Seal every definition that has no seal yet; returns the new lines. What is sealed is never rewritten."""
    lines = list(read_lock(folder))
    known = {(each.code, each.version) for each in lines}
    added = []
    for each in load(folder).definitions:
        if (each.code, each.version) in known:
            continue
        path = folder / "sealed" / f"{each.theme}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as kept_in:
            kept_in.write(canonical(each) + "\n")
        added.append(Sealed(each.code, each.version, seal(each)))
    if added:
        body = "".join(f"{each.code} {each.version} {each.sha256}\n" for each in sorted(lines + added))
        (folder / LOCK).write_text(HEAD + body, encoding="utf-8")
    return tuple(added)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Lag | Threshold | Break | Breakdown):
        return {key: _plain(each) for key, each in asdict(value).items()}
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value


def _break(stored: dict[str, Any]) -> Break:
    day = stored.get("from_on")
    return Break(date.fromisoformat(day) if day else None, stored["because"])


def _split(stored: dict[str, Any]) -> Breakdown:
    labels: Iterable[dict[str, str]] = stored.get("labels", ())
    return Breakdown(
        stored["key"],
        stored["title"],
        tuple(Label(each["key"], each["title"]) for each in labels),
        bool(stored.get("overlapping", False)),
    )
