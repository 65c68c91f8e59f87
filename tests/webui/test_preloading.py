"""What workers share is loaded before they are started: the first visitors do not wait for it."""

from __future__ import annotations

from search.model.dates import display_date, parse_edtf
from search.query_language.typed_dates import load_foreign_months, read_typed_date
from search.text import common_words
from webui import create_app
from webui.serving.preload import preload
from webui.templating import templates

_LISTS = (common_words.common_words, common_words._common_stems)


def test_the_first_visitor_loads_no_list_of_words_and_compiles_no_template(config):
    for each in _LISTS:
        each.cache_clear()
    app = create_app(config, None)
    preload(app)
    loaded = [each.cache_info().misses for each in _LISTS]
    assert all(loaded)
    analyzer = app.extensions["archive"].analyzer
    assert common_words.is_common_word("weather", analyzer)
    assert not common_words.is_everyday_word("zzqqxk", analyzer.language)
    assert not common_words.is_common_word("zzqqxk", analyzer)
    assert [each.cache_info().misses for each in _LISTS] == loaded
    with app.test_request_context("/"):
        assert "search.html" in {name for _, name in templates(app).environment().cache}


def test_dates_are_worded_before_there_are_workers(config):
    display_date.cache_clear()
    preload(create_app(config, None))
    before = display_date.cache_info().hits
    display_date(parse_edtf("2000-01-01"), config.language)
    assert display_date.cache_info().hits == before + 1


def test_months_of_other_languages_are_known_before_there_are_workers(config):
    load_foreign_months.cache_clear()
    preload(create_app(config, None))
    assert load_foreign_months.cache_info().currsize == 1
    read_typed_date.cache_clear()
    assert read_typed_date("février 2013", config.language)
    assert load_foreign_months.cache_info().misses == 1
