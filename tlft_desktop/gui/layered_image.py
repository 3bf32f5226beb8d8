"""An image with a map on it, painted as strong as the user wants the map."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QImage, QPainter

from tlft_desktop.gui.look_values import Layers

_GRAY_AT = 0.5
"""Strength of the map from which on the colours of the image itself are gone."""


@dataclass(frozen=True)
class LayeredImage:
    """The parts as Qt paints them.

    Attributes:
        plain: The image as it is.
        gray: In grey, and dark where the network does not look.
        heat: What lies over it.
    """

    plain: QImage
    gray: QImage
    heat: QImage

    @classmethod
    def of(cls, layers: Layers) -> LayeredImage:
        """Return layers as images that own their memory; any thread may call this."""
        width, height = layers.width, layers.height
        rgb, rgba = QImage.Format.Format_RGB888, QImage.Format.Format_RGBA8888
        plain, gray = (QImage(data, width, height, 3 * width, rgb) for data in (layers.plain, layers.gray))
        heat = QImage(layers.heat, width, height, 4 * width, rgba)
        shown, blended = QImage.Format.Format_RGB32, QImage.Format.Format_ARGB32_Premultiplied
        return cls(plain.convertToFormat(shown), gray.convertToFormat(shown), heat.convertToFormat(blended))

    def painted(self, strength: float) -> QImage:
        """Return the image with its map; any thread may call this.

        Args:
            strength: 1 for the whole map on the image in grey, 0 for the image as it is.
        """
        image = self.plain.copy()
        painter = QPainter(image)
        for layer, opacity in ((self.gray, min(1.0, strength / _GRAY_AT)), (self.heat, strength)):
            painter.setOpacity(opacity)
            painter.drawImage(0, 0, layer)
        painter.end()
        return image
