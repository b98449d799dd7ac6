"""Cover sheets and their links go under the need-to-know rule."""

from django.db import migrations

from wholestory.records.rls import NEEDS_A_LINE, Protect


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [
        migrations.RunSQL(NEEDS_A_LINE, "drop function records_needs_a_line()"),
        Protect("records_record", order="opened_on"),
        Protect("records_link"),
    ]
