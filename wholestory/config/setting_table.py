"""The table of settings: each variable, how it is read, what it is for, and who refuses to start without it.

docs/reference/settings.md is generated from here: a setting is added to this table and nowhere else. What follows
from several settings together is in `environment`.
"""

from dataclasses import dataclass
from pathlib import Path

from wholestory.config import setting_types as types
from wholestory.config.reading import setting
from wholestory.config.setting_table_running import ROLES, RunningSettings

__all__ = ["ROLES", "Settings"]


@dataclass(frozen=True, kw_only=True)
class Settings(RunningSettings):
    """One field for each setting. A setting that is not there is empty: `""`, `()` or None."""

    # Mail
    mail_by: str = setting(
        "WHOLESTORY_MAIL_BY",
        types.one_of("outbox", "smtp", "notify"),
        "How e-mail leaves: by an `smtp` server, by GOV.UK `notify`, or not at all, kept in an `outbox` to read.",
        section="Mail",
        default="smtp",
        demo="`outbox`",
    )
    mail_from: str = setting(
        "WHOLESTORY_MAIL_FROM",
        types.email,
        "The address e-mail comes from.",
        section="Mail",
        demo="an address that does not exist",
        needed_by=("web", "worker"),
    )
    mail_reply_to: str = setting(
        "WHOLESTORY_MAIL_REPLY_TO",
        types.email,
        "The team's real mailbox, where answers go. The sending address when left out.",
        section="Mail",
    )
    smtp_host: str = setting("WHOLESTORY_SMTP_HOST", types.text, "The SMTP server.", section="Mail")
    smtp_port: int = setting("WHOLESTORY_SMTP_PORT", types.port, "Its port.", section="Mail", default="587")
    smtp_user: str = setting(
        "WHOLESTORY_SMTP_USER", types.text, "The name to sign in with.", section="Mail", default=""
    )
    smtp_password: str = setting(
        "WHOLESTORY_SMTP_PASSWORD",
        types.text,
        "The password for it.",
        section="Mail",
        default="",
        secret=True,
    )
    smtp_security: str = setting(
        "WHOLESTORY_SMTP_SECURITY",
        types.one_of("starttls", "tls", "none"),
        "How the connection is protected. `none` only for a server on the same machine.",
        section="Mail",
        default="starttls",
    )
    notify_key: str = setting(
        "WHOLESTORY_NOTIFY_KEY", types.text, "The API key of GOV.UK Notify.", section="Mail", secret=True
    )
    notify_template: str = setting(
        "WHOLESTORY_NOTIFY_TEMPLATE",
        types.text,
        "The id of a Notify e-mail template whose subject is `((subject))` and whose body is `((body))`.",
        section="Mail",
    )
    notify_reply_to: str = setting(
        "WHOLESTORY_NOTIFY_REPLY_TO", types.text, "The id of the reply-to address in Notify.", section="Mail"
    )

    # Files
    files_in: str = setting(
        "WHOLESTORY_FILES_IN",
        types.one_of("folder", "s3"),
        "Where uploaded files are kept, always encrypted: `files` in the data folder, or an S3-compatible store.",
        section="Files",
        default="folder",
    )
    files_keys: tuple[str, ...] = setting(
        "WHOLESTORY_FILES_KEYS",
        types.keys,
        "The keys that encrypt files, with commas between them: the first encrypts, all decrypt. Keep them out of "
        "the database and its backups.",
        section="Files",
        demo="made at the first start and kept in the data folder",
        needed_by=("web", "worker"),
        secret=True,
        empty=(),
    )
    field_keys: tuple[str, ...] = setting(
        "WHOLESTORY_FIELD_KEYS",
        types.keys,
        "The keys that encrypt single values in the database, such as the secret of an authenticator app.",
        section="Files",
        demo="made at the first start and kept in the data folder",
        needed_by=("web", "worker"),
        secret=True,
        empty=(),
    )
    s3_bucket: str = setting("WHOLESTORY_S3_BUCKET", types.text, "The bucket.", section="Files")
    s3_region: str = setting(
        "WHOLESTORY_S3_REGION", types.text, "Its region.", section="Files", default="eu-west-2"
    )
    s3_endpoint: str = setting(
        "WHOLESTORY_S3_ENDPOINT",
        types.site_address,
        "The address of a store other than Amazon's.",
        section="Files",
    )
    s3_access_key: str = setting(
        "WHOLESTORY_S3_ACCESS_KEY",
        types.text,
        "The access key; leave it out where the machine itself has the right.",
        section="Files",
        secret=True,
    )
    s3_secret_key: str = setting(
        "WHOLESTORY_S3_SECRET_KEY", types.text, "The secret that goes with it.", section="Files", secret=True
    )
    scanner: str = setting(
        "WHOLESTORY_CLAMD",
        types.scanner_address,
        "The ClamAV daemon that scans uploads: `unix:/run/clamav/clamd.ctl` or `tcp:host:3310`. Without one, files "
        "are marked as not scanned.",
        section="Files",
    )

    # Proof
    anchor_dir: Path | None = setting(
        "WHOLESTORY_ANCHORS",
        types.folder,
        "The folder where the access record is anchored every minute; `anchors` in the data folder when left out. "
        "Best on another machine's disk.",
        section="Proof",
        empty=None,
    )
    anchor_key: str = setting(
        "WHOLESTORY_ANCHOR_KEY",
        types.key,
        "Signs the anchors. Only the worker and `wholestory ledger verify` need it; the database never holds it.",
        section="Proof",
        demo="made at the first start and kept in the data folder",
        needed_by=("worker",),
        secret=True,
    )

    # Sign-in
    single_sign_on: Path | None = setting(
        "WHOLESTORY_SINGLE_SIGN_ON",
        types.file,
        "A JSON file that names each agency's OpenID Connect provider. See docs/how-to/connect-sign-on.md.",
        section="Sign-in",
        empty=None,
    )
