"""Limits that run are found by their day: lists of what is next and of what is overdue begin there."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("pathways", "0002_need_to_know")]

    operations = [
        migrations.AddIndex(
            "runningclock",
            models.Index(
                fields=["due_on", "record"],
                name="pathways_clock_running_due",
                condition=Q(closed_at__isnull=True, due_on__isnull=False),
            ),
        ),
    ]
