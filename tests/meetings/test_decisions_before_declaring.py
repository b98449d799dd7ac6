"""What was decided on a confidential item stays shut, like its papers, until a member has declared."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.meetings.conftest import NOW, Table
from tests.meetings.test_deciding import fresh
from tests.meetings.test_interests import answer
from tests.meetings.test_pages import Browse, text, url
from tests.personas import TODAY
from wholestory.meetings.models import Decision, Effect, Item, Meeting, Minutes, Part, VoiceKind
from wholestory.meetings.operations import deciding, minutes

REGISTER = reverse("meetings:decisions")
CSV = f"{REGISTER}?download=csv"
WORDS, WHY, VIEW = "Dismiss the provider.", "Three homes failed.", "Warn them once more."
SECRET = (WORDS, WHY, VIEW)
ASKED = "Say first whether you have an interest in this item"


def decided(table: Table, item: Item, words: str = WORDS) -> Decision:
    with table.acting("group_chair") as actor:
        found = Item.objects.select_related("meeting__record__board", "about").get(pk=item.pk)
        lay = table.world.people["lay_member"]
        return deciding.decide(
            actor=actor, item=found, words=words, why=WHY, today=TODAY, now=NOW,
            voices=[deciding.Said(VoiceKind.MINORITY, lay, None, VIEW)],
        )  # fmt: skip


def two_decisions(table: Table) -> tuple[Meeting, Item, Decision]:
    """One on an open item, one on a confidential item."""
    meeting = table.meeting()
    open_item, item = table.item(meeting), table.item(meeting, "A provider", Part.B)
    table.everybody_came(meeting)
    decided(table, open_item, "The plan is agreed.")
    return meeting, item, decided(table, item)


def page_of(decision: Decision) -> str:
    return reverse("meetings:decision", args=[decision.record.reference])


def file_of(browse: Browse, name: str) -> str:
    return browse(name).get(CSV).content.decode("utf-8-sig")


def test_a_member_who_has_not_answered_reads_nothing_of_it(table: Table, browse: Browse) -> None:
    meeting, _, made = two_decisions(table)
    member = browse("police_member")
    for shown in (text(member.get(REGISTER)), text(member.get(f"{REGISTER}?search=provider")),
                  file_of(browse, "police_member"), text(member.get(url("meeting", meeting)))):  # fmt: skip
        assert not [words for words in SECRET if words in shown]
    assert "The plan is agreed." in file_of(browse, "police_member")
    assert made.record.reference not in file_of(browse, "police_member")
    register = text(member.get(REGISTER))
    assert made.record.reference not in register
    assert "1 decision<" in register
    page = text(member.get(url("meeting", meeting)))
    assert ASKED in page
    assert "The plan is agreed." in page
    assert page_of(made) not in page
    for name in ("decision", "answer", "answer_for", "conclude", "ratify"):
        sent = member.get(reverse(f"meetings:{name}", args=[made.record.reference]))
        assert (sent.status_code, sent["Location"]) == (302, url("declare", meeting)), name


@pytest.mark.parametrize("effect", ["", Effect.NOTED, Effect.NO_VOTE, Effect.LEAVE])
def test_after_answering_a_member_reads_it(table: Table, browse: Browse, effect: str) -> None:
    meeting, item, made = two_decisions(table)
    answer(table, "police_member", meeting, item, effect, "I know them" if effect else "")
    member = browse("police_member")
    for words in SECRET:
        assert words in text(member.get(page_of(made)))
    assert WORDS in text(member.get(REGISTER))
    assert WORDS in file_of(browse, "police_member")
    page = text(member.get(url("meeting", meeting)))
    assert WORDS in page
    assert ASKED not in page


def test_whoever_should_not_see_its_papers_finds_no_decision(table: Table, browse: Browse) -> None:
    meeting, item, made = two_decisions(table)
    answer(table, "police_member", meeting, item, Effect.WITHHELD, "My sister runs it")
    member = browse("police_member")
    assert member.get(page_of(made)).status_code == 404
    for shown in (text(member.get(REGISTER)), file_of(browse, "police_member"),
                  text(member.get(url("meeting", meeting)))):  # fmt: skip
        assert WORDS not in shown
        assert made.record.reference not in shown
        assert ASKED not in shown


def test_whoever_keeps_the_meetings_is_asked_nothing(table: Table, browse: Browse) -> None:
    meeting, _, made = two_decisions(table)
    keeper = browse("business_manager")
    for words in SECRET:
        assert words in text(keeper.get(page_of(made)))
    assert WORDS in text(keeper.get(REGISTER))
    assert WORDS in file_of(browse, "business_manager")
    page = text(keeper.get(url("meeting", meeting)))
    assert WORDS in page
    assert ASKED not in page


def test_one_answer_opens_its_own_item_only(table: Table, browse: Browse) -> None:
    meeting, item, _ = two_decisions(table)
    other = decided(table, table.item(meeting, "Pay", Part.B), "Pay more.")
    answer(table, "police_member", meeting, item)
    member = browse("police_member")
    assert WORDS in file_of(browse, "police_member")
    assert "Pay more." not in file_of(browse, "police_member")
    assert member.get(page_of(other)).status_code == 302
    # What somebody else answered opens nothing.
    assert WORDS not in file_of(browse, "health_member")


def test_somebody_let_in_who_sits_in_no_seat_is_asked_nothing(table: Table, browse: Browse) -> None:
    meeting = table.meeting()
    item = table.listed(meeting, table.case("police_member", "group_chair"))
    table.everybody_came(meeting)
    made = decided(table, item)
    assert WORDS in text(browse("quality_officer").get(page_of(made)))
    assert WORDS in file_of(browse, "quality_officer")
    assert WORDS not in file_of(browse, "police_member")
    assert browse("police_member").get(page_of(made)).status_code == 302


def test_the_minutes_keep_the_item_shut_too(table: Table, browse: Browse) -> None:
    meeting = table.meeting(TODAY - timedelta(days=1))
    item = table.item(meeting, "A provider", Part.B)
    table.everybody_came(meeting)
    decided(table, item)
    with table.acting("business_manager") as actor:
        begun = minutes.draft(actor=actor, meeting=fresh(meeting), today=TODAY)
        minutes.write(actor=actor, minutes=begun, words="Welcome.", of_items={item.pk: "They were rude."})
        minutes.send_to_chair(actor=actor, minutes=begun)
    with table.acting("group_chair") as actor:
        found = Minutes.objects.select_related("meeting__record").get()
        minutes.check(actor=actor, minutes=found, today=TODAY)
    for name in ("minutes", "print_minutes"):
        page = text(browse("police_member").get(url(name, meeting)))
        assert "Welcome." in page
        assert ASKED in page
        assert WORDS not in page
        assert "They were rude." not in page
        kept = text(browse("business_manager").get(url(name, meeting)))
        assert WORDS in kept
        assert ASKED not in kept
    answer(table, "police_member", meeting, item)
    page = text(browse("police_member").get(url("minutes", meeting)))
    assert WORDS in page
    assert "They were rude." in page


def test_more_decisions_ask_the_database_nothing_more(table: Table, browse: Browse) -> None:
    meeting, _, _ = two_decisions(table)
    member = browse("police_member")

    def cost(address: str) -> int:
        member.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            member.get(address)
        return len(asked)

    pages = (REGISTER, CSV, url("meeting", meeting))
    before = [cost(one) for one in pages]
    for number in range(3):
        decided(table, table.item(meeting, f"Item {number}", Part.B))
    assert [cost(one) for one in pages] == before
