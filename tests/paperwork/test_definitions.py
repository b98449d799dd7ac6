"""A definition that cannot work is refused, and the refusal names the place."""

from decimal import Decimal

import pytest

from tests.paperwork.kitchen_sink import KITCHEN_SINK
from wholestory.paperwork.definitions import (
    NOT_KNOWN,
    All,
    AnyOf,
    AtLeast,
    CannotWork,
    Choice,
    Choices,
    Date,
    DateOrder,
    File,
    Form,
    Is,
    LongText,
    Number,
    Option,
    Page,
    Point,
    Question,
    Repeat,
    RequiredWhen,
    Scale,
    Section,
    SumIs,
    Text,
    YesNo,
)
from wholestory.paperwork.words import all_words

YES_OR_NO = YesNo("first", "First?")


def one_page(*items: Question | Section, **rest: object) -> tuple[Page, ...]:
    return (Page("one", "One", items, **rest),)


def faults_in(*pages: Page, **rest: object) -> list[str]:
    with pytest.raises(CannotWork) as refused:
        Form("trial", 1, "Trial", pages, **rest)
    return [str(fault) for fault in refused.value.faults]


def test_a_form_that_uses_every_word_can_work():
    assert len(KITCHEN_SINK.asked) == 32


def test_every_word_is_in_the_kitchen_sink():
    def words_of(stored: object) -> set[str]:
        if isinstance(stored, dict):
            return {str(stored["word"])} | {w for each in stored.values() for w in words_of(each)}
        return {w for each in stored for w in words_of(each)} if isinstance(stored, list) else set()

    from wholestory.paperwork.words import encode

    assert words_of(encode(KITCHEN_SINK)) == set(all_words())


def test_a_condition_about_a_later_question_is_refused_with_its_place():
    later = Page(
        "leadership", "Leadership", (YesNo("dbs", "Checked?", show_when=Is("x", "yes")), YesNo("x", "X?"))
    )
    assert faults_in(*one_page(YES_OR_NO), later) == [
        "page 2 'Leadership', question 'dbs': shows when 'x', which comes later"
    ]


@pytest.mark.parametrize(
    ("items", "fault"),
    [
        ((Text("a", "A", show_when=Is("a", "x")),), "question 'a': shows when 'a', which is itself"),
        ((Text("a", "A", show_when=Is("b", "x")),), "shows when 'b', which this form does not ask"),
        (
            (YES_OR_NO, Text("first", "Again")),
            "the key 'first' is already used at page 1 'One', question 'first'",
        ),
        (
            (YES_OR_NO, Text("a", "A", show_when=Is("first", "maybe"))),
            "'first' is 'maybe', which it can never be",
        ),
        ((YES_OR_NO, Text("a", "A", show_when=Is("first", "not_known"))), "which it can never be"),
        ((Text("t", "T"), Text("a", "A", show_when=Is("t", "x"))), "'t' is 'x', which it can never be"),
        ((YES_OR_NO, Text("a", "A", show_when=AtLeast("first", 1))), "its answers are not numbers"),
        ((YES_OR_NO, Text("a", "A", show_when=AnyOf("first", ()))), "any of nothing"),
        ((YES_OR_NO, Text("a", "A", show_when=All(()))), "shows when all of nothing"),
        ((Text("Bad key", "A"),), "the key 'Bad key' must be lower-case"),
        ((Text("a", "  "),), "it has no label"),
        ((Text("a", "A", nothing=(NOT_KNOWN, NOT_KNOWN)),), "'not_known' is listed twice"),
        ((Choice("a", "A"),), "it offers no choices"),
        ((Choice("a", "A", (Option("x", "X"), Option("x", "Y"))),), "two choices are stored as 'x'"),
        ((Choices("a", "A", (Option("declined", "No"),)),), "'declined' is a kind of nothing"),
        ((Scale("a", "A", (Point(1, "x"),)),), "at least two points"),
        ((Scale("a", "A", (Point(2, "x"), Point(1, "y"))),), "must rise, worst first"),
        ((Scale("a", "A", (Point(0, "x"), Point(1, "y")), compliant_from=3),), "not one of its points"),
        ((Number("a", "A", minimum=Decimal(3), maximum=Decimal(2)),), "no number is both"),
        ((Number("a", "A", whole=True, maximum=Decimal("2.5")),), "so 2.5 cannot be a bound"),
        ((File("a", "A", accepts=(".pdf",)),), "'.pdf' is not a file ending"),
        ((Repeat("r", "R"),), "it repeats no questions"),
        ((Repeat("r", "R", (Repeat("s", "S", (YES_OR_NO,)),)),), "cannot hold another"),
        ((Repeat("r", "R", (YES_OR_NO,), at_most=0),), "between 1 and 200 items"),
        (
            (Repeat("r", "R", (YES_OR_NO,)), Text("a", "A", show_when=Is("first", "yes"))),
            "shows when 'first', which is asked many times, in 'r'",
        ),
        (
            (Repeat("r", "R", (Text("a", "A", show_when=AtLeast("r", 1)),)),),
            "shows when 'r', the group it is in",
        ),
        ((Section("Empty", ()), YES_OR_NO), "the section 'Empty' asks nothing"),
        (
            (Section("S", (YES_OR_NO,), show_when=Is("first", "yes")),),
            "section 'S': shows when 'first', which comes",
        ),
        ((LongText("a", "A", max_length=0),), "must be more than 0"),
    ],
)
def test_what_cannot_work_is_refused(items: tuple[Question, ...], fault: str):
    found = faults_in(*one_page(*items))
    assert len(found) == 1
    assert fault in found[0]
    assert found[0].startswith("page 1 'One'")


def test_a_page_cannot_depend_on_a_question_of_its_own():
    found = faults_in(*one_page(YES_OR_NO, show_when=Is("first", "yes")))
    assert found == ["page 1 'One': shows when 'first', which comes later"]


def test_a_form_needs_pages_titles_and_a_version():
    with pytest.raises(CannotWork) as refused:
        Form("Trial", 0, " ", ())
    assert {str(fault) for fault in refused.value.faults} == {
        "form: the key 'Trial' must be lower-case letters, digits and underscores",
        "form: versions count from 1",
        "form: it has no title",
        "form: it has no pages",
    }


def test_two_pages_cannot_share_an_address():
    assert "page 2 'Two': two pages have the key 'one'" in faults_in(
        *one_page(YES_OR_NO), Page("one", "Two", (Text("b", "B"),))
    )


@pytest.mark.parametrize(
    ("check", "fault"),
    [
        (
            DateOrder("on", "nowhere", message="m"),
            "check 1: it speaks of 'nowhere', which this form does not ask",
        ),
        (DateOrder("on", "first", message="m"), "check 1: 'first' is not a date"),
        (DateOrder("on", "on", message="m"), "check 1: it names the same question twice"),
        (
            DateOrder("on", "inner_on", message="m"),
            "check 1: it speaks of 'inner_on', which is asked in 'group'",
        ),
        (SumIs((), message="m"), "check 1: it speaks of no question"),
        (RequiredWhen("on", Is("first", "no"), message=" "), "check 1: it has no message"),
        (
            RequiredWhen("on", Is("first", "perhaps"), message="m"),
            "'first' is 'perhaps', which it can never be",
        ),
    ],
)
def test_checks_that_cannot_work_are_refused(check: object, fault: str):
    items = (YES_OR_NO, Date("on", "On"), Repeat("group", "G", (Date("inner_on", "On"),)))
    (found,) = faults_in(*one_page(*items), checks=(check,))
    assert fault in found


def test_all_faults_are_told_at_once():
    assert (
        len(faults_in(*one_page(Text("a", ""), Text("a", "A"), Text("b", "B", show_when=Is("c", "x"))))) == 3
    )
