"""The cover sheet of every protected record, and the circle and office that say who is meant to see it."""

from __future__ import annotations

from django.db import models

from wholestory.kernel.models import Base
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Agency, Board, Group


class Office(models.Model):
    """The wide door: everyone who runs one duty for one board. Few rows; named by key."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="offices")
    key = models.SlugField(max_length=40)

    privacy = Privacy("configuration", ordinary="id key")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "key"], name="records_office_once")]

    def __str__(self) -> str:
        return self.key


class Circle(models.Model):
    """The narrow door: the people who need to know about one piece of work.

    ``agency`` lets an agency's own seat holders in; ``group`` the group's members; the kind says which of the
    rules in ``access.policy`` fill it. Assigned people come in by grants.
    """

    board = models.ForeignKey(Board, models.PROTECT, related_name="circles")
    kind = models.SlugField(max_length=40)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="circles")
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="circles")

    privacy = Privacy("configuration", ordinary="id kind agency group")

    class Meta:
        indexes = [
            models.Index(fields=["board", "kind", "agency"], name="records_circle_for_seat"),
        ]


class Protected(Base):
    """A row only its circle and its office can see. Tables add ``records.rls.Protect`` in their migration."""

    circle = models.ForeignKey(Circle, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Record(Protected):
    """The cover sheet: what kind of record, whose, under which edition its duty arose."""

    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=20, unique=True)
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    edition = models.CharField(max_length=10)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    retention = models.CharField(max_length=20)

    privacy = Privacy("governance", ordinary="kind reference edition opened_on closed_on retention")

    def __str__(self) -> str:
        return self.reference


class Link(Protected):
    """A typed link between two cover sheets, seen only by those who may see the row's circle or office.

    ``how`` is a verb such as ``led_to``, ``answers``, ``measured_by``. Readers check access at both ends.
    """

    source = models.ForeignKey(Record, models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Record, models.PROTECT, related_name="links_in")
    how = models.SlugField(max_length=30)

    privacy = Privacy("governance", ordinary="source target how")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "source", "target", "how"], name="records_link_once")
        ]
