"""People, groups, and the seats people hold."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from wholestory.kernel.models import Base
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models.bodies import Agency, Board
from wholestory.partners.models.dated import Dated


class People(models.QuerySet["Person"]):
    """Rows of ``Person``, which holds everybody who acts."""

    def of_flesh(self) -> People:
        """People only: neither the system's own actors nor services that act by a token."""
        return self.filter(is_system=False, is_service=False)


class Person(Base):
    """Somebody known through their work. System actors are rows too, so that every line has an actor."""

    full_name = models.CharField(max_length=120)
    email = models.EmailField(unique=True, null=True, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    job_title = models.CharField(max_length=120, blank=True)
    is_system = models.BooleanField(default=False)
    is_service = models.BooleanField(
        default=False, help_text="A computer system that acts by a token: never offered or listed as somebody"
    )
    is_invented = models.BooleanField(default=False)
    left_on = models.DateField(null=True, blank=True)
    joined_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="joined_from",
        help_text="The entry this double was joined to",
    )

    objects = People.as_manager()

    privacy = Privacy(
        "directory",
        personal="full_name email telephone job_title",
        ordinary="is_system is_service is_invented left_on joined_to",
    )

    def __str__(self) -> str:
        return self.full_name


class Group(Base):
    """A sub-group; it may belong to several boards."""

    name = models.CharField(max_length=160)
    short_name = models.CharField(max_length=40, blank=True)
    slug = models.SlugField(unique=True)
    purpose = models.TextField(blank=True)
    terms_of_reference = models.TextField(blank=True)
    quorum = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many members must be there"
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    boards = models.ManyToManyField(Board, related_name="groups")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        "governance",
        ordinary="name short_name slug purpose terms_of_reference quorum parent boards starts_on ends_on",
    )

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a seat is. Stable keys: rules, memberships and the access record name them."""

    INDEPENDENT_CHAIR = "independent_chair", "Independent chair"
    MEMBER = "member", "Member"
    DEPUTY = "deputy", "Deputy member"
    ADVISER = "adviser", "Adviser"
    LAY_MEMBER = "lay_member", "Lay member"
    BUSINESS_MANAGER = "business_manager", "Business manager"
    QUALITY_OFFICER = "quality_officer", "Quality officer"
    PERFORMANCE_ANALYST = "performance_analyst", "Performance analyst"
    CHILD_DEATH_COORDINATOR = "child_death_coordinator", "Child death coordinator"
    ADMINISTRATOR = "administrator", "Administrator"
    INFORMATION_GOVERNANCE_LEAD = "information_governance_lead", "Information governance lead"
    AGENCY_LEAD = "agency_lead", "Agency lead"
    SUBSTITUTE = "substitute", "Substitute contact"
    CONTRIBUTOR = "contributor", "Contributor"
    SIGNATORY = "signatory", "Signatory"
    DESIGNATED_DOCTOR = "designated_doctor", "Designated doctor for child deaths"
    PANEL_CHAIR = "panel_chair", "Chair of a group"


#: Seats of the board's own team. A person with several acts in one of them at a time.
TEAM_ROLES = frozenset(
    {
        Role.BUSINESS_MANAGER,
        Role.QUALITY_OFFICER,
        Role.PERFORMANCE_ANALYST,
        Role.CHILD_DEATH_COORDINATOR,
        Role.ADMINISTRATOR,
        Role.INFORMATION_GOVERNANCE_LEAD,
    }
)
#: Seats on the board itself.
BOARD_ROLES = frozenset({Role.INDEPENDENT_CHAIR, Role.MEMBER, Role.DEPUTY, Role.ADVISER, Role.LAY_MEMBER})
#: Seats in a group: those of the board, and its own chair, who need not sit on the board.
GROUP_ROLES = BOARD_ROLES | {Role.PANEL_CHAIR}
#: Seats by which somebody works for an agency on what it owes the board.
AGENCY_ROLES = frozenset({Role.AGENCY_LEAD, Role.SUBSTITUTE, Role.CONTRIBUTOR, Role.SIGNATORY})


class Seat(Base, Dated):
    """A role somebody holds on a board (or one of its groups), for an agency, from and to."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    board = models.ForeignKey(Board, models.PROTECT, related_name="seats")
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="seats")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="seats")
    role = models.CharField(max_length=30, choices=Role)
    is_account_owner = models.BooleanField(
        default=False, help_text="Confirms who still works for the agency when a cycle is issued"
    )

    privacy = Privacy("directory", ordinary="person group agency role is_account_owner starts_on ends_on")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="partners_seat_agency_role_has_agency",
                condition=~Q(role__in=["agency_lead", "substitute", "contributor", "signatory"])
                | Q(agency__isnull=False),
                violation_error_message="Choose the agency this person answers for.",
            ),
        ]

    def __str__(self) -> str:
        where = self.group or self.agency
        return f"{self.get_role_display()}, {where}" if where else self.get_role_display()

    def holds_on(self, day: date) -> bool:
        """Whether the seat is held on ``day``, first and last day included."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class LeaveCover(Base, Dated):
    """Somebody else acts in a seat for some days."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="covers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="covering")

    privacy = Privacy("directory", ordinary="seat person starts_on ends_on")


class Counterpart(Base, Dated):
    """The named person of a sister board who may be second where two people are required and one is away."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="counterpart_for")
    board = models.ForeignKey(Board, models.PROTECT, related_name="counterparts")

    privacy = Privacy("directory", ordinary="person starts_on ends_on")


class SetUpStep(Base):
    """How far a new board has come with one step of its setting up, so that it can be left and taken up again."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="set_up_steps")
    key = models.SlugField(max_length=30)
    state = models.CharField(max_length=10, choices=[("done", "Done"), ("skipped", "Left for later")])
    answer = models.CharField(
        max_length=80, blank=True, help_text="What was chosen, for example the key of a framework"
    )
    done_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    done_at = models.DateTimeField()

    privacy = Privacy("configuration", ordinary="key state answer done_by done_at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "key"], name="partners_setupstep_once")]
