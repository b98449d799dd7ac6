"""Checks of whether an action worked go under the need-to-know rule."""

from django.db import migrations

from wholestory.records.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("actions", "0003_effects"), ("access", "0002_need_to_know")]

    operations = [Protect("actions_check")]
