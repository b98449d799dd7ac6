"""Lists of a country's deaths begin at the newest: they are read in that order and not sorted."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("child_deaths", "0026_notify_each_sender")]

    operations = [
        migrations.AddIndex(
            "case", models.Index(fields=["-first_received_at", "id"], name="child_deaths_newest_case")
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["lead"], name="child_deaths_lead_open", condition=Q(lead__in=("sent", "disputed"))
            ),
        ),
        migrations.AddIndex(
            "notification", models.Index(fields=["-received_at", "id"], name="child_deaths_newest_message")
        ),
    ]
