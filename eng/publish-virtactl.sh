#!/usr/bin/env bash
# Builds the virtactl that starts quickest: one file that holds all it needs, the .NET runtime too, compiled ahead of time.
#
#   eng/publish-virtactl.sh [DIRECTORY]      where to put it; artifacts/virtactl by default
#
# It is built twice. The first one runs a few commands against its own simulator; what the runtime had to compile while they ran is the profile by which
# the second is compiled, so that next to nothing is left to the start.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
case $(uname -m) in
    x86_64) runtime=linux-x64 ;;
    aarch64) runtime=linux-arm64 ;;
    *) echo "$(basename "$0"): .NET is not there for $(uname -m)" >&2; exit 1 ;;
esac
directory=${1:-$root/artifacts/virtactl}
built=$root/src/Libvirt.Cli/obj/Release/standalone/net10.0/$runtime
work=$(mktemp -d)
simulator=
trap '[ -z "$simulator" ] || kill "$simulator" 2>/dev/null || true; rm -rf "$work"' EXIT

publish() {
    echo "Compiling virtactl, $1" >&2
    shift
    dotnet publish "$root/src/Libvirt.Cli" -r "$runtime" -c Release -p:Standalone=true -p:DebugType=none -o "$directory" "$@" -v quiet -nologo -clp:NoSummary
}

# What an earlier profile made is no base for a new one.
rm -rf "$built/R2R"
publish "once to see what its start takes"

"$directory/virtactl" simulate --listen "unix://$work/socket" >"$work/uri" &
simulator=$!
until [ -s "$work/uri" ]; do
    kill -0 "$simulator" || { echo "$(basename "$0"): the simulator did not start" >&2; exit 1; }
    sleep 0.1
done
uri=$(head -n 1 "$work/uri")
for run in 1 2 3; do
    for words in list "-o json list --all" "domstate web" "dominfo web" "dumpxml web" nodeinfo version; do
        # shellcheck disable=SC2086  # Each is several words.
        DOTNET_JitStdOutFile="$work/${words// /-}.$run.record" DOTNET_JitDisasmSummary=1 "$directory/virtactl" -c "$uri" $words >/dev/null
    done
done
dotnet build "$root/eng/StartupProfile" -c Release -v quiet -nologo -clp:NoSummary >&2
dotnet "$root/eng/StartupProfile/bin/Release/net10.0/StartupProfile.dll" "$work/startup.mibc" "$built/linked" "$work"/*.record >&2
publish "a second time by that profile" -p:StartupProfile="$work/startup.mibc"
echo "$directory/virtactl"
