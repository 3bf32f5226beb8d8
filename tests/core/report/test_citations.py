"""Every network of the catalogue has its paper, and a text cites what it uses in the order in which it does so."""

from __future__ import annotations

import pytest

from tlft_desktop.core.models.catalog import BackboneEntry, backbones
from tlft_desktop.core.report.citations import WORKS, Citations, works_of


@pytest.mark.parametrize("entry", backbones(), ids=lambda entry: entry.name)
def test_every_network_has_works_that_are_known(entry: BackboneEntry) -> None:
    keys = works_of(entry)
    assert len(keys) >= 2, "its architecture, and the images or the way of its weights"
    assert set(keys) <= set(WORKS)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("timm:tf_efficientnet_lite0", "EfficientNet: Rethinking"),
        ("timm:tf_efficientnetv2_s", "EfficientNetV2"),
        ("timm:convnextv2_tiny", "ConvNeXt V2"),
        ("timm:convnext_tiny", "A ConvNet"),
        ("timm:beitv2_base_patch16_224", "BEiT v2"),
        ("timm:vit_small_patch14_dinov2", "DINOv2"),
        ("torchvision:mobilenet_v3_small", "MobileNetV3"),
        ("torchvision:regnet_y_400mf", "network design spaces"),
    ],
)
def test_networks_that_sound_alike_have_their_own(name: str, words: str) -> None:
    (entry,) = (entry for entry in backbones() if entry.name == name)
    assert any(words in WORKS[key].text for key in works_of(entry))


def test_links_lead_to_what_the_mark_says() -> None:
    for work in WORKS.values():
        assert work.link.startswith("https://")
        assert work.link.endswith(work.mark.removeprefix("arXiv:").removeprefix("doi:").removeprefix("https://"))
        assert work.text.endswith(".")


def test_works_are_numbered_as_they_are_cited() -> None:
    citations = Citations()
    assert citations.cite("wilson") == " [1]"
    assert citations.cite("holm", "wilson") == " [1, 2]"
    assert citations.cite("zou", "holm", "zou") == " [2, 3]"
    assert citations.cite() == ""
    assert [work.text.split()[0] for work in citations.works] == ["Wilson", "Holm", "Zou"]
