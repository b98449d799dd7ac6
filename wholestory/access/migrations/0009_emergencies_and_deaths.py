"""Emergency access to the death of a child is for whoever co-ordinates reviews, and for no other seat."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "emergency.sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0008_services_are_no_people")]

    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
