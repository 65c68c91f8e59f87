"""The description of the API allows for each parameter exactly what is accepted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

NEAR = ("0", "1", "-1", "007", "10000", "10001", "101", "²", "٣", "1.0", "1e3", "2019", "2019-02", "2019-02-30", "2019-13", "19", "44 BC", "relevance", "Relevance", "id", "id,title", "type,type", "id,", "*", "**", "ab", "abc", "none", "x" * 200, "x" * 201, "\x00", "true")  # fmt: skip
"""Values that some parameter may have, and values next to them."""
TEXTS = st.one_of(st.sampled_from(NEAR), st.text(max_size=12), st.from_regex(r"[0-9]{1,6}", fullmatch=True)).map(str.strip)


@pytest.fixture(scope="module")
def parameters(client) -> Mapping[str, Mapping[str, Any]]:
    listed = client.get("/api/v1/openapi.json").json["paths"]["/api/v1/search"]["get"]["parameters"]
    return {one["name"]: one for one in listed}


def is_allowed(parameter: Mapping[str, Any], text: str) -> bool:
    """Whether the schema of a parameter allows one value, as it is written in an address. Empty is the same as absent."""
    schema = parameter["schema"]
    if "anyOf" in schema:
        return any(is_allowed({"schema": one}, text) for one in schema["anyOf"])
    if "const" in schema:
        return bool(text == schema["const"])
    if schema["type"] == "array":
        items = text.split(",") if parameter.get("explode") is False else [text]
        return text == "" or all(is_allowed({"schema": schema["items"]}, item) for item in items)
    if schema["type"] == "integer":
        return bool(re.fullmatch("[0-9]+", text)) and schema["minimum"] <= int(text) <= schema["maximum"]
    is_known = text in schema.get("enum", [text])
    return is_known and len(text) <= schema.get("maxLength", len(text)) and bool(re.search(schema.get("pattern", ""), text))


def refused(client, pairs: list[tuple[str, str]]) -> list[str]:
    """The parameters that an answer refuses."""
    response = client.get(f"/api/v1/search?{urlencode(pairs, errors='surrogatepass')}")
    assert response.status_code in (200, 400, 404), response.text
    return [error["parameter"] for error in response.json["errors"]] if response.status_code != 200 else []


@settings(max_examples=200)
@given(st.data(), TEXTS)
def test_a_value_is_accepted_where_the_description_allows_it_and_nowhere_else(client, parameters, data, text):
    name = data.draw(st.sampled_from(sorted(parameters)))
    expected = [] if is_allowed(parameters[name], text) else [name]
    found = refused(client, [(name, text)])
    if name == "cursor" and text not in ("", "*"):
        expected = ["cursor"]  # those allowed are only what was given out
    if name == "page" and not expected and int(text or 1) > -(-client.get("/api/v1/search").json["total"] // 10):
        expected = ["page"]  # there is none beyond the last, which is not the description's to know
    assert found == expected


@settings(max_examples=100)
@given(st.text(min_size=1, max_size=12))
@example("Q")
@example("page[]")
def test_a_name_that_is_not_described_is_refused(client, parameters, name):
    assert refused(client, [(name, "1")]) == ([] if name in parameters and name != "cursor" else [name]) or name in parameters


@pytest.mark.parametrize("name", ["type", "-topic"])
@pytest.mark.parametrize(("count", "is_accepted"), [(50, True), (51, False)])
def test_a_facet_takes_as_many_values_as_described(client, parameters, name, count, is_accepted):
    assert parameters[name]["schema"]["maxItems"] == 50
    assert (refused(client, [(name, f"value {number}") for number in range(count)]) == []) is is_accepted


def test_every_parameter_described_may_be_left_empty(client, parameters):
    assert refused(client, [(name, "") for name in parameters]) == []
