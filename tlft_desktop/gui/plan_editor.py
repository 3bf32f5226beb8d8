"""Plans as a whole: copied as text, pasted, kept under names; each change is one step to undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.freezing.plan_text import fitted, left_out_words, plan_from_text, plan_to_text
from tlft_desktop.core.values.named_plans import NamedPlan, checked_plan_name, plan_named, with_plan, without_plan
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.dialogs.choose_text_dialog import ChooseTextDialog
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.widgets.messages import Message, MessageKind

KEY = "plan"
_ON_NAMES = ("use_plan", "rename_plan", "delete_plan")
_CHANGING = ("paste_plan", "save_plan", *_ON_NAMES)


class PlanEditor(QObject):
    """Copies, pastes and names the plan of the open project.

    Args:
        context: Parts of the program.
        page: Shown while anything can be chosen; parent of dialogs.
    """

    def __init__(self, context: AppContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._renamed = ""

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what is called for each action."""
        return {
            "copy_plan": self._copy,
            "paste_plan": self._paste,
            "save_plan": self._ask_new_name,
            "use_plan": self._ask_used,
            "rename_plan": self._ask_renamed,
            "delete_plan": self._ask_deleted,
        }

    def blocked(self) -> dict[str, str]:
        """Return why actions cannot be chosen now."""
        session, actions = self._context.session, ("copy_plan", *_CHANGING)
        if not self._page.isVisible():
            return dict.fromkeys(actions, self.tr("Open the page Layers first."))
        if session.layer_tree is None:
            return dict.fromkeys(actions, self.tr("The layers are not read yet."))
        if not session.is_writable:
            return dict.fromkeys(_CHANGING, self.tr("The project is open for reading only."))
        if not session.named_plans:
            return dict.fromkeys(_ON_NAMES, self.tr("No plan is kept under a name yet."))
        return {}

    @Slot()
    def _copy(self) -> None:
        session = self._context.session
        QGuiApplication.clipboard().setText(plan_to_text(session.choice.plan, session.backbone))
        self._tell(self.tr("The plan is in the clipboard, as text that another project can take."))

    @Slot()
    def _paste(self) -> None:
        try:
            found = plan_from_text(QGuiApplication.clipboard().text())
        except InputError as error:
            self._warn(from_core(str(error)))
            return
        self._take(found.plan, self.tr("paste plan"), self.tr("The plan of the clipboard is used."))

    def _take(self, plan: FreezePlan, step: str, told: str) -> None:
        """Use what of a plan fits the network, and name what does not."""
        session = self._context.session
        tree = session.layer_tree
        if tree is not None and session.is_writable:
            result = fitted(tree, plan)
            session.choose_plan(result.plan, step)
            self._tell(" ".join((told, from_core(left_out_words(tree, result.missing)))).rstrip())

    @Slot()
    def _ask_new_name(self) -> None:
        question = self.tr("Under which name is the plan kept? One of the same name is replaced.")
        self._ask(self.tr("Keep the plan"), question, self.tr("&Keep"), self._keep, check=checked_plan_name)

    @Slot(str)
    def _keep(self, name: str) -> None:
        session = self._context.session
        new = NamedPlan(name, session.backbone, session.choice.plan)
        self._change(lambda plans: with_plan(plans, new), self.tr("keep plan {name}").format(name=name))

    @Slot()
    def _ask_used(self) -> None:
        self._ask(self.tr("Use a plan"), self.tr("Which plan is used?"), self.tr("&Use"), self._use)

    @Slot(str)
    def _use(self, name: str) -> None:
        named = plan_named(self._context.session.named_plans, name)
        told = self.tr("The plan {name} is used. Undo brings the former one back.").format(name=name)
        self._take(named.plan, self.tr("use plan {name}").format(name=name), told)

    @Slot()
    def _ask_renamed(self) -> None:
        self._ask(self.tr("Rename a plan"), self.tr("Which plan gets another name?"), self.tr("&Next"), self._ask_other)

    @Slot(str)
    def _ask_other(self, name: str) -> None:
        self._renamed = name
        question = self.tr("What is the plan {name} called from now on?").format(name=name)
        self._ask(self.tr("Rename a plan"), question, self.tr("&Rename"), self._rename, check=self._free_name)

    def _free_name(self, text: str) -> str:
        name = checked_plan_name(text)
        if any(item.name == name for item in self._context.session.named_plans if item.name != self._renamed):
            raise InputError(self.tr("There is a plan of this name already."))
        return name

    @Slot(str)
    def _rename(self, name: str) -> None:
        old = self._renamed

        def renamed(plans: Sequence[NamedPlan]) -> tuple[NamedPlan, ...]:
            return with_plan(without_plan(plans, old), replace(plan_named(plans, old), name=name))

        self._change(renamed, self.tr("rename plan {name}").format(name=old))

    @Slot()
    def _ask_deleted(self) -> None:
        self._ask(
            self.tr("Forget a plan"), self.tr("Which plan is not needed any more?"), self.tr("&Forget"), self._delete
        )

    @Slot(str)
    def _delete(self, name: str) -> None:
        self._change(lambda plans: without_plan(plans, name), self.tr("forget plan {name}").format(name=name))

    def _ask(
        self,
        title: str,
        question: str,
        accept_text: str,
        then: Callable[[str], None],
        *,
        check: Callable[[str], str] | None = None,
    ) -> None:
        """Ask for a name: without `check` for one that the project has."""
        dialog = ChooseTextDialog(
            title,
            question,
            choices=[item.name for item in self._context.session.named_plans],
            accept_text=accept_text,
            check=check or (lambda text: plan_named(self._context.session.named_plans, text).name),
            parent=self._page.window(),
        )
        dialog.answered.connect(then)
        dialog.open()

    def _change(self, change: Callable[[Sequence[NamedPlan]], tuple[NamedPlan, ...]], step: str) -> None:
        session = self._context.session
        try:
            session.set_named_plans(change(session.named_plans), step)
        except InputError as error:
            self._warn(from_core(str(error)))

    def _tell(self, text: str) -> None:
        self._context.messages.show_message(Message(MessageKind.INFO, text, key=KEY))

    def _warn(self, text: str) -> None:
        self._context.messages.show_message(Message(MessageKind.WARNING, text, key=KEY))
