#!/bin/sh
# `sh disturb.sh WHAT`: does something to the server, or to its files, while it runs.
set -e
data="${TMPDIR:-/tmp}/tool-server-$PORT"
server=$(cat "$data/pid")

case "$1" in
  # One byte in each of forty records becomes another.
  corrupt) for slot in $(seq 0 50 1999); do
    printf '\377' | dd of="$data/table" bs=1 seek=$((slot * 1024 + 40)) conv=notrunc status=none
  done ;;
  # No file of the server may become longer: the kernel refuses it, as it does where a disk is full.
  full) prlimit --pid "$server" --fsize=1: ;;
  room) prlimit --pid "$server" --fsize=unlimited: ;;
  # It takes all the memory that it can have, and dies of it.
  hoard) kill -USR2 "$server" ;;
esac
