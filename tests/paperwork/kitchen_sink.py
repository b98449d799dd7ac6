"""A form that uses every word there is: for round trips, faces, printing, and to notice a changed default."""

from datetime import date
from decimal import Decimal

from wholestory.paperwork.definitions import (
    DECLINED,
    NOT_APPLICABLE,
    NOT_ASKED,
    NOT_KNOWN,
    TODAY,
    Add,
    AgencyQ,
    All,
    Allow,
    Answered,
    Any,
    AnyOf,
    AtLeast,
    Calculated,
    Choice,
    Choices,
    Date,
    DateOrder,
    DaysBetween,
    File,
    Fixed,
    Form,
    Grid,
    GridRow,
    Is,
    IsNot,
    LongText,
    NhsNumber,
    Not,
    Nothing,
    NotMoreThan,
    Number,
    OneAnswered,
    Option,
    Page,
    Percentage,
    PersonQ,
    Point,
    Postcode,
    Ratio,
    Repeat,
    RequiredWhen,
    Scale,
    Section,
    Subtract,
    SumIs,
    Text,
    Time,
    TotalOf,
    YearsBetween,
    YesNo,
)

POINTS = (
    Point(0, "Not met", "Nobody has been named.", "bad"),
    Point(1, "Partly met", "Somebody does it, without the title.", "poor"),
    Point(2, "Met", "A named lead, with time for it.", "good"),
)

LEADERSHIP = Page(
    "leadership",
    "Leadership",
    (
        YesNo("has_lead", "Is there a named lead?", nothing=(NOT_KNOWN, NOT_APPLICABLE)),
        LongText(
            "why_not",
            "Why is there none?",
            show_when=Is("has_lead", "no"),
            guidance="Say what is **planned**.\n\n* who\n* by when",
        ),
        Section(
            "The lead",
            (
                PersonQ("lead", "Who is it?", or_typed=True, choices_from="agency"),
                Date(
                    "since",
                    "Since when?",
                    coarsest="month",
                    approximate=True,
                    not_after=TODAY,
                    nothing=(NOT_KNOWN,),
                ),
                Date("reviewed_on", "Last reviewed on", required=False, not_before=date(2010, 1, 1)),
            ),
            show_when=Is("has_lead", "yes"),
            intro="About the person **named**.",
        ),
        Scale(
            "score", "How well is this met?", POINTS, code="met3", compliant_from=2, nothing=(NOT_APPLICABLE,)
        ),
        Text("next_step", "What happens next?", show_when=Not(AtLeast("score", 2)), required=False),
    ),
)

STAFF = Page(
    "staff",
    "Staff and training",
    (
        Number("employed", "How many are employed?", unit="people", minimum=Decimal(0), whole=True),
        Number(
            "trained", "How many are trained?", whole=True, minimum=Decimal(0), nothing=(NOT_KNOWN, NOT_ASKED)
        ),
        Number("untrained", "How many are not?", whole=True, nothing=(DECLINED,), required=False),
        Choices(
            "courses",
            "Which courses?",
            (Option("basic", "Basic"), Option("cse", "Child sexual exploitation"), Option("other", "Other")),
            at_most=2,
            required=False,
        ),
        Text("course_other", "Which other?", show_when=Is("courses", "other")),
        Choice(
            "commissioned",
            "Who runs them?",
            (Option("us", "We do"), Option("board", "The board")),
            required=False,
        ),
        AgencyQ(
            "by_whom",
            "Which agency?",
            required=False,
            show_when=Any(
                (AnyOf("commissioned", ("board",)), All((Answered("courses"), IsNot("commissioned", "us"))))
            ),
        ),
        File("policy", "Your policy", required=False, at_most=2, accepts=("pdf", "docx")),
        Repeat(
            "visits",
            "Visits",
            (
                Date("visit_from", "From"),
                Date("visit_to", "To", required=False),
                YesNo("followed_up", "Was it followed up?"),
                LongText("follow_up", "How?", show_when=Is("followed_up", "yes"), max_length=500),
            ),
            noun="visit",
            required=False,
            nothing=(Allow(Nothing.NOT_APPLICABLE, "We were not visited"),),
            checks=(DateOrder("visit_from", "visit_to", message="A visit cannot end before it begins"),),
        ),
    ),
)

CASE = Page(
    "case",
    "One case",
    (
        Time("rang_at", "When did they ring?", required=False, not_before="06:00", not_after="22:00"),
        NhsNumber("nhs", "NHS number", required=False, nothing=(NOT_KNOWN,)),
        Postcode("postcode", "Postcode", required=False, outward_alone=True),
        Date("born_on", "Born on", required=False, coarsest="year"),
        Date("seen_on", "Seen on", required=False),
        Calculated("age", "Age when seen", YearsBetween("born_on", "seen_on")),
        Calculated("waited", "Days waited", DaysBetween("born_on", "seen_on"), show_when=AtLeast("age", 10)),
        Grid(
            "groups",
            "Training by group",
            (GridRow("teachers", "Teachers"), GridRow("governors", "Governors")),
            (
                Number("people", "People", whole=True, minimum=Decimal(0)),
                Number("done", "Trained", whole=True),
                Choice("by", "By whom", (Option("us", "Us"), Option("board", "The board")), required=False),
                Scale("how_well", "How well", POINTS, required=False),
                Text("note", "Note", max_length=40, required=False),
            ),
            totals=("people", "done"),
            rows_title="Group",
            required=False,
        ),
        Calculated(
            "share",
            "Share trained",
            Percentage(TotalOf("groups", "done"), TotalOf("groups", "people")),
            decimals=1,
            hint="Of both groups together",
        ),
        Calculated(
            "balance",
            "Per person trained",
            Ratio(Subtract("employed", Fixed(Decimal(1))), Add(("trained", "untrained"))),
            unit="each",
        ),
    ),
)

LAST = Page(
    "last",
    "Anything else",
    (YesNo("declared", "Is this right?", carries=False), LongText("more", "Tell us more", required=False)),
    show_when=AtLeast("visits", 1),
)

KITCHEN_SINK = Form(
    "kitchen_sink",
    1,
    "Every kind of question",
    (LEADERSHIP, STAFF, CASE, LAST),
    edition="wt2015",
    intro="An invented form.",
    checks=(
        NotMoreThan("trained", "employed", message="More people are trained than employed"),
        SumIs(("trained", "untrained"), "employed", message="The two do not add up to all"),
        RequiredWhen("untrained", Answered("courses"), message="Say how many are not trained"),
        OneAnswered(("courses", "commissioned"), message="Say something about courses"),
    ),
)
