"""What was brought in from files goes under the need-to-know rule."""

from django.db import migrations

from wholestory.records.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("assurance", "0014_brought_in")]

    operations = [Protect(f"assurance_{name}") for name in ("broughtin", "pastrow", "saidofpast")]
