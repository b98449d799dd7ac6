"""Lists of earlier cases, and the line each case came from, go under the need-to-know rule."""

from django.db import migrations

from wholestory.records.append_only import AppendOnly
from wholestory.records.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("child_deaths", "0017_past")]

    operations = [
        Protect("child_deaths_pastfile"),
        Protect("child_deaths_pastrow"),
        AppendOnly("child_deaths_pastrow", ["file_id", "case_id", "line", "cells", "remarks"]),
    ]
