"""Nothing typed is lost: drafts, pages, what is carried forward."""

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
from wholestory.paperwork import operations, presence, queries
from wholestory.paperwork.definitions import Given, Nothing, Place
from wholestory.paperwork.models import (
    Answer,
    AnswerHistory,
    AnswerSet,
    FormVersion,
    How,
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
