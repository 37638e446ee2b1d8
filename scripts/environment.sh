# Sourced by the other scripts: make the virtual environment $1 from the pinned, hashed requirements $2.
# Debian and others refuse `pip install` into the system's Python, so everything lives in the environment.
set -eu
make_environment() {
    folder=$1
    requirements=$2
    python=${PYTHON:-python3}
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
        echo "crm needs Python 3.11 or newer; set PYTHON to one (found: $("$python" --version 2>&1))." >&2
        exit 1
    }
    if [ ! -x "$folder/bin/pip" ]; then
        rm -rf "$folder"
        if ! "$python" -m venv "$folder" >/dev/null 2>&1; then
            # Debian ships venv as a package of its own.
            version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
            if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
                apt-get update -qq && apt-get install -y -qq "python$version-venv" >/dev/null
            else
                echo "Python's venv module is missing. On Debian or Ubuntu: sudo apt-get install python$version-venv" >&2
                exit 1
            fi
            rm -rf "$folder"
            "$python" -m venv "$folder"
        fi
    fi
    # The console script of an old pip starts half again as slowly.
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25'
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$requirements"
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps .
}
