@rem Starts the program on the command line, wherever its folder lies.
@"%~dp0python\python.exe" "%~dp0python\start.py" %*
