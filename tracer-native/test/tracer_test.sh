# The tracer as a program: options, signals, its journal.

the_journal_is_never_an_existing_file() {
    echo mine > j
    record j -- true
    eq status 125 "$status"
    eq journal mine "$(cat j)"
    eq message 'profgen-tracer: j: File exists' "$(cat err)"
}

options_end_at_the_command_and_bad_ones_are_named() {
    record j -- echo --journal @file -- %25
    eq output '--journal @file -- %' "$(cat out)"
    for bad in '--sigmask xyz' '--progress-interval -1' '--until-exit never' '--setenv NAME' '--unsetenv A=B' '--no-such'; do
        # shellcheck disable=SC2086
        record bad $bad -- true
        eq "$bad" 125 "$status"
        [ "$(wc -l < err)" = 1 ] || fail "$bad: one line"
        [ ! -e bad ] || fail "$bad: a journal was made"
    done
    record bad -- 'bad%zz'
    eq encoding 125 "$status"
}

a_signal_that_a_process_sends_is_passed_on_to_the_main_process() {
    for signal in TERM:15 INT:2 HUP:1 USR1:10 QUIT:3; do
        timeout -s KILL 60 "$TRACER" record ${BACKEND-} --journal "j$signal" --sigignore 0 -- "$(workload fate)" wait > out &
        await '"nr":'"$(_pause)"',' "j$signal"
        kill "-${signal%:*}" "$(lines "j$signal" start | sed 's/.*"tracerPid":\([0-9]*\).*/\1/')"
        wait $! || fail "status $?"
        eq "$signal" "\"signaled\":${signal#*:}" "$(end_of "j$signal" | cut -d, -f1)"
    done
}

the_workload_starts_with_the_given_mask_dispositions_and_limit() {
    record j --sigmask 200 --sigignore 1000 -- grep -E 'Sig(Blk|Ign)' /proc/self/status
    eq signals "$(printf 'SigBlk:\t0000000000000200\nSigIgn:\t0000000000001000')" "$(cat out)"
    record limit --nofile-soft 123 -- sh -c 'ulimit -n'
    eq limit 123 "$(cat out)"
}

the_workload_ignores_what_the_tracer_was_started_with_and_blocks_nothing() {
    (trap '' USR2 PIPE; record j -- grep -E 'Sig(Blk|Ign)' /proc/self/status)
    eq state "$(printf 'SigBlk:\t0000000000000000\nSigIgn:\t0000000000001800')" "$(cat out)"
}

the_state_of_the_workload_is_that_before_its_first_call() {
    record j -- "$(workload known)"
    want=$(awk '/^CapBnd/ { sub(/^0*/, "", $2); print $2 == "" ? 0 : $2 }' /proc/self/status)
    lines j workload | grep -q '"uid":'"$(id -u)"',"gid":'"$(id -g)"',.*"capBnd":"'"$want"'".*"noNewPrivileges":false,"seccomp":[012],' || fail "$(lines j workload)"
}

progress_is_written_only_when_something_changed() {
    record j --progress-interval 1 -- "$(workload stress)" 200 200
    lines j progress | grep -q '"processes":[0-9]*,"threads":[0-9]*,"running":[0-9]*,"calls":[0-9]*,"distinct":[0-9]*}$' || fail "no progress"
    eq repeated '' "$(lines j progress | sed 's/"ns":[0-9]*,//' | uniq -d)"
    record none --progress-interval 0 -- "$(workload stress)" 200 200
    eq none 0 "$(lines none progress | wc -l)"
}

a_full_disk_costs_the_workload_nothing_and_is_told() {
    (ulimit -f 1; record j -- "$(workload known)"; echo "$status" > status)
    eq status 125 "$(cat status)"
    grep -q '^profgen-tracer: j: [0-9]* lines could not be written (.*); the journal stays$' err || fail "message"
    [ "$(wc -l < out)" = 8 ] || fail "the workload did not run to its end"
    [ "$(wc -c < j)" -gt 512 ] || fail "nothing was written"
    [ -z "$(tail -c 1 j)" ] || fail "the journal ends within a line"
}

_pause() {
    awk '$2 == "pause" || $2 == "ppoll" { print $1; exit }' "$TABLES/$(uname -m).tsv"
}

the_back_end_is_named_in_the_journal_and_an_unknown_one_is_refused() {
    record j --tracer ptrace -- "$(workload known)"
    lines j start | grep -q '"backend":"ptrace"' || fail "$(lines j start)"
    record none --tracer other -- "$(workload known)"
    eq status 125 "$status"
    eq message "profgen-tracer: --tracer: bad value 'other'" "$(cat err)"
}
