"""The forms for issues, as the site that shows them wants them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

FORMS = Path(__file__).resolve().parents[2] / ".github" / "ISSUE_TEMPLATE"
KINDS = {"markdown", "textarea", "input", "dropdown", "checkboxes"}


@pytest.mark.parametrize("name", ["bug", "idea", "question"])
def test_a_form_is_complete(name: str) -> None:
    form = yaml.safe_load((FORMS / f"{name}.yml").read_text(encoding="utf-8"))
    assert form["name"]
    assert form["description"]
    fields = [part for part in form["body"] if part["type"] != "markdown"]
    assert {part["type"] for part in form["body"]} <= KINDS
    assert len({part["id"] for part in fields}) == len(fields)
    assert all(part["attributes"]["label"] for part in fields)
    assert any(part.get("validations", {}).get("required") for part in fields)


def test_a_bug_comes_with_what_doctor_says() -> None:
    form = yaml.safe_load((FORMS / "bug.yml").read_text(encoding="utf-8"))
    (doctor,) = [part for part in form["body"] if part.get("id") == "doctor"]
    assert "tlft doctor" in doctor["attributes"]["label"]
    assert doctor["validations"]["required"]
