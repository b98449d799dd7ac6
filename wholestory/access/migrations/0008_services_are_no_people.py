"""Whoever acts by a token is marked as a service, so that no list takes it for somebody."""

from typing import Any

from django.db import migrations


def mark(apps: Any, schema_editor: Any) -> None:
    services = set(apps.get_model("access", "Token").objects.values_list("person_id", flat=True))
    marked = apps.get_model("partners", "Person").objects.filter(pk__in=services).update(is_service=True)
    if marked != len(services):
        raise RuntimeError(f"{len(services)} services act by a token, {marked} were marked.")


class Migration(migrations.Migration):
    dependencies = [("access", "0007_shared_cache"), ("partners", "0003_services")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
