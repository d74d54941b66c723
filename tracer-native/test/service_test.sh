# Runs that do not end by themselves: their phases, and how they are ended.

# _serve JOURNAL [OPTION...] -- HOW: starts the server under the tracer and waits until it listens; $tracer is its pid.
_serve() {
    local journal=$1 options=()
    shift
    while [ "$1" != -- ]; do
        options+=("$1")
        shift
    done
    : > control
    timeout -s KILL 60 "$TRACER" record ${BACKEND-} --journal "$journal" --control control --ready-call "$(number_of listen)" "${options[@]}" \
        -- "$(workload server)" "$2" port > out 2> err &
    tracer=$!
    await '"phase":"serving"' "$journal"
    await . port
}

_wait_for_tracer() {
    wait "$tracer" || fail "status $?"
    ! grep -q 'Sanitizer\|runtime error' err || fail "a sanitizer's report"
}

a_service_starts_serves_and_shuts_down() {
    for who in profgen somebody; do
        # What somebody sends to a process that is nobody's tracee is between the two.
        [[ ${BACKEND-} != *notify* || $who != somebody ]] || continue
        rm -f j port
        _serve j -- polite
        ask port
        await '"t":"call".*"nr":'"$(number_of getsid)"',' j
        if [ $who = profgen ]; then echo stop >> control; else kill -TERM "$(main_pid j)"; fi
        _wait_for_tracer
        as_expected j server
        eq phases 'entry serving shutdown' "$(lines j phase | sed 's/.*"phase":"\([a-z]*\)".*/\1/' | xargs)"
        eq end '"exited":0,"core":false,"processes":1,"threads":1,"lost":0' "$(end_of j)"
        eq listen entry "$(phases_of j listen)"
        eq accept4 serving "$(phases_of j accept4)"
        eq getpriority shutdown "$(phases_of j getpriority)"
        eq write 'entry serving' "$(phases_of j write)"
        eq exit_group shutdown "$(phases_of j exit_group)"
        eq "stopped by $who" "$([ $who = profgen ] && echo 1 || echo 0)" "$(notes j stopped | wc -l)"
    done
}

what_ignores_the_signal_is_killed_after_the_grace() {
    _serve j --stop-grace 200 -- stubborn
    echo stop >> control
    _wait_for_tracer
    eq end '"signaled":9' "$(end_of j | cut -d, -f1)"
    grep -q 'it still ran 0.2 s after signal 15: killed' <<< "$(notes j killed)" || fail "$(notes j killed)"
}

a_second_word_kills_at_once_and_the_journal_is_whole() {
    _serve j -- stubborn
    printf 'stop\nnonsense\nkill\n' >> control
    _wait_for_tracer
    eq end '"signaled":9' "$(end_of j | cut -d, -f1)"
    lines j count | grep -q '"nr":'"$(number_of listen)"',' || fail "no totals"
}

the_stop_signal_is_the_one_that_was_asked_for() {
    _serve j --stop-signal 10 -- stubborn
    echo stop >> control
    _wait_for_tracer
    eq end '"signaled":10' "$(end_of j | cut -d, -f1)"
}

profgen_can_say_that_the_workload_serves_and_a_phase_never_comes_back() {
    : > control
    timeout -s KILL 60 "$TRACER" record ${BACKEND-} --journal j --control control -- "$(workload server)" polite port > out &
    tracer=$!
    await . port
    eq phases entry "$(lines j phase | sed 's/.*"phase":"\([a-z]*\)".*/\1/' | xargs)"
    printf 'ser' >> control
    printf 'ving\nserving\n' >> control
    await '"phase":"serving"' j
    echo stop >> control
    await '"phase":"shutdown"' j
    echo serving >> control
    wait $tracer || fail "status $?"
    eq phases 'entry serving shutdown' "$(lines j phase | sed 's/.*"phase":"\([a-z]*\)".*/\1/' | xargs)"
}

a_command_beside_the_run_has_a_phase_of_its_own() {
    record j --phase exec --ready-call "$(number_of getppid)" -- "$(workload known)"
    eq getppid exec "$(phases_of j getppid)"
    eq phases exec "$(lines j phase | sed 's/.*"phase":"\([a-z]*\)".*/\1/' | xargs)"
}

when_profgen_is_gone_the_service_is_stopped_and_the_journal_is_whole() {
    : > control
    bash -c '"$0" record '"${BACKEND-}"' --journal j --control control --end-with-parent -- "$1" polite port > out & wait' "$TRACER" "$(workload server)" &
    await . port
    kill -KILL $!
    await '"t":"end"' j
    eq end '"exited":0' "$(end_of j | cut -d, -f1)"
    notes j stopped | grep -q 'profgen itself was gone' || fail "$(notes j stopped)"
}

a_control_file_that_is_not_there_is_said() {
    record j --control none -- true
    eq status 125 "$status"
    lines j error | grep -q '"stage":"control","errno":2,' || fail "$(cat j)"
}
