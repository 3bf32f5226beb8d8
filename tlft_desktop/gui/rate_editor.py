"""What the user asks of learning rates: factors for the selected layers, and rates that fall from stage to stage."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.freezing.rates import LAYER_DECAY, with_layer_decay
from tlft_desktop.core.models.catalog import BackboneKind, find_backbone
from tlft_desktop.core.values.plan import LARGEST_FACTOR, LEAST_FACTOR, FreezePlan
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.dialogs.choose_text_dialog import ChooseTextDialog
from tlft_desktop.gui.widgets.layer_tree_view import LayerTreeView

_FACTORS = {"rate_tenth": 0.1, "rate_third": 0.3, "rate_triple": 3.0}
_OFFERED = (0.01, 0.03, 0.1, 0.3, 0.5, 1.0, 2.0, 3.0, 10.0)
_ON_SELECTION = ("rate_inherited", *_FACTORS, "rate_other")
_ON_NETWORK = ("layer_decay", "equal_rates")


class RateEditor(QObject):
    """Turns selection and action into the next freeze plan.

    Args:
        context: Parts of the program.
        view: Where layers are selected.
        page: Shown while anything can be chosen.
    """

    def __init__(self, context: AppContext, view: LayerTreeView, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._view, self._page = context, view, page
        self._paths: list[str] = []

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what is called for each action."""
        return {
            "rate_inherited": self._inherit,
            **dict.fromkeys(_FACTORS, self._set_named),
            "rate_other": self._ask,
            "layer_decay": self._decay,
            "equal_rates": self._equalise,
        }

    def blocked(self) -> dict[str, str]:
        """Return why actions cannot be chosen now."""
        session, actions = self._context.session, (*_ON_SELECTION, *_ON_NETWORK)
        if not self._page.isVisible():
            return dict.fromkeys(actions, self.tr("Open the page Layers first."))
        if session.layer_tree is None:
            return dict.fromkeys(actions, self.tr("The layers are not read yet."))
        if not session.is_writable:
            return dict.fromkeys(actions, self.tr("The project is open for reading only."))
        reasons: dict[str, str] = {}
        if not self._view.selected_paths():
            reasons |= dict.fromkeys(_ON_SELECTION, self.tr("No layer is selected."))
        if not session.choice.plan.rate_factors:
            reasons["equal_rates"] = self.tr("No factor is set.")
        if self._is_transformer:
            reasons["layer_decay"] = self.tr("The rates of this network fall from stage to stage already.")
        return reasons

    @property
    def _is_transformer(self) -> bool:
        # The strategies for transformers have a decay of their own, which would multiply with this one.
        try:
            return find_backbone(self._context.session.backbone).kind is BackboneKind.TRANSFORMER
        except InputError:
            return False

    @Slot()
    def _set_named(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            factor = _FACTORS[action.objectName()]
            self._change(self._view.selected_paths(), lambda plan, path: plan.with_rate(path, factor))

    @Slot()
    def _inherit(self) -> None:
        self._change(self._view.selected_paths(), lambda plan, path: plan.with_inherited_rate(path))

    @Slot()
    def _ask(self) -> None:
        self._paths = self._view.selected_paths()
        dialog = ChooseTextDialog(
            self.tr("Factor on the learning rate"),
            self.tr("By what is the learning rate of the selected layers multiplied?"),
            choices=[fmt.number(factor) for factor in _OFFERED],
            accept_text=self.tr("&Set the factor"),
            check=self._checked,
            parent=self._page.window(),
        )
        dialog.answered.connect(self._set_asked)
        dialog.open()

    def _checked(self, text: str) -> str:
        """Return a factor as Python writes it; the user may write it in the language's way or in that."""
        try:
            factor = float(text.strip().removeprefix("x").replace(",", "."))
        except ValueError:
            factor = 0.0
        if not LEAST_FACTOR <= factor <= LARGEST_FACTOR:
            words = self.tr("Type a number from {least} to {most}. Layers that should stay as they are can be frozen.")
            raise InputError(words.format(least=fmt.number(LEAST_FACTOR), most=fmt.number(LARGEST_FACTOR)))
        return str(factor)

    @Slot(str)
    def _set_asked(self, text: str) -> None:
        factor = float(text)
        self._change(self._paths, lambda plan, path: plan.with_rate(path, factor))

    @Slot()
    def _decay(self) -> None:
        session = self._context.session
        if session.layer_tree is not None:
            plan = with_layer_decay(session.layer_tree, session.choice.plan, LAYER_DECAY)
            session.choose_plan(plan, self.tr("layer-wise decay"))

    @Slot()
    def _equalise(self) -> None:
        session = self._context.session
        session.choose_plan(session.choice.plan.with_inherited_rate(""), self.tr("equal rates"))

    def _change(self, paths: list[str], change: Callable[[FreezePlan, str], FreezePlan]) -> None:
        session = self._context.session
        plan = session.choice.plan
        for path in paths:
            plan = change(plan, path)
        if session.is_writable:
            session.choose_plan(plan, self.tr("learning rate"))
