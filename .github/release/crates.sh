#!/usr/bin/env bash
# Publishes the crates that crates.io lacks at this version, all at once: cargo sees to their order.
# crates.sh VERSION [--dry-run]
set -euo pipefail

version=$1
shift
missing=()
for crate in twenty-webhook twenty-webhook-schema twenty-webhook-axum twenty-webhook-cli; do
  if cargo info --quiet --registry crates-io "$crate@$version" >/dev/null 2>&1; then
    echo "crates.io has $crate $version"
  else
    missing+=(--package "$crate")
  fi
done
if [ ${#missing[@]} -gt 0 ]; then
  cargo publish --locked "${missing[@]}" "$@"
fi
