"""Reads a table of settings from environment variables, and refuses in words.

A setting may come from a file when it is a secret: for `SECRET_KEY`, set `SECRET_KEY_FILE` to the file's path.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from dataclasses import fields as dataclass_fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

PREFIX = "WHOLESTORY_"


class Refused(Exception):
    """The environment does not hold together. Its text says which variables, what is wrong and what to do."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        lines = "\n".join(f"  - {problem}" for problem in problems)
        super().__init__(
            f"Wholestory cannot start with these settings:\n{lines}\nAll settings: docs/reference/settings.md"
        )


@dataclass(frozen=True)
class Setting:
    """What one variable is called, how it is read, and what it is for."""

    variable: str
    read: Callable[[str], Any]
    about: str
    section: str
    default: str | None
    """Text that is read like the variable; None when there is no value without one."""
    demo: str
    """What the demo uses instead, in words; empty when the same."""
    needed_by: tuple[str, ...]
    """The roles that refuse to start without it outside the demo."""
    secret: bool
    """Never shown in a message; may also come from a file."""
    empty: Any
    """The value when there is none."""


def setting(
    variable: str,
    read: Callable[[str], Any],
    about: str,
    *,
    section: str,
    default: str | None = None,
    demo: str = "",
    needed_by: tuple[str, ...] = (),
    secret: bool = False,
    empty: Any = "",
) -> Any:
    """Declare a setting as a field of a dataclass."""
    declared = Setting(variable, read, about, section, default, demo, needed_by, secret, empty)
    return field(metadata={"setting": declared}, repr=not secret)


def settings_of(table: type) -> dict[str, Setting]:
    """Each field of `table` and its setting, in the order they were declared."""
    return {f.name: f.metadata["setting"] for f in dataclass_fields(table) if "setting" in f.metadata}


def read(table: type, variables: Mapping[str, str], problems: list[str]) -> dict[str, Any]:
    """The value of each field of `table`. What is wrong is added to `problems`, one sentence each."""
    values: dict[str, Any] = {}
    for name, declared in settings_of(table).items():
        values[name] = _value(declared, variables, problems)
    return values


def unknown(table: type, variables: Mapping[str, str], also: frozenset[str]) -> list[str]:
    """A sentence for each variable with our prefix that no setting has: most likely a slip of the keyboard."""
    known = {declared.variable for declared in settings_of(table).values()}
    known |= {f"{declared.variable}_FILE" for declared in settings_of(table).values() if declared.secret}
    found = []
    for variable in sorted(variables):
        if variable.startswith(PREFIX) and variable not in known | also:
            near = get_close_matches(variable, known, n=1)
            hint = f"did you mean {near[0]}?" if near else "remove it"
            found.append(f"{variable} is not a setting of Wholestory; {hint}")
    return found


def _value(declared: Setting, variables: Mapping[str, str], problems: list[str]) -> Any:
    text = variables.get(declared.variable, "").strip()
    source = declared.variable
    if declared.secret and (path := variables.get(f"{declared.variable}_FILE", "").strip()):
        source = f"{declared.variable}_FILE"
        if text:
            problems.append(f"{declared.variable} and {source} are both set; keep one of them")
            return declared.empty
        try:
            text = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            problems.append(f"{source} names a file that cannot be read; check its path and who may read it")
            return declared.empty
    if not text:
        if declared.default is None:
            return declared.empty
        text = declared.default
    try:
        return declared.read(text)
    except ValueError as error:
        shown = "" if declared.secret else f" (it is “{text}”)"
        problems.append(f"{source} {error}{shown}")
        return declared.empty
