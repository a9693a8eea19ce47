#!/usr/bin/env bash
# Builds libvirt's modular daemons, virtqemud, virtstoraged and virtproxyd, where the distribution has no packages of them: Debian 12 ships their drivers and
# the library they consist of, but of the executables only libvirtd. They are made from the source package of exactly the libvirt that is installed, and run on
# the installed library and drivers, so only the few files that are theirs are compiled: a minute, most of it for installing what compiles them.
#
#   eng/build-modular-daemons.sh           makes them once and keeps them; says nothing when they are there
#   eng/build-modular-daemons.sh --where   prints the directory that holds them; fails when there is none
#
# They are kept in ${XDG_CACHE_HOME:-~/.cache}/libvirt-actors, a directory for each version; removing it makes them anew.
# Ends with 75 where they cannot be had here (no network, no sources, no rights to install), with 1 when the build itself fails.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
daemons=(virtqemud virtstoraged virtproxyd)
compiling=(gcc libc6-dev dpkg-dev meson ninja-build pkg-config libglib2.0-dev libgnutls28-dev libsasl2-dev libtirpc-dev libxml2-dev libyajl-dev libxml2-utils xsltproc)

unavailable() {
    echo "$(basename "$0"): $*" >&2
    exit 75
}

has_all() {
    local name
    for name in "${daemons[@]}"; do
        [ -x "$1/$name" ] || return 1
    done
}

# The distribution's own, where it has them.
packaged=$(PATH=$PATH:/usr/sbin:/sbin command -v "${daemons[0]}" || true)
if [ -n "$packaged" ] && has_all "$(dirname "$packaged")"; then
    [ "${1:-}" != --where ] || dirname "$packaged"
    exit 0
fi

version=$(dpkg-query -W -f='${source:Version}' libvirt-daemon 2>/dev/null || true)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/libvirt-actors
kept=$cache/modular-$version
if [ -n "$version" ] && has_all "$kept"; then
    [ "${1:-}" != --where ] || echo "$kept"
    exit 0
fi
[ "${1:-}" != --where ] || { echo "there are no virtqemud, virtstoraged and virtproxyd here; eng/build-modular-daemons.sh builds them" >&2; exit 1; }
[ -n "$version" ] || unavailable "no Debian package libvirt-daemon is installed whose source could be built; install the modular daemons of this distribution"

echo "Building ${daemons[*]} of libvirt $version"
"$here/install-debian-packages.sh" "${compiling[@]}" || unavailable "what compiles them could not be installed: ${compiling[*]}"

mkdir -p "$cache"
work=$(mktemp -d "$cache/building-XXXXXX")
trap 'rm -rf "$work"' EXIT
log=$work/log

fail() {
    tail -n 30 "$log" >&2
    echo "$(basename "$0"): $*" >&2
    exit 1
}

# apt with lists of its own, of the sources that belong to the packages it knows already: the machine's configuration stays as it is.
archive=$(apt-cache madison libvirt-daemon | awk -F ' *[|] *' -v version="$version" '$2 == version { split($3, words, " "); print words[1]; exit }')
[ -n "$archive" ] || unavailable "apt knows no archive that has libvirt $version, which is installed; run apt-get update, and upgrade libvirt where it is older than the archive's"
mkdir -p "$work"/apt/{lists,cache}/partial "$work/apt/cache/archives/partial" "$work/apt/parts"
for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ ! -f "$list" ] || awk -v archive="$archive" '/^deb / && index($0, archive) { sub(/^deb /, "deb-src "); print }' "$list" >> "$work/apt/parts/sources.list"
done
for list in /etc/apt/sources.list.d/*.sources; do
    [ ! -f "$list" ] || awk -v RS= -v ORS='\n\n' -v archive="$archive" 'index($0, archive) { sub(/Types:[^\n]*/, "Types: deb-src"); print }' "$list" >> "$work/apt/parts/all.sources"
done
sources() {
    apt-get -q -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$work/apt/parts" -o Dir::State::lists="$work/apt/lists" -o Dir::Cache="$work/apt/cache" \
        -o APT::Sandbox::User= -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30 "$@" >> "$log" 2>&1 </dev/null
}
sources -o APT::Update::Error-Mode=any update || { tail -n 5 "$log" >&2; unavailable "the index of Debian's sources could not be fetched from $archive"; }
cd "$work"
sources source --download-only "libvirt=$version" || { tail -n 5 "$log" >&2; unavailable "the source of libvirt $version could not be fetched from $archive"; }
dpkg-source -x libvirt_*.dsc source >> "$log" 2>&1 || fail "the source of libvirt $version could not be unpacked"

# No more than these daemons' own files need to know, at the paths of Debian's packages.
meson setup build source --prefix=/usr --libdir=lib --sysconfdir=/etc --localstatedir=/var -Drunstatedir=/run --buildtype=plain -Dsystem=false \
    -Dauto_features=disabled -Ddriver_remote=enabled -Ddriver_libvirtd=enabled -Ddriver_qemu=enabled -Dyajl=enabled -Dstorage_dir=enabled \
    -Ddriver_network=enabled -Ddriver_secrets=enabled -Dsasl=enabled -Ddocs=disabled -Dtests=disabled -Dnls=disabled >> "$log" 2>&1 \
    || fail "libvirt's build could not be configured"
targets() { ninja -C build -t targets all | sed -n "s#^\($1\): .*#\1#p"; }
mapfile -t headers <<<"$(targets 'src/[^:]*[.]h')"
ninja -C build "${headers[@]}" >> "$log" 2>&1 || fail "libvirt's headers could not be generated"
administration=src/admin/libvirt_admin_driver.a
mkdir finished
for daemon in "${daemons[@]}"; do
    mapfile -t objects <<<"$(targets "src/$daemon[.]p/[^:]*[.]o")"
    ninja -C build "${objects[@]}" "$administration" >> "$log" 2>&1 || fail "$daemon could not be compiled"
    (cd build && cc -o "../finished/$daemon" "${objects[@]}" "$administration" -l:libvirt.so.0 -l:libvirt-qemu.so.0 -l:libvirt-lxc.so.0 \
        $(pkg-config --libs gio-2.0 libtirpc)) >> "$log" 2>&1 || fail "$daemon could not be linked with the installed libvirt"
    "finished/$daemon" --version >> "$log" 2>&1 || fail "$daemon does not run"
done
# Whoever was faster has made the same.
mv -T finished "$kept" 2>/dev/null || has_all "$kept" || fail "$kept could not be made"
