# The late filter: less is stopped at, and the same is recorded.

late_records_the_calls_and_arguments_that_ptrace_records() {
    for name in known arguments foreign $(in_32_bits) forks signals all_signals fights; do
        sets "$name" --tracer ptrace > by_ptrace
        for after in 0 1 7 40; do
            sets "$name" --tracer late --late-after $after > by_late
            diff by_ptrace by_late > out || fail "$name after $after"
        done
    done
}

what_holds_of_calls_and_processes_holds_under_the_late_filter() {
    cd "$OLDPWD"
    BACKEND='--tracer late --late-after 3' STRICT='' SKIPPED='' ./run calls_test.sh processes_test.sh runtimes_test.sh
}

a_loop_is_let_through_and_its_count_is_a_lower_bound() {
    record j --tracer late -- bash -c 'i=0; while [ $i -lt 4000 ]; do i=$((i + 1)); kill -0 $$; done'
    eq status 0 "$status"
    lines j start | grep -q '"backend":"late"' || fail "$(lines j start)"
    notes j let-through | grep -q '(processes that loaded the filter: 1)$' || fail "$(lines j note)"
    kills=$(lines j count | grep '"nr":'"$(number_of kill)"',') 
    echo "$kills" | grep -q '"atLeast":true' || fail "$kills"
    [ "$(sed 's/.*"calls":\([0-9]*\).*/\1/' <<< "$kills")" -lt 1000 ] || fail "$kills"
}

a_call_that_never_succeeded_is_not_let_through() {
    record j --tracer late --late-after 0 -- bash -c 'for i in 1 2 3 4 5 6 7 8 9; do kill -0 999999999; done; exit 0' 2> /dev/null
    lines j count | grep -q '"nr":'"$(number_of kill)"',"calls":9,"errnos":{"3":9}' || fail "$(lines j count | grep '"nr":62,')"
}

what_an_executable_does_first_is_attributed_to_it_though_another_has_done_it() {
    record j --tracer late --late-after 20 -- bash -c 'ls / > /dev/null; cat /dev/null; ls /'
    for program in ls cat; do
        counts j | grep -q "^$program .* mmap " || fail "$program: $(counts j | grep mmap)"
        counts j | grep -q "^$program .* exit_group " || fail "$program: $(counts j | grep exit_group)"
    done
}

a_child_without_a_tracer_is_made_with_one() {
    record j -- "$(workload fights)"
    as_expected j fights
    eq notes '' "$(notes j untraced-clone)"
}

a_process_that_is_killed_while_it_is_made_to_load_the_filter_ends_as_it_did() {
    cp "$(workload struck)" .
    local children=40 seeds="1 2 3 4 5 6 7 8"
    [ -z "${STRESS-}" ] || { children=10; seeds="1 2 3"; }
    for calls in 294 300 306; do
        rm -f j struck?*
        record j --tracer late --late-after 300 -- ./struck $children $calls $calls
        as_expected j struck
        eq end '"exited":0,"core":false,"processes":'$((children + 1)) "$(end_of j | cut -d, -f1-3)"
        for seed in $seeds; do
            rm -f j
            record j --tracer late --late-after 300 -- ./struck 0 $calls $seed
            eq end '"signaled":9' "$(end_of j | cut -d, -f1)"
        done
    done
}

every_signal_comes_once() {
    record j -- "$(workload all_signals)"
    eq status 0 "$status"
    eq end '"exited":0' "$(end_of j | cut -d, -f1)"
    as_expected j all_signals
}

a_filter_that_is_there_keeps_strict_mode_away_and_the_ledger_says_so() {
    record j --tracer late --late-after 0 -- "$(workload fights)"
    notes j strict-mode-refused | grep -q '/fights could not' || fail "$(lines j note)"
}

a_program_with_privileges_keeps_them_where_it_comes_before_the_filter() {
    _set_user_id
    record j --tracer late --late-after 500 --uid 65534 -- bash -c './set-id > first; i=0; while [ $i -lt 999 ]; do i=$((i + 1)); kill -0 $$; done'
    notes j not-filtered | grep -q '/bash goes on without a filter$' || fail "$(lines j note)"
    eq ignored '' "$(notes j set-user-id-ignored)"
    eq let-through '' "$(notes j let-through)"
}

a_program_that_loses_its_privileges_by_the_filter_is_in_the_ledger() {
    _set_user_id
    record j --tracer late --late-after 1 --uid 65534 -- bash -c 'i=0; while [ $i -lt 999 ]; do i=$((i + 1)); kill -0 $$; done; ./set-id > first'
    notes j set-user-id-ignored | grep -q '/set-id ' || fail "$(lines j note)"
}

the_best_back_end_is_ebpf_where_it_works_and_is_exact_else_late() {
    record ebpf --tracer ebpf -- "$(workload known)"
    want=$([ "$status" = 0 ] && echo ebpf || echo late)
    record j --tracer auto -- "$(workload known)"
    lines j start | grep -q '"backend":"'$want'"' || fail "$(lines j start)"
    as_expected j known
}

what_an_earlier_recording_has_is_let_through_from_the_start() {
    record j --tracer late --late-after 0 -- "$(workload forks)"
    sed -n 's/^{"t":"call","exe":[0-9]*,"abi":"\([^"]*\)","nr":\([0-9]*\),.*/\1 \2/p' j | grep -v ' '"$(number_of getsid)"'$' > base
    sed -n 's/^{"t":"args","exe":[0-9]*,"abi":"\([^"]*\)","nr":\([0-9]*\),"v":\[\(.*\)\]}/\1 \2 \3/p' j | tr , ' ' >> base
    record again --tracer late --base base -- "$(workload forks)"
    eq status 0 "$status"
    lines again call | grep -q '"nr":'"$(number_of getsid)"',' || fail "$(lines again call)"
    [ "$(lines again call | wc -l)" -lt "$(lines j call | wc -l)" ] || fail "$(lines again call)"
    echo vax 1 > base
    record none --tracer late --base base -- true
    eq status 125 "$status"
    eq error '"stage":"base","errno":22,"message":"base: expected lines of ABI NUMBER [VALUE... | *]"}' "$(lines none error | cut -d, -f2-)"
    rm none
    record none --tracer late --base missing -- true
    eq error '"stage":"base","errno":2,"message":"missing: No such file or directory"}' "$(lines none error | cut -d, -f2-)"
}

a_call_that_an_earlier_recording_has_makes_ready_when_it_is_made() {
    echo "$(uname -m) $(number_of getsid)" > base
    record j --tracer late --late-after 0 --base base --ready-call "$(number_of getsid)" -- "$(workload forks)"
    eq phase 1 "$(lines j phase | grep -c '"phase":"serving",.*"cause":"call '"$(number_of getsid)"' of ')"
}

late_neither_attaches_nor_watches_a_filter() {
    status=0
    "$TRACER" attach --tracer late --journal j $$ 2> err || status=$?
    eq status 125 "$status"
    eq message 'profgen-tracer: late: follows only what it has started' "$(cat err)"
    record j --tracer late --filter none -- true
    eq message 'profgen-tracer: --filter: needs --tracer ptrace' "$(cat err)"
}

# Into first a program that tells its user; set-user-ID of root.
_set_user_id() {
    [ "$(id -u)" = 0 ] || skip "needs root, to make a set-user-ID program and to be somebody else"
    command -v findmnt > /dev/null || skip "needs findmnt (util-linux)"
    findmnt -nT . -o OPTIONS | grep -q nosuid && skip "set-user-ID programs have no effect in $PWD"
    chmod 777 .
    cp "$(workload known)" set-id
    chmod 4755 set-id
}


a_call_that_the_workload_leaves_to_a_tracer_finds_none() {
    "$(workload asks)" > /dev/null || fail "not even untraced"
    for options in '--tracer ptrace' '--tracer late' '--tracer late --late-after 0' '--tracer late --late-after 30' '--tracer late --late-after 80'; do
        rm -f j
        record j $options -- "$(workload asks)"
        eq "end with $options" '"exited":0' "$(end_of j | cut -d, -f1)"
        as_expected j asks
    done
}
