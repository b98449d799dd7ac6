"""The example's deaths are played by the rooms' own operations, each thing on its day, and end across every path."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import transaction

from tests.example_area.playing import deaths_played
from wholestory.access import acting
from wholestory.child_deaths.models import (
    AgencyRequest,
    Analysis,
    Case,
    CaseKind,
    Hold,
    Identifier,
    KeyWorker,
    Lead,
    Panel,
    Transfer,
)
from wholestory.child_deaths.queries import caseload, duplicates
from wholestory.child_deaths.rules import nhs_number
from wholestory.meetings.models import Item


@pytest.mark.django_db
def test_every_path_is_there() -> None:
    directory = deaths_played()
    assert Panel.objects.filter(board=None).count() == 8
    with transaction.atomic(), acting.as_system(directory.boards["peterborough"], "tally"):
        every = Case.objects.select_related("record__standing")
        stood = Counter(case.record.standing.stage for case in every)
        assert every.filter(brought_in=True).count() == 120
        assert every.filter(brought_in=False).count() == 19
        assert stood["transferred"] >= 2
        assert stood["listed"] == 1
        assert set(stood) >= {
            "triage", "immediate", "gathering", "awaiting_outcome", "listed", "reviewed", "finalised", "out_of_scope",
            "transferred",
        }  # fmt: skip
        assert Case.objects.filter(restricted=True).count() == 1
        assert Case.objects.filter(kind=CaseKind.RESPONSE_ONLY).count() == 1
        assert Counter(case.lead for case in every.filter(brought_in=False)) >= Counter(
            [Lead.SENT, Lead.THEIRS, Lead.DISPUTED]
        )
        assert Transfer.objects.count() == 3
        assert Case.objects.get(reopened=1).record.standing.stage == "reviewed"
        assert Analysis.objects.filter(version=2).count() == 1
        assert {hold.why for hold in Hold.objects.all()} == {"inquest", "criminal"}
        assert Item.objects.filter(about__isnull=False).count() == 7
        assert AgencyRequest.objects.count() == 3
        assert KeyWorker.objects.count() == 1
        waiting = list(caseload.unsorted_messages())
        assert len(waiting) == 2
        found = duplicates.of_notification(waiting[1]).candidates
        assert found[0].notification == waiting[0]
        numbers = Identifier.objects.filter(kind="nhs").values_list("value", flat=True)
        assert all(nhs_number.is_valid(one) and one.startswith("999") for one in numbers)
