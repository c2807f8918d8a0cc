# Sourced: makes the virtual environment of requirements.txt if it isn't there, and sets $python and $root.
# PYTHON chooses the interpreter that it is made from.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
venv="$here/.venv"
stamp="$venv/requirements.txt"
if ! cmp -s "$here/requirements.txt" "$stamp"; then
  "${PYTHON:-/usr/bin/python3}" -m venv --system-site-packages "$venv"
  "$venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
  cp "$here/requirements.txt" "$stamp"
fi
python="$venv/bin/python"
