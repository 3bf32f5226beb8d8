"""Before the first training of a project somebody says whether its images may be mirrored."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.gui.session import Session


class MirrorAsking(QObject):
    """Lets trainings begin when the project has an answer.

    Signals:
        asked(): Somebody has to be asked; `answer` or `drop` is called then.
    """

    asked = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._begin: Callable[[], None] | None = None
        session.project_changed.connect(self.drop)

    def before(self, begin: Callable[[], None]) -> None:
        """Call `begin` at once where there is an answer, else when somebody gives one."""
        if self._session.flip is not None:
            begin()
            return
        is_asked, self._begin = self._begin is not None, begin
        if not is_asked:
            self.asked.emit()

    @Slot(bool)
    def answer(self, flip: bool) -> None:
        """Keep an answer, and let begin what waits for it."""
        begin, self._begin = self._begin, None
        if begin is not None:
            self._session.answer_flip(flip)
            begin()

    @Slot()
    def drop(self) -> None:
        """Forget what waits: nobody answered."""
        self._begin = None
