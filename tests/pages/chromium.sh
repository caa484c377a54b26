#!/bin/sh
# Makes sure that there is a Chromium for the browser tests: $CHROMIUM, else Debian's, installed when it may be.
set -eu
program="${CHROMIUM:-/usr/bin/chromium}"
if [ -x "$program" ]; then exit 0; fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk && exit 0
fi
echo "The browser tests need Chromium and a Chinese font. Install them, for example with" >&2
echo "    sudo apt-get install chromium fonts-noto-cjk" >&2
echo "or set CHROMIUM to the program of a Chromium that is there." >&2
exit 1
