"""The parts of returns that somebody was asked to answer, and which of them are still to be done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from wholestory.assurance.answers import framework_of
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.models import Return, SectionOwner
from wholestory.paperwork.given import Nothing
from wholestory.paperwork.models import Answer
from wholestory.partners.models import Person


def own_parts(person: Person) -> dict[UUID, set[str]]:
    """The standards this person was named for, by return: one query."""
    found: dict[UUID, set[str]] = defaultdict(set)
    for ret, standard in SectionOwner.objects.filter(person=person).values_list("return_of_id", "standard"):
        found[ret].add(standard)
    return dict(found)


def left_of(parts: Mapping[UUID, set[str]], returns: Sequence[Return]) -> dict[UUID, int]:
    """How many of their parts are not done, by return: one query for all. A part is done when every line of it has its
    score, and its words where the framework wants them, and nothing in it waits to be confirmed."""
    mine = [ret for ret in returns if ret.id in parts]
    if not mine:
        return {}
    rows = Answer.objects.filter(answer_set__in=[ret.answers_id for ret in mine], to_confirm=False)
    given: dict[UUID, dict[str, str]] = defaultdict(dict)
    for form, key, value, nothing in rows.values_list("answer_set_id", "key", "value", "nothing"):
        if nothing or value not in (None, ""):
            given[form][key] = nothing
    return {ret.id: sum(not _done(ret, one, given[ret.answers_id]) for one in parts[ret.id]) for ret in mine}


def _done(ret: Return, standard: str, given: Mapping[str, str]) -> bool:
    framework = framework_of(ret)
    for item in next((one.items for one in framework.standards if one.key == standard), ()):
        keys = item_keys(item.key)
        if keys.score not in given:
            return False
        applies = given[keys.score] != Nothing.NOT_APPLICABLE
        if framework.commentary_required and applies and keys.said not in given:
            return False
    return True
