"""What a message may say, how it is worded, which ones travel together, and the file for the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import icalendar
import pytest

from wholestory.correspondence import definitions
from wholestory.correspondence.definitions.agencies import TO_AGENCIES
from wholestory.correspondence.definitions.board import TO_THE_BOARD
from wholestory.correspondence.rules import calendar, plain
from wholestory.correspondence.rules.digest import MOST_IN_ONE, Waiting, body, together
from wholestory.correspondence.rules.identifying import Identifying, check, findings
from wholestory.correspondence.rules.wording import CannotWork, GapLeft, Wording

NOON = datetime(2016, 3, 14, 12, tzinfo=UTC)
EVERY = (*TO_AGENCIES, *TO_THE_BOARD)
SAID = {
    "board": "The Board", "name": "Jo Ashdown", "agency": "Willow Lane Academy", "title": "Self-audit 2015/16",
    "reference": "SA-7F3K9QXD", "link": "https://board.example/self-audits/SA-7F3K9QXD/", "due_on": date(2016, 4, 15),
    "days": 14, "mailbox": "team@board.example", "signatory": "Kit Monro", "sender": "Robin Tansley", "count": 3,
    "what": "it was received",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("NHS 943 476 5919 is known", "an NHS number"),
        ("NHS 9434765919", "an NHS number"),
        ("pupil A123456789012", "a pupil number"),
        ("QQ 12 34 56 C or AB123456C", "a National Insurance number"),
        ("they live at PE1 1AA now", "a full postcode"),
        ("DOB 3/4/2009", "a date of birth"),
        ("d.o.b. 3 April", "a date of birth"),
        ("born on 3 April 2009", "a date of birth"),
        ("the mother of Amy Smith", "how somebody is related to somebody"),
        ("sister Amy", "how somebody is related to somebody"),
        ("about Child B and others", "what a child in a case is called"),
    ],
)
def test_what_tells_who_a_message_is_about_is_found(text: str, what: str) -> None:
    assert what in {finding.what for finding in findings(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Telephone 01733 863744 or 0345 045 5203",
        "SA-7F3K9QXD is due on 15 April 2016",
        "Section 11 self-audit 2015/16, child protection, Child Death Overview Panel",
        "Working Together 2015; children aged 5 to 11; the mother and baby unit",
        "https://board.example/self-audits/SA-7F3K9QXD/",
        "NHS number 943 476 5918 has no valid check digit",
    ],
)
def test_what_tells_nothing_is_left_alone(text: str) -> None:
    assert findings(text) == ()


def test_a_name_the_caller_knows_is_found_in_any_case() -> None:
    with pytest.raises(Identifying, match="Take out “Okafor”"):
        check("About the OKAFOR family", never=["Amy Okafor"])


@pytest.mark.parametrize("wording", EVERY, ids=lambda wording: wording.kind)
def test_every_wording_can_be_filled_and_says_nothing_it_should_not(wording: Wording) -> None:
    filled = wording.fill(SAID)
    assert "{" not in filled.subject + filled.body + filled.line
    assert not findings(f"{filled.subject}\n{filled.body}\n{filled.line}")
    assert len(filled.subject) <= 120
    assert "https://board.example" in filled.body
    assert "Jo Ashdown" not in filled.subject
    assert "statutory" not in filled.body.lower()


def test_the_invitation_holds_the_whole_instruction_in_five_lines() -> None:
    text = definitions.wording("invitation").fill(SAID).body
    steps = [line for line in text.splitlines() if line[:2] in {"1.", "2.", "3.", "4.", "5."}]
    assert len(steps) == 5
    said = " ".join(steps)
    for needed in ("asks Willow Lane Academy", "https://board.example", "code comes by e-mail", "what you type is kept",
                   "Kit Monro", "15 April 2016", "team@board.example"):  # fmt: skip
        assert needed in said
    assert len(text.split("\n\n")) == 3


def test_a_school_never_reads_section_11_in_an_invitation_that_does_not_say_it() -> None:
    assert "section 11" not in " ".join(w.body + w.subject + w.line for w in EVERY).lower()


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"body": "{child}"}, "the body has a gap “{child}”"),
        ({"subject": "{name}, hello"}, "the subject has a gap “{name}”"),
        ({"subject": "two\nlines"}, "subject of one line"),
        ({"waits": 5}, "no line for a digest"),
        ({"dated": True}, "carries a date it does not say"),
        ({"kind": "No Such"}, "not a word"),
    ],
)
def test_a_wording_that_cannot_work_is_refused_with_its_place(wrong: dict[str, object], place: str) -> None:
    given: dict[str, object] = {"kind": "greeting", "title": "Greeting", "subject": "Hello", "body": "Hello"}
    with pytest.raises(CannotWork, match=place):
        Wording(**(given | wrong))


def test_a_kind_cannot_be_worded_twice() -> None:
    with pytest.raises(CannotWork):
        definitions.register(Wording("reminder", "Reminder", "Other", "Other"))
    definitions.register(definitions.wording("reminder"))


def test_missing_and_strange_values_are_named() -> None:
    wording = definitions.wording("reminder")
    with pytest.raises(GapLeft, match="nothing was given for “due_on”"):
        wording.fill({**SAID, "due_on": ""})
    with pytest.raises(GapLeft, match="no message has a gap called child"):
        wording.fill({**SAID, "child": "Amy"})
    with pytest.raises(GapLeft, match="longer than"):
        wording.fill({**SAID, "title": "x" * 301})


def test_a_value_can_never_begin_a_new_line_or_header() -> None:
    filled = definitions.wording("reminder").fill({**SAID, "title": "a\r\nBcc: all@example.org\n\nx"})
    assert "\n" not in filled.subject
    assert "“a Bcc: all@example.org x”" in filled.subject


def test_text_and_html_of_a_message() -> None:
    typed = "Dear Jo,\r\n\r\n1. One & <b>two</b>\n2. **Bold** https://board.example/a?b=1&c=2.\n\n- point\nlast line"
    assert plain.as_text(typed).startswith("Dear Jo,\n\n1. One & <b>two</b>\n2. Bold https://")
    made = plain.as_html(typed)
    assert "<ol><li>One &amp; &lt;b&gt;two&lt;/b&gt;</li><li><strong>Bold</strong> <a href=" in made
    assert 'href="https://board.example/a?b=1&amp;c=2"' in made
    assert "<ul><li>point</li></ul>\n<p>last line</p>" in made
    assert "script" not in plain.as_html("<script>alert(1)</script>").replace("&lt;script&gt;", "").replace(
        "&lt;/script&gt;", ""
    )


def waiting(number: int, address: str, joins: bool = True, after: int = 0, by: int = 0) -> Waiting:
    return Waiting(
        UUID(int=number),
        address,
        joins,
        NOON + timedelta(minutes=after),
        NOON + timedelta(minutes=max(after, by)),
    )


def test_what_waits_for_one_address_travels_together_once_the_first_is_due() -> None:
    three = [waiting(1, "a@x", by=0), waiting(2, "A@X", by=15), waiting(3, "b@x", by=15)]
    (group,) = together(three, NOON)
    assert [one.id.int for one in group] == [1, 2]


def test_nothing_goes_before_its_time_and_what_is_planned_for_later_stays() -> None:
    assert together([waiting(1, "a@x", by=15)], NOON) == ()
    planned = [waiting(1, "a@x"), waiting(2, "a@x", after=60 * 24)]
    assert [[one.id.int for one in group] for group in together(planned, NOON)] == [[1]]


def test_a_message_that_never_joins_goes_alone() -> None:
    groups = together([waiting(1, "a@x", joins=False), waiting(2, "a@x"), waiting(3, "a@x")], NOON)
    assert sorted([one.id.int for one in group] for group in groups) == [[1], [2, 3]]


def test_a_digest_never_grows_without_end() -> None:
    groups = together([waiting(n, "a@x") for n in range(MOST_IN_ONE + 5)], NOON)
    assert [len(group) for group in groups] == [MOST_IN_ONE, 5]


def test_a_digest_says_once_what_all_need() -> None:
    text = body("The Board", ["first: https://x", "second: https://y"], ["Sign in.", "Sign in."])
    assert text == "The Board has 2 things for you:\n\n- first: https://x\n- second: https://y\n\nSign in."


def test_the_calendar_file_is_an_all_day_entry_that_a_later_one_replaces() -> None:
    made = calendar.file_for(
        reference="SA-7F3K9QXD", host="board.example", summary="SA-7F3K9QXD is due", due_on=date(2016, 3, 27),
        made_at=NOON, link="https://board.example/x/", notes="Two\nlines; with, marks", example=True,
    )  # fmt: skip
    (event,) = icalendar.Calendar.from_ical(made).walk("VEVENT")
    assert event["dtstart"].dt == date(2016, 3, 27)
    assert event["dtend"].dt == date(2016, 3, 28)
    assert str(event["uid"]) == "SA-7F3K9QXD@board.example"
    assert str(event["summary"]).startswith("Example: invented")
    assert str(event["description"]) == "Two\nlines; with, marks"
    assert made.splitlines()[0] == b"BEGIN:VCALENDAR"
    assert len(event.walk("VALARM")) == 1
