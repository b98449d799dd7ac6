"""Two people in one form: neither loses what they wrote, and a person settles which stands."""

import pytest

from tests.paperwork.conftest import Desk
from wholestory.paperwork import operations, queries
from wholestory.paperwork.definitions import Given, Place
from wholestory.paperwork.models import (
    AnswerHistory,
    Clash,
    How,
    SettledHow,
)

WHY = Place("why_not")


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
