"""What a trained network says about images."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.engine import Answer
from tlft_desktop.gui.item_models.table_model import ColumnSpec, RowTableModel

PROBABILITY_ROLE = int(Qt.ItemDataRole.UserRole) + 14
NUM_RUNNERS_UP = 3


class AnswerTableModel(RowTableModel[Answer]):
    """Table of answers, in the order of the images."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), parent)
        self._columns = (
            ColumnSpec(self.tr("Image"), lambda row: Path(row.path).name, lambda row: row.path),
            ColumnSpec(
                self.tr("Likeliest class"),
                lambda row: row.top[0][0] if row.top else self.tr("not read: {why}").format(why=row.error),
                lambda row: row.top[0][0] if row.top else "",
            ),
            ColumnSpec(
                self.tr("Probability"),
                lambda row: fmt.percent(row.top[0][1]) if row.top else "",
                lambda row: row.top[0][1] if row.top else 0.0,
                roles=((PROBABILITY_ROLE, lambda row: row.top[0][1] if row.top else 0.0),),
            ),
            ColumnSpec(self.tr("Then"), self._runners_up, self._runners_up),
        )

    @staticmethod
    def _runners_up(row: Answer) -> str:
        others = row.top[1 : 1 + NUM_RUNNERS_UP]
        return "   ".join(f"{name} {fmt.percent(probability)}" for name, probability in others)
