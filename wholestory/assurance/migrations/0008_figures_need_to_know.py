"""Figures, comparisons and exports go under the need-to-know rule."""

from django.db import migrations

from wholestory.records.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("assurance", "0007_figures_and_exports")]

    operations = [Protect(f"assurance_{name}") for name in ("cyclefigures", "comparison", "cycleexport")]
