"""Reports go under the need-to-know rule; what was frozen, given, published or logged is history; and the open page
gets its one function."""

from pathlib import Path

from django.db import migrations

from wholestory.records.append_only import AppendOnly
from wholestory.records.rls import Protect

SQL = Path(__file__).parents[1] / "sql" / "open_report.sql"


class Migration(migrations.Migration):
    dependencies = [("performance", "0001_initial"), ("access", "0002_need_to_know")]

    operations = [
        *[
            Protect(f"performance_{name}")
            for name in (
                "quarterlyreport", "reportfigures", "reportwords", "agencypage", "publicversion", "publiclog",
                "publiccells",
            )
        ],
        AppendOnly(
            "performance_quarterlyreport",
            ["board_id", "group_id", "label", "period_start", "period_end", "number", "begun_by_id", "begun_on"],
        ),
        AppendOnly("performance_reportfigures", ["report_id", "number", "figures", "sha256", "by_id", "at"]),
        AppendOnly(
            "performance_agencypage",
            ["board_id", "agency_id", "report_reference", "label", "period_end", "number", "document", "sha256", "at"],
        ),
        AppendOnly(
            "performance_publicversion",
            [
                "report_id", "board_id", "label", "period_end", "number", "document", "sha256", "against",
                "prepared_by_id", "prepared_at", "worked_on",
            ],
        ),
        AppendOnly("performance_publiclog", ["public_id", "lines", "thresholds", "checked"]),
        AppendOnly("performance_publiccells", ["public_id", "board_id", "cells"]),
        migrations.RunSQL(SQL.read_text(), "drop function performance_reports_published(text);"),
    ]  # fmt: skip
