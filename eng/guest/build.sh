#!/usr/bin/env bash
# build.sh DIRECTORY: puts the test guest's kernel (vmlinuz) and initial file system (initrd) into DIRECTORY.
# A guest of one busybox: boots in seconds under software emulation. Kernel and modules are the newest cloud kernel's in /boot.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=${1:?usage: build.sh DIRECTORY}

fail() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

newest() {
    find /boot -maxdepth 1 -name "$1" | sort -V | tail -n 1
}

kernel=$(newest 'vmlinuz-*cloud*')
[ -n "$kernel" ] || kernel=$(newest 'vmlinuz-*')
[ -n "$kernel" ] || fail "no kernel in /boot; eng/install-debian-packages.sh installs linux-image-cloud-amd64"
[ -r "$kernel" ] || fail "$kernel is not readable for $(id -un); allow it: chmod a+r $kernel"
busybox=$(command -v busybox) || fail "no busybox; eng/install-debian-packages.sh installs busybox-static"
version=${kernel#/boot/vmlinuz-}

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/bin" "$root/modules" "$root/etc/acpi/PWRF" "$root/dev"
cp "$busybox" "$root/bin/busybox"
install -m 0755 "$here/init" "$root/init"
install -m 0755 "$here/power-button" "$root/etc/acpi/PWRF/00000080"

# Modules in the order in which they load: disks, the network card's driver, and the power button.
modprobe=$(PATH=$PATH:/sbin:/usr/sbin command -v modprobe) || fail "no modprobe; eng/install-debian-packages.sh installs kmod"
: >"$root/modules/order"
for module in virtio_pci virtio_blk virtio_balloon evdev button; do
    "$modprobe" -S "$version" --show-depends "$module" 2>/dev/null || true
done | sed -n 's/^insmod \([^ ]*\).*/\1/p' | awk '!seen[$0]++' | while read -r path; do
    name=$(basename "$path")
    case $path in
        *.xz) name=${name%.xz}; xz -dc "$path" >"$root/modules/$name" ;;
        *) cp "$path" "$root/modules/$name" ;;
    esac
    echo "$name" >>"$root/modules/order"
done

mkdir -p "$target"
(cd "$root" && find . | LC_ALL=C sort | cpio --quiet -o -H newc -R 0:0 | gzip -n -1) >"$target/initrd.new"
cp "$kernel" "$target/vmlinuz.new"
chmod 0644 "$target/initrd.new" "$target/vmlinuz.new"
mv "$target/initrd.new" "$target/initrd"
mv "$target/vmlinuz.new" "$target/vmlinuz"
