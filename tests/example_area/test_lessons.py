"""The example's lessons and what two of its deaths have in common, as the demo shows them."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import transaction

from tests.example_area.playing import Told, deaths_played
from tests.example_area.reading import TODAY
from wholestory.access import acting
from wholestory.child_deaths.models import Case
from wholestory.child_deaths.queries.alike import to_look_at
from wholestory.config.example.lessons import lesson_events
from wholestory.learning.models import Change, Lesson, Material, Sharing


@pytest.mark.django_db
def test_lessons_and_two_deaths_with_a_place_in_common() -> None:
    directory = deaths_played()
    happened = sorted(lesson_events(Told(directory)), key=lambda one: one[0])  # type: ignore[arg-type]  # stands in for the whole story
    assert all(on <= TODAY for on, _ in happened)
    for _, do in happened:
        do()
    board = directory.boards["peterborough"]
    with transaction.atomic(), acting.as_system(board, "tally"):
        stand = {one.theme: (one.state, one.audience) for one in Lesson.objects.all()}
        assert stand == {
            "safer_sleep": ("published", "everybody"),
            "asthma": ("published", "professionals"),
            "water": ("shared", "everybody"),
        }
        assert Counter(Change.objects.values_list("lesson__theme", "verdict")) == Counter(
            [("safer_sleep", "changed"), ("asthma", "not_yet")]
        )
        assert Sharing.objects.count() == 3
        assert set(Material.objects.values_list("theme", flat=True)) == {"safer_sleep"}
        assert all(".example/" in link for link in Material.objects.values_list("link", flat=True))
        found = [one for one in to_look_at(board, TODAY) if one.subject == "event"]
        assert [one.words for one in found] == ["Invented Court, Peterborough"]
        cases = Case.objects.filter(record__reference__in=found[0].references)
        stages = set(cases.values_list("record__standing__stage", flat=True))
        assert len(found[0].references) == 2
        assert not stages & {"reviewed", "finalised"}
