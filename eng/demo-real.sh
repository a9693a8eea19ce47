#!/usr/bin/env bash
# Shows virtactl and the control plane's view on a real QEMU guest behind a real libvirtd, in about a minute.
#
#   ./demo.sh --real
#
# Needs the .NET SDK 10 and installs the Debian packages that this machine lacks. The daemon is a private one without
# privileges, in a temporary directory; it ends with the demo, and so does its guest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ -t 1 ]; then
    bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'
else
    bold='' dim='' plain=''
fi

chapter() {
    printf '\n%s== %s%s\n' "$bold" "$*" "$plain"
}

fail() {
    echo "demo: $*" >&2
    exit 1
}

# One command as a reader would type it.
show() {
    local line='$' word
    for word in "$@"; do
        [[ $word =~ ^[A-Za-z0-9_./:=-]+$ ]] && line+=" $word" || line+=" '$word'"
    done
    printf '\n%s%s%s\n' "$dim" "$line" "$plain"
}

# Shows a command and what it prints.
run() {
    show "$@"
    "$@"
}

# Shows a command that is to be refused, what it prints and its exit code.
refused() {
    local code=0
    show "$@"
    "$@" 2>&1 || code=$?
    [ $code -ne 0 ] || fail "that should have been refused"
    echo "(exit code $code)"
}

# Waits until a command succeeds; the first argument says for what.
await() {
    local what=$1 tries=300
    shift
    until "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || fail "waited in vain for $what"
        sleep 0.1
    done
}

home=$(mktemp -d /tmp/virtactl-XXXXXX)

# Ends what runs in the directory: the daemon, its guest and their helpers. Each names the directory in its environment.
cleanup() {
    local code=$? found process
    trap - EXIT
    unset XDG_RUNTIME_DIR
    for _ in {1..50}; do
        found=$(echo "$home" | grep -lsaF -f - /proc/[0-9]*/environ || true)
        [ -n "$found" ] || break
        for process in $found; do
            process=${process#/proc/}
            kill -9 "${process%/environ}" 2>/dev/null || true
        done
        sleep 0.1
    done
    # What failed has left its reason in a log; who interrupts knows why.
    [ $code -eq 0 ] || [ $code -gt 128 ] || tail -n 20 "$home"/*.log 2>/dev/null || true
    rm -rf "$home"
    exit $code
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

command -v dotnet >/dev/null || fail "the .NET SDK 10 is not installed: no dotnet on the PATH"
chapter "Getting ready"
eng/install-debian-packages.sh
echo "Building virtactl and the control plane"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
for project in src/Libvirt.Cli samples/ControlPlane; do
    dotnet build $project -c Release -v quiet -nologo </dev/null >"$home/build.log" 2>&1 || fail "the build failed"
done
PATH=$PWD/src/Libvirt.Cli/bin/Release/net10.0:$PATH:/usr/sbin:/sbin

echo "Making a guest: Debian's kernel and one busybox"
eng/guest/build.sh "$home/guest"
mkdir -p "$home"/{run,data,config/libvirt,cache}
printf '%s\n' 'auth_unix_rw = "none"' 'log_level = 3' >"$home/libvirtd.conf"
echo 'stdio_handler = "file"' >"$home/config/libvirt/qemu.conf"
cat >"$home/guest.xml" <<XML
<domain type='qemu'>
  <name>demo</name>
  <memory unit='MiB'>160</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='pc'>hvm</type>
    <kernel>$home/guest/vmlinuz</kernel>
    <initrd>$home/guest/initrd</initrd>
    <cmdline>console=ttyS0 quiet loglevel=3</cmdline>
  </os>
  <features><acpi/></features>
  <devices>
    <serial type='file'><source path='$home/data/console'/></serial>
    <video><model type='none'/></video>
  </devices>
</domain>
XML

echo "Starting a private libvirtd"
chmod 755 "$home"
as_user=(setpriv --pdeathsig=KILL)
if [ "$(id -u)" -eq 0 ]; then
    chown -R nobody:nogroup "$home"
    as_user=(setpriv --reuid=nobody --regid=nogroup --clear-groups --pdeathsig=KILL)
fi
touch "$home/libvirtd.log"
(cd "$home" && exec "${as_user[@]}" env -i PATH="$PATH" LC_ALL=C HOME="$home/data" XDG_RUNTIME_DIR="$home/run" \
    XDG_CONFIG_HOME="$home/config" XDG_CACHE_HOME="$home/cache" XDG_DATA_HOME="$home/data" \
    libvirtd --config "$home/libvirtd.conf" --pid-file "$home/libvirtd.pid") >>"$home/libvirtd.log" 2>&1 </dev/null &
disown
export XDG_RUNTIME_DIR=$home/run LIBVIRT_DEFAULT_URI=qemu:///session
await "the daemon's socket" virtactl uri

chapter "The hypervisor"
run virtactl version
run virtactl nodeinfo

chapter "A guest"
run virtactl define "$home/guest.xml"
run virtactl start demo
run virtactl list --all
run virtactl dominfo demo
await "the guest's shell" grep -q 'guest is ready' "$home/data/console"
run grep ready "$home/data/console"

chapter "Pause and go on"
run virtactl suspend demo
run virtactl domstate demo --reason
run virtactl resume demo
run virtactl domstate demo --reason

chapter "The same guest in a control plane's view, kept true by events"
(
    sleep 3
    virtactl -q suspend demo
    sleep 2
    virtactl -q resume demo
    sleep 2
    virtactl -q reset demo
) &
run samples/ControlPlane/bin/Release/net10.0/ControlPlane --connect "$LIBVIRT_DEFAULT_URI" --for 10
wait $!

chapter "For programs: JSON under libvirt's own names"
run virtactl list --output json

chapter "Any of libvirt's procedures by its name"
run virtactl call --list vcpus
run virtactl call connect_get_all_domain_stats '{"doms": [], "stats": 1, "flags": 0}'

chapter "Errors that say what is wrong, and exit codes for scripts"
refused virtactl start demo
refused virtactl call domain_get_info '{"dom": {"name": "demo"}}'
refused virtactl --connect qemu+tcp://127.0.0.1:1/system list

chapter "The end"
run virtactl destroy demo
run virtactl undefine demo
run virtactl list --all
echo
echo "${bold}That was a real guest.${plain} 'virtactl --help' shows the rest; docs/virtactl.md explains it."
