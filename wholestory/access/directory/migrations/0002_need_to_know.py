"""Spreadsheets on their way in, and what joining moved, go under the need-to-know rule."""

from django.db import migrations

from wholestory.records.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_spreadsheets_and_joinings"), ("records", "0002_need_to_know")]

    operations = [
        Protect("directory_membershipimport"),
        Protect("directory_joining"),
    ]
