"""What was entered nationally goes under the need-to-know rule, and is history."""

from django.db import migrations

from wholestory.records.append_only import AppendOnly
from wholestory.records.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("child_deaths", "0019_national")]

    operations = [
        Protect("child_deaths_nationalentry"),
        AppendOnly("child_deaths_nationalentry", ["case_id", "version", "reference", '"on"', "by_id"]),
    ]
