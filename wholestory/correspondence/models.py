"""Messages, the attempts to send them, and letters that are signed before they go."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.kernel.models import Base
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Agency, Board, Person
from wholestory.records.models import Protected, Record


class Status(models.TextChoices):
    """Where a message is. Only attempts and people move it on; ``joined`` follows the digest it travels in."""

    DRAFT = "draft", "Draft"
    QUEUED = "queued", "Waiting to be sent"
    JOINED = "joined", "Waiting in a digest"
    SENT = "sent", "Sent"
    DELIVERED = "delivered", "Delivered"
    BOUNCED = "bounced", "Not delivered"
    FAILED = "failed", "Could not be sent"
    BY_HAND = "by_hand", "Sent by hand"
    CANCELLED = "cancelled", "Cancelled"


#: Statuses in which a message has left the board.
GONE = frozenset({Status.SENT, Status.DELIVERED, Status.BY_HAND})
#: Statuses that somebody has to do something about.
TROUBLE = frozenset({Status.BOUNCED, Status.FAILED})


class Bounce(models.TextChoices):
    UNKNOWN_ADDRESS = "unknown_address", "Nobody has this address"
    MAILBOX_FULL = "mailbox_full", "The mailbox is full"
    REFUSED = "refused", "The other side refused it"
    LEFT = "left", "The person has left"
    GIVEN_UP = "given_up", "It could not be sent after several tries"
    OTHER = "other", "Another reason"


class ByHand(models.TextChoices):
    EMAIL = "email", "From the team’s own mailbox"
    POST = "post", "By post"
    TELEPHONE = "telephone", "Said on the telephone"
    IN_PERSON = "in_person", "Handed over"


class Message(Protected):
    """One e-mail. ``record`` is its own cover sheet, ``about`` the record it is written about.

    ``subject``, ``body`` and the address are what was sent, kept as proof; a draft may still change.
    """

    record = models.OneToOneField(Record, models.PROTECT, related_name="message")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    about = models.ForeignKey(Record, models.PROTECT, null=True, blank=True, related_name="messages")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.SlugField(max_length=40)
    step = models.SlugField(
        max_length=40, blank=True, help_text="The sending room's own name for why it writes"
    )
    to_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    to_name = models.CharField(max_length=160)
    to_address = models.EmailField(blank=True)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    line = models.TextField(
        blank=True, help_text="The same in one line, for a digest; empty when it travels alone"
    )
    due_on = models.DateField(null=True, blank=True, help_text="Goes with it as a calendar file")
    link = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    send_after = models.DateTimeField(help_text="The earliest moment it may go")
    post_by = models.DateTimeField(help_text="The latest moment it waits for others to the same address")
    handed_on_at = models.DateTimeField(null=True, blank=True, help_text="When a job was made to send it")
    tries = models.PositiveSmallIntegerField(default=0)
    digest = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="members")
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_on = models.DateField()
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    bounce = models.CharField(max_length=16, choices=Bounce, blank=True)
    sent_by_hand_at = models.DateTimeField(null=True, blank=True)
    sent_by_hand_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    sent_by_hand_how = models.CharField(max_length=10, choices=ByHand, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(
        null=True, blank=True, help_text="When somebody dealt with its not arriving"
    )
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    record_kind = "correspondence.message"
    privacy = Privacy(
        "correspondence",
        personal="to_person to_name to_address",
        case="subject body line",
        ordinary="about agency kind step due_on link status send_after post_by handed_on_at tries digest written_by"
        " written_on sent_at delivered_at bounced_at bounce sent_by_hand_at sent_by_hand_by sent_by_hand_how"
        " cancelled_at cancelled_by settled_at settled_by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "about", "step", "to_address"],
                condition=~Q(step="") & ~Q(status="cancelled"),
                name="correspondence_message_step_once",
            ),
            models.CheckConstraint(
                name="correspondence_message_by_hand_together",
                condition=Q(sent_by_hand_at__isnull=True, sent_by_hand_by__isnull=True, sent_by_hand_how="")
                | (Q(sent_by_hand_at__isnull=False, sent_by_hand_by__isnull=False) & ~Q(sent_by_hand_how="")),
            ),
            models.CheckConstraint(
                name="correspondence_message_cancelled_together",
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
            ),
            models.CheckConstraint(
                name="correspondence_message_settled_together",
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
            models.CheckConstraint(
                name="correspondence_message_gone_has_its_moment",
                condition=~Q(status__in=["sent", "delivered", "by_hand"]) | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="correspondence_message_joined_in_a_digest",
                condition=~Q(status="joined") | Q(digest__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["about", "sent_at"], name="correspondence_about"),
            models.Index(fields=["board", "status", "post_by"], name="correspondence_waiting"),
        ]

    def __str__(self) -> str:
        return self.subject


class MessageAttempt(Protected):
    """One thing that happened to a message on its way. Rows are never changed or removed; the database sees to it."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    transport = models.CharField(
        max_length=10,
        choices=[("smtp", "SMTP"), ("notify", "GOV.UK Notify"), ("outbox", "Outbox"), ("hand", "By hand")],
    )
    result = models.CharField(
        max_length=10,
        choices=[
            ("started", "Being sent"),
            ("accepted", "Accepted for delivery"),
            ("later", "Not now, to be tried again"),
            ("refused", "Refused"),
            ("delivered", "Delivered"),
            ("bounced", "Came back"),
        ],
    )
    provider_reference = models.CharField(max_length=200, blank=True)
    detail = models.SlugField(max_length=60, blank=True, help_text="A code, never text of the other side")

    privacy = Privacy(
        "correspondence", ordinary="message number at transport result provider_reference detail"
    )

    class Meta:
        indexes = [models.Index(fields=["message", "at"], name="correspondence_attempts")]


class LetterStatus(models.TextChoices):
    PREPARED = "prepared", "Waiting for signature"
    SIGNED = "signed", "Signed, to be sent"
    SENT = "sent", "Sent"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Letter(Protected):
    """A letter the chair signs. What was signed cannot change: its text's hash is kept with the signature."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="letter")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    about = models.ForeignKey(Record, models.PROTECT, null=True, blank=True, related_name="letters")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    to_name = models.CharField(max_length=160)
    to_role = models.CharField(max_length=160, blank=True)
    to_postal = models.TextField(blank=True, help_text="Postal address, line by line")
    to_address = models.EmailField(blank=True)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    status = models.CharField(max_length=10, choices=LetterStatus, default=LetterStatus.PREPARED)
    wanted_by_on = models.DateField(null=True, blank=True, help_text="When it should be signed")
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    signed_sha256 = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    sent_how = models.CharField(
        max_length=10, blank=True, choices=[("email", "By e-mail"), ("post", "By post")]
    )
    message = models.OneToOneField(Message, models.PROTECT, null=True, blank=True, related_name="letter")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    record_kind = "correspondence.letter"
    privacy = Privacy(
        "correspondence",
        personal="to_name to_role to_postal to_address",
        case="subject body",
        ordinary="about agency status wanted_by_on prepared_at prepared_by signed_at signed_by signed_sha256 sent_at"
        " sent_by sent_how message withdrawn_at withdrawn_by",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="correspondence_letter_signed_together",
                condition=Q(signed_at__isnull=True, signed_by__isnull=True, signed_sha256="")
                | (Q(signed_at__isnull=False, signed_by__isnull=False) & ~Q(signed_sha256="")),
            ),
            models.CheckConstraint(
                name="correspondence_letter_sent_together",
                condition=Q(sent_at__isnull=True, sent_by__isnull=True, sent_how="")
                | (
                    Q(sent_at__isnull=False, sent_by__isnull=False, signed_at__isnull=False) & ~Q(sent_how="")
                ),
            ),
            models.CheckConstraint(
                name="correspondence_letter_withdrawn_together",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class DemoMail(Base):
    """In the demo only: mail that is kept nowhere else, such as sign-in codes, so that one can look at it."""

    to_address = models.EmailField()
    subject = models.CharField(max_length=250)
    text = models.TextField()

    privacy = Privacy("working", personal="to_address subject text")
