"""The open page and agencies' own systems get their functions, and nothing else of what is kept about a death."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parents[1] / "sql" / "notify.sql"
UNDO = """
drop function child_deaths_notify_by_system(text, jsonb, jsonb, text, int, timestamptz, text),
  child_deaths_notify(text, jsonb, text, int, text, text),
  child_deaths_keep(text, text, jsonb, jsonb, text, int, timestamptz, text, uuid),
  child_deaths_new_reference(), child_deaths_can_be_kept(jsonb), child_deaths_notify_shown(text),
  child_deaths_panel_at(text);
drop table child_deaths_knock;
"""


class Migration(migrations.Migration):
    dependencies = [("child_deaths", "0002_need_to_know")]

    operations = [migrations.RunSQL(SQL.read_text(), UNDO)]
