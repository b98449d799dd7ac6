"""What is kept about the death of a child, one file for each piece of the work."""

from __future__ import annotations

from wholestory.child_deaths.models.analysis import (
    Analysis,
    Factor,
    LearningPoint,
    MinorityView,
    Recommendation,
)
from wholestory.child_deaths.models.cases import Case, Expected, FormSet, Hold, Lead, LeadDecision
from wholestory.child_deaths.models.cases import Kind as CaseKind
from wholestory.child_deaths.models.children import (
    Address,
    Child,
    ChildName,
    ChildrenTogether,
    Identifier,
    Relative,
    Service,
    Sex,
)
from wholestory.child_deaths.models.gathering import (
    AWAITED,
    Addressee,
    AgencyRequest,
    Asked,
    CompositeChoice,
    RequestForm,
    RequestLink,
    RequestStep,
)
from wholestory.child_deaths.models.matching import MatchKey, Merge, NotTheSame
from wholestory.child_deaths.models.notifications import Channel, Notification, NotificationStep, Settled
from wholestory.child_deaths.models.panels import Panel, PanelNumber, Regime
from wholestory.child_deaths.models.review import (
    Kept,
    Outcome,
    Pack,
    PackPart,
    PanelComment,
    PanelDecision,
    Review,
    Unmasking,
)
from wholestory.child_deaths.models.transfers import Transfer, TransferState

__all__ = [
    "Analysis", "Factor", "Kept", "LearningPoint", "MinorityView", "Outcome", "Pack", "PackPart", "PanelComment",
    "PanelDecision", "Recommendation", "Review", "Unmasking",
    "AWAITED", "Address", "Addressee", "AgencyRequest", "Asked", "Case", "CaseKind", "Channel", "Child", "ChildName",
    "ChildrenTogether", "CompositeChoice", "Expected", "FormSet", "Hold", "Identifier", "Lead", "LeadDecision",
    "MatchKey", "Merge", "NotTheSame", "Notification", "NotificationStep", "Panel", "PanelNumber", "Regime",
    "Relative", "RequestForm", "RequestLink", "RequestStep", "Service", "Settled", "Sex", "Transfer", "TransferState",
]  # fmt: skip
