"""The images that the chosen runs answered: what is confused, the images themselves, and doubtful labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QComboBox, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.look_asking import subject_of
from tlft_desktop.gui.desks.mistakes_desk import MistakesDesk
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.image_looks import Look, LookKind
from tlft_desktop.gui.item_models.answer_grid_model import describe_answer
from tlft_desktop.gui.item_models.run_table_model import name_of
from tlft_desktop.gui.look_values import LookSubject
from tlft_desktop.gui.mistakes_choice import MistakesChoice
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.answer_browser import AnswerBrowser
from tlft_desktop.gui.widgets.confusion_side import ConfusionSide
from tlft_desktop.gui.widgets.fields import ChoiceField
from tlft_desktop.gui.widgets.layout import EmptyState
from tlft_desktop.gui.widgets.probe_notice import ProbeNotice
from tlft_desktop.gui.widgets.run_panel import RunPanel
from tlft_desktop.gui.widgets.run_table import Swatches
from tlft_desktop.gui.widgets.text import plain_tooltip, wrapped_label

if TYPE_CHECKING:
    from tlft_desktop.gui.lazy_mistakes import RunImages

_LEFT, _RIGHT = 380, 620
_LEAST_LEFT, _LEAST_RIGHT = 30 * GRID, 44 * GRID
_FEWEST_LETTERS = 10
_PROBE = ""
"""In place of the identifier of a run: its training images, as a probe answers them."""


class MistakesPanel(RunPanel):
    """Matrix and list of confusions at the left, images at the right.

    Args:
        context: Parts of the program.
        desk: Knows the images.
        actions: Of the window, by id.
    """

    def __init__(
        self,
        context: AppContext,
        desk: MistakesDesk,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._desk = context, desk
        self._swatches = Swatches(context.theme)
        self.choice = MistakesChoice(desk)
        self.side = ConfusionSide(context)
        self.browser = AnswerBrowser(context, desk.pictures, actions, self._describe)
        self.runs = self._make_runs()
        self.notice = ProbeNotice(self)
        self.probe_words, self.changes = wrapped_label("", "muted"), wrapped_label("", "muted")
        self.empty = EmptyState("", "")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._make_content())
        self._connect()
        self._show()

    def show_chosen(self, chosen: Sequence[RunSummary]) -> None:
        """Show the images of the first of the chosen runs, or of the one that was looked at before."""
        self.choice.choose_runs(chosen)
        self._fill_runs()
        self._desk.read(self.choice.wanted)
        self._show()

    def look_subject(self) -> LookSubject | None:
        """Return the image that networks may be asked about."""
        return subject_of(self._context.session, self.browser.grid.chosen_one, self.choice.run)

    # Made once

    def _make_runs(self) -> QComboBox:
        runs = ChoiceField(self)
        runs.setAccessibleName(self.tr("Whose answers are shown"))
        runs.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        runs.setMinimumContentsLength(_FEWEST_LETTERS)
        return runs

    def _make_content(self) -> QWidget:
        self.browser.above.insertWidget(0, self.runs, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(GRID)
        for number, (part, least) in enumerate(((self.side, _LEAST_LEFT), (self.browser, _LEAST_RIGHT))):
            splitter.addWidget(part)
            splitter.setStretchFactor(number, 2 + number)
            part.setMinimumWidth(least)
        splitter.setSizes([_LEFT, _RIGHT])
        content = QWidget()
        rows = QVBoxLayout(content)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GRID // 2)
        rows.addWidget(splitter, 1)
        rows.addWidget(self.probe_words)
        rows.addWidget(self.changes)
        return content

    def _connect(self) -> None:
        session, browser = self._context.session, self.browser
        session.project_changed.connect(self._forget)
        session.images_changed.connect(self._show)
        self._desk.changed.connect(self._show)
        self._desk.data.told.connect(browser.tell)
        self._context.theme.changed.connect(self._fill_runs)
        self.runs.activated.connect(self._choose_run)
        self.notice.wanted.connect(self._ask_probe)
        self.notice.unwanted.connect(self._desk.probes.cancel)
        self.side.look_chosen.connect(self._choose_look)
        self.side.epochs.chosen.connect(self._choose_epoch)
        browser.look_chosen.connect(self._choose_look)
        browser.chosen_changed.connect(self._show_selection)
        browser.relabel_asked.connect(self._relabel)
        browser.exclude_asked.connect(self._exclude)
        browser.keep_asked.connect(self._keep)

    # What is shown

    @Slot()
    def _show(self) -> None:
        """Show what is known of the chosen runs; costs nothing while another panel is in front."""
        if not self.isVisible():
            return
        choice, images = self.choice, self.choice.images
        if images is None and choice.is_of_probe and choice.summary is not None:
            self._offer_probe(choice.run)
            return
        if images is None or not len(images):
            self._explain()
            return
        self._stack.setCurrentIndex(1)
        choice.follow_classes()
        choice.compare()
        self.side.show_images(images)
        self._show_epochs()
        if choice.cases:
            self.side.show_agreement(choice.names, choice.cases)
        else:
            self.side.explain_agreement(choice.why_no_agreement)
        for label, text in ((self.probe_words, from_core(images.words)), (self.changes, choice.changes(images))):
            label.setText(text)
            label.setVisible(bool(text))
        self._show_look(images)

    def _show_epochs(self) -> None:
        choice, slider = self.choice, self.side.epochs
        if choice.is_of_probe:
            slider.set_epochs((), 0, kept=0)
            return
        epochs, why_none = self._desk.epochs_of(choice.run), self._desk.why_no_epochs(choice.run)
        kept, num_steps = choice.kept_epoch, choice.num_steps
        slider.set_epochs(epochs, choice.shown_epoch, kept=kept, num_steps=num_steps, why_none=why_none)
        why_fixed = self.tr("Labels are doubted by the answers of the network that the run kept.")
        slider.fix(why_fixed if choice.is_of_kept else "")

    def _offer_probe(self, run: str) -> None:
        """Say what a probe would tell of the training images of a run, or that it is being asked."""
        probes, browser = self._desk.probes, self.browser
        self.side.show_images(None)
        self._show_epochs()
        self.side.explain_agreement(self.choice.why_no_agreement)
        self.probe_words.hide()
        self.changes.hide()
        self.notice.show_state(is_asking=probes.is_asking(run), problem=probes.problem_of(run), reason=probes.reason)
        browser.put_in_place(self.notice)
        browser.offer(**dict.fromkeys(("relabel", "exclude", "keep"), self.tr("Select one or several images first.")))
        self._stack.setCurrentIndex(1)

    def _explain(self) -> None:
        """Say why there are no images."""
        summary = self.choice.summary
        self.browser.clear()
        self.side.show_images(None)
        heading, text = self.tr("No images to look at"), ""
        if summary is None:
            text = self.tr("Choose a run in the table to see which images it gets wrong.")
        elif self.choice.images is not None:
            text = self.tr("{name} was trained without validation images.").format(name=name_of(summary))
        elif self._desk.problem_of(summary.run):
            text = self._desk.problem_of(summary.run)
        else:
            heading, text = self.tr("Reading the answers of {name}").format(name=name_of(summary)), ""
        self.empty.heading.setText(heading)
        self.empty.text.setText(text)
        self._stack.setCurrentIndex(0)

    def _show_look(self, images: RunImages) -> None:
        choice, records, paths = self.choice, self._desk.records, images.paths
        self.side.mark(choice.look)
        self.browser.set_looks(choice.looks(images), choice.look)
        self.browser.set_num_runs(1 if choice.second is None else 2, self._swatch)
        self.browser.show_rows(
            choice.look, choice.rows(images), lambda row: records.get(paths[row]), choice.shower(images)
        )
        self._show_selection()

    @Slot()
    def _show_selection(self) -> None:
        """Say how many images are shown and selected, and what can be decided about them."""
        images = self.choice.images
        if images is None:
            return
        shown, rows = len(self.browser.model.rows), self.browser.chosen_rows
        text = self.tr("{count} of {images}").format(count=fmt.count(shown), images=fmt.num_images(len(images)))
        self.browser.grid.say_if_empty(self._words_of_none() if self.choice.look.kind is LookKind.SUSPECTS else "")
        if rows:
            text += " · " + self.tr("{count} selected").format(count=fmt.count(len(rows)))
        self.browser.count.set_full_text(text)
        self.browser.count.set_hint(self._hint_of_look())
        self.browser.offer(**self._reasons(images, rows))

    def _words_of_none(self) -> str:
        of_run = self.tr("The run doubts no label, or all are decided about.")
        of_probe = self.tr("The probe doubts no label, or all are decided about.")
        return of_probe if self.choice.is_of_probe else of_run

    def _hint_of_look(self) -> str:
        if self.choice.look.kind is not LookKind.SUSPECTS:
            return ""
        if self.choice.is_of_probe:
            return self.tr(
                "A probe that has not learned the image gives another class at least the probability that it has on "
                "the mean for images of that class (confident learning; Northcutt, Jiang, Chuang 2021, arXiv "
                "1911.00068)."
            )
        return self.tr(
            "The run gives another class at least the probability that it has on the mean for images of that class "
            "(confident learning; Northcutt, Jiang, Chuang 2021, arXiv 1911.00068)."
        )

    def _reasons(self, images: RunImages, rows: Sequence[int]) -> dict[str, str]:
        """Return why the selected images cannot be decided about; empty texts where they can."""
        project = self._context.session.project
        if project is None or project.read_only:
            reason = from_core(project.read_only) if project is not None else self.tr("No project is open.")
            return dict.fromkeys(("relabel", "exclude", "keep"), reason)
        if not rows:
            return dict.fromkeys(("relabel", "exclude", "keep"), self.tr("Select one or several images first."))
        records = [(self._desk.records[images.paths[row]], row) for row in rows]
        can_relabel = any(images.answer(row).name not in ("", record.label) for record, row in records)
        return {
            "relabel": "" if can_relabel else self.tr("The selected images have the class that was answered."),
            "exclude": ""
            if not all(record.excluded for record, _ in records)
            else self.tr("The selected images are left out already."),
            "keep": "" if self._to_keep(images, rows) else self.tr("No label of the selected images is in doubt."),
        }

    def _to_keep(self, images: RunImages, rows: Sequence[int]) -> list[str]:
        doubted = self.choice.doubted
        return [images.paths[row] for row in rows if images.paths[row] in doubted]

    def _describe(self, row: int) -> str:
        """Return what is said below a large image: the true class, and the likeliest classes of each run."""
        images, second = self.choice.images, self.choice.second
        if images is None:
            return ""
        label = images.labels[row]
        lines = [self.tr("True class: {label}").format(label=label)]
        for name, each in zip(self.choice.names, (images, second), strict=True):
            if each is None:
                continue
            likeliest = each.likeliest(row)
            words = [f"{other} {fmt.percent(share)}" for other, share in likeliest]
            if likeliest and label not in dict(likeliest):
                words.append(f"… {label} {fmt.percent(each.true_probability(row))}")
            lines.append(f"{name}: {', '.join(words) or describe_answer(each.answer(row))}")
        return "\n".join(lines)

    def _swatch(self, run: str) -> QIcon:
        return self._swatches.icon(run, self._context.session.runs)

    @Slot()
    def _fill_runs(self) -> None:
        with QSignalBlocker(self.runs):
            self.runs.clear()
            for run in self.choice.chosen:
                self.runs.addItem(self._swatch(run.run), name_of(run), run.run)
            if self.choice.chosen:
                self.runs.addItem(self.tr("Training images (by a probe)"), _PROBE)
            self.runs.setCurrentIndex(self.runs.findData(_PROBE if self.choice.is_of_probe else self.choice.run))
        self._name_chosen()

    def _name_chosen(self) -> None:
        # The box may be too narrow for the name of a run.
        text = self.runs.currentText()
        if self.choice.is_of_probe:
            text = self.tr("Each training image, answered by a probe that has not learned it; the run itself has.")
        self.runs.setToolTip(plain_tooltip(text))

    # What the user does

    @Slot(int)
    def _choose_run(self, place: int) -> None:
        chosen = str(self.runs.itemData(place))
        if chosen == _PROBE:
            self.choice.choose_probe()
        else:
            self.choice.choose_run(chosen)
        self._name_chosen()
        self._desk.read(self.choice.wanted)
        self._show()

    @Slot()
    def _ask_probe(self) -> None:
        self._desk.probes.ask(self.choice.run)

    @Slot(int)
    def _choose_epoch(self, epoch: int) -> None:
        self.choice.choose_epoch(epoch)
        past = self._desk.past_of(self.choice.run)
        # What is not read yet is shown when it is.
        if not self.choice.epoch or (past is not None and past.epoch == epoch):
            self._show()

    @Slot(object)
    def _choose_look(self, look: Look) -> None:
        before = self.choice.images
        self.choice.choose_look(look)
        images = self.choice.images
        if images is not before:
            self._show()
        elif images is not None:
            self._show_epochs()
            self._show_look(images)

    @Slot()
    def _relabel(self) -> None:
        images = self.choice.images
        if images is not None:
            answers = {images.paths[row]: images.answer(row).name for row in self.browser.chosen_rows}
            self._desk.relabel({path: name for path, name in answers.items() if name})

    @Slot()
    def _exclude(self) -> None:
        images = self.choice.images
        if images is not None:
            self._desk.exclude([images.paths[row] for row in self.browser.chosen_rows])

    @Slot()
    def _keep(self) -> None:
        images = self.choice.images
        if images is not None:
            self._desk.keep(self._to_keep(images, self.browser.chosen_rows))

    @Slot()
    def _forget(self) -> None:
        self.choice = MistakesChoice(self._desk)
        self.browser.clear()
        self.side.show_images(None)
