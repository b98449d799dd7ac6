"""What an export held of each case goes under the need-to-know rule, and is history."""

from django.db import migrations

from wholestory.records.append_only import AppendOnly
from wholestory.records.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("child_deaths", "0021_vendor_export")]

    operations = [
        Protect("child_deaths_vendorline"),
        AppendOnly(
            "child_deaths_vendorline",
            ["file_id", "case_id", "line", "cells", "differences", "joined", "gave"],
        ),
    ]
