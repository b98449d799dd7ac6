"""The first half of the table of settings: running, address and database. See `setting_table`."""

from dataclasses import dataclass
from pathlib import Path

from wholestory.config import setting_types as types
from wholestory.config.reading import setting
from wholestory.config.supervisor.places import CHECKOUT

ROLES = ("web", "worker", "public", "owner", "backup")
"""The database roles a process runs in. A further address, `admin`, only prepares these."""


@dataclass(frozen=True, kw_only=True)
class RunningSettings:
    """How the processes run, where they are reached, and where their data is."""

    # Running
    demo: bool = setting(
        "WHOLESTORY_DEMO",
        types.flag,
        "Runs the example area: its own database, one-click sign-in and made-up people. Never for a real board.",
        section="Running",
        default="off",
    )
    debug: bool = setting(
        "WHOLESTORY_DEBUG",
        types.flag,
        "Shows developers the detail of an error in the browser. Refused outside the demo: such pages hold data.",
        section="Running",
        default="off",
    )
    role: str = setting(
        "WHOLESTORY_ROLE",
        types.one_of(*ROLES),
        "The database role this process runs in: `web` serves people who sign in, `public` the pages anyone may "
        "read, `worker` the queue, `owner` migrates, `backup` copies.",
        section="Running",
        default="web",
    )
    secret_key: str = setting(
        "SECRET_KEY",
        types.secret,
        "Signs sessions and links. At least 50 characters that nobody can guess. There is no default.",
        section="Running",
        demo="made at the first start and kept in the data folder",
        needed_by=ROLES,
        secret=True,
    )
    former_secret_keys: tuple[str, ...] = setting(
        "SECRET_KEY_FALLBACKS",
        types.words,
        "Earlier secret keys, with commas between them, still accepted while sessions signed with them run out.",
        section="Running",
        default="",
        secret=True,
    )
    data_dir: Path = setting(
        "WHOLESTORY_DATA",
        types.folder,
        "The folder for files, anchors and whatever else is not in the database. Only Wholestory's own user may "
        "read it.",
        section="Running",
        default="/var/lib/wholestory",
        demo="`.data/demo` in the checkout",
    )
    log_level: str = setting(
        "WHOLESTORY_LOG_LEVEL",
        types.one_of("DEBUG", "INFO", "WARNING", "ERROR"),
        "How much is logged. No level logs names, addresses, query strings or what people typed.",
        section="Running",
        default="INFO",
    )
    log_format: str = setting(
        "WHOLESTORY_LOG_FORMAT",
        types.one_of("json", "plain"),
        "`json` writes one object for each line, for a log collector; `plain` is for reading at a terminal.",
        section="Running",
        default="json",
    )

    # Address
    site_address: str = setting(
        "WHOLESTORY_ADDRESS",
        types.site_address,
        "The address people type, such as `https://board.example.org`. Links in e-mails and passkeys use it.",
        section="Address",
        demo="`http://localhost:8000`, or the port asked for",
        needed_by=("web", "worker", "public"),
    )
    allowed_hosts: tuple[str, ...] = setting(
        "WHOLESTORY_ALLOWED_HOSTS",
        types.host_names,
        "Further host names the site answers to, with commas between them. The host of the address is always one.",
        section="Address",
        default="",
    )
    trusted_proxies: int = setting(
        "WHOLESTORY_TRUSTED_PROXIES",
        types.whole_number,
        "How many proxies of yours stand before Wholestory. The visitor's address is taken that many steps back, "
        "so a wrong number lets visitors choose their own.",
        section="Address",
        default="1",
        demo="0",
    )
    port: int = setting(
        "PORT",
        types.port,
        "The port on 127.0.0.1 that `wholestory demo` and `wholestory serve` listen on.",
        section="Address",
        default="8000",
    )
    open_pages: str = setting(
        "WHOLESTORY_OPEN_PAGES",
        types.one_of("apart", "together"),
        "Who answers the pages anybody may use without an account: `apart`, a process of their own with the role "
        "`public`, which reads no table; `together`, the web process, where a second one cannot be run.",
        section="Address",
        default="apart",
    )
    open_address: str = setting(
        "WHOLESTORY_OPEN_ADDRESS",
        types.site_address,
        "The address of the open pages, where it is not the site's own. Left out, your proxy sends the "
        "paths of the open pages (see how to run in production) to their process.",
        section="Address",
        demo="the site's address with the port after `PORT`",
    )
    open_port: int = setting(
        "WHOLESTORY_OPEN_PORT",
        types.whole_number,
        "The port on 127.0.0.1 that the open pages listen on; `0` is the one after `PORT`.",
        section="Address",
        default="0",
    )
    web_processes: int = setting(
        "WHOLESTORY_WEB_PROCESSES",
        types.whole_number,
        "How many web processes `wholestory demo` and `wholestory serve` start; each has four threads.",
        section="Address",
        default="2",
    )
    static_dir: Path = setting(
        "WHOLESTORY_STATIC",
        types.folder,
        "Where `wholestory manage collectstatic` puts style sheets and scripts, hashed and compressed.",
        section="Address",
        default=str(CHECKOUT / "staticfiles"),
    )

    # Database
    url_web: str = setting(
        "DATABASE_URL",
        types.database_address,
        "`postgresql://wholestory_web:...@host:5432/wholestory`. The role that row-level security binds.",
        section="Database",
        demo="the embedded PostgreSQL, as are all addresses below",
        needed_by=("web",),
        secret=True,
    )
    url_owner: str = setting(
        "DATABASE_URL_OWNER",
        types.database_address,
        "The role that owns the tables and migrates. Leave it out of the web processes' settings.",
        section="Database",
        needed_by=("owner",),
        secret=True,
    )
    url_worker: str = setting(
        "DATABASE_URL_WORKER",
        types.database_address,
        "The role the queue's workers use.",
        section="Database",
        needed_by=("worker",),
        secret=True,
    )
    url_public: str = setting(
        "DATABASE_URL_PUBLIC",
        types.database_address,
        "The role of the public pages: published rows, and submissions.",
        section="Database",
        needed_by=("public",),
        secret=True,
    )
    url_backup: str = setting(
        "DATABASE_URL_BACKUP",
        types.database_address,
        "The role that copies everything, for `wholestory export` and `pg_dump`.",
        section="Database",
        needed_by=("backup",),
        secret=True,
    )
    url_admin: str = setting(
        "DATABASE_URL_ADMIN",
        types.database_address,
        "A role that may create roles, for `wholestory database prepare` only.",
        section="Database",
        secret=True,
    )
    database_pool: int = setting(
        "WHOLESTORY_DATABASE_POOL",
        types.whole_number,
        "The most connections one process keeps. Web processes times this must stay below the server's limit.",
        section="Database",
        default="8",
    )
