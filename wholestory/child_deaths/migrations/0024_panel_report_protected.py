"""The panel's reports go under the need-to-know rule; what was frozen, given, published or logged is history; and the
open page gets its one function."""

from pathlib import Path

from django.db import migrations

from wholestory.records.append_only import AppendOnly
from wholestory.records.rls import Protect

SQL = Path(__file__).parents[1] / "sql" / "panel_report.sql"
SEALED = ["panel_id", "year", "number", "document", "sha256"]


class Migration(migrations.Migration):
    dependencies = [("child_deaths", "0023_panel_report")]

    operations = [
        *[
            Protect(f"child_deaths_{name}")
            for name in (
                "panelreport", "frozenfigures", "reportwords", "confidentialreport", "publicreport", "suppressionlog",
                "releasedcells", "reportthreshold",
            )
        ],
        AppendOnly("child_deaths_frozenfigures", ["report_id", "number", "figures", "sha256", "by_id", "at"]),
        AppendOnly("child_deaths_confidentialreport", [*SEALED, "given_by_id", "given_at"]),
        AppendOnly(
            "child_deaths_publicreport",
            [*SEALED, "frozen_number", "against", "prepared_by_id", "prepared_at", "worked_on"],
        ),
        AppendOnly("child_deaths_suppressionlog", ["public_id", "lines", "thresholds", "checked"]),
        AppendOnly("child_deaths_releasedcells", ["public_id", "panel_id", "cells"]),
        AppendOnly(
            "child_deaths_reportthreshold", ["panel_id", "owner", "section", "hides_to", "because", "by_id", "at"]
        ),
        migrations.RunSQL(SQL.read_text(), "drop function child_deaths_reports_published(text);"),
    ]  # fmt: skip
