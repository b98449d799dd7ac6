"""The new tables go under the need-to-know rule; a published audit tool is never changed."""

from django.db import migrations

from wholestory.records.append_only import AppendOnly
from wholestory.records.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("assurance", "0003_full_strength")]

    operations = [
        *[Protect(f"assurance_{name}") for name in ("outofscope", "frameworkdraft", "scoresheet")],
        AppendOnly(
            "assurance_frameworkversion",
            ["id", "board_id", "key", "version", "definition", "seal", "builds_on", "mapping"],
        ),
    ]
