"""Everything about a death goes under the need-to-know rule; notifications and decisions are history."""

from django.db import migrations

from wholestory.records.append_only import AppendOnly
from wholestory.records.rls import Protect

_TABLES = (
    "notification", "notificationstep", "child", "childname", "identifier", "address", "relative",
    "childrentogether", "service", "case", "leaddecision", "hold", "transfer",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("child_deaths", "0001_initial"), ("access", "0002_need_to_know")]

    operations = [
        *[Protect(f"child_deaths_{name}") for name in _TABLES],
        AppendOnly(
            "child_deaths_notification",
            [
                "record_id", "panel_id", "channel", "received_at", "received_precision", "entered_at", "entered_by_id",
                "form_key", "form_version", "answers", "raw", "fingerprint",
            ],
        ),
        AppendOnly("child_deaths_notificationstep", ["notification_id", "settled", "case_id", "by_id", "at", "reason"]),
        AppendOnly(
            "child_deaths_leaddecision",
            [
                "case_id", "coordinates", "leads_id", "home_area_id", "rule", "evidence", "agreed_with", "agreed_on",
                "by_id", '"on"',
            ],
        ),
    ]  # fmt: skip
