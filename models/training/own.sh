#!/usr/bin/env bash
# A model from your own recordings: docs/training.md. Arguments go to own.py (--help).
set -euo pipefail
source "$(dirname "$0")/venv.sh"
exec "$python" "$here/own.py" "$@"
