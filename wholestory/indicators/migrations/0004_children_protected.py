"""Files about children go under the need-to-know rule; why the board may hold them, and what was sent, is history."""

from django.db import migrations

from wholestory.records.append_only import AppendOnly
from wholestory.records.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("indicators", "0003_children")]

    operations = [
        *[Protect(f"indicators_{name}") for name in ("lawfulbasis", "childfiles", "sealedfile")],
        AppendOnly(
            "indicators_lawfulbasis",
            [
                "board_id", "law", "why", "decided_by", "decided_on", "assessment", "review_on", "keep_days",
                "recorded_by_id", "recorded_on",
            ],
        ),
        AppendOnly(
            "indicators_childfiles",
            [
                "board_id", "agency_id", "basis_id", "source", "first_on", "last_on", "loaded_by_id", "loaded_at",
                "purge_on",
            ],
        ),
        AppendOnly("indicators_sealedfile", ["of_id", "role", "name", "sha256", "size", "seal_id"]),
    ]  # fmt: skip
