# profgen-tracer filters TID.

# _start COMMAND...: in the background, with what the test writes to descriptor 3 as input; its pid is in $pid.
_start() {
    [ -p in ] || mkfifo in
    "$@" < in > copied 2> start.err &
    pid=$!
    trap 'kill -KILL $pid 2> /dev/null || true' EXIT
    exec 3> in
}

# _says TEXT: sends a line and waits until the process has copied it: it is alive and has got as far as that.
_says() {
    echo "$1" >&3
    await "^$1\$" copied
}

# _filters TID: the subcommand; $status, out and err.
_filters() {
    status=0
    timeout -s KILL 60 "$TRACER" filters "$1" > out 2> err || status=$?
    ! grep -q 'Sanitizer\|runtime error' err || fail "a sanitizer's report"
}

# Skips where the kernel shows filters to nobody, or not to this user.
_filters_or_skip() {
    _filters "$1"
    [ "$status" != 4 ] || skip "$(cat out)"
}

_state() {
    sed -n 's/^State:\t\(.\).*/\1/p' "/proc/$1/status"
}

# _await_state PID LETTER
_await_state() {
    for _ in $(seq 2000); do
        [ "$(_state "$1")" != "$2" ] || return 0
        sleep 0.01
    done
    fail "process $1 is in state $(_state "$1"), not $2"
}

_little_endian() {
    local hex
    hex=$(printf '%08x' "$1")
    printf '%s' "${hex:6:2}${hex:4:2}${hex:2:2}${hex:0:2}"
}

# _program NUMBER ERRNO: what act installs
_program() {
    printf '2000000000000000''15000001%s''06000000%s''060000000000ff7f' \
        "$(_little_endian "$1")" "$(_little_endian $((0x50000 + $2)))"
}

_pivot_root() {
    awk '$2 == "pivot_root" { print $1 }' "$TABLES/$(uname -m).tsv"
}

all_filters_of_a_stack_come_newest_first_and_the_process_goes_on() {
    _start "$TOOLS/act" without mount_setattr "$TOOLS/act" without pivot_root "$TOOLS/act" copy
    _says before
    _filters_or_skip $pid
    eq status 0 "$status"
    eq filters "{\"tid\":$pid,\"mode\":2,\"filters\":[\"$(_program "$(_pivot_root)" 22)\",\"$(_program 442 38)\"]}" "$(cat out)"
    _await_state $pid S
    grep -q '^TracerPid:	0$' "/proc/$pid/status" || fail "still traced"
    _says after
    exec 3>&-
    wait $pid || fail "status $?"
    eq output "before after" "$(tr '\n' ' ' < copied | sed 's/ $//')"
}

a_stopped_process_stays_stopped_until_it_is_continued() {
    _start "$TOOLS/act" without mount_setattr "$TOOLS/act" copy
    _says before
    kill -STOP $pid
    _await_state $pid T
    _filters_or_skip $pid
    eq status 0 "$status"
    _await_state $pid T
    echo after >&3
    eq output before "$(cat copied)"
    kill -CONT $pid
    await '^after$' copied
    exec 3>&-
    wait $pid
}

no_signal_is_lost_or_doubled() {
    _start "$TOOLS/act" without mount_setattr "$TOOLS/act" counting
    await '^ready$' copied
    _filters_or_skip $pid
    (for _ in $(seq 2000); do kill -35 $pid; done) & # SIGRTMIN+1 of the C library
    for _ in $(seq 25); do
        _filters $pid
        eq status 0 "$status"
    done
    wait $!
    exec 3>&-
    wait $pid
    eq signals "ready 2000" "$(tr '\n' ' ' < copied | sed 's/ $//')"
}

a_process_without_a_filter_and_one_in_strict_mode_are_not_even_stopped() {
    _start "$TOOLS/act" copy
    _says before
    _filters $pid
    eq none "0 {\"tid\":$pid,\"mode\":$(awk '$1 == "Seccomp:" { print $2 }' "/proc/$pid/status"),\"filters\":[]}" "$status $(cat out)"
    exec 3>&-
    wait $pid
    ! grep -q '^Seccomp:	2' /proc/self/status || return 0 # then there is no strict mode
    _start "$TOOLS/act" strict
    _says strict
    _filters $pid
    eq strict "0 {\"tid\":$pid,\"mode\":1,\"filters\":[]}" "$status $(cat out)"
    _says after
    exec 3>&-
    wait $pid
}

a_thread_is_looked_at_by_its_own_id() {
    _start "$TOOLS/act" thread
    _says before
    thread=$(for task in /proc/$pid/task/*; do [ "${task##*/}" = $pid ] || echo "${task##*/}"; done)
    await '^Seccomp:	2' "/proc/$pid/task/$thread/status"
    _filters_or_skip "$thread"
    eq filter "{\"tid\":$thread,\"mode\":2,\"filters\":[\"$(_program "$(_pivot_root)" 22)\"]}" "$(cat out)"
    _filters $pid
    eq leader "{\"tid\":$pid,\"mode\":0,\"filters\":[]}" "$(cat out)"
    kill $pid # copy's exit ends its own thread only
    exec 3>&-
    wait $pid || true
}

what_has_no_filters_to_show_is_named() {
    sh -c 'exit 0 & exec sleep 20' &
    parent=$!
    for _ in $(seq 2000); do
        zombie=$(cat "/proc/$parent/task/$parent/children" 2> /dev/null)
        zombie=${zombie% }
        [ -z "$zombie" ] || [ "$(_state "$zombie")" != Z ] || break
        sleep 0.01
    done
    _filters "$zombie"
    eq zombie 3 "$status"
    grep -q '^{"problem":"has ended and waits for its parent' out || fail "zombie"
    kill $parent
    wait $parent || true
    _filters $parent
    eq gone '3 {"problem":"there is no such process","remedy":""}' "$status $(cat out)"
    for bad in 0 -1 x '' 99999999999 1x; do
        _filters "$bad"
        eq "$bad" "125 0 1" "$status $(wc -c < out) $(wc -l < err)"
    done
}

a_thread_of_the_kernel_is_named() {
    grep -q '^Name:	kthreadd$' /proc/2/status 2> /dev/null || skip "no thread of the kernel in this pid namespace"
    _filters 2
    eq status 3 "$status"
    grep -q '^{"problem":"is a thread of the kernel' out || fail "kthreadd"
}

a_process_that_has_a_tracer_is_named_with_it() {
    command -v strace > /dev/null || skip "needs strace"
    _start strace -o trace "$TOOLS/act" without mount_setattr "$TOOLS/act" copy
    _says traced
    tracee=$(cat "/proc/$pid/task/$pid/children")
    tracee=${tracee% }
    _filters "$tracee"
    eq answer "4 {\"problem\":\"is traced by process $pid: it can have one tracer only\",\"remedy\":\"end that debugger or tracer first\"}" \
        "$status $(cat out)"
    exec 3>&-
    wait $pid
}

without_the_rights_it_says_which_ones() {
    _start "$TOOLS/act" without mount_setattr "$TOOLS/act" copy
    _says before
    status=0
    "$TOOLS/act" without mount_setattr "$TRACER" filters $pid > out 2> err || status=$?
    eq filtered 4 "$status"
    grep -q '"problem":"profgen runs under a seccomp filter itself' out || fail "filtered"
    if [ "$(id -u)" = 0 ] && command -v setpriv > /dev/null; then
        cp "$TRACER" profgen-tracer
        chmod 755 .
        status=0
        setpriv --reuid 65534 --regid 65534 --clear-groups ./profgen-tracer filters $pid > out 2> err || status=$?
        eq nobody 4 "$status"
        grep -q 'CAP_SYS_ADMIN in the initial user namespace","remedy":"run profgen as root on the host"}$' out || fail "nobody"
    fi
    exec 3>&-
    wait $pid
}
