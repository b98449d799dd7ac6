"""Nothing typed is lost: drafts, clashes, what is carried forward, what is sent."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.paperwork.conftest import TODAY, Desk
from tests.paperwork.kitchen_sink import KITCHEN_SINK
from tests.paperwork.test_sheet import COMPLETE
from wholestory import ledger
from wholestory.access.asking import NotForYou
from wholestory.access.verbs import Verb
from wholestory.paperwork import operations, presence, queries
from wholestory.paperwork.definitions import Given, Nothing, Place
from wholestory.paperwork.models import (
    Answer,
    AnswerHistory,
    AnswerSet,
    Clash,
    FormVersion,
    How,
    SettledHow,
    Status,
)

WHY = Place("why_not")


def test_what_one_saves_another_of_the_agency_reads(desk: Desk):
    desk.save("head", has_lead="no", why_not="She left\n\nin May")
    standing = desk.filled("head_contributor").standing[WHY]
    assert standing.given.value == "She left\n\nin May"
    assert standing.saved_by == "Jo Ashdown"
    assert standing.revision == 1


def test_nobody_else_sees_or_saves_it(desk: Desk):
    desk.save("head", has_lead="no")
    with desk.acting("police_lead"), pytest.raises(AnswerSet.DoesNotExist):
        queries.answer_set(desk.form_set.id)
    for stranger, refusal in (("police_lead", AnswerSet.DoesNotExist), ("chair", NotForYou)):
        with desk.acting(stranger), pytest.raises(refusal), transaction.atomic():
            operations.save_draft(
                actor=desk.person(stranger), set_id=desk.form_set.id, now=desk.now(),
                saves=[operations.Save(Place("has_lead"), Given("yes"))],
            )  # fmt: skip
    assert desk.value("has_lead") == "no"


def test_an_answer_cannot_hang_under_a_form_of_other_doors(desk: Desk, open_desk: Callable[..., Desk]):
    police = open_desk("police", reference="SA-PDAA0001")
    with desk.acting("head"):
        ledger.line("paperwork.saved", desk.record)
        with pytest.raises(DatabaseError, match="same_doors"), transaction.atomic():
            Answer.objects.create(
            circle_id=desk.form_set.circle_id, office_id=desk.form_set.office_id, answer_set_id=police.form_set.id,
            key="has_lead", value="no", saved_by=desk.person("head"), saved_at=desk.now(),
        )  # fmt: skip


def test_saving_one_answer_takes_six_queries_however_many_there_are(desk: Desk):
    desk.save("head", **{key.replace(".", "__"): value for key, value in COMPLETE.items()})
    with desk.acting("head"), CaptureQueriesContext(connection) as captured:
        operations.save_draft(
            actor=desk.person("head"), set_id=desk.form_set.id, now=desk.now(),
            saves=[operations.Save(Place("employed"), Given("12"), base=1)],
        )  # fmt: skip
    assert len(captured) <= 6, [query["sql"][:90] for query in captured]
    assert desk.value("employed") == "12"


def test_saving_the_same_again_writes_nothing(desk: Desk):
    desk.save("head", has_lead="no")
    saved = desk.save("head_contributor", has_lead="no")
    assert saved.changed == ()
    with desk.acting("head"):
        assert AnswerHistory.objects.count() == 1


def test_every_text_ever_saved_is_kept_and_cannot_be_changed(desk: Desk):
    for text in ("one", "two", None, "three"):
        desk.save("head", why_not=text)
    with desk.acting("head"):
        lines = AnswerHistory.objects.order_by("revision")
        assert [line.value for line in lines] == ["one", "two", None, "three"]
        with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
            lines.update(value="four")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            lines.delete()


def test_what_cannot_be_read_is_kept_as_typed(desk: Desk):
    typed = {"day": "31", "month": "2", "year": "2016"}
    desk.save("head", has_lead="yes", since=Given(typed=typed))
    assert desk.filled().sheet.at(Place("since")).typed == typed


# ---- two people ------------------------------------------------------------------------------------------------------


def test_when_two_write_the_same_answer_neither_text_is_lost(desk: Desk):
    desk.save("head", has_lead="no", why_not="As it was")
    desk.save("head", why_not="Jo's text", base=1)
    saved = desk.save("head_contributor", why_not="Alex's text", base=1)
    assert saved.clashes == (WHY,)
    assert desk.value("why_not") == "Jo's text"
    with desk.acting("head"):
        (two,) = queries.open_clashes(desk.filled())
    assert (two.standing_words, two.standing_by) == ("Jo's text", "Jo Ashdown")
    assert (two.other_words, two.other_by) == ("Alex's text", "Alex Reed")


def test_an_answer_left_untouched_never_clashes(desk: Desk):
    desk.save("head", has_lead="no", why_not="As it was")
    desk.save("head", why_not="Jo's text", base=1)
    saved = desk.save("head_contributor", why_not="As it was", base=1)
    assert (saved.clashes, saved.changed) == ((), ())
    assert desk.value("why_not") == "Jo's text"


def test_two_people_in_different_answers_do_not_clash(desk: Desk):
    desk.save("head", has_lead="no", base=0)
    saved = desk.save("head_contributor", employed="3", base=0)
    assert saved.clashes == ()


def test_two_who_first_answer_the_same_blank_clash(desk: Desk):
    desk.save("head", why_not="Jo's text", base=0)
    assert desk.save("head_contributor", why_not="Alex's text", base=0).clashes == (WHY,)


def test_typing_on_in_one_window_never_clashes_with_oneself(desk: Desk):
    desk.save("head", window="w1", why_not="She", base=0)
    assert desk.save("head", window="w1", why_not="She left", base=0).clashes == ()
    assert desk.value("why_not") == "She left"


def test_ones_own_second_window_does_clash(desk: Desk):
    desk.save("head", window="w1", why_not="first window", base=0)
    assert desk.save("head", window="w2", why_not="second window", base=0).clashes == (WHY,)


def test_typing_on_after_a_clash_replaces_the_version_kept_aside_and_keeps_its_steps(desk: Desk):
    desk.save("head", why_not="Jo's text", base=0)
    for text in ("Al", "Alex's", "Alex's text"):
        desk.save("head_contributor", window="w", why_not=text, base=0)
    with desk.acting("head"):
        assert [clash.value for clash in Clash.objects.all()] == ["Alex's text"]
        assert AnswerHistory.objects.filter(how=How.SET_ASIDE).count() == 3


def settle(desk: Desk, how: SettledHow, base: int = 1, given: Given | None = None) -> None:
    with desk.acting("head"):
        operations.settle(
            actor=desk.person("head"), set_id=desk.form_set.id, clash_id=Clash.objects.get().id, how=how, base=base,
            now=desk.now(), given=given,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("how", "given", "stands"),
    [
        (SettledHow.THEIRS, None, "Jo's text"),
        (SettledHow.MINE, None, "Alex's text"),
        (SettledHow.TOGETHER, Given("Both texts"), "Both texts"),
    ],
)
def test_a_person_picks_or_merges(desk: Desk, how: SettledHow, given: Given | None, stands: str):
    desk.save("head", why_not="Jo's text", base=0)
    desk.save("head_contributor", why_not="Alex's text", base=0)
    settle(desk, how, given=given)
    assert desk.value("why_not") == stands
    with desk.acting("head"):
        assert queries.open_clashes(desk.filled()) == ()
        kept = {line.value for line in AnswerHistory.objects.all()}
    assert {"Jo's text", "Alex's text"} <= kept


def test_choosing_is_refused_when_the_answer_moved_on_meanwhile(desk: Desk):
    desk.save("head", why_not="Jo's text", base=0)
    desk.save("head_contributor", why_not="Alex's text", base=0)
    desk.save("head", why_not="Jo's better text", base=1)
    with pytest.raises(operations.Overtaken):
        settle(desk, SettledHow.MINE, base=1)
    assert desk.value("why_not") == "Jo's better text"


def test_putting_together_needs_the_text(desk: Desk):
    desk.save("head", why_not="Jo's text", base=0)
    desk.save("head_contributor", why_not="Alex's text", base=0)
    with pytest.raises(ValueError, match="needs the text"):
        settle(desk, SettledHow.TOGETHER)


# ---- pages, items, presence ------------------------------------------------------------------------------------------


def test_a_person_writes_only_the_pages_given_to_them(desk: Desk):
    with pytest.raises(operations.NotYourPage, match="Staff and training"):
        desk.save("head_contributor", pages={"leadership"}, employed="3")
    desk.save("head_contributor", pages={"leadership"}, has_lead="yes")
    assert desk.value("has_lead") == "yes"


@pytest.mark.parametrize("key", ["nowhere", "visit_from", "has_lead__2"])
def test_a_place_that_is_not_in_the_form_is_refused(desk: Desk, key: str):
    with pytest.raises(KeyError):
        desk.save("head", **{key: "2016-01-01"})


def add(desk: Desk, name: str = "head") -> int:
    with desk.acting(name):
        return operations.add_item(
            actor=desk.person(name), set_id=desk.form_set.id, key="visits", now=desk.now()
        )


def test_items_are_added_and_taken_away_without_moving_other_answers(desk: Desk):
    assert [add(desk), add(desk, "head_contributor"), add(desk)] == [1, 2, 3]
    desk.save("head", visit_from__2="2016-02-02", visit_from__3="2016-03-03")
    with desk.acting("head"):
        operations.remove_item(
            actor=desk.person("head"), set_id=desk.form_set.id, place=Place("visits", 2), now=desk.now()
        )
    assert desk.value("visits") == [1, 3]
    assert desk.value("visit_from__3") == "2016-03-03"
    assert desk.value("visit_from__2") == "2016-02-02", "kept, though no longer asked"
    assert add(desk) == 4, "a number is never used twice"


def test_a_full_group_takes_no_more(open_desk: Callable[..., Desk]):
    from wholestory.paperwork.definitions import Form, Page, Repeat, Text

    form = Form("two", 1, "Two", (Page("p", "P", (Repeat("visits", "V", (Text("t", "T"),), at_most=2),)),))
    desk = open_desk(form=form)
    assert [add(desk), add(desk), add(desk)] == [1, 2, 0]


def test_people_in_the_same_form_are_told_of_each_other(desk: Desk):
    at = desk.now()
    with desk.acting("head"):
        presence.note(form_set=desk.form_set, person=desk.person("head"), page="leadership", now=at)
        presence.note(form_set=desk.form_set, person=desk.person("head"), page="staff", now=at)
    with desk.acting("head_contributor"):
        seen = presence.others(form_set=desk.form_set, person=desk.person("head_contributor"), now=at)
        later = presence.others(
            form_set=desk.form_set, person=desk.person("head_contributor"), now=at + 2 * presence.STILL_HERE
        )
    assert seen == (presence.Other("Jo Ashdown", "staff"),)
    assert later == ()
    with desk.acting("head"):
        assert presence.others(form_set=desk.form_set, person=desk.person("head"), now=at) == ()
        presence.left(form_set=desk.form_set, person=desk.person("head"))
    with desk.acting("police_lead"):
        assert presence.others(form_set=desk.form_set, person=desk.person("police_lead"), now=at) == ()


def test_progress_says_how_far_and_by_whom(desk: Desk):
    desk.save("head", employed="10", trained=Given(nothing=Nothing.NOT_KNOWN))
    desk.save("head_contributor", courses=["basic"])
    leadership, staff, _case = queries.progress_by_page(desk.filled(), TODAY)
    assert (leadership.progress.state, leadership.people) == ("not_started", ())
    assert staff.people == ("Alex Reed", "Jo Ashdown")
    assert (staff.progress.answered, dict(staff.progress.nothing)) == (2, {Nothing.NOT_KNOWN: 1})
    with desk.acting("head"):
        assert queries.said_in([desk.form_set.id]) == {desk.form_set.id: queries.Said(2, 1, 0)}


# ---- sending ---------------------------------------------------------------------------------------------------------


def complete(desk: Desk) -> None:
    desk.save("head", **COMPLETE)


def submit(desk: Desk, name: str = "head") -> AnswerSet:
    with desk.acting(name):
        return operations.submit(
            actor=desk.person(name), set_id=desk.form_set.id, today=TODAY, now=desk.now()
        )


def test_an_incomplete_form_is_not_sent_and_every_problem_names_its_page(desk: Desk):
    desk.save("head", has_lead="yes")
    with pytest.raises(operations.NotReady) as refused:
        submit(desk)
    assert {(p.page.key, str(p.place)) for p in refused.value.problems} >= {
        ("leadership", "lead"),
        ("staff", "employed"),
    }
    assert desk.filled().answer_set.status == Status.DRAFT


def test_an_unsettled_clash_keeps_a_form_from_being_sent(desk: Desk):
    complete(desk)
    desk.save("head_contributor", employed="11", base=0)
    with pytest.raises(operations.NotReady) as refused:
        submit(desk)
    assert (refused.value.problems, refused.value.clashes) == ((), 1)


def test_a_sent_form_is_closed_until_it_is_opened_again_and_its_hash_tells_a_change(desk: Desk):
    complete(desk)
    first = submit(desk).content_hash
    with pytest.raises(operations.NotOpen):
        desk.save("head", employed="12")
    with desk.acting("head"):
        operations.reopen(actor=desk.person("head"), set_id=desk.form_set.id)
    assert submit(desk).content_hash == first
    with desk.acting("head"):
        operations.reopen(actor=desk.person("head"), set_id=desk.form_set.id)
    desk.save("head", more="x", next_step="y", reviewed_on="2016-01-01")
    assert submit(desk).content_hash != first


def test_a_locked_form_can_still_be_read(desk: Desk):
    complete(desk)
    with desk.acting("quality_officer"):
        operations.lock(actor=desk.person("quality_officer"), set_id=desk.form_set.id, verb=Verb.MANAGE)
    with pytest.raises(operations.NotOpen):
        desk.save("head", employed="12")
    assert desk.value("employed") == "10"


# ---- last time's answers ---------------------------------------------------------------------------------------------


def carry(source: Desk, target: Desk) -> int:
    with target.acting("head"):
        return operations.carry_forward(
            actor=target.person("head"),
            source_id=source.form_set.id,
            target_id=target.form_set.id,
            now=target.now(),
        )


def test_last_times_answers_come_as_drafts_to_confirm(desk: Desk, open_desk: Callable[..., Desk]):
    desk.save("head", **COMPLETE, why_not="not asked when there is a lead", declared="yes")
    new = open_desk(reference="SA-SCHA0002")
    new.save("head", employed="12")
    assert carry(desk, new) == len(COMPLETE) - 1
    sheet = new.filled().sheet
    assert sheet.at(Place("has_lead")).to_confirm
    assert not sheet.at(Place("employed")).to_confirm, "what was already written stays"
    assert sheet.at(WHY).is_untouched, "what did not apply is not brought back"
    assert {p.message for p in sheet.problems(TODAY) if p.place == Place("has_lead")} == {
        "Say whether this is still true"
    }


def test_still_true_or_changed(desk: Desk, open_desk: Callable[..., Desk]):
    desk.save("head", **COMPLETE)
    new = open_desk(reference="SA-SCHA0002")
    carry(desk, new)
    with new.acting("head"):
        saved = operations.confirm_carried(
            actor=new.person("head"), set_id=new.form_set.id, places=[Place("has_lead"), WHY], now=new.now()
        )
    assert saved.changed == (Place("has_lead"),)
    new.save("head", employed="99")
    new.save("head", trained="8")
    sheet = new.filled().sheet
    assert [sheet.at(Place(key)).to_confirm for key in ("has_lead", "employed", "trained")] == [
        False,
        False,
        True,
    ]
    with new.acting("head"):
        kept = AnswerHistory.objects.filter(answer_set=new.form_set, key="has_lead").order_by("revision")
        assert [line.how for line in kept] == [How.CARRIED, How.CONFIRMED]


def test_a_form_that_has_changed_is_not_carried_blindly(desk: Desk, open_desk: Callable[..., Desk]):
    new = open_desk(form=replace(KITCHEN_SINK, version=2, title="Changed"), reference="SA-SCHA0002")
    with pytest.raises(operations.FormChanged):
        carry(desk, new)


# ---- published forms -------------------------------------------------------------------------------------------------


def test_a_published_version_is_fixed(desk: Desk):
    with pytest.raises(ValueError, match="said something else"):
        operations.publish(replace(KITCHEN_SINK, title="Changed"))
    for change in (lambda: FormVersion.objects.update(title="x"), lambda: FormVersion.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_issuing_many_takes_the_same_few_queries(desk: Desk):
    from tests.paperwork.conftest import a_record

    officer, version = desk.person("quality_officer"), desk.form_set.form_version
    with desk.acting("quality_officer"):
        records = [a_record(desk.world, "school", f"SA-MANY000{n}") for n in range(5)]
        with CaptureQueriesContext(connection) as captured:
            operations.start_many(actor=officer, records=records, version=version)
    assert len(captured) == 2
    with desk.acting("quality_officer"):
        assert operations.start_many(actor=officer, records=[], version=version) == []
