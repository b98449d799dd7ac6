"""From asking an agency to figures in force: second person, corrections with both versions kept, one value in force."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.indicators.people import NOW, Figures
from tests.indicators.returning import QUARTER, Returning
from tests.personas import TODAY
from wholestory import ledger
from wholestory.access import acting
from wholestory.access.asking import NotForYou
from wholestory.indicators.models import Asked, ReturnStage, Submission, SubmissionState, Value
from wholestory.indicators.operations import asking, collections, drafts, sending
from wholestory.indicators.operations.moving import ReturnRefused
from wholestory.indicators.queries import return_form
from wholestory.indicators.rules.entries import Typed
from wholestory.indicators.rules.quarters import asked_in, due_day, name_of
from wholestory.kernel.working_days import ENGLAND_AND_WALES

pytestmark = pytest.mark.django_db


def test_a_quarter_is_named_and_due_twenty_working_days_after_its_end() -> None:
    assert name_of(QUARTER) == "2015-16 quarter 3"
    # January 2016 has 1 January as a bank holiday (a Friday), so day 1 is Monday the 4th and day 20 Friday the 29th.
    assert due_day(QUARTER, date(2016, 1, 4), ENGLAND_AND_WALES.after) == date(2016, 1, 29)
    # Asked on Monday 14 March, when that is over: ten working days on, past Good Friday and Easter Monday.
    assert due_day(QUARTER, TODAY, ENGLAND_AND_WALES.after) == date(2016, 3, 30)


def test_a_yearly_measure_is_asked_once_in_the_quarter_its_year_ends_in() -> None:
    assert asked_in(QUARTER, "A", "financial") is None
    calendar = asked_in(QUARTER, "A", "calendar")
    assert calendar is not None
    assert (calendar.start, calendar.end) == (date(2015, 1, 1), date(2015, 12, 31))
    assert asked_in(QUARTER, "M", "financial") == QUARTER


def test_a_round_freezes_what_is_asked_with_its_versions(figures: Figures) -> None:
    made = Returning(figures)
    ret = made.of()
    assert [(ask["measure"], ask["version"]) for ask in ret.asks] == [("G01a", 1), ("G02", 1), ("G04", 1)]
    assert ret.label == "2015-16 quarter 3"
    with figures.acting("analyst") as actor:
        asking.stop_asking(
            actor=actor,
            board=made.board,
            agency=figures.world.agencies["police"],
            measures=["G04"],
            last_on=TODAY,
        )
    assert len(made.of().asks) == 3


def test_the_same_quarter_is_asked_once(figures: Figures) -> None:
    made = Returning(figures)
    with (
        figures.acting("analyst") as actor,
        pytest.raises(collections.RoundRefused, match="asked for already"),
    ):
        collections.open_round(
            actor=actor,
            board=made.board,
            label="",
            period=QUARTER,
            due_on=date(2016, 4, 1),
            today=TODAY,
            now=NOW,
        )


def test_sent_figures_are_in_force_with_who_filled_in_and_who_approved(figures: Figures) -> None:
    made = Returning(figures)
    made.send()
    ret = made.of()
    assert (ret.stage, ret.first_sent_on) == (ReturnStage.SENT, TODAY)
    with figures.acting("analyst"):
        values = {
            (v.measure, v.label): (v.numerator, v.denominator) for v in Value.objects.filter(in_force=True)
        }
        sent = Submission.objects.get(of_return=ret)
        assert sent.by == figures.world.people["police_lead"]
        assert sent.approved_by == figures.world.people["police_signatory"]
    assert values["G02", ""] == (48, 60)
    assert values["G01a", "female"] == (4, None)
    assert values["G01a", "not_known"] == (0, None)


def test_whoever_passed_it_on_never_sends_it(figures: Figures) -> None:
    made = Returning(figures)
    made.fill()
    made.pass_on("police_lead")
    with pytest.raises(ReturnRefused, match="somebody else"):
        made.approve("police_lead")
    # The database says so as well, whatever the program does.
    with figures.acting("analyst"), transaction.atomic():
        waiting = Submission.objects.get(state=SubmissionState.WAITING)
        ledger.line("indicators.sent", waiting.record)
        waiting.approved_by = waiting.by
        with pytest.raises(IntegrityError), transaction.atomic():
            waiting.save(update_fields=["approved_by"])


def test_whoever_typed_never_sends_it_whoever_passed_it_on(figures: Figures) -> None:
    made = Returning(figures)
    made.fill()
    with figures.acting("police_signatory") as actor:
        sending.pass_on(actor=actor, ret=made.of(), today=TODAY, now=NOW)
    with pytest.raises(ReturnRefused, match="You filled some of these figures in"):
        made.approve("police_lead")
    assert made.of().stage == ReturnStage.WAITING


@pytest.mark.parametrize("who", ["analyst", "business_manager", "chair"])
def test_nobody_of_the_board_fills_in_or_approves(figures: Figures, who: str) -> None:
    made = Returning(figures)
    made.fill()
    made.pass_on()
    with pytest.raises(NotForYou):
        made.approve(who)
    with pytest.raises(NotForYou):
        made.type({"G04": ("3",)}, who=who)


def test_the_second_person_gives_it_back_with_a_reason(figures: Figures) -> None:
    made = Returning(figures)
    made.fill()
    made.pass_on()
    with figures.acting("police_signatory") as actor:
        sending.send_back(actor=actor, ret=made.of(), words="Check February", today=TODAY, now=NOW)
    assert made.of().stage == ReturnStage.STARTED
    made.type({"G04": ("31",)})
    made.pass_on()
    made.approve()
    with figures.acting("chair"):
        assert Value.objects.get(measure="G04", in_force=True).numerator == 31


def test_a_correction_replaces_and_both_versions_are_kept(figures: Figures) -> None:
    made = Returning(figures)
    made.send()
    with figures.acting("police_lead") as actor:
        sending.revise(actor=actor, ret=made.of(), reason="Late entries", today=TODAY, now=NOW)
    # Until somebody approves the correction, what was sent stands.
    with figures.acting("analyst"):
        assert Value.objects.get(measure="G04", in_force=True).numerator == 30
    made.type({"G04": ("41",)})
    made.pass_on()
    made.approve()
    with figures.acting("analyst"):
        kept = Value.objects.filter(measure="G04").order_by("submission__number")
        assert [(v.numerator, v.in_force) for v in kept] == [(Decimal(30), False), (Decimal(41), True)]
        first, second = Submission.objects.order_by("number")
        assert (first.state, second.state) == (SubmissionState.REPLACED, SubmissionState.IN_FORCE)
        assert second.reason == "Late entries"
        changed = return_form.differences(first, second, return_form.lines_of_return(made.of()))
    assert [(one.before, one.after) for one in changed] == [("30", "41")]
    assert made.of().first_sent_on == TODAY


def test_a_correction_that_is_given_up_leaves_what_was_sent(figures: Figures) -> None:
    made = Returning(figures)
    made.send()
    with figures.acting("police_lead") as actor:
        sending.revise(actor=actor, ret=made.of(), reason="Late entries", today=TODAY, now=NOW)
        sending.keep_as_sent(actor=actor, ret=made.of(), today=TODAY, now=NOW)
    assert made.of().stage == ReturnStage.SENT
    with figures.acting("analyst"):
        assert Value.objects.get(measure="G04", in_force=True).numerator == 30


def test_a_scorecard_of_earlier_years_gives_way_to_what_the_agency_sends(figures: Figures) -> None:
    figures.series("police", "G04", [(25, None)])
    Returning(figures).send()
    with figures.acting("analyst"):
        in_force = Value.objects.filter(measure="G04", in_force=True)
        assert [value.numerator for value in in_force] == [30]
        assert Value.objects.filter(measure="G04").count() == 2


def test_not_held_is_not_asked_again_until_the_board_says_so(figures: Figures) -> None:
    made = Returning(figures)
    made.fill()
    made.type({"G04": ("", "", "", "not_held")})
    made.pass_on()
    made.approve()
    with figures.acting("analyst") as actor:
        value = Value.objects.get(measure="G04", in_force=True)
        assert (value.numerator, value.nothing) == (None, "not_held")
        asked = Asked.objects.select_related("circle", "office").get(measure="G04")
        assert asked.not_held
        police = figures.world.agencies["police"].id
        assert [a["measure"] for a in collections.owed(made.board, QUARTER)[police]] == ["G01a", "G02"]
        asking.ask_again(actor=actor, asked=asked)
        assert [a["measure"] for a in collections.owed(made.board, QUARTER)[police]] == ["G01a", "G02", "G04"]


def test_what_somebody_else_changed_meanwhile_is_never_overwritten(figures: Figures) -> None:
    made = Returning(figures)
    made.type({"G04": ("30",)})
    shown = Typed("30").mark
    made.type({"G04": ("31",)})
    with figures.acting("police_signatory") as actor:
        saved = drafts.save(
            actor=actor, ret=made.of(), rows={"G04": Typed("35"), "G02": Typed("48", "60")},
            was={"G04": shown, "G02": Typed().mark}, reasons={}, today=TODAY, now=NOW,
        )  # fmt: skip
    assert saved.clashes == {"G04": Typed("31")}
    with figures.acting("police_lead"):
        assert return_form.typed_of(return_form.draft_of(made.of())) == {
            "G04": Typed("31"),
            "G02": Typed("48", "60"),
        }


def test_saving_the_same_again_changes_nothing(figures: Figures) -> None:
    made = Returning(figures)
    made.fill()
    with figures.acting("police_lead") as actor:
        saved = drafts.save(
            actor=actor, ret=made.of(), rows={"G04": Typed("30")}, was={}, reasons={}, today=TODAY, now=NOW
        )
    assert saved.changed == ()


def test_a_closed_round_takes_nothing_new(figures: Figures) -> None:
    made = Returning(figures)
    with figures.acting("analyst") as actor:
        collections.close(actor=actor, collection=made.round, today=TODAY)
    with pytest.raises(ReturnRefused, match="closed"):
        made.fill()


def test_a_question_of_the_board_and_its_answer(figures: Figures) -> None:
    made = Returning(figures)
    made.send()
    with figures.acting("analyst") as actor:
        sending.ask(actor=actor, ret=made.of(), words="Why so many?", today=TODAY, now=NOW)
    with figures.acting("police_lead") as actor:
        sending.answer(actor=actor, ret=made.of(), words="A new recording rule.", today=TODAY, now=NOW)
    with figures.acting("analyst") as actor:
        sending.accept(actor=actor, ret=made.of(), today=TODAY, now=NOW)
        words = [step.words for step in made.of().steps.order_by("created_at") if step.words]
    assert made.of().stage == ReturnStage.ACCEPTED
    assert words == ["Why so many?", "A new recording rule."]


def test_another_agency_sees_nothing_of_it(figures: Figures) -> None:
    made = Returning(figures)
    made.send()
    for outsider in (
        "health_lead",
        "police_member",
        "lay_member",
        "sister_police_lead",
        "group_chair",
        "administrator",
    ):
        with figures.acting(outsider):
            assert not Submission.objects.exists()
            assert not Value.objects.filter(submission__of_return__isnull=False).exists()
    with acting.as_system(made.board):
        assert Value.objects.filter(in_force=True).count() == 6
