"""Linux: the login manager holds off sleep while a file descriptor is open; else the desktop's screen saver does."""

from __future__ import annotations

import os

from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor

from tlft_desktop.gui.power.keepers import WHO, Hold

TIMEOUT_MS = 2_000
_LOGIN = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
_SAVER = ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver")
LOGIN, SAVER = "login1", "screensaver"


class LinuxKeeper:
    """Asks over D-Bus; every call may wait for the other side, so no call belongs into the window's thread."""

    may_wait = True

    def acquire(self, why: str) -> Hold | None:
        """Keep the computer awake; None where neither service answers."""
        return self._ask_login(why) or self._ask_saver(why)

    def drop(self, hold: Hold) -> None:
        """Let it sleep again."""
        if hold.way == LOGIN:
            os.close(hold.number)
        else:
            call = QDBusMessage.createMethodCall(*_SAVER, "UnInhibit")
            call.setArguments([hold.number])
            self._bus(QDBusConnection.BusType.SessionBus).call(call, QDBus.CallMode.Block, TIMEOUT_MS)

    def _ask_login(self, why: str) -> Hold | None:
        call = QDBusMessage.createMethodCall(*_LOGIN, "Inhibit")
        call.setArguments(["sleep:idle", WHO, why, "block"])
        reply = self._bus(QDBusConnection.BusType.SystemBus).call(call, QDBus.CallMode.Block, TIMEOUT_MS)
        found = reply.arguments()
        if reply.type() is not QDBusMessage.MessageType.ReplyMessage or not found:
            return None
        if not isinstance(found[0], QDBusUnixFileDescriptor) or not found[0].isValid():
            return None
        # Qt closes its own copy together with the reply.
        return Hold(LOGIN, os.dup(found[0].fileDescriptor()))

    def _ask_saver(self, why: str) -> Hold | None:
        call = QDBusMessage.createMethodCall(*_SAVER, "Inhibit")
        call.setArguments([WHO, why])
        reply = self._bus(QDBusConnection.BusType.SessionBus).call(call, QDBus.CallMode.Block, TIMEOUT_MS)
        found = reply.arguments()
        if reply.type() is not QDBusMessage.MessageType.ReplyMessage or not found or not isinstance(found[0], int):
            return None
        return Hold(SAVER, found[0])

    @staticmethod
    def _bus(kind: QDBusConnection.BusType) -> QDBusConnection:
        # By a name of our own: the shared connections belong to the window's thread. It stays open until the process
        # ends, since the screen saver forgets a hold together with the connection that asked for it.
        return QDBusConnection.connectToBus(kind, f"tlft-{kind.name}")
