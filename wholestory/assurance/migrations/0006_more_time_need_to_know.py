"""Requests for more time go under the need-to-know rule."""

from django.db import migrations

from wholestory.records.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("assurance", "0005_more_time_and_successors")]

    operations = [Protect("assurance_moretimeasked")]
