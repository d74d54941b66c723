# User notification: calls are told of, results are not.

notify_records_the_calls_and_arguments_that_ptrace_records() {
    for name in known arguments foreign $(in_32_bits) forks signals all_signals fights; do
        sets "$name" --tracer ptrace > by_ptrace
        sets "$name" --tracer notify > by_notify
        diff by_ptrace by_notify > out || fail "$name"
    done
}

what_holds_of_calls_and_processes_holds_by_notification() {
    cd "$OLDPWD"
    BACKEND='--tracer notify' STRICT='' SKIPPED='' ./run calls_test.sh processes_test.sh runtimes_test.sh sandboxed_tracing_test.sh \
        service_test.sh entry_test.sh
}

a_debugger_works_and_what_it_does_is_recorded() {
    record j --tracer notify -- "$(workload debugs)"
    eq end '"exited":0,"core":false,"processes":3,"threads":3,"lost":0' "$(end_of j)"
    counts j | grep -q "^debugs $(uname -m) ptrace " || fail "$(counts j)"
    eq notes '' "$(lines j note)"
    command -v strace > /dev/null || skip "needs strace"
    record k --tracer notify -- strace -f -o log "$(workload forks)"
    eq strace '"exited":0' "$(end_of k | cut -d, -f1)"
    grep -q getsid log || fail "$(cat log)"
}

the_workload_is_nobody_s_tracee() {
    record j --tracer notify -- grep TracerPid /proc/self/status
    eq tracer 'TracerPid: 0' "$(xargs < out)"
}

# Each of them sleeps or asks or does neither, and is in a session of its own or not.
of_a_killed_tracer_nothing_stays() {
    timeout -s KILL 60 "$TRACER" record --tracer notify --journal j -- \
        bash -c 'sleep 50 & setsid sh -c "while :; do getconf PATH > /dev/null; done" & (while :; do :; done) &
            for pid in $(jobs -p) $$; do echo $pid; done > pids.new && mv pids.new pids && wait' > out 2>&1 &
    until [ -s pids ]; do sleep 0.01; done
    tracer=$(lines j start | sed 's/.*"tracerPid":\([0-9]*\).*/\1/')
    guard=$(grep -l "^PPid:[[:space:]]*$tracer\$" /proc/[0-9]*/status 2> /dev/null | xargs grep -l profgen-guard | cut -d/ -f3)
    [ -d "/proc/$guard" ] || fail "no guard"
    kill -KILL "$tracer"
    for pid in $(cat pids) "$guard"; do await_end "$pid"; done
}

of_a_tracer_that_is_killed_with_its_group_nothing_stays() {
    nothing_stays_of_a_killed_group notify
}

processes_beyond_the_descriptors_are_told_apart_all_the_same() {
    (ulimit -n 24 && record j --tracer notify -- bash -c 'for i in $(seq 60); do sleep 50 & done; for i in $(seq 200); do /bin/true; done
        kill $(jobs -p); wait; exit 4')
    eq end '"exited":4,"core":false,"processes":264,"threads":264,"lost":0' "$(end_of j)"
    notes j many-processes | grep -q 'than the recorder may have descriptors' || fail "$(lines j note)"
    eq executions 262 "$(counts j | awk '$3 == "execve" { n += $4 } END { print n - 1 }')"
}

an_executable_that_deletes_itself_stays_the_same() {
    cp "$(workload forks)" forks
    record j --tracer notify -- sh -c './forks & until [ -s out ]; do :; done; rm forks; wait'
    record k --tracer notify -- bash -c 'cp "$0" own && exec ./own' "$(workload forks)"
    eq executables 0 "$(lines k exe | grep -c deleted)"
}

an_execution_that_fails_changes_nothing_and_one_by_another_thread_does() {
    record j --tracer notify -- "$(workload exec_thread)"
    as_expected j exec_thread
    record k --tracer notify -- bash -c 'for i in 1 2 3; do (exec /nonexistent) 2> /dev/null; done; exec -a other bash -c "exec true"'
    eq executables 2 "$(lines k exe | wc -l)"
    eq other 1 "$(lines k exe | grep -c '/true"')"
}

without_privileges_it_is_the_same() {
    [ "$(id -u)" = 0 ] || skip "it is run without them anyway"
    command -v setpriv > /dev/null || skip "needs setpriv (util-linux)"
    chmod 777 .
    cp "$(workload fights)" "$TRACER" .
    status=0
    timeout -s KILL 60 setpriv --reuid 65534 --regid 65534 --clear-groups ./profgen-tracer record --tracer notify --journal j -- ./fights > out 2> err || status=$?
    eq status 0 "$status"
    as_expected j fights
    eq notes 1 "$(lines j note | grep -c .)" # that it asks for strict mode
    lines j workload | grep -q '"noNewPrivileges":false,"seccomp":0,"seccompFilters":0' || fail "$(lines j workload)"
}

a_child_that_no_tracer_is_to_see_is_counted_once_and_ends_with_the_rest() {
    record j --tracer notify -- "$(workload fights)"
    as_expected j fights
    eq notes '' "$(notes j untraced-clone)"
    record traced -- "$(workload fights)"
    eq end "$(end_of traced)" "$(end_of j)"
}

counts_are_exact_and_results_are_absent() {
    record j --tracer notify -- "$(workload known)"
    as_expected j known
    lines j start | grep -q '"backend":"notify"' || fail "$(lines j start)"
    lines j count | grep -q errnos && fail "$(lines j count)"
    eq notes '' "$(lines j note)"
}

calls_that_a_filter_of_the_workload_denies_are_said_to_be_hidden() {
    record j --tracer notify -- "$(workload filter)"
    notes j calls-hidden | grep -q '/filter may have installed a seccomp filter of its own' || fail "$(lines j note)"
}

a_signal_interrupts_neither_the_growth_of_memory_nor_the_end_of_a_handler() {
    record j --tracer notify -- "$(workload interrupted)"
    eq end '"exited":0' "$(end_of j | cut -d, -f1)"
    as_expected j interrupted
    record k --tracer notify -- env --ignore-signal=USR1 --default-signal=USR2 true
    eq 'without a handler' rt_sigaction "$(counts k | awk '$1 == "env" && $3 ~ /^rt_sig(action|return)$/ { print $3 }')"
}

the_listening_call_makes_it_ready() {
    record j --tracer notify --ready-call "$(number_of getsid)" -- "$(workload forks)"
    lines j phase | grep -q '"phase":"serving".*"cause":"call '"$(number_of getsid)"' of ' || fail "$(lines j phase)"
}
