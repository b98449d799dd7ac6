"""Messages that wait to be sorted say so themselves: they are counted without looking at all the others."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import Q

SQL = Path(__file__).parents[1] / "sql"
UNDO = """
drop trigger to_sort on child_deaths_notificationstep;
drop function child_deaths_to_sort();
"""


class Migration(migrations.Migration):
    dependencies = [("child_deaths", "0030_cluster_scan_protected")]

    operations = [
        migrations.AddField(
            "notification", "to_sort", models.BooleanField(db_default=True, default=True, editable=False)
        ),
        migrations.RunSQL((SQL / "to_sort.sql").read_text(), UNDO),
        migrations.AddIndex(
            "notification",
            models.Index(
                fields=["received_at"], name="child_deaths_message_to_sort", condition=Q(to_sort=True)
            ),
        ),
    ]
