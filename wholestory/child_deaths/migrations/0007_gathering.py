"""What agencies are asked about a death, who was asked, the links they were sent, and what was chosen where they differ."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from wholestory.records.append_only import AppendOnly
from wholestory.records.rls import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("child_deaths", "0006_clocks_of_joined_cases"),
        ("documents", "0005_made_here"),
        ("paperwork", "0006_comments_need_to_know"),
        ("partners", "0004_alter_seat_role"),
        ("records", "0002_need_to_know"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AgencyRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("organisation", models.CharField(max_length=160)),
                ("role", models.CharField(blank=True, max_length=80)),
                (
                    "form_set",
                    models.CharField(
                        choices=[
                            ("2015", "Forms A, B and C"),
                            ("2018", "Notification, reporting and analysis forms"),
                        ],
                        max_length=6,
                    ),
                ),
                ("about", models.JSONField(default=dict)),
                ("why", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("opened", "Opened"),
                            ("started", "Begun"),
                            ("nothing", "Nothing known"),
                            ("returned", "Returned"),
                            ("revoked", "Taken back"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("sent_key", models.CharField(max_length=64)),
                ("asked_on", models.DateField()),
                ("due_on", models.DateField()),
                ("extended_to", models.DateField(blank=True, null=True)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_on", models.DateField(blank=True, help_text="On the board's own day", null=True)),
                ("looked_where", models.TextField(blank=True)),
                (
                    "after_final",
                    models.BooleanField(
                        default=False, help_text="It came after the review was saved as final"
                    ),
                ),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("reopened", models.PositiveSmallIntegerField(default=0)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.agency",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.person",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.person"
                    ),
                ),
                (
                    "panel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="child_deaths.panel",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="child_deaths.case",
                    ),
                ),
                (
                    "circle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.circle"
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
                        related_name="death_request",
                        to="records.record",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="child_deaths.service",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Addressee",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("parts", models.JSONField(blank=True, default=list)),
                ("named_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "circle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.circle"
                    ),
                ),
                (
                    "named_by",
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.person"
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.person",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addressees",
                        to="child_deaths.agencyrequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CompositeChoice",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("question", models.SlugField(max_length=60)),
                ("item", models.PositiveIntegerField(default=0)),
                ("value", models.JSONField(blank=True, null=True)),
                ("nothing", models.CharField(blank=True, max_length=20)),
                ("words", models.TextField(blank=True)),
                ("sources", models.JSONField(blank=True, default=list)),
                ("reason", models.TextField(blank=True)),
                ("basis", models.CharField(max_length=64)),
                (
                    "undone",
                    models.BooleanField(default=False, help_text="The choice before it no longer counts"),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.person"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="composite_choices",
                        to="child_deaths.case",
                    ),
                ),
                (
                    "circle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.circle"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.office"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RequestForm",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("key", models.SlugField(max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("place", models.PositiveSmallIntegerField(default=0)),
                (
                    "answers",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="death_request_form",
                        to="paperwork.answerset",
                    ),
                ),
                (
                    "circle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.circle"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.office"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forms",
                        to="child_deaths.agencyrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["place"],
            },
        ),
        migrations.CreateModel(
            name="RequestLink",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("request_record", models.UUIDField(db_index=True)),
                ("addressee", models.UUIDField()),
                ("why", models.SlugField(max_length=20)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.board"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RequestStep",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("named", "A colleague was named"),
                            ("withdrawn", "Somebody was taken off"),
                            ("sent_again", "A new link was sent"),
                            ("reminded", "Reminded"),
                            ("more_time", "More time given"),
                            ("nothing", "Answered: nothing known"),
                            ("returned", "Returned"),
                            ("reopened", "Opened again"),
                            ("revoked", "Taken back"),
                            ("corrected", "What the agency is told of the child was brought up to date"),
                            ("file_parted", "A wrong file was put aside"),
                            ("file_purged", "A wrong file was deleted"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.person"
                    ),
                ),
                (
                    "circle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.circle"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.storedfile",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.office"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.person",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="child_deaths.agencyrequest",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="agencyrequest",
            index=models.Index(fields=["state", "due_on"], name="child_deaths_chase"),
        ),
        migrations.AddConstraint(
            model_name="agencyrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True)),
                fields=("case", "sent_key"),
                name="child_deaths_asked_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="agencyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoked_at__isnull", False), ("state", "revoked")),
                    models.Q(models.Q(("state", "revoked"), _negated=True), ("revoked_at__isnull", True)),
                    _connector="OR",
                ),
                name="child_deaths_revoked_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="addressee",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("request", "person"),
                name="child_deaths_addressee_once",
            ),
        ),
        migrations.AddIndex(
            model_name="compositechoice",
            index=models.Index(fields=["case", "question", "-at"], name="child_deaths_choices"),
        ),
        migrations.AddConstraint(
            model_name="requestform",
            constraint=models.UniqueConstraint(
                fields=("request", "key"), name="child_deaths_request_form_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="requestlink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("why__startswith", "reminder")),
                fields=("addressee", "why"),
                name="child_deaths_reminded_once",
            ),
        ),
        migrations.AddIndex(
            model_name="requeststep",
            index=models.Index(fields=["request", "at"], name="child_deaths_request_steps"),
        ),
        Protect("child_deaths_agencyrequest"),
        Protect("child_deaths_requestform"),
        Protect("child_deaths_addressee"),
        Protect("child_deaths_requeststep"),
        Protect("child_deaths_compositechoice"),
        AppendOnly(
            "child_deaths_requeststep",
            ["request_id", "what", "words", "person_id", "file_id", "by_id", '"at"'],
        ),
        AppendOnly(
            "child_deaths_compositechoice",
            [
                "case_id",
                "question",
                "item",
                "value",
                "nothing",
                "words",
                "sources",
                "reason",
                "basis",
                "undone",
                "by_id",
                '"at"',
            ],
        ),
    ]
