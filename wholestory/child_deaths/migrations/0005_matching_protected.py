"""The keys that find who may be the same child, and what people decided about them, go under the need-to-know rule.

A child or a message that is put behind other doors (a restricted case) takes its keys along.
"""

from django.db import migrations

from wholestory.records.append_only import AppendOnly
from wholestory.records.rls import Protect


def _follow(table: str, column: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        create function {table}_keys_follow() returns trigger language plpgsql as $$
        begin
          update child_deaths_matchkey set circle_id = new.circle_id, office_id = new.office_id
          where {column} = new.id and circle_id = old.circle_id and office_id = old.office_id;
          return null;
        end $$;
        create trigger keys_follow after update of circle_id, office_id on {table} for each row
          when (old.circle_id is distinct from new.circle_id or old.office_id is distinct from new.office_id)
          execute function {table}_keys_follow();
        """,
        f"drop trigger keys_follow on {table}; drop function {table}_keys_follow();",
    )


class Migration(migrations.Migration):
    dependencies = [("child_deaths", "0004_matching")]

    operations = [
        Protect("child_deaths_matchkey"),
        Protect("child_deaths_notthesame"),
        Protect("child_deaths_merge"),
        AppendOnly(
            "child_deaths_notthesame",
            [
                "one_notification_id", "one_case_id", "other_notification_id", "other_case_id", "reason", "by_id",
                '"at"',
            ],
        ),
        AppendOnly(
            "child_deaths_merge",
            ["from_case_id", "into_case_id", "stage", "first_received_at", "reason", "by_id", '"at"'],
        ),
        _follow("child_deaths_child", "child_id"),
        _follow("child_deaths_notification", "notification_id"),
    ]  # fmt: skip
