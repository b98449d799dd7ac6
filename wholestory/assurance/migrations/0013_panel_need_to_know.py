"""Screening and the panel go under the need-to-know rule."""

from django.db import migrations

from wholestory.records.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("assurance", "0012_panel")]

    operations = [
        Protect(f"assurance_{name}") for name in ("screening", "panel", "enquiry", "paneloutcome")
    ]
