"""Loaded copies go under the need-to-know rule, and under the set they were loaded into."""

from django.db import migrations

from wholestory.records.rls import Protect

SAME_DOORS = """
alter table paperwork_copyload add constraint paperwork_copyload_same_doors
  foreign key (answer_set_id, circle_id, office_id) references paperwork_answerset (id, circle_id, office_id);
"""
OTHER_DOORS = "alter table paperwork_copyload drop constraint paperwork_copyload_same_doors;"


class Migration(migrations.Migration):
    dependencies = [("paperwork", "0003_copy_loads"), ("access", "0002_need_to_know")]

    operations = [
        Protect("paperwork_copyload", order="loaded_at"),
        migrations.RunSQL(SAME_DOORS, OTHER_DOORS),
    ]
