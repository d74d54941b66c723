# Threads, children, executions, ends.

every_thread_is_followed_from_its_first_call() {
    record j -- "$(workload threads)"
    as_expected j threads
    eq end '"exited":0,"core":false,"processes":1,"threads":29,"lost":0' "$(end_of j)"
}

fork_vfork_clone_clone3_and_grandchildren_are_followed() {
    record j -- "$(workload forks)"
    as_expected j forks
    eq end '"exited":0,"core":false,"processes":6,"threads":6,"lost":0' "$(end_of j)"
}

a_thread_that_executes_becomes_the_leader() {
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        rm -f j
        record j -- "$(workload exec_thread)"
        as_expected j exec_thread
        eq end '"exited":8,"core":false,"processes":1,"threads":5,"lost":0' "$(end_of j)"
    done
}

thousands_of_short_lived_processes_and_threads_are_counted_exactly() {
    many=${STRESS-2000} # less on an emulated machine
    record j -- "$(workload stress)" "$many" "$many"
    as_expected j stress
    eq end '"exited":0,"core":false,"processes":'$((many + 5))',"threads":'$((2 * many + 5))',"lost":0' "$(end_of j)"
}

ten_thousand_children_of_one_run_are_counted_exactly() {
    children=$((${STRESS-2000} * 5))
    record j -- "$(workload stress)" "$children" 1
    eq end '"exited":0,"core":false,"processes":'$((children + 5)) "$(end_of j | sed 's/,"threads.*//')"
    eq lost '"lost":0' "$(end_of j | sed 's/.*,//')"
}

executables_beyond_what_is_told_apart_lose_no_call_and_take_no_memory() {
    [[ ${BACKEND-} != *ebpf* ]] || skip "by ebpf the links of one file are one executable"
    many=2100 # of 2048
    mkdir names
    cp "$(workload paths)" .
    record j -- bash -c './paths names '$many' && cat /proc/$PPID/status > status'
    eq status 0 "$status"
    executables=$(lines j exe | wc -l)
    [ "$executables" -le 2048 ] || fail "$executables executables"
    lines j note | grep -q '"kind":"many-executables"' || fail "$(lines j note)"
    counts j | grep -q '^(other) .* getsid ' || fail "$(counts j | grep getsid)"
    memory=$(awk '/^VmHWM/ { print $2 }' status)
    [ "$memory" -lt 32768 ] || fail "the tracer took $memory kB"
    eq lost '"lost":0' "$(end_of j | sed 's/.*,//')"
}

a_thousand_threads_at_once_take_no_memory() {
    record j -- bash -c '"$0" '$((${STRESS-2000} / 2))' ready & until [ -s ready ]; do sleep 0.05; done; cat /proc/$PPID/status > status; kill $!; wait $!' \
        "$(workload crowd)"
    eq status 0 "$status"
    memory=$(awk '/^VmHWM/ { print $2 }' status)
    [ "$memory" -lt 16384 ] || fail "the tracer took $memory kB"
    eq lost '"lost":0' "$(end_of j | sed 's/.*,//')"
}

nothing_is_lost_when_processes_are_killed_stopped_and_replaced_at_any_moment() {
    for seed in 1 2 3; do
        rm -f j
        record j -- "$(workload chaos)" $seed $((${STRESS-2000} / 66))
        as_expected j chaos
        eq "seed $seed" '"exited":0,"core":false,lost":0' "$(end_of j | sed 's/"processes.*"lost/lost/')"
        eq "seed $seed: executables" 1 "$(lines j exe | wc -l)"
    done
}

what_still_runs_when_the_main_process_ends_is_named_and_killed() {
    touch flag
    record j -- "$(workload daemon)" flag
    as_expected j daemon
    pid=$(lines j running | sed -n 's/.*"pid":\([0-9]*\),"path":"[^"]*\/daemon".*/\1/p')
    [ -n "$pid" ] || fail "$(lines j running)"
    await_end "$pid"
    lines j note | grep -q '"kind":"still-running".*killed' || fail "$(lines j note)"
    eq end '"exited":6' "$(end_of j | cut -d, -f1)"
}

a_process_without_its_first_thread_is_named_and_killed_too() {
    record j -- "$(workload headless)" child
    as_expected j headless
    eq running 1 "$(lines j running | grep -c '/headless"')"
    eq end '"exited":3,"core":false,"processes":2,"threads":3' "$(end_of j | cut -d, -f1-4)"
    await_end "$(lines j running | sed 's/.*"pid":\([0-9]*\).*/\1/')"
}

with_until_exit_all_a_daemon_is_waited_for() {
    record j --until-exit all -- "$(workload daemon)"
    as_expected j daemon
    eq end '"exited":6,"core":false,"processes":3,"threads":3,"lost":0' "$(end_of j)"
}

a_process_that_is_killed_in_a_call_is_in_the_ledger() {
    timeout -s KILL 60 "$TRACER" record ${BACKEND-} --journal j -- "$(workload fate)" wait > out &
    tracer=$!
    await '"nr":'"$(_pause)"',' j
    kill -KILL "$(main_pid j)"
    wait $tracer || fail "status $?"
    as_expected j fate
    # Where the kernel itself records, the call's exit is seen also on the way to the end; by notification, no exit is looked for.
    lines j start | grep -q '"backend":"\(ebpf\|notify\)"' || lines j note | grep -q '"kind":"killed-early"' || fail "$(lines j note)"
    eq end '"signaled":9,"core":false,"processes":1,"threads":1,"lost":0' "$(end_of j)"
}

group_stops_are_as_without_a_tracer() {
    record j -- "$(workload stopped)"
    as_expected j stopped
    eq end '"exited":0' "$(end_of j | cut -d, -f1)"
}

signals_arrive_with_their_data_and_handlers_return() {
    record j -- "$(workload signals)"
    as_expected j signals
    eq end '"exited":0' "$(end_of j | cut -d, -f1)"
}

the_end_of_the_main_process_is_told_exactly() {
    record exit -- "$(workload fate)" exit 200
    eq exit '"exited":200' "$(end_of exit | cut -d, -f1)"
    for signal in 1 2 3 6 15 9 34; do
        record "raise$signal" -- "$(workload fate)" raise $signal
        eq raise '"signaled":'$signal',"core":false' "$(end_of "raise$signal" | cut -d, -f1,2)"
        eq status 0 "$status"
    done
    record segv -- "$(workload fate)" segv 0 0
    eq segv '"signaled":11' "$(end_of segv | cut -d, -f1)"
}

a_command_that_cannot_be_executed_ends_as_a_shell_says() {
    echo text > file
    mkdir dir
    record missing -- no-such-command
    eq missing '"exited":127' "$(end_of missing | cut -d, -f1)"
    lines missing error | grep -q '"stage":"exec","errno":2,' || fail "$(cat missing)"
    eq missing '"processes":1,"threads":1,"lost":0 ' "$(end_of missing | cut -d, -f3-) $(lines missing note)"
    for what in file dir; do
        record "$what.j" -- "./$what"
        eq "$what" '"exited":126' "$(end_of "$what.j" | cut -d, -f1)"
        eq status 0 "$status"
    done
    lines file.j error | grep -q '"stage":"exec","errno":13,' || fail "$(cat file.j)"
}

nothing_stays_when_the_tracer_is_killed() {
    touch flag
    timeout -s KILL 60 "$TRACER" record ${BACKEND-} --journal j --until-exit all -- "$(workload daemon)" flag > out &
    getsid='"nr":'$(awk '$2 == "getsid" { print $1 }' "$TABLES/$(uname -m).tsv")','
    await "$getsid" j
    daemon=$(lines j call | sed -n "s/.*$getsid.*\"pid\":\([0-9]*\).*/\1/p")
    [ -d "/proc/$daemon" ] || fail "no daemon $daemon"
    kill -KILL "$(lines j start | sed 's/.*"tracerPid":\([0-9]*\).*/\1/')"
    await_end "$daemon"
    [ -z "$(tail -c 1 j)" ] || fail "the journal ends within a line"
}

_pause() {
    awk '$2 == "pause" || $2 == "ppoll" { print $1; exit }' "$TABLES/$(uname -m).tsv"
}
