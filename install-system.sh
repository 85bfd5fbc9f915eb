#!/bin/sh
# Debian packages that some tests and features use: character recognition for scans, a browser for the pages' tests.
# Without them the features say what to install, and the tests that need them are skipped with that reason.
set -u
if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" != 0 ]; then
    echo "==> no apt-get or no root: install tesseract-ocr tesseract-ocr-kor chromium yourself"
    exit 0
fi
missing=""
command -v tesseract >/dev/null 2>&1 || missing="tesseract-ocr tesseract-ocr-kor tesseract-ocr-eng"
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
[ -z "$missing" ] && exit 0
echo "==> system packages: $missing"
# shellcheck disable=SC2086
{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >/dev/null 2>&1 \
    || echo "==> could not install them; tests that need them will be skipped"
