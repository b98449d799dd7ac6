"""Rows of figures go under the need-to-know rule; figures to compare with are never changed once they are loaded."""

from django.db import migrations

from wholestory.child_deaths.published import seed
from wholestory.records.append_only import AppendOnly
from wholestory.records.rls import Protect

_FACTS = [
    "measure", "area_id", "period", "breakdown", '"release"', '"value"', "unit", "source", "note", "invented",
    "loaded_on", "loaded_by_id",
]  # fmt: skip


def england(apps, schema_editor) -> None:
    seed(apps.get_model("child_deaths", "Benchmark"))


class Migration(migrations.Migration):
    dependencies = [("child_deaths", "0015_figures")]

    operations = [
        Protect("child_deaths_deathrow"),
        AppendOnly("child_deaths_benchmark", _FACTS),
        migrations.RunPython(england, migrations.RunPython.noop),
    ]
