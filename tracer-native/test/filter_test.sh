# Running a workload under a filter: what it refuses, and that nothing but the workload is under it.
source ./container.sh

_nr() {
    awk -F '\t' -v name="$1" '$2 == name { print $1 }' "$TABLES/$(uname -m).tsv"
}

# _filter NAME:ANSWER[:ARGUMENT]...: ./open/filter refuses these calls
_filter() {
    local rules=()
    _prepare_folder
    for rule in "$@"; do rules+=("$(_nr "${rule%%:*}"):${rule#*:}"); done
    "$PWD/program" deny open/filter "${rules[@]}"
    chmod 644 open/filter
}

EPERM=50001 ENOSYS=50026 KILL_THREAD=0 KILL_PROCESS=80000000 TRAP=30000

the_interpreter_answers_as_the_kernel_does() {
    "$TOOLS/program" compare 1 300 || fail "they differ"
}

a_refused_call_is_named_with_answer_arguments_and_count_and_returns_the_filter_s_errno() {
    _as_root_and_not && return
    _filter mkdirat:$EPERM mkdir:$EPERM chdir:5000d
    for box in "" --sandbox; do
        _trace $box --filter "$PWD/open/filter" -- sh -c 'mkdir a 2> /dev/null; cd / 2> /dev/null; cd / 2> /dev/null; exit 7'
        _expect_journal '"exited":7'
        eq lines 2 "$(grep -c '"t":"denied",' journal)"
        grep -q '^{"t":"denied","exe":[0-9]*,"abi":"[a-z0-9_]*","nr":'"$(_nr chdir)"',"answer":327693,"args":\[[0-9]*,[0-9,]*\],"ns":[0-9]*,"pid":[0-9]*,"argv0":"sh"}$' journal ||
            { _show_journal; fail "chdir"; }
        grep -q '"t":"denied-count","exe":[0-9]*,"abi":"[a-z0-9_]*","nr":'"$(_nr chdir)"',"answer":327693,"calls":2}' journal ||
            { _show_journal; fail "count of chdir"; }
        grep -q '"t":"count".*"nr":'"$(_nr chdir)"',"calls":2,"errnos":{"13":2}}' journal || fail "$(grep '"nr":'"$(_nr chdir)", journal)"
        _expect_no_journal filter-overruled
    done
}

an_error_of_the_kernel_s_own_is_no_refusal() {
    _as_root_and_not && return
    _filter ptrace:$EPERM
    _trace --filter "$PWD/open/filter" -- sh -c 'cd /no/such 2> /dev/null; cd /proc/1/fd 2> /dev/null; exit 0'
    _expect_journal '"exited":0'
    _expect_no_journal '"t":"denied'
}

a_call_is_refused_for_its_argument_alone() {
    _filter "kill:$EPERM:0"
    _trace --filter "$PWD/open/filter" -- bash -c 'kill -0 $$ && ! kill -0 0 2> /dev/null'
    _expect_journal '"exited":0'
    eq lines 1 "$(grep -c '"t":"denied",' journal)"
    _expect_journal '"answer":327681,"args":[0,0,'
}

many_values_are_counted_and_a_few_written() {
    _filter kill:$EPERM
    _trace --filter "$PWD/open/filter" -- bash -c 'for i in {1..30}; do kill -0 $i 2> /dev/null; done; exit 0'
    eq lines 8 "$(grep -c '"t":"denied",' journal)"
    _expect_journal '"calls":30}'
}

a_call_that_kills_is_named_before_the_end() {
    _as_root_and_not && return
    for answer in $KILL_THREAD $KILL_PROCESS $TRAP; do
        _filter getsid:$answer
        _trace --sandbox --filter "$PWD/open/filter" -- "$(workload known)"
        _expect_no_journal '"t":"denied'
        _filter getpid:$answer getppid:$answer
        _trace --sandbox --filter "$PWD/open/filter" -- bash -c 'exec 3< /dev/null; kill -0 $$; exit 9'
        _expect_journal '"signaled":31'
        eq "lines of $answer" 1 "$(grep -c '"t":"denied",' journal)"
        _expect_journal "\"answer\":$((16#$answer)),"
    done
}

children_and_what_they_execute_are_under_the_filter_too() {
    _prepare_folder
    _skip_without_sandbox
    _filter chdir:$EPERM
    _trace --sandbox --filter "$PWD/open/filter" -- sh -c 'sh -c "cd / 2> /dev/null; :"; exec bash -c "cd / 2> /dev/null; :"'
    _expect_journal '"exited":0'
    eq programs 'bash sh' "$(sed -n '/"t":"denied",/s/.*"argv0":"\(.*\)"}/\1/p' journal | sort -u | paste -sd' ')"
}

a_filter_that_refuses_the_start_itself_is_found_out() {
    _as_root_and_not && return
    for answer in $EPERM $KILL_PROCESS $KILL_THREAD; do
        for box in "" --sandbox; do
            _filter execve:$answer sendmsg:$answer write:$answer exit:$answer futex:$answer
            _trace $box --filter "$PWD/open/filter" -- "$(workload known)"
            _expect status $status 0
            _expect_journal '"t":"error","stage":"exec"'
            _expect_journal '"t":"denied",'
            _expect_journal '"nr":'"$(_nr execve)"',"answer":'$((16#$answer))
        done
    done
}

the_capabilities_and_ids_are_the_workload_s_and_no_new_privs_is_not_set_for_the_filter() {
    _only_root
    _skip_without_sandbox
    _filter setuid:$EPERM setresuid:$EPERM setgroups:$EPERM capset:$EPERM prctl:$EPERM chdir:$EPERM
    _trace --sandbox --cap-bounding a80425fb --uid 65534 --gid 65534 --workdir / --filter "$PWD/open/filter" -- cat /proc/self/status
    _expect_journal '"uid":65534,'
    _expect_journal '"capPrm":"0","capEff":"0","capBnd":"a80425fb"'
    _expect_journal '"noNewPrivileges":false,"seccomp":2,'
    _expect_journal '"exited":0'
    _expect threads "$(_field out Threads)" 1
    _expect_no_journal '"t":"denied'
}

without_the_capability_it_takes_no_new_privs_and_says_so() {
    _as_not_root
    _filter chdir:$EPERM
    _trace --filter "$PWD/open/filter" -- cat /proc/self/status
    [ "$(_field out Seccomp)" = 2 ] || fail "no filter: $(_field out Seccomp)"
    _expect no_new_privs "$(_field out NoNewPrivs)" 1
    _expect_journal '"kind":"no-new-privileges-for-filter"'
    _trace --sandbox --filter "$PWD/open/filter" -- cat /proc/self/status
    _expect "no_new_privs in a user namespace of its own" "$(_field out NoNewPrivs)" 0
    _trace --sandbox --no-new-privileges --filter "$PWD/open/filter" -- cat /proc/self/status
    _expect "no_new_privs where asked for" "$(_field out NoNewPrivs)" 1
}

a_file_that_is_no_program_is_said_to_be_none() {
    _prepare_folder
    printf 1234 > open/filter
    for file in open/filter /no/such /; do
        record j --filter "$file" -- true
        eq "$file" 125 "$status"
        eq lines 1 "$(wc -l < err)"
    done
    _skip_without_sandbox
    printf '\377\377\377\377\377\377\377\377' > open/filter
    _trace --sandbox --filter "$PWD/open/filter" -- true
    _expect status $status 125
    _expect_journal '"stage":"sandbox","errno":22,"message":"seccomp filter: Invalid argument"'
}
