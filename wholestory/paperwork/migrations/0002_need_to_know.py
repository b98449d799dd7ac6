"""Answers go under the need-to-know rule; published forms and what was ever saved cannot be changed."""

from django.db import migrations

from wholestory.records.rls import Protect

UNDER_A_SET = ("answer", "answerhistory", "clash", "presence")

# A row belongs to the circle and office of its set: the database refuses one that points at a set it cannot stand
# under, so that a guessed key neither writes into another record nor tells whether it exists.
SAME_DOORS = "".join(
    f"""
    alter table paperwork_{table} add constraint paperwork_{table}_same_doors
      foreign key (answer_set_id, circle_id, office_id)
      references paperwork_answerset (id, circle_id, office_id);
    """
    for table in UNDER_A_SET
)
OTHER_DOORS = "".join(
    f"alter table paperwork_{table} drop constraint paperwork_{table}_same_doors;" for table in UNDER_A_SET
)

FIXED = """
create function paperwork_fixed() returns trigger language plpgsql as $$
begin
  raise exception '% cannot be changed once it is there', tg_argv[0] using errcode = 'insufficient_privilege';
end $$;
create trigger published before update or delete on paperwork_formversion
  for each row execute function paperwork_fixed('a published form');
create trigger kept before update on paperwork_answerhistory
  for each row execute function paperwork_fixed('what was saved');
-- Only the worker removes history, when a record's time is up.
revoke delete on paperwork_answerhistory from wholestory_web;
"""
LOOSE = """
grant delete on paperwork_answerhistory to wholestory_web;
drop trigger kept on paperwork_answerhistory; drop trigger published on paperwork_formversion;
drop function paperwork_fixed();
"""

# Who has a page open is overwritten every few seconds and says nothing about a case: no line for that.
NO_LINE = "drop trigger needs_a_line on paperwork_presence;"
LINE = """
create trigger needs_a_line before insert or update or delete on paperwork_presence
  for each statement execute function records_needs_a_line();
"""


class Migration(migrations.Migration):
    dependencies = [("paperwork", "0001_initial"), ("access", "0002_need_to_know")]

    operations = [
        Protect("paperwork_answerset"),
        Protect("paperwork_answer"),
        Protect("paperwork_answerhistory"),
        Protect("paperwork_clash"),
        Protect("paperwork_presence", order="seen_at"),
        migrations.RunSQL(SAME_DOORS, OTHER_DOORS),
        migrations.RunSQL(FIXED, LOOSE),
        migrations.RunSQL(NO_LINE, LINE),
    ]
