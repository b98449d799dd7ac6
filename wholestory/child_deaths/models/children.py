"""The child who died: names, numbers, homes and family, each kept with its dates and where it came from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.kernel.moments import Precision
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Agency, Area
from wholestory.records.models import Protected

PRECISIONS = [(each.value, each.value.replace("_", " ")) for each in Precision]


class Sex(models.TextChoices):
    MALE = "male", "Male"
    FEMALE = "female", "Female"
    INDETERMINATE = "indeterminate", "Indeterminate"
    NOT_KNOWN = "not_known", "Not known"


class Child(Protected):
    """One child. Several names, numbers and addresses may be true at once; the case says which counts.

    ``born_on`` may be a guess (``born_precision`` says so). Where only a month or a year is known it is empty, and
    ``born_part`` says ``2016-03`` or ``2016``. ``age_uncertain`` is for somebody believed to be under 18.
    """

    born_on = models.DateField(null=True, blank=True)
    born_precision = models.CharField(max_length=14, choices=PRECISIONS, default=Precision.DATE.value)
    born_part = models.CharField(max_length=7, blank=True)
    born_at = models.TimeField(null=True, blank=True)
    age_uncertain = models.BooleanField(default=False)
    sex = models.CharField(max_length=14, choices=Sex, default=Sex.NOT_KNOWN)
    ethnicity = models.CharField(max_length=40, blank=True)
    gestation_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    birthweight_grams = models.PositiveIntegerField(null=True, blank=True)
    born_as = models.CharField(
        max_length=12, blank=True,
        choices=[("single", "A single child"), ("twin", "A twin"), ("more", "One of three or more")],
    )  # fmt: skip
    birth_order = models.PositiveSmallIntegerField(null=True, blank=True)

    privacy = Privacy(
        "child_deaths",
        case="born_on born_precision born_part born_at age_uncertain sex ethnicity gestation_weeks birthweight_grams"
        " born_as birth_order",
    )


class ChildName(Protected):
    """A name the child is or was known by. ``folded`` is what searches compare: small letters, no accents or marks."""

    class Kind(models.TextChoices):
        KNOWN_AS = "known_as", "Known as"
        REGISTERED = "registered", "Registered name"
        EARLIER = "earlier", "Earlier name"
        AT_BIRTH = "at_birth", "As first given (“Baby of …”)"
        OTHER = "other", "Another spelling or name"

    child = models.ForeignKey(Child, models.PROTECT, related_name="names")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.KNOWN_AS)
    forenames = models.CharField(max_length=120, blank=True)
    surname = models.CharField(max_length=120, blank=True)
    folded = models.CharField(max_length=240, db_index=True)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    withheld = models.BooleanField(default=False, help_text="Shown and found only by those let in to it")

    privacy = Privacy(
        "child_deaths", case="forenames surname folded", ordinary="child kind from_on to_on withheld"
    )

    def __str__(self) -> str:
        return f"{self.forenames} {self.surname}".strip() or "No name given"


class Identifier(Protected):
    """A number: whose it really is may turn out otherwise, so every one stays with what was found out about it."""

    class Kind(models.TextChoices):
        NHS = "nhs", "NHS number"
        LOCAL = "local", "Hospital or local number"
        MBRRACE = "mbrrace", "MBRRACE-UK reference"
        NATIONAL = "national", "National database reference"
        CORONER = "coroner", "Coroner’s reference"
        POLICE = "police", "Police reference"

    child = models.ForeignKey(Child, models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=60, db_index=True)
    belongs_to = models.CharField(
        max_length=10, default="child",
        choices=[("child", "The child’s"), ("mother", "The mother’s, entered for the child"), ("wrong", "Wrong")],
    )  # fmt: skip
    since_on = models.DateField(null=True, blank=True)

    privacy = Privacy("child_deaths", case="value belongs_to", ordinary="child kind since_on")


class Address(Protected):
    """Where the child lived or was. Which home is the normal one is a decision, made with the routing."""

    class Kind(models.TextChoices):
        NORMAL = "normal", "Home"
        OTHER_HOME = "other_home", "Second home"
        PLACEMENT = "placement", "Placement"
        EARLIER = "earlier", "Earlier home"
        STAYING = "staying", "Where they stayed"

    child = models.ForeignKey(Child, models.PROTECT, related_name="addresses")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.NORMAL)
    lines = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    deprivation = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Quintile, 1 is the most deprived"
    )
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    withheld = models.BooleanField(default=False)

    privacy = Privacy(
        "child_deaths", case="lines postcode", ordinary="child kind area deprivation from_on to_on withheld"
    )


class Relative(Protected):
    """Somebody of the child's family or household. Suspicions are kept apart, never here."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="relatives")
    relation = models.CharField(max_length=60)
    name = models.CharField(max_length=160, blank=True)
    born_on = models.DateField(null=True, blank=True)
    has_responsibility = models.BooleanField(null=True, blank=True)
    cared_at_death = models.BooleanField(null=True, blank=True)
    in_household = models.BooleanField(null=True, blank=True)
    is_child = models.BooleanField(default=False)
    nhs_number = models.CharField(max_length=10, blank=True)

    privacy = Privacy(
        "child_deaths",
        case="relation name born_on has_responsibility cared_at_death in_household is_child nhs_number",
        ordinary="child",
    )


class ChildrenTogether(Protected):
    """Two children who belong together: siblings who both died, twins, one incident. Each keeps a review of its own."""

    class How(models.TextChoices):
        TWIN = "twin", "Twins or more"
        SIBLING = "sibling", "Brothers or sisters"
        INCIDENT = "incident", "The same incident"
        CLUSTER = "cluster", "The same school, place or method"

    one = models.ForeignKey(Child, models.PROTECT, related_name="+")
    other = models.ForeignKey(Child, models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=How)

    privacy = Privacy("child_deaths", case="one other how")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "one", "other", "how"], name="child_deaths_together_once"
            ),
            models.CheckConstraint(condition=~Q(one=models.F("other")), name="child_deaths_together_are_two"),
        ]


class Service(Protected):
    """An agency or professional who knew the child: whom to ask for a report."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="services")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.CharField(max_length=160, blank=True, help_text="Where it is not in the directory")
    role = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    asked = models.BooleanField(default=False)

    privacy = Privacy(
        "child_deaths", personal="name email telephone", ordinary="child agency organisation role asked"
    )
