"""The lists of choices a form's questions need, each written once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wholestory.paperwork.questions.base import Question
from wholestory.paperwork.questions.choosing import Choice, Choices, Scale, YesNo
from wholestory.paperwork.xlsform.headers import OWN

_TONE = f"{OWN.rstrip(':')}_tone"
"""Other programs take each column of the choices sheet for an element's name, which cannot hold colons."""
HEADINGS = ("list_name", "name", "label", _TONE)
Entry = tuple[str, str, str]
"""Name, label and tone of a choice."""


@dataclass
class ChoiceLists:
    """Lists by what stands in them: questions that offer the same share one. ``called`` gives choices other names
    than they are stored under, by ``key:value``."""

    called: Mapping[str, str] = field(default_factory=dict)
    names: dict[tuple[Entry, ...], str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def values(self, question: Question) -> dict[str, str]:
        """What a question's choices are called there, by what they are here."""
        if not isinstance(question, (YesNo, Choice, Choices)):
            return {}
        stored = [option.value for option in question.choices()]
        return {value: self.called.get(f"{question.key}:{value}", value) for value in stored}

    def name_for(self, question: Question) -> str:
        """The list of a question; a new one where none offers the same."""
        entries = _entries(question, self.values(question))
        if entries not in self.names:
            wanted = _wanted(question)
            name, number = wanted, 2
            while name in self.taken:
                name, number = f"{wanted}_{number}", number + 1
            self.taken.add(name)
            self.names[entries] = name
        return self.names[entries]

    def rows(self) -> list[tuple[str, ...]]:
        """The choices sheet, without its headings."""
        return [(name, *entry) for entries, name in self.names.items() for entry in entries]


def _entries(question: Question, values: Mapping[str, str]) -> tuple[Entry, ...]:
    found: list[Entry]
    if isinstance(question, Scale):
        found = [(str(point.value), point.label, point.tone) for point in question.points]
    elif isinstance(question, (YesNo, Choice, Choices)):
        found = [(values[option.value], option.label, "") for option in question.choices()]
    else:
        found = []
    nothing = [(str(allow.kind.value), allow.words, "") for allow in question.nothing]
    return tuple((name, label, "" if tone == "neutral" else tone) for name, label, tone in (*found, *nothing))


def _wanted(question: Question) -> str:
    """What the list is called, if it may be: a scale's code, yes_no, else after its first question."""
    if isinstance(question, Scale) and question.code:
        return "".join(one if one.isalnum() else "_" for one in question.code)
    return "yes_no" if isinstance(question, YesNo) else f"{question.key}_choices"
