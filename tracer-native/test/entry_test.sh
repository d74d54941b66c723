# In front of a container's own command: the tracer as PID 1, or beneath a command that is PID 1; and the relay of an engine's client.

the_same_calls_are_recorded_above_and_beneath_the_command() {
    for options in '' --pid1; do
        for name in threads forks exec_thread signals; do
            # shellcheck disable=SC2086
            _entry j $options -- "$(workload $name)"
            as_expected j $name
            eq engine '"engine":"test"' "$(lines j start | grep -o '"engine":"[a-z]*"')"
            rm j
        done
    done
}

a_container_ends_as_its_command_ends() {
    for options in '' --pid1; do
        # shellcheck disable=SC2086
        _entry exit $options -- "$(workload fate)" exit 200
        eq status 200 "$status"
        eq exit '"exited":200' "$(end_of exit | cut -d, -f1)"
        # shellcheck disable=SC2086
        _entry none $options -- /no/such/command
        eq status 127 "$status"
        eq none 'exec 2' "$(lines none error | sed 's/.*"stage":"\([a-z]*\)","errno":\([0-9]*\).*/\1 \2/')"
        rm exit none
    done
    _entry term -- "$(workload fate)" raise 15
    eq status 143 "$status"
    _entry segv --pid1 -- "$(workload fate)" segv 0 0
    eq status 139 "$status"
    eq segv '"signaled":11' "$(end_of segv | cut -d, -f1)"
}

a_command_that_is_pid_1_finds_no_child_but_its_own() {
    # The last process is what `wait` would hang on, or what would be left.
    _entry j --pid1 -- sh -c 'echo $$; wait; true & wait; cat /proc/1/task/1/children; sleep 100 & exit 3'
    eq status 3 "$status"
    eq pid 1 "$(head -n 1 out)"
    eq running 1 "$(lines j running | wc -l)"
    eq note 1 "$(lines j note | grep -c still-running)"
}

a_text_file_without_an_interpreter_is_no_command_to_an_engine() {
    echo 'echo hello' > script
    chmod +x script
    _entry j -- ./script
    eq status 126 "$status"
    [ ! -s out ] || fail 'the script ran'
}

every_signal_from_outside_is_passed_on_and_64_kills_the_command() {
    for signal in WINCH USR1 TERM ABRT 35; do
        _in_background j sh -c "trap 'echo got; exit 9' $signal; echo ready; while :; do sleep 0.01; done"
        kill -s $signal "$first"
        wait "$container" || status=$?
        eq "status after $signal" 9 "$status"
        rm j
    done
    _in_background j sh -c 'echo ready; while :; do sleep 0.01; done'
    kill -s 64 "$first"
    wait "$container" || status=$?
    eq status 137 "$status"
    eq end '"signaled":9' "$(end_of j | cut -d, -f1)"
    lines j count | grep -q . || fail 'no totals'
}

any_user_may_read_the_journal() {
    (umask 077 && _entry j -- true)
    eq mode 666 "$(stat -c %a j)"
}

a_relay_passes_the_status_back_and_signals_on() {
    status=0
    timeout -s KILL 20 "$TRACER" relay -- sh -c 'exit%207' || status=$?
    eq status 7 "$status"
    status=0
    timeout -s KILL 20 "$TRACER" relay -- no-such-command 2> err || status=$?
    eq status 127 "$status"
    status=0
    timeout -s KILL 20 "$TRACER" relay -- sh -c "trap%20'exit%209'%20TERM;echo%20ready;while%20:;do%20sleep%200.01;done" > out &
    await ready out
    kill -TERM "$(pgrep -P $!)"
    wait $! || status=$?
    eq status 9 "$status"
}

what_a_relay_runs_is_out_of_the_terminals_reach_and_ends_with_it() {
    timeout -s KILL 20 "$TRACER" relay -- sh -c 'echo%20$$;exec%20sleep%20100' > out &
    await . out
    pid=$(cat out)
    eq session "$pid" "$(ps -o sid= -p "$pid" | tr -d ' ')"
    kill -KILL "$(pgrep -P $!)"
    await_end "$pid"
    wait $! || true
}

# _entry JOURNAL [OPTION...] -- COMMAND...: as the first process of a pid namespace; its status is in $status
_entry() {
    local journal=$1 words=()
    shift
    for word in "$@"; do words+=("$(_encoded "$word")"); done
    status=0
    timeout -s KILL 60 unshare --pid --fork --mount-proc --kill-child \
        "$TRACER" record --entry test --journal "$journal" "${words[@]}" > out 2> err || status=$?
    [ -e "$journal" ] || skip "no pid namespace here: $(cat err)"
    ! grep -q 'Sanitizer\|runtime error' err || fail "a sanitizer's report"
}

# _in_background JOURNAL COMMAND...: until it says ready; $container is to be waited for, $first is its PID 1
_in_background() {
    local journal=$1 words=()
    shift
    for word in "$@"; do words+=("$(_encoded "$word")"); done
    status=0
    : > out
    # Not the other way round: as the first process of a pid namespace, a timeout takes its child for one whose parent has gone.
    timeout -s KILL 60 unshare --pid --fork --mount-proc --kill-child \
        "$TRACER" --version > /dev/null 2> err || skip "no pid namespace here: $(cat err)"
    unshare --pid --fork --mount-proc --kill-child \
        "$TRACER" record --entry test --journal "$journal" -- "${words[@]}" > out 2> err &
    container=$!
    await ready out
    first=$(pgrep -P "$container")
}

_encoded() {
    local text=${1//%/%25}
    text=${text// /%20}
    printf %s "${text//$'\n'/%0A}"
}
