# Processes that were there before: recorded for a while, and then they go on as if nothing had been.

# _attach JOURNAL PID [OPTION...]: $tracer is attached when this returns.
_attach() {
    local journal=$1 pid=$2
    shift 2
    : > control
    timeout -s KILL 60 "$TRACER" attach ${BACKEND-} --journal "$journal" --control control --phase serving "$@" "$pid" > out 2> err &
    tracer=$!
    await '"kind":"attached"' "$journal"
}

_detach() {
    echo stop >> control
    wait "$tracer" || fail "status $?: $(cat err)"
    ! grep -q 'Sanitizer\|runtime error' err || fail "a sanitizer's report"
}

# _start HOW: the server without a tracer; $server is its pid.
_start() {
    timeout -s KILL 60 "$(workload server)" "$1" port > expected &
    await . port
    server=$(pgrep -P $! server)
}

_state() {
    sed -n 's/^State:[[:space:]]*\(.\).*/\1/p' "/proc/$1/status"
}

# _await_state PATTERN: of the server, at most 20 s
_await_state() {
    for _ in $(seq 2000); do
        [[ $(_state "$server") = $1 ]] && return
        sleep 0.01
    done
    fail "state $(_state "$server"), not $1"
}

_end() {
    kill -KILL "$1"
    await_end "$1"
}

a_server_is_recorded_for_a_while_and_goes_on() {
    _start polite
    _attach j "$server"
    ask port
    await '"t":"call".*"nr":'"$(number_of getsid)"',' j
    _detach
    eq tracer 0 "$(awk '/^TracerPid/ { print $2 }' "/proc/$server/status")"
    eq end '"detached":true,"core":false,"processes":1,"threads":1,"lost":0' "$(end_of j)"
    eq accept4 serving "$(phases_of j accept4)"
    eq listen '' "$(phases_of j listen)"
    lines j start | grep -q '"engine":"host","command":\["[^"]*server","polite","port"\]' || fail "$(lines j start)"
    ask port
    rm -f k
    _attach k "$server"
    ask port
    _detach
    _end "$server"
}

whatever_ends_the_tracer_the_server_goes_on() {
    for signal in INT TERM HUP KILL; do
        rm -f j port
        _start polite
        _attach j "$server"
        ask port
        kill -$signal "$(lines j start | sed 's/.*"tracerPid":\([0-9]*\).*/\1/')"
        wait $tracer || [ $signal = KILL ] || fail "$signal: status $?"
        eq "$signal: end" "$([ $signal = KILL ] && echo 0 || echo 1)" "$(lines j end | wc -l)"
        ask port
        eq "$signal: tracer" 0 "$(awk '/^TracerPid/ { print $2 }' "/proc/$server/status")"
        _end "$server"
    done
}

when_profgen_is_gone_the_tracer_lets_go() {
    _start polite
    : > control
    BACKEND=${BACKEND-} bash -c '"$0" attach $BACKEND --journal j --control control --end-with-parent "$1" & wait' "$TRACER" "$server" &
    await '"kind":"attached"' j
    kill -KILL $!
    await '"t":"end"' j
    ask port
    _end "$server"
}

all_threads_and_the_processes_below_are_recorded_and_their_new_ones() {
    timeout -s KILL 60 bash -c ': > up; while :; do (: ; (: )); read -t 0.01 < <(:) || :; done' &
    until [ -e up ]; do sleep 0.01; done
    shell=$(pgrep -P $! bash)
    _attach j "$shell"
    await '"processes":[0-9]\{2,\}' j
    _detach
    lines j end | grep -q '"detached":true,.*"lost":0}' || fail "$(lines j end)"
    _end "$shell"
}

five_hundred_threads_are_attached_and_go_on() {
    rm -f ready
    timeout -s KILL 60 "$(workload crowd)" 500 ready > expected &
    await . ready
    crowd=$(pgrep -P $! crowd)
    _attach j "$crowd"
    notes j attached | grep -q 'processes: 1, threads: 501' || fail "$(notes j attached)"
    _detach
    kill -TERM "$crowd"
    wait %1 || fail "the threads did not go on: $?"
    eq lost '"lost":0}' "$(lines j end | grep -o '"lost".*')"
}

a_process_that_ends_while_attached_is_recorded_to_its_end() {
    _start polite
    _attach j "$server"
    kill -TERM "$server"
    wait "$tracer" || fail "status $?"
    eq end '"exited":0,"core":false,"processes":1,"threads":1,"lost":0' "$(end_of j)"
    eq getpriority shutdown "$(phases_of j getpriority)"
}

a_thread_that_another_tracer_holds_is_named_and_the_rest_is_recorded() {
    command -v strace > /dev/null || skip "strace is not installed"
    rm -f ready
    timeout -s KILL 60 "$(workload crowd)" 3 ready > expected &
    await . ready
    crowd=$(pgrep -P $! crowd)
    held=$(ls "/proc/$crowd/task" | grep -vx "$crowd" | head -1)
    timeout -s KILL 60 strace -o strace.log -p "$held" 2> strace.err &
    strace=$!
    await "attached" strace.err
    _attach j "$crowd"
    notes j not-attached | grep -qx "thread $held: is traced by process [0-9]* (strace) already: its calls are not recorded" ||
        fail "$(notes j not-attached)"
    notes j attached | grep -q 'processes: 1, threads: 3' || fail "$(notes j attached)"
    _detach
    kill -TERM "$(pgrep -P $strace strace)" "$crowd"
    wait
}

a_stopped_process_stays_stopped() {
    _start polite
    kill -STOP "$server"
    _await_state T
    _attach j "$server"
    _detach
    _await_state T # by way of R: the kernel has it stop once more, without a tracer
    kill -CONT "$server"
    ask port
    _end "$server"
}

what_is_stopped_and_goes_on_while_attached_does_so() {
    _start polite
    _attach j "$server"
    kill -STOP "$server"
    _await_state '[tT]'
    kill -CONT "$server"
    ask port
    kill -STOP "$server"
    _await_state '[tT]'
    _detach
    _await_state T # by way of R: the kernel has it stop once more, without a tracer
    kill -CONT "$server"
    ask port
    _end "$server"
}

a_wait_that_attaching_interrupts_is_taken_up_again() {
    timeout -s KILL 60 "$(workload waits)" waiting > expected &
    await . waiting
    waits=$(pgrep -P $! waits)
    for _ in 1 2 3; do
        rm -f j
        _attach j "$waits"
        _detach
    done
    kill -USR1 "$waits"
    wait %1 || fail "a wait was cut short: $?"
}

what_cannot_be_attached_is_said() {
    _start polite
    _attach j "$server"
    status=0
    "$TRACER" attach --journal k "$server" 2> err || status=$?
    eq status 125 "$status"
    lines k error | grep -q '"stage":"attach","errno":1,"message":"process '"$server"': is traced by process [0-9]* (profgen-tracer) already"' ||
        fail "$(lines k error)"
    _detach
    _end "$server"
    rm k
    "$TRACER" attach --journal k "$server" 2> err || status=$?
    lines k error | grep -q '"errno":[23],"message":"process '"$server"': no such process"' || fail "$(lines k error)"
    "$TRACER" attach --journal l 12x 2> err || status=$?
    eq message 'profgen-tracer: 12x: is no process id' "$(cat err)"
}
