"""What the training does now: progress, time left, figures, and its buttons."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.live_run import LiveRun
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.buttons import ToolButton
from tlft_desktop.gui.widgets.elided_label import ElidedLabel
from tlft_desktop.gui.workers.run_controller import TrainingState


class TrainingStatus(QWidget):
    """Shows a `LiveRun`; pause, go on and stop are the window's actions.

    Attributes:
        buttons: Of these actions, by their ids.
    """

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headline, self.detail = ElidedLabel("heading"), ElidedLabel("muted")
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the training"))
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.headline, 1)
        self.buttons: dict[str, ToolButton] = {}
        for key in ("pause", "go_on", "stop"):
            press = self.buttons[key] = ToolButton()
            set_role(press, "flat")
            press.setDefaultAction(actions[key])
            press.setIconSize(QSize(20, 20))
            press.setAccessibleName(actions[key].text().replace("&", ""))
            head.addWidget(press)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.bar)
        layout.addWidget(self.detail)

    def show_run(self, live: LiveRun, state: TrainingState, race: str = "") -> None:
        """Show where a run stands; `race` says which one of a race it is."""
        cache = live.cache
        is_caching = state is not TrainingState.IDLE and cache is not None and not live.train and cache.total > 0
        if is_caching and cache is not None:
            self.bar.setValue(round(1000 * cache.done / cache.total))
        else:
            self.bar.setValue(round(1000 * live.progress()))
        self.headline.set_full_text(self._headline(live, state, is_caching=is_caching))
        self.detail.set_full_text(" · ".join(filter(None, (race, *self._details(live, state)))))

    def _headline(self, live: LiveRun, state: TrainingState, *, is_caching: bool) -> str:
        if state is TrainingState.STOPPING:
            return self.tr("Saving what is there, then stopping…")
        if state is TrainingState.PAUSED:
            if live.is_solving:
                return self.tr("Paused while the head is solved")
            return self.tr("Paused at epoch {epoch}").format(epoch=live.epoch - live.solver_steps)
        if state is TrainingState.RUNNING:
            if is_caching and live.cache is not None and live.cache.done >= live.cache.total:
                return self.tr("Finding what fits what the frozen layers see")
            if is_caching and live.cache is not None:
                done, total = fmt.count(live.cache.done), fmt.count(live.cache.total)
                return self.tr("Computing what the frozen layers see: image {done} of {total}").format(
                    done=done, total=total
                )
            if live.fit_start is None:
                return self.tr("Getting ready…")
            if live.is_solving:
                return self.tr("Solving the head exactly")
            begun, planned = live.epoch - live.solver_steps + 1, live.num_epochs() - live.solver_steps
            return self.tr("Epoch {epoch} of at most {total}").format(epoch=min(begun, planned), total=planned)
        if live.end is not None:
            words = {
                "completed": self.tr("Finished"),
                "stopped": self.tr("Stopped, the run is kept"),
                "interrupted": self.tr("Interrupted, the run is kept"),
                "failed": self.tr("Failed"),
            }
            return words[live.end.state]
        return self.tr("No training is running")

    def _details(self, live: LiveRun, state: TrainingState) -> list[str]:
        parts = []
        if live.best is not None:
            epoch, point = live.best
            solved = self.tr("{accuracy} with the head that was solved")
            text = solved if live.is_solution(epoch) else self.tr("best {accuracy} in epoch {epoch}")
            accuracy = fmt.accuracy(point.accuracy, point.low, point.high)
            parts.append(text.format(accuracy=accuracy, epoch=epoch - live.solver_steps))
        if state is TrainingState.IDLE:
            if live.end is not None:
                parts.append(self.tr("took {time}").format(time=fmt.duration(live.end.total_seconds)))
            return parts or [self.tr("Choose a strategy and press Start training. The defaults are fine.")]
        # What matters most comes first: where there is no room the end is cut. The header names the device.
        left = live.seconds_left()
        if left is not None and left >= 1:
            parts.insert(0, self.tr("about {time} left").format(time=fmt.duration(left)))
        if live.phase is not None:
            parts.insert(0, self.tr("phase {name}").format(name=fmt.phase_name(live.phase.phase)))
        if live.batch is not None:
            parts.append(self.tr("loss {loss}").format(loss=fmt.number(live.batch.loss)))
            parts.append(self.tr("{speed} images/s").format(speed=fmt.number(live.batch.images_per_second)))
        return parts
