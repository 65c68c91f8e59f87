"""An address of the old site leads to the document that was there."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.org/idea/cyber-insurance/",
        "http://example.org/idea/cyber-insurance",
        "EXAMPLE.org/idea/cyber%2Dinsurance?utm_source=mail#top",
        "//www.example.org/idea/cyber-insurance",
        "/idea/cyber-insurance",
        "https://mirror.example/node/5989",
        "https://mirror.example/list?page=2",
        "https://example.org/files/insurance.pdf",
    ],
)
def test_every_known_address_of_a_document_leads_to_it(client, address):
    assert client.get("/go", query_string={"url": address}).location == "/documents/report-1"


def test_the_document_that_was_at_an_address_comes_before_one_that_names_it_as_a_source(client):
    assert client.get("/go?url=https://www.example.org/idea/reframe").location == "/documents/text-1"


def test_an_unknown_address_leads_to_a_search_only_where_that_finds_something(client):
    assert client.get("/go?url=http://example.org/idea/cyber-news").location == "/search?q=cyber+news"
    for unknown in (
        "http://example.org/node/77777",
        "//evil.example/",
        "https://mirror.example/list?page=3",
        "none",
        "https://none",
    ):
        response = client.get("/go", query_string={"url": unknown})
        assert (response.status_code, response.location) == (404, None), unknown
