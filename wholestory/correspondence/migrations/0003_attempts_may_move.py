"""What happened to a message stays as it was; who may see it may change with the record it is about."""

from django.db import migrations

CHANGE = """
drop trigger attempts_stay on correspondence_messageattempt;
create trigger attempts_stay before update of id, created_at, message_id, number, at, transport, result,
  provider_reference, detail or delete on correspondence_messageattempt
  for each row execute function correspondence_attempts_stay();
"""
UNDO = """
drop trigger attempts_stay on correspondence_messageattempt;
create trigger attempts_stay before update or delete on correspondence_messageattempt
  for each row execute function correspondence_attempts_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("correspondence", "0002_need_to_know")]

    operations = [migrations.RunSQL(CHANGE, UNDO)]
