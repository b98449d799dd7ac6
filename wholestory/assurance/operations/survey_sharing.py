"""Showing the results: to the board all organisations, to each organisation its own people."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access import acting, asking
from wholestory.access.verbs import Verb
from wholestory.assurance import sheets
from wholestory.assurance.models import Return, Stage, Survey, SurveyResult, SurveyState
from wholestory.assurance.operations.among_colleagues import standing_circles
from wholestory.assurance.operations.survey import SurveyRefused
from wholestory.assurance.queries import survey as queries
from wholestory.assurance.rules.survey import Results
from wholestory.partners.models import Person
from wholestory.records import opening


@transaction.atomic
def share(*, actor: Person, survey: Survey, today: date) -> int:
    """Show the board and each organisation what they may be shown; how many organisations stand alone.

    May be done again, to bring the leaders' side up to date: it counts returns whose result was released, the board's
    once results were released to the board. What staff said does not change any more.
    """
    asking.require(actor, Verb.MANAGE, survey.record)
    survey.state = Survey.objects.select_for_update().only("state").get(pk=survey.pk).state
    if survey.state != SurveyState.CLOSED:
        raise SurveyRefused("Close the survey first. Results are shown only when no more replies can come.")
    found = queries.results_of(survey)
    if not found.enough:
        raise SurveyRefused(
            f"Fewer than {survey.minimum} people replied. There is nothing that could be shown."
        )
    ledger.line("assurance.survey_shared", survey.record)
    cycle = survey.cycle
    with acting.as_system(survey.board_id, "tally"):
        returns = list(Return.objects.filter(cycle=cycle).exclude(stage=Stage.WITHDRAWN))
        released = [ret for ret in returns if ret.stage == Stage.RELEASED]
        read = sheets.read(cycle, released, whole=False)
        links = queries.linked_items(survey)
        leaders = queries.leaders_of(read, links, released if cycle.released_on else [])
        # Without lines about single organisations' staff groups: those are each organisation's own.
        for_board = Results(
            found.replies, found.minimum, found.agencies, found.groups, found.agencies_together, found.groups_together,
            tuple(line for line in found.lines if line.scope != "inside"),
        )  # fmt: skip
        names = queries.Names.of(survey.published)
        # Not in the return's circle: its moderators and its panel come from other organisations.
        among_its_own = standing_circles(survey.board, [ret.agency_id for ret in returns])
        rows = [
            SurveyResult(
                cycle=cycle, circle_id=cycle.circle_id, office=opening.office(survey.board, "released"),
                title=survey.title, shared_on=today, names=names.as_data(), figures=for_board.as_data(),
                gaps=[gap.as_data() for gap in queries.gaps_of(leaders, found.of("all"))],
            )
        ]  # fmt: skip
        for ret in returns:
            key = str(ret.agency_id)
            mine, its_own = found.only(key), [ret] if ret in released else []
            gaps = queries.gaps_of(queries.leaders_of(read, links, its_own), mine.of("agency", key))
            own = queries.Names(names.statements, {key: names.agencies.get(key, "")}, names.groups)
            rows.append(
                SurveyResult(
                    cycle=cycle, circle_id=among_its_own[ret.agency_id], office_id=survey.office_id,
                    agency_id=ret.agency_id,
                    title=survey.title, shared_on=today, names=own.as_data(), figures=mine.as_data(),
                    gaps=[gap.as_data() for gap in gaps if mine.replies],
                )
            )  # fmt: skip
        ledger.line(
            "assurance.survey_shown",
            kind="assurance.survey",
            ids=[survey.record_id],
            board_id=survey.board_id,
        )
        SurveyResult.objects.filter(cycle=cycle).delete()
        SurveyResult.objects.bulk_create(rows, batch_size=500)
    survey.shared_on = today
    survey.save(update_fields=["shared_on"])
    return sum(bool(row.figures["replies"]) for row in rows[1:])
