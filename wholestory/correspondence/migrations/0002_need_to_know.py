"""Messages, attempts and letters go under the need-to-know rule; attempts are never changed or removed."""

from django.db import migrations

from wholestory.records.rls import Protect

APPEND_ONLY = """
create function correspondence_attempts_stay() returns trigger language plpgsql as $$
begin
  raise exception 'what happened to a message cannot be changed' using errcode = 'insufficient_privilege';
end $$;
create trigger attempts_stay before update or delete on correspondence_messageattempt
  for each row execute function correspondence_attempts_stay();
"""
UNDO = """
drop trigger attempts_stay on correspondence_messageattempt;
drop function correspondence_attempts_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("correspondence", "0001_initial"), ("access", "0002_need_to_know")]

    operations = [
        Protect("correspondence_message"),
        Protect("correspondence_messageattempt", order="at"),
        Protect("correspondence_letter", order="prepared_at"),
        migrations.RunSQL(APPEND_ONLY, UNDO),
    ]
