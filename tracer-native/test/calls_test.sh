# What is recorded: calls, ABIs, results, arguments.

a_program_without_libc_is_recorded_call_by_call() {
    record j -- "$(workload known)"
    eq status 0 "$status"
    as_expected j known
    eq calls "$(sort out | cut -d' ' -f1,2)" "$(counts j | sed 's/^known //' | cut -d' ' -f1,2)"
    eq end '"exited":7,"core":false,"processes":1,"threads":1,"lost":0' "$(end_of j)"
}

the_first_sight_of_a_call_has_its_executable_time_process_and_argv0() {
    record j -- bash -c 'exec -a Other "$0"' "$(workload known)"
    lines j exe | grep -q '"id":1,"path":"[^"]*/known","ns":[0-9]*,"pid":'"$(main_pid j)"',"argv0":"Other"' || fail "$(lines j exe)"
    lines j call | grep -q '^{"t":"call","exe":1,"abi":"[a-z0-9_]*","nr":[0-9]*,"ns":[0-9]*,"pid":[0-9]*,"argv0":"Other","phase":"entry"}$' || fail "$(lines j call)"
}

an_execve_belongs_to_its_caller_and_the_first_one_to_the_workload() {
    record j -- bash -c 'exec "$0"' "$(workload known)"
    counts j | grep -q '^bash [a-z0-9_]* execve \(2 {?}\|2 {}\|1+ {}\)$' || fail "$(counts j | grep execve)"
    counts j | grep -q '^known [a-z0-9_]* execve' && fail "$(counts j | grep execve)"
    return 0
}

every_call_has_one_first_sight_and_one_count_and_every_errno_too() {
    record j -- bash -c 'ls /proc/self /nonexistent | wc -l'
    key='s/.*\("exe":[0-9]*,"abi":"[^"]*","nr":[-0-9]*\).*/\1/'
    eq sights "$(lines j count | sed "$key" | sort)" "$(lines j call | sed "$key" | sort)"
    eq errnos "$(lines j count | grep -o '"[0-9]*":[0-9]*' | wc -l)" "$(lines j errno | wc -l)"
}

calls_of_other_abis_are_told_apart_and_socketcall_is_opened() {
    record j -- "$(workload foreign)"
    [ "$(end_of j | cut -d, -f1)" != '"exited":77' ] || skip "this architecture has one ABI only"
    as_expected j foreign
    lines j note | grep -q '"kind":"foreign-abi".*i386 ABI' || fail "$(lines j note)"
    lines j note | grep -q '"kind":"foreign-abi".*x32 ABI' || fail "$(lines j note)"
    lines j note | grep -q '"kind":"socketcall-unreadable"' || fail "$(lines j note)"
    eq tuples '[1,1,1,0] [1,2,2,0] [14,1,2,0]' "$(lines j args | grep '"abi":"i386","nr":102' | sed 's/.*"v":\(.*\)}/\1/' | paste -sd' ')"
}

a_child_that_no_tracer_is_to_see_is_seen_also_if_32_bit_code_makes_it() {
    "$(workload foreign_code)" > /dev/null || skip "this machine runs no 32-bit code"
    record j -- "$(workload foreign_code)"
    as_expected j foreign_code
    eq notes '' "$(notes j untraced-clone)"
    eq end '"exited":0,"core":false,"processes":2,"threads":2' "$(end_of j | cut -d, -f1-4)"
}

distinct_arguments_are_kept_up_to_64_and_then_said_to_be_many() {
    record j -- "$(workload arguments)"
    as_expected j arguments
    eq ioctl 64 "$(lines j args | grep -c '"nr":'"$(_number ioctl)"',')"
    eq many "$(_number ioctl)" "$(lines j args-many | sed 's/.*"nr":\([0-9]*\)}/\1/')"
    eq getsockopt 64 "$(lines j args | grep -c '"nr":'"$(_number getsockopt)"',')"
}

argument_values_are_unsigned_64_bit_numbers_and_clone3_flags_come_from_memory() {
    record j -- "$(workload arguments)"
    lines j args | grep -q '"nr":'"$(_number personality)"',"v":\[18446744073709551615\]' || fail "$(lines j args | tail)"
    lines j args | grep -q '"nr":'"$(_number personality)"',"v":\[4294967295\]' || fail "$(lines j args | tail)"
    lines j args | grep -q '"nr":'"$(_number clone3)"',"v":\[9223372036854906880\]' || fail "$(lines j args | tail)"
    lines j note | grep -q '"kind":"clone3-unreadable"' || fail "$(lines j note)"
}

a_filter_of_the_workloads_own_does_not_hide_calls() {
    [[ ${BACKEND-} != *notify* ]] || skip "a filter answers before the kernel notifies"
    record j -- "$(workload filter)"
    as_expected j filter
    eq end '"signaled":31' "$(end_of j | cut -d, -f1)"
    lines j note | grep -q '"kind":"installed-filter"' || fail "$(lines j note)"
}

arguments_that_are_not_utf8_are_passed_on_and_shown_as_bytes() {
    record j -- printf '%25s|%25s' 'a%ff%c3%28b' '%e2%82%ac%22%5c%01'
    eq output "$(printf 'a\xff\xc3(b|€"\\\001')" "$(cat out)"
    lines j start | grep -qF '"command":["printf","%s|%s","a\\xff\\xc3(b","€\"\\\u0001"]' || fail "$(lines j start)"
}

a_set_user_id_program_that_gets_no_privilege_is_in_the_ledger() {
    [ "$(id -u)" = 0 ] || skip "needs root, to make a set-user-ID program and to be somebody else"
    command -v setpriv findmnt > /dev/null || skip "needs setpriv and findmnt (util-linux)"
    findmnt -nT . -o OPTIONS | grep -q nosuid && skip "set-user-ID programs have no effect in $PWD"
    chmod 755 .
    cp "$(workload known)" set-id
    cp "$TRACER" tracer
    chmod 4755 set-id
    mkdir -m 777 theirs
    timeout -s KILL 60 setpriv --reuid 65534 --regid 65534 --clear-groups ./tracer record --journal theirs/j -- ./set-id > out 2> err
    lines theirs/j note | grep -q '"kind":"set-user-id-ignored".*/set-id ' || fail "$(lines theirs/j note)"
    record j -- ./set-id
    eq 'notes as root' '' "$(notes j set-user-id-ignored)"
}

_number() {
    awk -F '\t' -v name="$1" '$2 == name { print $1 }' "$TABLES/$(uname -m).tsv"
}
