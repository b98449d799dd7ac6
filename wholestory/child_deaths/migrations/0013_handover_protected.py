"""The answer of a panel elsewhere goes under the need-to-know rule; its page gets two functions and nothing else."""

from pathlib import Path

from django.db import migrations

from wholestory.records.append_only import AppendOnly
from wholestory.records.rls import Protect

SQL = Path(__file__).parents[1] / "sql" / "handover.sql"
UNDO = """
drop function child_deaths_transfer_answer(text, boolean, text, text, text), child_deaths_transfer_shown(text),
  child_deaths_seen_again(text[]), child_deaths_seen_before(), child_deaths_transfer_behind(text);
"""


class Migration(migrations.Migration):
    dependencies = [("child_deaths", "0012_handover")]

    operations = [
        Protect("child_deaths_transferreply"),
        AppendOnly(
            "child_deaths_transferreply",
            ["transfer_id", "accepted", "answered_by", "their_reference", "words", "answered_at"],
        ),
        migrations.RunSQL(SQL.read_text(), UNDO),
    ]
