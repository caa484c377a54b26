#!/bin/sh
# Makes sure that a Chromium is there for the browser tests; installs Debian's where it may, else says what to install.
set -eu
if [ -n "${CHROMIUM:-}" ] && [ -x "${CHROMIUM}" ]; then exit 0; fi
if command -v chromium >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Chromium is missing: installing Debian's chromium and a Chinese font with apt-get ..." >&2
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null
    exit 0
fi
echo "The browser tests need Chromium. Install it (Debian: sudo apt-get install chromium fonts-noto-cjk)," >&2
echo "or set CHROMIUM to the path of a Chromium or Chrome, and run make test again." >&2
exit 1
