"""Clocks and stages go under the need-to-know rule; history and closed clocks cannot be edited."""

from django.db import migrations

from wholestory.records.append_only import AppendOnly
from wholestory.records.rls import Protect

# Tables that hold nothing confidential, yet whose changes somebody answers for.
OPEN_TABLES = ("pathways_rulecheck", "pathways_proclaimedday", "pathways_checkedyear")

NEEDS_A_LINE = "\n".join(
    f"create trigger needs_a_line before insert or update or delete on {table}"
    " for each statement execute function records_needs_a_line();"
    for table in OPEN_TABLES
)
NO_LINE_NEEDED = "\n".join(f"drop trigger needs_a_line on {table};" for table in OPEN_TABLES)

CLOSED_STAYS = """
create function pathways_clock_keeps() returns trigger language plpgsql as $$
declare
  free text[] := array['circle_id', 'office_id'];
begin
  if tg_op = 'DELETE' then
    raise exception 'a clock is never deleted' using errcode = 'insufficient_privilege';
  end if;
  if new.first_start_at <> old.first_start_at or new.first_due_on is distinct from old.first_due_on
     or new.rule_as_started <> old.rule_as_started or new.record_id <> old.record_id then
    raise exception 'what a clock was started with never changes' using errcode = 'insufficient_privilege';
  end if;
  if old.closed_at is not null then
    if new.closed_at is null then
      free := free || array['met_at', 'met_on', 'met_precision', 'outcome', 'cancelled', 'closed_at'];
    end if;
    if (to_jsonb(new) - free) <> (to_jsonb(old) - free) then
      raise exception 'a closed clock keeps the result it had' using errcode = 'insufficient_privilege';
    end if;
  end if;
  return new;
end $$;
create trigger clock_keeps before update or delete on pathways_runningclock
  for each row execute function pathways_clock_keeps();
"""
CLOSED_MAY_GO = "drop trigger clock_keeps on pathways_runningclock; drop function pathways_clock_keeps();"


class Migration(migrations.Migration):
    dependencies = [("pathways", "0001_initial"), ("access", "0002_need_to_know")]

    operations = [
        Protect("pathways_runningclock", order="due_on"),
        Protect("pathways_clockevent"),
        Protect("pathways_standing"),
        Protect("pathways_stagechange"),
        migrations.RunSQL(NEEDS_A_LINE, NO_LINE_NEEDED),
        AppendOnly(
            "pathways_clockevent",
            ["id", "created_at", "clock_id", "kind", "by_id", "moment", "reason", "note", "due_before_on", "due_after_on"],
        ),
        AppendOnly(
            "pathways_stagechange",
            [
                "id", "created_at", "record_id", "pathway", "version", "move", "from_stage", "to_stage", "side", "because",
                "by_id", '"on"', "reason",
            ],
        ),
        AppendOnly(
            "pathways_rulecheck",
            [
                "id", "created_at", "board_id", "rule", "fingerprint", "finding", "checked_by_id", "checked_on", "against",
                "note",
            ],
        ),
        AppendOnly(
            "pathways_proclaimedday",
            ["id", "created_at", "board_id", "day", "nations", "effect", "name", "source", "entered_by_id"],
        ),
        AppendOnly("pathways_checkedyear", ["id", "created_at", "board_id", "year", "against", "checked_by_id", "checked_on"]),
        migrations.RunSQL(CLOSED_STAYS, CLOSED_MAY_GO),
    ]
