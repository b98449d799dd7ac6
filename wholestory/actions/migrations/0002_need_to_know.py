"""Actions go under the need-to-know rule; their story cannot be edited."""

from django.db import migrations

from wholestory.records.append_only import AppendOnly
from wholestory.records.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("actions", "0001_initial"), ("access", "0002_need_to_know")]

    operations = [
        Protect("actions_action", order="due_on"),
        Protect("actions_source"),
        Protect("actions_step"),
        AppendOnly("actions_step", ["id", "action_id", "kind", "words", "link", "from_due_on", "to_due_on", "by_id", '"on"']),
    ]
