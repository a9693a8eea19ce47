#!/usr/bin/env bash
# Builds the virtactl that starts quickest: one file that holds all it needs, the .NET runtime too, compiled ahead of time.
#
#   eng/publish-virtactl.sh [DIRECTORY]      where to put it; artifacts/virtactl by default
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
case $(uname -m) in
    x86_64) runtime=linux-x64 ;;
    aarch64) runtime=linux-arm64 ;;
    *) echo "$(basename "$0"): .NET is not there for $(uname -m)" >&2; exit 1 ;;
esac
directory=${1:-$root/artifacts/virtactl}
dotnet publish "$root/src/Libvirt.Cli" -r "$runtime" -c Release -p:Standalone=true -p:DebugType=none -o "$directory" -v quiet -nologo -clp:NoSummary
echo "$directory/virtactl"
