#!/usr/bin/env bash
# The unsupervised model on the public water test bed: models/training/skab.sh DIR [--out DIR]. See skab.py.
set -euo pipefail
source "$(dirname "$0")/venv.sh"
exec "$python" "$here/skab.py" "$@"
