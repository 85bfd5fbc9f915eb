#!/bin/sh
# Makes .venv with everything pinned by constraints.txt. uv is used where it is installed and can see the CPU build of
# torch (it looks in the folder that pip's own find-links setting names); otherwise pip does the same, more slowly.
set -eu
PYTHON=${PYTHON:-python3}
TORCH=torch==2.13.0

step() { printf '==> %s\n' "$1"; }

step "1/3 environment (.venv)"
[ -x .venv/bin/python ] || "$PYTHON" -m venv .venv

UV=$(command -v uv || true)
if [ -n "$UV" ]; then
    [ -n "${UV_FIND_LINKS:-}" ] || { [ -n "${PIP_FIND_LINKS:-}" ] && export UV_FIND_LINKS="$PIP_FIND_LINKS"; } || true
    # A plan with CUDA packages in it means that uv does not see the CPU build.
    if "$UV" pip install --python .venv/bin/python --dry-run "$TORCH" 2>&1 | grep -q nvidia; then UV=""; fi
fi

if [ -n "$UV" ]; then
    install() { "$UV" pip install --quiet --compile-bytecode --python .venv/bin/python "$@"; }
else
    .venv/bin/python -m pip install --quiet --upgrade pip 2>/dev/null
    install() { .venv/bin/python -m pip install --quiet "$@"; }
fi

step "2/3 torch (CPU build)"
install -c constraints.txt "$TORCH"
step "3/3 Annae and its packages"
install -c constraints.txt -e '.[dev]'
touch .venv/.installed
