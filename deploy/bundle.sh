#!/usr/bin/env bash
# Builds what is carried to a machine without internet: one archive per architecture, holding the
# sources of HEAD, a wheel of everything the hashed lock names, and the install script.
#
#   deploy/bundle.sh [--out DIR] [--arch "x86_64 aarch64"] [--python "3.11 3.12 3.13 3.14"]
#                    [--repository DIR]
#
# Needs git, GNU tar and a pip that reaches a package index (PIP names another one). The same HEAD
# and the same index give the same bytes. Wheels are built by nobody here: a package of the lock
# without a wheel for the architecture ends this with its name.
set -euo pipefail

repository="$(cd "$(dirname "$0")/.." && pwd)"
out=dist
architectures="x86_64 aarch64"
pythons="3.11 3.12 3.13 3.14"
while (($#)); do
  case "$1" in
    --out) out="$2" ;;
    --arch) architectures="$2" ;;
    --python) pythons="$2" ;;
    --repository) repository="$(cd "$2" && pwd)" ;;
    *) sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
  shift 2
done

read -r -a pip <<<"${PIP:-python3 -m pip}"
commit="$(git -C "$repository" rev-parse HEAD)"
moment="$(git -C "$repository" log -1 --format=%ct HEAD)"
number="$(git -C "$repository" show HEAD:pyproject.toml | sed -n 's/^version = "\(.*\)"/\1/p')"
version="$number-${commit:0:10}"
if [ -n "$(git -C "$repository" status --porcelain)" ]; then
  echo "note: the bundle holds HEAD ($version); what is not committed stays behind" >&2
fi
mkdir -p "$out"
out="$(cd "$out" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# pip judges the lock's markers by the Python it runs on, the bundle is for others: take them all.
git -C "$repository" show HEAD:requirements.txt | sed -E 's/ ; [^\\]*\\$/ \\/' >"$work/lock.txt"

wheels() {  # ARCHITECTURE FOLDER: every wheel of the lock, for every Python
  local python
  for python in $pythons; do
    "${pip[@]}" download --quiet --disable-pip-version-check --no-deps --require-hashes \
      --only-binary=:all: --implementation cp --python-version "$python" \
      --abi "cp${python/./}" --abi abi3 --abi none \
      --platform "manylinux2014_$1" --platform "manylinux_2_17_$1" \
      --platform "manylinux_2_28_$1" --dest "$2" --requirement "$work/lock.txt"
  done
}

for architecture in $architectures; do
  name="portal-$version-$architecture"
  tree="$work/$name"
  mkdir -p "$tree/source" "$tree/wheelhouse"
  # Tests and benchmarks are for whoever changes the portal, not for whoever runs it.
  git -C "$repository" archive HEAD -- . ':!tests' ':!benchmarks' ':!.ci' \
    | tar --extract --directory "$tree/source"
  wheels "$architecture" "$tree/wheelhouse"
  printf '%s\n' "version=$version" "commit=$commit" "architecture=$architecture" \
    "pythons=$pythons" >"$tree/VERSION"
  for script in install rollback; do
    printf '%s\n' '#!/bin/sh' "exec bash \"\${0%/*}/source/deploy/$script.sh\" \"\$@\"" \
      >"$tree/$script.sh"
    chmod 755 "$tree/$script.sh"
  done
  (cd "$tree" && find . -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 sha256sum) \
    >"$work/sums"
  mv "$work/sums" "$tree/SHA256SUMS"
  tar --create --directory "$work" --sort=name --mtime="@$moment" --owner=0 --group=0 \
    --numeric-owner --mode=u=rwX,go=rX "$name" | gzip -n >"$out/$name.tar.gz"
  (cd "$out" && sha256sum "$name.tar.gz" | tee "$name.tar.gz.sha256")
done
