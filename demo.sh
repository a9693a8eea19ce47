#!/usr/bin/env bash
# The main job, for real: starts a private libvirtd without privileges, and has virtactl take a QEMU guest through its life.
# Leaves nothing behind. Needs the .NET SDK 10; installs the Debian packages that are missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

fail() {
    echo "demo.sh: $*" >&2
    exit 1
}

command -v dotnet >/dev/null || fail "the .NET SDK 10 is not installed: no dotnet on the PATH"
eng/install-debian-packages.sh
echo "Building virtactl"
dotnet build src/Libvirt.Cli -c Release -v quiet -nologo -clp:NoSummary
virtactl=$PWD/src/Libvirt.Cli/bin/Release/net10.0/virtactl

directory=$(mktemp -d /tmp/lvdemo.XXXXXX)

# Ends every process that names the directory on its command line: the daemon and its guests. grep reads it from its input,
# so as not to name it itself.
clean_up() {
    trap - EXIT
    local found round
    for round in 1 2 3 4 5; do
        found=$(echo "$directory" | grep -lsaF -f - /proc/[0-9]*/cmdline | cut -d/ -f3) || break
        kill -9 $found 2>/dev/null || true
    done
    rm -rf "$directory"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

mkdir "$directory"/{home,run,config,cache,data}
eng/guest/build.sh "$directory/guest"
cat >"$directory/libvirtd.conf" <<CONFIGURATION
listen_tls = 0
auth_unix_rw = "none"
CONFIGURATION

drop=()
if [ "$(id -u)" -eq 0 ]; then
    # Debian's nobody: a daemon that has no rights beyond its own directory.
    drop=(--reuid=65534 --regid=65534 --clear-groups)
    chown -R 65534:65534 "$directory"
fi
chmod 0755 "$directory"
setpriv ${drop[@]+"${drop[@]}"} --pdeathsig=KILL env -i PATH="$PATH:/usr/sbin:/sbin" LC_ALL=C HOME="$directory/home" \
    XDG_RUNTIME_DIR="$directory/run" XDG_CONFIG_HOME="$directory/config" XDG_CACHE_HOME="$directory/cache" \
    libvirtd --config "$directory/libvirtd.conf" --pid-file "$directory/libvirtd.pid" >"$directory/libvirtd.log" 2>&1 </dev/null &
daemon=$!
disown "$daemon" # or bash would tell of its end

# await SECONDS DESCRIPTION COMMAND...: until the command succeeds.
await() {
    local limit=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" 2>/dev/null; do
        kill -0 $daemon 2>/dev/null || { cat "$directory/libvirtd.log" >&2; fail "libvirtd ended"; }
        [ $SECONDS -lt $limit ] || { cat "$directory/libvirtd.log" >&2; fail "waited in vain until $what"; }
        sleep 0.1
    done
}

socket=$directory/run/libvirt/libvirt-sock
uri="qemu+unix:///session?socket=$socket"
await 60 "libvirtd listens" test -S "$socket"

cat >"$directory/guest.xml" <<DOMAIN
<domain type='qemu'>
  <name>demo</name>
  <memory unit='MiB'>160</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='pc'>hvm</type>
    <kernel>$directory/guest/vmlinuz</kernel>
    <initrd>$directory/guest/initrd</initrd>
    <cmdline>console=ttyS0 quiet loglevel=3 panic=-1</cmdline>
  </os>
  <features><acpi/></features>
  <devices>
    <serial type='file'><source path='$directory/data/serial'/></serial>
  </devices>
</domain>
DOMAIN

say() {
    if [ -t 1 ]; then printf '\n\033[1m%s\033[0m\n' "$*"; else printf '\n== %s\n' "$*"; fi
}

run() {
    printf '$ virtactl %s\n' "$*"
    "$virtactl" -c "$uri" "$@"
}

state_is() {
    [ "$("$virtactl" -c "$uri" domstate demo)" = "$1" ]
}

say "A libvirtd of our own, on $socket"
run version
run nodeinfo

say "A guest, from its definition to its boot"
run define "$directory/guest.xml"
run list --all
run start demo
run dominfo demo
await 120 "the guest has booted" grep -q "guest is ready" "$directory/data/serial"
echo "The guest's serial line says: $(grep -m 1 -o "guest is ready" "$directory/data/serial")"

say "Paused and on again; every list is JSON where asked for"
run suspend demo
run --output json list --all
run resume demo
run domstate demo

say "Powered off by its own system, and gone"
run shutdown demo
await 120 "the guest is off" state_is "shut off"
run list --all
run undefine demo
run list --all
say "Done: $uri served it all, and nothing is left of it."
