"""Is this death known already? What the database side of the matching finds, for whom, and at what cost."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from tests.child_deaths.people import Deaths
from wholestory import ledger
from wholestory.access import derive
from wholestory.access.models import Grant
from wholestory.child_deaths.models import ChildName, MatchKey, Notification
from wholestory.child_deaths.operations import match_keys
from wholestory.child_deaths.queries import duplicates
from wholestory.child_deaths.rules.matching import Relation, Verdict
from wholestory.records.models import Circle, Office

#: Another child who died the same day, with nothing else in common.
OTHER = {
    "forenames": "Mina", "surname": "Dale", "born_on": "2009-07-17", "sex": "female", "nhs_number": "9990000026",
    "address": "9 Other Street", "postcode": "PE1 1AA", "mother_name": "Ruth Dale",
}  # fmt: skip


def references(found: duplicates.Found) -> list[str]:
    return [one.reference for one in found.candidates]


def test_the_index_holds_no_names(deaths: Deaths) -> None:
    deaths.case()
    with deaths.acting():
        kept = " ".join(MatchKey.objects.values_list("key", flat=True))
    assert kept
    for word in ("ash", "row", "999000"):
        assert word not in kept


def test_a_second_message_finds_the_case_of_the_first(deaths: Deaths) -> None:
    case = deaths.case()
    deaths.case(**OTHER)
    again = deaths.told("2016-03-14 08:00", nhs_number=None, forenames="Rowen", postcode="PE2 1BB")
    with deaths.acting():
        found = duplicates.of_notification(again)
    assert references(found) == [case.record.reference]
    assert found.candidates[0].match.verdict in (Verdict.SAME, Verdict.LIKELY)


def test_two_messages_that_belong_to_no_case_find_each_other(deaths: Deaths) -> None:
    first, second = deaths.told(), deaths.told("2016-03-13 11:00", forenames="Rowan John")
    with deaths.acting():
        assert references(duplicates.of_notification(second)) == [first.record.reference]
        assert references(duplicates.of_notification(first)) == [second.record.reference]


def test_edge_case_01_twins_are_offered_as_twins(deaths: Deaths) -> None:
    deaths.case(forenames="Rowan", nhs_number=None)
    twin = deaths.told(forenames="Hazel", sex="female", nhs_number=None)
    with deaths.acting():
        found = duplicates.of_notification(twin)
    assert [one.match.relation for one in found.candidates] == [Relation.TWIN]
    assert found.candidates[0].match.verdict is Verdict.POSSIBLE


def test_edge_case_02_an_unnamed_baby_named_later_is_found_by_every_name(deaths: Deaths) -> None:
    baby = {
        "born_on": "2016-03-11", "confirmed_on": "2016-03-12", "nhs_number": None, "postcode": None, "address": None,
    }  # fmt: skip
    case = deaths.case(forenames="Baby boy", surname="Ashby", **baby)
    with deaths.acting():
        ledger.line("child_deaths.named", case.record)
        ChildName.objects.create(
            child=case.child, circle=case.circle, office=case.office, kind="registered", forenames="Linus",
            surname="Pell", folded="linus pell",
        )  # fmt: skip
    registered = deaths.told(forenames="Linus", surname="Pell", mother_name=None, **baby)
    by_mother = deaths.told(forenames="Baby", surname=None, no_name="yes", **baby)
    with deaths.acting():
        assert references(duplicates.of_notification(registered))[0] == case.record.reference
        assert case.record.reference in references(duplicates.of_notification(by_mother))


@pytest.mark.parametrize(("belongs_to", "said"), [("mother", "NHS number is the mother's"), ("wrong", None)])
def test_edge_case_03_a_number_found_to_be_the_mothers_or_wrong_no_longer_says_same_child(
    deaths: Deaths, belongs_to: str, said: str | None
) -> None:
    """The messages keep saying the number; what was found out about it since counts."""
    case = deaths.case()
    other = deaths.told(forenames="Juniper", born_on="2015-01-30", confirmed_on="2016-03-01")
    with deaths.acting():
        (before,) = duplicates.of_notification(other).candidates
        assert "Same NHS number" in [reason.text for reason in before.match.reasons]
        ledger.line("child_deaths.number_corrected", case.record)
        number = case.child.identifiers.get()
        number.belongs_to = belongs_to
        number.save(force_update=True)
        (after,) = duplicates.of_notification(other).candidates
        texts = [reason.text for reason in after.match.reasons]
    assert "Same NHS number" not in texts
    assert after.match.relation is Relation.SIBLING
    if said:
        assert said in " ".join(texts)


def test_edge_case_05_a_withheld_name_finds_the_child_only_for_those_let_in_to_it(deaths: Deaths) -> None:
    case = deaths.case(**OTHER)
    with deaths.acting():
        narrow = Circle.objects.create(board=deaths.world.board, kind="closed")
        nobody = Office.objects.get(board=deaths.world.board, key="nobody")
        ledger.line("child_deaths.named", case.record)
        _let_in("designated_doctor", narrow, deaths)
        _let_in("coordinator", narrow, deaths)
    with deaths.acting("designated_doctor"):
        ledger.line("child_deaths.named", case.record)
        ChildName.objects.create(
            child=case.child, circle=narrow, office=nobody, kind="earlier", forenames="Rowan", surname="Ashby",
            folded="rowan ashby", withheld=True,
        )  # fmt: skip
    told = deaths.told(
        born_on="2009-07-17", nhs_number=None, postcode=None, address=None, mother_name=None, sex=None,
        confirmed_on="2015-01-01",
    )  # fmt: skip
    with deaths.acting("designated_doctor"):
        assert references(duplicates.of_notification(told)) == [case.record.reference]
    _shut_out("coordinator", narrow, deaths)
    with deaths.acting("coordinator"):
        assert references(duplicates.of_notification(told)) == []


def test_a_restricted_case_is_found_only_by_those_let_in(deaths: Deaths) -> None:
    case = deaths.case()
    told = deaths.told("2016-03-14 08:00")
    with deaths.acting():
        nobody = Office.objects.get(board=deaths.world.board, key="nobody")
        _let_in("designated_doctor", case.circle, deaths)
        _let_in("coordinator", case.circle, deaths)
    with deaths.acting():
        ledger.line("child_deaths.restricted", case.record)
        for model in (type(case), type(case.child)):
            model.objects.filter(pk__in=[case.pk, case.child_id]).update(office=nobody)
        type(case.record).objects.filter(pk=case.record_id).update(office=nobody)
        ChildName.objects.filter(child=case.child).update(office=nobody)
        Notification.objects.exclude(pk=told.pk).update(circle=case.circle, office=nobody)
    _shut_out("coordinator", case.circle, deaths)
    with deaths.acting("designated_doctor"):
        assert references(duplicates.of_notification(told)) == [case.record.reference]
        # The child's keys went behind the case's doors with it.
        assert set(MatchKey.objects.filter(child=case.child).values_list("office", flat=True)) == {nobody.pk}
    with deaths.acting("coordinator"):
        assert references(duplicates.of_notification(told)) == []
        assert not MatchKey.objects.filter(child=case.child).exists()


@pytest.mark.parametrize(
    "persona", ["sister_coordinator", "business_manager", "analyst", "panel_chair", "stranger"]
)
def test_nobody_else_finds_anything(deaths: Deaths, persona: str) -> None:
    deaths.case()
    told = deaths.told("2016-03-14 08:00")
    with deaths.acting(persona):
        assert duplicates.of_notification(told).candidates == ()
        assert not MatchKey.objects.exists()


def test_a_message_of_the_open_page_is_found_before_and_after_its_keys_are_written(deaths: Deaths) -> None:
    first, second = deaths.told(), deaths.told("2016-03-13 11:00")
    with deaths.acting():
        ledger.line("child_deaths.keys_forgotten", board_id=deaths.world.board.id)
        MatchKey.objects.all().delete()
        assert references(duplicates.of_notification(second)) == [first.record.reference]
    assert match_keys.keep_missing(deaths.world.board) == 2
    assert match_keys.keep_missing(deaths.world.board) == 0
    with deaths.acting():
        assert references(duplicates.of_notification(second)) == [first.record.reference]


def test_what_was_written_under_a_former_secret_is_still_found(deaths: Deaths) -> None:
    case = deaths.case()
    told = deaths.told("2016-03-14 08:00")
    former = settings.SECRET_KEY
    with override_settings(SECRET_KEY="x" * 50, SECRET_KEY_FALLBACKS=[former]), deaths.acting():
        assert references(duplicates.of_notification(told)) == [case.record.reference]
    with override_settings(SECRET_KEY="x" * 50, SECRET_KEY_FALLBACKS=[]):
        with deaths.acting():
            assert references(duplicates.of_notification(told)) == []
        # The job writes everything again under the new secret: the two messages and the child.
        assert match_keys.keep_missing(deaths.world.board) == 3
        with deaths.acting():
            assert references(duplicates.of_notification(told)) == [case.record.reference]
        assert match_keys.keep_missing(deaths.world.board) == 0


def test_at_most_five_are_shown_and_thirty_cost_no_more_than_three(deaths: Deaths) -> None:
    told = deaths.told()

    def cost() -> int:
        with deaths.acting(), CaptureQueriesContext(connection) as captured:
            found = duplicates.of_notification(told)
        assert len(found.candidates) <= 5
        return len(captured)

    for at in range(3):
        deaths.case(nhs_number=None, mother_name=f"Mother {at}")
    few = cost()
    for at in range(12):
        deaths.case(nhs_number=None, mother_name=f"Mother {at}")
        deaths.told(nhs_number=None, postcode=f"PE1 1A{'ABCDEFGHJKLM'[at]}")
    assert cost() == few
    with deaths.acting():
        assert len(duplicates.of_notification(told).candidates) == 5


def _let_in(name: str, circle: Circle, deaths: Deaths) -> None:
    ledger.line("access.granted", board_id=deaths.world.board.id)
    office = Office.objects.get(board=deaths.world.board, key="child_deaths")
    person = deaths.world.people[name]
    grant = Grant.objects.create(
        circle=circle, office=office, person=person, role="restricted_case", purpose="restricted_case",
        starts_on=deaths.world.board.today(), given_by=deaths.world.people["coordinator"],
    )  # fmt: skip
    derive.add_grants([grant])


def _shut_out(name: str, circle: Circle, deaths: Deaths) -> None:
    person = deaths.world.people[name]
    with deaths.acting("designated_doctor"):
        ledger.line("access.grant_withdrawn", board_id=deaths.world.board.id)
        Grant.objects.filter(circle=circle, person=person).update(withdrawn_at=deaths.now.at)
    derive.rewrite(person)


def test_a_child_of_whom_nothing_is_known_gives_the_job_nothing_to_do(deaths: Deaths) -> None:
    case = deaths.case()
    with deaths.acting():
        ledger.line("child_deaths.emptied", case.record)
        for rows in (case.child.names, case.child.identifiers, case.child.addresses, case.child.relatives):
            rows.all().delete()
        type(case.child).objects.filter(pk=case.child_id).update(born_on=None)
        case.died_on = None
        case.save(update_fields=["died_on"])
        child = type(case.child).objects.get(pk=case.child_id)
        match_keys.keep_child(child)
        assert not MatchKey.objects.filter(child=child).exists()
    assert match_keys.keep_missing(deaths.world.board) == 0


def test_the_keys_of_thirty_children_cost_as_many_queries_as_those_of_three(deaths: Deaths) -> None:
    cases = [deaths.case(surname=f"Ashby{letter}") for letter in "abcdefghijkl"]

    def cost(some: int) -> int:
        with deaths.acting(), CaptureQueriesContext(connection) as captured:
            ledger.line("child_deaths.keys_kept", board_id=deaths.world.board.id)
            MatchKey.objects.filter(child__in=[case.child_id for case in cases[:some]]).delete()
            assert match_keys.keep_children([case.child for case in cases[:some]]) == some
        return len(captured)

    assert cost(3) == cost(12)
