"""Scans in place and time go under the need-to-know rule."""

from django.db import migrations

from wholestory.records.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("child_deaths", "0029_cluster_scan")]

    operations = [Protect("child_deaths_clusterscan")]
