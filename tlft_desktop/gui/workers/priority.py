"""Lower the priority of the training thread: the program shares its computer with others."""

from __future__ import annotations

import os
import sys
import threading

from PySide6.QtCore import QThread

NICENESS = 10


def lower_this_thread() -> None:
    """Make the calling thread, and the OpenMP threads that it starts later, yield to the window and to other programs.

    On Linux Qt's priorities do nothing under the usual scheduler, but niceness belongs to the thread and is inherited
    by the threads it creates: all cores stay in use, and the window keeps answering.
    """
    if sys.platform == "linux":
        try:
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
        except OSError:  # a process that is nicer already may not go back
            return
    else:
        QThread.currentThread().setPriority(QThread.Priority.LowPriority)
