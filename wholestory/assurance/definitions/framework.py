"""A framework: the standards and items an agency assesses itself against, as versioned data.

A framework names the edition of the guidance it follows, its scale, which points count as compliant, and
the words each kind of agency sees. It is a form's meaning; ``as_form`` makes the form itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from wholestory.assurance.rules.scales import CompliantTest, NotOnScale, Scale, usual_test

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)

#: What the page is called for each duty. A school never reads "section 11": it answers under another law.
USUAL_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "s11": "Section 11 self-audit",
        "s175": "Safeguarding self-assessment asked of every organisation",
        "s157": "Safeguarding self-assessment asked of every organisation",
        "nmss": "Safeguarding self-assessment asked of every organisation",
        "s40_childcare": "Early years safeguarding self-assessment",
    }
)

#: Why this agency is asked, in a sentence for the invitation and the first page. Unchecked wording.
WHY_ASKED: Mapping[str, str] = MappingProxyType(
    {
        "s11": "Your organisation is one of those that section 11 of the Children Act 2004 speaks of.",
        "s175": "Maintained schools and colleges have their own duty under section 175 of the Education Act 2002.",
        "s157": "Academies and independent schools have their own duty under section 157 of the Education Act 2002.",
        "nmss": "Non-maintained special schools have this duty under their own regulations.",
        "s40_childcare": "Early years providers have this duty under section 40 of the Childcare Act 2006.",
        "s55_bci": "Your organisation has its own duty under the Borders, Citizenship and Immigration Act 2009.",
        "contract": "Your contract asks you to show how you keep children safe.",
        "voluntary": "You are invited to answer, as many organisations here do. Nothing obliges you.",
        "other": "The safeguarding board asks every organisation that meets children to answer.",
    }
)

UNCHECKED = "The wording is ours. It has not been checked against the guidance."


class FrameworkCannotWork(ValueError):
    """A framework with a fault; the message lists each with its place."""


@dataclass(frozen=True)
class Item:
    """One thing to score. ``descriptors`` say what has to be true for each point of the scale, worst first.

    ``replaces`` names items of earlier frameworks that this one took over, where its key is not theirs. ``weight`` is
    how many points it carries within its standard. ``figures`` are numbers asked beside the score, each by its label:
    they are shown and never rolled up. ``external_refs`` say who else asks this, so that nobody gathers
    the same proof twice.
    """

    key: str
    text: str
    guidance: str
    descriptors: tuple[str, ...]
    critical: bool = False
    show: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    external_refs: tuple[str, ...] = ()
    weight: int = 1
    figures: tuple[str, ...] = ()

    @property
    def also_asked(self) -> str:
        """``Also asked in: ...``, or nothing."""
        return f"Also asked in: {'; '.join(self.external_refs)}." if self.external_refs else ""


@dataclass(frozen=True)
class Standard:
    """Items under one heading: one page of the form, one column of the heat map."""

    key: str
    title: str
    intro: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Framework:
    """A version of a framework. ``compliant_from`` is the scale's value from which an answer is compliant; empty where
    the scale leaves it to each area, which then says it for each cycle.

    ``signatures`` are the posts that must each sign, by different people; none: one person signs, in a post of their
    own words. ``scored`` is off where answers are plain words and no figure is made of them. ``references_on_form``
    says that the form itself shows who else asks a question.
    """

    key: str
    version: int
    edition: str
    title: str
    scale: Scale
    compliant_from: str
    standards: tuple[Standard, ...]
    source: str
    checked: bool = False
    commentary_required: bool = True
    titles: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    signatures: tuple[str, ...] = ()
    scored: bool = True
    references_on_form: bool = False

    def __post_init__(self) -> None:
        faults = tuple(_faults(self))
        if faults:
            raise FrameworkCannotWork(f"{self.key} version {self.version}:\n" + "\n".join(faults))

    @property
    def compliant(self) -> CompliantTest:
        """Which points count; its label is shown wherever a figure rests on it. Raises NoCompliantLevel where each
        cycle says it."""
        if not self.compliant_from:
            return usual_test(self.scale)
        return CompliantTest(self.scale, self.compliant_from)

    @property
    def status(self) -> str:
        """What every page made from this framework says of its authority; empty once it was checked."""
        return "" if self.checked else UNCHECKED

    @property
    def has_weights(self) -> bool:
        """Whether items carry different points."""
        return len({item.weight for item in self.items.values()}) > 1

    def title_for(self, duty_basis: str) -> str:
        """What the page is called for an agency that answers on this basis."""
        return self.titles.get(duty_basis) or USUAL_TITLES.get(duty_basis) or self.title

    def why_asked(self, duty_basis: str) -> str:
        """One sentence on why this agency is asked."""
        return WHY_ASKED.get(duty_basis, WHY_ASKED["other"])

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item by its key, in the order of the form."""
        return MappingProxyType({item.key: item for std in self.standards for item in std.items})

    @cached_property
    def standard_of(self) -> Mapping[str, Standard]:
        """The standard each item stands in, by the item's key."""
        return MappingProxyType({item.key: std for std in self.standards for item in std.items})

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """What each item is numbered on the page: ``5.2``. Numbers are for reading; keys are for keeping."""
        return MappingProxyType(
            {
                item.key: f"{n}.{m}"
                for n, std in enumerate(self.standards, 1)
                for m, item in enumerate(std.items, 1)
            }
        )


def _faults(framework: Framework) -> Iterator[str]:
    if framework.version < 1:
        yield "Versions count from 1."
    yield from _level_faults(framework)
    if len(set(framework.signatures)) != len(framework.signatures) or not all(
        map(str.strip, framework.signatures)
    ):
        yield "signatures: name each post that signs once."
    if not framework.standards:
        yield "It has no standards."
    seen: set[str] = set()
    for std in framework.standards:
        yield from _key_faults(f"standard {std.key}", std.key, seen)
        if not std.title.strip() or not std.items:
            yield f"standard {std.key}: a title and at least one item are needed."
        for item in std.items:
            place = f"standard {std.key}, item {item.key}"
            yield from _key_faults(place, item.key, seen)
            if not item.text.strip() or not item.guidance.strip():
                yield f"{place}: text and guidance are needed."
            if item.weight < 1:
                yield f"{place}: its weight must be 1 or more."
            if len(item.descriptors) != len(framework.scale.points) or not all(item.descriptors):
                yield f"{place}: one descriptor for each of the {len(framework.scale.points)} points is needed."


def _level_faults(framework: Framework) -> Iterator[str]:
    if not framework.compliant_from and not framework.scale.compliant_from:
        return
    try:
        framework.scale.point(framework.compliant_from)
    except NotOnScale as reason:
        yield f"compliant_from: {reason}"


def _key_faults(place: str, key: str, seen: set[str]) -> Iterator[str]:
    if not KEY.fullmatch(key):
        yield f"{place}: a key is up to 40 lower-case letters, digits and underscores."
    if key in seen:
        yield f"{place}: this key is used twice."
    seen.add(key)
