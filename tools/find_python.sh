#!/bin/sh
# Print a Python that can make the course's environment, or say what to install.
# Usage: find_python.sh [the Python to try first]

needed="this course needs Python 3.11, 3.12 or 3.13, which you get with
'sudo apt install python3.13 python3.13-venv' (Debian, Ubuntu),
'brew install python@3.13' (macOS) or
'conda create -n course python=3.13 && conda activate course' (conda)."
found="No Python was found"
lacks_venv=""

for python in "$1" python3 python3.13 python3.12 python3.11 python; do
    # pyenv leaves commands that fail when they are run, so each must answer
    version=$("$python" -c \
        'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    case $version in
        3.11 | 3.12 | 3.13)
            # the real path, for python3 may be the very .venv that is made afresh
            "$python" -c 'import ensurepip, os, sys, venv
print(os.path.realpath(sys.executable))' 2>/dev/null && exit
            lacks_venv=${lacks_venv:-$version} ;;
        *) found="Python $version was found, but it will not do" ;;
    esac
done

if [ -n "$lacks_venv" ]; then
    echo "Python $lacks_venv was found, but it cannot make an environment:" \
        "install what it lacks with 'sudo apt install python$lacks_venv-venv'" \
        "(Debian, Ubuntu) and try again." >&2
else
    echo "$found:" $needed >&2
fi
exit 1
