"""What `/metrics` says, as Prometheus reads it."""

from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families

from webui import create_app


def read_numbers(client) -> dict[str, float]:
    """Every number by its name and labels, as in `search_seconds_count{outcome="found"}`."""
    response = client.get("/metrics")
    assert response.content_type == "text/plain; version=0.0.4; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    numbers = {}
    for family in text_string_to_metric_families(response.get_data(as_text=True)):
        assert family.documentation
        for sample in family.samples:
            labels = ",".join(f'{name}="{value}"' for name, value in sample.labels.items())
            numbers[sample.name + (f"{{{labels}}}" if labels else "")] = sample.value
    return numbers


def test_searches_are_counted_by_what_they_found(visitor):
    for path in ("/search?q=cyber", "/api/v1/search?q=cyber", "/search?q=zyxxy"):
        assert visitor.get(path).status_code == 200
    numbers = read_numbers(visitor)
    assert numbers['search_seconds_count{outcome="found"}'] == 2
    assert numbers['search_seconds_count{outcome="nothing"}'] == numbers["search_results_zero_total"] == 1
    assert numbers['search_seconds_bucket{outcome="found",le="+Inf"}'] == 2
    assert 0 < numbers['search_seconds_sum{outcome="found"}'] < 10


def test_chosen_values_are_counted(visitor):
    for path in ("/search?q=cyber", "/search?q=cyber&type=News", "/search?type=News&topic=norms&-year=2011&year=2010"):
        assert visitor.get(path).status_code == 200
    numbers = read_numbers(visitor)
    assert [numbers[f'filters_per_search_bucket{{le="{bound}"}}'] for bound in ("0.0", "1.0", "3.0", "5.0")] == [1, 2, 2, 3]
    assert numbers["filters_per_search_sum"] == 5


def test_answers_are_counted_by_status(visitor):
    for path in ("/", "/nothing-here", "/api/v1/search?page=x"):
        visitor.get(path)
    numbers = read_numbers(visitor)
    assert [numbers[f'http_requests_total{{status="{status}"}}'] for status in ("2xx", "3xx", "4xx", "5xx")] == [1, 0, 2, 0]


def test_the_index_is_reported_while_there_is_one(visitor, config):
    numbers = read_numbers(visitor)
    assert numbers["index_documents"] == 29
    assert 0 <= numbers["index_age_seconds"] < 3600
    empty = create_app(config.model_copy(update={"engine": "whoosh"})).test_client()
    assert "index_documents" not in read_numbers(empty)
