"""Everything a rule can answer has words for people, and no words claim more than is known."""

import inspect
from enum import Enum
from importlib import import_module
from pkgutil import iter_modules

import pytest

from wholestory.child_deaths import rules
from wholestory.child_deaths.rules.grounds import SOURCES, Ground
from wholestory.pathways.rules.terms import Evidence

MODULES = [
    import_module(f"wholestory.child_deaths.rules.{each.name}")
    for each in iter_modules(rules.__path__)
    if not each.name.startswith("matching")
]


def has_words(held: type, module: str) -> bool:
    """A list of answers of this very module, each with a label."""
    label = getattr(held, "label", None)
    return issubclass(held, Enum) and held.__module__ == module and isinstance(label, property)


ENUMS = [
    held
    for module in MODULES
    for _, held in inspect.getmembers(module, inspect.isclass)
    if has_words(held, module.__name__)
]
GROUNDS = {
    (module.__name__, held.key): held
    for module in MODULES
    for _, held in inspect.getmembers(module)
    if isinstance(held, Ground)
}


@pytest.mark.parametrize("held", ENUMS, ids=lambda held: held.__qualname__)
def test_every_answer_has_words_of_its_own(held: type[Enum]) -> None:
    labels = [getattr(each, "label", "") for each in held]
    assert all(label and "_" not in label for label in labels)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    "ground", GROUNDS.values(), ids=[f"{at[0].rsplit('.', 1)[1]}.{at[1]}" for at in GROUNDS]
)
def test_no_sentence_claims_more_than_is_known(ground: Ground) -> None:
    assert "statutory" not in ground.words.lower()
    assert ground.words.endswith(".")
    assert all(source in SOURCES for source in ground.sources)
    if ground.evidence is Evidence.SEEN:
        assert ground.sources
        assert ground.may_be_cited
    else:
        assert not ground.sources
        assert not ground.may_be_cited
        assert ground.standing in ("Not checked against the guidance", "Local rule")
