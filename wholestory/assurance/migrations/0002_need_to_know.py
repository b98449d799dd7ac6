"""Self-audits go under the need-to-know rule; the moves of a return cannot be edited."""

from django.db import migrations

from wholestory.records.append_only import AppendOnly
from wholestory.records.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("assurance", "0001_initial"), ("access", "0002_need_to_know")]

    operations = [
        Protect("assurance_cycle", order="due_on"),
        Protect("assurance_return", order="due_on"),
        *[
            Protect(f"assurance_{name}")
            for name in (
                "stagechange", "sectionowner", "signoff", "query", "judgement", "resultrow", "tally", "chasenote",
            )
        ],
        AppendOnly(
            "assurance_stagechange", ["id", "return_of_id", "move", "from_stage", "to_stage", "by_id", '"on"', "reason"]
        ),
    ]
