#!/bin/sh
# Starts the program wherever its folder lies; /usr/bin/tlft and /usr/bin/tlft-desktop are links to this file.
here=$(dirname "$(readlink -f "$0")")
# Nothing of another Python, Qt or module system may reach into this one.
for name in $(env | sed -n 's/^\(PYTHON[A-Z0-9_]*\)=.*/\1/p'); do unset "$name"; done
unset LD_LIBRARY_PATH QT_PLUGIN_PATH QT_QPA_PLATFORM_PLUGIN_PATH QML2_IMPORT_PATH
export PYTHONNOUSERSITE=1 PYTHONDONTWRITEBYTECODE=1 PYTHONSAFEPATH=1
case ${0##*/} in
    tlft-desktop) set -- gui "$@" ;;
esac
exec "$here/python/bin/python3" -m tlft_desktop "$@"
