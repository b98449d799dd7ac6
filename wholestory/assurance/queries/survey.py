"""What the team, the board and an agency read of a survey. A constant number of queries for any number of replies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from wholestory.access import open_doors
from wholestory.assurance import sheets
from wholestory.assurance.answers import test_of
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.models import (
    Cycle,
    Return,
    Stage,
    Survey,
    SurveyLink,
    SurveyReply,
    SurveyResult,
    SurveyState,
)
from wholestory.assurance.rules import survey as rules
from wholestory.assurance.rules.rollup import ItemState
from wholestory.assurance.rules.survey_gap import Gap, Leaders, by_gap
from wholestory.assurance.rules.survey_groups import TOGETHER

#: The key of those whose organisation is not in the list.
OTHER = "other"


@dataclass(frozen=True)
class Names:
    """What keys are called: statements, organisations, staff groups."""

    statements: dict[str, str]
    agencies: dict[str, str]
    groups: dict[str, str]

    @classmethod
    def of(cls, published: dict[str, Any]) -> Names:
        """From what was published, in its order."""
        agencies = {**dict(published["agencies"]), OTHER: "Another organisation"}
        return cls(
            dict(published["statements"]),
            {**agencies, TOGETHER: "Other organisations, together"},
            {**dict(published["groups"]), TOGETHER: "Other groups, together"},
        )

    @classmethod
    def kept(cls, names: Mapping[str, Mapping[str, str]], shown: rules.Results) -> Names:
        """From what was shared, the statements in the survey's order: the kept names have none, the figures do."""
        words = names["statements"]
        order = dict.fromkeys([*(line.statement for line in shown.lines if line.statement in words), *words])
        return cls({key: words[key] for key in order}, dict(names["agencies"]), dict(names["groups"]))

    def as_data(self) -> dict[str, dict[str, str]]:
        """As JSON holds it."""
        return {"statements": self.statements, "agencies": self.agencies, "groups": self.groups}


def of_cycle(cycle: Cycle) -> Survey | None:
    """The cycle's survey, for whoever may see it."""
    return Survey.objects.filter(cycle=cycle).select_related("record").first()


def is_shown(cycle: UUID, agency: UUID | None = None) -> bool:
    """Whether the board, or this organisation, was shown results; for whoever may see them."""
    return SurveyResult.objects.filter(cycle=cycle, agency=agency).exists()


def link_of(survey: Survey) -> SurveyLink | None:
    """The link in use."""
    return SurveyLink.objects.filter(survey=survey, ended_on=None).order_by("-created_at").first()


def replies_so_far(survey: Survey) -> str:
    """How many replied, in words that tell nobody who: in fives while it runs, nothing below the smallest group."""
    if survey.state == SurveyState.PREPARED:
        return "None yet"
    if survey.state == SurveyState.OPEN:
        count = open_doors.ask("assurance_survey_count", survey.pk)
        return f"{count:,} or a few more" if count is not None else f"Fewer than {survey.minimum}"
    replies = survey.replies or 0
    return f"{replies:,}" if replies >= survey.minimum else f"Fewer than {survey.minimum}"


def results_of(survey: Survey) -> rules.Results:
    """All that may be shown of a closed survey. One query."""
    names = Names.of(survey.published)
    found = SurveyReply.objects.filter(survey=survey).values_list("agency_id", "staff_group", "answers")
    replies = [rules.Reply(str(agency or OTHER), group, answers) for agency, group, answers in found]
    agencies = [key for key in names.agencies if key != TOGETHER]
    groups = [key for key in names.groups if key != TOGETHER]
    return rules.results(replies, list(names.statements), agencies, groups, survey.minimum)


def remarks_of(survey: Survey) -> list[tuple[UUID, str]]:
    """What people wrote, apart from everything else they said, in an order that says nothing. None of it while fewer
    replied than the smallest group."""
    if survey.state != SurveyState.CLOSED or (survey.replies or 0) < survey.minimum:
        return []
    found = SurveyReply.objects.filter(survey=survey).exclude(remark="").order_by("id")
    return list(found.values_list("id", "remark"))


def linked_items(survey: Survey) -> dict[str, tuple[str, ...]]:
    """The items of the self-assessment each statement goes with."""
    return {one["key"]: tuple(one["items"]) for one in survey.statements if one["on"]}


def offered_items(framework: Framework) -> list[tuple[str, str]]:
    """Items a statement of the board's own can go with."""
    return [(key, f"{framework.numbers[key]} {item.text}") for key, item in framework.items.items()]


def leaders_of(
    read: Mapping[UUID, sheets.Sheet], links: Mapping[str, tuple[str, ...]], returns: Sequence[Return]
) -> dict[str, Leaders]:
    """What leaders scored on the items each statement goes with, moderated where moderated. ``read`` are the returns'
    score sheets; without a query."""
    found = {}
    for statement, items in links.items():
        scored: list[tuple[bool, Fraction]] = []
        answered_by = set()
        for ret in returns:
            given = read[ret.id].items if ret.id in read else {}
            for item in items:
                state, own, moderated = given.get(item, (ItemState.NOT_ASKED.value, "", ""))
                if state == ItemState.SCORED.value:
                    test = test_of(ret)
                    scored.append((test.passes(moderated or own), test.scale.normalise(moderated or own)))
                    answered_by.add(ret.id)
        mean = sum((level for _, level in scored), Fraction(0)) / len(scored) if scored else None
        found[statement] = Leaders(sum(ok for ok, _ in scored), len(scored), len(answered_by), mean)
    return found


def gaps_of(leaders: Mapping[str, Leaders], said: Mapping[str, rules.Line]) -> list[Gap]:
    """Leaders beside staff, widest gap first; statements that go with no scored item are left out."""
    return by_gap(Gap(key, one, said.get(key)) for key, one in leaders.items() if one.scored)


def scored_returns(cycle: Cycle) -> list[Return]:
    """The cycle's returns, for the team: those without scores count for nothing."""
    return list(Return.objects.filter(cycle=cycle).exclude(stage=Stage.WITHDRAWN))
