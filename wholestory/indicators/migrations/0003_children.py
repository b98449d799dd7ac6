"""Why a board may hold files about children, and each load of them."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0002_need_to_know"),
        ("partners", "0004_alter_seat_role"),
        ("records", "0002_need_to_know"),
    ]

    operations = [
        migrations.CreateModel(
            name="LawfulBasis",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "law",
                    models.CharField(help_text="The law it rests on, as the board wrote it", max_length=300),
                ),
                (
                    "why",
                    models.CharField(
                        help_text="Why counts made at the council are not enough", max_length=2000
                    ),
                ),
                (
                    "decided_by",
                    models.CharField(
                        help_text="Who decided: a person or a meeting, in words", max_length=200
                    ),
                ),
                ("decided_on", models.DateField()),
                (
                    "assessment",
                    models.CharField(help_text="Where the impact assessment is found", max_length=200),
                ),
                ("review_on", models.DateField(help_text="By when somebody looks at it again")),
                (
                    "keep_days",
                    models.PositiveSmallIntegerField(
                        help_text="Days files are kept, counted from the day of loading"
                    ),
                ),
                ("recorded_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("ended_because", models.CharField(blank=True, max_length=300)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.board"
                    ),
                ),
                (
                    "circle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.circle"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.person",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.office"
                    ),
                ),
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lawful_basis",
                        to="records.record",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.person"
                    ),
                ),
            ],
            options={
                "ordering": ["-recorded_on", "-created_at"],
            },
        ),
        migrations.CreateModel(
            name="ChildFiles",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("census", "Children in Need census"),
                            ("annex_a", "Ofsted’s lists (Annex A)"),
                            ("looked_after", "Looked-after children (SSDA903)"),
                        ],
                        max_length=12,
                    ),
                ),
                ("first_on", models.DateField(help_text="First day the figures are about")),
                ("last_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to begin"),
                            ("running", "Being read and counted"),
                            ("done", "Counted"),
                            ("refused", "Refused: nothing was loaded"),
                            ("purged", "Erased"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                (
                    "done",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Steps of the counting that are done"
                    ),
                ),
                ("of", models.PositiveSmallIntegerField(default=0)),
                ("children", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "rules",
                    models.JSONField(
                        default=list, help_text="By rule: severity, how many, and how many are listed"
                    ),
                ),
                (
                    "findings",
                    models.JSONField(
                        default=list, help_text="Each finding, with the child's id as it was sent"
                    ),
                ),
                ("counted", models.JSONField(default=dict, help_text="The aggregate document: counts alone")),
                ("refused_because", models.CharField(blank=True, max_length=600)),
                ("loaded_at", models.DateTimeField()),
                ("purge_on", models.DateField()),
                ("purged_on", models.DateField(blank=True, null=True)),
                (
                    "purged_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("time", "its time was over"),
                            ("basis", "the lawful basis was ended"),
                            ("aside", "it was put aside"),
                            ("refused", "it was refused"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.agency"
                    ),
                ),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.board"
                    ),
                ),
                (
                    "circle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.circle"
                    ),
                ),
                (
                    "loaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.person"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.office"
                    ),
                ),
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="child_files",
                        to="records.record",
                    ),
                ),
                (
                    "submission",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="child_files",
                        to="indicators.submission",
                    ),
                ),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loads",
                        to="indicators.lawfulbasis",
                    ),
                ),
            ],
            options={
                "ordering": ["-loaded_at", "-created_at"],
            },
        ),
        migrations.CreateModel(
            name="SealedFile",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("counted", "Counted"),
                            ("looked_back", "Of an earlier year, looked back to"),
                            ("beside", "Errors beside the data"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("seal_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "place",
                    models.CharField(
                        blank=True, help_text="Where it stands; empty when it was taken away", max_length=100
                    ),
                ),
                ("wrapped_key", models.BinaryField(blank=True, help_text="Empty once it was erased")),
                (
                    "circle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.circle"
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="indicators.childfiles",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.office"
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
            },
        ),
        migrations.AddConstraint(
            model_name="lawfulbasis",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on", None)), fields=("board",), name="indicators_one_lawful_basis"
            ),
        ),
        migrations.AddConstraint(
            model_name="lawfulbasis",
            constraint=models.CheckConstraint(
                condition=models.Q(("keep_days__gte", 1), ("keep_days__lte", 400)),
                name="indicators_child_files_kept_for_a_while",
            ),
        ),
        migrations.AddConstraint(
            model_name="lawfulbasis",
            constraint=models.CheckConstraint(
                condition=models.Q(("review_on__gt", models.F("decided_on"))),
                name="indicators_basis_reviewed_after_it_was_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="lawfulbasis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_by", None), ("ended_on", None)),
                    models.Q(("ended_by__isnull", False), ("ended_on__isnull", False)),
                    _connector="OR",
                ),
                name="indicators_basis_ended_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="childfiles",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_on__gte", models.F("first_on"))),
                name="indicators_child_files_of_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="childfiles",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("purged_on", None), models.Q(("counted", {}), ("findings", [])), _connector="OR"
                ),
                name="indicators_erased_child_files_name_nobody",
            ),
        ),
    ]
