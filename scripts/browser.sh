#!/bin/sh
# Finds a Chromium for the journey tests, or installs one with apt when root. Never fails: without a
# browser those tests say why they were skipped.
for name in "${WHOLESTORY_BROWSER:-chromium}" chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "  No Chromium found, and none can be installed here: the journey tests will be skipped."
    exit 0
fi
echo "  Installing Chromium for the journey tests"
log="$(mktemp)"
if apt-get update -qq >"$log" 2>&1 &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >"$log" 2>&1; then
    rm -f "$log"
else
    echo "  Chromium could not be installed: the journey tests will be skipped. The last lines were:"
    tail -n 3 "$log"
    rm -f "$log"
fi
exit 0
