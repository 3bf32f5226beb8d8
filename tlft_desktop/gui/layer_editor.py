"""What the user asks of the selected layers: each request becomes one plan and one step to undo."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QWidget

from tlft_desktop.core.errors import TlftError
from tlft_desktop.core.freezing.presets import ADAPTER_RANK, freeze_up_to, train_from, with_adapters
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.item_models.layer_filter import LayerFilter
from tlft_desktop.gui.item_models.layer_tree_model import LayerTreeModel
from tlft_desktop.gui.widgets.layer_tree_view import LayerTreeView
from tlft_desktop.gui.widgets.messages import Message, MessageKind

KEY = "layers"
_ON_SELECTION = ("freeze_layers", "train_layers", "freeze_up_to", "train_from", "adapter_add", "adapter_remove")
_ON_MATCHES = ("tick_shown", "untick_shown")
_NORMS = {"norm_eval": NormPolicy.EVAL, "norm_affine": NormPolicy.AFFINE, "norm_full": NormPolicy.FULL}
_LOOKS = ("expand_below", "collapse_below", "copy_path")


class LayerEditor(QObject):
    """Turns selection and action into the next freeze plan.

    Args:
        context: Parts of the program.
        model, shown: The tree and its filter.
        view: Where layers are selected.
        page: Shown while anything can be chosen.
    """

    def __init__(
        self, context: AppContext, model: LayerTreeModel, shown: LayerFilter, view: LayerTreeView, page: QWidget
    ) -> None:
        super().__init__(page)
        self._page = page
        self._context, self._model, self._shown, self._view = context, model, shown, view

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what is called for each action."""
        return {
            "freeze_layers": self.freeze,
            "train_layers": self.train,
            "freeze_up_to": self._freeze_up_to,
            "train_from": self._train_from,
            "tick_shown": self._tick_shown,
            "untick_shown": self._untick_shown,
            "norm_inherited": self._inherit_norm,
            **dict.fromkeys(_NORMS, self._set_norm),
            "adapter_add": self._add_adapters,
            "adapter_remove": self._remove_adapters,
            "expand_below": self._expand_below,
            "collapse_below": self._collapse_below,
            "copy_path": self._copy_path,
        }

    def blocked(self) -> dict[str, str]:
        """Return why actions cannot be chosen now."""
        session = self._context.session
        changing = (*_ON_SELECTION, *_ON_MATCHES, "norm_inherited", *_NORMS)
        # Not the view: it hides after its page.
        if not self._page.isVisible():
            return dict.fromkeys((*changing, *_LOOKS), self.tr("Open the page Layers first."))
        if session.layer_tree is None:
            return dict.fromkeys((*changing, *_LOOKS), self.tr("The layers are not read yet."))
        reasons: dict[str, str] = {}
        paths = self._view.selected_paths()
        if not paths:
            reasons |= dict.fromkeys((*_ON_SELECTION, *_LOOKS), self.tr("No layer is selected."))
        if not any(self._model.has_norm(path) for path in paths):
            reasons |= dict.fromkeys(("norm_inherited", *_NORMS), self.tr("The selection has no norm layers."))
        if not self._shown.matches:
            reasons |= dict.fromkeys(_ON_MATCHES, self.tr("Type into the filter first what should match."))
        if not session.is_writable:
            reasons |= dict.fromkeys(changing, self.tr("The project is open for reading only."))
        return reasons

    @Slot()
    def toggle(self) -> None:
        """Freeze what is selected; let it train where all of it is frozen already."""
        plan, owners = self._plan, self._selected_owners()
        if owners and plan.frozen.issuperset(owners):
            self.train()
        else:
            self.freeze()

    @Slot()
    def freeze(self) -> None:
        """Freeze what is selected."""
        self._choose(self._plan.freeze(self._selected_owners()), self.tr("freeze layers"))

    @Slot()
    def train(self) -> None:
        """Let what is selected train."""
        self._choose(self._plan.unfreeze(self._selected_owners()), self.tr("train layers"))

    @property
    def _plan(self) -> FreezePlan:
        return self._context.session.choice.plan

    def _selected_owners(self) -> tuple[str, ...]:
        return self._model.owners_below(self._view.selected_paths())

    def _choose(self, plan: FreezePlan, text: str) -> None:
        if self._context.session.is_writable:
            self._context.session.choose_plan(plan, text)

    @Slot()
    def _freeze_up_to(self) -> None:
        # Of several layers the last one: all of them are frozen then.
        self._cut(freeze_up_to, self._view.selected_paths()[-1:], self.tr("freeze up to a layer"))

    @Slot()
    def _train_from(self) -> None:
        self._cut(train_from, self._view.selected_paths()[:1], self.tr("train from a layer"))

    def _cut(
        self, make_plan: Callable[[LayerTree, FreezePlan, str], FreezePlan], paths: Iterable[str], text: str
    ) -> None:
        tree = self._context.session.layer_tree
        for path in paths if tree else ():
            assert tree is not None
            try:
                self._choose(make_plan(tree, self._plan, path), text)
                self._context.messages.clear_key(KEY)
            except TlftError as error:
                self._context.messages.show_message(Message(MessageKind.WARNING, from_core(str(error)), key=KEY))

    @Slot()
    def _add_adapters(self) -> None:
        self._adapt(ADAPTER_RANK, self.tr("add adapters"))

    @Slot()
    def _remove_adapters(self) -> None:
        self._adapt(0, self.tr("remove adapters"))

    def _adapt(self, rank: int, text: str) -> None:
        """Give all that is selected adapters, or none, in one step."""
        tree, plan = self._context.session.layer_tree, self._plan
        if tree is None:
            return
        try:
            for path in self._view.selected_paths():
                plan = with_adapters(tree, plan, path, rank)
            self._choose(plan, text)
            self._context.messages.clear_key(KEY)
        except TlftError as error:
            words = f"{from_core(str(error))} {from_core(error.remedy)}".strip()
            self._context.messages.show_message(Message(MessageKind.WARNING, words, key=KEY))

    @Slot()
    def _tick_shown(self) -> None:
        self._choose(self._plan.freeze(self._model.owners_below(self._shown.matches)), self.tr("tick what is shown"))

    @Slot()
    def _untick_shown(self) -> None:
        owners = self._model.owners_below(self._shown.matches)
        self._choose(self._plan.unfreeze(owners), self.tr("untick what is shown"))

    @Slot()
    def _set_norm(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            policy = _NORMS[action.objectName()]
            self._change_norm(lambda plan, path: plan.with_norm(policy, path))

    @Slot()
    def _inherit_norm(self) -> None:
        self._change_norm(lambda plan, path: plan.with_inherited_norm(path))

    def _change_norm(self, change: Callable[[FreezePlan, str], FreezePlan]) -> None:
        plan = self._plan
        for path in self._view.selected_paths():
            if self._model.has_norm(path):
                plan = change(plan, path)
        self._choose(plan, self.tr("norm policy"))

    @Slot()
    def _expand_below(self) -> None:
        for index in self._view.selected_rows():
            self._view.expandRecursively(index)

    @Slot()
    def _collapse_below(self) -> None:
        for index in self._view.selected_rows():
            self._view.collapse_below(index)

    @Slot()
    def _copy_path(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._view.selected_paths()))
