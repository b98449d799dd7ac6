"""Lessons go under the need-to-know rule; what was logged is history; the public page gets its one function."""

from pathlib import Path

from django.db import migrations

from wholestory.records.append_only import AppendOnly
from wholestory.records.rls import Protect

SQL = Path(__file__).parents[1] / "sql" / "published.sql"


class Migration(migrations.Migration):
    dependencies = [("learning", "0001_initial"), ("access", "0002_need_to_know")]

    operations = [
        *[Protect(f"learning_{name}") for name in ("lesson", "sharing", "change", "material")],
        AppendOnly("learning_sharing", ["lesson_id", "channel", '"to"', '"on"', "reach", "by_id"]),
        AppendOnly("learning_change", ["lesson_id", "verdict", "words", "evidence", '"on"', "by_id"]),
        migrations.RunSQL(SQL.read_text(), "drop function learning_published(text);"),
    ]
