"""The API over HTTP: six outcomes, statuses, errors, caching, other sites."""

from __future__ import annotations

import json
from unittest.mock import ANY

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.found import some

pytestmark = pytest.mark.django_db

RESOLVE = "/api/v1/resolve"
HERE = "http://testserver"
G711 = {
    "identifier": "ITU-T G.711",
    "kind": "recommendation",
    "state": "in-force",
    "title": "Pulse code modulation (PCM) of voice frequencies",
    "date": "1988-11-25",
    "url": f"{HERE}/itu-t/g.711/",
    "doubted": [],
    "changed": ANY,
}
G711_1988 = G711 | {
    "identifier": "ITU-T G.711 (11/1988)",
    "url": f"{HERE}/itu-t/g.711/1988-11/",
}
# One real query for each outcome, with its status.
OUTCOMES = [
    ("g 711", "work", 200),
    ("G.711 (11/88)", "edition", 200),
    ("G.711 Amd 1", "component", 200),
    ("BT.2020", "candidates", 300),
    ("OB.1096", "not-held", 404),
    ("G.7111", "unknown", 404),
]


@pytest.fixture
def ask(client):
    """Return a function that sends texts and returns the results."""

    def send(*texts: str) -> list[dict]:
        body = json.dumps({"q": texts})
        response = client.post(RESOLVE, body, content_type="application/json")
        assert response.status_code == 200, response.content
        return response.json()["results"]

    return send


@pytest.fixture
def document(client):
    """Return the description of the API."""
    return client.get("/api/v1/openapi.json").json()


def faults(document: dict, schema: str, value: object) -> list[str]:
    """Return where a value departs from a schema of the description."""
    root = {"$ref": f"#/components/schemas/{schema}", "components": document["components"]}
    validator = OAS31Validator(root, format_checker=OAS31Validator.FORMAT_CHECKER)
    return [error.message for error in validator.iter_errors(value)]


@pytest.mark.parametrize(("query", "outcome", "status"), OUTCOMES)
def test_each_outcome_has_its_status_and_obeys_the_schema(client, document, query, outcome, status):
    response = client.get(RESOLVE, {"q": query})
    assert response.status_code == status
    assert response["Content-Type"] == "application/json"
    answer = response.json()
    assert (answer["query"], answer["outcome"]) == (query, outcome)
    assert not faults(document, "Answer", answer)


def test_a_work_is_answered_with_its_edition_in_force(client):
    assert client.get(RESOLVE, {"q": "g 711"}).json() == {
        "query": "g 711",
        "understood": "ITU-T G.711",
        "outcome": "work",
        "work": G711,
        "edition": None,
        "component": None,
        "in_force": G711_1988,
        "replacement": None,
        "candidates": [],
        "note": None,
        "elsewhere": None,
        "near": [],
        "names": [
            {"name": "A-law", "relation": "defined-in"},
            {"name": "PCM", "relation": "is"},
            {"name": "PCMA", "relation": "is"},
            {"name": "PCMU", "relation": "is"},
            {"name": "Pulse code modulation", "relation": "is"},
            {"name": "mu-law", "relation": "defined-in"},
            {"name": "u-law", "relation": "defined-in"},
            {"name": "µ-law", "relation": "defined-in"},
        ],
        "families": [],
    }


def test_an_edition_that_is_superseded_is_answered_with_the_one_in_force(client):
    answer = client.get(RESOLVE, {"q": "ITU-T G.711 (10/1984)"}).json()
    assert answer["edition"] == G711_1988 | {
        "identifier": "ITU-T G.711 (10/1984)",
        "state": "superseded",
        "date": "1984-10-19",
        "url": f"{HERE}/itu-t/g.711/1984-10/",
    }
    assert answer["work"] == G711
    assert answer["in_force"] == G711_1988


def test_a_component_is_answered_with_the_edition_that_it_changes(client):
    answer = client.get(RESOLVE, {"q": "G.711 (1988) Amd. 1"}).json()
    assert answer["component"]["identifier"] == "ITU-T G.711 (1988) Amd. 1 (08/2009)"
    assert answer["component"]["kind"] == "amendment"
    assert answer["component"]["url"] == f"{HERE}/itu-t/g.711/2009-08/amd1/"
    assert answer["edition"] == G711_1988
    assert answer["work"] == G711


def test_candidates_come_with_the_one_in_force_first_and_none_is_picked(client):
    answer = client.get(RESOLVE, {"q": "BT.2020"}).json()
    assert [(row["identifier"], row["kind"], row["state"]) for row in answer["candidates"]] == [
        ("ITU-R BT.2020", "recommendation", "in-force"),
        ("Report ITU-R BT.2020", "report", "presumed-current"),
    ]
    assert answer["work"] is answer["edition"] is answer["in_force"] is None


def test_what_is_not_held_is_named_with_its_place_at_itu(client):
    elsewhere = client.get(RESOLVE, {"q": "OB.1096"}).json()["elsewhere"]
    assert elsewhere["kind"] == "Operational Bulletin"
    assert elsewhere["link"].startswith("https://www.itu.int/")


def test_near_works_come_with_an_unknown_number(client):
    answer = client.get(RESOLVE, {"q": "G.7111"}).json()
    assert G711 in answer["near"]
    assert answer["work"] is None


def test_beside_the_one_in_force_stand_the_others_that_are_called_so(client):
    answer = client.get(RESOLVE, {"q": "X.509 Cor. 1"}).json()
    assert answer["outcome"] == "component"
    assert answer["component"]["url"] == f"{HERE}/itu-t/x.509/2021-10/cor1/"
    others = [row["url"] for row in answer["candidates"]]
    assert f"{HERE}/itu-t/x.509/2015-05/cor1/" in others
    assert answer["component"]["url"] not in others
    assert answer["near"] == []


def test_an_edition_that_is_not_there_is_answered_with_the_work_and_near_editions(client):
    answer = client.get(RESOLVE, {"q": "G.711 (12/1988)"}).json()
    assert (answer["outcome"], answer["edition"]) == ("work", None)
    assert answer["near"][0] == G711_1988
    assert answer["candidates"] == []
    assert "December 1988" in answer["note"]


def test_a_date_is_as_exact_as_it_is_known_and_a_question_has_its_form(client):
    work = client.get(RESOLVE, {"q": "Report ITU-R BT.2020-1"}).json()
    assert work["work"]["identifier"] == "Report ITU-R BT.2020"
    assert work["edition"]["identifier"] == "Report ITU-R BT.2020-1"
    assert len(work["edition"]["date"]) in (4, 7)


def test_a_serial_without_a_state_says_null(ask):
    from catalog.models import Edition

    issue = Edition.objects.filter(state="", publication__sector__code="itu-r").first()
    issue = issue or Edition.objects.filter(state="").first()
    (answer,) = ask(issue.publication.label)
    assert answer["work"]["state"] is None


def test_many_are_answered_in_their_order(ask, document):
    texts = [query for query, _outcome, _status in OUTCOMES]
    results = ask(*texts)
    assert [row["query"] for row in results] == texts
    assert [row["outcome"] for row in results] == [outcome for _q, outcome, _s in OUTCOMES]
    assert not faults(document, "Answers", {"results": results})


def test_the_same_is_said_of_one_and_of_many(client, ask):
    for query, _outcome, _status in OUTCOMES[:5]:
        alone, (among,) = client.get(RESOLVE, {"q": query}).json(), ask(query)
        # Near works are looked for where one text is asked.
        assert alone | {"near": []} == among | {"near": []}


def test_many_take_no_more_queries_than_few(client):
    few, many = OUTCOMES, [*OUTCOMES, *[(f"G.{n}", "", 0) for n in range(700, 790)]]
    counts = []
    # The first request of all also reads what is kept for each version of the catalogue.
    for text in ("g 711", "MP3"):
        client.get(RESOLVE, {"q": text})
    for rows in (few, many):
        body = json.dumps({"q": [row[0] for row in rows]})
        with CaptureQueriesContext(connection) as captured:
            client.post(RESOLVE, body, content_type="application/json")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 10


def test_a_thousand_texts_of_full_length_are_taken(ask):
    assert len(ask(*["x" * 2000] * 1000)) == 1000


BAD_GETS = [
    "",
    "?q=",
    "?q=%20",
    "?q=a&q=b",
    "?q=a&format=xml",
    "?q=a&lang=fr",
    "?p=a",
    "?q=" + "a" * 2001,
    "?q=%00",
    "?q=a%1f",
    "?q=%ff",
]


@pytest.mark.parametrize("query", BAD_GETS, ids=[query[:20] for query in BAD_GETS])
def test_a_bad_question_gets_400_with_one_error_in_words(client, document, query):
    response = client.get(RESOLVE + query)
    assert response.status_code == 400
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not faults(document, "Error", response.json())
    assert response.json()["error"]


BAD_BODIES = [
    "",
    "{",
    "[]",
    "null",
    "1",
    '"a"',
    "{}",
    '{"q": []}',
    '{"q": "a"}',
    '{"q": null}',
    '{"q": {}}',
    '{"q": [1]}',
    '{"q": [null]}',
    '{"q": [true]}',
    '{"q": [["a"]]}',
    '{"q": [""]}',
    '{"q": [" "]}',
    '{"q": ["a\\u0000"]}',
    '{"q": ["a\\u0001"]}',
    '{"q": ["\\ufeff"]}',
    '{"q": ["\\ud800"]}',
    '{"q": ["a"], "z": 1}',
    '{"q": [NaN]}',
    '{"q": ["a"]} x',
    "[" * 100_000,
    '{"q": ["' + "a" * 2001 + '"]}',
    '{"q": [' + ",".join(['"a"'] * 1001) + "]}",
    b"\xff\xfe",
    '{"q": ["' + "a" * 13_000_000 + '"]}',
]


@pytest.mark.parametrize("body", BAD_BODIES, ids=[str(body[:20]) for body in BAD_BODIES])
def test_a_bad_body_gets_400_with_one_error_in_words(client, document, body):
    response = client.post(RESOLVE, body, content_type="application/json")
    assert response.status_code == 400
    assert not faults(document, "Error", response.json())


@pytest.mark.parametrize("charset", ["rot13", "idna", "utf-16", "nonsense", "undefined"])
def test_json_is_utf_8_whatever_a_request_claims(client, charset):
    response = client.generic(
        "POST", RESOLVE, b'{"q": ["g 711"]}', content_type=f"application/json; charset={charset}"
    )
    assert response.json()["results"][0]["work"] == G711
    assert (
        client.generic("GET", "/", content_type=f"text/html; charset={charset}").status_code == 200
    )


@pytest.mark.parametrize(
    ("method", "options", "status"),
    [
        ("put", {}, 405),
        ("patch", {}, 405),
        ("delete", {}, 405),
        ("get", {"headers": {"accept": "text/html"}}, 406),
        ("post", {"data": {"q": "a"}}, 415),
        ("post", {"data": "q=a", "content_type": "text/plain"}, 415),
    ],
)
def test_other_methods_and_forms_are_refused_in_json(client, method, options, status):
    response = getattr(client, method)(f"{RESOLVE}?q=a" if method == "get" else RESOLVE, **options)
    assert response.status_code == status
    assert list(response.json()) == ["error"]
    if status == 405:
        assert response["Allow"] == "GET, POST, HEAD, OPTIONS"


@pytest.mark.parametrize(("query", "_outcome", "status"), OUTCOMES)
def test_answers_may_be_kept_for_five_minutes(client, query, _outcome, status):
    response = client.get(RESOLVE, {"q": query})
    assert "public" in response["Cache-Control"]
    assert "max-age=300" in response["Cache-Control"]
    again = client.get(RESOLVE, {"q": query}, headers={"if-none-match": response["ETag"]})
    # Only what would be 200 may be answered with 304 (RFC 9110, section 13.2.1).
    assert again.status_code == (304 if status == 200 else status)


def test_an_error_is_not_kept(client):
    assert "Cache-Control" not in client.get(RESOLVE)


def test_head_answers_without_a_body(client):
    response = client.head(RESOLVE, {"q": "g 711"})
    assert (response.status_code, response.content) == (200, b"")
    assert client.head(RESOLVE, {"q": "OB.1096"}).status_code == 404


def test_pages_of_other_sites_may_ask(client):
    asked = {"origin": "https://other.example", "access-control-request-method": "POST"}
    response = client.options(RESOLVE, headers=asked)
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "POST" in response["Access-Control-Allow-Methods"]
    assert response["Access-Control-Allow-Headers"] == "Content-Type"


def test_programs_need_no_token_and_get_no_cookie():
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(RESOLVE, '{"q": ["a"]}', content_type="application/json")
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert not strict.get(RESOLVE, {"q": "g 711"}).cookies


def test_the_description_is_valid_and_complete(document):
    assert document["openapi"] == "3.1.0"
    assert not list(OpenAPIV31SpecValidator(document).iter_errors())
    assert list(document["paths"]) == [RESOLVE]
    asking = document["paths"][RESOLVE]
    assert list(asking["get"]["responses"]) == (
        ["200", "300", "304", "400", "404", "406", "414", "429"]
    )
    assert list(asking["post"]["responses"]) == ["200", "400", "406", "415", "429", "503"]


def test_every_example_of_the_description_obeys_its_schema(document):
    seen = 0
    for operation in some(document["paths"][RESOLVE].values()):
        parts = [*operation["responses"].values(), operation.get("requestBody", {})]
        contents = [content for part in parts for content in part.get("content", {}).values()]
        for content in some(contents):
            schema = content["schema"]["$ref"].rsplit("/", 1)[1]
            for example in some(content["examples"].values()):
                assert not faults(document, schema, example["value"])
                seen += 1
    # GET: 200, two of 300, 400, two of 404, 406, 429; POST: the body, 200, 400, 406, 415, 429, 503.
    assert seen == 15


def test_the_description_of_words_is_that_of_the_terms(document):
    schemas = document["components"]["schemas"]
    assert schemas["OutcomeEnum"]["enum"] == [outcome for _query, outcome, _status in OUTCOMES]
    assert schemas["StateEnum"]["enum"] == [
        "in-force",
        "pre-published",
        "superseded",
        "withdrawn",
        "not-in-force",
        "presumed-current",
    ]
    assert schemas["Queries"]["additionalProperties"] is False
    assert set(schemas["Answer"]["required"]) == set(schemas["Answer"]["properties"])
