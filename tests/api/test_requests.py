"""Requests that are wrong before any record is looked for, and what holds for every answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.api.conftest import ITEMS, Api, MakeToken, error, reference_of
from tests.assurance.conftest import Round
from wholestory.access.signing_in.limits import Limit
from wholestory.access.tokens import bearer
from wholestory.config.api import doors


@pytest.mark.parametrize(
    ("body", "line", "column"),
    [
        (b'{"answers": [\n  {"key": }]}', 2, 11),
        (b'{"answers": [}', 1, 14),
        (b"", None, None),
        (b'{"answers": NaN}', None, None),
        (b'{"answers": [], "answers": []}', None, None),
        (b'{"a": 1' + b"0" * 5000 + b"}", None, None),
        (b"[" * 100_000, None, None),
        ('{"answers": "\xe9"}'.encode("latin-1"), 1, 14),
        ('{"answers": []}'.encode("utf-16"), 1, 1),
    ],
)
def test_a_body_that_is_not_json_names_the_line_and_the_column(
    round_: Round, school: Api, body: bytes, line: int | None, column: int | None
) -> None:
    refused = school.send("PUT", f"/returns/{reference_of(round_, 'school')}/answers", body)
    status, code, _ = error(refused)
    assert (status, code) == ((400, "not_json") if body else (422, "invalid"))
    place = refused.json()["error"]["place"]
    assert place["where"] == "body"
    assert (place["line"], place["column"]) == (line, column)


@pytest.mark.parametrize("body", ["null", "[]", '"answers"', "3", "{}", '{"answers": {}}', '{"answers": []}'])
def test_json_of_another_shape_names_the_field(round_: Round, school: Api, body: str) -> None:
    refused = school.send("PUT", f"/returns/{reference_of(round_, 'school')}/answers", body)
    assert error(refused)[:2] == (422, "invalid")


def test_a_body_of_another_type_is_refused(round_: Round, school: Api) -> None:
    address = f"/returns/{reference_of(round_, 'school')}/answers"
    refused = school.send("PUT", address, "answers=1", content_type="application/x-www-form-urlencoded")
    assert error(refused)[:2] == (415, "not_json_type")


def test_a_body_that_is_too_large_is_refused(round_: Round, school: Api, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    refused = school.put(reference_of(round_, "school"), {"key": ITEMS[0], "value": "x" * 2000})
    assert error(refused)[:2] == (413, "too_large")


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=two",
        "per_page=101",
        "page=1e3",
        "page=%00",
        "page=99999999999",
        "perpage=5",
        "page=1&page=2",
    ],
)
def test_a_parameter_that_cannot_be_is_named(school: Api, query: str) -> None:
    assert error(school.get(f"/returns?{query}")) == (422, "invalid", query.partition("=")[0])


@pytest.mark.parametrize(
    "reference", ["x", "SA-1", "SA-%00AAAAAAA", "sa-7f3k9qxd", "SA-7F3K9QXD%0A", "%F0%9F%92%A5", "' or 1=1"]
)
def test_what_is_no_reference_is_named(school: Api, reference: str) -> None:
    assert error(school.get(f"/returns/{reference}")) == (422, "invalid", "reference")


@pytest.mark.parametrize("path", ["/nothing", "/returns/SA-AAAAAAAA/sign", "/returns/", "//", "/me/%00"])
def test_any_other_address_answers_in_json(school: Api, path: str) -> None:
    assert error(school.get(path))[:2] == (404, "no_such_address")


def test_a_method_that_is_not_there_says_which_are(school: Api) -> None:
    refused = school.send("DELETE", "/returns")
    assert error(refused)[:2] == (405, "method")
    assert refused["Allow"] == "GET"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "nonsense"])
def test_without_a_token_nothing_opens(db: None, header: str) -> None:
    refused = Client().get("/api/me", headers={"Authorization": header})
    assert error(refused) == (401, "no_token", "Authorization")
    assert refused["WWW-Authenticate"].startswith("Bearer")


def test_a_token_nobody_was_given_opens_nothing(db: None) -> None:
    refused = Client().get("/api/me", headers={"Authorization": "Bearer wholestory_guess"})
    assert error(refused)[:2] == (401, "unknown_token")


def test_being_signed_in_opens_nothing_and_a_cookie_changes_nothing(
    school: Api, browse: Callable[[str], Client], round_: Round
) -> None:
    signed_in = browse("business_manager")
    assert error(signed_in.get("/api/returns"))[:2] == (401, "no_token")
    school.client = signed_in
    assert [one["reference"] for one in school.read("/returns")["returns"]] == [
        reference_of(round_, "school")
    ]
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in.cookies
    school.client = strict
    assert (
        school.saved(reference_of(round_, "school"), {"key": ITEMS[0], "value": 2})[0]["outcome"] == "saved"
    )


def test_nothing_is_kept_by_anybody_on_the_way(school: Api) -> None:
    for response in (school.get("/me"), school.get("/returns/SA-00000000"), Client().get("/api/returns")):
        assert response["Cache-Control"] == "no-store"
        assert not response.cookies


def test_a_token_has_to_go_slowly(token_for: MakeToken, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bearer, "REQUESTS", Limit("api_requests_test", 3, 60))
    one, other = token_for("school"), token_for("police")
    assert [one.get("/me").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = one.get("/me")
    assert error(refused)[:2] == (429, "too_many")
    assert int(refused["Retry-After"]) > 0
    assert other.get("/me").status_code == 200


def test_trying_references_out_has_to_wait(school: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "NOT_FOUND", Limit("not_found_test", 2, 60))
    tries = [school.get(f"/returns/SA-0000000{n}").status_code for n in range(4)]
    assert tries == [404, 404, 429, 429]


def test_guessing_tokens_has_to_wait(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bearer, "UNKNOWN", Limit("unknown_test", 2, 60))
    tries = [Client().get("/api/me", headers={"Authorization": f"Bearer {n}"}).status_code for n in range(3)]
    assert tries == [401, 401, 429]


def test_what_breaks_on_our_side_is_told_in_json_and_keeps_nothing(
    round_: Round, school: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError

    reference = reference_of(round_, "school")
    with monkeypatch.context() as patched:
        patched.setattr("wholestory.config.api.drafts._outcome", broken)
        refused = school.put(reference, {"key": ITEMS[0], "value": 2})
    assert error(refused)[:2] == (500, "broken")
    assert "ZeroDivision" not in refused.content.decode()
    assert school.read(f"/returns/{reference}")["stage"] == "issued"


def test_an_answer_without_a_line_in_the_access_record_is_never_sent(
    round_: Round, school: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wholestory.access.reading.ledger.line", lambda *args, **kwargs: None)
    assert error(school.get("/returns"))[:2] == (500, "broken")


def test_the_page_of_operations_works_without_scripts(db: None) -> None:
    page = Client().get("/api/").content.decode()
    assert "Save draft answers" in page
    assert "/api/returns/{reference}/answers" in page
    assert "kept_aside" in page


def test_the_description_is_openapi_31(db: None) -> None:
    found = Client().get("/api/openapi.json").json()
    assert found["openapi"].startswith("3.1")
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            assert operation["security"], (method, path)
            assert {"401", "403", "429"} <= set(operation["responses"])
