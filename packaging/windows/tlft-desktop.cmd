@rem Opens the window and does not wait for it.
@start "" "%~dp0python\pythonw.exe" "%~dp0python\start.py" gui %*
