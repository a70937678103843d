from __future__ import annotations

import pytest

from ingest.types import Reference
from tests.ui.fakes import HOSTILE, read
from ui.safe_html import Html, element, escape, is_allowed, join, link, reference_links


def test_children_and_attributes_are_escaped() -> None:
    made = element("p", HOSTILE, title='"><script>')
    found = read(made)
    assert found.tags == ("p",)
    assert found.text == HOSTILE
    assert found.attributes[0]["title"] == '"><script>'


def test_markup_is_not_escaped_twice_and_plain_text_always() -> None:
    assert element("p", element("b", "x < y")) == "<p><b>x &lt; y</b></p>"
    assert join(["<", Html("<br>")]) == "&lt;<br>"
    # Joined with "+", markup is plain text again: visible tags instead of running ones.
    assert escape(element("b", "x") + "<i>") == "&lt;b&gt;x&lt;/b&gt;&lt;i&gt;"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "http://doi.org/10.1/x",
        "https://evil.example/",
        "https://doi.org@evil.example/",
        "https://evil.example\\@doi.org/",
        "https://doi.org.evil.example/",
        "https://doi.org:8443/",
        "//doi.org/10.1",
        "https://[doi.org/",
        "",
    ],
)
def test_an_address_that_is_not_listed_is_shown_but_not_linked(url: str) -> None:
    assert not is_allowed(url)
    assert read(link("source", url)).tags == ()


def test_a_listed_address_is_linked_and_does_not_know_where_the_reader_came_from() -> None:
    (attributes,) = read(link("paper", "https://doi.org/10.1/x")).attributes
    assert attributes == {"href": "https://doi.org/10.1/x", "target": "_blank", "rel": "noopener noreferrer"}


def test_links_of_a_reference_come_from_its_numbers() -> None:
    reference = Reference(1, "text", "15809451", "10.1200/JCO.2005.04.242", "https://evil.example/")
    addresses = [read(one).attributes[0]["href"] for one in reference_links(reference)]
    assert addresses == [
        "https://pubmed.ncbi.nlm.nih.gov/15809451/",
        "https://doi.org/10.1200/JCO.2005.04.242",
    ]


def test_a_number_that_is_none_gives_no_link() -> None:
    assert (
        reference_links(Reference(1, "text", "1/../../evil", "javascript:x", "https://evil.example/")) == ()
    )


def test_a_doi_with_odd_characters_stays_inside_its_address() -> None:
    (made,) = reference_links(Reference(1, "text", None, '10.1000/"><script>?#x'))
    assert read(made).tags == ("a",)
    assert read(made).attributes[0]["href"] == "https://doi.org/10.1000/%22%3E%3Cscript%3E%3F%23x"
