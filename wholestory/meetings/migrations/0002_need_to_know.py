"""Meetings go under the need-to-know rule. Declarations, voices and what was decided are history; approved minutes and
what they say of items are locked."""

from django.db import migrations

from wholestory.records.append_only import AppendOnly
from wholestory.records.rls import Protect

#: Who may see a row is set in its circle and office, and may still change; what the minutes say may not.
LOCK = """
create function meetings_minutes_locked() returns trigger language plpgsql as $$
begin
  if old.state = 'approved' then
    raise exception 'approved minutes are never changed' using errcode = 'insufficient_privilege';
  end if;
  return coalesce(new, old);
end $$;
create trigger locked before update of id, meeting_id, version, state, words, correction, drafted_by_id, drafted_on,
    checked_by_id, checked_on, approved_at_meeting_id, approved_by_id, approved_on or delete on meetings_minutes
  for each row execute function meetings_minutes_locked();

-- Whoever cannot see the minutes finds no open version, and is refused too.
create function meetings_itemminute_locked() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' and not exists
      (select from meetings_minutes m where m.id = old.minutes_id and m.state <> 'approved') then
    raise exception 'approved minutes are never changed' using errcode = 'insufficient_privilege';
  end if;
  if tg_op <> 'DELETE' and not exists
      (select from meetings_minutes m where m.id = new.minutes_id and m.state <> 'approved') then
    raise exception 'approved minutes are never changed' using errcode = 'insufficient_privilege';
  end if;
  return coalesce(new, old);
end $$;
create trigger locked before insert or update of id, minutes_id, item_id, words or delete on meetings_itemminute
  for each row execute function meetings_itemminute_locked();
"""
UNLOCK = """
drop trigger locked on meetings_itemminute; drop function meetings_itemminute_locked();
drop trigger locked on meetings_minutes; drop function meetings_minutes_locked();
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial"), ("access", "0002_need_to_know")]

    operations = [
        Protect("meetings_arrangement"),
        Protect("meetings_meeting", order="meets_on"),
        Protect("meetings_item"),
        Protect("meetings_paper"),
        Protect("meetings_attendance"),
        Protect("meetings_interest", order="declared_on"),
        Protect("meetings_declaration", order="at"),
        Protect("meetings_decision"),
        Protect("meetings_voice"),
        Protect("meetings_minutes"),
        Protect("meetings_itemminute"),
        AppendOnly(
            "meetings_declaration",
            ["id", "item_id", "person_id", "has_interest", "effect", "words", "reason", "by_id", '"at"'],
        ),
        AppendOnly(
            "meetings_voice", ["id", "decision_id", "kind", "person_id", "agency_id", "name", "words", "by_id", '"at"']
        ),
        AppendOnly(
            "meetings_decision", ["id", "record_id", "group_id", "meeting_id", "item_id", "words", "why", "asked_on"]
        ),
        migrations.RunSQL(LOCK, UNLOCK),
    ]
