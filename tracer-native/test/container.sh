# For the tests of what starts a workload. TOOLS is the folder of the built test/*.c.

# Another user may not reach the folder of the build, nor this one without chmod; no process of others runs these copies.
_prepare_folder() {
    [ -d open ] && return
    chmod 755 .
    mkdir -m 777 open # not sticky: the kernel refuses others' pipes in such a folder
    cp "$TRACER" profgen-tracer
    cp "$TOOLS"/* .
    ulimit -c 0
}

as=   # words before the tracer's own, to run it as another user or in other surroundings
_nobody="setpriv --reuid 65534 --regid 65534 --clear-groups" # with a name, which newuidmap wants

_only_root() {
    [ "$(id -u)" = 0 ] || skip "needs root"
    _prepare_folder
}

_as_not_root() {
    _prepare_folder
    [ "$(id -u)" != 0 ] || as=$_nobody
    _skip_without_sandbox
}

_skip_without_sandbox() {
    $as "$PWD/profgen-tracer" probe > out 2> err || fail "probe"
    grep -q '"feature":"sandbox","works":true' out || skip "no container on this machine: $(grep '"feature":"sandbox"' out)"
}

# First line of a test that holds for root and for others: runs it as each.
_as_root_and_not() {
    [ -z "${who-}" ] || return 1
    _prepare_folder
    who=first
    _skip_without_sandbox
    "${FUNCNAME[1]}"
    [ "$(id -u)" = 0 ] && command -v setpriv > /dev/null || return 0
    as=$_nobody
    "${FUNCNAME[1]}"
}

# As the tracer wants its words: every byte but 0x21 to 0x7e, and the percent sign, as %HH.
_encode() {
    _encode_reply "$1"
    printf '%s' "$REPLY"
}

# The same into $REPLY: without a process, of which an emulated machine makes few in a second.
_encode_reply() {
    local text=${1//'%'/%25}
    text=${text// /%20}
    text=${text//$'\t'/%09}
    REPLY=${text//$'\n'/%0A}
}

# _trace [OPTION]... -- COMMAND [ARG]... : leaves out, err, journal and $status, and no process.
_trace() {
    _prepare_folder
    local words=() command=
    for word in "$@"; do
        _encode_reply "$word"
        [ -n "$command" ] || REPLY=$word
        [ "$word" != -- ] || command=yes
        words+=("$REPLY")
    done
    rm -f open/journal
    status=0
    # shellcheck disable=SC2086 # several words
    $as timeout -s KILL $((${LIMIT:-120} / 4)) "$PWD/profgen-tracer" record --journal "$PWD/open/journal" "${words[@]}" \
        > out 2> err < /dev/null || status=$?
    cat open/journal > journal
    ! grep -q 'Sanitizer\|runtime error' err || fail "a sanitizer's report"
    _expect_nothing_left
}

# Processes of the tracer's file, init included.
_still_running() {
    local program
    for program in /proc/[0-9]*/exe; do
        [[ ! $program -ef $PWD/profgen-tracer ]] || echo "$program"
    done
}

_expect_nothing_left() {
    local left
    left=$(_still_running)
    [ -z "$left" ] || fail "processes are left: $left"
}

# _expect WHAT ACTUAL EXPECTED
_expect() {
    [ "$2" = "$3" ] || { _show_journal; eq "$1${as:+ (by $as)}" "$3" "$2"; }
}

_show_journal() {
    grep -v '"t":"\(call\|args\|count\|errno\)"' journal
}

# _expect_journal WORDS: some line of the journal has them
_expect_journal() {
    grep -qF -e "$1" journal || { _show_journal; fail "the journal lacks $1${as:+ (by $as)}"; }
}

_expect_no_journal() {
    ! grep -qF -e "$1" journal || { _show_journal; fail "the journal has $1${as:+ (by $as)}"; }
}

# _field FILE NAME: of a line "NAME: value"
_field() {
    sed -n "s/^$2:[[:space:]]*//p" "$1"
}

# _fifo: a new one, whose path it prints
_fifo() {
    rm -f open/fifo
    mkfifo -m 666 open/fifo
    echo "$PWD/open/fifo"
}
