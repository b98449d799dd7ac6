"""Boards, areas, agencies, people, groups and the seats they hold.

This is the directory: names of bodies and of professionals in their work. It holds nothing about a child or a
case, so it is not row-protected; which pages show it, and to whom, is decided by ``access``.
"""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from wholestory.kernel.models import Base
from wholestory.kernel.privacy import Privacy

LONDON = ZoneInfo("Europe/London")


class Dated(models.Model):
    """Something that holds from one day to another; ``ends_on`` is the last day, empty while it lasts."""

    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="The last day must be the first day or later.",
            )
        ]


class BoardKind(models.TextChoices):
    CHILDREN = "children", "Safeguarding children board"
    PARTNERSHIP = "partnership", "Safeguarding children partnership"
    ADULTS = "adults", "Safeguarding adults board"


class Area(Base):
    """A local authority area, the unit that boards answer for."""

    name = models.CharField(max_length=120, unique=True)
    code = models.CharField(max_length=12, blank=True, help_text="ONS code, for example E06000031")

    privacy = Privacy("directory", ordinary="name code")

    def __str__(self) -> str:
        return self.name


class Board(Base):
    """The body that checks; a row with validity dates and a successor, never a singleton."""

    name = models.CharField(max_length=160)
    short_name = models.CharField(max_length=40)
    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=20, choices=BoardKind, default=BoardKind.CHILDREN)
    edition = models.CharField(max_length=10, help_text="Edition of guidance, for example WT2015")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    areas = models.ManyToManyField(Area, related_name="boards")
    mailbox = models.EmailField(blank=True, help_text="The team's real mailbox: replies go here")
    telephone = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)
    is_example = models.BooleanField(default=False)
    example_today = models.DateField(
        null=True, blank=True, help_text="Demo only: the day this board thinks it is"
    )
    set_up_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        "governance",
        ordinary="name short_name slug kind edition valid_from valid_to successor areas mailbox telephone website"
        " is_example example_today set_up_at",
    )

    def __str__(self) -> str:
        return self.name

    def today(self) -> date:
        """The board's own day: the demo setting when there is one, else today in London."""
        return self.example_today or timezone.now().astimezone(LONDON).date()


class Sector(models.TextChoices):
    COUNCIL = "council", "Council"
    HEALTH = "health", "Health"
    POLICE = "police", "Police and justice"
    PROBATION = "probation", "Probation and youth justice"
    EDUCATION = "education", "Schools and colleges"
    EARLY_YEARS = "early_years", "Early years"
    FIRE = "fire", "Fire and rescue"
    VOLUNTARY = "voluntary", "Voluntary, faith and sport"
    NATIONAL = "national", "National bodies"
    OTHER = "other", "Other"


class DutyBasis(models.TextChoices):
    """Why an agency answers (domain: quality assurance 1.1). Escalation depends on it."""

    S11 = "s11", "Section 11, Children Act 2004"
    S175 = "s175", "Section 175, Education Act 2002"
    S157 = "s157", "Section 157, Education Act 2002"
    NMSS = "nmss", "Non-maintained special schools regulations"
    S40_CHILDCARE = "s40_childcare", "Section 40, Childcare Act 2006"
    S55_BCI = "s55_bci", "Section 55, Borders, Citizenship and Immigration Act 2009"
    CONTRACT = "contract", "By contract"
    VOLUNTARY = "voluntary", "By invitation"
    OTHER = "other", "Other"


class Agency(Base):
    """An organisation, or the part of one that answers for itself."""

    name = models.CharField(max_length=160)
    short_name = models.CharField(max_length=60, blank=True)
    slug = models.SlugField(unique=True, max_length=80)
    sector = models.CharField(max_length=20, choices=Sector)
    duty_basis = models.CharField(max_length=20, choices=DutyBasis)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    is_invented = models.BooleanField(default=False)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=200, blank=True)
    mailbox = models.EmailField(blank=True, help_text="A role mailbox: a contact, never a sign-in")
    urn = models.CharField("URN", max_length=10, blank=True, help_text="Schools only")
    boards = models.ManyToManyField(Board, through="AgencyBoard", related_name="agencies")
    sign_on = models.SlugField(
        blank=True, help_text="Which OpenID Connect provider its people use, when it has one"
    )

    privacy = Privacy(
        "directory",
        ordinary="name short_name slug sector duty_basis parent is_invented starts_on ends_on ended_because mailbox urn boards sign_on",
    )

    def __str__(self) -> str:
        return self.name


class AgencyBoard(Base, Dated):
    """An agency answers to a board, from and to."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="board_links")
    board = models.ForeignKey(Board, models.PROTECT, related_name="agency_links")

    privacy = Privacy("directory", ordinary="agency board starts_on ends_on")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["agency", "board", "starts_on"], name="partners_agencyboard_once"
            ),
        ]


class Succession(Base):
    """One agency carries on from another: renamed, merged, split or converted."""

    before = models.ForeignKey(Agency, models.PROTECT, related_name="successions_out")
    after = models.ForeignKey(Agency, models.PROTECT, related_name="successions_in")
    on = models.DateField()
    how = models.CharField(
        max_length=12,
        choices=[
            ("renamed", "Renamed"),
            ("merged", "Merged"),
            ("split", "Split"),
            ("converted", "Converted"),
            ("duplicate", "Duplicate entry joined"),
        ],
    )

    privacy = Privacy("directory", ordinary="before after on how")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["before", "after"], name="partners_succession_once")]


class Person(Base):
    """Somebody known through their work. System actors are rows too, so that every line has an actor."""

    full_name = models.CharField(max_length=120)
    email = models.EmailField(unique=True, null=True, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    job_title = models.CharField(max_length=120, blank=True)
    is_system = models.BooleanField(default=False)
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

    privacy = Privacy(
        "directory",
        personal="full_name email telephone job_title",
        ordinary="is_system is_invented left_on joined_to",
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
