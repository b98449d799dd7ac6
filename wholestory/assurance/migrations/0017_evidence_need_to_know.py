"""Evidence lists and their uses go under the need-to-know rule."""

from django.db import migrations

from wholestory.records.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("assurance", "0016_evidence"), ("access", "0002_need_to_know")]

    operations = [Protect(f"assurance_{name}") for name in ("evidenceitem", "evidenceuse")]
