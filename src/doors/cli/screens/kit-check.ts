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
for tool in sha256sum gpg python3 awk grep sed find sort comm cmp; do
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
digest() { sha256sum -- "$1" | cut -c 1-64; }
home=$(mktemp -d) || exit 2
trap 'rm -rf "$home"' EXIT

# A link, or what is no file at all, could be read here and not there.
find . ! -type f ! -type d > "$home/odd" || fail 'a folder cannot be read'
[ ! -s "$home/odd" ] || {
  cat "$home/odd"
  fail 'neither files nor folders (above)'
}

# 1. Every file is what the list says, and none is missing or too many.
sha256sum --check --strict --quiet SHA256SUMS || fail 'a file is not what SHA256SUMS says (above)'
find . -type f ! -path './log/*' ! -path ./SHA256SUMS | cut -c 3- | sort > "$home/here"
cut -c 67- SHA256SUMS | sort > "$home/listed"
cmp -s "$home/here" "$home/listed" || {
  comm -3 "$home/here" "$home/listed"
  fail 'files that SHA256SUMS does not list (above)'
}

# 2. The log holds, and is the one of the key and of every older checkpoint that were given. Its entries, those that
#    were checked and no other bytes, name this very list of files and every signed document. Each entry about the
#    incident is proven to stand in the log.
[ -f log/log.vkey ] || fail 'log/log.vkey: missing'
key=\${1:-log/log.vkey}
[ $# -eq 0 ] || shift
for older; do
  set -- "$@" --against "$older"
  shift
done
set -- "$@" --holds "\\"manifest\\":\\"$(digest SHA256SUMS)\\""
while read -r fingerprint document; do
  grep -qxF -e "$document" "$home/listed" || fail "$document: not in this folder"
  case $fingerprint in '' | *[!0-9A-F]*) fail "$document: listed without a fingerprint" ;; esac
  printf '%s.sig\\n' "$document" >> "$home/signatures"
  sum=$(digest "$document")
  printf '%s %s %s\\n' "$sum" "$fingerprint" "$document" >> "$home/signed"
  set -- "$@" --holds "\\"$sum\\""
done < signatures.txt
python3 -I verify_log.py verify log --vkey "$key" --proofs proofs "$@" > "$home/said"
holds=$?
cat "$home/said"
[ "$holds" = 0 ] || fail 'the log, or what it has to name (above): SHA256SUMS tells whose digest it is'

# 3. Where the log was recovered, its entry names a statement about the key it goes on with, signed here by exactly the two
#    of whom it tells.
who='[^ ]* (\\([0-9A-F]*\\))'
told="recovered in entry \\([0-9]*\\): .* asked for by $who, approved by $who, statement \\([0-9a-f]*\\), key \\([^ ]*\\)"
sed -n "s/^$told$/\\1 \\2 \\3 \\4 \\5/p" "$home/said" > "$home/recovered"
[ "$(grep -c '^recovered in entry ' "$home/said")" = "$(grep -c . "$home/recovered")" ] ||
  fail 'what is said of a recovery (above) is not understood here'
[ -z "$(cut -d ' ' -f 4 "$home/recovered" | sort | uniq -d)" ] || fail 'two recoveries name one statement'
while read -r entry requester officer statement vkey; do
  [ "$requester" != "$officer" ] || fail "entry $entry: one officer let the log go on"
  grep "^$statement " "$home/signed" > "$home/both"
  cut -d ' ' -f 2 "$home/both" | sort > "$home/by"
  printf '%s\\n' "$requester" "$officer" | sort | cmp -s - "$home/by" ||
    fail "entry $entry: the two officers of whom it tells have to have signed its statement"
  read -r _ _ document < "$home/both"
  grep -q '"type":"mimamori/log-recovery/v1"' "$document" || fail "entry $entry: $document is about something else"
  [ "$(sed 's/.*"vkey":"\\([^"]*\\)".*/\\1/' "$document")" = "$vkey" ] ||
    fail "entry $entry: $document is about another key"
done < "$home/recovered"

# 4. No signature is left out, and each was made by the certificate that is listed for it.
grep '\\.sig$' "$home/here" > "$home/sigs"
sort "$home/signatures" 2>/dev/null | cmp -s - "$home/sigs" || fail 'signatures.txt does not list every signature'
[ ! -s signatures.txt ] || gpg --homedir "$home" --batch --quiet --import people/signers/* ||
  fail 'the certificates of the signers'
# A key that was revoked as superseded (01) or no longer used (03) signed well before that. Any other revocation may
# mean that somebody else had the key, and then the time in a signature is worth nothing.
revoked_later() {
  gpg --homedir "$home" --batch --with-colons --list-sigs "$1" 2>/dev/null |
    awk -F: -v made="$2" '$1 == "rev" && $11 ~ /^2[08]/ { n++; if ($11 !~ /,0[13]$/ || $6 + 0 <= made + 0) bad = 1 }
      END { exit bad || !n }'
}
while read -r fingerprint document; do
  gpg --homedir "$home" --batch --status-fd 1 --verify "$document.sig" "$document" 2>/dev/null > "$home/status" ||
    fail "$document: the signature"
  [ "$(grep -c '^\\[GNUPG:\\] NEWSIG' "$home/status")" = 1 ] || fail "$document: more than one signature"
  grep -q "^\\[GNUPG:\\] VALIDSIG .* $fingerprint\\$" "$home/status" || fail "$document: signed by somebody else"
  made=$(awk '$2 == "VALIDSIG" { print $5 }' "$home/status")
  case $(awk '$2 ~ /^(GOOD|EXP|EXPKEY|REVKEY)SIG$/ { print $2 }' "$home/status") in
    GOODSIG) ;;
    EXPKEYSIG)
      awk -v made="$made" '$2 == "KEYEXPIRED" && $3 + 0 <= made + 0 { bad = 1 } END { exit bad }' "$home/status" ||
        fail "$document: signed after the certificate had expired"
      printf '%s: the certificate has expired since it was signed\\n' "$document"
      ;;
    REVKEYSIG)
      revoked_later "$fingerprint" "$made" || fail "$document: the certificate that signed it was revoked"
      printf '%s: the certificate was replaced or retired after it was signed\\n' "$document"
      ;;
    *) fail "$document: the signature has expired" ;;
  esac
done < signatures.txt

# 5. What was said with a command is what its officer signed for, as far as it is kept.
grep -E '^commands/[0-9a-f]+[.]json$' "$home/here" > "$home/commands"
while read -r document; do
  said=\${document%.json}.said.json
  if grep -qxF -e "$said" "$home/here"; then
    grep -qF "\\"said\\":\\"$(digest "$said")\\"" "$document" || fail "$said: not what was signed for"
  else
    printf '%s: what was said with it was purged\\n' "$document"
  fi
done < "$home/commands"
echo 'all holds'
`;
