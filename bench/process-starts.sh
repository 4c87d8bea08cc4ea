#!/usr/bin/env bash
# Starts the programs of the shell loop as often as it does, and lets them do nothing. Usage: process-starts.sh TIMES.
for ((i = 0; i < $1; i++)); do
  xmlsec1 --version >/dev/null
  curl --version >/dev/null
  mv --version >/dev/null
done
