"""The example's figures: brought in from the spreadsheets of earlier years, then asked for and sent."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Value as Constant
from django.db.models.functions import Concat

from tests.example_area.playing import Told
from tests.example_area.reading import TODAY
from wholestory.access import acting
from wholestory.actions.models import Action
from wholestory.challenge.models import Challenge
from wholestory.config.example.challenges import challenge_events, report_events
from wholestory.config.example.directory import Directory
from wholestory.config.example.figures import figure_events
from wholestory.indicators.models import AgencyReturn, Commentary, Value
from wholestory.partners.models import Agency, Board, Group
from wholestory.performance.models import PublicVersion, QuarterlyReport


@pytest.mark.django_db
def test_quarters_of_figures_and_a_round_of_returns() -> None:
    for kind in (Agency, Board, Group):
        kind._default_manager.update(slug=Concat(Constant("personas-"), "slug"))
    directory = Directory()
    directory.load()
    board = directory.boards["peterborough"]
    told: Any = Told(directory)
    happened = [*figure_events(told), *challenge_events(told), *report_events(told)]
    for on, do in sorted(happened, key=lambda one: one[0]):
        assert on <= TODAY
        board.example_today = on
        board.save(update_fields=["example_today"])
        do()
    with transaction.atomic(), acting.as_system(board, "tally"):
        stages = dict(AgencyReturn.objects.values_list("agency__slug", "stage"))
        assert Counter(stages.values()) == {"sent": 3, "waiting": 1, "asked": 1}
        # 14 quarters from April 2012, and one more of what was sent.
        points = Counter(Value.objects.filter(in_force=True).values_list("measure", flat=True))
        assert points["C07"] == points["G03"] == points["F06"] == 15
        assert points["D02"] == points["D07"] == points["C12"] == 15, (
            "rates on a population come from numbers alone"
        )
        assert points["E03"] == points["H01"] == 14
        assert Commentary.objects.filter(measure="D05").exists()
        assert dict(Challenge.objects.values_list("measure", "stage")) == {
            "F06": "settled",
            "C07": "settled",
            "D18": "put",
        }
        assert Action.objects.get(measure_code="F06").state == "closed"
        assert Action.objects.get(measure_code="C07").state == "open"
        assert dict(QuarterlyReport.objects.values_list("period_end", "state")) == {
            date(2015, 9, 30): "given",
            date(2015, 12, 31): "draft",
        }
        assert PublicVersion.objects.get().state == "published"
        assert not Value.objects.exclude(nothing="").exists()
