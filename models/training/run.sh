#!/usr/bin/env bash
# From nothing to trained models: virtual environment, casts, features, both models, evaluation, cards.
# Arguments go to train.py (--help). PYTHON chooses the interpreter; it must have torch.
set -euo pipefail
source "$(dirname "$0")/venv.sh"
cd "$root"
exec "$python" "$here/train.py" "$@"
