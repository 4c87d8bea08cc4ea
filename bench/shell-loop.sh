#!/usr/bin/env bash
# What a script would do: sign, send, move. No flush, no journal, no look at the answer but for HTTP's own status.
# Usage: shell-loop.sh FOLDER KEYS PORT SIGN...; FOLDER holds out/, done/; SIGN is the command that signs a file.
set -euo pipefail
folder=$1 keys=$2 port=$3
shift 3
before='<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>'
after='</soapenv:Body></soapenv:Envelope>'

for file in "$folder"/out/*.xml; do
  signed=$("$@" "$file")
  printf '%s%s%s' "$before" "${signed#*\?>}" "$after" |
    curl --silent --show-error --fail --output /dev/null --write-out '%{time_appconnect}\n' \
      --cert "$keys/client.pem" --key "$keys/client.key" --cacert "$keys/ca.pem" \
      --header 'Content-Type: text/xml; charset=utf-8' \
      --header 'SOAPAction: "urn:ca:std:cdc:tech:wsdl:cdc.ws.001.01/DomesticTransfer"' \
      --data-binary @- "https://localhost:$port/bnpp-cdc/cdc00101" >>"$folder/tls-seconds"
  mv "$file" "$folder/done/"
done
