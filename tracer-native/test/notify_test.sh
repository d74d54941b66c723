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
    BACKEND='--tracer notify' STRICT='' SKIPPED='' ./run calls_test.sh processes_test.sh runtimes_test.sh
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

the_listening_call_makes_it_ready() {
    record j --tracer notify --ready-call "$(number_of getsid)" -- "$(workload forks)"
    lines j phase | grep -q '"phase":"serving".*"cause":"call '"$(number_of getsid)"' of ' || fail "$(lines j phase)"
}
