#!/bin/sh
# Keeps the server running: whatever it dies of, it is started again on what it left behind.
ulimit -c 0
export DATA="${TMPDIR:-/tmp}/tool-server-$PORT"

stop() {
  trap '' TERM
  kill "$server" 2> /dev/null
  wait "$server"
  # For suites: what a round wrote is of no use to anybody else.
  if [ "$THROW_AWAY" = 1 ]; then rm -rf "$DATA"; fi
  exit 0
}
trap stop TERM

while :; do
  node --max-old-space-size=96 server.mjs &
  server=$!
  wait "$server"
  sleep 0.1
done
