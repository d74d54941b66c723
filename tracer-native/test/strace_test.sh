# The back end that is strace. It writes the calls into a log beside the journal; what profgen makes of it, Java's tests say.

_needs_strace() {
    command -v strace > /dev/null || skip "needs strace"
}

_record() {
    _needs_strace
    BACKEND='--tracer strace' record "$@"
}

the_log_has_the_calls_and_the_journal_all_else() {
    _record j -- "$(workload known)"
    eq end '"exited":7' "$(end_of j | cut -d, -f1)"
    eq calls 0 "$(grep -c '"t":"c' j)"
    lines j workload | grep -q '"pid":'"$(main_pid j)"',' || fail "$(lines j workload)"
    eq executable 1 "$(lines j exe | grep -c '/known"')"
    eq getppid 3 "$(grep -c " getppid()" j.strace)"
    # From its first instruction on: known has no loader, so its own first call is the first.
    eq calls 'write getppid close fcntl' "$(grep -v -- --- j.strace | sed 's/.*\] //; s/(.*//' | uniq | awk '!seen[$0]++' | head -n 4 | xargs)"
}

what_still_runs_at_the_end_is_killed_or_waited_for() {
    touch flag
    for options in '' --sandbox '--sandbox --pid1'; do
        # shellcheck disable=SC2086
        _record j $options -- "$(workload daemon)" flag
        eq "end $options" '"exited":6' "$(end_of j | cut -d, -f1)"
        for pid in $(cut -d' ' -f1 j.strace | sort -u); do await_end "$pid"; done
        rm j j.strace
    done
    rm flag
    _record j --until-exit all -- "$(workload daemon)"
    eq killed 0 "$(grep -c 'killed by SIGKILL' j.strace)"
    eq ends "$(cut -d' ' -f1 j.strace | sort -u | wc -l)" "$(grep -c '+++ exited' j.strace)"
}

a_status_and_a_signal_are_the_workloads() {
    _record j -- sh -c 'kill -SEGV $$'
    eq segv '"signaled":11' "$(end_of j | cut -d, -f1)"
    _record k -- /nonexistent
    lines k error | grep -q '"stage":"exec","errno":2,' || fail "$(cat k)"
}

without_strace_it_says_so() {
    local here=$PWD
    mkdir empty
    status=0
    timeout -s KILL 20 env PATH="$here/empty" "$TRACER" record --tracer strace --journal j -- /bin/true > out 2> err || status=$?
    lines j error | grep -q '"stage":"seize",.*"strace: No such file or directory"' || fail "$(cat j)"
}

nothing_stays_when_the_tracer_is_killed() {
    _needs_strace
    touch flag
    timeout -s KILL 60 "$TRACER" record --tracer strace --journal j --until-exit all -- "$(workload daemon)" flag > out 2> err &
    await ' getsid(' j.strace
    kill -KILL "$(lines j start | sed 's/.*"tracerPid":\([0-9]*\).*/\1/')"
    for pid in $(cut -d' ' -f1 j.strace | sort -u); do await_end "$pid"; done
    wait "$!" || :
}

the_terminals_signals_leave_strace_alone() {
    _needs_strace
    set -m
    timeout --foreground -s KILL 60 "$TRACER" record --tracer strace --journal j -- sh -c 'trap "" INT; echo ready; kill -INT 0; echo more; exit 5' > out 2> err &
    wait "$!" || :
    eq out 'ready more' "$(xargs < out)"
    eq end '"exited":5' "$(end_of j | cut -d, -f1)"
    tail -n 1 j.strace | grep -q 'exited with 5' || fail "$(tail -n 3 j.strace)"
}
