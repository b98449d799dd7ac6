"""Whoever sends the same message as somebody before gets a reference of their own, and both messages are kept."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parents[1] / "sql"
BEFORE = (SQL / "notify.sql").read_text()
UNDO = """
drop function child_deaths_notify(text, jsonb, text, int, text, text, text),
  child_deaths_notify_by_system(text, jsonb, jsonb, text, int, timestamptz, text),
  child_deaths_keep(text, text, jsonb, jsonb, text, int, timestamptz, text, uuid, text);
""" + BEFORE[BEFORE.index("-- Makes the rows of one message") :]


class Migration(migrations.Migration):
    dependencies = [("child_deaths", "0025_partial_days")]

    operations = [migrations.RunSQL((SQL / "notify_each_sender.sql").read_text(), UNDO)]
