"""Two who act at the same moment: one is served, the other is told, and one value of each figure is in force."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from tests.indicators.people import NOW, Figures
from tests.indicators.returning import Returning
from tests.personas import TODAY
from wholestory.indicators.models import ReturnStage, Value
from wholestory.indicators.operations import sending
from wholestory.indicators.operations.moving import ReturnRefused

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*does: Callable[[], None]) -> list[str]:
    """Do each in a thread and a connection of its own, all beginning together; what became of each, in no order."""
    together = Barrier(len(does))

    def one(do: Callable[[], None]) -> str:
        together.wait(timeout=20)
        try:
            do()
        except ReturnRefused:
            return "refused"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(does)) as pool:
        return sorted(pool.map(one, does))


def test_a_return_is_sent_once_however_often_the_button_is_pressed(figures: Figures) -> None:
    made = Returning(figures)
    made.fill()
    made.pass_on()
    assert at_once(made.approve, made.approve, made.approve) == ["done", "refused", "refused"]
    with figures.acting("analyst"):
        assert Value.objects.filter(in_force=True).count() == 6
        assert Value.objects.count() == 6


def test_sending_and_giving_back_at_once_ends_in_one_of_the_two(figures: Figures) -> None:
    made = Returning(figures)
    made.fill()
    made.pass_on()

    def give_back() -> None:
        with figures.acting("police_lead") as actor:
            sending.send_back(actor=actor, ret=made.of(), words="Wait", today=TODAY, now=NOW)

    assert at_once(made.approve, give_back) == ["done", "refused"]
    with figures.acting("analyst"):
        in_force = Value.objects.filter(in_force=True).count()
    assert (made.of().stage, in_force) in {(ReturnStage.SENT, 6), (ReturnStage.STARTED, 0)}
