"""Starts the program of an installation for Windows: `python.exe start.py`, or `pythonw.exe start.py gui`."""

import os
import sys

# Before anything else: what the variables say is for another Python or another Qt. python3xx._pth keeps the interpreter
# from reading them, but for PYTHONINSPECT, and processes that are started from here shall not meet them either.
_QT = ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QML2_IMPORT_PATH")
for _name in [name for name in os.environ if name.startswith("PYTHON") or name in _QT]:
    del os.environ[_name]
# The folder may belong to the user: what was written there would stay behind after a removal.
sys.dont_write_bytecode = True

if __name__ == "__main__":  # processes of multiprocessing load this file, too
    from tlft_desktop.__main__ import main

    sys.exit(main())
