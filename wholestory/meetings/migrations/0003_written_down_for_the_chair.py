"""Who wrote a decision down on the chair's word: history like the rest of the decision."""

import django.db.models.deletion
from django.db import migrations, models

KEEP = """
create trigger append_only_written_by before update of written_by_id on meetings_decision
  for each row execute function meetings_decision_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_need_to_know"), ("partners", "0004_alter_seat_role")]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="written_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Who wrote it down for the chair",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.person",
            ),
        ),
        migrations.RunSQL(KEEP, "drop trigger append_only_written_by on meetings_decision;"),
    ]
