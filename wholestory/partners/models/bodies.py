"""Boards, areas and agencies, and who came from whom."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils import timezone

from wholestory.kernel.models import Base
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models.dated import LONDON, Dated


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
        ordinary="name short_name slug sector duty_basis parent is_invented starts_on ends_on ended_because mailbox urn"
        " boards sign_on",
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
