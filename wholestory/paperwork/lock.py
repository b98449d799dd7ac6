"""``definitions.lock``: the seals of a room's forms. Once a version is in the lock it is fixed; a change is a version.

Each room keeps, in its ``definitions/`` folder::

    definitions.lock            one line for each sealed version: key, version, seal
    sealed/KEY.vVERSION.json    that version as JSON, so that it still loads when its Python is gone
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from wholestory.paperwork.faults import CannotWork
from wholestory.paperwork.form import Form
from wholestory.paperwork.sealing import from_json, seal, to_json
from wholestory.paperwork.words import NotADefinition

LOCK = "definitions.lock"
HEAD = "# Seals of the forms kept here: key version sha256. Written by `wholestory forms seal`; never edited by hand.\n"


@dataclass(frozen=True, order=True)
class Sealed:
    """One line of a lock."""

    key: str
    version: int
    seal: str

    @property
    def file(self) -> str:
        """Where this version is kept, below the room's definitions folder."""
        return f"sealed/{self.key}.v{self.version}.json"


class BadLock(ValueError):
    """A lock that cannot be read; the message names file and line."""


def read(folder: Path) -> tuple[Sealed, ...]:
    """The lines of a folder's lock; none when there is no lock yet. Raises BadLock."""
    path = folder / LOCK
    if not path.exists():
        return ()
    lines = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.split()
        if len(parts) != 3 or not parts[1].isdigit():
            raise BadLock(f"{path}, line {number}: expected a key, a version and a seal.")
        lines.append(Sealed(parts[0], int(parts[1]), parts[2]))
    return tuple(lines)


def load(folder: Path, line: Sealed) -> Form:
    """A sealed version as it was. Raises FileNotFoundError, NotADefinition or CannotWork."""
    return from_json(json.loads((folder / line.file).read_text(encoding="utf-8")))


def faults(folder: Path, forms: tuple[Form, ...]) -> tuple[str, ...]:
    """What is wrong between a folder's lock and its forms, each as one sentence; empty when all is well."""
    found: list[str] = []
    locked = {(line.key, line.version): line for line in read(folder)}
    for line in locked.values():
        found.extend(_line_faults(folder, line))
    kept = {path.name for path in (folder / "sealed").glob("*.json")}
    spoken_of = {Path(line.file).name for line in locked.values()}
    found += [f"{folder / 'sealed' / name}: kept, but not in {LOCK}." for name in sorted(kept - spoken_of)]
    for form in forms:
        sealed = locked.get((form.key, form.version))
        newest = max((version for key, version in locked if key == form.key), default=0)
        if sealed is None and form.version <= newest:
            after = f"version {newest} is already sealed; number it {newest + 1}."
            found.append(f"{form.key} version {form.version}: {after}")
        elif sealed is None:
            found.append(f"{form.key} version {form.version}: not sealed yet. Run `wholestory forms seal`.")
        elif sealed.seal != seal(form):
            found.append(
                f"{form.key} version {form.version}: changed since it was sealed. "
                f"Give the changed form version {newest + 1}; version {form.version} stays as it was."
            )
    return tuple(found)


def write(folder: Path, forms: tuple[Form, ...]) -> tuple[Sealed, ...]:
    """Seal every form that has no seal yet; returns the new lines. A sealed version is never rewritten."""
    lines = list(read(folder))
    known = {(line.key, line.version) for line in lines}
    added = []
    for form in forms:
        if (form.key, form.version) in known:
            continue
        line = Sealed(form.key, form.version, seal(form))
        path = folder / line.file
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(to_json(form), indent=1, ensure_ascii=False, sort_keys=True)
        path.write_text(text + "\n", encoding="utf-8")
        added.append(line)
    if added:
        body = "".join(f"{line.key} {line.version} {line.seal}\n" for line in sorted(lines + added))
        (folder / LOCK).write_text(HEAD + body, encoding="utf-8")
    return tuple(added)


def _line_faults(folder: Path, line: Sealed) -> list[str]:
    name = f"{line.key} version {line.version}"
    try:
        form = load(folder, line)
    except FileNotFoundError:
        return [f"{name}: sealed, but {folder / line.file} is missing."]
    except (NotADefinition, CannotWork, json.JSONDecodeError) as reason:
        return [f"{name}: no longer loads from {folder / line.file}: {reason}"]
    if (form.key, form.version) != (line.key, line.version) or seal(form) != line.seal:
        return [f"{name}: {folder / line.file} is not what was sealed."]
    return []
