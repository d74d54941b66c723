# Tracing into the built-in container.

the_same_calls_are_recorded_in_a_container() {
    for options in --sandbox '--sandbox --pid1'; do
        for name in threads forks exec_thread filter stopped signals 'stress 200 200'; do
            [[ ${BACKEND-} != *notify* || $name != filter ]] || continue # which answers before the kernel notifies
            # shellcheck disable=SC2086
            _record j $options -- "$WORKLOADS"/$name
            as_expected j "${name%% *}"
            rm j
        done
    done
}

the_end_of_the_main_process_in_a_container_is_told_exactly() {
    _record exit --sandbox -- "$(workload fate)" exit 200
    eq exit '"exited":200' "$(end_of exit | cut -d, -f1)"
    for signal in 6 9 15; do
        _record "raise$signal" --sandbox -- "$(workload fate)" raise $signal
        eq raise '"signaled":'$signal "$(end_of "raise$signal" | cut -d, -f1)"
    done
}

a_main_process_that_is_pid_1_dies_of_its_own_faults() {
    _record j --sandbox --pid1 -- "$(workload fate)" segv 0 0
    eq segv '"signaled":11' "$(end_of j | cut -d, -f1)"
}

what_pid_1_takes_along_at_its_end_is_named() {
    touch flag
    for options in --sandbox '--sandbox --pid1' '--sandbox --pid1 --until-exit all'; do
        # shellcheck disable=SC2086
        _record j $options -- "$(workload daemon)" flag
        eq running 1 "$(lines j running | grep -c '/daemon"}$')"
        lines j note | grep -q '"kind":"still-running".*killed' || fail "$(lines j note)"
        eq killed-early 0 "$(lines j note | grep -c killed-early)"
        rm j
    done
}

in_a_container_a_daemon_is_waited_for_too() {
    _record j --sandbox --until-exit all -- "$(workload daemon)"
    as_expected j daemon
    eq end '"exited":6,"core":false,"processes":3,"threads":3,"lost":0' "$(end_of j)"
}

nothing_stays_of_a_container_when_the_tracer_is_killed() {
    touch flag
    timeout -s KILL 60 "$TRACER" record ${BACKEND-} --journal j --sandbox --until-exit all -- "$(workload daemon)" flag > out 2> err &
    await '"t":"errno"\|"t":"error"\|"nr":'"$(awk '$2 == "getsid" { print $1 }' "$TABLES/$(uname -m).tsv")"',' j
    _skip_without_sandbox j
    pids=$(lines j call | sed 's/.*"pid":\([0-9]*\).*/\1/' | sort -u)
    kill -KILL "$(lines j start | sed 's/.*"tracerPid":\([0-9]*\).*/\1/')"
    for pid in $pids; do await_end "$pid"; done
}

_skip_without_sandbox() {
    ! lines "$1" error | grep -q '"stage":"sandbox"' || skip "no container on this machine: $(lines "$1" error)"
}

_record() {
    record "$@"
    _skip_without_sandbox "$1"
}
