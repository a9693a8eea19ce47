#!/usr/bin/env bash
# Shows a control plane at work, in about half a minute.
#
#   ./demo.sh                     on three simulated hypervisors with thirty guests: needs the .NET SDK 10 and nothing else
#   ./demo.sh --connect URI...    the same view of hypervisors of yours, until Ctrl+C
#   ./demo.sh --real              a private libvirtd with a real QEMU guest; installs the Debian packages that this machine lacks
#
# On a terminal it is drawn, elsewhere it is a line for each happening. What else is given goes to samples/ControlPlane.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

case ${1-} in
    --real) shift; exec eng/demo-real.sh "$@" ;;
    -h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0"; exit ;;
esac

command -v dotnet >/dev/null || { echo "demo.sh: the .NET SDK 10 is not installed: no dotnet on the PATH" >&2; exit 1; }
echo "Building samples/ControlPlane"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet build samples/ControlPlane -c Release -v quiet -nologo </dev/null >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
samples/ControlPlane/bin/Release/net10.0/ControlPlane "$@"
