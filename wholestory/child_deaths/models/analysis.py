"""The analysis form: drafted after the review meeting, finished by the panel, sealed when it is final."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.child_deaths.models.review import Review
from wholestory.child_deaths.rules.factor_codes import Domain, FactorEdition
from wholestory.child_deaths.rules.factors import Grade, Modifiable
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Agency, Person
from wholestory.records.models import Protected, Record

KNOWN = [("yes", "Yes"), ("no", "No"), ("not_known", "Not known")]


class Analysis(Protected):
    """One version. A final one is never changed, by the database's own word; opening the case again begins the next.

    ``edition`` is the form it was begun on and stays. ``categories`` is every category selected; which one counts is
    the rule's (the lowest number) unless ``override`` says otherwise, with its reason; ``primary`` is what came of it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        FINAL = "final", "Final"

    class From(models.TextChoices):
        MEETING = "meeting", "The review meeting"
        DISCUSSION = "discussion", "The final discussion of a joint or rapid response"
        COORDINATOR = "coordinator", "The coordinator, from what agencies sent"

    class CaseReview(models.TextChoices):
        NOT_NEEDED = "not_needed", "Not needed"
        NEEDED = "needed", "Should be considered"
        HELD = "held", "Held or under way"

    review = models.ForeignKey(Review, models.PROTECT, related_name="analyses")
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    edition = models.CharField(max_length=8, choices=[(each.value, each.value) for each in FactorEdition])
    written_from = models.CharField(max_length=12, choices=From, blank=True)
    meeting_on = models.DateField(null=True, blank=True, help_text="The review meeting or final discussion")
    meeting_chair = models.CharField(max_length=120, blank=True, help_text="Who chaired it, by role")
    agencies = models.JSONField(default=list, blank=True, help_text="Kinds of agency that were there")
    documents = models.TextField(blank=True, help_text="Which documents were read")
    cause = models.TextField(blank=True, help_text="The cause of death as now understood")
    story = models.TextField(blank=True, help_text="A short summary of the case")
    categories = models.JSONField(default=list, blank=True)
    override = models.PositiveSmallIntegerField(null=True, blank=True)
    override_reason = models.TextField(blank=True)
    primary = models.PositiveSmallIntegerField(null=True, blank=True)
    notified_category = models.PositiveSmallIntegerField(null=True, blank=True)
    certificate_category = models.PositiveSmallIntegerField(null=True, blank=True)
    coroner_category = models.PositiveSmallIntegerField(null=True, blank=True)
    coroner_words = models.TextField(blank=True)
    certificate_changed = models.CharField(max_length=10, choices=KNOWN, blank=True)
    modifiable = models.CharField(
        max_length=24, choices=[(each.value, each.label) for each in Modifiable], blank=True
    )
    issues = models.TextField(blank=True)
    good_practice = models.TextField(blank=True)
    follow_up = models.CharField(max_length=10, choices=KNOWN, blank=True)
    follow_up_words = models.TextField(blank=True)
    case_review = models.CharField(max_length=10, choices=CaseReview, blank=True)
    protection_plan = models.CharField(max_length=10, choices=KNOWN, blank=True)
    looked_after = models.CharField(max_length=10, choices=KNOWN, blank=True)
    social_care = models.CharField(max_length=10, choices=KNOWN, blank=True)
    response_held = models.CharField(max_length=10, choices=KNOWN, blank=True)
    other_reviews = models.TextField(blank=True)
    because = models.TextField(blank=True, help_text="Why a version after the first was needed")
    changed_since_panel = models.TextField(blank=True, help_text="Why it differs from what the panel decided")
    begun_on = models.DateField()
    begun_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    final_on = models.DateField(null=True, blank=True)
    final_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    privacy = Privacy(
        "child_deaths",
        case="meeting_chair agencies documents cause story categories override override_reason primary"
        " notified_category certificate_category coroner_category coroner_words certificate_changed modifiable issues"
        " good_practice follow_up follow_up_words case_review protection_plan looked_after social_care response_held"
        " other_reviews because changed_since_panel",
        ordinary="review version state edition written_from meeting_on begun_on begun_by changed_at changed_by"
        " final_on final_by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "review", "version"], name="child_deaths_analysis_once"
            ),
            models.UniqueConstraint(
                fields=["circle", "review"],
                condition=Q(state="draft"),
                name="child_deaths_analysis_one_draft",
            ),
            models.CheckConstraint(
                name="child_deaths_analysis_final_signed",
                condition=Q(state="draft", final_on__isnull=True, final_by__isnull=True)
                | Q(state="final", final_on__isnull=False, final_by__isnull=False, primary__isnull=False),
            ),
            models.CheckConstraint(
                name="child_deaths_analysis_ten_categories",
                condition=Q(primary__isnull=True) | Q(primary__gte=1, primary__lte=10),
            ),
            models.CheckConstraint(
                name="child_deaths_analysis_override_says_why",
                condition=Q(override__isnull=True) | ~Q(override_reason=""),
            ),
        ]


class _OfAnalysis(Protected):
    """A line of the analysis: sealed with it."""

    analysis = models.ForeignKey(Analysis, models.PROTECT, related_name="%(class)ss")
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["place", "created_at"]


class Factor(_OfAnalysis):
    """One contributory factor on its own line, with its own grade. ``edition`` is that of its analysis."""

    edition = models.CharField(max_length=8, choices=[(each.value, each.value) for each in FactorEdition])
    domain = models.CharField(max_length=16, choices=[(each.value, each.label) for each in Domain])
    code = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)
    grade = models.CharField(max_length=2, choices=[(each.value, each.value) for each in Grade])
    modifiable = models.BooleanField(null=True, blank=True)

    privacy = Privacy(
        "child_deaths", case="domain code text grade modifiable", ordinary="analysis place edition"
    )

    class Meta(_OfAnalysis.Meta):
        constraints = [
            models.CheckConstraint(
                name="child_deaths_no_grade_3_on_current_forms",
                condition=~Q(edition="current", grade__in=["3", "1*"]),
            ),
            models.CheckConstraint(name="child_deaths_factor_says_something", condition=~Q(code="", text="")),
        ]


class LearningPoint(_OfAnalysis):
    """One thing that was learned. Once it is a lesson, the lesson says whom it reached and what changed."""

    text = models.TextField()
    lesson = models.ForeignKey(Record, models.PROTECT, null=True, blank=True, related_name="+")

    privacy = Privacy("child_deaths", case="text", ordinary="analysis place lesson")


class Recommendation(_OfAnalysis):
    """What should change, where, by whom. Once it is promised, the action says how it stands."""

    class Level(models.TextChoices):
        LOCAL = "local", "Local"
        REGIONAL = "regional", "Regional"
        NATIONAL = "national", "National"

    text = models.TextField()
    level = models.CharField(max_length=8, choices=Level)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    owner_title = models.CharField(max_length=120, blank=True, help_text="The post or body that is to do it")
    due_on = models.DateField(null=True, blank=True)
    action = models.ForeignKey(Record, models.PROTECT, null=True, blank=True, related_name="+")

    privacy = Privacy(
        "child_deaths", case="text owner_title", ordinary="analysis place level agency due_on action"
    )


class MinorityView(_OfAnalysis):
    """Who saw it differently, by role and never by name, and how."""

    class About(models.TextChoices):
        CATEGORY = "category", "The category"
        FACTORS = "factors", "A factor or its grade"
        MODIFIABLE = "modifiable", "Whether it was modifiable"
        OTHER = "other", "Something else"

    role = models.CharField(max_length=120)
    about = models.CharField(max_length=10, choices=About)
    category = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField()

    privacy = Privacy("child_deaths", case="role about category text", ordinary="analysis place")
