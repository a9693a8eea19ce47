#!/usr/bin/env bash
# Installs the Debian packages that the tests and the demo need and this machine lacks. Says nothing when all is there.
# Needs no answer from anybody. Runs as root, or through sudo where sudo asks no password.
# With arguments it installs those packages instead: install-debian-packages.sh gcc pkg-config
set -euo pipefail

packages=(
    libvirt-daemon                # libvirtd: the daemon under test
    libvirt-daemon-driver-qemu    # real guests
    libvirt-daemon-driver-lxc     # containers
    libvirt-clients               # virsh and virt-admin: what our results are compared with
    qemu-system-x86               # the emulator
    qemu-utils                    # qemu-img: disks for guests
    linux-image-cloud-amd64       # the guest's kernel
    busybox-static                # the guest's userland
    cpio                          # packs the guest's initial file system
    kmod                          # finds the kernel modules the guest loads
    xz-utils                      # unpacks them where the distribution compresses them
    tshark                        # an independent reader of what goes over the wire
    libvirt-wireshark             # its dissector of libvirt's protocol
    libsasl2-modules              # SCRAM for libvirt's clients
    python3-libvirt               # other people's clients, which must take our simulator for a daemon: python's ...
    golang-go                     # ... and, to build it, ...
    golang-github-digitalocean-go-libvirt-dev # ... go-libvirt
    openssl                       # certificates for daemons behind TLS
    openssh-client                # tunnels
    openssh-server                # and their far side
    netcat-openbsd                # what leads on from there
    sasl2-bin                     # users for daemons that ask for SASL
    libsasl2-modules              # SCRAM and PLAIN
    libsasl2-modules-gssapi-mit   # and Kerberos, ...
    krb5-kdc                      # ... whose realm ...
    krb5-admin-server             # ... has users ...
    krb5-user                     # ... with tickets
    dbus                          # a bus of its own ...
    polkitd                       # ... for a polkit that lets one user in and refuses others
    procps                        # ps, for the tests that look for processes left behind
    util-linux                    # setpriv: daemons run without privileges; setsid
    strace                        # counts system calls
    linux-perf                    # counts instructions, where the processor lets it
    bsdutils                      # script: a terminal for virsh console
)
[ $# -eq 0 ] || packages=("$@")

missing=()
for package in "${packages[@]}"; do
    status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

fail() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

command -v apt-get >/dev/null || fail "this machine has no apt-get; install by hand what these Debian packages hold: ${missing[*]}"

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "needs root or sudo to install: ${missing[*]}"
    sudo -n true 2>/dev/null || [ -t 0 ] || fail "sudo would ask for a password here; run as root: apt-get install ${missing[*]}"
    as_root=(sudo)
fi

echo "Installing Debian packages: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT

apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@" >"$log" 2>&1 </dev/null
}

# tshark's package asks whether everybody may capture packets. Nobody needs to: the tests write their capture files themselves.
if command -v debconf-set-selections >/dev/null; then
    echo "wireshark-common wireshark-common/install-setuid boolean false" | "${as_root[@]}" debconf-set-selections
fi

# The package lists of a fresh image are empty or old: they are fetched only when installing without that fails.
if ! apt install --no-install-recommends "${missing[@]}"; then
    echo "Fetching the package lists first"
    apt update || { cat "$log" >&2; fail "apt-get update failed"; }
    apt install --no-install-recommends "${missing[@]}" || { cat "$log" >&2; fail "apt-get could not install: ${missing[*]}"; }
fi
