"""What is known of the questions of a workbook while it is read or written: how other rows may speak of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wholestory.paperwork.given import Nothing
from wholestory.paperwork.questions.amounts import Number
from wholestory.paperwork.questions.base import Question
from wholestory.paperwork.questions.calculated import Calculated
from wholestory.paperwork.questions.choosing import Choice, Choices, Scale, YesNo
from wholestory.paperwork.questions.repeating import Repeat
from wholestory.paperwork.questions.when import Date
from wholestory.paperwork.xlsform.expressions import Node, Path, Ref


class CannotHold(ValueError):
    """The form cannot say this. The message says what is in the way, without a capital or a full stop."""


@dataclass(frozen=True)
class About:
    """One question. ``name`` is what it is called in the workbook, ``values`` are its choices there by what they are
    here, ``inside`` the key of the repeating group it stands in."""

    name: str
    key: str
    kind: type[Question]
    position: int
    inside: str = ""
    whole: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    offers: frozenset[str] = frozenset()

    @property
    def is_number(self) -> bool:
        return issubclass(self.kind, (Number, Scale, Calculated))

    @property
    def is_choice(self) -> bool:
        return issubclass(self.kind, (YesNo, Choice, Choices))

    @property
    def is_date(self) -> bool:
        return issubclass(self.kind, Date)

    @property
    def is_repeat(self) -> bool:
        return issubclass(self.kind, Repeat)

    @property
    def counts_whole(self) -> bool:
        """Whether its numbers are whole, so that "more than 2" is "3 or more"."""
        return issubclass(self.kind, (Scale, Repeat)) or self.whole

    def ours(self, value: str) -> str:
        """The choice or kind of nothing that is called so in the workbook. Raises CannotHold."""
        for held, spelled in self.values.items():
            if spelled == value:
                return held
        if value in self.offers and value in set(Nothing):
            return value
        raise CannotHold(f"“{value}” is not one of the choices of {self.name}")


@dataclass
class Known:
    """The questions so far, by their names in the workbook. ``dropped`` are names of rows this form does not hold,
    ``blocks`` those of groups, ``inside`` is the repeating group that is being read."""

    by_name: dict[str, About] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)
    blocks: set[str] = field(default_factory=set)
    inside: str = ""
    _by_key: dict[str, About] = field(default_factory=dict)

    def by_key(self, key: str) -> About | None:
        """The question with this key of ours."""
        return self._by_key.get(key)

    def add(self, about: About) -> None:
        """From here on others may speak of it."""
        self.by_name[about.name] = self._by_key[about.key] = about

    def about(self, node: Node) -> About | None:
        """The question a part of an expression stands for; None when the part is something else. Raises CannotHold."""
        if isinstance(node, Ref):
            return self.named(node.name)
        if isinstance(node, Path) and node.last in self.by_name and node.text.startswith((".", "/")):
            return self.named(node.last)
        return None

    def named(self, name: str) -> About:
        """The question called so. Raises CannotHold when it cannot be spoken of from here."""
        found = self.by_name.get(name)
        if found is None:
            if name in self.dropped:
                raise CannotHold(f"{name} is not held itself")
            if name in self.blocks:
                raise CannotHold(f"{name} is a group, not a question")
            raise CannotHold(f"{name} comes later; here only earlier answers can be looked at")
        if found.inside and found.inside != self.inside:
            raise CannotHold(f"{name} is asked many times, in a repeating group")
        return found
