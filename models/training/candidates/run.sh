#!/usr/bin/env bash
# Compares candidates for the models: arguments go to compare.py (--help).
set -euo pipefail
source "$(dirname "$0")/../venv.sh"
exec "$python" "$here/candidates/compare.py" "$@"
