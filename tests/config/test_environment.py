"""Settings: what is refused, in which words, and what follows from them."""

import base64
import stat
from pathlib import Path

import pytest

from wholestory.config.environment import Environment, Refused, read_environment

KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()
OTHER_KEY = base64.urlsafe_b64encode(bytes(range(1, 33))).decode()
SECRET = "q9-Zb2mXo7Lr4TdVw1YhKc8NsEu5GfAj3PiRt6QzWxBvMeHyUaDkCnSoIlF0JgOp"

REAL = {
    "SECRET_KEY": SECRET,
    "DATABASE_URL": "postgresql://wholestory_web:hidden@db.internal:5433/wholestory?sslmode=require",
    "WHOLESTORY_ADDRESS": "https://board.example.org",
    "WHOLESTORY_MAIL_FROM": "team@board.example.org",
    "WHOLESTORY_SMTP_HOST": "smtp.example.org",
    "WHOLESTORY_FILES_KEYS": KEY,
    "WHOLESTORY_FIELD_KEYS": OTHER_KEY,
}


def problems(**changes: str) -> list[str]:
    """What is said against a real installation with these changes; an empty value leaves the variable out."""
    with pytest.raises(Refused) as refusal:
        read_environment({**REAL, **changes})
    return refusal.value.problems


def test_a_real_installation_starts_with_these_settings() -> None:
    environment = read_environment(REAL)
    assert not environment.demo
    assert environment.https
    assert environment.hosts == ("board.example.org",)
    assert environment.mail_reply_to == "team@board.example.org"
    assert environment.anchor_dir == Path("/var/lib/wholestory/anchors")


def test_the_address_of_the_database_becomes_djangos_words() -> None:
    entry = read_environment(REAL).database()
    assert entry == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "wholestory",
        "USER": "wholestory_web",
        "PASSWORD": "hidden",
        "HOST": "db.internal",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_outside_the_demo_nothing_starts_without_a_database() -> None:
    said = problems(DATABASE_URL="")
    assert any(line.startswith("DATABASE_URL is not set") for line in said)
    assert any("make demo" in line for line in said)


def test_there_is_no_default_secret() -> None:
    assert any(line.startswith("SECRET_KEY is not set") for line in problems(SECRET_KEY=""))


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("SECRET_KEY", "short", "too easy to guess"),
        ("SECRET_KEY", "a" * 80, "too easy to guess"),
        ("SECRET_KEY", "django-insecure-" + SECRET, "too easy to guess"),
        ("DATABASE_URL", "mysql://wholestory@db/wholestory", "PostgreSQL only"),
        ("DATABASE_URL", "postgresql://db/wholestory", "must name the role"),
        ("DATABASE_URL", "postgresql://wholestory_web@db", "must name the database"),
        ("WHOLESTORY_ADDRESS", "board.example.org", "https://board.example.org"),
        ("WHOLESTORY_ADDRESS", "http://board.example.org", "must begin with https://"),
        ("WHOLESTORY_ADDRESS", "https://board.example.org/wholestory", "without a path"),
        ("WHOLESTORY_ALLOWED_HOSTS", "https://other.example.org", "without https://"),
        ("WHOLESTORY_ALLOWED_HOSTS", "*", "host names"),
        ("WHOLESTORY_TRUSTED_PROXIES", "two", "whole number"),
        ("WHOLESTORY_TRUSTED_PROXIES", "-1", "whole number"),
        ("PORT", "70000", "between 1 and 65535"),
        ("WHOLESTORY_DATA", "data", "written from the root"),
        ("WHOLESTORY_ROLE", "superuser", "one of web, worker"),
        ("WHOLESTORY_DEBUG", "on", "refused outside the demo"),
        ("WHOLESTORY_DEBUG", "maybe", "on or off"),
        ("WHOLESTORY_FILES_KEYS", "not-a-key", "32 bytes"),
        ("WHOLESTORY_FILES_KEYS", base64.urlsafe_b64encode(b"x" * 16).decode(), "not 16"),
        ("WHOLESTORY_FILES_KEYS", f"{KEY},{KEY}", "same key twice"),
        ("WHOLESTORY_MAIL_FROM", "the team", "e-mail address"),
        ("WHOLESTORY_MAIL_BY", "pigeon", "one of outbox, smtp, notify"),
        ("WHOLESTORY_MAIL_BY", "notify", "WHOLESTORY_NOTIFY_KEY"),
        ("WHOLESTORY_SMTP_HOST", "", "name the server"),
        ("WHOLESTORY_FILES_IN", "s3", "WHOLESTORY_S3_BUCKET"),
        ("WHOLESTORY_S3_ACCESS_KEY", "half", "go together"),
        ("WHOLESTORY_CLAMD", "localhost", "unix:/path"),
        ("WHOLESTORY_SINGLE_SIGN_ON", "/nowhere/at/all.json", "file that exists"),
        ("WHOLESTORY_LOG_LEVEL", "LOUD", "one of DEBUG"),
    ],
)
def test_what_cannot_be_right_is_refused_in_words(variable: str, value: str, words: str) -> None:
    said = problems(**{variable: value})
    assert any(words in line for line in said), said


def test_a_refusal_names_every_problem_at_once_and_no_secret() -> None:
    said = problems(SECRET_KEY="hunter2", PORT="none", WHOLESTORY_S3_ACCESS_KEY="hunter3")
    assert len(said) == 3
    assert "hunter" not in str(Refused(said))


def test_a_slip_of_the_keyboard_is_caught() -> None:
    assert problems(WHOLESTORY_DEMOO="on") == [
        "WHOLESTORY_DEMOO is not a setting of Wholestory; did you mean WHOLESTORY_DEMO?"
    ]


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(SECRET + "\n")
    environment = read_environment({**REAL, "SECRET_KEY": "", "SECRET_KEY_FILE": str(file)})
    assert environment.secret_key == SECRET


def test_a_secret_in_two_places_or_in_no_file_is_refused(tmp_path: Path) -> None:
    assert any("both set" in line for line in problems(SECRET_KEY_FILE=str(tmp_path / "secret")))
    assert any(
        "cannot be read" in line for line in problems(SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "none"))
    )


def test_each_role_needs_only_its_own_address() -> None:
    owner = {"WHOLESTORY_ROLE": "owner", "SECRET_KEY": SECRET, "DATABASE_URL_OWNER": REAL["DATABASE_URL"]}
    environment = read_environment(owner)
    assert set(environment.database_urls) == {"owner"}
    with pytest.raises(Refused, match="DATABASE_URL_WORKER is not set"):
        environment.database("worker")
    with pytest.raises(Refused, match="WHOLESTORY_ANCHOR_KEY"):
        read_environment({**REAL, "WHOLESTORY_ROLE": "worker"})


def test_settings_are_frozen_and_hide_their_secrets() -> None:
    environment = read_environment(REAL)
    with pytest.raises(AttributeError):
        environment.demo = True
    for hidden in (SECRET, "hidden", KEY, OTHER_KEY):
        assert hidden not in repr(environment)


def demo(data: Path, **more: str) -> Environment:
    return read_environment({"WHOLESTORY_DEMO": "on", "WHOLESTORY_DATA": str(data), **more})


def test_the_demo_needs_nothing_and_makes_its_own_keys(tmp_path: Path) -> None:
    first, second = demo(tmp_path), demo(tmp_path)
    assert first == second
    assert len(first.secret_key) > 50
    assert first.files_keys != first.field_keys
    assert first.secret_key != demo(tmp_path / "another").secret_key
    assert stat.S_IMODE(first.places.secrets.stat().st_mode) == 0o600


def test_the_demo_uses_its_own_database_with_a_role_for_each_purpose(tmp_path: Path) -> None:
    environment = demo(tmp_path)
    assert environment.embedded
    assert set(environment.database_urls) == {"web", "worker", "public", "owner", "backup", "admin"}
    assert environment.database("worker")["USER"] == "wholestory_worker"
    assert environment.database()["HOST"] == str(environment.places.socket_folder)
    assert environment.mail_by == "outbox"


def test_the_demo_can_use_a_server_instead(tmp_path: Path) -> None:
    environment = demo(tmp_path, DATABASE_URL=REAL["DATABASE_URL"])
    assert not environment.embedded
    assert environment.database()["HOST"] == "db.internal"


def test_a_deep_folder_still_has_a_short_socket(tmp_path: Path) -> None:
    places = demo(tmp_path / ("deep" * 20) / ("deeper" * 10)).places
    assert len(str(places.socket_folder / ".s.PGSQL.5432")) <= 103
    assert places.socket_folder.name.startswith("wholestory-")
