#!/usr/bin/env bash
# From nothing to trained models: virtual environment, casts, features, both models, evaluation, cards.
# Arguments go to train.py (--help). PYTHON chooses the interpreter; it must have torch.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
venv="$here/.venv"
stamp="$venv/requirements.txt"
if ! cmp -s "$here/requirements.txt" "$stamp"; then
  "${PYTHON:-/usr/bin/python3}" -m venv --system-site-packages "$venv"
  "$venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
  cp "$here/requirements.txt" "$stamp"
fi
cd "$here/../.."
exec "$venv/bin/python" "$here/train.py" "$@"
