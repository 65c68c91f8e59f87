"""Read a page of the web application as a tree of elements."""

from __future__ import annotations

from bs4 import BeautifulSoup


def soup(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    return BeautifulSoup(response.text, "html.parser")
