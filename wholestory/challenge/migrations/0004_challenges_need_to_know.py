"""Challenges go under the need-to-know rule; what happened to them is history."""

from django.db import migrations

from wholestory.records.append_only import AppendOnly
from wholestory.records.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("challenge", "0003_challenges"), ("access", "0002_need_to_know")]

    operations = [
        Protect("challenge_challenge", order="raised_on"),
        Protect("challenge_challengestep"),
        AppendOnly(
            "challenge_challenge",
            ["board_id", "agency_id", "group_id", "question", "why", "first_due_on", "raised_by_id", "raised_on"],
        ),
        AppendOnly(
            "challenge_challengestep",
            ["challenge_id", "kind", "words", "level", "reference", "to_due_on", "by_id", "at", '"on"'],
        ),
        AppendOnly("challenge_ladder", ["board_id", "rungs", "by_id", "at"]),
    ]  # fmt: skip
