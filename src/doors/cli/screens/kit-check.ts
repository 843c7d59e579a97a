/**
 * The script that comes with an auditor kit. It is short because whoever runs it should read it first, and it needs
 * nothing but coreutils, gpg and Python 3.
 */
export const kitCheck = `#!/bin/sh
# Checks this folder on a machine without Mimamori: sh check.sh [FILE WITH THE LOG'S KEY [OLDER CHECKPOINT...]]
# Give the key that you were told by another way; without it the one in log/log.vkey is believed.
set -u
LC_ALL=C
export LC_ALL
stop() {
  printf '%s\\n' "$1" >&2
  exit 2
}
for tool in sha256sum gpg python3 grep find sort comm cmp; do
  command -v "$tool" > /dev/null || stop "$tool is needed and is not there"
done
# What was given is where the caller stands; everything else is beside this script.
from=$PWD
for given; do
  shift
  case $given in /*) ;; *) given=$from/$given ;; esac
  [ -r "$given" ] || stop "$given cannot be read"
  set -- "$@" "$given"
done
cd "$(dirname "$0")" || exit 2
fail() {
  printf 'does not hold: %s\\n' "$1"
  exit 1
}
digest() { sha256sum "$1" | cut -c 1-64; }
named_in_log() { grep -rqaF "$1" log/tile/entries; }
home=$(mktemp -d) || exit 2
trap 'rm -rf "$home"' EXIT

# 1. Every file is what the list says, and none is missing or too many.
sha256sum --check --strict --quiet SHA256SUMS || fail 'a file is not what SHA256SUMS says (above)'
find . -type f ! -path './log/*' ! -path ./SHA256SUMS | cut -c 3- | sort > "$home/here"
cut -c 67- SHA256SUMS | sort > "$home/listed"
cmp -s "$home/here" "$home/listed" || {
  comm -3 "$home/here" "$home/listed"
  fail 'files that SHA256SUMS does not list (above)'
}

# 2. The log holds, and is the one of the key and of every older checkpoint that were given.
key=\${1:-log/log.vkey}
[ $# -eq 0 ] || shift
for older; do
  set -- "$@" --against "$older"
  shift
done
python3 verify_log.py verify log --vkey "$key" "$@" || fail 'the log (above)'

# 3. The log names this very list of files.
named_in_log "\\"manifest\\":\\"$(digest SHA256SUMS)\\"" || fail 'the log does not name this SHA256SUMS'

# 4. Every signed document is named in the log, and is signed by the certificate that is listed for it.
gpg --homedir "$home" --batch --quiet --import people/officers/*.asc || fail 'the certificates of the officers'
while read -r fingerprint document; do
  named_in_log "$(digest "$document")" || fail "$document: not in the log"
  gpg --homedir "$home" --batch --status-fd 1 --verify "$document.sig" "$document" 2>/dev/null > "$home/status" ||
    fail "$document: the signature"
  grep -q "^\\[GNUPG:\\] VALIDSIG .* $fingerprint\\$" "$home/status" || fail "$document: signed by somebody else"
done < signatures.txt
echo 'all holds'
`;
