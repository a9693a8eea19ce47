#!/usr/bin/env bash
# Runs every test. The last line is the sum: N passed, N failed, N skipped.
#
#   ./test.sh                        everything, after installing the Debian packages that are missing
#   ./test.sh Libvirt.Protocol ...   only the test projects whose name contains one of the words
#   ./test.sh Actors.Tests -- --filter-method '*Restart*'    what follows -- goes to each test project's executable
#
# CONFIGURATION=Debug builds and tests that configuration instead of Release.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

configuration=${CONFIGURATION:-Release}
# One project may take this long; the limit exists so that a hang ends as a failure with a name.
project_limit=10m

words=()
options=()
while [ $# -gt 0 ]; do
    case $1 in
        --) shift; options=("$@"); break ;;
        -*) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0"; exit 2 ;;
        *) words+=("$1"); shift ;;
    esac
done

passed=0
failed=0
skipped=0
broken=()
lacking=()

# What breaks beside the counted tests (a build, a check, a project without tests) is one failure more in the sum.
breaks() {
    broken+=("$1")
    failed=$((failed + 1))
}

finish() {
    # Once more at the end, where whoever reads only that finds them.
    [ -s "${results:-}/failures" ] && cat "$results/failures"
    [ ${#lacking[@]} -eq 0 ] || printf 'SKIPPED: %s\n' "${lacking[@]}"
    [ ${#broken[@]} -eq 0 ] || printf 'FAILED: %s\n' "${broken[@]}"
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
    exit
}

step() {
    local name=$1
    shift
    echo "== $name"
    "$@" </dev/null || breaks "$name"
}

wanted() {
    [ ${#words[@]} -eq 0 ] && return 0
    local word
    for word in "${words[@]}"; do
        [[ $1 == *"$word"* ]] && return 0
    done
    return 1
}

projects=()
for file in tests/*.Tests/*.csproj; do
    name=$(basename "$file" .csproj)
    wanted "$name" && projects+=("$name")
done
[ ${#projects[@]} -gt 0 ] || { breaks "no test project under tests/ matches: ${words[*]}"; finish; }

command -v dotnet >/dev/null || { breaks "the .NET SDK 10 is not installed: no dotnet on the PATH"; finish; }
step "Debian packages" eng/install-debian-packages.sh
[ ${#broken[@]} -eq 0 ] || finish

# Daemons that have to be built first: a build that breaks is a failure. That their source cannot be had here is none of the project's: the tests that need
# them are skipped, each counted and with its reason, and the end of the log says so, in continuous integration too.
needs_modular_daemons() {
    grep -lqs ModularDaemons -r "tests/$1" --include='*.cs'
}
modular_daemons() {
    local name
    for name in "${projects[@]}"; do
        needs_modular_daemons "$name" || continue
        echo "== modular daemons"
        eng/build-modular-daemons.sh </dev/null
        case $? in
            0) ;;
            75) lacking+=("the tests on virtqemud and virtproxyd; eng/build-modular-daemons.sh says why") ;;
            *) breaks "modular daemons" ;;
        esac
        return
    done
}
modular_daemons

build() {
    dotnet build "$1" -c "$configuration" -v quiet -nologo -clp:NoSummary
}

if [ ${#words[@]} -eq 0 ]; then
    step "build" build Actors.sln
    [ ${#broken[@]} -eq 0 ] || finish
    step "generated code is as the model says" dotnet run --project src/Libvirt.Protocol.Generator -c "$configuration" --no-build -- check
    step "format" dotnet format whitespace --folder . --verify-no-changes --exclude src/Libvirt.Protocol/Generated src/Libvirt.Actors/Generated
else
    for name in "${projects[@]}"; do
        step "build $name" build "tests/$name/$name.csproj"
    done
    [ ${#broken[@]} -eq 0 ] || finish
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# The counts of a project, from the report its executable wrote; nothing when there is none.
count() {
    sed -n 's/.*<assembly [^>]*\b'"$1"'="\([0-9]*\)".*/\1/p' "$2" 2>/dev/null | head -n 1
}

for name in "${projects[@]}"; do
    echo "== $name"
    executable=tests/$name/bin/$configuration/net10.0/$name
    report=$results/$name.xml
    started=$SECONDS
    # The progress in the log names the tests that run, so that one that hangs is known. xunit's --long-running would, too, but keeps a thread of the pool
    # for itself, and virtual time waits for all of them.
    # What a shell starts in the background, or nohup at all, ignores signals, and so would the programs that tests interrupt: env puts them all back.
    timeout -k 30s $project_limit env --default-signal "$executable" --no-ansi --results-directory "$results" \
        --report-xunit --report-xunit-filename "$name.xml" ${options[@]+"${options[@]}"} </dev/null >"$results/$name.log" 2>&1
    code=$?
    p=$(count passed "$report")
    f=$(count failed "$report")
    s=$(count skipped "$report")
    e=$(count errors "$report")
    p=${p:-0} f=$((${f:-0} + ${e:-0})) s=${s:-0}
    passed=$((passed + p))
    failed=$((failed + f))
    skipped=$((skipped + s))
    echo "   $name: $p passed, $f failed, $s skipped in $((SECONDS - started)) s"
    if [ $code -ne 0 ] || [ $f -gt 0 ] || [ $((p + s)) -eq 0 ]; then
        tail -n 400 "$results/$name.log"
        grep -A 1 '^failed ' "$results/$name.log" >>"$results/failures"
        reason="exit code $code"
        [ $code -eq 124 ] && reason="not done after $project_limit"
        [ $((p + f + s)) -eq 0 ] && reason="ran no test, $reason"
        # Failed tests are in the sum already.
        if [ $f -eq 0 ]; then
            breaks "$name: $reason"
        else
            broken+=("$name: $f failed, $reason")
        fi
    fi
done
finish
