"""Questions answered by naming a person or an agency, or by giving a file.

Who can be named and how files are kept is other rooms' business: they hand in the choices (``filling.Surroundings``)
or register an uploader (``uploads``). An answer keeps the name as it stood that day, so an old form reads as it was
signed even when the directory has moved on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from wholestory.paperwork.given import Json
from wholestory.paperwork.questions.base import NotThat, Question
from wholestory.paperwork.questions.writing import tidy


class _Named(Question):
    """Something from a directory. Stored as ``{"id", "name"}``; ``id`` is empty for a name typed by hand."""

    or_typed: bool
    thing = "one"

    def understand(self, typed: Json) -> Json:
        """``{"id", "name"}``: the view puts the name to the id before asking, so a stranger's id has no name."""
        if not typed:
            return None
        if not isinstance(typed, dict):
            raise NotThat(f"Choose {self.thing} from the list")
        chosen, name = str(typed.get("id") or ""), tidy(str(typed.get("name") or ""))
        if not chosen and not name:
            return None
        if chosen:
            try:
                chosen = str(UUID(chosen))
            except ValueError as reason:
                raise NotThat(f"Choose {self.thing} from the list") from reason
        if not name or (not chosen and not self.or_typed):
            raise NotThat(f"Choose {self.thing} from the list")
        return {"id": chosen, "name": name}

    def value_in_words(self, value: Json) -> str:
        return str(value.get("name", "")) if isinstance(value, dict) else str(value)

    def faults_in(self, value: Json, today: date) -> tuple[str, ...]:
        return () if len(self.value_in_words(value)) <= 200 else ("The name must be 200 characters or fewer",)


@dataclass(frozen=True)
class PersonQ(_Named, word="person"):
    """A person of the board's directory; with ``or_typed`` also somebody who is not in it, by name.

    ``choices_from`` tells the view which people to offer (a word agreed with the room that mounts the form).
    """

    choices_from: str = field(default="", kw_only=True)
    or_typed: bool = field(default=False, kw_only=True)
    thing = "a person"


@dataclass(frozen=True)
class AgencyQ(_Named, word="agency"):
    """An agency of the board's directory; with ``or_typed`` also one that is not in it, by name."""

    choices_from: str = field(default="", kw_only=True)
    or_typed: bool = field(default=False, kw_only=True)
    thing = "an agency"


@dataclass(frozen=True)
class File(Question, word="file"):
    """One or more files, kept by the registered uploader; stored as a list of ``{"ref", "name"}``."""

    at_most: int = field(default=1, kw_only=True)
    accepts: tuple[str, ...] = field(default=(), kw_only=True)

    def understand(self, typed: Json) -> Json:
        """The references the uploader gave."""
        if not typed:
            return None
        cards = typed if isinstance(typed, list) else [typed]
        if not all(isinstance(card, dict) and card.get("ref") and card.get("name") for card in cards):
            raise NotThat("Choose a file")
        return [
            {"ref": str(card["ref"]), "name": tidy(str(card["name"]))}
            for card in cards
            if isinstance(card, dict)
        ]

    def faults_in(self, value: Json, today: date) -> tuple[str, ...]:
        if isinstance(value, list) and len(value) > self.at_most:
            return (f"Keep no more than {self.at_most} file{'s' if self.at_most != 1 else ''}",)
        return ()

    def value_in_words(self, value: Json) -> str:
        """The files' names, one to a line."""
        if not isinstance(value, list):
            return str(value)
        return "\n".join(str(card.get("name", "")) for card in value if isinstance(card, dict))

    def value_for_export(self, value: Json) -> str:
        return self.value_in_words(value).replace("\n", "; ")

    def definition_faults(self) -> tuple[str, ...]:
        found = [] if self.at_most > 0 else ["it must take at least one file"]
        found += [
            f"'{end}' is not a file ending: write it as 'pdf'" for end in self.accepts if not end.isalnum()
        ]
        return tuple(found)
