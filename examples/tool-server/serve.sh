#!/bin/sh
# Keeps the server running: whatever it dies of, it is started again on what it left behind.
ulimit -c 0
export DATA="${TMPDIR:-/tmp}/tool-server-$PORT"
mkdir -p "$DATA"

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
  rm -f "$DATA/ready"
  node --max-old-space-size=64 server.mjs &
  server=$!
  echo "$server" > "$DATA/pid"
  # One that hangs before it serves would never end by itself.
  { sleep 10; [ -e "$DATA/ready" ] || kill -9 "$server"; } 2> /dev/null &
  wait "$server"
  sleep 0.1
done
