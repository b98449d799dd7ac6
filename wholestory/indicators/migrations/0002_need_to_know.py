"""Agencies' figures go under the need-to-know rule; what was sent, said and decided is history."""

from django.db import migrations

from wholestory.records.append_only import AppendOnly
from wholestory.records.rls import Protect

_TABLES = (
    "asked", "collection", "agencyreturn", "returnstep", "commentary", "submission", "value", "problem",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial"), ("access", "0002_need_to_know")]

    operations = [
        *[Protect(f"indicators_{name}") for name in _TABLES],
        AppendOnly("indicators_returnstep", ["of_return_id", "kind", "words", "by_id", "at", '"on"']),
        AppendOnly(
            "indicators_commentary",
            [
                "of_return_id", "agency_id", "measure", "period_end", "what_changed", "why", "so_what", "what_next",
                "confidence", "by_id", "at",
            ],
        ),
        AppendOnly(
            "indicators_submission",
            ["board_id", "agency_id", "of_return_id", "number", "source", "file_name", "sha256"],
        ),
        AppendOnly(
            "indicators_value",
            [
                "submission_id", "agency_id", "area_id", "measure", "version", "period_start", "period_end", "breakdown",
                "label", "numerator", "denominator", "percentage", "amount", "nothing", "mark", "note", "place", "rule",
            ],
        ),
        AppendOnly("indicators_ownmeasure", ["board_id", "code", "version", "definition", "sha256"]),
        AppendOnly("indicators_target", ["board_id", "measure", "from_on", "thresholds", "because", "by_id", '"on"']),
        AppendOnly("indicators_rebase", ["board_id", "measure", "from_on", "because", "by_id", '"on"']),
    ]  # fmt: skip
