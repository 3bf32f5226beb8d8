"""A strict look at HTML: what is opened is closed in turn, nothing is loaded or run, inner links lead somewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"br", "hr", "img", "link", "meta"}
_LOADING = {"script", "iframe", "object", "embed", "link", "video", "audio", "source", "base", "form", "input"}


@dataclass(frozen=True)
class Element:
    """One element of a page; `text` is all that stands in it."""

    name: str
    attributes: dict[str, str | None]
    parents: tuple[Element, ...] = field(repr=False)
    pieces: list[str] = field(default_factory=list, repr=False)

    @property
    def text(self) -> str:
        """The text of the element and of all in it, with single spaces."""
        return " ".join("".join(self.pieces).split())

    def is_within(self, other: Element) -> bool:
        """Tell whether the element stands in another one."""
        return any(parent is other for parent in self.parents)


class Page(HTMLParser):
    """A page that is well-formed, or an `AssertionError` that says where it is not.

    Attributes:
        elements: In the order in which they open.
    """

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        assert text.startswith("<!DOCTYPE html>\n")
        self.feed(text)
        self.close()
        assert not self._open, f"not closed: {[element.name for element in self._open]}"
        self._check()

    def all(self, name: str, class_: str = "") -> list[Element]:
        """Return the elements of a name, and of a class where one is named."""
        return [
            element
            for element in self.elements
            if element.name == name and (not class_ or class_ in (element.attributes.get("class") or "").split())
        ]

    def section(self, key: str) -> Element:
        """Return the element with an identifier."""
        (found,) = (element for element in self.elements if element.attributes.get("id") == key)
        return found

    def rows(self, caption: str, within: Element | None = None) -> list[list[str]]:
        """Return the cells of the first table that is called so, its header first."""
        title = next(
            element
            for element in self.all("caption")
            if element.text == caption and (within is None or element.is_within(within))
        )
        table = title.parents[-1]
        cells = [element for element in self.elements if element.name in ("th", "td") and element.is_within(table)]
        rows = [element for element in self.all("tr") if element.is_within(table)]
        return [[cell.text for cell in cells if cell.is_within(row)] for row in rows]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"an attribute of <{tag}> is there twice: {names}"
        element = Element(tag, dict(attrs), tuple(self._open))
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise AssertionError(f"<{tag}/> is no HTML")

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        opened = self._open.pop()
        assert opened.name == tag, f"</{tag}> closes <{opened.name}>, line {self.getpos()[0]}"

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.pieces.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data[:100]}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data[:100]}")

    def _check(self) -> None:
        keys = [element.attributes["id"] for element in self.elements if "id" in element.attributes]
        assert len(set(keys)) == len(keys), "an identifier is there twice"
        for element in self.elements:
            assert element.name not in _LOADING, f"<{element.name}> loads or runs something"
            for name, value in element.attributes.items():
                assert not name.startswith("on"), f"<{element.name} {name}> runs something"
                assert name not in ("src", "srcset", "data") or str(value).startswith("data:image/jpeg;base64,")
                if name == "href":
                    assert str(value).startswith("https://") or str(value)[1:] in keys, f"{value} leads nowhere"
            if element.name == "img":
                assert element.attributes["alt"]
        style = " ".join(element.text for element in self.all("style"))
        assert "url(" not in style
        assert "@import" not in style
